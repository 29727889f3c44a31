//! `--answer`: from the command line, or from a column of a spreadsheet, to numbers with their digits.
//!
//! `@mine.csv` is a file with one column, a list, or JSON; of a table with several columns `@mine.csv:COLUMN` takes one, by
//! its heading or by its number, counted from 1 as spreadsheets do. Of a workbook `@mine.xlsx:Sheet1!C2:C17` takes cells; see
//! [`cells`](super::cells).

use std::path::Path;

use super::{CheckError, Place, cells};
use crate::{
    diagnose::{Answer, AnswerError},
    file::workbook::is_workbook,
    load::format_of,
    shell::read,
};

/// The numbers of one `option`: `--answer` or `--model-says`.
pub(super) fn read(text: &str, option: &'static str) -> Result<Vec<Answer>, CheckError> {
    let Some(name) = text.strip_prefix('@') else {
        return numbers(text, "", option);
    };
    let (name, column) = file_and_column(name);
    let bytes = read::file(Path::new(name)).map_err(|why| CheckError::Read { option, why })?;
    if is_workbook(&bytes) {
        return Ok(cells::answers(&bytes, name, column, option).map_err(Box::new)?);
    }
    if let Some(format) = format_of(&bytes) {
        return Err(CheckError::Format { option, name: name.to_owned(), format });
    }
    let text = read::text(bytes, name).map_err(|why| CheckError::Read { option, why })?;
    of_file(&text, name, column, option)
}

/// A colon may belong to the file's name, as on Windows, or to a range of cells: the longest name of a file that is there counts.
fn file_and_column(text: &str) -> (&str, Option<&str>) {
    let whole = (text, None);
    let parts = text.rmatch_indices(':').map(|(at, _)| (&text[..at], Some(&text[at + 1..])));
    let mut all = std::iter::once(whole).chain(parts);
    let found = all.find(|(file, _)| !file.is_empty() && Path::new(file).exists());
    let last = || text.rsplit_once(':').filter(|(file, _)| !file.is_empty());
    found.unwrap_or_else(|| last().map_or(whole, |(file, column)| (file, Some(column))))
}

/// The answers of a file: one column of a table, or all its numbers if it is not a table.
fn of_file(text: &str, name: &str, column: Option<&str>, option: &'static str) -> Result<Vec<Answer>, CheckError> {
    let text = text.trim_start_matches('\u{feff}');
    match (Table::read(text), column) {
        (Some(table), _) => table.column(name, column, option),
        (None, None | Some("" | "1")) => numbers(text, name, option),
        (None, Some(column)) => {
            let heading = text.lines().next().unwrap_or_default().trim().trim_matches('"');
            if heading == column {
                return numbers(text, name, option);
            }
            Err(CheckError::NoColumn {
                option,
                name: name.to_owned(),
                column: column.to_owned(),
                columns: format!("1 (`{heading}`)"),
            })
        }
    }
}

/// A file with several columns: its heading, if it has one, and its rows with their lines, counted from 1.
struct Table {
    heading: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    /// `None` if every line has one cell, if there is one line of numbers only (that is a list), or brackets (JSON, NumPy).
    fn read(text: &str) -> Option<Self> {
        if text.trim_start().starts_with(['[', '(', '{']) {
            return None;
        }
        let first = text.lines().find(|line| !line.trim().is_empty())?;
        let separator = ['\t', ';', ','].into_iter().find(|separator| first.contains(*separator))?;
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let mut rows: Vec<(usize, Vec<String>)> = lines.map(|(i, line)| (i + 1, cells(line, separator))).collect();
        // Rows may have labels: a heading is a word over a number, or words only.
        let is_word = |cell: &String| cell.parse::<Answer>().is_err();
        let over = |i: usize| rows.get(1).and_then(|(_, cells)| cells.get(i)).is_some_and(|cell| !is_word(cell));
        let words = |cells: &[String]| {
            let mut named = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty() && is_word(cell));
            cells.iter().all(is_word) || named.any(|(i, _)| over(i))
        };
        let is_heading = words(&rows.first()?.1);
        let heading = if is_heading { rows.remove(0).1 } else { Vec::new() };
        (!heading.is_empty() || rows.len() > 1).then_some(Self { heading, rows })
    }

    fn width(&self) -> usize {
        self.rows.iter().map(|(_, cells)| cells.len()).chain([self.heading.len()]).max().unwrap_or(0)
    }

    /// "1 (`unit`), 2 (`mine`)".
    fn columns(&self) -> String {
        let name = |i: usize| self.heading.get(i).filter(|name| !name.is_empty());
        let column = |i: usize| name(i).map_or_else(|| (i + 1).to_string(), |name| format!("{} (`{name}`)", i + 1));
        (0..self.width().min(MOST_COLUMNS)).map(column).collect::<Vec<_>>().join(", ")
    }

    /// The numbers of the column with this name or number.
    fn column(&self, file: &str, column: Option<&str>, option: &'static str) -> Result<Vec<Answer>, CheckError> {
        let (name, columns) = (file.to_owned(), self.columns());
        let Some(column) = column else {
            let example =
                self.heading.last().filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| "2".to_owned());
            return Err(CheckError::Columns { option, name, columns, example });
        };
        let named = self.heading.iter().position(|name| name == column.trim());
        let numbered = || column.trim().parse::<usize>().ok()?.checked_sub(1).filter(|i| *i < self.width());
        let Some(i) = named.or_else(numbered) else {
            return Err(CheckError::NoColumn { option, name, column: column.to_owned(), columns });
        };
        let answer = |(line, cells): &(usize, Vec<String>)| {
            let cell = cells.get(i).map_or("", String::as_str);
            let place = || Place::Cell(file.to_owned(), *line, i + 1);
            cell.parse().map_err(|why| CheckError::Answer { option, place: place(), why })
        };
        let answers: Vec<Answer> = self.rows.iter().map(answer).collect::<Result<_, _>>()?;
        if answers.is_empty() {
            return Err(CheckError::Answer { option, place: Place::File(name), why: AnswerError::Empty });
        }
        Ok(answers)
    }
}

