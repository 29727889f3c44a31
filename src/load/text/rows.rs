//! Numbers in rows without brackets: prints of R, MATLAB, Octave, Julia, h2o and pandas; files of `np.savetxt`; cells of a
//! spreadsheet; tables of Markdown.

use super::{
    error::{Fault, Problem},
    number::{self, Number},
    tree::Result,
};

/// Rows of numbers with their labels.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Table {
    /// The name that is in the table itself.
    pub(super) name: Option<String>,
    pub(super) columns: usize,
    pub(super) values: Vec<f32>,
    pub(super) decimals: Option<u8>,
    /// Words above the columns; empty if there are none.
    pub(super) header: Vec<String>,
    /// Words before each row; empty where there are none.
    pub(super) labels: Vec<Vec<String>>,
    /// A vector, not a matrix of one column.
    pub(super) vector: bool,
    /// Numbers with a decimal comma.
    pub(super) comma: bool,
    /// The shape is stated: `shape (2, 3)`.
    pub(super) shape: Option<Vec<usize>>,
}

impl Table {
    pub(super) fn rows(&self) -> usize {
        self.values.len().checked_div(self.columns).unwrap_or(0)
    }

    pub(super) fn push(&mut self, numbers: &[Number]) {
        self.columns = numbers.len();
        self.values.extend(numbers.iter().map(|number| number.value));
        self.decimals = self.decimals.max(numbers.iter().filter_map(|number| number.decimals).max());
    }
}

/// Lines from a place on.
#[derive(Clone, Copy)]
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Lines<'t> {
    /// The next line, without moving on.
    pub(super) fn peek(&self) -> Option<&'t str> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        Some(rest[..rest.find('\n').unwrap_or(rest.len())].trim_end_matches('\r'))
    }

    pub(super) fn next(&mut self) -> Option<&'t str> {
        let line = self.peek()?;
        let rest = &self.text[self.at..];
        self.at += rest.find('\n').map_or(rest.len(), |end| end + 1);
        Some(line)
    }

    fn skip_blank(&mut self) {
        while self.peek().is_some_and(|line| line.trim().is_empty()) {
            self.next();
        }
    }
}

/// The table that begins with the line at `at`, and where it ends.
pub(super) fn table(text: &str, at: usize) -> Result<Option<(Option<Table>, usize)>> {
    let lines = Lines { text, at };
    let Some(first) = lines.peek() else { return Ok(None) };
    let trimmed = first.trim();
    // What nearly all lines are: nothing of all this.
    let Some(start) = trimmed.chars().next() else { return Ok(None) };
    if trimmed.starts_with("[,") {
        return Ok(r_matrix(lines).map(some));
    }
    if start == '['
        && trimmed[1..].starts_with(|c: char| c.is_ascii_digit())
        && let Some(found) = r_vector(lines)
    {
        return Ok(Some(some(found)));
    }
    if (trimmed.starts_with("Columns ") || trimmed.starts_with("Column ") || factor(trimmed).is_some())
        && let Some(found) = in_pieces(lines)
    {
        return Ok(Some(some(found)));
    }
    if let Some(found) = stated(lines).or_else(|| assignment(lines)) {
        return Ok(Some(some(found)));
    }
    if let Some(found) = super::cells::cells(lines)? {
        return Ok(Some(found));
    }
    if let Some(found) = labelled(lines) {
        return Ok(Some(some(found)));
    }
    plain(lines)
}

fn some((table, end): (Table, usize)) -> (Option<Table>, usize) {
    (Some(table), end)
}

/// Lines that belong to a print and say nothing: they are no captions.
pub(super) fn is_between(line: &str) -> bool {
    let line = line.trim();
    line == "ans ="
        || line.contains("Matrix{") && !line.starts_with("julia>")
        || line.contains("Vector{") && !line.starts_with("julia>")
        || line.starts_with('[') && line.ends_with(']') && (line.contains("row") || line.contains("column"))
        || line.starts_with("Columns ")
        || line.starts_with("```")
}

/// All numbers of a line that has only numbers, divided by blanks.
fn numbers(line: &str) -> Option<Vec<Number>> {
    line.split_whitespace().map(number::number).collect()
}

