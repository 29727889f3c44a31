//! Finds the literals and the tables in a text, and passes over everything else.

mod bracket;

use self::bracket::is_array;
use super::{
    caption::{Caption, caption, without_prompt},
    error::{Fault, Problem},
    rows::{self, Table},
    tree::{Node, Parser, Result},
};
use crate::load::Remark;

/// A literal or a table, with what it is called.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    pub(super) caption: Caption,
    pub(super) content: Content<'t>,
    pub(super) at: usize,
}

#[derive(Debug)]
pub(super) enum Content<'t> {
    Literal(Node<'t>),
    Table(Table),
}

/// What a text contains besides words.
#[derive(Debug, Default)]
pub(super) struct Survey<'t> {
    pub(super) pieces: Vec<Piece<'t>>,
    pub(super) remarks: Vec<Remark>,
}

/// How many pieces a text may have.
const MOST_PIECES: usize = 65_536;

/// Goes through the text.
pub(super) fn survey(text: &str) -> Result<Survey<'_>> {
    let mut surveyor = Surveyor {
        text,
        survey: Survey::default(),
        at: 0,
        prefix: 0,
        last_line: "",
        tried: 0,
        after_data: None,
        name: None,
    };
    surveyor.run()?;
    Ok(surveyor.survey)
}

struct Surveyor<'t> {
    text: &'t str,
    survey: Survey<'t>,
    at: usize,
    /// Where the words begin that may name what comes next.
    prefix: usize,
    /// The last line with words.
    last_line: &'t str,
    /// How many bytes were read for nothing.
    tried: usize,
    /// Where a call ended that gives data.
    after_data: Option<usize>,
    /// The name of a variable whose numbers follow.
    name: Option<&'t str>,
}

