//! The rule of each optimizer, and the clipping of gradients, as equations of one weight.

use super::{Clip, Convention, Line, Slot};
use crate::{
    equation::{ArrayId, Function, Read, Rule, Shape, over},
    train::TrainError,
};

impl Line<'_, '_> {
    pub(super) fn sgd(&mut self, old: ArrayId, gradient: ArrayId) -> Result<ArrayId, TrainError> {
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

    pub(super) fn rmsprop(&mut self, old: ArrayId, gradient: ArrayId, square: ArrayId) -> Result<ArrayId, TrainError> {
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

    pub(super) fn adagrad(&mut self, old: ArrayId, gradient: ArrayId, square: ArrayId) -> Result<ArrayId, TrainError> {
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

    pub(super) fn adam(&mut self, old: ArrayId, gradient: ArrayId, square: ArrayId) -> Result<ArrayId, TrainError> {
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

impl Line<'_, '_> {
    /// The gradient after it was cut, if gradients are cut.
    pub(super) fn clipped(&mut self, gradient: ArrayId) -> Result<Option<ArrayId>, TrainError> {
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
