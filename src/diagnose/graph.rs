//! What answers about a graph of layers turn out to be: right, rounded, a mistake, or unknown.
//!
//! The same rules as for chains (`diagnose/posterior.rs`): wrong programs are run one by one, the probable ones
//! first, each from what it changes on; those that give the answers are weighed against rounding and an unknown cause.

mod observed;
mod search;
mod weigh;

pub use observed::{Observation, ObservationError, Seen};
pub use search::{Inquiry, Tried};

use super::diagnosis::Conclusion;
use crate::mistake::graph::Mistake;

/// Answers explained.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// What they turn out to be.
    pub conclusion: Conclusion,
    /// What was observed, beside the right values.
    pub seen: Vec<Seen>,
    /// The explanations, the most probable first.
    pub candidates: Vec<Candidate>,
    /// How probable rounding on the way is.
    pub rounding: f64,
    /// How probable it is that the cause is none of the candidates.
    pub unknown: f64,
    /// Which observation is the first that is not right, in the order of the pass, and which of its answers.
    pub first_wrong: Option<(usize, usize)>,
    /// The decimals that a verdict of rounding is about.
    pub decimals: Option<usize>,
    /// How many wrong programs were run.
    pub tried: Tried,
    /// The inputs that tell the first two candidates apart best, and what each gives there at the place asked for.
    pub next_input: Option<NextInput>,
}

/// Mistakes that give the answers.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The mistakes that are made together.
    pub mistakes: Vec<Mistake>,
    /// Others that give the same values wherever we look.
    pub same_as: Vec<Vec<Mistake>>,
    /// How probable it is that it was one of these.
    pub probability: f64,
    /// What they give at the observed places.
    pub values: Vec<Vec<f32>>,
    /// Where the wrong pass leaves the right one: address, right number, wrong number.
    pub difference: Option<(String, f32, f32)>,
}

/// Inputs that tell candidates apart.
#[derive(Debug, Clone)]
pub struct NextInput {
    /// The numbers of each input.
    pub inputs: Vec<Vec<f32>>,
    /// The address of the value to look at.
    pub at: String,
    /// The right value there.
    pub right: f32,
    /// The value of each candidate, by its position.
    pub values: Vec<(usize, f32)>,
}
