//! On what a layer is called: `inbound_nodes` of Keras 3 (objects) and Keras 2 (lists).

use serde_json::{Map, Value as Json, json};

use crate::graph::config::{FROM, POSITIONAL};

/// A result of a call of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference<'j> {
    pub(super) layer: &'j str,
    pub(super) call: usize,
    pub(super) result: usize,
}

/// One call of a layer.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Call<'j> {
    /// The values, those without a name first.
    pub(super) values: Vec<Reference<'j>>,
    /// Arguments with names; one that is a value says which of `values` it is, under the key [`FROM`].
    pub(super) arguments: Map<String, Json>,
    /// What Keras 3 writes down of the masks, which follow from the layers.
    pub(super) masks: Vec<Reference<'j>>,
}

/// All calls of a layer.
pub(super) fn calls_of(nodes: &Json) -> Vec<Call<'_>> {
    let nodes = nodes.as_array().map_or(&[][..], Vec::as_slice);
    nodes.iter().map(|node| if node.is_object() { of_keras3(node) } else { of_keras2(node) }).collect()
}

/// All results named anywhere in a list: `["dense", 0, 0]`, a list of such, or Keras 3's objects.
pub(super) fn references(json: &Json) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    collect(json, &mut found);
    found
}

fn collect<'j>(json: &'j Json, found: &mut Vec<Reference<'j>>) {
    match json {
        Json::Array(list) => match list.as_slice() {
            [Json::String(layer), Json::Number(call), Json::Number(result), ..] => {
                let number = |n: &serde_json::Number| n.as_u64().and_then(|n| usize::try_from(n).ok());
                if let (Some(call), Some(result)) = (number(call), number(result)) {
                    found.push(Reference { layer, call, result });
                }
            }
            list => list.iter().for_each(|json| collect(json, found)),
        },
        Json::Object(object) => {
            let history = object.get("config").and_then(|config| config.get("keras_history"));
            if object.get("class_name").and_then(Json::as_str) == Some("__keras_tensor__")
                && let Some(history) = history
            {
                collect(history, found);
            }
        }
        _ => {}
    }
}

fn of_keras3(node: &Json) -> Call<'_> {
    let mut call = Call::default();
    collect(node.get("args").unwrap_or(&Json::Null), &mut call.values);
    call.add(node.get("kwargs"));
    call
}

/// A list of `[layer, call, result, arguments]`; the arguments are the same in all of them, or those of the first.
fn of_keras2(node: &Json) -> Call<'_> {
    let mut call = Call::default();
    // A layer on one value may have it without the list around.
    let single = node.as_array().filter(|list| matches!(list.first(), Some(Json::String(_))));
    let list = match single {
        Some(_) => std::slice::from_ref(node),
        None => node.as_array().map_or(&[][..], Vec::as_slice),
    };
    for value in list {
        collect(value, &mut call.values);
    }
    call.add(list.first().and_then(|value| value.get(3)));
    call
}

impl<'j> Call<'j> {
    fn add(&mut self, arguments: Option<&'j Json>) {
        self.arguments.insert(POSITIONAL.to_owned(), json!(self.values.len()));
        for (key, value) in arguments.and_then(Json::as_object).into_iter().flatten() {
            if key == "mask" {
                collect(value, &mut self.masks);
                continue;
            }
            let first = self.values.len();
            collect(value, &mut self.values);
            let places: Vec<usize> = (first..self.values.len()).collect();
            let value = if places.is_empty() { value.clone() } else { json!({ FROM: places }) };
            self.arguments.insert(key.clone(), value);
        }
    }
}
