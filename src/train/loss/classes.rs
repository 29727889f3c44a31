//! Losses of classes: cross-entropies, and the categorical hinge.
//!
//! ```text
//! binary, from logits q        term = max(q, 0) - q label + ln(1 + e^-|q|)              slope by q = sigmoid(q) - label
//! binary, from p               term = -(label ln p + (1 - label) ln(1 - p)), p clipped in Keras, ln p at least -100 in PyTorch
//! classes, from logits q       row = -sum of label (q - largest q - ln sum of e^(q - largest q))   slope by q = softmax(q) - label
//! classes, from p              row = -sum of label ln p, p divided by its sum and clipped in Keras
//! categorical_hinge            row = max(largest of (1 - label) output - sum of label output + 1, 0)
//! ```
//! A model that ends in Keras' own sigmoid or softmax hands its logits to the loss, and nothing is clipped.

use super::{Convention, Given, LossKind, Parts};
use crate::{
    equation::{Array, ArrayId, Function, Read, Rule, Which, over, own},
    network::Activation,
    train::TrainError,
};

/// Where Keras clips probabilities.
const CLIP: f32 = 1e-7;

impl Given<'_> {
    /// The logits if Keras or PyTorch computes from them, and the probabilities if they are there already.
    fn of_logits(&self, activation: Activation) -> Option<(ArrayId, Option<ArrayId>)> {
        if self.loss.from_logits {
            return Some((self.output.array, None));
        }
        let (logits, last) = self.logits?;
        let keras = self.loss.convention == Convention::Keras && !self.loss.from_probabilities;
        (keras && last == activation).then_some((logits, Some(self.output.array)))
    }

    /// The labels, moved towards `middle`.
    fn smoothed(&mut self, label: ArrayId, middle: f32) -> Result<ArrayId, TrainError> {
        let smoothing = self.loss.label_smoothing;
        if smoothing == 0.0 {
            return Ok(label);
        }
        let share = [self.number(1.0 - smoothing)?, self.here(label)];
        let share = self.map("share", Function::Multiply, &share)?;
        let moved = [self.here(share), self.number(smoothing * middle)?];
        self.map("label", Function::Add, &moved)
    }

    fn clipped(&mut self, p: ArrayId) -> Result<ArrayId, TrainError> {
        let below = [self.here(p), self.number(1.0 - CLIP)?];
        let below = self.map("below", Function::Minimum, &below)?;
        let above = [self.here(below), self.number(CLIP)?];
        self.map("clipped", Function::Maximum, &above)
    }

    pub(super) fn binary(&mut self) -> Result<Parts, TrainError> {
        let label = self.smoothed(self.target, 0.5)?;
        if let Some((q, p)) = self.of_logits(Activation::Sigmoid) {
            return self.binary_of_logits(q, p, label);
        }
        let torch = self.loss.convention == Convention::Torch;
        let of = self.output.array;
        let p = if torch { of } else { self.clipped(of)? };
        let one = self.number(1.0)?;
        let rest = [one.clone(), self.here(p)];
        let rest = self.map("rest", Function::Subtract, &rest)?;
        let mut logs = [(p, "log"), (rest, "log_of_rest")].into_iter();
        let mut log = |given: &mut Self| -> Result<ArrayId, TrainError> {
            let Some((of, name)) = logs.next() else { return Ok(p) };
            let of = [given.here(of)];
            if !torch {
                return given.map(name, Function::Logarithm, &of);
            }
            let plain = given.map(&format!("{name}_plain"), Function::Logarithm, &of)?;
            let least = [given.here(plain), given.number(-100.0)?];
            given.map(name, Function::Maximum, &least)
        };
        let (log, log_of_rest) = (log(self)?, log(self)?);
        let other = [one, self.here(label)];
        let other = self.map("other_label", Function::Subtract, &other)?;
        let yes = [self.here(label), self.here(log)];
        let yes = self.map("yes", Function::Multiply, &yes)?;
        let no = [self.here(other), self.here(log_of_rest)];
        let no = self.map("no", Function::Multiply, &no)?;
        let sum = [self.here(yes), self.here(no)];
        let sum = self.map("log_of_both", Function::Add, &sum)?;
        let sum = [self.here(sum)];
        let term = self.map("term", Function::Negate, &sum)?;
        if !torch {
            return Ok(Parts::PlainTerms { term });
        }
        // PyTorch: (p - label) / max(p (1 - p), 1e-12).
        let product = [self.here(p), self.here(rest)];
        let product = self.map("spread", Function::Multiply, &product)?;
        let least = [self.here(product), self.number(1e-12)?];
        let least = self.map("at_least", Function::Maximum, &least)?;
        let gap = [self.here(p), self.here(label)];
        let gap = self.map("gap", Function::Subtract, &gap)?;
        let quotient = [self.here(gap), self.here(least)];
        let slope = self.map("slope", Function::Divide, &quotient)?;
        Ok(Parts::Terms { term, of, slope })
    }

    fn binary_of_logits(&mut self, q: ArrayId, p: Option<ArrayId>, label: ArrayId) -> Result<Parts, TrainError> {
        if let Some(weights) = self.loss.positive_weight.clone() {
            return self.weighted_binary(q, label, weights);
        }
        let (zero, at) = (self.number(0.0)?, self.here(q));
        let positive = self.map("positive", Function::Maximum, &[at.clone(), zero])?;
        let product = [at.clone(), self.here(label)];
        let product = self.map("product", Function::Multiply, &product)?;
        let size = self.map("size", Function::Absolute, std::slice::from_ref(&at))?;
        let size = [self.here(size)];
        let turned = self.map("turned", Function::Negate, &size)?;
        let turned = [self.here(turned)];
        let soft = self.map("soft", Function::Activation(Activation::Softplus), &turned)?;
        let gap = [self.here(positive), self.here(product)];
        let gap = self.map("gap", Function::Subtract, &gap)?;
        let sum = [self.here(gap), self.here(soft)];
        let term = self.map("term", Function::Add, &sum)?;
        let p = match p {
            Some(p) => p,
            None => self.map("p", Function::Activation(Activation::Sigmoid), &[at])?,
        };
        let slope = [self.here(p), self.here(label)];
        let slope = self.map("slope", Function::Subtract, &slope)?;
        Ok(Parts::Terms { term, of: q, slope })
    }

    /// PyTorch's `pos_weight`: `(1 - label) softplus(q) + weight label softplus(-q)`.
    fn weighted_binary(&mut self, q: ArrayId, label: ArrayId, weights: Vec<f32>) -> Result<Parts, TrainError> {
        let n = self.outputs();
        let weights = if weights.len() == 1 { vec![weights[0]; n] } else { weights };
        let got = weights.len();
        let Some(weights) = Array::new([n], weights) else {
            return Err(TrainError::Lengths { what: "pos_weight".to_owned(), expected: n, got });
        };
        let weights = self.program.constant("loss.positive_weight", weights)?;
        let last = self.rank() - 1;
        let soft = Function::Activation(Activation::Softplus);
        let at = [self.here(q)];
        let of_no = self.map("soft", soft, &at)?;
        let turned = self.map("turned", Function::Negate, &at)?;
        let turned = [self.here(turned)];
        let of_yes = self.map("soft_of_yes", soft, &turned)?;
        let other = [self.number(1.0)?, self.here(label)];
        let other = self.map("other_label", Function::Subtract, &other)?;
        let no = [self.here(other), self.here(of_no)];
        let no = self.map("no", Function::Multiply, &no)?;
        let yes = [Read::new(weights, [own(last)]), self.here(label), self.here(of_yes)];
        let yes = self.map("yes", Function::Multiply, &yes)?;
        let sum = [self.here(no), self.here(yes)];
        Ok(Parts::PlainTerms { term: self.map("term", Function::Add, &sum)? })
    }

    /// 1 for the class that a label names, else 0.
    fn one_hot(&mut self) -> Result<ArrayId, TrainError> {
        let n = self.outputs();
        let numbers: Vec<f32> = (0..n).map(|class| class as f32).collect();
        let Some(numbers) = Array::new([n], numbers) else { return Ok(self.target) };
        let numbers = self.program.constant("loss.class", numbers)?;
        let pair = [self.of_row(self.target), Read::new(numbers, [own(self.rank() - 1)])];
        self.map("one_hot", Function::Equals, &pair)
    }

    /// PyTorch's weight of each row's class, if classes are weighed.
    fn row_weight(&mut self, label: ArrayId) -> Result<Option<ArrayId>, TrainError> {
        let Some(weights) = self.loss.class_weight.clone() else { return Ok(None) };
        let (n, got) = (self.outputs(), weights.len());
        let Some(weights) = Array::new([n], weights) else {
            return Err(TrainError::Lengths { what: "weight".to_owned(), expected: n, got });
        };
        let weights = self.program.constant("loss.weight_of_class", weights)?;
        let last = self.rank() - 1;
        let along = [Read::new(label, (0..last).map(own).chain([over(0)])), Read::new(weights, [over(0)])];
        let shape = self.outer();
        Ok(Some(self.stage("class_weight", shape, Rule::sum([n], along))?))
    }

    pub(super) fn classes(&mut self) -> Result<Parts, TrainError> {
        let sparse = self.loss.kind.is_sparse();
        let label = if sparse { self.one_hot()? } else { self.target };
        let weight = self.row_weight(label)?;
        let label = self.smoothed(label, 1.0 / self.outputs() as f32)?;
        let torch = self.loss.convention == Convention::Torch;
        if self.loss.kind == LossKind::NegativeLogLikelihood {
            let of = self.output.array;
            let turned = [self.here(label)];
            let slope = self.map("slope", Function::Negate, &turned)?;
            let found = self.summed("found", &[label, of])?;
            return self.negative_row(found, of, slope, weight);
        }
        let logits = if torch { Some((self.output.array, None)) } else { self.of_logits(Activation::Softmax) };
        match logits {
            Some((q, p)) => self.classes_of_logits(q, p, label, weight),
            None => self.classes_of_probabilities(label, sparse),
        }
    }

    /// The row's loss is minus `found`, times the row's weight.
    fn negative_row(
        &mut self,
        found: ArrayId,
        of: ArrayId,
        slope: ArrayId,
        weight: Option<ArrayId>,
    ) -> Result<Parts, TrainError> {
        let (outer, found) = (self.outer(), self.of_row(found));
        let Some(weight) = weight else {
            let row = self.stage("row", outer, Rule::map(Function::Negate, [found]))?;
            return Ok(Parts::Rows { row, of, slope });
        };
        let turned = self.stage("turned", outer.clone(), Rule::map(Function::Negate, [found]))?;
        let product = [self.of_row(turned), self.of_row(weight)];
        let row = self.stage("row", outer, Rule::map(Function::Multiply, product))?;
        let product = [self.here(slope), self.of_row(weight)];
        let slope = self.map("weighted_slope", Function::Multiply, &product)?;
        Ok(Parts::Rows { row, of, slope })
    }

    fn classes_of_logits(
        &mut self,
        q: ArrayId,
        p: Option<ArrayId>,
        label: ArrayId,
        weight: Option<ArrayId>,
    ) -> Result<Parts, TrainError> {
        let (outer, n, last) = (self.outer(), self.outputs(), self.rank() - 1);
        let along = Read::new(q, (0..last).map(own).chain([over(0)]));
        let top = Rule::Extreme { over: [n].into(), of: along, which: Which::Largest };
        let top = self.stage("top", outer.clone(), top)?;
        let shifted = [self.here(q), self.of_row(top)];
        let shifted = self.map("shifted", Function::Subtract, &shifted)?;
        let power = [self.here(shifted)];
        let e = self.map("e", Function::Activation(Activation::Exponential), &power)?;
        let total = self.summed("total", &[e])?;
        let log = self.stage("log", outer, Rule::map(Function::Logarithm, [self.of_row(total)]))?;
        let log_p = [self.here(shifted), self.of_row(log)];
        let log_p = self.map("log_p", Function::Subtract, &log_p)?;
        let found = self.summed("found", &[label, log_p])?;
        let mut p = if let Some(p) = p {
            p
        } else {
            let share = [self.here(e), self.of_row(total)];
            self.map("p", Function::Share, &share)?
        };
        if !self.labels.sum_to_1 && !self.loss.kind.is_sparse() {
            let sum = self.summed("labels", &[label])?;
            let product = [self.here(p), self.of_row(sum)];
            p = self.map("p_of_labels", Function::Multiply, &product)?;
        }
        let slope = [self.here(p), self.here(label)];
        let slope = self.map("slope", Function::Subtract, &slope)?;
        self.negative_row(found, q, slope, weight)
    }

    fn classes_of_probabilities(&mut self, label: ArrayId, sparse: bool) -> Result<Parts, TrainError> {
        let outer = self.outer();
        let mut p = self.output.array;
        if !sparse {
            let sum = self.summed("total", &[p])?;
            let share = [self.here(p), self.of_row(sum)];
            p = self.map("p", Function::Divide, &share)?;
        }
        let clipped = self.clipped(p)?;
        let log = [self.here(clipped)];
        let log = self.map("log_p", Function::Logarithm, &log)?;
        let found = self.summed("found", &[label, log])?;
        let found = self.of_row(found);
        if !sparse {
            return Ok(Parts::PlainRows { row: self.stage("row", outer, Rule::map(Function::Negate, [found]))? });
        }
        // Keras hands ln(p) on as logits, so their powers are summed up once more.
        let total = self.summed("total", &[clipped])?;
        let total = self.of_row(total);
        let log = self.stage("log_total", outer.clone(), Rule::map(Function::Logarithm, [total]))?;
        let gap = [self.of_row(log), found];
        Ok(Parts::PlainRows { row: self.stage("row", outer, Rule::map(Function::Subtract, gap))? })
    }

    pub(super) fn categorical_hinge(&mut self) -> Result<Parts, TrainError> {
        let (label, of, outer) = (self.target, self.output.array, self.outer());
        let right = self.summed("right", &[label, of])?;
        let other = [self.number(1.0)?, self.here(label)];
        let other = self.map("other_label", Function::Subtract, &other)?;
        let product = [self.here(other), self.here(of)];
        let product = self.map("wrong", Function::Multiply, &product)?;
        let along = Read::new(product, (0..self.rank() - 1).map(own).chain([over(0)]));
        let worst = Rule::Extreme { over: [self.outputs()].into(), of: along, which: Which::Largest };
        let worst = self.stage("worst", outer.clone(), worst)?;
        let gap = [self.of_row(worst), self.of_row(right)];
        let gap = self.stage("gap", outer.clone(), Rule::map(Function::Subtract, gap))?;
        let margin = [self.of_row(gap), self.number(1.0)?];
        let margin = self.stage("margin", outer.clone(), Rule::map(Function::Add, margin))?;
        let positive = [self.of_row(margin), self.number(0.0)?];
        Ok(Parts::PlainRows { row: self.stage("row", outer, Rule::map(Function::Maximum, positive))? })
    }
}
