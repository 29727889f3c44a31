//! Cells become bytes, in memory; nothing is written here.

use std::io;

use crossterm::{
    cursor::{Hide, MoveTo, Show},
    queue,
};
use ratatui::{
    backend::{Backend, ClearType, CrosstermBackend, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
};

use crate::plain::{is_unsafe, plain};

/// Synchronized output: the terminal shows nothing between these two, so that no half frame is ever seen.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// Clears with the terminal's own background.
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";

/// A backend that collects one frame. Ratatui writes colour resets and the cursor in every frame; here only what
/// differs from what the terminal shows counts, so that an unchanged frame is empty.
#[derive(Debug)]
pub(super) struct Painter {
    frame: Vec<u8>,
    size: Size,
    cursor_shown: bool,
    /// Where the cursor was put, unless cells were drawn since.
    cursor_at: Option<Position>,
}

impl Painter {
    /// For a terminal of this size that was cleared and whose cursor is hidden.
    pub(super) fn new(columns: u16, rows: u16) -> Self {
        Self { frame: BEGIN.to_vec(), size: Size::new(columns, rows), cursor_shown: false, cursor_at: None }
    }

    /// Columns and rows.
    pub(super) fn columns_and_rows(&self) -> (u16, u16) {
        (self.size.width, self.size.height)
    }

    /// The terminal has another size. The next frame has to be a full one.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.size = Size::new(columns, rows);
    }

    /// Somebody else used the terminal: its cursor is hidden, where it is nobody knows.
    pub(super) fn forget(&mut self) {
        self.cursor_shown = false;
        self.cursor_at = None;
        self.begin();
    }

    /// Starts the next frame.
    pub(super) fn begin(&mut self) {
        self.frame.clear();
        self.frame.extend_from_slice(BEGIN);
    }

    /// The whole frame, and `after` it the question to the terminal; `None` if there is nothing to write.
    pub(super) fn finish(&mut self, after: Option<&str>) -> Option<&[u8]> {
        if self.frame.len() > BEGIN.len() {
            self.frame.extend_from_slice(END);
        } else if after.is_some() {
            self.frame.clear();
        } else {
            return None;
        }
        self.frame.extend_from_slice(after.unwrap_or_default().as_bytes());
        Some(&self.frame)
    }
}

impl Backend for Painter {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.cursor_at = None;
        // The last place before the terminal: whatever a title, a name or a paste contains, none of it is obeyed.
        let cells: Vec<(u16, u16, &Cell)> = content.collect();
        let is_clean = |cell: &Cell| !cell.symbol().chars().any(is_unsafe);
        if cells.iter().all(|(_, _, cell)| is_clean(cell)) {
            return CrosstermBackend::new(&mut self.frame).draw(cells.into_iter());
        }
        let cleaned: Vec<(u16, u16, Cell)> = cells
            .into_iter()
            .map(|(x, y, cell)| {
                let mut cell = cell.clone();
                let symbol = plain(cell.symbol()).into_owned();
                cell.set_symbol(if symbol.is_empty() { " " } else { &symbol });
                (x, y, cell)
            })
            .collect();
        CrosstermBackend::new(&mut self.frame).draw(cleaned.iter().map(|(x, y, cell)| (*x, *y, cell)))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown {
            self.cursor_shown = false;
            queue!(self.frame, Hide)?;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if !self.cursor_shown {
            self.cursor_shown = true;
            queue!(self.frame, Show)?;
        }
        Ok(())
    }

