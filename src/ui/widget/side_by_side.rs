//! Two ways of one pass side by side: a line for each value, the first difference marked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::clip::{Clip, shorten, width};
use crate::network::number::{Digits, number};
use crate::ui::theme::Theme;
use crate::words;

/// A value both ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its address, and what it is: `dense.a[0]`.
    pub name: String,
    /// Done right; `None` where the right way has no such value.
    pub right: Option<f32>,
    /// The other way.
    pub wrong: Option<f32>,
    /// Whether the pass has come so far, and the value may be shown.
    pub known: bool,
}

impl Compared {
    fn differs(&self) -> bool {
        self.right.map(f32::to_bits) != self.wrong.map(f32::to_bits)
    }
}

/// The values of two passes.
#[derive(Clone, Copy)]
pub struct SideBySide<'a> {
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// What the two ways are called.
    pub titles: [&'a str; 2],
    /// How many values there are.
    pub count: usize,
    /// The value of a line.
    pub row: &'a dyn Fn(usize) -> Compared,
    /// The line that was reached last.
    pub current: Option<usize>,
    /// The first line that differs.
    pub first: Option<usize>,
    /// The line that stays in view.
    pub focus: usize,
    /// How the numbers are written.
    pub digits: Digits,
}

/// Lines that are seen above the one in view.
const ABOVE: usize = 3;

/// The widest name.
const NAME: i32 = 26;

impl Widget for &SideBySide<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut clip = Clip::new(buffer, area);
        if clip.is_empty() || self.count == 0 {
            return;
        }
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let lines = (clip.height() as usize).saturating_sub(1).max(1);
        let begin = self.focus.saturating_sub(ABOVE.min(lines / 3)).min(self.count.saturating_sub(lines));
        let rows: Vec<Compared> = (begin..self.count).take(lines).map(|line| (self.row)(line)).collect();
        let text = |row: &Compared, value: Option<f32>| match value {
            Some(value) if row.known => number(value, self.digits),
            Some(_) => "····".to_owned(),
            None => "-".to_owned(),
        };
        let texts: Vec<[String; 2]> = rows.iter().map(|row| [text(row, row.right), text(row, row.wrong)]).collect();
        let widest =
            |column: usize| texts.iter().map(|texts| width(&texts[column])).chain([width(self.titles[column])]).max();
        let numbers = [widest(0).unwrap_or(0), widest(1).unwrap_or(0)];
        let longest = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0).min(NAME);
        let name = longest.min((clip.width() - numbers[0] - numbers[1] - 8).max(4));
        let right = 2 + name + 2 + numbers[0];
        let wrong = right + 3 + numbers[1];
        // Where one line is all there is, it is a value.
        let top = i32::from(clip.height() > 1);
        if top > 0 {
            clip.text_before(right, 0, self.titles[0], theme.right);
            clip.text_before(wrong, 0, self.titles[1], theme.what_if);
        }
        for (i, (row, [right_text, wrong_text])) in rows.iter().zip(&texts).enumerate() {
            let (at, line) = (begin + i, top + i as i32);
            let (first, current) = (self.first == Some(at), self.current == Some(at));
            let differs = row.known && row.differs();
            let (base, other) = match (first && row.known, differs) {
                (true, _) => (theme.title, theme.wrong),
                (false, true) => (theme.text, theme.what_if),
                (false, false) => (theme.dim, theme.dim),
            };
            if first && row.known {
                clip.style(0, line, clip.width(), theme.shade);
            }
            if current {
                clip.sign(0, line, glyphs.right, theme.active);
            }
            clip.text(2, line, &shorten(&row.name, name, glyphs.more), base);
            clip.text_before(right, line, right_text, if differs { theme.right } else { base });
            clip.text_before(wrong, line, wrong_text, other);
            if differs {
                clip.sign(wrong + 1, line, glyphs.cross, other);
            }
            if first && row.known {
                let note = format!("{} {}", glyphs.left, words::bench::first_difference());
                if wrong + 3 + width(&note) <= clip.width() {
                    clip.text(wrong + 3, line, &note, theme.wrong);
                }
            }
        }
    }
}
