//! HDF5 files as Keras 2 wrote them and Keras 3 still can: `model_weights/LAYER` lists the arrays of each layer of the model.
//!
//! A model within the model is one layer there. Its list has first everything that is trained, then statistics; the names of its
//! own layers are parts of the arrays' names, and bring the arrays of one layer together again.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Described, Layer, layers};
use crate::{
    file::{
        Entry, FileError,
        entry::Budget,
        hdf5::{self, Group},
    },
    words::formats,
};

/// The layers with arrays in order, and the arrays of each: what it is called in the list, and its path in the file.
type Lists = Vec<(String, Vec<(String, String)>)>;

fn damaged(place: &str, why: String) -> FileError {
    FileError::Damaged { format: formats::hdf5_file(), place: place.to_owned(), why }
}

/// Whether a group has the lists.
pub(in crate::file) fn has_lists(root: &Group) -> bool {
    root.list("layer_names").is_some()
        || root.at("model_weights").is_some_and(|group| group.list("layer_names").is_some())
}

/// The description that the file brings along.
pub(in crate::file) fn description(root: &Group) -> Result<Option<Json>, FileError> {
    let Some(text) = root.text("model_config") else { return Ok(None) };
    let mut description = super::json(text.as_bytes())?;
    if let (Some(version), Some(entries)) = (root.text("keras_version"), description.as_object_mut()) {
        entries.entry("keras_version").or_insert_with(|| version.into());
    }
    Ok(Some(description))
}

fn lists(root: &Group) -> Result<Lists, FileError> {
    let (prefix, group) = match root.at("model_weights") {
        Some(group) => ("model_weights/", group),
        None => ("", root),
    };
    let names = group.list("layer_names").ok_or_else(|| damaged("layer_names", formats::not_there()))?;
    let mut lists = Lists::new();
    for layer in names {
        let folder = group.groups.get(&layer).ok_or_else(|| damaged(&layer, formats::not_there()))?;
        let arrays = folder.list("weight_names").unwrap_or_default();
        let arrays: Vec<(String, String)> =
            arrays.into_iter().map(|name| (name.clone(), format!("{prefix}{layer}/{name}"))).collect();
        if !arrays.is_empty() {
            lists.push((layer, arrays));
        }
    }
    Ok(lists)
}

/// All arrays, in the order of the layers, with names such as `dense/kernel`.
pub(in crate::file) fn entries(root: &Group) -> Result<Vec<Entry>, FileError> {
    let mut budget = Budget::default();
    let arrays = lists(root)?.into_iter().flat_map(|(_, arrays)| arrays);
    arrays.map(|(name, path)| read(root, &name, &path, &mut budget)).collect()
}

fn read(root: &Group, name: &str, path: &str, budget: &mut Budget) -> Result<Entry, FileError> {
    let array = root.array_at(path).ok_or_else(|| damaged(path, formats::not_there()))?;
    Ok(hdf5::entry(path, array, budget)?.called(name.trim_end_matches(":0").to_owned()))
}

/// The arrays of a file, given to the layers of a description.
pub(in crate::file) fn described(description: Json, root: &Group) -> Result<Described, FileError> {
    let mut budget = Budget::default();
    let mut entries = Vec::new();
    let mut by_layer: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let known = layers(&description);
    for (layer, arrays) in lists(root)? {
        let Some(known) = known.iter().find(|known| known.name == layer) else {
            return Err(FileError::NoLayer { array: arrays[0].0.clone(), layer });
        };
        for (name, path) in arrays {
            let parts: Vec<&str> = name.split('/').collect();
            let Some(owner) = owner(*known, &parts, &layer) else {
                return Err(FileError::NoLayer { array: name.clone(), layer });
            };
            by_layer.entry(owner).or_default().push(entries.len());
            entries.push(read(root, &name, &path, &mut budget)?);
        }
    }
    Ok(Described { description, entries, by_layer })
}

/// The layer to which an array belongs, by the parts of its name, with the models around it.
pub(in crate::file) fn owner(layer: Layer<'_>, parts: &[&str], path: &str) -> Option<String> {
    if !layer.is_model() {
        return Some(path.to_owned());
    }
    let inside = layers(layer.entry);
    // The last part is the array's own name.
    let folders = &parts[..parts.len().saturating_sub(1)];
    let (at, inner) = folders
        .iter()
        .enumerate()
        .find_map(|(at, part)| Some((at, inside.iter().find(|inner| inner.name == *part)?)))?;
    owner(*inner, &parts[at + 1..], &format!("{path}/{}", inner.name))
        // Keras 2 leaves the names of models out: then the part belongs to a layer of the inner model.
        .or_else(|| owner(*inner, &parts[at..], &format!("{path}/{}", inner.name)))
}

/// The layers of this name anywhere within a model.
pub(in crate::file) fn by_own_name(model: Layer<'_>, parts: &[&str], path: &str, found: &mut Vec<String>) {
    let folders = &parts[..parts.len().saturating_sub(1)];
    for layer in layers(model.entry) {
        let path = format!("{path}/{}", layer.name);
        if layer.is_model() {
            by_own_name(layer, parts, &path, found);
        } else if folders.contains(&layer.name) {
            found.push(path);
        }
    }
}
