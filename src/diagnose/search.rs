//! Runs wrong passes: single mistakes first, then pairs, then triples of the likely ones.
//!
//! A wrong pass is worked out from the layer of its first mistake on; what lies before is the right pass. Where only one
//! weight is wrong, only its unit is worked out again in that layer. Pairs come in the order of their probability, and only
//! those that could still matter against "something else altogether".

use std::{cmp::Ordering, collections::BinaryHeap};

use super::{
    observation::{Seen, pick},
    posterior::{PAIR, Surprise, fit, priors, same},
};
use crate::{
    mistake::{Mistake, Scope},
    network::{Finish, Network, Recipe, Stage, Values, Weight, kernel::fused},
};

/// Triples are made of so many of the likeliest single mistakes.
const LIKELY: usize = 24;

/// A pair or triple matters if its prior is at least this part of what speaks for an unknown cause.
const MATTERS: f64 = 0.01;

/// How many wrong passes were run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tried {
    /// With one mistake.
    pub singles: usize,
    /// With two.
    pub pairs: usize,
    /// With three.
    pub triples: usize,
    /// Whether the time ran out before all that matter were run.
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
#[derive(Debug)]
pub(super) struct Single {
    /// Where it stands in the order in which mistakes are made.
    order: usize,
    pub(super) mistake: Mistake,
    pub(super) prior: f64,
    /// The values at the observed places.
    pub(super) values: Box<[f32]>,
}

/// A network and what was seen of it.
#[derive(Debug)]
pub(super) struct Search<'s> {
    network: &'s Network,
    right: &'s [Recipe],
    seen: &'s [&'s Seen],
    /// The right values at the observed places.
    flat: Vec<f32>,
    pub(super) tried: Tried,
    pub(super) found: Vec<Found>,
    pub(super) singles: Vec<Single>,
}

