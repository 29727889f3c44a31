//! How numbers and texts stand in byhand's JSON.
//!
//! A number is the shortest decimal that reads back to the same float32. JSON has no word for NaN and the infinities;
//! they are the strings `"nan"`, `"inf"` and `"-inf"`. Characters that a terminal would obey or hide are escaped, so that
//! JSON on a screen is as harmless as any other output.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use crate::plain::is_unsafe;

/// One float32.
///
/// ```
/// use byhand::json::{Number, numbers, text};
///
/// assert_eq!(text(&numbers(&[0.1, 25.004662, -0.0])), "[0.1,25.004662,-0.0]");
/// assert_eq!(text(&Number(f32::NEG_INFINITY)), "\"-inf\"");
/// assert_eq!(text("den\u{9b}se"), "\"den\\u009bse\"");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub f32);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            value if value.is_finite() => serializer.serialize_f32(value),
            value if value.is_nan() => serializer.serialize_str("nan"),
            value if value > 0.0 => serializer.serialize_str("inf"),
            _ => serializer.serialize_str("-inf"),
        }
    }
}

/// A list of float32.
pub fn numbers(values: &[f32]) -> Vec<Number> {
    values.iter().copied().map(Number).collect()
}

/// `value` as JSON on one line, without a line end.
///
/// Values of this crate always have a JSON form; what had none would give an empty text.
pub fn text<T: Serialize + ?Sized>(value: &T) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    if !json.contains(is_unsafe) {
        return json;
    }
    // Such characters stand only inside of strings: everything else in JSON is ASCII.
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unsafe(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_reads_back_to_the_same_float32() {
        let mut bits = 7u32;
        for _ in 0..50_000 {
            let value = f32::from_bits(bits);
            let json = text(&Number(value));
            let back = match serde_json::from_str::<serde_json::Value>(&json).expect("JSON") {
                serde_json::Value::String(word) => word.parse::<f32>().expect("a word for a number"),
                number => number.as_f64().expect("a number") as f32,
            };
            assert!(back.to_bits() == value.to_bits() || back.is_nan() && value.is_nan(), "{json}");
            bits = bits.wrapping_add(2_654_435_761);
        }
    }

    #[test]
    fn escaped_text_reads_back() {
        let hostile = "\u{1b}[2J \u{9b} \u{202e} \u{e0041} \"\\ é";
        let json = text(hostile);
        assert!(!json.contains(is_unsafe), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), hostile);
    }
}
