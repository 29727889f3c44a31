//! The sum, mean, largest or smallest value along axes.
//!
//! ```text
//! sum[k] = sum over i of in[k, i]     a = sum / count, or the sum itself, or the largest or smallest in[k, i]
//! ```
//! Source: <https://onnx.ai/onnx/operators/onnx__ReduceMean.html> and its neighbours.
//!
//! ```
//! # use byhand::graph::{op::{Reduce, ReduceKind}, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 2])?;
//! network.add("mean", Reduce { kind: ReduceKind::Mean, axes: vec![1], keep: false }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 3.0, 10.0, 20.0]])?)?;
//! assert_eq!(pass.of(network.find("mean.a")?.array), [2.0, 15.0]); // (1 + 3) / 2, (10 + 20) / 2
//! # Ok(()) }
//! ```

use super::{
    GraphError, Operation,
    activation::{along, split},
};
use crate::{
    equation::{Function, Read, Rule, Which},
    graph::{
        Lines, Value,
        lines::{owns, scalar},
    },
    words::operation,
};

/// What becomes of the values along the axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReduceKind {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The largest.
    Largest,
    /// The smallest.
    Smallest,
    /// Where the largest is.
    Argmax,
}

/// Values along some axes become one.
#[derive(Debug, Clone)]
pub struct Reduce {
    /// What becomes of them.
    pub kind: ReduceKind,
    /// The axes, from 0, without that of the samples.
    pub axes: Vec<usize>,
    /// Whether the axes stay, with length 1.
    pub keep: bool,
}

impl Operation for Reduce {
    fn kind(&self) -> &'static str {
        match self.kind {
            ReduceKind::Sum => "ReduceSum",
            ReduceKind::Mean => "ReduceMean",
            ReduceKind::Largest => "ReduceMax",
            ReduceKind::Smallest => "ReduceMin",
            ReduceKind::Argmax => "ArgMax",
        }
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        if let Some(axis) = self.axes.iter().find(|axis| **axis >= x.rank()) {
            return Err(lines.fault(operation::no_axis(axis, &x.shape)));
        }
        let (over, kept) = split(x, &self.axes);
        let mut shape = kept.clone();
        if self.keep {
            shape = x.axes().iter().enumerate().map(|(at, &n)| if self.axes.contains(&at) { 1 } else { n }).collect();
        }
        let last = if self.keep { "reduced" } else { "a" };
        let extreme = |which| Rule::Extreme { over: over.clone().into(), of: along(x, &self.axes), which };
        let array = match self.kind {
            ReduceKind::Sum => lines.stage(last, kept.clone(), Rule::sum(over, [along(x, &self.axes)]))?,
            ReduceKind::Mean => {
                let count = lines.constant("count", over.iter().product::<usize>() as f32)?;
                let sum = lines.stage("sum", kept.clone(), Rule::sum(over, [along(x, &self.axes)]))?;
                let rule = Rule::map(Function::Divide, [Read::same(sum, kept.len()), scalar(count)]);
                lines.stage(last, kept.clone(), rule)?
            }
            ReduceKind::Largest => lines.stage(last, kept.clone(), extreme(Which::Largest))?,
            ReduceKind::Smallest => lines.stage(last, kept.clone(), extreme(Which::Smallest))?,
            ReduceKind::Argmax => lines.stage(last, kept.clone(), extreme(Which::Argmax))?,
        };
        if !self.keep {
            return Ok(vec![Value::new(array, kept)]);
        }
        let read = Read::new(array, owns(0, shape.len())).viewed(shape.clone());
        Ok(vec![Value::new(lines.stage("a", shape.clone(), Rule::copy(read))?, shape)])
    }
}
