//! A training table: text to columns of numbers.
//!
//! Commas, semicolons, tabs or blanks separate the columns; a heading may be there or not; with semicolons or tabs the decimals may
//! follow a comma. Lines that begin with `#` are left out. An empty cell is a missing number.

use thiserror::Error;

use crate::words;

/// More columns than this are not listed in a message.
const MOST_LISTED: usize = 20;

/// Columns of numbers, with their headings if there are any.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What the table is called.
    name: String,
    /// One for each column; empty without a heading.
    heading: Vec<String>,
    columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Column {
    /// NaN where the cell is empty or no number.
    numbers: Vec<f64>,
    /// The first cell that is no number, and its line.
    text: Option<(usize, String)>,
}

/// Why a table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TableError {
    /// No rows.
    #[error("{}", words::table::empty(name))]
    Empty {
        /// The table.
        name: String,
    },
    /// Rows of different lengths.
    #[error("{}", words::table::ragged(expected, *got, line, name))]
    Ragged {
        /// The table.
        name: String,
        /// Where, from 1.
        line: usize,
        /// How many columns the first row has.
        expected: usize,
        /// How many this one has.
        got: usize,
    },
    /// No table at all.
    #[error("{}", words::table::not_csv(name, why))]
    NotCsv {
        /// The table.
        name: String,
        /// What the reader says.
        why: String,
    },
    /// A word in a column of inputs.
    #[error("{}", words::table::not_a_number(cell, column, line, name))]
    NotANumber {
        /// The table.
        name: String,
        /// Where, from 1.
        line: usize,
        /// The column's heading or number.
        column: String,
        /// What is there.
        cell: String,
    },
    /// A target that the table does not have.
    #[error("{}", words::table::no_column(column, known, name))]
    NoColumn {
        /// The table.
        name: String,
        /// As written.
        column: String,
        /// Its columns.
        known: String,
    },
    /// `--targets` without a column.
    #[error("{}", words::table::no_target())]
    NoTarget,
    /// Another number of columns than the network takes numbers.
    #[error("{}", words::table::columns(*expected, *got, known, name))]
    Columns {
        /// The table.
        name: String,
        /// How many numbers the network takes.
        expected: usize,
        /// How many columns are left for them.
        got: usize,
        /// Their names.
        known: String,
    },
}

