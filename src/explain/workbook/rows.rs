//! What stands in the cells: words, tables of given numbers, and the rows of a value's work.

use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

use super::{
    Book, Look, WorkbookError,
    cell::{alarm, difference, name, number, refer, write},
    function::{float32, formula},
    layout::{Cell, Grid, Layout, Side, Work, is_plain_copy},
};
use crate::{
    equation::{Action, ArrayId, Index, Operand, Read, Rule, Which},
    explain::equation::written,
    plain::plain,
    words::explain,
};

/// Rows of words on the first sheet, before the sentences about mistakes.
pub(super) const WORDS: u32 = 6;

const CALCULATION: u16 = 1;
const FIRST: u16 = 2;
const SECOND: u16 = 3;
const BETWEEN: u16 = 4;
const VALUE: u16 = 5;
/// The column with the result, rounded to float32: the cell that others refer to.
pub(super) const FLOAT32: u16 = 6;
const BYHAND: u16 = 7;
const DIFFERENCE: u16 = 8;

/// The widths of the columns of a layer's sheet.
pub(super) fn widths(sheet: &mut Worksheet, two: bool) -> Result<(), XlsxError> {
    for side in [Side::Right, Side::Wrong].into_iter().take(if two { 2 } else { 1 }) {
        let first = side.column();
        sheet.set_column_width(first, 20)?;
        sheet.set_column_width(first + CALCULATION, 38)?;
        for column in FIRST..=DIFFERENCE {
            sheet.set_column_width(first + column, 14)?;
        }
    }
    Ok(())
}

/// The first sheet: what the workbook is, and the outputs.
pub(super) fn start(book: &Book<'_>, layout: &Layout, look: &Look, sheet: &mut Worksheet) -> Result<(), WorkbookError> {
    sheet.set_column_width(0, 24)?;
    for column in 1..8 {
        sheet.set_column_width(column, 14)?;
    }
    sheet.write_string_with_format(0, 0, plain(&explain::workbook_title(book.model)), &look.title)?;
    let words = [explain::workbook_change(), explain::workbook_float32(), explain::workbook_byhand()];
    let mistakes = book.mistakes.iter().map(explain::workbook_what_if);
    for (row, text) in words.into_iter().chain(mistakes).enumerate() {
        sheet.write_string_with_format(row as u32 + 2, 0, plain(&text), &look.text)?;
    }
    let mut row = layout.outputs + 1;
    let mut heads = vec![explain::workbook_output(), explain::workbook_sheet(), explain::workbook_right()];
    heads.push(explain::workbook_difference());
    heads.extend(book.wrong.map(|_| explain::workbook_wrong()));
    for (column, head) in heads.into_iter().enumerate() {
        sheet.write_string_with_format(row, column as u16, head, &look.head)?;
    }
    let first = row + 1;
    for &output in &book.outputs {
        for (flat, &right) in book.right.values.of(output).iter().enumerate() {
            row += 1;
            let address = book.right.program.address(output, flat);
            sheet.write_string_with_format(row, 0, plain(&address), &look.text)?;
            let at = Cell { sheet: 0, row, column: 1 };
            match layout.cell(book, Side::Right, output, flat) {
                Some(cell) => write(sheet, at, &refer(layout, 0, cell), f64::from(right), &look.result)?,
                None => number(sheet, at, right, &look.result)?,
            }
            number(sheet, Cell { column: 2, ..at }, right, &look.quiet)?;
            difference(sheet, Cell { column: 3, ..at }, (at, Cell { column: 2, ..at }), 0.0, look)?;
            let Some(wrong) = book.wrong else { continue };
            let Some(other) = wrong.program.find(book.right.program.name(output)) else { continue };
            let Some(&value) = wrong.values.of(other).get(flat) else { continue };
            let at = Cell { column: 4, ..at };
            match layout.cell(book, Side::Wrong, other, flat) {
                Some(cell) => write(sheet, at, &refer(layout, 0, cell), f64::from(value), &look.result)?,
                None => number(sheet, at, value, &look.result)?,
            }
        }
    }
    alarm(sheet, (first, row), (1, 2, 3), look)?;
    Ok(())
}