/// `     [,1] [,2]` and rows that begin with `[1,]` or with a name; continued with `[,3] ...` where the print is wide.
fn r_matrix(mut lines: Lines<'_>) -> Option<(Table, usize)> {
    let mut rows: Vec<Vec<Number>> = Vec::new();
    let mut labels: Vec<Vec<String>> = Vec::new();
    let mut first = true;
    while let Some(header) = lines.peek().filter(|line| line.trim().starts_with("[,")) {
        let columns: Vec<&str> = header.split_whitespace().collect();
        if !first && columns.first() == Some(&"[,1]") {
            break;
        }
        let mut next = lines;
        next.next();
        let mut i = 0;
        while let Some(line) = next.peek() {
            let mut cells = line.split_whitespace();
            let label = cells.next().unwrap_or("");
            let Some(numbers) =
                cells.map(number::number).collect::<Option<Vec<_>>>().filter(|n| n.len() == columns.len())
            else {
                break;
            };
            if first {
                labels.push(if label.starts_with('[') { Vec::new() } else { vec![label.to_owned()] });
                rows.push(numbers);
            } else {
                rows.get_mut(i)?.extend(numbers);
            }
            i += 1;
            next.next();
        }
        if i == 0 || i != rows.len() {
            return None;
        }
        first = false;
        lines = next;
    }
    let mut table = Table { labels, ..Table::default() };
    for row in &rows {
        table.push(row);
    }
    (!rows.is_empty()).then_some((table, lines.at))
}

/// `[1]  0.5 0.25`, continued with `[3] ...`.
fn r_vector(mut lines: Lines<'_>) -> Option<(Table, usize)> {
    let mut all: Vec<Number> = Vec::new();
    while let Some(line) = lines.peek() {
        let Some((index, rest)) = line.trim().strip_prefix('[').and_then(|line| line.split_once(']')) else { break };
        let index: usize = index.trim().parse().ok()?;
        let Some(numbers) = numbers(rest).filter(|numbers| !numbers.is_empty() && index == all.len() + 1) else {
            break;
        };
        all.extend(numbers);
        lines.next();
    }
    let mut table = Table { vector: true, ..Table::default() };
    table.push(&all);
    (!all.is_empty()).then_some((table, lines.at))
}

/// `1.0e+03 *`
fn factor(line: &str) -> Option<f32> {
    let number = line.trim().strip_suffix('*')?.trim();
    number::number(number).map(|number| number.value)
}

/// MATLAB's and Octave's rows in pieces, `Columns 1 through 7`, and under a common factor.
fn in_pieces(mut lines: Lines<'_>) -> Option<(Table, usize)> {
    let (mut rows, mut times): (Vec<Vec<Number>>, f32) = (Vec::new(), 1.0);
    let mut end = lines.at;
    if let Some(factor) = lines.peek().and_then(factor) {
        times = factor;
        lines.next();
        lines.skip_blank();
    }
    let mut first = true;
    loop {
        let mut next = lines;
        next.skip_blank();
        let heading = next.peek().is_some_and(|line| line.trim().starts_with("Column"));
        if heading {
            next.next();
            next.skip_blank();
        } else if !first {
            break;
        }
        let mut i = 0;
        while let Some(numbers) = next.peek().and_then(numbers).filter(|numbers| !numbers.is_empty()) {
            if first {
                rows.push(numbers);
            } else {
                rows.get_mut(i)?.extend(numbers);
            }
            i += 1;
            next.next();
            end = next.at;
        }
        if i == 0 {
            break;
        }
        first = false;
        lines = next;
        if !heading {
            break;
        }
    }
    let mut table = Table::default();
    let columns = rows.first()?.len();
    if rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    for row in &rows {
        table.push(row);
    }
    // A product of two decimals, rounded once.
    table.values.iter_mut().for_each(|value| *value = scaled(*value, times));
    Some((table, end))
}

fn scaled(value: f32, times: f32) -> f32 {
    if times == 1.0 {
        return value;
    }
    // The shortest decimal of the float32 is the one that was printed.
    let decimal: f64 = value.to_string().parse().unwrap_or(f64::from(value));
    let times: f64 = times.to_string().parse().unwrap_or(f64::from(times));
    (decimal * times) as f32
}

/// `dense/kernel shape (2, 3): 0.1 0.2 ...`: a flat list with its shape.
fn stated(mut lines: Lines<'_>) -> Option<(Table, usize)> {
    let line = lines.next()?;
    let (before, after) = line.split_once("shape").or_else(|| line.split_once("size"))?;
    let after = after.trim_start_matches([' ', ':', '=']);
    let open = after.chars().next().filter(|c| matches!(c, '(' | '['))?;
    let (shape, rest) = after[1..].split_once(if open == '(' { ')' } else { ']' })?;
    let shape: Vec<usize> =
        shape.split(',').map(str::trim).filter(|n| !n.is_empty()).map(|n| n.parse().ok()).collect::<Option<_>>()?;
    let name = before.trim_matches(|c: char| !c.is_alphanumeric() && c != ']' && c != '}');
    let mut table = Table { name: Some(name.to_owned()).filter(|name| !name.is_empty()), ..Table::default() };
    let rest = rest.trim_start_matches([':', '=', ',', ' ']).trim_matches(['[', ']', ' ']);
    let mut all: Vec<Number> =
        rest.split([' ', ',', '\t']).filter(|n| !n.is_empty()).map(number::number).collect::<Option<_>>()?;
    let needed: usize = shape.iter().product();
    while all.len() < needed {
        let more = lines.peek().and_then(|line| {
            let line = line.trim().trim_matches(['[', ']']);
            line.split([' ', ',', '\t']).filter(|n| !n.is_empty()).map(number::number).collect::<Option<Vec<_>>>()
        });
        match more.filter(|more| !more.is_empty()) {
            Some(more) => {
                all.extend(more);
                lines.next();
            }
            None => break,
        }
    }
    if all.len() != needed || all.is_empty() {
        return None;
    }
    table.push(&all);
    table.shape = Some(shape);
    Some((table, lines.at))
}

