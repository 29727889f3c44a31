//! A network from the description of a Keras model (`model.to_json()`, `config.json` of a `.keras` file, `model_config` of an
//! `.h5` file) and its arrays.
//!
//! Keras 3 and Keras 2, `Sequential` and functional models, models in models, layers that are used several times. Two passes:
//! the first makes the operations in the order of the description, because that is the order of the arrays; the second adds the
//! nodes in topological order.

mod calls;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use serde_json::{Map, Value as Json};

use super::{
    GraphError, Network, Operation, Source,
    config::{Config, Weights},
    op,
};
use crate::{equation::Array, words::graph};
use calls::{Call, Reference, calls_of, references};

/// How many levels of models inside models are read.
const DEEPEST: usize = 16;

/// The arrays of a model.
#[derive(Debug, Clone)]
pub enum Arrays {
    /// All of them, as `model.get_weights()` lists them.
    InOrder(Vec<Array>),
    /// By layer (`encoder/dense`), each in the order of `layer.get_weights()`.
    ByLayer(BTreeMap<String, Vec<Array>>),
}

/// The names of all classes of layers that can be read, in alphabetical order.
pub fn class_names() -> Vec<&'static str> {
    op::CLASSES.iter().map(|(class, _)| *class).collect()
}

/// A network from the description of a Keras model and its arrays. Axes of unknown length get the length `unknown`.
///
/// # Errors
/// [`GraphError`] with the layer and what is wrong with it.
pub fn from_keras(description: &Json, arrays: Arrays, unknown: Option<usize>) -> Result<Network, GraphError> {
    let read = read(description, arrays, unknown, false)?;
    Ok(read.network)
}

/// As much of a network as can be computed.
#[derive(Debug, Clone)]
pub struct Partial {
    /// All layers that can be computed. If the model's outputs cannot, its output is the last of them.
    pub network: Network,
    /// Layers that cannot be computed themselves; empty for a whole network.
    pub missing: Vec<Missing>,
    /// Layers that need the value of a missing one.
    pub after: Vec<String>,
}

/// A layer that cannot be computed.
#[derive(Debug, Clone)]
pub struct Missing {
    /// Its name, with the models around it.
    pub layer: String,
    /// Its class.
    pub kind: String,
    /// Why it cannot be computed.
    pub why: GraphError,
}

/// Like [`from_keras`], but a layer that cannot be computed ends only what depends on it.
///
/// # Errors
/// [`GraphError`] if the description is none, or no layer at all can be computed.
pub fn partly_from_keras(description: &Json, arrays: Arrays, unknown: Option<usize>) -> Result<Partial, GraphError> {
    let Reader { network, missing, after, .. } = read(description, arrays, unknown, true)?;
    match missing.first() {
        Some(first) if network.outputs().is_empty() => Err(first.why.clone()),
        _ => Ok(Partial { network, missing, after }),
    }
}

fn read(description: &Json, arrays: Arrays, unknown: Option<usize>, partly: bool) -> Result<Reader, GraphError> {
    let keras2 = description.get("keras_version").and_then(Json::as_str).is_some_and(|v| v.starts_with(['1', '2']))
        || description.to_string().contains("\"batch_input_shape\"");
    let (queue, by_layer) = match arrays {
        Arrays::InOrder(arrays) => (arrays.into(), None),
        Arrays::ByLayer(map) => (VecDeque::new(), Some(map)),
    };
    let network = Network::new("");
    let mut reader =
        Reader { keras2, unknown, queue, by_layer, network, partly, missing: Vec::new(), after: Vec::new() };
    let model = reader.model(description, "", 0)?;
    if let Some(left) = reader.left_over() {
        return Err(GraphError::Description { fault: left });
    }
    reader.network = Network::new(model.name);
    let mut outputs: Vec<Source> = reader.nodes(&model, None, "", "")?.into_iter().flatten().collect();
    if outputs.is_empty() {
        outputs.extend(reader.network.last());
    }
    reader.network.set_outputs(outputs);
    Ok(reader)
}

/// A model while it is read.
struct Model<'j> {
    name: &'j str,
    layers: Vec<Layer<'j>>,
    inputs: Vec<Reference<'j>>,
    outputs: Vec<Reference<'j>>,
}

