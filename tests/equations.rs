//! Every equation that byhand prints is true as it is printed: recomputed from its own printed digits, it gives the printed
//! result at that result's last digit. A line that says `≈` is nearly true, and there the exact digits do not help.
//!
//! The reader of equations and the arithmetic here are their own: they share nothing with the library but the names of
//! activations. `cargo test --test equations -- --nocapture` prints how many equations were read.
#![allow(clippy::duplicate_mod, reason = "two helpers read the same goldens")]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

#[path = "support/exact.rs"]
mod exact;
#[path = "support/first_sample.rs"]
mod first_sample;
#[path = "diagnosis/models.rs"]
#[expect(dead_code, reason = "half of it serves `diagnosis`")]
mod models;
#[path = "screens/stage.rs"]
#[allow(dead_code, reason = "half of it serves `screens`")]
mod stage;

#[path = "equations/reader.rs"]
mod reader;
#[path = "equations/sentences.rs"]
mod sentences;

use byhand::{
    course::{Block, Course, FIRST_LANGUAGE, Folder, Span, TaskKind, lesson},
    explain::{Sheet, Solution, beside, csv, latex, markdown, text},
    load::{Facts, Model, builtin, builtin_names},
    mistake::Mistake,
    network::{Network, number::Digits},
    pass::Pass,
    setting::seeded,
};
use reader::{Count, Equation, equations, take_screen};
use stage::Stage;

#[test]
fn false_equations_are_caught_and_true_ones_are_not() {
    for (line, says) in [
        ("10 × 0.4890 = 4.8899", [false].as_slice()),
        ("10 × 0.48899 = 4.8899", &[true]),
        ("    wx = 10 × (-0.1038) = -1.0383", &[false]),
        ("    z  = 4.88993 + 1.17054 = 6.0605", &[true]),
        ("10 × 0.0366 + -0.4132 = -0.0474. And 2 × 3 = 6.", &[false, true]),
        ("▸  3  0.4034 × 1.0935 = 0.4412            sum 0.8897     ", &[false]),
        ("tanh(-0.1000) = -0.0997", &[true]),
        ("tanh(-0.1000) = -0.0998", &[false]),
        ("leaky_relu(0.2)(-1) = -0.2", &[true]),
        ("5 - mean 0.0589 = 4.9411, 4.9411 / deviation 0.9545 = 5.1769", &[true, false]),
        (r"z_{0} &= -0.3814 + (-0.1829) = -0.5643 \\", &[true]),
        (r"a_{0} &= \operatorname{tanh}(-0.5643) = -0.5112", &[true]),
        (r"a_{0} &= 0.9 \times \text{scale } 2 = 1.9", &[false]),
        ("| `hidden.a[0]` | **tanh(-0.5643) = -0.5112** |", &[true]),
        ("max(0, 2.5 - 1) = 1.5", &[true]),
        ("4.889929 + 1.1705374 ≈ 6.0604663", &[true]),
        ("4.889929 + 1.1705374 ≈ 6.07", &[true]),
        ("4.889929 + 1.1705374 ≈ 6.1704663", &[false]),
        ("   = 0.25² = 0.0625", &[true]),
        ("   = 1 - 0.5² = 0.71", &[false]),
        ("y = 25, x = 10; hidden.a[1] = 0.5; 3 of 4 = 0.75 units", &[]),
    ] {
        let found: Vec<bool> = equations(line).iter().map(Equation::is_true).collect();
        assert_eq!(found, says, "{line}");
    }
    // Whatever is true is false with another last digit.
    let pass = Pass::new(&builtin("line-1-16-1").unwrap().network, &[10.0], &[]).unwrap();
    let solution = text::write(&Solution::new(&pass, None).unwrap(), Digits::FOUR);
    let (mut spoilt, mut caught) = (0, 0);
    for mut equation in solution.lines().flat_map(equations).filter(|equation| equation.exact) {
        assert!(equation.is_true(), "{equation:?}");
        // A calculation that has no more digits than its result allows no other one.
        let value: f64 = equation.result.parse().unwrap();
        let decimals = equation.result.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        equation.result = format!("{:.decimals$}", value + 10f64.powi(-(decimals as i32)));
        spoilt += 1;
        caught += usize::from(!equation.is_true());
    }
    assert!(spoilt >= 50 && caught == spoilt, "{caught} of {spoilt}");
}

#[test]
fn every_equation_of_every_lesson_is_true() {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).unwrap();
    let mut count = Count::default();
    for entry in &course.entries {
        let lesson = lesson(&Folder::Embedded, &entry.id, FIRST_LANGUAGE).unwrap();
        for seed in 0..8 {
            let settings = seeded(&lesson, seed).unwrap();
            for (step, setting) in lesson.steps.iter().zip(&settings) {
                let place = format!("{}, {}", entry.id, step.task.id);
                let mut texts: Vec<Vec<Span>> = vec![step.heading.clone()];
                texts.extend(step.prose.iter().filter_map(|(_, block)| match block {
                    Block::Paragraph(text) | Block::Item(text) | Block::Heading(text) => Some(text.clone()),
                    Block::Fence { .. } => None,
                }));
                texts.extend(step.task.hints.iter().cloned());
                texts.extend(step.task.question().cloned());
                match &step.task.kind {
                    TaskKind::Predict { options, .. } | TaskKind::Choose { options, .. } => {
                        texts.extend(options.iter().flat_map(|option| [option.text.clone(), option.says.clone()]));
                    }
                    TaskKind::Type { lines, .. } => texts.extend(lines.iter().map(|line| {
                        let mut text = line.text.clone();
                        text.extend([Span::Plain(" = ".to_owned()), Span::Value(line.value.clone())]);
                        text
                    })),
                    TaskKind::Find { says, .. } => texts.push(says.clone()),
                    TaskKind::Hunt(hunt) => texts.extend(hunt.suspects.iter().map(|suspect| suspect.says.clone())),
                    _ => {}
                }
                for text in texts {
                    count.take(&place, &setting.texts(&text).concat());
                }
            }
            if lesson.steps.iter().all(|step| !matches!(step.task.kind, TaskKind::Hunt(_))) {
                break;
            }
        }
    }
    count.ends("lessons' texts", 80);
}

