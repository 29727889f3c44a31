//! The keys of the page of one's own network, of the networks that are kept, and of the glossary.

use super::{
    Row, RowId as Id, When,
    row::{char, control, key, row, shift},
};
use ratatui::crossterm::event::KeyCode;

use crate::{
    app::{Msg, field::Edit},
    words::keys,
};

pub(super) static ROWS: &[Row] = &[
    row!((When::Menu, Id::BringOwn, 1), "o", keys::bring_own_label, keys::bring_own, &[char('o', Msg::BringOwn)]),
    row!((When::Bench, Id::Keep, 9), "Ctrl-S", keys::keep, &[control('s', Msg::Keep)],),
    row!(
        (When::Pasted, Id::PastedEnter, 0),
        "Enter",
        keys::pasted_enter_label,
        keys::pasted_enter,
        &[key(KeyCode::Enter, Msg::Enter)],
    ),
    row!(
        (When::Pasted, Id::PastedBack, 0),
        "Esc",
        keys::pasted_back_label,
        keys::pasted_back,
        &[key(KeyCode::Esc, Msg::Back)],
    ),
    row!(
        (When::Pasted, Id::PastedClear, 1),
        "Ctrl-U",
        keys::pasted_clear_label,
        keys::pasted_clear,
        &[control('u', Msg::Edit(Edit::Clear))],
    ),
    row!(
        (When::Pasted, Id::PastedCursor, 9),
        "arrows",
        keys::pasted_cursor,
        &[
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
        ],
    ),
    row!(
        (When::Pasted, Id::PastedHelp, 2),
        "F1",
        keys::pasted_help_label,
        keys::pasted_help,
        &[key(KeyCode::F(1), Msg::Help)]
    ),
    row!(
        (When::Asked, Id::Question, 0),
        "↑↓",
        keys::question_label,
        keys::question,
        &[
            key(KeyCode::Up, Msg::Select(-1)),
            key(KeyCode::Down, Msg::Select(1)),
            key(KeyCode::PageUp, Msg::Select(-10)),
            key(KeyCode::PageDown, Msg::Select(10)),
        ],
    ),
    row!(
        (When::Asked, Id::Turn, 0),
        "←→",
        keys::turn_label,
        keys::turn,
        &[key(KeyCode::Left, Msg::Turn(-1)), key(KeyCode::Right, Msg::Turn(1))],
    ),
    row!(
        (When::Asked, Id::OpenOwn, 0),
        "Enter",
        keys::open_own_label,
        keys::open_own,
        &[key(KeyCode::Enter, Msg::Enter)]
    ),
    row!(
        (When::Asked, Id::AskedBack, 0),
        "Esc",
        keys::asked_back_label,
        keys::asked_back,
        &[key(KeyCode::Esc, Msg::Back)]
    ),
    row!(
        (When::Asked, Id::AskedType, 9),
        "0-9 - .",
        keys::asked_type,
        &[
            key(KeyCode::Home, Msg::Edit(Edit::Home)),
            key(KeyCode::End, Msg::Edit(Edit::End)),
            key(KeyCode::Backspace, Msg::Edit(Edit::Backspace)),
            key(KeyCode::Delete, Msg::Edit(Edit::Delete)),
            control('u', Msg::Edit(Edit::Clear)),
            control('w', Msg::Edit(Edit::DeleteWord)),
        ],
    ),
    row!(
        (When::Asked, Id::AskedHelp, 2),
        "F1",
        keys::asked_help_label,
        keys::asked_help,
        &[key(KeyCode::F(1), Msg::Help)]
    ),
    row!(
        (When::Glossary, Id::GlossaryScroll, 0),
        "↑↓",
        keys::glossary_scroll_label,
        keys::glossary_scroll,
        &[
            key(KeyCode::Up, Msg::Scroll(-1)),
            key(KeyCode::Down, Msg::Scroll(1)),
            char('k', Msg::Scroll(-1)),
            char('j', Msg::Scroll(1)),
            key(KeyCode::PageUp, Msg::Scroll(-10)),
            key(KeyCode::PageDown, Msg::Scroll(10)),
        ],
    ),
    row!(
        (When::Glossary, Id::GlossaryClose, 0),
        "Esc",
        keys::glossary_close_label,
        keys::glossary_close,
        &[
            key(KeyCode::Esc, Msg::Back),
            key(KeyCode::Enter, Msg::Back),
            char('q', Msg::Back),
            char('G', Msg::Glossary),
            shift(KeyCode::Char('G'), Msg::Glossary),
        ],
    ),
    row!(
        while_typing(When::Always, Id::Glossary, 7),
        "G",
        keys::glossary_label,
        keys::glossary,
        &[char('G', Msg::Glossary), shift(KeyCode::Char('G'), Msg::Glossary)],
    ),
];
