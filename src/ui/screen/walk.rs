//! The bench of networks of any shape and of training: the layers, a picture, the calculation, the numbers.
//!
//! ```text
//! header
//! layers | picture        what the step reads and computes, or another picture
//!        | calculation
//! numbers
//! timeline
//! keys
//! ```
//! On a narrow screen one of the panes is shown.

mod calculation;
mod finding;
mod layers;
mod other;
mod values;

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

pub use finding::draw as draw_finding;

use super::{
    agreement::mark,
    bench::{footer, heading, named, on_border, pane, timeline},
    numbers::typed,
};
use crate::{
    app::{
        App,
        animation::Playhead,
        field::FieldOf,
        input::input_text,
        walk_bench::{WalkBench, WalkView},
    },
    pass::Strides,
    plain::{cells, plain},
    ui::{layout::walk_areas, theme::Theme, widget::timeline::Timeline},
    words,
};

/// Draws everything except overlays.
pub fn draw(frame: &mut Frame, screen: Rect, app: &App, bench: &WalkBench, playhead: Playhead, theme: &Theme) {
    let areas = walk_areas(app, bench, screen);
    header(frame, areas.header, bench, theme);
    if !areas.network.is_empty() {
        let inner = pane(frame, areas.network, named(&words::walk::layers(), theme), theme, false);
        layers::draw_list(frame, inner, bench, playhead, theme);
    }
    if !areas.picture.is_empty() {
        let inner = pane(frame, areas.picture, tabs(bench, areas.picture.width, theme), theme, false);
        match bench.view {
            WalkView::Values => values::draw(frame, inner, bench, playhead, theme),
            WalkView::Layers => layers::draw(frame, inner, bench, playhead, theme),
            WalkView::Compare => other::compare(frame, inner, bench, theme),
            WalkView::Curve => other::curve(frame, inner, bench, theme),
            WalkView::Function => other::function(frame, inner, bench, theme),
        }
    }
    if !areas.calculation.is_empty() {
        let mut title = named(&words::bench::calculation(), theme);
        if let Some(place) = bench.place(playhead) {
            let about = bench.walk().address(place.array, place.flat);
            title.push_span(Span::styled(format!(" {} ", plain(&about)), on_border(theme.dim)));
        }
        let inner = pane(frame, areas.calculation, title, theme, false);
        calculation::draw(frame, inner, bench, playhead, theme);
    }
    numbers(frame, areas.numbers, app, bench, playhead, theme);
    let marks: Vec<usize> = bench.walk().parts().iter().map(|part| part.steps.end).collect();
    let line = Timeline { theme, position: playhead.position, len: bench.walk().steps(), marks: &marks };
    timeline(frame, areas.timeline, &line, bench.is_playing(), bench.player());
    footer(frame, areas.footer, app, theme);
}

fn view_name(view: WalkView) -> String {
    match view {
        WalkView::Values => words::walk::view_values(),
        WalkView::Layers => words::walk::view_layers(),
        WalkView::Compare => words::bench::view_compare(),
        WalkView::Curve => words::walk::view_curve(),
        WalkView::Function => words::walk::view_function(),
    }
}

fn tabs(bench: &WalkBench, width: u16, theme: &Theme) -> Line<'static> {
    let mut spans = vec![Span::styled(" v ", on_border(theme.key))];
    let views = bench.views();
    let all: usize = views.iter().map(|view| cells(&view_name(*view)) + 3).sum();
    let shown: Vec<WalkView> = if all + 6 > usize::from(width) { vec![bench.view] } else { views };
    for (i, view) in shown.into_iter().enumerate() {
        if i > 0 {
            spans.push(Span::styled(" · ", theme.border));
        }
        spans.push(Span::styled(view_name(view), on_border(if view == bench.view { theme.title } else { theme.dim })));
    }
    spans.push(Span::raw(" "));
    Line::from(spans)
}

