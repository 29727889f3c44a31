//! `--input`: from the command line, or from a file, to numbers.
//!
//! Numbers are separated by commas or white space; brackets around them, nested or not, are allowed and count for nothing,
//! so `0.3,0.1`, `[0.3, 0.1]`, a CSV file and a JSON list are read alike. `{"name": [0.3, 0.1]}` is read as JSON.

use std::path::Path;

use clap::Args;
use serde_json::Value;
use thiserror::Error;

use super::short;
use crate::{
    equation::EvaluateError,
    file::{self, FileError},
    graph::Node,
    load::{Format, format_of},
    pass::PassError,
    shell::read::{self, ReadError},
    words::{help, usage},
};

/// The inputs of a command: one pass each.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    #[arg(long = "input", value_name = "X", allow_hyphen_values = true, help = help::option_input())]
    inputs: Vec<String>,
}

/// Why an input cannot be used.
#[derive(Debug, Error)]
pub enum InputError {
    /// There is none.
    #[error("{}", usage::missing("`--input <X>`"))]
    None,
    /// A file cannot be read.
    #[error("{}", usage::input(.0))]
    Read(#[from] ReadError),
    /// A format that is not read.
    #[error("{}", usage::input_format(format, name))]
    Format {
        /// The file.
        name: String,
        /// What it is.
        format: Format,
    },
    /// Something that is no number.
    #[error("{}", usage::input_not_a_number(place, word))]
    NotANumber {
        /// What is there.
        word: String,
        /// Where.
        place: Place,
    },
    /// Beyond the largest float32.
    #[error("{}", usage::input_out_of_range(place, word))]
    OutOfRange {
        /// What is there.
        word: String,
        /// Where.
        place: Place,
    },
    /// Several inputs where one is shown.
    #[error("{}", usage::one_input(text))]
    OneOnly {
        /// The second one.
        text: String,
    },
    /// Two commas, or one at an end.
    #[error("{}", usage::input_missing(place))]
    Missing {
        /// Where.
        place: Place,
    },
    /// A bracket too many or too few.
    #[error("{}", usage::input_bracket(place))]
    Bracket {
        /// Where.
        place: Place,
    },
    /// No number at all.
    #[error("{}", usage::input_empty(place))]
    Empty {
        /// Where one looked.
        place: String,
    },
    /// Not JSON, though it begins so.
    #[error("{}", usage::input_json(place, why))]
    Json {
        /// Where.
        place: String,
        /// What the parser says.
        why: String,
    },
    /// A NumPy file that is not read.
    #[error("{}", usage::input_graph(name, why))]
    Npy {
        /// The file.
        name: String,
        /// Why not.
        why: Box<FileError>,
    },
    /// The network of a model file does not take it.
    #[error("{}", usage::input_graph(text, why))]
    Graph {
        /// As written.
        text: String,
        /// What the network says.
        why: Box<EvaluateError>,
    },
    /// A pass cannot be made of it.
    #[error("{}", usage::input_graph(text, why))]
    Pass {
        /// As written.
        text: String,
        /// What does not fit.
        why: Box<crate::pass::graph::PassError>,
    },
    /// The inputs of a network with several have other names.
    #[error("{}", usage::input_names(example, known, text))]
    Names {
        /// As written.
        text: String,
        /// The names.
        known: String,
        /// How it is written.
        example: String,
    },
    /// An input of a network has another number of numbers.
    #[error("{}", if *open { usage::input_numbers_open(got, name, shape, text) } else { usage::input_numbers(expected, got, name, shape, text) })]
    Numbers {
        /// As written.
        text: String,
        /// The input.
        name: String,
        /// Its shape.
        shape: String,
        /// Whether its shape has axes of any length.
        open: bool,
        /// How many numbers it takes.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// Another number of numbers.
    #[error("{}", match hint {
        Hint::None => usage::input_count(text, why),
        Hint::Point => usage::input_count_point(text, why),
        Hint::Samples => usage::input_count_samples(text, why),
    })]
    Count {
        /// As written.
        text: String,
        /// What the network says.
        why: Box<PassError>,
        /// What may be the reason.
        hint: Hint,
    },
}

