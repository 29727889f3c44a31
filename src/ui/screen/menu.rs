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
    plain::{cells, plain},
    ui::{theme::Theme, words::wrap},
    words,
};

/// Lines above the first lesson.
const ABOVE: u16 = 3;

/// A line of the list.
struct Entry {
    title: String,
    about: String,
    /// Tasks finished, and how many there are; `None` for what is no lesson.
    steps: Option<(usize, usize)>,
    minutes: u32,
}

/// Every line: the lessons, then the page of the learner's own network, then the saved networks.
fn entries(app: &App) -> Vec<Entry> {
    let lesson = |(i, entry): (usize, &crate::course::Entry)| Entry {
        title: format!("{:>2} {}", i + 1, plain(&entry.title)),
        about: plain(&entry.about).into_owned(),
        steps: Some((app.finished(i), app.steps(i))),
        minutes: entry.minutes,
    };
    let other = |title: String, about: String| Entry { title: format!("   {title}"), about, steps: None, minutes: 0 };
    let own = other(words::own::title(), words::own::about());
    let kept = app.kept.iter().map(|name| other(plain(name).into_owned(), words::own::about_kept()));
    app.course.entries.iter().enumerate().map(lesson).chain([own]).chain(kept).collect()
}

/// Draws the list.
pub fn draw(frame: &mut Frame, area: Rect, app: &App, selected: usize, theme: &Theme) {
    let entries = entries(app);
    let (above, each) = measures(app, area);
    let inner = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(4).min(92), ..area };
    if above > 0 {
        let line = wrap(&[(words::own::about_byhand(), theme.dim)], usize::from(inner.width)).into_iter().next();
        line.unwrap_or_default().render(Rect { y: inner.y + 1, height: 1, ..inner }, frame.buffer_mut());
    }
    if each == 1 && area.height > above + entries.len() as u16 + 1 {
        let about = entries.get(selected).map_or("", |entry| entry.about.as_str());
        let y = area.y + above + entries.len() as u16 + 1;
        Line::styled(format!("       {about}"), theme.text).render(Rect { y, height: 1, ..inner }, frame.buffer_mut());
    }
    let room = usize::from((area.height.saturating_sub(above)) / each).max(1);
    let first = first_seen(app, selected, room);
    let glyphs = theme.glyphs();
    for (i, entry) in entries.iter().enumerate().skip(first).take(room) {
        let y = area.y + above + (i - first) as u16 * each;
        if y >= area.bottom() {
            break;
        }
        let (state, progress, begun) = match entry.steps {
            None => (" ", String::new(), false),
            Some((0, _)) => (glyphs.to_do, words::menu::minutes(entry.minutes), false),
            Some((finished, steps)) => {
                let state = if finished >= steps { glyphs.done } else { glyphs.begun };
                (state, format!("{finished}/{steps}"), true)
            }
        };
        let here = i == selected;
        let style = if here { theme.selected } else { theme.text };
        let mark = if here { glyphs.play } else { " " };
        let room = usize::from(inner.width).saturating_sub(cells(&entry.title) + 4);
        let progress = if cells(&progress) < room { progress } else { String::new() };
        let pad = " ".repeat(room - cells(&progress));
        let row = Rect { y, height: 1, ..inner };
        if here {
            frame.buffer_mut().set_style(row, theme.selected);
        }
        let line = Line::from(vec![
            Span::styled(format!("{mark} "), theme.active),
            Span::styled(format!("{state} "), if begun { theme.right } else { theme.dim }),
            Span::styled(entry.title.clone(), style.add_modifier(Modifier::BOLD)),
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

/// The line of the list at a place of the screen.
pub fn lesson_at(area: Rect, app: &App, selected: usize, y: u16) -> Option<usize> {
    let (above, each) = measures(app, area);
    let room = usize::from((area.height.saturating_sub(above)) / each).max(1);
    let row = y.checked_sub(area.y + above)? / each;
    let at = first_seen(app, selected, room) + usize::from(row);
    (usize::from(row) < room && at < count(app)).then_some(at)
}

/// How many lines the list has.
fn count(app: &App) -> usize {
    app.course.entries.len() + 1 + app.kept.len()
}

/// Lines above the list, and lines a lesson takes.
fn measures(app: &App, area: Rect) -> (u16, u16) {
    let count = count(app) as u16;
    match area.height {
        height if height >= ABOVE + 3 * count => (ABOVE, 3),
        height if height >= ABOVE + 2 * count => (ABOVE, 2),
        height if height >= ABOVE + count => (ABOVE, 1),
        _ => (0, 1),
    }
}

fn first_seen(app: &App, selected: usize, room: usize) -> usize {
    selected.saturating_sub(room / 2).min(count(app).saturating_sub(room))
}
