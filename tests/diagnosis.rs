//! The diagnosis over the golden Dense models: planted mistakes are found again, right answers are left alone, arbitrary
//! numbers are called unknown, and what is called nearly certain is true.
//!
//! The networks are read from what `NumPy` printed of them (`tests/golden/*/text/numpy2_full.txt`); the layers of `g_dense_acts`, one
//! a known activation, count as networks of one layer. A mistake is planted with [`Pass`], at a random input, and the answer is
//! written with 3 to 8 significant digits. Whether two mistakes can be distinguished there is decided by [`Pass`] too.
//!
//! `cargo test --test diagnosis -- --nocapture` prints the figures; `BYHAND_CASES=20 cargo test --release …` takes 20 times as
//! many cases. The README's figures are of such a run.

#[path = "diagnosis/models.rs"]
mod models;

use byhand::{
    diagnose::{Answer, Candidate, Conclusion, Diagnosis, Inquiry, Observation},
    mistake::{KINDS, Mistake},
    network::Activation,
    pass::Pass,
};
use models::{Model, models, times};

const SEED: u64 = 20_475;

/// Single mistakes at least so common beforehand are likely ones.
const LIKELY: f64 = 3.0;

/// A network, an input, what was done wrong, and what came out.
struct Case<'m> {
    model: &'m Model,
    input: Vec<f32>,
    output: usize,
    mistakes: Vec<Mistake>,
    right: f32,
    text: String,
}

/// `value` with so many significant digits, as one writes it.
fn written(value: f32, digits: usize) -> String {
    let magnitude = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    format!("{:.decimals$}", f64::from(value))
}

impl<'m> Case<'m> {
    /// `None` where the mistakes cannot be made together, one of them does nothing, they leave the answer right at its digits, or make no number of it.
    fn new(model: &'m Model, mistakes: &[Mistake], digits: usize, random: &mut fastrand::Rng) -> Option<Self> {
        let input = model.input(random);
        let wrong = Pass::new(&model.network, &input, mistakes).ok()?;
        let right = Pass::new(&model.network, &input, &[]).ok()?;
        let output = random.usize(..right.output().len());
        let (wrong, right) = (*wrong.output().get(output)?, right.output()[output]);
        let text = written(wrong, digits);
        let answer: Answer = text.parse().ok()?;
        // A few float32 steps are what the order of a sum does, too.
        let visible = (wrong - right).abs() > model.limit(&input, output, right);
        let seen = answer.value().is_finite() && !is_right(&answer, right) && visible;
        // What one of several gives alone is done by that one.
        let alone = |mistake: &Mistake| {
            let pass = Pass::new(&model.network, &input, &[*mistake]).ok();
            mistakes.len() > 1
                && pass.is_some_and(|pass| pass.output().get(output).is_some_and(|value| is_right(&answer, *value)))
        };
        (seen && !mistakes.iter().any(alone)).then(|| Self {
            model,
            input,
            output,
            mistakes: mistakes.to_vec(),
            right,
            text,
        })
    }

    fn answer(&self) -> Answer {
        self.text.parse().expect("a number")
    }

    /// The diagnosis after every single mistake and so many passes more.
    fn diagnose(&self, more: usize) -> Diagnosis {
        let at = format!("output[{}]", self.output).parse().expect("an address");
        let observation = Observation { input: self.input.clone(), at, answers: vec![self.answer()] };
        let mut inquiry = Inquiry::new(&self.model.network, &self.model.ranges, &[observation]).expect("it fits");
        let mut left = self.model.mistakes.len() + more;
        inquiry.advance(&mut || {
            left = left.saturating_sub(1);
            left > 0
        });
        inquiry.conclude()
    }

    fn holds(&self, candidate: &Candidate) -> bool {
        let same = |mistakes: &[Mistake]| {
            mistakes.len() == self.mistakes.len() && self.mistakes.iter().all(|mistake| mistakes.contains(mistake))
        };
        same(&candidate.mistakes) || candidate.same_as.iter().any(|mistakes| same(mistakes))
    }

