//! From answers to their cause.

use super::{
    Answer,
    diagnosis::{Candidate, Conclusion, Diagnosis, FirstWrong, Nearest, Parting},
    honest,
    next_input::{self, probes},
    observation::{Observation, ObservationError, SHOWN, Seen},
    posterior::fit,
    reach,
    search::{Found, Outcome, Search, Tried, distance},
    slip::{misplaced, slip},
    worked::wrong_recipes,
};
use crate::{
    mistake::Mistake,
    network::{Network, Recipe, Stage, recipe::through},
    pass::{Address, Pass},
};

/// More explanations than this are not told apart from each other.
const MOST_FOUND: usize = 60;

/// How probable it is that a later value needs yet another mistake.
const ANOTHER: f64 = 0.02;

/// For so many of the most probable it is worked out where they leave the right pass.
const MOST_PARTINGS: usize = 20;

/// A diagnosis under way. It can be stopped and continued after every wrong pass, and concluded at any time.
#[derive(Debug, Clone)]
pub struct Inquiry {
    network: Network,
    /// For each input the range that matters.
    region: Vec<(f32, f32)>,
    right: Vec<Recipe>,
    seen: Vec<Seen>,
    first_wrong: Option<FirstWrong>,
    /// What is searched, if something is wrong.
    search: Option<Search>,
    /// Nothing explains all the observations together; those of the first wrong input are searched by themselves.
    alone: bool,
}

impl Inquiry {
    /// Begins a diagnosis. `region`: for each input the range that matters, for the choice of the next input; may be empty.
    ///
    /// # Errors
    /// [`ObservationError`] if there is no observation, or one does not fit the network.
    pub fn new(
        network: &Network,
        region: &[(f32, f32)],
        observations: &[Observation],
    ) -> Result<Self, ObservationError> {
        if observations.is_empty() {
            return Err(ObservationError::None);
        }
        let right = network.recipes();
        let seen: Result<Vec<Seen>, _> = observations.iter().map(|o| Seen::new(network, &right, o)).collect();
        let seen = seen?;
        let first_wrong = first_wrong(&seen);
        let search = first_wrong.as_ref().map(|first| {
            // What comes after the first wrong value only carries it on.
            let (last, relevant) = relevant(&seen, first, false);
            Search::new(network, &right, relevant.into_iter().cloned().collect(), last)
        });
        Ok(Self { network: network.clone(), region: region.to_vec(), right, seen, first_wrong, search, alone: false })
    }

