//! One step after the other: the weights and what the optimizer remembers go from each step to the next.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use super::{Labels, Slot, StepProgram, TrainError, Training, mistake::Mistake};
use crate::equation::{Array, ArrayId, Program, Values};

/// Weights and what the optimizer remembers of them.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The weights, by name.
    pub weights: BTreeMap<String, Array>,
    /// What is remembered, by weight and slot.
    pub slots: BTreeMap<(String, Slot), Array>,
    /// How many steps were made.
    pub steps: usize,
}

/// A training that is going on.
#[derive(Debug, Clone)]
pub struct Run<'t> {
    training: Cow<'t, Training>,
    mistakes: Vec<Mistake>,
    programs: BTreeMap<(usize, Labels), Arc<StepProgram>>,
    /// The programs of the right run, to be changed by mistakes.
    right: BTreeMap<(usize, Labels), Arc<StepProgram>>,
    state: State,
}

/// A step with all its values.
#[derive(Debug, Clone)]
pub struct Done {
    /// Its program.
    pub step: Arc<StepProgram>,
    /// Every value.
    pub values: Values,
    /// Which step it is, from 0.
    pub number: usize,
    /// Its rows.
    pub batch: Vec<usize>,
}

impl Done {
    /// The number at an address; the first one if the address names several.
    ///
    /// # Errors
    /// [`TrainError::Address`] if it names nothing.
    pub fn at(&self, address: &str) -> Result<f32, TrainError> {
        let found = self.step.find(address)?;
        Ok(self.values.of(found.array).get(found.flat.unwrap_or(0)).copied().unwrap_or(f32::NAN))
    }

    /// The loss.
    pub fn loss(&self) -> f32 {
        self.values.of(self.step.loss)[0]
    }
}

impl<'t> Run<'t> {
    /// A run from the start.
    ///
    /// # Errors
    /// [`TrainError`] if rows, batches or weights do not fit.
    pub fn new(training: &'t Training) -> Result<Self, TrainError> {
        training.check()?;
        let weights = training.weights().into_iter().collect();
        Ok(Self {
            training: Cow::Borrowed(training),
            mistakes: Vec::new(),
            programs: BTreeMap::new(),
            right: BTreeMap::new(),
            state: State { weights, slots: BTreeMap::new(), steps: 0 },
        })
    }

