//! The one table of keys: it says what a key does, prints the footer, and prints the help.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::{
    app::{
        App, Asked, Bench, Msg, Overlay, Screen, Study,
        field::{Edit, FieldOf},
    },
    pass::Stride,
};

/// Where a row of the table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Everywhere but in a text field.
    Always,
    /// In the list of lessons.
    Menu,
    /// On the bench.
    Bench,
    /// In a lesson.
    Lesson,
    /// Where there are options to pick from.
    Options,
    /// While weights are being changed.
    Weights,
    /// In a text field.
    Field,
    /// In the list of what-ifs.
    WhatIfs,
    /// In the help.
    Help,
}

impl When {
    /// The heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "Anywhere",
            Self::Menu => "In the list of lessons",
            Self::Bench => "The pass",
            Self::Lesson => "In a lesson",
            Self::Options => "With options to pick from",
            Self::Weights => "Changing weights (after e)",
            Self::Field => "Typing",
            Self::WhatIfs => "In the list of what-ifs",
            Self::Help => "In this help",
        }
    }
}

/// A row of the table.
pub struct Row {
    /// Where it holds.
    pub when: When,
    /// The keys as they are shown.
    pub name: &'static str,
    /// One word or two for the footer; empty to stay out of it.
    pub label: &'static str,
    /// What it does, for the help.
    pub help: &'static str,
    /// How soon it is left out of a short footer: 0 stays longest.
    pub rank: u8,
    keys: &'static [(KeyCode, KeyModifiers, Msg)],
}

const NONE: KeyModifiers = KeyModifiers::NONE;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const CONTROL: KeyModifiers = KeyModifiers::CONTROL;

const fn key(code: KeyCode, msg: Msg) -> (KeyCode, KeyModifiers, Msg) {
    (code, NONE, msg)
}

const fn char(c: char, msg: Msg) -> (KeyCode, KeyModifiers, Msg) {
    (KeyCode::Char(c), NONE, msg)
}

const fn control(c: char, msg: Msg) -> (KeyCode, KeyModifiers, Msg) {
    (KeyCode::Char(c), CONTROL, msg)
}

const fn shift(code: KeyCode, msg: Msg) -> (KeyCode, KeyModifiers, Msg) {
    (code, SHIFT, msg)
}

macro_rules! row {
    ($when:ident, $rank:literal, $name:literal, $label:literal, $help:literal, [$($key:expr),* $(,)?]) => {
        Row { when: When::$when, name: $name, label: $label, help: $help, rank: $rank, keys: &[$($key),*] }
    };
}

