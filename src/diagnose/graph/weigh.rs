//! What was found, weighed against rounding and an unknown cause.

use std::sync::Arc;

use super::{NextInput, Seen, search::wrong_values};
use crate::{
    diagnose::{
        diagnosis::Conclusion,
        honest::{BEYOND_CHANCE, FEW},
        posterior::{ROUNDING, UNKNOWN, alike, chance, width},
    },
    equation::Values,
    graph::Network,
    mistake::graph::{Mistake, changed},
};

/// Candidates that the next input has to tell apart.
const MOST_APART: usize = 4;

/// Mistakes that give the answers, with prior times likelihood.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) mistakes: Vec<Mistake>,
    pub(super) weight: f64,
}

/// How surprising the answers are without a mistake that gives them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surprise {
    /// The chance of the answers under an unknown cause.
    arbitrary: f64,
    /// The chance of the answers under rounding as the shown digits allow; 0 if one does not follow from them.
    rounded: f64,
    /// How many significant digits the wrong answers have together.
    digits: usize,
}

impl Surprise {
    /// `typical`: by how much mistakes move each value.
    pub(super) fn new(seen: &[Seen], rank: usize, typical: &[f64]) -> Self {
        let (mut arbitrary, mut rounded, mut digits, mut place) = (1.0, 1.0, 0, 0);
        for seen in seen {
            for (i, answer) in seen.observation.answers.iter().enumerate() {
                let (right, typical) = (seen.right[i], typical.get(place + i).copied().unwrap_or(0.0));
                if seen.rank > rank || seen.is_right_at(i) {
                    continue;
                }
                digits += answer.significant();
                arbitrary *= chance(answer, right, typical);
                let reach = seen.shown_reach(i).max(answer.unit());
                rounded *= if seen.follows_from_shown(i) { width(answer) / (2.0 * reach + width(answer)) } else { 0.0 };
            }
            place += seen.right.len();
        }
        Self { arbitrary, rounded, digits }
    }
}

/// Explanations with their probabilities.
pub(super) struct Weighed {
    pub(super) groups: Vec<Group>,
    pub(super) rounding: f64,
    pub(super) unknown: f64,
    pub(super) conclusion: Conclusion,
}

/// Explanations that give the same values wherever we look.
pub(super) struct Group {
    pub(super) mistakes: Vec<Mistake>,
    pub(super) same_as: Vec<Vec<Mistake>>,
    pub(super) probability: f64,
    /// All values that they give at the observations' inputs and at some others.
    values: Vec<f32>,
}

pub(super) fn weigh(
    network: &Arc<Network>,
    seen: &[Seen],
    rank: usize,
    mut found: Vec<Found>,
    surprise: &Surprise,
    most: usize,
) -> Weighed {
    let mistakes: f64 = found.iter().map(|found| found.weight).sum();
    let mut unknown = (UNKNOWN * surprise.arbitrary).max(f64::MIN_POSITIVE);
    let mut rounding = ROUNDING * surprise.rounded;
    // What follows from the shown digits is rounding, unless a mistake fits it much better than chance.
    if surprise.rounded > 0.0 && mistakes <= BEYOND_CHANCE * surprise.rounded {
        rounding = rounding.max(1.01 * mistakes).max(unknown);
    }
    if surprise.digits <= FEW {
        unknown = unknown.max(mistakes - rounding);
    }
    let total = mistakes + rounding + unknown;
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.mistakes.len().cmp(&b.mistakes.len())));
    found.truncate(most);
    let relevant: Vec<&Seen> = seen.iter().filter(|seen| seen.rank <= rank).collect();
    let mut groups: Vec<Group> = Vec::new();
    for Found { mistakes, weight } in found {
        let values = everywhere(network, &relevant, &mistakes);
        match groups.iter_mut().find(|group| alike(&group.values, &values, 1e-6, 1e-3)) {
            Some(group) => {
                group.probability += weight / total;
                group.same_as.push(mistakes);
            }
            None => {
                groups.push(Group { mistakes, same_as: Vec::new(), probability: weight / total, values });
            }
        }
    }
    groups.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let (rounding, unknown, mistakes) = (rounding / total, unknown / total, mistakes / total);
    let conclusion = if rounding >= mistakes && rounding >= unknown {
        Conclusion::Rounding
    } else if mistakes >= unknown {
        Conclusion::Mistake
    } else {
        Conclusion::Unknown
    };
    Weighed { groups, rounding, unknown, conclusion }
}

