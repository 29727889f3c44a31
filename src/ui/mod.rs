//! `draw(app, now)`: state in, cells out. Nothing here changes the app or reads a clock.

pub mod as_text;
pub mod color;
pub mod glyph;
pub mod keys;
pub mod layout;
mod mouse;
mod palette;
pub mod screen;
pub mod theme;
pub mod widget;
pub mod words;

use std::time::Duration;

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

pub use mouse::message as mouse_message;
use screen::scrolled::Hidden;
use theme::{Background, ColorLevel, Theme};

use crate::app::{App, Overlay, Screen, what_if_list::Item};

/// Draws the app as it is at `now`.
pub fn draw(frame: &mut Frame, app: &App, theme: &Theme, now: Duration) {
    let screen = frame.area();
    if screen.width < layout::SMALLEST.0 || screen.height < layout::SMALLEST.1 {
        let text = crate::words::bench::too_small(layout::SMALLEST.0, layout::SMALLEST.1);
        for (i, line) in words::wrap(&[(text, theme.text)], usize::from(screen.width)).into_iter().enumerate() {
            let row = Rect { y: screen.y + i as u16, height: 1, ..screen };
            line.render(row.intersection(screen), frame.buffer_mut());
        }
        return;
    }
    match &app.screen {
        Screen::Menu { selected } => {
            let header = Rect { height: 1, ..screen };
            let title = Line::from(vec![
                Span::styled(" byhand  ", theme.dim),
                Span::styled(crate::words::menu::title(), theme.title),
            ]);
            title.render(header, frame.buffer_mut());
            screen::menu::draw(frame, menu_area(screen), app, *selected, theme);
            let footer = Rect { y: screen.bottom() - 1, height: 1, ..screen };
            screen::bench::footer(frame, footer, app, theme);
        }
        Screen::Own { .. } => {
            let header = Rect { height: 1, ..screen };
            let title = Line::from(vec![
                Span::styled(" byhand  ", theme.dim),
                Span::styled(crate::words::own::title(), theme.title),
            ]);
            title.render(header, frame.buffer_mut());
            screen::own::draw(frame, menu_area(screen), app, theme);
            let footer = Rect { y: screen.bottom() - 1, height: 1, ..screen };
            screen::bench::footer(frame, footer, app, theme);
        }
        Screen::Open(bench) | Screen::Lesson(bench, _) => {
            screen::bench::draw(frame, screen, app, bench, bench.playhead(now), theme);
        }
        Screen::Walk(bench) => screen::walk::draw(frame, screen, app, bench, bench.playhead(now), theme),
    }
    match &app.overlay {
        Overlay::None => {}
        Overlay::Help { scroll } => screen::overlay::help(frame, screen, app, *scroll, theme),
        Overlay::Glossary { scroll } => screen::glossary::draw(frame, screen, *scroll, theme),
        Overlay::Finding(panel) => screen::finding::draw(frame, screen, app, *panel, theme),
        Overlay::WalkFinding { scroll } => {
            if let Some(bench) = app.walk() {
                screen::walk::draw_finding(frame, screen, bench, *scroll, theme);
            }
        }
        Overlay::ModelSays(panel) => screen::model_says::draw(frame, screen, app, *panel, theme),
        Overlay::WhatIfs(list) => {
            let is_on = |item: &Item| match item {
                Item::Chain(what_if) => app.bench().is_some_and(|bench| bench.what_ifs().contains(what_if)),
                Item::Walk(what_if) => app.walk().is_some_and(|bench| bench.what_ifs().contains(what_if)),
            };
            screen::overlay::what_ifs(frame, screen, is_on, list, theme);
        }
    }
    if theme.ascii {
        transliterate(frame.buffer_mut());
    }
}

/// Replaces what an ASCII terminal does not have, in lessons, key names and values alike.
fn transliterate(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() {
            let letter = cell.symbol().chars().next().map_or(' ', glyph::ascii);
            cell.set_char(letter);
        }
    }
}

/// The lines that cannot be seen of what `j` and `k` scroll now.
fn hidden(app: &App) -> Hidden {
    // Colours do not change where lines break.
    let theme = &Theme::new(ColorLevel::None, Background::Dark, false);
    let screen = Rect::new(0, 0, app.size.0, app.size.1);
    match (&app.overlay, app.bench(), app.study()) {
        (Overlay::Help { scroll }, ..) => screen::overlay::help_hidden(screen, app, *scroll, theme),
        (Overlay::Finding(panel), ..) => screen::finding::hidden(screen, app, *panel, theme),
        (Overlay::ModelSays(panel), ..) => screen::model_says::hidden(screen, app, *panel, theme),
        (Overlay::None, Some(bench), Some(study)) => {
            let area = layout::areas(app, screen).lesson;
            if area.is_empty() {
                return Hidden::default();
            }
            screen::lesson::hidden(inside(area), study, bench, theme)
        }
        _ => Hidden::default(),
    }
}

/// The inside of a pane.
fn inside(pane: Rect) -> Rect {
    Rect {
        x: pane.x + 2.min(pane.width),
        y: pane.y + 1.min(pane.height),
        width: pane.width.saturating_sub(4),
        height: pane.height.saturating_sub(2),
    }
}

/// Where the list of lessons is.
fn menu_area(screen: Rect) -> Rect {
    Rect { y: screen.y + 1, height: screen.height.saturating_sub(2), ..screen }
}