/// More columns than this are not listed.
const MOST_COLUMNS: usize = 20;

/// The cells of a line; quotes keep separators, two of them are one.
fn cells(line: &str, separator: char) -> Vec<String> {
    let (mut cells, mut quoted, mut chars) = (vec![String::new()], false, line.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cells.last_mut().into_iter().for_each(|cell: &mut String| cell.push('"'));
            }
            '"' => quoted = !quoted,
            c if c == separator && !quoted => cells.push(String::new()),
            c => cells.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Numbers with commas, white space or brackets around them. `file`: its name; empty for the command line.
fn numbers(text: &str, file: &str, option: &'static str) -> Result<Vec<Answer>, CheckError> {
    let mut answers: Vec<Answer> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let words = line.split(|c: char| c.is_whitespace() || ",;[]()\"\u{feff}".contains(c));
        for word in words.filter(|word| !word.is_empty()) {
            match word.parse() {
                Ok(answer) => answers.push(answer),
                // A column of a spreadsheet has a heading.
                Err(_) if !file.is_empty() && number == 0 && answers.is_empty() => break,
                Err(why) => {
                    let place = if file.is_empty() { Place::Option } else { Place::Line(file.to_owned(), number + 1) };
                    return Err(CheckError::Answer { option, place, why });
                }
            }
        }
    }
    if answers.is_empty() {
        let place = if file.is_empty() { Place::Option } else { Place::File(file.to_owned()) };
        return Err(CheckError::Answer { option, place, why: AnswerError::Empty });
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_columns_are_read_with_their_digits() {
        for (text, file, expected) in [
            ("20.475", "", &["20.475"][..]),
            ("-1.50, 2", "", &["-1.50", "2"]),
            ("[0.10 0.2]", "", &["0.10", "0.2"]),
            ("mine\n0.50\n0.25\n", "a.csv", &["0.50", "0.25"]),
            ("1.0\r\n2.0\r\n", "a.csv", &["1.0", "2.0"]),
        ] {
            let answers = numbers(text, file, "--answer").expect(text);
            assert_eq!(answers.iter().map(Answer::text).collect::<Vec<_>>(), expected, "{text:?}");
        }
        for (text, file, expected) in [
            ("twenty", "", "--answer: `twenty` is not a number"),
            ("", "", "--answer: type a number"),
            ("1\nx\n", "a.csv", "--answer `a.csv`, line 2: `x` is not a number"),
            ("heading\n", "a.csv", "--answer `a.csv`: type a number"),
        ] {
            let error = numbers(text, file, "--answer").expect_err(text).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn a_table_gives_one_of_its_columns() {
        let answers = |text: &str, column: Option<&str>| {
            of_file(text, "t.csv", column, "--answer")
                .map(|answers| answers.iter().map(|a| a.text().to_owned()).collect::<Vec<_>>())
        };
        let table = "\u{feff}unit,\"mine, by hand\",keras\n0,0.10,0.11\n\n1,0.20,0.22\n";
        for (text, column, expected) in [
            (table, Some("keras"), &["0.11", "0.22"][..]),
            (table, Some("mine, by hand"), &["0.10", "0.20"]),
            (table, Some("2"), &["0.10", "0.20"]),
            ("1;2\n3;4\n", Some("1"), &["1", "3"]),
            ("1\t2\r\n3\t4\r\n", Some("2"), &["2", "4"]),
            ("a,2\n7,8\n", Some("2"), &["8"]),
            // A list is not a table.
            ("0.1, 0.2, 0.3\n", None, &["0.1", "0.2", "0.3"]),
            ("[[0.1, 0.2],\n [0.3, 0.4]]", None, &["0.1", "0.2", "0.3", "0.4"]),
            ("mine\n0.5\n", Some("mine"), &["0.5"]),
            ("mine\n0.5\n", Some("1"), &["0.5"]),
        ] {
            assert_eq!(answers(text, column).expect(text), expected, "{text:?} {column:?}");
        }
        for (text, column, expected) in [
            (
                table,
                None,
                "has several columns: 1 (`unit`), 2 (`mine, by hand`), 3 (`keras`); say which one, as in @t.csv:keras",
            ),
            ("1;2\n3;4\n", None, "has several columns: 1, 2; say which one, as in @t.csv:2"),
            (
                table,
                Some("kears"),
                "has no column `kears`; the columns are 1 (`unit`), 2 (`mine, by hand`), 3 (`keras`)",
            ),
            (table, Some("0"), "has no column `0`"),
            (table, Some("4"), "has no column `4`"),
            ("a,b\n1,x\n", Some("b"), "`t.csv`, line 2, column 2: `x` is not a number"),
            ("a,b\n1,2\n3\n", Some("b"), "`t.csv`, line 3, column 2: type a number"),
            ("a;b\n1;20,5\n", Some("b"), "write the decimals after a point, as in 20.5"),
            ("a,b\n", Some("b"), "`t.csv`: type a number"),
            ("mine\n0.5\n", Some("yours"), "has no column `yours`; the columns are 1 (`mine`)"),
        ] {
            let error = answers(text, column).expect_err(text).to_string();
            assert!(error.contains(expected), "{text:?} {column:?}: {error}");
        }
    }
}
