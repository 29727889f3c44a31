//! ONNX files: a graph of operators with their weights, perhaps in a second file beside it.

mod constant;
mod conv;
mod graph;
mod messages;
mod operators;
mod places;
mod recurrent;
mod sklearn;

use std::collections::BTreeMap;

use super::{
    Entry, FileError, NumberKind, Source,
    entry::{Budget, size_of},
};
use crate::words::formats;
use constant::Constant;
pub(super) use graph::network;
pub(super) use messages::is_model;
use messages::{GraphProto, TensorProto, damaged};

/// A model, its numbers read.
pub(super) struct Onnx {
    graph: GraphProto,
    /// The version of the operators.
    version: i64,
    constants: BTreeMap<String, Constant>,
}

/// Reads a model and its numbers.
pub(super) fn read(source: &Source<'_>) -> Result<(Onnx, Vec<Entry>), FileError> {
    let bytes = source.all()?;
    let model = messages::read(&bytes)?;
    drop(bytes);
    let mut graph = model.graph.ok_or_else(|| damaged(formats::its_beginning(), formats::no_graph()))?;
    let version = model.opset_import.iter().find(|set| set.domain.is_empty() || set.domain == "ai.onnx");
    let mut budget = Budget::default();
    let mut entries = Vec::new();
    let mut constants = BTreeMap::new();
    for tensor in std::mem::take(&mut graph.initializer) {
        let (constant, entry) = self::constant(&tensor, source, &mut budget)?;
        entries.extend(entry);
        constants.insert(tensor.name, constant);
    }
    for node in &mut graph.node {
        if node.op_type != "Constant" {
            continue;
        }
        for attribute in &mut node.attribute {
            let tensor = match attribute.t.take() {
                Some(tensor) => self::constant(&tensor, source, &mut budget)?.0,
                None if attribute.name == "value_float" => Constant::floats(Vec::new(), vec![attribute.f]),
                None if attribute.name == "value_int" => Constant::ints(Vec::new(), vec![attribute.i]),
                None if attribute.name == "value_floats" => {
                    Constant::floats(vec![attribute.floats.len()], attribute.floats.clone())
                }
                None if attribute.name == "value_ints" => {
                    Constant::ints(vec![attribute.ints.len()], attribute.ints.clone())
                }
                None => continue,
            };
            if let Some(output) = node.output.first() {
                constants.insert(output.clone(), tensor);
            }
        }
    }
    Ok((Onnx { graph, version: version.map_or(13, |set| set.version), constants }, entries))
}

/// The numbers of a tensor: packed, raw, or in a file beside the model.
fn constant(
    tensor: &TensorProto,
    source: &Source<'_>,
    budget: &mut Budget,
) -> Result<(Constant, Option<Entry>), FileError> {
    let name = tensor.name.as_str();
    let shape: Option<Vec<usize>> = tensor.dims.iter().map(|&n| usize::try_from(n).ok()).collect();
    let shape = shape.ok_or_else(|| damaged(name, formats::no_tensor()))?;
    let size = size_of(&shape, budget)?;
    let kind = match tensor.data_type {
        1 => NumberKind::Float32,
        2 => NumberKind::Uint8,
        3 => NumberKind::Int8,
        4 => NumberKind::Uint16,
        5 => NumberKind::Int16,
        6 => NumberKind::Int32,
        7 => NumberKind::Int64,
        9 => NumberKind::Bool,
        10 => NumberKind::Float16,
        11 => NumberKind::Float64,
        12 => NumberKind::Uint32,
        13 => NumberKind::Uint64,
        16 => NumberKind::Bfloat16,
        // Texts, such as the names of classes: not numbers, and nothing is computed with them.
        _ => return Ok((Constant::floats(vec![0], Vec::new()), None)),
    };
    let external = tensor.data_location == 1;
    let raw = if external { self::external(tensor, size * kind.size(), source)? } else { tensor.raw_data.clone() };
    let is_whole =
        !matches!(kind, NumberKind::Float16 | NumberKind::Bfloat16 | NumberKind::Float32 | NumberKind::Float64);
    let constant = if is_whole {
        let ints: Vec<i64> = if !raw.is_empty() {
            integers(kind, &raw)
        } else if tensor.int64_data.is_empty() {
            tensor.int32_data.iter().map(|&n| i64::from(n)).collect()
        } else {
            tensor.int64_data.clone()
        };
        Constant::ints(shape.clone(), ints)
    } else {
        let floats = if !raw.is_empty() {
            kind.decode(&raw, false)
        } else if !tensor.double_data.is_empty() {
            tensor.double_data.iter().map(|&x| x as f32).collect()
        } else if matches!(kind, NumberKind::Float16 | NumberKind::Bfloat16) {
            let bytes: Vec<u8> = tensor.int32_data.iter().flat_map(|&n| (n as u16).to_le_bytes()).collect();
            kind.decode(&bytes, false)
        } else {
            tensor.float_data.clone()
        };
        Constant::floats(shape.clone(), floats)
    };
    let entry = Entry::of_values(name, shape, kind, constant.values())?;
    Ok((constant, (!name.is_empty()).then_some(entry)))
}

fn integers(kind: NumberKind, raw: &[u8]) -> Vec<i64> {
    if kind == NumberKind::Int64 {
        // float32 does not hold every one of them, and lengths must be exact.
        return raw.as_chunks::<8>().0.iter().map(|bytes| i64::from_le_bytes(*bytes)).collect();
    }
    kind.decode(raw, false).into_iter().map(|x| x as i64).collect()
}

fn external(tensor: &TensorProto, length: usize, source: &Source<'_>) -> Result<Vec<u8>, FileError> {
    let entry =
        |key: &str| tensor.external_data.iter().find(|entry| entry.key == key).map(|entry| entry.value.as_str());
    let location = entry("location").ok_or_else(|| damaged(&tensor.name, formats::not_there()))?;
    let number = |key: &str| entry(key).map_or(Some(0), |text| text.parse::<u64>().ok());
    let offset = number("offset").ok_or_else(|| damaged(&tensor.name, formats::past_the_end()))?;
    let beside = source.neighbour(location.trim_start_matches("./"))?;
    beside.read(offset, length).map_err(|why| FileError::Neighbour { name: location.to_owned(), why })
}
