//! The learner's own numbers, held against the network, and what is behind them.

use super::{Bench, Pane, View};
use crate::{
    app::{finding::Finding, input::read_yours},
    diagnose::{Answer, Diagnosis, NextInput, Observation},
    mistake::Mistake,
    network::Stage,
    pass::{Address, Stride, address::Of},
};

/// Numbers of the learner's own, as they were typed, with their address if that is not the output.
pub fn yours_text(observation: &Observation) -> String {
    let numbers = observation.answers.iter().map(Answer::text).collect::<Vec<_>>().join(", ");
    let at = &observation.at;
    let is_usual = if observation.answers.len() == 1 { *at == Address::output(0) } else { at.index.is_empty() };
    if at.of == Of::Output && is_usual { numbers } else { format!("{at} = {numbers}") }
}

/// Numbers of the learner's own, held against the network.
#[derive(Debug, Clone)]
pub(super) struct Held {
    observation: Observation,
    /// Whether they are right with the weights as they are now.
    right: bool,
}

impl Bench {
    /// Holds numbers of the learner's own against the network: `20.475`, a list for several outputs, or `dense.z[1] = 4.89`.
    /// Numbers for other inputs are kept and used together with these.
    ///
    /// # Errors
    /// A sentence that says what cannot be read or does not fit.
    pub fn hold(&mut self, text: &str) -> Result<(), String> {
        self.held = self.held_with(text)?;
        self.finding = None;
        Ok(())
    }

    /// All that is held, and this for the input on the bench.
    fn held_with(&self, text: &str) -> Result<Vec<Held>, String> {
        let (at, answers) = read_yours(text, self.network())?;
        let observation = Observation { input: self.input().to_vec(), at, answers };
        let right = observation.is_right(self.network()).map_err(|why| why.to_string())?;
        let another =
            |held: &&Held| (&held.observation.input, &held.observation.at) != (&observation.input, &observation.at);
        let mut held: Vec<Held> = self.held.iter().filter(another).cloned().collect();
        held.push(Held { observation, right });
        Ok(held)
    }

    /// Begins to look for what is behind the learner's numbers, unless that is known.
    pub fn look_for_reason(&mut self) {
        if self.finding.is_none() && !self.held.is_empty() {
            let observations: Vec<Observation> = self.held.iter().map(|held| held.observation.clone()).collect();
            self.finding = Finding::new(self.network(), &self.model.facts, &observations).ok();
        }
    }

    /// Whether the learner's number for this input is right at its digits.
    pub fn yours_is_right(&self) -> bool {
        self.held_here().is_some_and(|held| held.right)
    }

    /// The learner's number for the input that is on the bench, the last one that was typed.
    pub fn yours(&self) -> Option<&Observation> {
        self.held_here().map(|held| &held.observation)
    }

    fn held_here(&self) -> Option<&Held> {
        self.held.iter().rev().find(|held| held.observation.input == self.input())
    }

    /// What is behind the learner's numbers.
    pub fn finding(&self) -> Option<&Finding> {
        self.finding.as_ref()
    }

    pub(in crate::app) fn finding_mut(&mut self) -> Option<&mut Finding> {
        self.finding.as_mut()
    }

    /// Forgets the learner's numbers for this input.
    pub fn let_go(&mut self) {
        let input = self.input().to_vec();
        self.held.retain(|held| held.observation.input != input);
        self.finding = None;
    }

    /// Other weights are there: what was found holds no more.
    pub(super) fn forget_finding(&mut self) {
        let input = self.input().to_vec();
        self.held.retain(|held| held.observation.input == input);
        for held in &mut self.held {
            held.right = held.observation.is_right(&self.work.network).unwrap_or(false);
        }
        self.finding = None;
    }

    /// A line about a right number.
    pub fn yours_says(&self) -> Option<String> {
        let is_cut = self.finding()?.diagnosis().is_some_and(Diagnosis::is_cut);
        let how = if is_cut { "right, cut off instead of rounded" } else { "right" };
        Some(format!("{}: {how}", yours_text(self.yours()?)))
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
        self.change(|work| (work.input, work.what_ifs) = (input, mistakes.to_vec()));
        // With one input the curve shows it; with more the values do.
        if self.network().inputs() == 1 && self.views().contains(&View::Plot) {
            (self.view, self.pane) = (View::Plot, Pane::Picture(View::Plot));
        } else {
            self.show_compared();
        }
        self.go_to(usize::MAX);
    }

    /// Puts another input on, everything done right, for a number of the learner's own.
    pub fn try_input(&mut self, next: &NextInput) {
        self.change(|work| (work.input, work.what_ifs) = (next.input.clone(), Vec::new()));
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
