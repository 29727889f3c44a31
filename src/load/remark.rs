//! What was assumed, concluded or left out while a model was read, and what only the user can answer.

use std::fmt;

use super::{BiasPlace, Called, Indices, Model, Orientation};
use crate::words::remark;

/// One thing that was assumed, concluded or left out. `Display` is one sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Nothing says how the kernels are stored, and both ways fit.
    OrientationAssumed(Orientation),
    /// Both ways fit, but something around the numbers says which one it is.
    OrientationSaid {
        /// How they are read.
        orientation: Orientation,
        /// What says so.
        by: Evidence,
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
        by: Evidence,
    },
    /// The bias was found inside of the kernels.
    BiasInKernel(BiasPlace),
    /// The arrays were put in the order of their names.
    NamesOrder,
    /// Arrays that are an input or an output by their names.
    DataByName(Vec<Called>),
    /// Numbers in this line that are an input or an output.
    DataInLine(usize),
    /// An array behind a complete network that has the shape of an output.
    Prediction(Called),
    /// Some layers have a bias, and these have none.
    NoBias {
        /// Which layers.
        layers: Vec<String>,
    },
    /// No layer has a bias.
    NoBiasAnywhere,
    /// A bracket at the end was missing.
    BracketMended,
    /// A bracket without a partner was ignored.
    BracketIgnored {
        /// Its line.
        line: usize,
    },
    /// The tool scales numbers by itself, and the ranges are not in the text.
    OwnScale(&'static str),
    /// The scaling in the text became layers.
    ScalingTaken,
    /// The epsilon of a normalization is not printed.
    Epsilon {
        /// What is used.
        assumed: String,
        /// The tool whose default it is.
        tool: &'static str,
    },
    /// `w12` read by the convention of node numbers.
    IndicesAssumed(Indices),
    /// `w12` read as the text says.
    IndicesSaid(Indices),
    /// `w12` read in the only way that fits.
    IndicesConcluded(Indices),
    /// `w1 .. w8` given to units in the order in which textbooks number them.
    TextbookOrder,
    /// A threshold has an input of -1.
    ThresholdSubtracted,
    /// Weights between units that are not in the text.
    MissingEdge {
        /// How many.
        edges: usize,
        /// The units of the first.
        first: (String, String),
    },
    /// Edges that the text says are switched off.
    DisabledEdges(usize),
    /// Slopes that belong to the activations.
    Slope {
        /// The tool.
        tool: &'static str,
        /// The activations, with their slopes.
        activations: Vec<String>,
    },
    /// Activations that the tool always uses.
    ActivationsOfTool(&'static str),
    /// Numbers with a decimal comma.
    DecimalComma,
    /// A flat list was divided by sizes that the text gives.
    CutBySizes(String),
}

/// What says how kernels are stored. `Display` is a noun that follows "because of".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// The print itself: no remark is needed.
    Print,
    /// Words around the numbers.
    Words(String),
    /// Code that uses the kernels.
    Code(String),
    /// A tool that always stores them in this way.
    Tool(&'static str),
    /// Biases that are columns.
    BiasColumns,
    /// Biases that are rows.
    BiasRows,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Print => String::new(),
            Self::Words(words) => remark::by_words(words),
            Self::Code(code) => remark::by_code(code),
            Self::Tool(tool) => remark::by_tool(tool),
            Self::BiasColumns => remark::by_bias_columns(),
            Self::BiasRows => remark::by_bias_rows(),
        })
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::OrientationAssumed(orientation) => remark::orientation_assumed(orientation.name()),
            Self::OrientationSaid { orientation, by } => remark::orientation_said(by, orientation.name()),
            Self::OrientationConcluded(orientation) => remark::orientation_concluded(orientation.name()),
            Self::TurnedOneByOne => remark::turned_one_by_one(),
            Self::OrientationAgainst { orientation, by } => remark::orientation_against(by, orientation.name()),
            Self::BiasInKernel(BiasPlace::First) => remark::bias_first(),
            Self::BiasInKernel(BiasPlace::Last) => remark::bias_last(),
            Self::NamesOrder => remark::names_order(),
            Self::DataByName(arrays) => remark::data_by_name(list(arrays), arrays.len()),
            Self::DataInLine(line) => remark::data_in_line(line),
            Self::Prediction(array) => remark::prediction(array),
            Self::NoBias { layers } => remark::no_bias(
                layers.len(),
                list(&layers.iter().map(|layer| format!("`{layer}`")).collect::<Vec<_>>()),
            ),
            Self::NoBiasAnywhere => remark::no_bias_anywhere(),
            Self::BracketMended => remark::bracket_mended(),
            Self::BracketIgnored { line } => remark::bracket_ignored(line),
            Self::OwnScale(tool) => remark::own_scale(tool),
            Self::ScalingTaken => remark::scaling_taken(),
            Self::Epsilon { assumed, tool } => remark::epsilon(assumed, tool),
            Self::IndicesAssumed(indices) => remark::indices(indices.name()),
            Self::IndicesSaid(indices) => remark::indices_said(indices.name()),
            Self::IndicesConcluded(indices) => remark::indices_concluded(indices.name()),
            Self::TextbookOrder => remark::textbook_order(),
            Self::ThresholdSubtracted => remark::threshold(),
            Self::MissingEdge { edges, first: (from, to) } => remark::missing_edge(*edges, from, to),
            Self::DisabledEdges(edges) => remark::disabled_edges(*edges),
            Self::Slope { tool, activations } => remark::slope(list(activations), tool),
            Self::ActivationsOfTool(tool) => remark::activations_of_tool(tool),
            Self::DecimalComma => remark::decimal_comma(),
            Self::CutBySizes(sizes) => remark::cut_by_sizes(sizes),
        })
    }
}

fn list<T: ToString>(names: &[T]) -> String {
    names.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
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
    /// How the kernels are stored: `--orientation`.
    Orientation,
    /// What `w12` means: `--indices`.
    Indices,
    /// Where the bias is in the kernels: `--bias`.
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

    /// As a choice on the screen.
    pub fn says(self) -> String {
        match self {
            Self::Orientation(Orientation::Keras) => remark::choice_keras(),
            Self::Orientation(Orientation::Torch) => remark::choice_torch(),
            Self::Indices(Indices::FromTo) => remark::choice_from_to(),
            Self::Indices(Indices::ToFrom) => remark::choice_to_from(),
            Self::BiasPlace(BiasPlace::First) => remark::choice_bias_first(),
            Self::BiasPlace(BiasPlace::Last) => remark::choice_bias_last(),
        }
    }
}
