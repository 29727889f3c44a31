//! Every key, where it holds, and what it does.

use super::When;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use crate::{
    app::{
        Msg,
        field::{Edit, FieldOf},
    },
    pass::Stride,
};

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
    pub(super) keys: &'static [(KeyCode, KeyModifiers, Msg)],
}

pub(super) const NONE: KeyModifiers = KeyModifiers::NONE;
pub(super) const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
pub(super) const CONTROL: KeyModifiers = KeyModifiers::CONTROL;

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

/// The digits pick what they count.
const PICKS: &[(KeyCode, KeyModifiers, Msg)] = &[
    char('1', Msg::Pick(0)),
    char('2', Msg::Pick(1)),
    char('3', Msg::Pick(2)),
    char('4', Msg::Pick(3)),
    char('5', Msg::Pick(4)),
    char('6', Msg::Pick(5)),
    char('7', Msg::Pick(6)),
    char('8', Msg::Pick(7)),
    char('9', Msg::Pick(8)),
];

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
    Row { when: When::Options, name: "1-9", label: "", help: "pick an option", rank: 9, keys: PICKS },
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
    row!(Scored, 0, "o", "other bugs", "again with other bugs; the points begin at 0", [char('o', Msg::HuntAgain)]),
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
        "type your own number, or one on the way: dense.z[1] = 4.89",
        [char('y', Msg::Focus(FieldOf::Yours))]
    ),
    row!(Bench, 1, "f", "why", "find what is behind your own number", [char('f', Msg::OpenFinding)]),
    row!(
        Bench,
        5,
        "v",
        "picture",
        "the next picture: network, matrix, plot, curve, bars, and compare with a what-if on",
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
    row!(Bench, 9, "Ctrl-S", "", "keep this network; the list of lessons offers it again", [control('s', Msg::Keep)]),
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
    Row { when: When::Menu, name: "1-9", label: "", help: "open this lesson", rank: 9, keys: PICKS },
    row!(Menu, 0, "Enter", "open", "open the lesson", [key(KeyCode::Enter, Msg::Enter)]),
    row!(Menu, 1, "o", "own network", "bring a network of your own", [char('o', Msg::BringOwn)]),
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
        Pasted,
        0,
        "Enter",
        "go on",
        "go on when the arrays are complete, else a new line",
        [key(KeyCode::Enter, Msg::Enter)]
    ),
    row!(Pasted, 0, "Esc", "back", "leave; the text stays for the next time", [key(KeyCode::Esc, Msg::Back)]),
    row!(Pasted, 1, "Ctrl-U", "empty", "empty the text", [control('u', Msg::Edit(Edit::Clear))]),
    row!(
        Pasted,
        9,
        "arrows",
        "",
        "move the cursor; without text, choose a built-in model",
        [
            key(KeyCode::Up, Msg::Select(-1)),
            key(KeyCode::Down, Msg::Select(1)),
            key(KeyCode::PageUp, Msg::Select(-10)),
            key(KeyCode::PageDown, Msg::Select(10)),
            key(KeyCode::Left, Msg::Turn(-1)),
            key(KeyCode::Right, Msg::Turn(1)),
            key(KeyCode::Home, Msg::Edit(Edit::Home)),
            key(KeyCode::End, Msg::Edit(Edit::End)),
            key(KeyCode::Backspace, Msg::Edit(Edit::Backspace)),
            key(KeyCode::Delete, Msg::Edit(Edit::Delete)),
            control('w', Msg::Edit(Edit::DeleteWord)),
        ]
    ),
    row!(Pasted, 2, "F1", "help", "this help", [key(KeyCode::F(1), Msg::Help)]),
    row!(
        Asked,
        0,
        "↑↓",
        "question",
        "move among the questions",
        [
            key(KeyCode::Up, Msg::Select(-1)),
            key(KeyCode::Down, Msg::Select(1)),
            key(KeyCode::PageUp, Msg::Select(-10)),
            key(KeyCode::PageDown, Msg::Select(10)),
        ]
    ),
    row!(
        Asked,
        0,
        "←→",
        "change",
        "another activation, or its first letter; in the input, move the cursor",
        [key(KeyCode::Left, Msg::Turn(-1)), key(KeyCode::Right, Msg::Turn(1))]
    ),
    row!(Asked, 0, "Enter", "open", "open the network", [key(KeyCode::Enter, Msg::Enter)]),
    row!(Asked, 0, "Esc", "arrays", "back to the arrays", [key(KeyCode::Esc, Msg::Back)]),
    row!(
        Asked,
        9,
        "0-9 - .",
        "",
        "type the input",
        [
            key(KeyCode::Home, Msg::Edit(Edit::Home)),
            key(KeyCode::End, Msg::Edit(Edit::End)),
            key(KeyCode::Backspace, Msg::Edit(Edit::Backspace)),
            key(KeyCode::Delete, Msg::Edit(Edit::Delete)),
            control('u', Msg::Edit(Edit::Clear)),
            control('w', Msg::Edit(Edit::DeleteWord)),
        ]
    ),
    row!(Asked, 2, "F1", "help", "this help", [key(KeyCode::F(1), Msg::Help)]),
    row!(
        Finding,
        0,
        "space",
        "play both",
        "play the right pass and yours side by side, from where they part",
        [char(' ', Msg::PlayBoth), key(KeyCode::Enter, Msg::PlayBoth)]
    ),
    row!(
        Finding,
        1,
        "c",
        "contradiction",
        "an input where your way gives what cannot be",
        [char('c', Msg::Contradict)]
    ),
    row!(
        Finding,
        1,
        "t",
        "try next",
        "the input that tells the explanations apart; your number there counts too",
        [char('t', Msg::TryNext)]
    ),
    row!(Finding, 2, "l", "lesson", "the lesson that teaches the right way", [char('l', Msg::OpenLesson)]),
    row!(
        Finding,
        3,
        "↑↓",
        "others",
        "other explanations",
        [
            key(KeyCode::Up, Msg::Select(-1)),
            key(KeyCode::Down, Msg::Select(1)),
            char('k', Msg::Select(-1)),
            char('j', Msg::Select(1)),
        ]
    ),
    row!(Finding, 0, "Esc", "close", "back to the bench", [key(KeyCode::Esc, Msg::Back), char('f', Msg::OpenFinding)]),
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
        Glossary,
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
        Glossary,
        0,
        "Esc",
        "close",
        "close the glossary",
        [
            key(KeyCode::Esc, Msg::Back),
            key(KeyCode::Enter, Msg::Back),
            char('q', Msg::Back),
            char('G', Msg::Glossary),
            shift(KeyCode::Char('G'), Msg::Glossary),
        ]
    ),
    row!(
        Always,
        5,
        "G",
        "words",
        "the glossary: what wx, z, a, kernel, ulp and other words mean",
        [char('G', Msg::Glossary), shift(KeyCode::Char('G'), Msg::Glossary)]
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
