//! One training step as a program: forward, loss, backward, update.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Convention, Labels, TrainError, Training, WeightLine,
    backward::{Gradients, Seed, backward},
    loss::{self, Given},
    number,
    update::{Scalars, Update},
};
use crate::{
    equation::{ArrayId, Function, Kind, Program, Read, Rule, Shape, over},
    graph::{AddressError, Found, Network, Rows},
    network::Activation,
};

/// Weights that no optimizer changes.
const STATISTICS: [&str; 4] = ["moving_mean", "moving_variance", "mean", "variance"];

/// The program of a step for so many rows. Nothing in it depends on the numbers of the rows or of the weights.
#[derive(Debug, Clone)]
pub struct StepProgram {
    /// All equations.
    pub program: Program,
    /// How many rows.
    pub rows: usize,
    /// What is known of their labels.
    pub labels: Labels,
    /// The inputs, in order.
    pub inputs: Vec<ArrayId>,
    /// The labels.
    pub target: ArrayId,
    /// The loss.
    pub loss: ArrayId,
    /// The loss of each row.
    pub loss_of_rows: ArrayId,
    /// Every weight, in order.
    pub weights: Vec<WeightLine>,
    pub(super) scalars: Scalars,
    /// The gradient of each array of the forward pass that has one.
    pub gradients: BTreeMap<ArrayId, ArrayId>,
    /// Arrays whose first axis is that of the rows.
    of_rows: BTreeSet<ArrayId>,
    /// How many equations the forward pass, loss and backward pass have together.
    before_update: usize,
    /// How many equations the forward pass has.
    forward: usize,
    network: Network,
}

/// What comes before the backward pass.
struct Ahead {
    rows: Rows,
    labels: Labels,
    target: ArrayId,
    built: loss::Built,
    loss: ArrayId,
    forward: usize,
}

impl StepProgram {
    /// The step of a training for so many rows with such labels.
    ///
    /// # Errors
    /// [`TrainError`] if something cannot be trained.
    pub fn new(training: &Training, rows: usize, labels: Labels) -> Result<Self, TrainError> {
        let mut ahead = ahead(training, rows, labels, true)?;
        let program = &mut ahead.rows.program;
        let all: Vec<(String, ArrayId)> = weights(program);
        let trained = |name: &str| !STATISTICS.iter().any(|stage| name.ends_with(&format!(".{stage}")));
        let wanted: Vec<ArrayId> = all.iter().filter(|(name, _)| trained(name)).map(|(_, id)| *id).collect();
        let mut seeds = vec![ahead.built.seed.clone()];
        for (name, share) in training.l2.iter().filter(|(_, share)| **share != 0.0) {
            let Some(of) = program.find(name) else { continue };
            let rank = program.shape(of).rank();
            let product = [number(program, 2.0 * share)?, Read::same(of, rank)];
            seeds.push(Seed { of, by: ahead.loss, rule: Rule::map(Function::Multiply, product) });
        }
        let Gradients { of: gradients, looked_up } = backward(program, seeds, &wanted)?;
        let before_update = program.equations().len();
        let mut update = Update { program, optimizer: &training.optimizer, scalars: Scalars::default() };
        let free = |name: &String| !training.frozen.contains(name);
        let with: Vec<(String, ArrayId)> = all
            .iter()
            .filter(|(name, _)| free(name))
            .filter_map(|(name, id)| Some((name.clone(), *gradients.get(id)?)))
            .collect();
        update.global_norm(&with)?;
        let mut lines = Vec::new();
        for (name, old) in &all {
            let gradient = gradients.get(old).copied();
            lines.push(match gradient.filter(|_| free(name)) {
                Some(gradient) => update.weight(name, *old, gradient, looked_up.get(old).copied())?,
                None => WeightLine { name: name.clone(), old: *old, gradient, new: None, slots: Vec::new() },
            });
        }
        moving_statistics(training, &mut update, &mut lines, rows)?;
        let scalars = update.scalars;
        Ok(Self::finished(training, ahead, rows, lines, scalars, gradients, before_update))
    }

    /// The forward pass and the loss alone, as the network is used after training.
    ///
    /// # Errors
    /// [`TrainError`] if something does not fit.
    pub fn of_loss(training: &Training, rows: usize, labels: Labels) -> Result<Self, TrainError> {
        let ahead = ahead(training, rows, labels, false)?;
        let line = |(name, old)| WeightLine { name, old, gradient: None, new: None, slots: Vec::new() };
        let lines = weights(&ahead.rows.program).into_iter().map(line).collect();
        let equations = ahead.rows.program.equations().len();
        Ok(Self::finished(training, ahead, rows, lines, Scalars::default(), BTreeMap::new(), equations))
    }

