//! What is not a mistake: an answer that follows from the digits that are shown, and one with too few digits to tell.

use super::{Answer, observation::Seen, posterior::Surprise, search::Found};
use crate::mistake::Mistake;

/// An answer that follows from the shown digits is called a mistake only if one fits it so much better: mostly one with many
/// digits, which chance does not hit.
pub(super) const BEYOND_CHANCE: f64 = 1_000.0;

/// Answers with so few significant digits in all prove no cause.
pub(super) const FEW: usize = 2;

/// With so many decimals an answer always says enough, however small the value is.
const ENOUGH_DECIMALS: usize = 4;

/// An answer is as good as exact if it is off by no more than this part of the value.
const AS_GOOD: f64 = 1e-4;

/// How answers stand to the right values, before any cause is searched; the worst is the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Right at their digits.
    Right,
    /// Right, but cut off instead of rounded.
    Cut,
    /// Not the right values at their digits, but what follows from the digits that are shown.
    ShownDigits,
    /// Neither right nor wrong: the digits fit the right values and many others.
    TooFewDigits,
    /// None of these.
    Wrong,
}

impl Seen {
    /// How all the answers stand to the right values.
    pub fn agreement(&self) -> Agreement {
        let each = || (0..self.right.len()).zip(&self.observation.answers).zip(&self.right);
        let worst = each().map(|((i, answer), &right)| match () {
            () if self.is_exact_at(i) && answer.is_cut_from(f64::from(right)) => Agreement::Cut,
            () if self.is_exact_at(i) => Agreement::Right,
            () if self.follows_from_shown(i) => Agreement::ShownDigits,
            () => Agreement::Wrong,
        });
        let coarse = each().all(|((_, answer), &right)| answer.is_coarse_for(f64::from(right)));
        match worst.max().unwrap_or(Agreement::Right) {
            Agreement::Right | Agreement::Cut if coarse && !self.right.is_empty() => Agreement::TooFewDigits,
            worst => worst,
        }
    }
}

/// Weights (prior times likelihood) of the two causes that name no mistake: rounding on the way, and unknown.
///
/// Rounding weighs at least as much as all the mistakes where every wrong answer follows from the shown digits. Where all the
/// wrong answers together have no more than two digits, nothing that explains them is more probable than one half.
pub(super) fn weights(seen: &[Seen], found: &[Found], surprise: &Surprise) -> (f64, f64) {
    let of = |rounds: bool| -> f64 {
        let found = found.iter().filter(|found| found.mistakes.iter().all(Mistake::only_rounds) == rounds);
        found.map(|found| found.weight).sum()
    };
    let (rounds, mistakes) = (of(true), of(false));
    let (mut rounding, mut unknown) = (surprise.rounding(), surprise.unknown());
    if let Some(chance) = chance(seen)
        && mistakes <= BEYOND_CHANCE * chance
    {
        // A little more, for sums of floats.
        rounding = rounding.max(chance).max(1.01 * mistakes - rounds).max(unknown);
    }
    let digits: usize =
        wrong(seen).filter_map(|(seen, i)| seen.observation.answers.get(i)).map(Answer::significant).sum();
    if digits <= FEW {
        unknown = unknown.max(mistakes - rounds - rounding);
    }
    (rounding, unknown)
}

/// Whether every wrong answer follows from the shown digits.
pub(super) fn follow(seen: &[Seen]) -> bool {
    wrong(seen).all(|(seen, i)| seen.follows_from_shown(i))
}

/// The chance of the answers if they follow from the shown digits; `None` if a wrong one does not. Beside a wrong one those count
/// that are right, too: who rounds on the way hardly gets eight digits right.
fn chance(seen: &[Seen]) -> Option<f64> {
    let places =
        seen.iter().filter(|seen| !seen.is_right()).flat_map(|seen| (0..seen.right.len()).map(move |i| (seen, i)));
    places.into_iter().try_fold(1.0, |all, (seen, i)| Some(all * seen.chance_of_shown(i)?))
}

fn wrong(seen: &[Seen]) -> impl Iterator<Item = (&Seen, usize)> {
    let places = seen.iter().flat_map(|seen| (0..seen.right.len()).map(move |i| (seen, i)));
    places.filter(|(seen, i)| !seen.is_right_at(*i))
}

/// The first observation whose answers are right, but all have too few digits to tell the right value from others.
pub(super) fn too_few_digits(seen: &[Seen]) -> Option<&Seen> {
    seen.iter().find(|seen| seen.agreement() == Agreement::TooFewDigits)
}

impl Answer {
    /// Whether this answer has too few digits to say anything about a value that it agrees with: fewer than two significant
    /// ones, fewer than four decimals, and it is not the value itself. `0` is so for 0.4013, and `1` for 0.8808; `25` for
    /// 25.0047 has two, and 0 is 0.
    pub fn is_coarse_for(&self, value: f64) -> bool {
        if !value.is_finite() || !self.value().is_finite() || self.decimals() >= ENOUGH_DECIMALS {
            return false;
        }
        let off = (self.value() - value).abs();
        off > AS_GOOD * value.abs() && value.abs() < 10.0 * self.unit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_few_digits_are_fewer_than_two() {
        for (text, value, coarse) in [
            ("0", 0.4013, true),
            ("1", 0.8808, true),
            ("0.9", 0.9302, true),
            ("-0.1", -0.0997, true),
            ("0.00", 0.0004, true),
            ("25", 25.0047, false),
            ("0.93", 0.9302, false),
            ("0", 0.0, false),
            ("1", 0.999_999, false),
            ("0.0000", 1e-9, false),
            ("5", 5.0, false),
            ("nan", f64::NAN, false),
        ] {
            let answer: Answer = text.parse().expect(text);
            assert_eq!(answer.is_coarse_for(value), coarse, "{text} for {value}");
        }
    }
}
