//! The glossary: the words of the subject, each with its meaning.

use ratatui::{Frame, layout::Rect, style::Modifier, text::Line, widgets::Widget};
use unicode_width::UnicodeWidthStr;

use super::overlay::boxed;
use crate::{
    app::glossary::entries,
    course::spans,
    ui::{
        theme::Theme,
        words::{hanging, styled},
    },
    words,
};

/// A word up to this width is on the line of its meaning; a longer one has its own line.
const COLUMN: usize = 12;

/// Draws it.
pub fn draw(frame: &mut Frame, screen: Rect, scroll: usize, theme: &Theme) {
    let area = boxed(frame, screen, 76, screen.height.saturating_sub(2), &words::glossary::title(), theme);
    let width = usize::from(area.width);
    let bold = theme.text.add_modifier(Modifier::BOLD);
    let mut lines: Vec<Line<'static>> = Vec::new();
    for (word, meaning) in entries() {
        let runs = styled(&spans(&meaning), theme, theme.text);
        let mark = if word.width() <= COLUMN {
            format!("{word}{}  ", " ".repeat(COLUMN - word.width()))
        } else {
            lines.push(Line::styled(word, bold));
            " ".repeat(COLUMN + 2)
        };
        lines.extend(hanging(&mark, bold, &runs, width));
    }
    let room = usize::from(area.height);
    let hidden = lines.len().saturating_sub(room);
    let scroll = scroll.min(hidden);
    for (i, line) in lines.iter().skip(scroll).take(room).enumerate() {
        line.render(Rect { y: area.y + i as u16, height: 1, ..area }, frame.buffer_mut());
    }
    if hidden > scroll {
        let more = format!(" {} {} ", theme.glyphs().down, words::glossary::more(hidden - scroll));
        let width = more.width() as u16;
        let place = Rect { x: area.right().saturating_sub(width), y: area.bottom(), width, height: 1 };
        Line::styled(more, theme.key).render(place.intersection(screen), frame.buffer_mut());
    }
}
