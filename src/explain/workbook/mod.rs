//! A pass as a workbook with live formulas: what a spreadsheet user takes away, changes a cell of, and sees what follows.
//!
//! The first sheet has the inputs and the outputs; each layer has a sheet, with its weights above and its work below. Every
//! product, sum, bias and activation is a formula that refers to cells. Beside each result stands byhand's own number, and a
//! difference that is red where the two are not the same. A pass with mistakes is a second block on the right.
//!
//! A spreadsheet computes in float64. The column `float32` keeps 24 binary digits of each result, as frameworks do, by
//! Dekker's splitting (1971): `x*c - (x*c - x)` with `c = 2^29 + 1`. What comes after uses this column, so the cells give the same
//! numbers as `model.predict`. Only numbers that are too large or too small for float32 differ.

mod book;
mod cell;
mod function;
mod layout;
mod rows;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use thiserror::Error;

pub use self::book::{of_chain, of_graph};
use self::layout::{Layout, Side};
use crate::{
    equation::{ArrayId, EvaluateError, Program, Values},
    graph::{self, GraphError},
    pass::AddressError,
    plain::plain,
    words::explain,
};

/// The most cells of one workbook.
pub const MOST_CELLS: usize = 100_000;

/// The name of the number by which a cell is rounded to float32.
const SPLITTER: &str = "to_float32";

/// Why no workbook can be written.
#[derive(Debug, Error)]
pub enum WorkbookError {
    /// Too many cells.
    #[error("{}", explain::workbook_too_large(cells, MOST_CELLS))]
    TooLarge {
        /// How many there would be.
        cells: usize,
    },
    /// A function that no formula of a spreadsheet computes.
    #[error("{}", explain::workbook_no_formula(function))]
    Function {
        /// Which.
        function: String,
    },
    /// There is no such value.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// There is no such value in a graph of layers.
    #[error(transparent)]
    GraphAddress(#[from] graph::AddressError),
    /// A layer has no equations.
    #[error(transparent)]
    Equations(#[from] GraphError),
    /// What goes in does not fit.
    #[error(transparent)]
    Input(#[from] EvaluateError),
    /// The file cannot be made.
    #[error("{0}")]
    Write(#[from] XlsxError),
}

/// Equations and the values of one pass through them.
#[derive(Debug, Clone, Copy)]
struct Way<'a> {
    /// The equations.
    program: &'a Program,
    /// Their values.
    values: &'a Values,
}

/// What a workbook is about.
#[derive(Debug, Clone)]
struct Book<'a> {
    /// The model's name.
    model: &'a str,
    /// The layers in order: the name and what stands in the first line of the sheet.
    layers: Vec<(String, String)>,
    /// The arrays that go in.
    inputs: Vec<ArrayId>,
    /// The arrays that come out.
    outputs: Vec<ArrayId>,
    /// The right way.
    right: Way<'a>,
    /// The way with mistakes, for a second block.
    wrong: Option<Way<'a>>,
    /// The mistakes, as sentences without their full stops.
    mistakes: Vec<String>,
    /// Only this array, or this value of it, and what it needs within its layer.
    asked: Option<(ArrayId, Option<usize>)>,
}

/// How cells look.
struct Look {
    title: Format,
    text: Format,
    head: Format,
    given: Format,
    value: Format,
    result: Format,
    quiet: Format,
    alarm: Format,
}

impl Look {
    fn new() -> Self {
        const BLUE: Color = Color::RGB(0x1F_4E_9E);
        const PALE: Color = Color::RGB(0xE8_F0_FB);
        const GREY: Color = Color::RGB(0x80_80_80);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            text: Format::new(),
            head: Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::Right),
            given: Format::new().set_font_color(BLUE).set_background_color(PALE),
            value: Format::new(),
            result: Format::new().set_bold(),
            quiet: Format::new().set_font_color(GREY),
            alarm: Format::new().set_font_color(Color::RGB(0xB0_1E_1E)).set_background_color(Color::RGB(0xFB_E4_E4)),
        }
    }
}

impl Book<'_> {
    /// The bytes of an `.xlsx` file.
    ///
    /// # Errors
    /// [`WorkbookError`] if it has too many cells, or a function that spreadsheets do not have.
    fn write(&self) -> Result<Vec<u8>, WorkbookError> {
        let layout = Layout::new(self)?;
        let look = Look::new();
        let mut workbook = Workbook::new();
        workbook.define_name(SPLITTER, "=536870913")?;
        for name in &layout.sheets {
            let sheet = workbook.add_worksheet().set_name(name)?;
            sheet.set_landscape().set_print_fit_to_pages(1, 0);
        }
        rows::start(self, &layout, &look, workbook.worksheet_from_index(0)?)?;
        for (i, (_, heading)) in self.layers.iter().enumerate() {
            let Some(sheet) = layout.sheet_of_layer(i) else { continue };
            let worksheet = workbook.worksheet_from_index(sheet)?;
            worksheet.write_string_with_format(0, 0, plain(heading), &look.title)?;
            rows::widths(worksheet, self.wrong.is_some())?;
        }
        for grid in &layout.grids {
            rows::grid(self, grid, &look, workbook.worksheet_from_index(grid.at.sheet)?)?;
        }
        for side in [Side::Right, Side::Wrong] {
            for work in layout.works(side) {
                rows::work(self, &layout, side, work, &look, workbook.worksheet_from_index(work.at.sheet)?)?;
            }
            for sheet in 0..layout.sheets.len() {
                if let Some(rows) = layout.rows(side, sheet) {
                    rows::alarms(side, rows, &look, workbook.worksheet_from_index(sheet)?)?;
                }
            }
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn way(&self, side: Side) -> Way<'_> {
        match side {
            Side::Right => self.right,
            Side::Wrong => self.wrong.unwrap_or(self.right),
        }
    }
}
