//! The network: a column of units for the inputs and one for each layer, edges between them, values beside them.
//!
//! Edges take their colour from what flows along them (weight times value, as soon as the value is known), so that a unit
//! that is off visibly sends nothing on. What is being multiplied travels along its edge.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
    symbols::Marker,
    widgets::{
        Widget,
        canvas::{Canvas, Line},
    },
};
use unicode_width::UnicodeWidthStr;

use crate::{
    app::HiddenValues,
    network::{
        Action, Operator, Stage,
        number::{Digits, decimals, number},
    },
    pass::{Pass, Step},
    plain::{cells, plain},
    ui::theme::Theme,
    words,
};

/// Cells for a value beside its unit, where there is room; and the least.
const VALUE: (u16, u16) = (9, 7);
/// The least cells between two columns.
const GAP: u16 = 5;
/// More edges than this between two columns would fill the space; only the strongest are drawn.
const EDGES: usize = 40;
/// The most cells between two columns.
const WIDEST_GAP: u16 = 26;

/// A network with the values of a pass.
pub struct Diagram<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// The pass.
    pub pass: &'a Pass,
    /// Steps done.
    pub position: usize,
    /// How much of the next step is over, while it is under way.
    pub phase: Option<f32>,
    /// The layer and unit that are looked at.
    pub place: (usize, usize),
    /// The title of each layer.
    pub titles: &'a [Title],
    /// How numbers are shown.
    pub digits: Digits,
    /// The hidden values.
    pub hidden: &'a HiddenValues,
}

/// The title of a layer, in several lengths.
#[derive(Debug, Clone, Default)]
pub struct Title {
    /// From the longest form to the shortest: the first that fits is shown, whole.
    pub forms: Vec<String>,
    /// Whether a what-if is on there.
    pub what_if: bool,
}

impl Title {
    fn fitting(&self, room: u16) -> &str {
        let fits = |form: &&String| form.width() <= usize::from(room);
        self.forms.iter().find(fits).map_or("", String::as_str)
    }
}

/// One column: where it is, and which of its units are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    /// The layer whose values it holds; `None` for the inputs.
    layer: Option<usize>,
    /// The cell of its units.
    x: u16,
    /// Cells for a value.
    value: u16,
    /// How many units there are.
    units: usize,
    /// The first one seen.
    first: usize,
    /// How many are seen.
    seen: usize,
    /// Rows for them.
    rows: u16,
}

impl Column {
    /// The row of a unit below the titles.
    fn row(&self, unit: usize) -> Option<u16> {
        let i = unit.checked_sub(self.first).filter(|i| *i < self.seen)?;
        if self.seen < self.units {
            return Some(i as u16);
        }
        let spread = (2 * i + 1) as u32 * u32::from(self.rows) / (2 * self.seen) as u32;
        Some(spread.min(u32::from(self.rows.saturating_sub(1))) as u16)
    }
}

