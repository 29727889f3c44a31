//! A layer, or a part of one, as its mistakes see it: stages and what they read.

use crate::equation::{Array, ArrayId, Equation, Function, Kind, Program, Read, Rule};

/// Stages with the same name before the point: `lstm`, `bidirectional/forward`.
#[derive(Debug, Clone, Copy)]
pub struct Part<'p> {
    /// The right equations.
    pub program: &'p Program,
    /// The name before the point.
    pub layer: &'p str,
}

impl<'p> Part<'p> {
    /// All parts, in the order of their equations.
    pub fn all(program: &'p Program) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for equation in program.equations() {
            let Some((layer, _)) = program.name(equation.array).rsplit_once('.') else { continue };
            if parts.iter().rev().all(|part| part.layer != layer) {
                parts.push(Self { program, layer });
            }
        }
        parts
    }

    /// The part of this name.
    pub fn of(program: &'p Program, layer: &'p str) -> Self {
        Self { program, layer }
    }

    /// The full name of a stage.
    pub fn name(&self, stage: &str) -> String {
        format!("{}.{stage}", self.layer)
    }

    /// The array of a stage.
    pub fn array(&self, stage: &str) -> Option<ArrayId> {
        self.program.find(&self.name(stage))
    }

    /// The equation of a stage.
    pub fn stage(&self, stage: &str) -> Option<&'p Equation> {
        self.program.equation_of(self.array(stage)?)
    }

    /// All stages, with their names, in order.
    pub fn stages(&self) -> Vec<(&'p str, &'p Equation)> {
        let own = |equation: &'p std::sync::Arc<Equation>| {
            let (layer, stage) = self.program.name(equation.array).rsplit_once('.')?;
            (layer == self.layer).then_some((stage, equation.as_ref()))
        };
        self.program.equations().iter().filter_map(own).collect()
    }

    /// The reads of a stage that are of weights, with their positions and the weights' own names (`kernel`).
    pub fn weights_of(&self, equation: &'p Equation) -> Vec<(usize, &'p str, &'p Array)> {
        let weight = |(position, read): (usize, &'p Read)| match &self.program.array(read.array).kind {
            Kind::Weight(array) => Some((position, own_name(self.program.name(read.array)), array)),
            _ => None,
        };
        equation.rule.reads().iter().enumerate().filter_map(weight).collect()
    }

    /// The activation that a stage applies.
    pub fn activation(&self, equation: &Equation) -> Option<crate::network::Activation> {
        match equation.rule {
            Rule::Map { function: Function::Activation(activation), .. } => Some(activation),
            _ => None,
        }
    }

    /// The number of a constant of this part, such as epsilon.
    pub fn constant(&self, name: &str) -> Option<(&'p str, f32)> {
        let read = self.stages().into_iter().flat_map(|(_, equation)| equation.rule.reads());
        let mut read = read.filter(|read| own_name(self.program.name(read.array)) == name);
        let id = read.next()?.array;
        match &self.program.array(id).kind {
            Kind::Constant(array) => Some((self.program.name(id), *array.values().first()?)),
            _ => None,
        }
    }

    /// The shape of an array.
    pub fn axes(&self, array: ArrayId) -> &'p [usize] {
        self.program.shape(array).axes()
    }
}

/// What stands behind the last point of a name.
pub(super) fn own_name(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, own)| own)
}
