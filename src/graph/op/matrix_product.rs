//! The matrix product of two values, for each index of the axes before the last two.
//!
//! ```text
//! a[.., i, j] = sum over k of first[.., i, k] * second[.., k, j]
//! ```
//! Source: <https://onnx.ai/onnx/operators/onnx__MatMul.html>; it is `numpy.matmul`.
//!
//! ```
//! # use byhand::graph::{op::MatrixProduct, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let (x, y) = (network.input("x", [1, 2])?, network.input("y", [2, 1])?);
//! network.add("product", MatrixProduct, [x, y])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0], vec![10.0, 100.0]])?)?;
//! assert_eq!(pass.of(network.find("product.a")?.array), [210.0]); // 1 * 10 + 2 * 100
//! # Ok(()) }
//! ```

use super::{GraphError, Operation};
use crate::{
    equation::{Affine, Read, Rule, fixed, over, own},
    graph::{Lines, Value},
    words::operation,
};

/// The matrix product of two values.
#[derive(Debug, Clone, Copy)]
pub struct MatrixProduct;

impl Operation for MatrixProduct {
    fn kind(&self) -> &'static str {
        "MatMul"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let [first, second] = from else { return Err(lines.fault(operation::two_values(from.len()))) };
        let ([outer_first @ .., i, k], [outer_second @ .., other, j]) = (first.axes(), second.axes()) else {
            return Err(lines.fault(operation::matrices()));
        };
        let rank = outer_first.len().max(outer_second.len());
        let mut shape = vec![1; rank];
        for outer in [outer_first, outer_second] {
            for (own, &length) in shape.iter_mut().rev().zip(outer.iter().rev()) {
                if *own != length && *own != 1 && length != 1 {
                    return Err(lines.fault(operation::no_product(&first.shape, &second.shape)));
                }
                *own = (*own).max(length);
            }
        }
        if k != other {
            return Err(lines.fault(operation::no_product(&first.shape, &second.shape)));
        }
        let spread = |outer: &[usize]| -> Vec<Affine> {
            let skipped = rank - outer.len();
            outer.iter().enumerate().map(|(at, &n)| if n == 1 { fixed(0) } else { own(skipped + at) }).collect()
        };
        let read_first = spread(outer_first).into_iter().chain([own(rank), over(0)]);
        let read_second = spread(outer_second).into_iter().chain([over(0), own(rank + 1)]);
        let reads = [Read::new(first.array, read_first), Read::new(second.array, read_second)];
        let (k, i, j) = (*k, *i, *j);
        shape.extend([i, j]);
        let a = lines.stage("a", shape.clone(), Rule::sum([k], reads))?;
        Ok(vec![Value::new(a, shape)])
    }
}
