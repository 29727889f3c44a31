//! A plane of an array: values in rows and columns, the window that a step reads, the value at which it is.
//!
//! ```text
//!  image[:,:,0] (6, 6)
//!      0    1    2    3
//!  0  0.1[ 0.2  0.3  0.4]   numbers where they fit, else one coloured cell a value;
//!  1  0.5[ 0.6  0.7  0.8]   the window is in brackets, the value in use is marked
//! ```

use ratatui::{buffer::Buffer, layout::Rect, style::Modifier, widgets::Widget};

use super::{
    clip::{Clip, shorten, width},
    matrix::{around, digits},
};
use crate::{network::number::decimals, ui::theme::Theme};

/// Rows and columns of numbers, a window on them that follows the value in use.
#[derive(Clone, Copy)]
pub struct PlaneView<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// What it is called: `conv2d.wx[:,:,3]`.
    pub title: &'a str,
    /// How many rows and columns there are.
    pub size: (usize, usize),
    /// The value at (row, column); `None` while it is not known.
    pub value: &'a dyn Fn(usize, usize) -> Option<f32>,
    /// The size of value that has full colour.
    pub largest: f32,
    /// The value in use, if one of the plane is.
    pub current: Option<(usize, usize)>,
    /// The value around which a plane that is too large is shown.
    pub centre: Option<(usize, usize)>,
    /// The smallest window around all values that the work at hand reads: first row and column, last row and column.
    pub window: Option<((usize, usize), (usize, usize))>,
    /// The most digits after the point.
    pub decimals: usize,
}

/// How the cells are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cells {
    /// Numbers of this width, with so many decimals.
    Numbers { width: i32, decimals: usize },
    /// One block of two columns a value.
    Blocks,
}

impl PlaneView<'_> {
    /// The width that all columns need at `decimals`, with the index before them.
    pub fn wanted(&self, decimals: usize) -> u16 {
        let number = self.number_width(decimals);
        let columns = self.size.1.min(1_000) as i32;
        (digits(self.size.0) + 1 + columns * (number + 1) + 1).clamp(0, 5_000) as u16
    }

    fn number_width(&self, decimals: usize) -> i32 {
        let whole = match self.largest.abs() {
            size if size.is_finite() && size >= 1.0 => size.log10().floor() as i32 + 1,
            _ => 1,
        };
        (1 + whole.min(6) + i32::from(decimals > 0) + decimals as i32).max(4)
    }

    fn cells(&self, wide: i32, high: i32) -> Cells {
        let index = digits(self.size.0) + 1;
        let fits = |decimals: &usize| index + self.size.1.min(1_000) as i32 * (self.number_width(*decimals) + 1) < wide;
        let least = self.decimals.min(2);
        let chosen = (least..=self.decimals).rev().find(fits);
        // A large plane that fits as blocks is seen whole; the numbers in use stand in the calculation.
        let blocks = index + 2 * (self.size.1.min(1_000) as i32) < wide && self.size.0.min(1_000) as i32 <= high - 2;
        match chosen {
            Some(decimals) if self.size.0.min(1_000) as i32 <= high - 2 || !blocks => {
                Cells::Numbers { width: self.number_width(decimals), decimals }
            }
            _ if blocks && self.size.0 * self.size.1 > 64 => Cells::Blocks,
            _ => Cells::Numbers { width: self.number_width(least), decimals: least },
        }
    }

    fn text(value: f32, room: i32, places: usize) -> String {
        let texts = (0..=places).rev().map(|count| decimals(value, count)).chain([format!("{value:.0e}")]);
        texts.into_iter().find(|text| width(text) <= room).unwrap_or_else(|| "#".to_owned())
    }

    fn is_in_window(&self, row: usize, column: usize) -> bool {
        self.window.is_some_and(|((top, left), (bottom, right))| {
            (top..=bottom).contains(&row) && (left..=right).contains(&column)
        })
    }

    /// A sign for the size of a value where there are no colours.
    fn shade(&self, value: f32) -> &'static str {
        const SHADES: [&str; 5] = ["  ", "..", "::", "++", "##"];
        let share = if self.largest > 0.0 { (value.abs() / self.largest).min(1.0) } else { 0.0 };
        if value.is_nan() { "??" } else { SHADES[(share * 4.0).ceil() as usize] }
    }
}

