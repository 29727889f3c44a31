//! `RMSNormalization`: every sample is divided by the root of its mean square over some axes.
//!
//! ```text
//! squares = sum over i of in[.., i]^2     mean_square = squares / count
//! spread = mean_square + epsilon          deviation = sqrt(spread)
//! normalized[.., i] = in[.., i] / deviation          a[.., i] = normalized[.., i] * gamma[i]
//! ```
//! Source: Zhang & Sennrich 2019 (arXiv:1910.07467); `keras/src/layers/normalization/rms_normalization.py`. Keras calls gamma
//! `scale`; epsilon is 1e-6.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::RmsNormalization, Network}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let gamma = Array::new([2], vec![1.0, 10.0]).ok_or("two numbers")?;
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2])?;
//! network.add("rms", RmsNormalization { axes: vec![-1], epsilon: 0.0, gamma }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 7.0]])?)?;
//! assert_eq!(pass.of(network.find("rms.deviation")?.array), [5.0]); // sqrt((1 + 49) / 2)
//! assert_eq!(pass.of(network.find("rms.a")?.array), [0.2, 14.0]); // 1 / 5, 7 / 5 * 10
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights,
    activation::{along, split},
    axes_of,
    moments::{deviation, scaled_and_moved},
};
use crate::{
    equation::{Array, Function, Read, Rule},
    graph::{
        Lines, Value,
        lines::{owns_without, scalar},
    },
};

/// A root mean square normalization.
#[derive(Debug, Clone)]
pub struct RmsNormalization {
    /// The axes that are taken together, as Keras counts them.
    pub axes: Vec<i64>,
    /// What is added to the mean square.
    pub epsilon: f32,
    /// The lengths of the axes.
    pub gamma: Array,
}

impl Operation for RmsNormalization {
    fn kind(&self) -> &'static str {
        "RMSNormalization"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([("gamma", Some(&self.gamma))])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let axes = axes_of(lines, &self.axes, x.rank())?;
        let (over, kept) = split(x, &axes);
        let count = lines.constant("count", over.iter().product::<usize>() as f32)?;
        let squares = lines.stage("squares", kept.clone(), Rule::sum(over, [along(x, &axes), along(x, &axes)]))?;
        let mean = Rule::map(Function::Divide, [Read::same(squares, kept.len()), scalar(count)]);
        let mean = lines.stage("mean_square", kept.clone(), mean)?;
        let deviation = deviation(lines, mean, &kept, self.epsilon)?;
        let quotient = Rule::map(Function::Divide, [x.same(), Read::new(deviation, owns_without(x.rank(), &axes))]);
        let normalized = lines.stage("normalized", x.shape.clone(), quotient)?;
        Ok(vec![scaled_and_moved(lines, normalized, x.axes(), &axes, Some(&self.gamma), None)?.masked_as(x)])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(RmsNormalization {
        axes: config.integers("axis")?.unwrap_or_else(|| vec![-1]),
        epsilon: config.number_or("epsilon", 1e-6)?,
        gamma: weights.take("gamma")?,
    }))
}