impl Model<'_> {
    /// How much higher the calls of a layer are numbered than they are listed: Keras 2 counts the making of a model within the
    /// model as its call 0, and leaves it out of the list.
    fn shift(&self, layer: &Layer<'_>) -> usize {
        if !matches!(layer.kind, Kind::Model(_)) {
            return 0;
        }
        let values = self.layers.iter().flat_map(|layer| &layer.calls).flat_map(|call| &call.values);
        let named = values.chain(&self.outputs).filter(|value| value.layer == layer.name);
        named.map(|value| value.call + 1).max().unwrap_or(0).saturating_sub(layer.calls.len())
    }
}

struct Layer<'j> {
    name: &'j str,
    kind: Kind<'j>,
    calls: Vec<Call<'j>>,
}

enum Kind<'j> {
    /// Its shape, without the axis of samples.
    Input(Result<Vec<usize>, GraphError>),
    /// One operation for each call; the same one where the calls are alike.
    Operations(Vec<Arc<dyn Operation>>),
    Model(Model<'j>),
    /// It cannot be computed, and it is noted why.
    Missing,
}

struct Reader {
    keras2: bool,
    unknown: Option<usize>,
    queue: VecDeque<Array>,
    by_layer: Option<BTreeMap<String, Vec<Array>>>,
    network: Network,
    /// Whether a layer that cannot be computed is noted, and is no error.
    partly: bool,
    missing: Vec<Missing>,
    after: Vec<String>,
}

fn wrong<T>(fault: String) -> Result<T, GraphError> {
    Err(GraphError::Description { fault })
}

/// The entries of a layer that has none.
static NOTHING: std::sync::LazyLock<Map<String, Json>> = std::sync::LazyLock::new(Map::new);

