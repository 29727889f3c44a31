//! The one table of keys: it says what a key does, prints the footer, and prints the help.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

mod lesson_rows;
mod own_rows;
mod panel_rows;
mod row;
mod table;
mod when;

use row::{CONTROL, NONE, SHIFT};
pub use row::{Row, RowId};
pub use table::rows;
pub use when::When;

use crate::app::{
    App, Asked, Bench, Msg, Overlay, Screen, Study,
    field::{Edit, Field, FieldOf},
    own::Page,
    walk_bench::WalkBench,
};
use crate::words;

/// The characters of a number or a list of numbers. These are typed; other keys keep their meaning.
const OF_NUMBERS: &str = "0123456789.,;+-\u{2212}*/()[]=eE";

/// The active key contexts, innermost first.
pub fn places(app: &App) -> Vec<When> {
    match &app.overlay {
        Overlay::Help { .. } => vec![When::Help],
        Overlay::Glossary { .. } => vec![When::Glossary],
        Overlay::WhatIfs(list) if list.searching => vec![When::Search],
        Overlay::WhatIfs(_) => vec![When::WhatIfs, When::Always],
        Overlay::Finding(_) => vec![When::Finding, When::Always],
        Overlay::WalkFinding { .. } => vec![When::WalkFinding, When::Always],
        Overlay::ModelSays(_) => vec![When::ModelSays, When::Always],
        Overlay::None => places_beneath(app),
    }
}

/// The active key contexts when there is no overlay.
pub fn places_beneath(app: &App) -> Vec<When> {
    if matches!(app.screen, Screen::Own { .. }) {
        return vec![if app.own.page == Page::Text { When::Pasted } else { When::Asked }];
    }
    let mut places = Vec::new();
    if app.is_typing() {
        places.push(When::Field);
        if !takes_only_numbers(app) {
            return places;
        }
    }
    match &app.screen {
        Screen::Menu { .. } => places.push(When::Menu),
        Screen::Open(_) | Screen::Own { .. } => {}
        Screen::Walk(bench) => {
            if bench.training().is_some() && bench.field.is_none() {
                places.push(When::Training);
            }
            if bench.field.is_none() {
                places.push(When::Bench);
            }
        }
        Screen::Lesson(_, study) => {
            if app.bench().is_some_and(|bench| bench.cell.is_some()) {
                places.push(When::Weights);
            }
            // Arrows and digits are for the field while one is open.
            if !app.is_typing() && matches!(study.asked, Asked::Options { .. } | Asked::Places { .. }) {
                places.push(When::Options);
            }
            if study.current().is_none() && !study.hunts.is_empty() {
                places.push(When::Scored);
            }
            places.push(When::Lesson);
        }
    }
    if matches!(&app.screen, Screen::Open(bench) if bench.cell.is_some()) {
        places.push(When::Weights);
    }
    // An input or a weight is typed into the bench itself; a lesson's blank line beside it.
    let field = app.bench().and_then(|bench| bench.field.as_ref());
    if app.bench().is_some() && field.is_none_or(|field| matches!(field.of, FieldOf::Blank(_))) {
        places.push(When::Bench);
    }
    places.push(When::Always);
    places
}

/// The field of the bench that is shown.
fn field(app: &App) -> Option<&Field> {
    match app.walk() {
        Some(walk) => walk.field.as_ref(),
        None => app.bench().and_then(|bench| bench.field.as_ref()),
    }
}

/// Whether the field with the focus takes only numbers, so that letters are still keys.
fn takes_only_numbers(app: &App) -> bool {
    app.overlay == Overlay::None && field(app).is_some_and(|field| field.of.takes_only_numbers())
}

/// Whether a key of this row works while a number is typed: its letters are not part of a number.
fn works_while_typing(row: &Row, code: KeyCode) -> bool {
    row.when == When::Field || row.while_typing || !matches!(code, KeyCode::Char(_))
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
    let numbers_only = takes_only_numbers(app);
    // A text that is typed without paste mode may have a million characters, each a key.
    if let KeyCode::Char(c) = event.code
        && modifiers.is_empty()
        && app.overlay == Overlay::None
        && (!numbers_only || OF_NUMBERS.contains(c))
        && app.bench().and_then(|bench| bench.field.as_ref()).is_some_and(Field::is_full)
    {
        return None;
    }
    if let KeyCode::Char(c) = event.code
        && numbers_only
        && !modifiers.intersects(CONTROL | KeyModifiers::ALT)
        && OF_NUMBERS.contains(c)
    {
        return Some(Msg::Edit(Edit::Insert(c)));
    }
    let places = places(app);
    match found(&places, numbers_only, event.code, modifiers) {
        // Only as far as there is text, so that scrolling back takes no more keys.
        Some((_, Msg::Scroll(by))) => {
            let by = super::hidden(app).clamp(*by);
            return (by != 0).then_some(Msg::Scroll(by));
        }
        Some((_, msg)) => return Some(msg.clone()),
        None => {}
    }
    let takes_text = matches!(places[..], [When::Field | When::Search | When::Pasted | When::Asked]);
    match event.code {
        KeyCode::Char(c) if takes_text && !modifiers.intersects(CONTROL | KeyModifiers::ALT) => {
            Some(Msg::Edit(Edit::Insert(c)))
        }
        KeyCode::Char(c) if numbers_only && modifiers == NONE => Some(Msg::NotANumber(c)),
        KeyCode::Backspace if places[..] == [When::Search] => Some(Msg::Edit(Edit::Backspace)),
        _ => None,
    }
}