    /// Whether other mistakes, no more of them, give the very digits, computed by the pass.
    fn has_double(&self, diagnosis: &Diagnosis) -> bool {
        let gives = |candidate: &&Candidate| {
            let pass = Pass::new(&self.model.network, &self.input, &candidate.mistakes);
            let value = pass.ok().and_then(|pass| pass.output().get(self.output).copied());
            // Nobody tells apart what float32 does not.
            let limit = f64::from(self.model.limit(&self.input, self.output, self.right));
            let near =
                |value: f32| (f64::from(value) - self.answer().value()).abs() <= self.answer().unit() / 2.0 + limit;
            value.is_some_and(|value| is_right(&self.answer(), value) || near(value))
        };
        let others = diagnosis.candidates.iter().filter(|candidate| !self.holds(candidate));
        others.filter(|other| other.mistakes.len() <= self.mistakes.len()).any(|other| gives(&other))
    }

    fn says(&self) -> String {
        let names: Vec<String> = self.mistakes.iter().map(|mistake| mistake.name(&self.model.network)).collect();
        format!(
            "{} {:?} output[{}] = {} ({}): {}",
            self.model.name,
            self.input,
            self.output,
            self.text,
            self.right,
            names.join(" + ")
        )
    }
}

fn is_right(answer: &Answer, value: f32) -> bool {
    answer.agrees(f64::from(value)) || answer.is_cut_from(f64::from(value))
}

#[derive(Default)]
struct Count {
    all: usize,
    apart: usize,
    first: usize,
}

impl Count {
    fn take(&mut self, case: &Case, diagnosis: &Diagnosis) {
        self.all += 1;
        let first = diagnosis.candidates.first().is_some_and(|best| case.holds(best));
        let found = diagnosis.candidates.iter().any(|candidate| case.holds(candidate));
        // Two mistakes can make up for each other, and leave what fewer do.
        let fewer = diagnosis.candidates.first().is_some_and(|best| best.mistakes.len() < case.mistakes.len());
        if first || !(found || fewer) || !case.has_double(diagnosis) {
            self.apart += 1;
            self.first += usize::from(first);
            if !first {
                let network = &case.model.network;
                let best = diagnosis.candidates.first().map(|best| {
                    let names: Vec<String> = best.mistakes.iter().map(|mistake| mistake.name(network)).collect();
                    (names.join(" + "), best.probability)
                });
                println!("missed: {}; instead {best:?}", case.says());
            }
        }
    }

    fn share(&self) -> f64 {
        self.first as f64 / self.apart.max(1) as f64
    }
}

#[test]
fn planted_mistakes_come_first() {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    println!("digits  seen  told apart  first  share   (seed {SEED})");
    for digits in 3..=8 {
        let mut count = Count::default();
        // Each kind in each network, in a way drawn by lot.
        for model in &models {
            for kind in KINDS {
                let ways: Vec<&Mistake> = model.mistakes.iter().filter(|mistake| mistake.kind == *kind).collect();
                for _ in 0..times(1).min(ways.len()) {
                    let mistake = *ways[random.usize(..ways.len())];
                    if let Some(case) = Case::new(model, &[mistake], digits, &mut random) {
                        count.take(&case, &case.diagnose(300));
                    }
                }
            }
        }
        let Count { all, apart, first } = count;
        println!("{digits:>6}  {all:>4}  {apart:>10}  {first:>5}  {:.4}", count.share());
        assert!(apart > 100, "{apart}");
        let goal = if digits >= 5 { 0.99 } else { 0.95 };
        assert!(count.share() >= goal, "{digits} digits: {first} of {apart}");
    }
}

#[test]
fn planted_pairs_of_likely_mistakes_come_first() {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    let mut count = Count::default();
    for model in models.iter().filter(|model| model.network.depth() > 1) {
        let likely: Vec<&Mistake> = model
            .mistakes
            .iter()
            .filter(|mistake| mistake.kind.common >= LIKELY && !mistake.kind.has_many_ways())
            .collect();
        for _ in 0..times(6) {
            let (a, b) = (*likely[random.usize(..likely.len())], *likely[random.usize(..likely.len())]);
            if a.kind == b.kind && a.layer == b.layer {
                continue;
            }
            let Some(case) = Case::new(model, &[a, b], 5, &mut random) else { continue };
            count.take(&case, &case.diagnose(5_000));
        }
    }
    let Count { all, apart, first } = count;
    println!(
        "pairs at 5 digits: {first} of {apart} told apart come first, {:.4}; {all} seen (seed {SEED})",
        count.share()
    );
    assert!(apart >= 20 && count.share() >= 0.95, "{first} of {apart}");
}

