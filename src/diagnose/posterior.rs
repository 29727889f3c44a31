//! How probable an explanation is.
//!
//! By Bayes' rule: what one believes before (how common the kind is, shared among the ways in which it can be made here)
//! times the chance of the answers. A mistake that gives the answers to their digits makes them certain. Against it stand
//! two hypotheses that name no mistake: rounding on the way, which reaches a little around the right value, and *unknown*,
//! under which a number of any size may come out, or one that is off by a little or by much, every order of magnitude alike.
//! So the more ways are tried, the less each of them counts; an answer of two digits proves less than one of six, and one close
//! to the right value less than one far away, where fewer ways lead.

use super::{Answer, observation::Seen};
use crate::mistake::{Detail, Mistake};

/// What a second (third) mistake costs: people who make one seldom make two.
pub(super) const PAIR: f64 = 0.1;

/// How probable it is beforehand that the cause is in no catalogue, against 1 for all single mistakes.
pub(super) const UNKNOWN: f64 = 0.1;

/// How probable rounding on the way is beforehand.
pub(super) const ROUNDING: f64 = 0.1;

/// The chance that an unknown cause ends at a number at which activations saturate: 0, 1 or -1.
const SATURATED: f64 = 0.01;

/// The chance that somebody who made a mistake also cuts the result off instead of rounding it.
const CUT: f64 = 0.1;

/// How much rarer each decimal of an answer is that goes beyond those that were kept on the way.
const FURTHER: f64 = 0.3;

/// Some keep few decimals on the way and write down all that the calculator shows.
const ALL_DIGITS: f64 = 0.1;

/// The priors of single mistakes; they add up to 1.
pub(super) fn priors(mistakes: &[Mistake]) -> Vec<f64> {
    let of = |mistake: &Mistake| (mistake.kind.id, mistake.kind.common, mistake.detail.often());
    priors_of(&mistakes.iter().map(of).collect::<Vec<_>>())
}

