//! `SimpleRNN`: at each time the state becomes an activation of the input and the state before.
//!
//! ```text
//! wx[t, u] = sum over i of in[t, i] * kernel[i, u]                  kernel (inputs, units)
//! uh[t, u] = sum over j of h[t-1, j] * recurrent_kernel[j, u]       recurrent_kernel (units, units), h[-1] = 0
//! z[t, u]  = wx[t, u] + bias[u] + uh[t, u]                          bias (units,)
//! h[t, u]  = activation(z[t, u])                                    tanh
//! a        = h of the last time, or of all times
//! ```
//! PyTorch has a second bias, `recurrent_bias`, which joins behind `uh`.
//! Source: `keras/src/layers/rnn/simple_rnn.py`, `SimpleRNNCell.call`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::{Sequence, SimpleRnn}, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let one = |x| Array::new([1, 1], vec![x]).ok_or("one number");
//! let rnn = SimpleRnn {
//!     kernel: one(1.0)?, recurrent_kernel: one(10.0)?, bias: None, recurrent_bias: None,
//!     activation: Activation::Linear, sequence: Sequence::default(),
//! };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [3, 1])?;
//! network.add("rnn", rnn, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0, 3.0]])?)?;
//! assert_eq!(pass.of(network.find("rnn.h")?.array), [1.0, 12.0, 123.0]); // 1, 2 + 1 * 10, 3 + 12 * 10
//! assert_eq!(pass.of(network.find("rnn.a")?.array), [123.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Sequence, Weights,
    sequence::{Cell, bias_at, sequence},
};
use crate::{
    equation::{Array, Function, over, own},
    graph::{Lines, Value},
    network::Activation,
    words::operation,
};

/// A simple recurrent layer.
#[derive(Debug, Clone)]
pub struct SimpleRnn {
    /// (inputs, units)
    pub kernel: Array,
    /// (units, units)
    pub recurrent_kernel: Array,
    /// (units,)
    pub bias: Option<Array>,
    /// (units,): PyTorch's second bias.
    pub recurrent_bias: Option<Array>,
    /// tanh, usually.
    pub activation: Activation,
    /// How the sequence is read.
    pub sequence: Sequence,
}

impl Operation for SimpleRnn {
    fn kind(&self) -> &'static str {
        "SimpleRNN"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([
            ("kernel", Some(&self.kernel)),
            ("recurrent_kernel", Some(&self.recurrent_kernel)),
            ("bias", self.bias.as_ref()),
            ("recurrent_bias", self.recurrent_bias.as_ref()),
        ])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let units = self.recurrent_kernel.shape().axes().first().copied().unwrap_or(0);
        let mut cell = Cell::new(lines, self.sequence, from, units, 1, 1)?;
        let h = cell.open("h")?;
        let wx = cell.of_input("wx", &self.kernel, units)?;
        let before = cell.before(0, h, over(0));
        let uh = cell.of_state("uh", before, &self.recurrent_kernel, units, 0)?;
        let mut joins = vec![cell.here(wx)];
        if let Some(bias) = &self.bias {
            let bias = cell.lines.weight("bias", bias, &[units])?;
            joins.push(bias_at(bias, None, own(1)));
        }
        joins.push(cell.here(uh));
        if let Some(bias) = &self.recurrent_bias {
            let bias = cell.lines.weight("recurrent_bias", bias, &[units])?;
            joins.push(bias_at(bias, None, own(1)));
        }
        let z = cell.map("z", Function::Add, joins)?;
        let (elementwise, function) = (self.activation.is_elementwise(), Function::Activation(self.activation));
        if !elementwise {
            return Err(cell.lines.fault(operation::element_wise(self.activation)));
        }
        let z = [cell.here(z)];
        cell.close(0, h, "new_h", function, z)?;
        cell.results(&[("h", h)])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(SimpleRnn {
        kernel: weights.take("kernel")?,
        recurrent_kernel: weights.take("recurrent_kernel")?,
        bias: weights.take_if(config.flag_or("use_bias", true)?, "bias")?,
        recurrent_bias: None,
        activation: config.activation("activation", Activation::Tanh)?,
        sequence: sequence(config)?,
    }))
}
