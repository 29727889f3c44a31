//! The models that come with byhand, parsed at run time from the arrays as they were printed.

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use thiserror::Error;

use super::{
    Facts, Known, Model, Posted, Target,
    described::{LayerDescription, described},
    read,
};
use crate::words::arrays;

static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets");

/// The names in the order in which the course uses them.
const NAMES: &[&str] = &["gate-2-1", "line-1-16-1", "sum-2-5-1", "sum-5-20-1", "scaled-1-1-1", "add-2-2-1", "norm-1"];

/// Why a built-in model cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BuiltinError {
    /// No model has this name.
    #[error("{}", unknown_says(name))]
    Unknown {
        /// The name asked for.
        name: String,
    },
    /// Its files are damaged (a fault of this build, found by a test).
    #[error("{}", arrays::damaged(name, why))]
    Damaged {
        /// The model.
        name: String,
        /// What is wrong.
        why: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    about: String,
    layers: Vec<LayerDescription>,
    target: Option<String>,
    says: Option<String>,
    input: Vec<f32>,
    region: Vec<(f32, f32)>,
    training: Option<(f32, f32)>,
    posted: Vec<PostedDescription>,
    known: Vec<KnownDescription>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownDescription {
    input: Vec<f32>,
    output: Vec<String>,
    by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PostedDescription {
    input: Vec<f32>,
    answer: String,
    by: String,
}

/// The names of the built-in models.
pub fn builtin_names() -> &'static [&'static str] {
    NAMES
}

fn unknown_says(name: &str) -> String {
    let known = NAMES.join(", ");
    match nearest(name) {
        Some(near) => arrays::no_model_near(known, name, near),
        None => arrays::no_model(known, name),
    }
}

fn nearest(name: &str) -> Option<&'static str> {
    let near = NAMES.iter().map(|known| (strsim::damerau_levenshtein(known, name), *known)).min()?;
    (near.0 <= 4).then_some(near.1)
}

/// The built-in model of this name.
///
/// # Errors
/// [`BuiltinError::Unknown`] with the nearest name.
pub fn builtin(name: &str) -> Result<Model, BuiltinError> {
    if !NAMES.contains(&name) {
        return Err(BuiltinError::Unknown { name: name.to_owned() });
    }
    let damaged = |why: String| BuiltinError::Damaged { name: name.to_owned(), why };
    let file = |file: &str| {
        let path = format!("{name}/{file}");
        ASSETS.get_file(&path).and_then(|file| file.contents_utf8()).ok_or_else(|| damaged(arrays::no_such_file(path)))
    };
    let about: Description = serde_json::from_str(file("model.json")?).map_err(|e| damaged(e.to_string()))?;
    let arrays = read(file("weights.txt")?.as_bytes().to_vec()).map_err(|e| damaged(e.to_string()))?.arrays();
    let decimals = arrays.iter().filter_map(|array| array.decimals).max();
    let network = described(name, &about.layers, &arrays).map_err(|why| damaged(why.to_string()))?;
    let facts = Facts {
        about: about.about,
        target: about.target.zip(about.says).map(|(formula, says)| Target { formula, says }),
        input: about.input,
        region: about.region,
        training: about.training,
        known: about.known.into_iter().map(|k| Known { input: k.input, output: k.output, by: k.by }).collect(),
        posted: about.posted.into_iter().map(|p| Posted { input: p.input, answer: p.answer, by: p.by }).collect(),
        decimals,
    };
    Ok(Model { network, facts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_model_is_sound() {
        for name in builtin_names() {
            let model = builtin(name).expect(name);
            assert_eq!(model.network.name(), *name);
            assert_eq!(model.facts.input.len(), model.network.inputs());
            assert_eq!(model.facts.region.len(), model.network.inputs());
        }
    }

    #[test]
    fn an_unknown_name_gets_the_nearest_name() {
        let message = builtin("line-1-16").expect_err("unknown").to_string();
        assert!(message.contains("did you mean `line-1-16-1`?"), "{message}");
        assert!(!builtin("something-else").expect_err("unknown").to_string().contains("did you mean"));
    }
}
