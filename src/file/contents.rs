//! What a file holds, and the one place where that becomes a network.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    Entry, FileError, Format, Source,
    entry::Budget,
    format::Shown,
    hdf5::{self, Group},
    keras::{self, Described},
    model::{self, Model},
    numpy::{self, Npy},
    onnx::{self, Onnx},
    safetensors, tfjs,
    torch::{self, Module, Torch},
    zip::Zip,
};
use crate::{
    equation::Array,
    graph::{Arrays, GraphError, Partial, partly_from_keras},
    load::{self, Given, Opened, Origin},
    network::Activation,
};

/// What a file holds.
pub struct Contents {
    format: String,
    entries: Vec<Entry>,
    description: Option<Description>,
    /// Whose arrays they are.
    origin: Origin,
    /// Whether the order of its layers is not known.
    unordered: bool,
}

/// Open axes are tried up to this length where only one length fits.
const MOST_OPEN: usize = 256;

/// Values of one pass, at most: 128 MiB of float32.
const MOST_VALUES: usize = 1 << 25;

/// How the arrays belong together.
enum Description {
    /// A Keras description, and the arrays of each layer by their place.
    Keras { json: Json, by_layer: BTreeMap<String, Vec<usize>> },
    /// A Keras description, and all arrays in the order of `get_weights()`.
    KerasInOrder { json: Json },
    /// A graph of operators.
    Onnx(Box<Onnx>),
    /// Layers of PyTorch, one after the other.
    Torch { modules: Vec<Module> },
}

/// Reads a file. `architecture`: the content of `--architecture`, for files of weights alone.
///
/// # Errors
/// [`FileError`], with the place and what to do.
pub fn read(source: &Source<'_>, architecture: Option<&[u8]>) -> Result<Option<Contents>, FileError> {
    let Some(format) = Format::of(source)? else { return Ok(None) };
    let contents = match format {
        Format::Zip => of_zip(&source.all()?, architecture)?,
        Format::Npy => {
            let bytes = source.all()?;
            of_arrays(Shown::Npy, of_npy("array", &bytes, &mut Budget::default())?, architecture)?
        }
        Format::Safetensors => {
            let mut entries = safetensors::read(source)?;
            if architecture.is_some() {
                let mut budget = Budget::default();
                entries =
                    entries.iter().map(|entry| entry.loaded(source.bytes, &mut budget)).collect::<Result<_, _>>()?;
            }
            of_arrays(Shown::Safetensors, entries, architecture)?
        }
        Format::Pickle => of_torch(torch::of_pickles(&source.all()?)?, architecture)?,
        Format::Onnx => {
            if architecture.is_some() {
                return Err(FileError::OwnArchitecture);
            }
            let (model, entries) = onnx::read(source)?;
            let description = Some(Description::Onnx(Box::new(model)));
            Contents { description, ..Contents::bare(Shown::Onnx, entries) }
        }
        Format::Json => return of_json(source),
        Format::Hdf5 => of_hdf5(&hdf5::open(source.all()?)?, architecture)?,
    };
    Ok(Some(contents))
}

fn of_zip(bytes: &[u8], architecture: Option<&[u8]>) -> Result<Contents, FileError> {
    let zip = Zip::new(bytes)?;
    if zip.names().any(|name| name == "config.json") {
        return Ok(described(Shown::KerasArchive, keras::archive(&zip)?));
    }
    if let Some(prefix) = torch::prefix(&zip) {
        return of_torch(torch::of_zip(&zip, prefix)?, architecture);
    }
    // A network without weights leaves an empty archive.
    if zip.names().any(numpy::is_npy) || zip.names().next().is_none() {
        let mut budget = Budget::default();
        let mut entries = Vec::new();
        for (name, bytes) in numpy::npz(&zip)? {
            entries.extend(of_npy(&name, &bytes, &mut budget)?);
        }
        return of_arrays(Shown::Npz, entries, architecture);
    }
    Err(FileError::UnknownZip)
}