/// Numbers that are given, as a table with its indices.
pub(super) fn grid(book: &Book<'_>, grid: &Grid, look: &Look, sheet: &mut Worksheet) -> Result<(), WorkbookError> {
    let way = book.way(grid.side);
    let (name, shape) = (way.program.name(grid.array), way.program.shape(grid.array));
    let Cell { row, column, .. } = grid.at;
    let title = match grid.side {
        Side::Right => explain::workbook_array(name, shape),
        Side::Wrong => explain::workbook_array_what_if(name, shape),
    };
    sheet.write_string_with_format(row - 1, 0, plain(&title), &look.head.clone().set_align(FormatAlign::Left))?;
    if shape.rank() > 0 {
        for k in 0..grid.columns {
            sheet.write_string_with_format(row - 1, column + k as u16, format!("[{k}]"), &look.head)?;
        }
    }
    for (flat, &value) in way.values.of(grid.array).iter().enumerate() {
        let at =
            Cell { row: row + (flat / grid.columns) as u32, column: column + (flat % grid.columns) as u16, ..grid.at };
        if flat % grid.columns == 0 && shape.rank() > 1 {
            let mut index: Vec<String> = shape.unravel(flat).iter().map(ToString::to_string).collect();
            index.pop();
            sheet.write_string_with_format(at.row, 0, format!("[{}]", index.join(",")), &look.quiet)?;
        }
        number(sheet, at, value, &look.given)?;
    }
    Ok(())
}

/// The work of one value, a row an action.
pub(super) fn work(
    book: &Book<'_>,
    layout: &Layout,
    side: Side,
    work: &Work,
    look: &Look,
    sheet: &mut Worksheet,
) -> Result<(), WorkbookError> {
    let way = book.way(side);
    let (array, flat) = (work.array, work.flat);
    if work.at.row == layout.blocks[work.at.sheet] + 2 {
        heads(book, side, layout.blocks[work.at.sheet], look, sheet)?;
    }
    let actions = way.program.worked(way.values, array, flat);
    let rule = way.program.equation_of(array).map(|equation| &equation.rule);
    let right = right_results(book, side, array, flat, actions.len());
    let address = way.program.address(array, flat);
    let row_of = |row: u32| Row { book, layout, side, at: Cell { row: work.at.row + row, ..work.at } };
    if actions.is_empty() {
        // A number that is looked up where another one says.
        row_of(0).looked_up(array, flat, look, sheet)?;
    }
    for (i, action) in actions.iter().enumerate() {
        let row = row_of(i as u32);
        row.action(action, rule, (i, actions.len()), look, sheet)?;
    }
    for i in 0..work.rows {
        let row = work.at.row + i;
        let at = |column: u16| Cell { row, column: work.at.column + column, ..work.at };
        let last = i + 1 == work.rows;
        sheet.write_string_with_format(
            row,
            work.at.column,
            plain(&address),
            if last { &look.result } else { &look.quiet },
        )?;
        let own = match actions.get(i as usize) {
            Some(action) => action.after(),
            None => way.values.of(array).get(flat).copied().unwrap_or(f32::NAN),
        };
        let value = name(at(VALUE));
        write(
            sheet,
            at(FLOAT32),
            &float32(&value).replace(&format!("({value})"), &value),
            own.into(),
            if last { &look.result } else { &look.value },
        )?;
        if let Some(&Some(right)) = right.get(i as usize) {
            number(sheet, at(BYHAND), right, &look.quiet)?;
            let by = f64::from(own) - f64::from(right);
            difference(sheet, at(DIFFERENCE), (at(FLOAT32), at(BYHAND)), by, look)?;
        }
    }
    Ok(())
}

/// Differences of a block that are more than rounding are red.
pub(super) fn alarms(side: Side, rows: (u32, u32), look: &Look, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let first = side.column();
    alarm(sheet, rows, (first + FLOAT32, first + BYHAND, first + DIFFERENCE), look)
}

/// What the right way has after each action; only the last where the actions are others.
fn right_results(book: &Book<'_>, side: Side, array: ArrayId, flat: usize, actions: usize) -> Vec<Option<f32>> {
    let way = book.way(side);
    let name = way.program.name(array);
    let Some(other) = book.right.program.find(name) else { return Vec::new() };
    if book.right.program.shape(other) != way.program.shape(array) {
        return Vec::new();
    }
    let results: Vec<Option<f32>> =
        book.right.program.worked(book.right.values, other, flat).iter().map(|action| Some(action.after())).collect();
    let last = book.right.values.of(other).get(flat).copied();
    if results.len() == actions && actions > 0 {
        return results;
    }
    let mut aligned = vec![None; actions.max(1)];
    if let Some(end) = aligned.last_mut() {
        *end = last;
    }
    aligned
}

