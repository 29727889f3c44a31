//! Workbooks, `.xlsx` and `.ods`: the cells of one sheet.
//!
//! Every part is unpacked with bounds before the reader sees it, and only cells that hold something are kept: a sheet may name its
//! last cell XFD1048576 and have two.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Ods, Reader, Xlsx};
use thiserror::Error;

use super::{FileError, zip::Zip};
use crate::words::sheet;

/// Cells that are kept.
const MOST_CELLS: usize = 1_000_000;
/// Bytes of all parts together, unpacked.
const MOST_BYTES: usize = 128 << 20;

/// Why a workbook cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WorkbookError {
    /// A part is damaged.
    #[error(transparent)]
    File(#[from] FileError),
    /// The reader does not understand it.
    #[error("{}", sheet::damaged(why))]
    Damaged {
        /// What the reader says.
        why: String,
    },
    /// More cells, or more bytes, than are read.
    #[error("{}", sheet::too_large(MOST_CELLS))]
    TooLarge,
    /// No sheet of this name.
    #[error("{}", sheet::no_sheet(known, name))]
    NoSheet {
        /// What was asked for.
        name: String,
        /// The sheets that there are.
        known: String,
    },
}

/// What is in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A number, typed or computed.
    Number(f64),
    /// Anything else, as it is shown: a text, an error such as `#DIV/0!`, a date, true or false.
    Text(String),
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its cells that hold something, by row and column from 0.
    pub cells: BTreeMap<(u32, u32), Cell>,
}

/// Whether the bytes are a workbook, by the names of the parts.
pub fn is_workbook(bytes: &[u8]) -> bool {
    kind(bytes).is_some()
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Xlsx,
    Ods,
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    let zip = bytes.starts_with(b"PK\x03\x04").then(|| Zip::new(bytes).ok()).flatten()?;
    if zip.names().any(|name| name == "xl/workbook.xml") {
        return Some(Kind::Xlsx);
    }
    let kind = zip.file("mimetype").ok().flatten()?;
    kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet").then_some(Kind::Ods)
}

/// A sheet by its name, or the first.
///
/// # Errors
/// [`WorkbookError`] if the file is damaged or too large, or has no such sheet.
pub fn read(bytes: &[u8], name: Option<&str>) -> Result<Sheet, WorkbookError> {
    let damaged = |why: String| WorkbookError::Damaged { why };
    let zip = Zip::new(bytes)?;
    let mut unpacked = 0;
    for part in zip.names() {
        let content = zip.needed(part)?;
        unpacked += content.len();
        if unpacked > MOST_BYTES || repeats_too_often(&content) {
            return Err(WorkbookError::TooLarge);
        }
    }
    match kind(bytes) {
        Some(Kind::Xlsx) => {
            let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|why| damaged(why.to_string()))?;
            let name = chosen(&workbook.sheet_names(), name)?;
            let mut reader = workbook.worksheet_cells_reader(&name).map_err(|why| damaged(why.to_string()))?;
            let mut cells = BTreeMap::new();
            while let Some(cell) = reader.next_cell().map_err(|why| damaged(why.to_string()))? {
                keep(&mut cells, cell.get_position(), of_data(&Data::from(DataRef::clone(cell.get_value()))))?;
            }
            Ok(Sheet { name, cells })
        }
        Some(Kind::Ods) => {
            let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|why| damaged(why.to_string()))?;
            let name = chosen(&workbook.sheet_names(), name)?;
            let range = workbook.worksheet_range(&name).map_err(|why| damaged(why.to_string()))?;
            let (row, column) = range.start().unwrap_or_default();
            let mut cells = BTreeMap::new();
            for (i, j, data) in range.used_cells() {
                keep(&mut cells, (row + i as u32, column + j as u32), of_data(data))?;
            }
            Ok(Sheet { name, cells })
        }
        None => Err(damaged(sheet::no_parts())),
    }
}

fn keep(cells: &mut BTreeMap<(u32, u32), Cell>, at: (u32, u32), cell: Option<Cell>) -> Result<(), WorkbookError> {
    if let Some(cell) = cell {
        cells.insert(at, cell);
    }
    if cells.len() > MOST_CELLS { Err(WorkbookError::TooLarge) } else { Ok(()) }
}

fn of_data(data: &Data) -> Option<Cell> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) if text.trim().is_empty() => return None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::Bool(value) => Cell::Text(value.to_string()),
        Data::DateTime(time) => Cell::Text(time.to_string()),
        Data::Error(error) => Cell::Text(error.to_string()),
    })
}

fn chosen(known: &[String], name: Option<&str>) -> Result<String, WorkbookError> {
    let found = match name {
        None => known.first(),
        Some(name) => {
            let same = |known: &&String| known.as_str() == name;
            known.iter().find(same).or_else(|| known.iter().find(|known| known.eq_ignore_ascii_case(name)))
        }
    };
    found.cloned().ok_or_else(|| WorkbookError::NoSheet {
        name: name.unwrap_or_default().to_owned(),
        known: known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    })
}

/// Whether a row of an `.ods` file repeats cells that hold something so often that the reader would need much memory.
fn repeats_too_often(part: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(part) else { return false };
    let often = |tag: &str, attribute: &str| -> usize {
        let Some((_, rest)) = tag.split_once(attribute) else { return 1 };
        rest.trim_start_matches(['=', '"', '\''])
            .chars()
            .map_while(|c| c.to_digit(10))
            .fold(0, |n: usize, digit| n.saturating_mul(10).saturating_add(digit as usize))
    };
    let mut all: usize = 0;
    for row in text.split("<table:table-row").skip(1) {
        let row = row.split("</table:table-row>").next().unwrap_or_default();
        let head = row.split('>').next().unwrap_or_default();
        let mut width: usize = 0;
        let mut filled = false;
        let mut blank: usize = 0;
        for cell in row.split("<table:table-cell").skip(1) {
            let tag = cell.split('>').next().unwrap_or_default();
            let count = often(tag, "number-columns-repeated");
            if tag.contains("office:value") || cell.contains("<text:p") {
                (width, blank, filled) = (width.saturating_add(blank).saturating_add(count), 0, true);
            } else {
                blank = blank.saturating_add(count);
            }
        }
        if filled {
            all = all.saturating_add(width.saturating_mul(often(head, "number-rows-repeated")));
        }
    }
    all > MOST_CELLS
}
