//! A number as somebody wrote it: its digits show how exact it is meant to be.

use std::str::FromStr;

use thiserror::Error;

use crate::{network::Range, words};

/// A number with its digits.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    text: String,
    value: f64,
    /// The place of the last digit: `10^last`.
    last: i32,
    /// The cell of a workbook that has it.
    place: Option<String>,
}

/// Why a text is not a number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AnswerError {
    /// Nothing there.
    #[error("{}", words::answers::type_a_number())]
    Empty,
    /// A decimal comma.
    #[error("{}", words::diagnose::comma(text, with_point))]
    Comma {
        /// What was written.
        text: String,
        /// The same with a point.
        with_point: String,
    },
    /// Something else.
    #[error("{}", words::diagnose::not_a_number(text))]
    NotANumber {
        /// What was written.
        text: String,
    },
}

impl Answer {
    /// The same number, in this cell of a workbook.
    #[must_use]
    pub fn at(self, cell: &str) -> Self {
        Self { place: Some(cell.to_owned()), ..self }
    }

    /// The cell of a workbook that has it.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// The number as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// How many decimals it was written with.
    pub fn decimals(&self) -> usize {
        usize::try_from(-self.last).unwrap_or(0)
    }

    /// How many digits count; zeros in front do not.
    pub fn significant(&self) -> usize {
        let digits = self.text.split(['e', 'E']).next().unwrap_or_default();
        digits.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0').count()
    }

    /// One in the last digit.
    pub fn unit(&self) -> f64 {
        10f64.powi(self.last)
    }

    /// Whether `value`, rounded to this answer's digits, is this answer.
    ///
    /// A value half-way between two may be rounded either way, and float32 keeps about seven digits: an answer is not
    /// refused for digits that a float32 does not have.
    pub fn agrees(&self, value: f64) -> bool {
        if !value.is_finite() || !self.value.is_finite() {
            return self.value == value || (self.value.is_nan() && value.is_nan());
        }
        let float32 = f64::from(f32::EPSILON) * value.abs();
        (self.value - value).abs() <= self.unit() / 2.0 * (1.0 + 1e-9) + float32
    }

    /// Whether one of these numbers, rounded to this answer's digits, is this answer.
    pub fn is_among(&self, range: Range) -> bool {
        let finite = [range.low, range.high, self.value, self.unit()].into_iter().all(f64::is_finite);
        finite && range.wider(self.unit() / 2.0 * (1.0 + 1e-9)).holds(self.value)
    }

    /// Whether this answer is `value` cut off, not rounded.
    pub fn is_cut_from(&self, value: f64) -> bool {
        let unit = self.unit();
        let told = unit > 0.0 && (self.value / unit).is_finite() && (value / unit).is_finite();
        told && self.decimals() > 0 && (self.value / unit).round() == (value / unit).trunc() && !self.agrees(value)
    }
}

impl FromStr for Answer {
    type Err = AnswerError;

    fn from_str(text: &str) -> Result<Self, AnswerError> {
        let text = text.trim().replace('\u{2212}', "-");
        if text.is_empty() {
            return Err(AnswerError::Empty);
        }
        let Ok(value) = text.parse::<f64>() else {
            let with_point = text.replacen(',', ".", 1);
            return Err(match with_point.parse::<f64>() {
                Ok(_) => AnswerError::Comma { text, with_point },
                Err(_) => AnswerError::NotANumber { text },
            });
        };
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let last = exponent.parse::<i32>().unwrap_or(0).clamp(-400, 400) - decimals.min(400) as i32;
        Ok(Self { text, value, last, place: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_precision() {
        for (text, value, agrees) in [
            ("25", 25.0047, true),
            ("25.0", 25.0047, true),
            ("25.00", 25.0047, true),
            ("25.005", 25.0047, true),
            ("25.004", 25.0047, false),
            ("2.5e1", 25.0047, true),
            ("2.50e1", 25.06, false),
            ("-0.1", -0.0997, true),
            ("0.1", -0.0997, false),
            ("nan", f64::NAN, true),
            ("inf", f64::INFINITY, true),
            ("20.475021", 20.475_020_408_630_37, true),
        ] {
            let answer: Answer = text.parse().expect(text);
            assert_eq!(answer.agrees(value), agrees, "{text} against {value}");
        }
    }

    #[test]
    fn cutting_is_distinguished_from_rounding() {
        let cut = |text: &str, value| text.parse::<Answer>().expect(text).is_cut_from(value);
        assert!(cut("25.004", 25.0047));
        assert!(cut("-0.09", -0.0997));
        assert!(!cut("25.005", 25.0047));
        assert!(!cut("25.003", 25.0047));
    }

    #[test]
    fn a_text_that_is_not_a_number_gets_a_remedy() {
        for (text, expected) in [
            ("", "type a number"),
            ("20,475", "write the decimals after a point, as in 20.475"),
            ("twenty", "is not a number"),
            ("1.2.3", "is not a number"),
        ] {
            let message = text.parse::<Answer>().expect_err(text).to_string();
            assert!(message.contains(expected), "{message}");
        }
        assert_eq!("\u{2212}1.50".parse::<Answer>().expect("minus").decimals(), 2);
    }
}
