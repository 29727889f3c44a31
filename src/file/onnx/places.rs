//! Operators of ONNX that put numbers in other places: rows of tables, slices, other axes, other shapes.

use super::{
    graph::{Builder, Flowing},
    messages::NodeProto,
    operators::{Attributes, output, shown},
};
use crate::{
    graph::{GraphError, Source, op},
    words::formats,
};

/// Axes of a value, at most.
const MOST_AXES: usize = 16;

/// Rows of a table: an embedding.
pub(super) fn gather(
    builder: &mut Builder<'_>,
    node: &NodeProto,
    attributes: &Attributes<'_>,
) -> Result<(), GraphError> {
    if attributes.int("axis", 0) == 0
        && let (Ok(table), Ok(value)) = (builder.weights(node, 0), builder.value(node, 1))
        && table.shape().rank() == 2
    {
        let name = builder.layer_name(node, "embedding");
        let operation = op::Embedding { embeddings: table, mask_zero: false };
        return builder.add(name, operation, vec![value.source], output(node), value.hidden);
    }
    // One place, or several, of a value.
    let value = builder.value(node, 0)?;
    let place = builder.constant(node, 1).map(|constant| (constant.shape.len(), constant.integers()));
    let (Some((0, places)), Some(axis)) = (place, shown(&value, attributes.int("axis", 0))) else {
        return Err(Builder::fault(node, formats::gather()));
    };
    let mut parts = whole(builder, &value);
    let n = parts.get(axis).map_or(0, |part| part.2) as i64;
    let first = places.first().copied().unwrap_or(0);
    parts[axis] = (usize::try_from(if first < 0 { first + n } else { first }).unwrap_or(usize::MAX), 1, 1);
    let name = builder.operator_name(node);
    let part = Source::from(builder.network.add(format!("{name}/part"), op::Slice { parts }, [value.source])?);
    let mut full = value.full.clone();
    let at = value.hidden.map_or(axis, |hidden| axis + usize::from(axis >= hidden));
    full[at] = 1;
    let before = Flowing { source: part, full: full.clone(), hidden: value.hidden };
    full.remove(at);
    builder.reshape(node, &before, full)
}

/// All of a value, as a slice.
fn whole(builder: &Builder<'_>, value: &Flowing) -> Vec<(usize, i64, usize)> {
    let axes = builder.network.value(value.source).map(|value| value.axes().to_vec()).unwrap_or_default();
    axes.into_iter().map(|n| (0, 1, n)).collect()
}

pub(super) fn transpose(
    builder: &mut Builder<'_>,
    node: &NodeProto,
    attributes: &Attributes<'_>,
) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    let rank = value.full.len();
    let order: Vec<usize> = match attributes.ints("perm") {
        Some(order) => order.iter().filter_map(|&axis| usize::try_from(axis).ok()).collect(),
        None => (0..rank).rev().collect(),
    };
    if order.len() != rank || (0..rank).any(|axis| !order.contains(&axis)) {
        return Err(Builder::fault(node, formats::no_weight_axis()));
    }
    let full: Vec<usize> = order.iter().map(|&axis| value.full[axis]).collect();
    let hidden = value.hidden.and_then(|hidden| order.iter().position(|&axis| axis == hidden));
    let dims: Vec<usize> = order.iter().filter_map(|&axis| shown(&value, axis as i64)).map(|axis| axis + 1).collect();
    if dims.iter().enumerate().all(|(at, &dim)| dim == at + 1) {
        builder.rename(output(node), Flowing { source: value.source, full, hidden });
        return Ok(());
    }
    let name = builder.operator_name(node);
    builder.add(name, op::Permute::new(dims), vec![value.source], output(node), hidden)
}

pub(super) fn concatenate(
    builder: &mut Builder<'_>,
    node: &NodeProto,
    attributes: &Attributes<'_>,
) -> Result<(), GraphError> {
    let values: Result<Vec<Flowing>, GraphError> =
        (0..node.input.len()).map(|place| builder.value(node, place)).collect();
    let values = values?;
    let axis = values.first().and_then(|value| shown(value, attributes.int("axis", 0)));
    let Some(axis) = axis else { return Err(Builder::fault(node, formats::samples_apart())) };
    let hidden = values[0].hidden;
    let name = builder.operator_name(node);
    let from = values.iter().map(|value| value.source).collect();
    builder.add(name, op::Concatenate { axis: axis as i64 + 1 }, from, output(node), hidden)
}

