//! Why a text could not be read, where, and what to do about it.

use std::fmt;

use super::excerpt::{Excerpt, quoted};
use crate::load::found::tuple;

/// A text that is broken or cut short: what is wrong and where.
///
/// `Display` is three lines: place and problem, the line of the text, a caret below the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct TextError {
    /// What is wrong.
    pub problem: Problem,
    /// Where.
    pub place: Excerpt,
}

impl TextError {
    pub(super) fn new(problem: Problem, text: &str, at: usize) -> Self {
        Self { problem, place: Excerpt::at(text, at) }
    }
}

/// What is wrong, and at which byte: the excerpt is made only for the one that is shown, because prose in brackets fails often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) problem: Problem,
    pub(super) at: usize,
}

impl Fault {
    pub(super) fn error(self, text: &str) -> TextError {
        TextError::new(self.problem, text, self.at)
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Excerpt { line, column, text, caret } = &self.place;
        writeln!(f, "line {line}, column {column}: {}", self.problem)?;
        writeln!(f, "  {text}")?;
        write!(f, "  {:caret$}^", "")
    }
}

/// What can be wrong with a text. Words taken from it are cut and made printable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// `...`: the print leaves values out.
    #[error(
        "NumPy cut this print short (`...`), so weights are missing: \
         run `import sys, numpy as np; np.set_printoptions(threshold=sys.maxsize)` and print again"
    )]
    CutShort,
    /// The same inside `tensor(...)`.
    #[error(
        "PyTorch cut this print short (`...`), so weights are missing: \
         run `import torch; torch.set_printoptions(profile=\"full\", precision=8)` and print again"
    )]
    CutShortTensor,
    /// Rows of one array that do not have the same length.
    #[error("row {row} {got}, the first row beside it {expected}: a number was lost or added")]
    Ragged {
        /// Index of the row as `NumPy` counts, e.g. `[1]`.
        row: String,
        /// What the row holds.
        got: String,
        /// What the first row of the same list holds.
        expected: String,
    },
    /// A word among numbers.
    #[error("`{0}` stands among numbers and is none: take it out, or correct it")]
    UnknownWord(String),
    /// Something that begins like a number.
    #[error("`{0}` is not a number: numbers look like `-0.25`, `0.`, `1.e-05`, `nan`, and stand apart")]
    NotANumber(String),
    /// A decimal beyond the largest float32.
    #[error("`{0}` does not fit a float32, whose largest value is 3.4028235e38")]
    OutOfRange(String),
    /// Two numbers without a comma where the numbers before have one.
    #[error(
        "no comma before this number, but between the numbers before it: a number was broken in two or a comma was lost"
    )]
    CommaMissing,
    /// A comma where the numbers before have none.
    #[error(
        "a comma before this number, but not between the numbers before it: decimals are written with a point, `0.5`"
    )]
    CommaAdded,
    /// Something else was due here.
    #[error("found {found}, expected {expected}: a bracket or a comma is missing or too many")]
    Unexpected {
        /// The character in backquotes, or the end of the text.
        found: String,
        /// What may stand here.
        expected: &'static str,
    },
    /// The text ends inside a bracket.
    #[error("this `{0}` is never closed: the end is missing, or a bracket inside of it")]
    Unclosed(char),
    /// Deeper than any array.
    #[error("brackets more than {0} deep: no array has so many axes")]
    TooDeep(usize),
    /// More arrays than any model that is computed by hand.
    #[error("more than {0} arrays, names or words in brackets: paste the weights of one model only")]
    TooMany(usize),
    /// Brackets without end.
    #[error("too many brackets that are never closed: paste only what holds the weights")]
    Brackets,
    /// A text that is not worth reading.
    #[error("the text has {bytes} bytes, at most {most} are read: save the model as a file instead")]
    TooLarge {
        /// Size of the text.
        bytes: usize,
        /// The bound.
        most: usize,
    },
}

impl Problem {
    /// The text ends before `close`.
    pub(super) fn unclosed(close: char) -> Self {
        Self::Unclosed(match close {
            ']' => '[',
            ')' => '(',
            '}' => '{',
            _ => '<',
        })
    }

    /// Something else than `expected` stands at the beginning of `rest`.
    pub(super) fn unexpected(rest: &str, expected: &'static str) -> Self {
        let found = rest
            .chars()
            .next()
            .map_or_else(|| "the end of the text".to_owned(), |c| format!("`{}`", quoted(c.encode_utf8(&mut [0; 4]))));
        Self::Unexpected { found, expected }
    }

    /// Row `row` has `got`, the first row has `expected`.
    pub(super) fn ragged(row: usize, got: &[usize], expected: &[usize]) -> Self {
        Self::Ragged { row: format!("[{row}]"), got: holds(got), expected: holds(expected) }
    }
}

/// What a row of this shape holds, in words.
fn holds(shape: &[usize]) -> String {
    match shape {
        [] => "is a single number".to_owned(),
        [1] => "has 1 number".to_owned(),
        [n] => format!("has {n} numbers"),
        _ => format!("has shape {}", tuple(shape)),
    }
}
