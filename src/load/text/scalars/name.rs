//! Names of weights and biases with their numbers: `w_{12}^{(1)} = -0.3`.

use crate::load::text::number::{self, Run};

/// One named number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scalar {
    pub(super) bias: bool,
    pub(super) subscript: Vec<u32>,
    pub(super) superscript: Option<u32>,
    pub(super) value: f32,
    pub(super) decimals: Option<u8>,
}

/// Every `name = number` whose name is that of a weight or a bias with numbers.
pub(super) fn named_numbers(text: &str) -> Vec<Scalar> {
    /// So many named numbers nobody writes.
    const MOST: usize = 100_000;
    let mut found = Vec::new();
    for (at, _) in text.match_indices(['=', ':']) {
        if text[at + 1..].starts_with('=') || found.len() >= MOST {
            continue;
        }
        let after = text[at + 1..].trim_start_matches([' ', '\u{a0}', '&', '\t']);
        let Run::Number(value, length) = number::run(after) else { continue };
        let end = after[length..].chars().next();
        // `w1 = 0.5 * x`, `b1[2] = 0.3f` are others' business.
        if end.is_some_and(|c| c.is_alphanumeric() || matches!(c, '*' | '[' | '(')) {
            continue;
        }
        let before = text[..at].trim_end_matches([' ', '\t', '&']);
        let mut from = before.len().saturating_sub(48);
        while !before.is_char_boundary(from) {
            from += 1;
        }
        let before = &before[from..];
        // A comma inside of braces belongs to the name: `w_{1,2}`.
        let mut inside = false;
        let begin = before.char_indices().rev().find(|&(_, c)| {
            match c {
                '}' | ')' => inside = true,
                '{' | '(' => inside = false,
                _ => {}
            }
            c.is_whitespace() || matches!(c, ';' | '$' | '|') || c == ',' && !inside
        });
        let begin = begin.map_or(0, |(i, c)| i + c.len_utf8());
        if let Some(scalar) = scalar(&before[begin..]) {
            found.push(Scalar { value: value.value, decimals: value.decimals, ..scalar });
        }
    }
    found
}

/// `w14`, `w_{12}^{(1)}`, `\theta_3`, `b1`, `w1_4`, `w(1,4)`.
pub(super) fn scalar(name: &str) -> Option<Scalar> {
    let name = name.trim_start_matches('\\');
    let letters = name.find(|c: char| !c.is_alphabetic()).unwrap_or(name.len());
    let (word, rest) = name.split_at(letters);
    let bias = match word.to_lowercase().as_str() {
        "w" | "weight" | "omega" | "ω" => false,
        "b" | "bias" | "theta" | "θ" | "threshold" | "t" => true,
        _ => return None,
    };
    let (subscript, superscript) = rest.split_once('^').map_or((rest, None), |(sub, sup)| (sub, Some(sup)));
    let (superscript, subscript) = match superscript {
        // `w^{(1)}_{12}`
        Some(sup) if subscript.is_empty() => sup.split_once('_').map_or((Some(sup), ""), |(sup, sub)| (Some(sup), sub)),
        other => (other, subscript),
    };
    let digits = |text: &str| -> Option<Vec<u32>> {
        let clean = text.trim_matches(|c: char| !c.is_ascii_digit());
        if clean.is_empty() {
            return Some(Vec::new());
        }
        let parts: Vec<&str> = clean.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            // `w14` is 1, 4; `w114` could be two things.
            [one] if !bias && one.len() == 2 => Some(one.bytes().map(|byte| u32::from(byte - b'0')).collect()),
            [one] => one.parse().ok().map(|n| vec![n]),
            _ => parts.iter().map(|part| part.parse().ok()).collect(),
        }
    };
    if rest.chars().any(char::is_alphabetic) {
        return None;
    }
    let superscript = match superscript {
        Some(text) => digits(text)?.first().copied(),
        None => None,
    };
    let subscript = digits(subscript)?;
    if subscript.is_empty() && !bias {
        return None;
    }
    Some(Scalar { bias, subscript, superscript, value: 0.0, decimals: None })
}

/// Whether the text says that thresholds have an input of -1.
pub(super) fn thresholds_subtracted(text: &str) -> bool {
    text.split(['.', '\n', ';']).any(|sentence| {
        let lower = sentence.to_lowercase().replace(['\u{2212}', '\u{2013}'], "-");
        let threshold = ["threshold", "bias", "theta", "θ"].iter().any(|word| lower.contains(word));
        let one = lower.match_indices("-1").any(|(at, _)| {
            let rest = &lower[at + 2..];
            !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')
                || rest.starts_with(".0") && !rest[2..].starts_with(|c: char| c.is_ascii_digit())
        });
        let number = lower.contains("= -1") && lower.matches('=').count() > 1;
        threshold && one && !number || lower.contains("subtract") && threshold
    })
}
