//! Where a wrong number differs from the right one, as a sentence that is true and does not give the right one away.

use super::Answer;

/// How a wrong number differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It is the right number with the other sign.
    LostSign,
    /// The right number is below zero, and this one is not.
    BelowZero,
    /// The right number is above zero, and this one is not.
    AboveZero,
    /// It is so much larger that no decimal needs to be named.
    TooLarge,
    /// It is so much smaller.
    TooSmall,
    /// The digits before the point are the same; this decimal is the first that differs, from 1.
    Decimal(u32),
}

impl Difference {
    /// How `answer` differs from `right`.
    pub fn between(answer: &Answer, right: f64) -> Self {
        let value = answer.value();
        if answer.agrees(-right) {
            return Self::LostSign;
        }
        if right < 0.0 && value >= 0.0 {
            return Self::BelowZero;
        }
        if right > 0.0 && value <= 0.0 {
            return Self::AboveZero;
        }
        if value.trunc() == right.trunc() && value.is_finite() && right != 0.0 {
            let differs = |n: &u32| {
                let scale = 10f64.powi(*n as i32);
                (value * scale).trunc() != (right * scale).trunc()
            };
            // Beyond the digits that were typed there is nothing to compare.
            let typed = answer.decimals().max(1) as u32;
            if let Some(n) = (1..=typed.min(12)).find(differs) {
                return Self::Decimal(n);
            }
        }
        if value > right { Self::TooLarge } else { Self::TooSmall }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_true() {
        for (text, right, expected) in [
            ("456", -0.4132, Difference::BelowZero),
            ("3.34", -1.16, Difference::BelowZero),
            ("0", -1.16, Difference::BelowZero),
            ("-2", 1.16, Difference::AboveZero),
            ("0.4132", -0.4132, Difference::LostSign),
            ("2", 5.0, Difference::TooSmall),
            ("7", 5.0, Difference::TooLarge),
            // The digits before the point differ, and still the numbers are close.
            ("4.9999", 5.0001, Difference::TooSmall),
            ("-7", -5.0, Difference::TooSmall),
            ("5.1766", 5.1799, Difference::Decimal(3)),
            ("25.0147", 25.0047, Difference::Decimal(2)),
            ("0.3", 0.0, Difference::TooLarge),
            ("5", 5.7, Difference::Decimal(1)),
        ] {
            let answer: Answer = text.parse().expect(text);
            assert_eq!(Difference::between(&answer, right), expected, "{text} for {right}");
        }
    }
}
