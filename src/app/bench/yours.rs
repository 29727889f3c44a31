//! The learner's own numbers, compared with the network, and what explains them.

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

/// Numbers of the learner's own, compared with the network.
#[derive(Debug, Clone)]
pub(super) struct OwnNumbers {
    observation: Observation,
    /// Whether they are right with the weights as they are now.
    right: bool,
}

impl Bench {
    /// Compares numbers of the learner's own with the network: `20.475`, a list for several outputs, or `dense.z[1] = 4.89`.
    /// Numbers for other inputs are kept and used together with these.
    ///
    /// # Errors
    /// A sentence that says what cannot be read or does not fit.
    pub fn set_own_numbers(&mut self, text: &str) -> Result<(), String> {
        self.own_numbers = self.own_numbers_with(text)?;
        self.finding = None;
        Ok(())
    }

    /// All the learner's numbers, and these for the input on the bench.
    fn own_numbers_with(&self, text: &str) -> Result<Vec<OwnNumbers>, String> {
        let (at, answers) = read_yours(text, self.network())?;
        let observation = Observation { input: self.input().to_vec(), at, answers };
        let right = observation.is_right(self.network()).map_err(|why| why.to_string())?;
        let another =
            |own: &&OwnNumbers| (&own.observation.input, &own.observation.at) != (&observation.input, &observation.at);
        let mut own: Vec<OwnNumbers> = self.own_numbers.iter().filter(another).cloned().collect();
        own.push(OwnNumbers { observation, right });
        Ok(own)
    }

    /// Begins to look for what is behind the learner's numbers, unless that is known.
    pub fn look_for_reason(&mut self) {
        if self.finding.is_none() && !self.own_numbers.is_empty() {
            let observations: Vec<Observation> = self.own_numbers.iter().map(|own| own.observation.clone()).collect();
            self.finding = Finding::new(self.network(), &self.model.facts, &observations).ok();
        }
    }

    /// Whether the learner's number for this input is right at its digits.
    pub fn yours_is_right(&self) -> bool {
        self.own_numbers_here().is_some_and(|own| own.right)
    }

    /// The learner's number for the input that is on the bench, the last one that was typed.
    pub fn yours(&self) -> Option<&Observation> {
        self.own_numbers_here().map(|own| &own.observation)
    }

    fn own_numbers_here(&self) -> Option<&OwnNumbers> {
        self.own_numbers.iter().rev().find(|own| own.observation.input == self.input())
    }

    /// What is behind the learner's numbers.
    pub fn finding(&self) -> Option<&Finding> {
        self.finding.as_ref()
    }

    pub(in crate::app) fn finding_mut(&mut self) -> Option<&mut Finding> {
        self.finding.as_mut()
    }

    /// Removes the learner's numbers for this input.
    pub fn remove_own_numbers(&mut self) {
        let input = self.input().to_vec();
        self.own_numbers.retain(|own| own.observation.input != input);
        self.finding = None;
    }

    /// Other weights are there: what was found holds no more.
    pub(super) fn forget_finding(&mut self) {
        let input = self.input().to_vec();
        self.own_numbers.retain(|own| own.observation.input == input);
        for own in &mut self.own_numbers {
            own.right = own.observation.is_right(&self.work.network).unwrap_or(false);
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
