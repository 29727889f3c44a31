//! What somebody computed in a graph, beside the right values.

use std::sync::Arc;

use thiserror::Error;

use crate::{
    diagnose::Answer,
    equation::{ArrayId, EvaluateError, Values},
    graph::{AddressError, Network},
    pass::graph::{Pass, PassError},
    words,
};

/// With so many decimals the screen and `explain` show numbers, unless somebody asks for more.
const SHOWN: u8 = 4;

/// Numbers that somebody computed for one set of inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The numbers of each input, in C order.
    pub inputs: Vec<Vec<f32>>,
    /// The address of what was computed; without an index, all of it.
    pub at: String,
    /// The numbers: one for an address with an index, one a value for a whole array.
    pub answers: Vec<Answer>,
}

/// Why an observation says nothing about a network.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ObservationError {
    /// Nothing was observed.
    #[error("{}", words::observed::none())]
    None,
    /// The inputs do not fit.
    #[error(transparent)]
    Input(#[from] EvaluateError),
    /// No such value.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The address names something that nobody computes.
    #[error("{}", words::observed::given(address))]
    Given {
        /// The address.
        address: String,
    },
    /// Too many or too few numbers.
    #[error("{}", words::observed::count(address, *expected, *got))]
    Count {
        /// The address.
        address: String,
        /// How many values there are.
        expected: usize,
        /// How many answers there are.
        got: usize,
    },
}

/// An observation beside the right pass.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What was observed.
    pub observation: Observation,
    /// The right values, one for each answer.
    pub right: Vec<f32>,
    /// Which array they are of.
    pub(super) array: ArrayId,
    /// Which of its values; `None` for all.
    pub(super) flat: Option<usize>,
    /// Every value of the right pass.
    pub(super) values: Values,
    /// How many steps must be done before the last of the values is known.
    pub(super) rank: usize,
    /// How far an honest calculation with all digits can be from each right value. Empty where every answer is the right value.
    exact: Vec<f64>,
    /// The same with the digits that are shown.
    shown: Vec<f64>,
}

impl Seen {
    pub(super) fn new(network: &Arc<Network>, observation: &Observation) -> Result<Self, ObservationError> {
        let pass = Pass::new(network, &observation.inputs, &[]).map_err(|error| match error {
            PassError::Input(error) => ObservationError::Input(error),
            // Nothing is changed in the right pass.
            PassError::Mistake(_) => ObservationError::None,
        })?;
        let (found, right) = pass.get(&observation.at)?;
        let program = network.program();
        if program.equation_of(found.array).is_none() {
            return Err(ObservationError::Given { address: observation.at.clone() });
        }
        let (expected, got) = (right.len(), observation.answers.len());
        if expected != got {
            return Err(ObservationError::Count { address: observation.at.clone(), expected, got });
        }
        let right = right.to_vec();
        let last = found.flat.unwrap_or_else(|| program.shape(found.array).size().saturating_sub(1));
        let mut seen = Self {
            right,
            array: found.array,
            flat: found.flat,
            values: pass.values().clone(),
            rank: pass.steps().known_after(found.array, last).unwrap_or(0),
            observation: observation.clone(),
            exact: Vec::new(),
            shown: Vec::new(),
        };
        if seen.first_wrong().is_some() {
            let radii = |decimals| seen.pick(&program.radii(&seen.values, seen.array, decimals));
            (seen.exact, seen.shown) = (radii(None), radii(Some(SHOWN)));
        }
        Ok(seen)
    }

    /// The same place in another pass, with these values.
    pub(super) fn at_values(&self, values: Values) -> Self {
        Self { values, ..self.clone() }
    }

    /// The values of the place that was observed, among those of its array.
    pub(super) fn pick<T: Copy>(&self, values: &[T]) -> Vec<T> {
        match self.flat {
            None => values.to_vec(),
            Some(flat) => values.get(flat).copied().into_iter().collect(),
        }
    }

    /// Whether every answer is right at its digits, rounded or cut off.
    pub fn is_right(&self) -> bool {
        self.first_wrong().is_none()
    }

    /// Which of the answers is the first that is not right.
    pub fn first_wrong(&self) -> Option<usize> {
        (0..self.right.len()).find(|&i| !self.is_right_at(i))
    }

    /// Whether answer `i` is what an honest calculation with all digits can give, rounded or cut off.
    pub(super) fn is_right_at(&self, i: usize) -> bool {
        let (Some(&right), Some(answer)) = (self.right.get(i), self.observation.answers.get(i)) else { return false };
        answer.agrees(right.into())
            || answer.is_cut_from(right.into())
            || self.exact.get(i).is_some_and(|radius| within(answer, right, *radius))
    }

    /// Whether answer `i` follows from the digits that are shown: every weight with 4 decimals, and everything on the way.
    pub(super) fn follows_from_shown(&self, i: usize) -> bool {
        let (Some(&right), Some(answer)) = (self.right.get(i), self.observation.answers.get(i)) else { return false };
        self.is_right_at(i) || self.shown.get(i).is_some_and(|radius| within(answer, right, *radius))
    }

    /// By how much an honest calculation with the digits that are shown can be off.
    pub(super) fn shown_reach(&self, i: usize) -> f64 {
        self.shown.get(i).copied().unwrap_or(0.0)
    }

    /// Whether answer `i` is this value at its digits, as far as the order of a sum lets one tell.
    pub(super) fn agrees(&self, i: usize, value: f32) -> bool {
        let Some(answer) = self.observation.answers.get(i) else { return false };
        answer.agrees(value.into()) || self.exact.get(i).is_some_and(|radius| within(answer, value, *radius))
    }
}

fn within(answer: &Answer, value: f32, radius: f64) -> bool {
    let off = (answer.value() - f64::from(value)).abs();
    off.is_finite() && off <= answer.unit() / 2.0 + radius
}
