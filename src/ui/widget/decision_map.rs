//! What a network of two inputs answers everywhere: blue where it says positive, orange where it says negative.
//!
//! Each cell shows two values, one above the other (`▀`). Two lines are drawn over them: the network's own border, where its
//! answer changes its sign, as a full line, and the true one as a dotted line. Without colour the areas are filled with `+` and `-`.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::Widget;

use super::axis::{self, Scale};
use super::braille::{Dots, character};
use super::clip::{Clip, width};
use crate::ui::theme::{ColorLevel, Theme};
use crate::words;

/// Where the values of a map come from.
#[derive(Clone, Copy)]
pub enum Field<'a> {
    /// Asked for each half cell, with the two inputs.
    Function(&'a dyn Fn(f64, f64) -> f32),
    /// Computed before, evenly spaced over the ranges from edge to edge: row by row, the *highest* second input first.
    Grid {
        /// `columns * rows` values.
        values: &'a [f32],
        /// How many values a row has.
        columns: usize,
    },
}

/// Where it is known from whether the true answer is positive.
#[derive(Clone, Copy)]
pub enum Truth<'a> {
    /// Asked for each dot, with the two inputs.
    Function(&'a dyn Fn(f64, f64) -> bool),
    /// Computed before, like [`Field::Grid`]; a dot is half as wide and half as high as a value of the field.
    Grid {
        /// `columns * rows` values.
        values: &'a [bool],
        /// How many values a row has.
        columns: usize,
    },
}

/// A point whose right answer is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TestPoint {
    /// First input.
    pub x: f64,
    /// Second input.
    pub y: f64,
    /// Whether the network is right about it.
    pub right: bool,
}

/// The map of a network with two inputs.
#[derive(Clone, Copy)]
pub struct DecisionMap<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// The network's answer; its sign is the decision (subtract the threshold where it is not 0).
    pub field: Field<'a>,
    /// The answer that has full colour.
    pub largest: f32,
    /// The first input, from left to right.
    pub x_range: (f64, f64),
    /// The second input, from bottom to top.
    pub y_range: (f64, f64),
    /// Whether the true answer is positive; its boundary is drawn.
    pub truth: Option<Truth<'a>>,
    /// Points to show.
    pub points: &'a [TestPoint],
    /// The input of the pass.
    pub current: Option<(f64, f64)>,
    /// One line above the map, such as the accuracy.
    pub caption: &'a str,
}

/// Where the map goes, in cells.
#[derive(Debug, Clone, Copy)]
struct Frame {
    left: i32,
    top: i32,
    columns: i32,
    rows: i32,
    x: Scale,
    y: Scale,
    /// Whether there is room for the axis, its numbers and the legend below.
    numbers: bool,
    legend: bool,
}

impl Truth<'_> {
    /// Whether the true answer is positive in the middle of a dot, of so many across and down.
    fn is_positive(self, frame: &Frame, (x, across): (i32, i32), (y, down): (i32, i32)) -> bool {
        let (across, down) = (f64::from(across), f64::from(down));
        match self {
            Self::Function(truth) => {
                truth(frame.x.at((f64::from(x) + 0.5) / across), frame.y.at(1.0 - (f64::from(y) + 0.5) / down))
            }
            Self::Grid { values, columns } => nearest(values, columns, (x, across), (y, down)).unwrap_or(false),
        }
    }
}

