//! A network: operations in order, with their weights.
//!
//! Shapes are checked once, in [`Network::new`]; everything computed with a network afterwards is total.
//! An [`Operation`] says what the layer *is*; its [`Recipe`] says how one works it out, action by action, and is
//! what a mistake changes.

pub mod activation;
pub mod finish;
pub mod kernel;
pub mod mapping;
pub mod misread;
pub mod number;
pub mod op;
pub mod range;
pub mod recipe;
pub mod rounding;
pub mod ulp;

use std::sync::Arc;

pub use activation::Activation;
pub use kernel::Kernel;
pub use mapping::{End, Mapping};
pub use misread::Misreading;
pub use op::{BatchNormalization, Dense, Operation, Scaling};
pub use range::{Care, Range, Ranges};
pub use recipe::{Action, Finish, Given, Operator, Recipe, Role, Stage, Transform, Values};
pub use rounding::{Rounding, Written};
pub use ulp::ulps;

use thiserror::Error;

use crate::words;

/// More values than this in one layer are refused: they would not fit into memory as a pass.
pub const MOST_UNITS: usize = 1 << 24;

/// Operations in order. Cheap to clone: the weights are shared.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    name: String,
    layers: Vec<Arc<Layer>>,
    /// Inputs that are looked at together.
    batch: Arc<[Vec<f32>]>,
}

/// One operation under the name that the model gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// The layer's name, unique in its network.
    pub name: String,
    /// What it computes.
    pub operation: Operation,
}

/// The place of one trainable number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Row `input`, column `unit` of the kernel, as Keras prints it.
    Kernel {
        /// Which input the weight multiplies.
        input: usize,
        /// Which unit the product goes to.
        unit: usize,
    },
    /// The number added to the unit's weighted sum.
    Bias {
        /// Which unit.
        unit: usize,
    },
    /// A number of one of the other lists.
    Listed {
        /// Which list.
        list: List,
        /// Which unit.
        unit: usize,
    },
}

/// A list of one number a unit, besides the bias.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// The learnt scale of a normalisation.
    Gamma,
    /// Its learnt shift.
    Beta,
    /// The mean of its inputs in training.
    MovingMean,
    /// Their variance.
    MovingVariance,
    /// The scale of a mapping.
    Scale,
    /// Its offset.
    Offset,
}

impl List {
    /// Every list, in the order of `get_weights()`.
    pub const ALL: &[Self] =
        &[Self::Gamma, Self::Beta, Self::MovingMean, Self::MovingVariance, Self::Scale, Self::Offset];

    /// What its numbers are called where they join; the variance joins only as a deviation.
    pub fn role(self) -> Option<Role> {
        match self {
            Self::Gamma => Some(Role::Gamma),
            Self::Beta => Some(Role::Beta),
            Self::MovingMean => Some(Role::Mean),
            Self::MovingVariance => None,
            Self::Scale => Some(Role::Scale),
            Self::Offset => Some(Role::Offset),
        }
    }

    /// The name in an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gamma => "gamma",
            Self::Beta => "beta",
            Self::MovingMean => "moving_mean",
            Self::MovingVariance => "moving_variance",
            Self::Scale => "scale",
            Self::Offset => "offset",
        }
    }
}

/// Why layers do not make a network.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NetworkError {
    /// Nothing to compute.
    #[error("{}", words::network::empty(network))]
    Empty {
        /// The network.
        network: String,
    },
    /// Two layers of one name: an address would be ambiguous.
    #[error("{}", words::network::same_name(layer, network))]
    SameName {
        /// The network.
        network: String,
        /// The name that is used twice.
        layer: String,
    },
    /// A layer takes another number of values than arrive.
    #[error("{}", if *turned {
        words::network::inputs_turned(from, *got, layer, *expected)
    } else {
        words::network::inputs(from, *got, layer, *expected)
    })]
    Inputs {
        /// The layer.
        layer: String,
        /// Rows of its kernel.
        expected: usize,
        /// Values that arrive.
        got: usize,
        /// Where they come from.
        from: String,
        /// Whether the kernel would fit if it were transposed.
        turned: bool,
    },
    /// The bias has another length than the kernel has units.
    #[error("{}", words::network::bias(*got, inputs, layer, units))]
    Bias {
        /// The layer.
        layer: String,
        /// Kernel rows.
        inputs: usize,
        /// Kernel columns.
        units: usize,
        /// Length of the bias.
        got: usize,
    },
    /// A list of another length than there are units.
    #[error("{}", words::network::list(expected, *got, layer, list))]
    List {
        /// The layer.
        layer: String,
        /// The list.
        list: &'static str,
        /// How many units.
        expected: usize,
        /// How many numbers.
        got: usize,
    },
    /// A kernel without rows or columns, or one that is too large.
    #[error("{}", words::network::size(inputs, layer, MOST_UNITS, units))]
    Size {
        /// The layer.
        layer: String,
        /// Kernel rows.
        inputs: usize,
        /// Kernel columns.
        units: usize,
    },
    /// An activation that needs another number of units (`glu` halves them).
    #[error("{}", words::network::odd(activation, layer, *units))]
    Activation {
        /// The layer.
        layer: String,
        /// The activation.
        activation: String,
        /// Units that it would be applied to.
        units: usize,
    },
    /// A name that no layer has.
    #[error("{}", words::network::unknown_layer(known, layer))]
    UnknownLayer {
        /// The name asked for.
        layer: String,
        /// The names there are.
        known: String,
    },
    /// A weight that the layer does not have.
    #[error("{}", words::network::no_weight(inputs, layer, units, format!("{weight:?}")))]
    NoWeight {
        /// The layer.
        layer: String,
        /// What was asked for.
        weight: Weight,
        /// Kernel rows.
        inputs: usize,
        /// Kernel columns.
        units: usize,
    },
}

