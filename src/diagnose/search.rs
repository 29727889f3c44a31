//! Runs wrong passes: single mistakes first, then pairs and the few likely triples.
//!
//! A wrong pass is computed from the layer of its first mistake on; the layers before are known ([`Worked`]). Pairs and triples come in the
//! order of their probability, and only those that could still matter against "something else altogether". The search can
//! be stopped after any pass and continues from there.

mod several;

use std::collections::HashMap;

use self::several::Several;
use super::{
    observation::Seen,
    posterior::{Surprise, digits, fit, may_fit, median, priors, same},
    reach,
    worked::Worked,
};
use crate::{
    mistake::Mistake,
    network::{Network, Recipe},
};

/// A pair or triple matters if its prior is at least this part of what speaks for an unknown cause.
const MATTERS: f64 = 0.01;

/// What is found counts only so much in this: many that are much less probable may still be something together.
const AGAINST_FOUND: f64 = 0.1;

/// From how many mistakes, of those that move a value, their usual effect on it is estimated.
const SAMPLE: usize = 500;

/// How many wrong passes were run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tried {
    /// With one mistake.
    pub singles: usize,
    /// With two.
    pub pairs: usize,
    /// With three.
    pub triples: usize,
    /// Whether the search was ended before all that matter were run.
    pub stopped: bool,
}

/// Mistakes that explain the answers.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) mistakes: Vec<Mistake>,
    /// Prior times likelihood.
    pub(super) weight: f64,
    /// The values at the observed places, one list an observation after the other.
    pub(super) values: Vec<f32>,
}

/// One single mistake that changes something where we look.
#[derive(Debug, Clone)]
struct Single {
    /// Its position in the order in which mistakes are made.
    order: usize,
    mistake: Mistake,
    prior: f64,
}

/// What is being run.
#[derive(Debug, Clone)]
enum Phase {
    /// The next of all single mistakes.
    Singles(usize),
    /// Pairs and triples, the likeliest of both next.
    Several(Several),
    /// All that matter were run.
    Over,
}

/// A network and what was seen of it.
#[derive(Debug, Clone)]
pub(super) struct Search {
    network: Network,
    seen: Vec<Seen>,
    right: Worked,
    /// The right values at the observed places.
    flat: Vec<f32>,
    /// Every single mistake that could matter, the common ones first, with its place in the order and its prior.
    all: Vec<(usize, Mistake, f64)>,
    phase: Phase,
    /// What speaks for no known mistake; known after the singles.
    surprise: Option<Surprise>,
    /// Results of single mistakes, to continue from.
    worked: HashMap<usize, Worked>,
    /// How many numbers one of them keeps.
    kept: usize,
    tried: Tried,
    /// By how much some mistakes move each of the observed values; 0 is not among them.
    moves: Vec<Vec<f64>>,
    /// The single mistake that comes nearest, and how near.
    nearest: Option<(f64, Mistake)>,
    found: Vec<Found>,
    /// The weights of all that is found.
    weight: f64,
    singles: Vec<Single>,
}

/// What a search has come to.
pub(super) struct Outcome {
    pub(super) tried: Tried,
    pub(super) found: Vec<Found>,
    pub(super) nearest: Option<Mistake>,
    pub(super) surprise: Surprise,
}

impl Search {
    /// A search among the mistakes up to layer `last`. `recipes` are the network's right ones.
    pub(super) fn new(network: &Network, recipes: &[Recipe], seen: Vec<Seen>, last: usize) -> Self {
        let mistakes: Vec<Mistake> = (0..=last).flat_map(|layer| Mistake::at(network, layer)).collect();
        let priors = priors(&mistakes);
        let mut all: Vec<(usize, Mistake, f64)> = mistakes
            .into_iter()
            .zip(priors)
            .enumerate()
            .map(|(order, (mistake, prior))| (order, mistake, prior))
            .collect();
        // Should time be short, the rare ones are left out.
        all.sort_by(|a, b| b.2.total_cmp(&a.2));
        Self {
            network: network.clone(),
            right: Worked::right(recipes.to_vec(), &seen),
            flat: seen.iter().flat_map(|seen| seen.right.iter().copied()).collect(),
            kept: network.parameters()
                + seen.iter().flat_map(|seen| &seen.pass).map(|values| values.a().len() * 3).sum::<usize>(),
            moves: vec![Vec::new(); seen.iter().map(|seen| seen.right.len()).sum()],
            seen,
            all,
            phase: Phase::Singles(0),
            surprise: None,
            worked: HashMap::new(),
            tried: Tried::default(),
            nearest: None,
            found: Vec::new(),
            weight: 0.0,
            singles: Vec::new(),
        }
    }

