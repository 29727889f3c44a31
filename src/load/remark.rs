//! What was assumed, concluded or left out while a model was read, and what only the user can answer.

use std::fmt;

use super::{BiasPlace, Indices, Model, Orientation};

/// One thing that was assumed, concluded or left out. `Display` is one sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Nothing says which way round the kernels are stored, and both ways fit.
    OrientationAssumed(Orientation),
    /// Both ways fit, but something around the numbers says which it is.
    OrientationSaid {
        /// Which.
        orientation: Orientation,
        /// What says so.
        by: String,
    },
    /// Only one way fits, and it is not the usual one, or a square kernel alone would have left it open.
    OrientationConcluded(Orientation),
    /// Each kernel fits only in its own way.
    TurnedOneByOne,
    /// The text says one way, and only the other fits.
    OrientationAgainst {
        /// What fits.
        orientation: Orientation,
        /// What says otherwise.
        by: String,
    },
    /// The bias was found inside of the kernels.
    BiasInKernel(BiasPlace),
    /// The arrays were put in the order of their names.
    NamesOrder,
    /// Arrays that belong to no layer.
    LeftOver {
        /// Which: names or places.
        what: String,
        /// Why they are taken for something else.
        why: &'static str,
    },
    /// Some layers have a bias, and these have none.
    NoBias {
        /// Which layers.
        layers: String,
    },
    /// No layer has a bias.
    NoBiasAnywhere,
    /// A bracket at the end was missing.
    BracketMended,
    /// A bracket without a partner was passed over.
    BracketIgnored {
        /// Its line.
        line: usize,
    },
    /// The tool scales numbers by itself, and the ranges are not in the text.
    OwnScale(&'static str),
    /// The scaling in the text became layers.
    ScalingTaken,
    /// The epsilon of a normalisation is not printed.
    Epsilon {
        /// What was taken.
        assumed: String,
        /// Whose default that is.
        whose: &'static str,
    },
    /// `w12` read by the convention of node numbers, or as the text says.
    IndicesRead {
        /// How.
        indices: Indices,
        /// What says so, if anything does.
        by: Option<String>,
    },
    /// `w1 .. w8` given to units in the order in which textbooks number them.
    TextbookOrder,
    /// A threshold stands on an input of -1.
    ThresholdSubtracted,
    /// An edge that is not in the text.
    MissingEdge {
        /// How many.
        edges: usize,
        /// The first of them.
        first: String,
    },
    /// Edges that the text says are switched off.
    DisabledEdges(usize),
    /// A slope belongs to the activation.
    Slope(String),
    /// Activations that the tool uses by itself.
    ActivationsOfTool(&'static str),
    /// Numbers with a decimal comma.
    DecimalComma,
    /// A flat list was cut by sizes that the text gives.
    CutBySizes(String),
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OrientationAssumed(orientation) => write!(
                f,
                "nothing says which way round the kernels are stored, and both ways fit; read as {} ({}). \
                 If it is the other way, use `--orientation {}`",
                orientation.says(),
                whose(*orientation),
                orientation.other().name()
            ),
            Self::OrientationSaid { orientation, by } => {
                write!(f, "kernels read as {}, because of {by}", orientation.says())
            }
            Self::OrientationConcluded(orientation) => {
                write!(f, "kernels read as {}: the shapes fit only this way", orientation.says())
            }
            Self::TurnedOneByOne => f.write_str(
                "the kernels fit each other only if some are read as inputs x units and others as units x inputs; \
                 read like this",
            ),
            Self::OrientationAgainst { orientation, by } => {
                write!(f, "kernels read as {}: the shapes fit only this way, in spite of {by}", orientation.says())
            }
            Self::BiasInKernel(BiasPlace::First) => f.write_str("the first weight of each unit is read as its bias"),
            Self::BiasInKernel(BiasPlace::Last) => f.write_str("the last weight of each unit is read as its bias"),
            Self::NamesOrder => f.write_str("the arrays stand in another order than their names; the names were followed"),
            Self::LeftOver { what, why } => write!(f, "left out: {what}; {why}"),
            Self::NoBias { layers } => write!(f, "no bias was found for {layers}; read as a layer without one"),
            Self::NoBiasAnywhere => f.write_str("no biases were found; read as layers without them"),
            Self::BracketMended => {
                f.write_str("the text ends inside a bracket; it was closed there. Look whether the end is missing")
            }
            Self::BracketIgnored { line } => {
                write!(f, "a closing bracket in line {line} has no partner; it was passed over")
            }
            Self::OwnScale(tool) => write!(
                f,
                "{tool} maps inputs and targets by itself, and the ranges are not in the text: input and answer are on \
                 the network's own scale. Give the ranges with `--scaling input=LOW,HIGH:-1,1` and \
                 `--scaling output=LOW,HIGH:-1,1`"
            ),
            Self::ScalingTaken => f.write_str("the scaling of inputs and outputs in the text became layers of the network"),
            Self::Epsilon { assumed, whose } => {
                write!(f, "epsilon of the batch normalisation is not printed; {assumed} assumed, the default of {whose}")
            }
            Self::IndicesRead { indices, by } => {
                let (example, other) = match indices {
                    Indices::FromTo => ("from 1 to 2", "to-from"),
                    Indices::ToFrom => ("to 1 from 2", "from-to"),
                };
                match by {
                    Some(by) => write!(f, "w12 read as the weight {example}, because of {by}"),
                    None => write!(
                        f,
                        "w12 read as the weight {example}; if it is the other way, use `--indices {other}`"
                    ),
                }
            }
            Self::TextbookOrder => f.write_str(
                "the weights were given to the units in the order of their numbers, all of one unit first, as textbooks do",
            ),
            Self::ThresholdSubtracted => {
                f.write_str("the thresholds stand on an input of -1, so each bias is minus the threshold")
            }
            Self::MissingEdge { edges: 1, first } => write!(f, "there is no weight {first}; 0 was taken"),
            Self::MissingEdge { edges, first } => {
                write!(f, "{edges} weights are not there, the first {first}; 0 was taken for them")
            }
            Self::DisabledEdges(1) => f.write_str("one connection is switched off and was left out"),
            Self::DisabledEdges(edges) => write!(f, "{edges} connections are switched off and were left out"),
            Self::Slope(which) => write!(f, "the slope belongs to the activation: {which}"),
            Self::ActivationsOfTool(tool) => write!(f, "the activations are those that {tool} always uses"),
            Self::DecimalComma => f.write_str("commas inside numbers were read as decimal commas"),
            Self::CutBySizes(sizes) => write!(
                f,
                "the flat list was cut by the sizes {sizes}: for each layer the kernel row by row (inputs x units), then the bias"
            ),
        }
    }
}

