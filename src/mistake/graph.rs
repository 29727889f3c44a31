//! Mistakes in a graph of operations: each changes the list of equations, and can be run.
//!
//! A mistake knows no operation. It looks at the stages of a [`Part`] (a layer, or a direction of a bidirectional one) and at
//! what their equations read: a sum that moves a window is a convolution, whatever its layer is called. So a new operation that
//! is made of known stages has its mistakes at once. Values, steps and worked solution follow from the changed list.
//!
//! One file a family, one registry, [`KINDS`].

mod attention;
mod common;
mod convolution;
mod normalization;
mod order;
mod part;
mod pooling;
mod recurrent;
mod softmax;
mod way;
mod weights;

use std::fmt;

pub use part::Part;
pub use way::Way;

use super::MistakeError;
use crate::{
    equation::{Program, ProgramError},
    words,
};

/// Every kind, in the order in which they are listed: the more common first within a family.
pub static KINDS: &[&Kind] = &[
    &common::SKIPPED_ACTIVATION,
    &common::WRONG_ACTIVATION,
    &common::SKIPPED_BIAS,
    &common::SUBTRACTED_BIAS,
    &common::TRANSPOSED_KERNEL,
    &common::MISREAD_KERNEL,
    &common::SKIPPED_LAYER,
    &convolution::FLIPPED_KERNEL,
    &convolution::WRONG_PADDING,
    &convolution::WRONG_STRIDE,
    &convolution::WRONG_DILATION,
    &convolution::CHANNELS_ORDER,
    &order::FLATTEN_ORDER,
    &order::REVERSED_TIME,
    &pooling::WRONG_POOLING,
    &pooling::WHOLE_WINDOW,
    &recurrent::GATE_ORDER,
    &recurrent::RESET_AFTER,
    &recurrent::FORGET_BIAS,
    &recurrent::UPDATE_GATE,
    &recurrent::INITIAL_STATE,
    &recurrent::LAST_STEP,
    &recurrent::FORGOTTEN_STATE,
    &recurrent::FORGOTTEN_MEMORY,
    &normalization::WITHOUT_EPSILON,
    &normalization::WRONG_EPSILON,
    &normalization::VARIANCE,
    &normalization::BESSEL,
    &normalization::SWAPPED,
    &normalization::SKIPPED_STAGE,
    &normalization::ACTIVATION_BEFORE,
    &softmax::WRONG_AXIS,
    &softmax::NOT_NORMALISED,
    &attention::UNSCALED,
    &attention::WRONG_SCALE,
    &attention::SWAPPED_QUERY,
    &attention::FORGOTTEN_MASK,
    &weights::MISSING_TERM,
    &weights::SIGN_ERROR,
];

/// A kind of mistake in a graph.
pub struct Kind {
    /// Its id in JSON and in lessons: kebab-case, stable.
    pub id: &'static str,
    /// What the learner did, as a heading: a noun phrase without article, lower case.
    pub title: fn() -> String,
    /// The lesson that teaches the right way, or the nearest one.
    pub lesson: &'static str,
    /// How common it is among the mistakes people post, against the other kinds (only ratios matter); its ways share it.
    pub common: f64,
    /// The ways in which it can be made in a part; empty where it cannot be made or changes nothing by its nature.
    ways: fn(&Part<'_>) -> Vec<Way>,
    /// Changes the equations.
    change: fn(&Part<'_>, &Way, &mut Program) -> Result<(), ProgramError>,
    /// Says what was done, in the second person and the past tense, without a full stop.
    says: fn(&Part<'_>, &Way) -> String,
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// One mistake: its kind, in a part of the network, in a certain way.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// What kind.
    pub kind: &'static Kind,
    /// In which layer, as addresses call it: `lstm`, `bidirectional/forward`.
    pub layer: String,
    /// In which way.
    pub way: Way,
}

impl Mistake {
    /// Every single mistake that can be made in these equations.
    pub fn all(program: &Program) -> Vec<Self> {
        let parts = Part::all(program);
        let at = |part: &Part<'_>| -> Vec<Self> {
            let ways = |kind: &'static Kind| (kind.ways)(part).into_iter().map(move |way| (kind, way));
            let made = KINDS.iter().copied().flat_map(ways);
            made.map(|(kind, way)| Self { kind, layer: part.layer.to_owned(), way }).collect()
        };
        parts.iter().flat_map(at).collect()
    }

    /// Reads `KIND:LAYER[:WAY]`.
    ///
    /// # Errors
    /// [`MistakeError`], naming what does not fit and what would.
    pub fn named(text: &str, program: &Program) -> Result<Self, MistakeError> {
        let mut pieces = text.trim().splitn(3, ':').map(str::trim);
        let id = pieces.next().unwrap_or_default();
        let Some(kind) = KINDS.iter().copied().find(|kind| kind.id == id) else {
            return Err(MistakeError::unknown_kind(id, KINDS.iter().map(|kind| kind.id)));
        };
        let Some(layer) = pieces.next().filter(|layer| !layer.is_empty()) else {
            return Err(MistakeError::Syntax { text: text.to_owned() });
        };
        let not_here = |why: String| MistakeError::NotHere { mistake: text.trim().to_owned(), why };
        let parts = Part::all(program);
        let Some(part) = parts.iter().find(|part| part.layer == layer) else {
            let known: Vec<&str> = parts.iter().map(|part| part.layer).collect();
            return Err(not_here(words::layer_mistake::no_layer(known.join(", "), layer)));
        };
        let ways = (kind.ways)(part);
        let wanted = pieces.next().unwrap_or_default();
        match ways.iter().find(|way| way.to_string() == wanted) {
            Some(way) => Ok(Self { kind, layer: layer.to_owned(), way: way.clone() }),
            None if ways.is_empty() => Err(not_here(words::mistake::nothing_to_change(layer))),
            None if ways == [Way::Plain] => Err(not_here(words::mistake::no_detail())),
            None => {
                let known = ways.iter().take(20).map(|way| format!("`{way}`")).collect::<Vec<_>>().join(", ");
                Err(not_here(words::layer_mistake::which_way(known)))
            }
        }
    }

    /// How it is written: `KIND:LAYER[:WAY]`; [`Mistake::named`] reads it back.
    pub fn name(&self) -> String {
        match &self.way {
            Way::Plain => format!("{}:{}", self.kind.id, self.layer),
            way => format!("{}:{}:{way}", self.kind.id, self.layer),
        }
    }

    /// What was done, as a sentence without its full stop. `program` is the right one.
    pub fn says(&self, program: &Program) -> String {
        (self.kind.says)(&Part::of(program, &self.layer), &self.way)
    }

    /// Makes the mistake in `program`, whose right form is `right`.
    ///
    /// # Errors
    /// [`ProgramError`] if it cannot be made, for example because another mistake took away what it changes.
    pub fn make(&self, right: &Program, program: &mut Program) -> Result<(), ProgramError> {
        (self.kind.change)(&Part::of(right, &self.layer), &self.way, program)
    }
}

/// The equations with the mistakes made, in the order given.
///
/// # Errors
/// [`ProgramError`] for a mistake that leaves no program.
pub fn changed(right: &Program, mistakes: &[Mistake]) -> Result<Program, ProgramError> {
    let mut program = right.clone();
    for mistake in mistakes {
        mistake.make(right, &mut program)?;
    }
    Ok(program)
}

#[cfg(test)]
mod tests;
