//! The equations in sentences: what mistakes, diagnoses, findings and hints say; and those of graphs and of trainings.

use std::{fs, path::Path, process::Command, sync::Arc};

use byhand::{
    explain::graph::{Solution, latex, markdown, text},
    load::{Facts, Model, builtin, builtin_names},
    mistake::{Mistake, graph::Mistake as LayerMistake},
    network::number::Digits,
    pass::{Pass, graph::Pass as GraphPass},
};

use super::{
    first_sample, networks,
    reader::{Count, take_screen},
    stage::Stage,
};

/// What the program prints; `None` if it refuses.
fn printed(arguments: &[&str]) -> Option<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_byhand")).args(arguments).output().expect("it runs");
    (output.status.code() != Some(2)).then(|| String::from_utf8(output.stdout).expect("UTF-8"))
}

/// Some wrong outputs of each built-in model: its first input, and what a mistake makes of it.
fn wrong_outputs(mut look: impl FnMut(&str, &Model, &[f32], f32)) {
    let mut random = fastrand::Rng::with_seed(20_475);
    for name in builtin_names() {
        let model = builtin(name).expect("built in");
        let (input, mistakes) = (model.first_input(), Mistake::all(&model.network));
        for _ in 0..6 {
            let mistake = mistakes[random.usize(..mistakes.len())];
            let pass = Pass::new(&model.network, &input, &[mistake]).expect("fits");
            if let [wrong] = pass.output() {
                look(name, &model, &input, *wrong);
            }
        }
    }
}

#[test]
fn every_equation_in_what_mistakes_say_is_true() {
    let (mut count, mut sentences) = (Count::default(), 0);
    for (network, _) in networks() {
        for mistake in Mistake::all(&network).iter().step_by(7) {
            count.take(network.name(), &mistake.says(&network));
            sentences += 1;
        }
    }
    for model in first_sample::names() {
        let network = first_sample::load(&model).0;
        for mistake in LayerMistake::all(network.program()) {
            count.take(&model, &mistake.says(network.program()));
            sentences += 1;
        }
    }
    println!("{sentences} sentences of mistakes");
    assert!(sentences > 1_000, "{sentences}");
    count.ends("sentences of mistakes", 0);
}

#[test]
fn every_equation_of_a_verdict_is_true() {
    let (mut count, mut verdicts) = (Count::default(), 0);
    wrong_outputs(|name, _, input, wrong| {
        let input: Vec<String> = input.iter().map(ToString::to_string).collect();
        let (input, wrong) = (format!("--input={}", input.join(",")), wrong.to_string());
        for answer in ["--answer", "--model-says"] {
            let text = printed(&["check", name, &input, &format!("{answer}={wrong}"), "--budget", "0.2"]);
            count.take_all(name, &text.expect("it can be checked"));
            verdicts += 1;
        }
    });
    println!("{verdicts} verdicts");
    assert!(verdicts > 30, "{verdicts}");
    count.ends("verdicts", 0);
}

#[test]
fn every_screen_with_a_finding_shows_true_equations() {
    let (mut count, mut panels) = (Count::default(), 0);
    wrong_outputs(|name, model, input, wrong| {
        for size in [(80, 24), (120, 40)] {
            let mut stage = Stage::course();
            let model = Model { network: model.network.clone(), facts: Facts::default() };
            stage.app.open_model(model, Some(input.to_vec())).expect("opens");
            let mut stage = stage.sized(size).presses(&format!("y text:{wrong} Enter wait:5000"));
            for _ in 0..3 {
                take_screen(&mut count, name, &panel(&stage.text()));
                stage = stage.presses("j j j j");
            }
            panels += 1;
        }
    });
    println!("{panels} panels");
    count.ends("screens with a finding", 100);
}

/// What stands in the panel: beside it the lines of the bench are cut off.
fn panel(screen: &str) -> String {
    let rows: Vec<Vec<char>> = screen.lines().map(|line| line.chars().collect()).collect();
    let corner = |row: &Vec<char>| {
        let right = row.iter().rposition(|c| *c == '╮')?;
        let left = row[..right].iter().rposition(|c| *c == '╭')?;
        row[left..right].iter().collect::<String>().contains('?').then_some((left, right))
    };
    let Some((top, (left, right))) = rows.iter().enumerate().find_map(|(at, row)| Some((at, corner(row)?))) else {
        return screen.to_owned();
    };
    let inside = rows[top + 1..].iter().take_while(|row| row.get(left) != Some(&'╰'));
    inside.map(|row| row.iter().skip(left + 1).take(right - left - 1).collect::<String>() + "\n").collect()
}

#[test]
fn every_equation_of_a_graphs_worked_solution_is_true() {
    let mut count = Count::default();
    for model in first_sample::names() {
        let (network, inputs) = first_sample::load(&model);
        let network = Arc::new(network);
        let right = GraphPass::new(&network, &inputs, &[]).expect("fits");
        let mistakes = LayerMistake::all(network.program());
        let wrong: Vec<LayerMistake> = mistakes.into_iter().take(1).collect();
        let wrong = GraphPass::new(&network, &inputs, &wrong).expect("fits");
        for (pass, beside) in [(&right, None), (&wrong, Some(&right))] {
            let solution = Solution::of(pass, beside, None).expect("the whole pass");
            for digits in ["2", "4", "8", "exact"] {
                let place = format!("{model}, digits {digits}");
                let digits: Digits = digits.parse().expect("digits");
                for written in [
                    text::write(&solution, digits),
                    markdown::write(&solution, digits),
                    latex::write(&solution, digits),
                ] {
                    count.take_all(&place, &written);
                }
            }
        }
    }
    count.ends("worked solutions of graphs", 1_000);
}

#[test]
fn every_equation_of_a_training_is_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/train");
    let (mut count, mut values) = (Count::default(), 0);
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let path = path.to_str().expect("UTF-8");
        for address in ["loss", "dense.kernel.new[0,0]", "dense.bias.new[0]"] {
            // Not every network has such a layer.
            let Some(text) = printed(&["explain", path, "--value", address]) else { continue };
            values += 1;
            let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
            for pair in lines.windows(2) {
                if let [numbers, value] = pair
                    && let Some(numbers) = numbers.strip_prefix("= ")
                    && value.starts_with(['=', '≈'])
                {
                    count.take(path, &format!("{numbers} {value}"));
                }
            }
        }
    }
    println!("{values} values of trainings");
    assert!(values > 20, "{values}");
    count.ends("trainings", 500);
}
