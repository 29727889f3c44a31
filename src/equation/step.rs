//! A step with its numbers: what meets, and what comes out.

use super::{
    ArrayId, Program, Read, Rule, Values,
    evaluate::{Best, Found, Memory, each_index},
    steps::{Place, Steps},
};

/// A number that a step uses, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Operand {
    /// The array and the position in it; `None` for padding.
    pub from: Option<(ArrayId, usize)>,
    /// The number.
    pub value: f32,
}

/// One scalar action.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A product is fused into a sum.
    Term {
        /// What is multiplied; a single operand is only added.
        factors: Vec<Operand>,
        /// The product, rounded by itself (the sum is not computed from it).
        product: f32,
        /// The sum before.
        before: f32,
        /// The sum after, rounded once.
        after: f32,
    },
    /// A value is compared with the best so far.
    Compare {
        /// The value.
        with: Operand,
        /// The best before, `None` at the first one.
        before: Option<f32>,
        /// The best after; the index of it where the index is asked for and this is the last comparison.
        after: f32,
    },
    /// A function is applied, or one more value joins.
    Apply {
        /// All operands up to this action; where values join one after the other, the last of them joins now.
        operands: Vec<Operand>,
        /// The value before the last operand joins, where there is one.
        before: Option<f32>,
        /// The value after.
        after: f32,
    },
}

/// One step of a pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where it is.
    pub place: Place,
    /// What happens.
    pub action: Action,
}

impl Action {
    /// The number that the action leaves behind.
    pub fn after(&self) -> f32 {
        match self {
            Self::Term { after, .. } | Self::Compare { after, .. } | Self::Apply { after, .. } => *after,
        }
    }
}

impl Memory<'_> {
    /// The number that is read, and where it comes from.
    fn operand(&self, read: &Read, own: &[usize], over: &[usize]) -> Operand {
        let from = match self.find(read, own, over) {
            Found::At(array, flat) => Some((array, flat)),
            Found::Padding(_) => None,
        };
        Operand { from, value: self.read(read, own, over) }
    }
}

impl Program {
    /// Step `k` with its numbers; `None` past the end. `steps` and `values` are this program's.
    pub fn step(&self, steps: &Steps, values: &Values, k: usize) -> Option<Step> {
        let place = steps.place(k)?;
        let action = self.actions(values, place.array, place.flat, Some(place.term)).pop()?;
        Some(Step { place, action })
    }

    /// All actions that lead to one value, in order; none for what is given or copied. Linear in their number, where asking for
    /// each [step](Self::step) adds a sum up anew.
    pub fn worked(&self, values: &Values, array: ArrayId, flat: usize) -> Vec<Action> {
        self.actions(values, array, flat, None)
    }

    /// The actions that lead to one value: all, or one of them.
    fn actions(&self, values: &Values, array: ArrayId, flat: usize, only: Option<usize>) -> Vec<Action> {
        let Some(equation) = self.equation_of(array).filter(|equation| flat < equation.shape.size()) else {
            return Vec::new();
        };
        let own = equation.shape.unravel(flat);
        let memory = Memory { program: self, values: values.clone(), then: None };
        let is_wanted = |term: usize| only.is_none_or(|only| term == only);
        let is_past = |term: usize| only.is_some_and(|only| term > only);
        let (mut actions, mut term) = (Vec::new(), 0);
        match &equation.rule {
            Rule::Sum { over, factors } => {
                let mut before = 0.0;
                each_index(over, None, |over| {
                    term += 1;
                    if is_past(term - 1) {
                        return;
                    }
                    let after = memory.term(factors, &own, over, before);
                    if is_wanted(term - 1) {
                        let factors: Vec<Operand> =
                            factors.iter().map(|read| memory.operand(read, &own, over)).collect();
                        let product = factors.iter().map(|factor| factor.value).product();
                        actions.push(Action::Term { factors, product, before, after });
                    }
                    before = after;
                });
            }
            Rule::Extreme { over, of, which } => {
                let (mut best, mut before, last) = (Best::new(*which), None, over.size());
                each_index(over, None, |over| {
                    term += 1;
                    if is_past(term - 1) {
                        return;
                    }
                    let with = memory.operand(of, &own, over);
                    best.see(with.value);
                    if is_wanted(term - 1) {
                        let after = if term == last { best.value() } else { best.best() };
                        actions.push(Action::Compare { with, before, after });
                    }
                    before = Some(best.best());
                });
            }
            Rule::Map { function, of } => {
                let operands: Vec<Operand> = of.iter().map(|read| memory.operand(read, &own, &[])).collect();
                let numbers: Vec<f32> = operands.iter().map(|operand| operand.value).collect();
                for term in (0..function.actions(of.len())).filter(|&term| is_wanted(term)) {
                    let used = if function.joins() { (term + 2).min(of.len()) } else { of.len() };
                    let before = (function.joins() && used > 1).then(|| function.of(&numbers[..used - 1]));
                    let after = function.of(&numbers[..used]);
                    actions.push(Action::Apply { operands: operands[..used].to_vec(), before, after });
                }
            }
        }
        actions
    }

    /// The numbers that one value is computed from, each once, in the order in which they are first read. A value that is a
    /// copy has one.
    pub fn sources(&self, values: &Values, array: ArrayId, flat: usize) -> Vec<(ArrayId, usize)> {
        let Some(equation) = self.equation_of(array).filter(|equation| flat < equation.shape.size()) else {
            return Vec::new();
        };
        let own = equation.shape.unravel(flat);
        let memory = Memory { program: self, values: values.clone(), then: None };
        let (mut found, mut seen) = (Vec::new(), std::collections::HashSet::new());
        each_index(equation.rule.over(), None, |over| {
            for read in equation.rule.reads() {
                if let Some(from) = memory.operand(read, &own, over).from
                    && seen.insert(from)
                {
                    found.push(from);
                }
            }
        });
        found
    }

    /// The address of a number: `dense.z[3]`, `dense.kernel[0,3]`; of a single number only its name.
    pub fn address(&self, array: ArrayId, flat: usize) -> String {
        let index: Vec<String> = self.shape(array).unravel(flat).iter().map(ToString::to_string).collect();
        if index.is_empty() {
            self.name(array).to_owned()
        } else {
            format!("{}[{}]", self.name(array), index.join(","))
        }
    }
}
