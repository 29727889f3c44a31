//! What `print(model)` prints: layers in order, with their options.
//!
//! ```text
//! Sequential(
//!   (0): Linear(in_features=1, out_features=16, bias=True)
//!   (1): ReLU()
//! )
//! ```

use std::collections::BTreeMap;

use super::Module;

/// More lines than this are no print of a model that a person can follow.
const MOST_LINES: usize = 10_000;

/// Whether a text is such a print: a line `(name): Class(`.
pub(in crate::file) fn is_print(text: &str) -> bool {
    text.lines().take(MOST_LINES).any(|line| layer(line).is_some())
}

/// The layers that have no layers themselves.
pub(in crate::file) fn print(text: &str) -> Vec<Module> {
    let mut found = Vec::new();
    let mut path: Vec<String> = Vec::new();
    for line in text.lines().take(MOST_LINES) {
        let trimmed = line.trim();
        if trimmed == ")" {
            path.pop();
            continue;
        }
        let Some((name, class, arguments)) = layer(line) else { continue };
        match arguments {
            // The layers within follow on lines of their own.
            None => path.push(name.to_owned()),
            Some(arguments) => {
                let place: Vec<&str> = path.iter().map(String::as_str).chain([name]).collect();
                found.push(Module { name: place.join("."), class: class.to_owned(), options: options(arguments) });
            }
        }
    }
    found
}

/// `(name): Class(arguments)`, or `(name): Class(` without arguments.
fn layer(line: &str) -> Option<(&str, &str, Option<&str>)> {
    let rest = line.trim().strip_prefix('(')?;
    let (name, rest) = rest.split_once("): ")?;
    let (class, rest) = rest.split_once('(')?;
    let named = !class.is_empty() && class.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let arguments = if rest.is_empty() { None } else { Some(rest.strip_suffix(')').unwrap_or(rest)) };
    named.then_some((name, class, arguments))
}

/// `3, kernel_size=(2, 2), bias=False`: commas inside of brackets belong to the value.
fn options(text: &str) -> BTreeMap<String, String> {
    let mut depth = 0_usize;
    let parts = text.split(|c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    let parts = parts.map(str::trim).filter(|part| !part.is_empty()).enumerate();
    parts
        .map(|(at, part)| match part.split_once('=') {
            Some((key, value)) => (key.trim().to_owned(), value.trim().trim_matches('\'').to_owned()),
            None => (at.to_string(), part.to_owned()),
        })
        .collect()
}
