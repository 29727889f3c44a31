//! Operators on images and sequences: channels stand first, behind the samples.

use super::{
    graph::{Builder, Flowing},
    messages::NodeProto,
    operators::{Attributes, output, shown},
};
use crate::{
    equation::Array,
    file::torch::transposed,
    graph::{
        GraphError,
        op::{self, BorderKind, Padding, PoolingKind},
    },
    network::Activation,
    words::formats,
};

/// The value, if its samples are its first axis.
fn image(builder: &Builder<'_>, node: &NodeProto) -> Result<(Flowing, usize), GraphError> {
    let value = builder.value(node, 0)?;
    if value.hidden != Some(0) || value.full.len() < 3 {
        return Err(Builder::fault(node, formats::samples_first()));
    }
    let rank = value.full.len() - 2;
    Ok((value, rank))
}

fn lengths(attributes: &Attributes<'_>, name: &str, rank: usize) -> Vec<usize> {
    let given = attributes.ints(name).unwrap_or_default();
    let given: Vec<usize> = given.iter().filter_map(|&n| usize::try_from(n).ok()).collect();
    if given.len() == rank { given } else { vec![1; rank] }
}

/// How much is added at each side.
fn padding(node: &NodeProto, attributes: &Attributes<'_>, rank: usize) -> Result<Padding, GraphError> {
    match attributes.text("auto_pad").as_deref() {
        Some("SAME_UPPER") => return Ok(Padding::Same),
        Some("VALID") => return Ok(Padding::Valid),
        Some("SAME_LOWER") => return Err(Builder::fault(node, formats::pooling_mode())),
        _ => {}
    }
    let pads: Option<Vec<usize>> =
        attributes.ints("pads").unwrap_or_default().iter().map(|&n| usize::try_from(n).ok()).collect();
    match pads {
        Some(pads) if pads.is_empty() => Ok(Padding::Valid),
        Some(pads) if pads.len() == 2 * rank => {
            Ok(Padding::sides(pads[..rank].iter().copied().zip(pads[rank..].iter().copied())))
        }
        _ => Err(Builder::fault(node, formats::pooling_mode())),
    }
}

pub(super) fn conv(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let (value, rank) = image(builder, node)?;
    let weights = builder.weights(node, 1)?;
    let bias = if node.input.len() > 2 { Some(builder.weights(node, 2)?) } else { None };
    let name = builder.layer_name(node, "conv");
    let wrong = || Builder::fault(node, formats::no_weight_axis());
    // (filters, channels, window..) to (window.., channels, filters)
    let order: Vec<usize> = (2..rank + 2).chain([1, 0]).collect();
    let conv = op::Conv::new(transposed(&weights, &order).ok_or_else(wrong)?, bias, Activation::Linear);
    let operation = op::Conv {
        strides: lengths(&attributes, "strides", rank),
        dilation: lengths(&attributes, "dilations", rank),
        padding: padding(node, &attributes, rank)?,
        groups: usize::try_from(attributes.int("group", 1)).unwrap_or(0),
        channels_first: true,
        ..conv
    };
    builder.add(name, operation, vec![value.source], output(node), value.hidden)
}

/// A transposed convolution; its weights are (channels, filters, window..).
pub(super) fn conv_transpose(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let (value, rank) = image(builder, node)?;
    let padding = padding(node, &attributes, rank)?;
    let says_length = attributes.ints("output_shape").is_some();
    if attributes.int("group", 1) != 1 || says_length || padding == Padding::Same {
        return Err(Builder::fault(node, formats::conv_transpose()));
    }
    let weights = builder.weights(node, 1)?;
    let bias = if node.input.len() > 2 { Some(builder.weights(node, 2)?) } else { None };
    let order: Vec<usize> = (2..rank + 2).chain([1, 0]).collect();
    let kernel = transposed(&weights, &order).ok_or_else(|| Builder::fault(node, formats::no_weight_axis()))?;
    let more = attributes.ints("output_padding").map(|_| lengths(&attributes, "output_padding", rank));
    let operation = op::ConvTranspose {
        strides: lengths(&attributes, "strides", rank),
        dilation: lengths(&attributes, "dilations", rank),
        // Valid windows of Keras end where the kernel ends, whatever the stride; ONNX cuts nothing off.
        padding: if padding == Padding::Valid { Padding::sides([]) } else { padding },
        output_padding: more,
        channels_first: true,
        ..op::ConvTranspose::new(kernel, bias, Activation::Linear)
    };
    let name = builder.layer_name(node, "conv_transpose");
    builder.add(name, operation, vec![value.source], output(node), value.hidden)
}

