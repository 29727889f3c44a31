//! LSTM: a memory `c` that gates write, keep and read.
//!
//! ```text
//! wx[t, q] = sum over i of in[t, i] * kernel[i, q]               kernel (inputs, 4 * units): gates one after the other
//! uh[t, q] = sum over j of h[t-1, j] * recurrent_kernel[j, q]    recurrent_kernel (units, 4 * units)
//! z[t, q]  = wx[t, q] + uh[t, q] + bias[q]                       bias (4 * units,)
//! i[t, u] = sigmoid(z of gate i)      f = sigmoid(z of gate f)     g = tanh(z of gate g)     o = sigmoid(z of gate o)
//! kept[t, u] = f[t, u] * c[t-1, u]    written = i * g              c = kept + written
//! shown[t, u] = tanh(c[t, u])         h = o * shown
//! a = h of the last time, or of all times
//! ```
//! Gates are in the order i, f, g, o in Keras (it calls g `c`) and in PyTorch, i, o, f, g in ONNX. PyTorch has a second bias,
//! `recurrent_bias`. Keras adds its forget gate's 1 when it initializes the bias, so it is part of the weights.
//! Source: `keras/src/layers/rnn/lstm.py`, `LSTMCell.call`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::{Gate, Lstm, Sequence}, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let lstm = Lstm {
//!     kernel: Array::new([1, 4], vec![0.0, 0.0, 1.0, 0.0]).ok_or("four")?,
//!     recurrent_kernel: Array::new([1, 4], vec![0.0; 4]).ok_or("four")?,
//!     bias: None, recurrent_bias: None, order: Gate::KERAS,
//!     activation: Activation::Linear, recurrent_activation: Activation::Sigmoid, sequence: Sequence::default(),
//! };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 1])?;
//! network.add("lstm", lstm, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![4.0, 8.0]])?)?;
//! // All gates are sigmoid(0) = 0.5, g is the input: c = 0.5 * 0 + 0.5 * 4, then 0.5 * 2 + 0.5 * 8.
//! assert_eq!(pass.of(network.find("lstm.c")?.array), [2.0, 5.0]);
//! assert_eq!(pass.of(network.find("lstm.h")?.array), [1.0, 2.5]);
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
};

/// A gate of an LSTM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// How much of the new value is written.
    Input,
    /// How much of the memory is kept.
    Forget,
    /// The new value; Keras calls it `c`.
    New,
    /// How much of the memory is shown.
    Output,
}

impl Gate {
    /// The order of Keras and of PyTorch.
    pub const KERAS: [Self; 4] = [Self::Input, Self::Forget, Self::New, Self::Output];
    /// The order of ONNX.
    pub const ONNX: [Self; 4] = [Self::Input, Self::Output, Self::Forget, Self::New];
}

/// A long short-term memory.
#[derive(Debug, Clone)]
pub struct Lstm {
    /// (inputs, 4 * units)
    pub kernel: Array,
    /// (units, 4 * units)
    pub recurrent_kernel: Array,
    /// (4 * units,)
    pub bias: Option<Array>,
    /// (4 * units,): PyTorch's second bias.
    pub recurrent_bias: Option<Array>,
    /// In which order the gates are in the weights.
    pub order: [Gate; 4],
    /// tanh, usually.
    pub activation: Activation,
    /// Of the three gates; sigmoid, usually.
    pub recurrent_activation: Activation,
    /// How the sequence is read.
    pub sequence: Sequence,
}

impl Operation for Lstm {
    fn kind(&self) -> &'static str {
        "LSTM"
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
        let mut cell = Cell::new(lines, self.sequence, from, units, 4, 2)?;
        let (h, c) = (cell.open("h")?, cell.open("c")?);
        let width = units.saturating_mul(4);
        let wx = cell.of_input("wx", &self.kernel, width)?;
        let before = cell.before(0, h, over(0));
        let uh = cell.of_state("uh", before, &self.recurrent_kernel, width, 0)?;
        let mut joins = vec![cell.here(wx), cell.here(uh)];
        for (name, bias) in [("bias", &self.bias), ("recurrent_bias", &self.recurrent_bias)] {
            if let Some(bias) = bias {
                let bias = cell.lines.weight(name, bias, &[width])?;
                joins.push(bias_at(bias, None, own(1)));
            }
        }
        let z = cell.stage("z", width, crate::equation::Rule::map(Function::Add, joins))?;
        let place = |gate: Gate| self.order.iter().position(|&other| other == gate).unwrap_or(0);
        let gate = |cell: &mut Cell<'_, '_>, name: &str, gate: Gate, activation: Activation| {
            let read = cell.gate(z, place(gate));
            cell.activated(name, activation, read)
        };
        let i = gate(&mut cell, "i", Gate::Input, self.recurrent_activation)?;
        let f = gate(&mut cell, "f", Gate::Forget, self.recurrent_activation)?;
        let g = gate(&mut cell, "g", Gate::New, self.activation)?;
        let o = gate(&mut cell, "o", Gate::Output, self.recurrent_activation)?;
        let old = cell.before(1, c, own(1));
        let reads = [cell.here(f), old];
        let kept = cell.map("kept", Function::Multiply, reads)?;
        let reads = [cell.here(i), cell.here(g)];
        let written = cell.map("written", Function::Multiply, reads)?;
        let reads = [cell.here(kept), cell.here(written)];
        cell.close(1, c, "new_c", Function::Add, reads)?;
        let read = cell.here(c);
        let shown = cell.activated("shown", self.activation, read)?;
        let reads = [cell.here(o), cell.here(shown)];
        cell.close(0, h, "new_h", Function::Multiply, reads)?;
        cell.results(&[("h", h), ("c", c)])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(Lstm {
        kernel: weights.take("kernel")?,
        recurrent_kernel: weights.take("recurrent_kernel")?,
        bias: weights.take_if(config.flag_or("use_bias", true)?, "bias")?,
        recurrent_bias: None,
        order: Gate::KERAS,
        activation: config.activation("activation", Activation::Tanh)?,
        recurrent_activation: config.activation("recurrent_activation", Activation::Sigmoid)?,
        sequence: sequence(config)?,
    }))
}
