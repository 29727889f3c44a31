//! Model files: bytes to named arrays and a description, and these to a network.
//!
//! ```text
//! bytes --Format::of--> one reader a format --> Contents { arrays, description } --network--> graph
//! ```
//! Formats are recognised by their content, never by the file's name. Nothing in a file is executed, and everything that is read
//! is bounded: a broken or hostile file gives a [`FileError`] that names the place.

mod bytes;
mod chain;
mod contents;
mod entry;
mod error;
mod format;
mod hdf5;
mod keras;
mod model;
mod numbers;
mod numpy;
mod onnx;
mod pickle;
mod safetensors;
mod tfjs;
mod torch;
pub mod workbook;
mod zip;

pub use bytes::{Beside, Bytes, MOST_BYTES, Source};
pub use chain::{chain, graph_of};
pub use contents::{Contents, read};
pub use entry::Entry;
pub use error::FileError;
pub use format::Format;
pub use model::Model;
pub use numbers::NumberKind;
pub use numpy::numbers as npy_numbers;
