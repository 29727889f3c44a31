//! Layers as a description lists them, with the arrays that they take from a print.

use serde::{Deserialize, Serialize};

use super::Array;
use crate::network::{Activation, BatchNormalization, Dense, Kernel, Layer, Network, Operation, Scaling};

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
pub(super) fn described(name: &str, layers: &[LayerDescription], arrays: &[Array]) -> Result<Network, String> {
    let mut rest = arrays;
    let built: Result<Vec<Layer>, String> = layers.iter().map(|layer| build(layer, &mut rest)).collect();
    let built = built?;
    if let Some(array) = rest.first() {
        return Err(format!("the array at line {} belongs to no layer", array.line));
    }
    Network::new(name, built).map_err(|why| why.to_string())
}

fn build(layer: &LayerDescription, rest: &mut &[Array]) -> Result<Layer, String> {
    let (name, operation) = match layer {
        LayerDescription::Dense(dense) => {
            let kernel = take(rest, 2).ok_or_else(|| format!("`{}` finds no kernel", dense.name))?;
            let kernel = Kernel::from_rows(kernel.shape[0], kernel.shape[1], &kernel.values);
            let bias = take(rest, 1).map(|bias| bias.values.clone());
            let activation: Activation = dense.activation.parse().map_err(|why| format!("`{}`: {why}", dense.name))?;
            let kernel = kernel.ok_or_else(|| format!("the kernel of `{}` is not whole", dense.name))?;
            (&dense.name, Operation::Dense(Dense::new(kernel, bias, activation)))
        }
        LayerDescription::Scaling(scaling) => {
            (&scaling.name, Operation::Scaling(Scaling::new(scaling.scale.clone(), scaling.offset.clone())))
        }
        LayerDescription::BatchNormalization(norm) => {
            let mut vector = |what: &str| {
                let found = take(rest, 1).map(|array| array.values.clone());
                found.ok_or_else(|| format!("`{}` finds no {what}", norm.name))
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
