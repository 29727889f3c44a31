//! Mistakes in training: each is planted in the frameworks' own trainings and found again by its number alone.
//!
//! `cargo test --test train_mistakes -- --nocapture` prints the table.

use std::{collections::BTreeMap, fs, path::Path};

use byhand::{
    diagnose::{
        Answer, Conclusion,
        training::{Finding, Observation, diagnose},
    },
    train::{
        Run, Training, file,
        mistake::{self, Mistake},
    },
};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/train")
}

fn training(name: &str) -> Training {
    let text = fs::read_to_string(folder().join(format!("{name}.json"))).expect("a file");
    file::training(&serde_json::from_str(&text).expect("JSON")).expect(name)
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let names = entries.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let mut names: Vec<String> = names.map(|path| path.file_stem().expect("a name").to_string_lossy().into()).collect();
    names.retain(|name| !name.starts_with("fit_"));
    names.sort();
    names
}

/// A number as a person writes it, with so many significant digits.
fn written(value: f32, digits: usize) -> String {
    let exponent = if value == 0.0 { 0 } else { f64::from(value.abs()).log10().floor() as i32 };
    let decimals = (digits as i32 - 1 - exponent).clamp(0, 12) as usize;
    format!("{:.decimals$}", f64::from(value))
}

fn answer(text: &str) -> Answer {
    text.parse().expect("a number")
}

fn found(training: &Training, observations: Vec<(usize, String, String)>) -> Finding {
    let observations = observations
        .into_iter()
        .map(|(step, address, text)| Observation { step, address, answers: vec![answer(&text)] })
        .collect();
    diagnose(training, observations, &mut || true).expect("it fits")
}

/// What `at` is with a mistake, and whether this is the first explanation for it.
fn names_it(finding: &Finding, planted: &Mistake) -> bool {
    let is = |mistakes: &Vec<Mistake>| mistakes.len() == 1 && mistakes[0] == *planted;
    finding.candidates.first().is_some_and(|first| is(&first.mistakes) || first.same_as.iter().any(is))
}

#[test]
fn planted_mistakes_are_named() {
    let mut random = fastrand::Rng::with_seed(3);
    let (mut planted, mut first, mut among, mut unknown) = (0, 0, 0, 0);
    let mut kinds: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    for name in names() {
        let training = training(&name);
        let mut right = Run::new(&training).expect("it fits");
        let program = right.program(0).expect("a program");
        let mut mistakes = mistake::all(&training, &program);
        random.shuffle(&mut mistakes);
        let (mut of_file, last) = (0, (training.steps() - 1).min(1));
        let right_steps: Vec<_> = {
            let mut run = right.clone();
            (0..=last).map(|_| run.next_step().expect("it fits").expect("a step")).collect()
        };
        for mistake in mistakes {
            if of_file == 3 {
                break;
            }
            let mut run = Run::with_mistakes(&right, vec![mistake.clone()]).expect("it fits");
            let wrong: Vec<_> = (0..=last).map_while(|_| run.next_step().expect("it fits")).collect();
            // The new weights and gradients that are another number now.
            let mut changed = Vec::new();
            for (done, ours) in wrong.iter().zip(&right_steps) {
                for line in &ours.step.weights {
                    for id in [line.new, line.gradient].into_iter().flatten() {
                        let Some(there) = done.step.program.find(ours.step.program.name(id)) else { continue };
                        let pairs = done.values.of(there).iter().zip(ours.values.of(id)).enumerate();
                        changed.extend(
                            pairs
                                .filter(|(_, (wrong, right))| (*wrong - *right).abs() > 1e-3 * right.abs().max(1e-3))
                                .map(|(flat, (wrong, _))| (ours.number, ours.step.address(id, flat), *wrong)),
                        );
                    }
                }
            }
            if changed.is_empty() {
                continue;
            }
            of_file += 1;
            let digits = random.usize(5..=8);
            let mut observations = Vec::new();
            for _ in 0..random.usize(1..=2) {
                let (step, address, value) = changed[random.usize(..changed.len())].clone();
                observations.push((step, address, written(value, digits)));
            }
            let finding = found(&training, observations.clone());
            planted += 1;
            let kind = kinds.entry(mistake.kind.id).or_default();
            kind.1 += 1;
            let is = |mistakes: &Vec<Mistake>| mistakes.len() == 1 && mistakes[0] == mistake;
            let known = finding.candidates.iter().any(|c| is(&c.mistakes) || c.same_as.iter().any(is));
            if names_it(&finding, &mistake) {
                first += 1;
                kind.0 += 1;
            } else if known {
                among += 1;
            } else {
                unknown += 1;
                println!("{name}: {} not found from {observations:?}: {:?}", mistake.name(), finding.conclusion);
            }
        }
    }
    for (kind, (named, of)) in &kinds {
        println!("{kind:28} {named:3} of {of:3}");
    }
    println!("{planted} planted: {first} named first, {among} among the others, {unknown} not found");
    assert!(planted > 150 && kinds.len() >= 20, "{planted} of {} kinds", kinds.len());
    assert!(first * 100 >= planted * 80, "only {first} of {planted} are named first");
    assert!(unknown * 50 <= planted, "{unknown} of {planted} are not found");
}

