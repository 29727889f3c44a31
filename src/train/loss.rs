//! Losses: how wrong the output is, as equations, and the gradient that the backward pass begins with.
//!
//! ```text
//! term[b,j]  what output j of row b adds       row[b] = sum over j of term[b,j], divided by the outputs where it is a mean
//! loss       = sum over b of row[b], divided by the rows unless it is a sum
//! slope[b,j] = d term[b,j] / d output[b,j]     so da[b,j] = slope[b,j] / outputs / rows
//! ```
//! Losses that have no short slope (clipped probabilities, categorical hinge) have no stage `slope`: their gradient is made from their
//! equations, like that of every operation. Sources: `keras/src/losses/losses.py`, `keras/src/backend/tensorflow/nn.py`, `torch/nn/modules/loss.py`.

mod classes;
mod numbers;

use super::{TrainError, backward::Seed, number};
use crate::{
    equation::{ArrayId, Function, Program, Read, Rule, Shape, over, own},
    graph::Value,
    network::Activation,
};

/// Whose conventions: the two frameworks differ in reductions, clipping, epsilons and momentum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Convention {
    /// Keras 3 with TensorFlow.
    #[default]
    Keras,
    /// PyTorch.
    Torch,
}

/// Which loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossKind {
    /// The mean of the squares of the errors.
    MeanSquaredError,
    /// Half the sum of the squares: the loss of textbooks.
    HalfSquaredError,
    /// The sum of the squares.
    SumSquaredError,
    /// The mean of the absolute errors.
    MeanAbsoluteError,
    /// Squares near 0, absolute errors further away.
    Huber,
    /// The same as huber, divided by where the square ends.
    SmoothL1,
    /// `ln(cosh(error))`.
    LogCosh,
    /// `max(1 - label * output, 0)`.
    Hinge,
    /// The square of that.
    SquaredHinge,
    /// `max(largest wrong output - right output + 1, 0)`.
    CategoricalHinge,
    /// `-label ln p - (1 - label) ln(1 - p)`.
    BinaryCrossentropy,
    /// `-ln p` of the right class, the labels one-hot.
    CategoricalCrossentropy,
    /// `-ln p` of the right class, the labels numbers of classes.
    SparseCategoricalCrossentropy,
    /// `-output` of the right class, where the output is `ln p`.
    NegativeLogLikelihood,
}

/// How rows (and in PyTorch outputs) are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reduction {
    /// The mean.
    #[default]
    Mean,
    /// The sum.
    Sum,
}

/// A loss with its options.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// Which.
    pub kind: LossKind,
    /// Whose.
    pub convention: Convention,
    /// Mean or sum.
    pub reduction: Reduction,
    /// Whether the output is logits, not probabilities.
    pub from_logits: bool,
    /// Whether Keras sees probabilities only, because the last activation is written out as a formula.
    pub from_probabilities: bool,
    /// Where huber becomes straight.
    pub delta: f32,
    /// How far labels are moved towards the middle.
    pub label_smoothing: f32,
    /// PyTorch's `pos_weight` of binary cross-entropy with logits: one for each output, or one.
    pub positive_weight: Option<Vec<f32>>,
    /// PyTorch's `weight` of each class.
    pub class_weight: Option<Vec<f32>>,
}

/// What is known of the labels, where a loss treats some specially.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Labels {
    /// Whether all of a batch are 0 or 1: Keras' hinge makes them -1 and 1.
    pub all_0_or_1: bool,
    /// Whether those of each row sum up to 1.
    pub sum_to_1: bool,
}

impl Labels {
    /// Of the labels of a batch, `outputs` for each row.
    pub fn of(labels: &[f32], outputs: usize) -> Self {
        Self {
            all_0_or_1: labels.iter().all(|&y| y == 0.0 || y == 1.0),
            sum_to_1: labels.chunks(outputs.max(1)).all(|row| (row.iter().sum::<f32>() - 1.0).abs() < 1e-6),
        }
    }
}

