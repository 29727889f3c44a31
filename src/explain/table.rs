//! The numbers of an activation of the whole vector, with as many digits as it takes for each row to be true as it is printed.

use super::{Row, Shared, Together};
use crate::network::{
    Activation,
    number::{Digits, line::holds},
};

/// Texts of a [`Together`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Of each row what goes in, what is between, what comes out.
    pub(super) texts: Vec<[String; 3]>,
    /// The largest number and the sum of the powers, or the threshold and nothing.
    pub(super) shared: [String; 2],
    /// `=`, or `≈` where a row is not true at its last digit, whatever the digits.
    pub(super) between_sign: &'static str,
    /// The same for what comes out.
    pub(super) after_sign: &'static str,
}

/// How many larger numbers of digits are tried.
const MORE: usize = 5;

impl Table {
    pub(super) fn new(together: &Together, digits: Digits) -> Self {
        let inner = digits.and_more().take(MORE);
        let all = inner.flat_map(|inner| inner.and_more().take(MORE).map(move |outer| (inner, outer)));
        let mut tables = all.map(|(inner, outer)| Self::with(together, digits, inner, outer));
        let is_true = |table: &Self| table.between_sign == "=" && table.after_sign == "=";
        tables.find(is_true).unwrap_or_else(|| Self::with(together, digits, digits, digits))
    }

    /// With these digits of what comes out, what is between, and what goes in.
    fn with(together: &Together, digits: Digits, inner: Digits, outer: Digits) -> Self {
        let text = |row: &Row| [outer.inline(row.before), inner.inline(row.between), digits.inline(row.after)];
        let texts: Vec<[String; 3]> = together.rows.iter().map(text).collect();
        let shared = match together.shared {
            Shared::Powers { largest, sum } => [outer.inline(largest), inner.inline(sum)],
            Shared::Threshold(threshold) => [outer.inline(threshold), String::new()],
            Shared::Nothing => [String::new(), String::new()],
        };
        let read = |text: &String| text.parse::<f64>().unwrap_or(f64::NAN);
        let (first, second) = (read(&shared[0]), read(&shared[1]));
        let check = |at: usize, digits: Digits, compute: &dyn Fn(f64, f64) -> f64| {
            let is_true = together.rows.iter().zip(&texts).all(|(row, texts)| {
                let value = if at == 1 { row.between } else { row.after };
                holds(compute(read(&texts[0]), read(&texts[1])), &texts[at], value, digits)
            });
            if is_true { "=" } else { "≈" }
        };
        let (between_sign, after_sign) = match together.shared {
            Shared::Powers { .. } if together.activation == Activation::LogSoftmax => {
                (check(1, inner, &|z, _| (z - first).exp()), check(2, digits, &|z, _| z - first - second.ln()))
            }
            Shared::Powers { .. } => {
                (check(1, inner, &|z, _| (z - first).exp()), check(2, digits, &|_, power| power / second))
            }
            Shared::Threshold(_) => {
                (check(1, inner, &|z, _| z - first), check(2, digits, &|z, _| (z - first).max(0.0)))
            }
            Shared::Nothing => ("=", check(2, digits, &|z, gate| z * gate)),
        };
        Self { texts, shared, between_sign, after_sign }
    }
}
