//! Numbers to the text that a lesson shows.

use super::{Shown, Value};

/// Whole numbers up to here are shown without decimals; float64 has them all.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0; // 2^53

impl Shown {
    /// The text of one number. Decimals are rounded half to even in the number's exact value, as Python does; a
    /// number that rounds to zero is shown without a sign.
    pub fn text(self, value: f64) -> String {
        if value.is_nan() {
            return "nan".to_owned();
        }
        if value.is_infinite() {
            return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
        }
        match self {
            Self::Exact => format!("{}", value as f32),
            Self::Plainly if value.fract() == 0.0 && value.abs() <= LARGEST_WHOLE => {
                unsigned_zero(format!("{value:.0}"))
            }
            Self::Plainly => unsigned_zero(format!("{value:.4}")),
            Self::Decimals(decimals) => unsigned_zero(format!("{value:.decimals$}")),
        }
    }
}

impl Value {
    /// The text of the number, or of the list in brackets.
    pub fn text(&self, shown: Shown) -> String {
        match self {
            Self::Number(number) => shown.text(*number),
            Self::List(list) => {
                let texts: Vec<String> = list.iter().map(|number| shown.text(*number)).collect();
                format!("[{}]", texts.join(", "))
            }
        }
    }
}

fn unsigned_zero(text: String) -> String {
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|c| c == '0' || c == '.') => digits.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_python_prints_them() {
        // Expected texts: CPython 3, f"{value:.nf}", and repr(numpy.float32(value)) where exact.
        for (value, shown, expected) in [
            (0.125, Shown::Decimals(2), "0.12"),
            (0.375, Shown::Decimals(2), "0.38"),
            (2.5, Shown::Decimals(0), "2"),
            (f64::from(0.930_159_1_f32), Shown::Decimals(8), "0.93015909"),
            (f64::from(0.1_f32), Shown::Exact, "0.1"),
            (f64::from(0.1_f32), Shown::Decimals(12), "0.100000001490"),
            (25.0, Shown::Plainly, "25"),
            (25.000_01, Shown::Plainly, "25.0000"),
            (-0.5, Shown::Plainly, "-0.5000"),
            (-0.0, Shown::Plainly, "0"),
            (-0.000_01, Shown::Decimals(4), "0.0000"),
            (-0.000_06, Shown::Decimals(4), "-0.0001"),
            (f64::NAN, Shown::Plainly, "nan"),
            (f64::NEG_INFINITY, Shown::Decimals(4), "-inf"),
        ] {
            assert_eq!(shown.text(value), expected, "{value} {shown:?}");
        }
        assert_eq!(Value::List(vec![1.0, -0.25]).text(Shown::Plainly), "[1, -0.2500]");
    }
}
