//! The keys of lessons and of the list of lessons.

use super::{
    Row, RowId as Id, When,
    row::{Key, char, key, row},
};
use ratatui::crossterm::event::KeyCode;

use crate::{app::Msg, words::keys};

/// The digits pick what they count.
const PICKS: &[Key] = &[
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

/// The digits of a lesson's number, one after the other.
const NUMBERS: &[Key] = &[
    char('0', Msg::Digit(0)),
    char('1', Msg::Digit(1)),
    char('2', Msg::Digit(2)),
    char('3', Msg::Digit(3)),
    char('4', Msg::Digit(4)),
    char('5', Msg::Digit(5)),
    char('6', Msg::Digit(6)),
    char('7', Msg::Digit(7)),
    char('8', Msg::Digit(8)),
    char('9', Msg::Digit(9)),
];

pub(super) static ROWS: &[Row] = &[
    row!(
        (When::Menu, Id::MenuChoose, 0),
        "↑↓",
        keys::menu_choose_label,
        keys::menu_choose,
        &[
            key(KeyCode::Up, Msg::Select(-1)),
            key(KeyCode::Down, Msg::Select(1)),
            char('k', Msg::Select(-1)),
            char('j', Msg::Select(1)),
            key(KeyCode::Home, Msg::ToStart),
            key(KeyCode::End, Msg::ToEnd),
        ],
    ),
    row!((When::Menu, Id::MenuNumber, 2), "0-9", keys::menu_number_label, keys::menu_number, NUMBERS,),
    row!(
        (When::Menu, Id::MenuEnter, 0),
        "Enter",
        keys::menu_enter_label,
        keys::menu_enter,
        &[key(KeyCode::Enter, Msg::Enter)]
    ),
    row!((When::Menu, Id::MenuBack, 2), "Esc", keys::menu_back_label, keys::menu_back, &[key(KeyCode::Esc, Msg::Back)],),
    row!(
        (When::Options, Id::Choose, 0),
        "↑↓",
        keys::choose_label,
        keys::choose,
        &[key(KeyCode::Up, Msg::Select(-1)), key(KeyCode::Down, Msg::Select(1))],
    ),
    row!((When::Options, Id::Pick, 9), "1-9", keys::pick, PICKS),
    row!((When::Lesson, Id::Enter, 0), "Enter", keys::enter_label, keys::enter, &[key(KeyCode::Enter, Msg::Enter)],),
    row!(while_typing(When::Lesson, Id::Hint, 3), "h", keys::hint_label, keys::hint, &[char('h', Msg::Hint)]),
    row!(
        while_typing(When::Lesson, Id::Steps, 4),
        "n p",
        keys::steps_label,
        keys::steps,
        &[char('n', Msg::NextStep), char('p', Msg::PreviousStep)],
    ),
    row!(
        while_typing(When::Lesson, Id::Scroll, 9),
        "j k",
        keys::scroll,
        &[char('j', Msg::Scroll(1)), char('k', Msg::Scroll(-1))],
    ),
    row!((When::Scored, Id::OtherBugs, 0), "o", keys::other_bugs_label, keys::other_bugs, &[char('o', Msg::HuntAgain)],),
];
