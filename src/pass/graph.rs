//! One pass through a graph of operations: every value of every equation, computed rightly or with mistakes, and its steps.

use std::sync::Arc;

use thiserror::Error;

use crate::{
    equation::{ArrayId, EvaluateError, Program, ProgramError, Step, Steps, Values},
    graph::{AddressError, Found, Network},
    mistake::graph::{Mistake, changed},
};

/// Every value of one pass, in float32.
#[derive(Debug, Clone)]
pub struct Pass {
    network: Arc<Network>,
    program: Arc<Program>,
    inputs: Vec<Vec<f32>>,
    mistakes: Vec<Mistake>,
    values: Values,
    steps: Arc<Steps>,
}

/// Why a pass cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PassError {
    /// An input is missing or has another length.
    #[error(transparent)]
    Input(#[from] EvaluateError),
    /// A mistake that leaves no program.
    #[error(transparent)]
    Mistake(#[from] ProgramError),
}

impl Pass {
    /// Works `network` out for `inputs` (the numbers of each input, in C order), with `mistakes` (none: as the framework does).
    ///
    /// # Errors
    /// [`PassError`] if an input has another length than the network's, or a mistake does not fit it.
    pub fn new(network: &Arc<Network>, inputs: &[Vec<f32>], mistakes: &[Mistake]) -> Result<Self, PassError> {
        let program = changed(network.program(), mistakes)?;
        let values = program.evaluate(&network.given(inputs)?)?;
        let steps = Arc::new(program.steps());
        let (network, program) = (Arc::clone(network), Arc::new(program));
        Ok(Self { network, program, inputs: inputs.to_vec(), mistakes: mistakes.to_vec(), values, steps })
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The equations, with the mistakes made.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The equations, shared.
    pub fn shared_program(&self) -> Arc<Program> {
        Arc::clone(&self.program)
    }

    /// How the steps are counted, shared.
    pub fn shared_steps(&self) -> Arc<Steps> {
        Arc::clone(&self.steps)
    }

    /// What went in, the numbers of each input.
    pub fn inputs(&self) -> &[Vec<f32>] {
        &self.inputs
    }

    /// The mistakes that were made.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// Every value of every array.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// How the steps are counted.
    pub fn steps(&self) -> &Steps {
        &self.steps
    }

    /// Step `k` with its numbers, found by arithmetic; `None` past the end.
    pub fn step(&self, k: usize) -> Option<Step> {
        self.program.step(&self.steps, &self.values, k)
    }

    /// The arrays of the network's outputs, in order.
    pub fn outputs(&self) -> Vec<ArrayId> {
        let outputs = self.network.outputs().iter();
        outputs.filter_map(|&source| self.network.value(source)).map(|value| value.array).collect()
    }

    /// The values at `address`: one number, or a whole array. A mistake that puts a stage in has it under the name it gave.
    ///
    /// # Errors
    /// [`AddressError`] if there is no such value.
    pub fn get(&self, address: &str) -> Result<(Found, &[f32]), AddressError> {
        let found = self.network.find(address)?;
        let values = self.values.of(found.array);
        Ok((
            found,
            match found.flat {
                Some(flat) => values.get(flat..=flat).unwrap_or(&[]),
                None => values,
            },
        ))
    }

    /// The first value, in the order of the steps, that is another one in `other`, a pass of the same network.
    pub fn first_difference(&self, other: &Self) -> Option<(ArrayId, usize)> {
        first_difference(self.network.program(), &self.steps, &self.values, &other.values)
    }
}

/// The first value of a program, in the order of its steps, that is another one in `other`.
pub fn first_difference(program: &Program, steps: &Steps, values: &Values, other: &Values) -> Option<(ArrayId, usize)> {
    let mut first: Option<(usize, ArrayId, usize)> = None;
    for equation in program.equations() {
        let (own, theirs) = (values.of(equation.array), other.of(equation.array));
        let differs = own.iter().zip(theirs).position(|(own, theirs)| super::differ(*own, *theirs));
        let Some(flat) = differs.or_else(|| (own.len() != theirs.len()).then_some(own.len().min(theirs.len()))) else {
            continue;
        };
        let at = steps.known_after(equation.array, flat).unwrap_or(usize::MAX);
        if first.is_none_or(|(before, ..)| at < before) {
            first = Some((at, equation.array, flat));
        }
    }
    first.map(|(_, array, flat)| (array, flat))
}
