//! Why a file cannot be opened.

use thiserror::Error;

use crate::{graph::GraphError, load::BuildError, words::formats};

/// Why a file cannot be opened, or is no network.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    /// The system cannot read it.
    #[error("{}", formats::unreadable_part(.0))]
    Unreadable(String),
    /// Its own rules are broken.
    #[error("{}", formats::damaged(format, place, why))]
    Damaged {
        /// What kind of file it is.
        format: String,
        /// Where it is broken.
        place: String,
        /// What is wrong there.
        why: String,
    },
    /// Too many bytes.
    #[error("{}", formats::too_large(most))]
    TooLarge {
        /// The limit in MiB.
        most: usize,
    },
    /// Too many numbers.
    #[error("{}", formats::too_many_numbers(most))]
    TooManyNumbers {
        /// The limit.
        most: usize,
    },
    /// An array has too few or too many numbers.
    #[error("{}", formats::length(got, name, shape))]
    Length {
        /// The array.
        name: String,
        /// Its shape.
        shape: String,
        /// How many numbers there are.
        got: usize,
    },
    /// An array of something that is no number.
    #[error("{}", formats::kind(kind, name))]
    Kind {
        /// The array.
        name: String,
        /// What it holds.
        kind: String,
    },
    /// A file beside it cannot be read.
    #[error("{}", formats::neighbour(name, why))]
    Neighbour {
        /// Its name.
        name: String,
        /// Why not.
        why: String,
    },
    /// A description that is no JSON.
    #[error("{}", formats::json_wrong(why))]
    Json {
        /// What the parser says.
        why: String,
    },
    /// An array of a layer that the description does not have.
    #[error("{}", formats::no_layer(array, layer))]
    NoLayer {
        /// The array.
        array: String,
        /// The layer.
        layer: String,
    },
    /// A pickle with something that is not on the list.
    #[error("{}", formats::pickle_refused(what))]
    Pickle {
        /// The name or the instruction.
        what: String,
    },
    /// A pickle without weights.
    #[error("{}", formats::pickle_no_weights())]
    NoStateDict,
    /// A zip archive of something else.
    #[error("{}", formats::unknown_zip())]
    UnknownZip,
    /// `--activations` with another number of them.
    #[error("{}", formats::activations(given, layers))]
    Activations {
        /// How many layers can have one.
        layers: usize,
        /// How many were given.
        given: usize,
    },
    /// Weights without a description, which could be of several networks.
    #[error("{}", formats::needs_architecture())]
    NeedsArchitecture,
    /// A description without weights.
    #[error("{}", formats::needs_weights())]
    NeedsWeights,
    /// `--architecture` where the file has its own.
    #[error("{}", formats::own_architecture())]
    OwnArchitecture,
    /// `--architecture` is no description.
    #[error("{}", formats::no_architecture())]
    NoArchitecture,
    /// The arrays make no chain of Dense layers.
    #[error(transparent)]
    Build(#[from] Box<BuildError>),
    /// The description and the arrays make no network.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

impl From<BuildError> for FileError {
    fn from(why: BuildError) -> Self {
        Self::Build(Box::new(why))
    }
}