fn header(frame: &mut Frame, area: Rect, bench: &WalkBench, theme: &Theme) {
    let left = heading(bench.name(), area.width.into(), theme);
    let right = if let Some((trained, step)) = bench.training() {
        let epoch = step / trained.curve().per_epoch;
        words::walk::step_of(epoch + 1, step + 1, trained.steps())
    } else {
        let weights = bench.walk().program().arrays().iter();
        let weights = weights.filter(|array| matches!(array.kind, crate::equation::Kind::Weight(_)));
        words::bench::parameters(weights.map(|array| array.shape.size()).sum::<usize>())
    };
    let right = Line::styled(format!("{right} "), theme.dim);
    let used = left.width() as u16 + 1;
    left.render(area, frame.buffer_mut());
    // What does not fit whole is left out.
    let width = right.width() as u16;
    if used + width <= area.width {
        right.render(Rect { x: area.right() - width, width, ..area }, frame.buffer_mut());
    }
}

/// The field that is being typed into, or the numbers: the input, the value, the output, the learner's own.
fn numbers(frame: &mut Frame, area: Rect, app: &App, bench: &WalkBench, playhead: Playhead, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let first = Rect { height: 1, ..area };
    if let Some(field) = &bench.field {
        let label = if field.of == FieldOf::Input { "x".to_owned() } else { words::bench::yours() };
        typed(frame, first, app, field, (&label, 40), theme);
        return;
    }
    let mut rows: Vec<Vec<Span<'static>>> = vec![Vec::new()];
    let mut used = 0;
    for item in items(bench, playhead, theme) {
        let width: usize = item.iter().map(|span| cells(&span.content)).sum();
        if used + width > usize::from(area.width) && used > 0 {
            if rows.len() == usize::from(area.height) {
                continue;
            }
            rows.push(Vec::new());
            used = 0;
        }
        used += width;
        if let Some(row) = rows.last_mut() {
            row.extend(item);
        }
    }
    for (i, row) in rows.into_iter().take(usize::from(area.height)).enumerate() {
        Line::from(row).render(Rect { y: area.y + i as u16, height: 1, ..area }, frame.buffer_mut());
    }
}

fn items(bench: &WalkBench, playhead: Playhead, theme: &Theme) -> Vec<Vec<Span<'static>>> {
    let walk = bench.walk();
    let item = |name: String, value: String, style: Style| {
        vec![Span::styled(format!(" {name} "), theme.dim), Span::styled(format!("{value}  "), style)]
    };
    let mut items = Vec::new();
    for own in bench.own().iter().rev().take(1) {
        let (sign, style) = mark(own.agreement, theme);
        let text = format!("{} = {} {sign}", plain(&own.at), own.answer.text());
        items.push(item(words::bench::yours(), text, style));
    }
    let seen = |array, flat| walk.known_after(array, flat).is_some_and(|k| k <= playhead.position);
    for (i, &array) in walk.outputs().iter().enumerate().take(3) {
        let name = match (bench.training(), i) {
            (Some(_), _) => words::walk::loss(),
            (None, 0) => "y".to_owned(),
            (None, i) => format!("y{}", i + 1),
        };
        let values = walk.values().of(array);
        let known = seen(array, values.len().saturating_sub(1));
        let shown: Vec<String> = values.iter().take(4).map(|&value| bench.digits.inline(value)).collect();
        let more = if values.len() > 4 { format!(" {}", theme.glyphs().more) } else { String::new() };
        let text = if known { shown.join(", ") + &more } else { "····".to_owned() };
        let style = if bench.what_ifs().is_empty() { theme.text } else { theme.what_if };
        items.push(item(name, text, style));
        if known && let Some(right) = walk.right() {
            let right: Vec<String> = right.of(array).iter().take(4).map(|&value| bench.digits.inline(value)).collect();
            items.push(item(words::walk::right(), right.join(", ") + &more, theme.text));
        }
    }
    if let [input] = bench.inputs()
        && input.len() <= 8
    {
        items.insert(0, item("x".to_owned(), input_text(input), theme.text));
    }
    if let Some((trained, _)) = bench.training()
        && !trained.is_over()
    {
        let share = 100 * trained.curve().losses.len() / trained.steps().max(1);
        items.push(item(words::walk::computing(), format!("{share} %"), theme.dim));
    }
    items
}
