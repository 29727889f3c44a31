//! Operators with which scikit-learn's models are exported.

use super::{
    graph::{Builder, Known},
    messages::NodeProto,
    operators::{Attributes, output},
};
use crate::{
    equation::{Array, Function},
    graph::{
        GraphError,
        op::{self, Operand},
    },
    network::Activation,
    words::formats,
};

/// scikit-learn's linear models: coefficients (units, inputs) in attributes.
pub(super) fn linear(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let value = builder.value(node, 0)?;
    let inputs = value.full.last().copied().unwrap_or(0).max(1);
    let coefficients = attributes.floats("coefficients").unwrap_or_default();
    let units = coefficients.len() / inputs;
    let kernel = Array::new([units, inputs], coefficients.to_vec())
        .and_then(|kernel| crate::file::torch::transposed(&kernel, &[1, 0]))
        .ok_or_else(|| Builder::fault(node, formats::no_weight_axis()))?;
    let bias = attributes.floats("intercepts").filter(|list| list.len() == units);
    let bias = bias.and_then(|list| Array::new([units], list.to_vec()));
    let activation = match attributes.text("post_transform").as_deref() {
        Some("SOFTMAX") => Activation::Softmax,
        Some("LOGISTIC") => Activation::Sigmoid,
        None | Some("NONE" | "") => Activation::Linear,
        Some(_) => return Err(Builder::fault(node, formats::gemm())),
    };
    let name = builder.layer_name(node, "linear");
    // A classifier gives the label first, then the scores.
    let scores = if node.op_type == "LinearClassifier" { node.output.get(1) } else { node.output.first() };
    let scores = scores.cloned().unwrap_or_default();
    builder.add(name, op::Dense::new(kernel, bias, activation), vec![value.source], &scores, value.hidden)
}

/// scikit-learn's scalers: (x - offset) * scale.
pub(super) fn scaler(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let value = builder.value(node, 0)?;
    let list = |name: &str| {
        let list = attributes.floats(name).unwrap_or_default();
        if let [one] = list {
            Array::scalar(*one)
        } else {
            Array::new([list.len()], list.to_vec()).unwrap_or(Array::scalar(0.0))
        }
    };
    let (offset, scale) = (list("offset"), list("scale"));
    let name = builder.operator_name(node);
    let centered = format!("{name}/centered");
    let operands = [Operand::Taken(0), Operand::Fixed(offset)];
    builder.add(
        centered.clone(),
        op::Elementwise::new(Function::Subtract, operands),
        vec![value.source],
        &centered,
        value.hidden,
    )?;
    let Some(Known::Value(before)) = builder.known.get(&centered).cloned() else { return Ok(()) };
    let operands = [Operand::Taken(0), Operand::Fixed(scale)];
    builder.add(
        name,
        op::Elementwise::new(Function::Multiply, operands),
        vec![before.source],
        output(node),
        value.hidden,
    )
}
