//! MODEL, `--activations`, `--orientation` and the like: from the command line to a model.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use clap::Args;
use thiserror::Error;

use super::{
    CommandError,
    input::{Inputs, graph_inputs},
};
use crate::{
    equation::Program,
    file::{self, Contents, FileError},
    graph,
    load::{
        self, About, BiasPlace, Given, Indices, KeptError, LoadError, Model, Orientation, ScalingError, builtin,
        builtin_names, scaled,
    },
    mistake::{Mistake, MistakeError, graph as graph_mistake},
    network::{Activation, Network, activation::ActivationError},
    plain::plain,
    shell::{
        model_file::{ModelFile, begins_like_json},
        read::{self, ReadError},
    },
    train::{TrainError, file as training},
    walk,
    words::{self, formats, help, model},
};

/// The model of a command.
#[derive(Debug, Args)]
pub(super) struct ModelArgs {
    #[arg(value_name = "MODEL", help = help::option_model())]
    model: String,
    #[arg(long, value_name = "NAMES", help = help::option_activations())]
    activations: Option<String>,
    #[arg(long, value_name = "FILE", help = help::option_architecture())]
    architecture: Option<PathBuf>,
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
    /// A model file that cannot be opened.
    #[error("{}", match **why {
        FileError::Unreadable(_)
        | FileError::TooLarge { .. }
        | FileError::TooManyNumbers { .. }
        | FileError::TooManyValues { .. }
        | FileError::NoGraphModel
        | FileError::UnknownZip
        | FileError::NeedsArchitecture
        | FileError::NeedsWeights
        | FileError::OwnArchitecture
        | FileError::Pickle { .. }
        | FileError::NoStateDict
        | FileError::Activations { .. } => formats::model_file(name, why),
        _ => formats::model_fault(name, why),
    })]
    File {
        /// The file.
        name: String,
        /// Why not.
        why: Box<FileError>,
    },
    /// A network that the command cannot compute yet.
    #[error("{}", formats::no_chain(name))]
    NoChain {
        /// The file.
        name: String,
    },
    /// A network whose last layers cannot be computed.
    #[error("{}", formats::not_whole(kind, layer, name))]
    NotWhole {
        /// The file.
        name: String,
        /// The first layer that cannot be computed.
        layer: String,
        /// Its class.
        kind: String,
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
        LoadError::Format(_) | LoadError::TooManyNumbers | LoadError::NotText(_) | LoadError::Build(_) => {
            model::refused(name, why)
        }
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
    /// The model that is meant, as a chain of layers on vectors, with its scalings. What was assumed about it goes to standard
    /// error.
    pub(super) fn load(&self) -> Result<Model, ModelError> {
        match self.any()? {
            Loaded::Chain(model) => Ok(*model),
            Loaded::File(file) => Ok(scaled(file.chain()?, &self.scaling)?),
        }
    }

    /// A chain of layers on vectors where the model is one, else the file of a graph of layers.
    pub(super) fn chain_or_file(&self) -> Result<Loaded, ModelError> {
        match self.any()? {
            Loaded::File(file) => match file.chain() {
                Ok(model) => Ok(Loaded::chain(model)),
                Err(ModelError::NoChain { .. } | ModelError::NotWhole { .. }) => Ok(Loaded::File(file)),
                Err(why) => Err(why),
            },
            chain @ Loaded::Chain(_) => Ok(chain),
        }
    }

    /// The model that is meant, whatever it is. Scalings make a chain of it.
    pub(super) fn any(&self) -> Result<Loaded, ModelError> {
        match self.bare()? {
            Loaded::Chain(model) => Ok(Loaded::chain(scaled(*model, &self.scaling)?)),
            Loaded::File(file) if self.scaling.is_empty() => Ok(Loaded::File(file)),
            Loaded::File(file) => Ok(Loaded::chain(scaled(file.chain()?, &self.scaling)?)),
        }
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
            return Ok(training::described(&self.load()?.network));
        }
        let (name, file) = self.opened()?;
        if file.begins_like_json()
            && let Ok(bytes) = file.all()
            && let Some(json) = training_file(&name, &bytes)?
        {
            return Ok(json);
        }
        let model = match self.of_file(name, file, self.given()?)? {
            Loaded::Chain(model) => *model,
            Loaded::File(file) => file.chain()?,
        };
        Ok(training::described(&scaled(model, &self.scaling)?.network))
    }

    /// Whether MODEL is a training file; standard input is not looked at.
    pub(super) fn is_training_file(&self) -> bool {
        let known = builtin_names().contains(&self.model.as_str()) || self.model == "-";
        let path = Path::new(&self.model);
        !known
            && begins_like_json(path)
            && read::file(path).is_ok_and(|bytes| training_file(&self.model, &bytes).is_ok_and(|json| json.is_some()))
    }

    fn bare(&self) -> Result<Loaded, ModelError> {
        let name = self.model.as_str();
        let given = self.given()?;
        if builtin_names().contains(&name) {
            let own = |what, option| Err(ModelError::Own { name: name.to_owned(), what, option });
            return match given {
                Given { activations: Some(_), .. } => own("activations", "--activations"),
                Given { orientation: Some(_), .. } => own("kernels", "--orientation"),
                Given { indices: Some(_), .. } => own("kernels", "--indices"),
                Given { bias: Some(_), .. } => own("biases", "--bias"),
                _ => builtin(name).map(Loaded::chain).map_err(|error| ModelError::Builtin(error.to_string())),
            };
        }
        let (name, file) = self.opened()?;
        self.of_file(name, file, given)
    }

    /// The file or standard input, and what it is called.
    fn opened(&self) -> Result<(String, ModelFile), ModelError> {
        if self.model != "-" {
            return Ok((self.model.clone(), self.file()?));
        }
        if std::io::stdin().is_terminal() {
            eprintln!("{}", model::paste());
        }
        let name = words::files::standard_input();
        let file = ModelFile::standard_input(&name).map_err(unread)?;
        Ok((name, file))
    }

    fn of_file(&self, name: String, file: ModelFile, given: Given) -> Result<Loaded, ModelError> {
        let title =
            Path::new(&name).file_name().map_or_else(|| name.clone(), |name| name.to_string_lossy().into_owned());
        let architecture = self.architecture.as_deref().map(read::file).transpose().map_err(unread)?;
        let wrong = |why| ModelError::File { name: name.clone(), why: Box::new(why) };
        if let Some(mut contents) = file.with(|source| file::read(source, architecture.as_deref())).map_err(wrong)? {
            if let Some(activations) = &given.activations {
                if !contents.takes_activations() {
                    let (what, option) = ("activations", "--activations");
                    return Err(ModelError::Own { name, what, option });
                }
                if contents.is_described() {
                    contents.set_activations(activations).map_err(wrong)?;
                }
            }
            return Ok(Loaded::File(Box::new(FromFile { file, contents, name, title, given })));
        }
        let bytes = file.all().map_err(unread)?;
        if let Some(text) = std::str::from_utf8(&bytes).ok().filter(|text| load::is_kept(text)) {
            if given.activations.is_some() {
                let (what, option) = ("activations", "--activations");
                return Err(ModelError::Own { name, what, option });
            }
            let title = title.strip_suffix(".json").unwrap_or(&title);
            let why = |why| ModelError::Kept { name: name.clone(), why: Box::new(why) };
            return load::kept(title, text).map(Loaded::chain).map_err(why);
        }
        let opened = load::open(bytes, &Given { name: title, ..given })
            .map_err(|why| ModelError::Load { name, why: Box::new(why) })?;
        say(&opened.remarks);
        Ok(Loaded::chain(opened.model))
    }

    fn file(&self) -> Result<ModelFile, ModelError> {
        let path = Path::new(&self.model);
        // One word that is not a file is more likely a built-in model with a spelling mistake.
        let word = path.extension().is_none() && path.components().count() == 1;
        match ModelFile::open(path, &self.model) {
            Err(ReadError::Io { why, .. }) if word && why.kind() == std::io::ErrorKind::NotFound => {
                let why = builtin(&self.model).map_or_else(|error| error.to_string(), |_| String::new());
                Err(ModelError::Unknown { name: self.model.clone(), why })
            }
            other => other.map_err(unread),
        }
    }
}