impl Widget for &PlaneView<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut clip = Clip::new(buffer, area);
        if clip.is_empty() || self.size.0 == 0 || self.size.1 == 0 {
            return;
        }
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        clip.text(0, 0, &shorten(self.title, clip.width(), glyphs.more), theme.title);
        let cells = self.cells(clip.width(), clip.height());
        let stride = match cells {
            Cells::Numbers { width, .. } => width + 1,
            Cells::Blocks => 2,
        };
        let index = digits(self.size.0);
        let across = ((clip.width() - index - 2) / stride).max(1) as usize;
        let mut down = (clip.height() - 2).max(1) as usize;
        if down < self.size.0 {
            down = down.saturating_sub(usize::from(down > 2));
        }
        let middle = self
            .window
            .map(|((top, left), (bottom, right))| (usize::midpoint(top, bottom), usize::midpoint(left, right)));
        // The window is seen whole where it can be; else the value in use.
        let large =
            self.window.is_some_and(|((top, left), (bottom, right))| bottom - top >= down || right - left >= across);
        let near = self.current.or(self.centre);
        let at = if large { near.or(middle) } else { middle.or(near) }.unwrap_or((0, 0));
        let (rows, columns) = (around(self.size.0, down, at.0), around(self.size.1, across, at.1));
        let left = |column: usize| index + 1 + (column - columns.0) as i32 * stride;
        for column in columns.0..columns.1 {
            let used = self.current.is_some_and(|(_, current)| current == column);
            let style = if used { theme.active } else { theme.dim };
            let name = column.to_string();
            match cells {
                Cells::Numbers { .. } => clip.text_before(left(column) + stride, 1, &name, style),
                // Every fifth column has room for its number.
                Cells::Blocks if column.is_multiple_of(5) || used => {
                    clip.text(left(column) + 1, 1, &name, style);
                }
                Cells::Blocks => {}
            }
        }
        if columns.1 < self.size.1 {
            clip.sign(clip.width() - 1, 1, glyphs.more, theme.dim);
        }
        for (line, row) in (2..).zip(rows.0..rows.1) {
            let used = self.current.is_some_and(|(current, _)| current == row);
            clip.text_before(index, line, &row.to_string(), if used { theme.active } else { theme.dim });
            for column in columns.0..columns.1 {
                let (value, at) = ((self.value)(row, column), left(column));
                let inside = self.is_in_window(row, column);
                let is_current = self.current == Some((row, column));
                match (cells, value) {
                    (_, None) => {
                        let dots = if stride > 3 { "····" } else { "·" };
                        clip.text_before(at + stride, line, dots, theme.dim);
                    }
                    (Cells::Numbers { width, decimals }, Some(value)) => {
                        let heat = theme.heat(value, self.largest);
                        let heat = if inside { heat.add_modifier(Modifier::BOLD) } else { heat };
                        clip.line(at, line, stride, " ", heat);
                        clip.text_before(at + stride, line, &PlaneView::text(value, width, decimals), heat);
                    }
                    (Cells::Blocks, Some(value)) => {
                        let heat = theme.heat(value, self.largest);
                        let sign = if is_current {
                            "[]"
                        } else if theme.level == crate::ui::theme::ColorLevel::None {
                            self.shade(value)
                        } else {
                            "  "
                        };
                        let heat = if inside || is_current { heat.add_modifier(Modifier::BOLD) } else { heat };
                        clip.text(at, line, if inside && sign == "  " { "··" } else { sign }, heat);
                    }
                }
                if let Cells::Numbers { .. } = cells {
                    // Brackets around the window's rows, a pointer at the value in use.
                    if is_current {
                        clip.sign(at, line, glyphs.right, theme.active);
                    } else if inside && (column == columns.0 || !self.is_in_window(row, column - 1)) {
                        clip.sign(at, line, "[", theme.active);
                    }
                    if inside && !self.is_in_window(row, column + 1) {
                        clip.sign(at + stride, line, "]", theme.active);
                    }
                }
            }
        }
        if rows.1 < self.size.0 {
            clip.sign(index - 1, 2 + (rows.1 - rows.0) as i32, glyphs.ellipsis, theme.dim);
        }
    }
}
