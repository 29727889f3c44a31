//! A row of the table of keys.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::When;
use crate::app::Msg;

/// A key, what is held down with it, and what it asks for.
pub(super) type Key = (KeyCode, KeyModifiers, Msg);

/// A row of the table.
pub struct Row {
    /// Which row it is.
    pub id: RowId,
    /// Where it holds.
    pub when: When,
    /// The keys as they are shown.
    pub name: &'static str,
    /// One word or two for the bottom line; empty to stay out of it.
    pub label: &'static str,
    /// What it does, for the help.
    pub help: &'static str,
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
    FindingClose,
    Describe,
    ModelOthers,
    ModelClose,
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

/// A row: where it holds, which it is, its rank; then its name, label, help and keys. `while_typing` in front: its letters
/// keep their meaning while a number is typed. (A macro because a static cannot hold what a function made of a [`Msg`].)
macro_rules! row {
    (($when:expr, $id:expr, $rank:literal), $name:literal, $label:literal, $help:literal, $keys:expr $(,)?) => {
        $crate::ui::keys::Row {
            id: $id,
            when: $when,
            name: $name,
            label: $label,
            help: $help,
            rank: $rank,
            while_typing: false,
            keys: $keys,
        }
    };
    (while_typing ($when:expr, $id:expr, $rank:literal), $name:literal, $label:literal, $help:literal, $keys:expr $(,)?) => {
        $crate::ui::keys::Row {
            id: $id,
            when: $when,
            name: $name,
            label: $label,
            help: $help,
            rank: $rank,
            while_typing: true,
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
