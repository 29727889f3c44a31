//! Mistakes planted in the layers of the golden models are named from one number; right numbers are not accused.
//!
//! `BYHAND_CASES=N cargo test --release --test diagnosis_graph -- --nocapture` plants each kind N times in each model; without
//! it, each kind in two models.

#[path = "support/first_sample.rs"]
mod first_sample;

use std::{collections::BTreeMap, sync::Arc};

use byhand::{
    diagnose::{
        Conclusion,
        graph::{Inquiry, Observation},
    },
    graph::Network,
    mistake::graph::{Mistake, changed},
    pass::graph::Pass,
};

fn observe(inputs: &[Vec<f32>], at: &str, answer: &str) -> Observation {
    let answers = vec![answer.parse().expect("a number")];
    Observation { inputs: inputs.to_vec(), at: at.to_owned(), answers }
}

/// So many wrong programs are run for one answer.
const BUDGET: usize = 1_500;

fn diagnose(network: &Arc<Network>, observation: Observation) -> byhand::diagnose::graph::Diagnosis {
    let mut inquiry = Inquiry::new(network, &[observation]).expect("it fits");
    let mut left = BUDGET;
    inquiry.advance(&mut || {
        left = left.saturating_sub(1);
        left > 0
    });
    inquiry.conclude()
}

#[derive(Default)]
struct Row {
    planted: usize,
    first: usize,
    among: usize,
    sure: usize,
    sure_true: usize,
}

#[test]
fn planted_mistakes_are_named() {
    let asked: Option<usize> = std::env::var("BYHAND_CASES").ok().and_then(|n| n.parse().ok());
    let (in_a_model, in_all) = (asked.unwrap_or(1), if asked.is_some() { usize::MAX } else { 2 });
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    for model in first_sample::names() {
        let (network, inputs) = first_sample::load(&model);
        let network = Arc::new(network);
        let program = network.program();
        let values = program.evaluate(&network.given(&inputs).expect("they fit")).expect("they fit");
        let mut planted: BTreeMap<&str, usize> = BTreeMap::new();
        let mut all: Vec<Mistake> = Mistake::all(program);
        // Far ways of one kind come too, not only the first ones.
        fastrand::Rng::with_seed(7).shuffle(&mut all);
        for mistake in all {
            let count = planted.entry(mistake.kind.id).or_default();
            if *count >= in_a_model || rows.get(mistake.kind.id).is_some_and(|row| row.planted >= in_all) {
                continue;
            }
            let wrong = changed(program, std::slice::from_ref(&mistake)).expect("can be made");
            let wrong = wrong.evaluate_again(&values, &wrong.changed_from(program));
            // The output that moves most.
            let outputs = network.outputs().iter().filter_map(|&source| network.value(source));
            let moved = outputs.flat_map(|value| {
                let pairs = values.of(value.array).iter().zip(wrong.of(value.array));
                let far =
                    pairs.enumerate().map(move |(i, (a, b))| ((a - b).abs() / a.abs().max(1e-3), value.array, i, *b));
                far.collect::<Vec<_>>()
            });
            let moved = moved.filter(|(far, ..)| far.is_finite()).max_by(|a, b| a.0.total_cmp(&b.0));
            let Some((far, array, flat, value)) = moved.filter(|(far, ..)| *far > 1e-3) else { continue };
            *count += 1;
            let _ = far;
            let answer = format!("{value:.6}");
            let diagnosis = diagnose(&network, observe(&inputs, &program.address(array, flat), &answer));
            let row = rows.entry(mistake.kind.id).or_default();
            row.planted += 1;
            let is_it = |mistakes: &[Mistake]| mistakes == std::slice::from_ref(&mistake);
            let place = diagnosis
                .candidates
                .iter()
                .position(|c| is_it(&c.mistakes) || c.same_as.iter().any(|others| is_it(others)));
            row.first += usize::from(place == Some(0) && diagnosis.conclusion == Conclusion::Mistake);
            row.among += usize::from(place.is_some());
            if let Some(first) = diagnosis.candidates.first().filter(|first| first.probability > 0.9) {
                row.sure += 1;
                row.sure_true += usize::from(place == Some(0));
                if place != Some(0) {
                    println!("{model}: {} took for {:?}, {:.2}", mistake.name(), first.mistakes, first.probability);
                }
            }
            if let (Some(1..), Some(first)) = (place, diagnosis.candidates.first()) {
                println!("{model}: {} behind {:?}, {:.2}", mistake.name(), first.mistakes, first.probability);
            }
            if place == Some(0) && diagnosis.conclusion != Conclusion::Mistake {
                println!(
                    "{model}: {} {answer} called {:?}, {:.2}",
                    mistake.name(),
                    diagnosis.conclusion,
                    diagnosis.candidates[0].probability
                );
            }
            if place.is_none() {
                println!(
                    "{model}: {} not found: {answer}, {:?}, tried {:?}",
                    mistake.name(),
                    diagnosis.conclusion,
                    diagnosis.tried
                );
            }
        }
    }
    println!("{:28} {:>8} {:>6} {:>6} {:>6} {:>6}", "kind", "planted", "first", "among", "> 0.9", "true");
    let mut all = Row::default();
    for (id, row) in &rows {
        println!("{id:28} {:8} {:6} {:6} {:6} {:6}", row.planted, row.first, row.among, row.sure, row.sure_true);
        all.planted += row.planted;
        all.first += row.first;
        all.among += row.among;
        all.sure += row.sure;
        all.sure_true += row.sure_true;
    }
    println!("{:28} {:8} {:6} {:6} {:6} {:6}", "all", all.planted, all.first, all.among, all.sure, all.sure_true);
    assert!(all.among as f64 >= 0.95 * all.planted as f64, "{} of {} among the candidates", all.among, all.planted);
    assert!(all.first as f64 >= 0.7 * all.planted as f64, "{} of {} named first", all.first, all.planted);
    assert!(all.sure_true as f64 >= 0.98 * all.sure as f64, "{} of {} above 0.9 are true", all.sure_true, all.sure);
}

