//! `BatchNormalization`: every channel is moved and scaled by the mean and the variance that training saw.
//!
//! ```text
//! spread[c]        = moving_variance[c] + epsilon          deviation[c] = sqrt(spread[c])
//! centered[.., c]  = in[.., c] - moving_mean[c]
//! normalized[.., c] = centered[.., c] / deviation[c]
//! scaled[.., c]    = normalized[.., c] * gamma[c]          a[.., c] = scaled[.., c] + beta[c]
//! ```
//! In training `mean` and `variance` (biased) are those of the batch: `sum`, `mean`, `centered`, `squares`, `variance`, then as above.
//! The channels are the last axis unless it says otherwise. epsilon is 0.001 in Keras, 0.00001 in PyTorch.
//! Source: `keras/src/layers/normalization/batch_normalization.py`, `call`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::BatchNormalization, Network}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let one = |x| Array::new([1], vec![x]);
//! let (gamma, beta) = (one(2.0), one(0.5));
//! let layer = BatchNormalization {
//!     axis: -1, epsilon: 0.25, gamma, beta, mean: one(3.0).ok_or("one")?, variance: one(3.75).ok_or("one")?,
//!     momentum: 0.99,
//! };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [1])?;
//! network.add("norm", layer, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![5.0]])?)?;
//! let of = |address| network.find(address).map(|found| pass.of(found.array).to_vec());
//! assert_eq!(of("norm.deviation")?, [2.0]); // sqrt(3.75 + 0.25)
//! assert_eq!(of("norm.normalized")?, [1.0]); // (5 - 3) / 2
//! assert_eq!(of("norm.a")?, [2.5]); // 1 * 2 + 0.5
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights, axis_of,
    moments::{deviation, scaled_and_moved, standardized},
};
use crate::{
    equation::{Array, Function, Read, Rule, own},
    graph::{Lines, Value},
};

/// A batch normalization as it is used after training.
#[derive(Debug, Clone)]
pub struct BatchNormalization {
    /// The axis of the channels, as Keras counts them.
    pub axis: i64,
    /// What is added to the variance.
    pub epsilon: f32,
    /// (channels,)
    pub gamma: Option<Array>,
    /// (channels,)
    pub beta: Option<Array>,
    /// (channels,)
    pub mean: Array,
    /// (channels,)
    pub variance: Array,
    /// How much of the mean and variance above a training step keeps; 0.99 in Keras. PyTorch counts the other share.
    pub momentum: f32,
}

impl Operation for BatchNormalization {
    fn kind(&self) -> &'static str {
        "BatchNormalization"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        let statistics = [("moving_mean", Some(&self.mean)), ("moving_variance", Some(&self.variance))];
        super::listed([("gamma", self.gamma.as_ref()), ("beta", self.beta.as_ref()), statistics[0], statistics[1]])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let axis = axis_of(lines, self.axis, x.rank())?;
        let channels = [x.axes()[axis]];
        let mean = lines.weight("moving_mean", &self.mean, &channels)?;
        let variance = lines.weight("moving_variance", &self.variance, &channels)?;
        let deviation = deviation(lines, variance, &channels, self.epsilon)?;
        let centered = Rule::map(Function::Subtract, [x.same(), Read::new(mean, [own(axis)])]);
        let centered = lines.stage("centered", x.shape.clone(), centered)?;
        let quotient = [Read::same(centered, x.rank()), Read::new(deviation, [own(axis)])];
        let normalized = lines.stage("normalized", x.shape.clone(), Rule::map(Function::Divide, quotient))?;
        let (gamma, beta) = (self.gamma.as_ref(), self.beta.as_ref());
        Ok(vec![scaled_and_moved(lines, normalized, x.axes(), &[axis], gamma, beta)?.masked_as(x)])
    }

    /// Training takes mean and variance of the batch: over the rows, and over all places of a channel.
    fn in_training(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Option<Vec<Value>>, GraphError> {
        let x = lines.only(from)?;
        let axis = axis_of(lines, self.axis, x.rank() - 1)? + 1;
        let channels = [x.axes()[axis]];
        lines.weight("moving_mean", &self.mean, &channels)?;
        lines.weight("moving_variance", &self.variance, &channels)?;
        let others: Vec<usize> = (0..x.rank()).filter(|&other| other != axis).collect();
        let normalized = standardized(lines, x, &others, self.epsilon)?;
        let (gamma, beta) = (self.gamma.as_ref(), self.beta.as_ref());
        Ok(Some(vec![scaled_and_moved(lines, normalized.array, x.axes(), &[axis], gamma, beta)?]))
    }

    fn momentum(&self) -> Option<f32> {
        Some(self.momentum)
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let axis = config.integers("axis")?.and_then(|axes| axes.first().copied()).unwrap_or(-1);
    Ok(Arc::new(BatchNormalization {
        axis,
        epsilon: config.number_or("epsilon", 1e-3)?,
        gamma: weights.take_if(config.flag_or("scale", true)?, "gamma")?,
        beta: weights.take_if(config.flag_or("center", true)?, "beta")?,
        mean: weights.take("moving_mean")?,
        variance: weights.take("moving_variance")?,
        momentum: config.number_or("momentum", 0.99)?,
    }))
}
