//! The networks that Keras wrote (`tests/golden/keras`).

#[path = "npz.rs"]
mod npz;

use std::{fs, path::PathBuf};

use byhand::graph::{Arrays, Network, from_keras};
use serde_json::Value as Json;

pub(crate) fn folder() -> PathBuf {
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

pub(crate) fn json(path: &str) -> Json {
    let path = folder().join(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The network of a description, `model.json` or what an older Keras wrote.
pub(crate) fn network(model: &str, description: &str) -> Result<Network, String> {
    let weights = npz::arrays(&fs::read(folder().join(model).join("weights.npz")).expect("weights"));
    let description = json(&format!("{model}/{description}"));
    from_keras(&description, Arrays::InOrder(weights), None).map_err(|error| format!("{model}: {error}"))
}