#[test]
fn right_answers_are_not_accused() {
    let (mut asked, mut accused) = (0, Vec::new());
    for model in first_sample::names() {
        let (network, inputs) = first_sample::load(&model);
        let network = Arc::new(network);
        let pass = Pass::new(&network, &inputs, &[]).expect("fits");
        let arrays: Vec<_> = network.program().equations().iter().map(|equation| equation.array).collect();
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..40 {
            let array = arrays[random.usize(..arrays.len())];
            let values = pass.values().of(array);
            let flat = random.usize(..values.len().max(1));
            let Some(value) = values.get(flat).filter(|value| value.is_finite()) else { continue };
            let decimals = random.usize(3..9);
            let answer = format!("{value:.decimals$}");
            asked += 1;
            let diagnosis = diagnose(&network, observe(&inputs, &network.program().address(array, flat), &answer));
            if diagnosis.conclusion != Conclusion::Correct && diagnosis.conclusion != Conclusion::TooFewDigits {
                accused.push(format!(
                    "{model} {} {answer}: {:?}",
                    network.program().address(array, flat),
                    diagnosis.conclusion
                ));
            }
        }
    }
    println!("{} of {asked} right answers accused", accused.len());
    assert!(accused.is_empty(), "{}", accused.join("\n"));
}

#[test]
fn weights_with_four_decimals_are_rounding() {
    let (mut asked, mut accused) = (0, Vec::new());
    for model in first_sample::names() {
        let (network, inputs) = first_sample::load(&model);
        let network = Arc::new(network);
        let mut rounded = network.program().clone();
        for declared in network.program().arrays() {
            if let byhand::equation::Kind::Weight(array) = &declared.kind {
                let numbers = array.values().iter().map(|w| (w * 1e4).round() / 1e4).collect();
                let array = byhand::equation::Array::new(array.shape().clone(), numbers).expect("as many");
                rounded.set_array(&declared.name, array).expect("the same shape");
            }
        }
        let values = rounded.evaluate(&network.given(&inputs).expect("they fit")).expect("they fit");
        let mut random = fastrand::Rng::with_seed(5);
        let outputs = network.outputs().iter().filter_map(|&source| network.value(source));
        for value in outputs.take(3) {
            let numbers = values.of(value.array);
            let flat = random.usize(..numbers.len().max(1));
            let Some(number) = numbers.get(flat).filter(|number| number.is_finite()) else { continue };
            let address = network.program().address(value.array, flat);
            let answer = format!("{number:.4}");
            asked += 1;
            let diagnosis = diagnose(&network, observe(&inputs, &address, &answer));
            if matches!(diagnosis.conclusion, Conclusion::Mistake | Conclusion::Unknown) {
                accused.push(format!(
                    "{model} {address} {answer}: {:?} {:?} {:?}",
                    diagnosis.conclusion,
                    diagnosis.rounding,
                    diagnosis.candidates.first()
                ));
            }
        }
    }
    println!("{} of {asked} answers from rounded weights accused", accused.len());
    assert!(accused.is_empty(), "{}", accused.join("\n"));
}
