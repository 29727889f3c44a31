//! Keras files: a description of the model, and arrays that belong to its layers.

pub(super) mod legacy;
pub(super) mod weights;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    Entry, FileError,
    entry::Budget,
    hdf5::{self, Group},
    zip::Zip,
};
use crate::words::formats;

/// A description, the arrays, and which arrays belong to which layer (`encoder/dense`), in the order of `get_weights()`.
pub(super) struct Described {
    pub(super) description: Json,
    pub(super) entries: Vec<Entry>,
    pub(super) by_layer: BTreeMap<String, Vec<usize>>,
}

/// A `.keras` archive.
pub(super) fn archive(zip: &Zip<'_>) -> Result<Described, FileError> {
    let description = json(&zip.needed("config.json")?)?;
    let weights = zip.needed("model.weights.h5")?.into_owned();
    of_weights(description, &hdf5::open(weights)?)
}

/// JSON, whose depth the parser bounds.
pub(super) fn json(text: &[u8]) -> Result<Json, FileError> {
    serde_json::from_slice(text).map_err(|why| FileError::Json { why: why.to_string() })
}

/// A description, and a file of weights as Keras 3 and Keras 2.12 and later write it.
pub(super) fn of_weights(description: Json, root: &Group) -> Result<Described, FileError> {
    let layers = weights::by_layer(&description, root);
    let mut budget = Budget::default();
    let (mut entries, mut by_layer) = (Vec::new(), BTreeMap::new());
    for (layer, paths) in layers {
        let mut places = Vec::with_capacity(paths.len());
        for path in paths {
            let array = root.array_at(&path).ok_or_else(|| FileError::Damaged {
                format: formats::hdf5_file(),
                place: path.clone(),
                why: formats::not_there(),
            })?;
            let name = format!("{layer}/{}", places.len());
            places.push(entries.len());
            entries.push(hdf5::entry(&path, array, &mut budget)?.called(name));
        }
        by_layer.insert(layer, places);
    }
    Ok(Described { description, entries, by_layer })
}

/// A layer in a description.
#[derive(Clone, Copy)]
pub(super) struct Layer<'j> {
    pub(super) name: &'j str,
    pub(super) class: &'j str,
    /// Its own entry; a model if [`is_model`](Self::is_model).
    pub(super) entry: &'j Json,
}

impl Layer<'_> {
    pub(super) fn is_model(&self) -> bool {
        matches!(self.class, "Sequential" | "Functional" | "Model")
    }
}

/// The layers of a description, without functions that Keras 3 lists as layers.
pub(super) fn layers(model: &Json) -> Vec<Layer<'_>> {
    let config = model.get("config");
    let listed = config.and_then(|config| config.get("layers")).or(config).and_then(Json::as_array);
    let text = |entry: &'_ Json, key: &str| entry.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let layer = |entry| {
        let class = Json::as_str(Json::get(entry, "class_name")?)?;
        let named =
            Json::get(entry, "config").and_then(|config| config.get("name")).or_else(|| Json::get(entry, "name"));
        Some(Layer { name: named.and_then(Json::as_str).unwrap_or(class), class, entry })
    };
    let listed = listed.into_iter().flatten();
    listed.filter(|entry| !text(entry, "module").starts_with("keras.src.ops")).filter_map(layer).collect()
}

