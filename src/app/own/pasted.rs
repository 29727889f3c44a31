//! Many lines of text with a cursor.

use crate::app::field::Edit;

/// Longer texts are refused: nobody follows so many weights by hand.
pub const MOST_BYTES: usize = 16 << 20;

/// A text of many lines and a cursor in it.
#[derive(Debug, Clone, Default)]
pub struct Pasted {
    text: String,
    /// A position in bytes, at a character's beginning.
    cursor: usize,
}

impl Pasted {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cursor, in bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Changes the text. `false` if it would become too long; then nothing changes.
    pub fn edit(&mut self, edit: Edit) -> bool {
        match edit {
            Edit::Insert(c) => return self.insert(c.encode_utf8(&mut [0; 4])),
            // Terminals send line ends as carriage returns.
            Edit::Paste(text) if text.contains('\r') => {
                return self.insert(&text.replace("\r\n", "\n").replace('\r', "\n"));
            }
            Edit::Paste(text) => return self.insert(&text),
            Edit::Backspace => self.remove_back_to(self.before()),
            Edit::Delete => {
                let after = self.after();
                self.text.replace_range(self.cursor..after, "");
            }
            Edit::Left => self.cursor = self.before(),
            Edit::Right => self.cursor = self.after(),
            Edit::Home => self.cursor = self.line_start(self.cursor),
            Edit::End => self.cursor = self.line_end(self.cursor),
            Edit::Clear => (self.text, self.cursor) = (String::new(), 0),
            Edit::DeleteWord => {
                let before = &self.text[..self.cursor];
                let word = before.trim_end_matches(char::is_whitespace).trim_end_matches(|c: char| !c.is_whitespace());
                self.remove_back_to(word.len());
            }
        }
        true
    }

    /// Puts the cursor at the text's beginning.
    pub fn to_start(&mut self) {
        self.cursor = 0;
    }

    /// Moves the cursor by so many lines, in its column as far as there is one.
    pub fn move_lines(&mut self, by: isize) {
        let column = self.text[self.line_start(self.cursor)..self.cursor].chars().count();
        for _ in 0..by.unsigned_abs() {
            let here = self.line_start(self.cursor);
            let start = if by < 0 {
                if here == 0 {
                    break;
                }
                self.line_start(here - 1)
            } else {
                match self.line_end(self.cursor) {
                    end if end == self.text.len() => break,
                    end => end + 1,
                }
            };
            let line = &self.text[start..self.line_end(start)];
            self.cursor = start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        }
    }

    /// The line of the cursor, and its column in characters; both from 0.
    pub fn place(&self) -> (usize, usize) {
        let start = self.line_start(self.cursor);
        (count_lines(&self.text[..start]), self.text[start..self.cursor].chars().count())
    }

    fn insert(&mut self, text: &str) -> bool {
        if self.text.len() + text.len() > MOST_BYTES {
            return false;
        }
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
        true
    }

    fn remove_back_to(&mut self, to: usize) {
        self.text.replace_range(to..self.cursor, "");
        self.cursor = to;
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].char_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.text[self.cursor..].chars().next().map_or(self.cursor, |c| self.cursor + c.len_utf8())
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |before| before + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |after| at + after)
    }
}

fn count_lines(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(text: &str) -> Pasted {
        let mut pasted = Pasted::default();
        assert!(pasted.edit(Edit::Paste(text.to_owned())));
        pasted
    }

    #[test]
    fn line_ends_of_every_kind_become_one() {
        assert_eq!(pasted("a\r\nb\rc\nd").text(), "a\nb\nc\nd");
    }

    #[test]
    fn the_cursor_keeps_its_column_where_the_line_is_long_enough() {
        let mut text = pasted("one two\nx\nthree four");
        assert_eq!(text.place(), (2, 10));
        text.move_lines(-1);
        assert_eq!(text.place(), (1, 1));
        text.move_lines(-5);
        assert_eq!(text.place(), (0, 1));
        text.move_lines(9);
        assert_eq!(text.place(), (2, 1));
    }

    #[test]
    fn characters_of_several_bytes_are_kept_whole() {
        let mut text = pasted("aé→b");
        for _ in 0..2 {
            assert!(text.edit(Edit::Left));
        }
        assert!(text.edit(Edit::Backspace));
        assert_eq!(text.text(), "a→b");
        assert!(text.edit(Edit::Delete));
        assert_eq!((text.text(), text.cursor()), ("ab", 1));
        assert!(text.edit(Edit::End) && text.edit(Edit::DeleteWord));
        assert_eq!((text.text(), text.cursor()), ("", 0));
    }

    #[test]
    fn a_text_beyond_the_bound_changes_nothing() {
        let mut text = pasted("[1.]");
        assert!(!text.edit(Edit::Paste("x".repeat(MOST_BYTES))));
        assert_eq!(text.text(), "[1.]");
    }
}
