//! Every key on the bench and anywhere, where it holds, and what it does.

use super::{
    Row, RowId as Id, When, lesson_rows, own_rows, panel_rows,
    row::{char, key, row, shift},
};
use ratatui::crossterm::event::KeyCode;

use crate::{
    app::{Msg, field::FieldOf},
    pass::Stride,
};

/// Every row there is, in the order of the help.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    lesson_rows::ROWS.iter().chain(BENCH).chain(panel_rows::ROWS).chain(own_rows::ROWS).chain(ALWAYS)
}

static BENCH: &[Row] = &[
    row!(
        (When::Weights, Id::MoveCell, 0),
        "←↑↓→",
        "move",
        "move among the weights; the last row is the bias",
        &[
            key(KeyCode::Up, Msg::MoveCell(-1, 0)),
            key(KeyCode::Down, Msg::MoveCell(1, 0)),
            key(KeyCode::Left, Msg::MoveCell(0, -1)),
            key(KeyCode::Right, Msg::MoveCell(0, 1)),
        ],
    ),
    row!(
        (When::Weights, Id::TypeCell, 1),
        "0-9",
        "type",
        "type a new number (also - and .); Enter takes it, Esc keeps the old one",
        &[
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
        ],
    ),
    row!(
        (When::Weights, Id::Nudge, 4),
        "[ ]",
        "± 0.1",
        "a tenth less, a tenth more; { } a hundredth",
        &[
            char('[', Msg::Nudge(-10)),
            char(']', Msg::Nudge(10)),
            char('{', Msg::Nudge(-1)),
            char('}', Msg::Nudge(1)),
            shift(KeyCode::Char('{'), Msg::Nudge(-1)),
            shift(KeyCode::Char('}'), Msg::Nudge(1)),
        ],
    ),
    row!(
        (When::Weights, Id::WeightsLayer, 0),
        "PgUp PgDn",
        "layer",
        "the weights of another layer",
        &[key(KeyCode::PageUp, Msg::MoveLayer(-1)), key(KeyCode::PageDown, Msg::MoveLayer(1))],
    ),
    row!(
        (When::Weights, Id::WeightsDone, 1),
        "Esc",
        "done",
        "stop changing weights",
        &[key(KeyCode::Esc, Msg::Back), char('e', Msg::EditWeights)],
    ),
    row!(
        (When::Weights, Id::EditCell, 9),
        "Enter",
        "",
        "change the number at the cursor",
        &[key(KeyCode::Enter, Msg::EditCell)],
    ),
    row!((When::Bench, Id::Play, 2), "space", "play", "play the pass, or stop", &[char(' ', Msg::Play)]),
    row!(
        (When::Bench, Id::EnterPlays, 9),
        "Enter",
        "",
        "play (outside of a lesson)",
        &[key(KeyCode::Enter, Msg::Enter)],
    ),
    row!(
        (When::Bench, Id::Step, 3),
        "←→",
        "step",
        "one action back or on",
        &[key(KeyCode::Left, Msg::Backward(Stride::Action)), key(KeyCode::Right, Msg::Forward(Stride::Action))],
    ),
    row!(
        (When::Bench, Id::Unit, 7),
        "↑↓",
        "unit",
        "one unit back or on",
        &[
            key(KeyCode::Up, Msg::Backward(Stride::Unit)),
            key(KeyCode::Down, Msg::Forward(Stride::Unit)),
            shift(KeyCode::Left, Msg::Backward(Stride::Unit)),
            shift(KeyCode::Right, Msg::Forward(Stride::Unit)),
        ],
    ),
    row!(
        (When::Bench, Id::Layer, 9),
        "PgUp PgDn",
        "",
        "one layer back or on",
        &[key(KeyCode::PageUp, Msg::Backward(Stride::Layer)), key(KeyCode::PageDown, Msg::Forward(Stride::Layer))],
    ),
    row!(
        (When::Bench, Id::Ends, 9),
        "Home End",
        "",
        "to the beginning or the end of the pass",
        &[key(KeyCode::Home, Msg::ToStart), key(KeyCode::End, Msg::ToEnd)],
    ),
    row!(
        (When::Bench, Id::Scrub, 9),
        ", .",
        "",
        "a twentieth of the pass back or on",
        &[char(',', Msg::ScrubBy(-1)), char('.', Msg::ScrubBy(1))],
    ),
    row!(
        (When::Bench, Id::Speed, 9),
        "+ -",
        "",
        "play faster or slower",
        &[
            char('+', Msg::ChangeSpeed(1)),
            char('=', Msg::ChangeSpeed(1)),
            char('-', Msg::ChangeSpeed(-1)),
            shift(KeyCode::Char('+'), Msg::ChangeSpeed(1)),
        ],
    ),
    row!(
        while_typing(When::Bench, Id::Stride, 9),
        "g",
        "",
        "play by actions, by units or by layers",
        &[char('g', Msg::NextStride)],
    ),
    row!(
        while_typing(When::Bench, Id::Activation, 5),
        "a",
        "activation",
        "leave the layer's activation out, or put it back",
        &[char('a', Msg::ToggleActivation)],
    ),
    row!(
        while_typing(When::Bench, Id::Bias, 9),
        "b",
        "bias",
        "leave the layer's bias out, or put it back",
        &[char('b', Msg::ToggleBias)],
    ),
    row!(
        while_typing(When::Bench, Id::WhatIfs, 6),
        "w",
        "what if",
        "every mistake that can be made; / searches the list",
        &[char('w', Msg::OpenWhatIfs)],
    ),
    row!((When::Bench, Id::Input, 4), "i", "input", "type another input", &[char('i', Msg::Focus(FieldOf::Input))]),
    row!((When::Bench, Id::Weights, 5), "e", "weights", "change weights and biases", &[char('e', Msg::EditWeights)]),
    row!(
        while_typing(When::Bench, Id::Yours, 1),
        "y",
        "yours",
        "type your own number, or one on the way: dense.z[1] = 4.89",
        &[char('y', Msg::Focus(FieldOf::Yours))],
    ),
    row!(
        while_typing(When::Bench, Id::Why, 1),
        "f",
        "why",
        "find what is behind your own number",
        &[char('f', Msg::OpenFinding)],
    ),
    row!(
        while_typing(When::Bench, Id::Picture, 6),
        "v",
        "picture",
        "the next picture: network, matrix, plot, curve, bars, and compare with a what-if on",
        &[
            char('v', Msg::NextPane),
            char('V', Msg::PreviousPane),
            key(KeyCode::Tab, Msg::NextPane),
            key(KeyCode::BackTab, Msg::PreviousPane),
            shift(KeyCode::BackTab, Msg::PreviousPane),
            shift(KeyCode::Char('V'), Msg::PreviousPane),
        ],
    ),
    row!(
        while_typing(When::Bench, Id::Digits, 9),
        "d",
        "",
        "four digits, eight, or exact",
        &[char('d', Msg::NextDigits)],
    ),
    row!(
        (When::Bench, Id::Undo, 8),
        "u r",
        "undo, redo",
        "take the last change back, make it again",
        &[char('u', Msg::Undo), char('r', Msg::Redo)],
    ),
    row!(
        while_typing(When::Bench, Id::Posted, 9),
        "R",
        "",
        "back to the posted weights and the first input; in a lesson: start the step again",
        &[char('R', Msg::Posted), shift(KeyCode::Char('R'), Msg::Posted)],
    ),
    row!((When::Bench, Id::Back, 8), "Esc", "lessons", "to the list of lessons", &[key(KeyCode::Esc, Msg::Back)]),
];

static ALWAYS: &[Row] = &[
    row!(
        while_typing(When::Always, Id::Help, 0),
        "?",
        "help",
        "this help",
        &[char('?', Msg::Help), shift(KeyCode::Char('?'), Msg::Help), key(KeyCode::F(1), Msg::Help)],
    ),
    row!(while_typing(When::Always, Id::Motion, 9), "m", "", "animation on or off", &[char('m', Msg::ToggleMotion)]),
    row!(
        while_typing(When::Always, Id::Mouse, 9),
        "M",
        "",
        "mouse on or off; off gives text selection back",
        &[char('M', Msg::ToggleMouse), shift(KeyCode::Char('M'), Msg::ToggleMouse)],
    ),
    row!((When::Always, Id::Quit, 7), "q", "quit", "quit; where you are is kept", &[char('q', Msg::Quit)]),
];
