//! GRU: a state that one gate renews and another forgets.
//!
//! ```text
//! wx[t, q] = sum over i of in[t, i] * kernel[i, q]               kernel (inputs, 3 * units): gates one after the other
//! wz[t, q] = wx[t, q] + bias[q]
//! z = sigmoid(wz of gate z + uh of gate z)                       the update gate
//! r = sigmoid(wz of gate r + uh of gate r)                       the reset gate
//! n = tanh(wz of gate n + inner)                                 the new value; Keras calls it h
//! h[t, u] = z * h[t-1, u] + (1 - z) * n                          what z keeps is the old state
//! ```
//! Keras' default (`reset_after`) and PyTorch multiply after the product with the recurrent kernel, with a bias of its own:
//! `uh[t, q] = sum over j of h[t-1, j] * recurrent_kernel[j, q] + recurrent_bias[q]`, `inner = r * uh of gate n`. Without it
//! the state is multiplied before: `reset[t, j] = r[t, j] * h[t-1, j]`, `inner = sum over j of reset[t, j] *
//! recurrent_kernel[j, n]`. Gates are in the order z, r, n in Keras and ONNX, r, z, n in PyTorch. Some papers (Chung et al. 2014)
//! let z take the new value: `h = (1 - z) * h[t-1] + z * n`.
//! Source: `keras/src/layers/rnn/gru.py`, `GRUCell.call`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::{Gru, GruGate, Sequence}, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let gru = Gru {
//!     kernel: Array::new([1, 3], vec![0.0, 0.0, 1.0]).ok_or("three")?,
//!     recurrent_kernel: Array::new([1, 3], vec![0.0; 3]).ok_or("three")?,
//!     bias: None, recurrent_bias: None, order: GruGate::KERAS, reset_after: true, keeps_old: true,
//!     activation: Activation::Linear, recurrent_activation: Activation::Sigmoid, sequence: Sequence::default(),
//! };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 1])?;
//! network.add("gru", gru, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![4.0, 8.0]])?)?;
//! // z is sigmoid(0) = 0.5, n is the input: 0.5 * 0 + 0.5 * 4, then 0.5 * 2 + 0.5 * 8.
//! assert_eq!(pass.of(network.find("gru.h")?.array), [2.0, 5.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Sequence, Weights,
    sequence::{Cell, bias_at, sequence},
};
use crate::{
    equation::{Array, ArrayId, Function, Rule, over, own},
    graph::{Lines, Value, lines::scalar},
    network::Activation,
    words::operation,
};

/// A gate of a GRU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GruGate {
    /// How much of the state is renewed.
    Update,
    /// How much of the old state the new value sees.
    Reset,
    /// The new value.
    New,
}

impl GruGate {
    /// The order of Keras and of ONNX.
    pub const KERAS: [Self; 3] = [Self::Update, Self::Reset, Self::New];
    /// The order of PyTorch.
    pub const TORCH: [Self; 3] = [Self::Reset, Self::Update, Self::New];
}

/// A gated recurrent unit.
#[derive(Debug, Clone)]
pub struct Gru {
    /// (inputs, 3 * units)
    pub kernel: Array,
    /// (units, 3 * units)
    pub recurrent_kernel: Array,
    /// (3 * units,), or (2, 3 * units) with the second bias as its second row.
    pub bias: Option<Array>,
    /// (3 * units,): joins the product with the state; only with `reset_after`.
    pub recurrent_bias: Option<Array>,
    /// In which order the gates are in the weights.
    pub order: [GruGate; 3],
    /// Whether the reset gate multiplies after the product with the recurrent kernel.
    pub reset_after: bool,
    /// Whether z keeps the old state (Keras, PyTorch) or takes the new value.
    pub keeps_old: bool,
    /// tanh, usually.
    pub activation: Activation,
    /// Of the gates; sigmoid, usually.
    pub recurrent_activation: Activation,
    /// How the sequence is read.
    pub sequence: Sequence,
}

impl Gru {
    fn place(&self, gate: GruGate) -> usize {
        self.order.iter().position(|&other| other == gate).unwrap_or(0)
    }

    /// A gate: the activation of the sum of its parts of `wz` and `uh`.
    fn gate(
        &self,
        cell: &mut Cell<'_, '_>,
        name: &str,
        gate: GruGate,
        parts: [ArrayId; 2],
    ) -> Result<ArrayId, GraphError> {
        let reads = parts.map(|part| cell.gate(part, self.place(gate)));
        let sum = cell.map(&format!("{name}_sum"), Function::Add, reads)?;
        let read = cell.here(sum);
        cell.activated(name, self.recurrent_activation, read)
    }
}

