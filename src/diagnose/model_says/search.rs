//! Runs the network as it may be, until one gives the model's own numbers: single changes, scalings with unknown numbers, pairs.

use super::{
    change::Change,
    evidence::Evidence,
    family::Family,
    solve::{Solved, solve},
    ways::Way,
};
use crate::diagnose::posterior::{PAIR, median, same, width};

/// How probable it is beforehand that the cause is in no list, against 1 for all single changes: other weights among it.
const UNKNOWN: f64 = 0.3;

/// How probable it is beforehand that nothing but the digits of the print is missing.
const PRINT: f64 = 0.1;

/// A pair matters if its prior is at least this part of what speaks for an unknown cause.
const MATTERS: f64 = 0.02;

/// So many pairs are tried at most, the likeliest.
const MOST_PAIRS: usize = 30_000;

/// Unknown scalings are looked for together with so many of the likeliest other changes.
const WITH_FAMILY: usize = 120;

/// By how much changes move the numbers follows from so many of them.
const SAMPLE: usize = 300;

/// A number that verifies unknowns makes them so many times more probable at most.
const MOST_VERIFIED: f64 = 40.0;

/// A search that would multiply more weights than this for one step is left out.
const MOST_WORK: usize = 4_000_000;

/// Changes that give the model's numbers.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) changes: Vec<Change>,
    /// Prior times likelihood.
    pub(super) weight: f64,
    /// Whether there are more numbers than unknowns: else any numbers would give some changes like these.
    pub(super) verified: bool,
}

/// What is being run.
#[derive(Debug, Clone)]
enum Phase {
    /// The next single way.
    Singles(usize),
    /// The next start of the next family.
    Families(usize, usize),
    /// An unknown scaling behind the network, with the next single way.
    WithFamily(usize),
    /// The next pair.
    Pairs(Vec<(f64, usize, usize)>, usize),
    /// Everything that matters was run.
    Over,
}

/// How many networks were run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ran {
    /// With one change.
    pub singles: usize,
    /// With two.
    pub pairs: usize,
    /// Searches for unknown numbers.
    pub solved: usize,
    /// Whether the search was ended before everything that matters was run.
    pub stopped: bool,
}

/// A search for what was not described.
#[derive(Debug, Clone)]
pub(super) struct Search {
    pub(super) evidence: Evidence,
    ways: Vec<Way>,
    families: Vec<(Family, f64)>,
    phase: Phase,
    described: Vec<f32>,
    /// The ways that change something where we look, with their values.
    singles: Vec<(usize, Vec<f32>)>,
    found: Vec<Found>,
    /// Families with fewer numbers than they need; any number fits them.
    pub(super) open: Vec<Family>,
    arbitrary: Option<f64>,
    ran: Ran,
}

/// What a search has come to.
pub(super) struct Outcome {
    pub(super) evidence: Evidence,
    pub(super) found: Vec<Found>,
    /// Prior times likelihood of a cause in no list.
    pub(super) unknown: f64,
    /// The same of a print with too few digits.
    pub(super) print: f64,
    pub(super) open: Vec<Family>,
    pub(super) ran: Ran,
}

