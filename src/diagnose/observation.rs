//! What somebody computed: an input, which value it is, and the numbers that were written down.

use std::sync::Arc;

use thiserror::Error;

use super::Answer;
use crate::{
    network::{Activation, Care, Finish, Network, Range, Recipe, Stage, Values, range::given, recipe::run},
    pass::{Address, AddressError, PassError, Source},
    words::diagnose,
};

/// An answer may be off by no more than this part of it, however large the terms are that cancelled out.
const MOST_SLACK: f64 = 2e-5;

/// How many decimals the screen and `explain` show by default.
pub(crate) const SHOWN: u8 = 4;

/// Numbers that somebody computed for one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The input of the pass, (inputs,).
    pub input: Vec<f32>,
    /// Which value was computed; without an index, the whole stage.
    pub at: Address,
    /// The numbers: one for an address with an index, one a unit for a whole stage.
    pub answers: Vec<Answer>,
}

/// Why an observation cannot be compared with a network.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ObservationError {
    /// Nothing was observed.
    #[error("{}", diagnose::nothing())]
    None,
    /// The input does not fit.
    #[error(transparent)]
    Input(#[from] PassError),
    /// No such value.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The address names something that nobody computes.
    #[error("{}", diagnose::given(address))]
    Given {
        /// The address.
        address: String,
    },
    /// Too many or too few numbers.
    #[error("{}", diagnose::count(address, *expected, *got))]
    Count {
        /// The address.
        address: String,
        /// How many values it has.
        expected: usize,
        /// How many answers there are.
        got: usize,
    },
}

impl Observation {
    /// The observation beside the right pass of the network.
    ///
    /// # Errors
    /// [`ObservationError`], naming what does not fit the network.
    pub fn beside(&self, network: &Network) -> Result<Seen, ObservationError> {
        Seen::new(network, &network.recipes(), self)
    }
}

/// An observation beside the right pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What was observed.
    pub observation: Observation,
    /// The right values, one for each answer.
    pub right: Vec<f32>,
    /// For each of them how large the terms are that add up to it: float32 keeps no more than about seven digits of *them*, so
    /// where large terms cancel out, fewer digits of the sum mean anything.
    pub(super) size: Vec<f64>,
    /// The activation that the values come out of, if they do.
    bend: Option<Activation>,
    /// The layer of the values.
    pub(super) layer: usize,
    /// At which stage.
    pub(super) stage: Stage,
    /// Which unit; `None` for all.
    pub(super) index: Option<usize>,
    /// The right values of every layer, (depth,).
    pub(super) pass: Vec<Arc<Values>>,
    /// What a calculation with all digits can give for each answer, in float32 or float64 and in any order, and what one with
    /// the shown digits can give. Empty where every answer is the right value anyway.
    honest: Vec<Honest>,
    /// Whether an answer that follows from the shown digits counts as right: another one does not, and is what is explained.
    lenient: bool,
}

/// What honest calculations of one value can give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Honest {
    /// With all digits.
    pub(super) exact: Range,
    /// With the digits that are shown.
    pub(super) shown: Range,
}

impl Seen {
    /// Works the right pass out for an observation. `recipes` are the network's right ones.
    pub(super) fn new(
        network: &Network,
        recipes: &[Recipe],
        observation: &Observation,
    ) -> Result<Self, ObservationError> {
        let (input, at) = (&observation.input, &observation.at);
        if input.len() != network.inputs() {
            let (expected, got) = (network.inputs(), input.len());
            return Err(PassError::Input { network: network.name().to_owned(), expected, got }.into());
        }
        let place = at.resolve(network)?;
        let Source::Stage(layer, stage) = place.source else {
            return Err(ObservationError::Given { address: at.to_string() });
        };
        let pass = run(recipes, input, &[]);
        let values = pass.get(layer).and_then(|values| values.stage(stage));
        let right = values.and_then(|values| pick(values, place.index));
        let Some(right) = right else {
            return Err(AddressError::NoValue { address: at.to_string() }.into());
        };
        if right.len() != observation.answers.len() {
            let (expected, got) = (right.len(), observation.answers.len());
            return Err(ObservationError::Count { address: at.to_string(), expected, got });
        }
        let sizes = recipes.get(layer).zip(pass.get(layer)).map(|(recipe, values)| term_sizes(recipe, values));
        let sizes = sizes.and_then(|sizes| pick(&sizes, place.index)).unwrap_or_default();
        let size = (0..right.len()).map(|i| sizes.get(i).copied().map_or(0.0, f64::from)).collect();
        let recipe = recipes.get(layer).filter(|_| stage == Stage::A);
        let bend = recipe.and_then(|recipe| recipe.finish.iter().rev().find_map(Finish::activation));
        let index = place.index;
        let mut seen = Self {
            observation: observation.clone(),
            right,
            size,
            bend,
            layer,
            stage,
            index,
            pass,
            honest: Vec::new(),
            lenient: false,
        };
        if seen.first_wrong().is_some() {
            seen.honest = seen.honest(recipes);
        }
        Ok(seen)
    }

