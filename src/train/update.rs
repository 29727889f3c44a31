//! The update: new slots and new weights, as equations.
//!
//! For a weight `dense.kernel`: what the optimizer remembers is `dense.kernel.m` and so on, what it remembered before the step
//! `dense.kernel.m.before`; the new weight is `dense.kernel.new`, the old one minus `dense.kernel.step`.

mod rules;
mod slot;

pub use slot::Slot;

use super::{Clip, Convention, Optimizer, OptimizerKind, TrainError, number, optimizer::rest};
use crate::equation::{Array, ArrayId, Function, Program, Read, Rule, Shape, over};

/// A weight in a program of a training step.
#[derive(Debug, Clone)]
pub struct WeightLine {
    /// Its name: `dense.kernel`.
    pub name: String,
    /// The array.
    pub old: ArrayId,
    /// Its gradient, if the loss depends on it.
    pub gradient: Option<ArrayId>,
    /// The array after the step; `None` if it stays.
    pub new: Option<ArrayId>,
    /// What is remembered: before and after.
    pub slots: Vec<(Slot, ArrayId, ArrayId)>,
}

/// The optimizer's numbers in a program, those that change from step to step.
#[derive(Debug, Clone, Default)]
pub(super) struct Scalars {
    pub(super) rate: Option<ArrayId>,
    pub(super) share: Option<ArrayId>,
    pub(super) correction_1: Option<ArrayId>,
    pub(super) correction_2: Option<ArrayId>,
    pub(super) epsilon: Option<ArrayId>,
}

impl Scalars {
    /// Their values in step `t`, from 1.
    pub(super) fn values(&self, optimizer: &Optimizer, t: usize) -> Vec<(ArrayId, Vec<f32>)> {
        let second = optimizer.correction(optimizer.beta_2, t);
        let epsilon = match optimizer.convention {
            Convention::Keras => optimizer.epsilon / second.sqrt(),
            Convention::Torch => optimizer.epsilon,
        };
        let share = if t == 1 { 1.0 } else { rest(optimizer.dampening) };
        let all = [
            (self.rate, optimizer.rate_at(t)),
            (self.share, share),
            (self.correction_1, optimizer.correction(optimizer.beta_1, t)),
            (self.correction_2, second),
            (self.epsilon, epsilon),
        ];
        all.into_iter().filter_map(|(id, value)| Some((id?, vec![value]))).collect()
    }
}

/// Writes the updates of one program.
pub(super) struct Update<'a> {
    pub(super) program: &'a mut Program,
    pub(super) optimizer: &'a Optimizer,
    pub(super) scalars: Scalars,
}

/// The equations of one weight while they are written.
struct Line<'u, 'a> {
    update: &'u mut Update<'a>,
    name: String,
    shape: Shape,
    slots: Vec<(Slot, ArrayId, ArrayId)>,
}

impl Line<'_, '_> {
    fn map(&mut self, stage: &str, function: Function, of: &[Read]) -> Result<ArrayId, TrainError> {
        let name = format!("{}.{stage}", self.name);
        Ok(self.update.program.equation(name, self.shape.clone(), Rule::map(function, of))?)
    }

    fn here(&self, array: ArrayId) -> Read {
        Read::same(array, self.shape.rank())
    }

    fn before(&mut self, slot: Slot) -> Result<ArrayId, TrainError> {
        Ok(self.update.program.input(format!("{}.{}.before", self.name, slot.stage()), self.shape.clone())?)
    }

    /// A number that is the same in all steps.
    fn fixed(&mut self, name: &str, value: f32) -> Result<Read, TrainError> {
        let name = format!("optimizer.{name}");
        let id = match self.update.program.find(&name) {
            Some(id) => id,
            None => self.update.program.constant(name, Array::scalar(value))?,
        };
        Ok(Read::same(id, 0))
    }

