//! A list of equations to be walked through, step by step: the pass of a graph, or a step of a training.
//!
//! A screen and a lesson need the same of both: how many steps there are, what step k is, where a layer begins and ends, what a
//! value is called and worked out from. [`Walk`] says it of any program. Its parts are found in the program itself: equations
//! that follow one another and whose names begin with the same layer.

mod example;
mod part;
mod plane;
mod training;

use std::{borrow::Cow, ops::Range, sync::Arc};

pub use example::example;
pub use part::{Part, Phase};
pub use plane::{Extent, Plane};
pub use training::{Curve, TrainingWalk};

use crate::{
    equation::{Action, ArrayId, Operand, Place, Program, Rule, Step, Steps, Values},
    graph::{AddressError, Found, Network},
    mistake::graph::Mistake,
    pass::{
        Stride, Strides,
        graph::{Pass, PassError, first_difference},
    },
    train::StepProgram,
};

/// What addresses mean.
#[derive(Debug, Clone)]
enum Names {
    /// Those of a network.
    Network(Arc<Network>),
    /// Those of a training step.
    Step(Arc<StepProgram>),
}

/// A program with all its values, and how one goes through them.
#[derive(Debug, Clone)]
pub struct Walk {
    program: Arc<Program>,
    steps: Arc<Steps>,
    values: Values,
    /// The right values, where mistakes are made.
    right: Option<Values>,
    /// The first value that the mistakes change.
    difference: Option<(ArrayId, usize)>,
    parts: Vec<Part>,
    names: Names,
    outputs: Vec<ArrayId>,
    inputs: Vec<ArrayId>,
}

impl Walk {
    /// The pass of `network` for `inputs` (the numbers of each input, in C order), with `mistakes`.
    ///
    /// # Errors
    /// [`PassError`] if an input has another length than the network's, or a mistake does not fit it.
    pub fn of_pass(network: &Arc<Network>, inputs: &[Vec<f32>], mistakes: &[Mistake]) -> Result<Self, PassError> {
        let pass = Pass::new(network, inputs, mistakes)?;
        let right = if mistakes.is_empty() { None } else { Some(Pass::new(network, inputs, &[])?) };
        let difference = right.as_ref().and_then(|right| right.first_difference(&pass));
        let outputs = pass.outputs();
        let inputs = network.inputs().iter().map(|&id| network.node(id).array()).collect();
        let program = pass.shared_program();
        let layers = network.nodes().iter().map(|node| node.name.as_str()).collect();
        let parts = part::parts(&program, pass.steps(), &layers, |layer, _| {
            let node = network.nodes().iter().find(|node| node.name == layer);
            (Phase::Forward, node.map(|node| node.kind().to_owned()))
        });
        let (steps, values) = (pass.shared_steps(), pass.values().clone());
        let right = right.map(|right| right.values().clone());
        let names = Names::Network(Arc::clone(network));
        Ok(Self { program, steps, values, right, difference, parts, names, outputs, inputs })
    }

    /// A step of a training with its values; `right`: the values of the same step without mistakes.
    pub fn of_step(step: &Arc<StepProgram>, values: Values, right: Option<Values>) -> Self {
        let program = Arc::new(step.program.clone());
        let steps = Arc::new(program.steps());
        let (forward, before_update) = step.parts();
        let network = step.network();
        let layers = network.nodes().iter().map(|node| node.name.as_str()).collect();
        let parts = part::parts(&program, &steps, &layers, |layer, equation| {
            let node = network.nodes().iter().find(|node| node.name == layer);
            let kind = node.map(|node| node.kind().to_owned());
            match equation {
                at if at < forward => (Phase::Forward, kind),
                at if at >= before_update => (Phase::Update, kind),
                _ if layer == "loss" => (Phase::Loss, None),
                _ => (Phase::Backward, kind),
            }
        });
        let difference = right.as_ref().and_then(|right| first_difference(&program, &steps, right, &values));
        let outputs = vec![step.loss];
        let (inputs, names) = (step.inputs.clone(), Names::Step(Arc::clone(step)));
        Self { program, steps, values, right, difference, parts, names, outputs, inputs }
    }

    /// The equations.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Every value.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// The right values, where mistakes are made.
    pub fn right(&self) -> Option<&Values> {
        self.right.as_ref()
    }

    /// The first value that the mistakes change.
    pub fn difference(&self) -> Option<(ArrayId, usize)> {
        self.difference
    }

