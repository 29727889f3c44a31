//! How a number can be misread from the page: its sign, its point, or two neighbouring digits.

use std::{fmt, str::FromStr};

/// What was done to a number when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misreading {
    /// The minus was lost, or one was put in: `sign`.
    Sign,
    /// The point is this many places too far to the right (or, if negative, to the left): `point[1]`.
    Point(i8),
    /// The digit of this number, from 0, was exchanged with the next: `digits[0]`.
    Digits(u8),
}

impl Misreading {
    /// The number that was read; the same number where this cannot be done to it.
    pub fn of(self, value: f32) -> f32 {
        let text = value.to_string();
        match self {
            Self::Sign => -value,
            Self::Point(by) => format!("{text}e{by}").parse().unwrap_or(value),
            Self::Digits(first) => {
                let mut text = text.into_bytes();
                let places: Vec<usize> = (0..text.len()).filter(|&i| text[i].is_ascii_digit()).collect();
                if let (Some(&a), Some(&b)) = (places.get(usize::from(first)), places.get(usize::from(first) + 1)) {
                    text.swap(a, b);
                }
                String::from_utf8(text).ok().and_then(|text| text.parse().ok()).unwrap_or(value)
            }
        }
    }
}

impl fmt::Display for Misreading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sign => f.write_str("sign"),
            Self::Point(by) => write!(f, "point[{by}]"),
            Self::Digits(first) => write!(f, "digits[{first}]"),
        }
    }
}

impl FromStr for Misreading {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "sign" {
            return Ok(Self::Sign);
        }
        let (name, index) = text.strip_suffix(']').and_then(|text| text.split_once('[')).ok_or(())?;
        match name {
            "point" => index.parse().map(Self::Point).map_err(|_| ()),
            "digits" => index.parse().map(Self::Digits).map_err(|_| ()),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reads_another_number() {
        for (misreading, value, read) in [
            (Misreading::Sign, 0.3, -0.3),
            (Misreading::Point(1), 2.5, 25.0),
            (Misreading::Point(-2), 40.0, 0.4),
            (Misreading::Digits(0), 12.5, 21.5),
            (Misreading::Digits(1), 12.5, 15.2),
            (Misreading::Digits(2), 12.5, 12.5),
            (Misreading::Digits(0), -0.35, -3.05),
        ] {
            assert_eq!(misreading.of(value), read, "{misreading} of {value}");
        }
        assert!(Misreading::Digits(0).of(f32::NAN).is_nan());
    }
}
