//! `train --json`: every step while it is made, so that a long training needs no memory for it.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde::Serialize;
use serde_json::Value as Json;

use crate::{
    equation::Array,
    json::{self, Number, numbers},
    train::{Done, State, file},
};

#[derive(Serialize)]
struct Step {
    loss: Number,
    gradients: BTreeMap<String, Tensor>,
    weights: BTreeMap<String, Tensor>,
    state: BTreeMap<String, Json>,
}

#[derive(Serialize)]
struct Tensor {
    shape: Vec<usize>,
    data: Vec<Number>,
}

fn tensor(array: &Array) -> Tensor {
    Tensor { shape: array.shape().axes().to_vec(), data: numbers(array.values()) }
}

/// The gradients that a training file names: of weights by the weight's name, and `dz`, `da`, `dh` of every layer.
pub(super) fn gradients(done: &Done) -> BTreeMap<String, Array> {
    let (step, program) = (&done.step, &done.step.program);
    let mut found = BTreeMap::new();
    for line in &step.weights {
        if let Some(gradient) = line.gradient {
            found.insert(line.name.clone(), done.values.array(program, gradient));
        }
    }
    for gradient in step.gradients.values() {
        let name = program.name(*gradient);
        if name.rsplit_once('.').is_some_and(|(_, stage)| matches!(stage, "dz" | "da" | "dh")) {
            found.insert(name.to_owned(), done.values.array(program, *gradient));
        }
    }
    found
}

/// The state of the optimizer: arrays by slot and weight, and the number of steps.
pub(super) fn state(state: &State) -> BTreeMap<String, Json> {
    let mut slots: BTreeMap<String, Json> = BTreeMap::new();
    slots.insert("step".to_owned(), Json::from(state.steps));
    for ((weight, slot), array) in &state.slots {
        let entry = slots.entry(slot.in_file().to_owned()).or_insert_with(|| Json::Object(serde_json::Map::new()));
        entry[weight] = file::array(array.shape().axes(), array.values());
    }
    slots
}

pub(super) fn begin(out: &mut impl Write, model: &str) -> io::Result<()> {
    write!(out, "{{\"model\":{},\"steps\":[", json::text(model))
}

pub(super) fn step(out: &mut impl Write, done: &Done, after: &State, more: bool) -> io::Result<()> {
    let weights = after.weights.iter().map(|(name, array)| (name.clone(), tensor(array))).collect();
    let gradients = gradients(done).iter().map(|(name, array)| (name.clone(), tensor(array))).collect();
    let step = Step { loss: Number(done.loss()), gradients, weights, state: state(after) };
    write!(out, "{}{}", if more { "," } else { "" }, json::text(&step))
}

pub(super) fn end(out: &mut impl Write, loss: f32) -> io::Result<()> {
    writeln!(out, "],\"loss\":{}}}", json::text(&Number(loss)))
}
