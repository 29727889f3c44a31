//! A solution as a table for spreadsheets: one row an action, nothing folded.
//!
//! The columns are `address,calculation,result`; of two passes `address,right_calculation,right,wrong_calculation,wrong,same`,
//! where a side that does nothing has an empty calculation and the number that it had before. Calculations have the decimals
//! that were asked for, results all of them.

use super::{
    Decimals,
    sheet::Sheet,
    work::{Style, Work},
};
use crate::plain::plain;

/// The solution as CSV (RFC 4180, but lines end as everywhere on the terminal).
pub fn write(sheet: &Sheet, decimals: Decimals) -> String {
    let two = sheet.other.is_some();
    let head =
        if two { "address,right_calculation,right,wrong_calculation,wrong,same" } else { "address,calculation,result" };
    let mut text = format!("{head}\n");
    for pair in sheet.pairs() {
        let calculation = |work: Option<Work>| work.map_or_else(String::new, |w| w.calculation(decimals, Style::Plain));
        let exact = |value| Decimals::Exact.column(value);
        let mut cells = vec![pair.address.to_string(), calculation(pair.right), exact(pair.values.0)];
        if two {
            cells.extend([calculation(pair.wrong), exact(pair.values.1), pair.same.to_string()]);
        }
        let cells: Vec<String> = cells.iter().map(|cell| quoted(&plain(cell))).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