impl DecisionMap<'_> {
    /// How many values fill `area`: across and down. A [`Field::Grid`] of this size is shown value for value.
    #[must_use]
    pub fn values_in(&self, area: Rect) -> (usize, usize) {
        let frame = self.frame(i32::from(area.width), i32::from(area.height));
        (frame.columns.max(0) as usize, frame.rows.max(0) as usize * 2)
    }

    fn frame(&self, wide: i32, high: i32) -> Frame {
        let (x, y) = (Scale::new(self.x_range.0, self.x_range.1), Scale::new(self.y_range.0, self.y_range.1));
        let top = i32::from(high >= 4 && !self.caption.is_empty());
        let numbers = high >= 5;
        let legend = high >= 9 && wide >= 20;
        let rows = high - top - if numbers { 2 } else { 0 } - i32::from(legend);
        let gutter = axis::labels(&y_ticks(y, rows)).iter().map(|label| width(label)).max().unwrap_or(0) + 1;
        let left = if gutter * 3 <= wide { gutter + 1 } else { 0 };
        Frame { left, top, columns: wide - left, rows, x, y, numbers, legend }
    }

    /// The answer at half row `half` from the top; inputs are taken in the middle of the half cell.
    fn value(&self, frame: &Frame, column: i32, half: i32) -> f32 {
        let (across, down) = (f64::from(frame.columns), f64::from(frame.rows * 2));
        match self.field {
            Field::Function(function) => function(
                frame.x.at((f64::from(column) + 0.5) / across),
                frame.y.at(1.0 - (f64::from(half) + 0.5) / down),
            ),
            Field::Grid { values, columns } => {
                nearest(values, columns, (column, across), (half, down)).unwrap_or(f32::NAN)
            }
        }
    }

    fn fill(&self, map: &mut Clip<'_>, frame: &Frame) {
        let glyphs = self.theme.glyphs();
        for row in 0..frame.rows {
            for column in 0..frame.columns {
                let (upper, lower) = (self.value(frame, column, row * 2), self.value(frame, column, row * 2 + 1));
                let color = |value| self.theme.heat_color(value, self.largest);
                match (color(upper), color(lower)) {
                    (Some(upper), Some(lower)) if !self.theme.ascii => {
                        map.sign(column, row, glyphs.upper_half, Style::new().fg(upper).bg(lower));
                    }
                    _ => {
                        let mean = f32::midpoint(upper, lower);
                        let sign = match mean {
                            _ if mean.is_nan() => "?",
                            _ if mean < 0.0 => "-",
                            _ => "+",
                        };
                        let style = if self.theme.level == ColorLevel::None {
                            Style::new().add_modifier(Modifier::DIM)
                        } else {
                            self.theme.heat(mean, self.largest)
                        };
                        map.sign(column, row, sign, style);
                    }
                }
            }
        }
    }

    /// One dark or light sign over the map, on the colour that is there.
    fn over(&self, map: &mut Clip<'_>, frame: &Frame, (column, row): (i32, i32), sign: &str, style: Style) {
        let upper = self.value(frame, column, row * 2);
        let mean = f32::midpoint(upper, self.value(frame, column, row * 2 + 1));
        let ground = self.theme.heat(mean, self.largest);
        let ground = match self.theme.heat_color(mean, self.largest) {
            None => Style::new(),
            Some(back) if ground.bg.is_none() && self.theme.level == ColorLevel::Sixteen => ground
                .fg(match back {
                    Color::Yellow => Color::Black,
                    Color::Reset => Color::Reset,
                    _ => Color::White,
                })
                .bg(back),
            _ => ground,
        };
        if let Some(cell) = map.cell(column, row) {
            cell.reset();
            cell.set_symbol(sign).set_style(ground.patch(style));
        }
    }

    fn boundary(&self, map: &mut Clip<'_>, frame: &Frame) {
        let mut dots = Dots::new(frame.columns, frame.rows);
        let (across, down) = (dots.across(), dots.down());
        let line = |y: i32| -> Vec<bool> {
            let inside = |x| self.truth.is_some_and(|truth| truth.is_positive(frame, (x, across), (y, down)));
            (0..across).map(inside).collect()
        };
        let own = self.own_border(frame);
        let mut above: Option<Vec<bool>> = None;
        for y in 0..down {
            let here = line(y);
            for x in 0..across {
                let inside = here[x as usize];
                let left = x > 0 && here[x as usize - 1] != inside;
                let up = above.as_ref().is_some_and(|above| above[x as usize] != inside);
                // Every other dot: the full line is the network's.
                if (left || up) && (x + y) % 2 == 0 {
                    dots.set(x, y);
                }
            }
            above = Some(here);
        }
        for row in 0..frame.rows {
            for column in 0..frame.columns {
                let (own, truth) = (own.pattern(column, row), dots.pattern(column, row));
                if own | truth != 0 {
                    let ascii = if own == 0 { '#' } else { '*' };
                    let sign = if self.theme.ascii { ascii } else { character(own | truth) };
                    let bold = Style::new().add_modifier(Modifier::BOLD);
                    self.over(map, frame, (column, row), sign.encode_utf8(&mut [0; 4]), bold);
                }
            }
        }
    }

    /// Where the network's own answer changes its sign, between the values that are known.
    fn own_border(&self, frame: &Frame) -> Dots {
        let mut dots = Dots::new(frame.columns, frame.rows);
        let (across, down) = (dots.across(), dots.down());
        let (columns, rows) = (frame.columns, frame.rows * 2);
        let known: Vec<f32> = (0..rows)
            .flat_map(|half| (0..columns).map(move |column| (column, half)))
            .map(|(c, h)| self.value(frame, c, h))
            .collect();
        // A dot lies between the middles of its neighbours.
        let value = |x: i32, y: i32| {
            let place = |at: i32, of: i32, count: i32| {
                let middle = (f64::from(at) + 0.5) * f64::from(count) / f64::from(of) - 0.5;
                let low = middle.floor().clamp(0.0, f64::from(count - 1));
                (low as i32, (low as i32 + 1).min(count - 1), (middle - low).clamp(0.0, 1.0) as f32)
            };
            let ((left, right, across), (upper, lower, down)) = (place(x, across, columns), place(y, down, rows));
            let at = |column: i32, half: i32| known[(half * columns + column) as usize];
            let row = |half| at(left, half) * (1.0 - across) + at(right, half) * across;
            row(upper) * (1.0 - down) + row(lower) * down
        };
        let line = |y: i32| -> Vec<f32> { (0..across).map(|x| value(x, y)).collect() };
        let parts = |a: f32, b: f32| a.is_finite() && b.is_finite() && (a > 0.0) != (b > 0.0);
        let mut above: Option<Vec<f32>> = None;
        for y in 0..down {
            let here = line(y);
            for x in 0..across {
                let left = x > 0 && parts(here[x as usize - 1], here[x as usize]);
                let up = above.as_ref().is_some_and(|above| parts(above[x as usize], here[x as usize]));
                if left || up {
                    dots.set(x, y);
                }
            }
            above = Some(here);
        }
        dots
    }

    fn points(&self, map: &mut Clip<'_>, frame: &Frame) {
        let glyphs = self.theme.glyphs();
        let place = |x, y| Some((frame.x.column(x, frame.columns)?, frame.y.row(y, frame.rows)?));
        // Wrong ones are drawn last, on top.
        for wrong in [false, true] {
            for point in self.points.iter().filter(|point| point.right != wrong) {
                let Some(at) = place(point.x, point.y) else {
                    continue;
                };
                if wrong {
                    self.over(map, frame, at, glyphs.cross, Style::new().add_modifier(Modifier::BOLD));
                } else {
                    self.over(map, frame, at, glyphs.dot, Style::new());
                }
            }
        }
        if let Some(at) = self.current.and_then(|(x, y)| place(x, y)) {
            let style = self.theme.active.add_modifier(Modifier::REVERSED);
            self.over(map, frame, at, glyphs.node_on, style);
        }
    }

    fn axes(&self, clip: &mut Clip<'_>, frame: &Frame) {
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let current = self.current.map(|(x, y)| (frame.x.column(x, frame.columns), frame.y.row(y, frame.rows)));
        if frame.left > 0 {
            let ticks = y_ticks(frame.y, frame.rows);
            axis::draw_vertical(&mut clip.part(0, frame.top, frame.left, frame.rows), frame.y, &ticks, theme);
            if let Some((_, Some(row))) = current {
                clip.sign(frame.left - 1, frame.top + row, glyphs.right, theme.active);
            }
        }
        if frame.numbers {
            let row = frame.top + frame.rows;
            clip.line(frame.left, row, frame.columns, glyphs.horizontal, theme.border);
            clip.sign(frame.left - 1, row, glyphs.corner, theme.border);
            let mut numbers = clip.part(0, row + 1, i32::MAX, 1);
            for column in axis::draw_numbers(&mut numbers, frame.left, frame.columns, frame.x, theme) {
                clip.sign(frame.left + column, row, glyphs.tick_down, theme.border);
            }
            if let Some((Some(column), _)) = current {
                clip.sign(frame.left + column, row, glyphs.up, theme.active);
            }
        }
    }

    fn legend(&self, clip: &mut Clip<'_>, frame: &Frame) {
        let (theme, glyphs, row) = (self.theme, self.theme.glyphs(), clip.height() - 1);
        let strong = |value: f32, sign| (sign, theme.heat(value, 1.0));
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let here = theme.active.add_modifier(Modifier::REVERSED);
        let colored = theme.level != ColorLevel::None && !theme.ascii;
        let narrow = clip.width() < 76;
        let mut entries = vec![
            (
                strong(1.0, if colored { " " } else { "+" }),
                if narrow { "+".to_owned() } else { words::bench::positive() },
            ),
            (
                strong(-1.0, if colored { " " } else { "-" }),
                if narrow { "-".to_owned() } else { words::bench::negative() },
            ),
            (
                (if theme.ascii { "*" } else { "⡇" }, bold),
                if narrow { words::bench::own_border_short() } else { words::bench::own_border() },
            ),
        ];
        if self.truth.is_some() {
            let name = if narrow { words::bench::true_border_short() } else { words::bench::true_border() };
            entries.push(((if theme.ascii { "#" } else { "⠕" }, bold), name));
        }
        if self.points.iter().any(|point| point.right) {
            entries.push(((glyphs.dot, Style::new()), words::bench::right_points()));
        }
        if self.points.iter().any(|point| !point.right) {
            entries.push(((glyphs.cross, bold), words::bench::wrong_points()));
        }
        if self.current.is_some() {
            entries.push(((glyphs.node_on, here), words::bench::input()));
        }
        let names: i32 = entries.iter().map(|(_, name)| width(name)).sum();
        let room = clip.width() - frame.left - names - 2 * entries.len() as i32;
        let gap = if room >= 2 * (entries.len() as i32 - 1) { 2 } else { 1 };
        let mut at = frame.left;
        for ((sign, style), name) in entries {
            // A name is shown whole or not at all.
            if at + 2 + width(&name) > clip.width() {
                break;
            }
            clip.sign(at, row, sign, style);
            at = clip.text(at + 2, row, &name, theme.dim) + gap;
        }
    }
}

