//! One bracket while it is read: numbers, rows of numbers that become a matrix, or other items.

use super::{
    error::{Expected, Fault, Problem},
    excerpt::quoted,
    number::Number,
    tree::{Grid, Item, List, Node, Parser, Ragged, Result},
};
use crate::load::found::Origin;

/// Lines of at least so many bytes were broken by a printer, not by a person who writes a matrix.
const WIDE: usize = 60;

/// How the numbers of a flat list are divided into lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    /// So many numbers on each of so many lines.
    Equal(usize, usize),
    Unequal,
}

enum Content<'t> {
    Nothing,
    /// Plain numbers.
    Numbers,
    /// Rows of this shape, one after the other.
    Rows(Vec<usize>, usize),
    Items(Vec<Item<'t>>),
}

/// A list while it is read.
#[expect(clippy::struct_excessive_bools, reason = "what was seen last, each by itself")]
pub(super) struct Building<'t> {
    at: usize,
    open: char,
    content: Content<'t>,
    values: Vec<f32>,
    decimals: Option<u8>,
    /// Rows ended by semicolons, and where the row began that is read now.
    rows: usize,
    row_length: usize,
    row_begin: usize,
    lines: Lines,
    line_begin: usize,
    /// Whether there are commas between the numbers, once that is known.
    commas: Option<bool>,
    comma: bool,
    after_number: bool,
    negate: bool,
    ragged: Option<Ragged>,
    /// The first thing that is neither a number nor an array: what, and where.
    junk: Option<(&'t str, usize)>,
    /// A colon in square brackets: a slice, a time, no list of numbers.
    sliced: bool,
    last: &'t str,
    has_array: bool,
}

impl<'t> Building<'t> {
    pub(super) fn new(at: usize, open: char) -> Self {
        Self {
            at,
            open,
            content: Content::Nothing,
            values: Vec::new(),
            decimals: None,
            rows: 0,
            row_length: 0,
            row_begin: 0,
            lines: Lines::One,
            line_begin: 0,
            commas: None,
            comma: false,
            after_number: false,
            negate: false,
            ragged: None,
            junk: None,
            sliced: false,
            last: "",
            has_array: false,
        }
    }

    pub(super) fn is_numeric(&self) -> bool {
        matches!(self.content, Content::Numbers | Content::Rows(..)) || self.has_array
    }

    pub(super) fn is_worth_mending(&self) -> bool {
        self.has_array || matches!(self.content, Content::Rows(..))
    }

    pub(super) fn after_number(&self) -> bool {
        self.after_number && !self.comma
    }

    pub(super) fn negate_next(&mut self) {
        self.negate = true;
    }

    /// A comma; whether it is one too many.
    pub(super) fn comma(&mut self) -> bool {
        let second = std::mem::replace(&mut self.comma, true);
        self.is_numeric() && second
    }

    /// The end of a row, as MATLAB writes it.
    pub(super) fn semicolon(&mut self, at: usize) -> Result<()> {
        self.comma = false;
        self.after_number = false;
        if !matches!(self.content, Content::Numbers) || self.open != '[' {
            return Ok(());
        }
        let length = self.values.len() - self.row_begin;
        if self.rows > 0 && length != self.row_length {
            let problem = Problem::ragged(self.rows, &[length], &[self.row_length]);
            return Err(Box::new(Fault { problem, at }));
        }
        self.rows += 1;
        self.row_length = length;
        self.row_begin = self.values.len();
        self.lines = Lines::Unequal;
        Ok(())
    }

    /// A line ended before what comes next.
    pub(super) fn line(&mut self) {
        if !matches!(self.content, Content::Numbers) {
            return;
        }
        let length = self.values.len() - self.line_begin;
        self.line_begin = self.values.len();
        self.lines = match self.lines {
            Lines::One => Lines::Equal(length, 1),
            Lines::Equal(each, lines) if each == length => Lines::Equal(each, lines + 1),
            _ => Lines::Unequal,
        };
    }

