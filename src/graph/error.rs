//! Why a network cannot be made.

use thiserror::Error;

use crate::{
    equation::{EvaluateError, ProgramError},
    words::graph,
};

/// Why a network cannot be made or run.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GraphError {
    /// An operation does not fit what it is given.
    #[error("{}", graph::layer(fault, layer))]
    Layer {
        /// The layer's name.
        layer: String,
        /// What does not fit, and what would.
        fault: String,
    },
    /// A weight has another shape.
    #[error("{}", graph::weight(expected, got, layer, weight))]
    Weight {
        /// The layer's name.
        layer: String,
        /// Which weight.
        weight: String,
        /// The shape that fits.
        expected: String,
        /// Its shape.
        got: String,
    },
    /// A weight is not there.
    #[error("{}", graph::weight_missing(*got, layer, weight))]
    Missing {
        /// The layer's name.
        layer: String,
        /// Which weight.
        weight: String,
        /// How many arrays the layer has.
        got: usize,
    },
    /// The layer's class is not known.
    #[error("{}", graph::class(class, known, layer))]
    Class {
        /// The layer's name.
        layer: String,
        /// Its class.
        class: String,
        /// All classes that are known.
        known: String,
    },
    /// An entry of a description is missing or wrong.
    #[error("{}", entry_says(layer, key, got.as_deref(), expected))]
    Config {
        /// The layer's name.
        layer: String,
        /// The entry.
        key: String,
        /// What it is; `None` if it is missing.
        got: Option<String>,
        /// What it should be.
        expected: String,
    },
    /// An axis of an input has no length in the description.
    #[error("{}", graph::unknown_length(input))]
    Unknown {
        /// The input.
        input: String,
    },
    /// The description is not one of a model.
    #[error("{fault}")]
    Description {
        /// What is wrong, and where.
        fault: String,
    },
    /// An equation does not fit.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// The inputs do not fit.
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
}

fn entry_says(layer: &str, key: &str, got: Option<&str>, expected: &str) -> String {
    match got {
        Some(got) => graph::entry(expected, got, key, layer),
        None => graph::entry_missing(expected, key, layer),
    }
}
