//! Layers that change nothing when a model predicts: dropout, noise, regularization.
//!
//! ```text
//! a[..] = in[..]
//! ```
//! Dropout sets numbers to 0 and noise moves them only while a model is trained; `predict` leaves both out. During training
//! dropout divides what it keeps by `1 - rate`, so that nothing needs to be made up for here.
//! Source: `keras/src/layers/regularization/dropout.py`, `call`: `if training and self.rate > 0`.
//!
//! ```
//! # use byhand::graph::{op::Identity, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2])?;
//! network.add("dropout", Identity("Dropout"), [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0]])?)?;
//! assert_eq!(pass.of(network.find("dropout.a")?.array), [1.0, 2.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::Rule,
    graph::{Lines, Value},
};

/// A layer that passes its input on unchanged, by the name of its class.
#[derive(Debug, Clone, Copy)]
pub struct Identity(pub &'static str);

impl Operation for Identity {
    fn kind(&self) -> &'static str {
        self.0
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let a = lines.stage("a", x.shape.clone(), Rule::copy(x.same()))?;
        Ok(vec![Value::new(a, x.shape.clone()).masked_as(x)])
    }
}

#[expect(clippy::unnecessary_wraps, reason = "all operations are read alike")]
pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let class = super::CLASSES.iter().map(|(class, _)| *class).find(|class| *class == config.class);
    Ok(Arc::new(Identity(class.unwrap_or("Identity"))))
}
