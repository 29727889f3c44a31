//! The visible part of a text, and where there is more.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use super::overlay::boxed;
use crate::{
    plain::{cells, plain},
    ui::theme::Theme,
    words,
};

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

/// A box over the screen whose text scrolls and whose keys stay.
pub(super) struct ScrollBox {
    lines: Vec<Line<'static>>,
    keys: Vec<Line<'static>>,
    /// Blank lines above and below the text.
    gap: u16,
    height: u16,
    room: usize,
    /// The lines of the text that cannot be seen.
    pub(super) hidden: Hidden,
}

impl ScrollBox {
    /// As high as the text, if the screen is. `above` is how many lines to scroll if so many lines have room.
    pub(super) fn new(
        screen: Rect,
        lines: Vec<Line<'static>>,
        keys: Vec<Line<'static>>,
        gap: u16,
        above: impl FnOnce(usize) -> usize,
    ) -> Self {
        let around = 2 + 2 * usize::from(gap) + keys.len();
        let room = usize::from(screen.height).saturating_sub(around).max(1).min(lines.len());
        let hidden = Hidden::of(lines.len(), room, above(room));
        Self { height: (room + around) as u16, lines, keys, gap, room, hidden }
    }

    pub(super) fn draw(self, frame: &mut Frame, screen: Rect, width: u16, title: &str, theme: &Theme) {
        let area = boxed(frame, screen, width, self.height, &plain(title), theme);
        let mut row = |line: Line<'static>, y: u16| {
            line.render(Rect { y, height: 1, ..area }.intersection(area), frame.buffer_mut());
        };
        for (i, line) in self.lines.into_iter().skip(self.hidden.above).take(self.room).enumerate() {
            row(line, area.y + self.gap + i as u16);
        }
        let keys = self.keys.len() as u16;
        for (i, line) in self.keys.into_iter().enumerate() {
            row(line, area.bottom().saturating_sub(keys) + i as u16);
        }
        self.hidden.on_border(Rect { y: area.bottom(), height: 1, ..area }, theme, frame.buffer_mut());
    }
}