/// Columns of numbers: those of the inputs, and those of the targets.
type InputsAndTargets = (Vec<Vec<f64>>, Vec<Vec<f64>>);

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// [`TableError`] with the line.
    pub fn read(text: &str, name: &str) -> Result<Self, TableError> {
        let text = text.trim_start_matches('\u{feff}');
        let empty = || TableError::Empty { name: name.to_owned() };
        let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).ok_or_else(empty)?;
        let separator = [';', '\t', ','].into_iter().find(|&separator| first.contains(separator));
        let blanks;
        let text = if separator.is_some() {
            text
        } else {
            // Blanks in a row count as one.
            blanks =
                text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join("\t")).collect::<Vec<_>>();
            &blanks.join("\n")
        };
        let separator = separator.unwrap_or('\t');
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator as u8)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes())
            .into_records();
        let mut table = Self { name: name.to_owned(), heading: Vec::new(), columns: Vec::new() };
        let mut waiting: Option<csv::StringRecord> = None;
        let mut is_first = true;
        loop {
            let row = match rows.next() {
                Some(Ok(row)) => Some(row),
                Some(Err(why)) => return Err(TableError::NotCsv { name: name.to_owned(), why: why.to_string() }),
                None => None,
            };
            // The first row waits for the second: a heading is words over numbers.
            if is_first && let Some(row) = &row {
                is_first = false;
                table.columns = vec![Column::default(); row.len()];
                waiting = Some(row.clone());
                continue;
            }
            if let Some(first) = waiting.take() {
                if is_heading(&first, row.as_ref(), separator) {
                    table.heading = first.iter().map(ToOwned::to_owned).collect();
                } else {
                    table.push(&first, separator)?;
                }
            }
            let Some(row) = row else { break };
            table.push(&row, separator)?;
        }
        if table.columns.iter().all(|column| column.numbers.is_empty()) {
            return Err(empty());
        }
        table.without_index();
        Ok(table)
    }

    fn push(&mut self, row: &csv::StringRecord, separator: char) -> Result<(), TableError> {
        let line = row.position().map_or(0, |position| position.line() as usize);
        // Spreadsheets end lines with separators that mean nothing.
        let extra = row.iter().skip(self.columns.len()).any(|cell| !cell.is_empty());
        if row.len() < self.columns.len() || extra {
            let (expected, got) = (self.columns.len(), row.len());
            return Err(TableError::Ragged { name: self.name.clone(), line, expected, got });
        }
        for (column, cell) in self.columns.iter_mut().zip(row) {
            let number = number(cell, separator);
            if number.is_none() && column.text.is_none() {
                column.text = Some((line, cell.chars().take(40).collect()));
            }
            column.numbers.push(number.unwrap_or(f64::NAN));
        }
        Ok(())
    }

    /// Pandas writes its row numbers into a first column without a heading.
    fn without_index(&mut self) {
        let unnamed = self.heading.first().is_some_and(|name| name.is_empty() || name == "Unnamed: 0");
        let counts = |numbers: &[f64]| numbers.iter().enumerate().all(|(i, &number)| number == i as f64);
        if unnamed && self.columns.first().is_some_and(|column| counts(&column.numbers)) {
            self.heading.remove(0);
            self.columns.remove(0);
        }
        // A separator at the end of every line makes an empty column.
        let nothing = |column: &Column| column.text.is_none() && column.numbers.iter().all(|number| number.is_nan());
        if self.columns.len() > 1 && self.columns.last().is_some_and(nothing) {
            self.columns.pop();
            self.heading.truncate(self.columns.len());
        }
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.numbers.len())
    }

    /// The columns for a network with so many inputs and outputs. `targets`: names or numbers of the target columns, counted from
    /// 1; without it, those behind the inputs. Targets that are words, or more or fewer than the outputs, are left out.
    ///
    /// # Errors
    /// [`TableError`] if the inputs have another number of columns, or are no numbers.
    pub fn split(&self, inputs: usize, outputs: usize, targets: Option<&str>) -> Result<InputsAndTargets, TableError> {
        let of_targets: Vec<usize> = match targets {
            Some(targets) => self.named(targets)?,
            None => (inputs..self.columns.len()).collect(),
        };
        // Without names, more columns than inputs and outputs cannot be distinguished; one may be a class.
        let rest: Vec<usize> = (0..self.columns.len()).filter(|i| !of_targets.contains(i)).collect();
        let too_many = targets.is_none() && of_targets.len() > outputs.max(1);
        if rest.len() != inputs || too_many {
            let all: Vec<usize> = if too_many { (0..self.columns.len()).collect() } else { rest };
            let known = self.list(&all);
            return Err(TableError::Columns { name: self.name.clone(), expected: inputs, got: all.len(), known });
        }
        for &i in &rest {
            if let Some((line, cell)) = &self.columns[i].text {
                let (name, line, column, cell) = (self.name.clone(), *line, self.title(i), cell.clone());
                return Err(TableError::NotANumber { name, line, column, cell });
            }
        }
        let numbers = |of: &[usize]| of.iter().map(|&i| self.columns[i].numbers.clone()).collect::<Vec<_>>();
        let usable = of_targets.len() == outputs && of_targets.iter().all(|&i| self.columns[i].text.is_none());
        Ok((numbers(&rest), if usable { numbers(&of_targets) } else { Vec::new() }))
    }

    /// The columns of these names or numbers, separated by commas.
    fn named(&self, targets: &str) -> Result<Vec<usize>, TableError> {
        // A name may have a comma in it.
        if let Some(whole) = self.position(targets) {
            return Ok(vec![whole]);
        }
        let names: Vec<&str> = targets.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            return Err(TableError::NoTarget);
        }
        let find = |name: &&str| {
            self.position(name).ok_or_else(|| {
                let all: Vec<usize> = (0..self.columns.len()).collect();
                let column: String = name.chars().take(40).collect();
                TableError::NoColumn { name: self.name.clone(), column, known: self.list(&all) }
            })
        };
        names.iter().map(find).collect()
    }

    fn position(&self, name: &str) -> Option<usize> {
        let named = self.heading.iter().position(|heading| heading == name.trim());
        let numbered = || name.trim().parse::<usize>().ok()?.checked_sub(1).filter(|i| *i < self.columns.len());
        named.or_else(numbered)
    }

    fn title(&self, i: usize) -> String {
        self.heading.get(i).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| (i + 1).to_string())
    }

    fn list(&self, of: &[usize]) -> String {
        let more = if of.len() > MOST_LISTED { ", ..." } else { "" };
        of.iter().take(MOST_LISTED).map(|&i| self.title(i)).collect::<Vec<_>>().join(", ") + more
    }
}

