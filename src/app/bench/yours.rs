//! The learner's own numbers, compared with the network, and what explains them.

use super::{Bench, Pane, View};
use crate::{
    app::{finding::Finding, input::read_yours},
    diagnose::{Agreement, Answer, NextInput, Observation, Seen},
    mistake::Mistake,
    network::{Network, Stage},
    pass::{Address, Source, Stride, address::Of},
    words::own_numbers,
};

/// The right value beside a number that follows from the shown digits gets as many decimals as the number has, at least so
/// many: all that the screen shows.
const SHOWN: usize = 4;

/// More decimals than a float32 has.
const MOST_DECIMALS: usize = 8;

/// The learner's own numbers, as they were typed, with their address if that is not the output.
pub fn yours_text(observation: &Observation) -> String {
    let numbers = observation.answers.iter().map(Answer::text).collect::<Vec<_>>().join(", ");
    let at = &observation.at;
    let is_usual = if observation.answers.len() == 1 { *at == Address::output(0) } else { at.index.is_empty() };
    if at.of == Of::Output && is_usual { numbers } else { format!("{at} = {numbers}") }
}

/// Everything that the learner typed as their own, in the order of the pass.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnNumbers {
    list: Vec<Own>,
    /// How many were typed so far.
    typed: usize,
    /// Whether those for other inputs count too.
    other_inputs: bool,
    /// What explains those that count.
    pub(super) finding: Option<Finding>,
}

#[derive(Debug, Clone)]
struct Own {
    observation: Observation,
    /// How they stand to the right values, with the weights as they are now.
    agreement: Agreement,
    /// The right value, if it is one number.
    right: Option<f32>,
    /// Which of all it was in the order of typing.
    number: usize,
}

impl Own {
    fn compare(&mut self, seen: &Seen) {
        self.agreement = seen.agreement();
        self.right = (seen.right.len() == 1).then(|| seen.right[0]);
    }
}

/// Where a value is in the order of the pass.
fn rank(observation: &Observation, network: &Network) -> (usize, Stage, usize) {
    match observation.at.resolve(network).map(|place| (place.source, place.index)) {
        Ok((Source::Stage(layer, stage), index)) => (layer, stage, index.unwrap_or(0)),
        _ => (usize::MAX, Stage::A, 0),
    }
}

impl Bench {
    /// Compares numbers of the learner's own with the network: `20.475`, a list for several outputs, or `dense.z[1] = 4.89`.
    /// They replace those for the same value at the same input.
    ///
    /// # Errors
    /// A sentence that says what cannot be read or does not fit.
    pub fn set_own_numbers(&mut self, text: &str) -> Result<(), String> {
        let (at, answers) = read_yours(text, self.network())?;
        let observation = Observation { input: self.input().to_vec(), at, answers };
        let seen = observation.beside(self.network()).map_err(|why| why.to_string())?;
        let number = self.own.typed;
        self.own.typed += 1;
        self.own
            .list
            .retain(|own| (&own.observation.input, &own.observation.at) != (&observation.input, &observation.at));
        let mut own = Own { observation, agreement: Agreement::Wrong, right: None, number };
        own.compare(&seen);
        self.own.list.push(own);
        let network = &self.work.network;
        self.own.list.sort_by_key(|own| rank(&own.observation, network));
        self.own.finding = None;
        Ok(())
    }

    /// All the learner's numbers, for every input.
    pub fn observations(&self) -> impl Iterator<Item = &Observation> {
        self.own.list.iter().map(|own| &own.observation)
    }

    /// The learner's numbers that count now, in the order of the pass: those for this input, and those for other inputs
    /// if they were asked for.
    pub fn own_numbers(&self) -> Vec<&Observation> {
        self.counted().map(|own| &own.observation).collect()
    }

    fn counted(&self) -> impl Iterator<Item = &Own> {
        self.own.list.iter().filter(|own| self.own.other_inputs || own.observation.input == self.input())
    }

