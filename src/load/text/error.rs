//! Why a text could not be read, where, and what to do about it.

use std::fmt;

use super::excerpt::{Excerpt, quoted};
use crate::{load::found::tuple, words::text};

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
        writeln!(f, "{}", text::at(column, line, &self.problem))?;
        writeln!(f, "  {text}")?;
        write!(f, "  {:caret$}^", "")
    }
}

/// What can be wrong with a text. Words taken from it are cut and made printable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// `...`: the print leaves values out.
    #[error("{}", text::cut_short())]
    CutShort,
    /// The same inside `tensor(...)`.
    #[error("{}", text::cut_short_tensor())]
    CutShortTensor,
    /// Rows of one array that do not have the same length.
    #[error("{}", text::ragged(has(expected), has(got), format_args!("[{row}]")))]
    Ragged {
        /// Index of the row, from 0 as `NumPy` counts.
        row: usize,
        /// The shape of the row.
        got: Vec<usize>,
        /// The shape of the first row of the same list.
        expected: Vec<usize>,
    },
    /// A word among numbers.
    #[error("{}", text::unknown_word(.0))]
    UnknownWord(String),
    /// Something that begins like a number.
    #[error("{}", text::not_a_number(.0))]
    NotANumber(String),
    /// A decimal beyond the largest float32.
    #[error("{}", text::out_of_range(.0))]
    OutOfRange(String),
    /// Two numbers without a comma where the numbers before have one.
    #[error("{}", text::comma_missing())]
    CommaMissing,
    /// A comma where the numbers before have none.
    #[error("{}", text::comma_added())]
    CommaAdded,
    /// Another character than those that may come here.
    #[error("{}", unexpected_says(found.as_deref(), *expected))]
    Unexpected {
        /// The character; `None` at the end of the text.
        found: Option<String>,
        /// What may come here.
        expected: Expected,
    },
    /// The text ends inside a bracket.
    #[error("{}", text::unclosed(.0))]
    Unclosed(char),
    /// Deeper than any array.
    #[error("{}", text::too_deep(.0))]
    TooDeep(usize),
    /// More arrays than any model that is computed by hand.
    #[error("{}", text::too_many(.0))]
    TooMany(usize),
    /// Too many brackets that are never closed.
    #[error("{}", text::brackets())]
    Brackets,
    /// A text that is too long to read.
    #[error("{}", text::too_large(bytes, most))]
    TooLarge {
        /// Size of the text.
        bytes: usize,
        /// The limit.
        most: usize,
    },
}

/// What may come at a place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The next item of `[ .. ]`.
    InList,
    /// The next item of `{ .. }`.
    InBraces,
    /// The next item of `array( .. )`.
    InCall,
    /// The end of `< .. >`.
    InAngle,
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

    /// `rest` does not begin with anything that is expected.
    pub(super) fn unexpected(rest: &str, expected: Expected) -> Self {
        let found = rest.chars().next().map(|c| quoted(c.encode_utf8(&mut [0; 4])));
        Self::Unexpected { found, expected }
    }

    /// Row `row` has the shape `got`, the first row has `expected`.
    pub(super) fn ragged(row: usize, got: &[usize], expected: &[usize]) -> Self {
        Self::Ragged { row, got: got.to_vec(), expected: expected.to_vec() }
    }
}

/// What a row of this shape has.
fn has(shape: &[usize]) -> String {
    match shape {
        [] => text::a_number(),
        [count] => text::numbers(*count),
        _ => text::shape(tuple(shape)),
    }
}

fn unexpected_says(found: Option<&str>, expected: Expected) -> String {
    let expected = match expected {
        Expected::InList => text::in_list(),
        Expected::InBraces => text::in_braces(),
        Expected::InCall => text::in_call(),
        Expected::InAngle => text::in_angle(),
    };
    match found {
        Some(found) => text::unexpected(expected, found),
        None => text::unexpected_end(expected),
    }
}
