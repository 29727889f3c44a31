//! The learner's own network: pasted, typed, or read from a file; from the text to the bench.
//!
//! Two pages. On the first stands the text, beside what was understood of it. The second asks for what no print of weights
//! shows: the activation of each layer, and an input to begin with. Going back from either loses nothing.

mod form;
mod pasted;
mod reading;

use std::{sync::Arc, time::Duration};

pub use crate::load::text::TextError;
pub use crate::load::{LayerDraft, Orientation, Value};
pub use form::{Form, Row};
pub use pasted::{MOST_BYTES, Pasted};
pub use reading::{Reading, Understood};

use super::field::Edit;
use crate::{
    load::{Model, builtin, builtin_names},
    words,
};

/// A key that comes so soon after the one before was pasted by a terminal that does not mark what is pasted.
const PASTED_KEY: Duration = Duration::from_millis(12);

/// Texts up to this many bytes are read at every key; longer ones when typing pauses.
const READ_AT_ONCE: usize = 20_000;

/// Typing has paused if no key came for this long.
const PAUSE: Duration = Duration::from_millis(120);

/// The built-in models: the name of each, and a line about it.
pub fn builtins() -> impl Iterator<Item = (&'static str, String)> {
    builtin_names().iter().map(|name| (*name, builtin(name).map(|model| model.facts.about).unwrap_or_default()))
}

/// Which page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The text.
    Text,
    /// What the text does not say.
    Form,
}

/// What is to happen next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Nothing but a new picture.
    Stay,
    /// A sentence for the learner.
    Say(String),
    /// This file has to be read.
    ReadFile(String),
    /// A built-in model goes on the bench.
    Builtin(&'static str),
    /// This goes on the bench, with an input.
    Open(Arc<Model>, Vec<f32>),
}

/// The text, what was understood, and what was answered.
#[derive(Debug, Clone)]
pub struct Own {
    /// The text.
    pub pasted: Pasted,
    /// What was found in it.
    pub reading: Reading,
    /// What is asked, once there are arrays.
    pub form: Form,
    /// Which page is shown.
    pub page: Page,
    /// What the network is called: the file's name, if it came from one.
    pub name: String,
    /// The built-in model under the cursor, while there is no text.
    pub builtin: usize,
    /// Whether what is on the bench came from here, so that leaving the bench leads back.
    pub(super) is_on_bench: bool,
    /// When the last key was typed, as long as the text has changed since it was read.
    unread_since: Option<Duration>,
    last_key: Option<Duration>,
}

impl Default for Own {
    fn default() -> Self {
        Self {
            pasted: Pasted::default(),
            reading: Reading::Nothing,
            form: Form::default(),
            page: Page::Text,
            name: DEFAULT_NAME.to_owned(),
            builtin: 0,
            is_on_bench: false,
            unread_since: None,
            last_key: None,
        }
    }
}

/// The name of a network that did not come from a file.
const DEFAULT_NAME: &str = "my-network";

impl Own {
    /// Changes the text, or the form's field.
    pub fn edit(&mut self, edit: Edit, now: Duration) -> Next {
        if self.page == Page::Form {
            self.form.edit(edit);
            self.compute();
            return Next::Stay;
        }
        let is_typed = matches!(edit, Edit::Insert(_));
        let taken = self.pasted.edit(edit);
        self.last_key = is_typed.then_some(now);
        if !taken {
            return Next::Say(words::own::too_long(MOST_BYTES >> 20));
        }
        if is_typed && self.pasted.text().len() > READ_AT_ONCE {
            self.unread_since = Some(now);
        } else {
            self.read();
        }
        Next::Stay
    }

    /// Moves the cursor: a line up or down in the text, a built-in model where there is no text, a row of the form.
    pub fn select(&mut self, by: isize) {
        match self.page {
            Page::Form => self.form.select(by),
            Page::Text if self.pasted.text().is_empty() => {
                let last = builtin_names().len().saturating_sub(1);
                self.builtin = self.builtin.saturating_add_signed(by).min(last);
            }
            Page::Text => self.pasted.move_lines(by),
        }
    }

    /// The next (1) or the previous (-1) answer to the form's question; in the text, a character on or back.
    pub fn turn(&mut self, by: isize) {
        match self.page {
            Page::Form => {
                self.form.turn(by);
                self.compute();
            }
            Page::Text => {
                self.pasted.edit(if by < 0 { Edit::Left } else { Edit::Right });
            }
        }
    }

    fn compute(&mut self) {
        if let Reading::Arrays(understood) = &self.reading {
            self.form.compute(understood);
        }
    }

    /// Goes on: to the form, to the bench, or to a new line where the text is not complete.
    pub fn enter(&mut self, now: Duration) -> Next {
        if self.page == Page::Form && self.form.choose() {
            self.compute();
            return Next::Stay;
        }
        if self.page == Page::Form {
            return match self.form.model(&self.name, &self.reading) {
                Ok((model, input)) => Next::Open(Arc::new(model), input),
                Err(why) => Next::Say(why),
            };
        }
        let pasted_key = self.last_key.is_some_and(|last| now.saturating_sub(last) <= PASTED_KEY);
        self.read();
        match &self.reading {
            Reading::Nothing if self.pasted.text().is_empty() => {
                builtin_names().get(self.builtin).map_or(Next::Stay, |name| Next::Builtin(name))
            }
            Reading::Name(name) => match builtin_names().iter().find(|builtin| *builtin == name) {
                Some(builtin) => Next::Builtin(builtin),
                None => Next::ReadFile(name.clone()),
            },
            Reading::Arrays(understood) if !pasted_key => {
                self.form.ask(understood);
                self.page = Page::Form;
                Next::Stay
            }
            // An incomplete text may continue on the next line.
            _ => self.edit(Edit::Insert('\n'), now),
        }
    }

    /// Goes back to the text. `false` if it is shown already.
    pub fn back(&mut self) -> bool {
        std::mem::replace(&mut self.page, Page::Text) == Page::Form
    }

    /// Takes the text of a file.
    pub fn take_file(&mut self, name: &str, text: &str) -> Next {
        self.pasted = Pasted::default();
        self.last_key = None;
        if !self.pasted.edit(Edit::Paste(text.to_owned())) {
            return Next::Say(words::own::too_long(MOST_BYTES >> 20));
        }
        self.pasted.to_start();
        self.read();
        name.clone_into(&mut self.name);
        if let Reading::Arrays(understood) = &self.reading {
            self.form.ask(understood);
            self.page = Page::Form;
        }
        Next::Stay
    }

    /// When the text is to be read, if typing pauses.
    pub fn next_reading(&self) -> Option<Duration> {
        Some(self.unread_since? + PAUSE)
    }

    /// Reads the text if typing has paused.
    pub fn pause(&mut self, now: Duration) {
        if self.next_reading().is_some_and(|time| time <= now) {
            self.read();
        }
    }

    fn read(&mut self) {
        self.unread_since = None;
        if self.pasted.text().is_empty() {
            DEFAULT_NAME.clone_into(&mut self.name);
        }
        self.reading = reading::read(self.pasted.text());
    }
}
