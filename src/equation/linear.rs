//! Reads that are plain walks through memory: a start, and a stride for each axis.
//!
//! Most reads are: a kernel, an image that a window moves over, a transposed matrix. Where such a read leaves its array, a
//! copy with the padding around it is made first, so that the walk itself never has to look.

use std::borrow::Cow;

use super::{
    Axis, Index, Outside, Read, Shape,
    evaluate::{Memory, Window, each_index},
};

/// The most numbers that a copy with padding may have, beside four times the array.
const COPY: usize = 1 << 16;

/// A read as a walk.
#[derive(Debug)]
pub(super) struct Linear<'v> {
    pub(super) data: Cow<'v, [f32]>,
    /// Where the walk starts.
    pub(super) base: i64,
    /// How far a step along each own axis goes.
    pub(super) own: Vec<i64>,
    /// How far a step along each summation axis goes.
    pub(super) over: Vec<i64>,
}

/// Lowest and highest index that is read along one axis, and the walk along it.
struct Along {
    lowest: i64,
    highest: i64,
}

/// The read as a walk; `None` if it is none: divisions, indices that are values, padding that is another array.
pub(super) fn linear<'v>(
    memory: &'v Memory<'_>,
    read: &Read,
    own: &Shape,
    window: Option<Window>,
    over: &Shape,
) -> Option<Linear<'v>> {
    let shape = read.view.as_ref().unwrap_or_else(|| memory.program.shape(read.array));
    let bounds = |axis: Axis| match axis {
        Axis::Own(axis) => match window {
            Some(window) if window.axis == axis => Some((window.at as i64, window.at as i64)),
            _ => Some((0, *own.axes().get(axis)? as i64 - 1)),
        },
        Axis::Over(axis) => Some((0, *over.axes().get(axis)? as i64 - 1)),
    };
    let mut along = Vec::with_capacity(shape.rank());
    for index in &read.index {
        let Index::At(affine) = index else { return None };
        if affine.divisor != 1 {
            return None;
        }
        let (mut lowest, mut highest) = (affine.constant, affine.constant);
        for &(axis, by) in &affine.terms {
            let (low, high) = bounds(axis)?;
            let (one, other) = (by.saturating_mul(low), by.saturating_mul(high));
            lowest = lowest.saturating_add(one.min(other));
            highest = highest.saturating_add(one.max(other));
        }
        along.push(Along { lowest, highest });
    }
    let outside = |(along, &n): (&Along, &usize)| along.lowest < 0 || along.highest >= n as i64;
    let wholly = |(along, &n): (&Along, &usize)| along.highest < 0 || along.lowest >= n as i64;
    let data = memory.values.0[read.array.0].as_slice();
    if !along.iter().zip(shape.axes()).any(outside) {
        return Some(walk(Cow::Borrowed(data), shape, read, own, over, &vec![0; shape.rank()]));
    }
    match &read.outside {
        Outside::Read(next) if along.iter().zip(shape.axes()).any(wholly) => linear(memory, next, own, window, over),
        Outside::Read(_) => None,
        Outside::Value(padding) => {
            let lengths: Vec<usize> =
                along.iter().map(|a| a.highest.saturating_sub(a.lowest).saturating_add(1) as usize).collect();
            let padded = Shape::from(lengths);
            if padded.size() > data.len().saturating_mul(4).saturating_add(COPY) {
                return None;
            }
            let starts: Vec<i64> = along.iter().map(|along| along.lowest).collect();
            let copy = with_padding(data, shape, &padded, &starts, *padding);
            Some(walk(Cow::Owned(copy), &padded, read, own, over, &starts))
        }
    }
}

/// The walk through `data` of shape `shape`, whose first number has the index `starts`.
fn walk<'v>(data: Cow<'v, [f32]>, shape: &Shape, read: &Read, own: &Shape, over: &Shape, starts: &[i64]) -> Linear<'v> {
    let mut linear = Linear { data, base: 0, own: vec![0; own.rank()], over: vec![0; over.rank()] };
    for ((index, stride), start) in read.index.iter().zip(shape.strides()).zip(starts) {
        let Index::At(affine) = index else { continue };
        let stride = stride as i64;
        linear.base += (affine.constant - start) * stride;
        for &(axis, by) in &affine.terms {
            match axis {
                Axis::Own(axis) => linear.own[axis] += by * stride,
                Axis::Over(axis) => linear.over[axis] += by * stride,
            }
        }
    }
    linear
}

/// The numbers from `starts` on, `padding` where there are none.
fn with_padding(data: &[f32], shape: &Shape, padded: &Shape, starts: &[i64], padding: f32) -> Vec<f32> {
    let mut copy = vec![padding; padded.size()];
    let Some((&last, outer)) = padded.axes().split_last() else { return copy };
    let (n, start) = (shape.axes()[outer.len()] as i64, starts[outer.len()]);
    // The part of each row that is inside: from index `first` to before `end`.
    let (first, end) = (start.max(0), (start + last as i64).min(n));
    if first >= end {
        return copy;
    }
    let outer = Shape::from(outer);
    let strides = shape.strides();
    let mut row = 0;
    each_index(&outer, None, |index| {
        let mut at = index.iter().zip(starts).zip(shape.axes()).zip(&strides);
        let from = at.try_fold(0, |from, (((&i, &start), &length), &stride)| {
            let i = i as i64 + start;
            (0..length as i64).contains(&i).then(|| from + i as usize * stride)
        });
        if let Some(from) = from {
            let (from, to) = (from + first as usize, row * last + (first - start) as usize);
            let length = (end - first) as usize;
            copy[to..to + length].copy_from_slice(&data[from..from + length]);
        }
        row += 1;
    });
    copy
}