/// Every key there is.
pub static TABLE: &[Row] = &[
    row!(
        Options,
        0,
        "↑↓",
        "choose",
        "move among the options",
        [key(KeyCode::Up, Msg::Select(-1)), key(KeyCode::Down, Msg::Select(1)),]
    ),
    row!(
        Options,
        9,
        "1-9",
        "",
        "pick an option",
        [
            char('1', Msg::Pick(0)),
            char('2', Msg::Pick(1)),
            char('3', Msg::Pick(2)),
            char('4', Msg::Pick(3)),
            char('5', Msg::Pick(4)),
            char('6', Msg::Pick(5)),
            char('7', Msg::Pick(6)),
            char('8', Msg::Pick(7)),
            char('9', Msg::Pick(8)),
        ]
    ),
    row!(Lesson, 0, "Enter", "go on", "do what the step asks: play, answer, go on", [key(KeyCode::Enter, Msg::Enter)]),
    row!(Lesson, 3, "h", "hint", "a hint; twice more for a stronger one", [char('h', Msg::Hint)]),
    row!(
        Lesson,
        4,
        "n p",
        "next, back",
        "the next step, the step before; nothing is locked",
        [char('n', Msg::NextStep), char('p', Msg::PreviousStep),]
    ),
    row!(Lesson, 9, "j k", "", "scroll the lesson's text", [char('j', Msg::Scroll(1)), char('k', Msg::Scroll(-1))]),
    row!(
        Weights,
        0,
        "←↑↓→",
        "move",
        "move among the weights; the last row is the bias",
        [
            key(KeyCode::Up, Msg::MoveCell(-1, 0)),
            key(KeyCode::Down, Msg::MoveCell(1, 0)),
            key(KeyCode::Left, Msg::MoveCell(0, -1)),
            key(KeyCode::Right, Msg::MoveCell(0, 1)),
        ]
    ),
    row!(
        Weights,
        1,
        "0-9 - .",
        "type",
        "type a new number; Enter keeps it, Esc goes back",
        [
            char('0', Msg::TypeCell('0')),
            char('1', Msg::TypeCell('1')),
            char('2', Msg::TypeCell('2')),
            char('3', Msg::TypeCell('3')),
            char('4', Msg::TypeCell('4')),
            char('5', Msg::TypeCell('5')),
            char('6', Msg::TypeCell('6')),
            char('7', Msg::TypeCell('7')),
            char('8', Msg::TypeCell('8')),
            char('9', Msg::TypeCell('9')),
            char('-', Msg::TypeCell('-')),
            char('.', Msg::TypeCell('.')),
        ]
    ),
    row!(
        Weights,
        2,
        "[ ]",
        "nudge",
        "a tenth less, a tenth more; { } a hundredth",
        [
            char('[', Msg::Nudge(-10)),
            char(']', Msg::Nudge(10)),
            char('{', Msg::Nudge(-1)),
            char('}', Msg::Nudge(1)),
            shift(KeyCode::Char('{'), Msg::Nudge(-1)),
            shift(KeyCode::Char('}'), Msg::Nudge(1)),
        ]
    ),
    row!(
        Weights,
        3,
        "PgUp PgDn",
        "layer",
        "the weights of another layer",
        [key(KeyCode::PageUp, Msg::MoveLayer(-1)), key(KeyCode::PageDown, Msg::MoveLayer(1)),]
    ),
    row!(
        Weights,
        1,
        "Esc",
        "done",
        "stop changing weights",
        [key(KeyCode::Esc, Msg::Back), char('e', Msg::EditWeights)]
    ),
    row!(Weights, 9, "Enter", "", "change the number at the cursor", [key(KeyCode::Enter, Msg::EditCell)]),
    row!(Bench, 1, "space", "play", "play the pass, or stop", [char(' ', Msg::Play)]),
    row!(Bench, 9, "Enter", "", "play (outside of a lesson)", [key(KeyCode::Enter, Msg::Enter)]),
    row!(
        Bench,
        2,
        "←→",
        "step",
        "one action back or on",
        [key(KeyCode::Left, Msg::Backward(Stride::Action)), key(KeyCode::Right, Msg::Forward(Stride::Action)),]
    ),
    row!(
        Bench,
        6,
        "↑↓",
        "unit",
        "one unit back or on",
        [
            key(KeyCode::Up, Msg::Backward(Stride::Unit)),
            key(KeyCode::Down, Msg::Forward(Stride::Unit)),
            shift(KeyCode::Left, Msg::Backward(Stride::Unit)),
            shift(KeyCode::Right, Msg::Forward(Stride::Unit)),
        ]
    ),
    row!(
        Bench,
        9,
        "PgUp PgDn",
        "",
        "one layer back or on",
        [key(KeyCode::PageUp, Msg::Backward(Stride::Layer)), key(KeyCode::PageDown, Msg::Forward(Stride::Layer)),]
    ),
    row!(
        Bench,
        9,
        "Home End",
        "",
        "to the beginning or the end of the pass",
        [key(KeyCode::Home, Msg::ToStart), key(KeyCode::End, Msg::ToEnd),]
    ),
    row!(
        Bench,
        9,
        ", .",
        "",
        "a twentieth of the pass back or on",
        [char(',', Msg::ScrubBy(-1)), char('.', Msg::ScrubBy(1))]
    ),
    row!(
        Bench,
        9,
        "+ -",
        "",
        "play faster or slower",
        [
            char('+', Msg::ChangeSpeed(1)),
            char('=', Msg::ChangeSpeed(1)),
            char('-', Msg::ChangeSpeed(-1)),
            shift(KeyCode::Char('+'), Msg::ChangeSpeed(1)),
        ]
    ),
    row!(Bench, 9, "g", "", "play by actions, by units or by layers", [char('g', Msg::NextStride)]),
    row!(
        Bench,
        3,
        "a",
        "activation",
        "leave the layer's activation out, or put it back",
        [char('a', Msg::ToggleActivation)]
    ),
    row!(Bench, 8, "b", "bias", "leave the layer's bias out, or put it back", [char('b', Msg::ToggleBias)]),
    row!(Bench, 7, "w", "what if", "every mistake that can be made in this layer", [char('w', Msg::OpenWhatIfs)]),
    row!(Bench, 4, "i", "input", "type another input", [char('i', Msg::Focus(FieldOf::Input))]),
    row!(Bench, 6, "e", "weights", "change weights and biases", [char('e', Msg::EditWeights)]),
    row!(
        Bench,
        7,
        "y",
        "yours",
        "type your own number and hold it against the network",
        [char('y', Msg::Focus(FieldOf::Yours))]
    ),
    row!(
        Bench,
        5,
        "v",
        "picture",
        "the next picture: network, matrix, plot, curve, bars",
        [
            char('v', Msg::NextPane),
            char('V', Msg::PreviousPane),
            key(KeyCode::Tab, Msg::NextPane),
            key(KeyCode::BackTab, Msg::PreviousPane),
            shift(KeyCode::BackTab, Msg::PreviousPane),
            shift(KeyCode::Char('V'), Msg::PreviousPane),
        ]
    ),
    row!(Bench, 9, "d", "", "four digits, eight, or exact", [char('d', Msg::NextDigits)]),
    row!(
        Bench,
        8,
        "u r",
        "undo, redo",
        "take the last change back, make it again",
        [char('u', Msg::Undo), char('r', Msg::Redo)]
    ),
    row!(
        Bench,
        9,
        "R",
        "",
        "back to the posted weights and the first input",
        [char('R', Msg::Posted), shift(KeyCode::Char('R'), Msg::Posted),]
    ),
    row!(Bench, 8, "Esc", "lessons", "back", [key(KeyCode::Esc, Msg::Back)]),
    row!(
        Menu,
        0,
        "↑↓",
        "choose",
        "move among the lessons",
        [
            key(KeyCode::Up, Msg::Select(-1)),
            key(KeyCode::Down, Msg::Select(1)),
            char('k', Msg::Select(-1)),
            char('j', Msg::Select(1)),
            key(KeyCode::Home, Msg::ToStart),
            key(KeyCode::End, Msg::ToEnd),
        ]
    ),
    row!(
        Menu,
        9,
        "1-9",
        "",
        "open this lesson",
        [
            char('1', Msg::Pick(0)),
            char('2', Msg::Pick(1)),
            char('3', Msg::Pick(2)),
            char('4', Msg::Pick(3)),
            char('5', Msg::Pick(4)),
            char('6', Msg::Pick(5)),
            char('7', Msg::Pick(6)),
            char('8', Msg::Pick(7)),
            char('9', Msg::Pick(8)),
        ]
    ),
    row!(Menu, 0, "Enter", "open", "open the lesson", [key(KeyCode::Enter, Msg::Enter)]),
    row!(Field, 0, "Enter", "take it", "take the number", [key(KeyCode::Enter, Msg::Enter)]),
    row!(Field, 0, "Esc", "leave", "leave the field", [key(KeyCode::Esc, Msg::Back)]),
    row!(Field, 9, "Ctrl-U", "", "empty the field", [control('u', Msg::Edit(Edit::Clear))]),
    row!(Field, 9, "Ctrl-W", "", "delete a word", [control('w', Msg::Edit(Edit::DeleteWord))]),
    row!(
        Field,
        9,
        "←→ Home End",
        "",
        "move the cursor",
        [
            key(KeyCode::Left, Msg::Edit(Edit::Left)),
            key(KeyCode::Right, Msg::Edit(Edit::Right)),
            key(KeyCode::Home, Msg::Edit(Edit::Home)),
            key(KeyCode::End, Msg::Edit(Edit::End)),
            key(KeyCode::Backspace, Msg::Edit(Edit::Backspace)),
            key(KeyCode::Delete, Msg::Edit(Edit::Delete)),
        ]
    ),
    row!(
        WhatIfs,
        0,
        "↑↓",
        "choose",
        "move among the what-ifs",
        [
            key(KeyCode::Up, Msg::Select(-1)),
            key(KeyCode::Down, Msg::Select(1)),
            char('k', Msg::Select(-1)),
            char('j', Msg::Select(1)),
        ]
    ),
    row!(
        WhatIfs,
        0,
        "Enter",
        "on or off",
        "switch it on or off",
        [key(KeyCode::Enter, Msg::Enter), char(' ', Msg::Enter)]
    ),
    row!(WhatIfs, 0, "Esc", "close", "close the list", [key(KeyCode::Esc, Msg::Back), char('w', Msg::OpenWhatIfs)]),
    row!(
        Help,
        0,
        "↑↓",
        "scroll",
        "scroll",
        [
            key(KeyCode::Up, Msg::Scroll(-1)),
            key(KeyCode::Down, Msg::Scroll(1)),
            char('k', Msg::Scroll(-1)),
            char('j', Msg::Scroll(1)),
            key(KeyCode::PageUp, Msg::Scroll(-10)),
            key(KeyCode::PageDown, Msg::Scroll(10)),
        ]
    ),
    row!(
        Help,
        0,
        "Esc",
        "close",
        "close the help",
        [
            key(KeyCode::Esc, Msg::Back),
            key(KeyCode::Enter, Msg::Back),
            char('q', Msg::Back),
            char('?', Msg::Help),
            shift(KeyCode::Char('?'), Msg::Help),
            key(KeyCode::F(1), Msg::Help),
        ]
    ),
    row!(
        Always,
        0,
        "?",
        "help",
        "this help",
        [char('?', Msg::Help), shift(KeyCode::Char('?'), Msg::Help), key(KeyCode::F(1), Msg::Help)]
    ),
    row!(Always, 9, "m", "", "animation on or off", [char('m', Msg::ToggleMotion)]),
    row!(
        Always,
        9,
        "M",
        "",
        "mouse on or off; off gives text selection back",
        [char('M', Msg::ToggleMouse), shift(KeyCode::Char('M'), Msg::ToggleMouse),]
    ),
    row!(Always, 1, "q", "quit", "quit; where you are is kept", [char('q', Msg::Quit)]),
];