    /// The learner's numbers for other inputs, while these do not count.
    pub fn numbers_set_aside(&self) -> Vec<&Observation> {
        let aside = |own: &&Own| !self.own.other_inputs && own.observation.input != self.input();
        self.own.list.iter().filter(aside).map(|own| &own.observation).collect()
    }

    /// Whether there are numbers for other inputs than the one on the bench.
    pub fn has_numbers_for_other_inputs(&self) -> bool {
        self.own.list.iter().any(|own| own.observation.input != self.input())
    }

    /// Counts the numbers for other inputs too, or sets them aside.
    pub fn count_other_inputs(&mut self, count: bool) {
        if self.own.other_inputs != count {
            self.own.other_inputs = count;
            self.own.finding = None;
        }
    }

    /// Whether the numbers for other inputs count.
    pub fn counts_other_inputs(&self) -> bool {
        self.own.other_inputs
    }

    /// Deletes one of the numbers that count, by its position among them. `false` if there is no such number.
    pub fn delete_own_number(&mut self, at: usize) -> bool {
        let Some(number) = self.counted().nth(at).map(|own| own.number) else { return false };
        self.own.list.retain(|own| own.number != number);
        self.own.finding = None;
        true
    }

    /// Removes the learner's numbers for this input.
    pub fn remove_own_numbers(&mut self) {
        let input = self.input().to_vec();
        self.own.list.retain(|own| own.observation.input != input);
        self.own.finding = None;
    }

    /// The learner typed another input: the numbers for others no longer count. They are kept, and count again there.
    pub(in crate::app) fn another_input_was_typed(&mut self) {
        self.own.other_inputs = false;
        self.own.finding = None;
    }

    /// Begins to look for what is behind the numbers that count, unless that is known.
    pub fn look_for_reason(&mut self) {
        let counted: Vec<Observation> = self.own_numbers().into_iter().cloned().collect();
        // An input that was only shown does not replace the reason found before.
        if !counted.is_empty() && self.own.finding.as_ref().is_none_or(|finding| !finding.is_about(&counted)) {
            self.own.finding = Finding::new(&self.work.network, &self.model.facts, &counted).ok();
            // What follows from the shown digits is a mistake only if one fits it far better, and that shows soon.
            if self.counted().map(|own| own.agreement).max() < Some(Agreement::Wrong)
                && let Some(finding) = &mut self.own.finding
            {
                finding.conclude_soon();
            }
        }
    }

    /// How the learner's number for this input stands to the right value; `None` if there is none.
    pub fn yours_agreement(&self) -> Option<Agreement> {
        let own = self.last_here()?;
        Some(self.agreement_of(own))
    }

    fn agreement_of(&self, own: &Own) -> Agreement {
        let of_finding = || {
            let finding = self.finding()?;
            let at = finding.seen().iter().position(|seen| seen.observation == own.observation)?;
            Some(finding.agreement(at))
        };
        of_finding().unwrap_or(own.agreement)
    }

    /// Whether the learner's number for this input is wrong: neither right, nor right with the shown digits, nor too short
    /// to tell.
    pub fn yours_is_wrong(&self) -> bool {
        self.yours_agreement() == Some(Agreement::Wrong)
    }

    /// The right value beside a number of the learner's own that is right only with the shown digits.
    pub fn exactly(&self) -> Option<String> {
        let own = self.last_here().filter(|own| self.agreement_of(own) == Agreement::ShownDigits)?;
        let decimals = own.observation.answers.first()?.decimals().clamp(SHOWN, MOST_DECIMALS);
        own.right.map(|right| format!("{right:.decimals$}"))
    }

    /// The learner's number for the input that is on the bench, the last one that was typed.
    pub fn yours(&self) -> Option<&Observation> {
        self.last_here().map(|own| &own.observation)
    }

