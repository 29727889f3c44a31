//! A named array of a file.

use super::{Bytes, FileError, NumberKind};
use crate::equation::{Array, Shape};

/// More numbers in one file are not read into memory: 64 MiB of float32.
const MOST_NUMBERS: usize = 1 << 24;

/// A named array of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name, as the file says it.
    pub name: String,
    /// The length of each axis.
    pub shape: Vec<usize>,
    /// How its numbers are kept.
    pub kind: NumberKind,
    numbers: Numbers,
}

#[derive(Debug, Clone, PartialEq)]
enum Numbers {
    Here(Array),
    /// From this byte of the file on.
    InFile(u64),
}

impl Entry {
    /// With its numbers, as the file keeps them, in C order.
    ///
    /// # Errors
    /// [`FileError`] if there are not as many as the shape says.
    pub(super) fn of_bytes(
        name: impl Into<String>,
        shape: Vec<usize>,
        kind: NumberKind,
        bytes: &[u8],
        big_endian: bool,
    ) -> Result<Self, FileError> {
        Self::of_values(name, shape, kind, kind.decode(bytes, big_endian))
    }

    /// With its numbers in C order.
    ///
    /// # Errors
    /// [`FileError`] if there are not as many as the shape says.
    pub(super) fn of_values(
        name: impl Into<String>,
        shape: Vec<usize>,
        kind: NumberKind,
        values: Vec<f32>,
    ) -> Result<Self, FileError> {
        let (name, got) = (name.into(), values.len());
        let Some(array) = Array::new(shape.clone(), values) else {
            let shape = Shape::from(shape).to_string();
            return Err(FileError::Length { name, shape, got });
        };
        Ok(Self { name, shape, kind, numbers: Numbers::Here(array) })
    }

    /// With numbers that are still in the file.
    pub(super) fn in_file(name: String, shape: Vec<usize>, kind: NumberKind, at: u64) -> Self {
        Self { name, shape, kind, numbers: Numbers::InFile(at) }
    }

    /// The same under another name.
    pub(super) fn called(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// How many numbers it has.
    pub fn size(&self) -> usize {
        Shape::from(self.shape.clone()).size()
    }

    /// Its numbers.
    ///
    /// # Errors
    /// [`FileError`] if they cannot be read, or are too many.
    pub fn array(&self, file: &dyn Bytes) -> Result<Array, FileError> {
        match &self.numbers {
            Numbers::Here(array) => Ok(array.clone()),
            Numbers::InFile(at) => {
                let mut budget = Budget::default();
                budget.take(self.size())?;
                let bytes = file.read(*at, self.size() * self.kind.size()).map_err(FileError::Unreadable)?;
                let values = self.kind.decode(&bytes, false);
                let (name, got) = (self.name.clone(), values.len());
                let shape = Shape::from(self.shape.clone()).to_string();
                Array::new(self.shape.clone(), values).ok_or(FileError::Length { name, shape, got })
            }
        }
    }
}

/// How many numbers of a file may still be read.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MOST_NUMBERS)
    }
}

impl Budget {
    /// Counts `numbers` more.
    pub(super) fn take(&mut self, numbers: usize) -> Result<(), FileError> {
        self.0 = self.0.checked_sub(numbers).ok_or(FileError::TooManyNumbers { most: MOST_NUMBERS })?;
        Ok(())
    }
}

/// How many numbers a shape has, if they can be counted and read.
pub(super) fn size_of(shape: &[usize], budget: &mut Budget) -> Result<usize, FileError> {
    let size = shape.iter().try_fold(1_usize, |size, &n| size.checked_mul(n));
    let size = size.ok_or(FileError::TooManyNumbers { most: MOST_NUMBERS })?;
    budget.take(size)?;
    Ok(size)
}
