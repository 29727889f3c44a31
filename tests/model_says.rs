//! Networks that were described wrongly: is it found what was not said?
//!
//! The model's own numbers come from Keras (`tests/golden/*/golden.json`) and NumPy (`tests/golden/model_says.py`), never from
//! byhand. Each is given with 4, 6 and 8 significant digits. `cargo test --test model_says -- --nocapture` prints the table.

#[path = "model_says/cases.rs"]
mod cases;

use std::collections::BTreeMap;

use byhand::{
    diagnose::{
        Observation,
        model_says::{Known, ModelFinding, Training, explain_model},
    },
    network::Network,
};
use cases::{Case, Pairs, arbitrary, of_keras, of_numpy, unscaled};

const DIGITS: [usize; 3] = [4, 6, 8];

/// The longest search, in networks that are run: a test has no clock.
const MOST: usize = 5_000;

/// A number with so many significant digits, as `'%.*g'` would round it.
fn written(value: f64, digits: usize) -> String {
    let text = format!("{:.*e}", digits - 1, value);
    let (mantissa, exponent) = text.split_once('e').expect("an exponent");
    let exponent: i32 = exponent.parse().expect("a number");
    let decimals = digits as i32 - 1 - exponent;
    if (0..12).contains(&decimals) {
        format!("{value:.*}", decimals as usize)
    } else {
        format!("{mantissa}e{exponent}")
    }
}

fn explained(network: &Network, training: Option<&Training>, pairs: &Pairs, digits: usize) -> ModelFinding {
    let observations: Vec<Observation> = pairs
        .iter()
        .map(|(input, answers)| Observation {
            input: input.clone(),
            at: "output".parse().expect("an address"),
            answers: answers.iter().map(|&y| written(y, digits).parse().expect("a number")).collect(),
        })
        .collect();
    let known = Known { region: &[], decimals: None, training };
    let mut left = MOST;
    let mut more = || {
        left = left.saturating_sub(1);
        left > 0
    };
    explain_model(network, &known, &observations, &mut more).expect("fits")
}

/// How a case ended.
#[derive(Default, Clone, Copy)]
struct Count {
    /// The network as described gives these digits: nothing is wrong.
    same: usize,
    /// The true cause is first, or gives the same as the first wherever we look.
    first: usize,
    /// The first gives the same numbers for these inputs, to all their digits; only another input tells them apart.
    alike: usize,
    /// It is named, but another that gives the same numbers is more probable.
    later: usize,
    /// It is not named.
    missed: usize,
    /// The verdict is unknown.
    unknown: usize,
}

impl Count {
    fn told_apart(&self) -> usize {
        self.first + self.later + self.missed
    }
}

/// Whether a candidate gives what the first gives, as far as float32 can tell.
fn alike(finding: &ModelFinding, n: usize) -> bool {
    let values = |n: usize| finding.candidates[n].values.concat();
    values(0).iter().zip(values(n)).all(|(a, b)| (a - b).abs() <= 1e-6 * a.abs().max(b.abs()))
}

fn judge(case: &Case, digits: usize, count: &mut Count, show: bool) {
    let finding = explained(&case.described, case.training.as_ref(), &case.pairs, digits);
    if finding.agrees() {
        count.same += 1;
        return;
    }
    let names = |n: usize| -> Vec<String> {
        let candidate = &finding.candidates[n];
        let all = std::iter::once(&candidate.changes).chain(&candidate.same_as);
        all.map(|changes| byhand::diagnose::model_says::says::names(&case.described, changes)).collect()
    };
    let found = (0..finding.candidates.len()).position(|n| names(n).iter().any(|name| (case.is_cause)(name)));
    match found {
        Some(0) => count.first += 1,
        Some(n) if alike(&finding, n) => count.alike += 1,
        Some(_) => count.later += 1,
        None => count.missed += 1,
    }
    if !finding.is_explained() {
        count.unknown += 1;
    }
    if show && found != Some(0) && !found.is_some_and(|n| alike(&finding, n)) {
        let said: Vec<String> = (0..finding.candidates.len().min(3))
            .map(|n| format!("{:.3} {}", finding.candidates[n].probability, names(n).join(" = ")))
            .collect();
        println!(
            "  {digits} digits, {}: wanted {}; got {:?}; unknown {:.3}",
            case.name, case.wanted, said, finding.unknown
        );
    }
}

fn table(cases: &[Case], show: bool) -> BTreeMap<(String, usize), Count> {
    let mut counts: BTreeMap<(String, usize), Count> = BTreeMap::new();
    for case in cases {
        for digits in DIGITS {
            judge(case, digits, counts.entry((case.kind.clone(), digits)).or_default(), show);
        }
    }
    println!("{:24} digits  same first alike later missed unknown", "kind");
    for ((kind, digits), count) in &counts {
        let Count { same, first, alike, later, missed, unknown } = count;
        println!("{kind:24} {digits:6} {same:5} {first:5} {alike:5} {later:5} {missed:6} {unknown:7}");
    }
    counts
}

/// What part of the cases that differ has its true cause first.
fn share(counts: &BTreeMap<(String, usize), Count>, least_digits: usize) -> f64 {
    let of: Vec<&Count> = counts.iter().filter(|((_, digits), _)| *digits >= least_digits).map(|(_, c)| c).collect();
    let first: usize = of.iter().map(|count| count.first).sum();
    first as f64 / of.iter().map(|count| count.told_apart()).sum::<usize>() as f64
}

#[test]
fn an_activation_that_was_not_said_is_found() {
    let counts = table(&of_keras(), true);
    assert!(share(&counts, 6) >= 0.95, "{}", share(&counts, 6));
    assert!(share(&counts, 4) >= 0.9, "{}", share(&counts, 4));
}

#[test]
fn a_scaler_of_the_training_table_is_found() {
    let counts = table(&unscaled(), true);
    assert!(share(&counts, 4) >= 0.95, "{}", share(&counts, 4));
}

#[test]
fn turned_kernels_exchanged_arrays_and_other_epsilons_are_found() {
    let counts = table(&of_numpy(), true);
    assert!(share(&counts, 6) >= 0.95, "{}", share(&counts, 6));
}

#[test]
fn arbitrary_numbers_are_unknown() {
    let (mut all, mut unknown) = (0usize, 0usize);
    for (network, training, pairs) in arbitrary() {
        for digits in DIGITS {
            let finding = explained(&network, training.as_ref(), &pairs, digits);
            all += 1;
            unknown += usize::from(!finding.is_explained());
            if finding.is_explained() {
                let candidate = &finding.candidates[0];
                println!(
                    "{digits} digits, {}: {:?} {:.3} {}",
                    network.name(),
                    pairs.iter().map(|(_, y)| y).collect::<Vec<_>>(),
                    candidate.probability,
                    byhand::diagnose::model_says::says::names(&network, &candidate.changes)
                );
            }
        }
    }
    println!("{unknown} of {all} arbitrary numbers are unknown");
    assert!(unknown * 100 >= all * 95, "{unknown} of {all}");
}
