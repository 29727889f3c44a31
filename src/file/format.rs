//! Which format a file has, by its content.

use super::{FileError, Source, hdf5, numpy, safetensors};
use crate::words::formats;

/// A format of model files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A zip archive: `.keras`, `.npz` and `.pt` are.
    Zip,
    /// HDF5: `.h5`, `.weights.h5`.
    Hdf5,
    /// One array of NumPy.
    Npy,
    /// Arrays behind a header that says where they are.
    Safetensors,
    /// A Python pickle: PyTorch's older files begin with one.
    Pickle,
}

/// This much of the beginning tells a format: an HDF5 file may begin behind a block of the user's own.
const HEAD: u64 = 1 << 16;

impl Format {
    /// The format of a file; `None` for what may be a text.
    ///
    /// # Errors
    /// [`FileError`] if the file cannot be read.
    pub fn of(source: &Source<'_>) -> Result<Option<Self>, FileError> {
        let head = source.head(HEAD)?;
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Ok(Some(Self::Zip));
        }
        if head.starts_with(numpy::MAGIC) {
            return Ok(Some(Self::Npy));
        }
        if safetensors::is_safetensors(&head, source.bytes.size()) {
            return Ok(Some(Self::Safetensors));
        }
        if head.first() == Some(&0x80) && head.get(1).is_some_and(|version| (2..=5).contains(version)) {
            return Ok(Some(Self::Pickle));
        }
        if hdf5::is_hdf5(&head) {
            return Ok(Some(Self::Hdf5));
        }
        Ok(None)
    }
}

/// What a file turned out to be, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    KerasArchive,
    KerasHdf5,
    KerasWeights,
    KerasWeightsOnly,
    Hdf5Arrays,
    Npz,
    Npy,
    Safetensors,
    Torch,
    TorchModule,
}

impl Shown {
    pub(super) fn name(self) -> String {
        match self {
            Self::KerasArchive => formats::keras_archive(),
            Self::KerasHdf5 => formats::keras_hdf5(),
            Self::KerasWeights => formats::keras_weights(),
            Self::KerasWeightsOnly => formats::keras_weights_only(),
            Self::Hdf5Arrays => formats::hdf5_arrays(),
            Self::Npz => formats::npz_file(),
            Self::Npy => formats::npy_file(),
            Self::Safetensors => formats::safetensors_file(),
            Self::Torch => formats::torch_file(),
            Self::TorchModule => formats::torch_module(),
        }
    }
}
