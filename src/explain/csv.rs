//! A solution as a table for spreadsheets: one row for each action, nothing folded.
//!
//! The columns are `address,calculation,result,exact`; of two passes
//! `address,right_calculation,right,wrong_calculation,wrong,same,right_exact,wrong_exact`, where a side that does nothing has an
//! empty calculation and the number that it had before. Calculation and result are an equation that is true as it is written,
//! with the digits that were asked for (fewer, where float32 rounds); the exact columns have every digit of the result.

use super::{
    sheet::Sheet,
    work::{Style, Work, Written},
};
use crate::{network::number::Digits, plain::plain};

/// The solution as CSV (RFC 4180, but lines end as everywhere on the terminal).
pub fn write(sheet: &Sheet, decimals: Digits) -> String {
    let two = sheet.other.is_some();
    let head = if two {
        "address,right_calculation,right,wrong_calculation,wrong,same,right_exact,wrong_exact"
    } else {
        "address,calculation,result,exact"
    };
    let mut text = format!("{head}\n");
    for pair in sheet.pairs() {
        let side = |work: Option<Work>, value: f32| match work.map(|work| work.rounded(decimals, Style::Plain)) {
            Some(Written { calculation, sign: "=", result }) => [calculation, result],
            Some(Written { calculation, sign, result }) => [calculation, format!("{sign} {result}")],
            None => [String::new(), decimals.inline(value)],
        };
        let exact = |value: f32| Digits::Exact.column(value);
        let mut cells = vec![pair.address.to_string()];
        cells.extend(side(pair.right, pair.values.0));
        if two {
            cells.extend(side(pair.wrong, pair.values.1));
            cells.push(pair.same.to_string());
        }
        cells.push(exact(pair.values.0));
        cells.extend(two.then(|| exact(pair.values.1)));
        let cells: Vec<String> = cells.iter().map(|cell| quoted(&plain(cell))).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

pub(super) fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
