//! Addresses in a network: `LAYER.STAGE[INDEX]`.
//!
//! Besides the names of its arrays a network knows `LAYER.in` (what a layer takes; `in2` is its second value), layers by
//! position (`0.z[3]`, inputs not counted), `input` and `output` (`x` and `y` for short, `output2` for the second one).

use strsim::jaro_winkler;
use thiserror::Error;

use super::{Network, Node};
use crate::{equation::ArrayId, words::graph};

/// An address found in a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The array.
    pub array: ArrayId,
    /// Which of its numbers, in C order; `None` for all.
    pub flat: Option<usize>,
}

/// Why an address is not the address of a value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressError {
    /// It does not read as an address.
    #[error("{}", graph::syntax(text))]
    Syntax {
        /// What was written.
        text: String,
    },
    /// There is no such array.
    #[error("{}", graph::unknown_near(name, near))]
    Unknown {
        /// What was written.
        name: String,
        /// The most similar name.
        near: String,
    },
    /// The layer has no such array.
    #[error("{}", graph::unknown_stage(known.join(", "), layer, name))]
    Stage {
        /// What was written.
        name: String,
        /// The layer.
        layer: String,
        /// What it has.
        known: Vec<String>,
    },
    /// The index is past the end, or has too many or too few axes.
    #[error("{}", graph::outside(address, name, shape))]
    Index {
        /// What was written.
        address: String,
        /// The array.
        name: String,
        /// Its shape.
        shape: String,
    },
}

impl Network {
    /// Finds an address.
    ///
    /// # Errors
    /// [`AddressError`], with the names that exist.
    pub fn find(&self, address: &str) -> Result<Found, AddressError> {
        let text = address.trim();
        let syntax = || AddressError::Syntax { text: text.to_owned() };
        let (name, index) = match text.split_once('[') {
            None => (text, None),
            Some((name, rest)) => {
                let inside = rest.strip_suffix(']').ok_or_else(syntax)?;
                let index: Result<Vec<usize>, _> = inside.split(',').map(|i| i.trim().parse()).collect();
                (name.trim_end(), Some(index.map_err(|_| syntax())?))
            }
        };
        if name.is_empty() {
            return Err(syntax());
        }
        let array = self.named(name)?;
        let Some(index) = index else { return Ok(Found { array, flat: None }) };
        let shape = self.program().shape(array);
        match shape.flat(&index) {
            Some(flat) => Ok(Found { array, flat: Some(flat) }),
            None => Err(AddressError::Index {
                address: text.to_owned(),
                name: self.program().name(array).to_owned(),
                shape: shape.to_string(),
            }),
        }
    }

    fn named(&self, name: &str) -> Result<ArrayId, AddressError> {
        if let Some(array) = self.program().find(name) {
            return Ok(array);
        }
        if let Some(number) = numbered(name, &["input", "x"])
            && let Some(id) = self.inputs().get(number)
        {
            return Ok(self.node(*id).array());
        }
        if let Some(number) = numbered(name, &["output", "y"])
            && let Some(value) = self.outputs().get(number).and_then(|&source| self.value(source))
        {
            return Ok(value.array);
        }
        let unknown = || AddressError::Unknown { name: name.to_owned(), near: self.nearest(name) };
        let Some((layer, stage)) = name.rsplit_once('.') else {
            return Err(unknown());
        };
        let by_position = || {
            let mut layers = self.nodes().iter().filter(|node| node.operation.is_some());
            layers.nth(layer.parse().ok()?)
        };
        let Some(node) = self.nodes().iter().find(|node| node.name == layer).or_else(by_position) else {
            return Err(unknown());
        };
        let taken = |number: usize| node.from.get(number).and_then(|&source| self.value(source));
        if let Some(value) = numbered(stage, &["in"]).and_then(taken) {
            return Ok(value.array);
        }
        if stage == "a" && node.operation.is_none() {
            return Ok(node.array());
        }
        let of = |layer: &str| self.program().find(&format!("{layer}.{stage}"));
        of(&node.name).or_else(|| of(&node.owner)).ok_or_else(|| {
            let (layer, known) = (node.name.clone(), self.stages_of(node));
            AddressError::Stage { name: name.to_owned(), layer, known }
        })
    }

    /// The arrays of a layer, without the layer's name: `in` first, then weights and stages in their order.
    pub fn stages_of(&self, node: &Node) -> Vec<String> {
        let prefixes = [format!("{}.", node.name), format!("{}.", node.owner)];
        let own = self.program().arrays().iter().filter_map(|array| {
            let stage = prefixes.iter().find_map(|prefix| array.name.strip_prefix(prefix.as_str()))?;
            (!stage.contains('.')).then(|| stage.to_owned())
        });
        std::iter::once("in".to_owned()).chain(own).collect()
    }

    fn nearest(&self, name: &str) -> String {
        let near = |array: &&str| (jaro_winkler(name, array) * 1e6) as u64;
        let names = self.program().arrays().iter().map(|array| array.name.as_str());
        names.max_by_key(near).map_or_else(String::new, str::to_owned)
    }
}

/// `in` is number 0, `in2` number 1.
fn numbered(text: &str, names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| match text.strip_prefix(name)? {
        "" => Some(0),
        number => number.parse::<usize>().ok().filter(|&n| n >= 2).map(|n| n - 1),
    })
}