/// The same, of each mistake's kind, how common the kind is, and how often it is made in this way.
pub(super) fn priors_of(mistakes: &[(&'static str, f64, f64)]) -> Vec<f64> {
    let mut kinds: Vec<(&'static str, f64, f64)> = Vec::new();
    for &(id, common, often) in mistakes {
        match kinds.iter_mut().find(|(known, ..)| *known == id) {
            Some((_, _, ways)) => *ways += often,
            None => kinds.push((id, common, often)),
        }
    }
    let all: f64 = kinds.iter().map(|(_, common, _)| common).sum();
    let of = |&(id, _, often): &(&'static str, f64, f64)| {
        let kind = kinds.iter().find(|(known, ..)| *known == id);
        kind.map_or(0.0, |(_, common, ways)| common / all * often / ways)
    };
    mistakes.iter().map(of).collect()
}

/// The chance of the answers if these are the values.
pub(super) fn fit(seen: &[Seen], values: &[f32]) -> f64 {
    let places = seen.iter().flat_map(|seen| (0..seen.right.len()).map(move |i| (seen, i)));
    let (mut cut, mut chance) = (false, 1.0);
    for ((seen, i), &value) in places.zip(values) {
        if seen.is_left_alone(i, value) {
            chance *= seen.chance_of_right(i);
        } else if !seen.agrees(i, value) {
            if !seen.is_cut(i, value) {
                return 0.0;
            }
            cut = true;
        }
    }
    // Who cuts, cuts all of them.
    if cut { CUT * chance } else { chance }
}

/// The chance that somebody who rounds like this writes answers with so many digits. Who keeps two decimals of the weights
/// seldom tells three of the result, and so a coincidence there proves less: some rounding gives nearly every number that is
/// close to the right one.
pub(super) fn digits(seen: &[Seen], mistakes: &[Mistake]) -> f64 {
    let rounds = mistakes.iter().filter_map(|mistake| match mistake.detail {
        Detail::Rounding(rounding) => Some(usize::from(rounding.decimals)),
        _ => None,
    });
    let Some(kept) = rounds.min() else { return 1.0 };
    let places = seen.iter().flat_map(|seen| (0..seen.right.len()).map(move |i| (seen, i)));
    let wrong = places.filter(|(seen, i)| !seen.is_right_at(*i));
    let told = wrong.filter_map(|(seen, i)| Some(seen.observation.answers.get(i)?.decimals())).max();
    let further = told.map_or(0, |told| told.saturating_sub(kept));
    FURTHER.powi(further as i32).max(ALL_DIGITS)
}

/// Whether values that are known about could turn out to give the answers.
pub(super) fn may_fit(seen: &[Seen], about: &[f32]) -> bool {
    let places = seen.iter().flat_map(|seen| (0..seen.right.len()).map(move |i| (seen, i)));
    places.zip(about).all(|((seen, i), &value)| {
        let Some(answer) = seen.observation.answers.get(i) else { return true };
        let right = if seen.is_right_at(i) { seen.right[i] } else { f32::NAN };
        let is_right = f64::from((value - right).abs()) <= 1e-4 * f64::from(right.abs());
        let (answer, unit, value) = (answer.value(), answer.unit(), f64::from(value));
        // The order of a sum changes the last digits of float32; where large terms cancel out, some more.
        let slack = 2.0 * unit + 1e-4 * value.abs().max(answer.abs());
        is_right || value.is_nan() || (answer - value).abs() <= slack
    })
}

/// Whether two lists of values differ by no more than float32 does on the way.
pub(super) fn same(a: &[f32], b: &[f32]) -> bool {
    alike(a, b, 4.0 * f32::EPSILON, 0.0)
}

/// Whether two lists of values are equal up to `part` of each. Values below `least` are compared as if they were that large.
pub(super) fn alike(a: &[f32], b: &[f32], part: f32, least: f32) -> bool {
    let near = |(&a, &b): (&f32, &f32)| {
        a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= part * a.abs().max(b.abs()).max(least)
    };
    a.len() == b.len() && a.iter().zip(b).all(near)
}

/// The width of the range of numbers that an answer can mean.
pub(super) fn width(answer: &Answer) -> f64 {
    answer.unit() + 2.0 * f64::from(f32::EPSILON) * finite(answer.value())
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value.abs() } else { 0.0 }
}

/// The chance that a cause of which nothing is known gives this answer where `right` is right; `typical`: by how much known
/// causes move the value.
pub(super) fn chance(answer: &Answer, right: f32, typical: f64) -> f64 {
    let right = f64::from(right);
    let spread = 2.0 * finite(answer.value()).max(finite(right)).max(finite(typical));
    // Values of this size are no finer than float32, however many digits the answer has: 1e-310 beside 25 is only a 0.
    let width = width(answer).max(f64::from(f32::EPSILON) * spread);
    let off = (answer.value() - right).abs();
    let anywhere = width / (spread + width);
    // A distance of any order of magnitude, from what one sees to the size of the values; to either side.
    let magnitudes = (spread / width).max(std::f64::consts::E).ln();
    let near = width / (2.0 * magnitudes * off.max(width / 2.0));
    let near = if near.is_finite() { near } else { 0.0 };
    // relu, sigmoid and tanh give these from a whole range of numbers, so that many causes do.
    let saturated = if [0.0, 1.0].contains(&answer.value().abs()) { SATURATED } else { 0.0 };
    f64::midpoint(anywhere, near).max(saturated).clamp(1e-300, 1.0)
}

/// How surprising the answers are without a mistake that gives them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surprise {
    /// The chance of the answers under an unknown cause.
    arbitrary: f64,
    /// The chance of the answers under rounding on the way.
    rounded: f64,
}

impl Surprise {
    /// `typical`: by how much mistakes move each value. `reach`: by how much rounding can move each.
    ///
    /// Answers that are right say nothing here: any cause may leave them alone.
    pub(super) fn new(seen: &[Seen], typical: &[f64], reach: &[f64]) -> Self {
        let (mut arbitrary, mut rounded) = (1.0, 1.0);
        let places = seen.iter().flat_map(|seen| (0..seen.right.len()).map(move |i| (seen, i)));
        for ((seen, i), (&typical, &reach)) in places.zip(typical.iter().zip(reach)) {
            let (Some(answer), Some(&right)) = (seen.observation.answers.get(i), seen.right.get(i)) else { continue };
            if seen.is_right_at(i) {
                let chance = seen.chance_of_right(i);
                (arbitrary, rounded) = (arbitrary * chance, rounded * chance);
                continue;
            }
            let (width, off) = (width(answer), (answer.value() - f64::from(right)).abs());
            arbitrary *= chance(answer, right, typical);
            // One in the last digit is never too far for it.
            let reach = reach.max(answer.unit());
            let within = off.is_finite() && off <= reach + width / 2.0;
            rounded *= if within { (width / (2.0 * reach + width)).min(1.0) } else { 0.0 };
        }
        Self { arbitrary, rounded }
    }

    /// The same with later answers, whose chance this is.
    pub(super) fn and_later(self, chance: f64) -> Self {
        Self { arbitrary: self.arbitrary * chance, rounded: self.rounded * chance }
    }

    /// Prior times likelihood of an unknown cause.
    pub(super) fn unknown(&self) -> f64 {
        (UNKNOWN * self.arbitrary).max(f64::MIN_POSITIVE)
    }

    /// Prior times likelihood of rounding on the way.
    pub(super) fn rounding(&self) -> f64 {
        ROUNDING * self.rounded
    }
}

/// The middle one of some numbers that are not NaN; 0 if there are none.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.retain(|value| value.is_finite());
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}
