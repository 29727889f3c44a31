//! The parts of a screen as lines of text, for who reads them with a screen reader or in a terminal without a screen.
//!
//! They are drawn by the same functions, without colours, on a page that is tall enough for all of it. So every state that colour
//! shows has a sign or a word here too.

use std::time::Duration;

use ratatui::{Terminal, TerminalOptions, Viewport, backend::TestBackend, layout::Rect};

use super::{
    screen::{calculation, finding, lesson, model_says, numbers},
    theme::{Background, ColorLevel, Theme},
};
use crate::app::{App, Overlay};

/// Wide enough for lines of a calculation, narrow enough for old terminals.
const WIDTH: u16 = 78;
/// No step is longer; what is empty costs only memory.
const HEIGHT: u16 = 240;

/// A lesson's step with its task, what was said about the answer, and the task's options.
pub fn lesson(app: &App) -> Vec<String> {
    let (Some(study), Some(bench)) = (app.study(), app.bench()) else { return Vec::new() };
    let next = app.course.entries.get(study.number + 1).map(|entry| entry.title.as_str());
    let about = lesson::About { next, has_focus: false };
    let mut lines = rows(WIDTH, HEIGHT, |frame, area, theme| lesson::draw(frame, area, study, bench, theme, about));
    // On the screen an option is pointed at; here it has the number that picks it.
    let (area, theme) = (Rect::new(0, 0, WIDTH, HEIGHT), plain_theme());
    let mut last = None;
    for (y, line) in (0..HEIGHT).zip(&mut lines) {
        let option = lesson::option_at(area, study, bench, &theme, y);
        if let Some(option) = option.filter(|_| option != last && study.asked.is_open() && !line.is_empty()) {
            *line = format!("{}. {}", option + 1, line.trim_start());
        }
        last = option;
    }
    tidy(lines)
}

/// The lines of the calculation at the place where the bench is.
pub fn calculation(app: &App, now: Duration) -> Vec<String> {
    let Some(bench) = app.bench() else { return Vec::new() };
    let playhead = bench.playhead(now);
    // So narrow that no curve fits beside it.
    let lines = rows(44, 40, |frame, area, theme| calculation::draw(frame, area, bench, playhead, theme));
    let is_text = |line: &String| !line.chars().any(|c| ('\u{2800}'..='\u{28ff}').contains(&c));
    tidy(lines.into_iter().filter(is_text).collect())
}

/// Input, output, the right output and the learner's number.
pub fn numbers(app: &App, now: Duration) -> Vec<String> {
    let Some(bench) = app.bench() else { return Vec::new() };
    let playhead = bench.playhead(now);
    drawn(2, |frame, area, theme| {
        let area = Rect { width: area.width, height: 1, ..area };
        numbers::draw(frame, area, app, bench, playhead, theme);
    })
}

/// What explains the learner's number, where that is shown.
pub fn panel(app: &App) -> Vec<String> {
    drawn(60, |frame, area, theme| match &app.overlay {
        Overlay::Finding(panel) => finding::draw(frame, area, app, *panel, theme),
        Overlay::ModelSays(panel) => model_says::draw(frame, area, app, *panel, theme),
        _ => {}
    })
}

fn plain_theme() -> Theme {
    Theme::new(ColorLevel::None, Background::Dark, false)
}

fn drawn(height: u16, draw: impl FnOnce(&mut ratatui::Frame, Rect, &Theme)) -> Vec<String> {
    tidy(rows(WIDTH, height, draw))
}

/// Every row as text.
fn rows(width: u16, height: u16, draw: impl FnOnce(&mut ratatui::Frame, Rect, &Theme)) -> Vec<String> {
    let theme = plain_theme();
    let area = Rect::new(0, 0, width, height);
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    let mut terminal = match Terminal::with_options(TestBackend::new(width, height), options) {
        Ok(terminal) => terminal,
        Err(never) => match never {},
    };
    let done = terminal.draw(|frame| draw(frame, area, &theme));
    let buffer = match done {
        Ok(done) => done.buffer,
        Err(never) => match never {},
    };
    let row = |y: u16| -> String { (0..width).map(|x| buffer[(x, y)].symbol()).collect() };
    (0..height).map(|y| without_frame(&row(y))).collect()
}

/// Without empty lines at the ends, and none after another.
fn tidy(mut lines: Vec<String>) -> Vec<String> {
    lines.dedup_by(|one, other| one.is_empty() && other.is_empty());
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    if lines.first().is_some_and(String::is_empty) {
        lines.remove(0);
    }
    lines
}

/// A line without the lines around panels, which a screen reader would read one by one.
fn without_frame(row: &str) -> String {
    let is_frame = |c: char| ('\u{2500}'..='\u{257f}').contains(&c);
    let text = row.trim_matches(|c: char| is_frame(c) || c == ' ');
    let indent = row.chars().take_while(|&c| c == ' ').count();
    if text.is_empty() || indent == 0 || row.starts_with(is_frame) {
        return text.to_owned();
    }
    format!("{}{text}", " ".repeat(indent))
}