/// A description in JSON: TensorFlow.js' has its weights in files beside it, Keras' has none. Anything else is a text.
fn of_json(source: &Source<'_>) -> Result<Option<Contents>, FileError> {
    let Ok(json) = keras::json(&source.all()?) else { return Ok(None) };
    if json.get("weightsManifest").is_some() {
        let (json, entries) = tfjs::read(&json, source)?;
        let by_layer = keras::by_names(&json, &entries)?;
        let description = Some(Description::Keras { json, by_layer });
        return Ok(Some(Contents { description, ..Contents::bare(Shown::Tfjs, entries) }));
    }
    let is_keras = json.get("class_name").is_some() && json.get("config").is_some();
    if is_keras { Err(FileError::NeedsWeights) } else { Ok(None) }
}

/// The array of a `.npy` file, or those of the list in it.
fn of_npy(name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Entry>, FileError> {
    match numpy::npy(name, bytes, budget)? {
        Npy::Array(entry) => Ok(vec![entry]),
        Npy::Objects(objects) => {
            let (name, arrays) = (if name == "array" { "" } else { name }, objects);
            torch::of_numpy_objects(name, arrays, budget)
        }
    }
}

/// Arrays in the order of `get_weights()`, or with names that say their layers.
fn of_arrays(shown: Shown, entries: Vec<Entry>, architecture: Option<&[u8]>) -> Result<Contents, FileError> {
    let is_torch = entries.iter().any(|entry| entry.name.ends_with(".weight") || entry.name == "weight");
    let origin = if is_torch { Origin::Torch } else { Origin::Plain };
    let bare = Contents { origin, ..Contents::bare(shown, entries) };
    let description = match architecture.map(self::architecture).transpose()? {
        None => return Ok(bare),
        Some(Architecture::Torch(modules)) => Description::Torch { modules },
        Some(Architecture::Keras(json)) => {
            let numbered = |entry: &Entry| entry.name.rsplit('/').next().is_some_and(|name| name.starts_with("arr_"));
            if bare.entries.iter().all(numbered) {
                Description::KerasInOrder { json }
            } else {
                let by_layer = keras::by_names(&json, &bare.entries)?;
                Description::Keras { json, by_layer }
            }
        }
    };
    Ok(Contents { description: Some(description), ..bare })
}

fn of_torch(torch: Torch, architecture: Option<&[u8]>) -> Result<Contents, FileError> {
    let Torch { entries, modules } = torch;
    if modules.is_empty() {
        return Ok(Contents { origin: Origin::Torch, ..of_arrays(Shown::Torch, entries, architecture)? });
    }
    if architecture.is_some() {
        return Err(FileError::OwnArchitecture);
    }
    let description = Some(Description::Torch { modules });
    Ok(Contents { description, origin: Origin::Torch, ..Contents::bare(Shown::TorchModule, entries) })
}

fn of_hdf5(root: &Group, architecture: Option<&[u8]>) -> Result<Contents, FileError> {
    let own = keras::legacy::description(root)?;
    if own.is_some() && architecture.is_some() {
        return Err(FileError::OwnArchitecture);
    }
    let given = of_keras(architecture)?;
    if keras::legacy::has_lists(root) {
        let shown = if own.is_some() { Shown::KerasHdf5 } else { Shown::KerasWeightsOnly };
        return Ok(match own.or(given) {
            Some(description) => described(shown, keras::legacy::described(description, root)?),
            None => Contents::bare(shown, keras::legacy::entries(root)?),
        });
    }
    if let Some(description) = given {
        return Ok(described(Shown::KerasWeights, keras::of_weights(description, root)?));
    }
    if let Some(layers) = keras::weights::alone(root) {
        let (entries, unordered) = keras::weights_alone(layers, root)?;
        return Ok(Contents { unordered, ..Contents::bare(Shown::KerasWeights, entries) });
    }
    let mut budget = Budget::default();
    let all = root.all();
    let entries: Result<Vec<Entry>, FileError> =
        all.iter().map(|(path, array)| hdf5::entry(path, array, &mut budget)).collect();
    Ok(Contents::bare(Shown::Hdf5Arrays, entries?))
}

fn described(shown: Shown, described: Described) -> Contents {
    let Described { description, entries, by_layer } = described;
    let description = Some(Description::Keras { json: description, by_layer });
    Contents { format: shown.name(), entries, description, origin: Origin::Plain, unordered: false }
}

/// What `--architecture` gives.
enum Architecture {
    Keras(Json),
    Torch(Vec<Module>),
}

fn architecture(bytes: &[u8]) -> Result<Architecture, FileError> {
    let text = load::text_of(bytes.to_vec()).map_err(|_| FileError::NoArchitecture)?;
    if !text.trim_start().starts_with(['{', '"']) && torch::is_print(&text) {
        return Ok(Architecture::Torch(torch::print(&text)));
    }
    let json = keras::json(text.as_bytes())?;
    // `to_json()` may have been saved as JSON once more, which makes a text of it.
    let json = if let Json::String(text) = &json { keras::json(text.as_bytes())? } else { json };
    if json.get("class_name").is_none() {
        return Err(FileError::NoArchitecture);
    }
    Ok(Architecture::Keras(json))
}

/// Only Keras' own files have layers that a print of PyTorch does not name.
fn of_keras(architecture: Option<&[u8]>) -> Result<Option<Json>, FileError> {
    match architecture.map(self::architecture).transpose()? {
        None => Ok(None),
        Some(Architecture::Keras(json)) => Ok(Some(json)),
        Some(Architecture::Torch(_)) => Err(FileError::NoArchitecture),
    }
}

impl Contents {
    fn bare(shown: Shown, entries: Vec<Entry>) -> Self {
        Self { format: shown.name(), entries, description: None, origin: Origin::Plain, unordered: false }
    }

    /// What kind of file it is, in words.
    pub fn format(&self) -> &str {
        &self.format
    }

    /// All arrays.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether it says how the arrays belong together.
    pub fn is_described(&self) -> bool {
        self.description.is_some()
    }

    /// The network. Axes that the file leaves open get the length `open`.
    ///
    /// # Errors
    /// [`FileError`] if the arrays do not make one.
    pub fn network(&self, source: &Source<'_>, open: Option<usize>) -> Result<Model, FileError> {
        let Partial { network, missing, after } = self.partial(source, open)?;
        let shapes = network.program().equations().iter().map(|equation| equation.shape.size());
        if shapes.fold(0, usize::saturating_add) > MOST_VALUES {
            return Err(FileError::TooManyValues { most: MOST_VALUES });
        }
        let open_axes = vec![Vec::new(); network.nodes().len()];
        Ok(Model { network, missing, after, open_axes })
    }

    /// The network, for an input of any length: axes that the file leaves open are marked.
    ///
    /// # Errors
    /// [`FileError`] if the arrays do not make one.
    pub fn outline(&self, source: &Source<'_>) -> Result<Model, FileError> {
        match self.network(source, None) {
            Err(FileError::Graph(GraphError::Unknown { .. })) => {}
            other => return other,
        }
        let two =
            model::OPEN.map(|open| self.network(source, Some(open)).ok().filter(|model| model.missing.is_empty()));
        let [Some(mut model), Some(other)] = two else { return self.fitting(source) };
        for ((open, one), other) in model.open_axes.iter_mut().zip(model.network.nodes()).zip(other.network.nodes()) {
            let axes = one.shape().axes().iter().zip(other.shape().axes()).enumerate();
            *open = axes.filter(|(_, (one, other))| one != other).map(|(axis, _)| axis).collect();
        }
        Ok(model)
    }

    /// The network with the smallest length of its open axes for which everything fits: a Dense layer behind an image tells it.
    fn fitting(&self, source: &Source<'_>) -> Result<Model, FileError> {
        let whole = |open: usize| self.network(source, Some(open)).ok().filter(|model| model.missing.is_empty());
        match (1..=MOST_OPEN).find_map(whole) {
            Some(model) => Ok(model),
            // Something else is missing; it is named.
            None => self.network(source, Some(model::OPEN[0])),
        }
    }

    /// Activations behind the layers with weights: a print of PyTorch does not show those that are no layers.
    ///
    /// # Errors
    /// [`FileError`] if there are not as many, or the file is described in another way.
    pub fn set_activations(&mut self, activations: &[Activation]) -> Result<(), FileError> {
        let Some(Description::Torch { modules }) = &mut self.description else {
            return Err(FileError::OwnArchitecture);
        };
        *modules = torch::with_activations(std::mem::take(modules), activations)?;
        Ok(())
    }

    /// Whether activations can be given to it.
    pub fn takes_activations(&self) -> bool {
        matches!(self.description, None | Some(Description::Torch { .. }))
    }

    /// Dense layers one after the other, made of arrays without a description.
    ///
    /// # Errors
    /// [`FileError`] if the numbers cannot be read or the arrays make no such network.
    pub fn chain(&self, source: &Source<'_>, given: &Given) -> Result<Opened, FileError> {
        if self.unordered {
            return Err(FileError::NeedsArchitecture);
        }
        let mut budget = Budget::default();
        self.entries.iter().try_for_each(|entry| budget.take(entry.size()))?;
        let arrays: Result<Vec<load::Array>, FileError> = self
            .entries
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                let array = entry.array(source.bytes)?;
                Ok(load::Array {
                    name: Some(entry.name.clone()),
                    shape: entry.shape.clone(),
                    values: array.values().to_vec(),
                    line: at + 1,
                    decimals: None,
                    origin: self.origin,
                })
            })
            .collect();
        Ok(load::open_arrays(arrays?, given)?)
    }

    /// The arrays of a file without a description as a text of named arrays, for a page that asks what is missing.
    ///
    /// # Errors
    /// [`FileError`] if the numbers cannot be read, are too many for a text, or their order is not known.
    pub fn printed(&self, source: &Source<'_>) -> Result<String, FileError> {
        if self.unordered {
            return Err(FileError::NeedsArchitecture);
        }
        let numbers = self.entries.iter().map(Entry::size).fold(0, usize::saturating_add);
        if numbers > MOST_PRINTED {
            return Err(FileError::TooManyNumbers { most: MOST_PRINTED });
        }
        let function = if self.origin == Origin::Torch { "tensor" } else { "array" };
        let mut text = String::new();
        for entry in &self.entries {
            let array = entry.array(source.bytes)?;
            let name: String = entry.name.chars().map(|c| if c == '\'' || c.is_control() { '_' } else { c }).collect();
            text.extend(["('", &name, "', ", function, "("]);
            print(array.values(), &entry.shape, &mut text);
            text.push_str("))\n");
        }
        Ok(text)
    }

    fn partial(&self, source: &Source<'_>, open: Option<usize>) -> Result<Partial, FileError> {
        match &self.description {
            None => Err(FileError::NeedsArchitecture),
            Some(Description::KerasInOrder { json }) => {
                let arrays: Result<Vec<Array>, FileError> =
                    self.entries.iter().map(|entry| entry.array(source.bytes)).collect();
                Ok(partly_from_keras(json, Arrays::InOrder(arrays?), open)?)
            }
            Some(Description::Onnx(model)) => onnx::network(model, open),
            Some(Description::Torch { modules }) => {
                let mut tensors = torch::Tensors::new();
                for entry in self.entries.iter().filter(|entry| !entry.name.ends_with("num_batches_tracked")) {
                    tensors.insert(entry.name.clone(), entry.array(source.bytes)?);
                }
                torch::network(modules, &tensors, open)
            }
            Some(Description::Keras { json, by_layer }) => {
                let mut arrays: BTreeMap<String, Vec<Array>> = BTreeMap::new();
                for (layer, places) in by_layer {
                    let of = |place: &usize| self.entries[*place].array(source.bytes);
                    arrays.insert(layer.clone(), places.iter().map(of).collect::<Result<_, _>>()?);
                }
                Ok(partly_from_keras(json, Arrays::ByLayer(arrays), open)?)
            }
        }
    }
}

/// More numbers are not printed as a text.
const MOST_PRINTED: usize = 200_000;

/// Numbers as nested lists, every one with all its digits.
fn print(values: &[f32], shape: &[usize], text: &mut String) {
    let Some((&length, inner)) = shape.split_first() else {
        return text.extend(values.first().map(|value| format!("{value:?}")));
    };
    text.push('[');
    let size = values.len() / length.max(1);
    for (i, part) in values.chunks(size.max(1)).take(length).enumerate() {
        if i > 0 {
            text.push_str(if inner.is_empty() { ", " } else { ",\n " });
        }
        print(part, inner, text);
    }
    text.push(']');
}
