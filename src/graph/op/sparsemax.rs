//! Sparsemax: the nearest point whose numbers are not negative and sum to 1.
//!
//! ```text
//! atleast[i, j] = 1 if z[j] >= z[i]              how the others compare
//! count[i] = sum over j of atleast[i, j]         how many are at least as large
//! total[i] = sum over j of atleast[i, j] * z[j]  and their sum
//! needed[i] = count[i] * z[i],  reach[i] = needed[i] + 1
//! inside[i] = 1 if reach[i] > total[i]           whether it keeps a share
//! size = sum over i of inside[i],  held = sum over i of inside[i] * z[i]
//! tau = (held - 1) / size
//! a[i] = max(z[i] - tau, 0)
//! ```
//! Source: Martins & Astudillo 2016 (arXiv:1602.02068), algorithm 1, without the sorting: the sum of all that are at least as
//! large as z[i] is what the sorted cumulative sum is at z[i]. Keras 3.15.1 takes another sum there and is wrong.

use super::{GraphError, activation::along};
use crate::{
    equation::{Function, Read, Rule, over, own},
    graph::{
        Lines, Value,
        lines::{owns_without, scalar},
    },
};

/// The stages of sparsemax along `axis`.
pub(super) fn sparsemax(lines: &mut Lines<'_>, z: &Value, axis: usize) -> Result<Value, GraphError> {
    let (n, rank) = (z.axes()[axis], z.rank());
    let (shape, kept) = (z.shape.clone(), z.shape.without_axis(axis));
    // One more axis at the end: the number that is compared with.
    let pairs = shape.with_axis(rank, n);
    let other = |last: crate::equation::Affine| {
        let mut index: Vec<_> = (0..rank).map(own).collect();
        index[axis] = last;
        index
    };
    let compare = [Read::new(z.array, other(own(rank))), Read::new(z.array, (0..rank).map(own))];
    let atleast = lines.stage("atleast", pairs, Rule::map(Function::AtLeast, compare))?;
    let pair = || Read::new(atleast, (0..rank).map(own).chain([over(0)]));
    let count = lines.stage("count", shape.clone(), Rule::sum([n], [pair()]))?;
    let total = lines.stage("total", shape.clone(), Rule::sum([n], [pair(), Read::new(z.array, other(over(0)))]))?;
    let here = |array| Read::same(array, rank);
    let needed = lines.stage("needed", shape.clone(), Rule::map(Function::Multiply, [here(count), z.same()]))?;
    let one = lines.constant("one", 1.0)?;
    let reach = lines.stage("reach", shape.clone(), Rule::map(Function::Add, [here(needed), scalar(one)]))?;
    let inside = lines.stage("inside", shape.clone(), Rule::map(Function::Above, [here(reach), here(total)]))?;
    let inside = Value::new(inside, shape.clone());
    let size = lines.stage("size", kept.clone(), Rule::sum([n], [along(&inside, &[axis])]))?;
    let held = lines.stage("held", kept.clone(), Rule::sum([n], [along(&inside, &[axis]), along(z, &[axis])]))?;
    let whole = |array| Read::same(array, rank - 1);
    let excess = lines.stage("excess", kept.clone(), Rule::map(Function::Subtract, [whole(held), scalar(one)]))?;
    let tau = lines.stage("tau", kept, Rule::map(Function::Divide, [whole(excess), whole(size)]))?;
    let moved = [z.same(), Read::new(tau, owns_without(rank, &[axis]))];
    let moved = lines.stage("moved", shape.clone(), Rule::map(Function::Subtract, moved))?;
    let zero = lines.constant("zero", 0.0)?;
    let a = lines.stage("a", shape.clone(), Rule::map(Function::Maximum, [here(moved), scalar(zero)]))?;
    Ok(Value::new(a, shape))
}
