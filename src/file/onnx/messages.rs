//! The messages of an ONNX file, as far as they are needed (`onnx/onnx.proto`), and a check of their number before they are read.

use prost::Message;

use crate::{file::FileError, words::formats};

/// A model.
#[derive(Clone, PartialEq, Message)]
pub(super) struct ModelProto {
    #[prost(message, optional, tag = "7")]
    pub(super) graph: Option<GraphProto>,
    #[prost(message, repeated, tag = "8")]
    pub(super) opset_import: Vec<OperatorSetIdProto>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct OperatorSetIdProto {
    #[prost(string, tag = "1")]
    pub(super) domain: String,
    #[prost(int64, tag = "2")]
    pub(super) version: i64,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct GraphProto {
    #[prost(message, repeated, tag = "1")]
    pub(super) node: Vec<NodeProto>,
    #[prost(string, tag = "2")]
    pub(super) name: String,
    #[prost(message, repeated, tag = "5")]
    pub(super) initializer: Vec<TensorProto>,
    #[prost(message, repeated, tag = "11")]
    pub(super) input: Vec<ValueInfoProto>,
    #[prost(message, repeated, tag = "12")]
    pub(super) output: Vec<ValueInfoProto>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct NodeProto {
    #[prost(string, repeated, tag = "1")]
    pub(super) input: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    pub(super) output: Vec<String>,
    #[prost(string, tag = "3")]
    pub(super) name: String,
    #[prost(string, tag = "4")]
    pub(super) op_type: String,
    #[prost(message, repeated, tag = "5")]
    pub(super) attribute: Vec<AttributeProto>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct AttributeProto {
    #[prost(string, tag = "1")]
    pub(super) name: String,
    #[prost(float, tag = "2")]
    pub(super) f: f32,
    #[prost(int64, tag = "3")]
    pub(super) i: i64,
    #[prost(bytes = "vec", tag = "4")]
    pub(super) s: Vec<u8>,
    #[prost(message, optional, tag = "5")]
    pub(super) t: Option<TensorProto>,
    #[prost(float, repeated, tag = "7")]
    pub(super) floats: Vec<f32>,
    #[prost(int64, repeated, tag = "8")]
    pub(super) ints: Vec<i64>,
    #[prost(bytes = "vec", repeated, tag = "9")]
    pub(super) strings: Vec<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct TensorProto {
    #[prost(int64, repeated, tag = "1")]
    pub(super) dims: Vec<i64>,
    #[prost(int32, tag = "2")]
    pub(super) data_type: i32,
    #[prost(float, repeated, tag = "4")]
    pub(super) float_data: Vec<f32>,
    #[prost(int32, repeated, tag = "5")]
    pub(super) int32_data: Vec<i32>,
    #[prost(int64, repeated, tag = "7")]
    pub(super) int64_data: Vec<i64>,
    #[prost(string, tag = "8")]
    pub(super) name: String,
    #[prost(bytes = "vec", tag = "9")]
    pub(super) raw_data: Vec<u8>,
    #[prost(double, repeated, tag = "10")]
    pub(super) double_data: Vec<f64>,
    #[prost(message, repeated, tag = "13")]
    pub(super) external_data: Vec<StringStringEntryProto>,
    #[prost(int32, tag = "14")]
    pub(super) data_location: i32,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct StringStringEntryProto {
    #[prost(string, tag = "1")]
    pub(super) key: String,
    #[prost(string, tag = "2")]
    pub(super) value: String,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct ValueInfoProto {
    #[prost(string, tag = "1")]
    pub(super) name: String,
    #[prost(message, optional, tag = "2")]
    pub(super) r#type: Option<TypeProto>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct TypeProto {
    #[prost(message, optional, tag = "1")]
    pub(super) tensor_type: Option<TensorTypeProto>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct TensorTypeProto {
    #[prost(int32, tag = "1")]
    pub(super) elem_type: i32,
    #[prost(message, optional, tag = "2")]
    pub(super) shape: Option<TensorShapeProto>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct TensorShapeProto {
    #[prost(message, repeated, tag = "1")]
    pub(super) dim: Vec<DimensionProto>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct DimensionProto {
    #[prost(int64, tag = "1")]
    pub(super) dim_value: i64,
    #[prost(string, tag = "2")]
    pub(super) dim_param: String,
}

/// Fields in one file, at most: a message of two bytes takes two hundred in memory.
const MOST_FIELDS: usize = 400_000;

/// Which fields are messages, by message: model, graph, node, attribute, tensor, value, type, tensor type, shape, and those
/// without messages.
const NESTED: [&[(u64, usize)]; 10] = [
    &[(7, 1), (8, 9)],
    &[(1, 2), (5, 4), (11, 5), (12, 5)],
    &[(5, 3)],
    &[(5, 4)],
    &[(13, 9)],
    &[(2, 6)],
    &[(1, 7)],
    &[(2, 8)],
    &[(1, 9)],
    &[],
];

/// The field of raw bytes of a tensor, the only one that may be long.
const RAW: u64 = 9;

/// Bytes of packed numbers outside of raw bytes, at most.
const MOST_PACKED: usize = 16 << 20;

/// Reads a model.
pub(super) fn read(bytes: &[u8]) -> Result<ModelProto, FileError> {
    let (mut fields, mut packed) = (MOST_FIELDS, MOST_PACKED);
    count(bytes, 0, 0, &mut fields, &mut packed)
        .ok_or_else(|| damaged(formats::its_beginning(), formats::no_message()))?;
    ModelProto::decode(bytes).map_err(|why| damaged(formats::its_beginning(), why.to_string()))
}

pub(super) fn damaged(place: impl Into<String>, why: String) -> FileError {
    FileError::Damaged { format: formats::onnx_file(), place: place.into(), why }
}

/// Counts fields; `None` if there are too many, or it is no message.
fn count(mut bytes: &[u8], kind: usize, depth: usize, fields: &mut usize, packed: &mut usize) -> Option<()> {
    if depth > 12 {
        return None;
    }
    while !bytes.is_empty() {
        *fields = fields.checked_sub(1)?;
        let key = varint(&mut bytes)?;
        let (field, wire) = (key >> 3, key & 7);
        let length = match wire {
            0 => {
                varint(&mut bytes)?;
                continue;
            }
            1 => 8,
            2 => usize::try_from(varint(&mut bytes)?).ok()?,
            5 => 4,
            _ => return None,
        };
        let inner = bytes.get(..length)?;
        bytes = &bytes[length..];
        match NESTED[kind].iter().find(|(nested, _)| *nested == field) {
            Some((_, nested)) if wire == 2 => count(inner, *nested, depth + 1, fields, packed)?,
            _ if wire == 2 && !(kind == 4 && field == RAW) => *packed = packed.checked_sub(length)?,
            _ => {}
        }
    }
    Some(())
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for at in 0..10 {
        let byte = *bytes.get(at)?;
        number |= u64::from(byte & 0x7f).checked_shl(7 * at as u32)?;
        if byte & 0x80 == 0 {
            *bytes = &bytes[at + 1..];
            return Some(number);
        }
    }
    None
}

/// Whether bytes look like a model: its version, then a graph somewhere.
pub(in crate::file) fn is_model(head: &[u8]) -> bool {
    let mut rest = head;
    let first = varint(&mut rest);
    let version = varint(&mut rest);
    first == Some(8)
        && version.is_some_and(|version| (1..=64).contains(&version))
        && rest.first().is_some_and(|key| *key & 7 == 2)
}