    /// Goes on while there is `more` time, which is asked before each wrong pass. Whether all is done.
    pub fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        loop {
            let (Some(search), Some(first)) = (&mut self.search, &self.first_wrong) else { return true };
            if !search.advance(more) {
                return false;
            }
            let (last, together) = relevant(&self.seen, first, false);
            let (_, alone) = relevant(&self.seen, first, true);
            if self.alone || search.has_found() || alone.len() == together.len() {
                return true;
            }
            // Who understood in between does the next one rightly.
            let alone = alone.into_iter().cloned().collect();
            (self.search, self.alone) = (Some(Search::new(&self.network, &self.right, alone, last)), true);
        }
    }

    /// How much was done, from 0 to 1.
    pub fn share(&self) -> f64 {
        self.search.as_ref().map_or(1.0, Search::share)
    }

    /// What was observed, beside the right values.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// How many wrong passes were run so far.
    pub fn tried(&self) -> Tried {
        self.search.as_ref().map(Search::tried).unwrap_or_default()
    }

    /// What is known now.
    pub fn conclude(self) -> Diagnosis {
        let mut diagnosis = Diagnosis {
            conclusion: Conclusion::Correct,
            first_wrong: self.first_wrong,
            seen: self.seen,
            candidates: Vec::new(),
            rounding: 0.0,
            reach: None,
            unknown: 0.0,
            nearest: None,
            tried: Tried::default(),
            next_input: None,
            beyond: (0, 0.0),
            alone: self.alone,
            misplaced: None,
            slip: None,
            decimals: None,
        };
        if diagnosis.first_wrong.is_none()
            && let Some(seen) = honest::too_few_digits(&diagnosis.seen)
        {
            diagnosis.conclusion = Conclusion::TooFewDigits;
            diagnosis.decimals = seen.observation.answers.iter().map(Answer::decimals).max();
        }
        let (Some(first), Some(search)) = (&diagnosis.first_wrong, self.search) else { return diagnosis };
        let (network, right, region) = (&self.network, &self.right, &self.region);
        let (_, relevant) = relevant(&diagnosis.seen, first, self.alone);
        let relevant: Vec<Seen> = relevant.into_iter().cloned().collect();
        let Outcome { mut found, tried, nearest, surprise } = search.outcome();
        diagnosis.nearest = nearest.map(|mistake| {
            let values: Vec<f32> = relevant.iter().flat_map(|seen| values_of(network, seen, &[mistake])).collect();
            Nearest { mistake, distance: distance(&relevant, &values), values }
        });

        // What comes after the first wrong value is not searched, but it should come out, unless there is another mistake.
        let later: Vec<Seen> = diagnosis.seen.iter().filter(|seen| !relevant.contains(seen)).cloned().collect();
        if !later.is_empty() && !self.alone {
            for found in &mut found {
                let values: Vec<f32> =
                    later.iter().flat_map(|seen| values_of(network, seen, &found.mistakes)).collect();
                found.weight *= if fit(&later, &values) > 0.0 { 1.0 } else { ANOTHER };
            }
        }
        let (rounding, unknown) = honest::weights(&relevant, &found, &surprise);
        let total: f64 = found.iter().map(|found| found.weight).sum::<f64>() + unknown + rounding;
        found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let beyond = found.split_off(MOST_FOUND.min(found.len()));
        let weight_of = |found: &[Found], rounds: bool| -> f64 {
            let of = found.iter().filter(|found| found.mistakes.iter().all(Mistake::only_rounds) == rounds);
            of.map(|found| found.weight).sum::<f64>() / total
        };
        let (beyond_rounds, beyond_mistakes) = (weight_of(&beyond, true), weight_of(&beyond, false));
        diagnosis.beyond = (beyond.len(), beyond_rounds + beyond_mistakes);
        let groups = together(network, right, region, &relevant, found);
        let observed: Vec<&[f32]> = diagnosis.seen.iter().map(|seen| seen.observation.input.as_slice()).collect();
        let wrong = |group: &Group| (group.weight / total, wrong_recipes(network, right, &group.mistakes));
        let wrong: Vec<(f64, Vec<Recipe>)> = groups.iter().take(next_input::MOST).map(wrong).collect();
        diagnosis.next_input = next_input::find(right, &wrong, network.inputs(), region, &observed);
        let first_seen = diagnosis.seen.get(first.observation);
        let candidates: Vec<Candidate> = groups
            .into_iter()
            .enumerate()
            .map(|(i, group)| Candidate {
                probability: group.weight / total,
                values: diagnosis.seen.iter().map(|seen| values_of(network, seen, &group.mistakes)).collect(),
                parting: (i < MOST_PARTINGS)
                    .then(|| first_seen.and_then(|seen| parting(network, seen, &group.mistakes)))
                    .flatten(),
                mistakes: group.mistakes,
                same_as: group.same_as,
            })
            .collect();

        let share = |rounds: bool| -> f64 {
            let of = candidates.iter().filter(|candidate| candidate.only_rounds() == rounds);
            of.map(|candidate| candidate.probability).sum()
        };
        let (rounding, unknown) = (rounding / total, unknown / total);
        let (rounds, mistakes) = (rounding + share(true) + beyond_rounds, share(false) + beyond_mistakes);
        diagnosis.conclusion = if rounds >= mistakes && rounds >= unknown {
            Conclusion::Rounding
        } else if mistakes >= unknown {
            Conclusion::Mistake
        } else {
            Conclusion::Unknown
        };
        let reach = || reach::of_rounding(right, &diagnosis.seen, (first.observation, first.answer));
        let rounds = diagnosis.conclusion == Conclusion::Rounding;
        if !(rounds && honest::follow(&relevant)) {
            diagnosis.misplaced = first_seen.and_then(|seen| misplaced(network, right, seen));
            diagnosis.slip = first_seen.and_then(|seen| slip(seen, first.answer));
        }
        diagnosis.reach = if rounds { reach() } else { None };
        diagnosis.decimals = rounds.then(|| diagnosis.reach.map_or(usize::from(SHOWN), |reach| reach.decimals.into()));
        Diagnosis { candidates, rounding, unknown, tried, ..diagnosis }
    }
}

