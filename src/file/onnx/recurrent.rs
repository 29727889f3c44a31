//! LSTM, GRU and RNN: sequences of shape (times, samples, inputs), weights (directions, gates * units, inputs).

use std::sync::Arc;

use super::{
    conv::direction,
    graph::{Builder, Flowing},
    messages::NodeProto,
    operators::Attributes,
};
use crate::{
    equation::Array,
    file::torch::transposed,
    graph::{GraphError, NodeId, Operation, Source, op},
    network::Activation,
    words::formats,
};

pub(super) fn build(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let value = builder.value(node, 0)?;
    let way = attributes.text("direction").unwrap_or_default();
    let both = way == "bidirectional";
    let initial = node.input.iter().skip(4).any(|name| !name.is_empty());
    let kinds = attributes.0.iter().any(|attribute| match attribute.name.as_str() {
        "activations" => !are_usual(&node.op_type, attribute.strings.iter()),
        "clip" => true,
        _ => false,
    });
    if value.hidden != Some(1) || value.full.len() != 3 || initial || kinds {
        return Err(Builder::fault(node, formats::recurrent_onnx()));
    }
    let one = |at: usize, backwards: bool| one_direction(builder, node, at, backwards);
    let operation: Arc<dyn Operation> = if both {
        let (forward, backward) = (one(0, false)?, one(1, true)?);
        Arc::new(op::Bidirectional { forward, backward, join: op::JoinKind::Concat })
    } else {
        one(0, way == "reverse")?
    };
    let name = builder.layer_name(node, &node.op_type.to_lowercase());
    let made = builder.network.add_shared(name.clone(), name.clone(), operation, vec![value.source])?;
    // Y is (times, directions, samples, units), the last states are (directions, samples, units).
    for (place, output) in node.output.iter().enumerate().filter(|(_, output)| !output.is_empty()) {
        let Some(mut source) = result(builder, &name, made, place, both)? else { continue };
        let axes = builder.network.value(source).map(|value| value.axes().to_vec()).unwrap_or_default();
        let directions = if both { 2 } else { 1 };
        let (shape, full, hidden) = match *axes.as_slice() {
            [times, units] => {
                if way == "reverse" {
                    // The layer gives its results in the order in which it computes them.
                    let parts = vec![(times.saturating_sub(1), -1, times), (0, 1, units)];
                    source = builder.network.add(format!("{name}/turned"), op::Slice { parts }, [source])?.into();
                }
                let units = units / directions;
                (vec![times as i64, directions as i64, units as i64], vec![times, directions, 1, units], 2)
            }
            [units] => {
                let units = units / directions;
                (vec![directions as i64, units as i64], vec![directions, 1, units], 1)
            }
            _ => continue,
        };
        let part = format!("{name}/result{place}");
        let turned = builder.network.add(part, op::Reshape::new(shape), [source])?;
        builder.rename(output, Flowing { source: turned.into(), full, hidden: Some(hidden) });
    }
    Ok(())
}

/// The activations that are meant if nothing is said, once for each direction.
fn are_usual<'a>(kind: &str, names: impl Iterator<Item = &'a Vec<u8>>) -> bool {
    let usual: &[&str] = match kind {
        "LSTM" => &["Sigmoid", "Tanh", "Tanh"],
        "GRU" => &["Sigmoid", "Tanh"],
        _ => &["Tanh"],
    };
    names.zip(usual.iter().cycle()).all(|(name, usual)| name.eq_ignore_ascii_case(usual.as_bytes()))
}

/// Result number `place` of the operator; the last states of two directions one behind the other.
fn result(
    builder: &mut Builder<'_>,
    name: &str,
    made: NodeId,
    place: usize,
    both: bool,
) -> Result<Option<Source>, GraphError> {
    let results = builder.network.node(made).results.len();
    let at = |result: usize| (result < results).then_some(Source { node: made, result });
    if !both || place == 0 {
        return Ok(at(place));
    }
    // The joined sequence, then the states of one direction, then those of the other.
    let states = (results - 1) / 2;
    let (Some(one), Some(other)) = (at(place), at(place + states)) else { return Ok(None) };
    let joined = builder.network.add(format!("{name}/states{place}"), op::Concatenate { axis: -1 }, [one, other])?;
    Ok(Some(joined.into()))
}

/// The layer of one direction: its weights are at `at` of the first axis.
fn one_direction(
    builder: &Builder<'_>,
    node: &NodeProto,
    at: usize,
    backwards: bool,
) -> Result<Arc<dyn Operation>, GraphError> {
    let attributes = Attributes::of(node);
    let sequence = op::Sequence { backwards, return_sequences: true, return_state: true, ..op::Sequence::default() };
    let wrong = || Builder::fault(node, formats::no_weight_axis());
    let weights =
        |place: usize| -> Result<Array, GraphError> { direction(&builder.weights(node, place)?, at).ok_or_else(wrong) };
    let kernel = transposed(&weights(1)?, &[1, 0]).ok_or_else(wrong)?;
    let recurrent_kernel = transposed(&weights(2)?, &[1, 0]).ok_or_else(wrong)?;
    let biases = if node.input.get(3).is_some_and(|name| !name.is_empty()) { Some(weights(3)?) } else { None };
    let half = |second: bool| {
        biases.as_ref().and_then(|both| {
            let (one, two) = both.values().split_at(both.values().len() / 2);
            Array::new([one.len()], if second { two } else { one }.to_vec())
        })
    };
    let (bias, recurrent_bias) = (half(false), half(true));
    Ok(match node.op_type.as_str() {
        "LSTM" => Arc::new(op::Lstm {
            kernel,
            recurrent_kernel,
            bias,
            recurrent_bias,
            order: op::Gate::ONNX,
            activation: Activation::Tanh,
            recurrent_activation: Activation::Sigmoid,
            sequence,
        }),
        "GRU" if attributes.int("linear_before_reset", 0) == 0 && recurrent_bias.is_some() => {
            return Err(Builder::fault(node, formats::recurrent_onnx()));
        }
        "GRU" => Arc::new(op::Gru {
            kernel,
            recurrent_kernel,
            bias,
            recurrent_bias,
            order: op::GruGate::KERAS,
            reset_after: attributes.int("linear_before_reset", 0) != 0,
            keeps_old: true,
            activation: Activation::Tanh,
            recurrent_activation: Activation::Sigmoid,
            sequence,
        }),
        _ => Arc::new(op::SimpleRnn {
            kernel,
            recurrent_kernel,
            bias,
            recurrent_bias,
            activation: Activation::Tanh,
            sequence,
        }),
    })
}
