//! The page on which the learner brings a network of their own.
//!
//! ```text
//! header
//! the text, with its cursor          what the text does not say: activations, an input
//! what was understood of it
//! keys
//! ```

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::{Block, Widget},
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::{
    app::{
        App,
        own::{LayerDraft, Orientation, Own, Page, Pasted, Reading, Row, TextError, Understood, Value, builtins},
    },
    course::spans,
    network::number::{Digits, number},
    plain::plain,
    ui::{
        theme::Theme,
        widget::text_field::TextField,
        words::{hanging, styled, wrap},
    },
    words,
};

/// Outputs that are shown while activations are chosen.
const MOST_OUTPUTS: usize = 6;

/// Draws the page between the header and the keys.
pub fn draw(frame: &mut Frame, area: Rect, app: &App, theme: &Theme) {
    let own = &app.own;
    match own.page {
        Page::Text => {
            let below = lower_height(own, area);
            let text = Rect { height: area.height - below, ..area };
            let inner = pane(frame, text, &words::own::arrays(), theme.focus, theme);
            pasted(frame, inner, &own.pasted, theme);
            let reading = Rect { y: area.y + text.height, height: below, ..area };
            let inner = pane(frame, reading, &words::own::understood(), theme.border, theme);
            understood(frame, inner, own, theme);
        }
        Page::Form => {
            let inner = pane(frame, area, &words::own::missing(), theme.focus, theme);
            form(frame, inner, own, theme);
        }
    }
}

/// The lower pane is as high as what it says, but leaves the text at least a third.
fn lower_height(own: &Own, area: Rect) -> u16 {
    let wanted = match &own.reading {
        Reading::Nothing => builtins().count() as u16 + 6,
        Reading::Name(_) => 4,
        Reading::Faulty(_) | Reading::Refused { .. } => 8,
        Reading::Arrays(understood) => (understood.layers.len() + 3 * understood.remarks.len()).clamp(2, 12) as u16 + 6,
    };
    wanted.clamp(4.min(area.height), (area.height * 2 / 3).max(4)).min(area.height)
}

fn pane(frame: &mut Frame, area: Rect, title: &str, border: Style, theme: &Theme) -> Rect {
    let title = Line::styled(format!(" {title} "), theme.title.fg(theme.title.fg.unwrap_or_default()));
    let block = Block::bordered().border_set(theme.borders()).border_style(border).title(title);
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    Rect { x: inner.x + 1.min(inner.width), width: inner.width.saturating_sub(2), ..inner }
}

/// The text around its cursor. A line that goes on beyond the pane ends with a sign.
fn pasted(frame: &mut Frame, area: Rect, pasted: &Pasted, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let (text, rows, room) = (pasted.text(), usize::from(area.height), usize::from(area.width));
    let column = text[..pasted.cursor()].rsplit('\n').next().unwrap_or_default().chars().count();
    // The cursor's line is the last one that is shown, as in a terminal, unless the text is short.
    let mut first = pasted.cursor();
    let mut above = 0;
    loop {
        first = text[..first].rfind('\n').map_or(0, |end| end + 1);
        if first == 0 || above + 1 == rows {
            break;
        }
        above += 1;
        first -= 1;
    }
    let shift = (column + 1).saturating_sub(room);
    for (i, line) in text[first..].split('\n').take(rows).enumerate() {
        let row = Rect { y: area.y + i as u16, height: 1, ..area };
        cut(line, shift, room, theme).render(row, frame.buffer_mut());
    }
    let before: String = text[..pasted.cursor()].rsplit('\n').next().unwrap_or_default().chars().skip(shift).collect();
    let at = plain(&before).width().min(room.saturating_sub(1)) as u16;
    frame.set_cursor_position((area.x + at, area.y + above.min(rows - 1) as u16));
}

/// A line without its first characters, as far as there is room.
fn cut(line: &str, shift: usize, room: usize, theme: &Theme) -> Line<'static> {
    // A character takes a cell at least, but for marks that join the one before; a few more are looked at for these.
    let rest: String = line.chars().skip(shift).take(2 * room + 1).collect();
    let rest = plain(&rest);
    if rest.width() <= room {
        return Line::styled(rest.into_owned(), theme.text);
    }
    let mut used = 0;
    let mut fits = String::new();
    for c in rest.chars() {
        used += c.width().unwrap_or(0);
        if used >= room {
            break;
        }
        fits.push(c);
    }
    Line::from(vec![Span::styled(fits, theme.text), Span::styled(theme.glyphs().ellipsis, theme.dim)])
}

