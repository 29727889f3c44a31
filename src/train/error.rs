//! Why something cannot be trained.

use thiserror::Error;

use crate::{
    equation::{EvaluateError, ProgramError},
    graph::{AddressError, GraphError},
    words,
};

/// Why there is no training step.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TrainError {
    /// No loss is called so.
    #[error("{}", words::train::no_loss(known, name))]
    Loss {
        /// What was written.
        name: String,
        /// All names.
        known: String,
    },
    /// No optimizer is called so.
    #[error("{}", words::train::no_optimizer(known, name))]
    Optimizer {
        /// What was written.
        name: String,
        /// All names.
        known: String,
    },
    /// The gradient of a stage is none of the three rules.
    #[error("{}", words::train::no_gradient(stage))]
    Backward {
        /// The stage.
        stage: String,
    },
    /// There is not exactly one output.
    #[error("{}", words::train::one_output(*got))]
    Outputs {
        /// How many there are.
        got: usize,
    },
    /// There is no row of data.
    #[error("{}", words::train::no_rows())]
    NoRows,
    /// Numbers of a row do not fit.
    #[error("{}", words::train::lengths(expected, got, what))]
    Lengths {
        /// What has the numbers.
        what: String,
        /// How many it takes.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// A batch names a row that there is not.
    #[error("{}", words::train::no_row(row, rows))]
    Row {
        /// Which, from 0.
        row: usize,
        /// How many there are.
        rows: usize,
    },
    /// A step that is not trained.
    #[error("{}", words::train::no_step(step, steps))]
    Step {
        /// Which, from 0.
        step: usize,
        /// How many there are.
        steps: usize,
    },
    /// No weight is called so.
    #[error("{}", words::train::no_weight(known, name))]
    Weight {
        /// What was written.
        name: String,
        /// All weights.
        known: String,
    },
    /// A training file is not as it should be.
    #[error("{}", words::train::file(expected, got, place))]
    File {
        /// Where.
        place: String,
        /// What stands there.
        got: String,
        /// What should stand there.
        expected: String,
    },
    /// Options that do not fit each other.
    #[error("{fault}")]
    Options {
        /// What is wrong.
        fault: String,
    },
    /// The network does not fit.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// An equation does not fit.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// The inputs do not fit.
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
    /// An address names nothing.
    #[error(transparent)]
    Address(#[from] AddressError),
}
