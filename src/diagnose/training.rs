//! Which mistake explains a number of a training: a gradient, a slot, a new weight, a loss.
//!
//! As in the forward pass: every mistake is made, alone and then in pairs, and what gives the answers to their digits is weighed
//! against rounding on the way and against an unknown cause (`posterior.rs`). Mistakes that give the same numbers in the whole step are one
//! candidate. Where candidates differ somewhere else in the step, [`Finding::next`] says where to look.

use std::collections::BTreeMap;

use super::{
    Answer, Conclusion,
    honest::FEW,
    posterior::{PAIR, ROUNDING, UNKNOWN, alike, chance, median, priors_of, width},
};
use crate::{
    equation::{ArrayId, Function, Rule, Values},
    network::Activation,
    train::{
        Done, Run, StepProgram, TrainError, Training,
        mistake::{self, Mistake},
    },
};

/// More explanations than this are not distinguished from each other.
const MOST_FOUND: usize = 40;
/// Pairs are made of so many of the most common mistakes.
const MOST_OF_PAIRS: usize = 80;
/// The chance that somebody who made a mistake also cuts the result off.
const CUT: f64 = 0.1;
/// In a long run it is asked after so many steps whether there is time.
const ASKED: usize = 64;

/// Numbers that somebody computed.
#[derive(Debug, Clone)]
pub struct Observation {
    /// The step, from 0.
    pub step: usize,
    /// Which value of it: `dense.kernel.new[0,0]`.
    pub address: String,
    /// One number, or all of the array in order.
    pub answers: Vec<Answer>,
}

/// Why a number is right that people doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubted {
    /// `a (1 - a)` and `1 - a^2` take the activation: it was applied already.
    SlopeByActivation,
    /// Output minus label, without a derivative of the last activation.
    OutputMinusLabel,
}

/// An observation beside what is right.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What was observed.
    pub observation: Observation,
    /// The right numbers.
    pub right: Vec<f32>,
    /// Whether it is a value that people doubt, and why it is right.
    pub doubted: Option<Doubted>,
    name: String,
    flat: Vec<usize>,
}

/// Mistakes that give the answers.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The mistakes that are made together.
    pub mistakes: Vec<Mistake>,
    /// Others that give the same numbers in the whole step.
    pub same_as: Vec<Vec<Mistake>>,
    /// How probable it is that it was one of these.
    pub probability: f64,
    /// What they give at the observed places.
    pub values: Vec<f32>,
    /// What they give in the whole step.
    whole: Vec<f32>,
}

/// Where to look next.
#[derive(Debug, Clone)]
pub struct Next {
    /// The address.
    pub at: String,
    /// What each of the first candidates gives there.
    pub values: Vec<f32>,
}

/// What the answers turn out to be.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What they turn out to be.
    pub conclusion: Conclusion,
    /// The observations beside the right numbers.
    pub seen: Vec<Seen>,
    /// The explanations, the most probable first.
    pub candidates: Vec<Candidate>,
    /// How probable rounding on the way is.
    pub rounding: f64,
    /// How probable a cause in no list is.
    pub unknown: f64,
    /// How many mistakes and how many pairs were made.
    pub tried: (usize, usize),
    /// Whether the time was over before all were made.
    pub stopped: bool,
    /// Where the first candidates differ.
    pub next: Option<Next>,
}

impl Seen {
    /// Whether the answer at place `at` is right to its digits, or cut off after them.
    pub fn is_right_at(&self, at: usize) -> bool {
        let right = f64::from(self.right[at]);
        self.observation.answers.get(at).is_none_or(|answer| answer.agrees(right) || answer.is_cut_from(right))
    }
}

/// A run to the last observed step, with the observed steps' values.
struct Steps(BTreeMap<usize, Done>);

/// `None` if the time is over before the last step.
fn run(mut run: Run<'_>, observed: &[usize], more: &mut dyn FnMut() -> bool) -> Result<Option<Steps>, TrainError> {
    let last = observed.iter().max().copied().unwrap_or(0);
    let mut kept = BTreeMap::new();
    for number in 0..=last {
        if number % ASKED == ASKED - 1 && !more() {
            return Ok(None);
        }
        let Some(done) = run.next_step()? else { break };
        if observed.contains(&number) {
            kept.insert(number, done);
        }
    }
    Ok(Some(Steps(kept)))
}

impl Steps {
    /// The observed numbers; `None` if a mistake took their array away.
    fn values(&self, seen: &[Seen]) -> Option<Vec<f32>> {
        let mut values = Vec::new();
        for seen in seen {
            let done = self.0.get(&seen.observation.step)?;
            let array = done.step.program.find(&seen.name)?;
            let all = done.values.of(array);
            for &flat in &seen.flat {
                values.push(*all.get(flat)?);
            }
        }
        Some(values)
    }

