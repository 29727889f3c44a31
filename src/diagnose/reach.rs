//! How far rounding on the way, and mistakes in general, move a value.

use std::sync::Arc;

use super::{
    Answer,
    observation::{Seen, pick},
    posterior::Surprise,
};
use crate::network::{Kernel, Recipe, Rounding, Written, recipe::through};

/// Who writes whole numbers down still works with decimals.
const LEAST_DECIMALS: usize = 2;

/// For how many observations the effect of rounding is computed.
const MOST_OBSERVATIONS: usize = 30;

/// More decimals than this nobody rounds to.
const MOST_DECIMALS: usize = 7;

/// How far rounding all through the network moves the first value that is not right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// To so many decimals.
    pub decimals: u8,
    /// By so much at most, among the ways to round that were tried.
    pub by: f64,
    /// So far the answer is off.
    pub off: f64,
}

/// How much speaks for a cause that is in no catalogue. `right`: the right values at the observed places; `typical`: by how much
/// single mistakes move them.
pub(super) fn surprise(recipes: &[Recipe], seen: &[Seen], right: &[f32], typical: &[f64]) -> Surprise {
    Surprise::new(seen, typical, &reaches(recipes, seen, right, decimals(seen)))
}

/// How far rounding reaches at the first answer that is not right, `(observation, answer)`, if it reaches so far as that.
///
/// The most decimals that explain it are reported: rounding to fewer usually moves a value further.
pub(super) fn of_rounding(recipes: &[Recipe], seen: &[Seen], first: (usize, usize)) -> Option<Reach> {
    let (observation, answer) = first;
    let of = seen.get(observation)?;
    let place = seen[..observation].iter().map(|seen| seen.right.len()).sum::<usize>() + answer;
    let (text, value) = (of.observation.answers.get(answer)?, *of.right.get(answer)?);
    let off = (text.value() - f64::from(value)).abs();
    let right: Vec<f32> = seen.iter().flat_map(|seen| seen.right.iter().copied()).collect();
    (LEAST_DECIMALS - 1..=MOST_DECIMALS).rev().find_map(|decimals| {
        // The answer itself was rounded to its own digits, whatever was written down before.
        let by = reaches(recipes, seen, &right, decimals as u8).get(place)? + text.unit() / 2.0;
        (off <= by).then_some(Reach { decimals: decimals as u8, by, off })
    })
}

/// The decimals that the answers which are not right were written with.
fn decimals(seen: &[Seen]) -> u8 {
    let places = seen.iter().flat_map(|seen| (0..seen.right.len()).map(move |i| (seen, i)));
    let wrong = places.filter(|&(seen, i)| !seen.is_right_at(i));
    let wrong = wrong.filter_map(|(seen, i)| seen.observation.answers.get(i));
    let least = wrong.map(Answer::decimals).min().unwrap_or(LEAST_DECIMALS);
    least.clamp(LEAST_DECIMALS, MOST_DECIMALS) as u8
}

/// By how much rounding to so many decimals moves each observed value, the most of some ways to round.
fn reaches(recipes: &[Recipe], seen: &[Seen], right: &[f32], decimals: u8) -> Vec<f64> {
    let mut reach = vec![0.0f64; right.len()];
    for recipes in rounded(recipes, decimals) {
        let values = seen.iter().enumerate().flat_map(|(n, seen)| {
            // What is right needs no explanation, and many wrong ones none that is so exact.
            if n >= MOST_OBSERVATIONS || seen.is_right() {
                return seen.right.clone();
            }
            let arrives = through(&recipes[..seen.layer], &seen.observation.input);
            let values = recipes[seen.layer].values(&arrives);
            values.stage(seen.stage).and_then(|values| pick(values, seen.index)).unwrap_or_else(|| seen.right.clone())
        });
        for ((reach, right), value) in reach.iter_mut().zip(right).zip(values) {
            let by = f64::from((value - right).abs());
            *reach = if by.is_finite() { reach.max(by) } else { *reach };
        }
    }
    reach
}

/// Ways to round all through the network.
fn rounded(right: &[Recipe], decimals: u8) -> Vec<Vec<Recipe>> {
    let mut all = Vec::new();
    for (cut, what) in [false, true].into_iter().flat_map(|cut| Written::ALL.map(|what| (cut, what))) {
        let rounding = Rounding::new(decimals, cut, what);
        let mut values = right.to_vec();
        rounding.on_the_way(&mut values);
        if what == Written::Stages {
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
        let is_bias = finish.is_bias();
        if let Some(operand) = finish.operand_mut().filter(|_| is_bias) {
            *operand = operand.iter().map(|&value| rounding.of(value)).collect();
        }
    }
    recipe
}