impl LossKind {
    /// Every loss with its name, as Keras writes it in snake case; other names of the same loss follow.
    pub const NAMES: &[(&str, Self)] = &[
        ("mean_squared_error", Self::MeanSquaredError),
        ("half_squared_error", Self::HalfSquaredError),
        ("sum_squared_error", Self::SumSquaredError),
        ("mean_absolute_error", Self::MeanAbsoluteError),
        ("huber", Self::Huber),
        ("smooth_l1", Self::SmoothL1),
        ("log_cosh", Self::LogCosh),
        ("hinge", Self::Hinge),
        ("squared_hinge", Self::SquaredHinge),
        ("categorical_hinge", Self::CategoricalHinge),
        ("binary_crossentropy", Self::BinaryCrossentropy),
        ("categorical_crossentropy", Self::CategoricalCrossentropy),
        ("sparse_categorical_crossentropy", Self::SparseCategoricalCrossentropy),
        ("nll", Self::NegativeLogLikelihood),
        ("mse", Self::MeanSquaredError),
        ("mae", Self::MeanAbsoluteError),
        ("l1", Self::MeanAbsoluteError),
        ("logcosh", Self::LogCosh),
        ("bce", Self::BinaryCrossentropy),
        ("bce_with_logits", Self::BinaryCrossentropy),
        ("binary_cross_entropy", Self::BinaryCrossentropy),
        ("cross_entropy", Self::SparseCategoricalCrossentropy),
        ("categorical_cross_entropy", Self::CategoricalCrossentropy),
        ("sparse_categorical_cross_entropy", Self::SparseCategoricalCrossentropy),
        ("nll_loss", Self::NegativeLogLikelihood),
        ("half_mean_squared_error", Self::HalfSquaredError),
    ];

    /// The name that Keras has for it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether a label is the number of a class.
    pub fn is_sparse(self) -> bool {
        matches!(self, Self::SparseCategoricalCrossentropy | Self::NegativeLogLikelihood)
    }
}

impl Loss {
    /// A loss of this name, as the framework has it by default.
    ///
    /// # Errors
    /// [`TrainError::Loss`] if no loss is called so.
    pub fn named(name: &str, convention: Convention) -> Result<Self, TrainError> {
        let plain = name.trim().to_ascii_lowercase().replace('-', "_");
        let Some(&(_, kind)) = LossKind::NAMES.iter().find(|(known, _)| *known == plain) else {
            let known: Vec<&str> = LossKind::NAMES[..14].iter().map(|(name, _)| *name).collect();
            return Err(TrainError::Loss { name: name.to_owned(), known: known.join(", ") });
        };
        let from_logits = matches!(plain.as_str(), "bce_with_logits" | "cross_entropy");
        Ok(Self {
            kind,
            convention,
            reduction: Reduction::Mean,
            from_logits,
            from_probabilities: false,
            delta: 1.0,
            label_smoothing: 0.0,
            positive_weight: None,
            class_weight: None,
        })
    }

    /// How many labels a row has for an output of this shape (without the rows).
    pub fn labels(&self, output: &Shape) -> Shape {
        if self.kind.is_sparse() { output.without_axis(output.rank().saturating_sub(1)) } else { output.clone() }
    }
}

/// Where the loss is in a program, and where the backward pass begins.
#[derive(Debug)]
pub(super) struct Built {
    /// The loss, a single number.
    pub(super) loss: ArrayId,
    /// One number for each row; where PyTorch has one for each output, for each output.
    pub(super) rows: ArrayId,
    pub(super) seed: Seed,
}

/// What a loss is made of.
pub(super) struct Given<'a> {
    pub(super) program: &'a mut Program,
    /// (rows, .., outputs)
    pub(super) output: Value,
    /// What the last activation took, and which it is, if it is one.
    pub(super) logits: Option<(ArrayId, Activation)>,
    pub(super) target: ArrayId,
    pub(super) labels: Labels,
    pub(super) loss: &'a Loss,
    /// What the loss is called: `loss`, or `loss.data` where something is added to it.
    pub(super) name: &'static str,
}

/// What the parts of a loss give.
pub(super) enum Parts {
    /// A number for each output, and its slope by `of`.
    Terms { term: ArrayId, of: ArrayId, slope: ArrayId },
    /// A number for each row, and its slope by `of`.
    Rows { row: ArrayId, of: ArrayId, slope: ArrayId },
    /// A number for each output, whose gradient is made from the equations.
    PlainTerms { term: ArrayId },
    /// A number for each row, whose gradient is made from the equations.
    PlainRows { row: ArrayId },
}

/// Adds the equations of a loss.
pub(super) fn build(mut given: Given<'_>) -> Result<Built, TrainError> {
    let parts = match given.loss.kind {
        LossKind::CategoricalHinge => given.categorical_hinge()?,
        LossKind::BinaryCrossentropy => given.binary()?,
        LossKind::CategoricalCrossentropy
        | LossKind::SparseCategoricalCrossentropy
        | LossKind::NegativeLogLikelihood => given.classes()?,
        LossKind::Hinge | LossKind::SquaredHinge => given.hinge()?,
        _ => given.errors()?,
    };
    given.reduced(&parts)
}