    /// What honest calculations can give for each answer.
    fn honest(&self, recipes: &[Recipe]) -> Vec<Honest> {
        let ranges = |care: Care| {
            let (before, own) = recipes.split_at_checked(self.layer)?;
            let arrives = before.iter().fold(given(&self.observation.input, care), |arrives, recipe| {
                recipe.ranges(&arrives, care).hands_on(care)
            });
            let values = own.first()?.ranges(&arrives, care);
            let values = values.stage(self.stage)?;
            Some(self.index.map_or_else(|| values.to_vec(), |i| values.get(i).copied().into_iter().collect()))
        };
        let both = ranges(Care::AllDigits).zip(ranges(Care::Shown(SHOWN)));
        let both = both.into_iter().flat_map(|(exact, shown)| exact.into_iter().zip(shown));
        both.map(|(exact, shown)| Honest { exact, shown: shown.and(exact) }).collect()
    }

    /// Whether every answer is right at its digits, rounded or cut off.
    pub fn is_right(&self) -> bool {
        self.first_wrong().is_none()
    }

    /// The first of the answers that is not right.
    pub fn wrong(&self) -> Option<&Answer> {
        self.observation.answers.get(self.first_wrong()?)
    }

    /// Which of the answers is the first that is not right.
    pub fn first_wrong(&self) -> Option<usize> {
        (0..self.right.len()).find(|&i| !self.is_right_at(i))
    }

    /// Beside an answer that does not follow from the shown digits, those that do count as right: no mistake is to explain them.
    pub(super) fn lenient(mut all: Vec<Self>) -> Vec<Self> {
        let follows = |seen: &Self| (0..seen.right.len()).all(|i| seen.follows_from_shown(i));
        let lenient = !all.iter().all(follows);
        for seen in &mut all {
            seen.lenient = lenient;
        }
        all
    }

    /// Whether answer `i` counts as right: it is so at its digits, or follows from the shown ones beside one that does not.
    pub(super) fn is_right_at(&self, i: usize) -> bool {
        self.is_exact_at(i) || (self.lenient && self.follows_from_shown(i))
    }

    /// Whether answer `i` is right at its digits, rounded or cut off: in float32, or as float64 has it where a float32 formula
    /// loses digits.
    pub(super) fn is_exact_at(&self, i: usize) -> bool {
        let (Some(&value), Some(answer)) = (self.right.get(i), self.observation.answers.get(i)) else { return false };
        let exact = self.honest.get(i).map(|honest| honest.exact);
        self.agrees(i, value) || self.is_cut(i, value) || exact.is_some_and(|exact| answer.is_among(exact))
    }

    /// Whether answer `i` follows from the digits that are shown: every weight with 4 decimals, and everything on the way.
    pub fn follows_from_shown(&self, i: usize) -> bool {
        let Some(answer) = self.observation.answers.get(i) else { return false };
        self.is_exact_at(i) || self.honest.get(i).is_some_and(|honest| answer.is_among(honest.shown))
    }

    /// The chance of answer `i`, which counts as right, if nothing was done before it but to go on from shown digits.
    pub(super) fn chance_of_right(&self, i: usize) -> f64 {
        if self.is_exact_at(i) { 1.0 } else { self.chance_of_shown(i).unwrap_or(1.0) }
    }

    /// The chance of answer `i` among all that follow from the shown digits; `None` if it does not follow.
    pub(super) fn chance_of_shown(&self, i: usize) -> Option<f64> {
        let (answer, reach) = (self.observation.answers.get(i)?, self.shown_reach(i)?);
        self.follows_from_shown(i).then(|| answer.unit() / (2.0 * reach + answer.unit()))
    }

