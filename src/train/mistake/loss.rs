//! Mistakes between the output and the backward pass: factors, the batch, the loss itself.

use super::{Kind, Mistake, Of};
use crate::{
    equation::{ArrayId, Function, Rule},
    network::Activation,
    train::{Batches, LossKind, Reduction},
    words::training_mistake,
};

const SUM_FOR_MEAN: Kind = Kind { id: "sum-over-batch", common: 4.0, says: |_, _| training_mistake::sum_over_batch() };
const DIVIDED_TWICE: Kind = Kind { id: "divided-twice", common: 2.0, says: |_, _| training_mistake::divided_twice() };
const MEAN_FOR_SUM: Kind =
    Kind { id: "mean-over-batch", common: 2.0, says: |_, _| training_mistake::mean_over_batch() };
const FACTOR: Kind = Kind { id: "loss-factor", common: 5.0, says: |_, detail| training_mistake::loss_factor(detail) };
const OUTPUTS: Kind =
    Kind { id: "outputs-not-averaged", common: 2.0, says: |_, _| training_mistake::outputs_not_averaged() };
const SIGN: Kind = Kind { id: "sign", common: 3.0, says: |_, _| training_mistake::sign() };
const TWICE: Kind =
    Kind { id: "activation-twice", common: 2.0, says: |_, detail| training_mistake::activation_twice(detail) };
const TOO_MUCH: Kind =
    Kind { id: "extra-derivative", common: 3.0, says: |layer, _| training_mistake::extra_derivative(layer) };
const DIAGONAL: Kind =
    Kind { id: "softmax-diagonal", common: 2.0, says: |layer, _| training_mistake::softmax_diagonal(layer) };
const ROW: Kind = Kind { id: "one-row", common: 2.0, says: |_, detail| training_mistake::one_row(detail) };

/// The most rows of which one alone is tried.
const MOST_ROWS: usize = 16;

