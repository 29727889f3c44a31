//! What becomes of the later wrong values, as a teacher follows a mistake through: each is computed again from the
//! learner's own earlier numbers for the same input. If that gives what they wrote, the later step is right; if not, there
//! is a second mistake, which is searched for by itself.

use super::{
    diagnosis::{Candidate, Conclusion, FirstWrong},
    observation::{Observation, Seen},
    search::Search,
    weigh::{Weighed, weigh},
    worked::wrong_recipes,
};
use crate::{
    mistake::Mistake,
    network::{Given, Network, Recipe, Stage, Values, recipe::run},
    pass::Address,
};

/// More later values than this are not looked at.
const MOST: usize = 12;

/// So many explanations of the first wrong value are followed through.
const MOST_EXPLANATIONS: usize = 20;

/// The search for a second mistake runs so many wrong passes besides the single ones at most.
const MOST_PASSES: usize = 20_000;

/// For how many earlier numbers byhand computes how far their rounding moves a later one.
const MOST_ROUNDED: usize = 64;

/// A later answer that is wrong too, judged from the learner's own earlier numbers.
#[derive(Debug, Clone)]
pub struct FollowThrough {
    /// In which observation.
    pub observation: usize,
    /// Which of its answers.
    pub answer: usize,
    /// Which value.
    pub at: Address,
    /// What follows there from the learner's own earlier numbers.
    pub follows: f32,
    /// What the answer turns out to be.
    pub verdict: Followed,
    /// What explains a second mistake, the most probable first; each with its one value at `at`.
    pub candidates: Vec<Candidate>,
}

/// What a later answer turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// It follows from the learner's own earlier numbers.
    Right,
    /// It does not: here is a second mistake.
    Mistake,
}

impl Followed {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Mistake => "mistake",
        }
    }
}

/// The later answers, while the second mistakes are searched.
#[derive(Debug, Clone)]
pub(super) struct Following(Vec<Later>);

#[derive(Debug, Clone)]
struct Later {
    observation: usize,
    answer: usize,
    at: Address,
    follows: f32,
    /// The second mistake is searched here; `None` if there is none.
    search: Option<Search>,
    /// What the search is about.
    seen: Vec<Seen>,
    passes: usize,
}

/// One answer with its place in the order of the pass.
#[derive(Clone, Copy)]
struct Written<'s> {
    seen: &'s Seen,
    observation: usize,
    answer: usize,
    unit: usize,
}

impl<'s> Written<'s> {
    fn all(seen: &'s [Seen]) -> impl Iterator<Item = Self> {
        seen.iter().enumerate().flat_map(|(observation, seen)| {
            (0..seen.right.len()).map(move |answer| {
                let unit = seen.index.unwrap_or(answer);
                Self { seen, observation, answer, unit }
            })
        })
    }

    fn rank(self) -> (usize, Stage) {
        self.seen.rank()
    }

    fn is_wrong(self) -> bool {
        !self.seen.is_right_at(self.answer)
    }

    fn number(self) -> f64 {
        self.seen.observation.answers.get(self.answer).map_or(f64::NAN, super::Answer::value)
    }

    /// One in the last digit.
    fn digit(self) -> f64 {
        self.seen.observation.answers.get(self.answer).map_or(0.0, super::Answer::unit)
    }

    fn at(self) -> Address {
        let mut at = self.seen.observation.at.clone();
        if at.index.is_empty() {
            at.index = vec![self.answer];
        }
        at
    }

    /// Puts the number where it was written down, `by` larger.
    fn put(self, recipes: &mut [Recipe], by: f64) {
        let (layer, stage) = match self.rank() {
            // What arrives is what the layer before gives.
            (layer, Stage::In) => match layer.checked_sub(1) {
                Some(before) => (before, Stage::A),
                None => return,
            },
            place => place,
        };
        if let Some(recipe) = recipes.get_mut(layer) {
            recipe.given.push(Given { stage, unit: self.unit, value: (self.number() + by) as f32 });
        }
    }

    /// The value at this place.
    fn of(self, recipes: &[Recipe]) -> Option<f32> {
        let (layer, stage) = self.rank();
        let passes = run(recipes.get(..=layer)?, &self.seen.observation.input, &[]);
        passes.last().map(AsRef::as_ref).and_then(|values: &Values| values.stage(stage)?.get(self.unit).copied())
    }

    /// Whether the answer is what these recipes give, within the rounding of the `earlier` numbers.
    fn follows(self, recipes: &[Recipe], earlier: &[Self]) -> bool {
        let Some(value) = self.of(recipes) else { return false };
        if self.seen.agrees(self.answer, value) || self.seen.is_cut(self.answer, value) {
            return true;
        }
        let moved = |earlier: &Self| {
            let mut recipes = recipes.to_vec();
            earlier.put(&mut recipes, earlier.digit() / 2.0);
            self.of(&recipes).map_or(0.0, |moved| f64::from((moved - value).abs()))
        };
        let reach: f64 = earlier.iter().take(MOST_ROUNDED).map(moved).sum();
        (self.number() - f64::from(value)).abs() <= reach + self.digit() / 2.0
    }
}

