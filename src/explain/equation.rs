//! A value of a list of equations, computed: its formula with addresses, with numbers, and what its operands are made of.
//!
//! ```text
//! dense_1.dkernel[0,0] = dense.a[0] × dense_1.dz[0]
//!                      = 0.59327 × 0.13849856
//!                      = 0.082167044
//! ```

use std::collections::BTreeSet;

use crate::{
    equation::{Action, ArrayId, Function, Operand, Place, Program, Rule, Steps, Values},
    network::{
        Activation,
        number::{self, Digits},
    },
};

/// The most values that are computed for one.
const MOST_VALUES: usize = 40;
/// The most terms of a sum that are written out.
const MOST_TERMS: usize = 12;

/// One value: its address, the formula in addresses and in numbers, the number.
#[derive(Debug, Clone, PartialEq)]
pub struct Worked {
    /// Which value.
    pub at: String,
    /// Its formula, with the addresses of what it reads; empty for a value that is given.
    pub formula: String,
    /// The same with numbers.
    pub numbers: String,
    /// The number.
    pub value: f32,
    /// Whether the numbers as they are printed give the number at its last digit; if not, float32 rounds.
    pub holds: bool,
}

/// Works a value out, and what it reads, as far as `goes_on` says; the value itself comes last.
pub fn worked(
    program: &Program,
    values: &Values,
    (array, flat): (ArrayId, usize),
    address: &dyn Fn(ArrayId, usize) -> String,
    goes_on: &dyn Fn(ArrayId) -> bool,
) -> Vec<Worked> {
    let steps = program.steps();
    let mut writer = Writer { program, values, steps, address, seen: BTreeSet::new(), written: Vec::new() };
    writer.value(array, flat, goes_on, true);
    writer.written
}

/// A formula in addresses, in numbers, what it reads, and what the printed numbers give (NaN if some are not printed).
type Formula = (String, String, Vec<(ArrayId, usize)>, f64);

struct Writer<'a> {
    program: &'a Program,
    values: &'a Values,
    steps: Steps,
    address: &'a dyn Fn(ArrayId, usize) -> String,
    seen: BTreeSet<(ArrayId, usize)>,
    written: Vec<Worked>,
}