/// At 2.6 the right value is 10.2331. Without unit 10 it is 10.2403, and with weights of 2 decimals 10.2399.
#[test]
fn few_decimals_on_the_way_explain_an_answer_with_more_of_them_less() {
    let models = models();
    let model = models.iter().find(|model| model.name == "a_line").expect("a_line");
    let diagnose = |text: &str| {
        let answers = vec![text.parse().expect("a number")];
        let observation = Observation { input: vec![2.6], at: "output[0]".parse().expect("an address"), answers };
        let mut inquiry = Inquiry::new(&model.network, &model.ranges, &[observation]).expect("it fits");
        inquiry.advance(&mut || true);
        inquiry.conclude()
    };
    let of_three = diagnose("10.240");
    let unit: Mistake = Mistake::named("skipped-unit:dense_1:unit[10]", &model.network).expect("can be made here");
    assert!(of_three.names(&[unit]), "{:?}", of_three.candidates.first());
    // With 2 decimals the rounded weights are as likely as before.
    let of_two = diagnose("10.24");
    let rounds = |diagnosis: &Diagnosis| diagnosis.only_rounding();
    assert!(rounds(&of_two) > rounds(&of_three), "{} {}", rounds(&of_two), rounds(&of_three));
}

#[test]
fn right_answers_are_never_accused() {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    for n in 0..10_000 {
        let model = &models[n % models.len()];
        let input = model.input(&mut random);
        let pass = Pass::new(&model.network, &input, &[]).expect("it fits");
        let output = random.usize(..pass.output().len());
        let text = written(pass.output()[output], random.usize(3..=8));
        let at = format!("output[{output}]").parse().expect("an address");
        let observation = Observation { input, at, answers: vec![text.parse().expect("a number")] };
        let diagnosis = Inquiry::new(&model.network, &[], &[observation]).expect("it fits").conclude();
        assert_eq!(diagnosis.conclusion, Conclusion::Correct, "{}: {text} of {:?}", model.name, pass.output());
        assert!(diagnosis.candidates.is_empty());
    }
    println!("right answers accused: 0 of 10000 (seed {SEED})");
}

#[test]
fn arbitrary_numbers_are_called_unknown() {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    let (mut unknown, mut all) = (0, 0);
    for n in 0..times(100) {
        let model = &models[n % models.len()];
        let Some(mut case) = Case::new(model, &[], 5, &mut random).or_else(|| arbitrary(model, &mut random)) else {
            continue;
        };
        case.mistakes.clear();
        let diagnosis = case.diagnose(3_000);
        if diagnosis.conclusion == Conclusion::Rounding && (f64::from(case.right) - case.answer().value()).abs() < 0.002
        {
            continue; // it may well be rounded
        }
        all += 1;
        unknown += usize::from(diagnosis.conclusion == Conclusion::Unknown);
        if diagnosis.conclusion != Conclusion::Unknown {
            let best = diagnosis
                .candidates
                .first()
                .map(|best| best.mistakes.iter().map(|m| m.name(&model.network)).collect::<Vec<_>>());
            println!("explained: {} {best:?} {:.3}", case.says(), diagnosis.unknown);
        }
    }
    println!("arbitrary numbers called unknown: {unknown} of {all} (seed {SEED})");
    assert!(all > 50 && unknown * 100 >= all * 95, "{unknown} of {all}");
}

/// A number that no mistake gave: anything between the outputs that the network has, and as far again to both sides.
fn arbitrary<'m>(model: &'m Model, random: &mut fastrand::Rng) -> Option<Case<'m>> {
    let input = model.input(random);
    let right = Pass::new(&model.network, &input, &[]).ok()?;
    let output = random.usize(..right.output().len());
    let right = right.output()[output];
    let others = (0..20)
        .filter_map(|_| Pass::new(&model.network, &model.input(random), &[]).ok()?.output().get(output).copied());
    let (low, high) = others.fold((right, right), |(low, high), value| (low.min(value), high.max(value)));
    let spread = (high - low).max(0.1);
    let text = written(low - spread + 3.0 * spread * random.f32(), 5);
    let answer: Answer = text.parse().ok()?;
    (!is_right(&answer, right)).then(|| Case { model, input, output, mistakes: Vec::new(), right, text })
}

