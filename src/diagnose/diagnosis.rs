//! What answers turn out to be.

use super::{
    follow_through::FollowThrough, next_input::NextInput, observation::Seen, reach::Reach, search::Tried, slip::Slip,
};
use crate::{mistake::Mistake, pass::Address};

/// What answers turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// Right to their digits (or cut off after them).
    Correct,
    /// Off by no more than rounding on the way explains.
    Rounding,
    /// Neither right nor wrong: so few digits fit the right value and many others.
    TooFewDigits,
    /// What comes out with a mistake.
    Mistake,
    /// Nothing that is known gives them.
    Unknown,
}

impl Conclusion {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Rounding | Self::TooFewDigits => "rounding",
            Self::Mistake => "mistake",
            Self::Unknown => "unknown",
        }
    }
}

/// Answers explained.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// What they turn out to be.
    pub conclusion: Conclusion,
    /// What was observed, beside the right values.
    pub seen: Vec<Seen>,
    /// The explanations, the most probable first.
    pub candidates: Vec<Candidate>,
    /// How many more explanations there are, and how probable they are together.
    pub beyond: (usize, f64),
    /// How probable rounding on the way is, of no known kind.
    pub rounding: f64,
    /// To how many decimals one may have rounded, if rounding reaches as far as the first wrong answer is off.
    pub reach: Option<Reach>,
    /// How probable it is that the cause is none of the candidates.
    pub unknown: f64,
    /// The first of the observed values, in the order of the pass, that is not right.
    pub first_wrong: Option<FirstWrong>,
    /// The single mistake that comes nearest.
    pub nearest: Option<Nearest>,
    /// The decimals that the verdict is about: of the rounding on the way, or those of an answer with too few digits.
    pub decimals: Option<usize>,
    /// How many wrong passes were run.
    pub tried: Tried,
    /// The input that distinguishes the candidates best.
    pub next_input: Option<NextInput>,
    /// Nothing explains all the answers together; this is about those for the input of the first wrong one.
    pub alone: bool,
    /// Where the answers would be right.
    pub misplaced: Option<Address>,
    /// What was done to the right number when it was written down.
    pub slip: Option<Slip>,
    /// The later answers that are wrong too, in the order of the pass, each judged from the learner's own earlier numbers.
    pub follow_through: Vec<FollowThrough>,
}

impl Diagnosis {
    /// Whether exactly these mistakes are the first explanation, or equal to it everywhere.
    pub fn names(&self, wanted: &[Mistake]) -> bool {
        let same = |mistakes: &[Mistake]| {
            mistakes.len() == wanted.len() && mistakes.iter().all(|mistake| wanted.contains(mistake))
        };
        let first = self.candidates.first().filter(|_| self.conclusion == Conclusion::Mistake);
        first.is_some_and(|first| same(&first.mistakes) || first.same_as.iter().any(|others| same(others)))
    }
}

/// Mistakes that give the answers.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The mistakes that are made together.
    pub mistakes: Vec<Mistake>,
    /// Others that give the same values wherever we look.
    pub same_as: Vec<Vec<Mistake>>,
    /// How probable it is that it was one of these.
    pub probability: f64,
    /// What they give at the observed places.
    pub values: Vec<Vec<f32>>,
    /// The first value that differs from the right pass; computed for the most probable candidates.
    pub difference: Option<FirstDifference>,
}

/// The first value in the order of the pass that a mistake changes.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstDifference {
    /// The input of the pass.
    pub input: Vec<f32>,
    /// Which value.
    pub at: Address,
    /// The right one.
    pub right: f32,
    /// The wrong one.
    pub wrong: f32,
}

/// The first of the observed values that is not right.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstWrong {
    /// In which observation.
    pub observation: usize,
    /// Which of its answers.
    pub answer: usize,
    /// Which value.
    pub at: Address,
}

/// The mistake that comes nearest to answers that nothing gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// The mistake.
    pub mistake: Mistake,
    /// The largest distance to an answer.
    pub distance: f64,
    /// What it gives at the observed places.
    pub values: Vec<f32>,
}

impl Candidate {
    /// Whether all that was done is rounding.
    pub fn only_rounds(&self) -> bool {
        self.mistakes.iter().all(Mistake::only_rounds)
    }
}
