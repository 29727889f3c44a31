//! MODEL, `--activations`, `--orientation` and the like: from the command line to a model.

use std::{io::IsTerminal, path::Path};

use clap::Args;
use thiserror::Error;

use crate::{
    load::{
        self, About, BiasPlace, Given, Indices, KeptError, LoadError, Model, Orientation, ScalingError, builtin,
        builtin_names, scaled,
    },
    mistake::{Mistake, MistakeError},
    network::{Activation, Network, activation::ActivationError},
    plain::plain,
    shell::read::{self, ReadError},
    train::{TrainError, file},
    words::{self, help, model},
};

/// The model of a command.
#[derive(Debug, Args)]
pub(super) struct ModelArgs {
    #[arg(value_name = "MODEL", help = help::option_model())]
    model: String,
    #[arg(long, value_name = "NAMES", help = help::option_activations())]
    activations: Option<String>,
    #[arg(long, value_name = "HOW", help = help::option_orientation())]
    orientation: Option<String>,
    #[arg(long, value_name = "HOW", help = help::option_indices())]
    indices: Option<String>,
    #[arg(long, value_name = "PLACE", help = help::option_bias())]
    bias: Option<String>,
    #[arg(long, value_name = "END=HOW", help = help::option_scaling())]
    scaling: Vec<String>,
}

/// Why there is no model.
#[derive(Debug, Error)]
pub enum ModelError {
    /// Neither a built-in model nor a file.
    #[error("{}", model::unknown(name, why))]
    Unknown {
        /// What was written.
        name: String,
        /// What the built-in models say.
        why: String,
    },
    /// It cannot be read.
    #[error("{}", unread_says(why))]
    Read {
        /// Why not.
        why: ReadError,
    },
    /// It is not a model.
    #[error("{}", load_says(name, why))]
    Load {
        /// The file.
        name: String,
        /// Why not.
        why: Box<LoadError>,
    },
    /// A network that was kept cannot be read.
    #[error("{}", kept_says(name, why))]
    Kept {
        /// The file.
        name: String,
        /// Where and why.
        why: Box<KeptError>,
    },
    /// A training file that is not as it should be.
    #[error("{}", words::train::in_file(name, why))]
    Training {
        /// The file.
        name: String,
        /// Where and why.
        why: Box<TrainError>,
    },
    /// An activation's name.
    #[error("{}", model::activation(.0))]
    Activation(#[from] ActivationError),
    /// A word that an option does not know.
    #[error("{}", word_says(*about, word))]
    Word {
        /// What the option is about.
        about: About,
        /// As written.
        word: String,
    },
    /// An option for something that the model says itself.
    #[error("{}", model::own(name, option, what))]
    Own {
        /// The model.
        name: String,
        /// What it has: `activations`, `kernels` or `biases`.
        what: &'static str,
        /// The option.
        option: &'static str,
    },
    /// `--scaling`.
    #[error(transparent)]
    Scaling(#[from] ScalingError),
    /// A built-in model cannot be opened.
    #[error("{0}")]
    Builtin(String),
}

fn unread(why: ReadError) -> ModelError {
    ModelError::Read { why }
}

fn unread_says(why: &ReadError) -> String {
    match why {
        ReadError::Io { .. } => model::unread_model(builtin_names().join(", "), why),
        _ => why.to_string(),
    }
}

/// A text names a line after the file's name.
fn load_says(name: &str, why: &LoadError) -> String {
    match why {
        LoadError::Text(_) => model::refused_at(name, why),
        LoadError::Format(_) | LoadError::NotText(_) | LoadError::Build(_) => model::refused(name, why),
    }
}

fn kept_says(name: &str, why: &KeptError) -> String {
    match why {
        KeptError::Json { .. } => model::refused_at(name, why),
        KeptError::Network(_) => model::refused(name, why),
    }
}

fn word_says(about: About, word: &str) -> String {
    match about {
        About::Orientation => model::orientation(word),
        About::Indices => model::indices(word),
        About::BiasPlace => model::bias(word),
    }
}

/// The meaning of an option's word.
fn word<T: Copy>(about: About, given: Option<&str>, words: &[(&str, T)]) -> Result<Option<T>, ModelError> {
    let Some(given) = given else { return Ok(None) };
    let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(given.trim()));
    let unknown = || ModelError::Word { about, word: given.chars().take(40).collect() };
    Ok(Some(found.ok_or_else(unknown)?.1))
}

impl ModelArgs {
    /// The model that is meant, with its scalings. What was assumed about it goes to standard error.
    pub(super) fn load(&self) -> Result<Model, ModelError> {
        Ok(scaled(self.bare()?, &self.scaling)?)
    }

