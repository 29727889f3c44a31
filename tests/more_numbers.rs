//! More numbers never make the verdict worse: whoever gives further right numbers, of other values or for other inputs, keeps
//! the verdict, and a mistake that was found is found as well, and is no less probable, with more numbers that it gives.
//!
//! The numbers come from [`Pass`], right or with a planted mistake, and are written with 4 to 8 digits.
//! `cargo test --test more_numbers -- --nocapture` prints the counts; `BYHAND_CASES=20` takes 20 times as many.

#[path = "diagnosis/models.rs"]
#[expect(dead_code, reason = "half of it serves `diagnosis`")]
mod models;

use byhand::{
    diagnose::{Candidate, Conclusion, Diagnosis, Inquiry, Observation},
    mistake::Mistake,
    network::Stage,
    pass::{Address, Pass},
};
use models::{Model, models, times};

const SEED: u64 = 7_919;

/// So many wrong passes are run besides the single ones.
const MORE: usize = 300;

/// Less than this is no loss: sums of floats.
const NOTHING: f64 = 1e-6;

fn written(value: f32, digits: usize) -> String {
    let magnitude = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    format!("{:.decimals$}", f64::from(value))
}

/// A value of the pass, by lot.
fn place(model: &Model, random: &mut fastrand::Rng) -> Address {
    let layer = random.usize(..model.network.depth());
    let stage = [Stage::Wx, Stage::Z, Stage::A][random.usize(..3)];
    let of = model.network.layer(layer).expect("a layer");
    Address::stage(&of.name, stage, Some(random.usize(..of.operation.units())))
}

/// What this pass gives there, as one writes it; `None` if that is no number.
fn observed(pass: &Pass, input: &[f32], at: &Address, digits: usize) -> Option<Observation> {
    let value = *pass.get(at).ok()?.first()?;
    let answers = vec![written(value, digits).parse().ok()?];
    value.is_finite().then(|| Observation { input: input.to_vec(), at: at.clone(), answers })
}

fn diagnose(model: &Model, observations: &[Observation]) -> Diagnosis {
    let mut inquiry = Inquiry::new(&model.network, &model.ranges, observations).expect("it fits");
    let mut left = model.mistakes.len() + MORE;
    inquiry.advance(&mut || {
        left = left.saturating_sub(1);
        left > 0
    });
    inquiry.conclude()
}

fn says(model: &Model, observations: &[Observation]) -> String {
    let one = |o: &Observation| format!("{} = {} at {:?}", o.at, o.answers[0].text(), o.input);
    format!("{}: {}", model.name, observations.iter().map(one).collect::<Vec<_>>().join("; "))
}

/// The candidate that is the mistake, and how many are more probable.
fn found(diagnosis: &Diagnosis, mistake: Mistake) -> Option<(usize, &Candidate)> {
    let is = |mistakes: &[Mistake]| *mistakes == [mistake];
    let holds =
        |candidate: &&Candidate| is(&candidate.mistakes) || candidate.same_as.iter().any(|mistakes| is(mistakes));
    let at = diagnosis.candidates.iter().find(holds)?;
    let before = diagnosis.candidates.iter().filter(|other| other.probability > at.probability + NOTHING).count();
    Some((before, at))
}

#[test]
fn more_right_numbers_leave_the_right_ones_right() {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    let mut given = 0;
    for n in 0..times(300) {
        let model = &models[n % models.len()];
        let mut observations = Vec::new();
        for _ in 0..4 {
            let input = model.input(&mut random);
            let pass = Pass::new(&model.network, &input, &[]).expect("it fits");
            let at = place(model, &mut random);
            observations.extend(observed(&pass, &input, &at, random.usize(4..=8)));
            if observations.is_empty() {
                continue;
            }
            given += 1;
            let diagnosis = diagnose(model, &observations);
            assert_eq!(diagnosis.conclusion, Conclusion::Correct, "{}", says(model, &observations));
        }
    }
    println!("{given} lists of right numbers, all of them right (seed {SEED})");
}

#[test]
fn more_numbers_of_the_same_mistake_leave_it_where_it_was_or_bring_it_forward() {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    let (mut compared, mut worse) = (0, Vec::new());
    for n in 0..times(300) {
        let model = &models[n % models.len()];
        let mistake = model.drawn(&mut random);
        let (first, second) = (model.input(&mut random), model.input(&mut random));
        let pass = |input: &[f32]| Pass::new(&model.network, input, &[mistake]).expect("it can be made");
        let output = Address::output(random.usize(..model.network.outputs()));
        let Some(base) = observed(&pass(&first), &first, &output, random.usize(4..=8)) else { continue };
        let mut observations = vec![base];
        let mut before = diagnose(model, &observations);
        for _ in 0..3 {
            // Another value of the same pass, or the output for another input.
            let (input, at) = match random.u8(0..3) {
                0 => (&second, output.clone()),
                1 => (&second, place(model, &mut random)),
                _ => (&first, place(model, &mut random)),
            };
            let Some(more) = observed(&pass(input), input, &at, random.usize(4..=8)) else { continue };
            if observations.iter().any(|known| (&known.input, &known.at) == (input, &at)) {
                continue;
            }
            observations.push(more.clone());
            let after = diagnose(model, &observations);
            if let Some((rank, candidate)) = found(&before, mistake) {
                // What could not be distinguished from it and does not give the new number counted with it before.
                let gives = |mistakes: &[Mistake]| {
                    let pass = Pass::new(&model.network, input, mistakes).ok();
                    pass.and_then(|pass| Some(*pass.get(&at).ok()?.first()?))
                        .is_some_and(|value| more.answers[0].agrees(f64::from(value)))
                };
                let all_give = gives(&candidate.mistakes) && candidate.same_as.iter().all(|mistakes| gives(mistakes));
                let now = found(&after, mistake);
                compared += usize::from(all_give);
                // All ways to round are one cause, and a new number can rule some of them out.
                let rounds = candidate.only_rounds() && after.conclusion == Conclusion::Rounding;
                let fine = now.is_some_and(|(rank_now, now)| {
                    !all_give || rounds || (rank_now <= rank && now.probability >= candidate.probability - NOTHING)
                });
                if !fine {
                    worse.push(format!(
                        "{} ({}): rank {rank}, {:.4} of {}; now {:?} {:?}; unknown {:.2e} and {:.2e}, rounding {:.2e} and {:.2e}",
                        says(model, &observations),
                        mistake.name(&model.network),
                        candidate.probability,
                        before.candidates.len(),
                        now.map(|(rank, candidate)| (rank, candidate.probability)),
                        (after.conclusion, after.first_wrong.as_ref().map(|first| first.at.to_string()), after.alone),
                        before.unknown,
                        after.unknown,
                        before.rounding,
                        after.rounding,
                    ));
                }
            }
            before = after;
        }
    }
    println!("{compared} times a number more of the same mistake, {} times worse (seed {SEED})", worse.len());
    assert!(compared > 200 && worse.is_empty(), "{} of {compared}\n{}", worse.len(), worse.join("\n"));
}