    /// Whether that number is what the pass on the screen gives, what-ifs included.
    pub fn yours_comes_out(&self) -> bool {
        let Some(yours) = self.yours() else { return false };
        let Ok(values) = self.pass().get(&yours.at) else { return false };
        let agree = |(answer, value): (&Answer, &f32)| answer.agrees(f64::from(*value));
        values.len() == yours.answers.len() && yours.answers.iter().zip(values).all(agree)
    }

    fn last_here(&self) -> Option<&Own> {
        let here = self.own.list.iter().filter(|own| own.observation.input == self.input());
        here.max_by_key(|own| own.number)
    }

    /// Why the learner's numbers differ.
    pub fn finding(&self) -> Option<&Finding> {
        self.own.finding.as_ref()
    }

    pub(in crate::app) fn finding_mut(&mut self) -> Option<&mut Finding> {
        self.own.finding.as_mut()
    }

    /// The weights have changed: what was found is no longer valid.
    pub(super) fn forget_finding(&mut self) {
        for own in &mut self.own.list {
            if let Ok(seen) = own.observation.beside(&self.work.network) {
                own.compare(&seen);
            } else {
                (own.agreement, own.right) = (Agreement::Wrong, None);
            }
        }
        self.own.finding = None;
        self.model_finding = None;
    }

    /// A line about a number that is right; `None` if it is not. `reveals`: whether the right value may be named.
    pub fn yours_says(&self, reveals: bool) -> Option<String> {
        let number = yours_text(self.yours()?);
        match self.yours_agreement()? {
            Agreement::Right => Some(own_numbers::is_right(number)),
            Agreement::Cut => Some(own_numbers::is_right_cut(number)),
            Agreement::ShownDigits => Some(match self.exactly().filter(|_| reveals) {
                Some(exact) => own_numbers::is_right_shown(exact, number),
                None => own_numbers::is_right_shown_only(number),
            }),
            Agreement::TooFewDigits | Agreement::Wrong => None,
        }
    }

    /// Switches mistakes on, shows both passes side by side, and plays from the first difference.
    pub fn play_both(&mut self, mistakes: &[Mistake], smooth: bool, now: std::time::Duration) {
        self.switch_on(mistakes);
        self.show_compared();
        let from = self.first_difference().and_then(|(layer, stage, unit)| self.pass().known_after(layer, stage, unit));
        let from = from.map_or(0, |known| self.pass().previous(known, Stride::Unit));
        self.play_between(from, usize::MAX, Stride::Unit, smooth, now);
    }

    /// Shows what mistakes make of an input.
    pub fn show_at(&mut self, input: Vec<f32>, mistakes: &[Mistake]) {
        self.change(|work| (work.input, work.what_ifs) = (input, mistakes.to_vec()));
        // With one input the plot shows it; with more, the values do.
        if self.network().inputs() == 1 && self.views().contains(&View::Plot) {
            (self.view, self.pane) = (View::Plot, Pane::Picture(View::Plot));
        } else {
            self.show_compared();
        }
        self.go_to(usize::MAX);
    }

    /// Sets another input without what-ifs, for another number of the learner's own. It counts together with those
    /// typed before.
    pub fn try_input(&mut self, next: &NextInput) {
        self.change(|work| (work.input, work.what_ifs) = (next.input.clone(), Vec::new()));
        self.count_other_inputs(true);
    }

    fn show_compared(&mut self) {
        (self.view, self.pane) = (View::Compare, Pane::Picture(View::Compare));
    }

    /// Exactly these what-ifs.
    fn switch_on(&mut self, mistakes: &[Mistake]) {
        self.change(|work| work.what_ifs = mistakes.to_vec());
    }

    /// The first value in the order of the pass that the what-ifs change: layer, stage, unit.
    pub fn first_difference(&self) -> Option<(usize, Stage, usize)> {
        self.right().first_difference(self.wrong()?)
    }
}

/// The address of a value, as it is written.
pub fn value_name(layer: &str, stage: Stage, unit: usize) -> String {
    Address::stage(layer, stage, Some(unit)).to_string()
}