    /// Runs on while there is `more` time, which is asked before each wrong pass. Whether all is done.
    pub(super) fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        while !matches!(self.phase, Phase::Over) && more() {
            self.step();
        }
        matches!(self.phase, Phase::Over)
    }

    /// How much of all that matters was run, from 0 to 1: singles, then pairs and triples.
    pub(super) fn share(&self) -> f64 {
        let part = |done: usize, all: usize| if all == 0 { 1.0 } else { done as f64 / all as f64 };
        match &self.phase {
            Phase::Singles(next) => 0.3 * part(*next, self.all.len()),
            Phase::Several(several) => 0.3 + 0.7 * part(several.done, several.all).min(1.0),
            Phase::Over => 1.0,
        }
    }

    /// Ends the search, wherever it is.
    pub(super) fn outcome(mut self) -> Outcome {
        self.tried.stopped = !matches!(self.phase, Phase::Over);
        let surprise = self.surprise();
        let nearest = self.nearest.map(|(_, mistake)| mistake);
        Outcome { tried: self.tried, found: self.found, nearest, surprise }
    }

    /// Runs the single mistakes while there is `more` time. Whether they are done.
    pub(super) fn advance_singles(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        while matches!(self.phase, Phase::Singles(_)) && more() {
            self.step();
        }
        !matches!(self.phase, Phase::Singles(_))
    }

    /// Whether what gives the answers is more probable than an unknown cause.
    pub(super) fn convinces(&self) -> bool {
        !self.found.is_empty() && self.weight >= self.compute_surprise().unknown()
    }

    /// The mistakes that give the answers, the most probable first.
    pub(super) fn explanations(&self) -> Vec<&[Mistake]> {
        let mut found: Vec<&Found> = self.found.iter().collect();
        found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        found.into_iter().map(|found| found.mistakes.as_slice()).collect()
    }

    /// What was run so far.
    pub(super) fn tried(&self) -> Tried {
        self.tried
    }

    /// One wrong pass, or the way to the next phase.
    fn step(&mut self) {
        match std::mem::replace(&mut self.phase, Phase::Over) {
            Phase::Singles(next) => {
                self.phase = match self.all.get(next).copied() {
                    Some((order, mistake, prior)) => {
                        self.single(order, mistake, prior);
                        Phase::Singles(next + 1)
                    }
                    None => Phase::Several(self.several()),
                };
            }
            Phase::Several(several) => {
                if let Some(several) = self.next_of_several(several) {
                    self.phase = Phase::Several(several);
                }
            }
            Phase::Over => {}
        }
    }

    /// Runs a single mistake.
    fn single(&mut self, order: usize, mistake: Mistake, prior: f64) {
        self.tried.singles += 1;
        let about = mistake
            .weight(&self.network)
            .and_then(|replacement| self.right.about(mistake.layer, &replacement, &self.seen));
        let is_about = about.is_some();
        let Some(values) = about.or_else(|| self.right.then(&mistake, &self.network).values(&self.seen)) else {
            return;
        };
        // What changes nothing here cannot be seen here, but where an activation is saturated the last digits are exact.
        if values == self.flat || (same(&values, &self.flat) && (is_about || fit(&self.seen, &values) == 0.0)) {
            return;
        }
        let full = if is_about && may_fit(&self.seen, &values) {
            self.right.then(&mistake, &self.network).values(&self.seen)
        } else {
            (!is_about).then(|| values.clone())
        };
        if let Some(full) = full {
            let likelihood = fit(&self.seen, &full) * digits(&self.seen, &[mistake]);
            if likelihood > 0.0 {
                self.keep(Some(Found { mistakes: vec![mistake], weight: prior * likelihood, values: full }));
            }
        }
        let distance = distance(&self.seen, &values);
        if distance.is_finite() && self.nearest.is_none_or(|(nearest, _)| distance < nearest) {
            self.nearest = Some((distance, mistake));
        }
        self.singles.push(Single { order, mistake, prior });
        for ((moves, right), value) in self.moves.iter_mut().zip(&self.flat).zip(&values) {
            let by = f64::from((value - right).abs());
            if by > 0.0 && moves.len() < SAMPLE {
                moves.push(by);
            }
        }
    }

    /// Below this prior nothing matters: neither against an unknown cause, nor against what is found already.
    fn least(&mut self) -> f64 {
        MATTERS * (self.surprise().unknown() + AGAINST_FOUND * self.weight)
    }

    fn keep(&mut self, found: Option<Found>) {
        if let Some(found) = found {
            self.weight += found.weight;
            self.found.push(found);
        }
    }

    fn surprise(&mut self) -> Surprise {
        let surprise = self.compute_surprise();
        self.surprise = Some(surprise);
        surprise
    }

    fn compute_surprise(&self) -> Surprise {
        self.surprise.unwrap_or_else(|| {
            let typical: Vec<f64> = self.moves.iter().map(|moves| median(moves.clone())).collect();
            reach::surprise(self.right.recipes(), &self.seen, &self.flat, &typical)
        })
    }
}

/// The largest distance of a value to its answer.
pub(super) fn distance(seen: &[Seen], values: &[f32]) -> f64 {
    let answers = seen.iter().flat_map(|seen| &seen.observation.answers);
    let far = answers.zip(values).map(|(answer, &value)| (answer.value() - f64::from(value)).abs());
    far.fold(0.0, |most, far| if far > most || far.is_nan() { far } else { most })
}
