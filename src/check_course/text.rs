//! Texts: every value in them has one, every claim agrees, and no number is typed.

use unicode_width::UnicodeWidthChar;

use super::{Faults, within};
use crate::{
    course::{Span, Text},
    formula::Inline,
    setting::Setting,
    words::check_course,
};

/// Checks a text; `whose` says which part of the step it is, and is empty for prose.
pub(super) fn check(faults: &mut Faults<'_>, line: usize, whose: &str, text: &Text, setting: &Setting) {
    let mut say = |what: String| {
        faults.say(line, if whose.is_empty() { what } else { within(whose.to_owned(), what) });
    };
    if words(text) == 0 {
        return say(check_course::nothing_here());
    }
    for span in text {
        match span {
            Span::Value(formula) => {
                if let Err(what) = value(formula, setting) {
                    say(what);
                }
            }
            Span::Plain(words) | Span::Stress(words) | Span::Strong(words) => {
                if words.contains("{{") || words.contains("}}") {
                    say(check_course::value_open());
                }
                for number in typed_numbers(words) {
                    say(check_course::number_typed(number));
                }
            }
            Span::Code(_) => {}
        }
    }
}

/// How many words a text has; a value is one. Chinese and Japanese have no blanks between words: there, two characters
/// count as a word, which is about what a translation from English comes to.
pub(super) fn words(text: &Text) -> usize {
    let count = |span: &Span| match span {
        Span::Value(_) => 1,
        Span::Plain(words) | Span::Code(words) | Span::Stress(words) | Span::Strong(words) => {
            words.split_whitespace().map(words_within).sum()
        }
    };
    text.iter().map(count).sum()
}

/// How many words there are between two blanks.
fn words_within(part: &str) -> usize {
    let is_wide = |c: &char| c.is_alphabetic() && c.width() == Some(2);
    let wide = part.chars().filter(is_wide).count();
    let narrow = wide == 0 || part.chars().any(|c| c.is_alphanumeric() && !is_wide(&c));
    wide.div_ceil(2) + usize::from(narrow)
}

/// What the learner reads; empty where a value has a fault.
pub(super) fn shown(text: &Text, setting: &Setting) -> String {
    let show = |span: &Span| match span {
        Span::Value(formula) => setting.show(formula).unwrap_or_default(),
        Span::Plain(words) | Span::Code(words) | Span::Stress(words) | Span::Strong(words) => words.clone(),
    };
    text.iter().map(show).collect()
}

fn value(text: &str, setting: &Setting) -> Result<(), String> {
    let inline = Inline::parse(text).map_err(|why| why.to_string())?;
    let value = setting.value(&inline.formula, text).map_err(|why| why.to_string())?;
    let Some(claim) = inline.claim else { return Ok(()) };
    let number = value.number().map_err(|why| check_course::value_fails(text, why))?;
    if agrees(&claim, number) {
        return Ok(());
    }
    Err(check_course::claim_differs(&claim, text, number))
}

/// Whether a printed number is this value, at the digits that were printed: half a unit in the last place, and two
/// neighbours of float32 for a framework that adds up in another order.
fn agrees(claim: &str, value: f64) -> bool {
    let Ok(number) = claim.parse::<f64>() else { return false };
    let (mantissa, exponent) = claim.split_once(['e', 'E']).unwrap_or((claim, "0"));
    let decimals = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len()) as i32;
    let unit = 10f64.powi(exponent.parse::<i32>().unwrap_or(0).saturating_sub(decimals));
    let nearest = (value as f32).abs();
    let neighbour = f64::from(nearest.next_up()) - f64::from(nearest);
    (number - value).abs() <= unit / 2.0 + 2.0 * neighbour
}

/// Numbers with a decimal point.
fn typed_numbers(words: &str) -> Vec<&str> {
    let of_number = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    words
        .split(|c: char| !(of_number(c) || c.is_alphanumeric()))
        .filter_map(|word| number_in(word, of_number))
        .collect()
}

/// The number in a word such as `x0.5` or `3.15.`.
fn number_in(word: &str, of_number: impl Fn(char) -> bool) -> Option<&str> {
    let bytes = word.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let point = word.match_indices('.').map(|(at, _)| at).find(|&at| {
        let starts = at == 0 || bytes[at - 1] == b'-';
        is_digit(Some(at + 1)) && (starts || is_digit(at.checked_sub(1)))
    })?;
    let start =
        word[..point].rfind(|c| !of_number(c)).map_or(0, |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
    let end = word[point..].find(|c| !of_number(c)).map_or(word.len(), |at| point + at);
    Some(word[start..end].trim_end_matches(['.', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_agrees_at_its_own_digits() {
        let keras = f64::from(25.004_662_f32);
        for (claim, value, agreed) in [
            ("25.0046616", keras, true),
            ("25.00466", keras, true),
            ("25.0047", keras, true),
            ("25.0046", keras, false),
            ("25", keras, true),
            ("25.0", keras, true),
            ("24.9", keras, false),
            ("25.0046683", keras, false),
            ("-0.0997", f64::from(-0.099_667_99_f32), true),
            ("0.0997", f64::from(-0.099_667_99_f32), false),
            ("1.9996e6", 1_999_600.9, true),
            ("1.9995e6", 1_999_600.9, false),
            ("2E6", 1_999_600.9, true),
            ("1e-3", 0.0011, true),
            ("1.0e-3", 0.0011, false),
            ("0.5", f64::NAN, false),
            ("0.5", f64::INFINITY, false),
        ] {
            assert_eq!(agrees(claim, value), agreed, "{claim} {value}");
        }
    }

    #[test]
    fn chinese_and_japanese_words_are_counted_without_blanks() {
        for (text, count) in [
            ("first multiply, then add - 3 times", 7),
            ("先乘以权重，再加偏置。", 5),
            ("层 dense 的输出", 4),
            ("dense的输出", 3),
            ("", 0),
        ] {
            assert_eq!(words(&vec![Span::Plain(text.to_owned())]), count, "{text}");
        }
    }

    #[test]
    fn typed_numbers_are_found_and_sentences_are_not() {
        for (words, found) in [
            ("about 0.5, or -1.25.", vec!["0.5", "-1.25"]),
            ("Keras 3.15.1 (2.5)", vec!["3.15.1", "2.5"]),
            ("a .5 b", vec![".5"]),
            ("-.5", vec!["-.5"]),
            ("x1.5y", vec!["1.5"]),
            ("ü2.5ü", vec!["2.5"]),
            ("16 units. 3 are on... 4 are not", vec![]),
            ("lesson 1.Next; 1–2, 3.", vec![]),
            ("z[0.5]", vec!["0.5"]),
        ] {
            assert_eq!(typed_numbers(words), found, "{words}");
        }
    }
}