/// Why there may be too many numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Nothing suggests a reason.
    None,
    /// Decimals may be written with a comma.
    Point,
    /// There may be several samples.
    Samples,
}

/// A place in the text of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the argument itself: the character, from 1.
    Argument(usize),
    /// In a file: its name, line and column, from 1.
    File(String, usize, usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Argument(character) => f.write_str(&usage::at_character(character)),
            Self::File(name, line, column) => f.write_str(&usage::at_column(column, name, line)),
        }
    }
}

impl InputArgs {
    /// The inputs as they were written.
    pub(super) fn texts(&self) -> &[String] {
        &self.inputs
    }

    /// Every input, as written and as numbers; at least one.
    pub(super) fn all(&self) -> Result<Vec<(&str, Vec<f32>)>, InputError> {
        if self.inputs.is_empty() {
            return Err(InputError::None);
        }
        self.inputs.iter().map(|text| Ok((text.as_str(), Self::read(text)?))).collect()
    }

    /// Every input, as written and as numbers, perhaps by name.
    pub(super) fn named(&self) -> Result<Vec<(&str, Inputs)>, InputError> {
        self.inputs.iter().map(|text| Ok((text.as_str(), inputs(text)?))).collect()
    }

    /// One input.
    pub(super) fn read(text: &str) -> Result<Vec<f32>, InputError> {
        let Some(name) = text.strip_prefix('@') else {
            return numbers(text, None);
        };
        let bytes = read::file(Path::new(name))?;
        if bytes.starts_with(b"\x93NUMPY") {
            return file::npy_numbers(name, &bytes)
                .map_err(|why| InputError::Npy { name: short(name), why: Box::new(why) });
        }
        if let Some(format) = format_of(&bytes) {
            return Err(InputError::Format { name: name.to_owned(), format });
        }
        numbers(&read::text(bytes, name)?, Some(name))
    }
}

/// One sample of a network: the numbers of its only input, or of each by name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inputs {
    /// Of the only input.
    One(Vec<f32>),
    /// Of each, as named.
    Named(Vec<(String, Vec<f32>)>),
}

/// One sample of a network.
pub(super) fn inputs(text: &str) -> Result<Inputs, InputError> {
    let (content, place) = match text.strip_prefix('@') {
        None => (text.to_owned(), format!("`{}`", short(text))),
        Some(name) => {
            let bytes = read::file(Path::new(name))?;
            if format_of(&bytes).is_some() {
                return InputArgs::read(text).map(Inputs::One);
            }
            (read::text(bytes, name)?, format!("`{name}`"))
        }
    };
    if !content.trim_start().starts_with('{') {
        return InputArgs::read(text).map(Inputs::One);
    }
    let json = |why: String| InputError::Json { place: place.clone(), why };
    let value: serde_json::Map<String, Value> =
        serde_json::from_str(&content).map_err(|error| json(error.to_string()))?;
    let mut named = Vec::with_capacity(value.len());
    for (name, list) in &value {
        let mut values = Vec::new();
        flatten(list, &mut values).map_err(json)?;
        named.push((name.clone(), values));
    }
    Ok(Inputs::Named(named))
}

/// The numbers of each input of a network, in its order.
pub(super) fn graph_inputs(model: &file::Model, text: &str, given: &Inputs) -> Result<Vec<Vec<f32>>, InputError> {
    let nodes: Vec<&Node> = model.network.inputs().iter().map(|id| model.network.node(*id)).collect();
    let numbers: Option<Vec<&Vec<f32>>> = match (given, nodes.as_slice()) {
        (Inputs::One(numbers), [_]) => Some(vec![numbers]),
        (Inputs::Named(named), [_]) if named.len() == 1 => Some(vec![&named[0].1]),
        (Inputs::Named(named), nodes) if named.len() == nodes.len() => {
            let of = |node: &&Node| named.iter().find(|(name, _)| *name == node.name).map(|(_, numbers)| numbers);
            nodes.iter().map(of).collect()
        }
        _ => None,
    };
    let Some(numbers) = numbers else {
        let known = nodes.iter().map(|node| format!("`{}`", node.name)).collect::<Vec<_>>().join(", ");
        let example = nodes.iter().map(|node| format!("\"{}\": [...]", node.name)).collect::<Vec<_>>().join(", ");
        return Err(InputError::Names { text: short(text), known, example: format!("{{{example}}}") });
    };
    for (at, (node, numbers)) in nodes.iter().zip(&numbers).enumerate() {
        let open = model.is_open(at);
        let fits =
            if open { model.length_of(at, numbers.len()).is_some() } else { node.shape().size() == numbers.len() };
        if !fits {
            return Err(InputError::Numbers {
                text: short(text),
                name: node.name.clone(),
                shape: model.shape_text(model.network.inputs()[at].position(), false),
                open,
                expected: node.shape().size(),
                got: numbers.len(),
            });
        }
    }
    Ok(numbers.into_iter().cloned().collect())
}