impl<'s> Search<'s> {
    pub(super) fn new(network: &'s Network, right: &'s [Recipe], seen: &'s [&'s Seen]) -> Self {
        let flat = seen.iter().flat_map(|seen| seen.right.iter().copied()).collect();
        Self { network, right, seen, flat, tried: Tried::default(), found: Vec::new(), singles: Vec::new() }
    }

    /// Runs every single mistake up to layer `last`.
    pub(super) fn singles(&mut self, last: usize, more: &mut dyn FnMut() -> bool) {
        let all: Vec<Mistake> = (0..=last).flat_map(|layer| Mistake::at(self.network, layer)).collect();
        let priors = priors(&all);
        // The common ones first: should time be short, the rare ones are left out.
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by(|&a, &b| priors[b].total_cmp(&priors[a]));
        for i in order {
            if !more() {
                self.tried.stopped = true;
                break;
            }
            self.tried.singles += 1;
            let Some(values) = self.values(&[&all[i]]) else { continue };
            // What changes nothing here cannot be seen here.
            if same(&values, &self.flat) {
                continue;
            }
            let likelihood = fit(self.seen, &values);
            if likelihood > 0.0 {
                self.found.push(Found {
                    mistakes: vec![all[i]],
                    weight: priors[i] * likelihood,
                    values: values.clone(),
                });
            }
            self.singles.push(Single { order: i, mistake: all[i], prior: priors[i], values: values.into() });
        }
    }

    /// Runs pairs, the likely ones first, until they are too unlikely to matter or the time is over.
    pub(super) fn pairs(&mut self, surprise: &Surprise, more: &mut dyn FnMut() -> bool) {
        let least = MATTERS * surprise.unknown();
        let prior = |i: usize, j: usize| Some(PAIR * self.singles.get(i)?.prior * self.singles.get(j)?.prior);
        let mut queue = BinaryHeap::new();
        queue.extend(Pair::new(0, 1, prior(0, 1)));
        let mut tried = 0;
        let mut found = Vec::new();
        while let Some(Pair { i, j, prior: likely }) = queue.pop() {
            if likely < least || self.tried.stopped {
                break;
            }
            if !more() {
                self.tried.stopped = true;
                break;
            }
            queue.extend(Pair::new(i, j + 1, prior(i, j + 1)));
            if j == i + 1 {
                queue.extend(Pair::new(j, j + 1, prior(j, j + 1)));
            }
            if self.go_together(&[i, j]) {
                tried += 1;
                found.extend(self.together(&[i, j], likely));
            }
        }
        self.tried.pairs = tried;
        self.found.extend(found);
    }

    /// Runs triples of the likeliest mistakes.
    pub(super) fn triples(&mut self, surprise: &Surprise, more: &mut dyn FnMut() -> bool) {
        let least = MATTERS * surprise.unknown();
        let likely = self.singles.len().min(LIKELY);
        let mut triples = Vec::new();
        for i in 0..likely {
            for j in i + 1..likely {
                for k in j + 1..likely {
                    let prior = PAIR * PAIR * [i, j, k].iter().map(|&n| self.singles[n].prior).product::<f64>();
                    if prior >= least {
                        triples.push((prior, [i, j, k]));
                    }
                }
            }
        }
        triples.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut found = Vec::new();
        let mut tried = 0;
        for (prior, triple) in triples {
            if self.tried.stopped || !more() {
                self.tried.stopped = true;
                break;
            }
            if self.go_together(&triple) {
                tried += 1;
                found.extend(self.together(&triple, prior));
            }
        }
        self.tried.triples = tried;
        self.found.extend(found);
    }

    /// Whether no two of these exclude each other, as two wrong activations in one layer do.
    fn go_together(&self, which: &[usize]) -> bool {
        let exclude = |a: usize, b: usize| {
            let (a, b) = (&self.singles[a].mistake, &self.singles[b].mistake);
            a.kind == b.kind && a.layer == b.layer
        };
        which.iter().enumerate().all(|(n, &a)| which[..n].iter().all(|&b| !exclude(a, b)))
    }

    /// Makes several mistakes together. `None` if they do not explain the answers, or no better than fewer of them do.
    fn together(&self, which: &[usize], prior: f64) -> Option<Found> {
        let singles: Vec<&Single> = which.iter().map(|&i| &self.singles[i]).collect();
        let mut ordered = singles.clone();
        // What is done all through the network is done to what the layers' own mistakes left.
        ordered.sort_by_key(|single| (single.mistake.kind.scope == Scope::Network, single.order));
        let mistakes: Vec<&Mistake> = ordered.iter().map(|single| &single.mistake).collect();
        let values = self.values(&mistakes)?;
        let likelihood = fit(self.seen, &values);
        // What one of them gives alone is no reason to believe in two.
        let needless = || {
            same(&values, &self.flat)
                || singles.iter().any(|single| same(&values, &single.values))
                || mistakes.len() > 2 && self.a_pair_gives(&mistakes, &values)
        };
        if likelihood == 0.0 || needless() {
            return None;
        }
        let mistakes = mistakes.into_iter().copied().collect();
        Some(Found { mistakes, weight: prior * likelihood, values })
    }

    fn a_pair_gives(&self, mistakes: &[&Mistake], values: &[f32]) -> bool {
        (0..mistakes.len()).any(|left_out| {
            let rest: Vec<&Mistake> =
                mistakes.iter().enumerate().filter(|(i, _)| *i != left_out).map(|(_, mistake)| *mistake).collect();
            self.values(&rest).is_some_and(|of_rest| same(&of_rest, values))
        })
    }

    /// The values at the observed places with these mistakes, which are in the order in which they are made.
    /// `None` where one of the places has no value.
    fn values(&self, mistakes: &[&Mistake]) -> Option<Vec<f32>> {
        if let [mistake] = mistakes
            && let Some((weight, number)) = mistake.weight(self.network)
            && let Some(values) = self.with_weight(mistake.layer, weight, number)
        {
            return Some(values);
        }
        let from = mistakes.iter().map(|mistake| mistake.layer).min().unwrap_or(0);
        let recipes = wrong_recipes(self.network, self.right, mistakes);
        self.collect(|seen| {
            if from > seen.layer {
                return Some(seen.right.clone());
            }
            let arrives = seen.pass.get(from)?.stage(Stage::In)?.to_vec();
            onward(&recipes, from, arrives, seen)
        })
    }

    /// The values at the observed places if `number` stood in the place of one weight. `None`: find out in the usual way.
    fn with_weight(&self, layer: usize, weight: Weight, number: f32) -> Option<Vec<f32>> {
        let recipe = self.right.get(layer)?;
        self.collect(|seen| {
            if layer > seen.layer {
                return Some(seen.right.clone());
            }
            let stage = if layer == seen.layer { seen.stage } else { Stage::A };
            let values = one_unit_again(recipe, seen.pass.get(layer)?, weight, number, stage)?;
            if layer == seen.layer { pick(&values, seen.index) } else { onward(self.right, layer + 1, values, seen) }
        })
    }

    fn collect(&self, values: impl Fn(&Seen) -> Option<Vec<f32>>) -> Option<Vec<f32>> {
        let mut all = Vec::with_capacity(self.flat.len());
        for seen in self.seen {
            let values = values(seen)?;
            if values.len() != seen.right.len() {
                return None;
            }
            all.extend(values);
        }
        Some(all)
    }
}

