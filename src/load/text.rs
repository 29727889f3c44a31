//! Texts as people have them: prints, scripts, tables, formulas, files of tools; with prose around them.
//!
//! ```text
//! text --clean--> text --survey--> literals and tables --collect--> named arrays
//!                      \--tools, edges, equations, scalars--> units and edges --> layers
//! the words around them --hints--> activations, orientation, names, sizes, scaling
//! ```
//! Every form of text is a small file: a tool with its own signature (`tools`), a network unit by unit (`objects`), edges and
//! equations (`edges`), named numbers (`scalars`). All other texts are literals (`tree`, `list`) or rows of numbers (`rows`) of any
//! language.
//!
//! # Bounds
//!
//! 64 MiB of text, brackets 32 deep, 65,536 arrays or tables. Numbers go straight into vectors of float32; time and memory grow
//! linearly with the text.

mod call;
mod caption;
mod cells;
mod clean;
mod collect;
mod edges;
mod error;
mod excerpt;
mod fann;
mod forward;
mod hints;
mod list;
mod number;
mod objects;
mod rows;
mod scalars;
mod scales;
mod survey;
mod tools;
mod tree;
mod units;

pub use error::{Expected, Problem, TextError};
pub use excerpt::Excerpt;
pub use units::NoChain;

use std::borrow::Cow;

use super::{
    Evidence, Given, LoadError, Remark,
    build::{BuildError, Source},
    found::{Array, Found, Orientation},
};

/// Largest text that is read, in bytes.
const MOST_BYTES: usize = 64 << 20;

/// What a text contains.
#[derive(Debug, Clone)]
pub(super) enum Reading {
    /// Arrays.
    Found(Box<Found>),
    /// Named numbers, whose meaning depends on what is given.
    Scalars(String),
}

impl Reading {
    /// The arrays, for what is given.
    pub(super) fn found(&self, given: &Given) -> Result<Cow<'_, Found>, BuildError> {
        match self {
            Self::Found(found) => Ok(Cow::Borrowed(found.as_ref())),
            Self::Scalars(text) => scalars::scalars(text, given).unwrap_or(Err(BuildError::Empty)).map(Cow::Owned),
        }
    }
}

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Reading, LoadError> {
    let wrong = |why: TextError| LoadError::Text(Box::new(why));
    if text.len() > MOST_BYTES {
        let problem = Problem::TooLarge { bytes: text.len(), most: MOST_BYTES };
        return Err(wrong(TextError::new(problem, "", 0)));
    }
    let clean = clean::clean(text);
    let text = clean.as_ref();
    let no_chain = |network: Source, why: NoChain| LoadError::from(BuildError::NoChain { network, why });
    if let Some(form) = tools::FORMS.iter().find(|form| (form.recognised)(text)) {
        return (form.read)(text)
            .map(|found| Reading::Found(Box::new(found)))
            .map_err(|why| no_chain(Source::Tool(form.name), why));
    }
    let surveyed = survey::survey(text).map_err(|why| wrong(why.error(text)))?;
    if let Some(found) = objects::objects(&surveyed.pieces, text) {
        return found.map(|found| Reading::Found(Box::new(found))).map_err(|why| no_chain(Source::Text, why));
    }
    let mut found = Found { remarks: surveyed.remarks, ..Found::default() };
    collect::collect(text, surveyed.pieces, &mut found).map_err(|why| wrong(why.error(text)))?;
    // Named numbers are no arrays; neither are edges and equations.
    if found.arrays.iter().all(|array| array.shape.is_empty()) && text.len() <= 1 << 22 {
        if let Some(units) = edges::edges(text).or_else(|| edges::equations(text)) {
            return units
                .found()
                .map(|found| Reading::Found(Box::new(found)))
                .map_err(|why| no_chain(Source::Text, why));
        }
        if scalars::scalars(text, &Given::default()).is_some() {
            return Ok(Reading::Scalars(text.to_owned()));
        }
    }
    hints::add(text, &mut found);
    cut_by_sizes(text, &mut found)?;
    Ok(Reading::Found(Box::new(found)))
}

/// One flat list of all weights, cut by the sizes that the text gives.
fn cut_by_sizes(text: &str, found: &mut Found) -> Result<(), LoadError> {
    let [Array { shape, .. }] = &found.arrays[..] else { return Ok(()) };
    if shape.len() != 1 || shape[0] < 3 {
        return Ok(());
    }
    let sizes = hints::sizes(text);
    if sizes.len() < 2 {
        return Ok(());
    }
    let said = sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join("-");
    let list = found.arrays[0].clone();
    let kernels = sizes.windows(2).map(|pair| pair[0].saturating_mul(pair[1])).fold(0usize, usize::saturating_add);
    let biases: usize = sizes[1..].iter().sum();
    let with_bias = list.values.len() == kernels + biases;
    if !with_bias && list.values.len() != kernels {
        return Err(BuildError::Sizes { sizes: said, needed: kernels + biases, found: list.values.len() }.into());
    }
    let mut rest = list.values.as_slice();
    let mut take = |shape: Vec<usize>| {
        let (values, after) = rest.split_at(shape.iter().product::<usize>().min(rest.len()));
        rest = after;
        Array { name: None, shape, values: values.to_vec(), ..list.clone() }
    };
    let mut arrays = Vec::new();
    for pair in sizes.windows(2) {
        arrays.push(take(vec![pair[0], pair[1]]));
        if with_bias {
            arrays.push(take(vec![pair[1]]));
        }
    }
    found.arrays = arrays;
    found.hints.orientation.get_or_insert((Orientation::Keras, Evidence::Print));
    found.remarks.push(Remark::CutBySizes(said));
    Ok(())
}

/// Headings of columns that count and do not contain weights.
fn is_index_word(word: &str) -> bool {
    matches!(
        word.to_lowercase().trim(),
        "layer"
            | "unit"
            | "neuron"
            | "node"
            | "index"
            | "id"
            | "#"
            | "no"
            | "no."
            | "nr"
            | "i"
            | "row"
            | "idx"
            | "layer_id"
            | "unit_id"
    )
}

/// Names of variables that contain a whole network: they say nothing about a part of it.
fn is_collection(name: &str) -> bool {
    let name = name.trim_start_matches("self.").to_lowercase();
    matches!(
        name.as_str(),
        "params"
            | "parameters"
            | "model"
            | "state_dict"
            | "network"
            | "net"
            | "nn"
            | "layers"
            | "weights"
            | "ws"
            | "all"
            | "arrays"
            | "dict"
            | "theta"
            | "mlp"
            | "out"
            | "result"
            | "res"
            | "ans"
            | "w"
            | "m"
            | "model_weights"
            | "wts"
            | "print"
    )
}