    fn finished(
        training: &Training,
        ahead: Ahead,
        rows: usize,
        weights: Vec<WeightLine>,
        scalars: Scalars,
        gradients: BTreeMap<ArrayId, ArrayId>,
        before_update: usize,
    ) -> Self {
        let Ahead { rows: made, labels, target, built, loss, forward } = ahead;
        let mut of_rows = made.of_rows;
        of_rows.insert(target);
        let of_weight: BTreeSet<ArrayId> = weights.iter().filter_map(|line| line.gradient).collect();
        let program = made.program;
        for equation in &program.equations()[forward..before_update] {
            let first = equation.shape.axes().first() == Some(&rows);
            let part = |id: &ArrayId| program.name(equation.array).starts_with(&format!("{}.", program.name(*id)));
            let of_weight = of_weight.contains(&equation.array) || of_weight.iter().any(part);
            if first && !of_weight {
                of_rows.insert(equation.array);
            }
        }
        let (inputs, loss_of_rows) = (made.inputs, built.rows);
        let network = training.network.clone();
        Self {
            program,
            rows,
            labels,
            inputs,
            target,
            loss,
            loss_of_rows,
            weights,
            scalars,
            gradients,
            of_rows,
            before_update,
            forward,
            network,
        }
    }

    /// Gradients that a mistake adds up from step to step are remembered like slots.
    pub(super) fn with_kept_gradients(mut self) -> Self {
        let stage = super::Slot::Gradient.stage();
        for line in &mut self.weights {
            let Some(gradient) = line.gradient else { continue };
            let before = format!("{}.{stage}.before", self.program.name(gradient));
            if let Some(before) = self.program.find(&before) {
                line.slots.push((super::Slot::Gradient, before, gradient));
            }
        }
        self
    }

    /// Whether the first axis of an array is that of the rows.
    pub fn is_of_rows(&self, array: ArrayId) -> bool {
        self.of_rows.contains(&array)
    }

    /// The array of an address without its index: those of the forward pass and of this step.
    fn named(&self, name: &str) -> Option<ArrayId> {
        if let Some(id) = self.program.find(name) {
            return Some(id);
        }
        let found = self.network.find(name).ok().map(|found| self.network.program().name(found.array).to_owned());
        if let Some(id) = found.and_then(|name| self.program.find(&name)) {
            return Some(id);
        }
        let (layer, rest) = name.split_once('.')?;
        if let Ok(position) = layer.parse::<usize>() {
            let mut layers = self.network.nodes().iter().filter(|node| node.operation.is_some());
            return self.named(&format!("{}.{rest}", layers.nth(position)?.name));
        }
        // A sum's gradient is that of what it becomes.
        let (layer, stage) = name.rsplit_once('.')?;
        let of = self.program.find(&format!("{layer}.{}", stage.strip_prefix('d')?))?;
        self.gradients.get(&of).copied()
    }

    /// Finds an address. With a single row its index may be left out.
    ///
    /// # Errors
    /// [`AddressError`], saying what there is.
    pub fn find(&self, address: &str) -> Result<Found, AddressError> {
        let text = address.trim();
        let (name, index) = match text.split_once('[') {
            None => (text, None),
            Some((name, rest)) => (name.trim_end(), Some(rest)),
        };
        let Some(array) = self.named(name) else {
            let layer = name.split_once('.').map_or(name, |(layer, _)| layer);
            let own = |known: &&str| known.split_once('.').is_some_and(|(known, _)| known == layer);
            let names = self.program.arrays().iter().map(|array| array.name.as_str());
            let known: Vec<String> = names.filter(own).map(str::to_owned).collect();
            if !known.is_empty() {
                return Err(AddressError::Stage { name: name.to_owned(), layer: layer.to_owned(), known });
            }
            let near = |known: &&str| (strsim::jaro_winkler(name, known) * 1e6) as u64;
            let near = self.program.arrays().iter().map(|array| array.name.as_str()).max_by_key(near).unwrap_or("");
            return Err(AddressError::Unknown { name: name.to_owned(), near: near.to_owned() });
        };
        let shape = self.program.shape(array);
        let Some(index) = index else {
            let flat = (shape.size() == 1).then_some(0);
            return Ok(Found { array, flat });
        };
        let syntax = || AddressError::Syntax { text: text.to_owned() };
        let inside = index.strip_suffix(']').ok_or_else(syntax)?;
        let index: Result<Vec<usize>, _> = inside.split(',').map(|i| i.trim().parse()).collect();
        let mut index = index.map_err(|_| syntax())?;
        if self.rows == 1 && self.of_rows.contains(&array) && index.len() + 1 == shape.rank() {
            index.insert(0, 0);
        }
        match shape.flat(&index) {
            Some(flat) => Ok(Found { array, flat: Some(flat) }),
            None => Err(AddressError::Index {
                address: text.to_owned(),
                name: self.program.name(array).to_owned(),
                shape: shape.to_string(),
            }),
        }
    }

    /// The address of a number; with a single row without its index.
    pub fn address(&self, array: ArrayId, flat: usize) -> String {
        if self.rows == 1 && self.of_rows.contains(&array) {
            let index = self.program.shape(array).unravel(flat);
            let index: Vec<String> = index.iter().skip(1).map(ToString::to_string).collect();
            if index.is_empty() {
                return self.program.name(array).to_owned();
            }
            return format!("{}[{}]", self.program.name(array), index.join(","));
        }
        self.program.address(array, flat)
    }

