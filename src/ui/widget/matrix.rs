//! A matrix as a heat map with its numbers, indexed as `NumPy` does. Only the cells that are seen are asked for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::clip::{Clip, shorten, width};
use crate::network::number::decimals;
use crate::ui::theme::Theme;
use crate::words;

/// A window on a matrix of any size; it follows the cursor.
#[derive(Clone, Copy)]
pub struct MatrixView<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// What the matrix is called: `kernel`.
    pub name: &'a str,
    /// The same, and what its rows and columns are; shown where there is room for it.
    pub title: &'a str,
    /// How many rows there are.
    pub rows: usize,
    /// How many columns there are.
    pub columns: usize,
    /// The value at (row, column).
    pub value: &'a dyn Fn(usize, usize) -> f32,
    /// The size of value that has full colour; it also decides how wide a number is.
    pub largest: f32,
    /// Digits after the point.
    pub decimals: usize,
    /// The selected (row, column); the window is around it.
    pub cursor: Option<(usize, usize)>,
    /// A row in use by the step shown.
    pub row: Option<usize>,
    /// A column in use by the step shown.
    pub column: Option<usize>,
    /// What the last row is called instead of its index, such as `bias`.
    pub last_row: Option<&'a str>,
    /// Whether the learner changed (row, column).
    pub edited: &'a dyn Fn(usize, usize) -> bool,
}

/// The rows and columns that are seen, half open, and the widths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    rows: (usize, usize),
    columns: (usize, usize),
    index: i32,
    number: i32,
}

/// `room` of `count` items around `at`, as near the middle as the ends allow.
pub(in crate::ui) fn around(count: usize, room: usize, at: usize) -> (usize, usize) {
    let room = room.min(count);
    let first = at.min(count.saturating_sub(1)).saturating_sub(room / 2).min(count - room);
    (first, first + room)
}

pub(super) fn digits(count: usize) -> i32 {
    count.saturating_sub(1).checked_ilog10().unwrap_or(0) as i32 + 1
}

impl MatrixView<'_> {
    /// A cell is `[number*`, the `]` belongs to the next one.
    const AROUND: i32 = 2;

    /// The (row, column) under a place of the screen, if there is one.
    #[must_use]
    pub fn cell_at(&self, area: Rect, column: u16, row: u16) -> Option<(usize, usize)> {
        let window = self.window(i32::from(area.width), i32::from(area.height));
        let right = i32::from(column) - i32::from(area.x) - window.index - 1;
        let down = i32::from(row) - i32::from(area.y) - 2;
        if right < 0 || down < 0 || !area.contains((column, row).into()) {
            return None;
        }
        let found =
            (window.rows.0 + down as usize, window.columns.0 + (right / (window.number + Self::AROUND)) as usize);
        (found.0 < window.rows.1 && found.1 < window.columns.1).then_some(found)
    }

    fn number_width(&self) -> i32 {
        let whole = match self.largest.abs() {
            size if size.is_finite() && size >= 1.0 => size.log10().floor() as i32 + 1,
            _ => 1,
        };
        let point = i32::from(self.decimals > 0);
        // Beyond six digits numbers take an exponent; nan, inf and -inf always fit.
        (1 + whole.min(6) + point + self.decimals.min(12) as i32).max(4)
    }

    fn window(&self, wide: i32, high: i32) -> Window {
        let (index, number) = (digits(self.rows).max(self.last_row.map_or(0, width)), self.number_width());
        let across = ((wide - index - 2) / (number + Self::AROUND)).max(0) as usize;
        let mut down = (high - 2).max(0) as usize;
        if down < self.rows {
            // The last line says that there is more.
            down = down.saturating_sub(usize::from(down > 2));
        }
        let (row, column) = self.cursor.unwrap_or((self.row.unwrap_or(0), self.column.unwrap_or(0)));
        Window { rows: around(self.rows, down, row), columns: around(self.columns, across, column), index, number }
    }

    fn text(&self, value: f32, room: i32) -> String {
        let text = decimals(value, self.decimals);
        if width(&text) <= room {
            return text;
        }
        // An exponent with fewer digits, then the plain form, then a sign that says it does not fit.
        let short = (0..=self.decimals.min(12)).rev().map(|count| decimals(value, count));
        let plain = std::iter::once(format!("{value:.*}", self.decimals.min(12)));
        let fits = |text: &String| width(text) <= room;
        if value.abs() < 1.0 {
            return plain.chain(short).find(fits).unwrap_or_else(|| "#".to_owned());
        }
        short.chain(plain).find(fits).unwrap_or_else(|| "#".to_owned())
    }

    fn title(&self, clip: &mut Clip<'_>, window: &Window) {
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        // The description of rows and columns is shown whole or not at all.
        let name = if width(self.title) <= clip.width() { self.title } else { self.name };
        let at = clip.text(0, 0, &shorten(name, clip.width(), glyphs.more), theme.title);
        let mut about = format!(" ({}, {})", self.rows, self.columns);
        let whole = (window.rows.1 - window.rows.0, window.columns.1 - window.columns.0) == (self.rows, self.columns);
        if !whole {
            let range = |(first, end): (usize, usize)| match end - first {
                0 => words::bench::none(),
                1 => format!("{first}"),
                _ => format!("{first}-{}", end - 1),
            };
            let seen = format!("  {}", words::bench::shown_part(range(window.columns), range(window.rows)));
            if at + width(&about) + width(&seen) <= clip.width() {
                about += &seen;
            }
        }
        if at + width(&about) <= clip.width() {
            clip.text(at, 0, &about, theme.dim);
        }
    }
}

