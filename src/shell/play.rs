//! The interactive session: lessons and the bench.

use std::{path::PathBuf, process::ExitCode};

use thiserror::Error;

use super::background::Luminance;
use crate::{course::Folder, load::Model};

/// What the session begins with.
#[derive(Debug, Clone, PartialEq)]
pub enum Start {
    /// The course: where the learner was.
    Course,
    /// One lesson, by its id.
    Lesson(String),
    /// The bench with a model.
    Model {
        /// The model.
        model: Box<Model>,
        /// The first input; has the model's length.
        input: Option<Vec<f32>>,
    },
}

/// How the session looks and where it keeps things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayOptions {
    /// Where the lessons come from.
    pub lessons: Folder,
    /// The file that progress is kept in; `None` for the usual place.
    pub progress: Option<PathBuf>,
    /// `None`: find out.
    pub background: Option<Luminance>,
    /// Nothing moves.
    pub reduced_motion: bool,
    /// Only ASCII characters.
    pub ascii: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
}

/// Why a session cannot begin or go on.
#[derive(Debug, Error)]
pub enum PlayError {
    /// This build cannot.
    #[error(
        "the interactive lessons are not part of this build; try `byhand explain line-1-16-1 --input 10`"
    )]
    Missing,
}

/// Plays a session until the learner leaves it.
///
/// # Errors
/// [`PlayError`].
#[allow(clippy::needless_pass_by_value)] // a session owns what it was started with
pub fn play(_start: Start, _options: PlayOptions) -> Result<ExitCode, PlayError> {
    Err(PlayError::Missing)
}
