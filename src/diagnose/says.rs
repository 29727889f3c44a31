//! A diagnosis in words, for the command line and for the screen. Names of layers and values are in backquotes.

use super::{
    Candidate, Conclusion, Diagnosis,
    contradiction::{Contradiction, Nonsense},
    observation::SHOWN,
    reach::Reach,
};
use crate::{
    mistake::Mistake,
    network::{Network, number::decimals},
    words::diagnose,
};

/// What was done, as one sentence.
pub fn says(network: &Network, mistakes: &[Mistake]) -> String {
    let all = mistakes.iter().map(|mistake| mistake.says(network));
    diagnose::sentence(capitalised(&all.reduce(diagnose::and).unwrap_or_default()))
}

/// The same with a capital letter at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The names of mistakes that are made together.
pub fn names(network: &Network, mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| mistake.name(network)).collect::<Vec<_>>().join(" + ")
}

/// A probability; never 0 % or 100 %.
pub fn percent(probability: f64) -> String {
    match probability * 100.0 {
        percent if percent >= 99.95 => diagnose::percent_most(),
        percent if percent < 0.05 => diagnose::percent_least(),
        percent => diagnose::percent(format_args!("{percent:.1}")),
    }
}

/// How far off, and what explains it.
pub fn rounding(diagnosis: &Diagnosis) -> String {
    match diagnosis.reach {
        Some(Reach { decimals, by, off }) => {
            diagnose::rounding_off(usize::from(decimals), significant(by), significant(off))
        }
        None if super::honest::follow(&diagnosis.seen) => diagnose::rounding_shown(usize::from(SHOWN)),
        None => diagnose::rounding_on_the_way(),
    }
}

/// That an answer has too few digits, what it fits, and what to do; `None` if it is not so.
/// `reveals`: whether the right value may be named.
pub fn too_few_digits(diagnosis: &Diagnosis, reveals: bool) -> Option<String> {
    if diagnosis.conclusion != Conclusion::TooFewDigits {
        return None;
    }
    let seen = super::honest::too_few_digits(&diagnosis.seen)?;
    let (answer, right) = seen.observation.answers.iter().zip(&seen.right).next()?;
    let half = answer.unit() / 2.0;
    let places = answer.decimals() + 1;
    let (low, high) = (answer.value() - half, answer.value() + half);
    let (number, low, high) = (answer.text(), format_args!("{low:.places$}"), format_args!("{high:.places$}"));
    Some(if reveals && seen.right.len() == 1 {
        let right = decimals(*right, ENOUGH_DECIMALS);
        diagnose::too_few_digits_of(&seen.observation.at, ENOUGH_DECIMALS, high, low, number, right)
    } else {
        diagnose::too_few_digits(ENOUGH_DECIMALS, high, low, number)
    })
}

/// With this many decimals, nearly all causes differ.
const ENOUGH_DECIMALS: usize = 4;

/// A distance with two significant digits.
fn significant(value: f64) -> String {
    let places = if value > 0.0 { (1.0 - value.log10().floor()).clamp(0.0, 12.0) as usize } else { 0 };
    format!("{value:.places$}")
}

impl Contradiction {
    /// Why the wrong value is impossible; `None` if it is only far from the right value.
    pub fn why(&self) -> Option<String> {
        Some(match self.nonsense {
            Nonsense::OutOfBounds { activation, low, high } => match (low.is_finite(), high.is_finite()) {
                (true, true) => diagnose::outside(activation, high, low),
                (true, false) => diagnose::below(activation, low),
                _ => diagnose::above(activation, high),
            },
            Nonsense::SumNotOne { sum } => diagnose::sum_not_one(decimals(sum, 4)),
            Nonsense::NotFinite => diagnose::not_finite(),
            Nonsense::OtherSign | Nonsense::Far => return None,
        })
    }
}

/// How many candidates are shown at most.
const MOST_CANDIDATES: usize = 6;

/// The first is always shown, others only if they are at least this probable.
const WORTH_TELLING: f64 = 0.005;

/// A candidate that is this many times less probable than the first is not shown.
const MUCH_LESS: f64 = 20.0;

/// The candidates that are only counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// How many candidates.
    pub count: usize,
    /// How probable they are together.
    pub probability: f64,
    /// The title of the kind that most of them are of, and how many; if it is most of them.
    pub most: Option<(usize, String)>,
}

