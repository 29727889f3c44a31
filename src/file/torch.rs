//! PyTorch's files: `torch.save` of a `state_dict` or a module, as a zip archive or in the older form of pickles one after the
//! other.

mod build;
mod module;
mod print;

use std::collections::BTreeMap;

use super::{
    Entry, FileError, NumberKind,
    entry::{Budget, size_of},
    numpy::from_fortran,
    pickle::{self, Heap, Object, Value},
    zip::Zip,
};
use crate::words::formats;
pub(super) use build::{Tensors, network, with_activations};
pub(super) use module::modules;
pub(super) use print::{is_print, print};

/// Dictionaries within dictionaries, at most.
const DEEPEST: usize = 8;

/// A layer as a module or a print of one says it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Module {
    /// Its place: `0`, `fc1`, `layers.0`.
    pub(super) name: String,
    /// `Linear`, `Conv2d` ...
    pub(super) class: String,
    /// What stands in its brackets; arguments without a name are numbered from 0.
    pub(super) options: BTreeMap<String, String>,
}

/// What a file holds: arrays by their names, and the layers if it is a whole module.
pub(super) struct Torch {
    pub(super) entries: Vec<Entry>,
    pub(super) modules: Vec<Module>,
}

fn damaged(place: impl Into<String>, why: String) -> FileError {
    FileError::Damaged { format: formats::torch_file(), place: place.into(), why }
}

/// Whether a zip archive is PyTorch's: a folder with `data.pkl`.
pub(super) fn prefix<'z>(zip: &'z Zip<'_>) -> Option<&'z str> {
    zip.names().find_map(|name| name.strip_suffix("data.pkl"))
}

/// A zip archive.
pub(super) fn of_zip(zip: &Zip<'_>, prefix: &str) -> Result<Torch, FileError> {
    let program = zip.needed(&format!("{prefix}data.pkl"))?;
    let (root, heap, _) = pickle::load(&program, Heap::default())?;
    let big_endian = zip.file(&format!("{prefix}byteorder"))?.is_some_and(|order| order.starts_with(b"big"));
    let storage = |key: &str| Ok(zip.needed(&format!("{prefix}data/{key}"))?.into_owned());
    Reader { heap: &heap, storage: &storage, big_endian }.read(&root)
}

/// The older form: a magic number, a version, sizes of numbers, the object, the keys of its storages, and their bytes.
pub(super) fn of_pickles(bytes: &[u8]) -> Result<Torch, FileError> {
    let (mut at, mut heap) = (0, Heap::default());
    let mut values = Vec::new();
    for _ in 0..5 {
        let (value, next, length) = pickle::load(&bytes[at..], heap)?;
        heap = next;
        at += length;
        values.push(value);
        // One pickle alone is no file of PyTorch.
        if values.len() == 1 && !matches!(values[0], Value::Int(_)) {
            return Err(FileError::NoStateDict);
        }
    }
    let keys: Option<Vec<&str>> = heap.list(&values[4]).map(|keys| keys.iter().filter_map(Value::text).collect());
    let keys = keys.ok_or_else(|| damaged(formats::at_byte(at), formats::not_there()))?;
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for object in heap.objects() {
        if let Object::Outside(place) = object
            && let Some(storage) = Storage::of(&heap, place)
        {
            sizes.insert(storage.key, storage.kind.size());
        }
    }
    let mut storages: BTreeMap<&str, &[u8]> = BTreeMap::new();
    for key in keys {
        let past = || damaged(formats::at_byte(at), formats::past_the_end());
        let count = bytes.get(at..at + 8).and_then(<[u8]>::first_chunk::<8>).ok_or_else(past)?;
        let count = usize::try_from(u64::from_le_bytes(*count)).map_err(|_| past())?;
        let size = sizes.get(key).copied().unwrap_or(1);
        let end = count.checked_mul(size).and_then(|length| length.checked_add(at + 8)).ok_or_else(past)?;
        storages.insert(key, bytes.get(at + 8..end).ok_or_else(past)?);
        at = end;
    }
    let storage =
        |key: &str| storages.get(key).map(|bytes| bytes.to_vec()).ok_or_else(|| damaged(key, formats::not_there()));
    Reader { heap: &heap, storage: &storage, big_endian: false }.read(&values[3])
}

/// Where the numbers of tensors are: `("storage", type, key, device, count)`.
struct Storage {
    kind: NumberKind,
    key: String,
}

