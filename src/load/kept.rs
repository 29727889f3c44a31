//! Networks that the learner has kept: one JSON file each, in the form of the `model.json` of the built-in models, with the arrays in
//! it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    Facts, Model, Target,
    described::{
        BatchNormalizationDescription, DenseDescription, DescribedError, LayerDescription, ScalingDescription,
        described,
    },
    found::{Array, Origin},
};
use crate::{
    network::{Layer, List, Operation},
    words,
};

/// Why a file is not a network that byhand kept.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum KeptError {
    /// Not the JSON that is written.
    #[error("{}", words::arrays::kept_at(column, line, why))]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        why: String,
    },
    /// The layers and the arrays do not make a network.
    #[error(transparent)]
    Network(#[from] DescribedError),
}

/// The file, field by field.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    about: String,
    layers: Vec<LayerDescription>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    says: Option<String>,
    input: Vec<f32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    region: Vec<(f32, f32)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    training: Option<(f32, f32)>,
    /// With how many decimals the arrays were printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decimals: Option<u8>,
    /// Kernels as lists of rows, biases as lists, in the order of the layers.
    arrays: Vec<Nested>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Nested {
    Vector(Vec<f32>),
    Matrix(Vec<Vec<f32>>),
}

/// Whether a text looks like a network that was kept, and not like printed arrays.
pub fn is_kept(text: &str) -> bool {
    let rest = text.trim_start();
    // A dictionary of arrays is printed with braces too; it has no layers in these quotation marks.
    rest.starts_with('{') && rest.contains("\"layers\"")
}

/// Reads a network that was kept.
///
/// # Errors
/// [`KeptError`], naming the place or the layer.
pub fn kept(name: &str, text: &str) -> Result<Model, KeptError> {
    let kept: Kept = serde_json::from_str(text).map_err(|why| KeptError::Json {
        line: why.line(),
        column: why.column(),
        why: why.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
    })?;
    let arrays: Result<Vec<Array>, KeptError> =
        kept.arrays.into_iter().enumerate().map(|(i, nested)| array(i + 1, nested, kept.decimals)).collect();
    let network = described(name, &kept.layers, &arrays?)?;
    let target = kept.target.map(|formula| Target { says: kept.says.unwrap_or_else(|| formula.clone()), formula });
    let facts = Facts {
        about: kept.about,
        target,
        input: kept.input,
        region: kept.region,
        training: kept.training,
        decimals: kept.decimals,
        ..Facts::default()
    };
    Ok(Model { network, facts })
}

/// Writes a network to be kept, with what is known about it, except for answers: those belong to its first weights.
///
/// # Errors
/// A sentence if a weight cannot be written.
pub fn keep(model: &Model) -> Result<String, String> {
    let mut arrays = Vec::new();
    let layers: Result<Vec<LayerDescription>, String> =
        model.network.layers().map(|layer| describe(layer, &mut arrays)).collect();
    let facts = &model.facts;
    let kept = Kept {
        about: facts.about.clone(),
        layers: layers?,
        target: facts.target.as_ref().map(|target| target.formula.clone()),
        says: facts.target.as_ref().map(|target| target.says.clone()),
        input: facts.input.clone(),
        region: facts.region.clone(),
        training: facts.training,
        decimals: facts.decimals,
        arrays,
    };
    serde_json::to_string(&kept).map_err(|why| why.to_string())
}

fn array(number: usize, nested: Nested, decimals: Option<u8>) -> Result<Array, KeptError> {
    let (shape, values) = match nested {
        Nested::Vector(values) => (vec![values.len()], values),
        Nested::Matrix(rows) => {
            let columns = rows.first().map_or(0, Vec::len);
            if let Some(row) = rows.iter().position(|row| row.len() != columns) {
                let has = rows.get(row).map_or(0, Vec::len);
                return Err(DescribedError::Ragged { array: number, row, has, first: columns }.into());
            }
            (vec![rows.len(), columns], rows.concat())
        }
    };
    Ok(Array { name: None, shape, values, line: number, decimals, origin: Origin::Plain })
}

