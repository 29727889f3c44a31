//! Losses of numbers: errors and margins, one output at a time.
//!
//! ```text
//! error = output - target
//! mean, half, sum of squares   term = error^2, error^2 / 2, error^2      slope = 2 error, error, 2 error
//! mean absolute error          term = |error|                            slope = sign(error), 0 at 0
//! huber(delta)                 term = error^2 / 2 up to delta, then delta |error| - delta^2 / 2    slope = error within -delta .. delta
//! log_cosh                     term = |error| + softplus(-2 |error|) - ln 2                        slope = tanh(error)
//! hinge                        margin = 1 - label * output               term = max(margin, 0)     slope = -label where margin >= 0
//! squared_hinge                term = max(margin, 0)^2                   slope = -2 label max(margin, 0)
//! ```

use super::{Convention, Given, LossKind, Parts};
use crate::{
    equation::{ArrayId, Function, Read},
    network::Activation,
    train::TrainError,
};

impl Given<'_> {
    /// Losses of the error.
    pub(super) fn errors(&mut self) -> Result<Parts, TrainError> {
        let of = self.output.array;
        let pair = [self.here(of), self.here(self.target)];
        let error = self.map("error", Function::Subtract, &pair)?;
        let e = self.here(error);
        let (term, slope) = match self.loss.kind {
            LossKind::HalfSquaredError => {
                let square = self.map("square", Function::Square, std::slice::from_ref(&e))?;
                let halves = [self.number(0.5)?, self.here(square)];
                (self.map("term", Function::Multiply, &halves)?, error)
            }
            LossKind::MeanAbsoluteError => (
                self.map("term", Function::Absolute, std::slice::from_ref(&e))?,
                self.map("slope", Function::Sign, std::slice::from_ref(&e))?,
            ),
            LossKind::Huber | LossKind::SmoothL1 => self.huber(error)?,
            LossKind::LogCosh => {
                let size = self.map("size", Function::Absolute, std::slice::from_ref(&e))?;
                let twice = [self.number(-2.0)?, self.here(size)];
                let twice = self.map("twice", Function::Multiply, &twice)?;
                let soft = [self.here(twice)];
                let soft = self.map("soft", Function::Activation(Activation::Softplus), &soft)?;
                let sum = [self.here(size), self.here(soft)];
                let sum = self.map("sum_of_sizes", Function::Add, &sum)?;
                let less = [self.here(sum), self.number(std::f32::consts::LN_2)?];
                let term = self.map("term", Function::Subtract, &less)?;
                (term, self.map("slope", Function::Activation(Activation::Tanh), &[e])?)
            }
            _ => {
                let term = self.map("term", Function::Square, std::slice::from_ref(&e))?;
                let twice = [self.number(2.0)?, e];
                (term, self.map("slope", Function::Multiply, &twice)?)
            }
        };
        Ok(Parts::Terms { term, of, slope })
    }

    fn huber(&mut self, error: ArrayId) -> Result<(ArrayId, ArrayId), TrainError> {
        let (delta, e) = (self.loss.delta, self.here(error));
        let size = self.map("size", Function::Absolute, std::slice::from_ref(&e))?;
        let square = self.map("square", Function::Square, std::slice::from_ref(&e))?;
        let half = [self.number(0.5)?, self.here(square)];
        let half = self.map("half", Function::Multiply, &half)?;
        let line = [self.number(delta)?, self.here(size)];
        let line = self.map("line", Function::Multiply, &line)?;
        let straight = [self.here(line), self.number(0.5 * delta * delta)?];
        let straight = self.map("straight", Function::Subtract, &straight)?;
        let near = [self.number(delta)?, self.here(size)];
        let near = self.map("near", Function::AtLeast, &near)?;
        let scaled = self.loss.kind == LossKind::SmoothL1;
        let choice = [self.here(near), self.here(half), self.here(straight)];
        let mut term = self.map(if scaled { "chosen" } else { "term" }, Function::Select, &choice)?;
        let below = [e, self.number(delta)?];
        let below = self.map("below", Function::Minimum, &below)?;
        let within = [self.here(below), self.number(-delta)?];
        let mut slope = self.map(if scaled { "within" } else { "slope" }, Function::Maximum, &within)?;
        if scaled {
            let each = [self.here(term), self.number(delta)?];
            term = self.map("term", Function::Divide, &each)?;
            let each = [self.here(slope), self.number(delta)?];
            slope = self.map("slope", Function::Divide, &each)?;
        }
        Ok((term, slope))
    }

    /// Hinge and its square.
    pub(super) fn hinge(&mut self) -> Result<Parts, TrainError> {
        let of = self.output.array;
        let label = self.hinge_label()?;
        let product = [self.here(label), self.here(of)];
        let product = self.map("product", Function::Multiply, &product)?;
        let margin = [self.number(1.0)?, self.here(product)];
        let margin = self.map("margin", Function::Subtract, &margin)?;
        let zero = self.number(0.0)?;
        let above: [Read; 2] = [self.here(margin), zero.clone()];
        if self.loss.kind == LossKind::SquaredHinge {
            let hinge = self.map("hinge", Function::Maximum, &above)?;
            let of_hinge = [self.here(hinge)];
            let term = self.map("term", Function::Square, &of_hinge)?;
            let product = [self.number(-2.0)?, self.here(label), self.here(hinge)];
            let slope = self.map("slope", Function::Multiply, &product)?;
            return Ok(Parts::Terms { term, of, slope });
        }
        let term = self.map("term", Function::Maximum, &above)?;
        // TensorFlow's maximum hands the gradient to its first value where both are equal.
        let counts = self.map("counts", Function::AtLeast, &above)?;
        let turned = [self.here(label)];
        let turned = self.map("turned", Function::Negate, &turned)?;
        let product = [self.here(turned), self.here(counts)];
        let slope = self.map("slope", Function::Multiply, &product)?;
        Ok(Parts::Terms { term, of, slope })
    }

    fn hinge_label(&mut self) -> Result<ArrayId, TrainError> {
        if !self.labels.all_0_or_1 || self.loss.convention == Convention::Torch {
            return Ok(self.target);
        }
        let twice = [self.number(2.0)?, self.here(self.target)];
        let twice = self.map("twice", Function::Multiply, &twice)?;
        let less = [self.here(twice), self.number(1.0)?];
        self.map("label", Function::Subtract, &less)
    }
}
