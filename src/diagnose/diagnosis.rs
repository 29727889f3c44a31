//! Answers to their cause.

use std::sync::Arc;

use super::{
    next_input::{self, NextInput, probes},
    observation::{Observation, ObservationError, Seen},
    posterior::{Surprise, median},
    search::{Found, Search, Tried, wrong_recipes},
};
use crate::{
    mistake::Mistake,
    network::{Finish, Kernel, Network, Recipe, Role, Rounding, Stage},
    pass::{Address, Pass},
};

/// More explanations than this are not told apart from each other.
const MOST_FOUND: usize = 100;

/// For so many of the most probable it is worked out where they leave the right pass.
const MOST_PARTINGS: usize = 20;

/// What answers turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// Right to their digits (or cut off after them).
    Correct,
    /// Off by no more than rounding on the way explains.
    Rounding,
    /// What comes out with a mistake.
    Mistake,
    /// Nothing that is known gives them.
    Unknown,
}

impl Conclusion {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Rounding => "rounding",
            Self::Mistake => "mistake",
            Self::Unknown => "unknown",
        }
    }
}

/// Answers explained.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// What they turn out to be.
    pub conclusion: Conclusion,
    /// What was observed, beside the right values.
    pub seen: Vec<Seen>,
    /// The explanations, the most probable first.
    pub candidates: Vec<Candidate>,
    /// How probable rounding on the way is, of no known kind.
    pub rounding: f64,
    /// How probable it is that the cause is none of the candidates.
    pub unknown: f64,
    /// The first of the observed values, in the order of the pass, that is not right.
    pub first_wrong: Option<FirstWrong>,
    /// The single mistake that comes nearest.
    pub nearest: Option<Nearest>,
    /// How many wrong passes were run.
    pub tried: Tried,
    /// The input that tells the candidates apart best.
    pub next_input: Option<NextInput>,
}

/// Mistakes that give the answers.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The mistakes that are made together.
    pub mistakes: Vec<Mistake>,
    /// Others that give the same values wherever we look.
    pub same_as: Vec<Vec<Mistake>>,
    /// How probable it is that it was one of these.
    pub probability: f64,
    /// What they give at the observed places.
    pub values: Vec<Vec<f32>>,
    /// Where the wrong pass leaves the right one; worked out for the most probable.
    pub parting: Option<Parting>,
}

/// The first value in the order of the pass that a mistake changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Parting {
    /// The input of the pass.
    pub input: Vec<f32>,
    /// Which value.
    pub at: Address,
    /// The right one.
    pub right: f32,
    /// The wrong one.
    pub wrong: f32,
}

/// The first of the observed values that is not right.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstWrong {
    /// In which observation.
    pub observation: usize,
    /// Which of its answers.
    pub answer: usize,
    /// Which value.
    pub at: Address,
}

/// The mistake that comes nearest to answers that nothing gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// The mistake.
    pub mistake: Mistake,
    /// The largest distance to an answer.
    pub distance: f64,
    /// What it gives at the observed places.
    pub values: Vec<f32>,
}

