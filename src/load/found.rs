//! What a text or a file contains, before it is a network: named arrays, and what the text around them says.

use std::fmt;

use super::remark::Evidence;
use crate::{network::Activation, words};

/// An array as it was printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Array {
    /// What it is called, in the text's own words: `W1`, `dense/kernel`, `fc1.weight`.
    pub name: Option<String>,
    /// Length of each axis, outermost first; empty for a single number.
    pub shape: Vec<usize>,
    /// The values in C order: the last index runs fastest. As many as the product of `shape`.
    pub values: Vec<f32>,
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// The most digits after the point that a value was printed with: 8 as `NumPy` prints float32
    /// (of a value in exponent notation, the digits of the part before the `e`).
    /// `None` if no value has a point.
    pub decimals: Option<u8>,
    /// Who printed it, if the print shows that.
    pub origin: Origin,
}

/// The tool that printed an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// The print does not show it.
    #[default]
    Plain,
    /// `array(...)`, as `NumPy` writes it.
    NumPy,
    /// `tensor(...)` or `Parameter containing:`, as `PyTorch` writes it.
    Torch,
}

impl Array {
    /// The shape as Python writes it: `()`, `(3,)`, `(2, 3)`.
    pub fn shape_text(&self) -> String {
        tuple(&self.shape)
    }

    /// What it is called in a message: by name, or by its place in the text.
    pub(super) fn called(&self, index: usize) -> Called {
        match &self.name {
            Some(name) => Called::Name(name.clone()),
            None => Called::Place { number: index + 1, line: self.line },
        }
    }
}

/// What an array is called in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called {
    /// By its name.
    Name(String),
    /// By its place in the text, both from 1.
    Place {
        /// Its number among the arrays.
        number: usize,
        /// The line on which it begins.
        line: usize,
    },
}

impl fmt::Display for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Name(name) => words::arrays::named(name),
            Self::Place { number, line } => words::arrays::numbered(line, number),
        })
    }
}

/// A shape as Python writes it: `()`, `(3,)`, `(2, 3)`.
pub(super) fn tuple(shape: &[usize]) -> String {
    match shape {
        [n] => format!("({n},)"),
        _ => format!("({})", shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// How a kernel is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// Keras' way: one row an input, one column a unit; `x @ kernel`.
    Keras,
    /// `PyTorch`'s way: one row a unit, one column an input; `weight @ x`.
    Torch,
}

impl Orientation {
    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keras => "keras",
            Self::Torch => "torch",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Keras => Self::Torch,
            Self::Torch => Self::Keras,
        }
    }
}

/// Where the bias of a unit is, if it is part of the kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BiasPlace {
    /// Before the weights.
    First,
    /// After them.
    Last,
}

impl BiasPlace {
    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
        }
    }
}

/// What `w12` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Indices {
    /// From 1 to 2.
    FromTo,
    /// To 1 from 2.
    ToFrom,
}

impl Indices {
    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::FromTo => "from-to",
            Self::ToFrom => "to-from",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::FromTo => Self::ToFrom,
            Self::ToFrom => Self::FromTo,
        }
    }
}

/// A mapping of each value: `x * scale + offset`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Mapping {
    pub(super) scale: Vec<f32>,
    pub(super) offset: Vec<f32>,
}

/// What the text around the arrays says. Everything is optional.
#[derive(Debug, Clone, Default)]
pub(super) struct Hints {
    /// How kernels are stored, and what says so.
    pub(super) orientation: Option<(Orientation, Evidence)>,
    /// The activations in the order of the layers that have one; `None` where one of them is not said.
    pub(super) activations: Vec<Option<Activation>>,
    /// Activations by the name of the layer, where it is known.
    pub(super) named_activations: Vec<(String, Activation)>,
    /// The activation of all hidden layers, and that of the output.
    pub(super) hidden_and_output: Option<(Option<Activation>, Option<Activation>)>,
    /// Names and classes of layers in order: `("dense", "Dense")`. From a summary or a configuration.
    pub(super) layers: Vec<(String, String)>,
    /// Where the bias is, if it is part of the kernel.
    pub(super) bias_place: Option<BiasPlace>,
    /// What is done to the inputs before the network, and to its outputs.
    pub(super) scaling: (Option<Mapping>, Option<Mapping>),
    /// The small number in a batch normalisation.
    pub(super) epsilon: Option<f32>,
}

/// Arrays, and what the text around them says.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) arrays: Vec<Array>,
    pub(super) hints: Hints,
    /// What was assumed or left out while reading.
    pub(super) remarks: Vec<super::Remark>,
}
