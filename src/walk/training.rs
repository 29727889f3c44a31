//! A training, to be walked through: any of its steps as a [`Walk`], and the curve of its losses.

use std::sync::Arc;

use super::Walk;
use crate::{
    equation::{Array, Values},
    train::{Done, Run, State, TrainError, Training, mistake::Mistake},
};

/// States are kept of so many steps at most; those between are computed again.
const MOST_STATES: usize = 512;

/// The losses so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve<'a> {
    /// The loss of each step's batch, before the step changes the weights.
    pub losses: &'a [f32],
    /// How many steps there are in all.
    pub steps: usize,
    /// How many steps make one epoch.
    pub per_epoch: usize,
}

/// A training of which every step can be looked at. It is computed bit by bit ([`TrainingWalk::advance`]), and what was
/// computed is kept.
#[derive(Debug, Clone)]
pub struct TrainingWalk {
    training: Arc<Training>,
    /// The run that goes on.
    run: Run<'static>,
    /// A run for looking at single steps.
    look: Run<'static>,
    /// The state before every `every`-th step.
    states: Vec<State>,
    every: usize,
    losses: Vec<f32>,
    over: bool,
    /// The same training without mistakes, where there are some: what is right beside them.
    right: Option<Box<TrainingWalk>>,
}

impl TrainingWalk {
    /// The training from its start, with these mistakes in every step.
    ///
    /// # Errors
    /// [`TrainError`] if rows, batches or weights do not fit.
    pub fn new(training: Arc<Training>, mistakes: Vec<Mistake>) -> Result<Self, TrainError> {
        let mut run = Run::owned(training.as_ref().clone())?;
        let mut right = None;
        if !mistakes.is_empty() {
            right = Some(Box::new(Self::new(Arc::clone(&training), Vec::new())?));
            run = Run::with_mistakes(&run, mistakes)?;
        }
        let every = training.steps().div_ceil(MOST_STATES).max(1);
        let states = vec![run.state().clone()];
        Ok(Self { training, look: run.clone(), run, states, every, losses: Vec::new(), over: false, right })
    }

    /// The training.
    pub fn training(&self) -> &Arc<Training> {
        &self.training
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        self.training.steps()
    }

    /// Whether all steps were computed.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// The losses so far.
    pub fn curve(&self) -> Curve<'_> {
        Curve { losses: &self.losses, steps: self.steps(), per_epoch: self.training.steps_per_epoch().max(1) }
    }

    /// Computes up to so many steps more. Whether there is more to do.
    ///
    /// # Errors
    /// [`TrainError`] if a step cannot be computed.
    pub fn advance(&mut self, steps: usize) -> Result<bool, TrainError> {
        for _ in 0..steps {
            let Some(done) = self.run.next_step()? else {
                self.over = true;
                return Ok(false);
            };
            self.losses.push(done.loss());
            if self.run.state().steps.is_multiple_of(self.every) {
                self.states.push(self.run.state().clone());
            }
        }
        self.over = self.run.state().steps >= self.steps();
        Ok(!self.over)
    }

    /// The state before step `number`, from 0; the last one that is known if it was not computed so far.
    fn state_before(&mut self, number: usize) -> Result<(), TrainError> {
        let number = number.min(self.steps());
        let kept = (number / self.every).min(self.states.len() - 1);
        let near = self.look.state().steps;
        // Going on from where one looked last is cheaper than from a state far before.
        if !(kept * self.every..=number).contains(&near) {
            self.look.go_to(self.states[kept].clone());
        }
        while self.look.state().steps < number && self.look.next_step()?.is_some() {}
        Ok(())
    }

    fn done(&mut self, number: usize) -> Result<Option<Done>, TrainError> {
        self.state_before(number)?;
        self.look.next_step()
    }

    /// Step `number`, from 0, as a walk.
    ///
    /// # Errors
    /// [`TrainError`] if it cannot be computed.
    pub fn walk(&mut self, number: usize) -> Result<Option<Walk>, TrainError> {
        let Some(done) = self.done(number)? else { return Ok(None) };
        let right = self.right_of(&done)?;
        Ok(Some(Walk::of_step(&done.step, done.values, right)))
    }

    /// The values of the same step without mistakes; only where both have the same arrays.
    fn right_of(&mut self, done: &Done) -> Result<Option<Values>, TrainError> {
        let Some(right) = &mut self.right else { return Ok(None) };
        let Some(other) = right.done(done.number)? else { return Ok(None) };
        let names = |done: &Done| -> Vec<String> {
            done.step.program.arrays().iter().map(|array| array.name.clone()).collect()
        };
        Ok((names(&other) == names(done)).then_some(other.values))
    }

    /// The slope of the loss along one number of a weight, by two losses before step `number`: `(loss(w + h) - loss(w - h)) / 2h`
    /// with `h` a thousandth of the weight's size, at least 0.001.
    ///
    /// # Errors
    /// [`TrainError`] if the step cannot be computed.
    pub fn slope(&mut self, number: usize, weight: &str, flat: usize) -> Result<Option<f32>, TrainError> {
        self.state_before(number)?;
        let step = self.look.program(number)?;
        let given = self.look.given(&step, number)?;
        let Some(old) = step.program.find(weight) else { return Ok(None) };
        let loss = |move_by: f32| -> Result<Option<f64>, TrainError> {
            let moved = given.iter().map(|(id, array)| {
                if *id != old {
                    return Some((*id, array.clone()));
                }
                let mut numbers = array.values().to_vec();
                *numbers.get_mut(flat)? += move_by;
                Some((*id, Array::new(array.shape().clone(), numbers)?))
            });
            let Some(moved) = moved.collect::<Option<Vec<_>>>() else { return Ok(None) };
            Ok(step.program.evaluate_given(&moved)?.of(step.loss).first().map(|&loss| f64::from(loss)))
        };
        let at = given.iter().find(|(id, _)| *id == old).and_then(|(_, array)| array.values().get(flat).copied());
        let h = at.map_or(0.001, |at| (at.abs() / 1000.0).max(0.001));
        let (Some(above), Some(below)) = (loss(h)?, loss(-h)?) else { return Ok(None) };
        Ok(Some(((above - below) / (2.0 * f64::from(h))) as f32))
    }

    /// What the network gives for these inputs with the weights before step `number` (after the last step: those at the end).
    ///
    /// # Errors
    /// [`TrainError`] if something does not fit.
    pub fn outputs(&mut self, number: usize, inputs: &[Vec<f32>]) -> Result<Vec<f32>, TrainError> {
        self.state_before(number)?;
        self.look.outputs(inputs)
    }
}
