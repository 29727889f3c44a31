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
    graph::{GraphError, Operation, Source, op},
    network::Activation,
    words::formats,
};

pub(super) fn build(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let value = builder.value(node, 0)?;
    let both = attributes.text("direction").is_some_and(|direction| direction == "bidirectional");
    let initial = node.input.iter().skip(4).any(|name| !name.is_empty());
    let kinds = attributes.0.iter().any(|attribute| matches!(attribute.name.as_str(), "activations" | "clip"));
    if value.hidden != Some(1) || value.full.len() != 3 || both || initial || kinds {
        return Err(Builder::fault(node, formats::recurrent_onnx()));
    }
    let backwards = attributes.text("direction").is_some_and(|direction| direction == "reverse");
    let sequence = op::Sequence { backwards, return_sequences: true, return_state: true, ..op::Sequence::default() };
    let wrong = || Builder::fault(node, formats::no_weight_axis());
    let weights =
        |place: usize| -> Result<Array, GraphError> { direction(&builder.weights(node, place)?, 0).ok_or_else(wrong) };
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
    let operation: Arc<dyn Operation> = match node.op_type.as_str() {
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
    };
    let name = builder.layer_name(node, &node.op_type.to_lowercase());
    let made = builder.network.add_shared(name.clone(), name.clone(), operation, vec![value.source])?;
    let results = builder.network.node(made).results.len();
    // Y is (times, directions, samples, units), the last states are (directions, samples, units).
    for (place, output) in node.output.iter().enumerate().filter(|(_, output)| !output.is_empty()) {
        if place >= results {
            continue;
        }
        let source = Source { node: made, result: place };
        let axes = builder.network.value(source).map(|value| value.axes().to_vec()).unwrap_or_default();
        let (shape, full, hidden) = match *axes.as_slice() {
            [times, units] => (vec![times as i64, 1, units as i64], vec![times, 1, 1, units], 2),
            [units] => (vec![1, units as i64], vec![1, 1, units], 1),
            _ => continue,
        };
        let part = format!("{name}/result{place}");
        let turned = builder.network.add(part, op::Reshape::new(shape), [source])?;
        builder.rename(output, Flowing { source: turned.into(), full, hidden: Some(hidden) });
    }
    Ok(())
}