fn heads(book: &Book<'_>, side: Side, row: u32, look: &Look, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    if side == Side::Wrong {
        let says = book.mistakes.join("; ");
        sheet.write_string_with_format(row, side.column(), plain(&explain::workbook_what_if(says)), &look.title)?;
    }
    let heads = [
        explain::workbook_address(),
        explain::workbook_calculation(),
        explain::workbook_first(),
        explain::workbook_second(),
        explain::workbook_between(),
        explain::workbook_value(),
        explain::workbook_rounded(),
        explain::workbook_right(),
        explain::workbook_difference(),
    ];
    for (column, head) in heads.into_iter().enumerate() {
        let left = look.head.clone().set_align(FormatAlign::Left);
        let format = if column < 2 { &left } else { &look.head };
        sheet.write_string_with_format(row + 1, side.column() + column as u16, head, format)?;
    }
    Ok(())
}

/// One row of a value's work.
struct Row<'a, 'b> {
    book: &'a Book<'b>,
    layout: &'a Layout,
    side: Side,
    at: Cell,
}

impl Row<'_, '_> {
    fn at(&self, column: u16) -> Cell {
        Cell { column: self.at.column + column, ..self.at }
    }

    /// The result of the row before.
    fn before(&self) -> String {
        name(Cell { row: self.at.row - 1, ..self.at(FLOAT32) })
    }

    fn address(&self, operand: &Operand) -> String {
        match operand.from {
            Some((array, flat)) => self.book.way(self.side).program.address(array, flat),
            None => operand.value.to_string(),
        }
    }

    fn says(&self, text: &str, look: &Look, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.write_string_with_format(self.at.row, self.at.column + CALCULATION, plain(text), &look.quiet)?;
        Ok(())
    }

    /// Brings a number to this row: the cell that has it, or the number itself.
    fn bring(&self, column: u16, operand: &Operand, look: &Look, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let cell = operand.from.and_then(|(array, flat)| self.layout.cell(self.book, self.side, array, flat));
        match cell {
            Some(cell) => {
                let formula = refer(self.layout, self.at.sheet, cell);
                write(sheet, self.at(column), &formula, operand.value.into(), &look.value)
            }
            None => number(sheet, self.at(column), operand.value, &look.given),
        }
    }