impl Operation for Gru {
    fn kind(&self) -> &'static str {
        "GRU"
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
        let mut cell = Cell::new(lines, self.sequence, from, units, 3, 1)?;
        let h = cell.open("h")?;
        let width = units.saturating_mul(3);
        let mut wz = cell.of_input("wx", &self.kernel, width)?;
        // Keras keeps both biases in one array of two rows.
        let both = self.bias.as_ref().filter(|bias| bias.shape().rank() == 2);
        if let Some(bias) = &self.bias {
            let shape = if both.is_some() { vec![2, width] } else { vec![width] };
            let bias = cell.lines.weight("bias", bias, &shape)?;
            let reads = [cell.here(wz), bias_at(bias, both.map(|_| 0), own(1))];
            wz = cell.stage("wz", width, Rule::map(Function::Add, reads))?;
        }
        let new = self.place(GruGate::New);
        if !self.reset_after && (new != 2 || self.recurrent_bias.is_some()) {
            return Err(cell.lines.fault(operation::reset_after()));
        }
        // Without reset_after the new value has a product of its own.
        let width = if self.reset_after { width } else { units.saturating_mul(2) };
        let before = cell.before(0, h, over(0));
        let mut uh = cell.of_state("uh", before, &self.recurrent_kernel, width, 0)?;
        let recurrent = match both {
            Some(both) => Some((cell.lines.weight("bias", both, &[2, width])?, Some(1))),
            None => match &self.recurrent_bias {
                Some(bias) => Some((cell.lines.weight("recurrent_bias", bias, &[width])?, None)),
                None => None,
            },
        };
        if let Some((bias, row)) = recurrent {
            let reads = [cell.here(uh), bias_at(bias, row, own(1))];
            uh = cell.stage("uz", width, Rule::map(Function::Add, reads))?;
        }
        let z = self.gate(&mut cell, "z", GruGate::Update, [wz, uh])?;
        let r = self.gate(&mut cell, "r", GruGate::Reset, [wz, uh])?;
        let inner = if self.reset_after {
            let reads = [cell.here(r), cell.gate(uh, new)];
            cell.map("inner", Function::Multiply, reads)?
        } else {
            let reads = [cell.here(r), cell.before(0, h, own(1))];
            let reset = cell.map("reset", Function::Multiply, reads)?;
            let state = crate::equation::Read::new(reset, [own(0), over(0)]);
            cell.of_state("inner", state, &self.recurrent_kernel, units, new * units)?
        };
        let reads = [cell.gate(wz, new), cell.here(inner)];
        let sum = cell.map("n_sum", Function::Add, reads)?;
        let read = cell.here(sum);
        let n = cell.activated("n", self.activation, read)?;
        let one = cell.lines.constant("one", 1.0)?;
        let reads = [scalar(one), cell.here(z)];
        let rest = cell.map("rest", Function::Subtract, reads)?;
        let (of_old, of_new) = if self.keeps_old { (z, rest) } else { (rest, z) };
        let reads = [cell.here(of_old), cell.before(0, h, own(1))];
        let kept = cell.map("kept", Function::Multiply, reads)?;
        let reads = [cell.here(of_new), cell.here(n)];
        let renewed = cell.map("renewed", Function::Multiply, reads)?;
        let reads = [cell.here(kept), cell.here(renewed)];
        cell.close(0, h, "new_h", Function::Add, reads)?;
        cell.results(&[("h", h)])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let (kernel, recurrent_kernel) = (weights.take("kernel")?, weights.take("recurrent_kernel")?);
    // Keras 2's default of old was without; it says which it is.
    let reset_after = config.flag_or("reset_after", !config.keras2)?;
    let bias = weights.take_if(config.flag_or("use_bias", true)?, "bias")?;
    // With reset_after Keras keeps both biases in one array of two rows.
    let rows = |array: &Array| match (array.shape().axes(), reset_after) {
        (&[2, width], true) => {
            let (one, other) = array.values().split_at(width);
            Array::new([width], one.to_vec()).zip(Array::new([width], other.to_vec()))
        }
        _ => None,
    };
    let (bias, recurrent_bias) = match bias.as_ref().and_then(rows) {
        Some((one, other)) => (Some(one), Some(other)),
        None => (bias, None),
    };
    Ok(Arc::new(Gru {
        kernel,
        recurrent_kernel,
        bias,
        recurrent_bias,
        order: GruGate::KERAS,
        reset_after,
        keeps_old: true,
        activation: config.activation("activation", Activation::Tanh)?,
        recurrent_activation: config.activation("recurrent_activation", Activation::Sigmoid)?,
        sequence: sequence(config)?,
    }))
}
