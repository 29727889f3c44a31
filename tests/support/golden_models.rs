//! The networks that Keras wrote (`tests/golden/keras`), and the inputs it was given.

#[path = "npz.rs"]
mod npz;

use std::{fs, path::PathBuf};

use byhand::graph::{Arrays, Network, from_keras};
use serde_json::Value as Json;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/keras")
}

/// The names of all models, in order.
pub(crate) fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("a folder").map(|entry| entry.expect("an entry"));
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    names
}

fn json(path: &str) -> Json {
    let path = folder().join(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Numbers of a list; NaN and infinities are texts there.
fn numbers(list: &Json) -> Vec<f32> {
    let number = |value: &Json| match value.as_str() {
        Some(text) => text.parse().expect("NaN or an infinity"),
        None => value.as_f64().expect("a number") as f32,
    };
    list.as_array().expect("a list").iter().map(number).collect()
}

/// A model and the inputs of its first sample, one list an input.
pub(crate) fn load(model: &str) -> (Network, Vec<Vec<f32>>) {
    let weights = npz::arrays(&fs::read(folder().join(model).join("weights.npz")).expect("weights"));
    let network = from_keras(&json(&format!("{model}/model.json")), Arrays::InOrder(weights), None);
    let network = network.unwrap_or_else(|error| panic!("{model}: {error}"));
    let golden = json(&format!("{model}/golden.json"));
    let first = |input: &Json| {
        let (values, samples) = (numbers(&input["data"]), input["shape"][0].as_u64().expect("samples") as usize);
        values[..values.len() / samples].to_vec()
    };
    let inputs = golden["inputs"].as_array().expect("inputs").iter().map(first).collect();
    (network, inputs)
}
