//! `.safetensors` files: a header that says where each array is, so that only the header is read until numbers are asked for.

use safetensors::{
    Dtype,
    tensor::{Metadata, TensorInfo},
};

use super::{Entry, FileError, NumberKind, Source};
use crate::words::formats;

/// A longer header is refused; the largest models have headers of a few MiB.
const MOST_HEADER: u64 = 16 << 20;

#[expect(clippy::needless_pass_by_value, reason = "errors of other crates and sentences are said alike")]
fn damaged(place: impl Into<String>, why: impl ToString) -> FileError {
    FileError::Damaged { format: formats::safetensors_file(), place: place.into(), why: why.to_string() }
}

/// Whether the beginning of a file is that of such a file: the length of its header, then JSON.
pub(super) fn is_safetensors(head: &[u8], size: u64) -> bool {
    let Some((length, rest)) = head.split_first_chunk::<8>() else { return false };
    rest.starts_with(b"{") && u64::from_le_bytes(*length) <= size
}

/// All arrays, in the order of the file; their numbers stay in it.
pub(super) fn read(source: &Source<'_>) -> Result<Vec<Entry>, FileError> {
    let length = source.head(8)?;
    let length = length.first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    if length > MOST_HEADER {
        return Err(damaged(formats::its_header(), formats::too_long(MOST_HEADER as usize >> 20)));
    }
    let header = source.head(length + 8)?;
    let metadata: Metadata = serde_json::from_slice(header.get(8..).unwrap_or_default())
        .map_err(|why| damaged(formats::its_header(), why))?;
    if (metadata.data_len() as u64).checked_add(length + 8) != Some(source.bytes.size()) {
        return Err(damaged(formats::its_end(), formats::other_size()));
    }
    let tensors = metadata.tensors();
    let entry = |name: String| -> Result<Entry, FileError> {
        let info: &TensorInfo = tensors.get(&name).ok_or_else(|| damaged(&name, formats::not_there()))?;
        let kind = kind(info.dtype)
            .ok_or_else(|| FileError::Kind { name: name.clone(), kind: format!("{:?}", info.dtype) })?;
        Ok(Entry::in_file(name, info.shape.clone(), kind, length + 8 + info.data_offsets.0 as u64))
    };
    metadata.offset_keys().into_iter().map(entry).collect()
}

fn kind(kind: Dtype) -> Option<NumberKind> {
    Some(match kind {
        Dtype::BOOL => NumberKind::Bool,
        Dtype::U8 => NumberKind::Uint8,
        Dtype::I8 => NumberKind::Int8,
        Dtype::I16 => NumberKind::Int16,
        Dtype::U16 => NumberKind::Uint16,
        Dtype::F16 => NumberKind::Float16,
        Dtype::BF16 => NumberKind::Bfloat16,
        Dtype::I32 => NumberKind::Int32,
        Dtype::U32 => NumberKind::Uint32,
        Dtype::F32 => NumberKind::Float32,
        Dtype::F64 => NumberKind::Float64,
        Dtype::I64 => NumberKind::Int64,
        Dtype::U64 => NumberKind::Uint64,
        _ => return None,
    })
}
