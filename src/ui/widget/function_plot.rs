//! Functions of one input as lines: what the network has learned, the target, what a what-if makes of it.
//!
//! ```text
//!       ━━ learned   ╌╌ target 2x + 5             legend: colour is never alone
//!   200 ┤                              ⡠⠊
//!   100 ┤               ⢀⠤⠊ ●  y 105              marker: where the pass is now
//!     0 ┤     ⡠⠤⠒⠉          ┊
//!       └─────┬━━━━━━ trained here ━━━━━━┬──      training range
//!             0            50           100
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::axis::{self, Scale};
use super::braille::Dots;
use super::clip::{Clip, shorten, width};
use crate::ui::theme::Theme;
use crate::words;

pub use super::braille::Stroke;

/// One line of a plot.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a> {
    /// What the legend calls it.
    pub name: &'a str,
    /// Its colour.
    pub style: Style,
    /// How it is broken up.
    pub stroke: Stroke,
    /// Its points in order; it breaks where one is not finite.
    pub points: &'a [(f64, f64)],
}

/// The place of the current input and its value.
#[derive(Debug, Clone, Copy)]
pub struct Marker<'a> {
    /// The input.
    pub x: f64,
    /// The value there.
    pub y: f64,
    /// What is written beside it.
    pub label: &'a str,
}

/// Lines over one input. Later series lie on top of earlier ones: the target first, what is compared with it after.
#[derive(Debug, Clone, Copy)]
pub struct FunctionPlot<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// The lines.
    pub series: &'a [Series<'a>],
    /// The inputs shown.
    pub x_range: (f64, f64),
    /// The values shown; `None` shows all that is finite.
    pub y_range: Option<(f64, f64)>,
    /// The inputs the network has seen in training.
    pub training: Option<(f64, f64)>,
    /// Where the pass is now.
    pub marker: Option<Marker<'a>>,
}

/// `count` points of `function` over `range`, evenly spaced, both ends included.
#[must_use]
pub fn sample(range: (f64, f64), count: usize, function: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let scale = Scale::new(range.0, range.1);
    let last = count.saturating_sub(1).max(1) as f64;
    (0..count).map(|index| scale.at(index as f64 / last)).map(|x| (x, function(x))).collect()
}

/// The largest width to which all `widths` can be cut so that their sum fits `room`: short ones stay whole.
fn share_out(widths: &[i32], room: i32) -> i32 {
    let longest = widths.iter().copied().max().unwrap_or(0);
    let cut = |most: i32| widths.iter().map(|width| (*width).min(most)).sum::<i32>();
    (0..=longest).rev().find(|most| cut(*most) <= room).unwrap_or(0)
}

/// Where the lines go, in cells.
struct Frame {
    left: i32,
    top: i32,
    columns: i32,
    rows: i32,
    x: Scale,
    y: Scale,
}

impl Widget for &FunctionPlot<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut clip = Clip::new(buffer, area);
        if clip.is_empty() {
            return;
        }
        let x = Scale::new(self.x_range.0, self.x_range.1);
        let y = match self.y_range {
            Some((low, high)) => Scale::new(low, high),
            None => self.all_values(x),
        };
        let legend = i32::from(clip.height() >= 5 && !self.series.is_empty());
        let below = if clip.height() >= 4 { 2 } else { 0 };
        let rows = clip.height() - legend - below;
        let ticks = y.ticks((rows * 2 / 5 + 1).clamp(2, 9) as usize);
        let gutter = axis::labels(&ticks).iter().map(|label| width(label)).max().unwrap_or(0) + 1;
        let left = if gutter * 3 <= clip.width() { gutter + 1 } else { 0 };
        let frame = Frame { left, top: legend, columns: clip.width() - left, rows, x, y };

        if legend > 0 {
            self.legend(&mut clip, left);
        }
        if left > 0 {
            axis::draw_vertical(&mut clip.part(0, frame.top, left, rows), y, &ticks, self.theme);
        }
        let mut plot = clip.part(frame.left, frame.top, frame.columns, frame.rows);
        self.ground(&mut plot, &frame);
        let dots = self.lines(&mut plot, &frame);
        self.marker(&mut plot, &frame, &dots);
        if below > 0 {
            self.base(&mut clip, &frame);
        }
    }
}

