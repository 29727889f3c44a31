//! Where a pass is: `━━━━━●─────`, with a mark at each layer's end.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::clip::Clip;
use crate::ui::theme::Theme;

/// A line from the first to the last position.
#[derive(Debug, Clone, Copy)]
pub struct Timeline<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// The position, from 0 to `len`.
    pub position: usize,
    /// The last position.
    pub len: usize,
    /// Positions at which a layer ends.
    pub marks: &'a [usize],
}

/// The column of `width` that shows `position`.
fn column_of(position: usize, len: usize, width: u16) -> i32 {
    let last = u128::from(width.saturating_sub(1));
    let len = len.max(1) as u128;
    let position = (position as u128).min(len);
    ((position * last + len / 2) / len) as i32
}

/// The position under screen column `column` of a timeline drawn in `area`; columns beside it mean its ends.
#[must_use]
pub fn position_at(area: Rect, column: u16, len: usize) -> usize {
    let last = u128::from(area.width.saturating_sub(1));
    let right = u128::from(column.saturating_sub(area.x)).min(last);
    if last == 0 {
        return 0;
    }
    ((right * len as u128 + last / 2) / last) as usize
}

impl Widget for &Timeline<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        // The knob is placed by the whole area, so that `position_at` agrees where a part of it is cut off.
        let width = area.width;
        let mut clip = Clip::new(buffer, area);
        if clip.is_empty() {
            return;
        }
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let knob = column_of(self.position, self.len, width);
        clip.line(0, 0, knob, glyphs.bar, theme.focus);
        clip.line(knob, 0, i32::from(width), glyphs.rest, theme.border);
        for mark in self.marks.iter().filter(|mark| **mark < self.len) {
            let column = column_of(*mark, self.len, width);
            if column < knob {
                clip.sign(column, 0, glyphs.bar_mark, theme.focus);
            } else {
                clip.sign(column, 0, glyphs.rest_mark, theme.dim);
            }
        }
        clip.sign(knob, 0, glyphs.knob, theme.active);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_on_the_knob_stays_where_it_is() {
        for width in [2, 3, 10, 66, 120] {
            let area = Rect::new(4, 0, width, 1);
            for column in 4..4 + width {
                for len in [1_000, 66_000, usize::MAX] {
                    let position = position_at(area, column, len);
                    assert_eq!(column_of(position, len, width), i32::from(column - 4), "{width} {column} {len}");
                }
            }
        }
    }

    #[test]
    fn the_ends_of_the_line_are_the_first_and_the_last_position() {
        let area = Rect::new(10, 0, 50, 1);
        for (column, len, expected) in
            [(10, 66, 0), (59, 66, 66), (0, 66, 0), (u16::MAX, 66, 66), (59, usize::MAX, usize::MAX), (30, 0, 0)]
        {
            assert_eq!(position_at(area, column, len), expected, "column {column} of {len}");
        }
        assert_eq!(position_at(Rect::ZERO, 3, 9), 0);
    }
}
