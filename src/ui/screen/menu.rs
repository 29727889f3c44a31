//! The list of lessons.

use ratatui::{
    Frame,
    layout::Rect,
    style::Modifier,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    app::App,
    plain::cells,
    ui::{theme::Theme, words::wrap},
};

/// Lines above the first lesson.
const ABOVE: u16 = 4;

/// Draws the list.
pub fn draw(frame: &mut Frame, area: Rect, app: &App, selected: usize, theme: &Theme) {
    let (above, each) = measures(app, area);
    let inner = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(4).min(92), ..area };
    if above > 0 {
        let says = "Compute a neural network by hand, one multiplication at a time, and find where your own calculation went wrong.";
        for (i, line) in wrap(&[(says.to_owned(), theme.dim)], usize::from(inner.width)).into_iter().take(2).enumerate()
        {
            line.render(Rect { y: inner.y + 1 + i as u16, height: 1, ..inner }, frame.buffer_mut());
        }
    }
    if each == 1 && area.height > above + app.course.entries.len() as u16 + 1 {
        let about = app.course.entries.get(selected).map_or("", |entry| entry.about.as_str());
        let y = area.y + above + app.course.entries.len() as u16 + 1;
        Line::styled(format!("       {about}"), theme.text).render(Rect { y, height: 1, ..inner }, frame.buffer_mut());
    }
    let room = usize::from((area.height.saturating_sub(above)) / each).max(1);
    let first = first_seen(app, selected, room);
    let glyphs = theme.glyphs();
    for (i, entry) in app.course.entries.iter().enumerate().skip(first).take(room) {
        let y = area.y + above + (i - first) as u16 * each;
        if y >= area.bottom() {
            break;
        }
        let (finished, steps) = (app.finished(i), app.steps(i));
        let state = match finished {
            0 => glyphs.to_do,
            n if n >= steps => glyphs.done,
            _ => glyphs.begun,
        };
        let here = i == selected;
        let style = if here { theme.selected } else { theme.text };
        let mark = if here { glyphs.play } else { " " };
        let progress = if finished == 0 { format!("{} min", entry.minutes) } else { format!("{finished}/{steps}") };
        let title = format!("{:>2} {}", i + 1, entry.title);
        let room = usize::from(inner.width).saturating_sub(cells(&title) + 4);
        let progress = if cells(&progress) < room { progress } else { String::new() };
        let pad = " ".repeat(room - cells(&progress));
        let row = Rect { y, height: 1, ..inner };
        if here {
            frame.buffer_mut().set_style(row, theme.selected);
        }
        let line = Line::from(vec![
            Span::styled(format!("{mark} "), theme.active),
            Span::styled(format!("{state} "), if finished == 0 { theme.dim } else { theme.right }),
            Span::styled(title, style.add_modifier(Modifier::BOLD)),
            Span::raw(pad),
            Span::styled(progress, theme.dim),
        ]);
        line.render(row, frame.buffer_mut());
        if each > 1 && y + 1 < area.bottom() {
            let about = Line::styled(format!("       {}", entry.about), theme.dim);
            about.render(Rect { y: y + 1, height: 1, ..inner }, frame.buffer_mut());
        }
    }
}

/// The lesson at a place of the screen.
pub fn lesson_at(area: Rect, app: &App, selected: usize, y: u16) -> Option<usize> {
    let (above, each) = measures(app, area);
    let room = usize::from((area.height.saturating_sub(above)) / each).max(1);
    let row = y.checked_sub(area.y + above)? / each;
    let at = first_seen(app, selected, room) + usize::from(row);
    (usize::from(row) < room && at < app.course.entries.len()).then_some(at)
}

/// Lines above the list, and lines a lesson takes.
fn measures(app: &App, area: Rect) -> (u16, u16) {
    let count = app.course.entries.len() as u16;
    match area.height {
        height if height >= ABOVE + 3 * count => (ABOVE, 3),
        height if height >= ABOVE + 2 * count => (ABOVE, 2),
        height if height >= ABOVE + count => (ABOVE, 1),
        _ => (0, 1),
    }
}

fn first_seen(app: &App, selected: usize, room: usize) -> usize {
    selected.saturating_sub(room / 2).min(app.course.entries.len().saturating_sub(room))
}
