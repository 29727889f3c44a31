//! Numbers as text: one set of rules for the screen, the worked solutions, the lessons and the messages.
//!
//! Shown digits are rounded half to even of the exact binary value, as `NumPy` prints: 0.03125 with 4 decimals is `0.0312`. Very
//! small and very large values take an exponent (below 1e-4 as in `NumPy`, from 1e6 on), so that a column of numbers stays
//! narrow. Zero has no sign.

pub mod line;

use std::{fmt, str::FromStr};

use crate::words;

pub use line::{Line, line};

/// How many digits are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Digits {
    /// This many decimals (at most this many in a sentence or an equation).
    Fixed(usize),
    /// The fewest digits that read back to the same float32; at most 17 characters.
    Exact,
}

/// More decimals than this say nothing about a float32 of everyday size.
const MOST_DECIMALS: usize = 20;

impl Default for Digits {
    fn default() -> Self {
        Self::FOUR
    }
}

impl Digits {
    /// 4 decimals; at most 12 characters.
    pub const FOUR: Self = Self::Fixed(4);
    /// 8 decimals; at most 16 characters.
    pub const EIGHT: Self = Self::Fixed(8);

    /// The most characters that a column of float32 needs, sign included.
    #[must_use]
    pub const fn width(self) -> usize {
        match self {
            Self::Fixed(decimals) => decimals + 8,
            Self::Exact => 17,
        }
    }

    /// Four, eight, exact, four again.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::EIGHT => Self::Exact,
            Self::Exact => Self::FOUR,
            Self::Fixed(_) => Self::EIGHT,
        }
    }

    /// With all its decimals, for columns. NaN is `nan`, the infinities are `inf` and `-inf`.
    ///
    /// ```
    /// use byhand::network::number::Digits;
    /// assert_eq!(Digits::FOUR.column(25.004_662_f32), "25.0047");
    /// assert_eq!(Digits::Exact.column(25.004_662_f32), "25.004662");
    /// assert_eq!(Digits::FOUR.column(1e-7_f32), "1.0000e-07");
    /// ```
    pub fn column(self, value: impl Into<f64>) -> String {
        let value = value.into() + 0.0; // minus zero becomes zero
        if let Some(name) = name(value) {
            return name.to_owned();
        }
        match self {
            // Rust's exact formatting rounds ties to even, as NumPy's does (the table below compares both).
            Self::Fixed(decimals) if value == 0.0 || is_everyday(value, 1e6) => {
                format!("{value:.decimals$}")
            }
            Self::Fixed(decimals) => exponent(&format!("{value:.decimals$e}")),
            Self::Exact => exact(value),
        }
    }

    /// As a person writes it: `10`, not `10.0000`, and `0.5`, not `0.5000`, where that is the whole number; never more digits
    /// than float32 has.
    ///
    /// ```
    /// use byhand::network::number::Digits;
    /// assert_eq!(Digits::FOUR.inline(10.0_f32), "10");
    /// assert_eq!(Digits::EIGHT.inline(25.004_662_f32), "25.004662");
    /// ```
    pub fn inline(self, value: impl Into<f64>) -> String {
        let value = value.into();
        let (exact, column) = (Self::Exact.column(value), self.column(value));
        if exact.len() <= column.len() { exact } else { column }
    }

    /// The same, negative numbers in brackets: for the right side of `+` and `×`.
    pub fn operand(self, value: impl Into<f64>) -> String {
        bracketed(self.inline(value))
    }

    /// More digits, one step at a time, up to the exact ones.
    pub(crate) fn and_more(self) -> impl Iterator<Item = Self> {
        let fixed = match self {
            Self::Fixed(decimals) => decimals..10,
            Self::Exact => 0..0,
        };
        fixed.map(Self::Fixed).chain([Self::Exact])
    }
}

/// A negative number in brackets.
pub fn bracketed(text: String) -> String {
    if text.starts_with('-') { format!("({text})") } else { text }
}

impl FromStr for Digits {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "exact" {
            return Ok(Self::Exact);
        }
        let decimals = text.parse().ok().filter(|&decimals| decimals <= MOST_DECIMALS);
        decimals.map(Self::Fixed).ok_or_else(|| words::network::decimals(MOST_DECIMALS))
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(decimals) => write!(f, "{decimals}"),
            Self::Exact => f.write_str("exact"),
        }
    }
}

/// A float32 as text: [`Digits::column`].
#[must_use]
pub fn number(value: f32, digits: Digits) -> String {
    digits.column(value)
}

/// `value` with `decimals` digits after the point, or as many in the exponent form where that is used.
#[must_use]
pub fn decimals(value: f32, decimals: usize) -> String {
    Digits::Fixed(decimals).column(value)
}