impl FunctionPlot<'_> {
    fn all_values(&self, x: Scale) -> Scale {
        let shown = |at: f64| (x.low()..=x.high()).contains(&at);
        let lines = self.series.iter().flat_map(|series| series.points);
        let here = self.marker.filter(|marker| shown(marker.x)).map(|marker| marker.y);
        Scale::around(lines.filter(|point| shown(point.0)).map(|point| point.1).chain(here))
    }

    /// The sign that stands for a stroke in the legend, and for a dot where there is ASCII only.
    fn stroke_sign(&self, stroke: Stroke) -> &'static str {
        let glyphs = self.theme.glyphs();
        match stroke {
            Stroke::Solid if self.theme.ascii => "*",
            Stroke::Solid => glyphs.bar,
            Stroke::Dashed => glyphs.dashed,
            Stroke::Dotted => glyphs.dotted,
        }
    }

    fn legend(&self, clip: &mut Clip<'_>, left: i32) {
        let names: Vec<i32> = self.series.iter().map(|series| width(series.name)).collect();
        let (count, room) = (names.len() as i32, clip.width() - left);
        // Two signs, a blank, the name, two blanks between; one sign and one blank where there is no room.
        let wide = names.iter().sum::<i32>() + count * 5 - 2 <= room;
        let (signs, gap) = if wide { (2, 2) } else { (1, 1) };
        let most = share_out(&names, room + gap - count * (signs + 1 + gap));
        let mut at = left;
        for series in self.series {
            clip.line(at, 0, signs, self.stroke_sign(series.stroke), series.style);
            let name = shorten(series.name, most, self.theme.glyphs().more);
            at = clip.text(at + signs + 1, 0, &name, self.theme.dim) + gap;
        }
    }

    /// The background of the lines: the training range and the line of zero.
    fn ground(&self, plot: &mut Clip<'_>, frame: &Frame) {
        if let Some((first, last)) = self.training_columns(frame) {
            for row in 0..frame.rows {
                plot.style(first, row, last - first + 1, self.theme.shade);
            }
        }
        let inside = frame.y.low() < 0.0 && frame.y.high() > 0.0;
        if let Some(row) = frame.y.row(0.0, frame.rows).filter(|&row| inside && row + 1 < frame.rows) {
            plot.line(0, row, frame.columns, self.theme.glyphs().dotted, self.theme.border);
        }
    }

    /// First and last column of the training range, as far as it is shown.
    fn training_columns(&self, frame: &Frame) -> Option<(i32, i32)> {
        let (a, b) = self.training?;
        let (low, high) = (a.min(b).max(frame.x.low()), a.max(b).min(frame.x.high()));
        if low > high {
            return None;
        }
        Some((frame.x.column(low, frame.columns)?, frame.x.column(high, frame.columns)?))
    }

    /// Draws the lines over the guides of the marker; returns all of their dots.
    fn lines(&self, plot: &mut Clip<'_>, frame: &Frame) -> Vec<Dots> {
        self.guides(plot, frame);
        let mut layers = Vec::new();
        for series in self.series {
            let mut dots = Dots::new(frame.columns, frame.rows);
            let (right, bottom) = (f64::from(dots.across() - 1), f64::from(dots.down() - 1));
            let place = |&(x, y): &(f64, f64)| {
                // Infinities break the line; `share` would draw them at the edge.
                let y = if y.is_finite() { y } else { f64::NAN };
                (frame.x.share(x) * right, (1.0 - frame.y.share(y)) * bottom)
            };
            dots.path(series.points.iter().map(place), series.stroke);
            layers.push(dots);
        }
        for row in 0..frame.rows {
            for column in 0..frame.columns {
                let mut all = 0;
                let mut top = None;
                for (series, dots) in self.series.iter().zip(&layers) {
                    let pattern = dots.pattern(column, row);
                    all |= pattern;
                    top = if pattern == 0 { top } else { Some(series) };
                }
                let Some(series) = top else { continue };
                if self.theme.ascii {
                    plot.sign(column, row, self.stroke_sign(series.stroke), series.style);
                } else {
                    plot.dots(column, row, all, series.style);
                }
            }
        }
        layers
    }

    /// The lines dropped from the marker to both axes.
    fn guides(&self, plot: &mut Clip<'_>, frame: &Frame) {
        let Some(marker) = self.marker else { return };
        let Some(column) = frame.x.column(marker.x, frame.columns) else {
            return;
        };
        let glyphs = self.theme.glyphs();
        let row = frame.y.row(marker.y, frame.rows);
        if let Some(row) = row {
            plot.line(0, row, column, glyphs.dotted, self.theme.dim);
        }
        for below in row.unwrap_or(0)..frame.rows {
            plot.sign(column, below, glyphs.dotted_vertical, self.theme.dim);
        }
    }

    fn marker(&self, plot: &mut Clip<'_>, frame: &Frame, layers: &[Dots]) {
        let Some(marker) = self.marker else { return };
        let Some(column) = frame.x.column(marker.x, frame.columns) else {
            return;
        };
        let row = frame.y.row(marker.y, frame.rows);
        if let Some(row) = row {
            plot.sign(column, row, self.theme.glyphs().knob, self.theme.active);
        }
        let wide = width(marker.label);
        let row = row.unwrap_or(if marker.y < frame.y.low() { frame.rows - 1 } else { 0 });
        // The first of these places that hides the least of the lines.
        let places = [(2, 1), (-1 - wide, -1), (2, -1), (-1 - wide, 1), (2, 0), (-1 - wide, 0)];
        let best = places
            .map(|(right, down)| (column + right, row + down))
            .into_iter()
            .filter(|&(x, y)| x >= 0 && x + wide <= frame.columns && (0..frame.rows).contains(&y))
            .min_by_key(|&(x, y)| {
                (x - 1..=x + wide).filter(|&at| layers.iter().any(|dots| dots.pattern(at, y) != 0)).count()
            });
        if let Some((x, y)) = best {
            plot.text(x, y, marker.label, self.theme.active);
            // A blank on each side, so that no line runs into the text.
            for side in [x - 1, x + wide] {
                if layers.iter().all(|dots| dots.pattern(side, y) == 0) && (side, y) != (column, row) {
                    plot.sign(side, y, " ", self.theme.text);
                }
            }
        }
    }

    /// The horizontal axis, with the training range on it, and its numbers.
    fn base(&self, clip: &mut Clip<'_>, frame: &Frame) {
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let row = frame.top + frame.rows;
        clip.line(frame.left, row, frame.columns, glyphs.horizontal, theme.border);
        clip.sign(frame.left - 1, row, glyphs.corner, theme.border);
        let mut numbers = clip.part(0, row + 1, i32::MAX, 1);
        let ticks = axis::draw_numbers(&mut numbers, frame.left, frame.columns, frame.x, theme);
        let training = self.training_columns(frame);
        if let Some((first, last)) = training {
            clip.line(frame.left + first, row, last - first + 1, glyphs.bar, theme.dim);
        }
        for column in ticks {
            let strong = training.is_some_and(|(first, last)| (first..=last).contains(&column));
            let (sign, style) = if strong { (glyphs.bar_down, theme.dim) } else { (glyphs.tick_down, theme.border) };
            clip.sign(frame.left + column, row, sign, style);
        }
        let marker = self.marker.and_then(|marker| frame.x.column(marker.x, frame.columns));
        if let Some((first, last)) = training {
            let room = last - first + 1;
            let labels = [words::bench::trained(), words::bench::trained_short(), words::bench::trained_shorter()];
            let label = labels.map(|label| format!(" {label} ")).into_iter().find(|text| width(text) + 4 <= room);
            if let Some(label) = &label {
                // In the middle, but not where the marker points to the axis.
                let (least, middle, most) = (first + 2, first + (room - width(label)) / 2, last - 1 - width(label));
                let free = |at: &i32| marker.is_none_or(|column| column < *at || column >= at + width(label));
                let at = [middle, most, least].into_iter().find(free);
                if let Some(at) = at {
                    clip.text(frame.left + at, row, label, theme.dim);
                }
            }
        }
        if let Some(column) = marker {
            clip.sign(frame.left + column, row, glyphs.up, theme.active);
        }
    }
}
