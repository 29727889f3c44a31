//! One line to type in. The text and the cursor live elsewhere; this draws them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthChar;

use super::clip::{Clip, shorten, width};
use crate::plain::plain;
use crate::ui::theme::Theme;

/// `label [text      ]`, with a cross where the text is not accepted.
#[derive(Debug, Clone, Copy)]
pub struct TextField<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// What is asked for.
    pub label: &'a str,
    /// What has been typed.
    pub text: &'a str,
    /// Before which character of `text` the next one goes; at most its length.
    pub cursor: usize,
    /// Whether it has the focus.
    pub focus: bool,
    /// Whether the text is not accepted.
    pub error: bool,
    /// Whether the next character replaces the text; it is marked for that.
    pub replaced: bool,
}

/// Where things are, in cells from the left.
struct Places {
    label: i32,
    open: i32,
    room: i32,
    /// The first character shown, and the cell of the cursor within the room.
    first: usize,
    cursor: i32,
}

fn cells(c: char) -> i32 {
    c.width().unwrap_or(0) as i32
}

impl TextField<'_> {
    /// The screen position of the cursor for an area: for the terminal's own cursor. `None` without focus or room.
    #[must_use]
    pub fn cursor_in(&self, area: Rect) -> Option<(u16, u16)> {
        let places = self.places(i32::from(area.width));
        (self.focus && places.room > 0 && area.height > 0)
            .then(|| (area.x + (places.open + 1 + places.cursor) as u16, area.y))
    }

    /// The text that is shown, and the cursor in it: unsafe characters before the cursor are gone.
    fn shown(&self) -> (Vec<char>, usize) {
        let before: String = self.text.chars().take(self.cursor).collect();
        (plain(self.text).chars().collect(), plain(&before).chars().count())
    }

    fn places(&self, wide: i32) -> Places {
        // Brackets, a blank and the sign for an error; the label gives way first.
        const AROUND: i32 = 4;
        let label = (width(self.label) + i32::from(!self.label.is_empty())).min((wide - AROUND - 6).max(0));
        let room = (wide - label - AROUND).max(0);
        let (text, cursor) = self.shown();
        let mut first = 0;
        let mut at: i32 = text[..cursor].iter().map(|c| cells(*c)).fold(0, i32::saturating_add);
        // One cell for the cursor behind the text, one on the left for the sign that something is cut off.
        while first < cursor && at + 1 + i32::from(first > 0) > room {
            at -= cells(text[first]);
            first += 1;
        }
        Places { label, open: label, room, first, cursor: (at + i32::from(first > 0)).clamp(0, (room - 1).max(0)) }
    }
}

impl Widget for &TextField<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let places = self.places(i32::from(area.width));
        let mut clip = Clip::new(buffer, area);
        if clip.is_empty() {
            return;
        }
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let frame = match (self.error, self.focus) {
            (true, _) => theme.wrong,
            (false, true) => theme.focus,
            (false, false) => theme.border,
        };
        let label = if self.focus { theme.focus } else { theme.dim };
        clip.text(0, 0, &shorten(self.label, places.label - 1, glyphs.more), label);
        clip.sign(places.open, 0, "[", frame);
        clip.sign(places.open + 1 + places.room, 0, "]", frame);
        if self.error {
            clip.sign(places.open + 3 + places.room, 0, glyphs.cross, theme.wrong);
        }
        let (text, _) = self.shown();
        let mut inside = clip.part(places.open + 1, 0, places.room, 1);
        inside.line(0, 0, places.room, " ", theme.text);
        let start = i32::from(places.first > 0);
        let rest: String = text[places.first..].iter().collect();
        let style = if self.replaced { theme.text.add_modifier(Modifier::UNDERLINED) } else { theme.text };
        let end = inside.text(start, 0, &rest, style);
        if start > 0 {
            inside.sign(0, 0, glyphs.more, theme.dim);
        }
        if end > places.room {
            inside.sign(places.room - 1, 0, glyphs.more, theme.dim);
        }
        if self.focus {
            inside.style(places.cursor, 0, 1, theme.text.add_modifier(Modifier::REVERSED));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::{Background, ColorLevel};

    fn drawn(text: &str, cursor: usize, wide: u16) -> (String, Option<(u16, u16)>) {
        let theme = Theme::new(ColorLevel::None, Background::Dark, false);
        let field = TextField { theme: &theme, label: "x", text, cursor, focus: true, error: false, replaced: false };
        let area = Rect::new(0, 0, wide, 1);
        let mut buffer = Buffer::empty(area);
        (&field).render(area, &mut buffer);
        ((0..wide).map(|x| buffer[(x, 0)].symbol()).collect(), field.cursor_in(area))
    }

    #[test]
    fn the_cursor_is_always_in_view() {
        for (text, cursor, wide, expected, at) in [
            ("", 0, 14, "x [        ]  ", Some((3, 0))),
            ("10", 2, 14, "x [10      ]  ", Some((5, 0))),
            ("0.48899287", 10, 14, "x […899287 ]  ", Some((10, 0))),
            ("0.48899287", 0, 14, "x [0.48899…]  ", Some((3, 0))),
            ("0.48899287", 99, 14, "x […899287 ]  ", Some((10, 0))),
            ("1\u{1b}[2\u{202e}", 4, 14, "x [1[2     ]  ", Some((6, 0))),
            ("abc", 3, 3, "[] ", None),
        ] {
            assert_eq!(drawn(text, cursor, wide), (expected.to_owned(), at), "{text:?} at {cursor}");
        }
    }
}
