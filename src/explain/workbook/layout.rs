//! Which cell has which number.

use std::collections::{BTreeSet, HashMap};

use super::{Book, MOST_CELLS, Way, WorkbookError};
use crate::{
    equation::{ArrayId, Equation, Function, Index, Kind, Program, Read, Rule},
    explain::graph::needed,
    words::explain,
};

/// Columns of one block: address, calculation, first, second, between, value, float32, byhand, difference.
pub(super) const COLUMNS: u16 = 9;
/// The widest grid: what a sheet has, less the labels.
const MOST_COLUMNS: usize = 16_000;
/// The longest name of a sheet.
const LONGEST_NAME: usize = 31;

/// The right way, or the way with mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Right,
    Wrong,
}

impl Side {
    /// The first column of its block.
    pub(super) fn column(self) -> u16 {
        if self == Self::Right { 0 } else { COLUMNS + 1 }
    }
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) sheet: usize,
    pub(super) row: u32,
    pub(super) column: u16,
}

/// An array that is given, as rows and columns; `at` is its first number. Its title is two rows above.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub(super) at: Cell,
    pub(super) side: Side,
    pub(super) array: ArrayId,
    pub(super) columns: usize,
}

/// The work of one value, a row an action; `at` is the first cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    pub(super) at: Cell,
    pub(super) array: ArrayId,
    pub(super) flat: usize,
    pub(super) rows: u32,
}

/// The whole workbook.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The sheets' names; the first is that of inputs and outputs.
    pub(super) sheets: Vec<String>,
    /// The sheet of each layer.
    of_layers: Vec<Option<usize>>,
    pub(super) grids: Vec<Grid>,
    /// The row of the outputs' table.
    pub(super) outputs: u32,
    /// The first row of the blocks of each sheet.
    pub(super) blocks: Vec<u32>,
    right: Vec<Work>,
    wrong: Vec<Work>,
    cells: HashMap<(Side, ArrayId, usize), Cell>,
    tables: HashMap<(Side, ArrayId), (Cell, usize)>,
}

