//! Masking: times at which all numbers are a given one do not count.
//!
//! ```text
//! differs[t, i] = 1 if in[t, i] != value     mask[t] = max over i of differs[t, i]     a[t, i] = in[t, i] * mask[t]
//! ```
//! Source: `keras/src/layers/core/masking.py`, `call`.
//!
//! ```
//! # use byhand::graph::{op::Masking, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 2])?;
//! network.add("masking", Masking { value: -1.0 }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![-1.0, 5.0, -1.0, -1.0]])?)?;
//! assert_eq!(pass.of(network.find("masking.mask")?.array), [1.0, 0.0]);
//! assert_eq!(pass.of(network.find("masking.a")?.array), [-1.0, 5.0, 0.0, 0.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights, activation::along};
use crate::{
    equation::{Function, Read, Rule, Which, own},
    graph::{Lines, Value, lines::scalar},
};

/// Times at which all values are this one number do not count.
#[derive(Debug, Clone, Copy)]
pub struct Masking {
    /// The number.
    pub value: f32,
}

impl Operation for Masking {
    fn kind(&self) -> &'static str {
        "Masking"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only_of_rank(from, 2)?;
        let value = lines.constant("value", self.value)?;
        let differs = Rule::map(Function::Differs, [x.same(), scalar(value)]);
        let differs = Value::new(lines.stage("differs", x.shape.clone(), differs)?, x.shape.clone());
        let (times, units) = (x.axes()[0], x.axes()[1]);
        let any = Rule::Extreme { over: [units].into(), of: along(&differs, &[1]), which: Which::Largest };
        let mask = lines.stage("mask", [times], any)?;
        let product = Rule::map(Function::Multiply, [x.same(), Read::new(mask, [own(0)])]);
        let a = lines.stage("a", x.shape.clone(), product)?;
        Ok(vec![Value { mask: Some(mask), ..Value::new(a, x.shape.clone()) }])
    }
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(Masking { value: config.number_or("mask_value", 0.0)? }))
}
