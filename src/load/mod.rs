//! From bytes to a [`Network`]: built-in models, printed arrays and everything else that people paste.
//!
//! ```text
//! bytes --sniff--> text --text--> named arrays, hints --build--> Plan --activations--> Model
//! ```
//! [`read`] gives a [`Draft`]: what was understood, with shapes. [`Draft::open`] makes the model from it and from what the caller
//! knows besides ([`Given`]). It can be called again with other answers, without reading again. [`open`] does both.
//!
//! Every guess is reported. What was assumed or left out is a [`Remark`], one sentence each. If a text can be read in two ways
//! and one of them is usual, the model is read in that way, and [`Opened::question`] contains both. If neither is usual, opening
//! fails with the option that answers the question ([`BuildError::AskBias`], [`BuildError::AskIndices`]).
//!
//! ```
//! use byhand::load::{self, Given, Orientation};
//!
//! let given = Given { activations: Some(vec!["tanh".parse()?]), ..Given::named("mine") };
//! let opened = load::open(b"[[0.5, 1.0], [2.0, -1.0]]\n[0.0, 0.25]".to_vec(), &given)?;
//! assert!(opened.remarks[0].to_string().contains("--orientation torch")); // a square kernel fits both ways
//! let question = opened.question.ok_or("asked")?;
//! assert_eq!(question.choices[1].value, load::Value::Orientation(Orientation::Torch));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod build;
mod builtin;
mod described;
mod found;
mod kept;
mod remark;
mod scaling;
mod sniff;
mod table;
pub mod text;

pub use build::{BuildError, LayerClass, LayerDraft, NotDense, ScalarFault, Source};
pub use builtin::{BuiltinError, builtin, builtin_names};
pub use described::DescribedError;
pub use found::{Array, BiasPlace, Called, Indices, Orientation, Origin};
pub use kept::{KeptError, is_kept, keep, kept};
pub use remark::{About, Choice, Evidence, Question, Remark, Value};
pub use scaling::{ScalingError, scaled};
pub use sniff::{Format, MOST_NUMBERS, NotText, format_of, has_too_many_numbers, text_of};
pub use table::{Table, TableError};

use thiserror::Error;

use crate::{
    network::{Activation, Network},
    words,
};
use text::Reading;

/// What the caller knows besides the bytes.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The name of the network: the file's name.
    pub name: String,
    /// One activation for each layer that can have one. Needed if the text does not say them.
    pub activations: Option<Vec<Activation>>,
    /// How kernels are stored.
    pub orientation: Option<Orientation>,
    /// What `w12` means.
    pub indices: Option<Indices>,
    /// Where the bias is, if it is a part of the kernel.
    pub bias: Option<BiasPlace>,
}

impl Given {
    /// Nothing but a name.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// A model, and how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The model.
    pub model: Model,
    /// What was assumed, concluded or left out, each one sentence.
    pub remarks: Vec<Remark>,
    /// What only the user knows. The model was read with the first choice.
    pub question: Option<Question>,
}

/// What a text or file contains, before the activations are known.
#[derive(Debug, Clone)]
pub struct Draft {
    reading: Reading,
}

/// Why there is no model.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LoadError {
    /// A format that is not read.
    #[error("{}", words::arrays::format(.0))]
    Format(Format),
    /// More numbers than are read from a text.
    #[error("{}", words::arrays::too_many_numbers(MOST_NUMBERS))]
    TooManyNumbers,
    /// Bytes that are not text.
    #[error("{}", words::arrays::not_text(format_args!("{:02x}", .0.byte), .0.line))]
    NotText(NotText),
    /// A text that is broken or cut short.
    #[error("{0}")]
    Text(Box<text::TextError>),
    /// The arrays do not make a network.
    #[error("{0}")]
    Build(Box<BuildError>),
}

impl From<BuildError> for LoadError {
    fn from(why: BuildError) -> Self {
        Self::Build(Box::new(why))
    }
}

/// Reads bytes as far as that goes without knowing the activations.
///
/// # Errors
/// [`LoadError`]: a format that is not read, bytes that are not text, or a text that is cut short or broken, with the place.
pub fn read(bytes: Vec<u8>) -> Result<Draft, LoadError> {
    if let Some(format) = format_of(&bytes) {
        return Err(LoadError::Format(format));
    }
    if has_too_many_numbers(&bytes) {
        return Err(LoadError::TooManyNumbers);
    }
    let text = text_of(bytes).map_err(LoadError::NotText)?;
    Ok(Draft { reading: text::read(&text)? })
}

/// Reads bytes and makes the model.
///
/// # Errors
/// [`LoadError`], with what to do.
pub fn open(bytes: Vec<u8>, given: &Given) -> Result<Opened, LoadError> {
    read(bytes)?.open(given)
}

/// Makes a model of named arrays that a file keeps without a description.
///
/// # Errors
/// [`BuildError`], with what to do.
pub fn open_arrays(arrays: Vec<Array>, given: &Given) -> Result<Opened, BuildError> {
    let found = found::Found { arrays, ..found::Found::default() };
    let plan = build::plan(&found, given)?;
    let model = build::model(&found, &plan, given)?;
    let question = build::question(&found, &plan, given, &model);
    Ok(Opened { model, remarks: plan.remarks, question })
}

impl Draft {
    /// The layers as they were understood, with remarks.
    ///
    /// # Errors
    /// [`BuildError`]: the arrays do not make a network.
    pub fn layers(&self, given: &Given) -> Result<(Vec<LayerDraft>, Vec<Remark>), BuildError> {
        let found = self.reading.found(given)?;
        let plan = build::plan(&found, given)?;
        Ok((plan.layers(), plan.remarks))
    }

    /// Every array that was found, in the order of the text.
    pub fn arrays(&self) -> Vec<Array> {
        self.reading.found(&Given::default()).map(|found| found.arrays.clone()).unwrap_or_default()
    }

    /// Makes the model.
    ///
    /// # Errors
    /// [`LoadError::Build`]: what is missing or does not fit, and what to do.
    pub fn open(&self, given: &Given) -> Result<Opened, LoadError> {
        let found = self.reading.found(given)?;
        let plan = build::plan(&found, given)?;
        let model = build::model(&found, &plan, given)?;
        let question = build::question(&found, &plan, given, &model);
        Ok(Opened { model, remarks: plan.remarks, question })
    }
}

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
    /// The range of each input for pictures and accuracies; empty if unknown.
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
    /// Where it was posted.
    pub by: String,
}

impl Facts {
    /// Where its answers can mean something: the training range of each input if it is known, else the range of the pictures.
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