    /// The last position it was put at: the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor_at.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor_at != Some(position) {
            self.cursor_at = Some(position);
            queue!(self.frame, MoveTo(position.x, position.y))?;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// A full-screen view is only ever cleared as a whole, which is what this does for every kind.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        // Ratatui clears twice when the width shrinks.
        if !self.frame.ends_with(CLEAR) {
            self.frame.extend_from_slice(CLEAR);
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    /// Nothing: the caller of [`Painter::finish`] writes the frame.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::num::NonZeroU16;

    use ratatui::{Frame, Terminal, layout::Rect, style::Color, widgets::Paragraph};

    use super::*;

    fn frame(terminal: &mut Terminal<Painter>, draw: impl FnOnce(&mut Frame)) -> Option<String> {
        terminal.draw(draw).unwrap();
        let frame = terminal.backend_mut().finish(None).map(|bytes| String::from_utf8(bytes.to_vec()).unwrap());
        terminal.backend_mut().begin();
        frame
    }

    fn text(words: &'static str) -> impl FnOnce(&mut Frame) {
        move |frame| frame.render_widget(Paragraph::new(words), frame.area())
    }

    #[test]
    fn a_frame_is_wrapped_in_synchronized_output_and_an_equal_frame_is_nothing() {
        let mut terminal = Terminal::new(Painter::new(10, 2)).unwrap();
        let first = frame(&mut terminal, text("hello")).unwrap();
        assert!(first.starts_with("\x1b[?2026h"), "{first:?}");
        assert!(first.ends_with("\x1b[?2026l"), "{first:?}");
        assert!(first.contains("hello"), "{first:?}");
        assert_eq!(frame(&mut terminal, text("hello")), None);
        assert!(frame(&mut terminal, text("help")).is_some());
    }

    #[test]
    fn the_cursor_is_written_only_when_it_changes() {
        let mut terminal = Terminal::new(Painter::new(10, 2)).unwrap();
        let at = |x| move |frame: &mut Frame| frame.set_cursor_position((x, 1));
        let shown = frame(&mut terminal, at(3)).unwrap();
        assert_eq!(shown, "\x1b[?2026h\x1b[?25h\x1b[2;4H\x1b[?2026l");
        assert_eq!(frame(&mut terminal, at(3)), None);
        assert_eq!(frame(&mut terminal, at(4)).unwrap(), "\x1b[?2026h\x1b[2;5H\x1b[?2026l");
        assert_eq!(frame(&mut terminal, |_| ()).unwrap(), "\x1b[?2026h\x1b[?25l\x1b[?2026l");
        assert_eq!(frame(&mut terminal, |_| ()), None);
    }

    #[test]
    fn drawing_cells_moves_the_cursor_so_it_is_put_back() {
        let mut terminal = Terminal::new(Painter::new(10, 2)).unwrap();
        let with = |words| {
            move |frame: &mut Frame| {
                text(words)(frame);
                frame.set_cursor_position((3, 1));
            }
        };
        frame(&mut terminal, with("a"));
        let second = frame(&mut terminal, with("b")).unwrap();
        assert!(second.ends_with("\x1b[2;4H\x1b[?2026l"), "{second:?}");
    }

    #[test]
    fn a_repaint_clears_once_and_holds_the_whole_screen_in_the_same_frame() {
        let mut terminal = Terminal::new(Painter::new(10, 2)).unwrap();
        frame(&mut terminal, text("hello"));
        for (columns, rows) in [(10, 2), (6, 1), (20, 5)] {
            terminal.backend_mut().resize(columns, rows);
            terminal.resize(Rect::new(0, 0, columns, rows)).unwrap();
            let repaint = frame(&mut terminal, text("hello")).unwrap();
            assert_eq!(repaint.matches("\x1b[2J").count(), 1, "{columns}x{rows}: {repaint:?}");
            assert!(repaint.find("\x1b[2J") < repaint.find("hello"), "{columns}x{rows}: {repaint:?}");
        }
    }

    #[test]
    fn nothing_that_a_cell_contains_is_obeyed_or_turns_the_line() {
        let mut terminal = Terminal::new(Painter::new(10, 1)).unwrap();
        let bytes = frame(&mut terminal, |frame| {
            for (x, symbol) in ["a\u{202e}", "b\u{200b}", "\u{2066}c", "e\u{301}"].into_iter().enumerate() {
                frame.buffer_mut()[(x as u16, 0)].set_symbol(symbol);
            }
        });
        let bytes = bytes.unwrap();
        assert!(bytes.contains("abce\u{301}"), "{bytes:?}");
    }

    #[test]
    fn the_question_follows_the_frame_and_needs_none() {
        let mut painter = Painter::new(10, 2);
        painter.show_cursor().unwrap();
        assert_eq!(painter.finish(Some("?")), Some(&b"\x1b[?2026h\x1b[?25h\x1b[?2026l?"[..]));
        let mut painter = Painter::new(10, 2);
        assert_eq!(painter.finish(Some("?")), Some(&b"?"[..]));
    }

    #[test]
    fn a_terminal_shows_the_cells_that_were_drawn() {
        let mut terminal = Terminal::new(Painter::new(20, 4)).unwrap();
        let mut parser = vt100::Parser::new(NonZeroU16::new(4).unwrap(), NonZeroU16::new(20).unwrap(), 0);
        for words in ["one two", "一二三 four", "", "one\ntwo\nthree\nfour"] {
            let bytes = frame(&mut terminal, |frame| {
                frame.render_widget(Paragraph::new(words).style(Color::Red), frame.area());
            });
            parser.process(bytes.unwrap_or_default().as_bytes());
            let shown: Vec<String> = parser.screen().rows(0, 20).map(|row| row.trim_end().to_owned()).collect();
            let mut expected: Vec<&str> = words.lines().collect();
            expected.resize(4, "");
            assert_eq!(shown, expected, "{words:?}");
        }
    }
}
