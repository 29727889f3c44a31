//! Finds the literals and the tables in a text, and passes over everything else.

use super::{
    caption::{Caption, caption, is_data_call, without_prompt},
    error::{Fault, Problem},
    list::holds_array,
    number::is_word,
    rows::{self, Table},
    tree::{Grid, List, Node, Parser, Result, script},
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

    /// A bracket: a literal, an index, or prose.
    fn bracket(&mut self) -> Result<()> {
        let open = char::from(self.text.as_bytes()[self.at]);
        let before = &self.text[..self.at];
        let word_length: usize = before
            .chars()
            .rev()
            .take_while(|&c| is_word(c) && c != '+' && c != '-' || c == ':')
            .map(char::len_utf8)
            .sum();
        let word = &before[before.len() - word_length.min(self.at - self.prefix)..];
        let begin = self.at - word.len();
        let is_index = match open {
            '[' => (!word.is_empty() || before.ends_with([']', ')'])) && !typed(word),
            '{' => word.chars().next_back().is_some_and(char::is_alphanumeric) && !typed(word),
            _ => false,
        };
        if is_index && let Some(end) = index(self.text, self.at) {
            self.at = end;
            return Ok(());
        }
        // `w_{12}^{(1)}`
        if open != '['
            && before.ends_with(['^', '_'])
            && let Some(end) = script(self.text, self.at)
        {
            self.at = end;
            return Ok(());
        }
        // `Parameter containing:` is part of the literal that follows.
        let from = if word.is_empty() || is_index || (open != '(' && !typed(word)) { self.at } else { begin };
        let mut parser = Parser::new(self.text, from);
        let read = parser.literal();
        let numbers = parser.decimals_seen();
        match read {
            Ok((node, parsed)) => {
                let data = matches!(&node, Node::Call(name, _) if is_data_call(name));
                if data {
                    if holds_array(&node) {
                        self.left_out(from);
                    }
                    self.after_data = Some(parsed.end);
                    self.end(parsed.end);
                    return Ok(());
                }
                if !is_array(&node) {
                    // Not an array, but perhaps code that contains arrays; captions continue.
                    self.at = if holds_nothing(&node) { parsed.end.max(self.at + 1) } else { self.at + 1 };
                    self.tried += parsed.end - from;
                    return self.budget(from);
                }
                let caption = self.caption(from, open);
                // `In [15]:` is a prompt, `[1]` an index.
                let alone = is_single_integer(&node)
                    && self.text[self.prefix.min(from)..from].trim().is_empty()
                    && self.text[parsed.end..].split('\n').next().is_some_and(|rest| rest.trim().is_empty());
                if is_single_integer(&node) && !caption.assigned && !alone {
                    self.at = parsed.end.max(self.at + 1);
                    return Ok(());
                }
                if caption.data || self.follows_data(from) {
                    self.left_out(from);
                    self.after_data = Some(parsed.end);
                    self.end(parsed.end);
                    return Ok(());
                }
                if parsed.mended {
                    self.survey.remarks.push(Remark::BracketMended);
                }
                let (node, end) = self.transformed(node, parsed.end);
                let Some(node) = self.joined(&caption, node, from) else {
                    self.end(end);
                    return Ok(());
                };
                self.push(caption, Content::Literal(node), from)?;
                self.end(end);
                Ok(())
            }
            Err(why) => {
                let round = open == '(' && !wrapper(word);
                let broken = match &why.problem {
                    Problem::Unexpected { .. } | Problem::Unclosed(_) => numbers && !round,
                    Problem::TooDeep(_) => open == '[' || wrapper(word),
                    Problem::UnknownWord(_) => numbers,
                    _ => true,
                };
                if broken {
                    return Err(why);
                }
                self.tried += parser.at - from;
                // Brackets that are too deep are too deep also from the second one on.
                let deep = matches!(why.problem, Problem::TooDeep(_));
                self.at = if deep { parser.at.max(self.at + 1) } else { self.at + 1 };
                self.budget(from)
            }
        }
    }

    /// Rows that have a pair of brackets each, one below the other, belong to the array above; else the node itself.
    fn joined(&mut self, caption: &Caption, node: Node<'t>, from: usize) -> Option<Node<'t>> {
        let line_begin = self.text[..from].rfind('\n').map_or(0, |newline| newline + 1);
        let indented = line_begin < from && self.text[line_begin..from].trim().is_empty();
        let below = self.text[self.prefix.min(line_begin)..from].trim().is_empty();
        let (Node::Grid(row), true, None) = (&node, indented && below, &caption.name) else { return Some(node) };
        let Some(Piece { caption: above, content: Content::Literal(Node::Grid(grid)), .. }) =
            self.survey.pieces.last_mut()
        else {
            return Some(node);
        };
        let columns = grid.shape.last().copied().unwrap_or(0);
        if !above.assigned || grid.whole || row.whole || row.shape != [columns] || grid.shape.len() > 2 {
            return Some(node);
        }
        grid.shape = vec![grid.values.len() / columns.max(1) + 1, columns];
        grid.values.extend_from_slice(&row.values);
        None
    }

    /// What is read again and again for nothing would take quadratic time.
    fn budget(&self, at: usize) -> Result<()> {
        if self.tried > 16 * self.text.len() + (1 << 20) {
            return Err(Box::new(Fault { problem: Problem::Brackets, at }));
        }
        Ok(())
    }

    fn end(&mut self, end: usize) {
        self.at = end;
        self.prefix = end;
        self.last_line = "";
    }

    /// `[..].reshape(2, 3)`, `[..].T`, `[..]'`.
    fn transformed(&self, node: Node<'t>, end: usize) -> (Node<'t>, usize) {
        let Node::Grid(grid) = node else { return (node, end) };
        let rest = &self.text[end..];
        if let Some(arguments) = rest.strip_prefix(".reshape(") {
            let close = arguments.char_indices().take(40).find(|&(_, c)| c == ')').map_or(0, |(close, _)| close);
            let shape: Option<Vec<usize>> =
                arguments[..close].trim_matches(['(', '[', ']']).split(',').map(|n| n.trim().parse().ok()).collect();
            if let Some(shape) = shape.filter(|shape| shape.iter().product::<usize>() == grid.values.len()) {
                return (Node::Grid(Grid { shape, ..grid }), end + ".reshape(".len() + close + 1);
            }
            return (Node::Grid(grid), end);
        }
        let turned = [".T", ".t()", "'"].iter().find(|mark| {
            rest.starts_with(**mark) && !rest[mark.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '\'')
        });
        match (turned, &grid.shape[..]) {
            (Some(mark), &[rows, columns]) => {
                let values = transposed(&grid.values, rows, columns);
                (Node::Grid(Grid { shape: vec![columns, rows], values, ..grid }), end + mark.len())
            }
            _ => (Node::Grid(grid), end),
        }
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

fn is_single_integer(node: &Node<'_>) -> bool {
    matches!(node, Node::Grid(grid) if grid.values.len() == 1 && grid.values[0].is_finite() && grid.decimals.is_none() && grid.shape.len() < 2 && !grid.whole)
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

/// Whether a word before a bracket belongs to a literal.
fn typed(word: &str) -> bool {
    let name = word.rsplit(['.', ':']).next().unwrap_or(word);
    wrapper(word)
        || matches!(name, "Float32" | "Float64" | "float64" | "float32" | "double" | "float" | "f32" | "vec" | "Vector")
}

fn wrapper(word: &str) -> bool {
    let name = word.rsplit(['.', ':']).next().unwrap_or(word);
    matches!(name, "array" | "Array" | "tensor" | "Tensor" | "Variable" | "matrix" | "asarray" | "OrderedDict" | "c")
}

/// The end of an index such as `[1]`, `['h1']`, `{2,1}` on this line.
fn index(text: &str, at: usize) -> Option<usize> {
    let close = if text[at..].starts_with('[') { ']' } else { '}' };
    let inside = &text[at + 1..];
    let end = inside.char_indices().take(41).find(|&(_, c)| c == close || c == '\n')?.0;
    let short = inside[end..].starts_with(close);
    let plain = inside[..end].chars().all(|c| c.is_alphanumeric() || "'\"_,: -+".contains(c));
    (short && plain).then_some(at + 1 + end + close.len_utf8())
}

/// Whether a node that is alone is an array, or contains arrays.
fn is_array(node: &Node<'_>) -> bool {
    match node {
        // Round brackets around plain numbers are shapes, sizes, coordinates.
        Node::Grid(grid) => {
            !grid.values.is_empty()
                && (grid.whole
                    || grid.shape.len() > 1
                    || grid.commas.is_some()
                    || grid.values.len() == 1
                    || grid.decimals.is_some())
                && (grid.open != '(' || grid.shape.len() > 1)
        }
        node => holds_array(node),
    }
}

/// Whether nothing in it can be an array.
fn holds_nothing(node: &Node<'_>) -> bool {
    match node {
        Node::List(List { items, .. }) | Node::Call(_, List { items, .. }) => {
            items.iter().all(|item| holds_nothing(&item.node))
        }
        Node::Grid(grid) => grid.shape.len() < 2 && (grid.open == '(' || grid.decimals.is_none()),
        _ => true,
    }
}
