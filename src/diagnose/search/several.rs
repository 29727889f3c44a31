//! Pairs of mistakes and the few likely triples, in the order of their probability.

use std::{
    cmp::Ordering,
    collections::{BinaryHeap, HashMap},
};

use super::{Found, Search, Single};
use crate::{
    diagnose::{
        posterior::{PAIR, digits, fit, may_fit, same},
        worked::Worked,
    },
    mistake::{Mistake, Scope},
    network::Network,
};

/// Triples are made of so many of the likeliest single mistakes.
const LIKELY: usize = 24;

/// Results of single mistakes are stored while they have no more than this many numbers altogether.
const MOST_KEPT: usize = 10_000_000;

/// Mistakes that are made together.
#[derive(Debug, Clone)]
pub(super) struct Several {
    /// The triples that matter, the likeliest last.
    triples: Vec<(f64, [usize; 3])>,
    /// The pairs that come next, the likeliest on top.
    pairs: BinaryHeap<Pair>,
    /// How many pairs and triples were looked at.
    pub(super) done: usize,
    /// How many matter.
    pub(super) all: usize,
}

impl Search {
    /// What is run after the single mistakes.
    pub(super) fn several(&mut self) -> Several {
        let (least, triples) = (self.least(), self.triples());
        let first = Pair::new(0, 1, self.pair(0, 1)).filter(|pair| pair.prior >= least);
        let all = triples.len() + self.pairs_that_matter();
        Several { triples, pairs: first.into_iter().collect(), done: 0, all }
    }

    /// Runs the likeliest pair or triple that is left; `None` if none matters.
    pub(super) fn next_of_several(&mut self, mut several: Several) -> Option<Several> {
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
