//! What the normalizations share: mean and deviation over some axes, and the last multiplication and addition.

use super::{
    GraphError,
    activation::{along, split},
};
use crate::{
    equation::{Array, ArrayId, Function, Read, Rule, own},
    graph::{
        Lines, Value,
        lines::{owns_without, scalar},
    },
};

/// The stages `sum`, `mean`, `centered`, `squares`, `variance`, `spread`, `deviation` and `normalized`:
/// `(x - mean) / sqrt(variance + epsilon)`, mean and (biased) variance over `axes`.
pub(super) fn standardized(
    lines: &mut Lines<'_>,
    x: &Value,
    axes: &[usize],
    epsilon: f32,
) -> Result<Value, GraphError> {
    let (over, kept) = split(x, axes);
    let (rank, rest) = (x.rank(), x.rank() - axes.len());
    let count = lines.constant("count", over.iter().product::<usize>() as f32)?;
    let whole = |array: ArrayId| Read::same(array, rest);
    let spread_out = |array: ArrayId| Read::new(array, owns_without(rank, axes));
    let sum = lines.stage("sum", kept.clone(), Rule::sum(over.clone(), [along(x, axes)]))?;
    let mean = lines.stage("mean", kept.clone(), Rule::map(Function::Divide, [whole(sum), scalar(count)]))?;
    let centered = Rule::map(Function::Subtract, [x.same(), spread_out(mean)]);
    let centered = Value::new(lines.stage("centered", x.shape.clone(), centered)?, x.shape.clone());
    let squares = Rule::sum(over, [along(&centered, axes), along(&centered, axes)]);
    let squares = lines.stage("squares", kept.clone(), squares)?;
    let variance =
        lines.stage("variance", kept.clone(), Rule::map(Function::Divide, [whole(squares), scalar(count)]))?;
    let deviation = deviation(lines, variance, &kept, epsilon)?;
    let normalized = Rule::map(Function::Divide, [centered.same(), spread_out(deviation)]);
    Ok(Value::new(lines.stage("normalized", x.shape.clone(), normalized)?, x.shape.clone()))
}

/// The stages `spread` and `deviation`: `sqrt(variance + epsilon)`.
pub(super) fn deviation(
    lines: &mut Lines<'_>,
    variance: ArrayId,
    shape: &[usize],
    epsilon: f32,
) -> Result<ArrayId, GraphError> {
    let epsilon = lines.constant("epsilon", epsilon)?;
    let whole = |array: ArrayId| Read::same(array, shape.len());
    let spread = lines.stage("spread", shape, Rule::map(Function::Add, [whole(variance), scalar(epsilon)]))?;
    lines.stage("deviation", shape, Rule::map(Function::SquareRoot, [whole(spread)]))
}

/// The stages `scaled` and `a` of shape `shape`: times gamma, plus beta, where they are; both have the axes `axes` of it.
/// `normalized` may have other axes of as many numbers.
pub(super) fn scaled_and_moved(
    lines: &mut Lines<'_>,
    normalized: ArrayId,
    shape: &[usize],
    axes: &[usize],
    gamma: Option<&Array>,
    beta: Option<&Array>,
) -> Result<Value, GraphError> {
    let lengths: Vec<usize> = axes.iter().map(|&axis| shape[axis]).collect();
    let here = |lines: &mut Lines<'_>, array: ArrayId| {
        let read = Read::same(array, shape.len());
        if lines.program().shape(array).axes() == shape { read } else { read.viewed(shape) }
    };
    let parameter = |array: ArrayId| Read::new(array, axes.iter().map(|&axis| own(axis)));
    let mut last = normalized;
    if let Some(gamma) = gamma {
        let gamma = lines.weight("gamma", gamma, &lengths)?;
        let product = Rule::map(Function::Multiply, [here(lines, last), parameter(gamma)]);
        last = lines.stage(if beta.is_some() { "scaled" } else { "a" }, shape, product)?;
    }
    if let Some(beta) = beta {
        let beta = lines.weight("beta", beta, &lengths)?;
        let sum = Rule::map(Function::Add, [here(lines, last), parameter(beta)]);
        last = lines.stage("a", shape, sum)?;
    } else if gamma.is_none() {
        let read = here(lines, last);
        last = lines.stage("a", shape, Rule::copy(read))?;
    }
    Ok(Value::new(last, shape))
}
