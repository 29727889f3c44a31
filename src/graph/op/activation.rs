//! Activation: a function of each number, or of all numbers along one axis.
//!
//! ```text
//! a[..] = activation(z[..])
//! ```
//! Softmax and its kin look at all numbers along an axis, and have stages of their own:
//! ```text
//! softmax      top = max over j of z[j]   shifted[i] = z[i] - top   e[i] = exp(shifted[i])
//!              sum = sum over j of e[j]   a[i] = e[i] / sum
//! log_softmax  the same up to sum, log = ln(sum), a[i] = shifted[i] - log
//! sparsemax    a[i] = max(0, z[i] - tau), tau such that the sum is 1; see `sparsemax.rs`
//! glu          gate[i] = sigmoid(z[i + n/2])   a[i] = z[i] * gate[i]
//! ```
//! Source: `keras/src/activations/activations.py`; the formulas of the others are in `network/activation`.
//!
//! ```
//! # use byhand::{graph::{op::Activate, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let z = network.input("z", [2])?;
//! network.add("softmax", Activate(Activation::Softmax), [z])?;
//! let pass = network.program().evaluate(&network.given(&[vec![3.0, 3.0]])?)?;
//! let of = |address| network.find(address).map(|found| pass.of(found.array).to_vec());
//! assert_eq!(of("softmax.top")?, [3.0]);
//! assert_eq!(of("softmax.e")?, [1.0, 1.0]); // exp(3 - 3)
//! assert_eq!(of("softmax.sum")?, [2.0]);
//! assert_eq!(of("softmax.a")?, [0.5, 0.5]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights, sparsemax::sparsemax};
use crate::{
    equation::{Affine, ArrayId, Function, Read, Rule, Which, over, own, signed},
    graph::{Lines, Value, lines::owns_without},
    network::Activation,
    words::operation,
};

/// An activation as a layer of its own.
#[derive(Debug, Clone, Copy)]
pub struct Activate(pub Activation);

impl Operation for Activate {
    fn kind(&self) -> &'static str {
        "Activation"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let z = lines.only(from)?;
        let axis = z.rank().saturating_sub(1);
        Ok(vec![activated(lines, self.0, z, axis)?.masked_as(z)])
    }
}

/// The stage `a` of an activation of `z`; those that look at several numbers do so along `axis`.
pub(super) fn activated(
    lines: &mut Lines<'_>,
    activation: Activation,
    z: &Value,
    axis: usize,
) -> Result<Value, GraphError> {
    if activation.is_elementwise() {
        let rule = Rule::map(Function::Activation(activation), [z.same()]);
        return Ok(Value::new(lines.stage("a", z.shape.clone(), rule)?, z.shape.clone()));
    }
    if axis >= z.rank() {
        return Err(lines.fault(operation::no_units(activation)));
    }
    match activation {
        Activation::Softmax => softmax(lines, z, &[axis]),
        Activation::LogSoftmax => {
            let (shifted, _, sum) = shares(lines, z, &[axis])?;
            let log = lines.stage(
                "log",
                z.shape.without_axis(axis),
                Rule::map(Function::Logarithm, [Read::same(sum, z.rank() - 1)]),
            )?;
            let reads = [Read::same(shifted, z.rank()), Read::new(log, owns_without(z.rank(), &[axis]))];
            let a = lines.stage("a", z.shape.clone(), Rule::map(Function::Subtract, reads))?;
            Ok(Value::new(a, z.shape.clone()))
        }
        Activation::Sparsemax => sparsemax(lines, z, axis),
        _ => glu(lines, z, axis),
    }
}

/// Softmax over several axes together, as the stage `a`.
pub(super) fn softmax(lines: &mut Lines<'_>, z: &Value, axes: &[usize]) -> Result<Value, GraphError> {
    softmax_as(lines, "a", z, axes)
}

/// Softmax over several axes together, as the stage `stage`.
pub(super) fn softmax_as(lines: &mut Lines<'_>, stage: &str, z: &Value, axes: &[usize]) -> Result<Value, GraphError> {
    let (_, e, sum) = shares(lines, z, axes)?;
    let reads = [Read::same(e, z.rank()), Read::new(sum, owns_without(z.rank(), axes))];
    let shares = lines.stage(stage, z.shape.clone(), Rule::map(Function::Share, reads))?;
    Ok(Value::new(shares, z.shape.clone()))
}

/// The read of a value along `axes`, for an equation that has the others.
pub(super) fn along(value: &Value, axes: &[usize]) -> Read {
    let (mut summed, mut kept) = (0, 0);
    let index: Vec<Affine> = (0..value.rank())
        .map(|axis| {
            let next = |count: &mut usize| std::mem::replace(count, *count + 1);
            if axes.contains(&axis) { over(next(&mut summed)) } else { own(next(&mut kept)) }
        })
        .collect();
    Read::new(value.array, index)
}

/// The lengths of some axes, and of the others.
pub(super) fn split(value: &Value, axes: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let (along, kept): (Vec<_>, Vec<_>) = value.axes().iter().enumerate().partition(|(axis, _)| axes.contains(axis));
    let lengths = |axes: Vec<(usize, &usize)>| axes.into_iter().map(|(_, &n)| n).collect();
    (lengths(along), lengths(kept))
}

/// The stages `top`, `shifted`, `e` and `sum`; gives the last three.
fn shares(lines: &mut Lines<'_>, z: &Value, axes: &[usize]) -> Result<(ArrayId, ArrayId, ArrayId), GraphError> {
    let (over, kept) = split(z, axes);
    let largest = Rule::Extreme { over: over.clone().into(), of: along(z, axes), which: Which::Largest };
    let top = lines.stage("top", kept.clone(), largest)?;
    let reads = [z.same(), Read::new(top, owns_without(z.rank(), axes))];
    let shifted = lines.stage("shifted", z.shape.clone(), Rule::map(Function::Subtract, reads))?;
    let power = Rule::map(Function::Activation(Activation::Exponential), [Read::same(shifted, z.rank())]);
    let e = Value::new(lines.stage("e", z.shape.clone(), power)?, z.shape.clone());
    let sum = lines.stage("sum", kept, Rule::sum(over, [along(&e, axes)]))?;
    Ok((shifted, e.array, sum))
}

/// The first half times the sigmoid of the second.
fn glu(lines: &mut Lines<'_>, z: &Value, axis: usize) -> Result<Value, GraphError> {
    let units = z.axes()[axis];
    if units % 2 == 1 {
        return Err(lines.fault(operation::odd_units(units)));
    }
    let mut shape = z.axes().to_vec();
    shape[axis] = units / 2;
    let half = |plus: usize| {
        Read::new(z.array, (0..z.rank()).map(|at| if at == axis { own(at) + signed(plus) } else { own(at) }))
    };
    let sigmoid = Rule::map(Function::Activation(Activation::Sigmoid), [half(units / 2)]);
    let gate = lines.stage("gate", shape.clone(), sigmoid)?;
    let product = Rule::map(Function::Multiply, [half(0), Read::same(gate, z.rank())]);
    Ok(Value::new(lines.stage("a", shape.clone(), product)?, shape))
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(Activate(config.activation("activation", Activation::Linear)?)))
}