impl Layout {
    pub(super) fn new(book: &Book<'_>) -> Result<Self, WorkbookError> {
        let mut layout = Self::default();
        let right = wanted(book.right, book.asked);
        let wrong = book.wrong.map(|way| wanted(way, in_other(book, way)));
        let given = |way: Way<'_>| -> usize {
            let arrays = way.program.arrays().iter().filter(|array| is_given(&array.kind));
            arrays.map(|array| array.shape.size()).fold(0, usize::saturating_add)
        };
        let rows = |way: Way<'_>, wanted: &Wanted| match wanted {
            Wanted::All(rows) => *rows,
            Wanted::Some(values) => values.iter().map(|(array, _)| rows_of(way.program, *array)).sum(),
        };
        let mut cells = rows(book.right, &right).saturating_mul(COLUMNS.into());
        if let (Some(way), Some(wrong)) = (book.wrong, &wrong) {
            cells = cells.saturating_add(rows(way, wrong).saturating_mul(COLUMNS.into()));
        }
        if book.asked.is_none() {
            cells = cells.saturating_add(given(book.right));
        }
        let wide = |array: &crate::equation::Declared| array.shape.axes().last().is_some_and(|&n| n > MOST_COLUMNS);
        let too_wide = book.asked.is_none() && book.right.program.arrays().iter().any(|a| is_given(&a.kind) && wide(a));
        if cells > MOST_CELLS || too_wide {
            return Err(WorkbookError::TooLarge { cells });
        }
        let right = right.list(book, book.right.program);
        let wrong = wrong.zip(book.wrong).map(|(wrong, way)| wrong.list(book, way.program)).unwrap_or_default();
        layout.name_sheets(book, &right, &wrong);
        layout.place_given(book);
        layout.blocks = layout.blocks.iter().map(|row| row + 1).collect();
        layout.right = layout.place_works(book, Side::Right, &right);
        layout.wrong = layout.place_works(book, Side::Wrong, &wrong);
        Ok(layout)
    }

    pub(super) fn sheet_of_layer(&self, layer: usize) -> Option<usize> {
        self.of_layers.get(layer).copied().flatten()
    }

    pub(super) fn works(&self, side: Side) -> &[Work] {
        if side == Side::Right { &self.right } else { &self.wrong }
    }

    /// The first and the last row of a block.
    pub(super) fn rows(&self, side: Side, sheet: usize) -> Option<(u32, u32)> {
        let last = self.works(side).iter().rfind(|work| work.at.sheet == sheet)?;
        Some((self.blocks[sheet] + 2, last.at.row + last.rows - 1))
    }

    /// The cell of a value; `None` for one that is not in the workbook.
    pub(super) fn cell(&self, book: &Book<'_>, side: Side, array: ArrayId, flat: usize) -> Option<Cell> {
        let (mut array, mut flat) = (array, flat);
        loop {
            if let Some(cell) = self.cells.get(&(side, array, flat)) {
                return Some(*cell);
            }
            let way = book.way(side);
            // What is copied stands where it is copied from.
            if !way.program.equation_of(array).is_some_and(is_plain_copy) {
                break;
            }
            (array, flat) = *way.program.sources(way.values, array, flat).first()?;
        }
        let other = (side == Side::Wrong).then(|| in_right(book, array)).flatten()?;
        self.cells.get(&(Side::Right, other, flat)).copied()
    }

    /// The first cell of an array that stands as a table, and how many columns it has.
    pub(super) fn table(&self, book: &Book<'_>, side: Side, array: ArrayId) -> Option<(Cell, usize)> {
        let own = self.tables.get(&(side, array));
        let other = || self.tables.get(&(Side::Right, in_right(book, array)?));
        own.or_else(|| if side == Side::Wrong { other() } else { None }).copied()
    }

    fn name_sheets(&mut self, book: &Book<'_>, right: &[(ArrayId, usize)], wrong: &[(ArrayId, usize)]) {
        self.sheets = vec![sheet_name(&explain::workbook_start(), &[])];
        let mut used = BTreeSet::new();
        for (values, program) in [(right, Some(book.right.program)), (wrong, book.wrong.map(|way| way.program))] {
            let layers = values.iter().filter_map(|(array, _)| layer_of(book, program?.name(*array)));
            used.extend(layers);
        }
        if book.asked.is_none() {
            let arrays = book.right.program.arrays().iter().filter(|array| is_given(&array.kind));
            used.extend(arrays.filter_map(|array| layer_of(book, &array.name)));
        }
        self.of_layers = vec![None; book.layers.len()];
        for layer in used {
            self.of_layers[layer] = Some(self.sheets.len());
            let name = sheet_name(&book.layers[layer].0, &self.sheets);
            self.sheets.push(name);
        }
        // A title and a blank row come first; on the first sheet the words about the workbook.
        self.blocks = vec![2; self.sheets.len()];
        self.blocks[0] = super::rows::WORDS + book.mistakes.len() as u32;
    }

    fn sheet(&self, book: &Book<'_>, name: &str) -> usize {
        layer_of(book, name).and_then(|layer| self.of_layers[layer]).unwrap_or(0)
    }

    /// Inputs, weights and constants as grids, below each other.
    fn place_given(&mut self, book: &Book<'_>) {
        let program = book.right.program;
        for &input in &book.inputs {
            self.place_grid(Side::Right, program, input, 0);
        }
        self.outputs = self.blocks[0];
        if book.asked.is_some() {
            return;
        }
        for position in 0..program.arrays().len() {
            let Some(array) = program.id(position).filter(|id| is_given(&program.array(*id).kind)) else { continue };
            self.place_grid(Side::Right, program, array, self.sheet(book, program.name(array)));
        }
        let Some(way) = book.wrong else { return };
        for position in 0..way.program.arrays().len() {
            let Some(array) = way.program.id(position).filter(|id| is_given(&way.program.array(*id).kind)) else {
                continue;
            };
            if in_right(book, array).is_none() {
                self.place_grid(Side::Wrong, way.program, array, self.sheet(book, way.program.name(array)));
            }
        }
    }

    fn place_grid(&mut self, side: Side, program: &Program, array: ArrayId, sheet: usize) {
        let shape = program.shape(array);
        let columns = shape.axes().last().copied().unwrap_or(1).max(1);
        let at = Cell { sheet, row: self.blocks[sheet] + 2, column: 1 };
        for flat in 0..shape.size() {
            let (row, column) = (at.row + (flat / columns) as u32, at.column + (flat % columns) as u16);
            self.cells.insert((side, array, flat), Cell { sheet, row, column });
        }
        self.tables.insert((side, array), (at, columns));
        self.grids.push(Grid { at, side, array, columns });
        self.blocks[sheet] = at.row + (shape.size() / columns) as u32 + 1;
    }

    fn place_works(&mut self, book: &Book<'_>, side: Side, wanted: &[(ArrayId, usize)]) -> Vec<Work> {
        let program = book.way(side).program;
        // The heads of the columns, then the rows.
        let mut next: Vec<u32> = self.blocks.iter().map(|row| row + 2).collect();
        let mut works = Vec::new();
        for &(array, flat) in wanted {
            let sheet = self.sheet(book, program.name(array));
            let rows = rows_of(program, array) as u32;
            let at = Cell { sheet, row: next[sheet], column: side.column() };
            let result = Cell { sheet, row: at.row + rows - 1, column: at.column + super::rows::FLOAT32 };
            self.cells.insert((side, array, flat), result);
            next[sheet] += rows;
            works.push(Work { at, array, flat, rows });
        }
        works
    }
}