    /// A run from the start that keeps its training.
    ///
    /// # Errors
    /// [`TrainError`] if rows, batches or weights do not fit.
    pub fn owned(training: Training) -> Result<Run<'static>, TrainError> {
        let Run { mistakes, programs, right, state, .. } = Run::new(&training)?;
        Ok(Run { training: Cow::Owned(training), mistakes, programs, right, state })
    }

    /// Goes on from another state of the same training.
    pub fn go_to(&mut self, state: State) {
        self.state = state;
    }

    /// A run that goes on from a state.
    ///
    /// # Errors
    /// [`TrainError`] if rows, batches or weights do not fit.
    pub fn from(training: &'t Training, state: State) -> Result<Self, TrainError> {
        Ok(Self { state, ..Self::new(training)? })
    }

    /// A run from the start in which these mistakes are made in every step. The programs of the right run are used again.
    ///
    /// # Errors
    /// [`TrainError`] if rows, batches or weights do not fit.
    pub fn with_mistakes(right: &Run<'t>, mistakes: Vec<Mistake>) -> Result<Self, TrainError> {
        let weights = right.training.weights().into_iter().collect();
        let state = State { weights, slots: BTreeMap::new(), steps: 0 };
        let mut wrong = Self {
            training: right.training.clone(),
            mistakes,
            programs: BTreeMap::new(),
            right: right.programs.clone(),
            state,
        };
        if wrong.mistakes.iter().any(Mistake::is_of_training) {
            let training = wrong.training.to_mut();
            wrong.mistakes.iter().for_each(|mistake| mistake.change_training(training));
            training.check()?;
            wrong.right.clear();
        }
        Ok(wrong)
    }

    /// The weights and slots now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The program of a step, from 0.
    ///
    /// # Errors
    /// [`TrainError`] if something cannot be trained.
    pub fn program(&mut self, step: usize) -> Result<Arc<StepProgram>, TrainError> {
        let batch = self.training.batch(step);
        let labels = self.labels(&batch);
        if let Some(program) = self.programs.get(&(batch.len(), labels)) {
            return Ok(Arc::clone(program));
        }
        let key = (batch.len(), labels);
        let mut program = match self.right.get(&key) {
            Some(program) => program.as_ref().clone(),
            None => StepProgram::new(&self.training, batch.len(), labels)?,
        };
        if !self.mistakes.is_empty() {
            // A mistake that makes another training makes other programs, too.
            let same = !self.mistakes.iter().any(Mistake::is_of_training);
            for mistake in &self.mistakes {
                mistake.change_program(&self.training, &mut program, same)?;
            }
            program = program.with_kept_gradients();
        }
        let program = Arc::new(program);
        self.programs.insert((batch.len(), labels), Arc::clone(&program));
        Ok(program)
    }

    fn labels(&self, batch: &[usize]) -> Labels {
        labels(&self.training, batch)
    }

    /// The next step; `None` after the last one.
    ///
    /// # Errors
    /// [`TrainError`] if something cannot be trained.
    pub fn next_step(&mut self) -> Result<Option<Done>, TrainError> {
        let number = self.state.steps;
        if number >= self.training.steps() {
            return Ok(None);
        }
        let step = self.program(number)?;
        let given = self.given(&step, number)?;
        let values = step.program.evaluate_given(&given)?;
        self.take(&step, &values);
        Ok(Some(Done { step, values, number, batch: self.training.batch(number) }))
    }

    /// Takes new weights and slots over.
    fn take(&mut self, step: &StepProgram, values: &Values) {
        for line in &step.weights {
            if let (Some(new), Some(weight)) = (line.new, self.state.weights.get_mut(&line.name)) {
                *weight = values.array(&step.program, new);
            }
            for &(slot, _, after) in &line.slots {
                self.state.slots.insert((line.name.clone(), slot), values.array(&step.program, after));
            }
        }
        self.state.steps += 1;
    }

    /// All arrays that a step is given: rows, labels, weights, slots, numbers of the optimizer, masks.
    ///
    /// # Errors
    /// [`TrainError`] if a mask has another length.
    pub fn given(&self, step: &StepProgram, number: usize) -> Result<Vec<(ArrayId, Array)>, TrainError> {
        let program = &step.program;
        let batch = self.training.batch(number);
        let mut given = rows(&self.training, step, &batch);
        for line in &step.weights {
            if let Some(weight) = self.state.weights.get(&line.name) {
                given.push((line.old, weight.clone()));
            }
            for &(slot, before, _) in &line.slots {
                let start = if slot == Slot::Accumulator { self.training.optimizer.initial_accumulator } else { 0.0 };
                let shape = program.shape(before);
                let array = match self.state.slots.get(&(line.name.clone(), slot)) {
                    Some(array) => Some(array.clone()),
                    None => Array::new(shape.clone(), vec![start; shape.size()]),
                };
                given.extend(array.map(|array| (before, array)));
            }
        }
        for (id, value) in step.scalars.values(&self.training.optimizer, number + 1) {
            given.extend(value.first().map(|&value| (id, Array::scalar(value))));
        }
        let masks = self.training.masks.get(number);
        for (at, declared) in program.arrays().iter().enumerate() {
            let is_mask = declared.kind == crate::equation::Kind::Input
                && declared.name.rsplit_once('.').is_some_and(|(_, stage)| stage == "mask");
            let Some(id) = program.id(at).filter(|_| is_mask) else { continue };
            let all = vec![1.0; declared.shape.size()];
            let mask = masks.and_then(|masks| masks.get(&declared.name)).cloned().unwrap_or(all);
            let (expected, got) = (declared.shape.size(), mask.len());
            match Array::new(declared.shape.clone(), mask) {
                Some(mask) => given.push((id, mask)),
                None => return Err(TrainError::Lengths { what: declared.name.clone(), expected, got }),
            }
        }
        Ok(given)
    }

    /// The loss on all rows with the weights as they are, the network used as after training.
    ///
    /// # Errors
    /// [`TrainError`] if something does not fit.
    pub fn loss_on_all(&self) -> Result<f32, TrainError> {
        let all: Vec<usize> = (0..self.training.rows.len()).collect();
        self.loss_on(&all)
    }

    /// What the network gives for `inputs`, each the numbers of one row, with the weights as they are, used as after training. One
    /// row's outputs after the other's.
    ///
    /// # Errors
    /// [`TrainError`] if something does not fit.
    pub fn outputs(&self, inputs: &[Vec<f32>]) -> Result<Vec<f32>, TrainError> {
        let made = self.training.network.of_rows(inputs.len(), false)?;
        let Some(output) = self.training.network.outputs().first().and_then(|&source| made.value(source)) else {
            return Err(TrainError::Outputs { got: 0 });
        };
        let program = &made.program;
        let rows: Vec<&[f32]> = inputs.iter().map(Vec::as_slice).collect();
        let mut given = divided(program, &made.inputs, &rows);
        for (name, weight) in &self.state.weights {
            given.extend(program.find(name).map(|id| (id, weight.clone())));
        }
        Ok(program.evaluate_given(&given)?.of(output.array).to_vec())
    }

    /// The loss on some rows with the weights as they are, the network used as after training.
    ///
    /// # Errors
    /// [`TrainError`] if something does not fit.
    pub fn loss_on(&self, batch: &[usize]) -> Result<f32, TrainError> {
        let step = StepProgram::of_loss(&self.training, batch.len(), self.labels(batch))?;
        let mut given = rows(&self.training, &step, batch);
        for line in &step.weights {
            given.extend(self.state.weights.get(&line.name).map(|weight| (line.old, weight.clone())));
        }
        let values = step.program.evaluate_given(&given)?;
        Ok(values.of(step.loss)[0])
    }
}

fn labels(training: &Training, batch: &[usize]) -> Labels {
    let all: Vec<f32> = batch.iter().flat_map(|&row| training.rows[row].1.iter().copied()).collect();
    Labels::of(&all, training.rows.first().map_or(1, |(_, target)| target.len()))
}

/// The numbers of each row divided among the inputs. A row of another length gives no array: the pass then says what is missing.
fn divided(program: &Program, inputs: &[ArrayId], rows: &[&[f32]]) -> Vec<(ArrayId, Array)> {
    let mut from = 0;
    let array = |&id: &ArrayId| {
        let shape = program.shape(id).clone();
        let length = shape.size() / rows.len().max(1);
        let numbers = rows.iter().flat_map(|row| row.iter().skip(from).take(length).copied()).collect();
        from += length;
        Some((id, Array::new(shape, numbers)?))
    };
    inputs.iter().filter_map(array).collect()
}

/// The inputs and labels of some rows.
fn rows(training: &Training, step: &StepProgram, batch: &[usize]) -> Vec<(ArrayId, Array)> {
    let program = &step.program;
    let inputs: Vec<&[f32]> = batch.iter().map(|&row| training.rows[row].0.as_slice()).collect();
    let mut given = divided(program, &step.inputs, &inputs);
    let labels = batch.iter().flat_map(|&row| training.rows[row].1.iter().copied()).collect();
    given.extend(Array::new(program.shape(step.target).clone(), labels).map(|array| (step.target, array)));
    given
}
