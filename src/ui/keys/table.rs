//! Every key on the bench and everywhere: where it works and what it does.

use super::{
    Row, RowId as Id, When, lesson_rows, own_rows, panel_rows,
    row::{char, key, row, shift},
};
use ratatui::crossterm::event::KeyCode;

use crate::{
    app::{Msg, field::FieldOf},
    pass::Stride,
    words::keys,
};

/// Every row there is, in the order of the help.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    lesson_rows::ROWS.iter().chain(BENCH).chain(panel_rows::ROWS).chain(own_rows::ROWS).chain(ALWAYS)
}

static BENCH: &[Row] = &[
    row!(
        (When::Weights, Id::MoveCell, 0),
        "←↑↓→",
        keys::move_cell_label,
        keys::move_cell,
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
        keys::type_cell_label,
        keys::type_cell,
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
        keys::nudge_label,
        keys::nudge,
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
        keys::weights_layer_label,
        keys::weights_layer,
        &[key(KeyCode::PageUp, Msg::MoveLayer(-1)), key(KeyCode::PageDown, Msg::MoveLayer(1))],
    ),
    row!(
        (When::Weights, Id::WeightsDone, 1),
        "Esc",
        keys::weights_done_label,
        keys::weights_done,
        &[key(KeyCode::Esc, Msg::Back), char('e', Msg::EditWeights)],
    ),
    row!((When::Weights, Id::EditCell, 9), "Enter", keys::edit_cell, &[key(KeyCode::Enter, Msg::EditCell)],),
    row!((When::Bench, Id::Play, 2), "space", keys::play_label, keys::play, &[char(' ', Msg::Play)]),
    row!((When::Bench, Id::EnterPlays, 9), "Enter", keys::enter_plays, &[key(KeyCode::Enter, Msg::Enter)],),
    row!(
        (When::Bench, Id::Step, 3),
        "←→",
        keys::step_label,
        keys::step,
        &[key(KeyCode::Left, Msg::Backward(Stride::Action)), key(KeyCode::Right, Msg::Forward(Stride::Action))],
    ),
    row!(
        (When::Bench, Id::Unit, 7),
        "↑↓",
        keys::unit_label,
        keys::unit,
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
        keys::layer,
        &[key(KeyCode::PageUp, Msg::Backward(Stride::Layer)), key(KeyCode::PageDown, Msg::Forward(Stride::Layer))],
    ),
    row!(
        (When::Bench, Id::Ends, 9),
        "Home End",
        keys::ends,
        &[key(KeyCode::Home, Msg::ToStart), key(KeyCode::End, Msg::ToEnd)],
    ),
    row!((When::Bench, Id::Scrub, 9), ", .", keys::scrub, &[char(',', Msg::ScrubBy(-1)), char('.', Msg::ScrubBy(1))],),
    row!(
        (When::Bench, Id::Speed, 9),
        "+ -",
        keys::speed,
        &[
            char('+', Msg::ChangeSpeed(1)),
            char('=', Msg::ChangeSpeed(1)),
            char('-', Msg::ChangeSpeed(-1)),
            shift(KeyCode::Char('+'), Msg::ChangeSpeed(1)),
        ],
    ),
    row!(while_typing(When::Bench, Id::Stride, 9), "g", keys::stride, &[char('g', Msg::NextStride)],),
    row!(
        while_typing(When::Bench, Id::Activation, 5),
        "a",
        keys::activation_label,
        keys::activation,
        &[char('a', Msg::ToggleActivation)],
    ),
    row!(while_typing(When::Bench, Id::Bias, 9), "b", keys::bias_label, keys::bias, &[char('b', Msg::ToggleBias)],),
    row!(
        while_typing(When::Bench, Id::WhatIfs, 6),
        "w",
        keys::what_ifs_label,
        keys::what_ifs,
        &[char('w', Msg::OpenWhatIfs)],
    ),
    row!((When::Bench, Id::Input, 4), "i", keys::input_label, keys::input, &[char('i', Msg::Focus(FieldOf::Input))]),
    row!((When::Bench, Id::Weights, 5), "e", keys::weights_label, keys::weights, &[char('e', Msg::EditWeights)]),
    row!(
        while_typing(When::Bench, Id::Yours, 1),
        "y",
        keys::yours_label,
        keys::yours,
        &[char('y', Msg::Focus(FieldOf::Yours))],
    ),
    row!(while_typing(When::Bench, Id::Why, 1), "f", keys::why_label, keys::why, &[char('f', Msg::OpenFinding)],),
    row!(
        while_typing(When::Bench, Id::Picture, 6),
        "v",
        keys::picture_label,
        keys::picture,
        &[
            char('v', Msg::NextPane),
            char('V', Msg::PreviousPane),
            key(KeyCode::Tab, Msg::NextPane),
            key(KeyCode::BackTab, Msg::PreviousPane),
            shift(KeyCode::BackTab, Msg::PreviousPane),
            shift(KeyCode::Char('V'), Msg::PreviousPane),
        ],
    ),
    row!(while_typing(When::Bench, Id::Digits, 9), "d", keys::digits, &[char('d', Msg::NextDigits)],),
    row!(
        (When::Bench, Id::Undo, 8),
        "u r",
        keys::undo_label,
        keys::undo,
        &[char('u', Msg::Undo), char('r', Msg::Redo)],
    ),
    row!(
        while_typing(When::Bench, Id::Posted, 9),
        "R",
        keys::posted,
        &[char('R', Msg::Posted), shift(KeyCode::Char('R'), Msg::Posted)],
    ),
    row!(
        while_typing(When::Bench, Id::Copy, 9),
        "c C",
        keys::copy,
        &[char('c', Msg::CopyValue), char('C', Msg::CopySolution), shift(KeyCode::Char('C'), Msg::CopySolution)],
    ),
    row!((When::Bench, Id::Back, 8), "Esc", keys::back_label, keys::back, &[key(KeyCode::Esc, Msg::Back)]),
];

static ALWAYS: &[Row] = &[
    row!(
        while_typing(When::Always, Id::Help, 0),
        "?",
        keys::help_label,
        keys::help,
        &[char('?', Msg::Help), shift(KeyCode::Char('?'), Msg::Help), key(KeyCode::F(1), Msg::Help)],
    ),
    row!(while_typing(When::Always, Id::Motion, 9), "m", keys::motion, &[char('m', Msg::ToggleMotion)]),
    row!(
        while_typing(When::Always, Id::Mouse, 9),
        "M",
        keys::mouse,
        &[char('M', Msg::ToggleMouse), shift(KeyCode::Char('M'), Msg::ToggleMouse)],
    ),
    row!((When::Always, Id::Quit, 7), "q", keys::quit_label, keys::quit, &[char('q', Msg::Quit)]),
];