impl Diagnosis {
    /// What happened to the answer itself, not to the pass: it was written down wrongly, or it is another value.
    pub fn of_the_answer(&self) -> Option<String> {
        let first = self.first_wrong.as_ref()?;
        let seen = self.seen.get(first.observation)?;
        match (&self.misplaced, self.slip) {
            (Some(found), _) => Some(diagnose::misplaced(&seen.observation.at, found, seen.right.len())),
            (None, Some(slip)) => Some(diagnose::slip(slip.says())),
            (None, None) => None,
        }
    }

    /// A sentence if nothing explains all the numbers together.
    pub fn not_together(&self) -> Option<String> {
        let first = self.first_wrong.as_ref().filter(|_| self.alone)?;
        let answer = self.seen.get(first.observation)?.observation.answers.get(first.answer)?;
        Some(diagnose::not_together(answer.text()))
    }

    /// How probable it is that the only cause is rounding.
    pub fn only_rounding(&self) -> f64 {
        let of = self.candidates.iter().filter(|candidate| candidate.only_rounds());
        self.rounding + of.map(|candidate| candidate.probability).sum::<f64>()
    }

    /// Whether one of the right answers was cut off where it should be rounded.
    pub fn is_cut(&self) -> bool {
        let pairs = self.seen.iter().flat_map(|seen| seen.observation.answers.iter().zip(&seen.right));
        pairs.into_iter().any(|(answer, &right)| answer.is_cut_from(f64::from(right)))
    }

    /// The candidates that are shown, by position: the most probable ones, each once for all its ways to round; if the verdict is
    /// rounding, only roundings.
    pub fn shown(&self) -> Vec<usize> {
        let rounds = self.conclusion == Conclusion::Rounding;
        let least = self.candidates.first().map_or(0.0, |first| first.probability / MUCH_LESS).max(WORTH_TELLING);
        let mut shown: Vec<usize> = Vec::new();
        for (n, candidate) in self.candidates.iter().enumerate() {
            let worth = if rounds {
                candidate.only_rounds() && candidate.probability >= least
            } else {
                n == 0 || candidate.probability >= least
            };
            if worth && shown.len() < MOST_CANDIDATES && !shown.iter().any(|&first| self.round_otherwise(first, n)) {
                shown.push(n);
            }
        }
        shown
    }

    /// The candidates that differ from this one only by rounding.
    pub fn rounded_otherwise(&self, n: usize) -> Vec<usize> {
        (0..self.candidates.len()).filter(|&other| other != n && self.round_otherwise(n, other)).collect()
    }

    /// The candidates that are not shown; `None` if they are improbable.
    pub fn rest(&self, shown: &[usize]) -> Option<Rest> {
        let unseen = |n: &usize| !shown.iter().any(|first| n == first || self.round_otherwise(*first, *n));
        let rest: Vec<&Candidate> = (0..self.candidates.len()).filter(unseen).map(|n| &self.candidates[n]).collect();
        let probability = rest.iter().map(|candidate| candidate.probability).sum::<f64>() + self.beyond.1;
        let mut kinds: Vec<(usize, &'static crate::mistake::Kind)> = Vec::new();
        for kind in rest.iter().filter_map(|candidate| Some(candidate.mistakes.first()?.kind)) {
            match kinds.iter_mut().find(|(_, known)| *known == kind) {
                Some((count, _)) => *count += 1,
                None => kinds.push((1, kind)),
            }
        }
        let most = kinds.into_iter().max_by_key(|(count, _)| *count);
        let most = most.filter(|(count, _)| rest.len() > 1 && count * 2 >= rest.len());
        let most = most.map(|(count, kind)| (count, kind.title()));
        (probability >= WORTH_TELLING).then_some(Rest { count: rest.len() + self.beyond.0, probability, most })
    }

    /// Whether two candidates differ only by rounding, and are not rounding alone.
    fn round_otherwise(&self, a: usize, b: usize) -> bool {
        let besides = |n: usize| -> Option<Vec<Mistake>> {
            let mistakes = &self.candidates.get(n)?.mistakes;
            Some(mistakes.iter().copied().filter(|mistake| !mistake.only_rounds()).collect())
        };
        besides(a).is_some_and(|own| !own.is_empty() && besides(b) == Some(own))
    }
}
