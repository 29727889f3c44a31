//! A number typed into the blank line of a calculation: whether it is right, and the reply if it is not.

use crate::{
    app::finding::Finding,
    course::Line,
    diagnose::{Answer, Conclusion, Difference, Observation},
    formula::{self, Formula, Scene},
    mistake::Mistake,
    network::{Activation, Range, Stage},
    pass::{Address, Source},
    setting::Setting,
    words::{answers, lists},
};

/// Lessons show numbers with this many decimals.
const SHOWN: usize = 4;

/// A number with this many digits is enough to name a mistake that the course has not taught yet.
const ENOUGH_DIGITS: usize = 4;

/// The lines of a calculation that is to be filled in.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct Calculation<'t> {
    /// The lines.
    pub(in crate::app) lines: &'t [Line],
    /// The least decimals that are wanted.
    pub(in crate::app) decimals: usize,
}

/// A number that was typed into a line.
pub(super) struct Blank<'a> {
    pub(super) answer: &'a Answer,
    /// The formula of the line.
    pub(super) asked: &'a str,
    pub(super) setting: &'a Setting,
    /// The ids of the lessons up to this one.
    pub(super) taught: &'a [String],
}

impl Blank<'_> {
    /// The value of the line, with mistakes.
    pub(super) fn value(&self, mistakes: &[Mistake]) -> Option<f64> {
        let scene = Scene { mistakes, ..self.setting.scene() };
        Formula::parse(self.asked).ok()?.evaluate(&scene).ok()?.number().ok()
    }

    /// Everything that follows from the shown digits and from the lines before, given or typed.
    pub(super) fn range(&self, task: &Calculation<'_>, line: usize, filled: &[String]) -> Option<Range> {
        let decimals = task.decimals.clamp(SHOWN, 8) as u8;
        let scene = self.setting.scene();
        let before = task.lines.iter().zip(filled).take(line).filter_map(|(line, typed)| {
            let formula = Formula::parse(&line.value).ok()?;
            let exact = formula.evaluate(&scene).ok()?.number().ok()?;
            // A given line shows its value. A typed number is what the learner continues with.
            let range = match typed.parse::<Answer>() {
                Ok(typed) => Range::around([typed.value(), exact]),
                Err(_) => Range::of(exact).written(decimals),
            };
            Some(formula::Line { formula, range })
        });
        let before: Vec<formula::Line> = before.collect();
        Formula::parse(self.asked).ok()?.range(&scene, decimals, &before).ok()
    }

    /// The value of the pass that is asked for, if it is one.
    fn address(&self) -> Option<Address> {
        match self.asked.trim() {
            "y" if self.setting.network.outputs() == 1 => Some(Address::output(0)),
            address => address.parse().ok(),
        }
    }

    /// Why a wrong number differs, if a value of the pass is asked for.
    pub(super) fn behind(&self) -> Option<Finding> {
        let (setting, at) = (self.setting, self.address()?);
        let observation = Observation { input: setting.input.clone(), at, answers: vec![self.answer.clone()] };
        let mut finding = Finding::new(&setting.network, &setting.model.facts, &[observation]).ok()?;
        finding.conclude_soon();
        Some(finding)
    }

    /// The reply to a wrong number: the mistake that explains it, or where it differs; never the right number.
    pub(super) fn wrong(&self, finding: Option<&Finding>, right: f64) -> String {
        if let Some(stage) = self.earlier_stage() {
            return if stage == Stage::Z { answers::before_activation() } else { answers::before_bias() };
        }
        let difference = Difference::between(self.answer, right);
        // A lost sign is more probable than a mistake that happens to change the sign.
        if difference == Difference::LostSign {
            return answers::lost_sign();
        }
        let network = &self.setting.network;
        let diagnosis = finding.and_then(|finding| Some((finding.diagnosis()?, finding.chosen())));
        if let Some((diagnosis, chosen)) = diagnosis {
            if let Some((_, best)) = chosen.filter(|_| diagnosis.conclusion == Conclusion::Mistake)
                && best.mistakes.iter().all(|mistake| self.may_name(mistake))
            {
                let says: Vec<String> = best.mistakes.iter().map(|mistake| mistake.says(network)).collect();
                return answers::looks_as_if(lists::clauses(&says));
            }
            if diagnosis.reach.is_some() {
                return answers::rounded();
            }
        } else if let Some(mistake) = self.single_mistake(right) {
            return answers::looks_as_if(mistake.says(network));
        }
        if let Some(says) = self.relu(right) {
            return says;
        }
        match difference {
            Difference::LostSign => answers::lost_sign(),
            Difference::BelowZero => answers::below_zero(),
            Difference::AboveZero => answers::above_zero(),
            Difference::TooLarge => answers::too_large(),
            Difference::TooSmall => answers::too_small(),
            Difference::Decimal(n) => answers::decimal(n as usize),
        }
    }

    /// The most common of the single mistakes that give the number, for a formula that is no value of the pass.
    fn single_mistake(&self, right: f64) -> Option<Mistake> {
        let all = Mistake::of_method(&self.setting.network);
        let explains = |mistake: &&Mistake| {
            self.may_name(mistake)
                && self.value(&[**mistake]).is_some_and(|wrong| wrong != right && self.answer.agrees(wrong))
        };
        all.iter().filter(explains).max_by(|a, b| a.kind.common.total_cmp(&b.kind.common)).copied()
    }

    /// Whether a mistake may be named: one that the course has taught, or any for a number with many digits.
    fn may_name(&self, mistake: &Mistake) -> bool {
        self.answer.significant() >= ENOUGH_DIGITS || self.taught.iter().any(|lesson| lesson == mistake.kind.lesson)
    }

    /// A sentence about relu, if relu was asked for and applied wrongly.
    fn relu(&self, right: f64) -> Option<String> {
        let place = self.address()?.resolve(&self.setting.network).ok()?;
        let (Source::Stage(layer, Stage::A), Some(_)) = (place.source, place.index) else { return None };
        let pass = self.setting.right_pass().ok()?;
        let last = pass.recipe(layer)?.finish.last()?.activation()?;
        match right {
            _ if last != Activation::Relu => None,
            0.0 => Some(answers::relu_drops()),
            _ => (self.answer.value() == 0.0).then(answers::relu_keeps),
        }
    }

    /// Which earlier stage of the unit that is asked about the number is the value of.
    pub(super) fn earlier_stage(&self) -> Option<Stage> {
        let place = self.address()?.resolve(&self.setting.network).ok()?;
        let (Source::Stage(layer, stage), Some(unit)) = (place.source, place.index) else { return None };
        let pass = self.setting.right_pass().ok()?;
        let is = |earlier: &Stage| {
            let value = pass.stage(layer, *earlier).and_then(|values| values.get(unit));
            stage > *earlier && value.is_some_and(|&value| self.answer.agrees(f64::from(value)))
        };
        [Stage::Z, Stage::Wx].into_iter().find(is)
    }
}