/// Whether a wrong answer follows from the learner's own earlier numbers for the same input. `right`: the right recipes;
/// `of`: one of `seen`.
pub(super) fn follows_from_own(right: &[Recipe], seen: &[Seen], of: &Seen, answer: usize) -> bool {
    let Some(written) = Written::all(seen).find(|written| written.seen == of && written.answer == answer) else {
        return false;
    };
    let before =
        |other: &Written| other.seen.observation.input == of.observation.input && other.rank() < written.rank();
    let earlier: Vec<Written> = Written::all(seen).filter(before).collect();
    let mut recipes = right.to_vec();
    for earlier in &earlier {
        earlier.put(&mut recipes, 0.0);
    }
    !earlier.is_empty() && written.follows(&recipes, &earlier)
}

impl Following {
    /// Follows what comes after the first wrong value of each input. `explanations`: what explains the first one, the most
    /// probable first; `alone`: what explains it does not explain the other inputs.
    pub(super) fn new(
        network: &Network,
        right: &[Recipe],
        seen: &[Seen],
        first: &FirstWrong,
        alone: bool,
        explanations: &[&[Mistake]],
    ) -> Self {
        let mut all: Vec<Written> = Written::all(seen).collect();
        all.sort_by_key(|written| written.rank());
        let of_first = seen.get(first.observation).map(|seen| &seen.observation.input);
        let later = all.iter().enumerate().filter(|(_, written)| written.is_wrong()).filter(|&(n, written)| {
            let input = &written.seen.observation.input;
            let same = |other: &&Written| other.seen.observation.input == *input && other.is_wrong();
            // The first wrong value of an input, and its neighbours, are explained already, or by nothing.
            match all[..n].iter().find(same) {
                Some(first) => first.rank() < written.rank(),
                None => alone && Some(input) != of_first,
            }
        });
        let later: Vec<Later> = later
            .take(MOST)
            .filter_map(|(n, &written)| {
                let input = &written.seen.observation.input;
                let before = |other: &&Written| other.seen.observation.input == *input && other.rank() < written.rank();
                let earlier: Vec<Written> = all[..n].iter().filter(before).copied().collect();
                Later::new(network, right, written, &earlier, explanations)
            })
            .collect();
        Self(later)
    }

    /// Searches for single mistakes while there is `more` time. Whether they are done.
    pub(super) fn advance_singles(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        self.0.iter_mut().filter_map(|later| later.search.as_mut()).all(|search| search.advance_singles(more))
    }

    /// Goes on searching while there is `more` time. Whether all is done.
    pub(super) fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        self.0.iter_mut().all(|later| later.advance(more))
    }

    /// What is known now. `right`: the network's right recipes.
    pub(super) fn conclude(self, network: &Network, right: &[Recipe], region: &[(f32, f32)]) -> Vec<FollowThrough> {
        self.0.into_iter().map(|later| later.conclude(network, right, region)).collect()
    }
}

impl Later {
    fn new(
        network: &Network,
        right: &[Recipe],
        written: Written,
        earlier: &[Written],
        explanations: &[&[Mistake]],
    ) -> Option<Self> {
        let with_earlier = |mut recipes: Vec<Recipe>| {
            for earlier in earlier {
                earlier.put(&mut recipes, 0.0);
            }
            recipes
        };
        let plain = with_earlier(right.to_vec());
        let follows = written.of(&plain)?;
        let mut is_right = written.follows(&plain, earlier);
        // Who makes the first mistake in a whole layer makes it in units, too, whose numbers were not written down.
        let mut explanations = explanations.iter().take(MOST_EXPLANATIONS);
        is_right = is_right
            || explanations.any(|mistakes| {
                let recipes = with_earlier(wrong_recipes(network, right, mistakes));
                written.follows(&recipes, earlier)
            });
        let at = written.at();
        let answers = written.seen.observation.answers.get(written.answer).cloned().into_iter().collect();
        let observation = Observation { input: written.seen.observation.input.clone(), at: at.clone(), answers };
        let seen: Vec<Seen> = Seen::new(network, &plain, &observation).into_iter().collect();
        let search = (!is_right).then(|| Search::new(network, &plain, seen.clone(), written.rank().0));
        let (observation, answer) = (written.observation, written.answer);
        Some(Self { observation, answer, at, follows, search, seen, passes: 0 })
    }

    fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        let Some(search) = &mut self.search else { return true };
        let (passes, mut stopped) = (&mut self.passes, false);
        let done = search.advance(&mut || {
            if *passes >= MOST_PASSES {
                return false;
            }
            stopped = !more();
            *passes += usize::from(!stopped);
            !stopped
        });
        done || !stopped
    }

    fn conclude(self, network: &Network, right: &[Recipe], region: &[(f32, f32)]) -> FollowThrough {
        let Self { observation, answer, at, follows, search, seen, .. } = self;
        let (mut verdict, mut candidates) = (Followed::Right, Vec::new());
        if let Some(search) = search {
            let outcome = search.outcome();
            let values: Vec<(Vec<Mistake>, Vec<f32>)> =
                outcome.found.iter().map(|found| (found.mistakes.clone(), found.values.clone())).collect();
            let weighed = weigh(network, right, region, &seen, outcome.found, outcome.surprise);
            if weighed.conclusion() != Conclusion::Rounding {
                verdict = Followed::Mistake;
                let Weighed { groups, .. } = weighed;
                candidates = groups
                    .into_iter()
                    .map(|group| {
                        let own = values.iter().find(|(mistakes, _)| *mistakes == group.mistakes);
                        Candidate {
                            probability: group.probability,
                            values: own.map(|(_, values)| values.clone()).into_iter().collect(),
                            difference: None,
                            mistakes: group.mistakes,
                            same_as: group.same_as,
                        }
                    })
                    .collect();
            }
        }
        FollowThrough { observation, answer, at, follows, verdict, candidates }
    }
}