impl Of<'_> {
    /// The gradient that the backward pass begins with.
    fn first_gradient(&self) -> Option<(ArrayId, Vec<crate::equation::Read>)> {
        let program = &self.step.program;
        let slope = program.find("loss.slope").or_else(|| program.find("loss.weighted_slope"));
        let slope = slope.or_else(|| program.find("loss.error"))?;
        let after = program.equations().iter().skip(self.step.parts().0);
        let reads = |rule: &Rule| match rule {
            Rule::Map { function: Function::Divide | Function::Copy, of } => Some(of.clone()),
            _ => None,
        };
        let mut seeds = after.filter(|equation| {
            let stage = program.name(equation.array).rsplit_once('.').map_or("", |(_, stage)| stage);
            stage.starts_with('d') && reads(&equation.rule).is_some_and(|of| of[0].array == slope)
        });
        let seed = seeds.next()?;
        Some((seed.array, reads(&seed.rule)?))
    }

    pub(super) fn loss(&self, found: &mut Vec<Mistake>) {
        let rows = self.step.rows;
        if let Some((seed, reads)) = self.first_gradient() {
            self.factors(found, seed, &reads);
        }
        let training = self.training;
        if rows > 1 && training.loss.reduction == Reduction::Sum {
            found.push(Mistake::of_training(&MEAN_FOR_SUM, None, |training| training.loss.reduction = Reduction::Mean));
        }
        // Masks are those of all rows.
        if rows > 1 && training.masks.iter().all(std::collections::BTreeMap::is_empty) {
            for row in 0..rows.min(MOST_ROWS) {
                let alone = move |training: &mut crate::train::Training| {
                    let steps = training.steps().min(1 << 16);
                    let rows = (0..steps).map(|step| {
                        let batch = training.batch(step);
                        batch.get(row).or(batch.last()).map_or_else(Vec::new, |&row| vec![row])
                    });
                    training.batches = Batches::Lists(rows.collect());
                };
                found.push(Mistake::of_training(&ROW, Some(row.to_string()), alone));
            }
        }
        self.of_last_activation(found);
    }

    /// The gradient times or divided by a number that does not belong there, or does.
    fn factors(&self, found: &mut Vec<Mistake>, seed: ArrayId, reads: &[crate::equation::Read]) {
        let (rows, outputs) = (self.step.rows, self.outputs());
        let average = self.training.loss.reduction == Reduction::Mean && rows > 1;
        let divided = |of: Vec<crate::equation::Read>| {
            if of.len() == 1 { Rule::copy(of[0].clone()) } else { Rule::map(Function::Divide, of) }
        };
        if average && reads.len() > 1 {
            let without = divided(reads[..reads.len() - 1].to_vec());
            let sum = self.find("loss.sum");
            let loss = self.step.loss;
            found.push(Mistake::of_program(&SUM_FOR_MEAN, None, None, move |draft| {
                if let Some(sum) = sum {
                    draft.set(loss, Rule::copy(crate::equation::Read::same(sum, 0)))?;
                }
                draft.set(seed, without.clone())
            }));
            let mut twice = reads.to_vec();
            twice.extend(reads.last().cloned());
            let twice = divided(twice);
            found.push(Mistake::of_program(&DIVIDED_TWICE, None, None, move |draft| draft.set(seed, twice.clone())));
        }
        if outputs > 1 && reads.len() > if average { 2 } else { 1 } {
            let mut without = reads.to_vec();
            without.remove(1);
            let without = divided(without);
            found.push(Mistake::of_program(&OUTPUTS, None, None, move |draft| draft.set(seed, without.clone())));
        }
        let mut factors = vec![("2".to_owned(), 2.0), ("1/2".to_owned(), 0.5)];
        if outputs > 1 {
            factors.push((format!("1/{outputs}"), 1.0 / outputs as f32));
            factors.push((outputs.to_string(), outputs as f32));
        }
        factors.dedup_by(|a, b| a.1 == b.1);
        for (detail, factor) in factors {
            if outputs == 2
                && found.iter().any(|other| other.kind.id == FACTOR.id && other.detail.as_ref() == Some(&detail))
            {
                continue;
            }
            found.push(Mistake::of_program(&FACTOR, None, Some(detail), move |draft| {
                let factor = draft.number(factor)?;
                draft.wrap(seed, "loss.gradient", |plain| Rule::map(Function::Multiply, [plain, factor])).map(drop)
            }));
        }
        found.push(Mistake::of_program(&SIGN, None, None, move |draft| {
            draft.wrap(seed, "loss.gradient", |plain| Rule::map(Function::Negate, [plain])).map(drop)
        }));
    }

    fn outputs(&self) -> usize {
        let output = self.step.network().outputs().first().and_then(|&source| self.step.network().value(source));
        output.and_then(|value| value.axes().last().copied()).unwrap_or(1)
    }

    /// Sigmoid and softmax with a cross-entropy: taken twice, or derived once too often.
    fn of_last_activation(&self, found: &mut Vec<Mistake>) {
        let Some(last) = self.layers.last() else { return };
        let kind = self.training.loss.kind;
        let is_softmax = last.activation.is_none();
        let binary = kind == LossKind::BinaryCrossentropy && last.activation == Some(Activation::Sigmoid);
        let classes =
            matches!(kind, LossKind::CategoricalCrossentropy | LossKind::SparseCategoricalCrossentropy) && is_softmax;
        if (binary || classes) && !self.training.loss.from_logits {
            let detail = if binary { "sigmoid" } else { "softmax" };
            found.push(Mistake::of_training(&TWICE, Some(detail.to_owned()), |training| {
                training.loss.from_logits = true;
            }));
        }
        let (Some(dz), a, z) = (self.find(&format!("{}.dz", last.name)), last.a, last.z) else { return };
        let shape = self.step.program.shape(a).clone();
        let here = |array: ArrayId| crate::equation::Read::same(array, shape.rank());
        let slope = Rule::map(Function::Slope(Activation::Sigmoid), [here(z), here(a)]);
        let name = format!("{}.slope_of_share", last.name);
        if self.find(&format!("{}.da", last.name)).is_none() && (binary || classes) {
            let (own, slope) = (format!("{}.dz_once", last.name), slope.clone());
            let (name, shape) = (name.clone(), shape.clone());
            found.push(Mistake::of_program(&TOO_MUCH, Some(&last.name), None, move |draft| {
                let slope = draft.add(name.clone(), shape.clone(), slope.clone())?;
                let slope = crate::equation::Read::same(slope, shape.rank());
                draft.wrap(dz, own.clone(), |plain| Rule::map(Function::Multiply, [plain, slope])).map(drop)
            }));
        }
        if is_softmax && let Some(da) = self.find(&format!("{}.da", last.name)) {
            let da = here(da);
            found.push(Mistake::of_program(&DIAGONAL, Some(&last.name), None, move |draft| {
                let slope = draft.add(name.clone(), shape.clone(), slope.clone())?;
                let slope = crate::equation::Read::same(slope, shape.rank());
                draft.set(dz, Rule::map(Function::Multiply, [da.clone(), slope]))
            }));
        }
    }
}