/// The places whose rows hold now, the nearest first.
pub fn places(app: &App) -> Vec<When> {
    match &app.overlay {
        Overlay::Help { .. } => vec![When::Help],
        Overlay::WhatIfs { .. } => vec![When::WhatIfs, When::Always],
        Overlay::None => places_beneath(app),
    }
}

/// The places whose rows hold when nothing lies over the screen.
pub fn places_beneath(app: &App) -> Vec<When> {
    if app.is_typing() {
        // A blank line of a lesson takes only what a number is made of; every other key keeps its meaning.
        return if is_blank(app) {
            vec![When::Field, When::Lesson, When::Bench, When::Always]
        } else {
            vec![When::Field]
        };
    }
    let weights = app.bench().is_some_and(|bench| bench.cell.is_some());
    match &app.screen {
        Screen::Menu { .. } => vec![When::Menu, When::Always],
        Screen::Open(_) | Screen::Lesson(..) if weights => vec![When::Weights, When::Bench, When::Always],
        Screen::Open(_) => vec![When::Bench, When::Always],
        Screen::Lesson(_, study) if matches!(study.asked, Asked::Options { .. } | Asked::Places { .. }) => {
            vec![When::Options, When::Lesson, When::Bench, When::Always]
        }
        Screen::Lesson(..) => vec![When::Lesson, When::Bench, When::Always],
    }
}

