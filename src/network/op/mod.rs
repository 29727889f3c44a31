//! One file an operation: what it is, its formula, its shapes, its weights, and its recipe.

mod batch_normalization;
mod dense;
mod scaling;

use std::sync::Arc;

pub use batch_normalization::BatchNormalization;
pub use dense::Dense;
pub use scaling::Scaling;

use super::{List, NetworkError, Recipe, Weight};

/// What a layer computes.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// `activation(x @ kernel + bias)`
    Dense(Dense),
    /// `(x - moving_mean) / sqrt(moving_variance + epsilon) * gamma + beta`
    BatchNormalization(BatchNormalization),
    /// `x * scale + offset`
    Scaling(Scaling),
}

impl Operation {
    /// The framework's name of the class.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Dense(_) => "Dense",
            Self::BatchNormalization(_) => "BatchNormalization",
            Self::Scaling(_) => "Scaling",
        }
    }

    /// How many numbers it takes.
    pub fn inputs(&self) -> usize {
        match self {
            Self::Dense(dense) => dense.kernel().inputs(),
            Self::BatchNormalization(_) | Self::Scaling(_) => self.units(),
        }
    }

    /// How many units it has: numbers before the activation.
    pub fn units(&self) -> usize {
        match self {
            Self::Dense(dense) => dense.kernel().units(),
            Self::BatchNormalization(layer) => layer.units(),
            Self::Scaling(scaling) => scaling.units(),
        }
    }

    /// How many numbers it gives.
    pub fn outputs(&self) -> usize {
        match self {
            Self::Dense(dense) => dense.outputs(),
            Self::BatchNormalization(_) | Self::Scaling(_) => self.units(),
        }
    }

    /// How many numbers it has: those that were trained, and statistics.
    pub fn parameters(&self) -> usize {
        match self {
            Self::Dense(dense) => dense.kernel().values().len() + dense.bias().map_or(0, <[f32]>::len),
            Self::BatchNormalization(_) | Self::Scaling(_) => {
                List::ALL.iter().filter_map(|&list| self.list(list)).map(<[f32]>::len).sum()
            }
        }
    }

    /// The right way to work it out.
    pub fn recipe(&self) -> Recipe {
        match self {
            Self::Dense(dense) => dense.recipe(),
            Self::BatchNormalization(layer) => layer.recipe(),
            Self::Scaling(scaling) => scaling.recipe(),
        }
    }

    /// The dense layer, if it is one.
    pub fn as_dense(&self) -> Option<&Dense> {
        match self {
            Self::Dense(dense) => Some(dense),
            _ => None,
        }
    }

    /// A list of one number a unit; `None` where the operation has none of this name.
    pub fn list(&self, list: List) -> Option<&[f32]> {
        match self {
            Self::Dense(_) => None,
            Self::BatchNormalization(layer) => layer.list(list),
            Self::Scaling(scaling) => scaling.list(list),
        }
    }

    /// The names of its weights, in the order of `get_weights()`.
    pub fn weight_names(&self) -> impl Iterator<Item = &'static str> {
        let dense = self.as_dense();
        let kernel = dense.map(|_| "kernel");
        let bias = dense.and_then(Dense::bias).map(|_| "bias");
        let lists = List::ALL.iter().filter(|list| self.list(**list).is_some()).map(|list| list.name());
        kernel.into_iter().chain(bias).chain(lists)
    }

    pub(super) fn check(&self, name: &str) -> Result<(), NetworkError> {
        match self {
            Self::Dense(dense) => dense.check(name),
            Self::BatchNormalization(layer) => layer.check(name),
            Self::Scaling(scaling) => scaling.check(name),
        }
    }

    pub(super) fn weight(&self, weight: Weight) -> Option<f32> {
        match (self, weight) {
            (Self::Dense(dense), _) => dense.weight(weight),
            (_, Weight::Listed { list, unit }) => self.list(list)?.get(unit).copied(),
            _ => None,
        }
    }

    pub(super) fn with_weight(&self, weight: Weight, value: f32) -> Option<Self> {
        match self {
            Self::Dense(dense) => dense.with_weight(weight, value).map(Self::Dense),
            Self::BatchNormalization(layer) => layer.with_weight(weight, value).map(Self::BatchNormalization),
            Self::Scaling(scaling) => scaling.with_weight(weight, value).map(Self::Scaling),
        }
    }
}

/// A list with one number changed, if it has that number.
fn changed(list: &[f32], unit: usize, value: f32) -> Option<Arc<[f32]>> {
    let mut changed = list.to_vec();
    *changed.get_mut(unit)? = value;
    Some(changed.into())
}