/// What was assumed, on standard error.
fn say(remarks: &[load::Remark]) {
    for remark in remarks {
        eprintln!("{}", model::note(plain(&remark.to_string())));
    }
}

/// A model: a chain of layers on vectors, or a file of any network.
pub(super) enum Loaded {
    /// What the bench, `check` and `explain` compute.
    Chain(Box<Model>),
    /// A model file.
    File(Box<FromFile>),
}

impl Loaded {
    fn chain(model: Model) -> Self {
        Self::Chain(Box::new(model))
    }
}

/// A model file that was read.
pub(super) struct FromFile {
    file: ModelFile,
    pub(super) contents: Contents,
    /// As written.
    name: String,
    /// The file's bare name.
    pub(super) title: String,
    given: Given,
}

impl FromFile {
    fn wrong(&self, why: FileError) -> ModelError {
        ModelError::File { name: self.name.clone(), why: Box::new(why) }
    }

    /// Whether it is described, or can become a chain.
    pub(super) fn is_network(&self) -> bool {
        self.contents.is_described() || self.given.activations.is_some()
    }

    /// The network. `open`: the length of axes that the file leaves open.
    pub(super) fn network(&self, open: Option<usize>) -> Result<file::Model, ModelError> {
        self.file.with(|source| self.contents.network(source, open)).map_err(|why| self.wrong(why))
    }