impl Storage {
    fn of(heap: &Heap, place: &Value) -> Option<Self> {
        let [_, Value::Global(kind), key, ..] = heap.list(place)? else { return None };
        let kind = match &**kind {
            "torch.FloatStorage" => NumberKind::Float32,
            "torch.DoubleStorage" => NumberKind::Float64,
            "torch.HalfStorage" => NumberKind::Float16,
            "torch.BFloat16Storage" => NumberKind::Bfloat16,
            "torch.LongStorage" => NumberKind::Int64,
            "torch.IntStorage" => NumberKind::Int32,
            "torch.ShortStorage" => NumberKind::Int16,
            "torch.CharStorage" => NumberKind::Int8,
            "torch.ByteStorage" => NumberKind::Uint8,
            "torch.BoolStorage" => NumberKind::Bool,
            _ => return None,
        };
        Some(Self { kind, key: key.text()?.to_owned() })
    }
}

struct Reader<'r> {
    heap: &'r Heap,
    storage: &'r dyn Fn(&str) -> Result<Vec<u8>, FileError>,
    big_endian: bool,
}

impl Reader<'_> {
    fn read(&self, root: &Value) -> Result<Torch, FileError> {
        let mut budget = Budget::default();
        let mut entries = Vec::new();
        if let Some(modules) = modules(self.heap, root)? {
            for (name, tensor) in module::tensors(self.heap, root)? {
                entries.extend(self.tensor(&name, &tensor, &mut budget)?);
            }
            return Ok(Torch { entries, modules });
        }
        let weights = self.weights(root, 0).ok_or(FileError::NoStateDict)?;
        self.flatten("", weights, &mut entries, &mut budget, 0)?;
        Ok(Torch { entries, modules: Vec::new() })
    }

    /// The dictionary of weights: the object itself, or the entry of a checkpoint that has tensors.
    fn weights<'v>(&'v self, value: &'v Value, depth: usize) -> Option<&'v Value> {
        let entries = self.heap.entries(value)?;
        if entries.iter().any(|(_, value)| self.is_tensor(value)) {
            return Some(value);
        }
        if depth == DEEPEST {
            return None;
        }
        let usual = ["state_dict", "model_state_dict", "model", "net", "module", "weights", "params"];
        let named = usual.iter().filter_map(|name| self.heap.entry(value, name));
        named.chain(entries.iter().map(|(_, value)| value)).find_map(|value| self.weights(value, depth + 1))
    }

    fn is_tensor(&self, value: &Value) -> bool {
        self.heap.called(value).is_some_and(|(name, _)| name.starts_with("torch._utils._rebuild"))
    }

    fn flatten(
        &self,
        path: &str,
        value: &Value,
        found: &mut Vec<Entry>,
        budget: &mut Budget,
        depth: usize,
    ) -> Result<(), FileError> {
        for (key, value) in self.heap.entries(value).unwrap_or_default() {
            let key = key.text().map_or_else(|| key.integer().map(|n| n.to_string()), |text| Some(text.to_owned()));
            let Some(key) = key else { continue };
            let name = if path.is_empty() { key } else { format!("{path}.{key}") };
            if self.is_tensor(value) {
                found.extend(self.tensor(&name, value, budget)?);
            } else if depth < DEEPEST {
                self.flatten(&name, value, found, budget, depth + 1)?;
            }
        }
        Ok(())
    }

    /// A tensor: a window with strides over a storage. `None` for what is no tensor.
    fn tensor(&self, name: &str, value: &Value, budget: &mut Budget) -> Result<Option<Entry>, FileError> {
        let fault = || damaged(name, formats::no_tensor());
        let Some((function, arguments)) = self.heap.called(value) else { return Ok(None) };
        let arguments = self.heap.list(arguments).ok_or_else(fault)?;
        match function {
            "torch._utils._rebuild_parameter" => {
                let inner = arguments.first().ok_or_else(fault)?;
                let again = self.heap.called(inner).is_some_and(|(name, _)| name.ends_with("_rebuild_parameter"));
                return if again { Err(fault()) } else { self.tensor(name, inner, budget) };
            }
            "torch._utils._rebuild_tensor" | "torch._utils._rebuild_tensor_v2" => {}
            _ => return Ok(None),
        }
        let [storage, offset, shape, strides, ..] = arguments else { return Err(fault()) };
        let Some(Object::Outside(place)) = self.heap.object(storage) else { return Err(fault()) };
        let storage = Storage::of(self.heap, place)
            .ok_or_else(|| FileError::Kind { name: name.to_owned(), kind: formats::storage() })?;
        let lengths = |value: &Value| -> Option<Vec<usize>> {
            self.heap.integers(value)?.into_iter().map(|n| usize::try_from(n).ok()).collect()
        };
        let (shape, strides) = (lengths(shape).ok_or_else(fault)?, lengths(strides).ok_or_else(fault)?);
        let offset = offset.integer().and_then(|n| usize::try_from(n).ok()).ok_or_else(fault)?;
        let size = size_of(&shape, budget)?;
        let all = (self.storage)(&storage.key)?;
        let count = all.len() / storage.kind.size();
        let last = shape.iter().zip(&strides).try_fold(offset, |last, (&n, &stride)| {
            n.saturating_sub(1).checked_mul(stride).and_then(|far| far.checked_add(last))
        });
        if shape.len() != strides.len() || size > 0 && last.is_none_or(|last| last >= count) {
            return Err(fault());
        }
        let all = storage.kind.decode(&all, self.big_endian);
        let contiguous = crate::equation::Shape::from(shape.clone()).strides() == strides;
        let values = if size == 0 {
            Vec::new()
        } else if contiguous {
            all[offset..offset + size].to_vec()
        } else {
            let shape = crate::equation::Shape::from(shape.clone());
            let at = |flat| shape.unravel(flat).iter().zip(&strides).map(|(i, stride)| i * stride).sum::<usize>();
            (0..size).map(|flat| all[offset + at(flat)]).collect()
        };
        Ok(Some(Entry::of_values(name, shape, storage.kind, values)?))
    }
}

