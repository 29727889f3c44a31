//! What follows from the numbers that a screen shows: the answers that an honest learner can give.
//!
//! A shown number stands for every number that rounds to it, and what somebody writes down on the way is rounded too. So a line
//! that asks for `wx + bias` has not one right answer but a [`Range`] of them.

use super::{EvaluateError, Formula, Function, Name, Node, Operator, Scene, evaluate::evaluate, scope::Scope};
use crate::{
    network::{
        Care, Range, Stage,
        range::{Own, given},
    },
    pass::{Address, Source},
};

/// A line that was computed before: its formula, and what the learner has for it.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it asks for.
    pub formula: Formula,
    /// What was given or typed, with its digits.
    pub range: Range,
}

impl Formula {
    /// Everything that follows, if so many decimals are shown, and from the lines before.
    ///
    /// # Errors
    /// [`EvaluateError`] if the formula has no value here, or is a list.
    pub fn range(&self, scene: &Scene<'_>, decimals: u8, before: &[Line]) -> Result<Range, EvaluateError> {
        let scope = Scope::new(scene);
        let honest = Honest { scope: &scope, decimals, before };
        let range = honest.range(&self.0, true)?;
        Ok(range.and(Range::of(evaluate(&self.0, &scope)?.number()?)))
    }
}

struct Honest<'s> {
    scope: &'s Scope<'s>,
    decimals: u8,
    before: &'s [Line],
}

impl Honest<'_> {
    fn care(&self) -> Care {
        Care::Shown(self.decimals)
    }

    /// `asked`: it is the value of the line itself, not one that is shown.
    fn range(&self, node: &Node, asked: bool) -> Result<Range, EvaluateError> {
        let exact = evaluate(node, self.scope)?.number()?;
        let shown = || Range::shown(exact as f32, self.decimals).and(Range::of(exact));
        if let Some(line) = self.line(node).filter(|_| !asked) {
            return Ok(line.range.and(shown().written(self.decimals)));
        }
        let range = match node {
            Node::Number(number) => return Ok(Range::of(*number)),
            Node::Address(address) if asked => self.step(address).unwrap_or_else(shown),
            Node::Name(Name::Y) if asked => self.step(&Address::output(0)).unwrap_or_else(shown),
            Node::Address(_) | Node::Name(_) | Node::At(..) | Node::With(..) => shown(),
            Node::Negate(inner) => {
                let inner = self.range(inner, false)?;
                Range { low: -inner.high, high: -inner.low }
            }
            Node::Binary(operator, left, right) => {
                let (left, right) = (self.range(left, false)?, self.range(right, false)?);
                match operator {
                    Operator::Add => left + right,
                    Operator::Subtract => left - right,
                    Operator::Multiply => left * right,
                    Operator::Divide => left / right,
                    _ => Range::of(exact),
                }
            }
            Node::Call(function, arguments) => self.call(*function, arguments)?.unwrap_or_else(shown),
        };
        // What is computed on the way is written down.
        Ok(if asked { range } else { range.written(self.decimals) })
    }

    /// `None` for functions of which nothing better is known than their value.
    fn call(&self, function: Function, arguments: &[Node]) -> Result<Option<Range>, EvaluateError> {
        let mut ranges = Vec::with_capacity(arguments.len());
        for argument in arguments {
            match evaluate(argument, self.scope)?.number() {
                Ok(_) => ranges.push(self.range(argument, false)?),
                Err(_) => return Ok(None),
            }
        }
        let sum = || ranges.iter().copied().fold(Range::of(0.0), |sum, range| sum + range);
        Ok(match (function, ranges.as_slice()) {
            (Function::Sqrt, [one]) => Some(one.through(&[0.0], |x| x.max(0.0).sqrt())),
            (Function::Abs, [one]) => Some(one.through(&[0.0], f64::abs)),
            (Function::Exp, [one]) => Some(one.through(&[], f64::exp)),
            (Function::Tanh, [one]) => Some(one.through(&[], f64::tanh)),
            (Function::Relu, [one]) => Some(one.through(&[0.0], |x| x.max(0.0))),
            (Function::Sigmoid, [one]) => Some(one.through(&[], |x| 1.0 / (1.0 + (-x).exp()))),
            (Function::Sum, _) => Some(sum()),
            (Function::Mean, _) => Some(sum() / Range::of(ranges.len().max(1) as f64)),
            _ => None,
        })
    }

    /// The line before that asked for the same.
    fn line(&self, node: &Node) -> Option<&Line> {
        self.before.iter().rev().find(|line| line.formula.0 == *node)
    }

    /// A value of the pass, from the shown values that arrive at its layer, and from what the learner has of the same unit.
    fn step(&self, address: &Address) -> Option<Range> {
        let place = address.resolve(self.scope.network).ok()?;
        let (Source::Stage(layer, stage), Some(unit)) = (place.source, place.index) else { return None };
        let recipe = self.scope.recipes().ok()?.get(layer)?;
        let name = &self.scope.network.layer(layer)?.name;
        let arrives = self.scope.get(&Address::stage(name, Stage::In, None)).ok()?;
        let arrives = given(arrives, self.care());
        let mut own = Own::default();
        for line in self.before {
            if let Some(product) = self.product(&line.formula.0, layer, unit) {
                own.products.push((product, line.range));
            }
            if let Some(stage) = self.stage(&line.formula.0, layer, unit) {
                own.stages.push((stage, line.range));
            }
        }
        let ranges = recipe.ranges_with(&arrives, self.care(), unit, &own);
        ranges.stage(stage)?.get(unit).copied()
    }

    fn place(&self, node: &Node) -> Option<(Source, Vec<usize>)> {
        let address = match node {
            Node::Address(address) => address.clone(),
            Node::Name(Name::Y) => Address::output(0),
            _ => return None,
        };
        Some((address.resolve(self.scope.network).ok()?.source, address.index))
    }

    /// The stage of this unit that a formula names.
    fn stage(&self, node: &Node, layer: usize, unit: usize) -> Option<Stage> {
        match self.place(node)? {
            (Source::Stage(of, stage), index) if of == layer && index == [unit] => Some(stage),
            _ => None,
        }
    }

    /// The input whose product with this unit's weight a formula is.
    fn product(&self, node: &Node, layer: usize, unit: usize) -> Option<usize> {
        let Node::Binary(Operator::Multiply, left, right) = node else { return None };
        [left, right].into_iter().find_map(|factor| match self.place(factor)? {
            (Source::Kernel(of), index) if of == layer && index.get(1) == Some(&unit) => index.first().copied(),
            _ => None,
        })
    }
}