    /// The network for one sample, and the numbers of each input. `outline`: [`Self::outline`], whose axes may be of any length.
    pub(super) fn of_sample(
        &self,
        outline: &file::Model,
        text: &str,
        given: &Inputs,
    ) -> Result<(graph::Network, Vec<Vec<f32>>), CommandError> {
        let inputs = graph_inputs(outline, text, given)?;
        let open = outline.open_length(&inputs);
        let network = if open.is_some() { self.network(open)?.network } else { outline.network.clone() };
        Ok((network, inputs))
    }

    /// The network with an example for each input: small numbers that are easy to follow; rows of an embedding one after the other.
    pub(super) fn of_example(&self, outline: &file::Model) -> Result<(graph::Network, Vec<Vec<f32>>), CommandError> {
        /// The length of open axes.
        const OPEN: usize = 4;
        let has_open = (0..outline.network.inputs().len()).any(|at| outline.is_open(at));
        let network = if has_open { self.network(Some(OPEN))?.network } else { outline.network.clone() };
        let inputs = walk::example(&network);
        Ok((network, inputs))
    }

    /// The network, for any length of axes that the file leaves open.
    pub(super) fn outline(&self) -> Result<file::Model, ModelError> {
        self.file.with(|source| self.contents.outline(source)).map_err(|why| self.wrong(why))
    }

    /// As the chain of layers that the bench, `check` and `explain` compute.
    pub(super) fn chain(&self) -> Result<Model, ModelError> {
        if !self.contents.is_described() {
            let given = Given { name: self.title.clone(), ..self.given.clone() };
            let opened = self.file.with(|source| self.contents.chain(source, &given)).map_err(|why| self.wrong(why))?;
            say(&opened.remarks);
            return Ok(opened.model);
        }
        let model = self.outline()?;
        if let Some(missing) = model.missing.first() {
            let (layer, kind) = (missing.layer.clone(), missing.kind.clone());
            return Err(ModelError::NotWhole { name: self.name.clone(), layer, kind });
        }
        file::chain(&model.network).map(Model::plain).ok_or_else(|| ModelError::NoChain { name: self.name.clone() })
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
    let json = training::parse(text).map_err(why)?;
    Ok(training::is_training(&json).then_some(json))
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
    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.mistakes.is_empty()
    }

    /// The mistakes, for a graph of layers.
    pub(super) fn of_graph(&self, program: &Program) -> Result<Vec<graph_mistake::Mistake>, MistakeError> {
        self.mistakes.iter().map(|name| graph_mistake::Mistake::named(name, program)).collect()
    }

    /// The mistakes, for this network.
    pub(super) fn of(&self, network: &Network) -> Result<Vec<Mistake>, MistakeError> {
        self.mistakes.iter().map(|name| Mistake::named(name, network)).collect()
    }
}
