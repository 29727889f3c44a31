//! The keys of fields and overlays.

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
    row!((When::Field, Id::Take, 0), "Enter", keys::take_label, keys::take, &[key(KeyCode::Enter, Msg::Enter)]),
    row!((When::Field, Id::Leave, 0), "Esc", keys::leave_label, keys::leave, &[key(KeyCode::Esc, Msg::Back)],),
    row!(
        (When::Field, Id::Clear, 5),
        "Ctrl-U",
        keys::clear_label,
        keys::clear,
        &[control('u', Msg::Edit(Edit::Clear))]
    ),
    row!((When::Field, Id::DeleteWord, 9), "Ctrl-W", keys::delete_word, &[control('w', Msg::Edit(Edit::DeleteWord))],),
    row!(
        (When::Field, Id::Cursor, 9),
        "←→ Home End",
        keys::cursor,
        &[
            key(KeyCode::Left, Msg::Edit(Edit::Left)),
            key(KeyCode::Right, Msg::Edit(Edit::Right)),
            key(KeyCode::Home, Msg::Edit(Edit::Home)),
            key(KeyCode::End, Msg::Edit(Edit::End)),
            key(KeyCode::Backspace, Msg::Edit(Edit::Backspace)),
            key(KeyCode::Delete, Msg::Edit(Edit::Delete)),
        ],
    ),
    row!(
        (When::Finding, Id::PlayBoth, 0),
        "space",
        keys::play_both_label,
        keys::play_both,
        &[char(' ', Msg::PlayBoth), key(KeyCode::Enter, Msg::PlayBoth)],
    ),
    row!(
        (When::Finding, Id::Contradict, 1),
        "c",
        keys::contradict_label,
        keys::contradict,
        &[char('c', Msg::Contradict)],
    ),
    row!((When::Finding, Id::TryNext, 1), "t", keys::try_next_label, keys::try_next, &[char('t', Msg::TryNext)],),
    row!(
        (When::Finding, Id::ItsLesson, 2),
        "l",
        keys::its_lesson_label,
        keys::its_lesson,
        &[char('l', Msg::OpenLesson)],
    ),
    row!(
        (When::Finding, Id::Others, 3),
        "←→",
        keys::others_label,
        keys::others,
        &[key(KeyCode::Left, Msg::Select(-1)), key(KeyCode::Right, Msg::Select(1))],
    ),
    row!(
        (When::Finding, Id::Numbers, 1),
        "↑↓",
        keys::numbers_label,
        keys::numbers,
        &[key(KeyCode::Up, Msg::SelectNumber(-1)), key(KeyCode::Down, Msg::SelectNumber(1))],
    ),
    row!(
        (When::Finding, Id::DeleteNumber, 1),
        "x",
        keys::delete_number_label,
        keys::delete_number,
        &[char('x', Msg::DeleteNumber), key(KeyCode::Delete, Msg::DeleteNumber)],
    ),
    row!(
        (When::Finding, Id::OtherInputs, 2),
        "o",
        keys::other_inputs_label,
        keys::other_inputs,
        &[char('o', Msg::CountOtherInputs)],
    ),
    row!(
        (When::Finding, Id::FindingScroll, 4),
        "j k",
        keys::finding_scroll,
        &[
            char('j', Msg::Scroll(1)),
            char('k', Msg::Scroll(-1)),
            key(KeyCode::PageDown, Msg::Scroll(5)),
            key(KeyCode::PageUp, Msg::Scroll(-5)),
        ],
    ),
    row!(
        (When::Finding, Id::FindingClose, 0),
        "Esc",
        keys::finding_close_label,
        keys::finding_close,
        &[key(KeyCode::Esc, Msg::Back)],
    ),
    row!(
        (When::ModelSays, Id::Describe, 0),
        "Enter",
        keys::describe_label,
        keys::describe,
        &[key(KeyCode::Enter, Msg::Enter)],
    ),
    row!(
        (When::ModelSays, Id::ModelOthers, 1),
        "↑↓",
        keys::model_others_label,
        keys::model_others,
        &[key(KeyCode::Up, Msg::Select(-1)), key(KeyCode::Down, Msg::Select(1)),],
    ),
    row!(
        (When::ModelSays, Id::ModelScroll, 2),
        "j k",
        keys::model_scroll,
        &[
            char('j', Msg::Scroll(1)),
            char('k', Msg::Scroll(-1)),
            key(KeyCode::PageDown, Msg::Scroll(5)),
            key(KeyCode::PageUp, Msg::Scroll(-5)),
        ],
    ),
    row!(
        (When::ModelSays, Id::ModelClose, 0),
        "Esc",
        keys::model_close_label,
        keys::model_close,
        &[key(KeyCode::Esc, Msg::Back)]
    ),
    row!(
        (When::WhatIfs, Id::WhatIfChoose, 0),
        "↑↓",
        keys::what_if_choose_label,
        keys::what_if_choose,
        &[
            key(KeyCode::Up, Msg::Select(-1)),
            key(KeyCode::Down, Msg::Select(1)),
            char('k', Msg::Select(-1)),
            char('j', Msg::Select(1)),
            key(KeyCode::PageUp, Msg::Select(-10)),
            key(KeyCode::PageDown, Msg::Select(10)),
        ],
    ),
    row!(
        (When::WhatIfs, Id::Switch, 0),
        "Enter",
        keys::switch_label,
        keys::switch,
        &[key(KeyCode::Enter, Msg::Enter), char(' ', Msg::Enter)],
    ),
    row!((When::WhatIfs, Id::Search, 0), "/", keys::search_label, keys::search, &[char('/', Msg::Search)],),
    row!(
        (When::WhatIfs, Id::WhatIfsClose, 0),
        "Esc",
        keys::what_ifs_close_label,
        keys::what_ifs_close,
        &[key(KeyCode::Esc, Msg::Back), char('w', Msg::OpenWhatIfs)],
    ),
    row!(
        (When::Search, Id::SearchChoose, 0),
        "↑↓",
        keys::search_choose_label,
        keys::search_choose,
        &[key(KeyCode::Up, Msg::Select(-1)), key(KeyCode::Down, Msg::Select(1))],
    ),
    row!(
        (When::Search, Id::SearchDone, 0),
        "Enter",
        keys::search_done_label,
        keys::search_done,
        &[key(KeyCode::Enter, Msg::Enter)]
    ),
    row!(
        (When::Search, Id::SearchCancel, 0),
        "Esc",
        keys::search_cancel_label,
        keys::search_cancel,
        &[key(KeyCode::Esc, Msg::Back)]
    ),
    row!(
        (When::Help, Id::HelpScroll, 0),
        "↑↓",
        keys::help_scroll_label,
        keys::help_scroll,
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
        (When::Help, Id::HelpClose, 0),
        "Esc",
        keys::help_close_label,
        keys::help_close,
        &[
            key(KeyCode::Esc, Msg::Back),
            key(KeyCode::Enter, Msg::Back),
            char('q', Msg::Back),
            char('?', Msg::Help),
            shift(KeyCode::Char('?'), Msg::Help),
            key(KeyCode::F(1), Msg::Help),
        ],
    ),
];
