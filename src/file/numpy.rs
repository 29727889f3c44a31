//! NumPy's files: `.npy` is one array, `.npz` a zip archive of them.

use npyz::{DType, NpyHeader, Order, TypeChar};

use super::{
    Entry, FileError, NumberKind,
    entry::{Budget, size_of},
    zip::Zip,
};
use crate::words::formats;

/// What stands at the beginning.
pub(super) const MAGIC: &[u8] = b"\x93NUMPY";

/// Brackets within brackets in a header, at most.
const DEEPEST: usize = 8;

#[expect(clippy::needless_pass_by_value, reason = "errors of other crates and sentences are said alike")]
fn damaged(name: &str, why: impl ToString) -> FileError {
    FileError::Damaged { format: formats::npy_file(), place: name.to_owned(), why: why.to_string() }
}

/// What a `.npy` file holds.
pub(super) enum Npy<'b> {
    Array(Entry),
    /// A pickle of Python objects.
    Objects(&'b [u8]),
}

/// One array. Fortran order becomes C order.
pub(super) fn npy<'b>(name: &str, bytes: &'b [u8], budget: &mut Budget) -> Result<Npy<'b>, FileError> {
    check_header(name, bytes)?;
    let mut rest = bytes;
    let header = NpyHeader::from_reader(&mut rest).map_err(|why| damaged(name, why))?;
    if header.uses_pickled_array() {
        return Ok(Npy::Objects(rest));
    }
    let shape: Option<Vec<usize>> = header.shape().iter().map(|&n| usize::try_from(n).ok()).collect();
    let shape = shape.ok_or_else(|| damaged(name, formats::past_the_end()))?;
    let size = size_of(&shape, budget)?;
    let dtype = header.dtype();
    let unknown = || FileError::Kind { name: name.to_owned(), kind: dtype.descr() };
    let DType::Plain(kind) = &dtype else { return Err(unknown()) };
    let (kind, big_endian) = kind_of(kind).ok_or_else(unknown)?;
    let numbers = size.checked_mul(kind.size()).and_then(|length| rest.get(..length));
    let numbers = numbers.ok_or_else(|| damaged(name, formats::past_the_end()))?;
    let mut values = kind.decode(numbers, big_endian);
    if header.order() == Order::Fortran && shape.len() > 1 {
        values = from_fortran(&shape, &values);
    }
    Ok(Npy::Array(Entry::of_values(name, shape, kind, values)?))
}

/// The length of the header is in the file, and what parses it recurses.
fn check_header(name: &str, bytes: &[u8]) -> Result<(), FileError> {
    let (begin, length) = match bytes.get(6) {
        Some(1) => (10, bytes.get(8..10).map(|n| usize::from(u16::from_le_bytes([n[0], n[1]])))),
        _ => (12, bytes.get(8..12).map(|n| u32::from_le_bytes([n[0], n[1], n[2], n[3]]) as usize)),
    };
    let text = length.filter(|&n| n <= 1 << 16).and_then(|length| bytes.get(begin..begin + length));
    let text = text.ok_or_else(|| damaged(name, formats::past_the_end()))?;
    let mut depth = 0_usize;
    for byte in text {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(damaged(name, formats::too_deep(DEEPEST)));
        }
    }
    Ok(())
}

fn kind_of(kind: &npyz::TypeStr) -> Option<(NumberKind, bool)> {
    let found = match (kind.type_char(), kind.size_field()) {
        (TypeChar::Float, 2) => NumberKind::Float16,
        (TypeChar::Float, 4) => NumberKind::Float32,
        (TypeChar::Float, 8) => NumberKind::Float64,
        (TypeChar::Int, 1) => NumberKind::Int8,
        (TypeChar::Int, 2) => NumberKind::Int16,
        (TypeChar::Int, 4) => NumberKind::Int32,
        (TypeChar::Int, 8) => NumberKind::Int64,
        (TypeChar::Uint, 1) => NumberKind::Uint8,
        (TypeChar::Uint, 2) => NumberKind::Uint16,
        (TypeChar::Uint, 4) => NumberKind::Uint32,
        (TypeChar::Uint, 8) => NumberKind::Uint64,
        (TypeChar::Bool, 1) => NumberKind::Bool,
        _ => return None,
    };
    Some((found, kind.endianness() == npyz::Endianness::Big))
}

/// Numbers whose first axis runs fastest, in C order.
pub(super) fn from_fortran(shape: &[usize], values: &[f32]) -> Vec<f32> {
    let turned: Vec<usize> = shape.iter().rev().copied().collect();
    let turned = crate::equation::Shape::from(turned);
    let shape = crate::equation::Shape::from(shape.to_vec());
    let at = |flat: usize| {
        let mut index = shape.unravel(flat);
        index.reverse();
        turned.flat(&index).and_then(|flat| values.get(flat)).copied().unwrap_or(f32::NAN)
    };
    (0..values.len()).map(at).collect()
}

/// The arrays of an archive, `arr_2` before `arr_10`.
pub(super) fn npz(zip: &Zip<'_>) -> Result<Vec<(String, Vec<u8>)>, FileError> {
    let mut names: Vec<&str> = zip.names().filter(|name| is_npy(name)).collect();
    let number = |name: &str| name.trim_end_matches(".npy").strip_prefix("arr_").and_then(|n| n.parse::<usize>().ok());
    if names.iter().all(|name| number(name).is_some()) {
        names.sort_by_key(|name| number(name));
    }
    names
        .into_iter()
        .map(|name| Ok((name.trim_end_matches(".npy").to_owned(), zip.needed(name)?.into_owned())))
        .collect()
}

#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "NumPy writes small letters")]
pub(super) fn is_npy(name: &str) -> bool {
    name.ends_with(".npy")
}

/// The numbers of a `.npy` file, as an input.
///
/// # Errors
/// [`FileError`] if it is none, or holds something else.
pub fn numbers(name: &str, bytes: &[u8]) -> Result<Vec<f32>, FileError> {
    match npy(name, bytes, &mut Budget::default())? {
        Npy::Array(entry) => Ok(entry.array(&Vec::new())?.values().to_vec()),
        Npy::Objects(_) => Err(FileError::Kind { name: name.to_owned(), kind: "object".to_owned() }),
    }
}
