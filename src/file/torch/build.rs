//! Layers of PyTorch and their tensors to a network: one after the other, in the order of the print.
//!
//! Where PyTorch differs from Keras: kernels are (units, inputs), images have their channels first, gates have another order and
//! two biases, epsilon is 1e-5.

mod recurrent;

use std::{collections::BTreeMap, sync::Arc};

use super::Module;
use crate::{
    equation::Array,
    file::FileError,
    graph::{GraphError, Missing, Network, Operation, Partial, op},
    network::Activation,
    words::formats,
};

/// Operations with the names of their layers, one after the other.
type Named = Vec<(String, Arc<dyn Operation>)>;

/// Arrays by their names.
pub(in crate::file) type Tensors = BTreeMap<String, Array>;

fn fault(layer: &str, fault: String) -> GraphError {
    GraphError::Layer { layer: layer.to_owned(), fault }
}

/// The layers with activations behind those that have weights, for prints of models that apply activations by themselves.
pub(in crate::file) fn with_activations(
    modules: Vec<Module>,
    activations: &[Activation],
) -> Result<Vec<Module>, FileError> {
    let has_weights = |module: &Module| module.class == "Linear" || module.class.starts_with("Conv");
    let count = modules.iter().filter(|module| has_weights(module)).count();
    if count != activations.len() {
        return Err(FileError::Activations { layers: count, given: activations.len() });
    }
    let mut activations = activations.iter();
    let mut joined = Vec::with_capacity(modules.len() * 2);
    for module in modules {
        let (weights, name) = (has_weights(&module), format!("{}.activation", module.name));
        joined.push(module);
        if let Some(activation) = activations.next_if_weights(weights) {
            let options = BTreeMap::from([("name".to_owned(), activation.name())]);
            joined.push(Module { name, class: "Activation".to_owned(), options });
        }
    }
    Ok(joined)
}

trait NextIf<'a> {
    fn next_if_weights(&mut self, weights: bool) -> Option<&'a Activation>;
}

impl<'a> NextIf<'a> for std::slice::Iter<'a, Activation> {
    fn next_if_weights(&mut self, weights: bool) -> Option<&'a Activation> {
        if weights { self.next() } else { None }
    }
}

/// The network. Axes that no layer fixes get the length `open`.
pub(in crate::file) fn network(
    modules: &[Module],
    tensors: &Tensors,
    open: Option<usize>,
) -> Result<Partial, FileError> {
    let mut network = Network::new("torch");
    let mut missing = Vec::new();
    let first = modules.iter().find(|module| !module.is_identity());
    let Some(first) = first else { return Err(FileError::NoArchitecture) };
    let shape = input(first, tensors, open)?;
    let mut last = network.input("input", shape)?;
    let mut used = Vec::new();
    let mut after = Vec::new();
    for module in modules {
        if !missing.is_empty() {
            after.push(module.name.clone());
            continue;
        }
        let rank = network.node(last).shape().rank();
        let layer = Layer { module, tensors, rank };
        let made = layer.operations().and_then(|operations| {
            let mut node = last;
            for (name, operation) in operations {
                node = network.add_shared(name.clone(), name, operation, vec![node.into()])?;
            }
            Ok(node)
        });
        match made {
            Ok(node) => last = node,
            Err(why) => missing.push(Missing { layer: module.name.clone(), kind: module.class.clone(), why }),
        }
        used.push(format!("{}.", module.name));
    }
    let stray = tensors.keys().find(|name| !used.iter().any(|used| name.starts_with(used)));
    if let Some(stray) = stray.filter(|_| missing.is_empty()) {
        let layer = stray.rsplit_once('.').map_or("", |(layer, _)| layer).to_owned();
        return Err(FileError::NoLayer { array: stray.clone(), layer });
    }
    if let (Some(first), None) = (missing.first(), network.last()) {
        return Err(first.why.clone().into());
    }
    network.set_outputs(network.last());
    Ok(Partial { network, missing, after })
}