    /// How many equations the forward pass has, and how many there are before the update.
    pub fn parts(&self) -> (usize, usize) {
        (self.forward, self.before_update)
    }

    /// The network that is trained.
    pub fn network(&self) -> &Network {
        &self.network
    }
}

/// The forward pass and the loss.
fn ahead(training: &Training, rows: usize, labels: Labels, in_training: bool) -> Result<Ahead, TrainError> {
    let mut made = training.network.of_rows(rows, in_training)?;
    let [source] = training.network.outputs() else {
        return Err(TrainError::Outputs { got: training.network.outputs().len() });
    };
    let Some(output) = made.value(*source).cloned() else { return Err(TrainError::Outputs { got: 0 }) };
    let target = training.loss.labels(&output.shape.without_axis(0)).with_axis(0, rows);
    let logits = logits(&made.program, output.array);
    let forward = made.program.equations().len();
    let target = made.program.input("target", target)?;
    let regularized: Vec<(String, f32)> =
        training.l2.iter().filter(|(_, share)| **share != 0.0).map(|(name, share)| (name.clone(), *share)).collect();
    let name = if regularized.is_empty() { "loss" } else { "loss.data" };
    let given = Given { program: &mut made.program, output, logits, target, labels, loss: &training.loss, name };
    let built = loss::build(given)?;
    let mut loss = built.loss;
    if !regularized.is_empty() {
        let program = &mut made.program;
        let mut parts = Vec::new();
        for (name, share) in regularized {
            let Some(of) = program.find(&name) else {
                let known: Vec<String> = weights(program).into_iter().map(|(name, _)| name).collect();
                return Err(TrainError::Weight { name, known: known.join(", ") });
            };
            let shape = program.shape(of).clone();
            let all = Read::new(of, (0..shape.rank()).map(over));
            let squares = Rule::Sum { over: shape, factors: vec![all.clone(), all] };
            let squares = program.equation(format!("loss.squares.{name}"), Shape::SCALAR, squares)?;
            let product = [number(program, share)?, Read::same(squares, 0)];
            let product = Rule::map(Function::Multiply, product);
            parts.push(Read::same(program.equation(format!("loss.l2.{name}"), Shape::SCALAR, product)?, 0));
        }
        let sum = program.equation("loss.regularization", Shape::SCALAR, Rule::map(Function::Add, parts))?;
        let both = [Read::same(built.loss, 0), Read::same(sum, 0)];
        loss = program.equation("loss", Shape::SCALAR, Rule::map(Function::Add, both))?;
    }
    Ok(Ahead { rows: made, labels, target, built, loss, forward })
}

/// All weights of a program, in order.
fn weights(program: &Program) -> Vec<(String, ArrayId)> {
    let arrays = program.arrays().iter().enumerate();
    let weights = arrays.filter(|(_, array)| matches!(array.kind, Kind::Weight(_)));
    weights.filter_map(|(at, array)| Some((array.name.clone(), program.id(at)?))).collect()
}

/// What a sigmoid or softmax that gives `output` takes.
fn logits(program: &Program, output: ArrayId) -> Option<(ArrayId, Activation)> {
    let only = |array: ArrayId| -> Option<(Function, Vec<Read>)> {
        match &program.equation_of(array)?.rule {
            Rule::Map { function, of } => Some((*function, of.clone())),
            _ => None,
        }
    };
    match only(output)? {
        (Function::Activation(Activation::Sigmoid), of) => Some((of[0].array, Activation::Sigmoid)),
        (Function::Share, of) => {
            let (_, of) = only(of[0].array)?;
            let (_, of) = only(of[0].array)?;
            Some((of[0].array, Activation::Softmax))
        }
        (Function::Copy, of) if program.shape(of[0].array) == program.shape(output) => logits(program, of[0].array),
        _ => None,
    }
}

/// Batch normalizations move their mean and variance.
fn moving_statistics(
    training: &Training,
    update: &mut Update<'_>,
    lines: &mut [WeightLine],
    rows: usize,
) -> Result<(), TrainError> {
    for node in training.network.nodes() {
        let Some(share) = node.operation.as_ref().and_then(|operation| operation.momentum()) else { continue };
        for (stage, of_batch) in [("moving_mean", "mean"), ("moving_variance", "variance")] {
            let name = format!("{}.{stage}", node.owner);
            let batch = update.program.find(&format!("{}.{of_batch}", node.name));
            let Some(line) = lines.iter_mut().find(|line| line.name == name && line.new.is_none()) else { continue };
            let Some(batch) = batch else { continue };
            let count = (rows * node.shape().size() / update.program.shape(batch).size().max(1)) as f32;
            let torch = training.optimizer.convention == Convention::Torch && stage == "moving_variance";
            let factor = if torch && count > 1.0 { count / (count - 1.0) } else { 1.0 };
            *line = update.moving(&name, line.old, batch, share, factor)?;
        }
    }
    Ok(())
}