    /// Whether answer `i` counts as right, and `value` is the right one: what gives `value` leaves it alone.
    pub(super) fn is_left_alone(&self, i: usize, value: f32) -> bool {
        let near = |right: f32| value == right || (value - right).abs() <= f32::EPSILON * right.abs();
        self.right.get(i).is_some_and(|&right| near(right)) && self.is_right_at(i)
    }

    /// By how much honest calculations with the digits that are shown can be off; `None` where that was not asked.
    fn shown_reach(&self, i: usize) -> Option<f64> {
        let (honest, right) = (self.honest.get(i)?, f64::from(*self.right.get(i)?));
        Some((honest.shown.high - right).max(right - honest.shown.low))
    }

    /// Whether answer `i` is this value at its digits, as far as float32 can tell.
    pub(super) fn agrees(&self, i: usize, value: f32) -> bool {
        let (Some(answer), Some(size)) = (self.observation.answers.get(i), self.size.get(i)) else { return false };
        let value = f64::from(value);
        if answer.agrees(value) || !answer.value().is_finite() || !value.is_finite() {
            return answer.agrees(value);
        }
        let is_zero = |value: f64| value.abs() < f64::from(f32::MIN_POSITIVE);
        if is_zero(value) && is_zero(answer.value()) {
            return true;
        }
        let error = 2.0 * f64::from(f32::EPSILON) * size;
        let slack =
            (error * self.bend.map_or(1.0, |bend| steepness(bend, value))).min(MOST_SLACK * answer.value().abs());
        (answer.value() - value).abs() <= answer.unit() / 2.0 + slack
    }

    /// Whether answer `i` is this value cut off, not rounded.
    pub(super) fn is_cut(&self, i: usize, value: f32) -> bool {
        self.observation.answers.get(i).is_some_and(|answer| answer.is_cut_from(f64::from(value)))
    }

    /// Where the values stand in the order of a pass: layer, then stage.
    pub(super) fn rank(&self) -> (usize, Stage) {
        (self.layer, self.stage)
    }
}

/// By how much an error before an activation is larger or smaller after it, told from the value that it gave (the derivative
/// as a function of the value). 1 where that cannot be said.
fn steepness(activation: Activation, value: f64) -> f64 {
    let inside = |low: f64, high: f64| (low..=high).contains(&value);
    match activation {
        Activation::Sigmoid if inside(0.0, 1.0) => value * (1.0 - value),
        Activation::Softmax if inside(0.0, 1.0) => 2.0 * value * (1.0 - value),
        Activation::Tanh if inside(-1.0, 1.0) => 1.0 - value * value,
        Activation::Softsign if inside(-1.0, 1.0) => (1.0 - value.abs()).powi(2),
        Activation::Exponential => value.abs(),
        Activation::Softplus if value > 0.0 => -(-value).exp_m1(),
        Activation::LogSigmoid if value < 0.0 => -value.exp_m1(),
        Activation::Squareplus { b } if value > 0.0 => value * value / (value * value + f64::from(b) / 4.0),
        Activation::Silu | Activation::Gelu | Activation::GeluTanh | Activation::Mish => value.abs().min(1.1),
        _ => 1.0,
    }
}

/// How large the terms of each unit's sum are, together, and what its bias makes of it.
fn term_sizes(recipe: &Recipe, values: &Values) -> Vec<f32> {
    let input = values.stage(Stage::In).unwrap_or(&[]);
    let mut sizes = match &recipe.kernel {
        Some(kernel) => {
            let mut sizes = vec![0.0; kernel.units()];
            for (i, x) in input.iter().enumerate() {
                sizes.iter_mut().zip(kernel.row(i)).for_each(|(size, w)| *size += (x * w).abs());
            }
            sizes
        }
        None => input.iter().map(|x| x.abs()).collect(),
    };
    if let Some(z) = values.stage(Stage::Z) {
        sizes.iter_mut().zip(z).for_each(|(size, z)| *size += z.abs());
    }
    // Where all units are looked at together, the largest counts for each.
    if recipe.finish.iter().any(Finish::is_together) {
        let largest = sizes.iter().copied().fold(0.0, f32::max);
        sizes.fill(largest);
    }
    sizes
}

/// One value, or all of them; `None` if there is no such value.
pub(super) fn pick(values: &[f32], index: Option<usize>) -> Option<Vec<f32>> {
    match index {
        None => Some(values.to_vec()),
        Some(index) => values.get(index).map(|&value| vec![value]),
    }
}
