//! Axes: which numbers to write beside a picture, and which cell a number belongs to.

use super::clip::{Clip, width};
use crate::ui::theme::Theme;

/// A range of numbers laid along a number of dots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
}

/// Numbers beyond this are drawn as if they were it: the difference of two of them is still finite.
const FAR: f64 = 1e300;

impl Scale {
    /// The scale from `low` to `high`; a range that is empty, reversed or not finite is made one that can be drawn.
    #[must_use]
    pub fn new(low: f64, high: f64) -> Self {
        let finite = |value: f64, other: f64| {
            if value.is_nan() { other } else { value.clamp(-FAR, FAR) }
        };
        let (low, high) = (finite(low, -1.0), finite(high, 1.0));
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        let least = (low.abs().max(high.abs()) * 1e-9).max(1e-300);
        if high - low > least {
            return Self { low, high };
        }
        let room = if low.abs() < 1e-290 { 1.0 } else { low.abs() * 0.5 };
        Self { low: low - room, high: high + room }
    }

    /// A scale that holds all finite `values`, with a small margin.
    #[must_use]
    pub fn around(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return Self::new(-1.0, 1.0);
        }
        let tight = Self::new(low, high);
        let margin = (tight.high - tight.low) * 0.06;
        // A curve that only touches zero stays on its axis, for example relu.
        let below = if low == 0.0 { margin * 0.5 } else { margin };
        Self::new(tight.low - below, tight.high + margin)
    }

    /// The lower end.
    #[must_use]
    pub fn low(self) -> f64 {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub fn high(self) -> f64 {
        self.high
    }

    /// Where `value` lies: 0 at the lower end, 1 at the upper; NaN stays NaN.
    #[must_use]
    pub fn share(self, value: f64) -> f64 {
        (value.clamp(-FAR, FAR) - self.low) / (self.high - self.low)
    }

    /// The value at `share` of the way up.
    #[must_use]
    pub fn at(self, share: f64) -> f64 {
        self.low + (self.high - self.low) * share
    }

    /// The dot of `count` in which `value` falls, counted from the lower end; `None` outside and for NaN.
    #[must_use]
    pub fn dot(self, value: f64, count: i32) -> Option<i32> {
        let share = self.share(value);
        // A small tolerance: both ends belong to the picture.
        if count <= 0 || !(-1e-9..=1.0 + 1e-9).contains(&share) {
            return None;
        }
        Some(((share * f64::from(count - 1)).round() as i32).clamp(0, count - 1))
    }

    /// The column of `count`, two dots wide, in which `value` falls.
    #[must_use]
    pub fn column(self, value: f64, count: i32) -> Option<i32> {
        self.dot(value, count.saturating_mul(2)).map(|dot| dot / 2)
    }

    /// The row of `count`, four dots high and counted from the top, in which `value` falls.
    #[must_use]
    pub fn row(self, value: f64, count: i32) -> Option<i32> {
        let dots = count.saturating_mul(4);
        self.dot(value, dots)?;
        // Rounded from the top, as lines are drawn: half way between two dots both go the same way.
        let down = ((1.0 - self.share(value)) * f64::from(dots - 1)).round() as i32;
        Some((down / 4).clamp(0, count - 1))
    }

    /// Round numbers (1, 2, 2.5 or 5 times a power of ten) inside the range, at most `most` of them.
    #[must_use]
    pub fn ticks(self, most: usize) -> Vec<f64> {
        if most == 0 {
            return Vec::new();
        }
        let span = self.high - self.low;
        let mut power = 10f64.powf((span / most as f64).log10().floor());
        if !power.is_finite() || power <= 0.0 {
            return Vec::new();
        }
        loop {
            for step in [1.0, 2.0, 2.5, 5.0].map(|digit| digit * power) {
                let (first, last) = ((self.low / step - 1e-9).ceil(), (self.high / step + 1e-9).floor());
                if last - first + 1.0 <= most as f64 {
                    let count = (last - first + 1.0).max(0.0) as usize;
                    // `+ 0.0` turns minus zero into zero.
                    return (0..count).map(|index| (first + index as f64) * step + 0.0).collect();
                }
            }
            power *= 10.0;
        }
    }
}

/// The texts of ticks: as many decimals as tell them apart, and no more.
#[must_use]
pub fn labels(ticks: &[f64]) -> Vec<String> {
    let largest = ticks.iter().fold(0.0f64, |largest, tick| largest.max(tick.abs()));
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    let step = if step.is_finite() { step } else { largest };
    if largest >= 1e6 || (largest > 0.0 && step < 1e-4) {
        return ticks.iter().map(|tick| if *tick == 0.0 { "0".to_owned() } else { format!("{tick:.1e}") }).collect();
    }
    let whole = |decimals: i32| ((step * 10f64.powi(decimals)).fract() - 0.5).abs() > 0.499_999;
    let decimals = (0..6).find(|&decimals| whole(decimals)).unwrap_or(6) as usize;
    ticks.iter().map(|tick| format!("{tick:.decimals$}")).collect()
}

