//! `TimeDistributed`: the layer inside works on each time by itself.
//!
//! ```text
//! every stage of the layer inside has one more axis in front, that of the times; its weights have not
//! ```
//! Source: `keras/src/layers/rnn/time_distributed.py`, `call`.
//!
//! ```
//! # use std::sync::Arc;
//! # use byhand::{equation::Array, graph::{op::{Dense, TimeDistributed}, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kernel = Array::new([1, 1], vec![10.0]).ok_or("one number")?;
//! let dense = TimeDistributed { inner: Arc::new(Dense::new(kernel, None, Activation::Linear)) };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [3, 1])?;
//! network.add("each", dense, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0, 3.0]])?)?;
//! assert_eq!(pass.of(network.find("each.wx")?.array), [10.0, 20.0, 30.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::{Array, Program},
    graph::{Lines, Value},
    words::operation,
};

/// A layer on each time.
#[derive(Debug, Clone)]
pub struct TimeDistributed {
    /// The layer.
    pub inner: Arc<dyn Operation>,
}

impl Operation for TimeDistributed {
    fn kind(&self) -> &'static str {
        "TimeDistributed"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        self.inner.weights()
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let Some((&times, inside)) = x.axes().split_first() else {
            return Err(lines.fault(operation::no_times()));
        };
        let mut program = Program::default();
        let input = program.input("in", inside)?;
        let results = self.inner.equations(&mut lines.apart(&mut program), &[Value::new(input, inside)])?;
        let here = lines.program().graft(&program, &[x.array], Some(times))?;
        let result =
            |value: &Value| Value::new(here[value.array.position()], value.shape.with_axis(0, times)).masked_as(x);
        Ok(results.iter().map(result).collect())
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(TimeDistributed { inner: super::read(&config.inner("layer")?, weights)? }))
}
