//! `--answer`: from the command line, or from a column of a spreadsheet, to numbers with their digits.

use std::path::Path;

use super::CheckError;
use crate::{diagnose::Answer, shell::read};

/// The answers of one `--answer`.
pub(super) fn read(text: &str) -> Result<Vec<Answer>, CheckError> {
    match text.strip_prefix('@') {
        None => numbers(text, ""),
        Some(name) => numbers(&read::text(read::file(Path::new(name))?, name)?, name),
    }
}

/// Numbers with commas, white space or brackets around them. `file`: its name; empty for the command line.
fn numbers(text: &str, file: &str) -> Result<Vec<Answer>, CheckError> {
    let mut answers: Vec<Answer> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let words = line.split(|c: char| c.is_whitespace() || ",;[]()\"\u{feff}".contains(c));
        for word in words.filter(|word| !word.is_empty()) {
            match word.parse() {
                Ok(answer) => answers.push(answer),
                // A column of a spreadsheet has a heading.
                Err(_) if !file.is_empty() && number == 0 && answers.is_empty() => break,
                Err(why) => {
                    let place = if file.is_empty() { String::new() } else { format!(" `{file}`, line {}", number + 1) };
                    return Err(CheckError::Answer { place, why });
                }
            }
        }
    }
    if answers.is_empty() {
        let place = if file.is_empty() { String::new() } else { format!(" `{file}`") };
        return Err(CheckError::Answer { place, why: crate::diagnose::AnswerError::Empty });
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
            let answers = numbers(text, file).expect(text);
            assert_eq!(answers.iter().map(Answer::text).collect::<Vec<_>>(), expected, "{text:?}");
        }
        for (text, file, expected) in [
            ("twenty", "", "--answer: `twenty` is not a number"),
            ("", "", "--answer: type a number"),
            ("1\nx\n", "a.csv", "--answer `a.csv`, line 2: `x` is not a number"),
            ("heading\n", "a.csv", "--answer `a.csv`: type a number"),
        ] {
            let error = numbers(text, file).expect_err(text).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
