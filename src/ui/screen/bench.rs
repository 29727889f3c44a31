//! The bench: its panes, with their titles, and the lines around them.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::{Block, Clear, Widget},
};

use super::{calculation, lesson, numbers, picture};
use crate::{
    app::{App, Bench, Overlay, Pane, Study, animation::Playhead, player::Player},
    plain::{cells, plain},
    setting::View,
    ui::{
        keys,
        layout::{Areas, areas},
        theme::Theme,
        widget::timeline::Timeline,
        words::{first_words, hanging},
    },
    words,
};

/// Draws everything except overlays.
pub fn draw(frame: &mut Frame, screen: Rect, app: &App, bench: &Bench, playhead: Playhead, theme: &Theme) {
    let areas = areas(app, screen);
    header(frame, areas.header, app, bench, theme);
    if let (Some(study), false) = (app.study(), areas.lesson.is_empty()) {
        let inner = pane(frame, areas.lesson, named(&words::bench::lesson(), theme), theme, bench.pane == Pane::Lesson);
        let next = app.course.entries.get(study.number + 1).map(|entry| entry.title.as_str());
        let about = lesson::About { next, has_focus: app.overlay == Overlay::None };
        lesson::draw(frame, inner, study, bench, theme, about);
    }
    if !areas.network.is_empty() {
        let inner = pane(frame, areas.network, named(&words::bench::network(), theme), theme, false);
        picture::draw(frame, inner, app, bench, View::Network, playhead, theme);
    }
    let view = shown_view(bench, &areas);
    if !areas.picture.is_empty() {
        let inner = pane(frame, areas.picture, tabs(bench, view, &areas, theme), theme, bench.cell.is_some());
        picture::draw(frame, inner, app, bench, view, playhead, theme);
    }
    if !areas.calculation.is_empty() {
        // While weights are changed, their effect matters more than the arithmetic.
        let drawable = bench.views().contains(&View::Plot);
        if bench.cell.is_some() && drawable && view != View::Plot {
            let inner = pane(frame, areas.calculation, named(&words::bench::effect(), theme), theme, false);
            picture::draw(frame, inner, app, bench, View::Plot, playhead, theme);
        } else {
            let mut title = named(&words::bench::calculation(), theme);
            let about = plain(&calculation::title(bench, playhead)).into_owned();
            title.push_span(Span::styled(format!(" {about} "), on_border(theme.dim)));
            let inner = pane(frame, areas.calculation, title, theme, false);
            calculation::draw(frame, inner, bench, playhead, theme);
        }
    }
    numbers::draw(frame, areas.numbers, app, bench, playhead, theme);
    let marks: Vec<usize> = (1..bench.network().depth()).map(|layer| bench.pass().start(layer)).collect();
    let line = Timeline { theme, position: playhead.position, len: bench.pass().steps(), marks: &marks };
    timeline(frame, areas.timeline, &line, bench.is_playing(), bench.player());
    footer(frame, areas.footer, app, theme);
}

/// The picture in the pane that `v` changes: where the network has a pane of its own, something else.
pub fn shown_view(bench: &Bench, areas: &Areas) -> View {
    let other = if bench.views().contains(&View::Plot) { View::Plot } else { View::Matrix };
    if bench.view == View::Network && !areas.network.is_empty() { other } else { bench.view }
}

pub(super) fn pane(frame: &mut Frame, area: Rect, title: Line<'_>, theme: &Theme, focus: bool) -> Rect {
    let style = if focus { theme.focus } else { theme.border };
    let block = Block::bordered().border_set(theme.borders()).border_style(style).title(title);
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    Rect { x: inner.x + 1.min(inner.width), width: inner.width.saturating_sub(2), ..inner }
}

/// A style for words on a border: they must not take the border's colour.
pub(super) fn on_border(style: Style) -> Style {
    style.fg(style.fg.unwrap_or_default())
}

pub(super) fn named(name: &str, theme: &Theme) -> Line<'static> {
    Line::styled(format!(" {name} "), on_border(theme.title))
}

fn tabs(bench: &Bench, shown: View, areas: &Areas, theme: &Theme) -> Line<'static> {
    let name = |view: View| match view {
        View::Network => words::bench::view_network(),
        View::Matrix => words::bench::view_matrix(),
        View::Plot if bench.network().inputs() == 2 => words::bench::view_map(),
        View::Plot => words::bench::view_plot(),
        View::Curve => words::bench::view_curve(),
        View::Bars => words::bench::view_bars(),
        View::Compare => words::bench::view_compare(),
    };
    let mut spans = vec![Span::styled(" v ", on_border(theme.key))];
    if areas.picture.width < 50 {
        spans.push(Span::styled(name(shown), on_border(theme.title)));
        spans.push(Span::raw(" "));
        return Line::from(spans);
    }
    let views = bench.views().into_iter().filter(|view| *view != View::Network || areas.network.is_empty());
    for (i, view) in views.enumerate() {
        if i > 0 {
            spans.push(Span::styled(" · ", theme.border));
        }
        spans.push(Span::styled(name(view), on_border(if view == shown { theme.title } else { theme.dim })));
    }
    spans.push(Span::raw(" "));
    Line::from(spans)
}