    fn given(&mut self, name: &str) -> Result<Read, TrainError> {
        let full = format!("optimizer.{name}");
        let id = match self.update.program.find(&full) {
            Some(id) => id,
            None => self.update.program.input(full, Shape::SCALAR)?,
        };
        let scalars = &mut self.update.scalars;
        match name {
            "rate" => scalars.rate = Some(id),
            "share" => scalars.share = Some(id),
            "correction_1" => scalars.correction_1 = Some(id),
            "correction_2" => scalars.correction_2 = Some(id),
            _ => scalars.epsilon = Some(id),
        }
        Ok(Read::same(id, 0))
    }

    /// `share * before + (1 - share) * value`.
    fn moving(&mut self, slot: Slot, share: (&str, f32), value: ArrayId) -> Result<ArrayId, TrainError> {
        let before = self.before(slot)?;
        let (stage, (share_name, share)) = (slot.stage(), share);
        let kept = [self.fixed(share_name, share)?, self.here(before)];
        let kept = self.map(&format!("{stage}_kept"), Function::Multiply, &kept)?;
        let added = [self.fixed(&format!("rest_of_{share_name}"), rest(share))?, self.here(value)];
        let added = self.map(&format!("{stage}_added"), Function::Multiply, &added)?;
        let sum = [self.here(kept), self.here(added)];
        let after = self.map(stage, Function::Add, &sum)?;
        self.slots.push((slot, before, after));
        Ok(after)
    }

    fn squares(&mut self, gradient: ArrayId, looked_up: Option<(ArrayId, ArrayId)>) -> Result<ArrayId, TrainError> {
        let gradient = self.here(gradient);
        match looked_up.filter(|_| self.update.optimizer.convention == Convention::Keras) {
            None => self.map("square", Function::Square, &[gradient]),
            // Keras squares the gradient of each looked-up row by itself.
            Some((hits, rows)) => {
                let program = &mut *self.update.program;
                let outer = program.shape(hits).rank() - 1;
                let times = program.shape(hits).without_axis(outer);
                let hit = Read::new(hits, (0..outer).map(over).chain([crate::equation::own(0)]));
                let row = Read::new(rows, (0..outer).map(over).chain([crate::equation::own(1)]));
                let rule = Rule::Sum { over: times, factors: vec![hit, row.clone(), row] };
                Ok(program.equation(format!("{}.square", self.name), self.shape.clone(), rule)?)
            }
        }
    }

    /// `sqrt(of + epsilon)` in Keras, `sqrt(of) + epsilon` in PyTorch.
    fn deviation(&mut self, of: ArrayId) -> Result<ArrayId, TrainError> {
        let epsilon = self.fixed("epsilon", self.update.optimizer.epsilon)?;
        match self.update.optimizer.convention {
            Convention::Keras => {
                let spread = [self.here(of), epsilon];
                let spread = self.map("spread", Function::Add, &spread)?;
                let spread = [self.here(spread)];
                self.map("deviation", Function::SquareRoot, &spread)
            }
            Convention::Torch => {
                let root = [self.here(of)];
                let root = self.map("root", Function::SquareRoot, &root)?;
                let sum = [self.here(root), epsilon];
                self.map("deviation", Function::Add, &sum)
            }
        }
    }

    fn new_weight(&mut self, old: ArrayId, step: ArrayId, function: Function) -> Result<ArrayId, TrainError> {
        let pair = [self.here(old), self.here(step)];
        self.map("new", function, &pair)
    }

    fn times_rate(&mut self, of: ArrayId) -> Result<ArrayId, TrainError> {
        let product = [self.given("rate")?, self.here(of)];
        self.map("step", Function::Multiply, &product)
    }
}

