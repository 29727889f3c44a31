//! Why a network cannot be made.

use thiserror::Error;

use crate::equation::{EvaluateError, ProgramError};

/// Why a network cannot be made, or not be run.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GraphError {
    /// An operation does not fit what it is given.
    #[error("layer `{layer}`: {fault}")]
    Layer {
        /// The layer's name.
        layer: String,
        /// What does not fit, and what would.
        fault: String,
    },
    /// A weight has another shape.
    #[error("layer `{layer}`: `{weight}` has shape {got}, but shape {expected} fits here")]
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
    #[error("layer `{layer}`: its weight `{weight}` is missing; there are only {got} arrays")]
    Missing {
        /// The layer's name.
        layer: String,
        /// Which weight.
        weight: String,
        /// How many arrays the layer has.
        got: usize,
    },
    /// The layer's class is not known.
    #[error("layer `{layer}` is a {class}, which byhand cannot compute; it knows {known}")]
    Class {
        /// The layer's name.
        layer: String,
        /// Its class.
        class: String,
        /// All classes that are known.
        known: String,
    },
    /// An entry of a description is missing or not as it should be.
    #[error("layer `{layer}`: `{key}` is {got}; {expected}")]
    Config {
        /// The layer's name.
        layer: String,
        /// The entry.
        key: String,
        /// What stands there.
        got: String,
        /// What should stand there.
        expected: String,
    },
    /// An axis of an input has no length in the description.
    #[error("the input `{input}` has an axis of unknown length; give an input, and its length counts")]
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
