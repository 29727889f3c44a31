//! The networks that Keras wrote, with the first of the inputs that it was given.

#[path = "golden_models.rs"]
mod golden_models;
#[path = "numbers.rs"]
mod of_goldens;

use byhand::graph::Network;
use golden_models::{json, network};
use of_goldens::numbers;
use serde_json::Value as Json;

pub(crate) use golden_models::names;

/// A model and the inputs of its first sample, one list an input.
pub(crate) fn load(model: &str) -> (Network, Vec<Vec<f32>>) {
    let network = network(model, "model.json").unwrap_or_else(|error| panic!("{error}"));
    let golden = json(&format!("{model}/golden.json"));
    let first = |input: &Json| {
        let (values, samples) = (numbers(&input["data"]), input["shape"][0].as_u64().expect("samples") as usize);
        values[..values.len() / samples].to_vec()
    };
    let inputs = golden["inputs"].as_array().expect("inputs").iter().map(first).collect();
    (network, inputs)
}