/// A layer as the file describes it; its arrays are added.
fn describe(layer: &Layer, arrays: &mut Vec<Nested>) -> Result<LayerDescription, String> {
    let name = layer.name.clone();
    let mut add = |values: &[f32]| -> Result<(), String> {
        finite(&name, values)?;
        arrays.push(Nested::Vector(values.to_vec()));
        Ok(())
    };
    match &layer.operation {
        Operation::Dense(dense) => {
            let kernel = dense.kernel();
            let rows: Vec<Vec<f32>> = (0..kernel.inputs()).map(|input| kernel.row(input).to_vec()).collect();
            finite(&name, &rows.concat())?;
            arrays.push(Nested::Matrix(rows));
            if let Some(bias) = dense.bias() {
                finite(&name, bias)?;
                arrays.push(Nested::Vector(bias.to_vec()));
            }
            Ok(LayerDescription::Dense(DenseDescription { activation: dense.activation().name(), name }))
        }
        Operation::Scaling(scaling) => {
            let list = |list| scaling.list(list).map(<[f32]>::to_vec).unwrap_or_default();
            let (scale, offset) = (list(List::Scale), list(List::Offset));
            finite(&name, &scale).and_then(|()| finite(&name, &offset))?;
            Ok(LayerDescription::Scaling(ScalingDescription { name, scale, offset }))
        }
        Operation::BatchNormalization(norm) => {
            let lists = [List::Gamma, List::Beta, List::MovingMean, List::MovingVariance];
            for list in lists {
                if let Some(values) = norm.list(list) {
                    add(values)?;
                }
            }
            Ok(LayerDescription::BatchNormalization(BatchNormalizationDescription {
                epsilon: norm.epsilon(),
                gamma: norm.list(List::Gamma).is_some(),
                beta: norm.list(List::Beta).is_some(),
                name,
            }))
        }
    }
}

/// JSON cannot write a number that is not finite.
fn finite(layer: &str, values: &[f32]) -> Result<(), String> {
    if values.iter().all(|value| value.is_finite()) {
        return Ok(());
    }
    Err(words::own::not_finite(layer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{builtin, builtin_names};

    #[test]
    fn every_built_in_model_is_read_back_unchanged() {
        for name in builtin_names() {
            let model = builtin(name).expect("built in");
            let text = keep(&model).expect("kept");
            assert!(is_kept(&text), "{text}");
            let back = kept(name, &text).expect("its own form");
            assert_eq!(back.network, model.network, "{name}");
            let told =
                |facts: &Facts| (facts.target.clone(), facts.input.clone(), facts.region.clone(), facts.decimals);
            assert_eq!(told(&back.facts), told(&model.facts), "{name}");
        }
    }

    #[test]
    fn every_float32_is_read_back_bit_for_bit() {
        // A walk over the bit patterns in steps that share no factor with them.
        let values: Vec<f32> = (0..20_000_u32)
            .map(|n| f32::from_bits(n.wrapping_mul(2_654_435_761)))
            .filter(|value| value.is_finite())
            .collect();
        let text = serde_json::to_string(&Nested::Vector(values.clone())).expect("numbers");
        let Nested::Vector(back) = serde_json::from_str(&text).expect("numbers") else { panic!("a list") };
        assert!(values.iter().zip(&back).all(|(one, other)| one.to_bits() == other.to_bits()));
    }

    #[test]
    fn a_broken_file_is_refused_with_its_place() {
        for (text, says) in [
            ("{\"layers\": [], \"input\": [],\n \"arrays\": [[1.0], [x]]}", "line 2, column"),
            ("{\"layers\": [], \"input\": [], \"arrays\": [[1.0]]}", "belongs to no layer"),
            (
                "{\"layers\": [{\"name\": \"dense\", \"activation\": \"relu\"}], \"input\": [], \"arrays\": [[[1.0, 2.0], [3.0]]]}",
                "row 1 has 1 numbers, the first row has 2",
            ),
        ] {
            let why = kept("own", text).expect_err("faulty").to_string();
            assert!(why.contains(says), "{why}");
        }
        assert!(!is_kept("{'weight': array([[1.]])}"));
    }

    #[test]
    fn a_weight_that_is_not_finite_is_refused_with_its_layer() {
        let mut model = builtin("gate-2-1").expect("built in");
        let weight = crate::network::Weight::Bias { unit: 0 };
        model.network = model.network.with_weight(0, weight, f32::NAN).expect("a weight");
        assert!(keep(&model).expect_err("not finite").contains("`output`"));
    }
}
