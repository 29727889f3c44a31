//! The row of numbers: the input, yours, this pass, the model's own answer, the target.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use super::agreement::mark;
use crate::{
    app::{
        App, Bench, Overlay,
        animation::Playhead,
        field::{Field, FieldOf},
        input::input_text,
        yours_text,
    },
    diagnose::Agreement,
    network::number::number,
    plain::{cells, plain},
    ui::{screen::picture::hides_output, theme::Theme, widget::text_field::TextField},
    words::{self, own_numbers},
};

/// The narrowest screen with room for a note beside the learner's own number.
const ROOM_FOR_NOTES: u16 = 60;

/// Draws a field that is typed into at the beginning of a row, at least so wide; returns its width.
pub(super) fn typed(
    frame: &mut Frame,
    row: Rect,
    app: &App,
    field: &Field,
    (label, least): (&str, usize),
    theme: &Theme,
) -> u16 {
    let wanted = (cells(label) + cells(field.text()).max(6) + 7).max(least) as u16;
    let place = Rect { x: row.x + 1, width: wanted.min(row.width.saturating_sub(1)), ..row };
    let widget = TextField {
        theme,
        label,
        text: field.text(),
        cursor: field.cursor(),
        focus: true,
        error: field.error.is_some(),
        replaced: field.is_replaced_by_typing(),
    };
    (&widget).render(place, frame.buffer_mut());
    if let Some(cursor) = widget.cursor_in(place).filter(|_| app.overlay == Overlay::None) {
        frame.set_cursor_position(cursor);
    }
    place.width
}

/// Draws the row, or two rows where it is narrow.
pub fn draw(frame: &mut Frame, area: Rect, app: &App, bench: &Bench, playhead: Playhead, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let typing = bench
        .field
        .as_ref()
        .filter(|field| matches!(field.of, FieldOf::Input | FieldOf::Yours | FieldOf::Weight { .. }));
    let mut first = Rect { height: 1, ..area };
    if let Some(field) = typing {
        let label = match field.of {
            FieldOf::Input => "x".to_owned(),
            FieldOf::Yours => words::bench::yours(),
            FieldOf::Weight { layer, weight } => weight_name(bench, layer, weight),
            FieldOf::Blank(_) => String::new(),
        };
        let used = typed(frame, first, app, field, (&label, 20), theme) + 2;
        first = Rect { x: first.x + used.min(first.width), width: first.width.saturating_sub(used), ..first };
    }
    let shows_input = !typing.is_some_and(|field| field.of == FieldOf::Input);
    let items = items(app, bench, playhead, theme, shows_input);
    let mut rows = [Vec::new(), Vec::new()];
    let mut row = 0;
    let mut used = 0;
    for item in items {
        let width: usize = item.iter().map(|span| cells(&span.content)).sum();
        let room = usize::from(if row == 0 { first.width } else { area.width });
        if used + width > room {
            row += 1;
            used = 0;
        }
        if row >= usize::from(area.height).min(2) {
            break;
        }
        used += width;
        rows[row].extend(item);
    }
    let [one, two] = rows;
    Line::from(one).render(first, frame.buffer_mut());
    if area.height > 1 {
        Line::from(two).render(Rect { y: area.y + 1, height: 1, ..area }, frame.buffer_mut());
    }
}

fn weight_name(bench: &Bench, layer: usize, weight: crate::network::Weight) -> String {
    use crate::network::Weight;
    let name = bench.network().layer(layer).map_or("", |layer| layer.name.as_str());
    match weight {
        Weight::Kernel { input, unit } => format!("{name}.kernel[{input},{unit}]"),
        Weight::Bias { unit } => format!("{name}.bias[{unit}]"),
        Weight::Listed { list, unit } => format!("{name}.{}[{unit}]", list.name()),
    }
}

type Item = Vec<Span<'static>>;

fn items(app: &App, bench: &Bench, playhead: Playhead, theme: &Theme, shows_input: bool) -> Vec<Item> {
    let label = |text: String| Span::styled(format!("  {text} "), theme.dim);
    let mut items: Vec<Item> = Vec::new();
    if shows_input {
        let text = input_text(bench.input());
        let short = if cells(&text) > 28 { words::bench::input_numbers(bench.input().len()) } else { text };
        items.push(vec![Span::styled(" x ", theme.dim), Span::styled(short, theme.text)]);
    }
    if let Some(yours) = bench.yours() {
        let agreement = bench.yours_agreement().unwrap_or(Agreement::Wrong);
        let (mark, style) = mark(agreement, theme);
        let more = bench.own_numbers().len().saturating_sub(1);
        let more = if more > 0 { format!(" (+{more})") } else { String::new() };
        let note = match agreement {
            Agreement::TooFewDigits => Some(own_numbers::too_few_digits()),
            _ => bench.exactly().filter(|_| app.reveals()).map(own_numbers::exactly),
        };
        let mut item = vec![
            label(words::bench::yours()),
            Span::styled(format!("{} {mark}{more}", plain(&yours_text(yours))), style),
        ];
        item.extend(
            note.filter(|_| app.size.0 >= ROOM_FOR_NOTES).map(|note| Span::styled(format!(" {note}"), theme.dim)),
        );
        items.push(item);
    }
    let complete = playhead.position >= bench.pass().steps();
    let hidden = hides_output(app, bench);
    let outputs = |values: &[f32]| match values {
        [one] => number(*one, bench.digits),
        many => {
            let shown: Vec<String> = many.iter().take(3).map(|&value| number(value, bench.digits)).collect();
            format!("{}{}", shown.join(" "), if many.len() > 3 { " …" } else { "" })
        }
    };
    let this = if complete && !hidden { outputs(bench.pass().output()) } else { "····".to_owned() };
    let what_if = bench.wrong().is_some();
    let style = if what_if { theme.what_if } else { theme.title };
    let mut this = vec![label(words::bench::this_pass()), Span::styled(this, style)];
    if complete && !hidden && bench.yours_is_wrong() && bench.yours_comes_out() {
        this.push(Span::styled(format!(" {}", words::bench::is_yours()), theme.right));
    }
    items.push(this);
    let asked = hidden;
    let guess = app.study().is_some_and(crate::app::Study::asks_for_a_guess);
    let known = bench.model.known(bench.input()).filter(|_| !bench.is_changed());
    let (name, text) = match known {
        _ if asked => (words::bench::model(), "····".to_owned()),
        Some(known) => {
            let parsed: Vec<f32> = known.output.iter().filter_map(|text| text.parse().ok()).collect();
            (words::bench::model(), outputs(&parsed))
        }
        None if bench.is_changed() => (words::bench::right_with_weights(), outputs(bench.right().output())),
        None => (words::bench::model(), outputs(bench.right().output())),
    };
    let mut model = vec![label(name), Span::styled(text, theme.text)];
    if !asked && !bench.is_changed() && app.size.0 >= 75 {
        let framework = known.and_then(|known| known.by.split([' ', ',']).next());
        let by = framework.map_or_else(words::bench::computed, str::to_owned);
        model.push(Span::styled(format!(" ({by})"), theme.dim));
    }
    items.push(model);
    if let (Some(target), Some(value)) = (&bench.model.facts.target, bench.target_value()) {
        let value = if guess { "····".to_owned() } else { number(value as f32, bench.digits) };
        let value = if value.contains('.') && !value.contains('e') {
            value.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            value
        };
        let text = if app.size.0 >= 100 || target.says.len() < 8 {
            words::bench::target_of(&target.says, value)
        } else {
            value
        };
        items.push(vec![label(words::bench::target()), Span::styled(text, theme.target)]);
    }
    items
}