#[test]
fn right_answers_are_not_accused() {
    let mut random = fastrand::Rng::with_seed(4);
    let mut count = 0;
    for name in names() {
        let training = training(&name);
        let mut run = Run::new(&training).expect("it fits");
        let mut observations = Vec::new();
        while let Some(done) = run.next_step().expect("it fits") {
            let ids = done.step.weights.iter().flat_map(|line| {
                [line.new, line.gradient].into_iter().flatten().chain(line.slots.iter().map(|(_, _, after)| *after))
            });
            for id in ids {
                for flat in 0..done.values.of(id).len() {
                    let text = written(done.values.of(id)[flat], random.usize(4..=8));
                    observations.push((done.number, done.step.address(id, flat), text));
                }
            }
        }
        count += observations.len();
        let finding = found(&training, observations);
        assert_eq!(
            finding.conclusion,
            Conclusion::Correct,
            "{name}: {:?}",
            finding.seen.iter().find(|seen| !seen.is_right_at(0))
        );
    }
    println!("{count} right answers, none accused");
    assert!(count >= 10_000, "{count}");
}

/// One bias short of the textbook's own table, and what it means.
#[test]
fn the_textbook_mistakes_have_their_numbers() {
    let training = training("textbook_222");
    // 0.4 + 0.5 * 0.0821670407 instead of minus: the step was added.
    let up = found(&training, vec![(0, "dense_1.kernel.new[0,0]".into(), "0.44108352".into())]);
    assert_eq!(up.conclusion, Conclusion::Mistake);
    let names: Vec<&str> = up.candidates[0]
        .same_as
        .iter()
        .chain([&up.candidates[0].mistakes])
        .map(|mistakes| mistakes[0].kind.id)
        .collect();
    assert!(names.contains(&"uphill") || names.contains(&"sign"), "{names:?}");
    // w1 with w5 and w7 already updated: the hidden gradient of the new output weights.
    let wrong = |id: &str, at: &str| {
        let mut right = Run::new(&training).expect("it fits");
        let program = right.program(0).expect("a program");
        let mistake = mistake::all(&training, &program).into_iter().find(|mistake| mistake.kind.id == id).expect(id);
        let mut run = Run::with_mistakes(&right, vec![mistake.clone()]).expect("it fits");
        (run.next_step().expect("it fits").expect("a step").at(at).expect("a value"), mistake)
    };
    let (value, mistake) = wrong("updated-weights", "dense.kernel.new[0,0]");
    // By hand: (0.13849856 * 0.35891648 - 0.03809824 * 0.51130127) * 0.24130071 * 0.05 = 0.00036472; 0.15 - 0.5 * 0.00036472.
    assert!((value - 0.149_817_64).abs() < 2e-8, "{value}");
    let finding = found(&training, vec![(0, "dense.kernel.new[0,0]".into(), written(value, 9))]);
    assert!(names_it(&finding, &mistake), "{:?}", finding.candidates);
}

/// A mistake that makes another training changes the list of equations: the second one is found in that list.
#[test]
fn a_pair_is_made_in_the_program_of_the_wrong_training() {
    for name in ["opt_l2_regularizer", "opt_sgd_momentum", "iris_cce", "loss_mse_sum_torch", "opt_adamw"] {
        let training = training(name);
        let mut right = Run::new(&training).expect("it fits");
        let program = right.program(0).expect("a program");
        let mistakes = mistake::all(&training, &program);
        let mut made = 0;
        for one in &mistakes {
            for other in &mistakes {
                // Some cannot be made together; none panics.
                let Ok(mut run) = Run::with_mistakes(&right, vec![one.clone(), other.clone()]) else { continue };
                made += usize::from(run.next_step().is_ok_and(|step| step.is_some_and(|step| !step.loss().is_nan())));
            }
        }
        assert!(made > mistakes.len(), "{name}: {made} pairs of {} mistakes", mistakes.len());
    }
}
