//! The search: wrong programs, one by one.

use std::sync::Arc;

use super::{
    Candidate, Diagnosis, Observation, ObservationError, Seen,
    weigh::{Found, Surprise, weigh},
};
use crate::{
    diagnose::{diagnosis::Conclusion, posterior},
    equation::Program,
    graph::Network,
    mistake::graph::{Mistake, changed},
    pass::graph::first_difference,
};

/// Single mistakes of which pairs are made, at most.
const MOST_OF_PAIRS: usize = 400;

/// Explanations that are kept.
const MOST_FOUND: usize = 60;

/// How many wrong programs were run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tried {
    /// With one mistake.
    pub singles: usize,
    /// With two.
    pub pairs: usize,
    /// Whether the search ended before all were run.
    pub stopped: bool,
}

/// A search that can be stopped and gone on with.
#[derive(Debug, Clone)]
pub struct Inquiry {
    network: Arc<Network>,
    seen: Vec<Seen>,
    /// Which observation is wrong first, and which of its answers.
    first_wrong: Option<(usize, usize)>,
    /// Single mistakes, the probable ones first, with their priors.
    singles: Vec<(Mistake, f64)>,
    /// How many singles were run.
    at: usize,
    /// The pair to be run next, of places in `singles`.
    pair: (usize, usize),
    /// Singles of which pairs are made.
    of_pairs: Vec<usize>,
    tried: Tried,
    found: Vec<Found>,
    /// How far single mistakes move each relevant value.
    moves: Vec<Vec<f64>>,
}

impl Inquiry {
    /// Looks at the answers.
    ///
    /// # Errors
    /// [`ObservationError`] if there is no observation, or one does not fit the network.
    pub fn new(network: &Arc<Network>, observations: &[Observation]) -> Result<Self, ObservationError> {
        if observations.is_empty() {
            return Err(ObservationError::None);
        }
        let seen: Vec<Seen> = observations.iter().map(|o| Seen::new(network, o)).collect::<Result<_, _>>()?;
        let wrong = seen.iter().enumerate().filter_map(|(i, seen)| Some((seen.rank, i, seen.first_wrong()?)));
        let first_wrong = wrong.min().map(|(_, observation, answer)| (observation, answer));
        let mut singles = Vec::new();
        if first_wrong.is_some() {
            let mistakes = Mistake::all(network.program());
            let kinds = mistakes.iter().map(|m| (m.kind.id, m.kind.common, m.way.often())).collect::<Vec<_>>();
            let priors = posterior::priors_of(&kinds);
            singles = mistakes.into_iter().zip(priors).collect();
            singles.sort_by(|a, b| b.1.total_cmp(&a.1));
        }
        let of_pairs = pairs_of(&singles);
        let places = seen.iter().map(|seen| seen.right.len()).sum();
        Ok(Self {
            network: Arc::clone(network),
            seen,
            first_wrong,
            singles,
            at: 0,
            pair: (0, 1),
            of_pairs,
            tried: Tried::default(),
            found: Vec::new(),
            moves: vec![Vec::new(); places],
        })
    }

    /// Leaves out what is not `wanted`; before the search begins.
    pub fn only(&mut self, wanted: impl Fn(&Mistake) -> bool) {
        self.singles.retain(|(mistake, _)| wanted(mistake));
        self.of_pairs = pairs_of(&self.singles);
    }

    /// How much was done, from 0 to 1.
    pub fn share(&self) -> f64 {
        if self.singles.is_empty() { 1.0 } else { self.at as f64 / self.singles.len() as f64 }
    }

    /// How many wrong programs were run so far.
    pub fn tried(&self) -> Tried {
        self.tried
    }