impl Given<'_> {
    pub(super) fn rank(&self) -> usize {
        self.output.rank()
    }

    /// (rows, ..), without the outputs.
    pub(super) fn outer(&self) -> Shape {
        self.output.shape.without_axis(self.rank() - 1)
    }

    pub(super) fn outputs(&self) -> usize {
        self.output.axes().last().copied().unwrap_or(1)
    }

    pub(super) fn stage(&mut self, name: &str, shape: Shape, rule: Rule) -> Result<ArrayId, TrainError> {
        Ok(self.program.equation(format!("loss.{name}"), shape, rule)?)
    }

    /// A function of numbers of the outputs' shape.
    pub(super) fn map(&mut self, name: &str, function: Function, of: &[Read]) -> Result<ArrayId, TrainError> {
        let shape = self.output.shape.clone();
        self.stage(name, shape, Rule::map(function, of))
    }

    pub(super) fn here(&self, array: ArrayId) -> Read {
        Read::same(array, self.rank())
    }

    /// A value of a row, for an equation of the outputs' shape or of the rows'.
    pub(super) fn of_row(&self, array: ArrayId) -> Read {
        Read::same(array, self.rank() - 1)
    }

    pub(super) fn number(&mut self, value: f32) -> Result<Read, TrainError> {
        number(self.program, value)
    }

    /// The sum over the outputs of a product.
    pub(super) fn summed(&mut self, name: &str, factors: &[ArrayId]) -> Result<ArrayId, TrainError> {
        let last = self.rank() - 1;
        let along = |&array: &ArrayId| Read::new(array, (0..last).map(own).chain([over(0)]));
        let rule = Rule::sum([self.outputs()], factors.iter().map(along).collect::<Vec<_>>());
        let shape = self.outer();
        self.stage(name, shape, rule)
    }

    fn reduced(mut self, parts: &Parts) -> Result<Built, TrainError> {
        let (loss, outputs) = (self.loss, self.outputs());
        // Keras' mean over the outputs belongs to the loss of a row; PyTorch's belongs to the reduction.
        let is_sum = matches!(loss.kind, LossKind::HalfSquaredError | LossKind::SumSquaredError)
            || (loss.convention == Convention::Torch && loss.reduction == Reduction::Sum);
        let per_output = !is_sum;
        let rows = self.outer().size();
        let (row, per, of, slope, terms) = match *parts {
            Parts::Terms { term, of, slope } => (None, term, of, Some(slope), true),
            Parts::PlainTerms { term } => (None, term, term, None, true),
            Parts::Rows { row, of, slope } => (Some(row), row, of, Some(slope), false),
            Parts::PlainRows { row } => (Some(row), row, row, None, false),
        };
        let divide_outputs = terms && per_output && outputs > 1;
        let row = match row {
            Some(row) => row,
            None if !divide_outputs => self.summed("row", &[per])?,
            None => {
                let sum = self.summed("sum_of_row", &[per])?;
                let (shape, n) = (self.outer(), self.number(outputs as f32)?);
                let quotient = Rule::map(Function::Divide, [self.of_row(sum), n]);
                self.stage("row", shape, quotient)?
            }
        };
        // PyTorch weighs classes: the mean is over the weights then.
        let weights = self.program.find("loss.class_weight");
        let all = |array: ArrayId, rank: usize| Read::new(array, (0..rank).map(over));
        let rank = self.rank() - 1;
        let divisor = match (loss.reduction, weights) {
            (Reduction::Mean, Some(weights)) => {
                let total = Rule::sum(self.outer(), [all(weights, rank)]);
                Some(Read::same(self.stage("weights", Shape::SCALAR, total)?, 0))
            }
            (Reduction::Mean, None) if rows > 1 => Some(self.number(rows as f32)?),
            _ => None,
        };
        let sum = Rule::sum(self.outer(), [all(row, rank)]);
        let loss = match &divisor {
            None => self.program.equation(self.name, Shape::SCALAR, sum)?,
            Some(divisor) => {
                let sum = self.stage("sum", Shape::SCALAR, sum)?;
                self.program.equation(
                    self.name,
                    Shape::SCALAR,
                    Rule::map(Function::Divide, [Read::same(sum, 0), divisor.clone()]),
                )?
            }
        };
        let seed = if let Some(slope) = slope {
            let mut of_slope = vec![self.here(slope)];
            if divide_outputs {
                of_slope.push(self.number(outputs as f32)?);
            }
            of_slope.extend(divisor);
            let rule = if of_slope.len() == 1 {
                Rule::copy(of_slope.remove(0))
            } else {
                Rule::map(Function::Divide, of_slope)
            };
            Seed { of, by: loss, rule }
        } else {
            let one = self.number(1.0)?;
            let rule = match divisor {
                None => Rule::copy(one),
                Some(divisor) => Rule::map(Function::Divide, [one, divisor]),
            };
            Seed { of: row, by: loss, rule }
        };
        let per_output =
            self.loss.convention == Convention::Torch && terms && self.loss.kind != LossKind::HalfSquaredError;
        Ok(Built { loss, rows: if per_output { per } else { row }, seed })
    }
}
