//! A quick word about one number while somebody types: right, cut off, a single mistake, or something else.

use super::Answer;
use crate::mistake::Mistake;

/// What a number that somebody worked out turns out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The value, rounded to the digits that were given.
    Right,
    /// The value, cut off after the digits that were given.
    Cut,
    /// What comes out when this mistake is made.
    Mistake(Mistake),
    /// Something else; it differs first in this place.
    Differs(Digit),
}

/// The first digit in which two numbers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digit {
    /// The sign.
    Sign,
    /// A digit before the point, or the number of them.
    Whole,
    /// The decimal of this number, from 1.
    Decimal(u32),
}

impl Digit {
    /// Where, as words to go after "differs in".
    pub fn says(self) -> String {
        const ORDINALS: [&str; 8] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
        match self {
            Self::Sign => "the sign".to_owned(),
            Self::Whole => "the digits before the point".to_owned(),
            Self::Decimal(n) => match ORDINALS.get(n.saturating_sub(1) as usize) {
                Some(ordinal) => format!("the {ordinal} decimal"),
                None => format!("decimal {n}"),
            },
        }
    }

    fn first_between(answer: f64, value: f64) -> Self {
        if answer != 0.0 && value != 0.0 && answer.is_sign_negative() != value.is_sign_negative() {
            return Self::Sign;
        }
        if answer.trunc() != value.trunc() || !answer.is_finite() || !value.is_finite() {
            return Self::Whole;
        }
        let differs = |n: &u32| {
            let scale = 10f64.powi(*n as i32);
            (answer * scale).trunc() != (value * scale).trunc()
        };
        Self::Decimal((1..=12).find(differs).unwrap_or(12))
    }
}

/// Holds an answer against the right value, and, where it is wrong, against what single mistakes would give.
///
/// `value` works the asked number out with the mistakes it is given; `None` where that makes no sense.
pub fn verdict(answer: &Answer, mistakes: &[Mistake], value: impl Fn(&[Mistake]) -> Option<f64>) -> Verdict {
    let Some(right) = value(&[]) else { return Verdict::Differs(Digit::Whole) };
    if answer.agrees(right) {
        return Verdict::Right;
    }
    if answer.is_cut_from(right) {
        return Verdict::Cut;
    }
    // A lost sign is likelier than any mistake that happens to turn it.
    if answer.agrees(-right) {
        return Verdict::Differs(Digit::Sign);
    }
    let explains = |mistake: &&Mistake| value(&[**mistake]).is_some_and(|wrong| wrong != right && answer.agrees(wrong));
    let explained = mistakes.iter().filter(explains).max_by(|a, b| a.kind.common.total_cmp(&b.kind.common));
    match explained {
        Some(mistake) => Verdict::Mistake(*mistake),
        None => Verdict::Differs(Digit::first_between(answer.value(), right)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{load::builtin, pass::Pass};

    #[test]
    fn a_wrong_output_is_named_after_its_mistake() {
        let model = builtin("line-1-16-1").expect("built in");
        let all = Mistake::of_method(&model.network);
        let output = |mistakes: &[Mistake]| {
            Pass::new(&model.network, &[10.0], mistakes).ok()?.output().first().map(|&y| f64::from(y))
        };
        let said = |text: &str| match verdict(&text.parse().expect(text), &all, output) {
            Verdict::Mistake(mistake) => mistake.name(&model.network),
            other => format!("{other:?}"),
        };
        for (text, expected) in [
            ("25.0047", "Right"),
            ("25", "Right"),
            ("25.004", "Cut"),
            ("20.475", "skipped-activation:dense"),
            ("24.262", "skipped-bias:dense_1"),
            ("25.0147", "Differs(Decimal(2))"),
            ("-25.0047", "Differs(Sign)"),
            ("31", "Differs(Whole)"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
