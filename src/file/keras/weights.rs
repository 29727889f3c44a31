//! Where a file of weights (`model.weights.h5`) keeps the arrays of each layer.
//!
//! A layer's folder is its class in snake case with a number, counted for each class within each model, in the order of the
//! description: `layers/dense`, `layers/dense_1`. It is **not** the layer's name. Keras 2.13 leaves numbers out (a layer with
//! weights is counted twice), so what counts is which of the folders of its class it is.

use serde_json::Value as Json;

use super::layers;
use crate::file::hdf5::Group;

/// Models within models, at most.
const DEEPEST: usize = 16;

/// Folders of parts of a layer, in the order of `get_weights()`.
const PARTS: &[&str] = &["forward_layer", "backward_layer", "query_dense", "key_dense", "value_dense", "output_dense"];

/// The arrays of each layer that has some: the layer with the models around it, and the paths of its arrays in their order.
pub(in crate::file) fn by_layer(model: &Json, root: &Group) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    walk(model, root, "", "", &mut found, 0);
    found
}

fn walk(model: &Json, group: &Group, place: &str, path: &str, found: &mut Vec<(String, Vec<String>)>, depth: usize) {
    let containers = ["layers", "_layer_checkpoint_dependencies"];
    let Some((container, folders)) = containers.iter().find_map(|name| Some((*name, group.groups.get(*name)?))) else {
        return;
    };
    let layers = layers(model);
    for (at, layer) in layers.iter().enumerate() {
        let snake = snake_case(layer.class);
        let before = layers[..at].iter().filter(|other| snake_case(other.class) == snake).count();
        let all = layers.iter().filter(|other| snake_case(other.class) == snake).count();
        let names: Vec<String> = if layer.class == "Model" {
            ["functional", "model"].iter().flat_map(|name| numbered(folders, name)).collect()
        } else {
            numbered(folders, &snake)
        };
        let exact = if before == 0 { snake.clone() } else { format!("{snake}_{before}") };
        let says =
            |name: &&String| folders.at(&format!("{name}/vars")).and_then(|vars| vars.text("name")) == Some(layer.name);
        let name = if names.len() == all { names.get(before) } else { names.iter().find(says) };
        let Some(name) = name.cloned().or_else(|| folders.groups.contains_key(&exact).then_some(exact)) else {
            continue;
        };
        let Some(folder) = folders.groups.get(&name) else { continue };
        let (place, path) = (format!("{place}{container}/{name}/"), format!("{path}{}", layer.name));
        if layer.is_model() {
            if depth < DEEPEST {
                walk(layer.entry, folder, &place, &format!("{path}/"), found, depth + 1);
            }
            continue;
        }
        let mut arrays = Vec::new();
        arrays_of(folder, &place, &mut arrays);
        if !arrays.is_empty() {
            found.push((path, arrays));
        }
    }
}

/// The arrays of each folder with weights, without a description: the name that Keras 3 writes beside them, or the folder's.
/// Folders of one class are in their order; `None` if it is no such file.
pub(in crate::file) fn alone(root: &Group) -> Option<Vec<(String, Vec<String>)>> {
    let containers = ["layers", "_layer_checkpoint_dependencies"];
    let (container, folders) = containers.iter().find_map(|name| Some((*name, root.groups.get(*name)?)))?;
    let key = |name: &str| match name.rsplit_once('_').map(|(class, number)| (class, number.parse::<usize>())) {
        Some((class, Ok(number))) => (class.to_owned(), number),
        _ => (name.to_owned(), 0),
    };
    let mut names: Vec<&String> = folders.groups.keys().collect();
    names.sort_by_key(|name| key(name));
    let layers = names.into_iter().filter_map(|name| {
        let mut arrays = Vec::new();
        arrays_of(folders.groups.get(name)?, &format!("{container}/{name}/"), &mut arrays);
        let says = folders.at(&format!("{name}/vars")).and_then(|vars| vars.text("name")).unwrap_or(name);
        (!arrays.is_empty()).then(|| (says.to_owned(), arrays))
    });
    Some(layers.collect())
}

/// The folders `dense`, `dense_1`, `dense_10` ... of a class, in the order of their numbers.
fn numbered(folders: &Group, snake: &str) -> Vec<String> {
    let number = |name: &str| match name.strip_prefix(snake)? {
        "" => Some(0),
        rest => rest.strip_prefix('_')?.parse::<usize>().ok(),
    };
    let mut found: Vec<(usize, &String)> =
        folders.groups.keys().filter_map(|name| Some((number(name)?, name))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name.clone()).collect()
}

/// The arrays of a layer: its own, then those of its parts.
fn arrays_of(folder: &Group, place: &str, found: &mut Vec<String>) {
    if let Some(vars) = folder.groups.get("vars") {
        let mut numbers: Vec<(usize, &String)> =
            vars.arrays.keys().filter_map(|name| Some((name.parse().ok()?, name))).collect();
        numbers.sort_unstable();
        found.extend(numbers.into_iter().map(|(_, name)| format!("{place}vars/{name}")));
    }
    let order = |name: &str| PARTS.iter().position(|part| *part == name.trim_start_matches('_'));
    let mut parts: Vec<(&String, &Group)> = folder.groups.iter().filter(|(name, _)| *name != "vars").collect();
    parts.sort_by_key(|(name, _)| (order(name).unwrap_or(PARTS.len()), *name));
    for (name, part) in parts {
        // The state of a random number generator is an array, too.
        if !name.contains("seed_generator") && !name.contains("random_generator") {
            arrays_of(part, &format!("{place}{name}/"), found);
        }
    }
}

/// `MaxPooling2D` is `max_pooling2d`, `PReLU` is `p_re_lu`: Keras' own rule (`keras/src/utils/naming.py`).
fn snake_case(class: &str) -> String {
    let letters: Vec<char> = class.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    let small = |at: usize| letters.get(at).is_some_and(char::is_ascii_lowercase);
    let mut snake = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let begins = at > 0 && letter.is_ascii_uppercase() && (small(at + 1) || small(at - 1));
        if begins && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn folders_are_named_as_keras_names_them() {
        for (class, snake) in [
            ("Dense", "dense"),
            ("ReLU", "re_lu"),
            ("PReLU", "p_re_lu"),
            ("ELU", "elu"),
            ("LeakyReLU", "leaky_re_lu"),
            ("LSTM", "lstm"),
            ("SimpleRNN", "simple_rnn"),
            ("Conv2D", "conv2d"),
            ("Conv2DTranspose", "conv2d_transpose"),
            ("MaxPooling2D", "max_pooling2d"),
            ("GlobalAveragePooling1D", "global_average_pooling1d"),
            ("MultiHeadAttention", "multi_head_attention"),
            ("RMSNormalization", "rms_normalization"),
        ] {
            assert_eq!(snake_case(class), snake);
        }
    }
}