impl Widget for &MatrixView<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut clip = Clip::new(buffer, area);
        if clip.is_empty() {
            return;
        }
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let window = self.window(clip.width(), clip.height());
        let stride = window.number + MatrixView::AROUND;
        let left = |column: usize| window.index + 1 + (column - window.columns.0) as i32 * stride;
        let in_use = |used: bool| if used { theme.active } else { theme.dim };
        self.title(&mut clip, &window);

        let (cursor_row, cursor_column) = self.cursor.unzip();
        for column in window.columns.0..window.columns.1 {
            let used = self.column == Some(column) || cursor_column == Some(column);
            clip.text_before(left(column) + 1 + window.number, 1, &column.to_string(), in_use(used));
        }
        let end = left(window.columns.1);
        if window.columns.0 > 0 {
            clip.sign(window.index + 1, 1, glyphs.more, theme.dim);
        }
        if window.columns.1 < self.columns {
            clip.sign(end, 1, glyphs.more, theme.dim);
        }
        if window.rows.0 > 0 {
            clip.sign(window.index - 1, 1, glyphs.ellipsis, theme.dim);
        }
        for (line, row) in (2..).zip(window.rows.0..window.rows.1) {
            let used = self.row == Some(row) || cursor_row == Some(row);
            match self.last_row.filter(|_| row + 1 == self.rows) {
                Some(name) => clip.text_before(window.index, line, name, in_use(used)),
                None => clip.text_before(window.index, line, &row.to_string(), in_use(used)),
            }
            for column in window.columns.0..window.columns.1 {
                let (value, at) = ((self.value)(row, column), left(column));
                let heat = theme.heat(value, self.largest);
                clip.line(at, line, stride, " ", heat);
                clip.text_before(at + 1 + window.number, line, &self.text(value, window.number), heat);
                let crossing = self.row == Some(row) || self.column == Some(column);
                if crossing {
                    clip.style(at, line, stride, heat.add_modifier(ratatui::style::Modifier::BOLD));
                }
                if (self.edited)(row, column) {
                    clip.sign(
                        at + 1 + window.number,
                        line,
                        glyphs.edited,
                        heat.add_modifier(ratatui::style::Modifier::BOLD),
                    );
                }
            }
        }
        let below = 2 + (window.rows.1 - window.rows.0) as i32;
        if window.rows.1 < self.rows {
            clip.sign(window.index - 1, below, glyphs.ellipsis, theme.dim);
        }
        if let Some((row, column)) = self.cursor {
            let seen =
                (window.rows.0..window.rows.1).contains(&row) && (window.columns.0..window.columns.1).contains(&column);
            if seen {
                let (at, line) = (left(column), 2 + (row - window.rows.0) as i32);
                clip.sign(at, line, "[", theme.active);
                clip.sign(at + stride, line, "]", theme.active);
                clip.style(at, line, stride, ratatui::style::Style::new().add_modifier(ratatui::style::Modifier::BOLD));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::{Background, ColorLevel};
    use std::cell::Cell;

    #[test]
    fn the_window_contains_the_cursor_and_stays_inside() {
        for count in 1..20 {
            for room in 1..24 {
                for at in 0..count {
                    let (first, end) = around(count, room, at);
                    assert!((first..end).contains(&at) && end <= count && end - first == room.min(count));
                }
            }
        }
        assert_eq!(around(0, 5, 3), (0, 0));
    }

    #[test]
    fn only_the_cells_that_are_seen_are_asked_for() {
        let asked = Cell::new(0);
        let value = |row: usize, column: usize| {
            asked.set(asked.get() + 1);
            (row * 512 + column) as f32
        };
        let theme = Theme::new(ColorLevel::True, Background::Dark, false);
        let view = MatrixView {
            last_row: None,
            theme: &theme,
            name: "kernel",
            title: "kernel",
            rows: 784,
            columns: 512,
            value: &value,
            largest: 1.0,
            decimals: 4,
            cursor: Some((400, 300)),
            row: None,
            column: None,
            edited: &|_, _| false,
        };
        let area = Rect::new(0, 0, 80, 24);
        (&view).render(area, &mut Buffer::empty(area));
        assert!(asked.get() <= 80 * 24 / 8, "{}", asked.get());
    }

    #[test]
    fn the_mouse_finds_the_cell_it_sees() {
        let theme = Theme::new(ColorLevel::None, Background::Dark, false);
        let value = |row: usize, column: usize| (row * 10 + column) as f32;
        for cursor in [None, Some((0, 0)), Some((60, 70)), Some((99, 99))] {
            let view = MatrixView {
                last_row: None,
                theme: &theme,
                name: "kernel",
                title: "kernel",
                rows: 100,
                columns: 100,
                value: &value,
                largest: 999.0,
                decimals: 0,
                cursor,
                row: None,
                column: None,
                edited: &|_, _| false,
            };
            let area = Rect::new(3, 2, 50, 12);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 20));
            (&view).render(area, &mut buffer);
            let mut found = 0;
            for y in 0..20 {
                for x in 0..60 {
                    let Some((row, column)) = view.cell_at(area, x, y) else {
                        continue;
                    };
                    if buffer[(x, y)].symbol().chars().all(|c| c.is_ascii_digit()) {
                        let line: String = (x.saturating_sub(3)..=x).map(|x| buffer[(x, y)].symbol()).collect();
                        let last = format!("{}", row * 10 + column);
                        let end = buffer[(x + 1, y)].symbol().chars().all(|c| !c.is_ascii_digit());
                        assert!(!end || line.ends_with(&last), "{line} at {row},{column}");
                        found += usize::from(end);
                    }
                }
            }
            assert!(found > 20, "{found} numbers seen with {cursor:?}");
        }
    }

    #[test]
    fn numbers_never_leave_their_column() {
        let theme = Theme::new(ColorLevel::None, Background::Dark, false);
        for largest in [0.0, 0.5, 12.0, 1e9, f32::NAN, f32::INFINITY] {
            for places in [0, 2, 4, 8, usize::MAX] {
                let view = MatrixView {
                    last_row: None,
                    theme: &theme,
                    name: "",
                    title: "",
                    rows: 1,
                    columns: 1,
                    value: &|_, _| 0.0,
                    largest,
                    decimals: places.min(40),
                    cursor: None,
                    row: None,
                    column: None,
                    edited: &|_, _| false,
                };
                for value in [0.0, -0.25, 1e-9, -1e-9, 1234.5, -1e30, f32::NAN, f32::NEG_INFINITY] {
                    let room = view.number_width();
                    assert!(width(&view.text(value, room)) <= room, "{value} with {places} of {largest}");
                }
            }
        }
    }
}