#[test]
fn every_screen_of_every_lesson_shows_true_equations() {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).unwrap();
    let mut count = Count::default();
    for entry in &course.entries {
        for size in [(80, 24), (120, 40)] {
            let mut stage = Stage::lesson(&entry.id).sized(size);
            let steps = stage.app.study().unwrap().lesson.steps.len();
            for step in 0..steps {
                let place = format!("{} step {} at {size:?}", entry.id, step + 1);
                for _ in 0..3 {
                    take_screen(&mut count, &place, &stage.text());
                    stage = stage.presses("d");
                }
                stage = stage.presses("n wait:5000");
            }
        }
    }
    count.ends("lessons' screens", 300);
}

/// Inputs to try a network with: the first one of its model, zeros, and some by chance.
fn inputs(network: &Network, first: &[f32], random: &mut fastrand::Rng) -> Vec<Vec<f32>> {
    let width = network.inputs();
    let mut by_chance = |size: f32| (0..width).map(|_| (random.f32() * 2.0 - 1.0) * size).collect::<Vec<f32>>();
    let hundredths = |input: Vec<f32>| input.into_iter().map(|x| (x * 100.0).round() / 100.0).collect();
    vec![first.to_vec(), vec![0.0; width], hundredths(by_chance(2.0)), hundredths(by_chance(60.0)), by_chance(3.0)]
}

/// All the built-in models and the golden networks.
fn networks() -> Vec<(Network, Vec<f32>)> {
    let built_in = builtin_names().iter().map(|name| builtin(name).unwrap()).map(|model| {
        let first = model.first_input();
        (model.network, first)
    });
    let golden = models::models().into_iter().map(|model| {
        let width = model.network.inputs();
        (model.network, vec![0.5; width])
    });
    built_in.chain(golden).collect()
}

#[test]
fn every_equation_of_every_worked_solution_is_true() {
    let mut random = fastrand::Rng::with_seed(4_890);
    let mut count = Count::default();
    for (network, first) in networks() {
        let mistakes = Mistake::all(&network);
        for input in inputs(&network, &first, &mut random) {
            let mistake = mistakes[random.usize(..mistakes.len())];
            let right = Pass::new(&network, &input, &[]).unwrap();
            let wrong = Pass::new(&network, &input, &[mistake]).unwrap();
            for digits in ["2", "4", "6", "8", "exact"] {
                let digits: Digits = digits.parse().unwrap();
                let place = format!("{} {input:?}, digits {digits}, {}", network.name(), mistake.name(&network));
                let solution = Solution::new(&right, None).unwrap();
                let (one, two) = (Sheet::new(&right, None).unwrap(), Sheet::beside(&right, &wrong, None).unwrap());
                count.take_all(&place, &text::write(&solution, digits));
                for sheet in [&one, &two] {
                    count.take_all(&place, &beside::write(sheet, digits));
                    count.take_all(&place, &markdown::write(sheet, digits));
                    count.take_all(&place, &latex::write(sheet, digits));
                }
                for row in csv::write(&one, digits).lines().skip(1) {
                    let row = row.replace('"', "");
                    let Some((_, row)) = row.split_once("],") else { continue };
                    let cells: Vec<&str> = row.rsplitn(3, ',').collect();
                    let [_, result, calculation] = cells[..] else { continue };
                    let sign = if result.starts_with('≈') { "" } else { "=" };
                    count.take(&place, &format!("{calculation} {sign} {result}"));
                }
            }
        }
    }
    count.ends("worked solutions", 20_000);
}

#[test]
fn every_position_of_the_bench_shows_true_equations() {
    let mut count = Count::default();
    let steps_of = |network: &Network, input: &[f32]| Pass::new(network, input, &[]).unwrap().steps();
    for (network, first) in networks() {
        // Some positions of each, from the first to the last.
        let stride = (steps_of(&network, &first) / 12).max(1);
        for size in [(80, 24), (120, 40)] {
            let mut stage = Stage::course();
            let model = Model { network: network.clone(), facts: Facts::default() };
            stage.app.open_model(model, Some(first.clone())).unwrap();
            let mut stage = stage.sized(size);
            for _ in 0..13 {
                for _ in 0..3 {
                    take_screen(&mut count, &format!("{} at {size:?}", network.name()), &stage.text());
                    stage = stage.presses("d");
                }
                stage = stage.presses(&"Right ".repeat(stride.min(40)));
            }
        }
    }
    count.ends("bench positions", 3_000);
}
