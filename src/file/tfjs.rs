//! TensorFlow.js' layers models: a description like Keras 2's, and weights in files beside it.

use serde_json::Value as Json;

use super::{
    Entry, FileError, NumberKind, Source, bytes,
    entry::{Budget, size_of},
};
use crate::words::formats;

/// Files of weights, at most.
const MOST_SHARDS: usize = 4096;

fn damaged(place: impl Into<String>, why: String) -> FileError {
    FileError::Damaged { format: formats::tfjs_file(), place: place.into(), why }
}

/// The description, and the arrays.
pub(super) fn read(json: &Json, source: &Source<'_>) -> Result<(Json, Vec<Entry>), FileError> {
    let topology = json.get("modelTopology").ok_or(FileError::NoGraphModel)?;
    // The converter wraps what Keras says.
    let topology = topology.get("model_config").unwrap_or(topology);
    if topology.get("class_name").is_none() {
        return Err(FileError::NoGraphModel);
    }
    let mut budget = Budget::default();
    let mut entries = Vec::new();
    let groups = json.get("weightsManifest").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    for group in groups {
        let paths = group.get("paths").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        if paths.len() > MOST_SHARDS {
            return Err(damaged("paths", formats::more_than(MOST_SHARDS)));
        }
        let mut content = Vec::new();
        for path in paths {
            let path = path.as_str().ok_or_else(|| damaged("paths", formats::not_there()))?;
            let shard = source.neighbour(path.trim_start_matches("./"))?;
            if content.len() as u64 + shard.size() > bytes::MOST_BYTES {
                return Err(FileError::TooLarge { most: (bytes::MOST_BYTES >> 20) as usize });
            }
            content.extend(bytes::all(shard.as_ref())?);
        }
        let mut rest = content.as_slice();
        for weight in group.get("weights").and_then(Json::as_array).map_or(&[][..], Vec::as_slice) {
            entries.push(entry(weight, &mut rest, &mut budget)?);
        }
    }
    Ok((topology.clone(), entries))
}

/// The next array of a group.
fn entry(weight: &Json, rest: &mut &[u8], budget: &mut Budget) -> Result<Entry, FileError> {
    let text = |json: &Json, key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
    let name = text(weight, "name").ok_or_else(|| damaged("weights", formats::not_there()))?;
    let shape = weight.get("shape").and_then(Json::as_array);
    let shape: Option<Vec<usize>> =
        shape.and_then(|axes| axes.iter().map(|n| n.as_u64().and_then(|n| usize::try_from(n).ok())).collect());
    let shape = shape.ok_or_else(|| damaged(&name, formats::no_tensor()))?;
    let size = size_of(&shape, budget)?;
    let quantized = weight.get("quantization");
    let kind = quantized.and_then(|how| text(how, "dtype")).or_else(|| text(weight, "dtype")).unwrap_or_default();
    let kept = match kind.as_str() {
        "float32" => NumberKind::Float32,
        "float16" => NumberKind::Float16,
        "int32" => NumberKind::Int32,
        "uint8" => NumberKind::Uint8,
        "uint16" => NumberKind::Uint16,
        "bool" => NumberKind::Bool,
        _ => return Err(FileError::Kind { name, kind }),
    };
    let length = size.checked_mul(kept.size());
    let part = length.and_then(|length| rest.split_at_checked(length));
    let (own, behind) = part.ok_or_else(|| damaged(&name, formats::past_the_end()))?;
    *rest = behind;
    let mut values = kept.decode(own, false);
    let number = |key: &str| quantized.and_then(|how| how.get(key)).and_then(Json::as_f64);
    if let (Some(scale), Some(least)) = (number("scale"), number("min")) {
        // As `io_utils.ts` does it: in float64, then rounded.
        for value in &mut values {
            *value = (f64::from(*value) * scale + least) as f32;
        }
    }
    Entry::of_values(name, shape, kept, values)
}
