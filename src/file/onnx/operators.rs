//! Each operator of ONNX as an operation of the graph.

use super::{
    conv,
    graph::{Builder, Flowing},
    messages::{AttributeProto, NodeProto},
    places, recurrent, sklearn,
};
use crate::{
    equation::{Array, Function},
    graph::{
        GraphError, Source,
        op::{self, Operand, ReduceKind},
    },
    network::Activation,
    words::formats,
};

/// Attributes of an operator.
pub(super) struct Attributes<'n>(pub(super) &'n [AttributeProto]);

impl<'n> Attributes<'n> {
    pub(super) fn of(node: &'n NodeProto) -> Self {
        Self(&node.attribute)
    }

    fn get(&self, name: &str) -> Option<&'n AttributeProto> {
        self.0.iter().find(|attribute| attribute.name == name)
    }

    pub(super) fn int(&self, name: &str, default: i64) -> i64 {
        self.get(name).map_or(default, |attribute| attribute.i)
    }

    pub(super) fn float(&self, name: &str, default: f32) -> f32 {
        self.get(name).map_or(default, |attribute| attribute.f)
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(|attribute| String::from_utf8_lossy(&attribute.s).into_owned())
    }

    pub(super) fn ints(&self, name: &str) -> Option<&'n [i64]> {
        self.get(name).map(|attribute| attribute.ints.as_slice())
    }

    pub(super) fn floats(&self, name: &str) -> Option<&'n [f32]> {
        self.get(name).map(|attribute| attribute.floats.as_slice())
    }
}

pub(super) fn build(builder: &mut Builder<'_>, at: usize, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    if let Some(activation) = activation(node, &attributes) {
        let value = builder.value(node, 0)?;
        let name = builder.operator_name(node);
        return builder.add(name, op::Activate(activation), vec![value.source], output(node), value.hidden);
    }
    if let Some(function) = function(&node.op_type) {
        return elementwise(builder, node, function, &(0..node.input.len()).collect::<Vec<_>>());
    }
    match node.op_type.as_str() {
        "Identity" | "Dropout" | "Cast" | "ZipMap" => {
            let value = builder.value(node, 0)?;
            builder.rename(output(node), value);
            Ok(())
        }
        "MatMul" | "Gemm" => dense(builder, at, node),
        "LinearRegressor" | "LinearClassifier" => sklearn::linear(builder, node),
        "Scaler" => sklearn::scaler(builder, node),
        "Softmax" | "LogSoftmax" => softmax(builder, node),
        "Conv" => conv::conv(builder, node),
        "ConvTranspose" => conv::conv_transpose(builder, node),
        "MaxPool" | "AveragePool" | "GlobalAveragePool" | "GlobalMaxPool" => conv::pooling(builder, node),
        "BatchNormalization" => conv::batch_normalization(builder, node),
        "LayerNormalization" => conv::layer_normalization(builder, node),
        "Pad" => conv::pad(builder, node),
        "LSTM" | "GRU" | "RNN" => recurrent::build(builder, node),
        "Less" => elementwise(builder, node, Function::Above, &[1, 0]),
        "LessOrEqual" => elementwise(builder, node, Function::AtLeast, &[1, 0]),
        "Neg" => with_number(builder, node, Function::Multiply, -1.0, false),
        "Not" => with_number(builder, node, Function::Subtract, 1.0, true),
        "Reciprocal" => with_number(builder, node, Function::Divide, 1.0, true),
        "Clip" => clip(builder, node, &attributes),
        "Pow" => power(builder, node),
        "PRelu" => prelu(builder, node),
        "Gather" => places::gather(builder, node, &attributes),
        "Transpose" => places::transpose(builder, node, &attributes),
        "Concat" => places::concatenate(builder, node, &attributes),
        "Slice" => places::slice(builder, node, &attributes),
        "Reshape" | "Flatten" | "Squeeze" | "Unsqueeze" => places::shapes(builder, node, &attributes),
        kind => match reduction(kind) {
            Some(reduction) => reduce(builder, node, reduction, &attributes),
            None => Err(GraphError::Class {
                layer: node.name.clone(),
                class: node.op_type.clone(),
                known: formats::onnx_operators(),
            }),
        },
    }
}

pub(super) fn output(node: &NodeProto) -> &str {
    node.output.first().map_or("", String::as_str)
}