/// The error for an input that the network does not take.
pub(super) fn does_not_fit(text: &str, why: PassError) -> InputError {
    let hint = match &why {
        PassError::Input { expected, got, .. }
            if *got == 2 * expected && !text.contains('.') && !text.starts_with('@') =>
        {
            Hint::Point
        }
        PassError::Input { expected, got, .. } if got > expected && got.is_multiple_of(*expected) => Hint::Samples,
        _ => Hint::None,
    };
    InputError::Count { text: short(text), why: Box::new(why), hint }
}

/// The numbers of a text. `file`: where it was read from; `None` for the command line.
fn numbers(text: &str, file: Option<&str>) -> Result<Vec<f32>, InputError> {
    let whole = || file.map_or_else(|| format!("`{}`", short(text)), |name| format!("`{name}`"));
    if text.trim_start().starts_with('{') {
        return object(text, &whole());
    }
    let place = |at: usize| {
        let before = &text[..at];
        let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
        let (line, column) = (before.matches('\n').count() + 1, before[begin..].chars().count() + 1);
        match file {
            Some(name) => Place::File(name.to_owned(), line, column),
            None => Place::Argument(before.chars().count() + 1),
        }
    };
    let mut values = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    // Whether a comma waits for the number after it.
    let mut comma = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let mut length = c.len_utf8();
        match c {
            ',' if comma.is_some() || values.is_empty() => {
                return Err(InputError::Missing { place: place(at) });
            }
            ',' => comma = Some(at),
            '[' | '(' => open.push((if c == '[' { ']' } else { ')' }, at)),
            ']' | ')' if comma.is_none() && open.last().is_some_and(|(close, _)| *close == c) => {
                open.pop();
            }
            ']' | ')' => match comma {
                Some(_) => return Err(InputError::Missing { place: place(at) }),
                None => return Err(InputError::Bracket { place: place(at) }),
            },
            _ if c.is_whitespace() => {
                // The end of a line of CSV is as good as a comma, but does not make up for a missing number.
                if c == '\n' && comma.is_some() && file.is_some() && open.is_empty() {
                    return Err(InputError::Missing { place: place(at) });
                }
            }
            _ => {
                let end = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '(' | ')');
                length = rest.find(end).unwrap_or(rest.len());
                values.push(number(&rest[..length], || place(at))?);
                comma = None;
            }
        }
        rest = &rest[length..];
    }
    match (open.last(), comma) {
        (Some((_, at)), _) => Err(InputError::Bracket { place: place(*at) }),
        (None, Some(_)) => Err(InputError::Missing { place: place(text.len()) }),
        (None, None) if values.is_empty() => Err(InputError::Empty { place: whole() }),
        (None, None) => Ok(values),
    }
}

/// Quotes are allowed: JSON has no other way to write `"nan"`, and CSV files contain them.
fn number(word: &str, place: impl Fn() -> Place) -> Result<f32, InputError> {
    let bare = word.strip_prefix('"').and_then(|word| word.strip_suffix('"')).unwrap_or(word);
    match bare.parse::<f32>() {
        Ok(value) if value.is_infinite() && bare.contains(|c: char| c.is_ascii_digit()) => {
            Err(InputError::OutOfRange { word: short(word), place: place() })
        }
        Ok(value) => Ok(value),
        Err(_) => Err(InputError::NotANumber { word: short(word), place: place() }),
    }
}