impl Diagram<'_> {
    /// Which unit (layer, unit) is at a cell of the screen.
    pub fn unit_at(&self, area: Rect, column: u16, row: u16) -> Option<(usize, usize)> {
        let columns = self.columns(area);
        let found =
            columns.iter().find(|c| (c.x.saturating_sub(1)..c.x + c.value).contains(&column.saturating_sub(area.x)))?;
        let layer = found.layer?;
        let down = row.checked_sub(area.y + 1)?;
        (found.first..found.first + found.seen).find(|&unit| found.row(unit) == Some(down)).map(|unit| (layer, unit))
    }

    fn columns(&self, area: Rect) -> Vec<Column> {
        let depth = self.pass.network().depth();
        let text = |x: &f32| cells(&self.short(None, *x, VALUE.0)) as u16;
        let input = self.pass.input().iter().take(64).map(text).max().unwrap_or(1).clamp(3, VALUE.0);
        let widths = |value: u16, count: usize| {
            // Input and layers are columns 0 to depth; the window ends at the layer that is looked at, if it must be narrow.
            let first = (self.place.0 + 2).saturating_sub(count).min(depth + 1 - count);
            let widths: Vec<u16> =
                (first..first + count).map(|i| 2 + if i == 0 { input.min(value) } else { value }).collect();
            (first, widths)
        };
        let fits = |(_, widths): &(usize, Vec<u16>)| {
            widths.iter().sum::<u16>() + GAP * (widths.len() as u16 - 1) <= area.width
        };
        // At most as many columns as could fit at their narrowest: no need to try a thousand layers.
        let most = (depth + 1).min(usize::from(area.width / (VALUE.1 + GAP)).max(1) + 1);
        let choices = (1..=most).rev().flat_map(|count| [(VALUE.0, count), (VALUE.1, count)]);
        let (first, widths) =
            choices.map(|(value, count)| widths(value, count)).find(fits).unwrap_or_else(|| widths(VALUE.1, 1));
        let count = widths.len();
        let rows = area.height.saturating_sub(1);
        let used: u16 = widths.iter().sum();
        let gap = if count > 1 { (area.width.saturating_sub(used) / (count as u16 - 1)).min(WIDEST_GAP) } else { 0 };
        let left = area.width.saturating_sub(used + gap * (count as u16 - 1)) / 2;
        let x = |i: usize| left + widths[..i].iter().sum::<u16>() + gap * i as u16;
        (first..first + count)
            .enumerate()
            .map(|(i, column)| {
                let layer = column.checked_sub(1);
                let units = layer
                    .map_or(self.pass.input().len(), |layer| self.pass.stage(layer, Stage::A).map_or(0, <[f32]>::len));
                let seen = if units <= usize::from(rows) { units } else { usize::from(rows).saturating_sub(1).max(1) };
                let at = match layer {
                    Some(layer) if layer == self.place.0 => self.place.1,
                    _ => self.source_in_flight().filter(|_| layer.map_or(0, |l| l + 1) == self.place.0).unwrap_or(0),
                };
                let start = at.saturating_sub(seen / 2).min(units - seen.min(units));
                Column { layer, x: x(i), value: widths[i] - 2, units, first: start, seen, rows }
            })
            .collect()
    }

    fn step_in_flight(&self) -> Option<(Step, f32)> {
        Some((self.pass.step(self.position)?, self.phase?))
    }

    /// The input that the last or current product came from.
    fn source_in_flight(&self) -> Option<usize> {
        let k = if self.phase.is_some() { self.position } else { self.position.checked_sub(1)? };
        match self.pass.step(k)?.action {
            Action::Multiply { input, .. } => Some(input),
            _ => None,
        }
    }

    /// A unit's value, if it is known already.
    fn value(&self, layer: Option<usize>, unit: usize) -> Option<f32> {
        let Some(layer) = layer else { return self.pass.input().get(unit).copied() };
        let known = self.pass.known_after(layer, Stage::A, unit)? <= self.position;
        let value = *self.pass.stage(layer, Stage::A)?.get(unit)?;
        (known && !self.hidden.hides(layer, Stage::A, unit, value)).then_some(value)
    }

    fn draw_edges(&self, columns: &[Column], area: Rect, buffer: &mut Buffer) {
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if area.is_empty() {
            return;
        }
        let mut edges: Vec<(f32, bool, Line)> = Vec::new();
        for pair in columns.windows(2) {
            let [from, to] = pair else { continue };
            let Some(layer) = to.layer else { continue };
            let Some(kernel) = self.pass.recipe(layer).and_then(|recipe| recipe.kernel.as_ref()) else { continue };
            let current = |unit: usize| layer == self.place.0 && unit == self.place.1;
            let flow = |input: usize, unit: usize| {
                let weight = kernel.get(input, unit).unwrap_or(0.0);
                self.value(from.layer, input).map_or(weight, |value| weight * value)
            };
            let seen = || {
                (from.first..from.first + from.seen).flat_map(|i| (to.first..to.first + to.seen).map(move |u| (i, u)))
            };
            let largest =
                seen().map(|(i, u)| flow(i, u).abs()).filter(|v| v.is_finite()).fold(f32::MIN_POSITIVE, f32::max);
            // The strongest, and those of the unit that is being computed.
            let mut chosen: Vec<(usize, usize)> = seen().collect();
            if chosen.len() > EDGES {
                chosen.sort_by(|a, b| flow(b.0, b.1).abs().total_cmp(&flow(a.0, a.1).abs()));
                let weak = chosen.split_off(EDGES);
                chosen.extend(weak.into_iter().filter(|(_, unit)| current(*unit)));
            }
            for (input, unit) in chosen {
                let (Some(y1), Some(y2)) = (from.row(input), to.row(unit)) else { continue };
                let flow = flow(input, unit);
                let busy = current(unit) && self.position < self.pass.steps();
                let style = match (flow == 0.0, busy) {
                    (true, _) => self.theme.dim,
                    (false, true) => self.theme.sign(flow),
                    (false, false) => self.theme.weight(flow, largest),
                };
                let (x1, x2) = (from.x + 2 + from.value, to.x.saturating_sub(1));
                let dots = |column: u16| f64::from(column) * 2.0;
                let height = |row: u16| f64::from(area.height) * 4.0 - (f64::from(row) * 4.0 + 1.5);
                let color = style.fg.unwrap_or_default();
                edges.push((
                    if busy { f32::INFINITY } else { flow.abs() },
                    flow == 0.0,
                    Line::new(dots(x1), height(y1), dots(x2) + 1.0, height(y2), color),
                ));
            }
        }
        edges.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (width, height) = (f64::from(area.width) * 2.0, f64::from(area.height) * 4.0);
        let marker = if self.theme.ascii { Marker::Dot } else { Marker::Braille };
        Canvas::default()
            .marker(marker)
            .x_bounds([0.0, width - 1.0])
            .y_bounds([0.0, height - 1.0])
            .paint(|context| {
                // A unit that sends nothing has no edge where there are many; the picture is then of what counts.
                let many = edges.len() > 24;
                for (_, nothing, line) in &edges {
                    if !(many && *nothing) {
                        context.draw(line);
                    }
                }
            })
            .render(area, buffer);
    }

    fn title(&self, column: &Column) -> Title {
        match column.layer {
            None => Title { forms: vec![words::bench::input(), words::bench::input_short()], what_if: false },
            Some(layer) => self.titles.get(layer).cloned().unwrap_or_default(),
        }
    }

    /// Where a column's title begins: over its units, unless its shortest forms would run out of the picture.
    fn title_at(&self, column: &Column, area: Rect) -> u16 {
        let width = (self.title(column).fitting(column.value + 8).width() as u16).min(column.value + 8);
        column.x.min(area.width.saturating_sub(width))
    }

    fn draw_units(&self, column: &Column, until: u16, area: Rect, buffer: &mut Buffer) {
        let glyphs = self.theme.glyphs();
        let put = |buffer: &mut Buffer, x: u16, y: u16, text: &str, style: Style, room: u16| {
            if x < area.width && y < area.height {
                buffer.set_stringn(area.x + x, area.y + y, plain(text), usize::from(room.min(area.width - x)), style);
            }
        };
        let title = self.title(column);
        let what_if = title.what_if;
        let style = if what_if { self.theme.what_if } else { self.theme.dim };
        let title_x = self.title_at(column, area);
        let room = until.saturating_sub(title_x + 1).min(area.width.saturating_sub(title_x));
        put(buffer, title_x, 0, title.fitting(room), style, room);
        for unit in column.first..column.first + column.seen {
            let Some(row) = column.row(unit) else { continue };
            let value = self.value(column.layer, unit);
            let current = column.layer == Some(self.place.0) && unit == self.place.1;
            let (glyph, style) = match value {
                None => (glyphs.node_pending, self.theme.dim),
                Some(0.0) => (glyphs.node_off, self.theme.dim),
                Some(value) => (glyphs.node_on, self.theme.sign(value)),
            };
            let busy = current && self.position < self.pass.steps();
            let glyph_style = if busy { self.theme.active } else { style };
            put(buffer, column.x, row + 1, glyph, glyph_style, 1);
            let text = match value {
                Some(value) => self.short(column.layer, value, column.value),
                None if busy => self.running_text(),
                None => String::new(),
            };
            let style = if busy {
                self.theme.active
            } else if what_if {
                self.theme.what_if
            } else {
                style
            };
            put(buffer, column.x + 2, row + 1, &text, style, column.value);
        }
        if column.seen < column.units {
            let last = column.first + column.seen - 1;
            let which = words::bench::units(column.first, last, column.units);
            put(buffer, column.x, area.height.saturating_sub(1), &which, self.theme.dim, column.value + 2);
        }
    }

    /// A value as it fits into `room` cells beside its unit; an input as it was typed, if that is short.
    fn short(&self, layer: Option<usize>, value: f32, room: u16) -> String {
        let fits = |text: &String| cells(text) <= usize::from(room);
        if value == 0.0 {
            return "0".to_owned();
        }
        let exact = number(value, Digits::Exact);
        if layer.is_none() && fits(&exact) {
            return exact;
        }
        let most = if self.digits == Digits::FOUR { 4 } else { 8 };
        let texts = (0..=most).rev().map(|places| decimals(value, places));
        texts.into_iter().find(fits).unwrap_or_else(|| decimals(value, 0).chars().take(usize::from(room)).collect())
    }

    /// The running sum of the unit under way.
    fn running_text(&self) -> String {
        let landed = self.step_in_flight().filter(|(_, phase)| *phase > ARRIVES).map(|(step, _)| step.action.after());
        let before = self.position.checked_sub(1).and_then(|k| self.pass.step(k));
        let same = before.filter(|step| (step.layer, step.place.unit) == self.place).map(|step| step.action.after());
        let (layer, unit) = self.place;
        match landed.or(same) {
            Some(sum) if self.hidden.hides_of_unit(layer, unit) || self.hidden.hides_number(sum) => HIDDEN.to_owned(),
            Some(sum) => number(sum, Digits::FOUR),
            None => String::new(),
        }
    }

    /// The number that travels.
    fn draw_traveller(&self, columns: &[Column], area: Rect, buffer: &mut Buffer) {
        let Some((step, phase)) = self.step_in_flight() else { return };
        if self.pass.recipe(step.layer).is_some_and(|recipe| recipe.leaves_out_at(step.place)) {
            return;
        }
        let Some(at) = columns.iter().position(|column| column.layer == Some(step.layer)) else { return };
        let to = &columns[at];
        let Some(row) = to.row(step.place.unit) else { return };
        let share = ease((phase / ARRIVES).min(1.0));
        let (text, (x1, y1), (x2, y2)) = match step.action {
            Action::Multiply { input, product, .. } => {
                let Some(from) = at.checked_sub(1).and_then(|i| columns.get(i)) else { return };
                let Some(from_row) = from.row(input) else { return };
                let text = if self.hidden.hides_number(product) {
                    HIDDEN.to_owned()
                } else {
                    number(product + 0.0, Digits::FOUR)
                };
                (text, (from.x + from.value, from_row), (to.x.saturating_sub(1), row))
            }
            Action::Combine { operator, operand, times, .. } => {
                let operand = operand * times as f32;
                // From the right, where no other unit's number stands.
                let negative = operand.is_sign_negative() && operator == Operator::Add;
                let sign = if negative { String::new() } else { operator.sign().to_string() };
                let text = sign + &number(operand + 0.0, Digits::FOUR);
                let beside = to.x + 3 + cells(&self.running_text()) as u16;
                (text, (beside + to.value, row), (beside, row))
            }
            Action::Activate { .. } | Action::Argmax { .. } => return,
        };
        if phase > ARRIVES {
            return;
        }
        let between = |a: u16, b: u16| (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u16;
        let width = text.width() as u16;
        let x = between(x1, if x2 > x1 { x2.saturating_sub(width).max(x1) } else { x2 })
            .min(area.width.saturating_sub(width));
        let y = between(y1, y2) + 1;
        if y < area.height {
            let style = self.theme.active.add_modifier(Modifier::BOLD);
            buffer.set_stringn(area.x + x, area.y + y, &text, usize::from(area.width - x), style);
        }
    }
}

/// Shown instead of a hidden number.
const HIDDEN: &str = "····";

/// When a travelling number has arrived, as a share of its step.
pub const ARRIVES: f32 = 0.7;

fn ease(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

impl Widget for &Diagram<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        if area.width < 3 || area.height < 2 {
            return;
        }
        let columns = self.columns(area);
        self.draw_edges(&columns, area, buffer);
        for (i, column) in columns.iter().enumerate() {
            let until = columns.get(i + 1).map_or(area.width + 1, |next| self.title_at(next, area));
            self.draw_units(column, until, area, buffer);
        }
        self.draw_traveller(&columns, area, buffer);
    }
}
