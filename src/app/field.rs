//! A line of text that is being typed.

use tui_input::{Input, InputRequest};

use crate::network::Weight;

/// Longer texts are refused: no typed number or list is longer.
const LONGEST: usize = 4_000;

/// What is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldOf {
    /// The network's input.
    Input,
    /// The learner's own number.
    Yours,
    /// One weight.
    Weight {
        /// The layer.
        layer: usize,
        /// Which number of it.
        weight: Weight,
    },
    /// A blank line of a lesson's calculation.
    Blank(usize),
}

impl FieldOf {
    /// Whether it takes only numbers.
    pub fn takes_only_numbers(self) -> bool {
        self != Self::Yours
    }

    /// Whether everything follows at once while it is typed.
    pub(super) fn is_live(self) -> bool {
        matches!(self, Self::Input | Self::Weight { .. })
    }
}

/// A text field with the focus.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it is for.
    pub of: FieldOf,
    input: Input,
    /// Why the text was not taken, until it changes.
    pub error: Option<String>,
    /// The first character replaces what is there: nothing was typed yet, or it was refused.
    replaces: bool,
}

/// How the text is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A character is typed.
    Insert(char),
    /// A text is pasted.
    Paste(String),
    /// The character before the cursor goes.
    Backspace,
    /// The character under the cursor goes.
    Delete,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// Everything before the cursor goes.
    Clear,
    /// The word before the cursor goes.
    DeleteWord,
}

impl Field {
    /// A field with `text`, the cursor at its end.
    pub fn new(of: FieldOf, text: &str) -> Self {
        Self { of, input: Input::new(text.to_owned()), error: None, replaces: true }
    }

    /// A field with the text that was typed before it was left; typing continues at its end.
    pub fn reopened(of: FieldOf, text: &str) -> Self {
        Self { replaces: text.is_empty(), ..Self::new(of, text) }
    }

    /// What was typed is refused: the next character replaces it, the arrows and Backspace correct it.
    pub fn refuse(&mut self, why: String) {
        self.error = Some(why);
        self.replaces = true;
    }

    /// Whether the next character replaces the text.
    pub fn is_replaced_by_typing(&self) -> bool {
        self.replaces && !self.text().is_empty()
    }

    /// What was typed so far.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether what is typed next is left out.
    pub fn is_full(&self) -> bool {
        self.text().len() >= LONGEST && !self.is_replaced_by_typing()
    }

    /// The position of the cursor, in characters.
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// Changes the text.
    pub fn edit(&mut self, edit: Edit) {
        self.error = None;
        if std::mem::take(&mut self.replaces) && matches!(edit, Edit::Insert(_) | Edit::Paste(_)) {
            self.input.reset();
        }
        let request = match edit {
            Edit::Insert(c) => return self.insert(c),
            Edit::Paste(text) => return text.chars().for_each(|c| self.insert(c)),
            Edit::Backspace => InputRequest::DeletePrevChar,
            Edit::Delete => InputRequest::DeleteNextChar,
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::Home => InputRequest::GoToStart,
            Edit::End => InputRequest::GoToEnd,
            Edit::Clear => InputRequest::DeleteLine,
            Edit::DeleteWord => InputRequest::DeletePrevWord,
        };
        self.input.handle(request);
    }

    /// Control characters (a pasted line break) become blanks.
    fn insert(&mut self, c: char) {
        if self.text().len() < LONGEST {
            self.input.handle(InputRequest::InsertChar(if c.is_control() { ' ' } else { c }));
        }
    }
}