fn activation(node: &NodeProto, attributes: &Attributes<'_>) -> Option<Activation> {
    Some(match node.op_type.as_str() {
        "Relu" => Activation::Relu,
        "Tanh" => Activation::Tanh,
        "Sigmoid" => Activation::Sigmoid,
        "Softplus" => Activation::Softplus,
        "Softsign" => Activation::Softsign,
        "Mish" => Activation::Mish,
        "Exp" => Activation::Exponential,
        "HardSwish" => Activation::HardSilu,
        "Gelu" if attributes.text("approximate").as_deref() == Some("tanh") => Activation::GeluTanh,
        "Gelu" => Activation::Gelu,
        "LeakyRelu" => Activation::LeakyRelu { slope: attributes.float("alpha", 0.01) },
        "Elu" => Activation::Elu { alpha: attributes.float("alpha", 1.0) },
        "Celu" => Activation::Celu { alpha: attributes.float("alpha", 1.0) },
        "Selu" => Activation::Selu,
        "ThresholdedRelu" => Activation::Threshold { threshold: attributes.float("alpha", 1.0), value: 0.0 },
        "HardSigmoid" if (attributes.float("alpha", 0.2) - 0.2).abs() < 1e-6 => Activation::HardSigmoidKeras2,
        "HardSigmoid" if (attributes.float("alpha", 0.2) - 1.0 / 6.0).abs() < 1e-6 => Activation::HardSigmoid,
        _ => return None,
    })
}

fn function(operator: &str) -> Option<Function> {
    Some(match operator {
        "Add" | "Sum" => Function::Add,
        "Sub" => Function::Subtract,
        "Mul" | "And" => Function::Multiply,
        "Div" => Function::Divide,
        "Max" => Function::Maximum,
        "Min" => Function::Minimum,
        "Sqrt" => Function::SquareRoot,
        "Erf" => Function::Erf,
        "Log" => Function::Logarithm,
        "Greater" => Function::Above,
        "GreaterOrEqual" => Function::AtLeast,
        "Where" => Function::Select,
        _ => return None,
    })
}

fn reduction(operator: &str) -> Option<ReduceKind> {
    Some(match operator {
        "ReduceMean" => ReduceKind::Mean,
        "ReduceSum" => ReduceKind::Sum,
        "ReduceMax" => ReduceKind::Largest,
        "ReduceMin" => ReduceKind::Smallest,
        "ArgMax" => ReduceKind::Argmax,
        _ => return None,
    })
}

/// A constant beside values of rank `rank` with a hidden axis: without that axis, if it reaches so far.
fn beside(constant: Array, rank: usize, hidden: Option<usize>) -> Option<Array> {
    let axes = constant.shape().axes();
    let Some(hidden) = hidden else { return Some(constant) };
    // Axes are counted from behind.
    let Some(at) = (hidden + axes.len()).checked_sub(rank) else { return Some(constant) };
    let mut without = axes.to_vec();
    if without.get(at) != Some(&1) {
        return None;
    }
    without.remove(at);
    Array::new(without, constant.values().to_vec())
}

/// A function of values and constants.
fn elementwise(
    builder: &mut Builder<'_>,
    node: &NodeProto,
    function: Function,
    places: &[usize],
) -> Result<(), GraphError> {
    let values: Vec<Flowing> = places.iter().filter_map(|&place| builder.value(node, place).ok()).collect();
    let rank = values.iter().map(|value| value.full.len()).max().unwrap_or(0);
    // What is hidden, counted from behind, must be the same axis everywhere.
    let hidden = values.iter().find_map(|value| value.hidden.map(|hidden| hidden + rank - value.full.len()));
    let apart = values.iter().any(|value| value.hidden.is_some_and(|at| Some(at + rank - value.full.len()) != hidden));
    if apart {
        return Err(Builder::fault(node, formats::samples_apart()));
    }
    let (mut operands, mut from) = (Vec::new(), Vec::new());
    for &place in places {
        if let Ok(value) = builder.value(node, place) {
            operands.push(Operand::Taken(from.len()));
            from.push(value.source);
        } else {
            let constant = builder.weights(node, place)?;
            let longest = rank.max(constant.shape().rank());
            let fixed = beside(constant, longest, hidden.map(|hidden| hidden + longest - rank));
            operands.push(Operand::Fixed(fixed.ok_or_else(|| Builder::fault(node, formats::samples_apart()))?));
        }
    }
    let name = builder.operator_name(node);
    builder.add(name, op::Elementwise::new(function, operands), from, output(node), hidden)
}