/// Explains answers. `region`: for each input the range that matters, for the choice of the next input; may be empty.
///
/// `more` is asked before each wrong pass whether there is still time.
///
/// # Errors
/// [`ObservationError`] if there is no observation, or one does not fit the network.
pub fn diagnose(
    network: &Network,
    region: &[(f32, f32)],
    observations: &[Observation],
    more: &mut dyn FnMut() -> bool,
) -> Result<Diagnosis, ObservationError> {
    if observations.is_empty() {
        return Err(ObservationError::None);
    }
    let right: Vec<Recipe> = network.layers().map(|layer| layer.operation.recipe()).collect();
    let seen: Result<Vec<Seen>, _> = observations.iter().map(|o| Seen::new(network, &right, o)).collect();
    let seen = seen?;
    let mut diagnosis = Diagnosis {
        conclusion: Conclusion::Correct,
        first_wrong: first_wrong(&seen),
        seen,
        candidates: Vec::new(),
        rounding: 0.0,
        unknown: 0.0,
        nearest: None,
        tried: Tried::default(),
        next_input: None,
    };
    let Some(first) = &diagnosis.first_wrong else { return Ok(diagnosis) };
    // What comes after the first wrong value only carries it on.
    let last = diagnosis.seen.get(first.observation).map_or(0, |seen| seen.layer);
    let relevant: Vec<&Seen> = diagnosis.seen.iter().filter(|seen| seen.layer <= last).collect();

    let mut search = Search::new(network, &right, &relevant);
    search.singles(last, more);
    let surprise = surprise(&search, &relevant, &right);
    // The few likely triples come before the many pairs of rare mistakes, which may take all the time there is.
    search.triples(&surprise, more);
    search.pairs(&surprise, more);
    let Search { mut found, tried, singles, .. } = search;
    let answers = || relevant.iter().flat_map(|seen| &seen.observation.answers);
    let distance = |values: &[f32]| {
        let far = answers().zip(values).map(|(answer, &value)| (answer.value() - f64::from(value)).abs());
        far.fold(0.0, |most, far| if far > most || far.is_nan() { far } else { most })
    };
    let nearest = singles.iter().map(|single| (distance(&single.values), single)).min_by(|a, b| a.0.total_cmp(&b.0));
    let nearest =
        nearest.map(|(distance, single)| Nearest { mistake: single.mistake, distance, values: single.values.to_vec() });

    let total: f64 = found.iter().map(|found| found.weight).sum::<f64>() + surprise.unknown() + surprise.rounding();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.truncate(MOST_FOUND);
    let groups = together(network, &right, region, &relevant, found);
    let observed: Vec<&[f32]> = diagnosis.seen.iter().map(|seen| seen.observation.input.as_slice()).collect();
    let wrong: Vec<(f64, Vec<Recipe>)> = groups
        .iter()
        .map(|group| (group.weight / total, wrong_recipes(network, &right, &group.mistakes.iter().collect::<Vec<_>>())))
        .collect();
    let next_input = next_input::find(&right, &wrong, network.inputs(), region, &observed);
    let input = diagnosis.seen.get(first.observation).map_or(&[][..], |seen| &seen.observation.input);
    let candidates: Vec<Candidate> = groups
        .into_iter()
        .enumerate()
        .map(|(i, group)| Candidate {
            probability: group.weight / total,
            values: diagnosis.seen.iter().map(|seen| values_of(network, seen, &group.mistakes)).collect(),
            parting: (i < MOST_PARTINGS).then(|| parting(network, input, &group.mistakes)).flatten(),
            mistakes: group.mistakes,
            same_as: group.same_as,
        })
        .collect();

    let share = |rounds: bool| -> f64 {
        let of = candidates.iter().filter(|candidate| only_rounds(&candidate.mistakes) == rounds);
        of.map(|candidate| candidate.probability).sum()
    };
    let (rounding, unknown) = (surprise.rounding() / total, surprise.unknown() / total);
    let (rounds, mistakes) = (rounding + share(true), share(false));
    diagnosis.conclusion = if rounds >= mistakes && rounds >= unknown {
        Conclusion::Rounding
    } else if mistakes >= unknown {
        Conclusion::Mistake
    } else {
        Conclusion::Unknown
    };
    Ok(Diagnosis { candidates, rounding, unknown, nearest, tried, next_input, ..diagnosis })
}

/// Whether these only round.
pub(super) fn only_rounds(mistakes: &[Mistake]) -> bool {
    mistakes.iter().all(|mistake| mistake.kind.id.starts_with("rounded-"))
}

fn first_wrong(seen: &[Seen]) -> Option<FirstWrong> {
    let wrong = seen.iter().enumerate().filter_map(|(i, seen)| Some((seen.rank(), i, seen.first_wrong()?)));
    let (_, observation, answer) = wrong.min()?;
    let seen = &seen[observation];
    let mut at = seen.observation.at.clone();
    if at.index.is_empty() {
        at.index = vec![answer];
    }
    Some(FirstWrong { observation, answer, at })
}

/// How much speaks for a cause that is in no catalogue.
fn surprise(search: &Search, seen: &[&Seen], right: &[Recipe]) -> Surprise {
    let flat: Vec<f32> = seen.iter().flat_map(|seen| seen.right.iter().copied()).collect();
    let moved = |i: usize| {
        let by = search
            .singles
            .iter()
            .filter_map(|single| Some(f64::from((single.values.get(i)? - flat[i]).abs())).filter(|&by| by > 0.0));
        median(by.collect())
    };
    let typical: Vec<f64> = (0..flat.len()).map(moved).collect();
    let wrong = seen.iter().flat_map(|seen| seen.observation.answers.iter().zip(&seen.right));
    let decimals = wrong.filter(|(answer, right)| !answer.agrees(f64::from(**right))).map(|(a, _)| a.decimals()).min();
    // Who writes whole numbers down still works with decimals.
    let decimals = u8::try_from(decimals.unwrap_or(2).clamp(2, 12)).unwrap_or(12);
    let mut reach = vec![0.0f64; flat.len()];
    for recipes in rounded(right, decimals) {
        let mut i = 0;
        for seen in seen {
            let mut values = seen.observation.input.clone();
            for recipe in &recipes[..seen.layer] {
                values = recipe.output(&values);
            }
            let layer = recipes[seen.layer].values(&values);
            let stage = layer.stage(seen.stage).unwrap_or(&[]);
            for (k, right) in seen.right.iter().enumerate() {
                let value = stage.get(seen.index.unwrap_or(k)).copied().unwrap_or(*right);
                let by = f64::from((value - right).abs());
                reach[i] = if by.is_finite() { reach[i].max(by) } else { reach[i] };
                i += 1;
            }
        }
    }
    Surprise::new(seen, &typical, &reach)
}

