//! Why a printed text could not be read, where, and what to do about it.

use std::fmt;

use super::excerpt::{Excerpt, quoted};

/// A text that is not a whole print of arrays: what is wrong and where.
///
/// `Display` is three lines: place and problem, the line of the text, a caret below the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct PrintedError {
    /// What is wrong.
    pub problem: Problem,
    /// Where.
    pub place: Excerpt,
}

impl PrintedError {
    pub(super) fn new(problem: Problem, text: &str, at: usize) -> Self {
        Self { problem, place: Excerpt::at(text, at) }
    }
}

impl fmt::Display for PrintedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Excerpt { line, column, text, caret } = &self.place;
        writeln!(f, "line {line}, column {column}: {}", self.problem)?;
        writeln!(f, "  {text}")?;
        write!(f, "  {:caret$}^", "")
    }
}

/// What can be wrong with a printed text. Words taken from the text are cut and made printable.
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
    /// Rows of one array that do not have the same shape.
    #[error("row {row} {got}, the first row beside it {expected}: a number was lost or added")]
    Ragged {
        /// Index of the row as `NumPy` counts, e.g. `[1]` or `[0][3]`.
        row: String,
        /// What the row holds.
        got: String,
        /// What the first row of the same list holds.
        expected: String,
    },
    /// `shape=` says something else than the brackets.
    #[error("`shape={stated}` does not fit the numbers, which have shape {found}: print the array again")]
    ShapeDisagrees {
        /// Shape as written.
        stated: String,
        /// Shape of the nested lists.
        found: String,
    },
    /// A word that no print of arrays holds.
    #[error("`{0}` does not belong to a printed array: paste only what `print(model.get_weights())` shows")]
    UnknownWord(String),
    /// Something that begins like a number.
    #[error("`{0}` is not a number: numbers look like `-0.25`, `0.`, `1.e-05`, `nan`, and stand apart")]
    NotANumber(String),
    /// A decimal beyond the largest float32.
    #[error("`{0}` does not fit a float32, whose largest value is 3.4028235e38")]
    OutOfRange(String),
    /// A number that no bracket surrounds.
    #[error("a number outside of brackets: arrays are printed as `[0.1 0.2]` or `array([0.1, 0.2])`")]
    LooseNumber,
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
    #[error("found {found}, expected {expected}")]
    Unexpected {
        /// The character in backquotes, or the end of the text.
        found: String,
        /// What may stand here.
        expected: &'static str,
    },
    /// The text ends inside a bracket.
    #[error("this `{0}` is never closed: the end of the print is missing")]
    Unclosed(char),
    /// `<tf.Variable ...>` or `<Variable ...>` that shows no values.
    #[error("this variable shows no values: print `model.get_weights()` instead")]
    WithoutValues,
    /// Deeper than any array.
    #[error("brackets more than {0} deep: no array has so many axes")]
    TooDeep(usize),
    /// More arrays than any model that is computed by hand.
    #[error("more than {0} arrays: print the weights of one model only")]
    TooMany(usize),
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

    /// The item at `path` of a list has `got`, the list's first item has `expected`.
    pub(super) fn ragged(path: &[usize], got: &[usize], expected: &[usize]) -> Self {
        let mut row = String::new();
        for index in path {
            row.push('[');
            row.push_str(&index.to_string());
            row.push(']');
        }
        Self::Ragged { row, got: holds(got), expected: holds(expected) }
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

/// A shape as Python writes it: `()`, `(3,)`, `(2, 3)`.
pub(super) fn tuple(shape: &[usize]) -> String {
    match shape {
        [n] => format!("({n},)"),
        _ => format!("({})", shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    }
}