/// `b2 = -0.9496`, also `b2 <- 0.5;` and `float b2 = 0.5f;`: one number under the name of a weight.
fn assignment(mut lines: Lines<'_>) -> Option<(Table, usize)> {
    let line = lines.next()?;
    let line = super::caption::without_prompt(line).trim_end_matches([';', ',', ' ']);
    let (left, right) = line.split_once('=').or_else(|| line.split_once("<-")).or_else(|| line.split_once(':'))?;
    let number = number::number(right.trim())?;
    let caption = super::caption::caption(&format!("{} =", left.trim_end_matches([':', ' '])), '[');
    let name = caption.name.filter(|name| crate::load::build::is_scalar_weight(name))?;
    let mut table = Table { name: Some(name), vector: true, ..Table::default() };
    table.push(&[number]);
    table.shape = Some(Vec::new());
    Some((table, lines.at))
}

/// A heading of words (or of 0, 1, 2 ...), then rows that begin with a label or a number of their own.
fn labelled(mut lines: Lines<'_>) -> Option<(Table, usize)> {
    let first = lines.peek()?;
    if first.contains(['[', ']', '(', ')', '{', '=', ',', ':', ';', '|', '<', '>']) {
        return None;
    }
    let header: Vec<&str> = first.split_whitespace().collect();
    let counted = header.iter().enumerate().all(|(i, word)| word.parse() == Ok(i));
    let words = header.iter().all(|word| number::number(word).is_none());
    if header.is_empty() || !(counted || words) || !first.starts_with(char::is_whitespace) {
        return None;
    }
    lines.next();
    let mut table = Table::default();
    while let Some(line) = lines.peek() {
        let mut cells = line.split_whitespace();
        let label = cells.next().unwrap_or("");
        let Some(numbers) = cells.map(number::number).collect::<Option<Vec<_>>>() else { break };
        if numbers.len() != header.len() {
            break;
        }
        let own = label.parse::<usize>().is_err();
        table.labels.push(if own { vec![label.to_owned()] } else { Vec::new() });
        table.push(&numbers);
        lines.next();
    }
    table.header = if counted { Vec::new() } else { header.iter().map(|&word| word.to_owned()).collect() };
    if table.labels.iter().all(Vec::is_empty) {
        table.labels.clear();
    }
    (!table.values.is_empty()).then_some((table, lines.at))
}

/// Lines of nothing but numbers.
fn plain(mut lines: Lines<'_>) -> Result<Option<(Option<Table>, usize)>> {
    let begin = lines.at;
    let Some(first) = lines.peek() else { return Ok(None) };
    let separated = |line: &str| -> Option<Vec<Number>> {
        let numbers: Option<Vec<Number>> =
            line.split([' ', '\t', ',']).filter(|n| !n.is_empty()).map(number::number).collect();
        numbers.filter(|numbers| !numbers.is_empty())
    };
    // What nearly no line begins with.
    if !first.trim_start().starts_with(|c: char| {
        c.is_ascii_digit() || number::minus(c) || matches!(c, '.' | '+' | '０'..='９' | 'n' | 'N' | 'i')
    }) {
        return Ok(None);
    }
    let mut table = Table::default();
    let mut exponents = true;
    while let Some(line) = lines.peek() {
        let Some(numbers) = separated(line) else { break };
        if table.columns != 0 && numbers.len() != table.columns {
            // Another array begins, unless the rows continue after it as before.
            let mut after = lines;
            after.next();
            if after.peek().and_then(separated).is_none_or(|numbers| numbers.len() != table.columns) {
                break;
            }
            let problem = Problem::ragged(table.rows(), &[numbers.len()], &[table.columns]);
            return Err(Box::new(Fault { problem, at: lines.at }));
        }
        exponents &= line.contains(['e', 'E']);
        table.push(&numbers);
        lines.next();
    }
    // Votes, dates and counts are whole numbers.
    if table.values.is_empty() {
        return Ok(None);
    }
    if table.decimals.is_none() {
        return Ok(Some((None, lines.at)));
    }
    // `np.savetxt` writes vectors and columns alike; Julia says which it is.
    let before = lines.text[..begin].trim_end().lines().next_back().unwrap_or("");
    table.vector =
        table.columns == 1 && (exponents && table.decimals.is_some_and(|d| d >= 10) || before.contains("Vector{"));
    Ok(Some((Some(table), lines.at)))
}
