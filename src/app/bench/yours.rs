//! The learner's own numbers, held against the network, and what is behind them.

use super::{Bench, Pane, View};
use crate::{
    app::{finding::Finding, input::read_yours},
    diagnose::{Answer, NextInput, Observation, ObservationError},
    mistake::Mistake,
    network::Stage,
    pass::{Address, Stride},
};

/// A number of the learner's own for the input that is on the bench.
#[derive(Debug, Clone)]
pub struct Yours {
    /// What was worked out.
    pub observation: Observation,
    /// What is behind it, and behind the numbers for other inputs.
    pub finding: Finding,
}

impl Yours {
    /// The numbers as they were typed, with their address if that is not the output.
    pub fn text(&self) -> String {
        let Observation { at, answers, .. } = &self.observation;
        let numbers = answers.iter().map(Answer::text).collect::<Vec<_>>().join(", ");
        let at = at.to_string();
        if at.starts_with("output") { numbers } else { format!("{at} = {numbers}") }
    }
}

impl Bench {
    /// Holds numbers of the learner's own against the network: `20.475`, a list for several outputs, or `dense.z[1] = 4.89`.
    /// Numbers for other inputs are kept and used together with these.
    ///
    /// # Errors
    /// A sentence that says what cannot be read or does not fit.
    pub fn hold(&mut self, text: &str) -> Result<(), String> {
        let (at, answers) = read_yours(text, self.network())?;
        let observation = Observation { input: self.input().to_vec(), at, answers };
        let held = self.held.clone();
        let same = |other: &Observation| other.input == observation.input && other.at == observation.at;
        self.held.retain(|other| !same(other));
        self.held.push(observation.clone());
        match self.find(&observation) {
            Ok(finding) => {
                self.yours = Some(Yours { observation, finding });
                Ok(())
            }
            Err(why) => {
                self.held = held;
                Err(why.to_string())
            }
        }
    }

    /// Forgets the learner's numbers for this input.
    pub fn let_go(&mut self) {
        let input = self.input().to_vec();
        self.held.retain(|held| held.input != input);
        self.yours = None;
    }

    /// Looks at the learner's number for the input that is on the bench now.
    pub(super) fn renew_yours(&mut self) {
        let held = self.held.iter().rev().find(|held| held.input == self.input()).cloned();
        self.yours = held.and_then(|observation| {
            let finding = self.find(&observation).ok()?;
            Some(Yours { observation, finding })
        });
    }

    /// A number comes first that was worked out for this input; the others help to tell explanations apart.
    fn find(&self, first: &Observation) -> Result<Finding, ObservationError> {
        let others = self.held.iter().filter(|held| *held != first).cloned();
        let observations: Vec<Observation> = std::iter::once(first.clone()).chain(others).collect();
        Finding::new(self.network(), &self.model.facts, &observations)
    }

    /// What the learner's own number turns out to be, as a sentence.
    pub fn yours_says(&self) -> Option<String> {
        let yours = self.yours.as_ref()?;
        let others = self.held.len().saturating_sub(1);
        let together = match others {
            0 => String::new(),
            1 => " (with your other number)".to_owned(),
            more => format!(" (with your {more} other numbers)"),
        };
        Some(format!("{}: {}{together}", yours.text(), yours.finding.says()))
    }

    /// Puts mistakes on, shows both passes side by side, and plays from where they part.
    pub fn play_both(&mut self, mistakes: &[Mistake], smooth: bool, now: std::time::Duration) {
        self.put_on(mistakes);
        self.show_compared();
        let from = self.first_difference().and_then(|(layer, stage, unit)| self.pass().known_after(layer, stage, unit));
        let from = from.map_or(0, |known| self.pass().previous(known, Stride::Unit));
        self.play_between(from, usize::MAX, Stride::Unit, smooth, now);
    }

    /// Shows what mistakes make of an input.
    pub fn show_at(&mut self, input: Vec<f32>, mistakes: &[Mistake]) {
        self.set_input(input);
        self.put_on(mistakes);
        if self.views().contains(&View::Plot) {
            (self.view, self.pane) = (View::Plot, Pane::Picture(View::Plot));
        } else {
            self.show_compared();
        }
        self.go_to(usize::MAX);
    }

    /// Puts another input on, everything done right, for a number of the learner's own.
    pub fn try_input(&mut self, next: &NextInput) {
        self.put_on(&[]);
        self.set_input(next.input.clone());
    }

    fn show_compared(&mut self) {
        (self.view, self.pane) = (View::Compare, Pane::Picture(View::Compare));
    }

    /// Exactly these what-ifs.
    fn put_on(&mut self, mistakes: &[Mistake]) {
        self.change(|work| work.what_ifs = mistakes.to_vec());
    }

    /// The first value in the order of the pass that the what-ifs change: layer, stage, unit.
    pub fn first_difference(&self) -> Option<(usize, Stage, usize)> {
        self.right().parts_from(self.wrong()?)
    }
}

/// The address of a value, as it is written.
pub fn value_name(layer: &str, stage: Stage, unit: usize) -> String {
    Address::stage(layer, stage, Some(unit)).to_string()
}