/// The value of a grid at place `x` of so many across and `y` of so many down.
fn nearest<T: Copy>(values: &[T], columns: usize, (x, across): (i32, f64), (y, down): (i32, f64)) -> Option<T> {
    let rows = values.len().checked_div(columns)?;
    let near = |at: i32, of: f64, count: usize| {
        let share = (f64::from(at) + 0.5) / of;
        ((share * count as f64) as usize).min(count.saturating_sub(1))
    };
    values.get(near(y, down, rows) * columns + near(x, across, columns)).copied()
}

fn y_ticks(scale: Scale, rows: i32) -> Vec<f64> {
    scale.ticks((rows * 2 / 5 + 1).clamp(2, 9) as usize)
}

impl Widget for &DecisionMap<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut clip = Clip::new(buffer, area);
        if clip.is_empty() {
            return;
        }
        let frame = self.frame(clip.width(), clip.height());
        if frame.top > 0 {
            clip.text(frame.left, 0, self.caption, self.theme.text);
        }
        let mut map = clip.part(frame.left, frame.top, frame.columns, frame.rows);
        self.fill(&mut map, &frame);
        self.boundary(&mut map, &frame);
        self.points(&mut map, &frame);
        self.axes(&mut clip, &frame);
        if frame.legend {
            self.legend(&mut clip, &frame);
        }
    }
}
