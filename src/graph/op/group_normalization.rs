//! `GroupNormalization`: the channels in groups, each group moved and scaled by its own mean and variance.
//!
//! ```text
//! in is seen as (.., groups, channels / groups); mean and variance of a group are over all axes but that of the groups
//! normalized[.., g, k] = (in[.., g, k] - mean[g]) / sqrt(variance[g] + epsilon)
//! scaled[.., c] = normalized[.., c] * gamma[c]       a[.., c] = scaled[.., c] + beta[c]
//! ```
//! One group is a layer normalization over everything, a group for each channel an instance normalization (`groups=-1`).
//! Source: `keras/src/layers/normalization/group_normalization.py`, `call`.
//!
//! ```
//! # use byhand::graph::{op::GroupNormalization, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [4])?;
//! network.add("norm", GroupNormalization { groups: 2, axis: -1, epsilon: 0.0, gamma: None, beta: None }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 3.0, 10.0, 50.0]])?)?;
//! assert_eq!(pass.of(network.find("norm.mean")?.array), [2.0, 30.0]);
//! assert_eq!(pass.of(network.find("norm.a")?.array), [-1.0, 1.0, -1.0, 1.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights, axis_of,
    moments::{scaled_and_moved, standardized},
};
use crate::{
    equation::{Array, Read, Rule},
    graph::{Lines, Value, lines::owns},
    words::operation,
};

/// A group normalization.
#[derive(Debug, Clone)]
pub struct GroupNormalization {
    /// How many groups; -1 for one for each channel.
    pub groups: i64,
    /// The axis of the channels, as Keras counts them.
    pub axis: i64,
    /// What is added to the variance.
    pub epsilon: f32,
    /// (channels,)
    pub gamma: Option<Array>,
    /// (channels,)
    pub beta: Option<Array>,
}

impl Operation for GroupNormalization {
    fn kind(&self) -> &'static str {
        "GroupNormalization"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([("gamma", self.gamma.as_ref()), ("beta", self.beta.as_ref())])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let axis = axis_of(lines, self.axis, x.rank())?;
        let channels = x.axes()[axis];
        let groups = if self.groups == -1 { channels } else { usize::try_from(self.groups).unwrap_or(0) };
        if groups == 0 || !channels.is_multiple_of(groups) {
            return Err(lines.fault(operation::channel_groups(channels, self.groups)));
        }
        let mut shape = x.axes().to_vec();
        shape.splice(axis..=axis, [groups, channels / groups]);
        let read = Read::new(x.array, owns(0, shape.len())).viewed(shape.clone());
        let grouped = Value::new(lines.stage("grouped", shape.clone(), Rule::copy(read))?, shape);
        let axes: Vec<usize> = (0..grouped.rank()).filter(|&at| at != axis).collect();
        let normalized = standardized(lines, &grouped, &axes, self.epsilon)?;
        let (gamma, beta) = (self.gamma.as_ref(), self.beta.as_ref());
        Ok(vec![scaled_and_moved(lines, normalized.array, x.axes(), &[axis], gamma, beta)?.masked_as(x)])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(GroupNormalization {
        groups: config.integers("groups")?.and_then(|n| n.first().copied()).unwrap_or(32),
        axis: config.integers("axis")?.and_then(|axes| axes.first().copied()).unwrap_or(-1),
        epsilon: config.number_or("epsilon", 1e-3)?,
        gamma: weights.take_if(config.flag_or("scale", true)?, "gamma")?,
        beta: weights.take_if(config.flag_or("center", true)?, "beta")?,
    }))
}