    /// What the options give.
    fn given(&self) -> Result<Given, ModelError> {
        let orientations =
            [("keras", Orientation::Keras), ("torch", Orientation::Torch), ("pytorch", Orientation::Torch)];
        let orientation = word(About::Orientation, self.orientation.as_deref(), &orientations)?;
        let indices = [("from-to", Indices::FromTo), ("to-from", Indices::ToFrom)];
        let indices = word(About::Indices, self.indices.as_deref(), &indices)?;
        let places = [("first", BiasPlace::First), ("last", BiasPlace::Last)];
        let bias = word(About::BiasPlace, self.bias.as_deref(), &places)?;
        let activations = self.activations.as_deref().map(activations).transpose()?;
        Ok(Given { name: String::new(), activations, orientation, indices, bias })
    }

    /// The model as the layers and weights of a training file; a training file as it is.
    pub(super) fn described(&self) -> Result<serde_json::Value, ModelError> {
        if builtin_names().contains(&self.model.as_str()) {
            return Ok(file::described(&self.load()?.network));
        }
        let (name, bytes) = self.bytes()?;
        if let Some(json) = training_file(&name, &bytes)? {
            return Ok(json);
        }
        let model = Self::of_bytes(&name, bytes, self.given()?)?;
        Ok(file::described(&scaled(model, &self.scaling)?.network))
    }

    /// Whether MODEL is a training file; standard input is not looked at.
    pub(super) fn is_training_file(&self) -> bool {
        let known = builtin_names().contains(&self.model.as_str()) || self.model == "-";
        !known
            && read::file(Path::new(&self.model))
                .is_ok_and(|bytes| training_file(&self.model, &bytes).is_ok_and(|json| json.is_some()))
    }

    fn bare(&self) -> Result<Model, ModelError> {
        let name = self.model.as_str();
        let given = self.given()?;
        if builtin_names().contains(&name) {
            let own = |what, option| Err(ModelError::Own { name: name.to_owned(), what, option });
            return match given {
                Given { activations: Some(_), .. } => own("activations", "--activations"),
                Given { orientation: Some(_), .. } => own("kernels", "--orientation"),
                Given { indices: Some(_), .. } => own("kernels", "--indices"),
                Given { bias: Some(_), .. } => own("biases", "--bias"),
                _ => builtin(name).map_err(|error| ModelError::Builtin(error.to_string())),
            };
        }
        let (name, bytes) = self.bytes()?;
        Self::of_bytes(&name, bytes, given)
    }

    /// The bytes of the file or of standard input, and what they are called.
    fn bytes(&self) -> Result<(String, Vec<u8>), ModelError> {
        if self.model != "-" {
            return Ok((self.model.clone(), self.file()?));
        }
        if std::io::stdin().is_terminal() {
            eprintln!("{}", model::paste());
        }
        Ok((words::files::standard_input(), read::standard_input().map_err(unread)?))
    }

    fn of_bytes(name: &str, bytes: Vec<u8>, given: Given) -> Result<Model, ModelError> {
        let title =
            Path::new(name).file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
        if let Some(text) = std::str::from_utf8(&bytes).ok().filter(|text| load::is_kept(text)) {
            if given.activations.is_some() {
                let (name, what, option) = (name.to_owned(), "activations", "--activations");
                return Err(ModelError::Own { name, what, option });
            }
            let title = title.strip_suffix(".json").unwrap_or(&title);
            let why = |why| ModelError::Kept { name: name.to_owned(), why: Box::new(why) };
            return load::kept(title, text).map_err(why);
        }
        let opened = load::open(bytes, &Given { name: title, ..given })
            .map_err(|why| ModelError::Load { name: name.to_owned(), why: Box::new(why) })?;
        for remark in &opened.remarks {
            eprintln!("{}", model::note(plain(&remark.to_string())));
        }
        Ok(opened.model)
    }

    fn file(&self) -> Result<Vec<u8>, ModelError> {
        let path = Path::new(&self.model);
        // One word that is not a file is more likely a built-in model with a spelling mistake.
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

/// A training file, if the bytes are one.
fn training_file(name: &str, bytes: &[u8]) -> Result<Option<serde_json::Value>, ModelError> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(None) };
    let meant = text.trim_start().starts_with('{') && text.contains("\"layers\"") && text.contains("\"initial\"");
    if !meant {
        return Ok(None);
    }
    let why = |why: TrainError| ModelError::Training { name: name.to_owned(), why: Box::new(why) };
    let json = file::parse(text).map_err(why)?;
    Ok(file::is_training(&json).then_some(json))
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
    fn a_comma_inside_brackets_does_not_separate_activations() {
        let read = activations("relu, threshold(1, 0),leaky_relu(0.1)").expect("three names");
        assert_eq!(read.len(), 3);
        assert_eq!(read[2], Activation::LeakyRelu { slope: 0.1 });
        assert!(activations("relu,").is_err());
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
