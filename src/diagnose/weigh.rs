//! Weighs the explanations: those that give equal values are one group, represented by the simplest of them.

use super::{
    Conclusion, honest,
    next_input::probes,
    observation::Seen,
    posterior::{Surprise, alike},
    search::Found,
    worked::wrong_recipes,
};
use crate::{
    mistake::Mistake,
    network::{Network, Recipe, recipe::through},
};

/// How many explanations are compared with each other at most.
const MOST_FOUND: usize = 60;

/// Single mistakes that are so probable together are plausible.
const PLAUSIBLE: f64 = 0.2;

/// Explanations with their probabilities.
pub(super) struct Weighed {
    /// The most probable first.
    pub(super) groups: Vec<Group>,
    /// How many more explanations there are, and how probable they are together.
    pub(super) beyond: (usize, f64),
    /// How probable rounding on the way is, of no known kind.
    pub(super) rounding: f64,
    /// How probable it is that the cause is none of these.
    pub(super) unknown: f64,
    /// Whether every wrong answer follows from the digits that are shown.
    follows: bool,
    /// The part of `beyond` in which nothing was done but rounding.
    beyond_rounds: f64,
}

/// Explanations that give the same values wherever we look.
pub(super) struct Group {
    /// The simplest of them.
    pub(super) mistakes: Vec<Mistake>,
    /// The others, the probable ones first.
    pub(super) same_as: Vec<Vec<Mistake>>,
    /// How probable it is that it was one of these.
    pub(super) probability: f64,
    /// What they give, here and at some other inputs.
    values: Vec<f32>,
}

impl Weighed {
    /// What the answers turn out to be.
    pub(super) fn conclusion(&self) -> Conclusion {
        let of_groups = |rounds: bool| -> f64 {
            let of = self.groups.iter().filter(|group| group.mistakes.iter().all(Mistake::only_rounds) == rounds);
            of.map(|group| group.probability).sum()
        };
        let rounds = self.rounding + of_groups(true) + self.beyond_rounds;
        let mistakes = of_groups(false) + self.beyond.1 - self.beyond_rounds;
        // What the shown digits do not give is not called rounding while a single mistake gives it.
        let single = |group: &&Group| group.mistakes.len() == 1 && !only_rounds(&group.mistakes);
        let singles: f64 = self.groups.iter().filter(single).map(|group| group.probability).sum();
        if rounds >= mistakes && rounds >= self.unknown && (self.follows || singles < PLAUSIBLE) {
            Conclusion::Rounding
        } else if mistakes >= self.unknown {
            Conclusion::Mistake
        } else {
            Conclusion::Unknown
        }
    }
}

/// Weighs what was found for `seen` against rounding and an unknown cause. `right`: the network's right recipes.
pub(super) fn weigh(
    network: &Network,
    right: &[Recipe],
    region: &[(f32, f32)],
    seen: &[Seen],
    mut found: Vec<Found>,
    surprise: Surprise,
) -> Weighed {
    let (rounding, unknown) = honest::weights(seen, &found, &surprise);
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let beyond = found.split_off(MOST_FOUND.min(found.len()));
    let weight = |found: &[Found]| found.iter().map(|found| found.weight).sum::<f64>();
    let rounds: f64 = beyond.iter().filter(|found| only_rounds(&found.mistakes)).map(|found| found.weight).sum();
    let (of_beyond, count) = (weight(&beyond), beyond.len());
    let mut groups = together(network, right, region, seen, found);
    let known: f64 = groups.iter().map(|group| group.probability).sum();
    let total = known + of_beyond + rounding + unknown;
    for group in &mut groups {
        group.probability /= total;
    }
    Weighed {
        groups,
        beyond: (count, of_beyond / total),
        rounding: rounding / total,
        unknown: unknown / total,
        beyond_rounds: rounds / total,
        follows: honest::follow(seen),
    }
}

fn only_rounds(mistakes: &[Mistake]) -> bool {
    mistakes.iter().all(Mistake::only_rounds)
}

/// Puts together what gives the same values; their probabilities are weights yet.
fn together(
    network: &Network,
    right: &[Recipe],
    region: &[(f32, f32)],
    seen: &[Seen],
    found: Vec<Found>,
) -> Vec<Group> {
    let inputs = probes(network.inputs(), region, seen.first().map_or(&[][..], |seen| &seen.observation.input));
    let mut groups: Vec<Group> = Vec::new();
    for Found { mistakes, weight, mut values } in found {
        let recipes = wrong_recipes(network, right, &mistakes);
        for input in &inputs {
            values.extend(through(&recipes, input));
        }
        match groups.iter_mut().find(|group| alike(&group.values, &values, 1e-6, 1e-3)) {
            Some(group) => {
                group.probability += weight;
                group.same_as.push(mistakes);
            }
            None => groups.push(Group { mistakes, same_as: Vec::new(), probability: weight, values }),
        }
    }
    groups.iter_mut().for_each(Group::simplest_first);
    groups.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    groups
}

impl Group {
    /// Chooses the simplest reading to represent the group: one that does not contradict itself, of the fewest mistakes, the most
    /// common (which comes first already).
    fn simplest_first(&mut self) {
        let cost = |mistakes: &[Mistake]| {
            let contradicts = |(n, a): (usize, &Mistake)| mistakes[..n].iter().any(|b| a.contradicts(b));
            (mistakes.iter().enumerate().any(contradicts), mistakes.len())
        };
        let own = cost(&self.mistakes);
        let other = (0..self.same_as.len()).min_by_key(|&n| cost(&self.same_as[n]));
        if let Some(n) = other.filter(|&n| cost(&self.same_as[n]) < own) {
            let simplest = self.same_as.remove(n);
            self.same_as.insert(0, std::mem::replace(&mut self.mistakes, simplest));
        }
    }
}