    /// The last item, which turns out to be the key of the next.
    pub(super) fn key(&mut self) -> Option<&'t str> {
        if self.open == '[' {
            self.sliced = true;
        }
        self.comma = false;
        self.after_number = false;
        let key = self.last.trim().trim_matches(['\'', '"']);
        match &mut self.content {
            Content::Items(items) => {
                let last = items.last()?;
                if !matches!(last.node, Node::Word(_) | Node::Text(_) | Node::Number(_)) {
                    // `W1: number[][] = ..`: the name is before the type.
                    return last.key;
                }
                let before = last.key;
                items.pop();
                if self.junk.is_some_and(|(word, _)| word == self.last) {
                    self.junk = None;
                }
                Some(before.unwrap_or(key))
            }
            // `{0: 0.5, 1: 0.25}`
            Content::Numbers => {
                self.values.pop();
                if self.values.is_empty() {
                    self.content = Content::Nothing;
                }
                Some(key)
            }
            Content::Nothing | Content::Rows(..) => None,
        }
    }

    /// Adds an item.
    pub(super) fn item(&mut self, key: Option<&'t str>, node: Node<'t>, at: usize, span: &'t str) -> Result<()> {
        let comma = std::mem::replace(&mut self.comma, false);
        self.last = span;
        match node {
            Node::Number(number) => return self.number(key, number, comma, at),
            Node::Grid(grid) => self.grid(key, grid, comma, at)?,
            other => {
                if key.is_none() && matches!(other, Node::Word(_) | Node::Other) {
                    self.junk = self.junk.or(Some((span, at)));
                }
                self.has_array |= holds_array(&other);
                self.items()?.push(Item { key, node: other, at });
            }
        }
        self.after_number = false;
        Ok(())
    }

    fn number(&mut self, key: Option<&'t str>, number: Number, comma: bool, at: usize) -> Result<()> {
        let value = if std::mem::replace(&mut self.negate, false) { -number.value } else { number.value };
        let number = Number { value, ..number };
        let after_number = std::mem::replace(&mut self.after_number, true);
        if key.is_none() && matches!(self.content, Content::Nothing | Content::Numbers) {
            if after_number && self.open == '[' && *self.commas.get_or_insert(comma) != comma {
                let problem = if comma { Problem::CommaAdded } else { Problem::CommaMissing };
                return Err(Box::new(Fault { problem, at }));
            }
            if after_number {
                self.commas.get_or_insert(comma);
            }
            self.content = Content::Numbers;
            self.values.push(value);
            self.decimals = self.decimals.max(number.decimals);
            return Ok(());
        }
        if let (Content::Rows(shape, count), None) = (&self.content, key) {
            self.ragged = Some(Ragged { at, row: *count, got: Vec::new(), expected: shape.clone() });
        }
        self.decimals = self.decimals.max(number.decimals);
        self.items()?.push(Item { key, node: Node::Number(number), at });
        Ok(())
    }

    fn grid(&mut self, key: Option<&'t str>, grid: Grid, comma: bool, at: usize) -> Result<()> {
        // `[]`: a layer without weights, or the dimensions of a type.
        if grid.values.is_empty() && !grid.whole && key.is_none() {
            return Ok(());
        }
        self.has_array = true;
        if key.is_none() && !grid.whole {
            match &mut self.content {
                Content::Nothing => {
                    self.commas = grid.commas;
                    self.decimals = grid.decimals;
                    self.content = Content::Rows(grid.shape, 1);
                    self.values = grid.values;
                    return Ok(());
                }
                Content::Rows(shape, count) if *shape == grid.shape => {
                    *count += 1;
                    self.decimals = self.decimals.max(grid.decimals);
                    self.values.extend_from_slice(&grid.values);
                    self.commas = self.commas.or(grid.commas).or(Some(comma));
                    return Ok(());
                }
                Content::Rows(shape, count) if shape.len() == 1 && grid.shape.len() == 1 => {
                    let (row, got, expected) = (*count, grid.shape.clone(), shape.clone());
                    self.ragged = self.ragged.take().or(Some(Ragged { at, row, got, expected }));
                }
                _ => {}
            }
        }
        self.items()?.push(Item { key, node: Node::Grid(grid), at });
        Ok(())
    }

    /// The items, into which what was read so far is turned if need be.
    fn items(&mut self) -> Result<&mut Vec<Item<'t>>> {
        /// Numbers that would each become an object.
        const MOST: usize = 1 << 16;
        let (at, decimals, commas) = (self.at, self.decimals, self.commas);
        let too_many = |count: usize| {
            if count > MOST {
                return Err(Box::new(Fault { problem: Problem::TooMany(MOST), at }));
            }
            Ok(())
        };
        let values = std::mem::take(&mut self.values);
        let items = match std::mem::replace(&mut self.content, Content::Nothing) {
            Content::Items(items) => items,
            Content::Nothing => Vec::new(),
            Content::Numbers => {
                too_many(values.len())?;
                let number = |value| Item { key: None, node: Node::Number(Number { value, decimals }), at };
                values.into_iter().map(number).collect()
            }
            Content::Rows(shape, count) => {
                too_many(count)?;
                let size = shape.iter().product::<usize>().max(1);
                let grid = |values: &[f32]| Grid {
                    shape: shape.clone(),
                    values: values.to_vec(),
                    decimals,
                    at,
                    origin: Origin::Plain,
                    whole: false,
                    commas,
                    lines: None,
                    open: '[',
                };
                values.chunks(size).map(|row| Item { key: None, node: Node::Grid(grid(row)), at }).collect()
            }
        };
        self.content = Content::Items(items);
        match &mut self.content {
            Content::Items(items) => Ok(items),
            _ => unreachable!("it was put there"),
        }
    }

    /// The list as a node, once its closing bracket was read.
    pub(super) fn finish(mut self, parser: &Parser<'t>) -> Result<Node<'t>> {
        let grid = |shape: Vec<usize>, building: &mut Self, lines| {
            let (at, decimals, commas, open) = (building.at, building.decimals, building.commas, building.open);
            let values = std::mem::take(&mut building.values);
            Node::Grid(Grid { shape, values, decimals, at, origin: Origin::Plain, whole: false, commas, lines, open })
        };
        match std::mem::replace(&mut self.content, Content::Nothing) {
            Content::Nothing => Ok(grid(vec![0], &mut self, None)),
            Content::Numbers => {
                let count = self.values.len();
                if self.rows > 0 && self.row_begin < count {
                    self.semicolon_at_end(parser)?;
                }
                if self.rows > 0 {
                    let shape = vec![self.rows, self.row_length];
                    return Ok(grid(shape, &mut self, None));
                }
                let wide = !parser.text.as_bytes()[self.at..].iter().take(WIDE).any(|&byte| byte == b'\n');
                let lines = match self.lines {
                    Lines::Equal(each, lines) if !wide && each * (lines + 1) == count && self.commas != Some(true) => {
                        Some((lines + 1, each))
                    }
                    _ => None,
                };
                Ok(grid(vec![count], &mut self, lines))
            }
            // One array in round brackets is an argument, not an array of one.
            Content::Rows(shape, 1) if self.open == '(' => {
                self.open = '[';
                let node = grid(shape, &mut self, None);
                let items = vec![Item { key: None, node, at: self.at }];
                Ok(Node::List(List { items, at: self.at, open: '(', ragged: None }))
            }
            Content::Rows(shape, count) => Ok(grid([&[count], &shape[..]].concat(), &mut self, None)),
            Content::Items(items) => {
                let has_decimal = self.decimals.is_some()
                    && items.iter().any(|item| item.key.is_none() && matches!(item.node, Node::Number(_)));
                if self.open == '['
                    && !self.sliced
                    && has_decimal
                    && let Some((word, at)) = self.junk
                {
                    let numeric = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
                    let short = quoted(word);
                    let problem = match word.chars().next() {
                        Some(c) if numeric && c != '+' && c != '-' || word.len() > 1 && numeric => {
                            Problem::NotANumber(short)
                        }
                        Some(c) if c.is_alphanumeric() => Problem::UnknownWord(short),
                        _ => Problem::unexpected(word, Expected::InList),
                    };
                    return Err(Box::new(Fault { problem, at }));
                }
                if let Some(values) = counted(&items) {
                    self.values = values;
                    let count = self.values.len();
                    return Ok(grid(vec![count], &mut self, None));
                }
                Ok(Node::List(List { items, at: self.at, open: self.open, ragged: self.ragged }))
            }
        }
    }

    fn semicolon_at_end(&mut self, parser: &Parser<'t>) -> Result<()> {
        self.content = Content::Numbers;
        let end = parser.at.saturating_sub(1);
        self.semicolon(end)
    }
}

/// The numbers of `{"0": .., "1": .., ..}`: a list in the form of a dictionary.
fn counted(items: &[Item<'_>]) -> Option<Vec<f32>> {
    let number = |(i, item): (usize, &Item<'_>)| match item.node {
        Node::Number(number) if item.key?.parse() == Ok(i) => Some(number.value),
        _ => None,
    };
    items.iter().enumerate().map(number).collect()
}

/// Whether there is an array somewhere in it.
pub(super) fn holds_array(node: &Node<'_>) -> bool {
    match node {
        Node::Grid(grid) => !grid.values.is_empty(),
        Node::List(list) | Node::Call(_, list) => list.items.iter().any(|item| match &item.node {
            Node::Grid(grid) => grid.shape.len() > 1 || grid.whole || list.open != '(',
            node => holds_array(node),
        }),
        _ => false,
    }
}
