//! Add, Subtract, Multiply, Average, Maximum, Minimum: several values of the same shape, number by number.
//!
//! ```text
//! Add       a[..] = in[..] + in2[..] + ..          Subtract  a[..] = in[..] - in2[..]
//! Multiply  a[..] = in[..] * in2[..] * ..          Maximum, Minimum  the largest, the smallest of all
//! Average   sum[..] = in[..] + in2[..] + ..        a[..] = sum[..] / count
//! ```
//! Axes of length 1 go with any length, and missing axes are added in front, as NumPy does it.
//! Source: `keras/src/layers/merging/*.py`.
//!
//! ```
//! # use byhand::graph::{op::{Merge, MergeKind}, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let (x, y) = (network.input("x", [2])?, network.input("y", [2])?);
//! network.add("average", Merge(MergeKind::Average), [x, y])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0], vec![3.0, 10.0]])?)?;
//! assert_eq!(pass.of(network.find("average.sum")?.array), [4.0, 12.0]);
//! assert_eq!(pass.of(network.find("average.a")?.array), [2.0, 6.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::{Function, Read, Rule, fixed, own},
    graph::{Lines, Value, lines::scalar},
    words::operation,
};

/// What is done with several values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeKind {
    /// The sum.
    Add,
    /// The difference of two.
    Subtract,
    /// The product.
    Multiply,
    /// The mean.
    Average,
    /// The largest.
    Maximum,
    /// The smallest.
    Minimum,
}

/// Several values become one, number by number.
#[derive(Debug, Clone, Copy)]
pub struct Merge(pub MergeKind);

impl Operation for Merge {
    fn kind(&self) -> &'static str {
        match self.0 {
            MergeKind::Add => "Add",
            MergeKind::Subtract => "Subtract",
            MergeKind::Multiply => "Multiply",
            MergeKind::Average => "Average",
            MergeKind::Maximum => "Maximum",
            MergeKind::Minimum => "Minimum",
        }
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        if from.is_empty() || (self.0 == MergeKind::Subtract && from.len() != 2) {
            return Err(lines.fault(operation::not_so_many(from.len())));
        }
        let shape = common_shape(lines, from)?;
        let reads: Vec<Read> = from.iter().map(|value| spread(value, shape.len())).collect();
        let function = match self.0 {
            MergeKind::Add | MergeKind::Average => Function::Add,
            MergeKind::Subtract => Function::Subtract,
            MergeKind::Multiply => Function::Multiply,
            MergeKind::Maximum => Function::Maximum,
            MergeKind::Minimum => Function::Minimum,
        };
        let merged = Rule::map(function, reads);
        let a = if self.0 == MergeKind::Average {
            let sum = lines.stage("sum", shape.clone(), merged)?;
            let count = lines.constant("count", from.len() as f32)?;
            lines.stage(
                "a",
                shape.clone(),
                Rule::map(Function::Divide, [Read::same(sum, shape.len()), scalar(count)]),
            )?
        } else {
            lines.stage("a", shape.clone(), merged)?
        };
        Ok(vec![Value { mask: from.iter().find_map(|value| value.mask), ..Value::new(a, shape) }])
    }
}

/// The shape to which all values can be spread.
pub(super) fn common_shape(lines: &Lines<'_>, from: &[Value]) -> Result<Vec<usize>, GraphError> {
    let rank = from.iter().map(Value::rank).max().unwrap_or(0);
    let mut shape = vec![1; rank];
    for value in from {
        for (own, &length) in shape.iter_mut().rev().zip(value.axes().iter().rev()) {
            if *own != length && *own != 1 && length != 1 {
                let shapes: Vec<String> = from.iter().map(|value| value.shape.to_string()).collect();
                return Err(lines.fault(operation::merged(shapes.join(", "))));
            }
            *own = if *own == 1 { length } else { *own };
        }
    }
    Ok(shape)
}

/// The read of a value that is spread over `rank` axes.
pub(super) fn spread(value: &Value, rank: usize) -> Read {
    let first = rank - value.rank();
    let index = value.axes().iter().enumerate().map(|(axis, &n)| if n == 1 { fixed(0) } else { own(first + axis) });
    Read::new(value.array, index)
}

#[expect(clippy::unnecessary_wraps, reason = "all operations are read alike")]
pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(Merge(match config.class {
        "Add" => MergeKind::Add,
        "Subtract" => MergeKind::Subtract,
        "Multiply" => MergeKind::Multiply,
        "Average" => MergeKind::Average,
        "Maximum" => MergeKind::Maximum,
        _ => MergeKind::Minimum,
    })))
}