impl Search {
    pub(super) fn new(evidence: Evidence, ways: Vec<Way>) -> Self {
        let outputs_only = evidence.outputs_only();
        let work = evidence.network.parameters() * evidence.seen.len();
        let mut families = Family::all(&evidence.network);
        families.retain(|(family, _)| {
            let behind = family.is_linear() || *family == Family::Both;
            (outputs_only || !behind) && (family.is_linear() || work <= MOST_WORK)
        });
        let described = evidence.described();
        let (singles, found, open) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            evidence,
            ways,
            families,
            phase: Phase::Singles(0),
            described,
            singles,
            found,
            open,
            arbitrary: None,
            ran: Ran::default(),
        }
    }

    /// Goes on while there is `more` time, which is asked before each network. Whether all is done.
    pub(super) fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        while !matches!(self.phase, Phase::Over) && more() {
            self.step();
        }
        matches!(self.phase, Phase::Over)
    }

    /// How much of all that matters was run, from 0 to 1.
    pub(super) fn share(&self) -> f64 {
        let part = |done: usize, all: usize| done as f64 / all.max(1) as f64;
        match &self.phase {
            Phase::Singles(next) => 0.3 * part(*next, self.ways.len()),
            Phase::Families(next, _) => 0.3 + 0.3 * part(*next, self.families.len()),
            Phase::WithFamily(next) => 0.6 + 0.1 * part(*next, WITH_FAMILY),
            Phase::Pairs(all, next) => 0.7 + 0.3 * part(*next, all.len()),
            Phase::Over => 1.0,
        }
    }

    /// How many networks were run so far.
    pub(super) fn ran(&self) -> Ran {
        self.ran
    }

    /// Ends the search, wherever it is.
    pub(super) fn outcome(mut self) -> Outcome {
        self.ran.stopped = !matches!(self.phase, Phase::Over);
        let arbitrary = self.arbitrary();
        let print = PRINT * self.evidence.fit(&[], &self.described);
        Outcome {
            unknown: UNKNOWN * arbitrary,
            print,
            evidence: self.evidence,
            found: self.found,
            open: self.open,
            ran: self.ran,
        }
    }

    fn step(&mut self) {
        match std::mem::replace(&mut self.phase, Phase::Over) {
            Phase::Singles(next) => {
                self.phase = if next < self.ways.len() {
                    self.single(next);
                    Phase::Singles(next + 1)
                } else {
                    Phase::Families(0, 0)
                };
            }
            Phase::Families(next, start) => {
                self.phase = match self.families.get(next).copied() {
                    Some((family, prior)) => {
                        let starts = family.starts(&self.evidence.network, &self.evidence);
                        let enough = starts.get(start).is_none_or(|start| self.family(family, prior, start, &[]));
                        if enough { Phase::Families(next + 1, 0) } else { Phase::Families(next, start + 1) }
                    }
                    None => Phase::WithFamily(0),
                };
            }
            Phase::WithFamily(next) => {
                let behind = self.families.iter().any(|(family, _)| *family == Family::Behind);
                let single = self.singles.get(next).filter(|_| next < WITH_FAMILY && behind);
                self.phase = match single {
                    Some(&(way, _)) => {
                        let Way { changes, prior } = self.ways[way].clone();
                        if changes.iter().all(|change| change.end() != Some(crate::network::End::Output)) {
                            self.family(Family::Behind, PAIR * prior, &[1.0, 0.0], &changes);
                        }
                        Phase::WithFamily(next + 1)
                    }
                    None => Phase::Pairs(self.pairs(), 0),
                };
            }
            Phase::Pairs(all, next) => {
                let Some(&(prior, i, j)) = all.get(next) else { return };
                self.pair(prior, i, j);
                self.phase = Phase::Pairs(all, next + 1);
            }
            Phase::Over => {}
        }
    }

    fn single(&mut self, n: usize) {
        self.ran.singles += 1;
        let Way { changes, prior } = &self.ways[n];
        let Some(values) = self.evidence.values(changes) else { return };
        // What changes nothing here cannot be seen here.
        if same(&values, &self.described) {
            return;
        }
        let likelihood = self.evidence.fit(changes, &values);
        if likelihood > 0.0 {
            self.found.push(Found { changes: changes.clone(), weight: prior * likelihood, verified: true });
        }
        self.singles.push((n, values));
    }

    /// The chance of the numbers under a cause in no list; known after the singles.
    fn arbitrary(&mut self) -> f64 {
        let (described, singles) = (&self.described, &self.singles);
        *self.arbitrary.get_or_insert_with(|| {
            let moved = |i: usize| {
                let by = singles.iter().take(SAMPLE).map(|(_, values)| f64::from((values[i] - described[i]).abs()));
                median(by.filter(|by| *by > 0.0).collect())
            };
            let typical: Vec<f64> = (0..described.len()).map(moved).collect();
            self.evidence.arbitrary(&typical)
        })
    }

    /// The pairs that matter, the likeliest first.
    fn pairs(&mut self) -> Vec<(f64, usize, usize)> {
        let found: f64 = self.found.iter().map(|found| found.weight).sum();
        let least = MATTERS * (UNKNOWN * self.arbitrary() + found);
        let mut pairs = Vec::new();
        for (i, (a, _)) in self.singles.iter().enumerate() {
            for (j, (b, _)) in self.singles.iter().enumerate().skip(i + 1) {
                let prior = PAIR * self.ways[*a].prior * self.ways[*b].prior;
                // The ways come by their priors: the others are less probable still.
                if prior < least {
                    break;
                }
                pairs.push((prior, i, j));
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        pairs.truncate(MOST_PAIRS);
        pairs
    }

    fn pair(&mut self, prior: f64, i: usize, j: usize) {
        let ((a, of_a), (b, of_b)) = (&self.singles[i], &self.singles[j]);
        let (a, b) = (&self.ways[*a].changes, &self.ways[*b].changes);
        if a.iter().any(|a| b.iter().any(|b| a.excludes(b))) {
            return;
        }
        self.ran.pairs += 1;
        let changes: Vec<Change> = a.iter().chain(b).cloned().collect();
        let Some(values) = self.evidence.values(&changes) else { return };
        // What one of them gives is no reason to believe in both.
        if same(&values, &self.described) || same(&values, of_a) || same(&values, of_b) {
            return;
        }
        let likelihood = self.evidence.fit(&changes, &values);
        if likelihood > 0.0 {
            self.found.push(Found { changes, weight: prior * likelihood, verified: true });
        }
    }

    /// Looks for the unknowns of a family from one start. Whether there is nothing more to look for.
    fn family(&mut self, family: Family, prior: f64, start: &[f64], others: &[Change]) -> bool {
        let evidence = &self.evidence;
        let targets: Vec<(f64, f64)> = evidence
            .places()
            .filter_map(|(seen, i)| {
                let y = seen.observation.answers.get(i)?.value();
                Some((y, Evidence::tolerance(seen, i, y)))
            })
            .collect();
        let (count, unknowns) = (targets.len(), family.unknowns(&evidence.network));
        if targets.iter().any(|(y, tolerance)| !y.is_finite() || *tolerance <= 0.0) {
            return true;
        }
        if count < unknowns {
            if others.is_empty() {
                self.open.push(family);
            }
            return true;
        }
        // What cannot matter beside what is found is not looked for.
        let most = prior * self.arbitrary() * MOST_VERIFIED.powi((count - unknowns) as i32);
        if most < MATTERS * self.found.iter().map(|found| found.weight).sum::<f64>() {
            return true;
        }
        let evidence = &self.evidence;
        self.ran.solved += 1;
        let network = &evidence.network;
        let mut residuals = |unknowns: &[f64]| {
            let mut changes = others.to_vec();
            changes.extend(family.changes(network, unknowns)?);
            let values = evidence.values(&changes)?;
            Some(values.iter().zip(&targets).map(|(value, (y, off))| (f64::from(*value) - y) / off).collect())
        };
        let Some(solved) = solve(start, &mut residuals) else { return false };
        self.keep(family, prior, others, &solved);
        true
    }

    fn keep(&mut self, family: Family, prior: f64, others: &[Change], solved: &Solved) {
        // What needs no scaling gets none.
        let without = self.evidence.values(others).unwrap_or_default();
        let with = family
            .changes(&self.evidence.network, &solved.unknowns)
            .and_then(|own| self.evidence.values(&others.iter().cloned().chain(own).collect::<Vec<_>>()));
        if self.evidence.fit(others, &without) > 0.0 || with.is_none_or(|with| same(&with, &without)) {
            return;
        }
        let mut best: Option<Found> = None;
        for (round, chance) in family.rounded(&self.evidence.network, solved) {
            let changes: Vec<Change> = others.iter().cloned().chain(round).collect();
            let Some(values) = self.evidence.values(&changes) else { continue };
            let weight = prior * chance * self.evidence.fit(&changes, &values);
            if weight > best.as_ref().map_or(0.0, |best| best.weight) {
                best = Some(Found { changes, weight, verified: true });
            }
        }
        if solved.verified == 0 {
            if others.is_empty() && best.is_none() {
                self.open.push(family);
                // Its numbers follow, and one more pair would verify them.
                let own = family.changes(&self.evidence.network, &solved.unknowns);
                best = own.filter(|_| family.is_plain() && self.evidence.batch().len() > 1).map(|changes| Found {
                    changes,
                    weight: prior * self.arbitrary(),
                    verified: false,
                });
            }
        } else if let Some(own) = family.changes(&self.evidence.network, &solved.unknowns) {
            let weight = prior * self.arbitrary() / self.verified(solved);
            if best.as_ref().is_none_or(|best| weight > best.weight) {
                let changes = others.iter().cloned().chain(own).collect();
                // Numbers that are nearly round are shown as round.
                best = Some(best.map_or(Found { changes, weight, verified: true }, |best| Found { weight, ..best }));
            }
        }
        self.found.extend(best);
    }

    /// The chance that numbers of another cause agree as well with the unknowns as these do.
    ///
    /// Nearby, every smooth function looks like a straight line: so half of it is for a distance of any order of magnitude.
    fn verified(&self, solved: &Solved) -> f64 {
        let answers: Vec<(f64, f64)> = self.evidence.answers().map(|answer| (answer.value(), width(answer))).collect();
        let (low, high) =
            answers.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (y, _)| (low.min(*y), high.max(*y)));
        let mut chances: Vec<f64> = answers
            .iter()
            .zip(&solved.bounds)
            .map(|((_, width), bound)| {
                let (width, span) = (width * bound.max(1.0), (high - low).max(*width));
                let orders = (span / width).max(1.0).ln();
                f64::midpoint(width / (span + width), 1.0 / (1.0 + orders))
            })
            .collect();
        // Those that prove least.
        chances.sort_by(|a, b| b.total_cmp(a));
        chances.iter().take(solved.verified).product()
    }
}
