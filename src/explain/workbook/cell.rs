//! Single cells: their names, formulas with the values that they have now, and numbers.

use rust_xlsxwriter::{ConditionalFormatFormula, Format, Formula, Worksheet, XlsxError, utility::row_col_to_cell};

use super::{
    Look,
    layout::{Cell, Layout},
};

/// What a spreadsheet shows for a result that is no number.
const NO_NUMBER: &str = "#NUM!";

/// The name of a cell of the same sheet: `B7`.
pub(super) fn name(cell: Cell) -> String {
    row_col_to_cell(cell.row, cell.column)
}

/// A cell as a formula of `sheet` refers to it.
pub(super) fn refer(layout: &Layout, sheet: usize, cell: Cell) -> String {
    if cell.sheet == sheet { name(cell) } else { format!("'{}'!{}", layout.sheets[cell.sheet], name(cell)) }
}

/// A formula with the value that it has now.
pub(super) fn write(
    sheet: &mut Worksheet,
    at: Cell,
    formula: &str,
    value: f64,
    format: &Format,
) -> Result<(), XlsxError> {
    let value = if value.is_finite() { value.to_string() } else { NO_NUMBER.to_owned() };
    sheet.write_formula_with_format(
        at.row,
        at.column,
        Formula::new(format!("={formula}")).set_result(value),
        format,
    )?;
    Ok(())
}

/// A number. A spreadsheet has no infinities: the largest float32 stands for them, so that the largest of several numbers is found;
/// NaN is a word.
pub(super) fn number(sheet: &mut Worksheet, at: Cell, value: f32, format: &Format) -> Result<(), XlsxError> {
    if value.is_nan() {
        sheet.write_string_with_format(at.row, at.column, value.to_string(), format)?;
    } else {
        let value = value.clamp(f32::MIN, f32::MAX);
        sheet.write_number_with_format(at.row, at.column, f64::from(value), format)?;
    }
    Ok(())
}

pub(super) fn difference(
    sheet: &mut Worksheet,
    at: Cell,
    of: (Cell, Cell),
    value: f64,
    look: &Look,
) -> Result<(), XlsxError> {
    write(sheet, at, &format!("{}-{}", name(of.0), name(of.1)), value, &look.quiet)
}

/// Differences that are more than rounding are red.
pub(super) fn alarm(
    sheet: &mut Worksheet,
    (first, last): (u32, u32),
    (own, right, column): (u16, u16, u16),
    look: &Look,
) -> Result<(), XlsxError> {
    if last < first {
        return Ok(());
    }
    let relative = |column: u16| name(Cell { sheet: 0, row: first, column });
    let rule = format!("=ABS({0}-{1})>0.000001*MAX(1,ABS({1}))", relative(own), relative(right));
    let format = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(look.alarm.clone());
    sheet.add_conditional_format(first, column, last, column, &format)?;
    Ok(())
}
