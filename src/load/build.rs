//! Named arrays to a network: the one place for all texts and files.
//!
//! 1. What is it? Names, ranks and shapes that no Dense layer has are refused (`kinds`).
//! 2. Which arrays belong together, and in which order? By names, else by places (`group`).
//! 3. How are kernels stored? As fits the biases and the next layers; as the print says; else inputs x units (`orient`).
//! 4. Activations: given, or named in the text.

mod error;
mod group;
mod kinds;
mod names;
mod orient;
mod reading;

pub use error::{BuildError, LayerClass, NotDense, ScalarFault, Source};
pub(super) use kinds::known;
pub(super) use names::{is_bias_name, is_data_name, is_kernel_name, is_scalar_weight};

use std::borrow::Cow;

use super::{
    BiasPlace, Given, Model, Orientation, Remark,
    found::{Found, Hints, Mapping, Origin},
    remark::{About, Choice, Question, Value},
};
use crate::{
    load::Facts,
    network::{Activation, BatchNormalization, Dense, Kernel, Layer, Network, Operation, Scaling},
};
use group::Slot;
use reading::oriented;

/// A layer as it was understood, before the activations are known.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerDraft {
    /// Its name in the network.
    pub name: String,
    /// The framework's name of the class.
    pub kind: &'static str,
    /// How many numbers it takes.
    pub inputs: usize,
    /// How many it gives.
    pub units: usize,
    /// Whether it has a bias.
    pub bias: bool,
    /// Whether it can have an activation, so that one has to be given.
    pub has_activation: bool,
    /// The activation that the text says.
    pub activation: Option<Activation>,
}

/// Layers with their weights, in order, the right way round.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    layers: Vec<Planned>,
    pub(super) remarks: Vec<Remark>,
    /// Whether both ways round fit, and nothing says which it is.
    ambiguous: Option<About>,
}

#[derive(Debug, Clone)]
struct Planned {
    draft: LayerDraft,
    weights: Weights,
}

#[derive(Debug, Clone)]
enum Weights {
    /// (rows, columns), and the place of the bias in it if it is kept there.
    Dense {
        kernel: usize,
        bias: Option<usize>,
        turned: bool,
        inside: Option<BiasPlace>,
    },
    Norm {
        gamma: Option<usize>,
        beta: Option<usize>,
        mean: usize,
        variance: usize,
        epsilon: f32,
    },
}

impl Plan {
    /// The layers as they were understood.
    pub(super) fn layers(&self) -> Vec<LayerDraft> {
        self.layers.iter().map(|layer| layer.draft.clone()).collect()
    }
}

/// Puts the arrays into layers and finds out which way round they are.
pub(super) fn plan(found: &Found, given: &Given) -> Result<Plan, BuildError> {
    let (arrays, hints) = (&found.arrays, &found.hints);
    let named: Vec<names::Named> =
        arrays.iter().map(|array| array.name.as_deref().map(names::named).unwrap_or_default()).collect();
    kinds::by_name(arrays, &named, hints)?;
    let grouping = group::group(arrays, &named)?;
    if !grouping.by_name {
        kinds::by_shape(arrays, &grouping.slots)?;
    }
    let mut remarks = found.remarks.clone();
    remarks.extend(grouping.remarks.iter().cloned());
    if grouping.reordered {
        remarks.push(Remark::NamesOrder);
    }
    let torch = arrays.iter().any(|array| array.origin == Origin::Torch);
    let (readings, inside, ambiguous) = oriented(found, given, &grouping, &mut remarks)?;
    let mut layers = Vec::with_capacity(grouping.slots.len());
    for (i, slot) in grouping.slots.iter().enumerate() {
        let (orientation, (inputs, units)) = readings[i];
        layers.push(match slot {
            Slot::Dense { kernel, bias, name } => Planned {
                draft: LayerDraft {
                    name: name.clone().unwrap_or_default(),
                    kind: "Dense",
                    inputs,
                    units,
                    bias: bias.is_some() || inside.is_some(),
                    has_activation: true,
                    activation: None,
                },
                weights: Weights::Dense {
                    kernel: *kernel,
                    bias: *bias,
                    turned: orientation == Orientation::Torch,
                    inside,
                },
            },
            &Slot::Norm { gamma, beta, mean, variance, ref name } => {
                let (assumed, tool) = if torch { (1e-5, "PyTorch") } else { (1e-3, "Keras") };
                if hints.epsilon.is_none() && !remarks.iter().any(|r| matches!(r, Remark::Epsilon { .. })) {
                    remarks.push(Remark::Epsilon { assumed: assumed.to_string(), tool });
                }
                Planned {
                    draft: LayerDraft {
                        name: name.clone().unwrap_or_default(),
                        kind: "BatchNormalization",
                        inputs: units,
                        units,
                        bias: beta.is_some(),
                        has_activation: false,
                        activation: None,
                    },
                    weights: Weights::Norm { gamma, beta, mean, variance, epsilon: hints.epsilon.unwrap_or(assumed) },
                }
            }
        });
    }
    name_layers(&mut layers, hints);
    say_activations(&mut layers, hints);
    let without_bias: Vec<String> =
        layers.iter().filter(|layer| !layer.draft.bias).map(|layer| layer.draft.name.clone()).collect();
    if without_bias.len() == layers.len() {
        remarks.push(Remark::NoBiasAnywhere);
    } else if !without_bias.is_empty() {
        remarks.push(Remark::NoBias { layers: without_bias });
    }
    Ok(Plan { layers, remarks, ambiguous })
}