/// Draws the vertical axis in the right column of `clip` with its numbers to the left, low end at the bottom.
pub(crate) fn draw_vertical(clip: &mut Clip<'_>, scale: Scale, ticks: &[f64], theme: &Theme) {
    let (glyphs, right) = (theme.glyphs(), clip.width() - 1);
    for row in 0..clip.height() {
        clip.sign(right, row, glyphs.vertical, theme.border);
    }
    for (tick, label) in ticks.iter().zip(labels(ticks)) {
        if let Some(row) = scale.row(*tick, clip.height()) {
            clip.sign(right, row, glyphs.tick_left, theme.border);
            clip.text_before(right, row, &label, theme.dim);
        }
    }
}

/// Draws the numbers of the horizontal axis, each centred under its column of `count` columns from column `left`.
/// Numbers that would touch an earlier one are left out; the columns that did get one are returned.
pub(crate) fn draw_numbers(clip: &mut Clip<'_>, left: i32, count: i32, scale: Scale, theme: &Theme) -> Vec<i32> {
    let mut columns = Vec::new();
    let mut free = 0;
    let most = (count / 10).clamp(2, 12) as usize;
    let ticks = scale.ticks(most);
    for (tick, label) in ticks.iter().zip(labels(&ticks)) {
        let Some(column) = scale.column(*tick, count) else {
            continue;
        };
        let wide = width(&label);
        // A minus sign hangs to the left of what is centred.
        let centred = left + column - wide / 2;
        let start = centred.clamp(0, (clip.width() - wide).max(0));
        if start < free || start + wide > clip.width() {
            continue;
        }
        clip.text(start, 0, &label, theme.dim);
        free = start + wide + 1;
        columns.push(column);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_numbers_inside_the_range() {
        for (low, high, most, expected) in [
            (0.0, 100.0, 6, "0 20 40 60 80 100"),
            (-10.0, 110.0, 7, "0 20 40 60 80 100"),
            (-1.06, 1.06, 5, "-1.0 -0.5 0.0 0.5 1.0"),
            (-1.06, 1.06, 3, "-1 0 1"),
            (0.0, 0.004, 5, "0.000 0.001 0.002 0.003 0.004"),
            (3.0, 3.0, 3, "2 3 4"),
            (5.0, -5.0, 3, "-5 0 5"),
            (0.0, 3e9, 4, "0 1.0e9 2.0e9 3.0e9"),
            (0.0, 1.0, 0, ""),
            (f64::NAN, f64::NAN, 3, "-1 0 1"),
        ] {
            let ticks = Scale::new(low, high).ticks(most);
            assert_eq!(labels(&ticks).join(" "), expected, "{low}..{high}, at most {most}");
        }
    }

    #[test]
    fn any_range_can_be_drawn() {
        let ends =
            [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 0.0, -0.0, 5e-324, 1.0, 1.0 + 1e-15];
        for low in ends {
            for high in ends {
                let scale = Scale::new(low, high);
                assert!(scale.low() < scale.high(), "{low} {high}");
                for most in [0, 1, 2, 9] {
                    assert!(scale.ticks(most).len() <= most);
                }
                for value in ends {
                    for count in [-1, 0, 1, 80] {
                        assert!(scale.dot(value, count).is_none_or(|dot| (0..count).contains(&dot)));
                    }
                }
            }
        }
    }

    #[test]
    fn the_ends_of_a_range_are_the_first_and_the_last_dot() {
        let scale = Scale::new(0.0, 100.0);
        for (value, expected) in
            [(0.0, Some(0)), (100.0, Some(50)), (50.0, Some(25)), (-1.0, None), (101.0, None), (f64::NAN, None)]
        {
            assert_eq!(scale.dot(value, 51), expected, "{value}");
        }
    }

    #[test]
    fn a_scale_around_values_leaves_out_what_is_not_a_number() {
        let scale = Scale::around([f64::NAN, 1.0, f64::INFINITY, 3.0].into_iter());
        assert!(scale.low() < 1.0 && scale.low() > 0.5 && scale.high() > 3.0 && scale.high() < 3.5);
        let empty = Scale::around(std::iter::empty());
        assert_eq!((empty.low(), empty.high()), (-1.0, 1.0));
    }
}
