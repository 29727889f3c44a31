//! A layer's entry in the description of a Keras model, and its arrays.

use std::collections::VecDeque;

use serde_json::{Map, Value as Json};

use super::GraphError;
use crate::{
    equation::Array,
    network::{Activation, activation::ActivationError},
    words::operation,
};

/// Where a call's arguments say which of the layer's values they are.
pub(super) const FROM: &str = "__from__";

/// Where a call's arguments say how many of the layer's values have no name.
pub(super) const POSITIONAL: &str = "__positional__";

/// What a description says of one layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Config<'j> {
    /// The layer's name.
    pub(super) layer: &'j str,
    /// The class, as the framework calls it.
    pub(super) class: &'j str,
    /// `config` of the layer.
    pub(super) entries: &'j Map<String, Json>,
    /// The arguments of the call that are no values, such as `use_causal_mask`.
    pub(super) call: &'j Map<String, Json>,
    /// Whether Keras 2 wrote it: some defaults and one activation differ.
    pub(super) keras2: bool,
}

impl<'j> Config<'j> {
    /// An error about an entry.
    pub(super) fn wrong(&self, key: &str, expected: String) -> GraphError {
        let got = self.entries.get(key).map(|value| {
            let mut text = value.to_string();
            if text.len() > 60 {
                let cut = (0..=57).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
                text.truncate(cut);
                text.push_str("...");
            }
            text
        });
        GraphError::Config { layer: self.layer.to_owned(), key: key.to_owned(), got, expected }
    }