pub(super) fn pooling(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let (value, rank) = image(builder, node)?;
    let name = builder.operator_name(node);
    let kind = if node.op_type.contains("Max") { PoolingKind::Max } else { PoolingKind::Average };
    if node.op_type.starts_with("Global") {
        let operation = op::GlobalPooling { kind, spatial: rank, keep: true, channels_first: true };
        return builder.add(name, operation, vec![value.source], output(node), value.hidden);
    }
    let dilated = attributes.ints("dilations").unwrap_or_default().iter().any(|&n| n != 1);
    if dilated || attributes.int("ceil_mode", 0) != 0 {
        return Err(Builder::fault(node, formats::pooling_mode()));
    }
    let operation = op::Pooling {
        kind,
        size: lengths(&attributes, "kernel_shape", rank),
        strides: lengths(&attributes, "strides", rank),
        padding: padding(node, &attributes, rank)?,
        channels_first: true,
        divides_by_window: attributes.int("count_include_pad", 0) != 0,
    };
    builder.add(name, operation, vec![value.source], output(node), value.hidden)
}

pub(super) fn batch_normalization(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    if value.hidden != Some(0) {
        return Err(Builder::fault(node, formats::samples_first()));
    }
    let operation = op::BatchNormalization {
        axis: 1,
        epsilon: Attributes::of(node).float("epsilon", 1e-5),
        gamma: Some(builder.weights(node, 1)?),
        beta: Some(builder.weights(node, 2)?),
        mean: builder.weights(node, 3)?,
        variance: builder.weights(node, 4)?,
        momentum: Attributes::of(node).float("momentum", 0.9),
    };
    let name = builder.layer_name(node, "batch_normalization");
    builder.add(name, operation, vec![value.source], output(node), value.hidden)
}

pub(super) fn layer_normalization(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let value = builder.value(node, 0)?;
    let Some(axis) = shown(&value, attributes.int("axis", -1)) else {
        return Err(Builder::fault(node, formats::samples_apart()));
    };
    let rank = value.full.len() - usize::from(value.hidden.is_some());
    let axes: Vec<i64> = (axis..rank).map(|axis| axis as i64 - rank as i64).collect();
    let operation = op::LayerNormalization {
        axes,
        epsilon: attributes.float("epsilon", 1e-5),
        gamma: Some(builder.weights(node, 1)?),
        beta: if node.input.len() > 2 { Some(builder.weights(node, 2)?) } else { None },
    };
    let name = builder.layer_name(node, "layer_normalization");
    builder.add(name, operation, vec![value.source], output(node), value.hidden)
}

/// Zeros at the sides of each axis but that of the samples.
pub(super) fn pad(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let value = builder.value(node, 0)?;
    let given = builder.constant(node, 1).map(super::Constant::integers);
    let pads = given.or_else(|| attributes.ints("pads").map(<[i64]>::to_vec)).unwrap_or_default();
    let filling = builder.constant(node, 2).and_then(super::Constant::scalar).unwrap_or(0.0);
    let constant = attributes.text("mode").is_none_or(|mode| mode == "constant");
    let rank = value.full.len();
    let pads: Option<Vec<usize>> = pads.iter().map(|&n| usize::try_from(n).ok()).collect();
    let pads = pads.filter(|pads| pads.len() == 2 * rank && constant && filling == 0.0);
    let pads = pads.ok_or_else(|| Builder::fault(node, formats::padding_mode()))?;
    let mut pairs: Vec<(usize, usize)> = pads[..rank].iter().copied().zip(pads[rank..].iter().copied()).collect();
    if let Some(hidden) = value.hidden
        && pairs.remove(hidden) != (0, 0)
    {
        return Err(Builder::fault(node, formats::samples_apart()));
    }
    let name = builder.operator_name(node);
    let (first, last) = (pairs.first() == Some(&(0, 0)), pairs.last() == Some(&(0, 0)));
    let (kind, channels_first) = if last {
        pairs.pop();
        (BorderKind::Padding(pairs), false)
    } else if first {
        pairs.remove(0);
        (BorderKind::Padding(pairs), true)
    } else {
        return Err(Builder::fault(node, formats::padding_mode()));
    };
    builder.add(name, op::Border { kind, channels_first }, vec![value.source], output(node), value.hidden)
}

/// An array of one direction of a recurrent operator: its first axis taken away.
pub(super) fn direction(array: &Array, at: usize) -> Option<Array> {
    let (&directions, rest) = array.shape().axes().split_first()?;
    let size: usize = rest.iter().product();
    (at < directions).then(|| Array::new(rest, array.values()[at * size..(at + 1) * size].to_vec())).flatten()
}
