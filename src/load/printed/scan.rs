//! The text as a parser sees it: white space, words, quotations, numbers.

use super::error::Problem;
use super::excerpt::quoted;

/// A place in the text that only moves forward, and the line it is on.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    /// Byte offset, always between two characters.
    pub(super) at: usize,
    /// 1-based.
    pub(super) line: usize,
}

/// A number as it was printed.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) value: f32,
    /// Digits after the point; `None` without a point.
    pub(super) decimals: Option<u8>,
}

impl<'t> Scan<'t> {
    /// A byte order mark, which some editors put first, is passed over.
    pub(super) fn new(text: &'t str) -> Self {
        let at = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Self { text, at, line: 1 }
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes over the next character.
    pub(super) fn bump(&mut self) {
        if let Some(c) = self.peek() {
            self.at += c.len_utf8();
            self.line += usize::from(c == '\n');
        }
    }

    /// Passes over `c` if it is next.
    pub(super) fn eat(&mut self, c: char) -> bool {
        let is_next = self.peek() == Some(c);
        if is_next {
            self.bump();
        }
        is_next
    }

    /// Passes over white space, line ends and no-break spaces included.
    pub(super) fn space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
    }

    /// The next run of letters, digits and `_ . + -`: a number, a (dotted) word, or `...`.
    pub(super) fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Passes over a quotation on one line, e.g. `'dense/kernel:0'`; false if there is none.
    pub(super) fn quotation(&mut self) -> bool {
        let Some(quote @ ('\'' | '"')) = self.peek() else {
            return false;
        };
        let inside = &self.rest()[1..];
        // Not past the first of both, or a text of quotation marks would take quadratic time.
        match inside.find([quote, '\n']) {
            Some(length) if inside[length..].starts_with(quote) => {
                self.at += length + 2;
                true
            }
            _ => false,
        }
    }
}

/// Whether `c` can be part of a number or word; U+2212 is the minus sign of typeset pages.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-' | '\u{2212}' | '…')
}

/// Whether `word` stands for the values that a print left out.
pub(super) fn is_ellipsis(word: &str) -> bool {
    word == "…" || (word.len() >= 3 && word.bytes().all(|byte| byte == b'.'))
}

/// Reads a number. The decimal text is rounded once, to the nearest float32.
pub(super) fn number(word: &str) -> Result<Number, Problem> {
    let ascii;
    let plain = if word.contains('\u{2212}') {
        ascii = word.replace('\u{2212}', "-");
        &ascii
    } else {
        word
    };
    let Ok(value) = plain.parse::<f32>() else {
        // `nan` and `inf` are numbers too, so only the first character tells what was meant.
        let numeric = plain.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
        let word = quoted(word);
        return Err(if numeric { Problem::NotANumber(word) } else { Problem::UnknownWord(word) });
    };
    if value.is_infinite() && plain.contains(|c: char| c.is_ascii_digit()) {
        return Err(Problem::OutOfRange(quoted(word)));
    }
    let decimals = plain.split_once('.').map(|(_, after)| {
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        u8::try_from(digits).unwrap_or(u8::MAX)
    });
    Ok(Number { value, decimals })
}