/// Explains answers at once: an [`Inquiry`] from its beginning to where `more` ends it.
///
/// # Errors
/// [`ObservationError`] if there is no observation, or one does not fit the network.
pub fn diagnose(
    network: &Network,
    region: &[(f32, f32)],
    observations: &[Observation],
    more: &mut dyn FnMut() -> bool,
) -> Result<Diagnosis, ObservationError> {
    let mut inquiry = Inquiry::new(network, region, observations)?;
    inquiry.advance(more);
    Ok(inquiry.conclude())
}

/// The layer of the first wrong value, and what was observed up to it: what comes after only carries it on. `alone`: only for
/// the input of the first wrong value.
fn relevant<'s>(seen: &'s [Seen], first: &FirstWrong, alone: bool) -> (usize, Vec<&'s Seen>) {
    let Some(of_first) = seen.get(first.observation) else { return (0, Vec::new()) };
    let same =
        |seen: &&Seen| seen.layer <= of_first.layer && (!alone || seen.observation.input == of_first.observation.input);
    (of_first.layer, seen.iter().filter(same).collect())
}

fn first_wrong(seen: &[Seen]) -> Option<FirstWrong> {
    let wrong = seen.iter().enumerate().filter_map(|(i, seen)| Some((seen.rank(), i, seen.first_wrong()?)));
    let (_, observation, answer) = wrong.min()?;
    let seen = &seen[observation];
    let mut at = seen.observation.at.clone();
    if at.index.is_empty() {
        at.index = vec![answer];
    }
    Some(FirstWrong { observation, answer, at })
}

/// Explanations that give the same values wherever we look.
struct Group {
    mistakes: Vec<Mistake>,
    same_as: Vec<Vec<Mistake>>,
    weight: f64,
    values: Vec<f32>,
}

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
        match groups.iter_mut().find(|group| alike(&group.values, &values)) {
            Some(group) => {
                group.weight += weight;
                group.same_as.push(mistakes);
            }
            None => groups.push(Group { mistakes, same_as: Vec::new(), weight, values }),
        }
    }
    groups.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    groups
}

/// Equal but for what the order of a sum does to float32.
fn alike(a: &[f32], b: &[f32]) -> bool {
    let near = |(&a, &b): (&f32, &f32)| {
        a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1e-3)
    };
    a.len() == b.len() && a.iter().zip(b).all(near)
}

fn values_of(network: &Network, seen: &Seen, mistakes: &[Mistake]) -> Vec<f32> {
    let pass = Pass::new(network, &seen.observation.input, mistakes);
    let values = pass.ok().and_then(|pass| pass.get(&seen.observation.at).map(<[f32]>::to_vec).ok());
    values.unwrap_or_default()
}

/// Where the pass with these mistakes leaves the right one.
fn parting(network: &Network, seen: &Seen, mistakes: &[Mistake]) -> Option<Parting> {
    let input = &seen.observation.input;
    let (right, wrong) = (Pass::new(network, input, &[]).ok()?, Pass::new(network, input, mistakes).ok()?);
    let (layer, mut stage, mut unit) = right.parts_from(&wrong)?;
    // In the layer that is looked at, what other units do is of no interest.
    if let Some(own) = seen.index.filter(|_| layer == seen.layer) {
        let at = |pass: &Pass, stage| pass.stage(layer, stage)?.get(own).copied().map(f32::to_bits);
        let differs = |stage: &Stage| at(&right, *stage) != at(&wrong, *stage);
        if let Some(first) = [Stage::Wx, Stage::Z, Stage::A].into_iter().find(differs) {
            (stage, unit) = (first, own);
        }
    }
    let value = |pass: &Pass| pass.stage(layer, stage)?.get(unit).copied();
    let at = Address::stage(&network.layer(layer)?.name, stage, Some(unit));
    Some(Parting { input: input.clone(), at, right: value(&right)?, wrong: value(&wrong)? })
}
