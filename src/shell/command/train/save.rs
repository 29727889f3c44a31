//! `--save`: the training as a training file, with its steps.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::{super::CommandError, OptionsError, json};
use crate::{
    equation::Array,
    shell::{name, replace},
    train::{Batches, Done, State, Training, file},
};

/// More steps than this are not kept: the training gives them again.
pub(super) const MOST_STEPS: usize = 2_000;

fn array(array: &Array) -> Json {
    file::array(array.shape().axes(), array.values())
}

/// Keeps a step as training files have it.
pub(super) fn step(saved: &mut Vec<Json>, done: &Done, after: &State, rate: f32) {
    let (program, values) = (&done.step.program, &done.values);
    let forward = program.equations()[..done.step.parts().0].iter().map(|equation| equation.array);
    let kept =
        |name: &str| matches!(name.rsplit_once('.'), Some((_, "z" | "a" | "h" | "mean" | "variance" | "normalized")));
    let forward = forward.map(|id| (program.name(id).to_owned(), id)).filter(|(name, _)| kept(name));
    let masks = program
        .arrays()
        .iter()
        .enumerate()
        .filter(|(_, array)| array.name.rsplit_once('.').is_some_and(|(_, stage)| stage == "mask"));
    let masks = masks.filter_map(|(at, array)| Some((array.name.clone(), program.id(at)?)));
    let forward: serde_json::Map<String, Json> =
        forward.chain(masks).map(|(name, id)| (name, array(&values.array(program, id)))).collect();
    let named = |arrays: &mut dyn Iterator<Item = (&String, &Array)>| -> serde_json::Map<String, Json> {
        arrays.map(|(name, numbers)| (name.clone(), array(numbers))).collect()
    };
    saved.push(json!({
        "batch": done.number,
        "forward": forward,
        "loss": file::number(done.loss()),
        "loss_per_sample": array(&values.array(program, done.step.loss_of_rows)),
        "gradients": named(&mut json::gradients(done).iter()),
        "weights": named(&mut after.weights.iter()),
        "state": json::state(after),
        "learning_rate": file::number(rate),
    }));
}

/// Writes the file.
pub(super) fn write(
    path: &Path,
    described: &mut Json,
    training: &Training,
    steps: Vec<Json>,
    loss: f32,
) -> Result<(), CommandError> {
    if let Batches::Epochs { size, epochs } = &training.batches {
        described["epochs"] = json!(epochs);
        described["batch_size"] = json!(size.unwrap_or(training.trained()));
    }
    described["steps"] = Json::Array(steps);
    described["final_loss_on_all"] = file::number(loss);
    let text = serde_json::to_string(described).unwrap_or_default() + "\n";
    replace::whole(&name::path(path), text.as_bytes())
        .map_err(|why| OptionsError::Write { path: path.to_owned(), why }.into())
}