/// A sentence with its code in the colour of code.
fn marked(text: &str, theme: &Theme) -> Vec<(String, Style)> {
    styled(&spans(text), theme, theme.text)
}

/// Writes lines from the top, as far as there is room.
fn lines(frame: &mut Frame, area: Rect, lines: Vec<Line<'static>>) {
    for (i, line) in lines.into_iter().take(usize::from(area.height)).enumerate() {
        line.render(Rect { y: area.y + i as u16, height: 1, ..area }, frame.buffer_mut());
    }
}

fn understood(frame: &mut Frame, area: Rect, own: &Own, theme: &Theme) {
    let width = usize::from(area.width);
    let said = match &own.reading {
        Reading::Nothing => nothing(own, theme, width),
        Reading::Name(name) => {
            let is_builtin = builtins().any(|(builtin, _)| builtin == name);
            let what = if is_builtin { words::own::opens_builtin(name) } else { words::own::reads_file(name) };
            wrap(&marked(&what, theme), width)
        }
        Reading::Faulty(why) => fault(why, theme, width),
        Reading::Refused { shapes, why } => refused(shapes, why, theme, width),
        Reading::Arrays(understood) => arrays(understood, theme, width),
    };
    lines(frame, area, said);
}

fn nothing(own: &Own, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut said = wrap(&marked(&words::own::how(), theme), width);
    said.push(Line::default());
    let longest = builtins().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (i, (name, about)) in builtins().enumerate() {
        let here = i == own.builtin;
        let mark = if here { theme.glyphs().play } else { " " };
        let style = if here { theme.selected } else { theme.text };
        said.push(Line::from(vec![
            Span::styled(format!("{mark} "), theme.active),
            Span::styled(format!("{name:longest$}"), style),
            Span::styled(format!("  {about}"), theme.dim),
        ]));
    }
    said
}

fn fault(why: &TextError, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let place = words::own::place(why.place.column, why.place.line, &why.problem);
    let mark = format!("{} ", theme.glyphs().cross);
    let mut said = hanging(&mark, theme.wrong, &marked(&place, theme), width);
    said.push(Line::default());
    // The excerpt fits 64 cells; in a narrower pane the place stays in sight.
    let from = (why.place.caret + 8).saturating_sub(width);
    let excerpt: String = why.place.text.chars().skip(from).collect();
    said.push(Line::styled(excerpt, theme.text));
    said.push(Line::styled(format!("{:1$}^", "", why.place.caret - from.min(why.place.caret)), theme.wrong));
    said
}

fn arrays(understood: &Understood, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut said = vec![widths(&understood.layers, theme), Line::default()];
    let longest = understood.layers.iter().map(|layer| layer.name.width()).max().unwrap_or(0);
    for layer in &understood.layers {
        let kernel = words::own::kernel(shape(&[layer.inputs, layer.units]));
        let bias = if layer.bias { words::own::bias(shape(&[layer.units])) } else { words::own::no_bias() };
        let text = format!("  {:longest$}  {kernel}  {bias}", plain(&layer.name));
        said.push(Line::styled(text, theme.text));
    }
    said.push(Line::default());
    said.push(Line::styled(words::own::go_on(), theme.key));
    let mark = format!("{} ", theme.glyphs().arrow);
    for remark in &understood.remarks {
        said.extend(hanging(&mark, theme.dim, &marked(&plain(remark), theme), width));
    }
    said
}

fn refused(shapes: &[String], why: &str, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut said = Vec::new();
    if !shapes.is_empty() {
        said = hanging("  ", theme.text, &[(shapes.join("  "), theme.text)], width);
        said.truncate(3);
    }
    let mark = format!("{} ", theme.glyphs().cross);
    said.extend(hanging(&mark, theme.wrong, &marked(&plain(why), theme), width));
    said
}

/// `1 → 16 → 1`, shortened in the middle where there are many layers.
fn widths(layers: &[LayerDraft], theme: &Theme) -> Line<'static> {
    const MOST: usize = 10;
    let mut numbers: Vec<String> = layers.first().iter().map(|layer| layer.inputs.to_string()).collect();
    numbers.extend(layers.iter().map(|layer| layer.units.to_string()));
    if numbers.len() > MOST {
        let left_out = numbers.len() - MOST + 1;
        numbers.splice(MOST / 2..MOST / 2 + left_out, [theme.glyphs().ellipsis.to_owned()]);
    }
    Line::styled(numbers.join(&format!(" {} ", theme.glyphs().arrow)), theme.active)
}