/// The shape of the input, as the first layer takes it.
fn input(first: &Module, tensors: &Tensors, open: Option<usize>) -> Result<Vec<usize>, GraphError> {
    let layer = Layer { module: first, tensors, rank: 0 };
    let free = || open.ok_or_else(|| GraphError::Unknown { input: "input".to_owned() });
    let axis = |weight: &str, axis: usize| -> Result<usize, GraphError> {
        let weight = layer.weight(weight)?;
        weight.shape().axes().get(axis).copied().ok_or_else(|| fault(&first.name, formats::no_weight_axis()))
    };
    let image = |channels: usize, free: usize, rank: usize| [vec![channels], vec![free; rank]].concat();
    match first.class.as_str() {
        "Linear" => Ok(vec![axis("weight", 1)?]),
        "Conv1d" | "Conv2d" | "Conv3d" => {
            let rank = first.spatial();
            Ok(image(axis("weight", 1)?.saturating_mul(first.number("groups", 1)), free()?, rank))
        }
        "ConvTranspose1d" | "ConvTranspose2d" | "ConvTranspose3d" => {
            Ok(image(axis("weight", 0)?, free()?, first.spatial()))
        }
        "BatchNorm2d" => Ok(image(axis("weight", 0)?, free()?, 2)),
        "BatchNorm1d" => Ok(vec![axis("weight", 0)?]),
        "LayerNorm" => Ok(layer.weight("weight")?.shape().axes().to_vec()),
        "Embedding" => Ok(vec![free()?]),
        "LSTM" | "GRU" | "RNN" => Ok(vec![free()?, axis("weight_ih_l0", 1)?]),
        "Flatten" => {
            // What follows says how many numbers there are.
            let inputs = tensors.values().find(|array| array.shape().rank() == 2);
            inputs
                .map(|array| vec![array.shape().axes()[1]])
                .ok_or_else(|| fault(&first.name, formats::no_input_shape()))
        }
        _ => Err(fault(&first.name, formats::no_input_shape())),
    }
}

impl Module {
    fn is_identity(&self) -> bool {
        matches!(self.class.as_str(), "Identity") || self.class.contains("Dropout")
    }

    /// How many axes of space it works on: the digit of its class.
    fn spatial(&self) -> usize {
        self.class.chars().find_map(|c| c.to_digit(10)).map_or(1, |digit| digit as usize)
    }

    fn option(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.options.get(*key)).map(String::as_str)
    }

    fn number(&self, key: &str, default: usize) -> usize {
        self.option(&[key]).and_then(|text| text.parse().ok()).unwrap_or(default)
    }

    fn real(&self, keys: &[&str], default: f32) -> f32 {
        self.option(keys).and_then(|text| text.parse().ok()).unwrap_or(default)
    }

    fn flag(&self, key: &str, default: bool) -> bool {
        self.option(&[key]).map_or(default, |text| text == "True")
    }

    /// One number for each axis of space: `2`, `(2, 2)`.
    fn lengths(&self, keys: &[&str], rank: usize, default: usize) -> Result<Vec<usize>, GraphError> {
        let Some(text) = self.option(keys) else { return Ok(vec![default; rank]) };
        let numbers: Option<Vec<usize>> = text
            .trim_matches(['(', ')', '[', ']'])
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().ok())
            .collect();
        match numbers {
            Some(one) if one.len() == 1 => Ok(vec![one[0]; rank]),
            Some(many) if many.len() == rank => Ok(many),
            _ => Err(fault(&self.name, formats::not_lengths(keys[0], rank, text))),
        }
    }
}

/// A layer with its tensors, and the rank of what it takes.
struct Layer<'m> {
    module: &'m Module,
    tensors: &'m Tensors,
    rank: usize,
}

