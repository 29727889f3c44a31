//! Why named arrays do not make a network.

use std::fmt;

use thiserror::Error;

use crate::{
    load::{
        Called, Orientation,
        found::{Indices, tuple},
        text::NoChain,
    },
    network::NetworkError,
    words::arrays,
};

/// Why arrays do not make a network: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BuildError {
    /// There are no arrays.
    #[error("{}", arrays::empty())]
    Empty,
    /// A layer with an operation that is not computed here.
    #[error("{0}")]
    Operation(NotDense),
    /// A vector that belongs to no layer.
    #[error("{}", arrays::lone_bias(array, *length))]
    LoneBias {
        /// Which array.
        array: Called,
        /// How many numbers it has.
        length: usize,
    },
    /// Vectors after a kernel that do not make a layer.
    #[error("{}", arrays::vectors(kernel, *vectors))]
    Vectors {
        /// The kernel.
        kernel: Called,
        /// How many vectors follow.
        vectors: usize,
    },
    /// A bias without a kernel of its name.
    #[error("{}", arrays::unmatched(bias, *biases, *kernels))]
    Unmatched {
        /// The bias.
        bias: Called,
        /// How many kernels there are.
        kernels: usize,
        /// How many biases there are.
        biases: usize,
    },
    /// A bias whose length is neither side of its kernel.
    #[error("{}", bias_says(kernel, shape, bias, *length))]
    Bias {
        /// The kernel.
        kernel: Called,
        /// Its shape.
        shape: Vec<usize>,
        /// The bias.
        bias: Called,
        /// How many numbers the bias has.
        length: usize,
    },
    /// Two kernels that do not fit each other.
    #[error("{}", arrays::chain(&first.0, tuple(&first.1), *gives, orientation.name(), &second.0, tuple(&second.1), takes))]
    Chain {
        /// The first of them, with its shape.
        first: (Called, Vec<usize>),
        /// How many numbers it gives.
        gives: usize,
        /// The second, with its shape.
        second: (Called, Vec<usize>),
        /// How many numbers it takes.
        takes: usize,
        /// How the kernels were read.
        orientation: Orientation,
    },
    /// `--orientation`, but the shapes fit only the other way.
    #[error("{}", arrays::orientation(given.name(), given.other().name()))]
    Orientation {
        /// As given.
        given: Orientation,
    },
    /// Names and shapes say different things.
    #[error("{}", arrays::names_against_shapes(order(by_name), order(by_shape)))]
    NamesAgainstShapes {
        /// The order of the names, with shapes.
        by_name: Vec<(Called, Vec<usize>)>,
        /// The order that fits.
        by_shape: Vec<(Called, Vec<usize>)>,
    },
    /// Each unit's bias is among its weights: the first or the last of them?
    #[error("{}", arrays::ask_bias())]
    AskBias,
    /// Is `w12` the weight from 1 to 2, or to 1 from 2?
    #[error("{}", arrays::ask_indices())]
    AskIndices,
    /// `--indices`, but the weights fit only the other way.
    #[error("{}", arrays::indices_do_not_fit(given.name(), given.other().name()))]
    IndicesDoNotFit {
        /// As given.
        given: Indices,
    },
    /// Named weights that do not make layers.
    #[error("{0}")]
    Scalars(ScalarFault),
    /// A network that is not a chain of layers.
    #[error("{}", no_chain_says(.network, .why))]
    NoChain {
        /// Which network.
        network: Source,
        /// What makes it no chain.
        why: NoChain,
    },
    /// Sizes and numbers that do not agree.
    #[error("{}", arrays::sizes(found, needed, sizes))]
    Sizes {
        /// As in the text.
        sizes: String,
        /// How many numbers they need.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// Another number of activations than layers.
    #[error("{}", arrays::activations(*activations, example, *layers))]
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

/// A class of layers that is not computed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerClass {
    /// Its name in Keras or `PyTorch`.
    pub name: &'static str,
    /// `recurrent`, `convolution` or `other`.
    pub family: &'static str,
}

impl fmt::Display for LayerClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&arrays::class(self.name, self.family))
    }
}

/// What shows that a layer is neither Dense nor `BatchNormalization`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDense {
    /// The name of an array.
    OfClass {
        /// The array.
        array: Called,
        /// Its shape.
        shape: Vec<usize>,
        /// What its layer is.
        class: LayerClass,
    },
    /// A list of layers.
    Layer {
        /// The layer's name.
        name: String,
        /// What it is.
        class: LayerClass,
    },
    /// An array that is called a recurrent kernel.
    RecurrentKernel {
        /// The array.
        array: Called,
        /// Its shape.
        shape: Vec<usize>,
    },
    /// A kernel with three axes or more.
    Convolution {
        /// The array.
        array: Called,
        /// Its shape.
        shape: Vec<usize>,
    },
    /// The shapes of a recurrent layer.
    Recurrent {
        /// The first array.
        array: Called,
        /// The layer, as in `GRU(3)`.
        like: String,
        /// The shape of the kernel.
        kernel: [usize; 2],
        /// The shape of the recurrent kernel.
        recurrent: [usize; 2],
    },
}

impl fmt::Display for NotDense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::OfClass { array, shape, class } => arrays::of_class(array, class, tuple(shape)),
            Self::Layer { name, class } => arrays::layer_of_class(class, name),
            Self::RecurrentKernel { array, shape } => arrays::recurrent_kernel(array, tuple(shape)),
            Self::Convolution { array, shape } => {
                arrays::convolution(array, shape.len().saturating_sub(2).min(3), tuple(shape))
            }
            Self::Recurrent { array, like, kernel, recurrent } => {
                arrays::recurrent(array, tuple(kernel), like, tuple(recurrent))
            }
        })
    }
}

/// Why named weights, such as `w12`, do not make layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ScalarFault {
    /// Some are missing, or the layers do not fit each other.
    #[error("{}", arrays::gaps())]
    Gaps,
    /// A bias with two indices.
    #[error("{}", arrays::bias_indices())]
    BiasIndices,
    /// `w1, w3`, or `w1, w1`.
    #[error("{}", arrays::numbering())]
    Numbering,
    /// Layers of several sizes have this many weights.
    #[error("{}", arrays::several_ways(.0))]
    SeveralWays(usize),
}

/// Where a network comes from that is written unit by unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A file of this tool.
    Tool(&'static str),
    /// Nested objects, edges or equations.
    Text,
    /// Named weights.
    Weights,
}

fn bias_says(kernel: &Called, shape: &[usize], bias: &Called, length: usize) -> String {
    let (rows, columns) = match *shape {
        [rows, columns] => (rows, columns),
        [length] => (length, 1),
        _ => (1, 1),
    };
    let shape = tuple(shape);
    if rows == columns {
        return arrays::bias(bias, kernel, length, shape, rows);
    }
    arrays::bias_either(bias, columns, kernel, length, rows, shape)
}

fn order(arrays: &[(Called, Vec<usize>)]) -> String {
    let arrays = arrays.iter().map(|(array, shape)| arrays::with_shape(array, tuple(shape)));
    arrays.collect::<Vec<_>>().join(" → ")
}

fn no_chain_says(network: &Source, why: &NoChain) -> String {
    match network {
        Source::Tool(tool) => arrays::no_chain_tool(tool, why),
        Source::Text => arrays::no_chain(why),
        Source::Weights => arrays::no_chain_weights(why),
    }
}
