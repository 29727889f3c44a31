//! Runs wrong passes: single mistakes first, then pairs and the few likely triples.
//!
//! A wrong pass is computed from the layer of its first mistake on; the layers before are known ([`Worked`]). Pairs and triples come in the
//! order of their probability, and only those that could still matter against "something else altogether". The search can
//! be stopped after any pass and continues from there.

use std::{
    cmp::Ordering,
    collections::{BinaryHeap, HashMap},
};

use super::{
    observation::Seen,
    posterior::{PAIR, Surprise, digits, fit, may_fit, median, priors, same},
    reach,
    worked::Worked,
};
use crate::{
    mistake::{Mistake, Scope},
    network::{Network, Recipe},
};

/// Triples are made of so many of the likeliest single mistakes.
const LIKELY: usize = 24;

/// A pair or triple matters if its prior is at least this part of what speaks for an unknown cause.
const MATTERS: f64 = 0.01;

/// What is found counts only so much in this: many that are much less probable may still be something together.
const AGAINST_FOUND: f64 = 0.1;

/// From how many mistakes, of those that move a value, their usual effect on it is estimated.
const SAMPLE: usize = 500;

/// Results of single mistakes are stored while they have no more than this many numbers altogether.
const MOST_KEPT: usize = 10_000_000;

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

/// Mistakes that are made together.
#[derive(Debug, Clone)]
struct Several {
    /// The triples that matter, the likeliest last.
    triples: Vec<(f64, [usize; 3])>,
    /// The pairs that come next, the likeliest on top.
    pairs: BinaryHeap<Pair>,
    /// How many pairs and triples were looked at.
    done: usize,
    /// How many matter.
    all: usize,
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

    /// What is run after the single mistakes.
    fn several(&mut self) -> Several {
        let (least, triples) = (self.least(), self.triples());
        let first = Pair::new(0, 1, self.pair(0, 1)).filter(|pair| pair.prior >= least);
        let all = triples.len() + self.pairs_that_matter();
        Several { triples, pairs: first.into_iter().collect(), done: 0, all }
    }

    /// Runs the likeliest pair or triple that is left; `None` if none matters.
    fn next_of_several(&mut self, mut several: Several) -> Option<Several> {
        let least = self.least();
        several.done += 1;
        let pair = several.pairs.peek().map_or(0.0, |pair| pair.prior);
        if let Some((prior, triple)) = several.triples.pop_if(|(prior, _)| *prior >= pair) {
            if prior >= least && self.go_together(&triple) {
                self.tried.triples += 1;
                let found = self.together(&triple, prior);
                self.keep(found);
            }
            return Some(several);
        }
        let Pair { i, j, prior } = several.pairs.pop().filter(|pair| pair.prior >= least)?;
        let mut next = |i, j| {
            let pair = Pair::new(i, j, self.pair(i, j)).filter(|pair| pair.prior >= least);
            several.pairs.extend(pair);
        };
        next(i, j + 1);
        if j == i + 1 {
            next(j, j + 1);
        }
        if self.go_together(&[i, j]) {
            self.tried.pairs += 1;
            let found = self.two(i, j, prior);
            self.keep(found);
        }
        Some(several)
    }

    /// The triples of likely mistakes that matter, the likeliest last: three of them, or two and a way to round.
    fn triples(&mut self) -> Vec<(f64, [usize; 3])> {
        let least = self.least();
        let likely = self.singles.len().min(LIKELY);
        let rounds = (likely..self.singles.len()).filter(|&n| self.singles[n].mistake.only_rounds());
        let third: Vec<usize> = (0..likely).chain(rounds).collect();
        let mut triples = Vec::new();
        for i in 0..likely {
            for j in i + 1..likely {
                for &k in third.iter().filter(|&&k| k > j) {
                    let prior = PAIR * PAIR * [i, j, k].iter().map(|&n| self.singles[n].prior).product::<f64>();
                    if prior >= least {
                        triples.push((prior, [i, j, k]));
                    }
                }
            }
        }
        triples.sort_by(|a, b| a.0.total_cmp(&b.0));
        triples
    }

    /// The prior of a pair; `None` past the end.
    fn pair(&self, i: usize, j: usize) -> Option<f64> {
        Some(PAIR * self.singles.get(i)?.prior * self.singles.get(j)?.prior)
    }