/// Which arrays belong to which layer, by names such as `encoder/dense/kernel:0`, in the order of `get_weights()`.
pub(super) fn by_names(description: &Json, entries: &[Entry]) -> Result<BTreeMap<String, Vec<usize>>, FileError> {
    let model = Layer { name: "", class: "Functional", entry: description };
    let mut by_layer: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut later = Vec::new();
    let parts = |entry: &'_ Entry| -> Vec<String> {
        // A layer's name may have points; names of PyTorch's kind have no slashes.
        let apart = if entry.name.contains('/') { '/' } else { '.' };
        entry.name.split(apart).map(str::to_owned).collect()
    };
    for (at, entry) in entries.iter().enumerate() {
        let parts = parts(entry);
        match legacy::owner(model, &parts.iter().map(String::as_str).collect::<Vec<_>>(), "") {
            Some(owner) => by_layer.entry(owner.trim_start_matches('/').to_owned()).or_default().push(at),
            None => later.push((at, entry)),
        }
    }
    // Names may leave out the models around a layer; then a layer that has no arrays yet is meant.
    let mut left_out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entry) in later {
        let mut named = Vec::new();
        let parts = parts(entry);
        legacy::by_own_name(model, &parts.iter().map(String::as_str).collect::<Vec<_>>(), "", &mut named);
        let named = named.into_iter().map(|owner| owner.trim_start_matches('/').to_owned());
        let Some(owner) = named.into_iter().find(|owner| !by_layer.contains_key(owner)) else {
            let layer = entry.name.rsplit_once('/').map_or("", |(layer, _)| layer).to_owned();
            return Err(FileError::NoLayer { array: entry.name.clone(), layer });
        };
        left_out.entry(owner).or_default().push(at);
    }
    by_layer.extend(left_out);
    for places in by_layer.values_mut() {
        places.sort_by_key(|&at| rank(&entries[at].name));
    }
    Ok(by_layer)
}

/// Where an array of this name is in `get_weights()` of its layer.
fn rank(name: &str) -> usize {
    const PARTS: &[&str] = &["forward", "backward", "query", "key", "value", "attention_output"];
    const NAMES: &[&str] = &[
        "depthwise_kernel",
        "pointwise_kernel",
        "embeddings",
        "alpha",
        "kernel",
        "recurrent_kernel",
        "bias",
        "scale",
        "gamma",
        "beta",
        "moving_mean",
        "moving_variance",
        "mean",
        "variance",
        "count",
    ];
    let mut parts = name.split(['/', '.']).rev();
    let last = parts.next().unwrap_or_default().split(':').next().unwrap_or_default();
    let of = |list: &[&str], name: &str| list.iter().position(|known| *known == name);
    let part =
        parts.find_map(|part| PARTS.iter().position(|known| part == *known || part.starts_with(&format!("{known}_"))));
    part.unwrap_or(0) * NAMES.len() + of(NAMES, last).unwrap_or(NAMES.len() - 1)
}

/// The arrays of a file of weights without a description, with the names that arrays of such shapes have in Keras, and whether
/// their order is not known: folders of one class are numbered, those of several are not.
pub(super) fn weights_alone(layers: Vec<(String, Vec<String>)>, root: &Group) -> Result<(Vec<Entry>, bool), FileError> {
    let mut budget = Budget::default();
    let class = |paths: &[String]| {
        let folder = paths[0].split('/').nth(1).unwrap_or_default();
        folder.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').to_owned()
    };
    let mut classes: Vec<String> = layers.iter().map(|(_, paths)| class(paths)).collect();
    classes.dedup();
    let mut entries = Vec::new();
    for (layer, paths) in layers {
        let mut own = Vec::with_capacity(paths.len());
        for path in &paths {
            let array = root.array_at(path).ok_or_else(|| FileError::Damaged {
                format: formats::hdf5_file(),
                place: path.clone(),
                why: formats::not_there(),
            })?;
            own.push(hdf5::entry(path, array, &mut budget)?);
        }
        let ranks: Vec<usize> = own.iter().map(|entry| entry.shape.len()).collect();
        let names: &[&str] = match ranks.as_slice() {
            [2] | [2, 1] => &["kernel", "bias"],
            [1, 1, 1, 1] => &["gamma", "beta", "moving_mean", "moving_variance"],
            _ => &[],
        };
        entries.extend(own.into_iter().enumerate().map(|(at, entry)| {
            let name = names.get(at).map_or_else(|| at.to_string(), |name| (*name).to_owned());
            entry.called(format!("{layer}/{name}"))
        }));
    }
    Ok((entries, classes.len() > 1))
}