#[test]
fn what_is_called_nearly_certain_is_nearly_always_true() {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    let (mut sure, mut held) = (0, 0);
    for n in 0..times(150) {
        let model = &models[n % models.len()];
        let digits = random.usize(3..=8);
        // As people err: one mistake in eight of ten, two in one, and something that is in no catalogue in one.
        let case = match random.u8(0..10) {
            0 => arbitrary(model, &mut random),
            1 => {
                let pair = [model.drawn(&mut random), model.drawn(&mut random)];
                Case::new(model, &pair, digits, &mut random)
            }
            _ => Case::new(model, &[model.drawn(&mut random)], digits, &mut random),
        };
        let Some(case) = case else { continue };
        let diagnosis = case.diagnose(500);
        if let Some(best) = diagnosis.candidates.first().filter(|best| best.probability > 0.9) {
            sure += 1;
            held += usize::from(case.holds(best));
            if !case.holds(best) {
                let best: Vec<String> = best.mistakes.iter().map(|mistake| mistake.name(&model.network)).collect();
                println!("not true: {}; said {}", case.says(), best.join(" + "));
            }
        }
    }
    println!("of {sure} diagnoses above 0.9, {held} are true (seed {SEED})");
    assert!(sure > 40 && held * 10 >= sure * 9, "{held} of {sure}");
}

/// The right outputs in float64, as a spreadsheet has them; `None` for activations that are not written out here.
fn in_float64(model: &Model, input: &[f32]) -> Option<Vec<f64>> {
    let mut values: Vec<f64> = input.iter().map(|&x| f64::from(x)).collect();
    for layer in model.network.layers() {
        let dense = layer.operation.as_dense()?;
        let (kernel, bias) = (dense.kernel(), dense.bias().unwrap_or(&[]));
        let sum = |unit: usize| {
            let products = values.iter().enumerate().map(|(i, x)| x * f64::from(kernel.get(i, unit).unwrap_or(0.0)));
            products.sum::<f64>() + bias.get(unit).copied().map_or(0.0, f64::from)
        };
        let z: Vec<f64> = (0..kernel.units()).map(sum).collect();
        let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let all: f64 = z.iter().map(|z| (z - largest).exp()).sum();
        let bend = |z: f64| {
            Some(match dense.activation() {
                Activation::Linear => z,
                Activation::Relu => z.max(0.0),
                Activation::Tanh => z.tanh(),
                Activation::Sigmoid => 1.0 / (1.0 + (-z).exp()),
                Activation::Softplus => z.exp().ln_1p(),
                Activation::Exponential => z.exp(),
                Activation::Softmax => (z - largest).exp() / all,
                _ => return None,
            })
        };
        values = z.into_iter().map(bend).collect::<Option<_>>()?;
    }
    Some(values)
}

#[test]
fn the_digits_of_a_spreadsheet_are_right_and_its_mistakes_are_found() {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    let (mut right, mut planted, mut found) = (0, 0, 0);
    for n in 0..2_000 {
        let model = &models[n % models.len()];
        let input = model.input(&mut random);
        let Some(values) = in_float64(model, &input) else { continue };
        let output = random.usize(..values.len());
        let text = values[output].to_string();
        let at = format!("output[{output}]").parse().expect("an address");
        let observation = Observation { input, at, answers: vec![text.parse().expect("a number")] };
        let diagnosis = Inquiry::new(&model.network, &[], &[observation]).expect("it fits").conclude();
        assert_eq!(diagnosis.conclusion, Conclusion::Correct, "{}: {text} {:?}", model.name, diagnosis.seen[0].right);
        right += 1;
    }
    // Without its activation a layer is linear: that is computed in float64 too.
    for n in 0..times(60) {
        let model = &models[n % models.len()];
        let Some((mut case, mistake)) = model
            .mistakes
            .iter()
            .find(|m| m.kind.id == "skipped-activation")
            .and_then(|m| Some((Case::new(model, &[*m], 8, &mut random)?, *m)))
        else {
            continue;
        };
        let linear = model.without_activation(mistake.layer);
        let Some(values) = in_float64(&linear, &case.input) else { continue };
        case.text = values[case.output].to_string();
        let diagnosis = case.diagnose(300);
        planted += 1;
        found += usize::from(diagnosis.candidates.first().is_some_and(|best| case.holds(best)));
        if !diagnosis.candidates.first().is_some_and(|best| case.holds(best)) {
            println!("missed: {}", case.says());
        }
    }
    println!(
        "float64 answers with all digits: {right} right ones, none accused; {found} of {planted} forgotten activations found"
    );
    assert!(right > 200 && planted > 8 && found * 100 >= planted * 95, "{right} {found} of {planted}");
}