/// A function of a value and a number; `first` puts the number before the value.
fn with_number(
    builder: &mut Builder<'_>,
    node: &NodeProto,
    function: Function,
    number: f32,
    first: bool,
) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    let mut operands = vec![Operand::Taken(0), Operand::Fixed(Array::scalar(number))];
    if first {
        operands.reverse();
    }
    let name = builder.operator_name(node);
    builder.add(name, op::Elementwise::new(function, operands), vec![value.source], output(node), value.hidden)
}

/// What follows a sum and belongs to its layer: a bias that is a list, and an activation.
struct Behind {
    bias: Option<Array>,
    activation: Activation,
    output: String,
}

impl Behind {
    fn of(builder: &mut Builder<'_>, node: &NodeProto, units: usize, bias: Option<Array>, rank: usize) -> Self {
        let mut behind = Self { bias, activation: Activation::Linear, output: output(node).to_owned() };
        if behind.bias.is_none()
            && let Some((at, next)) = builder.only_use(&behind.output)
            && next.op_type == "Add"
            && let Some(place) = next.input.iter().position(|name| *name != behind.output)
            && let Ok(array) = builder.weights(next, place)
            && array.values().len() == units
            && array.shape().axes().last() == Some(&units)
        {
            behind.bias = Array::new([units], array.values().to_vec());
            builder.joined.insert(at);
            output(next).clone_into(&mut behind.output);
        }
        if let Some((at, next)) = builder.only_use(&behind.output) {
            let activation = match next.op_type.as_str() {
                "Softmax" if rank == 2 && matches!(Attributes::of(next).int("axis", -1), -1 | 1) => {
                    Some(Activation::Softmax)
                }
                "Softmax" => None,
                _ => activation(next, &Attributes::of(next)),
            };
            if let Some(activation) = activation {
                behind.activation = activation;
                builder.joined.insert(at);
                output(next).clone_into(&mut behind.output);
            }
        }
        behind
    }
}

fn dense(builder: &mut Builder<'_>, _at: usize, node: &NodeProto) -> Result<(), GraphError> {
    let attributes = Attributes::of(node);
    let value = builder.value(node, 0)?;
    let Ok(mut kernel) = builder.weights(node, 1) else {
        let other = builder.value(node, 1)?;
        if node.op_type == "Gemm"
            || other.hidden.map(|at| other.full.len() - at) != value.hidden.map(|at| value.full.len() - at)
        {
            return Err(Builder::fault(node, formats::samples_apart()));
        }
        let name = builder.operator_name(node);
        return builder.add(name, op::MatrixProduct, vec![value.source, other.source], output(node), value.hidden);
    };
    let mut bias = None;
    if node.op_type == "Gemm" {
        if attributes.int("transA", 0) != 0
            || attributes.float("alpha", 1.0) != 1.0
            || attributes.float("beta", 1.0) != 1.0
        {
            return Err(Builder::fault(node, formats::gemm()));
        }
        if attributes.int("transB", 0) != 0 {
            kernel = crate::file::torch::transposed(&kernel, &[1, 0])
                .ok_or_else(|| Builder::fault(node, formats::no_weight_axis()))?;
        }
        if node.input.len() > 2 {
            let given = builder.weights(node, 2)?;
            let units = kernel.shape().axes().last().copied().unwrap_or(0);
            let list = given.values().to_vec();
            bias = Array::new([units], if list.len() == 1 { vec![list[0]; units] } else { list });
        }
    }
    let &[_, units] = kernel.shape().axes() else {
        return Err(Builder::fault(node, formats::no_weight_axis()));
    };
    let behind = Behind::of(builder, node, units, bias, value.full.len());
    let name = builder.layer_name(node, "dense");
    let operation = op::Dense::new(kernel, behind.bias, behind.activation);
    builder.add(name, operation, vec![value.source], &behind.output, value.hidden)
}

/// Where an axis of the whole shape is in the array; `None` for the hidden one.
pub(super) fn shown(value: &Flowing, axis: i64) -> Option<usize> {
    let rank = value.full.len() as i64;
    let axis =
        usize::try_from(if axis < 0 { axis + rank } else { axis }).ok().filter(|&axis| axis < value.full.len())?;
    match value.hidden {
        Some(hidden) if axis == hidden => None,
        Some(hidden) if axis > hidden => Some(axis - 1),
        _ => Some(axis),
    }
}