/// `{"name": [...]}`: the inputs by their names. A network has one so far.
fn object(text: &str, place: &str) -> Result<Vec<f32>, InputError> {
    let json = |why: String| InputError::Json { place: place.to_owned(), why };
    let value: Value = serde_json::from_str(text).map_err(|error| json(error.to_string()))?;
    let inputs = value.as_object().filter(|inputs| inputs.len() == 1);
    let Some(list) = inputs.and_then(|inputs| inputs.values().next()) else {
        return Err(json(usage::json_one_input()));
    };
    let mut values = Vec::new();
    flatten(list, &mut values).map_err(json)?;
    if values.is_empty() { Err(InputError::Empty { place: place.to_owned() }) } else { Ok(values) }
}

/// Depth is bounded by the parser of JSON. The error says what is wrong with which word.
fn flatten(value: &Value, values: &mut Vec<f32>) -> Result<(), String> {
    let word = match value {
        Value::Array(items) => return items.iter().try_for_each(|item| flatten(item, values)),
        Value::String(word) => word.clone(),
        other => other.to_string(),
    };
    let value = number(&word, || Place::Argument(1)).map_err(|error| match error {
        InputError::OutOfRange { word, .. } => usage::json_too_large(word),
        _ => usage::json_not_a_number(short(&word)),
    })?;
    values.push(value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_all_usual_brackets_and_separators() {
        for text in [
            "0.3,0.1",
            " 0.3 , 0.1 ",
            "0.3 0.1",
            "[0.3, 0.1]",
            "[[0.3], [0.1]]",
            "(0.3, 0.1)",
            "0.3\n0.1\n",
            "0.3,\t0.1\r\n",
            "[\"0.3\", 0.1]",
            "{\"x\": [[0.3, 0.1]]}",
            "+.3 1e-1",
        ] {
            assert_eq!(numbers(text, None).expect(text), [0.3, 0.1], "{text:?}");
        }
        let odd = numbers("-1,nan,-inf,1e-50", None).expect("numbers");
        assert!(odd[0] == -1.0 && odd[1].is_nan() && odd[2] == f32::NEG_INFINITY && odd[3] == 0.0);
    }

    #[test]
    fn what_is_not_a_number_is_named_with_its_place() {
        for (text, file, expected) in [
            ("0.3,x", None, "`x` at character 5 is not a number"),
            ("0.3;0.1", None, "`0.3;0.1` at character 1 is not a number"),
            ("", None, "there is no number in ``"),
            ("[]", None, "there is no number in `[]`"),
            ("0.3,,0.1", None, "a number is missing at character 5"),
            (",1", None, "a number is missing at character 1"),
            ("1,", None, "a number is missing at character 3"),
            ("[1,]", None, "a number is missing at character 4"),
            ("[1", None, "the bracket at character 1 has no partner"),
            ("1)", None, "the bracket at character 2 has no partner"),
            ("(1]", None, "the bracket at character 3 has no partner"),
            ("1e39", None, "`1e39` at character 1 is too large for float32"),
            ("x0,x1\n1,2", Some("a.csv"), "`x0` at line 1, column 1 of `a.csv` is not a number"),
            ("1,2\n3,é", Some("a.csv"), "`é` at line 2, column 3 of `a.csv`"),
            ("1,\n2", Some("a.csv"), "a number is missing at line 1, column 3"),
            ("{\"x\": [1", Some("a.json"), "`a.json` is not valid JSON"),
            ("{\"x\": [1], \"y\": [2]}", None, "write one input, as in {\"x\": [0.3, 0.1]}"),
            ("{\"x\": [true]}", None, "`true` is not a number"),
            ("{\"x\": [1e39]}", None, "`1e+39` is too large for float32"),
            ("{\"x\": []}", None, "there is no number"),
        ] {
            let message = numbers(text, file).expect_err(text).to_string();
            assert!(message.contains(expected), "{text:?}: {message}");
        }
    }
}
