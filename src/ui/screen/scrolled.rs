//! The visible part of a text, and where there is more.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{plain::cells, ui::theme::Theme, words};

/// Lines that cannot be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ui) struct Hidden {
    /// Above the first line that is seen.
    pub above: usize,
    /// Below the last one.
    pub below: usize,
}

impl Hidden {
    /// For `lines` lines with room for `room`, scrolled by `above` lines as far as possible.
    pub(super) fn of(lines: usize, room: usize, above: usize) -> Self {
        let hidden = lines.saturating_sub(room);
        let above = above.min(hidden);
        Self { above, below: hidden - above }
    }

    /// Whether there is more to see.
    pub(super) fn any(self) -> bool {
        self != Self::default()
    }

    /// Limits scrolling by `by` lines to the lines that exist.
    pub(in crate::ui) fn clamp(self, by: isize) -> isize {
        by.clamp(-(self.above as isize), self.below as isize)
    }

    /// The sentence that says where there is more, with the keys that scroll there.
    fn says(self, theme: &Theme) -> String {
        let glyphs = theme.glyphs();
        let below = format!("{} {}", glyphs.down, words::bench::more_below(self.below));
        match (self.above, self.below) {
            (0, _) => below,
            (above, 0) => format!("{} {}", glyphs.up, words::bench::more_above(above)),
            (above, _) => format!("{} {}  {below}", glyphs.up, words::bench::above(above)),
        }
    }

    /// Draws a line across `row` that says where there is more.
    pub(super) fn rule(self, row: Rect, theme: &Theme, buffer: &mut Buffer) {
        let says = self.says(theme);
        let line = theme.glyphs().horizontal;
        let rest = usize::from(row.width).saturating_sub(cells(&says) + 4);
        Line::from(vec![
            Span::styled(format!("{} ", line.repeat(2)), theme.border),
            Span::styled(says, theme.dim),
            Span::styled(format!(" {}", line.repeat(rest + 1)), theme.border),
        ])
        .render(row.intersection(buffer.area), buffer);
    }

    /// Draws the same at the right end of a border.
    pub(super) fn on_border(self, row: Rect, theme: &Theme, buffer: &mut Buffer) {
        if !self.any() {
            return;
        }
        let says = format!(" {} ", self.says(theme));
        let width = (cells(&says) as u16).min(row.width);
        let place = Rect { x: row.right().saturating_sub(width), width, height: 1, ..row };
        Line::styled(says, theme.key).render(place.intersection(buffer.area), buffer);
    }
}
