//! A whole module in a pickle: its layers in order, with their options and tensors.

use std::collections::BTreeMap;

use super::Module;
use crate::{
    file::{
        FileError,
        pickle::{Heap, Value},
    },
    words::formats,
};

/// Modules within modules, at most.
const DEEPEST: usize = 16;

/// Modules in one file, at most.
const MOST: usize = 10_000;

/// The class of an object, if it is a module of PyTorch's own: `Linear`.
fn class<'h>(heap: &'h Heap, value: &Value) -> Option<&'h str> {
    let (name, _) = heap.called(value)?;
    name.strip_prefix("torch.nn.modules.")?.rsplit('.').next()
}

fn too_deep() -> FileError {
    FileError::Damaged { format: formats::torch_file(), place: "_modules".to_owned(), why: formats::too_deep(DEEPEST) }
}

/// The layers of a module that have no layers themselves; `None` if the value is no module.
pub(in crate::file) fn modules(heap: &Heap, root: &Value) -> Result<Option<Vec<Module>>, FileError> {
    if class(heap, root).is_none() {
        return Ok(None);
    }
    let mut found = Vec::new();
    walk(heap, root, "", 0, &mut |name, class, module| {
        let state = heap.state(module);
        let mut options = BTreeMap::new();
        for (key, value) in state.and_then(|state| heap.entries(state)).unwrap_or_default() {
            if let (Some(key), Some(text)) = (key.text().filter(|key| !key.starts_with('_')), written(heap, value)) {
                options.insert(key.to_owned(), text);
            }
        }
        // Without a bias there is an entry, which is None.
        let parameters = state.and_then(|state| heap.entry(state, "_parameters"));
        if let Some(bias) = parameters.and_then(|parameters| heap.entry(parameters, "bias")) {
            options.insert("bias".to_owned(), if *bias == Value::None { "False" } else { "True" }.to_owned());
        }
        found.push(Module { name: name.to_owned(), class: class.to_owned(), options });
    })?;
    Ok(Some(found))
}

/// The tensors of a module, with the names that `state_dict()` gives them.
pub(super) fn tensors(heap: &Heap, root: &Value) -> Result<Vec<(String, Value)>, FileError> {
    let mut found = Vec::new();
    walk(heap, root, "", 0, &mut |name, _, module| {
        let Some(state) = heap.state(module) else { return };
        for list in ["_parameters", "_buffers"] {
            let entries = heap.entry(state, list).and_then(|list| heap.entries(list)).unwrap_or_default();
            for (key, value) in entries {
                if let Some(key) = key.text() {
                    let name = if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
                    found.push((name, value.clone()));
                }
            }
        }
    })?;
    Ok(found)
}

fn walk(
    heap: &Heap,
    module: &Value,
    path: &str,
    depth: usize,
    see: &mut dyn FnMut(&str, &str, &Value),
) -> Result<(), FileError> {
    let mut count = 0;
    walk_counted(heap, module, path, depth, see, &mut count)
}

fn walk_counted(
    heap: &Heap,
    module: &Value,
    path: &str,
    depth: usize,
    see: &mut dyn FnMut(&str, &str, &Value),
    count: &mut usize,
) -> Result<(), FileError> {
    *count += 1;
    if depth > DEEPEST || *count > MOST {
        return Err(too_deep());
    }
    let Some(class) = class(heap, module) else { return Ok(()) };
    let inner = heap.state(module).and_then(|state| heap.entry(state, "_modules"));
    let inner = inner.and_then(|inner| heap.entries(inner)).unwrap_or_default();
    if inner.is_empty() || class == "MultiheadAttention" {
        see(path, class, module);
        return Ok(());
    }
    for (key, value) in inner {
        if let Some(key) = key.text() {
            let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            walk_counted(heap, value, &path, depth + 1, see, count)?;
        }
    }
    Ok(())
}

/// A value as it stands in the print of a module: `3`, `(2, 2)`, `True`, `same`.
fn written(heap: &Heap, value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Bool(flag) => Some(if *flag { "True" } else { "False" }.to_owned()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::None => Some("None".to_owned()),
        _ => {
            let list = heap.integers(value)?;
            Some(format!("({})", list.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")))
        }
    }
}