impl Reader {
    /// First pass: the operations of a model, with their arrays.
    fn model<'j>(&mut self, model: &'j Json, path: &str, depth: usize) -> Result<Model<'j>, GraphError> {
        if depth > DEEPEST {
            return wrong(graph::nested(DEEPEST));
        }
        let class = model.get("class_name").and_then(Json::as_str).unwrap_or_default();
        if !is_model(class) {
            return wrong(graph::not_a_model(class));
        }
        let config = model.get("config");
        let listed = config.and_then(|config| config.get("layers")).or(config);
        let Some(entries) = listed.and_then(Json::as_array) else {
            return wrong(graph::no_layers());
        };
        let name = config.and_then(|config| config.get("name")).and_then(Json::as_str).unwrap_or("model");
        let mut layers: Vec<Layer<'j>> = Vec::with_capacity(entries.len());
        for entry in entries {
            if !is_of_masks(entry) {
                layers.push(self.layer(entry, path, depth)?);
            }
        }
        let masks = layers.iter().flat_map(|layer| layer.calls.iter().map(move |call| (layer.name, &call.masks)));
        for (name, mask) in masks.flat_map(|(name, masks)| masks.iter().map(move |mask| (name, mask))) {
            if layers.iter().any(|layer| layer.name == mask.layer) {
                return wrong(graph::mask(mask.layer, name));
            }
        }
        if class == "Sequential" {
            return Ok(self.in_sequence(name, model, entries, layers));
        }
        let ends = |key: &str| references(config.and_then(|config| config.get(key)).unwrap_or(&Json::Null));
        Ok(Model { name, layers, inputs: ends("input_layers"), outputs: ends("output_layers") })
    }

    /// The layers of a `Sequential` model: each is called once, on the one before.
    fn in_sequence<'j>(
        &self,
        name: &'j str,
        model: &'j Json,
        entries: &'j [Json],
        mut layers: Vec<Layer<'j>>,
    ) -> Model<'j> {
        if !matches!(layers.first(), Some(Layer { kind: Kind::Input(_), .. })) {
            let first = entries.first();
            let of = |json: Option<&'j Json>, keys: &[&str]| {
                json.and_then(|json| keys.iter().find_map(|key| json.get(key).filter(|shape| shape.is_array())))
            };
            let built = |json: Option<&'j Json>| of(json.and_then(|json| json.get("build_config")), &["input_shape"]);
            let config = |json: Option<&'j Json>| json.and_then(|json| json.get("config"));
            let keys = ["batch_shape", "batch_input_shape", "build_input_shape"];
            let shape = of(config(first), &keys).or_else(|| of(config(Some(model)), &keys));
            let shape = shape.or_else(|| built(first)).or_else(|| built(Some(model)));
            let kind = Kind::Input(self.lengths("input", shape));
            layers.insert(0, Layer { name: "input", kind, calls: Vec::new() });
        }
        for at in 1..layers.len() {
            let before = Reference { layer: layers[at - 1].name, call: 0, result: 0 };
            layers[at].calls = vec![Call { values: vec![before], ..Call::default() }];
        }
        let end = |layer: Option<&Layer<'j>>| layer.map(|layer| Reference { layer: layer.name, call: 0, result: 0 });
        let (inputs, outputs) = (end(layers.first()), end(layers.last()));
        Model { name, inputs: inputs.into_iter().collect(), outputs: outputs.into_iter().collect(), layers }
    }

    fn layer<'j>(&mut self, entry: &'j Json, path: &str, depth: usize) -> Result<Layer<'j>, GraphError> {
        let class = entry.get("class_name").and_then(Json::as_str).unwrap_or_default();
        let entries = entry.get("config").and_then(Json::as_object).unwrap_or(&NOTHING);
        let named = entries.get("name").or_else(|| entry.get("name")).and_then(Json::as_str);
        let name = named.unwrap_or(class);
        let path = format!("{path}{name}");
        let calls = calls_of(entry.get("inbound_nodes").unwrap_or(&Json::Null));
        if class == "InputLayer" {
            let shape = entries.get("batch_shape").or_else(|| entries.get("batch_input_shape"));
            return Ok(Layer { name, kind: Kind::Input(self.lengths(name, shape)), calls: Vec::new() });
        }
        if is_model(class) {
            let model = self.model(entry, &format!("{path}/"), depth + 1)?;
            return Ok(Layer { name, kind: Kind::Model(model), calls });
        }
        let config = |call| Config { layer: name, class, entries, call, keras2: self.keras2 };
        let mut own: VecDeque<Array>;
        let queue = match &mut self.by_layer {
            None => &mut self.queue,
            Some(map) => {
                own = map.remove(&path).unwrap_or_default().into();
                &mut own
            }
        };
        let mut weights = Weights::new(&path, queue);
        let first = calls.first().map_or(&*NOTHING, |call| &call.arguments);
        let mut operations = match op::read(&config(first), &mut weights) {
            Ok(operation) => vec![operation],
            // Without its class one knows the arrays of a layer only if they are apart.
            Err(why) if self.partly && self.by_layer.is_some() => {
                self.missing.push(Missing { layer: path, kind: class.to_owned(), why });
                return Ok(Layer { name, kind: Kind::Missing, calls });
            }
            Err(why) => return Err(why),
        };
        let taken: VecDeque<Array> = weights.into_taken().into();
        let count = taken.len();
        if self.by_layer.is_some() && !queue.is_empty() {
            return wrong(graph::too_many_arrays(queue.len() + count, &path, count));
        }
        for call in calls.iter().skip(1) {
            operations.push(if call.arguments == *first {
                Arc::clone(&operations[0])
            } else {
                op::read(&config(&call.arguments), &mut Weights::new(&path, &mut taken.clone()))?
            });
        }
        Ok(Layer { name, kind: Kind::Operations(operations), calls })
    }

    /// The lengths of the axes in a shape, without that of the samples.
    fn lengths(&self, name: &str, shape: Option<&Json>) -> Result<Vec<usize>, GraphError> {
        let Some(axes) = shape.and_then(Json::as_array).and_then(|axes| axes.get(1..)) else {
            return wrong(graph::no_shape(name));
        };
        let length = |axis: &Json| match axis {
            Json::Null => self.unknown,
            axis => axis.as_u64().and_then(|n| usize::try_from(n).ok()),
        };
        let lengths: Option<Vec<usize>> = axes.iter().map(length).collect();
        match lengths {
            Some(lengths) => Ok(lengths),
            None => Err(GraphError::Unknown { input: name.to_owned() }),
        }
    }

    /// What is wrong if arrays are left.
    fn left_over(&self) -> Option<String> {
        match &self.by_layer {
            None if self.queue.is_empty() => None,
            None => Some(graph::arrays_left(self.queue.len())),
            Some(map) => map.keys().next().map(graph::no_layer),
        }
    }

    /// Second pass: the nodes of a model, in topological order. Gives its outputs.
    fn nodes(
        &mut self,
        model: &Model<'_>,
        given: Option<&[Source]>,
        path: &str,
        owner: &str,
    ) -> Result<Vec<Option<Source>>, GraphError> {
        // What each call of each layer gives.
        let mut known: BTreeMap<(&str, usize), Vec<Option<Source>>> = BTreeMap::new();
        // The network's inputs are in the order that the model says, not in that of the layers.
        for (place, input) in model.inputs.iter().enumerate() {
            let layer = model.layers.iter().find(|layer| layer.name == input.layer);
            let Some(Layer { kind: Kind::Input(shape), name, .. }) = layer else {
                return wrong(graph::not_an_input(input.layer));
            };
            let source = match given {
                Some(given) => given.get(place).copied(),
                None => Some(Source::from(self.network.input(*name, shape.clone()?)?)),
            };
            let Some(source) = source else {
                return wrong(graph::values(model.inputs.len(), place, model.name));
            };
            known.insert((name, 0), vec![Some(source)]);
        }
        let mut waiting: Vec<(&Layer<'_>, usize)> =
            model.layers.iter().flat_map(|layer| (0..layer.calls.len()).map(move |call| (layer, call))).collect();
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut later = Vec::new();
            for (layer, call) in waiting {
                let find =
                    |value: &Reference<'_>| known.get(&(value.layer, value.call))?.get(value.result).copied().flatten();
                let from: Option<Vec<Source>> = layer.calls[call].values.iter().map(find).collect();
                let Some(from) = from else {
                    later.push((layer, call));
                    continue;
                };
                let again = if call == 0 { String::new() } else { format!("#{}", call + 1) };
                let (name, own) = (format!("{path}{}{again}", layer.name), format!("{owner}{}", layer.name));
                let results = match &layer.kind {
                    Kind::Input(_) | Kind::Missing => continue,
                    Kind::Model(inner) => self.nodes(inner, Some(&from), &format!("{name}/"), &format!("{own}/"))?,
                    Kind::Operations(operations) => {
                        let operation = &operations[call];
                        let node = match self.network.add_shared(name.clone(), own, Arc::clone(operation), from) {
                            Ok(node) => node,
                            Err(why) if self.partly => {
                                self.missing.push(Missing { layer: name, kind: operation.kind().to_owned(), why });
                                continue;
                            }
                            Err(why) => return Err(why),
                        };
                        let results = self.network.node(node).results.len();
                        (0..results).map(|result| Some(Source { node, result })).collect()
                    }
                };
                known.insert((layer.name, call + model.shift(layer)), results);
            }
            if later.len() == before && !self.missing.is_empty() {
                self.after.extend(later.iter().map(|(layer, _)| format!("{path}{}", layer.name)));
                break;
            }
            if later.len() == before {
                let (layer, call) = later[0];
                let missing =
                    layer.calls[call].values.iter().find(|value| !known.contains_key(&(value.layer, value.call)));
                return wrong(match missing {
                    Some(value) => graph::circle(layer.name, value.layer),
                    None => graph::own_result(layer.name),
                });
            }
            waiting = later;
        }
        let outputs = model.outputs.iter().map(|output| {
            match known.get(&(output.layer, output.call)).and_then(|results| results.get(output.result)) {
                Some(Some(source)) => Ok(Some(*source)),
                _ if !self.missing.is_empty() => Ok(None),
                _ => wrong(graph::no_output(output.layer)),
            }
        });
        outputs.collect()
    }
}

/// Whether it is one of the functions by which Keras 3 describes the masks of Embedding and Masking. They follow from those layers; a
/// layer that takes a value from one of them gets an error, because the value is missing.
fn is_of_masks(entry: &Json) -> bool {
    let text = |key: &str| entry.get(key).and_then(Json::as_str).unwrap_or_default();
    text("module").starts_with("keras.src.ops") && matches!(text("class_name"), "NotEqual" | "Any")
}

fn is_model(class: &str) -> bool {
    matches!(class, "Sequential" | "Functional" | "Model")
}