/// Ways to round all through the network.
fn rounded(right: &[Recipe], decimals: u8) -> Vec<Vec<Recipe>> {
    let mut all = Vec::new();
    for (cut, products) in [(false, false), (true, false), (false, true), (true, true)] {
        let rounding = Rounding { decimals, cut, products };
        let values: Vec<Recipe> =
            right.iter().map(|recipe| Recipe { rounding: Some(rounding), ..recipe.clone() }).collect();
        if !products {
            all.push(right.iter().map(|recipe| with_rounded_weights(recipe, rounding)).collect());
            all.push(values.iter().map(|recipe| with_rounded_weights(recipe, rounding)).collect());
        }
        all.push(values);
    }
    all
}

fn with_rounded_weights(recipe: &Recipe, rounding: Rounding) -> Recipe {
    let mut recipe = recipe.clone();
    if let Some(kernel) = &recipe.kernel {
        let values: Vec<f32> = kernel.values().iter().map(|&value| rounding.of(value)).collect();
        if let Some(rounded) = Kernel::from_rows(kernel.inputs(), kernel.units(), &values) {
            recipe.kernel = Some(Arc::new(rounded));
        }
    }
    for finish in &mut recipe.finish {
        if let Finish::Combine { operand, role: Role::Bias, .. } = finish {
            *operand = operand.iter().map(|&value| rounding.of(value)).collect();
        }
    }
    recipe
}

/// Explanations that give the same values wherever we look.
struct Group {
    mistakes: Vec<Mistake>,
    same_as: Vec<Vec<Mistake>>,
    weight: f64,
    values: Vec<f32>,
}

fn together(
    network: &Network,
    right: &[Recipe],
    region: &[(f32, f32)],
    seen: &[&Seen],
    found: Vec<Found>,
) -> Vec<Group> {
    let inputs = probes(network.inputs(), region, seen.first().map_or(&[][..], |seen| &seen.observation.input));
    let mut groups: Vec<Group> = Vec::new();
    for Found { mistakes, weight, mut values } in found {
        let recipes = wrong_recipes(network, right, &mistakes.iter().collect::<Vec<_>>());
        for input in &inputs {
            values.extend(recipes.iter().fold(input.clone(), |values, recipe| recipe.output(&values)));
        }
        match groups.iter_mut().find(|group| alike(&group.values, &values)) {
            Some(group) => {
                group.weight += weight;
                group.same_as.push(mistakes);
            }
            None => groups.push(Group { mistakes, same_as: Vec::new(), weight, values }),
        }
    }
    groups.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    groups
}

/// Equal but for what the order of a sum does to float32.
fn alike(a: &[f32], b: &[f32]) -> bool {
    let near = |(&a, &b): (&f32, &f32)| {
        a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1e-3)
    };
    a.len() == b.len() && a.iter().zip(b).all(near)
}

fn values_of(network: &Network, seen: &Seen, mistakes: &[Mistake]) -> Vec<f32> {
    let pass = Pass::new(network, &seen.observation.input, mistakes);
    let values = pass.ok().and_then(|pass| pass.get(&seen.observation.at).map(<[f32]>::to_vec).ok());
    values.unwrap_or_default()
}

/// Where the pass with these mistakes leaves the right one.
fn parting(network: &Network, input: &[f32], mistakes: &[Mistake]) -> Option<Parting> {
    let (right, wrong) = (Pass::new(network, input, &[]).ok()?, Pass::new(network, input, mistakes).ok()?);
    for (index, layer) in network.layers().enumerate() {
        for unit in 0..right.stage(index, Stage::A)?.len().max(layer.operation.units()) {
            for stage in [Stage::Wx, Stage::Z, Stage::A] {
                let value = |pass: &Pass| pass.stage(index, stage)?.get(unit).copied();
                if let (Some(right), Some(wrong)) = (value(&right), value(&wrong))
                    && right != wrong
                    && !(right.is_nan() && wrong.is_nan())
                {
                    let at = Address::stage(&layer.name, stage, Some(unit));
                    return Some(Parting { input: input.to_vec(), at, right, wrong });
                }
            }
        }
    }
    None
}