/// The row of a key, and its message: the innermost context decides.
fn found(places: &[When], numbers_only: bool, code: KeyCode, modifiers: KeyModifiers) -> Option<(RowId, &'static Msg)> {
    places.iter().find_map(|place| {
        rows().filter(|row| row.when == *place && (!numbers_only || works_while_typing(row, code))).find_map(|row| {
            let key = row.keys.iter().find(|(key, with, _)| *key == code && *with == modifiers)?;
            Some((row.id, &key.2))
        })
    })
}

/// What the keys of a row do at this moment, in one or two words, if the bottom line shows them; else nothing.
pub fn label(app: &App, row: &Row) -> String {
    let plays = app.bench().is_some_and(Bench::is_playing) || app.walk().is_some_and(WalkBench::is_playing);
    let now: Option<fn() -> String> = match (row.id, app.study()) {
        (RowId::Enter, Some(study)) if plays && !study.is_done() => Some(words::keys::enter_to_end),
        (RowId::Enter, Some(study)) if plays || study.current().is_none() => None,
        (RowId::Enter, Some(study)) if study.is_done() => Some(words::keys::enter_next),
        (RowId::Enter, Some(study)) => match study.asked {
            Asked::Watch { .. } => Some(words::keys::enter_watch),
            Asked::Options { .. } | Asked::Places { .. } => Some(words::keys::enter_answer),
            _ => None,
        },
        (RowId::Play, _) if plays => Some(words::keys::play_stops),
        _ => None,
    };
    now.or(row.label).map(|says| says()).unwrap_or_default()
}

/// The rows for the bottom line, the most useful first: those that do something now.
pub fn footer(app: &App) -> Vec<&'static Row> {
    let places = places(app);
    let numbers_only = takes_only_numbers(app);
    // If two rows have the same key, only the inner one acts.
    let acts = |row: &&Row| {
        let reached = |code, with| found(&places, numbers_only, code, with).is_some_and(|(id, _)| id == row.id);
        let typed = |code: &KeyCode| numbers_only && matches!(code, KeyCode::Char(c) if OF_NUMBERS.contains(*c));
        row.keys.iter().any(|(code, with, _)| !typed(code) && reached(*code, *with))
    };
    let named = rows().filter(|row| places.contains(&row.when) && row.label.is_some() && works(app, row.id));
    let mut rows: Vec<&Row> = named.filter(acts).collect();
    rows.sort_by_key(|row| row.rank);
    rows
}

/// Whether a row can do anything at this moment.
fn works(app: &App, id: RowId) -> bool {
    let bench = app.bench();
    match id {
        RowId::Take => field(app).is_none_or(|field| field.error.is_none()),
        RowId::Clear => field(app).is_some_and(|field| !field.text().is_empty()),
        RowId::CauseShow | RowId::CauseChoose => {
            app.walk().and_then(WalkBench::finding).is_some_and(|finding| !finding.causes().is_empty())
        }
        RowId::Weights | RowId::Keep => app.walk().is_none(),
        RowId::Input | RowId::Activation | RowId::Bias => app.walk().is_none_or(|walk| walk.training().is_none()),
        RowId::Undo if app.walk().is_some() => app.walk().is_some_and(|walk| walk.undoable() > 0),
        RowId::PastedClear => !app.own.pasted.text().is_empty(),
        RowId::Hint => app.study().is_some_and(Study::has_more_hints),
        RowId::WeightsLayer => bench.is_some_and(|bench| bench.layers_with_kernel().nth(1).is_some()),
        RowId::Undo => bench.is_some_and(|bench| bench.undoable() > 0),
        RowId::MenuBack => app.has_own_network(),
        RowId::PlayBoth => app.reveals() && app.finding().is_some_and(|finding| finding.chosen().is_some()),
        RowId::Contradict => app.reveals() && app.finding().is_some_and(|finding| finding.contradiction().is_some()),
        RowId::TryNext => {
            let next = app.finding().and_then(|finding| finding.chosen().and(finding.diagnosis()?.next_input.as_ref()));
            app.reveals() && next.is_some()
        }
        RowId::ItsLesson => app.its_lesson().is_some(),
        RowId::Others => app.finding().is_some_and(|finding| finding.listed().len() > 1),
        RowId::Describe => bench.and_then(Bench::model_finding).is_some_and(|finding| !finding.candidates.is_empty()),
        RowId::ModelOthers => bench.and_then(Bench::model_finding).is_some_and(|finding| finding.candidates.len() > 1),
        RowId::Numbers => app.own_numbers_of_finding() > 1,
        RowId::DeleteNumber => app.own_numbers_of_finding() > 0,
        RowId::OtherInputs => {
            app.bench().is_some_and(Bench::has_numbers_for_other_inputs) && app.own_numbers_of_finding() > 0
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_one_context_each_key_means_one_thing() {
        for (i, row) in rows().enumerate() {
            for (n, (code, with, _)) in row.keys.iter().enumerate() {
                let again = row.keys[n + 1..]
                    .iter()
                    .chain(rows().skip(i + 1).filter(|other| other.when == row.when).flat_map(|other| other.keys));
                for (other, other_with, _) in again {
                    assert!((code, with) != (other, other_with), "{code:?} twice in {:?}", row.when);
                }
            }
        }
    }

    #[test]
    fn every_row_has_help() {
        for row in rows() {
            assert!(!(row.help)().is_empty() && !row.name.is_empty() && !row.keys.is_empty());
        }
    }

    #[test]
    fn a_key_that_works_while_a_number_is_typed_is_not_part_of_a_number() {
        for row in rows().filter(|row| row.while_typing) {
            for (code, ..) in row.keys {
                assert!(!matches!(code, KeyCode::Char(c) if OF_NUMBERS.contains(*c)), "{code:?} of {:?}", row.id);
            }
        }
    }
}
