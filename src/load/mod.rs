//! Bytes to a [`Network`]: built-in models and printed arrays.

mod arrays;
mod builtin;
mod described;
pub mod printed;
mod scaling;
mod table;

pub use arrays::{ArraysError, from_arrays};
pub use builtin::{BuiltinError, builtin, builtin_names};
pub use scaling::{ScalingError, scaled};
pub use table::{Table, TableError};

use crate::network::Network;

/// A network with what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The network.
    pub network: Network,
    /// What is known besides its weights.
    pub facts: Facts,
}

/// What is known about a model besides its weights. Empty for a learner's own arrays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// One line about it.
    pub about: String,
    /// What it was trained for, as a formula in `x`.
    pub target: Option<Target>,
    /// An input to begin with; empty for zeros.
    pub input: Vec<f32>,
    /// The range of each input that pictures and accuracies are taken over; empty if unknown.
    pub region: Vec<(f32, f32)>,
    /// The range of the one input on which it was trained, as far as is known.
    pub training: Option<(f32, f32)>,
    /// Answers of the model itself.
    pub known: Vec<Known>,
    /// Answers that somebody posted.
    pub posted: Vec<Posted>,
    /// Weights were printed with this many decimals at most; `None` if they are exact.
    pub decimals: Option<u8>,
}

/// What a model was trained for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// In byhand's formula language.
    pub formula: String,
    /// As a person writes it.
    pub says: String,
}

/// An answer of the framework that the model was made with.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// What went in.
    pub input: Vec<f32>,
    /// What came out, as it was printed.
    pub output: Vec<String>,
    /// Who computed it.
    pub by: String,
}

/// A number that somebody posted for an input.
#[derive(Debug, Clone, PartialEq)]
pub struct Posted {
    /// What went in.
    pub input: Vec<f32>,
    /// The number, as posted.
    pub answer: String,
    /// Where it stands.
    pub by: String,
}

impl Facts {
    /// Where its answers can be expected to mean something: the training range of each input, as far as is known, else the
    /// range of the pictures.
    pub fn learnt(&self) -> Vec<(f32, f32)> {
        self.training.map_or_else(|| self.region.clone(), |range| vec![range])
    }
}

impl Model {
    /// A model about which nothing is known but its weights.
    pub fn plain(network: Network) -> Self {
        Self { network, facts: Facts::default() }
    }

    /// The input to begin with.
    pub fn first_input(&self) -> Vec<f32> {
        if self.facts.input.len() == self.network.inputs() {
            return self.facts.input.clone();
        }
        vec![1.0; self.network.inputs()]
    }

    /// What the model itself answered for `input`, if that is known.
    pub fn known(&self, input: &[f32]) -> Option<&Known> {
        self.facts.known.iter().find(|known| known.input == input)
    }
}
