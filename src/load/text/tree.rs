//! Literals of any language to a tree: lists, dictionaries, calls, numbers.
//!
//! ```text
//! [array([[0.5, 1.]], dtype=float32), ...]   {'W1': [[..]], "b": 0.5}   { { weights = { 1, 2 }, bias = 3 } }
//! [0.1 0.2; 0.3 0.4]   {{1, 2}, {3, 4}}   <tf.Variable 'dense/kernel:0' shape=(1, 2) numpy=array(..)>
//! ```
//! Nested numbers become one [`Grid`] as they are read, so that a million numbers cost four million bytes and no objects. What
//! is no literal (code, prose in brackets) becomes [`Node::Other`]; whether that is an error depends on the text around it.

use super::{
    error::{Expected, Fault, Problem},
    number::{self, Number, Run, is_word},
};
use crate::load::found::Origin;

/// How deep brackets may be nested.
pub(super) const MOST_DEPTH: usize = 32;
/// How many items that are not plain numbers a text may have.
const MOST_ITEMS: usize = 1 << 18;

/// Boxed: it travels through every level and is nearly always absent.
pub(super) type Result<T> = std::result::Result<T, Box<Fault>>;

/// Nested numbers of a rectangular shape.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    pub(super) shape: Vec<usize>,
    pub(super) values: Vec<f32>,
    pub(super) decimals: Option<u8>,
    pub(super) at: usize,
    pub(super) origin: Origin,
    /// `array(...)` and the like: an array by itself, never a row of one.
    pub(super) whole: bool,
    /// Whether there are commas between its numbers; `None` if there is only one.
    pub(super) commas: Option<bool>,
    /// A flat list that was written on lines of equally many numbers: rows and columns.
    pub(super) lines: Option<(usize, usize)>,
    /// The bracket around it.
    pub(super) open: char,
}

/// Rows that do not have the same length.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ragged {
    pub(super) at: usize,
    pub(super) row: usize,
    pub(super) got: Vec<usize>,
    pub(super) expected: Vec<usize>,
}