    /// Goes on while there is `more` time, which is asked before each wrong program. Whether all is done.
    pub fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        self.tried.stopped = false;
        while self.at < self.singles.len() {
            if !more() {
                self.tried.stopped = true;
                return false;
            }
            let (mistake, prior) = self.singles[self.at].clone();
            self.at += 1;
            self.tried.singles += 1;
            self.run(vec![mistake], prior);
        }
        if self.first_wrong.is_none() || self.found.iter().any(|found| found.mistakes.len() == 1) {
            return true;
        }
        while self.pair.0 + 1 < self.of_pairs.len() {
            if !more() {
                self.tried.stopped = true;
                return false;
            }
            let (one, other) = self.pair;
            self.pair = if other + 1 < self.of_pairs.len() { (one, other + 1) } else { (one + 1, one + 2) };
            if other >= self.of_pairs.len() {
                continue;
            }
            let (a, b) = (&self.singles[self.of_pairs[one]], &self.singles[self.of_pairs[other]]);
            if a.0.kind == b.0.kind && a.0.layer == b.0.layer {
                continue;
            }
            let prior = a.1 * b.1 * posterior::PAIR;
            let pair = vec![a.0.clone(), b.0.clone()];
            self.tried.pairs += 1;
            self.run(pair, prior);
        }
        true
    }

    /// Runs mistakes for every observation up to the first wrong one's place, and keeps them if they give the answers.
    fn run(&mut self, mistakes: Vec<Mistake>, prior: f64) {
        let right = self.network.program();
        let Ok(program) = changed(right, &mistakes) else { return };
        let ids = program.changed_from(right);
        let (mut likelihood, mut place, single) = (1.0, 0, mistakes.len() == 1);
        let Some((first, _)) = self.first_wrong else { return };
        let rank = self.seen[first].rank;
        for seen in &self.seen {
            let relevant = seen.rank <= rank;
            if relevant && (likelihood > 0.0 || single) {
                let values = program.evaluate_again(&seen.values, &ids);
                let given = seen.pick(values.of(seen.array));
                for (i, &value) in given.iter().enumerate() {
                    if single && let (Some(moves), Some(&right)) = (self.moves.get_mut(place + i), seen.right.get(i)) {
                        moves.push(f64::from(value - right).abs());
                    }
                    likelihood *= if seen.agrees(i, value) { 1.0 } else { 0.0 };
                }
                if given.len() != seen.right.len() {
                    likelihood = 0.0;
                }
            }
            place += seen.right.len();
        }
        if likelihood > 0.0 {
            self.found.push(Found { mistakes, weight: prior * likelihood });
        }
    }

    /// What is known now.
    pub fn conclude(self) -> Diagnosis {
        let Self { network, seen, first_wrong, found, moves, tried, .. } = self;
        let mut diagnosis = Diagnosis {
            conclusion: Conclusion::Correct,
            seen,
            candidates: Vec::new(),
            rounding: 0.0,
            unknown: 0.0,
            first_wrong,
            decimals: None,
            tried,
            next_input: None,
        };
        let Some((first, _)) = first_wrong else {
            let coarse = |seen: &Seen| {
                let mut pairs = seen.observation.answers.iter().zip(&seen.right);
                !seen.right.is_empty() && pairs.all(|(answer, &right)| answer.is_coarse_for(right.into()))
            };
            if let Some(seen) = diagnosis.seen.iter().find(|seen| coarse(seen)) {
                diagnosis.conclusion = Conclusion::TooFewDigits;
                diagnosis.decimals = seen.observation.answers.iter().map(crate::diagnose::Answer::decimals).max();
            }
            return diagnosis;
        };
        let rank = diagnosis.seen[first].rank;
        let typical: Vec<f64> = moves.into_iter().map(posterior::median).collect();
        let surprise = Surprise::new(&diagnosis.seen, rank, &typical);
        let weighed = weigh(&network, &diagnosis.seen, rank, found, &surprise, MOST_FOUND);
        diagnosis.conclusion = weighed.conclusion;
        diagnosis.decimals = (weighed.conclusion == Conclusion::Rounding).then_some(4);
        (diagnosis.rounding, diagnosis.unknown) = (weighed.rounding, weighed.unknown);
        diagnosis.next_input = super::weigh::next_input(&network, &diagnosis.seen[first], &weighed.groups);
        diagnosis.candidates = weighed
            .groups
            .into_iter()
            .map(|group| Candidate {
                values: diagnosis.seen.iter().map(|seen| values_of(&network, seen, &group.mistakes)).collect(),
                difference: difference(&network, &diagnosis.seen[first], &group.mistakes),
                mistakes: group.mistakes,
                same_as: group.same_as,
                probability: group.probability,
            })
            .collect();
        diagnosis
    }
}

/// The places of the singles of which pairs are made.
fn pairs_of(singles: &[(Mistake, f64)]) -> Vec<usize> {
    let is_method = |(mistake, _): &(Mistake, f64)| {
        !matches!(mistake.way, crate::mistake::graph::Way::Weight { .. }) && mistake.way.often() >= 1.0
    };
    (0..singles.len()).filter(|&i| is_method(&singles[i])).take(MOST_OF_PAIRS).collect()
}

/// What mistakes give at the observed place.
fn values_of(network: &Network, seen: &Seen, mistakes: &[Mistake]) -> Vec<f32> {
    wrong_values(network.program(), seen, mistakes).map_or_else(Vec::new, |values| seen.pick(values.of(seen.array)))
}

pub(super) fn wrong_values(right: &Program, seen: &Seen, mistakes: &[Mistake]) -> Option<crate::equation::Values> {
    let program = changed(right, mistakes).ok()?;
    Some(program.evaluate_again(&seen.values, &program.changed_from(right)))
}

/// Where the pass with these mistakes leaves the right one: the first value in the order of the steps.
fn difference(network: &Network, seen: &Seen, mistakes: &[Mistake]) -> Option<(String, f32, f32)> {
    let right = network.program();
    let wrong = wrong_values(right, seen, mistakes)?;
    let (array, flat) = first_difference(right, &right.steps(), &seen.values, &wrong)?;
    Some((right.address(array, flat), *seen.values.of(array).get(flat)?, *wrong.of(array).get(flat)?))
}