/// Words over numbers, or words only.
fn is_heading(first: &csv::StringRecord, second: Option<&csv::StringRecord>, separator: char) -> bool {
    let is_word = |cell: &str| !cell.is_empty() && number(cell, separator).is_none();
    let over = |i: usize| second.and_then(|row| row.get(i)).is_some_and(|cell| !is_word(cell));
    first.iter().all(is_word) || first.iter().enumerate().any(|(i, cell)| is_word(cell) && over(i))
}

/// The number of a cell; NaN for an empty one, `None` for a word.
fn number(cell: &str, separator: char) -> Option<f64> {
    let cell = cell.trim().replace('\u{2212}', "-");
    if cell.is_empty() || ["na", "nan", "null"].contains(&cell.to_lowercase().as_str()) {
        return Some(f64::NAN);
    }
    cell.parse().ok().or_else(|| if separator == ',' { None } else { cell.replacen(',', ".", 1).parse().ok() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, inputs: usize, outputs: usize, targets: Option<&str>) -> Result<InputsAndTargets, TableError> {
        Table::read(text, "t.csv")?.split(inputs, outputs, targets)
    }

    #[test]
    fn tables_are_read_in_all_usual_forms() {
        let expected = (vec![vec![1.5, -2.0], vec![3.0, 4.0]], vec![vec![0.25, 1e3]]);
        for text in [
            "1.5,3,0.25\n-2,4,1e3\n",
            "a,b,y\n1.5,3,0.25\n-2,4,1000\n",
            "\u{feff}a;b;y\r\n1,5;3;0,25\r\n-2;4;1000\r\n",
            "a\tb\ty\n1,5\t3\t0,25\n-2\t4\t1000\n",
            "1.5 3  0.25\n -2 4 1000\n",
            "# from NumPy\n1.5 3 0.25\n-2 4 1000\n",
            ",a,b,y\n0,1.5,3,0.25\n1,-2,4,1000\n",
            "\"a, in m\",b,y\n\"1.5\",3,0.25\n\u{2212}2,4,1000\n\n",
            "a;b;y;\n1,5;3;0,25;\n-2;4;1000;\n",
        ] {
            assert_eq!(split(text, 2, 1, None).expect(text), expected, "{text:?}");
        }
    }

    #[test]
    fn targets_are_the_last_columns_or_those_that_are_named() {
        let text = "y,a,b\n9,1,2\n8,3,4\n";
        let expected = (vec![vec![1.0, 3.0], vec![2.0, 4.0]], vec![vec![9.0, 8.0]]);
        for targets in ["y", "1", " y "] {
            assert_eq!(split(text, 2, 1, Some(targets)).expect(targets), expected);
        }
        // A table of inputs alone, and one with the name of a class.
        assert_eq!(split("1,2\n3,4\n", 2, 1, None).expect("inputs").1, Vec::<Vec<f64>>::new());
        assert_eq!(split("1,2,setosa\n3,4,virginica\n", 2, 3, None).expect("a class").1, Vec::<Vec<f64>>::new());
    }

    #[test]
    fn an_unusable_table_reports_where_and_what_to_do() {
        for (text, targets, expected) in [
            ("", None, "`t.csv` has no rows of numbers"),
            ("a,b,y\n", None, "has no rows of numbers"),
            ("1,2,3\n4,5\n", None, "`t.csv`, line 2: this row has 2 columns, the first has 3"),
            ("a,b,y\n1,2,3\n1,x,3\n", None, "`t.csv`, line 3, column b: `x` is not a number"),
            (
                "a,b,c,y\n1,2,3,4\n",
                None,
                "`t.csv` has 4 columns besides the targets (a, b, c, y), and the network takes 2 numbers",
            ),
            ("a,b,c,y\n1,2,3,4\n", Some("y"), "has 3 columns besides the targets (a, b, c)"),
            ("a,b,y\n1,2,3\n", Some("z"), "there is no column `z` in `t.csv`; the columns are a, b, y"),
            ("a,b,y\n1,2,3\n", Some(","), "--targets is empty"),
            ("1\n2\n", None, "has 1 column besides"),
        ] {
            let error = split(text, 2, 1, targets).expect_err(text).to_string();
            assert!(error.contains(expected), "{text:?}: {error}");
        }
    }
}