/// A shape as NumPy writes it.
fn shape(shape: &[usize]) -> String {
    match shape {
        [length] => format!("({length},)"),
        _ => format!("({})", shape.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}

fn form(frame: &mut Frame, area: Rect, own: &Own, theme: &Theme) {
    let width = usize::from(area.width);
    let mut said = wrap(&marked(&words::own::activations(), theme), width);
    said.push(Line::default());
    let above = said.len();
    lines(frame, area, said);
    let rows: Vec<Row<'_>> = own.form.rows().collect();
    // The output has two lines of its own at the end.
    let room = usize::from(area.height).saturating_sub(above + 2).max(1);
    let first = own.form.selected().saturating_sub(room / 2).min(rows.len().saturating_sub(room));
    let names = rows.iter().map(|row| match row {
        Row::Layer(layer, _) => layer.name.width(),
        Row::Choice(..) => 0,
        Row::Input(_) => words::own::input().width().max(words::own::output().width()),
    });
    let longest = names.max().unwrap_or(0);
    for (i, row) in rows.iter().enumerate().skip(first).take(room) {
        let place = Rect { y: area.y + (above + i - first) as u16, height: 1, ..area };
        question(frame, place.intersection(area), row, i == own.form.selected(), longest, theme);
    }
    let output = match own.form.output() {
        Ok(output) => (numbers(output, theme), theme.title),
        Err(why) => (plain(why).into_owned(), theme.wrong),
    };
    let mark = format!("  {:longest$}  ", words::own::output());
    let y = area.y + (above + rows.len().min(room) + 1) as u16;
    let last = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    lines(frame, last, hanging(&mark, theme.dim, &[output], width));
}

/// A way to read the arrays, in words.
fn says(value: Value) -> String {
    match value {
        Value::Orientation(Orientation::Keras) => words::own::as_keras(),
        Value::Orientation(Orientation::Torch) => words::own::as_torch(),
        other => other.says(),
    }
}

/// The first of some outputs.
fn numbers(output: &[f32], theme: &Theme) -> String {
    let mut shown: Vec<String> = output.iter().take(MOST_OUTPUTS).map(|&value| number(value, Digits::FOUR)).collect();
    if output.len() > MOST_OUTPUTS {
        shown.push(theme.glyphs().ellipsis.to_owned());
    }
    shown.join(", ")
}

fn question(frame: &mut Frame, area: Rect, row: &Row<'_>, here: bool, longest: usize, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let mark = if here { theme.glyphs().play } else { " " };
    let name =
        |name: &str| Span::styled(format!("{mark} {name:longest$}  "), if here { theme.active } else { theme.text });
    match row {
        Row::Layer(layer, activation) => {
            let style = if here { theme.selected } else { theme.text };
            let arrow = theme.glyphs().arrow;
            let size = format!("{:>4} {arrow} {:<4} ", layer.inputs, layer.units);
            let (left, right) = if theme.ascii { ("<", ">") } else { ("‹", "›") };
            Line::from(vec![
                name(&layer.name),
                Span::styled(size, theme.dim),
                Span::styled(format!("{left} {} {right}", activation.name()), style),
            ])
            .render(area, frame.buffer_mut());
        }
        Row::Choice(value, output, chosen) => {
            let glyphs = theme.glyphs();
            let sign = if *chosen { glyphs.chosen } else { glyphs.unchosen };
            let style = if here { theme.selected } else { theme.text };
            Line::from(vec![
                Span::styled(format!("{mark} {sign} "), if *chosen { theme.active } else { theme.dim }),
                Span::styled(says(*value), style),
                Span::styled(format!("  {} ", glyphs.arrow), theme.dim),
                Span::styled(numbers(output, theme), theme.title),
            ])
            .render(area, frame.buffer_mut());
        }
        Row::Input(field) => {
            let label = name(&words::own::input());
            let at = label.width() as u16;
            label.render(area, frame.buffer_mut());
            let place = Rect { x: area.x + at.min(area.width), width: area.width.saturating_sub(at), ..area };
            let widget = TextField {
                theme,
                label: "",
                text: field.text(),
                cursor: field.cursor(),
                focus: here,
                error: field.error.is_some(),
                replaced: field.is_replaced_by_typing(),
            };
            (&widget).render(place, frame.buffer_mut());
            if let Some(cursor) = widget.cursor_in(place) {
                frame.set_cursor_position(cursor);
            }
        }
    }
}
