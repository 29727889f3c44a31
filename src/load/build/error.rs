//! Why named arrays do not make a network.

use thiserror::Error;

use crate::network::NetworkError;

/// Why arrays do not make a network: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BuildError {
    /// Nothing there.
    #[error("there is no array here; print the weights with `print(model.get_weights())` and paste all of it")]
    Empty,
    /// Numbers, but none of them can be a kernel.
    #[error(
        "there are numbers here, but no kernel among them: {first} has shape {shape}; paste the arrays in the order of get_weights()"
    )]
    NoKernel {
        /// The first array.
        first: String,
        /// Its shape.
        shape: String,
    },
    /// A layer that has an operation which is not computed yet.
    #[error("{which} {}: {what}; this version computes chains of Dense and BatchNormalization layers, so this network cannot be opened", if *certain { "is" } else { "looks like" })]
    Operation {
        /// The arrays, or the layer.
        which: String,
        /// Whether a name says so.
        certain: bool,
        /// What it is, with its shapes.
        what: String,
    },
    /// A vector that is not one of a layer.
    #[error(
        "{which} is a bias of {length} {}, but no kernel stands before it; paste the arrays in the order of get_weights()", if *length == 1 { "number" } else { "numbers" }
    )]
    LoneBias {
        /// Which array.
        which: String,
        /// How long it is.
        length: usize,
    },
    /// Vectors after a kernel that make no layer.
    #[error(
        "after {kernel} come {vectors} vectors; 1 would be its bias, and 4 more a batch normalisation (gamma, beta, moving mean, moving variance): one is missing or does not belong here"
    )]
    Vectors {
        /// The kernel.
        kernel: String,
        /// How many follow.
        vectors: usize,
    },
    /// A bias without a kernel of its name.
    #[error("{bias} finds no kernel: there are {kernels} kernels and {biases} biases; paste all arrays of the network")]
    Unmatched {
        /// The bias.
        bias: String,
        /// How many kernels.
        kernels: usize,
        /// How many biases.
        biases: usize,
    },
    /// A bias whose length is neither side of its kernel.
    #[error(
        "{kernel}, and its bias {bias} has {length} {}; a bias has one number a unit, so it would be {}", if *length == 1 { "number" } else { "numbers" }, sides(*rows, *columns)
    )]
    Bias {
        /// The kernel, with its shape.
        kernel: String,
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
        /// The bias.
        bias: String,
        /// Its length.
        length: usize,
    },
    /// Two kernels that do not fit each other.
    #[error(
        "{first} and gives {gives} {}, but {second} and takes {takes}, read as {reading}; \
         read the other way round the shapes do not fit either. Look whether an array is missing or stands in the wrong place", if *gives == 1 { "number" } else { "numbers" }
    )]
    Chain {
        /// The one before, with its shape.
        first: String,
        /// How many numbers it gives.
        gives: usize,
        /// The one after, with its shape.
        second: String,
        /// How many it takes.
        takes: usize,
        /// How the kernels were read.
        reading: &'static str,
    },
    /// `--orientation`, but the shapes fit only the other way.
    #[error("with `--orientation {given}` the shapes do not fit; they fit with `--orientation {other}`")]
    Orientation {
        /// As given.
        given: &'static str,
        /// What would fit.
        other: &'static str,
    },
    /// Names and shapes say different things.
    #[error(
        "the names and the shapes do not agree: by name {by_name}, which does not fit; by shape it would be {by_shape}. \
         Correct the names or the order, and open it again"
    )]
    NamesAgainstShapes {
        /// The order of the names, with shapes.
        by_name: String,
        /// The order that fits.
        by_shape: String,
    },
    /// A question that has no usual answer.
    #[error("{question}; say which with `{option} {first}` or `{option} {second}`")]
    Ask {
        /// What cannot be known from the text.
        question: String,
        /// The option of the command line.
        option: &'static str,
        /// One answer.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// `--indices`, but the weights fit only the other way.
    #[error("with `--indices {given}` the weights do not fill whole layers; try `--indices {other}`")]
    IndicesDoNotFit {
        /// As given.
        given: &'static str,
        /// The other way.
        other: &'static str,
    },
    /// Named numbers that make no layers.
    #[error("the named weights make no network: {why}")]
    Scalars {
        /// What is wrong.
        why: String,
    },
    /// A network that is no chain of layers.
    #[error("{what} cannot be opened: {why}; this version computes chains of layers")]
    NoChain {
        /// Which network.
        what: String,
        /// What makes it no chain.
        why: String,
    },
    /// Sizes and numbers that do not agree.
    #[error(
        "sizes {sizes} need {needed} numbers (kernels and biases), and the list has {found}; look whether all are there"
    )]
    Sizes {
        /// As in the text.
        sizes: String,
        /// How many they need.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// Another number of activations than layers.
    #[error("the arrays make {layers} {}, and {activations} {} given; say one activation a layer, as in `--activations {example}`. In Keras, `[layer.activation.__name__ for layer in model.layers]` shows them", if *layers == 1 { "layer" } else { "layers" }, if *activations == 1 { "activation was" } else { "activations were" })]
    Activations {
        /// How many layers.
        layers: usize,
        /// How many activations.
        activations: usize,
        /// What could be written.
        example: String,
    },
    /// The layers do not fit each other.
    #[error(transparent)]
    Network(#[from] NetworkError),
}

fn sides(rows: usize, columns: usize) -> String {
    if rows == columns {
        return rows.to_string();
    }
    format!("{columns} (inputs x units) or {rows} (units x inputs)")
}