/// The name of the program and of what is shown, in fewer than `room` cells: the program's name goes first, then the last words of
/// the title.
pub(super) fn heading(title: &str, room: usize, theme: &Theme) -> Line<'static> {
    let title = plain(title).into_owned();
    let name = " byhand  ";
    let name = if cells(name) + cells(&title) < room { name } else { " " };
    let title = first_words(&title, room.saturating_sub(cells(name) + 1), theme.glyphs().ellipsis);
    Line::from(vec![Span::styled(name, theme.dim), Span::styled(title, theme.title)])
}

fn header(frame: &mut Frame, area: Rect, app: &App, bench: &Bench, theme: &Theme) {
    let title = match app.study() {
        Some(study) => format!("{} {}", study.number + 1, study.title),
        None => bench.network().name().to_owned(),
    };
    let right = match app.study() {
        Some(study) => progress(study, app, theme),
        None => Line::styled(format!("{} ", words::bench::parameters(bench.network().parameters())), theme.dim),
    };
    let width = (right.width() as u16).min(area.width);
    let room = usize::from(area.width - width);
    right.render(Rect { x: area.right() - width, width, ..area }, frame.buffer_mut());
    heading(&title, room, theme).render(Rect { width: room as u16, ..area }, frame.buffer_mut());
}

fn progress(study: &Study, app: &App, theme: &Theme) -> Line<'static> {
    let glyphs = theme.glyphs();
    let (step, of) = (study.step, study.lesson.steps.len());
    let dots = study.lesson.steps.iter().enumerate().map(|(i, lesson_step)| {
        let done = study.done.contains(&lesson_step.task.id);
        let (glyph, style): (&str, Style) = match (done, i == step) {
            (true, false) => (glyphs.done, theme.right),
            (_, true) => (glyphs.begun, theme.active),
            (false, false) => (glyphs.to_do, theme.dim),
        };
        Span::styled(glyph, style)
    });
    let mut spans: Vec<Span<'static>> = dots.collect();
    let text = if step < of { words::bench::step(of, step + 1) } else { words::bench::done() };
    spans.push(Span::styled(format!("  {text} "), theme.dim));
    if app.size.0 < 60 {
        spans.drain(..spans.len() - 1);
    }
    Line::from(spans)
}

/// The line to scrub on, within the timeline's area.
pub fn scrub_area(area: Rect) -> Rect {
    let text = 22.min(area.width / 2);
    Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(text + 1), ..area }
}

/// The line to scrub on, and behind it what is played and how fast.
pub(super) fn timeline(frame: &mut Frame, area: Rect, line: &Timeline<'_>, is_playing: bool, player: &Player) {
    let bar = scrub_area(area);
    line.render(bar, frame.buffer_mut());
    let glyphs = line.theme.glyphs();
    let state = if is_playing { glyphs.play } else { " " };
    let speed = player.speed.factor();
    let speed = if speed == 1.0 { String::new() } else { format!(" {speed}{}", glyphs.times) };
    let text = format!(" {state} {}{speed}", words::bench::position(line.position, line.len));
    let place = Rect { x: bar.right(), width: area.right() - bar.right(), ..area };
    Line::styled(text, line.theme.dim).render(place, frame.buffer_mut());
}

/// Draws the keys that fit, or the notice.
pub fn footer(frame: &mut Frame, area: Rect, app: &App, theme: &Theme) {
    if let Some(notice) = &app.notice {
        // A message is never cut: it takes the lines above the last one too.
        let text = plain(notice).replace('\n', " ");
        let lines = hanging(" ", theme.active, &[(text, theme.active)], usize::from(area.width).saturating_sub(1));
        let height = (lines.len() as u16).min(area.y + 1);
        for (i, line) in lines.into_iter().take(usize::from(height)).enumerate() {
            let row = Rect { y: area.y + 1 + i as u16 - height, ..area };
            Clear.render(row, frame.buffer_mut());
            line.render(row, frame.buffer_mut());
        }
        return;
    }
    let mut spans = Vec::new();
    let mut room = usize::from(area.width);
    // What lasts stays, whatever else is left out.
    if app.unsaved {
        let sign = format!(" {} ", words::bench::unsaved());
        room = room.saturating_sub(cells(&sign));
        spans.push(Span::styled(sign, theme.wrong));
    }
    // The box shows its own keys.
    for row in keys::footer(app).into_iter().filter(|row| row.when != keys::When::Finding) {
        let label = keys::label(app, row);
        let width = cells(row.name) + cells(&label) + 3;
        if width > room {
            continue;
        }
        room -= width;
        spans.push(Span::styled(format!(" {}", row.name), theme.key));
        spans.push(Span::styled(format!(" {label} "), theme.dim));
    }
    Line::from(spans).render(area, frame.buffer_mut());
}
