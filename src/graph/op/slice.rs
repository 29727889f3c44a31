//! A part of a value: along each axis a beginning, a step and a length.
//!
//! ```text
//! a[i, ..] = in[start + step * i, ..]
//! ```
//! Source: <https://onnx.ai/onnx/operators/onnx__Slice.html>.
//!
//! ```
//! # use byhand::graph::{op::Slice, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [4])?;
//! network.add("part", Slice { parts: vec![(3, -2, 2)] }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0, 3.0, 4.0]])?)?;
//! assert_eq!(pass.of(network.find("part.a")?.array), [4.0, 2.0]); // places 3 and 3 - 2
//! # Ok(()) }
//! ```

use super::{GraphError, Operation};
use crate::{
    equation::{Read, Rule, own, signed},
    graph::{Lines, Value},
    words::operation,
};

/// A part of a value.
#[derive(Debug, Clone)]
pub struct Slice {
    /// Beginning, step and length along each axis.
    pub parts: Vec<(usize, i64, usize)>,
}

impl Operation for Slice {
    fn kind(&self) -> &'static str {
        "Slice"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let inside = |(&(start, step, length), &n): (&(usize, i64, usize), &usize)| {
            let last = signed(start) + step * signed(length.saturating_sub(1));
            length == 0 || start < n && (0..signed(n)).contains(&last)
        };
        if self.parts.len() != x.rank() || !self.parts.iter().zip(x.axes()).all(inside) {
            return Err(lines.fault(operation::outside_part(&x.shape)));
        }
        let shape: Vec<usize> = self.parts.iter().map(|&(_, _, length)| length).collect();
        let index = self.parts.iter().enumerate().map(|(axis, &(start, step, _))| own(axis) * step + signed(start));
        let a = lines.stage("a", shape.clone(), Rule::copy(Read::new(x.array, index)))?;
        Ok(vec![Value::new(a, shape)])
    }
}