fn is_blank(app: &App) -> bool {
    let field = app.bench().and_then(|bench| bench.field.as_ref());
    app.overlay == Overlay::None && field.is_some_and(|field| matches!(field.of, FieldOf::Blank(_)))
}

/// What a key means now.
pub fn message(app: &App, event: KeyEvent) -> Option<Msg> {
    let modifiers = event.modifiers & (SHIFT | CONTROL | KeyModifiers::ALT);
    if modifiers == CONTROL {
        match event.code {
            KeyCode::Char('c') => return Some(Msg::Quit),
            KeyCode::Char('z') => return Some(Msg::Suspend),
            _ => {}
        }
    }
    let places = places(app);
    if let KeyCode::Char(c) = event.code
        && is_blank(app)
        && modifiers == NONE
        && !"hnpjkv?".contains(c)
    {
        return Some(Msg::Edit(Edit::Insert(c)));
    }
    let found = places.iter().find_map(|place| {
        let rows = TABLE.iter().filter(|row| row.when == *place);
        rows.flat_map(|row| row.keys).find(|(code, with, _)| *code == event.code && *with == modifiers)
    });
    if let Some((.., msg)) = found {
        return Some(msg.clone());
    }
    match (event.code, places[..] == [When::Field]) {
        (KeyCode::Char(c), true) if !modifiers.intersects(CONTROL | KeyModifiers::ALT) => {
            Some(Msg::Edit(Edit::Insert(c)))
        }
        _ => None,
    }
}

