//! A row of the table of keys.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::When;
use crate::app::Msg;

/// A key, its modifiers, and its message.
pub(super) type Key = (KeyCode, KeyModifiers, Msg);

/// A row of the table. Its texts are functions: the static table holds them, and the screen says only what it shows.
pub struct Row {
    /// Which row it is.
    pub id: RowId,
    /// Where its keys work.
    pub when: When,
    /// The keys as they are shown; the same in every language.
    pub name: &'static str,
    /// One or two words for the bottom line, if it is shown there.
    pub label: Option<fn() -> String>,
    /// What it does, for the help.
    pub help: fn() -> String,
    /// How soon it is left out of a short bottom line: 0 stays longest.
    pub rank: u8,
    /// Whether its letters keep their meaning while a number is typed.
    pub while_typing: bool,
    pub(super) keys: &'static [Key],
}

/// Which row of the table it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the name of what the row's help says")]
pub enum RowId {
    Choose,
    Pick,
    Enter,
    Hint,
    Steps,
    Scroll,
    OtherBugs,
    MoveCell,
    TypeCell,
    Nudge,
    WeightsLayer,
    WeightsDone,
    EditCell,
    Play,
    EnterPlays,
    Step,
    Unit,
    Layer,
    Ends,
    Scrub,
    Speed,
    Stride,
    Activation,
    Bias,
    WhatIfs,
    Input,
    Weights,
    Yours,
    Why,
    Picture,
    Digits,
    Undo,
    Posted,
    Copy,
    Back,
    MenuChoose,
    MenuNumber,
    MenuEnter,
    MenuBack,
    Take,
    Leave,
    Clear,
    DeleteWord,
    Cursor,
    PlayBoth,
    Contradict,
    TryNext,
    ItsLesson,
    Others,
    Numbers,
    DeleteNumber,
    OtherInputs,
    FindingScroll,
    ModelScroll,
    FindingClose,
    Describe,
    ModelOthers,
    ModelClose,
    TrainingStep,
    TrainingEpoch,
    CauseChoose,
    CauseShow,
    CauseScroll,
    CauseClose,
    WhatIfChoose,
    Switch,
    Search,
    WhatIfsClose,
    SearchChoose,
    SearchDone,
    SearchCancel,
    HelpScroll,
    HelpClose,
    Help,
    BringOwn,
    Keep,
    PastedEnter,
    PastedBack,
    PastedClear,
    PastedCursor,
    PastedHelp,
    Question,
    Turn,
    OpenOwn,
    AskedBack,
    AskedType,
    AskedHelp,
    GlossaryScroll,
    GlossaryClose,
    Glossary,
    Motion,
    Mouse,
    Quit,
}

pub(super) const NONE: KeyModifiers = KeyModifiers::NONE;
pub(super) const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
pub(super) const CONTROL: KeyModifiers = KeyModifiers::CONTROL;

/// A row: where its keys work, its id, its rank; then its name, its label if it has one, its help and its keys. With
/// `while_typing` in front, its letters keep their meaning while a number is typed. (A macro, because a static cannot hold
/// what a function made of a [`Msg`].)
macro_rules! row {
    (($($place:expr),+), $name:literal, $help:path, $keys:expr $(,)?) => {
        $crate::ui::keys::row::row!(@ false, ($($place),+), $name, None, $help, $keys)
    };
    (($($place:expr),+), $name:literal, $label:path, $help:path, $keys:expr $(,)?) => {
        $crate::ui::keys::row::row!(@ false, ($($place),+), $name, Some($label), $help, $keys)
    };
    (while_typing($($place:expr),+), $name:literal, $help:path, $keys:expr $(,)?) => {
        $crate::ui::keys::row::row!(@ true, ($($place),+), $name, None, $help, $keys)
    };
    (while_typing($($place:expr),+), $name:literal, $label:path, $help:path, $keys:expr $(,)?) => {
        $crate::ui::keys::row::row!(@ true, ($($place),+), $name, Some($label), $help, $keys)
    };
    (@ $typing:literal, ($when:expr, $id:expr, $rank:literal), $name:literal, $label:expr, $help:path, $keys:expr) => {
        $crate::ui::keys::Row {
            id: $id,
            when: $when,
            name: $name,
            label: $label,
            help: $help,
            rank: $rank,
            while_typing: $typing,
            keys: $keys,
        }
    };
}
pub(super) use row;

pub(super) const fn key(code: KeyCode, msg: Msg) -> Key {
    (code, NONE, msg)
}

pub(super) const fn char(c: char, msg: Msg) -> Key {
    (KeyCode::Char(c), NONE, msg)
}

pub(super) const fn control(c: char, msg: Msg) -> Key {
    (KeyCode::Char(c), CONTROL, msg)
}

pub(super) const fn shift(code: KeyCode, msg: Msg) -> Key {
    (code, SHIFT, msg)
}
