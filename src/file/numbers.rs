//! Numbers as files keep them, and their way to float32.

use half::{bf16, f16};

/// How a number is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of NumPy")]
pub enum NumberKind {
    Float16,
    Bfloat16,
    Float32,
    Float64,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Bool,
}

impl NumberKind {
    /// NumPy's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Float16 => "float16",
            Self::Bfloat16 => "bfloat16",
            Self::Float32 => "float32",
            Self::Float64 => "float64",
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Uint8 => "uint8",
            Self::Uint16 => "uint16",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::Bool => "bool",
        }
    }

    /// How many bytes a number takes.
    pub fn size(self) -> usize {
        match self {
            Self::Int8 | Self::Uint8 | Self::Bool => 1,
            Self::Float16 | Self::Bfloat16 | Self::Int16 | Self::Uint16 => 2,
            Self::Float32 | Self::Int32 | Self::Uint32 => 4,
            Self::Float64 | Self::Int64 | Self::Uint64 => 8,
        }
    }

    /// The numbers as float32, rounded to the nearest; bytes after the last whole number are left out.
    ///
    /// ```
    /// use byhand::file::NumberKind;
    /// assert_eq!(NumberKind::Float16.decode(&[0x00, 0x3c], false), [1.0]);
    /// assert_eq!(NumberKind::Int16.decode(&[0x01, 0x02], true), [258.0]);
    /// ```
    pub fn decode(self, bytes: &[u8], big_endian: bool) -> Vec<f32> {
        fn each<const N: usize>(bytes: &[u8], big: bool, number: impl Fn([u8; N]) -> f32) -> Vec<f32> {
            let (chunks, _) = bytes.as_chunks::<N>();
            let little = |mut chunk: [u8; N]| {
                if big {
                    chunk.reverse();
                }
                number(chunk)
            };
            chunks.iter().copied().map(little).collect()
        }
        let big = big_endian;
        match self {
            Self::Float16 => each(bytes, big, |b| f16::from_le_bytes(b).to_f32()),
            Self::Bfloat16 => each(bytes, big, |b| bf16::from_le_bytes(b).to_f32()),
            Self::Float32 => each(bytes, big, f32::from_le_bytes),
            Self::Float64 => each(bytes, big, |b| f64::from_le_bytes(b) as f32),
            Self::Int8 => each(bytes, big, |b| f32::from(i8::from_le_bytes(b))),
            Self::Int16 => each(bytes, big, |b| f32::from(i16::from_le_bytes(b))),
            Self::Int32 => each(bytes, big, |b| i32::from_le_bytes(b) as f32),
            Self::Int64 => each(bytes, big, |b| i64::from_le_bytes(b) as f32),
            Self::Uint8 | Self::Bool => each(bytes, big, |b: [u8; 1]| f32::from(b[0])),
            Self::Uint16 => each(bytes, big, |b| f32::from(u16::from_le_bytes(b))),
            Self::Uint32 => each(bytes, big, |b| u32::from_le_bytes(b) as f32),
            Self::Uint64 => each(bytes, big, |b| u64::from_le_bytes(b) as f32),
        }
    }
}