impl Network {
    /// Puts layers in a row and checks that each takes what the one before it gives.
    ///
    /// # Errors
    /// [`NetworkError`], naming the first layer that does not fit.
    pub fn new(name: impl Into<String>, layers: Vec<Layer>) -> Result<Self, NetworkError> {
        let name = name.into();
        if layers.is_empty() {
            return Err(NetworkError::Empty { network: name });
        }
        for (i, layer) in layers.iter().enumerate() {
            layer.operation.check(&layer.name)?;
            if layers[..i].iter().any(|other| other.name == layer.name) {
                return Err(NetworkError::SameName { network: name, layer: layer.name.clone() });
            }
            let Some(before) = i.checked_sub(1).map(|b| &layers[b]) else { continue };
            let (expected, got) = (layer.operation.inputs(), before.operation.outputs());
            if expected != got {
                return Err(NetworkError::Inputs {
                    layer: layer.name.clone(),
                    expected,
                    got,
                    from: before.name.clone(),
                    turned: layer.operation.outputs() == got,
                });
            }
        }
        Ok(Self { name, layers: layers.into_iter().map(Arc::new).collect(), batch: Vec::new().into() })
    }

    /// The same, looked at for these inputs together. The network computes each of them by itself; only who takes the statistics
    /// of a batch for those of training needs to know them.
    #[must_use]
    pub fn with_batch(&self, inputs: Vec<Vec<f32>>) -> Self {
        let inputs: Vec<Vec<f32>> = inputs.into_iter().filter(|input| input.len() == self.inputs()).collect();
        Self { batch: inputs.into(), ..self.clone() }
    }

    /// The inputs that are looked at together.
    pub fn batch(&self) -> &[Vec<f32>] {
        &self.batch
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The layers, first to last.
    pub fn layers(&self) -> impl ExactSizeIterator<Item = &Layer> {
        self.layers.iter().map(AsRef::as_ref)
    }

    /// How each layer is computed without mistakes.
    pub fn recipes(&self) -> Vec<Recipe> {
        self.layers().map(|layer| layer.operation.recipe()).collect()
    }

    /// Layer `index`, if there is one.
    pub fn layer(&self, index: usize) -> Option<&Layer> {
        self.layers.get(index).map(AsRef::as_ref)
    }

    /// How many layers.
    pub fn depth(&self) -> usize {
        self.layers.len()
    }

    /// The layer called `name`, or at position `name` if that is a number.
    ///
    /// # Errors
    /// [`NetworkError::UnknownLayer`] with the names there are.
    pub fn find(&self, name: &str) -> Result<usize, NetworkError> {
        self.layers
            .iter()
            .position(|layer| layer.name == name)
            .or_else(|| name.parse().ok().filter(|&i: &usize| i < self.layers.len()))
            .ok_or_else(|| NetworkError::UnknownLayer {
                layer: name.to_owned(),
                known: self.layers.iter().map(|l| format!("`{}`", l.name)).collect::<Vec<_>>().join(", "),
            })
    }

    /// How many numbers go in.
    pub fn inputs(&self) -> usize {
        self.layers.first().map_or(0, |layer| layer.operation.inputs())
    }

    /// How many numbers come out.
    pub fn outputs(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.operation.outputs())
    }

    /// How many numbers were trained.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.operation.parameters()).sum()
    }

    /// The same network with another operation in layer `layer`; `None` if it does not fit there. The other layers are shared.
    pub fn with_operation(&self, layer: usize, operation: Operation) -> Option<Self> {
        let mut layers: Vec<Layer> = self.layers().cloned().collect();
        layers.get_mut(layer)?.operation = operation;
        Self::new(self.name.clone(), layers).ok()
    }

    /// The same network without layer `layer`; `None` if the others do not fit each other then.
    pub fn without(&self, layer: usize) -> Option<Self> {
        let others = self.layers().enumerate().filter(|(i, _)| *i != layer);
        let layers: Vec<Layer> = others.map(|(_, layer)| layer.clone()).collect();
        (layers.len() < self.depth()).then(|| Self::new(self.name.clone(), layers).ok())?
    }

    /// The number at `weight` of layer `layer`.
    pub fn weight(&self, layer: usize, weight: Weight) -> Option<f32> {
        self.layer(layer)?.operation.weight(weight)
    }

    /// The same network with one number changed. The other layers are shared, not copied.
    ///
    /// # Errors
    /// [`NetworkError::NoWeight`] where the layer has no such number.
    pub fn with_weight(&self, layer: usize, weight: Weight, value: f32) -> Result<Self, NetworkError> {
        let Some(changed) = self.layers.get(layer) else {
            return Err(NetworkError::UnknownLayer {
                layer: layer.to_string(),
                known: format!("0..{}", self.depth() - 1),
            });
        };
        let operation = changed.operation.with_weight(weight, value).ok_or_else(|| NetworkError::NoWeight {
            layer: changed.name.clone(),
            weight,
            inputs: changed.operation.inputs(),
            units: changed.operation.units(),
        })?;
        let mut network = self.clone();
        network.layers[layer] = Arc::new(Layer { name: changed.name.clone(), operation });
        Ok(network)
    }
}
