//! Recurrent modules: several layers, one direction or both.

use std::sync::Arc;

use super::{Layer, Named};
use crate::{
    graph::{GraphError, Operation, op},
    network::Activation,
    words::formats,
};

/// Layers of one recurrent module, at most.
const MOST_LAYERS: usize = 64;

impl Layer<'_> {
    /// What the module computes, one after the other: a recurrent one may have several layers.
    pub(super) fn operations(&self) -> Result<Named, GraphError> {
        let (module, layers) = (self.module, self.module.number("num_layers", 1));
        if !matches!(module.class.as_str(), "LSTM" | "GRU" | "RNN") || layers == 1 {
            return Ok(vec![(module.name.clone(), self.operation()?)]);
        }
        if layers > MOST_LAYERS {
            return Err(self.fault(formats::recurrent_layers(MOST_LAYERS)));
        }
        (0..layers).map(|at| Ok((format!("{}/layer{at}", module.name), self.recurrent(at)?))).collect()
    }

    /// Layer `at` of a recurrent module, in one direction or in both.
    pub(super) fn recurrent(&self, at: usize) -> Result<Arc<dyn Operation>, GraphError> {
        if self.module.number("proj_size", 0) != 0 {
            return Err(self.fault(formats::recurrent_mode()));
        }
        let forward = self.recurrent_one(&format!("l{at}"), false)?;
        if !self.module.flag("bidirectional", false) {
            return Ok(forward);
        }
        let backward = self.recurrent_one(&format!("l{at}_reverse"), true)?;
        Ok(Arc::new(op::Bidirectional { forward, backward, join: op::JoinKind::Concat }))
    }

    fn recurrent_one(&self, suffix: &str, backwards: bool) -> Result<Arc<dyn Operation>, GraphError> {
        let module = self.module;
        let named = |part: &str| format!("{part}_{suffix}");
        let kernel = self.turned(&named("weight_ih"), &[1, 0])?;
        let recurrent_kernel = self.turned(&named("weight_hh"), &[1, 0])?;
        let (bias, recurrent_bias) = (self.maybe(&named("bias_ih")), self.maybe(&named("bias_hh")));
        let sequence = op::Sequence { backwards, return_sequences: true, ..op::Sequence::default() };
        Ok(match module.class.as_str() {
            "LSTM" => Arc::new(op::Lstm {
                kernel,
                recurrent_kernel,
                bias,
                recurrent_bias,
                // Both keep i, f, g, o.
                order: op::Gate::KERAS,
                activation: Activation::Tanh,
                recurrent_activation: Activation::Sigmoid,
                sequence,
            }),
            "GRU" => Arc::new(op::Gru {
                kernel,
                recurrent_kernel,
                bias,
                recurrent_bias,
                order: op::GruGate::TORCH,
                reset_after: true,
                keeps_old: true,
                activation: Activation::Tanh,
                recurrent_activation: Activation::Sigmoid,
                sequence,
            }),
            _ => {
                let relu = module.option(&["nonlinearity"]) == Some("relu");
                let activation = if relu { Activation::Relu } else { Activation::Tanh };
                Arc::new(op::SimpleRnn { kernel, recurrent_kernel, bias, recurrent_bias, activation, sequence })
            }
        })
    }
}
