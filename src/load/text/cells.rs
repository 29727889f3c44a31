//! Lines of cells: spreadsheets, CSV, Markdown tables.

use super::{
    error::{Fault, Problem},
    number::{self, Number},
    rows::{Lines, Table},
    tree::Result,
};

/// A cell: empty, a number, or words.
#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Empty,
    Number(Number),
    Words(String),
}

/// Lines of cells divided by tabs, `|`, `;` or `,`.
pub(super) fn cells(lines: Lines<'_>) -> Result<Option<(Option<Table>, usize)>> {
    let Some(first) = lines.peek() else { return Ok(None) };
    let divider = if first.trim_start().starts_with('|') {
        '|'
    } else if first.contains('\t') {
        '\t'
    } else if first.contains(';') {
        ';'
    } else if number::with_comma(first.trim()).is_some() && number::number(first.trim()).is_none() {
        // One number a line, with a decimal comma.
        ';'
    } else if first.contains(',') {
        ','
    } else {
        return Ok(None);
    };
    // Code has brackets and assignments; a table has none.
    let code = |line: &str| line.contains(['[', ']', '{', '}', '(', ')', '=', '"', '<', '>']);
    let mut comma = false;
    let read = |line: &str, comma: &mut bool| -> Vec<Cell> {
        let line = if divider == '|' { line.trim().trim_start_matches('|').trim_end_matches('|') } else { line };
        line.split(divider)
            .map(|cell| {
                let cell = cell.trim().trim_matches(['*', '`']);
                if cell.is_empty() {
                    return Cell::Empty;
                }
                if divider != ','
                    && let Some(number) = number::with_comma(cell)
                {
                    *comma = true;
                    return Cell::Number(number);
                }
                number::number(cell).map_or_else(|| Cell::Words(cell.to_owned()), Cell::Number)
            })
            .collect()
    };
    let fits = |row: &[Cell]| {
        let words = row.iter().filter(|cell| matches!(cell, Cell::Words(_))).count();
        let count = row.iter().filter(|cell| matches!(cell, Cell::Number(_))).count();
        words <= 2 && count > 0
    };
    let (mut next, mut rows): (Lines<'_>, Vec<(Vec<Cell>, usize)>) = (lines, Vec::new());
    while let Some(line) = next.peek() {
        let at = next.at;
        let ruler = divider == '|' && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
        let single = divider == ';' && (number::with_comma(line.trim()).is_some());
        if line.trim().is_empty() || code(line) || !(line.contains(divider) || single) {
            break;
        }
        next.next();
        if ruler {
            continue;
        }
        let row = read(line, &mut comma);
        if row.iter().all(|cell| *cell == Cell::Empty) {
            break;
        }
        // A second heading begins another table; so does a title in a row of empty cells.
        let words = row.iter().all(|cell| !matches!(cell, Cell::Number(_)));
        if words && rows.iter().any(|(row, _)| row.iter().any(|cell| matches!(cell, Cell::Number(_)))) {
            next.at = at;
            break;
        }
        // Prose has commas too: a row is mostly numbers, with at most two words before them; and a table has few headings.
        if !words && !fits(&row) || words && rows.len() > 3 {
            return Ok(None);
        }
        rows.push((row, at));
    }
    let has_number = |row: &[Cell]| row.iter().any(|cell| matches!(cell, Cell::Number(_)));
    if !rows.iter().any(|(row, _)| has_number(row)) {
        return Ok(None);
    }
    let mut header: Vec<Cell> = Vec::new();
    let mut body = rows.as_slice();
    while let [(row, _), rest @ ..] = body {
        if has_number(row) {
            break;
        }
        // A title is alone in its row.
        header = if row.iter().filter(|cell| **cell != Cell::Empty).count() > 1 || divider == '|' || header.is_empty() {
            row.clone()
        } else {
            header
        };
        body = rest;
    }
    if body.len() == 1 && header.is_empty() && divider == ',' && body[0].0.len() < 2 {
        return Ok(None);
    }
    if divider == ','
        && !body.iter().flat_map(|(row, _)| row).any(|cell| matches!(cell, Cell::Number(n) if n.decimals.is_some()))
    {
        return Ok(Some((None, next.at)));
    }
    let mut table = Table { comma, ..Table::default() };
    let is_index =
        |cell: Option<&Cell>| matches!(cell, Some(Cell::Words(words)) if crate::load::text::is_index_word(words));
    let heading = |column: usize| header.get(column);
    let numeric: Vec<usize> = (0..body.iter().map(|(row, _)| row.len()).max().unwrap_or(0))
        .filter(|&column| {
            let number = body.iter().any(|(row, _)| matches!(row.get(column), Some(Cell::Number(_))));
            number && !is_index(heading(column))
        })
        .collect();
    let mut width = None;
    for (row, at) in body {
        let numbers: Vec<Number> = numeric
            .iter()
            .filter_map(|&column| match row.get(column) {
                Some(Cell::Number(number)) => Some(*number),
                _ => None,
            })
            .collect();
        if *width.get_or_insert(numbers.len()) != numbers.len() {
            let problem = Problem::ragged(table.rows(), &[numbers.len()], &[table.columns]);
            return Err(Box::new(Fault { problem, at: *at }));
        }
        table.push(&numbers);
        table.labels.push(
            row.iter()
                .filter_map(|cell| match cell {
                    Cell::Words(words) => Some(words.clone()),
                    _ => None,
                })
                .collect(),
        );
    }
    table.header = numeric
        .iter()
        .map(|&column| match heading(column) {
            Some(Cell::Words(words)) => words.clone(),
            _ => String::new(),
        })
        .collect();
    if table.header.iter().all(String::is_empty) {
        table.header.clear();
    }
    if table.labels.iter().all(Vec::is_empty) {
        table.labels.clear();
    }
    Ok(Some((Some(table), next.at)))
}