    /// Losses, gradients and new weights of all observed steps.
    fn whole(&self) -> Vec<f32> {
        let arrays = |done: &Done| -> Vec<ArrayId> {
            let weights = done.step.weights.iter().flat_map(|line| [line.gradient, line.new]);
            std::iter::once(done.step.loss).chain(weights.flatten()).collect()
        };
        let of =
            |done: &Done| -> Vec<f32> { arrays(done).into_iter().flat_map(|id| done.values.of(id).to_vec()).collect() };
        self.0.values().flat_map(of).collect()
    }
}

/// A search that can be stopped: it asks `more` before each run.
///
/// # Errors
/// [`TrainError`] if an address names nothing or the training does not fit.
pub fn diagnose(
    training: &Training,
    observations: Vec<Observation>,
    more: &mut dyn FnMut() -> bool,
) -> Result<Finding, TrainError> {
    let mut right = Run::new(training)?;
    let observed: Vec<usize> = observations.iter().map(|observation| observation.step).collect();
    if let Some(&step) = observed.iter().find(|step| **step >= training.steps()) {
        return Err(TrainError::Step { step, steps: training.steps() });
    }
    let first = right.program(0)?;
    for &step in &observed {
        right.program(step)?;
    }
    let Some(steps) = run(right.clone(), &observed, &mut || true)? else { return Err(TrainError::NoRows) };
    let seen = observations.into_iter().map(|observation| see(&steps, observation)).collect::<Result<Vec<_>, _>>()?;
    let all_right = seen.iter().all(|seen| (0..seen.right.len()).all(|at| seen.is_right_at(at)));
    let finding = |conclusion| Finding {
        conclusion,
        seen: seen.clone(),
        candidates: Vec::new(),
        rounding: 0.0,
        unknown: 0.0,
        tried: (0, 0),
        stopped: false,
        next: None,
    };
    if all_right {
        let coarse = |seen: &Seen| {
            let mut pairs = seen.observation.answers.iter().zip(&seen.right);
            pairs.all(|(answer, &right)| answer.is_coarse_for(f64::from(right)))
        };
        let few = seen.iter().any(coarse);
        return Ok(finding(if few { Conclusion::TooFewDigits } else { Conclusion::Correct }));
    }
    let mut search = Search::new(&right, &seen, mistake::all(training, &first), &observed);
    search.singles(more);
    if search.found.is_empty() {
        search.pairs(more);
    }
    let reach = reach(&right, &seen, &steps)?;
    Ok(search.weigh(finding(Conclusion::Unknown), &steps, &reach))
}

fn see(steps: &Steps, observation: Observation) -> Result<Seen, TrainError> {
    let done = steps.0.get(&observation.step).ok_or(TrainError::NoRows)?;
    let found = done.step.find(&observation.address)?;
    let all = done.values.of(found.array);
    let flat: Vec<usize> = found.flat.map_or_else(|| (0..all.len()).collect(), |flat| vec![flat]);
    if flat.len() != observation.answers.len() {
        let (what, got) = (observation.address.clone(), observation.answers.len());
        return Err(TrainError::Lengths { what, expected: flat.len(), got });
    }
    let right = flat.iter().map(|&at| all[at]).collect();
    let doubted = doubted(&done.step, found.array);
    Ok(Seen { observation, right, doubted, name: done.step.program.name(found.array).to_owned(), flat })
}

fn doubted(step: &StepProgram, array: ArrayId) -> Option<Doubted> {
    let program = &step.program;
    let rule = |id: ArrayId| program.equation_of(id).map(|equation| &equation.rule);
    let Rule::Map { function, of } = rule(array)? else { return None };
    match (function, &of[..]) {
        (Function::Slope(Activation::Sigmoid | Activation::Tanh), [_, _]) => Some(Doubted::SlopeByActivation),
        (Function::Copy | Function::Divide, [slope, ..]) if program.name(array).strip_suffix(".dz").is_some() => {
            let is_slope = program.find("loss.slope") == Some(slope.array);
            let gap = matches!(rule(slope.array)?, Rule::Map { function: Function::Subtract, .. });
            (is_slope && gap).then_some(Doubted::OutputMinusLabel)
        }
        _ => None,
    }
}

/// A mistake or two that give the answers.
struct Found {
    mistakes: Vec<Mistake>,
    weight: f64,
    values: Vec<f32>,
    whole: Vec<f32>,
}

