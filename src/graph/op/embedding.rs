//! Embedding: every number of the input names a row of a table.
//!
//! ```text
//! a[t, e] = embeddings[in[t], e]        no step: the row is looked up
//! mask[t] = 1 if in[t] != 0             with mask_zero: 0 means that there is nothing at this time
//! ```
//! Source: `keras/src/layers/core/embedding.py`, `call`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::Embedding, Network}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let table = Array::new([3, 2], vec![0.0, 0.5, 1.0, 1.5, 2.0, 2.5]).ok_or("six numbers")?;
//! let mut network = Network::new("doc");
//! let words = network.input("words", [2])?;
//! network.add("embedding", Embedding { embeddings: table, mask_zero: false }, [words])?;
//! let pass = network.program().evaluate(&network.given(&[vec![2.0, 0.0]])?)?;
//! assert_eq!(pass.of(network.find("embedding.a")?.array), [2.0, 2.5, 0.0, 0.5]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::{Array, Function, Index, Read, Rule, own},
    graph::{
        Lines, Value,
        lines::{owns, scalar},
    },
    words::operation,
};

/// A table of vectors.
#[derive(Debug, Clone)]
pub struct Embedding {
    /// (words, units)
    pub embeddings: Array,
    /// Whether 0 means that there is nothing.
    pub mask_zero: bool,
}

impl Operation for Embedding {
    fn kind(&self) -> &'static str {
        "Embedding"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([("embeddings", Some(&self.embeddings))])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let &[words, units] = self.embeddings.shape().axes() else {
            return Err(lines.fault(operation::table(self.embeddings.shape())));
        };
        let table = lines.weight("embeddings", &self.embeddings, &[words, units])?;
        let word = Index::Valued(Box::new(Read::new(x.array, owns(0, x.rank()))));
        // A word that is not in the table has no vector.
        let read = Read::new(table, [word, Index::At(own(x.rank()))]).padded(f32::NAN);
        let shape = [x.axes(), &[units]].concat();
        let mask = if self.mask_zero {
            let zero = lines.constant("zero", 0.0)?;
            Some(lines.stage("mask", x.shape.clone(), Rule::map(Function::Differs, [x.same(), scalar(zero)]))?)
        } else {
            None
        };
        Ok(vec![Value { mask, ..Value::new(lines.stage("a", shape.clone(), Rule::copy(read))?, shape) }])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(Embedding { embeddings: weights.take("embeddings")?, mask_zero: config.flag_or("mask_zero", false)? }))
}
