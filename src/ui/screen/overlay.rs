//! Overlays: the help, and the list of what-ifs.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::{Block, Clear, Widget},
};

use super::scrolled::Hidden;
use crate::{
    app::{App, WhatIfList, what_if_list::Item},
    plain::{cells, plain},
    ui::{
        keys::{When, places_beneath, rows},
        theme::Theme,
        words::{hanging, keys_and_words, whole, wrap},
    },
    words,
};

/// A box in the middle of the screen. Where hardly anything would be left beside it, it takes the whole width.
pub(super) fn boxed(frame: &mut Frame, screen: Rect, width: u16, height: u16, title: &str, theme: &Theme) -> Rect {
    let area = box_area(screen, width, height);
    cut_letters(frame, area);
    Clear.render(area, frame.buffer_mut());
    let block = Block::bordered().border_set(theme.borders()).border_style(theme.focus).title(format!(" {title} "));
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    Rect { x: inner.x + 1.min(inner.width), width: inner.width.saturating_sub(2), ..inner }
}

/// Blanks the wide letters whose right half the box covers: a terminal would draw them over its border.
fn cut_letters(frame: &mut Frame, area: Rect) {
    let Some(x) = area.x.checked_sub(1) else { return };
    for y in area.y..area.bottom() {
        if let Some(cell) = frame.buffer_mut().cell_mut((x, y)).filter(|cell| cells(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
}

/// The cells beside a box below which it takes the whole width: a strip so narrow shows only the ends of frames.
const STRIP: u16 = 6;

fn box_area(screen: Rect, width: u16, height: u16) -> Rect {
    let width = if width + 2 * STRIP > screen.width { screen.width } else { width };
    let height = height.min(screen.height);
    Rect { x: screen.x + (screen.width - width) / 2, y: screen.y + (screen.height - height) / 2, width, height }
}

/// The width of the text in a box of this width.
pub(super) fn text_width(screen: Rect, width: u16) -> usize {
    usize::from(box_area(screen, width, 3).width.saturating_sub(4)).max(1)
}

/// The width of the help.
const HELP: u16 = 76;

/// Draws the help: what can be done here first, then the rest.
pub fn help(frame: &mut Frame, screen: Rect, app: &App, scroll: usize, theme: &Theme) {
    let lines = help_lines(app, text_width(screen, HELP), theme);
    let area = boxed(frame, screen, HELP, help_height(screen), &words::keys::title(), theme);
    let room = usize::from(area.height);
    let hidden = Hidden::of(lines.len(), room, scroll);
    for (i, line) in lines.iter().skip(hidden.above).take(room).enumerate() {
        line.render(Rect { y: area.y + i as u16, height: 1, ..area }, frame.buffer_mut());
    }
    hidden.on_border(Rect { y: area.bottom(), height: 1, ..area }, theme, frame.buffer_mut());
}

/// The lines of the help that cannot be seen.
pub(in crate::ui) fn help_hidden(screen: Rect, app: &App, scroll: usize, theme: &Theme) -> Hidden {
    let lines = help_lines(app, text_width(screen, HELP), theme).len();
    Hidden::of(lines, usize::from(help_height(screen).saturating_sub(2)), scroll)
}

fn help_height(screen: Rect) -> u16 {
    screen.height.saturating_sub(2).max(3).min(screen.height)
}

fn help_lines(app: &App, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let here = places_beneath(app);
    let all = [
        When::Menu,
        When::Options,
        When::Lesson,
        When::Scored,
        When::Bench,
        When::Weights,
        When::Field,
        When::Pasted,
        When::Asked,
        When::Training,
        When::Finding,
        When::WalkFinding,
        When::ModelSays,
        When::WhatIfs,
        When::Search,
        When::Always,
    ];
    let order = here.iter().copied().chain(all.into_iter().filter(|when| !here.contains(when)));
    let mut lines: Vec<Line<'static>> = Vec::new();
    for when in order {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(wrap(&[(when.title(), theme.title)], width));
        for row in rows().filter(|row| row.when == when) {
            let mark = format!("  {:<12}", row.name);
            lines.extend(hanging(&mark, theme.key, &[((row.help)(), theme.text)], width));
        }
    }
    lines
}

/// Draws the list of what-ifs, each as a sentence that is never cut.
pub fn what_ifs(frame: &mut Frame, screen: Rect, is_on: impl Fn(&Item) -> bool, list: &WhatIfList, theme: &Theme) {
    let longest = list.shown().map(|(_, says)| cells(says)).max().unwrap_or(0) as u16;
    let wide = longest.clamp(50, 90) + 8;
    let width = text_width(screen, wide);
    let glyphs = theme.glyphs();
    let mut lines: Vec<(usize, Line<'static>)> = Vec::new();
    for (i, (what_if, says)) in list.shown().enumerate() {
        let on = is_on(what_if);
        let (mark, mark_style) = if on { (glyphs.chosen, theme.what_if) } else { (glyphs.unchosen, theme.dim) };
        let style = match (i == list.selected, on) {
            (true, _) => theme.selected,
            (false, true) => theme.what_if,
            (false, false) => theme.text,
        };
        let text = hanging(&format!("{mark} "), mark_style, &[(says.clone(), style)], width);
        lines.extend(text.into_iter().map(|line| (i, line)));
    }
    if lines.is_empty() {
        let text = if list.is_empty() { words::what_ifs::nothing() } else { words::what_ifs::not_found() };
        lines.extend(wrap(&[(text, theme.dim)], width).into_iter().map(|line| (usize::MAX, line)));
    }
    let height = (lines.len() as u16 + 5).min(screen.height.saturating_sub(2)).max(5);
    let area = boxed(frame, screen, wide, height, &words::what_ifs::title(), theme);
    let keys = what_if_keys(list, width, theme);
    let room = usize::from(area.height).saturating_sub(keys.len()).max(1);
    // The whole sentence at the cursor is seen, in the middle if it can be.
    let first = lines.iter().position(|(i, _)| *i == list.selected).unwrap_or(0);
    let above = first.saturating_sub(room / 2).min(lines.len().saturating_sub(room));
    for (row, (_, line)) in lines.iter().skip(above).take(room).enumerate() {
        line.render(Rect { y: area.y + row as u16, height: 1, ..area }, frame.buffer_mut());
    }
    for (i, line) in keys.into_iter().enumerate() {
        let y = area.y + (room + i) as u16;
        line.render(Rect { y, height: 1, ..area }.intersection(area), frame.buffer_mut());
    }
    if list.searching {
        let cursor = cells(&words::what_ifs::search()) + 1 + cells(&list.search);
        frame.set_cursor_position((area.x + (cursor as u16).min(area.width.saturating_sub(1)), area.y + room as u16));
    }
}

/// The search, the position in the list, and the keys.
fn what_if_keys(list: &WhatIfList, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let (count, all) = (list.shown().len(), list.len());
    let place = if count == 0 { (all, 0) } else { (count, list.selected + 1) };
    let place = words::what_ifs::place(place.0, place.1);
    let mut lines = Vec::new();
    let keys = if list.searching {
        lines.push(Line::from(vec![
            Span::styled(format!("{} ", words::what_ifs::search()), theme.key),
            Span::styled(plain(&list.search).into_owned(), theme.text),
        ]));
        [
            ("↑↓", words::what_ifs::key_choose()),
            ("Enter", words::what_ifs::key_done()),
            ("Esc", words::what_ifs::key_all()),
        ]
    } else {
        let found = if list.search.is_empty() {
            String::new()
        } else {
            words::what_ifs::found(all, count, plain(&list.search))
        };
        lines.extend((!found.is_empty()).then(|| Line::styled(found, theme.dim)));
        let close = if list.search.is_empty() { words::what_ifs::key_close() } else { words::what_ifs::key_all() };
        [("Enter", words::what_ifs::key_switch()), ("/", words::what_ifs::key_search()), ("Esc", close)]
    };
    let mut runs = keys_and_words(keys, "", theme);
    runs.push((whole(&place), theme.dim));
    lines.extend(wrap(&runs, width));
    lines
}