/// Names from a summary where there are as many, else the arrays' own, else `dense`, `dense_1` ... as Keras does.
fn name_layers(layers: &mut [Planned], hints: &Hints) {
    let fits = |layer: &Planned, class: &str| class.is_empty() || class.eq_ignore_ascii_case(layer.draft.kind);
    let with_weights: Vec<&(String, String)> = hints
        .layers
        .iter()
        .filter(|(_, class)| matches!(class.as_str(), "" | "Dense" | "BatchNormalization" | "Linear" | "BatchNorm1d"))
        .collect();
    if with_weights.len() == layers.len() {
        for (layer, (name, class)) in layers.iter_mut().zip(with_weights) {
            if layer.draft.name.is_empty() && (fits(layer, class) || class == "Linear" || class == "BatchNorm1d") {
                layer.draft.name.clone_from(name);
            }
        }
    }
    let mut counts = std::collections::HashMap::new();
    let mut taken: std::collections::HashSet<String> = layers.iter().map(|layer| layer.draft.name.clone()).collect();
    let mut seen = std::collections::HashSet::new();
    for layer in layers {
        let own = std::mem::take(&mut layer.draft.name);
        if !own.is_empty() && seen.insert(own.clone()) {
            layer.draft.name = own;
            continue;
        }
        let base = if layer.draft.kind == "Dense" { "dense" } else { "batch_normalization" };
        let count: &mut usize = counts.entry(base).or_default();
        layer.draft.name = loop {
            let name = if *count == 0 { base.to_owned() } else { format!("{base}_{count}") };
            *count += 1;
            if taken.insert(name.clone()) {
                break name;
            }
        };
        seen.insert(layer.draft.name.clone());
    }
}

/// Activations that the text says: by the layer's name, else in order where there are as many as layers.
fn say_activations(layers: &mut [Planned], hints: &Hints) {
    let count = layers.iter().filter(|layer| layer.draft.has_activation).count();
    let in_order = hints.activations.len() == count;
    let apart =
        |i: usize| hints.hidden_and_output.and_then(|(hidden, output)| if i + 1 == count { output } else { hidden });
    let own = layers.iter_mut().filter(|layer| layer.draft.has_activation);
    for (i, layer) in own.enumerate() {
        let by_name = hints.named_activations.iter().find(|(name, _)| *name == layer.draft.name).map(|&(_, a)| a);
        layer.draft.activation =
            by_name.or_else(|| hints.activations.get(i).copied().flatten().filter(|_| in_order)).or_else(|| apart(i));
    }
}

