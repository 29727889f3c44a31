//! An activation as a curve, with a dot that goes where the value goes: from `z` on the horizontal axis up or down to
//! the curve, then across to the value `a` on the vertical axis. With relu, a negative `z` slides along the axis to 0.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::axis::Scale;
use super::braille::{Dots, Stroke};
use super::clip::{Clip, shorten, width};
use crate::ui::theme::Theme;

/// `a = function(z)`, in motion.
#[derive(Clone, Copy)]
pub struct ActivationCurve<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// The activation.
    pub function: &'a dyn Fn(f32) -> f32,
    /// What goes in.
    pub z: f32,
    /// What comes out.
    pub a: f32,
    /// How far the dot is on its way, from 0 (at `z` on the axis) to 1 (arrived).
    pub t: f32,
    /// One line above the curve.
    pub label: &'a str,
}

/// The part of the way that goes up or down; the rest goes across.
const UP: f32 = 0.55;

impl ActivationCurve<'_> {
    /// The inputs shown: at least -4 to 4, and `z` with some room.
    fn inputs(&self) -> Scale {
        let reach = if self.z.is_finite() { f64::from(self.z.abs()) * 1.25 } else { 0.0 };
        Scale::new(-reach.max(4.0), reach.max(4.0))
    }

    fn outputs(&self, points: &[(f64, f64)]) -> Scale {
        let known = points.iter().map(|point| point.1);
        let tight = Scale::around(known.chain([0.0, f64::from(self.a)]));
        // Room for the name of `z` below the axis where the curve never goes down.
        let span = tight.high() - tight.low();
        Scale::new(tight.low().min(-0.16 * span), tight.high())
    }

    /// Where the dot is, in `z` and `a`.
    fn dot(&self) -> (f64, f64) {
        let t = if self.t.is_nan() { 1.0 } else { self.t.clamp(0.0, 1.0) };
        let (z, a) = (f64::from(self.z), f64::from(self.a));
        (z, a * f64::from((t / UP).min(1.0)))
    }

    /// How much of the way across is done.
    fn across(&self) -> f64 {
        if self.t.is_nan() { 1.0 } else { f64::from(((self.t - UP) / (1.0 - UP)).clamp(0.0, 1.0)) }
    }
}

impl Widget for &ActivationCurve<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut clip = Clip::new(buffer, area);
        if clip.is_empty() {
            return;
        }
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let top = i32::from(clip.height() >= 4 && !self.label.is_empty());
        if top > 0 {
            let label = shorten(self.label, clip.width(), glyphs.more);
            clip.text(0, 0, &label, theme.text);
        }
        let mut plot = clip.part(0, top, i32::MAX, i32::MAX);
        let (columns, rows) = (plot.width(), plot.height());
        let mut dots = Dots::new(columns, rows);
        let (right, bottom) = (f64::from(dots.across() - 1), f64::from(dots.down() - 1));

        let x = self.inputs();
        let count = dots.across();
        let points: Vec<(f64, f64)> = (0..count)
            .map(|index| x.at(f64::from(index) / right.max(1.0)))
            .map(|z| (z, f64::from((self.function)(z as f32))))
            .collect();
        let y = self.outputs(&points);
        let (zero_column, zero_row) = (x.column(0.0, columns).unwrap_or(0), y.row(0.0, rows).unwrap_or(rows - 1));

        plot.line(0, zero_row, columns, glyphs.horizontal, theme.border);
        for row in 0..rows {
            plot.sign(zero_column, row, glyphs.vertical, theme.border);
        }
        plot.sign(zero_column, zero_row, glyphs.crossing, theme.border);

        let place = |&(z, a): &(f64, f64)| (x.share(z) * right, (1.0 - y.share(a)) * bottom);
        let broken = |point: &(f64, f64)| {
            if point.1.is_finite() { *point } else { (point.0, f64::NAN) }
        };
        dots.path(points.iter().map(|point| place(&broken(point))), Stroke::Solid);
        for row in 0..rows {
            for column in 0..columns {
                let pattern = dots.pattern(column, row);
                if pattern == 0 {
                    continue;
                }
                if theme.ascii {
                    plot.sign(column, row, "*", theme.text);
                } else {
                    plot.dots(column, row, pattern, theme.text);
                }
            }
        }
        self.way(&mut plot, (x, y), (zero_column, zero_row));
    }
}

impl ActivationCurve<'_> {
    /// The dot and the way it came.
    fn way(&self, plot: &mut Clip<'_>, (x, y): (Scale, Scale), (zero_column, zero_row): (i32, i32)) {
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let (columns, rows) = (plot.width(), plot.height());
        let (z, a) = self.dot();
        let (Some(column), Some(row)) = (x.column(z, columns), y.row(a, rows)) else {
            return;
        };
        let (start, end) = (zero_row.min(row), zero_row.max(row));
        for between in start..=end {
            plot.sign(column, between, glyphs.dotted_vertical, theme.active);
        }
        let done = (f64::from((zero_column - column).abs()) * self.across()).round() as i32;
        let direction = (zero_column - column).signum();
        for step in 1..=done {
            plot.sign(column + direction * step, row, glyphs.dotted, theme.active);
        }
        if done > 0 && column + direction * done == zero_column {
            let arrow = if direction < 0 { glyphs.left } else { glyphs.right };
            plot.sign(zero_column, row, arrow, theme.active);
        }
        plot.sign(column, row, glyphs.knob, theme.active);
        // `z` is named below the axis at the start of the way, above it where the dot goes down.
        let beside = if row > zero_row { zero_row - 1 } else { zero_row + 1 };
        let free = (0..rows).contains(&beside) && width("z") <= columns;
        if free && beside != row {
            plot.sign(column, beside, "z", theme.dim);
        }
        if zero_column > 0 {
            plot.sign(zero_column - 1, 0, "a", theme.dim);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::{Background, ColorLevel};

    #[test]
    fn the_dot_goes_up_first_and_across_afterwards() {
        let theme = Theme::new(ColorLevel::None, Background::Dark, false);
        let curve = |t| ActivationCurve { theme: &theme, function: &f32::tanh, z: 2.0, a: 0.5, t, label: "" };
        for (t, height, across) in
            [(-1.0, 0.0, 0.0), (0.0, 0.0, 0.0), (UP, 0.5, 0.0), (1.0, 0.5, 1.0), (9.0, 0.5, 1.0), (f32::NAN, 0.5, 1.0)]
        {
            assert_eq!(curve(t).dot(), (2.0, height), "t = {t}");
            assert_eq!(curve(t).across(), across, "t = {t}");
        }
    }
}