impl<'t> Surveyor<'t> {
    fn run(&mut self) -> Result<()> {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            if self.at == 0 || bytes[self.at - 1] == b'\n' {
                self.prefix = self.at;
                if let Some(end) = self.table()? {
                    self.at = end;
                    continue;
                }
            }
            match bytes[self.at] {
                b'\n' => {
                    self.end_line();
                    self.at += 1;
                }
                // `[[1]][[2]]` of R counts the elements of a list.
                b'[' if self.text[self.at..].starts_with("[[") && is_list_index(&self.text[self.at..]) => {
                    self.skip_line();
                }
                b'[' | b'(' | b'{' => self.bracket()?,
                b'<' => self.angle()?,
                b'#' | b'%'
                    if self.text[self.prefix..self.at].trim().is_empty()
                        && !self.text[self.at..].starts_with("#define") =>
                {
                    self.skip_line();
                }
                b'/' if bytes.get(self.at + 1) == Some(&b'/') && !self.text[..self.at].ends_with(':') => {
                    self.skip_line();
                }
                b'/' if bytes.get(self.at + 1) == Some(&b'*') => {
                    self.at += self.text[self.at..].find("*/").map_or(self.text.len() - self.at, |end| end + 2);
                    self.prefix = self.at;
                }
                b';' => {
                    self.at += 1;
                    self.prefix = self.at;
                }
                b']' => {
                    let after_piece = self.text[self.prefix..self.at].trim().is_empty() && self.prefix > 0;
                    let said = self.survey.remarks.iter().any(|remark| matches!(remark, Remark::BracketIgnored { .. }));
                    if after_piece
                        && !said
                        && self.survey.pieces.last().is_some_and(|piece| matches!(piece.content, Content::Literal(_)))
                    {
                        let line = line_of(self.text, self.at);
                        self.survey.remarks.push(Remark::BracketIgnored { line });
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        Ok(())
    }

    fn skip_line(&mut self) {
        let rest = &self.text[self.at..];
        // The comment may say what comes next.
        self.at += rest.find('\n').unwrap_or(rest.len());
    }

    fn end_line(&mut self) {
        let line = self.text[self.prefix..self.at].trim();
        if line.chars().any(char::is_alphanumeric) && !rows::is_between(line) {
            self.last_line = line;
        }
    }

    fn push(&mut self, caption: Caption, content: Content<'t>, at: usize) -> Result<()> {
        if self.survey.pieces.len() >= MOST_PIECES {
            return Err(Box::new(Fault { problem: Problem::TooMany(MOST_PIECES), at }));
        }
        self.survey.pieces.push(Piece { caption, content, at });
        Ok(())
    }

    /// The caption of what begins at `begin`.
    fn caption(&mut self, begin: usize, open: char) -> Caption {
        let words = &self.text[self.prefix.min(begin)..begin];
        if let Some(name) = self.name.take() {
            return Caption { name: Some(name.to_owned()), ..Caption::default() };
        }
        let own = caption(words, open);
        if own.name.is_some() || own.data || !without_prompt(words).is_empty() {
            return own;
        }
        let line = std::mem::take(&mut self.last_line);
        let above = caption(line, open);
        // A sentence above is no name.
        Caption { assigned: above.assigned && line.ends_with('='), ..above }
    }

    /// A table that begins with this line: where it ends.
    fn table(&mut self) -> Result<Option<usize>> {
        let Some((table, end)) = rows::table(self.text, self.at)? else { return Ok(None) };
        // Rows that cannot be weights: counts, dates, votes.
        let Some(table) = table else {
            self.prefix = end;
            return Ok(Some(end));
        };
        let caption = match &table.name {
            Some(name) => Caption { name: Some(name.clone()), assigned: true, data: false },
            None => self.caption(self.at, '\n'),
        };
        let data = caption.data || self.follows_data(self.at);
        if data {
            self.left_out(self.at);
        } else {
            self.push(caption, Content::Table(table), self.at)?;
        }
        self.prefix = end;
        Ok(Some(end))
    }

    fn left_out(&mut self, at: usize) {
        /// At most this many get a remark.
        const MOST: usize = 4;
        if self.survey.remarks.len() >= MOST {
            return;
        }
        self.survey.remarks.push(Remark::DataInLine(line_of(self.text, at)));
    }

    /// Whether there are only blanks and prompts between a call that gives data and `at`.
    fn follows_data(&self, at: usize) -> bool {
        self.after_data.is_some_and(|end| {
            end <= at && at - end < 200 && {
                let between = &self.text[end..at];
                between.lines().all(|line| {
                    let line = without_prompt(line);
                    line.is_empty() || line == "array" || line == "ans =" || line == "tensor"
                })
            }
        })
    }

    fn end(&mut self, end: usize) {
        self.at = end;
        self.prefix = end;
        self.last_line = "";
    }

    /// `<tf.Variable ...>`, or a sign in prose.
    fn angle(&mut self) -> Result<()> {
        let rest = &self.text[self.at..];
        let variable =
            ["<tf.Variable", "<Variable", "<KerasVariable", "<tf.Tensor"].iter().any(|word| rest.starts_with(word));
        if !variable {
            self.at += 1;
            return Ok(());
        }
        let mut parser = Parser::new(self.text, self.at);
        let (node, parsed) = parser.literal()?;
        let from = self.at;
        match node {
            Node::Word(name) => {
                self.end(parsed.end);
                self.name = Some(name);
            }
            node if is_array(&node) => {
                self.push(Caption::default(), Content::Literal(node), from)?;
                self.end(parsed.end);
            }
            _ => self.at = parsed.end,
        }
        Ok(())
    }
}

/// Whether the line has only `[[1]]` or `[[1]][[2]]`.
fn is_list_index(text: &str) -> bool {
    let Some((end, _)) = text.char_indices().take(40).find(|&(_, c)| c == '\n') else { return false };
    let line = text[..end].trim();
    line.ends_with("]]") && line.split("][").all(|part| part.trim_matches(['[', ']']).parse::<u32>().is_ok())
}

/// Rows and columns exchanged.
pub(super) fn transposed(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    (0..columns)
        .flat_map(|column| (0..rows).map(move |row| row * columns + column))
        .filter_map(|i| values.get(i).copied())
        .collect()
}

/// The line of a place, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].bytes().filter(|&byte| byte == b'\n').count() + 1
}
