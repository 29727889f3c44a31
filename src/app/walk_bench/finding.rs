//! Why a number of a graph's pass, or of a training, differs: a search in slices, and what it found.

use std::sync::Arc;

use super::WhatIf;
use crate::{
    diagnose::{
        Answer, Conclusion,
        graph::{self, Inquiry},
        says::percent,
        training,
    },
    graph::Network,
    mistake::graph::Mistake,
    network::number::decimals,
    train::Training,
    words::{observed, training_check},
};

/// The search runs between frames, one slice each. After this many it ends.
const MOST_SLICES: usize = 200;
/// Numbers that are computed in one slice, about.
const SLICE: usize = 2_000_000;
/// Causes that are shown.
const MOST: usize = 6;

/// What is asked about.
pub(super) enum Question {
    Pass { network: Arc<Network>, inputs: Vec<Vec<f32>> },
    Training { training: Arc<Training>, step: usize },
}

/// A cause that would give the learner's numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// What was done.
    pub what_ifs: Vec<WhatIf>,
    /// The sentence about it.
    pub says: String,
    /// How probable it is, as it is shown: `97 %`.
    pub percent: String,
    /// More about it: where it can first be seen, what it cannot be told apart from.
    pub notes: Vec<String>,
}

/// What was found so far.
#[derive(Debug, Clone)]
pub struct WalkFinding {
    /// The lines above the causes: each number beside the right one, and the verdict.
    lines: Vec<String>,
    causes: Vec<Cause>,
    conclusion: Option<Conclusion>,
    search: Option<Box<Search>>,
    /// The cause under the cursor.
    pub selected: usize,
}

#[derive(Debug, Clone)]
struct Search {
    network: Arc<Network>,
    inquiry: Inquiry,
    slices: usize,
}

impl WalkFinding {
    pub(super) fn new(question: Question, numbers: &[(String, Answer)]) -> Result<Self, String> {
        let mut finding = Self { lines: Vec::new(), causes: Vec::new(), conclusion: None, search: None, selected: 0 };
        match question {
            Question::Pass { network, inputs } => {
                let observe = |(at, answer): &(String, Answer)| graph::Observation {
                    inputs: inputs.clone(),
                    at: at.clone(),
                    answers: vec![answer.clone()],
                };
                let observations: Vec<_> = numbers.iter().map(observe).collect();
                let inquiry = Inquiry::new(&network, &observations).map_err(|why| why.to_string())?;
                finding.search = Some(Box::new(Search { network, inquiry, slices: 0 }));
                finding.advance();
            }
            Question::Training { training, step } => {
                let observe = |(at, answer): &(String, Answer)| training::Observation {
                    step,
                    address: at.clone(),
                    answers: vec![answer.clone()],
                };
                let cost = training.weights().iter().map(|(_, array)| array.shape().size()).sum::<usize>()
                    * training.batch(step).len().max(1)
                    * (step + 1);
                let mut left = (40 * SLICE / (cost + 1_000)).clamp(60, 20_000);
                let more = &mut || {
                    left = left.saturating_sub(1);
                    left > 0
                };
                let observations = numbers.iter().map(observe).collect();
                let found = training::diagnose(&training, observations, more).map_err(|why| why.to_string())?;
                finding.conclude_training(&found);
            }
        }
        Ok(finding)
    }

    /// Whether the search is running.
    pub fn is_searching(&self) -> bool {
        self.search.is_some()
    }

    /// How much of it is done, from 0 to 1.
    pub fn share(&self) -> f64 {
        self.search.as_ref().map_or(1.0, |search| search.inquiry.share())
    }

    /// Whether every number is right.
    pub fn is_right(&self) -> bool {
        self.conclusion == Some(Conclusion::Correct)
    }

    /// The lines above the causes.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The causes, the most probable first.
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// Moves the cursor.
    pub(in crate::app) fn select(&mut self, by: isize) {
        self.selected = self.selected.saturating_add_signed(by).min(self.causes.len().saturating_sub(1));
    }

