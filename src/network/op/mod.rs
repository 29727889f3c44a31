//! One file an operation: what it is, its formula, its shapes, its weights, and its recipe.

mod dense;

pub use dense::Dense;

use super::{NetworkError, Recipe, Weight};

/// What a layer computes.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// `activation(x @ kernel + bias)`
    Dense(Dense),
}

impl Operation {
    /// The framework's name of the class.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Dense(_) => "Dense",
        }
    }

    /// How many numbers it takes.
    pub fn inputs(&self) -> usize {
        match self {
            Self::Dense(dense) => dense.kernel().inputs(),
        }
    }

    /// How many units it has: numbers before the activation.
    pub fn units(&self) -> usize {
        match self {
            Self::Dense(dense) => dense.kernel().units(),
        }
    }

    /// How many numbers it gives.
    pub fn outputs(&self) -> usize {
        match self {
            Self::Dense(dense) => dense.outputs(),
        }
    }

    /// How many numbers were trained.
    pub fn parameters(&self) -> usize {
        match self {
            Self::Dense(dense) => dense.kernel().values().len() + dense.bias().map_or(0, <[f32]>::len),
        }
    }

    /// The right way to work it out.
    pub fn recipe(&self) -> Recipe {
        match self {
            Self::Dense(dense) => dense.recipe(),
        }
    }

    /// The dense layer, if it is one.
    pub fn as_dense(&self) -> Option<&Dense> {
        match self {
            Self::Dense(dense) => Some(dense),
        }
    }

    pub(super) fn check(&self, name: &str) -> Result<(), NetworkError> {
        match self {
            Self::Dense(dense) => dense.check(name),
        }
    }

    pub(super) fn weight(&self, weight: Weight) -> Option<f32> {
        match self {
            Self::Dense(dense) => dense.weight(weight),
        }
    }

    pub(super) fn with_weight(&self, weight: Weight, value: f32) -> Option<Self> {
        match self {
            Self::Dense(dense) => dense.with_weight(weight, value).map(Self::Dense),
        }
    }
}