/// Makes the model.
pub(super) fn model(found: &Found, plan: &Plan, given: &Given) -> Result<Model, BuildError> {
    let activations = activations(plan, given)?;
    let mut activations = activations.into_iter();
    let mut layers: Vec<Layer> = Vec::with_capacity(plan.layers.len() + 2);
    for layer in &plan.layers {
        let values = |i: &usize| found.arrays[*i].values.clone();
        let operation = match &layer.weights {
            Weights::Dense { kernel, bias, turned, inside } => {
                let (inputs, units) = (layer.draft.inputs, layer.draft.units);
                let (kernel, own) = match inside {
                    None => (Cow::Borrowed(&found.arrays[*kernel].values), None),
                    Some(place) => {
                        let (kernel, bias) = apart(&found.arrays[*kernel].values, inputs, units, *turned, *place);
                        (Cow::Owned(kernel), Some(bias))
                    }
                };
                let made = if *turned {
                    Kernel::from_rows(units, inputs, &kernel).map(|kernel| kernel.transposed())
                } else {
                    Kernel::from_rows(inputs, units, &kernel)
                };
                let kernel = made.ok_or(BuildError::Empty)?;
                let activation = activations.next().unwrap_or(Activation::Linear);
                Operation::Dense(Dense::new(kernel, own.or(bias.as_ref().map(values)), activation))
            }
            Weights::Norm { gamma, beta, mean, variance, epsilon } => {
                let mut norm = BatchNormalization::new(values(mean), values(variance), *epsilon);
                if let Some(gamma) = gamma {
                    norm = norm.with_gamma(values(gamma));
                }
                if let Some(beta) = beta {
                    norm = norm.with_beta(values(beta));
                }
                Operation::BatchNormalization(norm)
            }
        };
        layers.push(Layer { name: layer.draft.name.clone(), operation });
    }
    let scaling = |name: &str, mapping: &Mapping| Layer {
        name: name.to_owned(),
        operation: Operation::Scaling(Scaling::new(mapping.scale.clone(), mapping.offset.clone())),
    };
    if let Some(mapping) = &found.hints.scaling.0 {
        layers.insert(0, scaling("scaling_in", mapping));
    }
    layers.extend(found.hints.scaling.1.as_ref().map(|mapping| scaling("scaling_out", mapping)));
    let network = Network::new(given.name.as_str(), layers)?;
    let decimals = found.arrays.iter().filter_map(|array| array.decimals).max();
    Ok(Model { network, facts: Facts { decimals, ..Facts::default() } })
}

/// One activation for each layer that has one: given, else said in the text.
fn activations(plan: &Plan, given: &Given) -> Result<Vec<Activation>, BuildError> {
    let own: Vec<&LayerDraft> = plan.layers.iter().map(|l| &l.draft).filter(|draft| draft.has_activation).collect();
    if let Some(given) = &given.activations
        && given.len() == own.len()
    {
        return Ok(given.clone());
    }
    let said: Option<Vec<Activation>> = own.iter().map(|draft| draft.activation).collect();
    match (said, &given.activations) {
        (Some(said), None) => Ok(said),
        (_, given) => {
            let usual = |(i, draft): (usize, &&LayerDraft)| {
                let usual = if i + 1 == own.len() { Activation::Linear } else { Activation::Relu };
                draft.activation.unwrap_or(usual).name()
            };
            let example = own.iter().enumerate().map(usual).collect::<Vec<_>>().join(",");
            let activations = given.as_ref().map_or(0, Vec::len);
            Err(BuildError::Activations { layers: own.len(), activations, example })
        }
    }
}

/// Takes the biases out of a kernel that contains them before or after the weights.
fn apart(values: &[f32], inputs: usize, units: usize, turned: bool, place: BiasPlace) -> (Vec<f32>, Vec<f32>) {
    let at = if place == BiasPlace::First { 0 } else { inputs };
    if turned {
        let rows = values.chunks(inputs + 1);
        let bias = rows.clone().filter_map(|row| row.get(at).copied()).collect();
        let kernel = rows.flat_map(|row| row.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, &w)| w)).collect();
        return (kernel, bias);
    }
    let rows: Vec<&[f32]> = values.chunks(units.max(1)).collect();
    let bias = rows.get(at).map_or_else(Vec::new, |row| row.to_vec());
    let kernel = rows.iter().enumerate().filter(|(i, _)| *i != at).flat_map(|(_, row)| row.iter().copied()).collect();
    (kernel, bias)
}

/// The question that a plan leaves open, with the model of each answer.
pub(super) fn question(found: &Found, plan: &Plan, given: &Given, chosen: &Model) -> Option<Question> {
    let about = plan.ambiguous?;
    let other = Given { orientation: Some(Orientation::Torch), ..given.clone() };
    let turned = self::plan(found, &other).ok()?;
    let model = model(found, &turned, &other).ok()?;
    let choices = vec![
        Choice { value: Value::Orientation(Orientation::Keras), model: chosen.clone() },
        Choice { value: Value::Orientation(Orientation::Torch), model },
    ];
    Some(Question { about, choices })
}

#[cfg(test)]
mod tests;
