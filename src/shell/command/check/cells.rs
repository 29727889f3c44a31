//! `--answer @mine.xlsx:Sheet1!C2:C17`: numbers in the cells of a workbook, each with its place.
//!
//! The first sheet is meant unless one is named. `C2:C17` is a range, in rows; `C` is the column from its first number to its
//! last; `mine` is the column with this heading. A number is taken with the digits that the cell has, at most as many as float32
//! can have.

use crate::{
    diagnose::{Answer, AnswerError},
    file::workbook::{Cell, Sheet, WorkbookError, read},
    words::sheet,
};

/// The most cells of one answer.
const MOST_CELLS: usize = 100_000;
/// More digits than this do not count: a float32 has at most 9.
const MOST_DIGITS: usize = 9;

/// Why the cells are no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellsError {
    /// The workbook cannot be read, or has no such sheet.
    #[error("{}", sheet::in_file(file, option, why))]
    Workbook {
        /// Of which option.
        option: &'static str,
        /// The file.
        file: String,
        /// What is wrong.
        why: Box<WorkbookError>,
    },
    /// No range of cells.
    #[error("{}", sheet::in_file(file, option, sheet::not_cells(cells)))]
    Range {
        /// Of which option.
        option: &'static str,
        /// The file.
        file: String,
        /// As written.
        cells: String,
    },
    /// Too many cells.
    #[error("{}", sheet::in_file(file, option, sheet::too_many(cells, MOST_CELLS)))]
    TooMany {
        /// Of which option.
        option: &'static str,
        /// The file.
        file: String,
        /// As written.
        cells: String,
    },
    /// A cell without a number.
    #[error("{}", sheet::in_cell(cell, file, option, why))]
    Cell {
        /// Of which option.
        option: &'static str,
        /// The file.
        file: String,
        /// Which cell.
        cell: String,
        /// What is wrong with it.
        why: String,
    },
}

/// The answers of a workbook. `cells`: what was written behind the file's name.
pub(super) fn answers(
    bytes: &[u8],
    file: &str,
    cells: Option<&str>,
    option: &'static str,
) -> Result<Vec<Answer>, CellsError> {
    let file = file.to_owned();
    let (name, cells) = match cells.unwrap_or_default().rsplit_once('!') {
        Some((name, cells)) => (Some(name.trim_matches('\'').replace("''", "'")), cells),
        None => (None, cells.unwrap_or_default()),
    };
    let sheet = read(bytes, name.as_deref()).map_err(|why| CellsError::Workbook {
        option,
        file: file.clone(),
        why: Box::new(why),
    })?;
    let places = places(&sheet, cells.trim());
    let places = places.ok_or_else(|| CellsError::Range { option, file: file.clone(), cells: cells.to_owned() })?;
    if places.len() > MOST_CELLS {
        return Err(CellsError::TooMany { option, file, cells: cells.to_owned() });
    }
    let answer = |&at: &(u32, u32)| {
        let cell = format!("{}!{}", sheet.name, name_of(at));
        let wrong = |why| CellsError::Cell { option, file: file.clone(), cell: cell.clone(), why };
        match sheet.cells.get(&at) {
            Some(Cell::Number(number)) => {
                let answer: Result<Answer, AnswerError> = digits(*number).parse();
                answer.map(|answer| answer.at(&cell)).map_err(|why| wrong(why.to_string()))
            }
            Some(Cell::Text(text)) => match text.parse::<Answer>() {
                Ok(answer) => Ok(answer.at(&cell)),
                Err(AnswerError::NotANumber { .. }) => Err(wrong(sheet::not_a_number(text))),
                Err(why) => Err(wrong(why.to_string())),
            },
            None => Err(wrong(sheet::empty())),
        }
    };
    places.iter().map(answer).collect()
}

/// The cells that are meant, in rows.
fn places(sheet: &Sheet, cells: &str) -> Option<Vec<(u32, u32)>> {
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    if let (Some(first), Some(last)) = (cell(first), cell(last)) {
        let (rows, columns) = (first.0.min(last.0)..=first.0.max(last.0), first.1.min(last.1)..=first.1.max(last.1));
        let count = rows.clone().count().saturating_mul(columns.clone().count());
        // What is too much is only counted.
        let rows = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
        return Some(rows.take(count.min(MOST_CELLS + 1)).collect());
    }
    let headed = sheet.cells.iter().find(|(_, cell)| matches!(cell, Cell::Text(text) if text.trim() == cells));
    let (column, below) = match headed {
        Some((&(row, column), _)) if !cells.is_empty() => (column, row + 1),
        _ if cells.is_empty() => (sheet.cells.iter().find(|(_, cell)| matches!(cell, Cell::Number(_)))?.0.1, 0),
        _ => (column(cells)?, 0),
    };
    let of_column = || sheet.cells.iter().filter(|((row, at), _)| *at == column && *row >= below);
    // A heading, or several, stand above the numbers.
    let is_number = |cell: &Cell| match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => text.parse::<Answer>().is_ok(),
    };
    let first = if headed.is_some() { below } else { of_column().find(|(_, cell)| is_number(cell))?.0.0 };
    let last = of_column().next_back()?.0.0;
    Some((first..=last).map(|row| (row, column)).collect())
}

/// `C5` as row and column from 0; `$` counts for nothing.
fn cell(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = text.split_at(digits);
    let row: u32 = digits.parse().ok()?;
    (1..=1 << 20).contains(&row).then_some(())?;
    Some((row - 1, column(letters)?))
}

/// `C` as a number from 0.
fn column(letters: &str) -> Option<u32> {
    let is_name = (1..=3).contains(&letters.len()) && letters.chars().all(|c| c.is_ascii_alphabetic());
    is_name.then(|| letters.bytes().fold(0, |n, c| n * 26 + u32::from(c.to_ascii_uppercase() - b'A') + 1) - 1)
}

/// `C5`.
fn name_of((row, column): (u32, u32)) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

/// A number as the shortest text that is this number; of one that was computed in float64 as many digits as count.
fn digits(number: f64) -> String {
    let shortest = number.to_string();
    let significant = |text: &str| text.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0').count();
    if number == 0.0 || !number.is_finite() || significant(&shortest) <= MOST_DIGITS {
        return shortest;
    }
    let rounded = format!("{:.*e}", MOST_DIGITS - 1, number);
    let value: f64 = rounded.parse().unwrap_or(number);
    let exponent: i32 = rounded.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    if !(-6..15).contains(&exponent) {
        return rounded;
    }
    format!("{value:.*}", usize::try_from(MOST_DIGITS as i32 - 1 - exponent).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_of_spreadsheets() {
        for (text, at) in [("A1", (0, 0)), ("c5", (4, 2)), ("$AA$10", (9, 26)), ("XFD1048576", (1_048_575, 16_383))] {
            assert_eq!(cell(text), Some(at), "{text}");
            assert_eq!(name_of(at), text.replace('$', "").to_uppercase());
        }
        for text in ["", "C", "5", "C0", "5C", "ABCD1", "C5x", "C99999999"] {
            assert_eq!(cell(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_has_the_digits_that_count() {
        for (number, text) in [
            (0.51, "0.51"),
            (-3.0, "-3"),
            (0.0, "0"),
            (-0.564_306_199_550_629, "-0.564306200"),
            (12_345.678_901_234, "12345.6789"),
            (1.0 / 3.0e9, "3.33333333e-10"),
            (0.1 + 0.2, "0.300000000"),
        ] {
            assert_eq!(digits(number), text);
        }
    }
}