struct Search<'r, 't> {
    right: &'r Run<'t>,
    seen: &'r [Seen],
    mistakes: Vec<(Mistake, f64)>,
    observed: &'r [usize],
    found: Vec<Found>,
    /// By how much each mistake moves each value.
    moved: Vec<Vec<f64>>,
    tried: (usize, usize),
    stopped: bool,
}

impl<'r, 't> Search<'r, 't> {
    fn new(right: &'r Run<'t>, seen: &'r [Seen], mistakes: Vec<Mistake>, observed: &'r [usize]) -> Self {
        // Each way of a kind is as common as another.
        let kinds: Vec<_> = mistakes.iter().map(|mistake| (mistake.kind.id, mistake.kind.common, 1.0)).collect();
        let mut mistakes: Vec<(Mistake, f64)> = mistakes.into_iter().zip(priors_of(&kinds)).collect();
        mistakes.sort_by(|a, b| b.1.total_cmp(&a.1));
        Self { right, seen, mistakes, observed, found: Vec::new(), moved: Vec::new(), tried: (0, 0), stopped: false }
    }

    fn try_one(&mut self, mistakes: Vec<Mistake>, prior: f64, more: &mut dyn FnMut() -> bool) {
        let Ok(wrong) = Run::with_mistakes(self.right, mistakes.clone()) else { return };
        let Ok(Some(steps)) = run(wrong, self.observed, more) else { return };
        let Some(values) = steps.values(self.seen) else { return };
        let right = self.seen.iter().flat_map(|seen| &seen.right);
        if mistakes.len() == 1 {
            let by = right.clone().zip(&values).map(|(right, value)| f64::from((right - value).abs())).collect();
            self.moved.push(by);
        }
        let fit = fit(self.seen, &values);
        // What changes nothing explains nothing.
        let changes = right.zip(&values).any(|(right, value)| right.to_bits() != value.to_bits());
        if fit > 0.0 && changes {
            self.found.push(Found { mistakes, weight: prior * fit, values, whole: steps.whole() });
        }
    }

    fn singles(&mut self, more: &mut dyn FnMut() -> bool) {
        for (mistake, prior) in self.mistakes.clone() {
            if !more() {
                self.stopped = true;
                return;
            }
            self.tried.0 += 1;
            self.try_one(vec![mistake], prior, more);
        }
    }

    fn pairs(&mut self, more: &mut dyn FnMut() -> bool) {
        let common: Vec<(Mistake, f64)> = self.mistakes.iter().take(MOST_OF_PAIRS).cloned().collect();
        let mut pairs: Vec<(usize, usize)> =
            (0..common.len()).flat_map(|one| (0..one).map(move |other| (other, one))).collect();
        pairs.sort_by(|a, b| (common[b.0].1 * common[b.1].1).total_cmp(&(common[a.0].1 * common[a.1].1)));
        for (one, other) in pairs {
            if !more() {
                self.stopped = true;
                return;
            }
            let ((a, of_a), (b, of_b)) = (&common[one], &common[other]);
            self.tried.1 += 1;
            self.try_one(vec![a.clone(), b.clone()], PAIR * of_a * of_b, more);
        }
    }

    /// Bayes' rule over what was found.
    fn weigh(mut self, mut finding: Finding, steps: &Steps, reach: &[f64]) -> Finding {
        let places: Vec<(&Answer, f32, bool)> = self
            .seen
            .iter()
            .flat_map(|seen| {
                (0..seen.right.len()).map(|at| (&seen.observation.answers[at], seen.right[at], seen.is_right_at(at)))
            })
            .collect();
        let (mut unknown, mut rounding, mut digits) = (UNKNOWN, ROUNDING, 0);
        for (at, &(answer, right, is_right)) in places.iter().enumerate() {
            if is_right {
                continue;
            }
            let moved = self.moved.iter().filter_map(|by| by.get(at).copied()).filter(|by| *by > 0.0).collect();
            unknown *= chance(answer, right, median(moved));
            let (width, off) = (width(answer), (answer.value() - f64::from(right)).abs());
            let reach = reach[at].max(answer.unit());
            rounding *= if off <= reach + width / 2.0 { (width / (2.0 * reach + width)).min(1.0) } else { 0.0 };
            digits += answer.significant();
        }
        self.found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        self.found.truncate(MOST_FOUND);
        let mistakes: f64 = self.found.iter().map(|found| found.weight).sum();
        if digits <= FEW {
            unknown = unknown.max(mistakes - rounding);
        }
        let total = mistakes + rounding + unknown;
        for Found { mistakes, weight, values, whole } in self.found {
            let same = |candidate: &&mut Candidate| alike(&candidate.whole, &whole, 2e-6, 1e-4);
            match finding.candidates.iter_mut().find(same) {
                Some(candidate) => {
                    candidate.probability += weight / total;
                    candidate.same_as.push(mistakes);
                }
                None => finding.candidates.push(Candidate {
                    mistakes,
                    same_as: Vec::new(),
                    probability: weight / total,
                    values,
                    whole,
                }),
            }
        }
        finding.candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        (finding.rounding, finding.unknown) = (rounding / total, unknown / total);
        finding.conclusion = if rounding >= mistakes && rounding >= unknown {
            Conclusion::Rounding
        } else if mistakes >= unknown && mistakes > 0.0 {
            Conclusion::Mistake
        } else {
            Conclusion::Unknown
        };
        (finding.tried, finding.stopped) = (self.tried, self.stopped);
        finding.next = next(steps, &finding.candidates);
        finding
    }
}

