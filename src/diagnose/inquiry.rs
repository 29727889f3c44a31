//! From answers to their cause.

use super::{
    Answer,
    diagnosis::{Candidate, Conclusion, Diagnosis, FirstDifference, FirstWrong, Nearest},
    follow_through::{Following, follows_from_own},
    honest, next_input,
    observation::{Observation, ObservationError, SHOWN, Seen},
    posterior::{chance, fit},
    reach,
    search::{Outcome, Search, Tried, distance},
    slip::{misplaced, slip},
    weigh::{Group, Weighed, weigh},
    worked::wrong_recipes,
};
use crate::{
    mistake::Mistake,
    network::{Network, Recipe, Stage},
    pass::{Address, Pass},
};

/// How probable it is that a later value needs yet another mistake.
const ANOTHER: f64 = 0.02;

/// For how many of the most probable candidates the first different value is computed.
const MOST_DIFFERENCES: usize = 20;

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
    /// The same for the input of the first wrong value alone, if there are others.
    apart: Option<Search>,
    /// The later wrong values, once the first is explained; and whether that is for its input alone.
    following: Option<(Following, bool)>,
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
        let network = &with_batch(network, observations);
        let right = network.recipes();
        let seen: Result<Vec<Seen>, _> = observations.iter().map(|o| Seen::new(network, &right, o)).collect();
        let seen = Seen::lenient(seen?);
        let first_wrong = first_wrong(&seen);
        let of = |alone: bool| -> Option<(usize, Vec<Seen>)> {
            let (last, relevant) = relevant(&seen, first_wrong.as_ref()?, alone);
            Some((last, relevant.into_iter().cloned().collect()))
        };
        let search = |(last, seen)| Search::new(network, &right, seen, last);
        let (together, alone) = (of(false), of(true));
        let fewer = |alone: &(usize, Vec<Seen>)| together.as_ref().is_some_and(|all| all.1.len() > alone.1.len());
        let alone = alone.filter(fewer);
        let (search, apart) = (together.map(search), alone.map(search));
        Ok(Self {
            network: network.clone(),
            region: region.to_vec(),
            right,
            seen,
            first_wrong,
            search,
            apart,
            following: None,
        })
    }

    /// Goes on while there is `more` time, which is asked before each wrong pass. Whether all is done.
    pub fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        // One mistake for each wrong value is looked for before two for any of them.
        if !self.explain_by_one(more) {
            return false;
        }
        if self.following.is_none() && self.chosen().is_some_and(|(search, _)| search.convinces()) {
            self.following = self.follow();
        }
        if self.following.as_mut().is_some_and(|(following, _)| !following.advance_singles(more)) {
            return false;
        }
        if !self.explain_by_several(more) {
            return false;
        }
        let alone = self.chosen().map(|(_, alone)| alone);
        if self.following.as_ref().map(|(_, alone)| *alone) != alone {
            self.following = self.follow();
        }
        self.following.as_mut().is_none_or(|(following, _)| following.advance(more))
    }

    /// Follows the later wrong values through what explains the first, which is `alone` or not.
    fn follow(&self) -> Option<(Following, bool)> {
        let (search, alone) = self.chosen()?;
        let explanations = search.explanations();
        let first = self.first_wrong.as_ref()?;
        Some((Following::new(&self.network, &self.right, &self.seen, first, alone, &explanations), alone))
    }

    /// Searches for the one mistake that explains the first wrong value.
    fn explain_by_one(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        let Some(search) = &mut self.search else { return true };
        // The learner may have corrected the mistake between two inputs, or made another one.
        search.advance_singles(more)
            && self.apart.as_mut().filter(|_| !search.convinces()).is_none_or(|apart| apart.advance_singles(more))
    }

    /// Searches for several mistakes that explain it together.
    fn explain_by_several(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        let Some(search) = &mut self.search else { return true };
        search.advance(more)
            && self.apart.as_mut().filter(|_| !search.convinces()).is_none_or(|apart| apart.advance(more))
    }

    /// The search that explains most, and whether it is about the input of the first wrong value alone.
    fn chosen(&self) -> Option<(&Search, bool)> {
        let search = self.search.as_ref()?;
        match &self.apart {
            Some(apart) if !search.convinces() && apart.convinces() => Some((apart, true)),
            _ => Some((search, false)),
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

    /// The first of the observed values, in the order of the pass, that is not right. Known before the search.
    pub fn first_wrong(&self) -> Option<&FirstWrong> {
        self.first_wrong.as_ref()
    }

    /// How many wrong passes were run so far.
    pub fn tried(&self) -> Tried {
        self.search.as_ref().map(Search::tried).unwrap_or_default()
    }

    /// What is known now.
    pub fn conclude(mut self) -> Diagnosis {
        let following = self.following.take().or_else(|| self.follow());
        let follow_through =
            following.map(|(following, _)| following.conclude(&self.network, &self.right, &self.region));
        let alone = self.chosen().is_some_and(|(_, alone)| alone);
        let search = if alone { self.apart.take() } else { self.search.take() };
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
            alone,
            misplaced: None,
            slip: None,
            follow_through: follow_through.unwrap_or_default(),
            decimals: None,
        };
        if honest::follow(&diagnosis.seen)
            && let Some(seen) = honest::too_few_digits(&diagnosis.seen)
        {
            diagnosis.conclusion = Conclusion::TooFewDigits;
            diagnosis.decimals = seen.observation.answers.iter().map(Answer::decimals).max();
        }
        let (Some(first), Some(search)) = (&diagnosis.first_wrong, search) else { return diagnosis };
        let (network, right, region) = (&self.network, &self.right, &self.region);
        let (_, relevant) = relevant(&diagnosis.seen, first, alone);
        let relevant: Vec<Seen> = relevant.into_iter().cloned().collect();
        let Outcome { mut found, tried, nearest, surprise } = search.outcome();
        diagnosis.nearest = nearest.map(|mistake| {
            let values: Vec<f32> = relevant.iter().flat_map(|seen| values_of(network, seen, &[mistake])).collect();
            Nearest { mistake, distance: distance(&relevant, &values), values }
        });

        // What comes after the first wrong value is not searched, but it should come out, unless there is another mistake.
        let later: Vec<Seen> = diagnosis.seen.iter().filter(|seen| !relevant.contains(seen)).cloned().collect();
        let mut surprise = surprise;
        if !later.is_empty() && !alone {
            let chance = chance_of_later(right, &diagnosis.seen, &later);
            surprise = surprise.and_later(chance);
            for found in &mut found {
                let values: Vec<f32> =
                    later.iter().flat_map(|seen| values_of(network, seen, &found.mistakes)).collect();
                found.weight *= if fit(&later, &values) > 0.0 { 1.0 } else { ANOTHER * chance };
            }
        }
        let weighed = weigh(network, right, region, &relevant, found, surprise);
        let conclusion = weighed.conclusion();
        // Beside an answer that is right with the shown digits, one with too few of them is still neither right nor wrong.
        if conclusion != Conclusion::Rounding || diagnosis.conclusion != Conclusion::TooFewDigits {
            diagnosis.conclusion = conclusion;
        }
        let Weighed { groups, beyond, rounding, unknown, .. } = weighed;
        diagnosis.beyond = beyond;
        let observed: Vec<&[f32]> = diagnosis.seen.iter().map(|seen| seen.observation.input.as_slice()).collect();
        let wrong = |group: &Group| (group.probability, wrong_recipes(network, right, &group.mistakes));
        let wrong: Vec<(f64, Vec<Recipe>)> = groups.iter().take(next_input::MOST).map(wrong).collect();
        diagnosis.next_input = next_input::find(right, &wrong, network.inputs(), region, &observed);
        let first_seen = diagnosis.seen.get(first.observation);
        let candidates: Vec<Candidate> = groups
            .into_iter()
            .enumerate()
            .map(|(i, group)| Candidate {
                probability: group.probability,
                values: diagnosis.seen.iter().map(|seen| values_of(network, seen, &group.mistakes)).collect(),
                difference: (i < MOST_DIFFERENCES)
                    .then(|| first_seen.and_then(|seen| difference(network, seen, &group.mistakes)))
                    .flatten(),
                mistakes: group.mistakes,
                same_as: group.same_as,
            })
            .collect();

        let reach = || reach::of_rounding(right, &diagnosis.seen, (first.observation, first.answer));
        let rounds = diagnosis.conclusion == Conclusion::Rounding;
        if !(rounds && honest::follow(&relevant)) {
            diagnosis.misplaced = first_seen.and_then(|seen| misplaced(network, right, seen));
            diagnosis.slip = first_seen.and_then(|seen| slip(seen, first.answer));
        }
        diagnosis.reach = if rounds { reach() } else { None };
        if diagnosis.conclusion != Conclusion::TooFewDigits {
            let decimals = || diagnosis.reach.map_or(usize::from(SHOWN), |reach| reach.decimals.into());
            diagnosis.decimals = rounds.then(decimals);
        }
        Diagnosis { candidates, rounding, unknown, tried, ..diagnosis }
    }
}

