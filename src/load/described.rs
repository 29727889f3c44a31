//! Layers as a description lists them, with the arrays that they take from a print.

use serde::{Deserialize, Serialize};

use thiserror::Error;

use super::Array;
use crate::{
    network::{
        Activation, BatchNormalization, Dense, Kernel, Layer, Network, NetworkError, Operation, Scaling,
        activation::ActivationError,
    },
    words::{self, arrays},
};

/// Why the layers of a description and their arrays do not make a network.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum DescribedError {
    /// An array that no layer takes.
    #[error("{}", arrays::left_over(line))]
    LeftOver {
        /// The line on which it begins.
        line: usize,
    },
    /// A layer that has too few arrays.
    #[error("{}", arrays::no_array(layer, what))]
    Missing {
        /// The layer.
        layer: String,
        /// `kernel`, `gamma`, `beta`, `mean` or `variance`.
        what: &'static str,
    },
    /// A kernel with another number of values than its shape says.
    #[error("{}", arrays::kernel_damaged(layer))]
    Kernel {
        /// The layer.
        layer: String,
    },
    /// An activation that is not known.
    #[error("{}", arrays::activation_of(layer, why))]
    Activation {
        /// The layer.
        layer: String,
        /// Why.
        why: ActivationError,
    },
    /// Rows of a kernel that do not have the same length.
    #[error("{}", words::own::ragged(first, has, array, row))]
    Ragged {
        /// The array, from 1.
        array: usize,
        /// Its row, from 0.
        row: usize,
        /// How many numbers the row has.
        has: usize,
        /// How many the first row has.
        first: usize,
    },
    /// The layers do not fit each other.
    #[error(transparent)]
    Network(#[from] NetworkError),
}

/// One layer of a description.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum LayerDescription {
    /// Takes a kernel, and a bias if a vector follows.
    Dense(DenseDescription),
    /// Takes no array.
    Scaling(ScalingDescription),
    /// Takes gamma and beta if it has them, then the mean and the variance.
    BatchNormalization(BatchNormalizationDescription),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DenseDescription {
    pub(super) name: String,
    pub(super) activation: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScalingDescription {
    pub(super) name: String,
    pub(super) scale: Vec<f32>,
    pub(super) offset: Vec<f32>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BatchNormalizationDescription {
    pub(super) name: String,
    pub(super) epsilon: f32,
    #[serde(default = "yes")]
    pub(super) gamma: bool,
    #[serde(default = "yes")]
    pub(super) beta: bool,
}

fn yes() -> bool {
    true
}

/// Builds the network: every layer takes its arrays in order, and none is left over.
pub(super) fn described(name: &str, layers: &[LayerDescription], arrays: &[Array]) -> Result<Network, DescribedError> {
    let mut rest = arrays;
    let built: Result<Vec<Layer>, DescribedError> = layers.iter().map(|layer| build(layer, &mut rest)).collect();
    let built = built?;
    if let Some(array) = rest.first() {
        return Err(DescribedError::LeftOver { line: array.line });
    }
    Ok(Network::new(name, built)?)
}

fn build(layer: &LayerDescription, rest: &mut &[Array]) -> Result<Layer, DescribedError> {
    let missing = |layer: &str, what| DescribedError::Missing { layer: layer.to_owned(), what };
    let (name, operation) = match layer {
        LayerDescription::Dense(dense) => {
            let kernel = take(rest, 2).ok_or_else(|| missing(&dense.name, "kernel"))?;
            let kernel = Kernel::from_rows(kernel.shape[0], kernel.shape[1], &kernel.values);
            let bias = take(rest, 1).map(|bias| bias.values.clone());
            let wrong = |why| DescribedError::Activation { layer: dense.name.clone(), why };
            let activation: Activation = dense.activation.parse().map_err(wrong)?;
            let kernel = kernel.ok_or_else(|| DescribedError::Kernel { layer: dense.name.clone() })?;
            (&dense.name, Operation::Dense(Dense::new(kernel, bias, activation)))
        }
        LayerDescription::Scaling(scaling) => {
            (&scaling.name, Operation::Scaling(Scaling::new(scaling.scale.clone(), scaling.offset.clone())))
        }
        LayerDescription::BatchNormalization(norm) => {
            let mut vector = |what: &'static str| {
                let found = take(rest, 1).map(|array| array.values.clone());
                found.ok_or_else(|| missing(&norm.name, what))
            };
            let gamma = norm.gamma.then(|| vector("gamma")).transpose()?;
            let beta = norm.beta.then(|| vector("beta")).transpose()?;
            let mut operation = BatchNormalization::new(vector("mean")?, vector("variance")?, norm.epsilon);
            if let Some(gamma) = gamma {
                operation = operation.with_gamma(gamma);
            }
            if let Some(beta) = beta {
                operation = operation.with_beta(beta);
            }
            (&norm.name, Operation::BatchNormalization(operation))
        }
    };
    Ok(Layer { name: name.clone(), operation })
}

/// The next array, if it has this rank.
fn take<'a>(rest: &mut &'a [Array], rank: usize) -> Option<&'a Array> {
    let (first, others) = rest.split_first()?;
    (first.shape.len() == rank).then(|| {
        *rest = others;
        first
    })
}