    fn pairs_that_matter(&mut self) -> usize {
        let least = self.least();
        let matter = |i: usize| {
            let after = &self.singles[i + 1..];
            after.partition_point(|single| PAIR * self.singles[i].prior * single.prior >= least)
        };
        (0..self.singles.len()).map(matter).take_while(|&count| count > 0).sum()
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

    /// Whether no two of these exclude each other, as two wrong activations in one layer do.
    fn go_together(&self, which: &[usize]) -> bool {
        let exclude = |a: usize, b: usize| {
            let (a, b) = (&self.singles[a].mistake, &self.singles[b].mistake);
            a.kind == b.kind && a.layer == b.layer
        };
        which.iter().enumerate().all(|(n, &a)| which[..n].iter().all(|&b| !exclude(a, b)))
    }

    /// Makes two mistakes together; in short, if one of them is but another number for a weight.
    fn two(&mut self, i: usize, j: usize, prior: f64) -> Option<Found> {
        let weight = |n: usize| self.singles[n].mistake.weight(&self.network);
        let (of_number, other) = match (weight(i), weight(j)) {
            (Some(weight), None) => ((i, weight), j),
            (None, Some(weight)) => ((j, weight), i),
            _ => return self.together(&[i, j], prior),
        };
        let (n, replacement) = of_number;
        let layer = self.singles[n].mistake.layer;
        let worked = kept(&mut self.worked, self.kept, &self.right, &self.singles, other, &self.network);
        // The number is put in first: where the other mistake changes the layer's numbers, it would be another number.
        if worked.has_weights_of(&self.right, layer)
            && let Some(about) = worked.about(layer, &replacement, &self.seen)
            && !may_fit(&self.seen, &about)
        {
            return None;
        }
        self.together(&[i, j], prior)
    }

    /// Makes several mistakes together. `None` if they do not explain the answers, or no better than fewer of them do.
    fn together(&mut self, which: &[usize], prior: f64) -> Option<Found> {
        let mut ordered = which.to_vec();
        // What is done all through the network is done to what the layers' own mistakes left.
        ordered.sort_by_key(|&n| (self.singles[n].mistake.kind.scope == Scope::Network, self.singles[n].order));
        let values = self.values(&ordered)?;
        let likelihood = fit(&self.seen, &values);
        if likelihood == 0.0 || values == self.flat {
            return None;
        }
        // What fewer of them give is no reason to believe in more, and neither is what fewer of them explain as well: the others
        // only do something that does not show in the answers.
        for some in 1..(1usize << ordered.len()) - 1 {
            let fewer: Vec<usize> = (0..ordered.len()).filter(|i| some >> i & 1 == 1).map(|i| ordered[i]).collect();
            let of_fewer = self.values(&fewer);
            if of_fewer.is_some_and(|of_fewer| same(&of_fewer, &values) || fit(&self.seen, &of_fewer) >= likelihood) {
                return None;
            }
        }
        let mistakes: Vec<Mistake> = ordered.iter().map(|&n| self.singles[n].mistake).collect();
        let weight = prior * likelihood * digits(&self.seen, &mistakes);
        Some(Found { mistakes, weight, values })
    }

    /// The values at the observed places with these mistakes, which are in the order in which they are made.
    fn values(&mut self, ordered: &[usize]) -> Option<Vec<f32>> {
        let (&first, rest) = ordered.split_first()?;
        let (singles, network) = (&self.singles, &self.network);
        // There are too many numbers to keep what each of them leads to.
        let alone = singles[first].mistake.weight(network).map(|_| self.right.then(&singles[first].mistake, network));
        let mut worked = match &alone {
            Some(alone) => alone,
            None => kept(&mut self.worked, self.kept, &self.right, singles, first, network),
        };
        let mut after;
        for &n in rest {
            after = worked.then(&singles[n].mistake, network);
            worked = &after;
        }
        worked.values(&self.seen)
    }
}

/// The result of a single mistake, computed now or before.
fn kept<'w>(
    worked: &'w mut HashMap<usize, Worked>,
    numbers: usize,
    right: &Worked,
    singles: &[Single],
    n: usize,
    network: &Network,
) -> &'w Worked {
    // Of a large network only a few fit into memory.
    if worked.len() >= (MOST_KEPT / (numbers + 1)).max(4) && !worked.contains_key(&n) {
        worked.clear();
    }
    worked.entry(n).or_insert_with(|| right.then(&singles[n].mistake, network))
}

/// The largest distance of a value to its answer.
pub(super) fn distance(seen: &[Seen], values: &[f32]) -> f64 {
    let answers = seen.iter().flat_map(|seen| &seen.observation.answers);
    let far = answers.zip(values).map(|(answer, &value)| (answer.value() - f64::from(value)).abs());
    far.fold(0.0, |most, far| if far > most || far.is_nan() { far } else { most })
}

/// A pair of single mistakes, by its prior.
#[derive(Debug, Clone, PartialEq)]
struct Pair {
    prior: f64,
    i: usize,
    j: usize,
}

impl Pair {
    fn new(i: usize, j: usize, prior: Option<f64>) -> Option<Self> {
        prior.map(|prior| Self { prior, i, j })
    }
}

impl Eq for Pair {}

impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        self.prior.total_cmp(&other.prior).then_with(|| (other.i, other.j).cmp(&(self.i, self.j)))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
