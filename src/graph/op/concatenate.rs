//! Concatenate: values one behind the other along an axis.
//!
//! ```text
//! a[.., k, ..] = in[.., k, ..], and beyond its end in2[.., k - length of in, ..], and so on      no step
//! ```
//! Source: `keras/src/layers/merging/concatenate.py`.
//!
//! ```
//! # use byhand::graph::{op::Concatenate, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let (x, y) = (network.input("x", [2])?, network.input("y", [1])?);
//! network.add("join", Concatenate { axis: -1 }, [x, y])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1., 2.], vec![3.]])?)?;
//! assert_eq!(pass.of(network.find("join.a")?.array), [1., 2., 3.]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights, axis_of};
use crate::{
    equation::{Read, Rule, own, signed},
    graph::{Lines, Value},
    words::operation,
};

/// The most values that are joined: each is looked for behind the end of the one before.
const MOST_VALUES: usize = 512;

/// Values one behind the other.
#[derive(Debug, Clone, Copy)]
pub struct Concatenate {
    /// The axis, as Keras counts them: that of the samples is 0, negative ones count from the end.
    pub axis: i64,
}

impl Operation for Concatenate {
    fn kind(&self) -> &'static str {
        "Concatenate"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let Some(first) = from.first() else { return Err(lines.fault(operation::some_value())) };
        if from.len() > MOST_VALUES {
            return Err(lines.fault(operation::too_many_values(from.len(), MOST_VALUES)));
        }
        let axis = axis_of(lines, self.axis, first.rank())?;
        let others = |value: &Value| value.shape.without_axis(axis);
        if from.iter().any(|value| value.rank() != first.rank() || others(value) != others(first)) {
            let shapes: Vec<String> = from.iter().map(|value| value.shape.to_string()).collect();
            return Err(lines.fault(operation::concatenated(axis, shapes.join(", "))));
        }
        let a = joined(lines, "a", from, axis)?;
        Ok(vec![Value { mask: from.iter().find_map(|value| value.mask), ..a }])
    }
}

/// Values one behind the other along `axis`, as a stage; their other axes are alike.
pub(super) fn joined(lines: &mut Lines<'_>, stage: &str, from: &[Value], axis: usize) -> Result<Value, GraphError> {
    let mut shape = from[0].axes().to_vec();
    shape[axis] = from.iter().map(|value| value.axes()[axis]).sum();
    let mut start = shape[axis];
    let mut rest: Option<Read> = None;
    for value in from.iter().rev() {
        start -= value.axes()[axis];
        let at = |own_axis: usize| if own_axis == axis { own(axis) - signed(start) } else { own(own_axis) };
        let read = Read::new(value.array, (0..shape.len()).map(at));
        rest = Some(match rest {
            Some(rest) => read.or(rest),
            None => read,
        });
    }
    let Some(read) = rest else { return Err(lines.fault(operation::some_value())) };
    Ok(Value::new(lines.stage(stage, shape.clone(), Rule::copy(read))?, shape))
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(Concatenate { axis: config.integers("axis")?.and_then(|axes| axes.first().copied()).unwrap_or(-1) }))
}