/// The chance of the answers if these are the values.
fn fit(seen: &[Seen], values: &[f32]) -> f64 {
    let answers = seen.iter().flat_map(|seen| &seen.observation.answers);
    let mut cut = false;
    for (answer, &value) in answers.zip(values) {
        let value = f64::from(value);
        if !answer.agrees(value) {
            if !answer.is_cut_from(value) {
                return 0.0;
            }
            cut = true;
        }
    }
    if cut { CUT } else { 1.0 }
}

/// The first address of the step at which the two most probable candidates differ by much, gradients first.
fn next(steps: &Steps, candidates: &[Candidate]) -> Option<Next> {
    let [first, second, ..] = candidates else { return None };
    let (_, done) = steps.0.iter().next()?;
    let mut place = 0;
    let mut best: Option<(f64, String, usize)> = None;
    let mut look = |step: &StepProgram, values: &Values, id: ArrayId| {
        for flat in 0..values.of(id).len() {
            let at = place + flat;
            let (Some(&a), Some(&b)) = (first.whole.get(at), second.whole.get(at)) else { return };
            let far = f64::from((a - b).abs() / a.abs().max(b.abs()).max(1e-12));
            if far > best.as_ref().map_or(1e-3, |(far, ..)| *far * 1.5) {
                best = Some((far, step.address(id, flat), at));
            }
        }
        place += values.of(id).len();
    };
    look(&done.step, &done.values, done.step.loss);
    for line in &done.step.weights {
        for id in [line.gradient, line.new].into_iter().flatten() {
            look(&done.step, &done.values, id);
        }
    }
    let (_, at, place) = best?;
    let values = candidates.iter().take(5).filter_map(|candidate| candidate.whole.get(place).copied()).collect();
    Some(Next { at, values })
}

/// By how much rounding to the answers' decimals moves each observed value, the most of some ways to round.
fn reach(right: &Run<'_>, seen: &[Seen], steps: &Steps) -> Result<Vec<f64>, TrainError> {
    let wrong = seen.iter().flat_map(|seen| {
        (0..seen.right.len()).filter(|&at| !seen.is_right_at(at)).map(|at| &seen.observation.answers[at])
    });
    let decimals = wrong.map(Answer::decimals).min().unwrap_or(4).clamp(2, 7) as i32;
    let unit = 10_f64.powi(-decimals);
    let rounded = move |value: f32| {
        let scaled = f64::from(value) / unit;
        if scaled.abs() < 1e9 { (scaled.round_ties_even() * unit) as f32 } else { value }
    };
    let cut = move |value: f32| {
        let scaled = f64::from(value) / unit;
        if scaled.abs() < 1e9 { (scaled.trunc() * unit) as f32 } else { value }
    };
    let ways: [&dyn Fn(f32) -> f32; 2] = [&rounded, &cut];
    let mut reach: Vec<f64> = Vec::new();
    let mut run = right.clone();
    let last = steps.0.keys().max().copied().unwrap_or(0);
    let mut of_step: BTreeMap<usize, Vec<Values>> = BTreeMap::new();
    for number in 0..=last {
        if steps.0.contains_key(&number) {
            let step = run.program(number)?;
            let given = run.given(&step, number)?;
            let all: Result<Vec<_>, _> = ways.iter().map(|way| step.program.evaluate_written(&given, *way)).collect();
            of_step.insert(number, all?);
        }
        if run.next_step()?.is_none() {
            break;
        }
    }
    for seen in seen {
        let number = seen.observation.step;
        let array = steps.0.get(&number).and_then(|done| done.step.program.find(&seen.name));
        for (&flat, &right) in seen.flat.iter().zip(&seen.right) {
            let by = of_step.get(&number).into_iter().flatten().filter_map(|values| {
                let value = *values.of(array?).get(flat)?;
                Some(f64::from((value - right).abs())).filter(|by| by.is_finite())
            });
            reach.push(by.fold(0.0, f64::max));
        }
    }
    Ok(reach)
}