/// The recipes with these mistakes, made in this order.
pub(super) fn wrong_recipes(network: &Network, right: &[Recipe], mistakes: &[&Mistake]) -> Vec<Recipe> {
    let mut recipes = right.to_vec();
    for mistake in mistakes {
        mistake.change(network, &mut recipes);
    }
    recipes
}

/// Works out the layers from `from` on, to the place that was observed.
fn onward(recipes: &[Recipe], from: usize, arrives: Vec<f32>, seen: &Seen) -> Option<Vec<f32>> {
    let mut values = arrives;
    for recipe in recipes.get(from..seen.layer)? {
        values = recipe.output(&values);
    }
    let recipe = recipes.get(seen.layer)?;
    match seen.stage {
        Stage::In => pick(&values, seen.index),
        Stage::A => pick(&recipe.output(&values), seen.index),
        stage => pick(recipe.values(&values).stage(stage)?, seen.index),
    }
}

/// A stage of a layer in which one weight is another number; only the weight's unit is worked out again.
/// `None` if that is not enough.
fn one_unit_again(recipe: &Recipe, right: &Values, weight: Weight, number: f32, stage: Stage) -> Option<Vec<f32>> {
    let input = right.stage(Stage::In)?;
    if stage == Stage::In {
        return Some(input.to_vec());
    }
    let (unit, role) = match weight {
        Weight::Kernel { unit, .. } => (unit, None),
        Weight::Bias { unit } => (unit, Some(crate::network::Role::Bias)),
        Weight::Listed { list, unit } => (unit, Some(list.role()?)),
    };
    let sums = right.stage(Stage::Wx).unwrap_or(input);
    let mut value = match weight {
        Weight::Kernel { input: row, .. } => {
            let kernel = recipe.kernel.as_ref()?;
            let entry = |i| if i == row { number } else { kernel.get(i, unit).unwrap_or(0.0) };
            (0..kernel.inputs()).fold(0.0, |sum, i| fused(input.get(i).copied().unwrap_or(0.0), entry(i), sum))
        }
        _ => *sums.get(unit)?,
    };
    let replaced = |values: &[f32], value: f32| {
        let mut values = values.to_vec();
        *values.get_mut(unit)? = value;
        Some(values)
    };
    if stage == Stage::Wx {
        return replaced(sums, value);
    }
    for (i, finish) in recipe.finish.iter().enumerate() {
        if finish.activation().is_some() && stage == Stage::Z {
            return replaced(right.stage(Stage::Z)?, value);
        }
        if finish.is_together() {
            // From here on every unit is needed, and only the pre-activation is at hand for all of them.
            let first = recipe.finish.iter().position(|finish| finish.activation().is_some());
            if first != Some(i) {
                return None;
            }
            let entering = replaced(right.stage(Stage::Z)?, value)?;
            return Some(recipe.finish[i..].iter().fold(entering, |before, finish| finish.apply(&before)));
        }
        value = match finish {
            Finish::Combine { operator, operand, role: own } => {
                let operand = if Some(*own) == role { number } else { *operand.get(unit)? };
                operator.of(value, operand)
            }
            finish => *finish.apply(&[value]).first()?,
        };
    }
    replaced(right.stage(stage)?, value)
}

/// A pair of single mistakes, by its prior.
#[derive(Debug, PartialEq)]
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