    /// Action `i` of `count`.
    fn action(
        &self,
        action: &Action,
        rule: Option<&Rule>,
        (i, count): (usize, usize),
        look: &Look,
        sheet: &mut Worksheet,
    ) -> Result<(), WorkbookError> {
        let names = |operands: &[Operand]| operands.iter().map(|operand| self.address(operand)).collect::<Vec<_>>();
        match action {
            Action::Term { factors, before, .. } => {
                let text = names(factors).join(" × ");
                self.says(&if i == 0 { text } else { format!("+ {text}") }, look, sheet)?;
                let product: f64 = factors.iter().map(|factor| f64::from(factor.value)).product();
                let mut term = name(self.at(FIRST));
                for (column, factor) in [FIRST, SECOND].into_iter().zip(factors) {
                    self.bring(column, factor, look, sheet)?;
                }
                if factors.len() > 1 {
                    let others = factors.iter().skip(2).map(|factor| {
                        let cell =
                            factor.from.and_then(|(array, flat)| self.layout.cell(self.book, self.side, array, flat));
                        cell.map_or_else(
                            || f64::from(factor.value).to_string(),
                            |cell| refer(self.layout, self.at.sheet, cell),
                        )
                    });
                    let all: Vec<String> =
                        [name(self.at(FIRST)), name(self.at(SECOND))].into_iter().chain(others).collect();
                    write(sheet, self.at(BETWEEN), &all.join("*"), product, &look.value)?;
                    term = name(self.at(BETWEEN));
                }
                let formula = if i == 0 { term } else { format!("{}+{term}", self.before()) };
                write(sheet, self.at(VALUE), &formula, f64::from(*before) + product, &look.value)?;
            }
            Action::Compare { with, after, .. } => {
                let Some(Rule::Extreme { which, .. }) = rule else { return Ok(()) };
                self.bring(FIRST, with, look, sheet)?;
                let word = match which {
                    Which::Largest => "max",
                    Which::Smallest => "min",
                    Which::Argmax => "argmax",
                };
                self.says(&format!("{word}({})", self.address(with)), look, sheet)?;
                let cell = name(self.at(FIRST));
                let top = Cell { row: self.at.row - i as u32, ..self.at(FIRST) };
                let all = format!("{}:{cell}", name(top));
                let formula = match which {
                    Which::Argmax if i + 1 == count => format!("MATCH(MAX({all}),{all},0)-1"),
                    _ if i == 0 => cell,
                    Which::Smallest => format!("MIN({},{cell})", self.before()),
                    Which::Largest | Which::Argmax => format!("MAX({},{cell})", self.before()),
                };
                write(sheet, self.at(VALUE), &formula, f64::from(*after), &look.value)?;
            }
            Action::Apply { operands, before, .. } => {
                let Some(Rule::Map { function, .. }) = rule else { return Ok(()) };
                self.says(&written(*function, &names(operands)), look, sheet)?;
                let mut values: Vec<f64> = operands.iter().map(|operand| f64::from(operand.value)).collect();
                let mut columns = vec![FIRST, SECOND, BETWEEN];
                columns.truncate(operands.len());
                if let (Some(before), Some(last), true) = (before, operands.last(), i > 0) {
                    // What more joins is done to the result of the row before.
                    write(sheet, self.at(FIRST), &self.before(), f64::from(*before), &look.value)?;
                    self.bring(SECOND, last, look, sheet)?;
                    values = vec![f64::from(*before), f64::from(last.value)];
                    columns = vec![FIRST, SECOND];
                } else {
                    for (&column, operand) in columns.iter().zip(operands) {
                        self.bring(column, operand, look, sheet)?;
                    }
                }
                let cells: Vec<String> = columns.iter().map(|&column| name(self.at(column))).collect();
                let unknown = || WorkbookError::Function { function: format!("{function:?}") };
                let formula = formula(*function, &cells, &values, &name(self.at(BETWEEN))).ok_or_else(unknown)?;
                if let Some((between, value)) = &formula.between {
                    write(sheet, self.at(BETWEEN), &float32(between), f64::from(*value as f32), &look.value)?;
                }
                write(sheet, self.at(VALUE), &formula.result, function.exact(&values), &look.value)?;
            }
        }
        Ok(())
    }

    /// A copy whose place another value gives, such as a row of an embedding.
    fn looked_up(&self, array: ArrayId, flat: usize, look: &Look, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let way = self.book.way(self.side);
        let Some(equation) = way.program.equation_of(array) else { return Ok(()) };
        debug_assert!(!is_plain_copy(equation));
        let value = way.values.of(array).get(flat).copied().unwrap_or(f32::NAN);
        let own = equation.shape.unravel(flat);
        let from = way.program.sources(way.values, array, flat).first().copied();
        let operand = Operand { from, value };
        self.says(&self.address(&operand), look, sheet)?;
        let formula = equation.rule.reads().first().and_then(|read| self.index(read, &own));
        match formula {
            Some(formula) => write(sheet, self.at(VALUE), &formula, value.into(), &look.value),
            None => self.bring(VALUE, &operand, look, sheet),
        }
    }

    /// `INDEX(table, row, column)` for a read of a table that stands in cells.
    fn index(&self, read: &Read, own: &[usize]) -> Option<String> {
        let way = self.book.way(self.side);
        let (corner, columns) = self.layout.table(self.book, self.side, read.array)?;
        let rows = way.program.shape(read.array).size() / columns;
        let [row, column] = read.index.as_slice() else { return None };
        let place = |index: &Index| match index {
            Index::At(affine) => affine.at(own, &[]).map(|at| (at + 1).to_string()),
            Index::Valued(inner) => {
                let index: Option<Vec<usize>> = inner
                    .index
                    .iter()
                    .map(|index| match index {
                        Index::At(affine) => usize::try_from(affine.at(own, &[])?).ok(),
                        Index::Valued(_) => None,
                    })
                    .collect();
                let shape = inner.view.as_ref().unwrap_or_else(|| way.program.shape(inner.array));
                let cell = self.layout.cell(self.book, self.side, inner.array, shape.flat(&index?)?)?;
                Some(format!("{}+1", refer(self.layout, self.at.sheet, cell)))
            }
        };
        let end = Cell { row: corner.row + rows as u32 - 1, column: corner.column + columns as u16 - 1, ..corner };
        let table = format!("{}:{}", refer(self.layout, self.at.sheet, corner), name(end));
        Some(format!("INDEX({table},{},{})", place(row)?, place(column)?))
    }
}
