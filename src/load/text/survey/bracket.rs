//! What stands in brackets: an array, an index, a call, or prose.

use super::{Content, Piece, Surveyor, transposed};
use crate::load::{
    Remark,
    text::{
        caption::{Caption, is_data_call},
        error::{Fault, Problem},
        list::holds_array,
        number::is_word,
        tree::{Grid, List, Node, Parser, Result, script},
    },
};

impl<'t> Surveyor<'t> {
    /// A bracket: a literal, an index, or prose.
    pub(super) fn bracket(&mut self) -> Result<()> {
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
}

fn is_single_integer(node: &Node<'_>) -> bool {
    matches!(node, Node::Grid(grid) if grid.values.len() == 1 && grid.values[0].is_finite() && grid.decimals.is_none() && grid.shape.len() < 2 && !grid.whole)
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
pub(super) fn is_array(node: &Node<'_>) -> bool {
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
