//! Dense: every unit multiplies every input with a weight, adds up, adds its bias and applies the activation.
//!
//! ```text
//! wx[.., u] = sum over i of in[.., i] * kernel[i, u]     in (.., inputs)   kernel (inputs, units)
//! z[.., u]  = wx[.., u] + bias[u]                        bias (units,)
//! a         = activation(z)                              a (.., units), half as many after glu
//! ```
//! Axes before the last one stay as they are: a dense layer on a sequence works on each time by itself.
//! Source: `keras/src/layers/core/dense.py`, `call`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::Dense, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kernel = Array::new([2, 2], vec![1.0, 2.0, 3.0, 4.0]).ok_or("four numbers")?;
//! let bias = Array::new([2], vec![0.5, -20.0]).ok_or("two numbers")?;
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2])?;
//! network.add("dense", Dense::new(kernel, Some(bias), Activation::Relu), [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![10.0, -1.0]])?)?;
//! let of = |address| network.find(address).map(|found| pass.of(found.array).to_vec());
//! assert_eq!(of("dense.wx")?, [7.0, 16.0]); // 10 * 1 - 1 * 3, 10 * 2 - 1 * 4
//! assert_eq!(of("dense.z")?, [7.5, -4.0]);
//! assert_eq!(of("dense.a")?, [7.5, 0.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights, activation::activated};
use crate::{
    equation::{Array, Function, Index, Read, Rule, fixed, over, own},
    graph::{Lines, Value, lines::owns},
    network::Activation,
    words::operation,
};

/// A fully connected layer.
#[derive(Debug, Clone)]
pub struct Dense {
    kernel: Array,       // (inputs, units)
    bias: Option<Array>, // (units,)
    activation: Activation,
    /// The weight whose transpose is the kernel, if it is not its own.
    tied_to: Option<String>,
}

impl Dense {
    /// From its weights: kernel (inputs, units), bias (units,) or none.
    pub fn new(kernel: Array, bias: Option<Array>, activation: Activation) -> Self {
        Self { kernel, bias, activation, tied_to: None }
    }

    /// The same layer with the transpose of another layer's weight as its kernel: `dense.kernel`, shape (units, inputs).
    #[must_use]
    pub fn tied_to(self, weight: impl Into<String>, array: Array) -> Self {
        Self { kernel: array, tied_to: Some(weight.into()), ..self }
    }

    /// (inputs, units)
    pub fn kernel(&self) -> &Array {
        &self.kernel
    }

    /// (units,)
    pub fn bias(&self) -> Option<&Array> {
        self.bias.as_ref()
    }

    /// What is done with each unit's sum.
    pub fn activation(&self) -> Activation {
        self.activation
    }
}

impl Operation for Dense {
    fn kind(&self) -> &'static str {
        "Dense"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        let own = Some(&self.kernel).filter(|_| self.tied_to.is_none());
        super::listed([("kernel", own), ("bias", self.bias.as_ref())])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let Some((&inputs, outer)) = x.axes().split_last() else {
            return Err(lines.fault(operation::no_inputs()));
        };
        let &[_, units] = self.kernel.shape().axes() else {
            return Err(lines.fault(operation::kernel("dense", self.kernel.shape())));
        };
        let (units, kernel, turned) = match &self.tied_to {
            None => (units, lines.weight("kernel", &self.kernel, &[inputs, units])?, [0, 1]),
            Some(weight) => {
                let units = self.kernel.shape().axes()[0];
                (units, lines.weight_of(weight, &self.kernel, &[units, inputs])?, [1, 0])
            }
        };
        let shape = [outer, &[units]].concat();
        let last = outer.len();
        let index = [over(0), own(last)];
        let reads = [
            Read::new(x.array, owns(0, last).into_iter().chain([over(0)])),
            Read::new(kernel, turned.map(|axis: usize| index[axis].clone())),
        ];
        let wx = lines.stage("wx", shape.clone(), Rule::sum([inputs], reads))?;
        let z = with_bias(lines, wx, &shape, self.bias.as_ref(), last)?;
        Ok(vec![activated(lines, self.activation, &Value::new(z, shape), last)?.masked_as(x)])
    }
}

/// The stage `z`: the sum with its bias, one number for each index of axis `axis`, or one number for all of them (as textbooks draw
/// it). Without a bias it is the sum, and no step.
pub(super) fn with_bias(
    lines: &mut Lines<'_>,
    sum: crate::equation::ArrayId,
    shape: &[usize],
    bias: Option<&Array>,
    axis: usize,
) -> Result<crate::equation::ArrayId, GraphError> {
    let Some(bias) = bias else { return lines.stage("z", shape, Rule::copy(Read::same(sum, shape.len()))) };
    let shared = bias.shape().axes() == [1];
    let bias = lines.weight("bias", bias, &[if shared { 1 } else { shape[axis] }])?;
    let place = if shared && shape[axis] != 1 { fixed(0) } else { own(axis) };
    let join = [Read::same(sum, shape.len()), Read::new(bias, [Index::At(place)])];
    lines.stage("z", shape, Rule::map(Function::Add, join))
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let kernel = weights.take("kernel")?;
    let bias = weights.take_if(config.flag_or("use_bias", true)?, "bias")?;
    Ok(Arc::new(Dense::new(kernel, bias, config.activation("activation", Activation::Linear)?)))
}