fn softmax(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    let old = builder.onnx.version < 13;
    let axis = Attributes::of(node).int("axis", if old { 1 } else { -1 });
    let Some(axis) = shown(&value, axis) else { return Err(Builder::fault(node, formats::samples_apart())) };
    let rank = value.full.len() - usize::from(value.hidden.is_some());
    let name = builder.operator_name(node);
    // Before version 13 all axes from this one on are one list.
    let axes: Vec<i64> = if old {
        (axis..rank).map(|axis| axis as i64 - rank as i64).collect()
    } else {
        vec![axis as i64 - rank as i64]
    };
    if node.op_type == "LogSoftmax" {
        if axis + 1 != rank {
            return Err(Builder::fault(node, formats::axis_last(axis)));
        }
        return builder.add(name, op::Activate(Activation::LogSoftmax), vec![value.source], output(node), value.hidden);
    }
    builder.add(name, op::SoftmaxLayer::new(axes), vec![value.source], output(node), value.hidden)
}

fn clip(builder: &mut Builder<'_>, node: &NodeProto, attributes: &Attributes<'_>) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    let bound = |place: usize, name: &str| {
        let given = builder.constant(node, place).and_then(super::Constant::scalar);
        given.or_else(|| attributes.0.iter().find(|a| a.name == name).map(|a| a.f))
    };
    let (low, high) = (bound(1, "min"), bound(2, "max"));
    let name = builder.operator_name(node);
    let mut from = value.source;
    for (number, function, part) in [(low, Function::Maximum, "low"), (high, Function::Minimum, "high")] {
        let Some(number) = number else { continue };
        let part = format!("{name}/{part}");
        let operation = op::Elementwise::new(function, [Operand::Taken(0), Operand::Fixed(Array::scalar(number))]);
        from = Source::from(builder.network.add(part, operation, [from])?);
    }
    let clipped = builder.flowing(from, value.hidden);
    builder.rename(output(node), clipped);
    Ok(())
}

fn power(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    let exponent = builder.constant(node, 1).and_then(super::Constant::scalar);
    let function = match exponent {
        Some(2.0) => Function::Square,
        Some(0.5) => Function::SquareRoot,
        _ => return Err(Builder::fault(node, formats::exponent())),
    };
    let name = builder.operator_name(node);
    builder.add(
        name,
        op::Elementwise::new(function, [Operand::Taken(0)]),
        vec![value.source],
        output(node),
        value.hidden,
    )
}

fn prelu(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    let slopes = builder.weights(node, 1)?;
    let slopes =
        beside(slopes, value.full.len(), value.hidden).ok_or_else(|| Builder::fault(node, formats::samples_apart()))?;
    let rank = value.full.len() - usize::from(value.hidden.is_some());
    let mut axes = vec![1; rank.saturating_sub(slopes.shape().rank())];
    axes.extend(slopes.shape().axes());
    let slopes =
        Array::new(axes, slopes.values().to_vec()).ok_or_else(|| Builder::fault(node, formats::no_weight_axis()))?;
    let name = builder.operator_name(node);
    builder.add(name, op::PRelu::new(slopes), vec![value.source], output(node), value.hidden)
}

fn reduce(
    builder: &mut Builder<'_>,
    node: &NodeProto,
    kind: ReduceKind,
    attributes: &Attributes<'_>,
) -> Result<(), GraphError> {
    let value = builder.value(node, 0)?;
    let given = builder.constant(node, 1).map(super::Constant::integers);
    let given = given.or_else(|| attributes.ints("axes").map(<[i64]>::to_vec));
    let given = if kind == ReduceKind::Argmax { Some(vec![attributes.int("axis", 0)]) } else { given };
    let rank = value.full.len();
    let axes = given.unwrap_or_else(|| (0..rank as i64).collect());
    let shown_axes: Option<Vec<usize>> = axes.iter().map(|&axis| shown(&value, axis)).collect();
    let Some(shown_axes) = shown_axes else { return Err(Builder::fault(node, formats::samples_apart())) };
    let keep = attributes.int("keepdims", 1) != 0;
    // Without the axes before it the hidden one moves to the front.
    let hidden = value.hidden.map(|hidden| {
        let before = axes.iter().filter(|&&axis| {
            let axis = if axis < 0 { axis + rank as i64 } else { axis };
            axis < hidden as i64
        });
        if keep { hidden } else { hidden.saturating_sub(before.count()) }
    });
    let name = builder.operator_name(node);
    builder.add(name, op::Reduce { kind, axes: shown_axes, keep }, vec![value.source], output(node), hidden)
}
