//! Mistakes that people make in training, each as a change of a step's program or of the training.
//!
//! A mistake is made in every step of a run. Most change a few equations by their names; some are another training, such as the other
//! framework's momentum. All are found in the right program: a mistake that a training cannot have is not offered.

mod backward;
mod loss;
mod update;

use std::{fmt, sync::Arc};

use super::{Labels, StepProgram, TrainError, Training};
use crate::{
    equation::{ArrayId, Draft, Function, ProgramError, Rule},
    network::Activation,
};

/// A kind of mistake.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name on the command line and in JSON.
    pub id: &'static str,
    /// How common it is, relative to the others: how often it was seen in questions that people ask.
    pub common: f64,
    /// The whole sentence about it; `all` for every layer.
    says: fn(layer: &str, detail: &str) -> String,
}

type OfProgram = dyn Fn(&mut Draft) -> Result<(), ProgramError> + Send + Sync;
type OfTraining = dyn Fn(&mut Training) + Send + Sync;

/// What is changed.
#[derive(Clone)]
enum Change {
    Program(Arc<OfProgram>),
    Training(Arc<OfTraining>),
}

/// A mistake in one place.
#[derive(Clone)]
pub struct Mistake {
    /// Its kind.
    pub kind: &'static Kind,
    /// The layer, if it is made in one.
    pub layer: Option<String>,
    /// What tells it from others of its kind.
    pub detail: Option<String>,
    change: Change,
    /// The step's program that it was found in: rows and labels.
    of: (usize, Labels),
}

impl fmt::Debug for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl PartialEq for Mistake {
    fn eq(&self, other: &Self) -> bool {
        self.kind.id == other.kind.id && self.layer == other.layer && self.detail == other.detail
    }
}

impl Mistake {
    fn of_program(
        kind: &'static Kind,
        layer: Option<&str>,
        detail: Option<String>,
        change: impl Fn(&mut Draft) -> Result<(), ProgramError> + Send + Sync + 'static,
    ) -> Self {
        let layer = layer.map(str::to_owned);
        Self { kind, layer, detail, change: Change::Program(Arc::new(change)), of: NOWHERE }
    }

    fn of_training(
        kind: &'static Kind,
        detail: Option<String>,
        change: impl Fn(&mut Training) + Send + Sync + 'static,
    ) -> Self {
        Self { kind, layer: None, detail, change: Change::Training(Arc::new(change)), of: NOWHERE }
    }

    /// `KIND:LAYER:DETAIL`.
    pub fn name(&self) -> String {
        let parts = [Some(self.kind.id), self.layer.as_deref(), self.detail.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(":")
    }

    /// What was done, as a sentence.
    pub fn says(&self) -> String {
        (self.kind.says)(self.layer.as_deref().unwrap_or("all"), self.detail.as_deref().unwrap_or_default())
    }

    /// Whether it makes another training, not another program of a step.
    pub(super) fn is_of_training(&self) -> bool {
        matches!(self.change, Change::Training(_))
    }

    /// The training that the mistake makes of the right one.
    pub(super) fn change_training(&self, training: &mut Training) {
        if let Change::Training(change) = &self.change {
            change(training);
        }
    }

    /// Makes the mistake in a step's program: where it was found in another one, as it is found in this one, if it is. `same`:
    /// whether the training is the one in which it was found.
    pub(super) fn change_program(
        &self,
        training: &Training,
        step: &mut StepProgram,
        same: bool,
    ) -> Result<(), TrainError> {
        let Change::Program(change) = &self.change else { return Ok(()) };
        if same && self.of == (step.rows, step.labels) {
            return Ok(step.program.rearrange(|draft| change(draft))?);
        }
        let same = all(training, step).into_iter().find(|mistake| mistake == self);
        match same.map(|same| same.change) {
            Some(Change::Program(change)) => Ok(step.program.rearrange(|draft| change(draft))?),
            _ => Ok(()),
        }
    }
}

const NOWHERE: (usize, Labels) = (0, Labels { all_0_or_1: false, sum_to_1: false });

/// Every mistake that can be made in such a step of a training.
pub fn all(training: &Training, step: &StepProgram) -> Vec<Mistake> {
    let of = Of { training, step, layers: layers(step) };
    let mut found = Vec::new();
    of.loss(&mut found);
    of.backward(&mut found);
    of.update(&mut found);
    for mistake in &mut found {
        mistake.of = (step.rows, step.labels);
    }
    found
}

/// Where mistakes are looked for.
struct Of<'a> {
    training: &'a Training,
    step: &'a StepProgram,
    layers: Vec<Layer>,
}

/// A layer with an activation.
struct Layer {
    name: String,
    owner: String,
    z: ArrayId,
    a: ArrayId,
    /// `None` for softmax and its kin.
    activation: Option<Activation>,
}

fn layers(step: &StepProgram) -> Vec<Layer> {
    let program = &step.program;
    let nodes = step.network().nodes().iter().filter(|node| node.operation.is_some());
    nodes
        .filter_map(|node| {
            let find = |stage: &str| program.find(&format!("{}.{stage}", node.name));
            let (z, a) = (find("z")?, find("a").or_else(|| find("h"))?);
            let activation = match &program.equation_of(a)?.rule {
                Rule::Map { function: Function::Activation(activation), .. } => Some(*activation),
                _ => None,
            };
            Some(Layer { name: node.name.clone(), owner: node.owner.clone(), z, a, activation })
        })
        .collect()
}

impl Of<'_> {
    fn find(&self, name: &str) -> Option<ArrayId> {
        self.step.program.find(name)
    }

    fn rule(&self, array: ArrayId) -> Option<&Rule> {
        self.step.program.equation_of(array).map(|equation| &equation.rule)
    }
}

/// Stages with another rule each.
type Rules = Vec<(ArrayId, Rule)>;

/// Makes the same change at each place alone, and at all of them together.
fn each_and_all(found: &mut Vec<Mistake>, kind: &'static Kind, places: Vec<(String, Rules)>) {
    let set = |changes: Rules| {
        move |draft: &mut Draft| changes.iter().try_for_each(|(array, rule)| draft.set(*array, rule.clone()))
    };
    let all: Rules = places.iter().flat_map(|(_, changes)| changes.clone()).collect();
    let several = places.len() > 1;
    for (layer, changes) in places {
        found.push(Mistake::of_program(kind, Some(&layer), None, set(changes)));
    }
    if several {
        found.push(Mistake::of_program(kind, None, None, set(all)));
    }
}
