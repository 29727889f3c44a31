//! A solution as a table for spreadsheets: one row an action. The columns are `address,from,calculation,result,exact`.

use super::{
    Solution,
    calculation::{Style, calculation},
};
use crate::{explain::csv::quoted, network::number::Digits, plain::plain};

/// The solution as CSV (RFC 4180, but lines end as everywhere on the terminal).
pub fn write(solution: &Solution, digits: Digits) -> String {
    let mut text = "address,from,calculation,result,exact\n".to_owned();
    for work in solution.sections.iter().flat_map(|section| &section.works) {
        for (i, line) in work.lines.iter().enumerate() {
            let written = calculation(line, i == 0, digits, Style::Plain);
            let result = if written.holds { written.result } else { format!("≈ {}", written.result) };
            let exact = Digits::Exact.column(line.action.after());
            let cells = [work.address.clone(), line.from.join(" "), written.left, result, exact];
            let cells: Vec<String> = cells.iter().map(|cell| quoted(&plain(cell))).collect();
            text.push_str(&cells.join(","));
            text.push('\n');
        }
    }
    text
}
