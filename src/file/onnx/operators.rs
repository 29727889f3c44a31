//! Each operator of ONNX as an operation of the graph.

use super::{
    conv,
    graph::{Builder, Flowing, Known},
    messages::{AttributeProto, NodeProto},
    recurrent,
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

/// Axes of a value, at most.
const MOST_AXES: usize = 16;

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
        "LinearRegressor" | "LinearClassifier" => linear(builder, node),
        "Scaler" => scaler(builder, node),
        "Softmax" | "LogSoftmax" => softmax(builder, node),
        "Conv" | "ConvTranspose" => conv::conv(builder, node),
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
        "Gather" => gather(builder, node, &attributes),
        "Transpose" => transpose(builder, node, &attributes),
        "Concat" => concatenate(builder, node, &attributes),
        "Slice" => slice(builder, node, &attributes),
        "Reshape" | "Flatten" | "Squeeze" | "Unsqueeze" => shapes(builder, node, &attributes),
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

/// scikit-learn's linear models: coefficients (units, inputs) in attributes.
fn linear(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
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
fn scaler(builder: &mut Builder<'_>, node: &NodeProto) -> Result<(), GraphError> {
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

/// Rows of a table: an embedding.
fn gather(builder: &mut Builder<'_>, node: &NodeProto, attributes: &Attributes<'_>) -> Result<(), GraphError> {
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

fn transpose(builder: &mut Builder<'_>, node: &NodeProto, attributes: &Attributes<'_>) -> Result<(), GraphError> {
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

fn concatenate(builder: &mut Builder<'_>, node: &NodeProto, attributes: &Attributes<'_>) -> Result<(), GraphError> {
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

fn slice(builder: &mut Builder<'_>, node: &NodeProto, attributes: &Attributes<'_>) -> Result<(), GraphError> {
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

fn shapes(builder: &mut Builder<'_>, node: &NodeProto, attributes: &Attributes<'_>) -> Result<(), GraphError> {
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
