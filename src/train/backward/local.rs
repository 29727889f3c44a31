//! The derivative of one function by each of its values, as factors: what the gradient of its value is multiplied with.

use super::{Backward, Entry};
use crate::{
    equation::{ArrayId, Function, Read, Rule, own},
    train::TrainError,
};

impl Backward<'_> {
    /// For each value that the function takes: the factors whose product is its gradient, where it was read; `None` if it has
    /// none. `value` is what the function gave, `gradient` its gradient.
    pub(super) fn of_map(
        &mut self,
        entry: &mut Entry,
        function: Function,
        of: &[Read],
    ) -> Result<Vec<Option<Vec<Read>>>, TrainError> {
        let rank = entry.equation.shape.rank();
        let (value, gradient) = (Read::same(entry.equation.array, rank), Read::same(entry.gradient, rank));
        let here = |array: ArrayId| Read::same(array, rank);
        Ok(match function {
            Function::Copy | Function::Add => of.iter().map(|_| Some(vec![gradient.clone()])).collect(),
            Function::Negate => {
                let turned = self.emit(entry, "negated", Rule::map(Function::Negate, [gradient]))?;
                vec![Some(vec![here(turned)])]
            }
            Function::Subtract => {
                let mut factors = vec![Some(vec![gradient.clone()])];
                if self.any_needed(&of[1..]) {
                    let turned = self.emit(entry, "negated", Rule::map(Function::Negate, [gradient]))?;
                    factors.extend(of[1..].iter().map(|_| Some(vec![here(turned)])));
                }
                factors
            }
            Function::Multiply => {
                let others = |at: usize| of.iter().enumerate().filter(move |(other, _)| *other != at);
                let each = 0..of.len();
                each.map(|at| {
                    Some(std::iter::once(gradient.clone()).chain(others(at).map(|(_, read)| read.clone())).collect())
                })
                .collect()
            }
            Function::Divide if of.len() == 2 => {
                let quotient =
                    self.emit(entry, "divided", Rule::map(Function::Divide, [gradient.clone(), of[1].clone()]))?;
                let mut factors = vec![Some(vec![here(quotient)])];
                if self.any_needed(&of[1..]) {
                    // d(x / y) / dy = -(x / y) / y
                    let turned = self.emit(entry, "negated", Rule::map(Function::Negate, [here(quotient)]))?;
                    factors.push(Some(vec![here(turned), value]));
                }
                factors
            }
            Function::SquareRoot => {
                let half = self.number(0.5)?;
                let halved = self.emit(entry, "halved", Rule::map(Function::Multiply, [gradient, half]))?;
                let quotient = self.emit(entry, "divided", Rule::map(Function::Divide, [here(halved), value]))?;
                vec![Some(vec![here(quotient)])]
            }
            Function::Square => {
                let two = self.number(2.0)?;
                vec![Some(vec![gradient, two, of[0].clone()])]
            }
            Function::Logarithm => {
                let quotient = self.emit(entry, "divided", Rule::map(Function::Divide, [gradient, of[0].clone()]))?;
                vec![Some(vec![here(quotient)])]
            }
            Function::Absolute => {
                let sign = self.emit(entry, "sign", Rule::map(Function::Sign, [of[0].clone()]))?;
                vec![Some(vec![gradient, here(sign)])]
            }
            Function::Activation(crate::network::Activation::Linear) => {
                vec![Some(vec![gradient])]
            }
            Function::Activation(activation) => {
                let slope = Rule::map(Function::Slope(activation), [of[0].clone(), value]);
                let slope = self.emit(entry, "slope", slope)?;
                vec![Some(vec![gradient, here(slope)])]
            }
            Function::Maximum | Function::Minimum => {
                let mut factors = Vec::with_capacity(of.len());
                for (at, read) in of.iter().enumerate() {
                    if !self.any_needed(std::slice::from_ref(read)) {
                        factors.push(None);
                        continue;
                    }
                    // The first value wins where several are equal.
                    let first = (0..at).map(|before| (Function::Above, before));
                    let rest = (at + 1..of.len()).map(|after| (Function::AtLeast, after));
                    let mut all = vec![gradient.clone()];
                    for (function_of, other) in first.chain(rest) {
                        let pair = [read.clone(), of[other].clone()];
                        let pair =
                            if function == Function::Minimum { [pair[1].clone(), pair[0].clone()] } else { pair };
                        let wins = self.emit(entry, &format!("wins_{at}_{other}"), Rule::map(function_of, pair))?;
                        all.push(here(wins));
                    }
                    factors.push(Some(all));
                }
                factors
            }
            Function::Select => {
                let zero = self.number(0.0)?;
                let mut factors = vec![None];
                for (at, name) in [(1, "chosen"), (2, "other")] {
                    if !self.any_needed(&of[at..=at]) {
                        factors.push(None);
                        continue;
                    }
                    let pair =
                        if at == 1 { [gradient.clone(), zero.clone()] } else { [zero.clone(), gradient.clone()] };
                    let [yes, no] = pair;
                    let part = self.emit(entry, name, Rule::map(Function::Select, [of[0].clone(), yes, no]))?;
                    factors.push(Some(vec![here(part)]));
                }
                factors
            }
            Function::AtLeast
            | Function::Above
            | Function::Differs
            | Function::Equals
            | Function::Sign
            | Function::Slope(_) => of.iter().map(|_| None).collect(),
            Function::Divide | Function::Share | Function::Erf | Function::Round { .. } => {
                return Err(self.beyond(entry));
            }
        })
    }

    /// Softmax as one function: `dz[i] = a[i] * (da[i] - sum over j of da[j] * a[j])`. Gives the read of z and its gradient.
    pub(super) fn of_softmax(&mut self, entry: &mut Entry, of: &[Read]) -> Result<(Read, Vec<Read>), TrainError> {
        let shape = entry.equation.shape.clone();
        let rank = shape.rank();
        let found = (|| {
            let e = self.forward(of[0].array)?;
            let shifted = self.forward(e.rule.reads().first()?.array)?;
            let sum = self.forward(of[1].array)?;
            let (Rule::Sum { over, factors }, Rule::Map { function: Function::Subtract, of: difference }) =
                (&sum.rule, &shifted.rule)
            else {
                return None;
            };
            Some((over.clone(), factors.first()?.clone(), sum.shape.clone(), difference.first()?.clone()))
        })();
        let Some((over, along, kept, z)) = found else { return Err(self.beyond(entry)) };
        let of_sum = |array: ArrayId| Read { array, ..along.clone() };
        let products = Rule::sum(over, [of_sum(entry.gradient), of_sum(entry.equation.array)]);
        let mean = self.emit_shaped(entry, "mean", kept, products)?;
        let spread = Read { array: mean, ..of[1].clone() };
        let gap = Rule::map(Function::Subtract, [Read::same(entry.gradient, rank), spread]);
        let gap = self.emit(entry, "gap", gap)?;
        Ok((z, vec![Read::same(entry.equation.array, rank), Read::new(gap, (0..rank).map(own))]))
    }
}
