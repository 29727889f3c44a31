//! MODEL and `--activations`: from the command line to a model.

use std::{io::IsTerminal, path::Path};

use clap::Args;
use thiserror::Error;

use super::scaling::{ScalingError, scaled};
use crate::{
    load::{
        ArraysError, Facts, Model, builtin, builtin_names, from_arrays,
        printed::{self, PrintedError},
    },
    mistake::{Mistake, MistakeError},
    network::{Activation, Network, activation::ActivationError},
    shell::read::{self, ReadError},
    words::help,
};

/// The model of a command.
#[derive(Debug, Args)]
pub(super) struct ModelArgs {
    #[arg(value_name = "MODEL", help = help::option_model())]
    model: String,
    #[arg(long, value_name = "NAMES", help = help::option_activations())]
    activations: Option<String>,
    #[arg(long, value_name = "END=HOW", help = help::option_scaling())]
    scaling: Vec<String>,
}

/// Why there is no model.
#[derive(Debug, Error)]
pub enum ModelError {
    /// Neither a built-in model nor a file.
    #[error("{why}, and there is no file `{name}` here")]
    Unknown {
        /// What was written.
        name: String,
        /// What the built-in models say.
        why: String,
    },
    /// It cannot be read.
    #[error("{why}{}", remedy(why))]
    Read {
        /// Why not.
        why: ReadError,
    },
    /// A format that is not read.
    #[error(
        "`{name}` is {format}, which byhand does not read; save what `print(model.get_weights())` prints as a text file and open that"
    )]
    Format {
        /// The file.
        name: String,
        /// What it is.
        format: &'static str,
    },
    /// The text is no print of arrays.
    #[error("`{name}`, {why}")]
    Printed {
        /// The file.
        name: String,
        /// Where and why.
        why: Box<PrintedError>,
    },
    /// The arrays make no network.
    #[error("`{name}`: {why}")]
    Arrays {
        /// The file.
        name: String,
        /// Why not.
        why: Box<ArraysError>,
    },
    /// An activation's name.
    #[error("--activations: {0}")]
    Activation(#[from] ActivationError),
    /// `--activations` where they are known.
    #[error("the built-in model `{name}` has its own activations; leave `--activations` out")]
    OwnActivations {
        /// The model.
        name: String,
    },
    /// `--scaling`.
    #[error(transparent)]
    Scaling(#[from] ScalingError),
    /// A built-in model cannot be had.
    #[error("{0}")]
    Builtin(String),
}

fn unread(why: ReadError) -> ModelError {
    ModelError::Read { why }
}

fn remedy(why: &ReadError) -> String {
    match why {
        ReadError::Io { .. } => {
            format!("; MODEL is a file, `-` for standard input, or a built-in model: {}", builtin_names().join(", "))
        }
        _ => String::new(),
    }
}

/// What stands at the beginning of files that are not text, and what such a file is called.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file (.h5)"),
    (b"PK\x03\x04", "a zip archive (as .keras, .npz and .pt files are)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x93NUMPY", "a NumPy array file (.npy)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
];

/// The format that the bytes are in, if it is one of those above.
pub(super) fn format_of(bytes: &[u8]) -> Option<&'static str> {
    let found = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| *format);
    found.or_else(|| {
        // A safetensors file begins with the length of its JSON header: eight bytes, little endian.
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        (rest.first() == Some(&b'{') && rest.len() >= length).then_some("a safetensors file")
    })
}

impl ModelArgs {
    /// The model that is meant, with its scalings.
    pub(super) fn load(&self) -> Result<Model, ModelError> {
        Ok(scaled(self.bare()?, &self.scaling)?)
    }

    fn bare(&self) -> Result<Model, ModelError> {
        let name = self.model.as_str();
        let activations = self.activations.as_deref().map(activations).transpose()?;
        if builtin_names().contains(&name) {
            if activations.is_some() {
                return Err(ModelError::OwnActivations { name: name.to_owned() });
            }
            return builtin(name).map_err(|error| ModelError::Builtin(error.to_string()));
        }
        let (name, bytes) = if name == "-" {
            if std::io::stdin().is_terminal() {
                eprintln!("Paste the printed weights, then press Ctrl+D (Windows: Ctrl+Z and Enter) on a new line.");
            }
            ("standard input", read::standard_input().map_err(unread)?)
        } else {
            (name, self.file()?)
        };
        if let Some(format) = format_of(&bytes) {
            return Err(ModelError::Format { name: name.to_owned(), format });
        }
        let text = read::text(bytes, name).map_err(unread)?;
        let arrays =
            printed::arrays(&text).map_err(|why| ModelError::Printed { name: name.to_owned(), why: Box::new(why) })?;
        let decimals = arrays.iter().filter_map(|array| array.decimals).max();
        let title =
            Path::new(name).file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
        let network = from_arrays(&title, &arrays, &[], &activations.unwrap_or_default())
            .map_err(|why| ModelError::Arrays { name: name.to_owned(), why: Box::new(why) })?;
        Ok(Model { network, facts: Facts { decimals, ..Facts::default() } })
    }

    fn file(&self) -> Result<Vec<u8>, ModelError> {
        let path = Path::new(&self.model);
        // A lone word that is no file is more likely a built-in model, written wrong.
        let word = path.extension().is_none() && path.components().count() == 1;
        match read::file(path) {
            Err(ReadError::Io { why, .. }) if word && why.kind() == std::io::ErrorKind::NotFound => {
                let why = builtin(&self.model).map_or_else(|error| error.to_string(), |_| String::new());
                Err(ModelError::Unknown { name: self.model.clone(), why })
            }
            other => other.map_err(unread),
        }
    }
}

/// `relu,leaky_relu(0.1),linear`: commas inside of brackets separate parameters.
fn activations(text: &str) -> Result<Vec<Activation>, ActivationError> {
    let mut depth = 0usize;
    let names = text.split(|c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    names.map(|name| name.trim().parse()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_inside_of_brackets_belong_to_the_activation() {
        let read = activations("relu, threshold(1, 0),leaky_relu(0.1)").expect("three names");
        assert_eq!(read.len(), 3);
        assert_eq!(read[2], Activation::LeakyRelu { slope: 0.1 });
        assert!(activations("relu,").is_err());
    }

    #[test]
    fn formats_are_known_by_their_first_bytes() {
        for (bytes, expected) in [
            (&b"\x89HDF\r\n\x1a\nxyz"[..], Some("HDF5")),
            (b"PK\x03\x04", Some("zip")),
            (b"\x93NUMPY\x01", Some("NumPy")),
            (b"\x80\x04\x95", Some("pickle")),
            (b"\x02\0\0\0\0\0\0\0{}", Some("safetensors")),
            (b"[array([[1.]])]", None),
            (b"", None),
        ] {
            let format = format_of(bytes);
            assert!(format.is_some() == expected.is_some(), "{bytes:?}");
            assert!(format.unwrap_or("").contains(expected.unwrap_or("")), "{format:?}");
        }
    }
}

/// Mistakes to be made on purpose.
#[derive(Debug, Clone, Args)]
pub(super) struct MistakeArgs {
    #[arg(long = "mistake", value_name = "KIND:LAYER", help = help::option_mistake())]
    mistakes: Vec<String>,
}

impl MistakeArgs {
    /// The mistakes, for this network.
    pub(super) fn of(&self, network: &Network) -> Result<Vec<Mistake>, MistakeError> {
        self.mistakes.iter().map(|name| Mistake::named(name, network)).collect()
    }
}