    /// Goes on searching for a slice.
    pub(super) fn advance(&mut self) {
        let Some(search) = &mut self.search else { return };
        let cost = search.network.program().steps().total();
        let mut left = (SLICE / cost.max(1)).clamp(1, 500);
        let over = search.inquiry.advance(&mut || {
            left = left.saturating_sub(1);
            left > 0
        });
        search.slices += 1;
        if (over || search.slices >= MOST_SLICES)
            && let Some(search) = self.search.take()
        {
            let diagnosis = search.inquiry.conclude();
            self.conclude(&search.network, &diagnosis);
        }
    }

    fn conclude(&mut self, network: &Network, diagnosis: &graph::Diagnosis) {
        for seen in &diagnosis.seen {
            let observation = &seen.observation;
            for (answer, &right) in observation.answers.iter().zip(&seen.right) {
                self.lines.push(match diagnosis.conclusion {
                    Conclusion::TooFewDigits => observed::yours(&observation.at, answer.text()),
                    _ => beside(&observation.at, answer, right, seen.is_right()),
                });
            }
        }
        match diagnosis.conclusion {
            Conclusion::Correct => self.lines.push(observed::correct()),
            Conclusion::Rounding => self.lines.push(observed::rounding(percent(diagnosis.rounding))),
            Conclusion::TooFewDigits => self.lines.push(observed::too_few_digits()),
            Conclusion::Mistake => {}
            Conclusion::Unknown => {
                let tried = diagnosis.tried.singles + diagnosis.tried.pairs;
                self.lines.push(observed::unknown(percent(diagnosis.unknown), tried));
            }
        }
        self.conclusion = Some(diagnosis.conclusion);
        if matches!(diagnosis.conclusion, Conclusion::Correct | Conclusion::TooFewDigits) {
            return;
        }
        let program = network.program();
        for candidate in diagnosis.candidates.iter().take(MOST) {
            let says: Vec<String> = candidate.mistakes.iter().map(|mistake| mistake.says(program)).collect();
            let mut notes = Vec::new();
            if let Some((at, right, wrong)) = &candidate.difference {
                notes.push(observed::difference(at, decimals(*right, 4), decimals(*wrong, 4)));
            }
            let same = candidate.same_as.iter().filter_map(|others| others.first()).map(Mistake::name).take(4);
            let same: Vec<String> = same.collect();
            if !same.is_empty() {
                notes.push(observed::same_as(same.join(", ")));
            }
            self.causes.push(Cause {
                what_ifs: candidate.mistakes.iter().cloned().map(WhatIf::Layer).collect(),
                says: says.join(&observed::and_also()),
                percent: percent(candidate.probability),
                notes,
            });
        }
    }

    fn conclude_training(&mut self, found: &training::Finding) {
        for seen in &found.seen {
            for (at, &right) in seen.right.iter().enumerate() {
                let answer = &seen.observation.answers[at];
                self.lines.push(beside(&seen.observation.address, answer, right, seen.is_right_at(at)));
            }
        }
        match found.conclusion {
            Conclusion::Correct => self.lines.push(observed::correct()),
            Conclusion::TooFewDigits => self.lines.push(training_check::few_digits()),
            Conclusion::Rounding => self.lines.push(training_check::rounding(percent(found.rounding))),
            Conclusion::Unknown => self.lines.push(training_check::unknown(found.tried.1, found.tried.0)),
            Conclusion::Mistake => {}
        }
        self.conclusion = Some(found.conclusion);
        for candidate in found.candidates.iter().take(MOST) {
            let says: Vec<String> = candidate.mistakes.iter().map(crate::train::mistake::Mistake::says).collect();
            let same = candidate.same_as.iter().filter_map(|others| others.first());
            let notes = same.take(4).map(|other| training_check::same(other.says())).collect();
            self.causes.push(Cause {
                what_ifs: candidate.mistakes.iter().cloned().map(WhatIf::Training).collect(),
                says: says.join(&observed::and_also()),
                percent: percent(candidate.probability),
                notes,
            });
        }
    }
}

fn beside(at: &str, answer: &Answer, right: f32, is_right: bool) -> String {
    if is_right {
        training_check::right(at, answer.text())
    } else {
        training_check::wrong(at, answer.text(), decimals(right, answer.decimals().clamp(4, 12)))
    }
}