/// The arrays of a NumPy file of objects: a list or dictionary of arrays, as `np.save(.., model.get_weights())` writes it.
pub(super) fn of_numpy_objects(name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Entry>, FileError> {
    let (root, heap, _) = pickle::load(bytes, Heap::default())?;
    let mut found = Vec::new();
    numpy_arrays(&heap, name, &root, &mut found, budget, 0)?;
    Ok(found)
}

fn numpy_arrays(
    heap: &Heap,
    name: &str,
    value: &Value,
    found: &mut Vec<Entry>,
    budget: &mut Budget,
    depth: usize,
) -> Result<(), FileError> {
    if depth > DEEPEST {
        return Err(damaged(name, formats::too_deep(DEEPEST)));
    }
    let inside = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}/{part}") };
    if let Some(entries) = heap.entries(value) {
        for (key, value) in entries {
            numpy_arrays(heap, &inside(key.text().unwrap_or("array")), value, found, budget, depth + 1)?;
        }
        return Ok(());
    }
    if let Some(list) = heap.list(value) {
        for (at, value) in list.iter().enumerate() {
            budget.take(1)?;
            numpy_arrays(heap, &inside(&format!("arr_{at}")), value, found, budget, depth + 1)?;
        }
        return Ok(());
    }
    let Some((function, _)) = heap.called(value) else { return Ok(()) };
    if !function.ends_with("multiarray._reconstruct") {
        return Ok(());
    }
    let fault = || damaged(name, formats::no_tensor());
    let state = heap.state(value).and_then(|state| heap.list(state)).ok_or_else(fault)?;
    let [_, shape, dtype, fortran, data, ..] = state else { return Err(fault()) };
    let Value::Bytes(data) = data else {
        // An array of objects: a list of arrays.
        return numpy_arrays(heap, name, data, found, budget, depth + 1);
    };
    let shape = heap.integers(shape).ok_or_else(fault)?;
    let shape: Option<Vec<usize>> = shape.into_iter().map(|n| usize::try_from(n).ok()).collect();
    let shape = shape.ok_or_else(fault)?;
    size_of(&shape, budget)?;
    let (kind, big_endian) = numpy_kind(heap, dtype)
        .ok_or_else(|| FileError::Kind { name: name.to_owned(), kind: formats::other_objects() })?;
    let mut values = kind.decode(data, big_endian);
    if *fortran == Value::Bool(true) && shape.len() > 1 {
        values = from_fortran(&shape, &values);
    }
    found.push(Entry::of_values(name, shape, kind, values)?);
    Ok(())
}

/// `dtype("f4")` with the state `(3, "<", ...)`.
fn numpy_kind(heap: &Heap, dtype: &Value) -> Option<(NumberKind, bool)> {
    let (_, arguments) = heap.called(dtype)?;
    let code = heap.list(arguments)?.first()?.text()?;
    let order = heap.state(dtype).and_then(|state| heap.list(state)).and_then(|state| state.get(1)?.text());
    let kind = match code.trim_start_matches(['<', '>', '=', '|']) {
        "f2" => NumberKind::Float16,
        "f4" => NumberKind::Float32,
        "f8" => NumberKind::Float64,
        "i1" => NumberKind::Int8,
        "i2" => NumberKind::Int16,
        "i4" => NumberKind::Int32,
        "i8" => NumberKind::Int64,
        "u1" => NumberKind::Uint8,
        "b1" => NumberKind::Bool,
        _ => return None,
    };
    Some((kind, order == Some(">")))
}