/// The shortest text that reads back to the same float32; of what is no float32, to the same float64.
fn exact(value: f64) -> String {
    let plain = value == 0.0 || is_everyday(value, 1e16);
    let single = value as f32;
    match (f64::from(single) == value, plain) {
        (true, true) => format!("{single}"),
        (true, false) => exponent(&format!("{single:e}")),
        (false, true) => format!("{value}"),
        (false, false) => exponent(&format!("{value:e}")),
    }
}

/// Whether a number is written without an exponent: from the float32 0.0001 up to `most`.
fn is_everyday(value: f64, most: f64) -> bool {
    (f64::from(1e-4_f32)..most).contains(&value.abs())
}

fn name(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("nan"),
        f64::INFINITY => Some("inf"),
        f64::NEG_INFINITY => Some("-inf"),
        _ => None,
    }
}

/// Rust writes `1e-7`; `NumPy`, C and Python write `1e-07`.
fn exponent(text: &str) -> String {
    match text.split_once('e') {
        Some((mantissa, power)) => match power.strip_prefix('-') {
            Some(power) => format!("{mantissa}e-{power:0>2}"),
            None => format!("{mantissa}e+{power:0>2}"),
        },
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits, 4 decimals, 8 decimals, exact: written by `NumPy` 2 (`format_float_positional` and
    /// `format_float_scientific` with `unique=False` for the decimals and `unique=True` for exact).
    #[rustfmt::skip]
    #[allow(clippy::unreadable_literal)]
    const NUMPY: &[(u32, &str, &str, &str)] = &[
        (0x00000000, "0.0000", "0.00000000", "0"),
        (0x80000000, "0.0000", "0.00000000", "0"), // NumPy keeps the sign
        (0x3f800000, "1.0000", "1.00000000", "1"),
        (0xbf800000, "-1.0000", "-1.00000000", "-1"),
        (0x3f000000, "0.5000", "0.50000000", "0.5"),
        (0x3d000000, "0.0312", "0.03125000", "0.03125"),
        (0x3dc00000, "0.0938", "0.09375000", "0.09375"),
        (0xbd000000, "-0.0312", "-0.03125000", "-0.03125"),
        (0x3e200000, "0.1562", "0.15625000", "0.15625"),
        (0x40000083, "2.0000", "2.00003123", "2.0000312"),
        (0x3eaaaaab, "0.3333", "0.33333334", "0.33333334"),
        (0xbf2aaaab, "-0.6667", "-0.66666669", "-0.6666667"),
        (0x41c8098c, "25.0047", "25.00466156", "25.004662"),
        (0x3f6e1ee8, "0.9302", "0.93015909", "0.9301591"),
        (0x3efa5d46, "0.4890", "0.48899287", "0.48899287"),
        (0x409c7a4c, "4.8899", "4.88992882", "4.889929"),
        (0x3f95d42b, "1.1705", "1.17053735", "1.1705374"),
        (0x40c1ef57, "6.0605", "6.06046629", "6.0604663"),
        (0x41a3ccd8, "20.4750", "20.47502136", "20.475021"),
        (0x38d1b717, "0.0001", "0.00010000", "0.0001"),
        (0x38d1b1b9, "9.9990e-05", "9.99900003e-05", "9.999e-05"),
        (0x3901725b, "0.0001", "0.00012345", "0.00012345"),
        (0x3727c5ac, "1.0000e-05", "9.99999975e-06", "1e-05"),
        (0xb727c5ac, "-1.0000e-05", "-9.99999975e-06", "-1e-05"),
        (0x00800000, "1.1755e-38", "1.17549435e-38", "1.1754944e-38"),
        (0x00000001, "1.4013e-45", "1.40129846e-45", "1e-45"),
        (0x7f7fffff, "3.4028e+38", "3.40282347e+38", "3.4028235e+38"),
        (0xff7fffff, "-3.4028e+38", "-3.40282347e+38", "-3.4028235e+38"),
        (0x497423ff, "999999.9375", "999999.93750000", "999999.94"),
        (0xc97423ff, "-999999.9375", "-999999.93750000", "-999999.94"),
        (0x49742400, "1.0000e+06", "1.00000000e+06", "1000000"),
        (0xc9742400, "-1.0000e+06", "-1.00000000e+06", "-1000000"),
        (0x47f12065, "123456.7891", "123456.78906250", "123456.79"),
        (0x3b800000, "0.0039", "0.00390625", "0.00390625"),
        (0x3c400000, "0.0117", "0.01171875", "0.01171875"),
        (0x3b000000, "0.0020", "0.00195312", "0.001953125"),
        (0x3bc00000, "0.0059", "0.00585938", "0.005859375"),
        (0x4996b438, "1.2346e+06", "1.23456700e+06", "1234567"),
        (0x4b800000, "1.6777e+07", "1.67772160e+07", "16777216"),
        (0x5a0e1bca, "1.0000e+16", "1.00000003e+16", "1e+16"),
        (0x58635fa9, "1.0000e+15", "9.99999987e+14", "1000000000000000"),
        (0x4b3c614e, "1.2346e+07", "1.23456780e+07", "12345678"),
        (0x3dcccccd, "0.1000", "0.10000000", "0.1"),
        (0x42c80000, "100.0000", "100.00000000", "100"),
        (0x3f7ffcb9, "0.9999", "0.99994999", "0.99995"),
        (0x3f7ffca8, "0.9999", "0.99994898", "0.999949"),
        (0x38d1b6d3, "1.0000e-04", "9.99995027e-05", "9.99995e-05"),
        (0x501502c8, "9.9999e+09", "9.99994982e+09", "9999950000"),
        (0x38d1b717, "0.0001", "0.00010000", "0.0001"),
        (0x34048f8b, "1.2346e-07", "1.23456786e-07", "1.2345679e-07"),
        (0x38400000, "4.5776e-05", "4.57763672e-05", "4.5776367e-05"),
        (0x383cbe62, "4.5000e-05", "4.50000007e-05", "4.5e-05"),
        (0x50ba43b7, "2.5000e+10", "2.49999995e+10", "25000000000"),
        (0x501504e1, "1.0000e+10", "1.00004997e+10", "10000500000"),
        (0x3c600000, "0.0137", "0.01367188", "0.013671875"),
        (0x3d280000, "0.0410", "0.04101562", "0.041015625"),
        (0x3f488000, "0.7832", "0.78320312", "0.7832031"),
        (0x3f7f8000, "0.9980", "0.99804688", "0.9980469"),
    ];

    #[test]
    fn numbers_are_what_numpy_prints() {
        for &(bits, four, eight, exact) in NUMPY {
            let value = f32::from_bits(bits);
            assert_eq!(number(value, Digits::FOUR), four, "{value:e}");
            assert_eq!(number(value, Digits::EIGHT), eight, "{value:e}");
            assert_eq!(number(value, Digits::Exact), exact, "{value:e}");
        }
    }

    #[test]
    fn what_is_not_a_number_has_a_name() {
        for digits in [Digits::FOUR, Digits::EIGHT, Digits::Exact] {
            assert_eq!(number(f32::NAN, digits), "nan");
            assert_eq!(number(-f32::NAN, digits), "nan");
            assert_eq!(number(f32::INFINITY, digits), "inf");
            assert_eq!(number(f32::NEG_INFINITY, digits), "-inf");
        }
    }

    #[test]
    fn every_width_is_kept_and_exact_text_reads_back_over_all_exponents() {
        // A stride that is odd reaches every exponent, both signs, and subnormal numbers.
        let mut bits = 1u32;
        for _ in 0..200_000 {
            let value = f32::from_bits(bits);
            for digits in [Digits::FOUR, Digits::EIGHT, Digits::Exact] {
                let text = number(value, digits);
                assert!(text.len() <= digits.width(), "{text} of {digits:?}");
            }
            if value.is_finite() {
                let text = number(value, Digits::Exact);
                assert_eq!(text.parse::<f32>(), Ok(value), "{text}");
            }
            bits = bits.wrapping_add(2_654_435_761);
        }
    }

    #[test]
    fn a_number_in_a_sentence_has_no_unneeded_digits() {
        // Expected texts: CPython 3, the shorter one of f"{value:.nf}" and repr (of numpy.float32(value) where it is one).
        for (value, digits, expected) in [
            (25.0, Digits::FOUR, "25"),
            (25.000_01, Digits::FOUR, "25.0000"),
            (-0.5, Digits::FOUR, "-0.5"),
            (-0.0, Digits::FOUR, "0"),
            (-0.000_06, Digits::FOUR, "-6e-05"),
            (f64::from(0.1_f32), Digits::FOUR, "0.1"),
            (f64::from(0.1_f32), Digits::Fixed(12), "0.1"),
            (0.1 + 0.2, Digits::FOUR, "0.3000"),
            (0.1 + 0.2, Digits::Exact, "0.30000000000000004"),
            (f64::from(25.004_662_f32), Digits::EIGHT, "25.004662"),
            (123_456.789, Digits::FOUR, "123456.789"),
            (f64::NAN, Digits::FOUR, "nan"),
            (f64::NEG_INFINITY, Digits::FOUR, "-inf"),
        ] {
            assert_eq!(digits.inline(value), expected, "{value} {digits:?}");
        }
        assert_eq!(Digits::FOUR.operand(-1.25), "(-1.25)");
    }

    #[test]
    fn digits_are_read_as_they_are_written() {
        for text in ["0", "4", "20", "exact"] {
            assert_eq!(text.parse::<Digits>().expect(text).to_string(), text);
        }
        assert!("21".parse::<Digits>().expect_err("too many").contains("0 to 20"));
    }
}