/// A list that is no grid.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct List<'t> {
    pub(super) items: Vec<Item<'t>>,
    pub(super) at: usize,
    pub(super) open: char,
    pub(super) ragged: Option<Ragged>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item<'t> {
    /// `'W1':`, `weights =`, `dtype=`; or the name of a variable.
    pub(super) key: Option<&'t str>,
    pub(super) node: Node<'t>,
    pub(super) at: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node<'t> {
    Number(Number),
    Grid(Grid),
    List(List<'t>),
    /// `name(...)`, also `Name {..}`.
    Call(&'t str, List<'t>),
    Text(&'t str),
    Word(&'t str),
    /// An operator or another sign.
    Other,
}

/// What is left open at the end of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parsed {
    /// Where the literal ends.
    pub(super) end: usize,
    /// Whether the last bracket was missing.
    pub(super) mended: bool,
}

/// Reads text from `at` on.
#[expect(clippy::struct_excessive_bools, reason = "what was seen on the way, each by itself")]
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    items: usize,
    pub(super) in_tensor: bool,
    mended: bool,
    /// The last thing read was a closing bracket.
    pub(super) closed: bool,
    /// A number with a point was read.
    decimals: bool,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, items: 0, in_tensor: false, mended: false, closed: false, decimals: false }
    }

    /// The literal that begins here with a bracket, a wrapper or `<`.
    pub(super) fn literal(&mut self) -> Result<(Node<'t>, Parsed)> {
        let node = self.node(0)?;
        Ok((node, Parsed { end: self.at, mended: self.mended }))
    }

    /// Whether a number with a point was read: prose in brackets has none.
    pub(super) fn decimals_seen(&self) -> bool {
        self.decimals
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        // Nearly everything is ASCII.
        match self.text.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.rest().chars().next(),
            None => None,
        }
    }

    #[expect(clippy::unused_self, reason = "reads as the parser's own failure")]
    pub(super) fn fail<T>(&self, problem: Problem, at: usize) -> Result<T> {
        Err(Box::new(Fault { problem, at }))
    }

    /// Passes over white space and comments; whether a line ended.
    pub(super) fn space(&mut self) -> bool {
        let mut line_ended = false;
        loop {
            match self.peek() {
                Some('\n') => {
                    line_ended = true;
                    self.at += 1;
                }
                Some(c) if c.is_whitespace() => self.at += c.len_utf8(),
                Some('/' | '#' | '-' | '%') if self.comment() > 0 => self.at += self.comment(),
                _ => return line_ended,
            }
        }
    }

    /// How long the comment is that begins here.
    fn comment(&self) -> usize {
        let rest = self.rest();
        let blank_before =
            self.text[..self.at].chars().next_back().is_none_or(|c| c.is_whitespace() || ",;{[(".contains(c));
        let line = || rest.find('\n').unwrap_or(rest.len());
        if rest.starts_with("/*") {
            return rest.find("*/").map_or(rest.len(), |end| end + 2);
        }
        let lua = rest.starts_with("-- ") || rest.starts_with("--[");
        if rest.starts_with("//") || (blank_before && (rest.starts_with('#') || rest.starts_with('%') || lua)) {
            return line();
        }
        0
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let is_next = self.peek() == Some(c);
        if is_next {
            self.at += c.len_utf8();
        }
        is_next
    }

    fn count(&mut self, at: usize) -> Result<()> {
        self.items += 1;
        if self.items > MOST_ITEMS {
            return self.fail(Problem::TooMany(MOST_ITEMS), at);
        }
        Ok(())
    }

    /// One value.
    pub(super) fn node(&mut self, depth: usize) -> Result<Node<'t>> {
        if depth > MOST_DEPTH {
            return self.fail(Problem::TooDeep(MOST_DEPTH), self.at);
        }
        // `W^{(1)}`
        if self.text[..self.at].ends_with(['^', '_'])
            && let Some(end) = script(self.text, self.at)
        {
            self.at = end;
            return Ok(Node::Other);
        }
        match self.peek() {
            Some('[') => self.list('[', ']', depth),
            Some('(') => self.list('(', ')', depth),
            Some('{') => self.list('{', '}', depth),
            Some('<') => self.variable(depth),
            Some(quote @ ('\'' | '"')) => Ok(self.quotation(quote).map_or_else(
                || {
                    self.at += 1;
                    Node::Other
                },
                Node::Text,
            )),
            Some(c) if is_word(c) => self.word(depth),
            Some('…') => Ok(Node::Word(self.take('…'.len_utf8()))),
            Some(c) => {
                self.at += c.len_utf8();
                Ok(Node::Other)
            }
            None => Ok(Node::Other),
        }
    }

    pub(super) fn take(&mut self, bytes: usize) -> &'t str {
        let taken = &self.text[self.at..self.at + bytes];
        self.at += bytes;
        taken
    }

    /// `'dense/kernel:0'`, on one line.
    pub(super) fn quotation(&mut self, quote: char) -> Option<&'t str> {
        let inside = &self.rest()[1..];
        // Not past the first of both, or a text of quotation marks would take quadratic time.
        let length = inside.find([quote, '\n'])?;
        if !inside[length..].starts_with(quote) {
            return None;
        }
        self.at += length + 2;
        self.closed = false;
        Some(&inside[..length])
    }

    /// A number, a word, or a word with what it introduces.
    fn word(&mut self, depth: usize) -> Result<Node<'t>> {
        let at = self.at;
        self.closed = false;
        match number::run(self.rest()) {
            Run::Number(number, length) => {
                self.at += length;
                self.decimals |= number.decimals.is_some();
                Ok(Node::Number(number))
            }
            Run::TooLarge(length) => {
                self.fail(Problem::OutOfRange(super::excerpt::quoted(&self.text[at..at + length])), at)
            }
            Run::Nothing => {
                self.at += self.peek().map_or(0, char::len_utf8);
                Ok(Node::Other)
            }
            Run::Word(length) => {
                let word = self.take(length);
                if word == "Parameter" && self.rest().starts_with(" containing:") {
                    self.at += " containing:".len();
                    self.space();
                    return self.node(depth + 1);
                }
                self.introduced(word, at, depth)
            }
        }
    }

    pub(super) fn expected<T>(&self, expected: Expected, begin: usize, close: char) -> Result<T> {
        if self.peek().is_none() {
            return self.fail(Problem::unclosed(close), begin);
        }
        self.fail(Problem::unexpected(self.rest(), expected), self.at)
    }

    /// A list and everything in it, from its bracket to `close`.
    pub(super) fn list(&mut self, open: char, close: char, depth: usize) -> Result<Node<'t>> {
        let begin = self.at;
        self.at += 1;
        self.closed = false;
        let mut list = super::list::Building::new(begin, open);
        let mut key: Option<&'t str> = None;
        loop {
            let line_ended = self.space();
            let at = self.at;
            let Some(c) = self.peek() else {
                // One bracket lost at the very end, after something that is whole.
                if depth == 0 && self.closed && list.is_worth_mending() {
                    self.mended = true;
                    break;
                }
                return self.fail(Problem::unclosed(close), begin);
            };
            match c {
                _ if c == close => {
                    self.at += 1;
                    break;
                }
                ']' | ')' | '}' => return self.fail(Problem::unexpected(self.rest(), in_list(close)), at),
                ',' => {
                    self.at += 1;
                    if list.comma() {
                        return self.fail(Problem::unexpected(&self.text[at..], in_list(close)), at);
                    }
                }
                ';' => {
                    self.at += 1;
                    list.semicolon(at)?;
                }
                '=' | ':' => {
                    self.at += 1;
                    let _ = self.eat('>') || self.eat('=');
                    key = list.key();
                }
                _ => {
                    if line_ended {
                        list.line();
                    }
                    self.sign(&mut list);
                    let from = self.at;
                    let node = self.node(depth + 1)?;
                    let number = matches!(node, Node::Number(_));
                    if matches!(node, Node::Word(word) if is_ellipsis(word)) && list.is_numeric() {
                        let problem = if self.in_tensor { Problem::CutShortTensor } else { Problem::CutShort };
                        return self.fail(problem, from);
                    }
                    let span = &self.text[from..self.at];
                    if !number {
                        self.count(from)?;
                    }
                    list.item(key.take(), node, at, span)?;
                }
            }
        }
        self.closed = true;
        list.finish(self)
    }

    /// A sign with a blank behind it, as recognised text has it: `– 0.60`.
    fn sign(&mut self, list: &mut super::list::Building<'_>) {
        let rest = self.rest();
        let Some(sign) = rest.chars().next().filter(|&c| number::minus(c) && !list.after_number()) else { return };
        let after = &rest[sign.len_utf8()..];
        let trimmed = after.trim_start_matches(' ');
        if trimmed.len() < after.len() && trimmed.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            // The number is read with its own sign; the list turns it.
            list.negate_next();
            self.at += rest.len() - trimmed.len();
        }
    }
}

/// The end of a subscript or superscript in brackets, which is short.
pub(super) fn script(text: &str, at: usize) -> Option<usize> {
    if !text[at..].starts_with(['{', '(']) {
        return None;
    }
    let mut depth = 0;
    for (i, c) in text[at..].char_indices().take(40) {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at + i + 1);
        }
    }
    None
}

/// Whether `word` means the values that a print left out.
pub(super) fn is_ellipsis(word: &str) -> bool {
    word == "…" || (word.len() >= 3 && word.bytes().all(|byte| byte == b'.'))
}

/// What may come in a list that ends with `close`.
fn in_list(close: char) -> Expected {
    match close {
        ']' => Expected::InList,
        '}' => Expected::InBraces,
        _ => Expected::InCall,
    }
}
