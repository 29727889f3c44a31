//! The layers: a list with the one that is computed, and all of them with what they read from each other.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    app::{animation::Playhead, walk_bench::WalkBench},
    plain::{cells, plain},
    ui::{
        theme::Theme,
        widget::{matrix::around, shorten},
    },
    walk::{Part, Phase},
    words,
};

/// The heading of a phase; a pass has only one, which needs none.
fn heading(phase: Phase) -> String {
    match phase {
        Phase::Forward => words::walk::forward(),
        Phase::Loss => words::walk::loss(),
        Phase::Backward => words::walk::backward(),
        Phase::Update => words::walk::update(),
    }
}

/// Lines of the list: a part, or a phase's heading.
enum Entry<'a> {
    Heading(Phase),
    Part(usize, &'a Part),
}

fn entries(bench: &WalkBench) -> Vec<Entry<'_>> {
    let parts = bench.walk().parts();
    let has_phases = bench.training().is_some();
    let mut entries = Vec::with_capacity(parts.len() + 4);
    let mut before = None;
    for (i, part) in parts.iter().enumerate() {
        if has_phases && before != Some(part.phase) {
            entries.push(Entry::Heading(part.phase));
            before = Some(part.phase);
        }
        if part.phase != Phase::Loss || !has_phases || i == 0 || parts[i - 1].phase != Phase::Loss {
            entries.push(Entry::Part(i, part));
        }
    }
    entries
}

/// Which part is computed at a position.
fn current(bench: &WalkBench, playhead: Playhead) -> Option<usize> {
    let k = if playhead.phase.is_some() { playhead.position } else { playhead.position.saturating_sub(1) };
    bench.walk().part_at(k)
}

fn state(part: &Part, at: Option<usize>, i: usize, playhead: Playhead, theme: &Theme) -> (&'static str, Style) {
    let glyphs = theme.glyphs();
    match () {
        () if at == Some(i) => (glyphs.begun, theme.active),
        () if playhead.position >= part.steps.end => (glyphs.done, theme.text),
        () => (glyphs.to_do, theme.dim),
    }
}

fn shape(bench: &WalkBench, part: &Part) -> String {
    part.result().map_or_else(String::new, |array| bench.walk().program().shape(array).to_string())
}

/// The narrow list: each layer's name and shape, the one that is computed in the middle.
pub(super) fn draw_list(frame: &mut Frame, area: Rect, bench: &WalkBench, playhead: Playhead, theme: &Theme) {
    let at = current(bench, playhead);
    let entries = entries(bench);
    let here = entries.iter().position(|entry| matches!(entry, Entry::Part(i, _) if Some(*i) == at)).unwrap_or(0);
    let room = usize::from(area.height);
    let (first, _) = around(entries.len(), room, here);
    let width = usize::from(area.width);
    let glyphs = theme.glyphs();
    for (line, entry) in entries.iter().skip(first).take(room).enumerate() {
        let row = Rect { y: area.y + line as u16, height: 1, ..area };
        let hidden_above = line == 0 && first > 0;
        let hidden_below = line + 1 == room && first + room < entries.len();
        if hidden_above || hidden_below {
            let sign = if hidden_above { glyphs.up } else { glyphs.down };
            let more = if hidden_above { first + 1 } else { entries.len() - first - room + 1 };
            Line::styled(format!("{sign} {}", words::walk::more(more)), theme.dim).render(row, frame.buffer_mut());
            continue;
        }
        let Entry::Part(i, part) = entry else {
            if let Entry::Heading(phase) = entry {
                Line::styled(heading(*phase), theme.title).render(row, frame.buffer_mut());
            }
            continue;
        };
        let (sign, style) = state(part, at, *i, playhead, theme);
        let shape = shape(bench, part);
        let name = plain(&part.layer).into_owned();
        let room = width.saturating_sub(2);
        let with_shape = cells(&name) + 1 + cells(&shape) <= room;
        let name = shorten(&name, room as i32, glyphs.more);
        let mut spans = vec![Span::styled(format!("{sign} "), style), Span::styled(name.clone(), style)];
        if with_shape {
            let gap = room - cells(&name) - cells(&shape);
            spans.push(Span::styled(format!("{}{shape}", " ".repeat(gap)), theme.dim));
        }
        Line::from(spans).render(row, frame.buffer_mut());
    }
}

/// All layers with class, shape and what they read.
pub(super) fn draw(frame: &mut Frame, area: Rect, bench: &WalkBench, playhead: Playhead, theme: &Theme) {
    let at = current(bench, playhead);
    let parts = bench.walk().parts();
    let entries = entries(bench);
    let here = entries.iter().position(|entry| matches!(entry, Entry::Part(i, _) if Some(*i) == at)).unwrap_or(0);
    let room = usize::from(area.height);
    let (first, _) = around(entries.len(), room, here);
    let widest = |text: &dyn Fn(&Part) -> usize| parts.iter().map(text).max().unwrap_or(0);
    let name = widest(&|part| cells(&plain(&part.layer))).min(24);
    let kind = widest(&|part| part.kind.as_deref().map_or(0, cells)).min(24);
    let program = bench.walk().program();
    for (line, entry) in entries.iter().skip(first).take(room).enumerate() {
        let row = Rect { y: area.y + line as u16, height: 1, ..area };
        let Entry::Part(i, part) = entry else {
            if let Entry::Heading(phase) = entry {
                Line::styled(heading(*phase), theme.title).render(row, frame.buffer_mut());
            }
            continue;
        };
        let (sign, style) = state(part, at, *i, playhead, theme);
        let reads: Vec<String> = part
            .inputs
            .iter()
            .map(|&array| plain(program.name(array)).into_owned())
            .chain(part.from.iter().filter(|from| parts[**from].layer != part.layer).map(|&from| {
                let from = &parts[from];
                plain(&from.layer).into_owned()
            }))
            .collect();
        let short = |text: &str, room: usize| {
            let text = shorten(text, room as i32, theme.glyphs().more);
            let gap = room.saturating_sub(cells(&text));
            format!("{text}{}", " ".repeat(gap))
        };
        let mut spans = vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(short(&plain(&part.layer), name), style),
            Span::styled(format!("  {}", short(part.kind.as_deref().unwrap_or(""), kind)), theme.dim),
            Span::styled(format!("  {}", shape(bench, part)), theme.text),
        ];
        let used: usize = spans.iter().map(|span| cells(&span.content)).sum();
        let from = words::walk::reads(reads.join(", "));
        if !reads.is_empty() && used + 2 + cells(&from) <= usize::from(area.width) {
            spans.push(Span::styled(format!("  {from}"), theme.dim));
        }
        Line::from(spans).render(row, frame.buffer_mut());
    }
}
