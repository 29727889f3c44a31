//! A value of a JSON text, and where it stands.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::{
    equation::{Array, Shape},
    train::TrainError,
    words::train,
};

/// A value and its path: `layers[0].units`.
#[derive(Debug, Clone)]
pub(super) struct Place<'j> {
    json: &'j Json,
    path: String,
}

impl<'j> Place<'j> {
    pub(super) fn top(json: &'j Json) -> Self {
        Self { json, path: String::new() }
    }

    /// An error about this value.
    pub(super) fn wrong(&self, expected: String) -> TrainError {
        let text = self.json.to_string();
        let short: String = text.chars().take(40).collect();
        let got = if short.len() < text.len() { format!("{short}…") } else { short };
        TrainError::File { place: self.path.clone(), got, expected }
    }

    fn below(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The entry of this name; `null` counts as missing.
    pub(super) fn optional(&self, key: &str) -> Option<Self> {
        let json = self.json.get(key).filter(|json| !json.is_null())?;
        Some(Self { json, path: self.below(key) })
    }

    /// The first entry of one of these names.
    pub(super) fn any(&self, keys: &[&str]) -> Option<Self> {
        keys.iter().find_map(|key| self.optional(key))
    }

    pub(super) fn get(&self, key: &str, expected: fn() -> String) -> Result<Self, TrainError> {
        self.optional(key).ok_or_else(|| TrainError::File {
            place: self.below(key),
            got: train::nothing(),
            expected: expected(),
        })
    }

    pub(super) fn is_object(&self) -> bool {
        self.json.is_object()
    }

    pub(super) fn text(&self) -> Result<&'j str, TrainError> {
        self.json.as_str().ok_or_else(|| self.wrong(train::expect_text()))
    }

    pub(super) fn flag(&self) -> bool {
        self.json.as_bool().unwrap_or(self.json.as_f64().is_some_and(|number| number != 0.0))
    }

    /// A number; NaN and the infinities are texts.
    pub(super) fn number(&self) -> Result<f32, TrainError> {
        let number = match self.json {
            Json::Number(number) => number.to_string().parse().ok(),
            Json::String(text) => text.parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| self.wrong(train::expect_number()))
    }

    /// One number or several.
    pub(super) fn numbers(&self) -> Result<Vec<f32>, TrainError> {
        if self.json.is_array() { self.list()?.iter().map(Self::number).collect() } else { Ok(vec![self.number()?]) }
    }

    pub(super) fn whole(&self, expected: fn() -> String) -> Result<usize, TrainError> {
        let whole = self.json.as_u64().and_then(|number| usize::try_from(number).ok());
        whole.ok_or_else(|| self.wrong(expected()))
    }

    pub(super) fn list(&self) -> Result<Vec<Self>, TrainError> {
        let list = self.json.as_array().ok_or_else(|| self.wrong(train::expect_list()))?;
        Ok(list.iter().enumerate().map(|(at, json)| Self { json, path: format!("{}[{at}]", self.path) }).collect())
    }

    pub(super) fn entries(&self) -> Result<Vec<(&'j str, Self)>, TrainError> {
        let entries = self.json.as_object().ok_or_else(|| self.wrong(train::expect_object()))?;
        Ok(entries.iter().map(|(key, json)| (key.as_str(), Self { json, path: self.below(key) })).collect())
    }

    /// `{"shape": [..], "data": [..]}`, or nested lists.
    pub(super) fn array(&self) -> Result<Array, TrainError> {
        if self.json.is_array() {
            return self.nested();
        }
        let shape = self.get("shape", train::expect_array)?;
        let shape: Vec<usize> =
            shape.list()?.iter().map(|place| place.whole(train::expect_whole)).collect::<Result<_, _>>()?;
        let data = self.get("data", train::expect_array)?;
        let numbers = data.list()?.iter().map(Self::number).collect::<Result<Vec<f32>, _>>()?;
        let fits = Shape::from(shape.clone()).size() == numbers.len();
        let array = Array::new(shape.clone(), numbers).filter(|_| fits);
        array.ok_or_else(|| TrainError::Lengths {
            what: self.path.clone(),
            expected: Shape::from(shape).size(),
            got: data.list().map_or(0, |list| list.len()),
        })
    }

    fn nested(&self) -> Result<Array, TrainError> {
        let (mut axes, mut first) = (Vec::new(), self.json);
        while let Json::Array(list) = first {
            axes.push(list.len());
            match list.first() {
                Some(next) if axes.len() < 8 => first = next,
                _ => break,
            }
        }
        let mut numbers = Vec::new();
        self.flat(&axes, &mut numbers)?;
        Array::new(axes, numbers).ok_or_else(|| self.wrong(train::expect_array()))
    }

    fn flat(&self, axes: &[usize], numbers: &mut Vec<f32>) -> Result<(), TrainError> {
        let Some((&length, rest)) = axes.split_first() else {
            numbers.push(self.number()?);
            return Ok(());
        };
        let list = self.list()?;
        if list.len() != length {
            return Err(self.wrong(train::expect_array()));
        }
        list.iter().try_for_each(|place| place.flat(rest, numbers))
    }

    /// Arrays by name.
    pub(super) fn arrays(&self) -> Result<BTreeMap<String, Array>, TrainError> {
        self.entries()?.into_iter().map(|(name, place)| Ok((name.to_owned(), place.array()?))).collect()
    }
}