/// What mistakes give at the network's outputs and at the observed places, for the observed inputs and for others.
fn everywhere(network: &Arc<Network>, seen: &[&Seen], mistakes: &[Mistake]) -> Vec<f32> {
    let right = network.program();
    let Ok(program) = changed(right, mistakes) else { return Vec::new() };
    let ids = program.changed_from(right);
    let outputs: Vec<_> = network.outputs().iter().filter_map(|&source| network.value(source)).collect();
    let mut all = Vec::new();
    let mut take = |values: &Values| {
        for value in &outputs {
            all.extend_from_slice(values.of(value.array));
        }
        for seen in seen {
            all.extend(seen.pick(values.of(seen.array)));
        }
    };
    for seen in seen {
        take(&program.evaluate_again(&seen.values, &ids));
    }
    if let Some(first) = seen.first() {
        for inputs in probes(&first.observation.inputs) {
            if let Ok(values) = network.given(&inputs).and_then(|given| program.evaluate(&given)) {
                take(&values);
            }
        }
    }
    all
}

/// Other inputs like these: half of each, the numbers from the end, and other numbers of the same size. Whole numbers stay whole,
/// for they may be words.
fn probes(inputs: &[Vec<f32>]) -> Vec<Vec<Vec<f32>>> {
    let whole = |input: &Vec<f32>| input.iter().all(|x| x.fract() == 0.0);
    let half =
        |input: &Vec<f32>| input.iter().map(|x| if whole(input) { (x / 2.0).floor() } else { x / 2.0 }).collect();
    let turned = |input: &Vec<f32>| input.iter().rev().copied().collect();
    let mixed = |input: &Vec<f32>| {
        let n = input.len().max(1);
        (0..input.len())
            .map(|i| input[(i * 7 + 3) % n] * if whole(input) || i % 2 == 0 { 1.0 } else { -0.75 })
            .collect()
    };
    let each = |change: &dyn Fn(&Vec<f32>) -> Vec<f32>| inputs.iter().map(change).collect::<Vec<_>>();
    vec![each(&half), each(&turned), each(&mixed)]
}

/// The inputs, of those tried, that tell the most probable groups apart best.
pub(super) fn next_input(network: &Arc<Network>, seen: &Seen, groups: &[Group]) -> Option<NextInput> {
    if groups.len() < 2 {
        return None;
    }
    let right = network.program();
    let at = seen.flat.unwrap_or(0);
    let mut best: Option<(f32, NextInput)> = None;
    for inputs in probes(&seen.observation.inputs) {
        let Ok(given) = network.given(&inputs) else { continue };
        let Ok(values) = right.evaluate(&given) else { continue };
        let own = values.of(seen.array).get(at).copied()?;
        let mut told: Vec<(usize, f32)> = Vec::new();
        for (i, group) in groups.iter().take(MOST_APART).enumerate() {
            let moved = seen.at_values(values.clone());
            let wrong = wrong_values(right, &moved, &group.mistakes)?;
            told.push((i, wrong.of(seen.array).get(at).copied().unwrap_or(f32::NAN)));
        }
        let numbers: Vec<f32> = told.iter().map(|(_, value)| *value).chain([own]).collect();
        let apart = numbers.iter().enumerate().flat_map(|(i, a)| numbers[..i].iter().map(move |b| (a - b).abs()));
        let apart = apart.fold(f32::INFINITY, f32::min);
        if apart.is_finite() && apart > 0.0 && best.as_ref().is_none_or(|(before, _)| apart > *before) {
            let address = right.address(seen.array, at);
            best = Some((apart, NextInput { inputs, at: address, right: own, values: told }));
        }
    }
    best.map(|(_, next)| next)
}
