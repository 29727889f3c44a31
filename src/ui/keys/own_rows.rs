//! The keys of the page of one's own network, of the networks that are kept, and of the glossary.

use super::{
    Row, RowId as Id, When,
    row::{char, control, key, row, shift},
};
use ratatui::crossterm::event::KeyCode;

use crate::app::{Msg, field::Edit};

pub(super) static ROWS: &[Row] = &[
    row!((When::Menu, Id::BringOwn, 1), "o", "own network", "bring a network of your own", &[char('o', Msg::BringOwn)]),
    row!(
        (When::Bench, Id::Keep, 9),
        "Ctrl-S",
        "",
        "keep this network; the list of lessons offers it again",
        &[control('s', Msg::Keep)],
    ),
    row!(
        (When::Pasted, Id::PastedEnter, 0),
        "Enter",
        "go on",
        "go on when the arrays are complete, else a new line",
        &[key(KeyCode::Enter, Msg::Enter)],
    ),
    row!(
        (When::Pasted, Id::PastedBack, 0),
        "Esc",
        "back",
        "leave; the text stays for the next time",
        &[key(KeyCode::Esc, Msg::Back)],
    ),
    row!(
        (When::Pasted, Id::PastedClear, 1),
        "Ctrl-U",
        "empty",
        "empty the text",
        &[control('u', Msg::Edit(Edit::Clear))],
    ),
    row!(
        (When::Pasted, Id::PastedCursor, 9),
        "arrows",
        "",
        "move the cursor; without text, choose a built-in model",
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
    row!((When::Pasted, Id::PastedHelp, 2), "F1", "help", "this help", &[key(KeyCode::F(1), Msg::Help)]),
    row!(
        (When::Asked, Id::Question, 0),
        "↑↓",
        "question",
        "move among the questions",
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
        "change",
        "another activation (or type its first letter); in the input, move the cursor",
        &[key(KeyCode::Left, Msg::Turn(-1)), key(KeyCode::Right, Msg::Turn(1))],
    ),
    row!((When::Asked, Id::OpenOwn, 0), "Enter", "open", "open the network", &[key(KeyCode::Enter, Msg::Enter)]),
    row!((When::Asked, Id::AskedBack, 0), "Esc", "arrays", "back to the arrays", &[key(KeyCode::Esc, Msg::Back)]),
    row!(
        (When::Asked, Id::AskedType, 9),
        "0-9 - .",
        "",
        "type the input",
        &[
            key(KeyCode::Home, Msg::Edit(Edit::Home)),
            key(KeyCode::End, Msg::Edit(Edit::End)),
            key(KeyCode::Backspace, Msg::Edit(Edit::Backspace)),
            key(KeyCode::Delete, Msg::Edit(Edit::Delete)),
            control('u', Msg::Edit(Edit::Clear)),
            control('w', Msg::Edit(Edit::DeleteWord)),
        ],
    ),
    row!((When::Asked, Id::AskedHelp, 2), "F1", "help", "this help", &[key(KeyCode::F(1), Msg::Help)]),
    row!(
        (When::Glossary, Id::GlossaryScroll, 0),
        "↑↓",
        "scroll",
        "scroll",
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
        "close",
        "close the glossary",
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
        "words",
        "the glossary: what wx, z, a, kernel, ulp and other words mean",
        &[char('G', Msg::Glossary), shift(KeyCode::Char('G'), Msg::Glossary)],
    ),
];
