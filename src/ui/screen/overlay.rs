//! What lies over the screen: the help, and the list of what-ifs.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::{Block, Clear, Widget},
};

use crate::{
    app::{App, Bench},
    mistake::Mistake,
    plain::cells,
    ui::{
        keys::{TABLE, When, places_beneath},
        theme::Theme,
        words::{hanging, wrap},
    },
};

/// A box in the middle of the screen.
pub(super) fn boxed(frame: &mut Frame, screen: Rect, width: u16, height: u16, title: &str, theme: &Theme) -> Rect {
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    let area =
        Rect { x: screen.x + (screen.width - width) / 2, y: screen.y + (screen.height - height) / 2, width, height };
    Clear.render(area, frame.buffer_mut());
    let block = Block::bordered().border_set(theme.borders()).border_style(theme.focus).title(format!(" {title} "));
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    Rect { x: inner.x + 1.min(inner.width), width: inner.width.saturating_sub(2), ..inner }
}

/// Draws the help: what can be done here first, then the rest.
pub fn help(frame: &mut Frame, screen: Rect, app: &App, scroll: usize, theme: &Theme) {
    let here = places_beneath(app);
    let all = [
        When::Menu,
        When::Options,
        When::Lesson,
        When::Scored,
        When::Bench,
        When::Weights,
        When::Field,
        When::Finding,
        When::WhatIfs,
        When::Always,
    ];
    let order = here.iter().copied().chain(all.into_iter().filter(|when| !here.contains(when)));
    let area = boxed(frame, screen, 76, screen.height.saturating_sub(2), "Help", theme);
    let width = usize::from(area.width);
    let mut lines: Vec<Line<'static>> = Vec::new();
    for when in order {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(when.title(), theme.title));
        for row in TABLE.iter().filter(|row| row.when == when) {
            let mark = format!("  {:<12}", row.name);
            lines.extend(hanging(&mark, theme.key, &[(row.help.to_owned(), theme.text)], width));
        }
    }
    let room = usize::from(area.height);
    let hidden = lines.len().saturating_sub(room);
    let scroll = scroll.min(hidden);
    for (i, line) in lines.iter().skip(scroll).take(room).enumerate() {
        line.render(Rect { y: area.y + i as u16, height: 1, ..area }, frame.buffer_mut());
    }
    if hidden > scroll {
        let more = format!(" {} {} more lines ", theme.glyphs().down, hidden - scroll);
        let width = cells(&more) as u16;
        let place = Rect { x: area.right().saturating_sub(width), y: area.bottom(), width, height: 1 };
        Line::styled(more, theme.key).render(place.intersection(screen), frame.buffer_mut());
    }
}

/// Draws the list of what-ifs.
pub fn what_ifs(frame: &mut Frame, screen: Rect, bench: &Bench, list: &[Mistake], selected: usize, theme: &Theme) {
    let height = (list.len() as u16 + 5).min(screen.height.saturating_sub(2));
    let longest = list.iter().map(|m| cells(&m.says(bench.network()))).max().unwrap_or(0) as u16;
    let area = boxed(frame, screen, longest.clamp(50, 100) + 6, height, "What if ...", theme);
    let glyphs = theme.glyphs();
    if list.is_empty() {
        let text = "Nothing can go wrong in this layer.".to_owned();
        for (i, line) in wrap(&[(text, theme.dim)], usize::from(area.width)).into_iter().enumerate() {
            line.render(Rect { y: area.y + i as u16, height: 1.min(area.height), ..area }, frame.buffer_mut());
        }
        return;
    }
    let room = usize::from(area.height).saturating_sub(2).max(1);
    let first = selected.saturating_sub(room / 2).min(list.len().saturating_sub(room));
    for (i, what_if) in list.iter().enumerate().skip(first).take(room) {
        let on = bench.what_ifs().contains(what_if);
        let mark = if on { glyphs.chosen } else { glyphs.unchosen };
        let says = what_if.says(bench.network()).replace('`', "");
        let style = match (i == selected, on) {
            (true, _) => theme.selected,
            (false, true) => theme.what_if,
            (false, false) => theme.text,
        };
        let line = Line::from(vec![
            Span::styled(format!("{mark} "), if on { theme.what_if } else { theme.dim }),
            Span::styled(says, style),
        ]);
        line.render(Rect { y: area.y + (i - first) as u16, height: 1, ..area }, frame.buffer_mut());
    }
    let last = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
    let hidden = list.len().saturating_sub(room);
    let more = if hidden > 0 { format!("   {} of {}", selected + 1, list.len()) } else { String::new() };
    Line::from(vec![Span::styled("Enter on or off, Esc close".to_owned(), theme.key), Span::styled(more, theme.dim)])
        .render(last, frame.buffer_mut());
}