/// The chance of the later answers under a cause of which nothing is known: one that is right, and one that follows from the
/// learner's own earlier numbers, says nothing.
fn chance_of_later(right: &[Recipe], seen: &[Seen], later: &[Seen]) -> f64 {
    let chance = |of: &Seen, i: usize| match of.observation.answers.get(i) {
        Some(answer) if !of.is_right_at(i) && !follows_from_own(right, seen, of, i) => chance(answer, of.right[i], 0.0),
        _ => 1.0,
    };
    later.iter().flat_map(|of| (0..of.right.len()).map(move |i| chance(of, i))).product()
}

/// The network, looked at for all the inputs that were given: some take the statistics of these for those of training.
fn with_batch(network: &Network, observations: &[Observation]) -> Network {
    let mut inputs: Vec<Vec<f32>> = Vec::new();
    for Observation { input, .. } in observations {
        if !inputs.contains(input) {
            inputs.push(input.clone());
        }
    }
    network.with_batch(inputs)
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

fn values_of(network: &Network, seen: &Seen, mistakes: &[Mistake]) -> Vec<f32> {
    let pass = Pass::new(network, &seen.observation.input, mistakes);
    let values = pass.ok().and_then(|pass| pass.get(&seen.observation.at).map(<[f32]>::to_vec).ok());
    values.unwrap_or_default()
}

/// Where the pass with these mistakes leaves the right one.
fn difference(network: &Network, seen: &Seen, mistakes: &[Mistake]) -> Option<FirstDifference> {
    let input = &seen.observation.input;
    let (right, wrong) = (Pass::new(network, input, &[]).ok()?, Pass::new(network, input, mistakes).ok()?);
    let (layer, mut stage, mut unit) = right.first_difference(&wrong)?;
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
    Some(FirstDifference { input: input.clone(), at, right: value(&right)?, wrong: value(&wrong)? })
}
