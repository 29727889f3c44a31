//! The one table of keys: it says what a key does, prints the footer, and prints the help.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

mod table;
mod when;

use table::{CONTROL, NONE, SHIFT};
pub use table::{Row, TABLE};
pub use when::When;

use crate::app::{
    App, Asked, Bench, Msg, Overlay, Screen, Study,
    field::{Edit, FieldOf},
    own::Page,
};

/// The places whose rows hold now, the nearest first.
pub fn places(app: &App) -> Vec<When> {
    match &app.overlay {
        Overlay::Help { .. } => vec![When::Help],
        Overlay::Glossary { .. } => vec![When::Glossary],
        Overlay::WhatIfs { .. } => vec![When::WhatIfs, When::Always],
        Overlay::Finding => vec![When::Finding, When::Always],
        Overlay::None => places_beneath(app),
    }
}

/// The places whose rows hold when nothing lies over the screen.
pub fn places_beneath(app: &App) -> Vec<When> {
    if matches!(app.screen, Screen::Own { .. }) {
        return vec![if app.own.page == Page::Text { When::Pasted } else { When::Asked }];
    }
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
        Screen::Menu { .. } | Screen::Own { .. } => vec![When::Menu, When::Always],
        Screen::Open(_) | Screen::Lesson(..) if weights => vec![When::Weights, When::Bench, When::Always],
        Screen::Open(_) => vec![When::Bench, When::Always],
        Screen::Lesson(_, study) if matches!(study.asked, Asked::Options { .. } | Asked::Places { .. }) => {
            vec![When::Options, When::Lesson, When::Bench, When::Always]
        }
        Screen::Lesson(_, study) if study.current().is_none() && !study.hunts.is_empty() => {
            vec![When::Scored, When::Lesson, When::Bench, When::Always]
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
        && !"hnpjkvfG?".contains(c)
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
    let takes_text = matches!(places[..], [When::Field | When::Pasted | When::Asked]);
    match (event.code, takes_text) {
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
    let wrong = app.finding().map_or_else(
        || app.bench().is_some_and(|bench| bench.yours().is_some() && !bench.yours_is_right()),
        |finding| !finding.is_right(),
    );
    if !wrong {
        rows.retain(|row| row.label != "why");
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