pub(super) fn slice(
    builder: &mut Builder<'_>,
    node: &NodeProto,
    attributes: &Attributes<'_>,
) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    let list = |place: usize, name: &str| {
        let given = builder.constant(node, place).map(super::Constant::integers);
        given.or_else(|| attributes.ints(name).map(<[i64]>::to_vec))
    };
    let (Some(starts), Some(ends)) = (list(1, "starts"), list(2, "ends")) else {
        return Err(Builder::fault(node, formats::no_constant(1)));
    };
    let axes = list(3, "axes").unwrap_or_else(|| (0..starts.len() as i64).collect());
    let steps = list(4, "steps").unwrap_or_else(|| vec![1; starts.len()]);
    let mut parts = whole(builder, &value);
    for (((&start, &end), &axis), &step) in starts.iter().zip(&ends).zip(&axes).zip(&steps) {
        let Some(axis) = shown(&value, axis) else {
            // All samples, which is one.
            if start == 0 && end != 0 {
                continue;
            }
            return Err(Builder::fault(node, formats::samples_apart()));
        };
        let n = parts[axis].2 as i64;
        if n == 0 || step == 0 {
            return Err(Builder::fault(node, formats::no_constant(4)));
        }
        let place = |at: i64| if at < 0 { at.saturating_add(n) } else { at };
        let (begin, stop) = if step > 0 {
            (place(start).clamp(0, n), place(end).clamp(0, n))
        } else {
            (place(start).clamp(0, n - 1), place(end).clamp(-1, n - 1))
        };
        let length = ((stop - begin) / step + i64::from((stop - begin) % step != 0)).max(0);
        parts[axis] = (usize::try_from(begin).unwrap_or(0), step, usize::try_from(length).unwrap_or(0));
    }
    let name = builder.operator_name(node);
    builder.add(name, op::Slice { parts }, vec![value.source], output(node), value.hidden)
}

pub(super) fn shapes(
    builder: &mut Builder<'_>,
    node: &NodeProto,
    attributes: &Attributes<'_>,
) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    let given = builder.constant(node, 1).map(super::Constant::integers);
    let axes = || given.clone().or_else(|| attributes.ints("axes").map(<[i64]>::to_vec));
    let rank = value.full.len() as i64;
    let size: usize = value.full.iter().product();
    let full: Vec<usize> = match node.op_type.as_str() {
        "Flatten" => {
            let axis = attributes.int("axis", 1);
            let axis = usize::try_from(if axis < 0 { axis + rank } else { axis }).unwrap_or(0).min(value.full.len());
            vec![value.full[..axis].iter().product(), value.full[axis..].iter().product()]
        }
        "Squeeze" => {
            let axes: Option<Vec<i64>> =
                axes().map(|axes| axes.iter().map(|&a| if a < 0 { a + rank } else { a }).collect());
            let goes = |(at, &n): (usize, &usize)| axes.as_ref().map_or(n == 1, |axes| axes.contains(&(at as i64)));
            value.full.iter().enumerate().filter(|&(at, n)| !goes((at, n))).map(|(_, &n)| n).collect()
        }
        "Unsqueeze" => {
            let axes = axes().unwrap_or_default();
            if axes.len() > MOST_AXES {
                return Err(Builder::fault(node, formats::no_weight_axis()));
            }
            let after = rank + axes.len() as i64;
            let mut full = value.full.clone();
            let mut places: Vec<i64> = axes.iter().map(|&a| if a < 0 { a + after } else { a }).collect();
            places.sort_unstable();
            for place in places {
                full.insert(usize::try_from(place).unwrap_or(0).min(full.len()), 1);
            }
            full
        }
        _ => {
            let target = given.filter(|target| target.len() <= MOST_AXES);
            let target = target.ok_or_else(|| Builder::fault(node, formats::no_constant(1)))?;
            let lengths = |(at, &n): (usize, &i64)| match n {
                0 => value.full.get(at).copied(),
                n => usize::try_from(n).ok(),
            };
            let known: usize = target.iter().enumerate().filter_map(lengths).fold(1, usize::saturating_mul);
            target.iter().enumerate().map(|axis| lengths(axis).unwrap_or(size / known.max(1))).collect()
        }
    };
    if full.iter().fold(1, |size: usize, &n| size.saturating_mul(n)) != size {
        return Err(Builder::fault(node, formats::other_size()));
    }
    builder.reshape(node, &value, full)
}
