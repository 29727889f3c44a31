//! Dot: sums of products of two values along one axis of each.
//!
//! ```text
//! a[i.., j..] = sum over k of in[i.., k] * in2[j.., k]      k may be any axis of each
//! ```
//! With `normalize` both are divided by their length along the axis first, so that the result is the cosine:
//! `x[..] / sqrt(max(sum of squares, 1e-12))`. Of two vectors the result has shape (1,).
//! Source: `keras/src/layers/merging/dot.py`.
//!
//! ```
//! # use byhand::graph::{op::Dot, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let (x, y) = (network.input("x", [2])?, network.input("y", [2])?);
//! network.add("dot", Dot { axes: [1, 1], normalize: false }, [x, y])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1., 2.], vec![3., 4.]])?)?;
//! assert_eq!(pass.of(network.find("dot.a")?.array), [11.0]); // 1 * 3 + 2 * 4
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights, axis_of, unit_normalization::at_length_one};
use crate::{
    equation::{Read, Rule, over, own},
    graph::{Lines, Value},
    words::operation,
};

/// Sums of products along one axis of each.
#[derive(Debug, Clone, Copy)]
pub struct Dot {
    /// One axis of each, as Keras counts them: that of the samples is 0, negative ones count from the end.
    pub axes: [i64; 2],
    /// Whether both are divided by their lengths first.
    pub normalize: bool,
}

impl Operation for Dot {
    fn kind(&self) -> &'static str {
        "Dot"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let [x, y] = from else { return Err(lines.fault(operation::two_values(from.len()))) };
        let along = [axis_of(lines, self.axes[0], x.rank())?, axis_of(lines, self.axes[1], y.rank())?];
        let length = x.axes()[along[0]];
        if y.axes()[along[1]] != length {
            return Err(lines.fault(operation::dot(length, y.axes()[along[1]])));
        }
        let (mut x, mut y) = (x.clone(), y.clone());
        if self.normalize {
            x = at_length_one(lines, "in", &x, &[along[0]], 1e-12)?;
            y = at_length_one(lines, "in2", &y, &[along[1]], 1e-12)?;
        }
        let mut shape = [x.shape.without_axis(along[0]).axes(), y.shape.without_axis(along[1]).axes()].concat();
        let (mut next, mut reads) = (0, Vec::new());
        for (value, axis) in [(&x, along[0]), (&y, along[1])] {
            let mut index = Vec::with_capacity(value.rank());
            for at in 0..value.rank() {
                index.push(if at == axis { over(0) } else { own(next) });
                next += usize::from(at != axis);
            }
            reads.push(Read::new(value.array, index));
        }
        if shape.is_empty() {
            shape.push(1);
        }
        Ok(vec![Value::new(lines.stage("a", shape.clone(), Rule::sum([length], reads))?, shape)])
    }
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let axes = match config.integers("axes")?.as_deref() {
        Some(&[axis]) => [axis, axis],
        Some(&[one, other]) => [one, other],
        _ => return Err(config.wrong("axes", operation::one_or_two_axes())),
    };
    Ok(Arc::new(Dot { axes, normalize: config.flag_or("normalize", false)? }))
}
