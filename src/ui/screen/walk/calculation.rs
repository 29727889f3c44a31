//! The calculation of one value: its formula, and the actions of its unit around the one under way.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    app::{animation::Playhead, walk_bench::WalkBench},
    explain::graph::{formula, written},
    plain::{cells, plain},
    ui::{
        theme::Theme,
        widget::{matrix::around, shorten},
        words::wrap,
    },
    walk::Walk,
    words,
};

/// Draws it inside its pane.
pub(super) fn draw(frame: &mut Frame, area: Rect, bench: &WalkBench, playhead: Playhead, theme: &Theme) {
    let walk = bench.walk();
    let Some(place) = bench.place(playhead) else {
        return Line::styled(words::walk::nothing_yet(), theme.dim).render(area, frame.buffer_mut());
    };
    let width = usize::from(area.width);
    let mut lines: Vec<Line<'static>> = Vec::new();
    if let Some(formula) = formula(walk.program(), place.array) {
        lines.extend(wrap(&[(plain(&formula.plain).into_owned(), theme.code)], width).into_iter().take(2));
    }
    let below = after(bench, playhead, theme);
    let room = usize::from(area.height).saturating_sub(lines.len() + below.len()).max(1);
    let current = if playhead.phase.is_some() { playhead.position } else { playhead.position.saturating_sub(1) };
    let unit = walk.unit(current);
    let (first, end) = around(unit.len(), room, current.saturating_sub(unit.start));
    let shown = unit.start + first..unit.start + end;
    let names = shown.clone().filter_map(|k| Some(cells(stage(walk, walk.place(k)?.array))));
    let name = names.max().unwrap_or(0).min(width / 3);
    for k in shown {
        lines.push(line(bench, k, current, playhead, (width, name), theme));
    }
    lines.extend(below);
    for (i, line) in lines.into_iter().take(usize::from(area.height)).enumerate() {
        line.render(Rect { y: area.y + i as u16, height: 1, ..area }, frame.buffer_mut());
    }
}

/// The name of an array without that of its layer.
fn stage(walk: &Walk, array: crate::equation::ArrayId) -> &str {
    let name = walk.program().name(array);
    name.rsplit_once('.').map_or(name, |(_, stage)| stage)
}

/// One action; behind it, where there is room, where its numbers come from.
fn line(
    bench: &WalkBench,
    k: usize,
    current: usize,
    playhead: Playhead,
    (width, name): (usize, usize),
    theme: &Theme,
) -> Line<'static> {
    let walk = bench.walk();
    let Some(step) = walk.step(k) else { return Line::default() };
    let is_done = k < playhead.position;
    let style = match () {
        () if k == current => theme.active,
        () if is_done => theme.text,
        () => theme.dim,
    };
    let glyphs = theme.glyphs();
    let function = walk.function(step.place.array);
    let stage = shorten(&plain(stage(walk, step.place.array)), name as i32, glyphs.more);
    let gap = " ".repeat(name.saturating_sub(cells(&stage)));
    let text = written(&step.action, function, step.place.term == 0, bench.digits);
    let (left, result) = text.rsplit_once([' ']).unwrap_or((&text, ""));
    let result = if is_done || k == current && playhead.phase.is_some_and(|phase| phase > 0.5) {
        result.to_owned()
    } else {
        "····".to_owned()
    };
    let mark = if k == current { glyphs.play } else { " " };
    let mut spans = vec![
        Span::styled(format!("{mark} "), theme.active),
        Span::styled(format!("{stage}{gap} "), theme.dim),
        Span::styled(format!("{} {result}", plain(left)), style),
    ];
    let used: usize = spans.iter().map(|span| cells(&span.content)).sum();
    let from: Vec<String> = Walk::operands(&step.action)
        .iter()
        .map(|operand| match operand.from {
            Some((array, flat)) => walk.address(array, flat),
            None => words::walk::padding(),
        })
        .collect();
    let from = plain(&from.join(&format!(" {} ", glyphs.times))).into_owned();
    let joined = matches!(step.action, crate::equation::Action::Term { .. });
    if joined && used + 2 + cells(&from) <= width {
        spans.push(Span::styled(format!("  {from}"), theme.dim));
    }
    Line::from(spans)
}

/// Below the actions: the right value, where a what-if changed it; for a gradient, the slope by two losses.
fn after(bench: &WalkBench, playhead: Playhead, theme: &Theme) -> Vec<Line<'static>> {
    let walk = bench.walk();
    let Some(place) = bench.place(playhead) else { return Vec::new() };
    let mut lines = Vec::new();
    let known = walk.known_after(place.array, place.flat).is_some_and(|k| k <= playhead.position);
    if let Some(right) = walk.right().and_then(|right| right.of(place.array).get(place.flat)).filter(|_| known) {
        let value = walk.value(place.array, place.flat);
        if crate::pass::differ(*right, value) {
            let text = words::walk::right_is(bench.digits.inline(*right));
            lines.push(Line::styled(format!("{} {text}", theme.glyphs().arrow), theme.what_if));
        }
    }
    if let Some(slope) = bench.slope(place.array, place.flat).filter(|_| known) {
        let text = words::walk::by_two_losses(bench.digits.inline(slope));
        lines.push(Line::styled(format!("  {text}"), theme.dim));
    }
    lines
}
