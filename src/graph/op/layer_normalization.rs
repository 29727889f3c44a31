//! `LayerNormalization`: every sample is moved and scaled by its own mean and variance over some axes.
//!
//! ```text
//! sum = sum over i of in[.., i]           mean = sum / count         centered[.., i] = in[.., i] - mean
//! squares = sum over i of centered[i]^2   variance = squares / count
//! spread = variance + epsilon             deviation = sqrt(spread)   normalized[i] = centered[i] / deviation
//! scaled[i] = normalized[i] * gamma[i]    a[i] = scaled[i] + beta[i]
//! ```
//! The variance is divided by n, not by n - 1. epsilon is 0.001 in Keras, 0.00001 in PyTorch.
//! Source: `keras/src/layers/normalization/layer_normalization.py`, `call`.
//!
//! ```
//! # use byhand::graph::{op::LayerNormalization, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2])?;
//! network.add("norm", LayerNormalization { axes: vec![-1], epsilon: 3.0, gamma: None, beta: None }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 3.0]])?)?;
//! assert_eq!(pass.of(network.find("norm.variance")?.array), [1.0]); // ((1 - 2)^2 + (3 - 2)^2) / 2
//! assert_eq!(pass.of(network.find("norm.a")?.array), [-0.5, 0.5]); // (1 - 2) / sqrt(1 + 3)
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights, axes_of,
    moments::{scaled_and_moved, standardized},
};
use crate::{
    equation::Array,
    graph::{Lines, Value},
    words::operation,
};

/// A layer normalization.
#[derive(Debug, Clone)]
pub struct LayerNormalization {
    /// The axes that are taken together, as Keras counts them.
    pub axes: Vec<i64>,
    /// What is added to the variance.
    pub epsilon: f32,
    /// The lengths of the axes.
    pub gamma: Option<Array>,
    /// The lengths of the axes.
    pub beta: Option<Array>,
}

impl Operation for LayerNormalization {
    fn kind(&self) -> &'static str {
        "LayerNormalization"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([("gamma", self.gamma.as_ref()), ("beta", self.beta.as_ref())])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let axes = axes_of(lines, &self.axes, x.rank())?;
        let normalized = standardized(lines, x, &axes, self.epsilon)?;
        let (gamma, beta) = (self.gamma.as_ref(), self.beta.as_ref());
        Ok(vec![scaled_and_moved(lines, normalized.array, x.axes(), &axes, gamma, beta)?.masked_as(x)])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    config.refuse_unless("rms_scaling", !config.flag_or("rms_scaling", false)?, operation::not_rms)?;
    Ok(Arc::new(LayerNormalization {
        axes: config.integers("axis")?.unwrap_or_else(|| vec![-1]),
        epsilon: config.number_or("epsilon", 1e-3)?,
        gamma: weights.take_if(config.flag_or("scale", true)?, "gamma")?,
        beta: weights.take_if(config.flag_or("center", true)?, "beta")?,
    }))
}