    fn get(&self, key: &str) -> Option<&'j Json> {
        self.entries.get(key).filter(|value| !value.is_null())
    }

    /// An error about `key` if the layer has something that byhand does not compute.
    pub(super) fn refuse_unless(&self, key: &str, fine: bool, why: fn() -> String) -> Result<(), GraphError> {
        if fine { Ok(()) } else { Err(self.wrong(key, why())) }
    }

    pub(super) fn length(&self, key: &str) -> Result<usize, GraphError> {
        let length = self.get(key).and_then(Json::as_u64).and_then(|n| usize::try_from(n).ok());
        length.ok_or_else(|| self.wrong(key, operation::whole_number()))
    }

    pub(super) fn length_or(&self, key: &str, default: usize) -> Result<usize, GraphError> {
        if self.get(key).is_none() { Ok(default) } else { self.length(key) }
    }

    pub(super) fn number_or(&self, key: &str, default: f32) -> Result<f32, GraphError> {
        match self.get(key) {
            None => Ok(default),
            // A number may be wrapped in a description of an array.
            Some(value) => {
                let value = value.get("config").and_then(|config| config.get("value")).unwrap_or(value);
                value.as_f64().map(|x| x as f32).ok_or_else(|| self.wrong(key, operation::number()))
            }
        }
    }

    pub(super) fn maybe_number(&self, key: &str) -> Result<Option<f32>, GraphError> {
        self.get(key).map(|_| self.number_or(key, 0.0)).transpose()
    }

    pub(super) fn flag_or(&self, key: &str, default: bool) -> Result<bool, GraphError> {
        match self.get(key) {
            None => Ok(default),
            Some(value) => value.as_bool().ok_or_else(|| self.wrong(key, operation::true_or_false())),
        }
    }

    /// Which of the values that the layer takes is the argument `key` of the call.
    pub(super) fn argument(&self, key: &str) -> Option<usize> {
        let places = self.call.get(key)?.get(FROM)?.as_array()?;
        places.first()?.as_u64().and_then(|place| usize::try_from(place).ok())
    }

    /// How many values without a name the call has.
    pub(super) fn positional(&self) -> usize {
        self.call.get(POSITIONAL).and_then(Json::as_u64).map_or(0, |count| count as usize)
    }

    /// A flag of the call.
    pub(super) fn called_with(&self, key: &str) -> bool {
        self.call.get(key).and_then(Json::as_bool).unwrap_or(false)
    }

    pub(super) fn text_or(&self, key: &str, default: &'j str) -> Result<&'j str, GraphError> {
        match self.get(key) {
            None => Ok(default),
            Some(value) => value.as_str().ok_or_else(|| self.wrong(key, operation::text())),
        }
    }

    /// `channels_first`?
    pub(super) fn channels_first(&self) -> Result<bool, GraphError> {
        match self.text_or("data_format", "channels_last")? {
            "channels_first" => Ok(true),
            "channels_last" => Ok(false),
            _ => Err(self.wrong("data_format", operation::data_format())),
        }
    }

    /// One length for each of `rank` axes; a single number counts for all of them.
    pub(super) fn lengths(&self, key: &str, rank: usize, default: usize) -> Result<Vec<usize>, GraphError> {
        match self.get(key) {
            None => Ok(vec![default; rank]),
            Some(Json::Array(list)) => {
                let lengths: Option<Vec<usize>> =
                    list.iter().map(|n| n.as_u64().and_then(|n| usize::try_from(n).ok())).collect();
                lengths
                    .filter(|lengths| lengths.len() == rank)
                    .ok_or_else(|| self.wrong(key, operation::whole_numbers_for_axes(rank)))
            }
            Some(_) => Ok(vec![self.length(key)?; rank]),
        }
    }

    /// Whole numbers, perhaps negative; a single one counts as a list.
    pub(super) fn integers(&self, key: &str) -> Result<Option<Vec<i64>>, GraphError> {
        let wrong = || self.wrong(key, operation::whole_numbers());
        match self.get(key) {
            None => Ok(None),
            Some(Json::Array(list)) => {
                list.iter().map(|n| n.as_i64().ok_or_else(wrong)).collect::<Result<_, _>>().map(Some)
            }
            Some(value) => Ok(Some(vec![value.as_i64().ok_or_else(wrong)?])),
        }
    }

    /// An activation by its name or by its description; linear if there is none.
    pub(super) fn activation(&self, key: &str, default: Activation) -> Result<Activation, GraphError> {
        let named = |name: &str| {
            let activation: Activation =
                name.parse().map_err(|error: ActivationError| self.wrong(key, error.to_string()))?;
            Ok(match activation {
                Activation::HardSigmoid if self.keras2 => Activation::HardSigmoidKeras2,
                other => other,
            })
        };
        let Some(value) = self.entries.get(key) else { return Ok(default) };
        match value {
            Json::Null => Ok(Activation::Linear),
            Json::String(name) => named(name),
            Json::Object(entries) => {
                let class = entries.get("class_name").and_then(Json::as_str).unwrap_or_default();
                match entries.get("config") {
                    Some(Json::String(name)) => named(name),
                    Some(Json::Object(inner)) => {
                        let config = Config { class, entries: inner, ..*self };
                        super::op::activation_of_layer(&config).unwrap_or_else(|| named(class))
                    }
                    _ => named(class),
                }
            }
            _ => Err(self.wrong(key, operation::activation())),
        }
    }

    /// The description of a layer inside of this one.
    pub(super) fn inner(&self, key: &str) -> Result<Self, GraphError> {
        let wrong = || self.wrong(key, operation::description());
        let layer = self.get(key).and_then(Json::as_object).ok_or_else(wrong)?;
        let class = layer.get("class_name").and_then(Json::as_str).ok_or_else(wrong)?;
        let entries = layer.get("config").and_then(Json::as_object).ok_or_else(wrong)?;
        let name = entries.get("name").and_then(Json::as_str).unwrap_or(class);
        Ok(Self { layer: name, class, entries, ..*self })
    }

    /// The entry, null too.
    pub(super) fn given(&self, key: &str) -> Option<&'j Json> {
        self.entries.get(key)
    }

    /// Whether there is an entry that is not null.
    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Numbers in nested lists.
    pub(super) fn numbers(&self, key: &str) -> Result<Option<Vec<f32>>, GraphError> {
        fn collect(value: &Json, into: &mut Vec<f32>) -> bool {
            match value {
                Json::Number(number) => number.as_f64().map(|x| into.push(x as f32)).is_some(),
                Json::Array(list) => list.iter().all(|value| collect(value, into)),
                _ => false,
            }
        }
        let Some(value) = self.get(key) else { return Ok(None) };
        let value = value.get("config").and_then(|config| config.get("value")).unwrap_or(value);
        let mut numbers = Vec::new();
        if collect(value, &mut numbers) { Ok(Some(numbers)) } else { Err(self.wrong(key, operation::numbers())) }
    }
}

/// The arrays of one layer, in the framework's order (`get_weights()`).
#[derive(Debug)]
pub(super) struct Weights<'j> {
    layer: &'j str,
    arrays: &'j mut VecDeque<Array>,
    taken: Vec<Array>,
}

impl<'j> Weights<'j> {
    pub(super) fn new(layer: &'j str, arrays: &'j mut VecDeque<Array>) -> Self {
        Self { layer, arrays, taken: Vec::new() }
    }

    /// The next array.
    pub(super) fn take(&mut self, weight: &str) -> Result<Array, GraphError> {
        let Some(array) = self.arrays.pop_front() else {
            let (layer, weight, got) = (self.layer.to_owned(), weight.to_owned(), self.taken.len());
            return Err(GraphError::Missing { layer, weight, got });
        };
        self.taken.push(array.clone());
        Ok(array)
    }

    /// The next array, if the layer has it.
    pub(super) fn take_if(&mut self, has: bool, weight: &str) -> Result<Option<Array>, GraphError> {
        if has { self.take(weight).map(Some) } else { Ok(None) }
    }

    /// All that were taken.
    pub(super) fn into_taken(self) -> Vec<Array> {
        self.taken
    }
}
