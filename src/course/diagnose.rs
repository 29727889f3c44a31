//! Numbers of the learner's own that are to be explained.

use serde::Deserialize;

use super::text::{Text, spans};

/// What a diagnosis needs before its step is finished.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnose {
    /// What is asked.
    pub question: Text,
    /// How many numbers the learner gives at least.
    pub numbers: usize,
    /// For how many different inputs at least.
    pub inputs: usize,
    /// The mistakes that the diagnosis has to name first; empty where any conclusion will do.
    pub names: Vec<String>,
    /// Numbers that fulfil the step, in the order in which they are typed.
    pub example: Vec<OwnNumber>,
    /// What is said when the step is finished.
    pub says: Text,
}

/// A number that a learner could type.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnNumber {
    /// The network's input at which it was found; `None` for the bench's.
    pub input: Option<Vec<f32>>,
    /// The value's address; `None` for the network's output.
    pub at: Option<String>,
    /// The number as it is typed.
    pub answer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DiagnoseFile {
    question: String,
    #[serde(default = "one")]
    numbers: usize,
    #[serde(default = "one")]
    inputs: usize,
    #[serde(default)]
    names: Vec<String>,
    example: Vec<OwnNumber>,
    says: String,
}

fn one() -> usize {
    1
}

impl From<DiagnoseFile> for Diagnose {
    fn from(file: DiagnoseFile) -> Self {
        let DiagnoseFile { question, numbers, inputs, names, example, says } = file;
        Self { question: spans(&question), numbers, inputs, names, example, says: spans(&says) }
    }
}