/// The values that are written.
enum Wanted {
    /// All; so many rows.
    All(usize),
    /// These.
    Some(Vec<(ArrayId, usize)>),
}

impl Wanted {
    /// In the order of the layers, then of the steps.
    fn list(self, book: &Book<'_>, program: &Program) -> Vec<(ArrayId, usize)> {
        let mut list: Vec<(ArrayId, usize)> = match self {
            Self::Some(values) => values,
            Self::All(_) => {
                let written = program.equations().iter().filter(|equation| !is_plain_copy(equation));
                written.flat_map(|equation| (0..equation.shape.size()).map(|flat| (equation.array, flat))).collect()
            }
        };
        let steps = program.steps();
        list.sort_by_cached_key(|&(array, flat)| {
            let layer = layer_of(book, program.name(array)).map_or(0, |layer| layer + 1);
            (layer, steps.known_after(array, flat), array.position(), flat)
        });
        list
    }
}

fn wanted(way: Way<'_>, asked: Option<(ArrayId, Option<usize>)>) -> Wanted {
    let program = way.program;
    let Some((array, flat)) = asked else {
        let rows = program.equations().iter().filter(|equation| !is_plain_copy(equation));
        return Wanted::All(rows.fold(0, |sum: usize, equation| {
            sum.saturating_add(equation.rule.actions().max(1).saturating_mul(equation.shape.size()))
        }));
    };
    let steps = program.steps();
    let (mut values, _) = match flat {
        Some(flat) => needed::of(program, &steps, way.values, array, flat),
        None => needed::of_all(program, &steps, way.values, array),
    };
    values.retain(|(array, _)| program.equation_of(*array).is_some_and(|equation| !is_plain_copy(equation)));
    Wanted::Some(values)
}

fn rows_of(program: &Program, array: ArrayId) -> usize {
    program.equation_of(array).map_or(1, |equation| equation.rule.actions().max(1))
}

fn is_given(kind: &Kind) -> bool {
    matches!(kind, Kind::Weight(_) | Kind::Constant(_))
}

/// Whether the value of an equation is another one, whatever the numbers are.
pub(super) fn is_plain_copy(equation: &Equation) -> bool {
    let valued = |read: &Read| read.index.iter().any(|index| matches!(index, Index::Valued(_)));
    match &equation.rule {
        Rule::Map { function: Function::Copy, of } => !of.iter().flat_map(Read::each).any(valued),
        _ => false,
    }
}

/// The array of the right way that is the same as one of the other way: an input, or the same numbers under the same name.
fn in_right(book: &Book<'_>, array: ArrayId) -> Option<ArrayId> {
    let own = book.wrong?.program.array(array);
    let other = book.right.program.find(&own.name)?;
    let theirs = &book.right.program.array(other).kind;
    match (&own.kind, theirs) {
        (Kind::Input, Kind::Input) => Some(other),
        (Kind::Weight(a), Kind::Weight(b)) | (Kind::Constant(a), Kind::Constant(b)) if a == b => Some(other),
        _ => None,
    }
}

/// What was asked for, in the way with mistakes.
fn in_other(book: &Book<'_>, way: Way<'_>) -> Option<(ArrayId, Option<usize>)> {
    let (array, flat) = book.asked?;
    let name = book.right.program.name(array);
    // A mistake may have taken the value away: then the first array of the layer says what was done.
    let layer = layer_of(book, name);
    let found = way.program.find(name).or_else(|| {
        let mut equations = way.program.equations().iter().map(|equation| equation.array);
        equations.find(|array| layer_of(book, way.program.name(*array)) == layer)
    })?;
    Some((found, flat.filter(|&flat| flat < way.program.shape(found).size())))
}

/// The layer that an array belongs to: the longest name that the array's begins with.
fn layer_of(book: &Book<'_>, array: &str) -> Option<usize> {
    let belongs =
        |name: &str| array.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/', '#']));
    let layers = book.layers.iter().enumerate().filter(|(_, (name, _))| belongs(name));
    layers.max_by_key(|(_, (name, _))| name.len()).map(|(i, _)| i)
}

/// A name that every spreadsheet allows and that no other sheet has.
fn sheet_name(name: &str, taken: &[String]) -> String {
    let allowed = |c: char| if c.is_control() || "[]:*?/\\'".contains(c) { '_' } else { c };
    let clean: String = name.trim().chars().map(allowed).take(LONGEST_NAME).collect();
    let clean = if clean.trim().is_empty() { "_".to_owned() } else { clean };
    let is_free = |name: &str| {
        taken.iter().all(|other| other.to_lowercase() != name.to_lowercase()) && name.to_lowercase() != "history"
    };
    let mut free = clean.clone();
    let mut count = 1;
    while !is_free(&free) {
        count += 1;
        let end = format!("_{count}");
        free = clean.chars().take(LONGEST_NAME - end.len()).chain(end.chars()).collect();
    }
    free
}
