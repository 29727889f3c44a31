//! A diagnosis in words, for the command line and the screen alike. Names of layers and values stand in backticks.

use super::{
    Candidate, Conclusion, Diagnosis,
    contradiction::{Contradiction, Nonsense},
    observation::SHOWN,
    reach::Reach,
};
use crate::{
    mistake::Mistake,
    network::{Network, number::decimals},
};

/// What was done, as one sentence.
pub fn says(network: &Network, mistakes: &[Mistake]) -> String {
    let all: Vec<String> = mistakes.iter().map(|mistake| mistake.says(network)).collect();
    capitalised(&all.join(", and ")) + "."
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

/// A probability. Nothing is certain, and nothing that was found is impossible.
pub fn percent(probability: f64) -> String {
    match probability * 100.0 {
        percent if percent >= 99.95 => "over 99.9 %".to_owned(),
        percent if percent < 0.05 => "under 0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

/// How far off, and what explains it.
pub fn rounding(diagnosis: &Diagnosis) -> String {
    match diagnosis.reach {
        Some(Reach { decimals, by, off }) => format!(
            "you are off by {}; rounding on the way to {decimals} {} moves this value by up to {}",
            significant(off),
            if decimals == 1 { "decimal" } else { "decimals" },
            significant(by)
        ),
        None if super::honest::follow(&diagnosis.seen) => {
            format!("this follows from numbers that are shown with {SHOWN} decimals")
        }
        None => "numbers rounded on the way explain it".to_owned(),
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
    let fits = format!("{} fits every number from {low:.places$} to {high:.places$}", answer.text());
    let among = match (reveals, seen.right.len()) {
        (true, 1) => format!(", also `{}`, which is {}", seen.observation.at, decimals(*right, ENOUGH_DECIMALS)),
        _ => String::new(),
    };
    Some(format!(
        "Too few digits, so this is neither right nor wrong: {fits}{among}. Give at least {ENOUGH_DECIMALS} decimals."
    ))
}

/// So many decimals tell nearly every cause apart.
const ENOUGH_DECIMALS: usize = 4;

/// A distance with two digits that count.
fn significant(value: f64) -> String {
    let places = if value > 0.0 { (1.0 - value.log10().floor()).clamp(0.0, 12.0) as usize } else { 0 };
    format!("{value:.places$}")
}

impl Contradiction {
    /// Why the wrong value cannot be; `None` where it is only far from the right one.
    pub fn why(&self) -> Option<String> {
        Some(match self.nonsense {
            Nonsense::OutOfBounds { activation, low, high } => match (low.is_finite(), high.is_finite()) {
                (true, true) => format!("{activation} gives nothing outside of {low} to {high}"),
                (true, false) => format!("{activation} gives nothing below {low}"),
                _ => format!("{activation} gives nothing above {high}"),
            },
            Nonsense::SumNotOne { sum } => format!("the outputs add up to {}, not to 1", decimals(sum, 4)),
            Nonsense::NotFinite => "that is no number".to_owned(),
            Nonsense::OtherSign | Nonsense::Far => return None,
        })
    }
}

/// How many candidates are worth telling.
const MOST_CANDIDATES: usize = 6;

/// The first is always told, others only if they are at least this probable.
const WORTH_TELLING: f64 = 0.005;

/// Nor are those told that are so many times less probable than the first.
const MUCH_LESS: f64 = 20.0;

/// What is counted, not told.
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
    /// What happened to the answer itself, not to the pass: a slip of the pen, or another value's place.
    pub fn of_the_answer(&self) -> Option<String> {
        let first = self.first_wrong.as_ref()?;
        let several = self.seen.get(first.observation)?.right.len() > 1;
        let numbers = if several { "Your numbers are right, but they are" } else { "Your number is right, but it is" };
        match (&self.misplaced, self.slip) {
            (Some(at), _) => {
                Some(format!("{numbers} `{at}`, not `{}`.", self.seen.get(first.observation)?.observation.at))
            }
            (None, Some(slip)) => Some(format!("Your number is the right one {}.", slip.says())),
            (None, None) => None,
        }
    }

    /// That all the numbers together have no explanation, if it had to be given up to find one.
    pub fn not_together(&self) -> Option<String> {
        let first = self.first_wrong.as_ref().filter(|_| self.alone)?;
        let answer = self.seen.get(first.observation)?.observation.answers.get(first.answer)?;
        Some(format!("Nothing explains all your numbers together. {} by itself:", answer.text()))
    }

    /// How probable it is that nothing was done but rounding.
    pub fn only_rounding(&self) -> f64 {
        let of = self.candidates.iter().filter(|candidate| candidate.only_rounds());
        self.rounding + of.map(|candidate| candidate.probability).sum::<f64>()
    }

    /// Whether one of the right answers was cut off where it should be rounded.
    pub fn is_cut(&self) -> bool {
        let pairs = self.seen.iter().flat_map(|seen| seen.observation.answers.iter().zip(&seen.right));
        pairs.into_iter().any(|(answer, &right)| answer.is_cut_from(f64::from(right)))
    }

    /// The candidates that are told, by position: the most probable, each with all its ways to round, and of a rounding only
    /// roundings.
    pub fn told(&self) -> Vec<usize> {
        let rounds = self.conclusion == Conclusion::Rounding;
        let least = self.candidates.first().map_or(0.0, |first| first.probability / MUCH_LESS).max(WORTH_TELLING);
        let mut told: Vec<usize> = Vec::new();
        for (n, candidate) in self.candidates.iter().enumerate() {
            let worth = if rounds {
                candidate.only_rounds() && candidate.probability >= least
            } else {
                n == 0 || candidate.probability >= least
            };
            if worth && told.len() < MOST_CANDIDATES && !told.iter().any(|&first| self.round_otherwise(first, n)) {
                told.push(n);
            }
        }
        told
    }

    /// The candidates that are the same but for rounding.
    pub fn rounded_otherwise(&self, n: usize) -> Vec<usize> {
        (0..self.candidates.len()).filter(|&other| other != n && self.round_otherwise(n, other)).collect()
    }

    /// What is left besides those that are told; `None` if it is hardly probable.
    pub fn rest(&self, told: &[usize]) -> Option<Rest> {
        let untold = |n: &usize| !told.iter().any(|first| n == first || self.round_otherwise(*first, *n));
        let rest: Vec<&Candidate> = (0..self.candidates.len()).filter(untold).map(|n| &self.candidates[n]).collect();
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

    /// Whether two candidates are the same but for rounding, and are not rounding alone.
    fn round_otherwise(&self, a: usize, b: usize) -> bool {
        let besides = |n: usize| -> Option<Vec<Mistake>> {
            let mistakes = &self.candidates.get(n)?.mistakes;
            Some(mistakes.iter().copied().filter(|mistake| !mistake.only_rounds()).collect())
        };
        besides(a).is_some_and(|own| !own.is_empty() && besides(b) == Some(own))
    }
}
