//! What each input of a sum contributes: bars to the left (negative) and right (positive) of zero, with the numbers.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::clip::{Clip, shorten, width};
use crate::network::number::{Digits, number};
use crate::ui::theme::Theme;
use crate::words;

/// One contribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution<'a> {
    /// What it is: `10 × 0.4890`, `bias`.
    pub label: &'a str,
    /// How much it adds.
    pub value: f32,
}

/// A bar for each contribution.
#[derive(Debug, Clone, Copy)]
pub struct ContributionBars<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// The contributions, from top to bottom.
    pub rows: &'a [Contribution<'a>],
    /// The one that is being added now; it stays in view.
    pub active: Option<usize>,
    /// How the numbers are written.
    pub digits: Digits,
}

/// The least cells for a bar beside its label.
const LEAST_BAR: i32 = 4;

/// The rows that fit: `first..last`, and whether the line above and the line below are given to "more".
fn window(count: usize, height: usize, active: usize) -> (usize, usize, bool, bool) {
    if count <= height {
        return (0, count, false, false);
    }
    if height < 3 {
        let first = active.min(count - height);
        return (first, first + height, false, false);
    }
    let active = active.min(count - 1);
    let room = height - 1;
    if active < room {
        return (0, room, false, true);
    }
    if active >= count - room {
        return (count - room, count, true, false);
    }
    let inner = height - 2;
    let first = active - inner / 2;
    (first, first + inner, true, true)
}

impl Widget for &ContributionBars<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut clip = Clip::new(buffer, area);
        if clip.is_empty() || self.rows.is_empty() {
            return;
        }
        let glyphs = self.theme.glyphs();
        let (count, height) = (self.rows.len(), clip.height() as usize);
        let (first, last, above, below) = window(count, height, self.active.unwrap_or(0));
        let shown = &self.rows[first..last];

        let texts: Vec<String> = shown.iter().map(|row| number(row.value, self.digits)).collect();
        let number_width = texts.iter().map(|text| width(text)).max().unwrap_or(0);
        let spare = clip.width() - number_width - 3;
        // A label is shown whole, or only the part before its colon.
        let whole = shown.iter().map(|row| width(row.label)).max().unwrap_or(0);
        let short = |row: &Contribution<'_>| row.label.split(':').next().unwrap_or_default().to_owned();
        let label = |row: &Contribution<'_>| if whole + LEAST_BAR <= spare { row.label.to_owned() } else { short(row) };
        let longest = shown.iter().map(|row| width(&label(row))).max().unwrap_or(0);
        // Where there is room for one of them only, the label matters more than the bar.
        let most = if spare < 14 { spare } else { (spare * 3 / 5).max(spare - LEAST_BAR) };
        let label_width = longest.min(most.max(0));
        let bar = Bar::new(self.rows, 2 + label_width + 1, clip.width() - number_width - 1);

        let mut line = 0;
        if above {
            clip.text(2, line, &format!("{} {}", glyphs.ellipsis, words::bench::more(first)), self.theme.dim);
            line += 1;
        }
        for (index, (row, text)) in shown.iter().zip(&texts).enumerate() {
            let active = self.active == Some(first + index);
            let style = if active { self.theme.active } else { self.theme.text };
            if active {
                clip.sign(0, line, glyphs.right, style);
            }
            clip.text(2, line, &shorten(&label(row), label_width, glyphs.more), style);
            bar.draw(&mut clip, line, row.value, self.theme);
            let number = match row.value {
                _ if active => style,
                0.0 => self.theme.dim,
                value => self.theme.sign(value),
            };
            let right = clip.width();
            if number_width <= right {
                clip.text_before(right, line, text, number);
            }
            line += 1;
        }
        if below {
            clip.text(2, line, &format!("{} {}", glyphs.ellipsis, words::bench::more(count - last)), self.theme.dim);
        }
    }
}

/// Where zero is and how long a bar gets, in half cells.
struct Bar {
    left: i32,
    right: i32,
    zero: i32,
    scale: f32,
}

impl Bar {
    /// Bars between the columns `left` and `right`, such that the largest of all `rows` fill them.
    fn new(rows: &[Contribution<'_>], left: i32, right: i32) -> Self {
        let reach = |side: f32| {
            rows.iter().map(|row| row.value * side).filter(|value| value.is_finite()).fold(0.0f32, f32::max)
        };
        let (negative, positive) = (reach(-1.0), reach(1.0));
        let room = (right - left - 1).max(0);
        let both = f64::from(negative) + f64::from(positive);
        let share = if both > 0.0 { f64::from(negative) / both } else { 0.0 };
        let before = (f64::from(room) * share).ceil() as i32;
        let cells = |side: f32, cells: i32| {
            if side > 0.0 { cells as f32 / side } else { f32::INFINITY }
        };
        let scale = cells(negative, before).min(cells(positive, room - before)) * 2.0;
        Self { left, right, zero: left + before, scale }
    }

    fn draw(&self, clip: &mut Clip<'_>, line: i32, value: f32, theme: &Theme) {
        if self.right - self.left < 4 {
            return;
        }
        let glyphs = theme.glyphs();
        let style = theme.sign(value);
        let room = 2 * if value < 0.0 { self.zero - self.left } else { self.right - self.zero - 1 };
        let length = value.abs() * self.scale;
        let halves = match value {
            _ if value.is_nan() || value == 0.0 => 0,
            _ if length.is_nan() || value.is_infinite() => room,
            // A value that exists is drawn, however small.
            _ => (length.round() as i32).clamp(1, room.max(1)),
        };
        let (whole, half) = (halves / 2, halves % 2);
        if value < 0.0 {
            clip.line(self.zero - whole, line, whole, glyphs.full, style);
            self.half(clip, self.zero - whole - 1, line, half, (glyphs.right_half, style));
        } else {
            clip.line(self.zero + 1, line, whole, glyphs.full, style);
            self.half(clip, self.zero + 1 + whole, line, half, (glyphs.left_half, style));
        }
        clip.sign(self.zero, line, glyphs.vertical, theme.border);
    }

    fn half(&self, clip: &mut Clip<'_>, column: i32, line: i32, count: i32, (sign, style): (&str, Style)) {
        if count > 0 && (self.left..self.right).contains(&column) {
            clip.sign(column, line, sign, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_active_row_is_always_among_those_shown() {
        for count in 1..30 {
            for height in 1..12 {
                for active in 0..count {
                    let (first, last, above, below) = window(count, height, active);
                    let lines = last - first + usize::from(above) + usize::from(below);
                    assert!((first..last).contains(&active), "{count} rows, {height} lines, row {active}");
                    assert!(lines <= height && last <= count);
                    assert_eq!(lines, height.min(count), "no line is wasted");
                    assert!(height < 3 || (above == (first > 0) && below == (last < count)));
                }
            }
        }
    }
}