impl Writer<'_> {
    fn value(&mut self, array: ArrayId, flat: usize, goes_on: &dyn Fn(ArrayId) -> bool, first: bool) {
        if !self.seen.insert((array, flat)) || self.seen.len() > MOST_VALUES {
            return;
        }
        let value = self.values.of(array).get(flat).copied().unwrap_or(f32::NAN);
        let at = (self.address)(array, flat);
        let Some((formula, numbers, operands, gives)) = self.formula(array, flat) else {
            if first {
                self.written.push(Worked { at, formula: String::new(), numbers: String::new(), value, holds: true });
            }
            return;
        };
        for (array, flat) in operands {
            if goes_on(array) {
                self.value(array, flat, goes_on, false);
            }
        }
        let holds = gives.is_nan() || number::line::holds(gives, &Digits::Exact.column(value), value, Digits::Exact);
        self.written.push(Worked { at, formula, numbers, value, holds });
    }

    /// The formula in addresses, in numbers, and what it reads.
    fn formula(&self, array: ArrayId, flat: usize) -> Option<Formula> {
        let equation = self.program.equation_of(array)?;
        let actions = equation.rule.actions();
        if actions == 0 {
            // A copy takes no step: it reads one value.
            let from = self.copied(array, flat)?;
            let number = Digits::Exact.column(self.values.of(from.0)[from.1]);
            return Some(((self.address)(from.0, from.1), number, vec![from], f64::NAN));
        }
        let step = |term: usize| {
            let k = self.steps.step_of(Place { array, flat, term })?;
            self.program.step(&self.steps, self.values, k)
        };
        let mut reads: Vec<(ArrayId, usize)> = Vec::new();
        let mut both = |operands: &[Operand], join: &dyn Fn(&[String]) -> String| {
            reads.extend(operands.iter().filter_map(|operand| operand.from));
            let names: Vec<String> = operands.iter().map(|operand| self.name(operand)).collect();
            let numbers: Vec<String> = operands.iter().map(|operand| Digits::Exact.operand(operand.value)).collect();
            (join(&names), join(&numbers))
        };
        let mut gives = 0.0;
        let (formula, numbers) = match &equation.rule {
            Rule::Sum { .. } => {
                let (mut names, mut numbers) = (Vec::new(), Vec::new());
                for term in 0..actions.min(MOST_TERMS) {
                    let Action::Term { factors, .. } = step(term)?.action else { return None };
                    // What is padding adds nothing.
                    if factors.iter().any(|factor| factor.from.is_none()) {
                        continue;
                    }
                    gives += factors.iter().map(printed).product::<f64>();
                    let (name, number) = both(&factors, &|parts| parts.join(" × "));
                    names.push(name);
                    numbers.push(number);
                }
                if actions > MOST_TERMS {
                    names.push("…".to_owned());
                    numbers.push("…".to_owned());
                    gives = f64::NAN;
                }
                (names.join(" + "), numbers.join(" + "))
            }
            Rule::Extreme { .. } => {
                let mut operands = Vec::new();
                for term in 0..actions.min(MOST_TERMS) {
                    let Action::Compare { with, .. } = step(term)?.action else { return None };
                    operands.push(with);
                }
                gives = if actions > MOST_TERMS {
                    f64::NAN
                } else {
                    operands.iter().map(printed).fold(f64::NEG_INFINITY, f64::max)
                };
                both(&operands, &|parts| format!("max({})", parts.join(", ")))
            }
            Rule::Map { function, .. } => {
                let Action::Apply { operands, .. } = step(actions - 1)?.action else { return None };
                gives = exact(*function, &operands.iter().map(printed).collect::<Vec<f64>>());
                both(&operands, &|parts| written(*function, parts))
            }
        };
        Some((formula, numbers, reads, gives))
    }

    fn copied(&self, array: ArrayId, flat: usize) -> Option<(ArrayId, usize)> {
        let equation = self.program.equation_of(array)?;
        let read = equation.rule.reads().first()?;
        let own = equation.shape.unravel(flat);
        let shape = read.view.as_ref().unwrap_or_else(|| self.program.shape(read.array));
        let index: Option<Vec<usize>> = read
            .index
            .iter()
            .map(|index| match index {
                crate::equation::Index::At(affine) => usize::try_from(affine.at(&own, &[])?).ok(),
                crate::equation::Index::Valued(_) => None,
            })
            .collect();
        Some((read.array, shape.flat(&index?)?))
    }

    fn name(&self, operand: &Operand) -> String {
        match operand.from {
            Some((array, flat)) => (self.address)(array, flat),
            None => Digits::Exact.operand(operand.value),
        }
    }
}

/// An operand as it is printed.
fn printed(operand: &Operand) -> f64 {
    Digits::Exact.column(operand.value).parse().unwrap_or(f64::NAN)
}

/// What a function gives, computed as [`written`] writes it.
fn exact(function: Function, of: &[f64]) -> f64 {
    match (function, of) {
        (Function::Slope(Activation::Sigmoid), [_, a]) => a * (1.0 - a),
        (Function::Slope(Activation::Tanh), [_, a]) => 1.0 - a * a,
        (function, of) => function.exact(of),
    }
}

/// A function of operands as mathematics writes it.
pub(super) fn written(function: Function, of: &[String]) -> String {
    let call = |name: &str| format!("{name}({})", of.join(", "));
    match function {
        Function::Copy => of.join(", "),
        Function::Add => of.join(" + "),
        Function::Subtract => of.join(" - "),
        Function::Multiply => of.join(" × "),
        Function::Divide | Function::Share => of.join(" / "),
        Function::Maximum => call("max"),
        Function::Minimum => call("min"),
        Function::SquareRoot => call("sqrt"),
        Function::Square => format!("{}²", of.join("")),
        Function::Logarithm => call("ln"),
        Function::Negate => format!("-{}", of.join("")),
        Function::Absolute => format!("|{}|", of.join("")),
        Function::Sign => call("sign"),
        Function::AtLeast => of.join(" >= "),
        Function::Above => of.join(" > "),
        Function::Differs => of.join(" != "),
        Function::Equals => of.join(" == "),
        Function::Select => match of {
            [which, yes, no] => format!("({which} ? {yes} : {no})"),
            _ => call("select"),
        },
        Function::Round { .. } => call("round"),
        Function::Erf => call("erf"),
        Function::Activation(activation) => call(&activation.to_string()),
        Function::Slope(activation) => match (activation, of) {
            (Activation::Sigmoid, [_, a]) => format!("{a} × (1 - {a})"),
            (Activation::Tanh, [_, a]) => format!("1 - {a}²"),
            (_, [z, ..]) => format!("{activation}'({z})"),
            (_, []) => String::new(),
        },
    }
}
