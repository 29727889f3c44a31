//! `UnitNormalization`: every sample is divided by its length over some axes.
//!
//! ```text
//! squares = sum over i of in[.., i]^2     bounded = max(squares, 1e-24)     length = sqrt(bounded)
//! a[.., i] = in[.., i] / length
//! ```
//! The bound keeps a vector of zeros zero. Source: `keras/src/layers/normalization/unit_normalization.py` and `normalize` in
//! `keras/src/ops/nn.py`: times `min(rsqrt(squares), 1 / 1e-12)`.
//!
//! ```
//! # use byhand::graph::{op::UnitNormalization, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2])?;
//! network.add("unit", UnitNormalization { axes: vec![-1] }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![3.0, 4.0]])?)?;
//! assert_eq!(pass.of(network.find("unit.a")?.array), [0.6, 0.8]); // 3 / sqrt(9 + 16)
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights,
    activation::{along, split},
    axes_of,
};
use crate::{
    equation::{Function, Read, Rule},
    graph::{
        Lines, Value,
        lines::{owns_without, scalar},
    },
};

/// Division by the length.
#[derive(Debug, Clone)]
pub struct UnitNormalization {
    /// The axes that are taken together, as Keras counts them.
    pub axes: Vec<i64>,
}

impl Operation for UnitNormalization {
    fn kind(&self) -> &'static str {
        "UnitNormalization"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let axes = axes_of(lines, &self.axes, x.rank())?;
        Ok(vec![divided(lines, ["squares", "bounded", "length", "a"], x, &axes, 1e-24)?.masked_as(x)])
    }
}

/// A value divided by its length over `axes`, with stages named after `name`.
pub(super) fn at_length_one(
    lines: &mut Lines<'_>,
    name: &str,
    x: &Value,
    axes: &[usize],
    least: f32,
) -> Result<Value, GraphError> {
    let [squares, bounded, length, unit] =
        ["squares", "bounded", "length", "unit"].map(|stage| format!("{name}_{stage}"));
    divided(lines, [&squares, &bounded, &length, &unit], x, axes, least)
}

fn divided(
    lines: &mut Lines<'_>,
    stages: [&str; 4],
    x: &Value,
    axes: &[usize],
    least: f32,
) -> Result<Value, GraphError> {
    let (over, kept) = split(x, axes);
    let least = lines.constant("least", least)?;
    let squares = lines.stage(stages[0], kept.clone(), Rule::sum(over, [along(x, axes), along(x, axes)]))?;
    let bounded = Rule::map(Function::Maximum, [Read::same(squares, kept.len()), scalar(least)]);
    let bounded = lines.stage(stages[1], kept.clone(), bounded)?;
    let length =
        lines.stage(stages[2], kept.clone(), Rule::map(Function::SquareRoot, [Read::same(bounded, kept.len())]))?;
    let quotient = Rule::map(Function::Divide, [x.same(), Read::new(length, owns_without(x.rank(), axes))]);
    Ok(Value::new(lines.stage(stages[3], x.shape.clone(), quotient)?, x.shape.clone()))
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(UnitNormalization { axes: config.integers("axis")?.unwrap_or_else(|| vec![-1]) }))
}