impl Update<'_> {
    /// The update of one weight.
    pub(super) fn weight(
        &mut self,
        name: &str,
        old: ArrayId,
        gradient: ArrayId,
        looked_up: Option<(ArrayId, ArrayId)>,
    ) -> Result<WeightLine, TrainError> {
        let optimizer = self.optimizer;
        let shape = self.program.shape(old).clone();
        let mut line = Line { update: self, name: name.to_owned(), shape, slots: Vec::new() };
        let (whole, mut used, mut from) = (gradient, gradient, old);
        let mut looked_up = looked_up;
        if let Some(clipped) = line.clipped(gradient)? {
            (used, looked_up) = (clipped, None);
        }
        let decay = optimizer.weight_decay;
        if decay != 0.0 && (optimizer.convention == Convention::Keras || optimizer.kind == OptimizerKind::AdamW) {
            let product = [line.given("rate")?, line.fixed("weight_decay", decay)?, line.here(old)];
            let product = line.map("decay", Function::Multiply, &product)?;
            let pair = [line.here(old), line.here(product)];
            from = line.map("decayed", Function::Subtract, &pair)?;
        } else if decay != 0.0 {
            let product = [line.fixed("weight_decay", decay)?, line.here(old)];
            let product = line.map("decay", Function::Multiply, &product)?;
            let pair = [line.here(used), line.here(product)];
            used = line.map("decayed_gradient", Function::Add, &pair)?;
        }
        let new = if optimizer.kind == OptimizerKind::Sgd {
            line.sgd(from, used)?
        } else {
            let square = line.squares(used, looked_up)?;
            match optimizer.kind {
                OptimizerKind::RmsProp => line.rmsprop(from, used, square)?,
                OptimizerKind::Adagrad => line.adagrad(from, used, square)?,
                _ => line.adam(from, used, square)?,
            }
        };
        let slots = line.slots;
        Ok(WeightLine { name: name.to_owned(), old, gradient: Some(whole), new: Some(new), slots })
    }

    /// The new moving mean and variance of a batch normalization: `share * old + (1 - share) * of the batch`.
    pub(super) fn moving(
        &mut self,
        name: &str,
        old: ArrayId,
        batch: ArrayId,
        share: f32,
        factor: f32,
    ) -> Result<WeightLine, TrainError> {
        let shape = self.program.shape(old).clone();
        let mut line = Line { update: self, name: name.to_owned(), shape, slots: Vec::new() };
        let kept = [line.fixed(&format!("keeps_{share}"), share)?, line.here(old)];
        let kept = line.map("kept", Function::Multiply, &kept)?;
        let mut added = vec![line.fixed(&format!("adds_{share}"), rest(share))?, line.here(batch)];
        if factor != 1.0 {
            added.push(number(line.update.program, factor)?);
        }
        let added = line.map("added", Function::Multiply, &added)?;
        let sum = [line.here(kept), line.here(added)];
        let new = line.map("new", Function::Add, &sum)?;
        Ok(WeightLine { name: name.to_owned(), old, gradient: None, new: Some(new), slots: Vec::new() })
    }

    /// The length of all gradients together, as one number, for [`Clip::Global`].
    pub(super) fn global_norm(&mut self, gradients: &[(String, ArrayId)]) -> Result<(), TrainError> {
        if !matches!(self.optimizer.clip, Some(Clip::Global(_))) {
            return Ok(());
        }
        let mut parts = Vec::new();
        for (name, gradient) in gradients {
            let shape = self.program.shape(*gradient).clone();
            let all = Read::new(*gradient, (0..shape.rank()).map(over));
            let rule = Rule::Sum { over: shape, factors: vec![all.clone(), all] };
            parts.push(Read::same(self.program.equation(format!("{name}.squares"), Shape::SCALAR, rule)?, 0));
        }
        let sum = self.program.equation("optimizer.squares", Shape::SCALAR, Rule::map(Function::Add, parts))?;
        let root = Rule::map(Function::SquareRoot, [Read::same(sum, 0)]);
        self.program.equation("optimizer.norm", Shape::SCALAR, root)?;
        Ok(())
    }
}
