//! What a kind of mistake is: its names, where and how it can be made, how common it is, and how it changes a pass.

use std::fmt;

use super::{Detail, KINDS, MistakeError, mistyped_input, rounded_values, rounded_weights, wrong_activation};
use crate::network::{Network, Recipe, Weight};

/// A kind of mistake.
pub struct Kind {
    /// Its id in JSON and in lessons: kebab-case, stable.
    pub id: &'static str,
    /// What the learner did, as a heading: a noun phrase without article, lower case.
    pub title: fn() -> String,
    /// The lesson that teaches the right way.
    pub lesson: &'static str,
    /// Which parts of the calculation its sentence speaks about.
    pub about: &'static [Part],
    /// Whether it leaves them out, so that nothing else can be said about them.
    pub removes: bool,
    /// Whether it is made in one layer, or all through the network.
    pub scope: Scope,
    /// How common it is among the mistakes people post, against the other kinds (only ratios matter). It is shared among the
    /// kind's ways: a kind that can be made in 100 ways makes none of them 100 times likelier.
    pub common: f64,
    /// The ways in which it can be made at layer `layer`; empty where it cannot be made or changes nothing by its nature.
    pub ways: fn(&Network, usize) -> Vec<Detail>,
    /// How it changes the pass. Called only with a detail that `ways` allows in principle.
    pub effect: Effect,
    /// Says what was done, in the second person and the past tense, without a full stop; names the layer.
    pub says: fn(&str, Detail, &Network) -> String,
}

/// How a kind of mistake changes a pass.
#[derive(Clone, Copy)]
pub enum Effect {
    /// Changes the recipes from its layer on.
    Recipes(fn(layer: usize, Detail, &Network, &mut [Recipe])),
    /// Puts another number in the place of a weight, or of two weights of one unit; searches use that only one unit changes.
    /// `None` where nothing changes.
    Weight(fn(layer: usize, Detail, &Network) -> Option<Replacement>),
}

/// Numbers that replace one or two weights, both of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Replacement {
    /// Which weight, and the number in its place.
    pub first: (Weight, f32),
    /// Another one.
    pub second: Option<(Weight, f32)>,
    /// Whether the first number is 0 because its term is left out of the sum.
    pub left_out: bool,
}

impl Replacement {
    /// One weight is another number.
    pub fn one(weight: Weight, number: f32) -> Self {
        Self { first: (weight, number), second: None, left_out: false }
    }

    /// Two weights are other numbers.
    pub fn two(first: (Weight, f32), second: (Weight, f32)) -> Self {
        Self { first, second: Some(second), left_out: false }
    }

    /// The term of one weight is left out of its sum.
    pub fn leaves_out(weight: Weight) -> Self {
        Self { first: (weight, 0.0), second: None, left_out: true }
    }

    /// Each weight with the number in its place.
    pub fn iter(&self) -> impl Iterator<Item = (Weight, f32)> {
        [Some(self.first), self.second].into_iter().flatten()
    }
}

/// A part of the calculation that a mistake is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The weighted sums.
    Sum,
    /// The biases.
    Bias,
    /// The activation.
    Activation,
    /// What a normalisation divides by and adds.
    Normalisation,
    /// The range of a scaling.
    Scaling,
    /// All that the layer does.
    Layer,
}

/// Where a mistake is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In one layer, which its name gives.
    Layer,
    /// All through the network: it has no layer, and counts as made in the first.
    Network,
}

impl Kind {
    /// What the learner did, as a heading.
    pub fn title(&self) -> String {
        (self.title)()
    }

    /// The kind with this id.
    ///
    /// # Errors
    /// [`MistakeError::Kind`] with the nearest id.
    pub fn find(id: &str) -> Result<&'static Self, MistakeError> {
        let known = || MistakeError::unknown_kind(id, KINDS.iter().map(|kind| kind.id));
        KINDS.iter().copied().find(|kind| kind.id == id).ok_or_else(known)
    }

    /// Whether it can be made in very many ways at one layer, so that lists show it last.
    pub fn has_many_ways(&self) -> bool {
        let many = [&wrong_activation::KIND, &rounded_values::KIND, &rounded_weights::KIND, &mistyped_input::KIND];
        matches!(self.effect, Effect::Weight(_)) || many.contains(&self)
    }

    /// The kind's position in the registry.
    pub(super) fn rank(&self) -> usize {
        KINDS.iter().position(|kind| kind.id == self.id).unwrap_or(usize::MAX)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}
