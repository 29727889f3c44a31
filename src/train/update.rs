//! The update: new slots and new weights, as equations.
//!
//! For a weight `dense.kernel`: what the optimizer remembers is `dense.kernel.m` and so on, what it remembered before the step
//! `dense.kernel.m.before`; the new weight is `dense.kernel.new`, the old one minus `dense.kernel.step`.

use super::{Clip, Convention, Optimizer, OptimizerKind, TrainError, number, optimizer::rest};
use crate::equation::{Array, ArrayId, Function, Program, Read, Rule, Shape, over};

/// What an optimizer remembers of a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The moving mean of gradients.
    M,
    /// The moving mean of squares.
    V,
    /// The largest of those so far.
    VMax,
    /// The moving mean of gradients of a centered `RMSprop`.
    MeanGradient,
    /// The velocity.
    Velocity,
    /// The sum of squares.
    Accumulator,
    /// Gradients that were not set to zero: a mistake.
    Gradient,
}

impl Slot {
    /// Its name in addresses.
    pub fn stage(self) -> &'static str {
        match self {
            Self::M => "m",
            Self::V => "v",
            Self::VMax => "v_max",
            Self::MeanGradient => "mean_gradient",
            Self::Velocity => "velocity",
            Self::Accumulator => "accumulator",
            Self::Gradient => "gradient",
        }
    }

    /// Its name in a training file's `state`.
    pub fn in_file(self) -> &'static str {
        if self == Self::Velocity { "momentum" } else { self.stage() }
    }
}

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

    fn sgd(&mut self, old: ArrayId, gradient: ArrayId) -> Result<ArrayId, TrainError> {
        let optimizer = self.update.optimizer;
        if optimizer.momentum == 0.0 {
            let step = self.times_rate(gradient)?;
            return self.new_weight(old, step, Function::Subtract);
        }
        let momentum = ("momentum", optimizer.momentum);
        let before = self.before(Slot::Velocity)?;
        let kept = [self.fixed(momentum.0, momentum.1)?, self.here(before)];
        let kept = self.map("kept", Function::Multiply, &kept)?;
        if optimizer.convention == Convention::Keras {
            let step = self.times_rate(gradient)?;
            let velocity = [self.here(kept), self.here(step)];
            let velocity = self.map("velocity", Function::Subtract, &velocity)?;
            self.slots.push((Slot::Velocity, before, velocity));
            if !optimizer.nesterov {
                return self.new_weight(old, velocity, Function::Add);
            }
            let ahead = [self.fixed(momentum.0, momentum.1)?, self.here(velocity)];
            let ahead = self.map("ahead", Function::Multiply, &ahead)?;
            let moved = [self.here(ahead), self.here(step)];
            let moved = self.map("moved", Function::Subtract, &moved)?;
            return self.new_weight(old, moved, Function::Add);
        }
        let added = if optimizer.dampening == 0.0 {
            gradient
        } else {
            let share = [self.given("share")?, self.here(gradient)];
            self.map("added", Function::Multiply, &share)?
        };
        let velocity = [self.here(kept), self.here(added)];
        let velocity = self.map("velocity", Function::Add, &velocity)?;
        self.slots.push((Slot::Velocity, before, velocity));
        let mut direction = velocity;
        if optimizer.nesterov {
            let ahead = [self.fixed(momentum.0, momentum.1)?, self.here(velocity)];
            let ahead = self.map("ahead", Function::Multiply, &ahead)?;
            let sum = [self.here(gradient), self.here(ahead)];
            direction = self.map("direction", Function::Add, &sum)?;
        }
        let step = self.times_rate(direction)?;
        self.new_weight(old, step, Function::Subtract)
    }

    fn rmsprop(&mut self, old: ArrayId, gradient: ArrayId, square: ArrayId) -> Result<ArrayId, TrainError> {
        let optimizer = self.update.optimizer;
        let v = self.moving(Slot::V, ("rho", optimizer.rho), square)?;
        let mut mean_square = v;
        if optimizer.centered {
            let mean = self.moving(Slot::MeanGradient, ("rho", optimizer.rho), gradient)?;
            let of_mean = [self.here(mean)];
            let squared = self.map("mean_squared", Function::Square, &of_mean)?;
            let pair = [self.here(v), self.here(squared)];
            mean_square = self.map("variance", Function::Subtract, &pair)?;
        }
        let deviation = self.deviation(mean_square)?;
        let quotient = [self.here(gradient), self.here(deviation)];
        let quotient = self.map("quotient", Function::Divide, &quotient)?;
        if optimizer.momentum == 0.0 {
            let step = self.times_rate(quotient)?;
            return self.new_weight(old, step, Function::Subtract);
        }
        let before = self.before(Slot::Velocity)?;
        let kept = [self.fixed("momentum", optimizer.momentum)?, self.here(before)];
        let kept = self.map("kept", Function::Multiply, &kept)?;
        let keras = optimizer.convention == Convention::Keras;
        let added = if keras { self.times_rate(quotient)? } else { quotient };
        let velocity = [self.here(kept), self.here(added)];
        let velocity = self.map("velocity", Function::Add, &velocity)?;
        self.slots.push((Slot::Velocity, before, velocity));
        let step = if keras { velocity } else { self.times_rate(velocity)? };
        self.new_weight(old, step, Function::Subtract)
    }

    fn adagrad(&mut self, old: ArrayId, gradient: ArrayId, square: ArrayId) -> Result<ArrayId, TrainError> {
        let before = self.before(Slot::Accumulator)?;
        let sum = [self.here(before), self.here(square)];
        let sum = self.map("accumulator", Function::Add, &sum)?;
        self.slots.push((Slot::Accumulator, before, sum));
        let deviation = self.deviation(sum)?;
        let quotient = [self.here(gradient), self.here(deviation)];
        let quotient = self.map("quotient", Function::Divide, &quotient)?;
        let step = self.times_rate(quotient)?;
        self.new_weight(old, step, Function::Subtract)
    }

    fn adam(&mut self, old: ArrayId, gradient: ArrayId, square: ArrayId) -> Result<ArrayId, TrainError> {
        let optimizer = self.update.optimizer;
        let m = self.moving(Slot::M, ("beta_1", optimizer.beta_1), gradient)?;
        let mut v = self.moving(Slot::V, ("beta_2", optimizer.beta_2), square)?;
        if optimizer.amsgrad {
            let before = self.before(Slot::VMax)?;
            let pair = [self.here(before), self.here(v)];
            v = self.map("v_max", Function::Maximum, &pair)?;
            self.slots.push((Slot::VMax, before, v));
        }
        let m_hat = [self.here(m), self.given("correction_1")?];
        let m_hat = self.map("m_hat", Function::Divide, &m_hat)?;
        let v_hat = [self.here(v), self.given("correction_2")?];
        let v_hat = self.map("v_hat", Function::Divide, &v_hat)?;
        let root = [self.here(v_hat)];
        let root = self.map("root", Function::SquareRoot, &root)?;
        let deviation = [self.here(root), self.given("epsilon")?];
        let deviation = self.map("deviation", Function::Add, &deviation)?;
        let quotient = [self.here(m_hat), self.here(deviation)];
        let quotient = self.map("quotient", Function::Divide, &quotient)?;
        let step = self.times_rate(quotient)?;
        self.new_weight(old, step, Function::Subtract)
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

impl Line<'_, '_> {
    /// The gradient after it was cut, if gradients are cut.
    fn clipped(&mut self, gradient: ArrayId) -> Result<Option<ArrayId>, TrainError> {
        let norm = match self.update.optimizer.clip {
            None => return Ok(None),
            Some(Clip::Value(limit)) => {
                let below = [self.here(gradient), self.fixed("limit", limit)?];
                let below = self.map("below", Function::Minimum, &below)?;
                let above = [self.here(below), self.fixed("lower_limit", -limit)?];
                return Ok(Some(self.map("clipped", Function::Maximum, &above)?));
            }
            Some(Clip::Norm(_)) => {
                let all = Read::new(gradient, (0..self.shape.rank()).map(over));
                let program = &mut *self.update.program;
                let rule = Rule::Sum { over: self.shape.clone(), factors: vec![all.clone(), all] };
                let squares = program.equation(format!("{}.squares", self.name), Shape::SCALAR, rule)?;
                let root = Rule::map(Function::SquareRoot, [Read::same(squares, 0)]);
                program.equation(format!("{}.norm", self.name), Shape::SCALAR, root)?
            }
            Some(Clip::Global(_)) => match self.update.program.find("optimizer.norm") {
                Some(norm) => norm,
                None => return Ok(None),
            },
        };
        let Some(Clip::Norm(limit) | Clip::Global(limit)) = self.update.optimizer.clip else { return Ok(None) };
        let limit = self.fixed("limit", limit)?;
        let program = &mut *self.update.program;
        let longest = Rule::map(Function::Maximum, [Read::same(norm, 0), limit.clone()]);
        let longest = program.equation(format!("{}.longest", self.name), Shape::SCALAR, longest)?;
        let product = [self.here(gradient), limit];
        let product = self.map("times_limit", Function::Multiply, &product)?;
        let quotient = [self.here(product), Read::same(longest, 0)];
        Ok(Some(self.map("clipped", Function::Divide, &quotient)?))
    }
}