fn whose(orientation: Orientation) -> &'static str {
    match orientation {
        Orientation::Keras => "as Keras stores them",
        Orientation::Torch => "as PyTorch stores them",
    }
}

/// Something that only the user can answer, with what each answer gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is asked.
    pub about: About,
    /// The answers; the first is the one that [`Opened::model`](super::Opened::model) was read with.
    pub choices: Vec<Choice>,
}

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Which way round the kernels are stored: `--orientation`.
    Orientation,
    /// What `w12` means: `--indices`.
    Indices,
    /// Where the bias stands in the kernels: `--bias`.
    BiasPlace,
}

impl About {
    /// The option of the command line that answers it.
    pub fn option(self) -> &'static str {
        match self {
            Self::Orientation => "--orientation",
            Self::Indices => "--indices",
            Self::BiasPlace => "--bias",
        }
    }
}

/// One answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The answer, as the command line takes it.
    pub value: Value,
    /// The model that it gives.
    pub model: Model,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// To [`About::Orientation`].
    Orientation(Orientation),
    /// To [`About::Indices`].
    Indices(Indices),
    /// To [`About::BiasPlace`].
    BiasPlace(BiasPlace),
}

impl Value {
    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Orientation(orientation) => orientation.name(),
            Self::Indices(indices) => indices.name(),
            Self::BiasPlace(place) => place.name(),
        }
    }

    /// In words, for a choice on the screen.
    pub fn says(self) -> &'static str {
        match self {
            Self::Orientation(orientation) => orientation.says(),
            Self::Indices(Indices::FromTo) => "w12 goes from 1 to 2",
            Self::Indices(Indices::ToFrom) => "w12 goes to 1 from 2",
            Self::BiasPlace(BiasPlace::First) => "the bias stands before the weights of a unit",
            Self::BiasPlace(BiasPlace::Last) => "the bias stands after the weights of a unit",
        }
    }
}