impl Layer<'_> {
    fn fault(&self, why: String) -> GraphError {
        fault(&self.module.name, why)
    }

    fn maybe(&self, name: &str) -> Option<Array> {
        self.tensors.get(&format!("{}.{name}", self.module.name)).cloned()
    }

    fn weight(&self, name: &str) -> Result<Array, GraphError> {
        let missing = || GraphError::Missing { layer: self.module.name.clone(), weight: name.to_owned(), got: 0 };
        self.maybe(name).ok_or_else(missing)
    }

    /// With its axes in another order.
    fn turned(&self, name: &str, order: &[usize]) -> Result<Array, GraphError> {
        let array = self.weight(name)?;
        transposed(&array, order).ok_or_else(|| self.fault(formats::no_weight_axis()))
    }

    fn operation(&self) -> Result<Arc<dyn Operation>, GraphError> {
        let module = self.module;
        if let Some(activation) = self.activation()? {
            return Ok(Arc::new(op::Activate(activation)));
        }
        Ok(match module.class.as_str() {
            _ if module.is_identity() => Arc::new(op::Identity("Dropout")),
            "Linear" => {
                let kernel = self.turned("weight", &[1, 0])?;
                Arc::new(op::Dense::new(kernel, self.maybe("bias"), Activation::Linear))
            }
            "Softmax" | "LogSoftmax" => {
                let axis = module.option(&["dim"]).and_then(|text| text.parse::<i64>().ok()).unwrap_or(-1);
                let last = axis == -1 || axis == self.rank as i64;
                match (module.class.as_str(), last) {
                    ("Softmax", _) => Arc::new(op::SoftmaxLayer::new(vec![axis])),
                    (_, true) => Arc::new(op::Activate(Activation::LogSoftmax)),
                    _ => return Err(self.fault(formats::axis_last(axis))),
                }
            }
            "Conv1d" | "Conv2d" | "Conv3d" => self.conv()?,
            "ConvTranspose1d" | "ConvTranspose2d" | "ConvTranspose3d" => self.conv_transpose()?,
            "MaxPool1d" | "MaxPool2d" | "AvgPool1d" | "AvgPool2d" => self.pooling()?,
            "AdaptiveAvgPool1d" | "AdaptiveAvgPool2d" | "AdaptiveMaxPool1d" | "AdaptiveMaxPool2d" => {
                let spatial = module.spatial();
                if module.lengths(&["output_size", "0"], spatial, 1)?.iter().any(|&n| n != 1) {
                    return Err(self.fault(formats::adaptive()));
                }
                let kind = if module.class.contains("Avg") { op::PoolingKind::Average } else { op::PoolingKind::Max };
                Arc::new(op::GlobalPooling { kind, spatial, keep: true, channels_first: true })
            }
            "BatchNorm1d" | "BatchNorm2d" | "BatchNorm3d" => Arc::new(op::BatchNormalization {
                axis: 1,
                epsilon: module.real(&["eps"], 1e-5),
                // What PyTorch calls momentum is the share of the new statistics.
                momentum: 1.0 - module.real(&["momentum"], 0.1),
                gamma: self.maybe("weight"),
                beta: self.maybe("bias"),
                mean: self.weight("running_mean")?,
                variance: self.weight("running_var")?,
            }),
            "LayerNorm" => {
                let rank = self.maybe("weight").map_or(1, |weight| weight.shape().rank()) as i64;
                Arc::new(op::LayerNormalization {
                    axes: (-rank..0).collect(),
                    epsilon: module.real(&["eps"], 1e-5),
                    gamma: self.maybe("weight"),
                    beta: self.maybe("bias"),
                })
            }
            "GroupNorm" => Arc::new(op::GroupNormalization {
                groups: module.option(&["num_groups", "0"]).and_then(|text| text.parse().ok()).unwrap_or(1),
                axis: 1,
                epsilon: module.real(&["eps"], 1e-5),
                gamma: self.maybe("weight"),
                beta: self.maybe("bias"),
            }),
            "Embedding" => Arc::new(op::Embedding { embeddings: self.weight("weight")?, mask_zero: false }),
            "Flatten" => Arc::new(op::Flatten { channels_first: false }),
            "LSTM" | "GRU" | "RNN" => self.recurrent(0)?,
            class => {
                let known = formats::torch_classes();
                let (layer, class) = (module.name.clone(), class.to_owned());
                return Err(GraphError::Class { layer, class, known });
            }
        })
    }

    fn activation(&self) -> Result<Option<Activation>, GraphError> {
        let module = self.module;
        Ok(Some(match module.class.as_str() {
            "Activation" => {
                let name = module.option(&["name"]).unwrap_or_default();
                name.parse().map_err(|why| self.fault(format!("{why}")))?
            }
            "ReLU" => Activation::Relu,
            "ReLU6" => Activation::Relu6,
            "Tanh" => Activation::Tanh,
            "Sigmoid" => Activation::Sigmoid,
            "Softplus" => Activation::Softplus,
            "Softsign" => Activation::Softsign,
            "SiLU" => Activation::Silu,
            "Mish" => Activation::Mish,
            "SELU" => Activation::Selu,
            "LogSigmoid" => Activation::LogSigmoid,
            "Hardsigmoid" => Activation::HardSigmoid,
            "Hardswish" => Activation::HardSilu,
            "Tanhshrink" => Activation::TanhShrink,
            "ELU" => Activation::Elu { alpha: module.real(&["alpha", "0"], 1.0) },
            "CELU" => Activation::Celu { alpha: module.real(&["alpha", "0"], 1.0) },
            "LeakyReLU" => Activation::LeakyRelu { slope: module.real(&["negative_slope", "0"], 0.01) },
            "GELU" if module.option(&["approximate"]) == Some("tanh") => Activation::GeluTanh,
            "GELU" => Activation::Gelu,
            _ => return Ok(None),
        }))
    }

    /// How far zeros reach over each side.
    fn sides(&self, rank: usize) -> Result<op::Padding, GraphError> {
        match self.module.option(&["padding"]) {
            Some("same") => Ok(op::Padding::Same),
            Some("valid") => Ok(op::Padding::Valid),
            _ => {
                let sides = self.module.lengths(&["padding"], rank, 0)?;
                Ok(op::Padding::sides(sides.iter().map(|&n| (n, n))))
            }
        }
    }

    fn conv(&self) -> Result<Arc<dyn Operation>, GraphError> {
        let (module, rank) = (self.module, self.module.spatial());
        if module.option(&["padding_mode"]).is_some_and(|mode| mode != "zeros") {
            return Err(self.fault(formats::padding_mode()));
        }
        // (filters, channels, window..) to (window.., channels, filters)
        let order: Vec<usize> = (2..rank + 2).chain([1, 0]).collect();
        let conv = op::Conv::new(self.turned("weight", &order)?, self.maybe("bias"), Activation::Linear);
        Ok(Arc::new(op::Conv {
            strides: module.lengths(&["stride"], rank, 1)?,
            dilation: module.lengths(&["dilation"], rank, 1)?,
            padding: self.sides(rank)?,
            groups: module.number("groups", 1),
            channels_first: true,
            ..conv
        }))
    }

    fn conv_transpose(&self) -> Result<Arc<dyn Operation>, GraphError> {
        let (module, rank) = (self.module, self.module.spatial());
        if module.number("groups", 1) != 1 || module.option(&["padding_mode"]).is_some_and(|mode| mode != "zeros") {
            return Err(self.fault(formats::conv_transpose()));
        }
        // (channels, filters, window..) to (window.., filters, channels)
        let order: Vec<usize> = (2..rank + 2).chain([1, 0]).collect();
        let conv = op::ConvTranspose::new(self.turned("weight", &order)?, self.maybe("bias"), Activation::Linear);
        let sides = module.lengths(&["padding"], rank, 0)?;
        Ok(Arc::new(op::ConvTranspose {
            strides: module.lengths(&["stride"], rank, 1)?,
            dilation: module.lengths(&["dilation"], rank, 1)?,
            padding: op::Padding::sides(sides.iter().map(|&n| (n, n))),
            output_padding: Some(module.lengths(&["output_padding"], rank, 0)?),
            channels_first: true,
            ..conv
        }))
    }

    fn pooling(&self) -> Result<Arc<dyn Operation>, GraphError> {
        let (module, rank) = (self.module, self.module.spatial());
        let size = module.lengths(&["kernel_size", "0"], rank, 1)?;
        let dilated = module.lengths(&["dilation"], rank, 1)?.iter().any(|&n| n != 1);
        if dilated || module.flag("ceil_mode", false) {
            return Err(self.fault(formats::pooling_mode()));
        }
        let average = module.class.starts_with("Avg");
        let kind = if average { op::PoolingKind::Average } else { op::PoolingKind::Max };
        let strides = match module.option(&["stride"]) {
            None | Some("None") => size.clone(),
            Some(_) => module.lengths(&["stride"], rank, 1)?,
        };
        let divides_by_window = average && module.flag("count_include_pad", true);
        let padding = self.sides(rank)?;
        Ok(Arc::new(op::Pooling { kind, size, strides, padding, channels_first: true, divides_by_window }))
    }
}

/// An array with its axes in another order: axis `i` of the result is axis `order[i]` of the array.
pub(in crate::file) fn transposed(array: &Array, order: &[usize]) -> Option<Array> {
    let axes = array.shape().axes();
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    if order.len() != axes.len() || sorted.iter().enumerate().any(|(at, &axis)| at != axis) {
        return None;
    }
    let shape: Vec<usize> = order.iter().map(|&axis| axes[axis]).collect();
    let strides = array.shape().strides();
    let steps: Vec<usize> = order.iter().map(|&axis| strides[axis]).collect();
    let mut index = vec![0_usize; shape.len()];
    let mut values = Vec::with_capacity(array.values().len());
    for _ in 0..array.values().len() {
        let at: usize = index.iter().zip(&steps).map(|(i, step)| i * step).sum();
        values.push(array.values()[at]);
        for axis in (0..shape.len()).rev() {
            index[axis] += 1;
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    Array::new(shape, values)
}