    /// The parts in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The arrays of the outputs; of a training step, the loss.
    pub fn outputs(&self) -> &[ArrayId] {
        &self.outputs
    }

    /// The arrays of the inputs.
    pub fn inputs(&self) -> &[ArrayId] {
        &self.inputs
    }

    /// Step `k` with its numbers; `None` past the end.
    pub fn step(&self, k: usize) -> Option<Step> {
        self.program.step(&self.steps, &self.values, k)
    }

    /// Where step `k` is.
    pub fn place(&self, k: usize) -> Option<Place> {
        self.steps.place(k)
    }

    /// The step at a place.
    pub fn step_of(&self, place: Place) -> Option<usize> {
        self.steps.step_of(place)
    }

    /// How many steps must be done before a value is known.
    pub fn known_after(&self, array: ArrayId, flat: usize) -> Option<usize> {
        self.steps.known_after(array, flat)
    }

    /// The part that step `k` belongs to; the last one past the end.
    pub fn part_at(&self, k: usize) -> Option<usize> {
        let at = self.parts.partition_point(|part| part.steps.start <= k);
        at.checked_sub(1)
    }

    /// All values of the group that step `k` belongs to: those of one unit, in order, with their actions' numbers.
    pub fn unit(&self, k: usize) -> Range<usize> {
        self.place(k).and_then(|place| self.steps.run(place)).unwrap_or(k..k)
    }

    /// The actions that lead to one value.
    pub fn worked(&self, array: ArrayId, flat: usize) -> Vec<Action> {
        self.program.worked(&self.values, array, flat)
    }

    /// One number.
    pub fn value(&self, array: ArrayId, flat: usize) -> f32 {
        self.values.of(array).get(flat).copied().unwrap_or(f32::NAN)
    }

    /// The address of a number.
    pub fn address(&self, array: ArrayId, flat: usize) -> String {
        match &self.names {
            Names::Network(_) => self.program.address(array, flat),
            Names::Step(step) => step.address(array, flat),
        }
    }

    /// The array, and perhaps the one number, that an address names.
    ///
    /// # Errors
    /// [`AddressError`], saying what there is.
    pub fn find(&self, address: &str) -> Result<Found, AddressError> {
        match &self.names {
            Names::Network(network) => network.find(address),
            Names::Step(step) => step.find(address),
        }
    }

    /// The weight that an array is the gradient of, in a training step.
    pub fn weight_of_gradient(&self, array: ArrayId) -> Option<&str> {
        let Names::Step(step) = &self.names else { return None };
        step.weights.iter().find(|line| line.gradient == Some(array)).map(|line| line.name.as_str())
    }

    /// The numbers at an address.
    ///
    /// # Errors
    /// [`AddressError`], saying what there is.
    pub fn get(&self, address: &str) -> Result<&[f32], AddressError> {
        let found = self.find(address)?;
        let values = self.values.of(found.array);
        Ok(match found.flat {
            Some(flat) => values.get(flat..=flat).unwrap_or(&[]),
            None => values,
        })
    }

    /// The operands of an action.
    pub fn operands(action: &Action) -> Cow<'_, [Operand]> {
        match action {
            Action::Term { factors, .. } => Cow::Borrowed(factors),
            Action::Compare { with, .. } => Cow::Owned(vec![with.clone()]),
            Action::Apply { operands, .. } => Cow::Borrowed(operands),
        }
    }

    /// The function that an equation applies, if it applies one.
    pub fn function(&self, array: ArrayId) -> Option<crate::equation::Function> {
        match &self.program.equation_of(array)?.rule {
            Rule::Map { function, .. } => Some(*function),
            _ => None,
        }
    }
}

impl Strides for Walk {
    fn steps(&self) -> usize {
        self.steps.total()
    }

    fn next(&self, position: usize, stride: Stride) -> usize {
        let end = self.steps.total();
        if position >= end {
            return end;
        }
        match stride {
            Stride::Action => position + 1,
            Stride::Unit => self.unit(position).end.clamp(position + 1, end),
            Stride::Layer => self.part_at(position).map_or(end, |part| self.parts[part].steps.end),
        }
    }

    fn previous(&self, position: usize, stride: Stride) -> usize {
        let Some(last) = position.min(self.steps.total()).checked_sub(1) else { return 0 };
        match stride {
            Stride::Action => last,
            Stride::Unit => self.unit(last).start.min(last),
            Stride::Layer => self.part_at(last).map_or(0, |part| self.parts[part].steps.start),
        }
    }
}

#[cfg(test)]
mod tests;