/// What a row's keys do at this moment, in a word.
pub fn label(app: &App, row: &Row) -> &'static str {
    match (row.when, row.name, app.study()) {
        (When::Lesson, "Enter", Some(study)) if app.bench().is_some_and(Bench::is_playing) => {
            if study.is_done() {
                "go on"
            } else {
                "to its end"
            }
        }
        (When::Lesson, "Enter", Some(study)) if study.is_done() => "next step",
        (When::Lesson, "Enter", Some(study)) => match study.asked {
            Asked::Watch { .. } => "play",
            Asked::Options { .. } | Asked::Places { .. } => "take it",
            _ => row.label,
        },
        _ => row.label,
    }
}

/// The rows for the footer, the most useful first.
pub fn footer(app: &App) -> Vec<&'static Row> {
    let places = places(app);
    let mut rows: Vec<&Row> = TABLE.iter().filter(|row| places.contains(&row.when) && !row.label.is_empty()).collect();
    rows.sort_by_key(|row| row.rank);
    if app.study().is_some_and(Study::is_done) {
        rows.retain(|row| row.label != "hint");
    }
    // Two rows of one key: only the nearer one acts.
    let mut seen: Vec<&str> = Vec::new();
    rows.retain(|row| {
        let new = !seen.contains(&row.name);
        seen.push(row.name);
        new
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_a_place_no_key_means_two_things() {
        for (i, row) in TABLE.iter().enumerate() {
            for (n, (code, with, _)) in row.keys.iter().enumerate() {
                let again = row.keys[n + 1..]
                    .iter()
                    .chain(TABLE[i + 1..].iter().filter(|other| other.when == row.when).flat_map(|other| other.keys));
                for (other, other_with, _) in again {
                    assert!((code, with) != (other, other_with), "{code:?} twice in {:?}", row.when);
                }
            }
        }
    }

    #[test]
    fn every_row_has_help() {
        for row in TABLE {
            assert!(!row.help.is_empty() && !row.name.is_empty() && !row.keys.is_empty());
        }
    }
}
