//! A part of the buffer with its own coordinates, outside of which nothing is written.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthChar;

use super::braille::character;
use crate::plain::{cells, plain};

/// Writes cells at columns and rows counted from the area's upper left corner; what falls outside is dropped.
pub(crate) struct Clip<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
}

impl<'a> Clip<'a> {
    pub(crate) fn new(buffer: &'a mut Buffer, area: Rect) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area }
    }

    pub(crate) fn width(&self) -> i32 {
        i32::from(self.area.width)
    }

    pub(crate) fn height(&self) -> i32 {
        i32::from(self.area.height)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// The part of this area from (`column`, `row`), at most `width` x `height`.
    pub(crate) fn part(&mut self, column: i32, row: i32, width: i32, height: i32) -> Clip<'_> {
        let left = column.clamp(0, self.width());
        let top = row.clamp(0, self.height());
        let right = column.saturating_add(width).clamp(left, self.width());
        let bottom = row.saturating_add(height).clamp(top, self.height());
        let area = Rect {
            x: self.area.x + left as u16,
            y: self.area.y + top as u16,
            width: (right - left) as u16,
            height: (bottom - top) as u16,
        };
        Clip { buffer: self.buffer, area }
    }

    pub(crate) fn cell(&mut self, column: i32, row: i32) -> Option<&mut Cell> {
        let inside = (0..self.width()).contains(&column) && (0..self.height()).contains(&row);
        if !inside {
            return None;
        }
        self.buffer.cell_mut((self.area.x + column as u16, self.area.y + row as u16))
    }

    /// One sign of one cell. The foreground is replaced; a background that is there stays unless `style` has its own.
    pub(crate) fn sign(&mut self, column: i32, row: i32, sign: &str, style: Style) {
        if let Some(cell) = self.cell(column, row) {
            cell.fg = Color::Reset;
            cell.modifier = Modifier::empty();
            cell.set_symbol(sign).set_style(style);
        }
    }

    /// Dots of one cell.
    pub(crate) fn dots(&mut self, column: i32, row: i32, pattern: u8, style: Style) {
        self.sign(column, row, character(pattern).encode_utf8(&mut [0; 4]), style);
    }

    /// One sign, `count` times to the right.
    pub(crate) fn line(&mut self, column: i32, row: i32, count: i32, sign: &str, style: Style) {
        for at in column.max(0)..column.saturating_add(count).min(self.width()) {
            self.sign(at, row, sign, style);
        }
    }

    /// Text that starts at `column`; returns the column after it. Characters that do not fit whole are left out.
    pub(crate) fn text(&mut self, column: i32, row: i32, text: &str, style: Style) -> i32 {
        let mut at = column;
        if is_simple(text) {
            for index in 0..text.len() {
                self.sign(at, row, &text[index..=index], style);
                at = at.saturating_add(1);
            }
            return at;
        }
        let text = plain(text);
        let mut rest = text.as_ref();
        while let Some(first) = rest.chars().next() {
            // A character and the marks that combine with it share a cell.
            let end = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| c.width().unwrap_or(0) > 0)
                .map_or(rest.len(), |(index, _)| index);
            let (sign, after) = rest.split_at(end);
            let width = first.width().unwrap_or(0) as i32;
            if width > 0 && at >= 0 && at.saturating_add(width) <= self.width() {
                self.sign(at, row, sign, style);
                for covered in at + 1..at + width {
                    if let Some(cell) = self.cell(covered, row) {
                        cell.reset();
                    }
                }
            }
            at = at.saturating_add(width);
            rest = after;
        }
        at
    }

    /// Text that ends before `column`.
    pub(crate) fn text_before(&mut self, column: i32, row: i32, text: &str, style: Style) {
        self.text(column - width(text), row, text, style);
    }

    /// A style applied to cells that already have text.
    pub(crate) fn style(&mut self, column: i32, row: i32, count: i32, style: Style) {
        for at in column.max(0)..column.saturating_add(count).min(self.width()) {
            if let Some(cell) = self.cell(at, row) {
                cell.set_style(style);
            }
        }
    }
}

/// Whether each byte is a character of one cell: numbers are, and there are many of them on a screen.
fn is_simple(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// How many cells `text` takes.
pub(crate) fn width(text: &str) -> i32 {
    i32::try_from(cells(text)).unwrap_or(i32::MAX)
}

/// The start of `text` that fits `room` cells, with `more` in the last cell if something was cut.
pub(crate) fn shorten(text: &str, room: i32, more: &str) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut left = room - width(more);
    if left < 0 {
        return String::new();
    }
    let mut short = String::new();
    for c in plain(text).chars() {
        left -= c.width().unwrap_or(0) as i32;
        if left < 0 {
            break;
        }
        short.push(c);
    }
    short + more
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(buffer: &Buffer) -> String {
        (0..buffer.area.width).map(|x| buffer[(x, 0)].symbol()).collect()
    }

    #[test]
    fn text_stays_inside_and_wide_characters_stay_whole() {
        for (column, text, expected) in [
            (0, "abcdefgh", "abcdef"),
            (4, "xyz", "    xy"),
            (-2, "abcd", "cd    "),
            (9, "x", "      "),
            (3, "日本", "   日 "),
            (0, "e\u{301}f\u{1b}", "e\u{301}f    "),
            (i32::MAX - 1, "abc", "      "),
            (i32::MIN, "abc", "      "),
        ] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
            Clip::new(&mut buffer, Rect::new(0, 0, 99, 99)).text(column, 0, text, Style::new());
            // The cell that the second half of a wide character covers is a blank of its own in the buffer.
            assert_eq!(line(&buffer), expected.replace("日 ", "日  "), "{text:?} at {column}");
        }
    }

    #[test]
    fn a_part_stays_inside_its_area() {
        let mut buffer = Buffer::empty(Rect::new(2, 2, 5, 4));
        let mut whole = Clip::new(&mut buffer, Rect::new(0, 0, 5, 5));
        for (column, row, width, height) in [(-9, -9, 99, 99), (1, 1, i32::MAX, i32::MAX), (9, 9, 1, 1), (2, 2, -4, 0)]
        {
            let part = whole.part(column, row, width, height).area;
            assert_eq!(part.intersection(Rect::new(2, 2, 3, 3)), part);
        }
    }

    #[test]
    fn shortened_text_fits_and_ends_with_a_sign() {
        for (text, cells, expected) in
            [("kernel", 6, "kernel"), ("kernel", 4, "ker…"), ("kernel", 1, "…"), ("a", 0, "")]
        {
            assert_eq!(shorten(text, cells, "…"), expected);
        }
    }
}
