//! `Dropout`: in training, numbers are left out by chance and the others are made larger; afterwards nothing happens.
//!
//! ```text
//! a[..] = in[..] * mask[..]       in training: mask is 0, or 1 / (1 - rate)
//! a[..] = in[..]                  else
//! ```
//! The mask is drawn at random, so it is given for each step. Source: `keras/src/layers/regularization/dropout.py`, `call`.
//!
//! ```
//! # use byhand::graph::{op::Dropout, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2])?;
//! network.add("dropout", Dropout { rate: 0.5 }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0]])?)?;
//! assert_eq!(pass.of(network.find("dropout.a")?.array), [1.0, 2.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::{Function, Read, Rule},
    graph::{Lines, Value},
};

/// A dropout.
#[derive(Debug, Clone, Copy)]
pub struct Dropout {
    /// Which share is left out.
    pub rate: f32,
}

impl Operation for Dropout {
    fn kind(&self) -> &'static str {
        "Dropout"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let a = lines.stage("a", x.shape.clone(), Rule::copy(x.same()))?;
        Ok(vec![Value::new(a, x.shape.clone()).masked_as(x)])
    }

    fn in_training(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Option<Vec<Value>>, GraphError> {
        let x = lines.only(from)?;
        let mask = lines.given("mask", x.shape.clone())?;
        let product = Rule::map(Function::Multiply, [x.same(), Read::same(mask, x.rank())]);
        Ok(Some(vec![Value::new(lines.stage("a", x.shape.clone(), product)?, x.shape.clone()).masked_as(x)]))
    }
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(Dropout { rate: config.number_or("rate", 0.5)? }))
}
