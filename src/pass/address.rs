//! The name of a value: `LAYER.STAGE[INDEX]`, as in `dense.z[3]`.
//!
//! Stages are `in`, `wx`, `z` and `a`; weights are `kernel[INPUT,UNIT]` and `bias[UNIT]`; indices are NumPy's, from 0.
//! Layers go by the name that the model gives them or by position (`0.z[3]`); `input[0]` and `output[0]` are the network's
//! own, and `x` and `y` are short for them.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::{
    network::{Dense, List, Network, NetworkError, Operation, Stage},
    words,
};

/// The name of one value or of a whole stage.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// Layer and stage, or the network's own ends.
    pub of: Of,
    /// One index a dimension; empty for all values.
    pub index: Vec<usize>,
}

/// What an address points into.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Of {
    /// What goes into the network.
    Input,
    /// What comes out of it.
    Output,
    /// A stage of the layer of this name or position.
    Stage(String, Stage),
    /// A layer's kernel, (inputs, units).
    Kernel(String),
    /// A layer's bias, (units,).
    Bias(String),
    /// Another list of the layer, (units,).
    List(String, List),
}

/// Where the values of an address are kept in a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The network's input.
    Input,
    /// A stage of a layer.
    Stage(usize, Stage),
    /// The kernel of a layer.
    Kernel(usize),
    /// The bias of a layer.
    Bias(usize),
    /// Another list of a layer.
    List(usize, List),
}

/// An address found in a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which list of values.
    pub source: Source,
    /// Which of them, in C order; `None` for all.
    pub index: Option<usize>,
}

/// Why an address names nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressError {
    /// It does not read as an address.
    #[error("{}", words::address::syntax(text))]
    Syntax {
        /// What was written.
        text: String,
    },
    /// The stage has another name.
    #[error("{}", words::address::stage(stage))]
    Stage {
        /// What was written.
        stage: String,
    },
    /// No such layer.
    #[error(transparent)]
    Layer(#[from] NetworkError),
    /// The index is past the end, or has too many or too few dimensions.
    #[error("{}", words::address::index(address, shape, what))]
    Index {
        /// The address.
        address: String,
        /// The list.
        what: String,
        /// Its shape.
        shape: String,
    },
    /// The layer has no such weights.
    #[error("{}", words::address::no_weights(address, kind, known, layer))]
    NoWeights {
        /// The address.
        address: String,
        /// The layer.
        layer: String,
        /// Its class.
        kind: &'static str,
        /// The weights that it has.
        known: String,
    },
    /// The pass has no value there: the layer has no such stage, or a mistake took it away.
    #[error("{}", words::address::no_value(address))]
    NoValue {
        /// The address.
        address: String,
    },
}

impl Address {
    /// A stage of a layer by its name.
    pub fn stage(layer: &str, stage: Stage, index: Option<usize>) -> Self {
        Self { of: Of::Stage(layer.to_owned(), stage), index: index.into_iter().collect() }
    }

    /// The address of the network's whole output.
    pub fn outputs() -> Self {
        Self { of: Of::Output, index: Vec::new() }
    }

    /// An output of the network.
    pub fn output(index: usize) -> Self {
        Self { of: Of::Output, index: vec![index] }
    }

    fn no_weight(&self, layer: &str, operation: &Operation) -> AddressError {
        let known: Vec<String> = operation.weight_names().map(|name| format!("`{name}`")).collect();
        let known = known.join(", ");
        AddressError::NoWeights { address: self.to_string(), layer: layer.to_owned(), kind: operation.kind(), known }
    }

    /// Finds the address in a network.
    ///
    /// # Errors
    /// [`AddressError`], naming what is wrong and what there is.
    pub fn resolve(&self, network: &Network) -> Result<Place, AddressError> {
        let last = network.depth().saturating_sub(1);
        let (source, shape) = match &self.of {
            Of::Input => (Source::Input, vec![network.inputs()]),
            Of::Output => (Source::Stage(last, Stage::A), vec![network.outputs()]),
            Of::Stage(layer, stage) => {
                let layer = network.find(layer)?;
                let operation = network.layer(layer).map(|layer| &layer.operation);
                let length = operation.map_or(0, |op| match stage {
                    Stage::In => op.inputs(),
                    Stage::Wx | Stage::Z => op.units(),
                    Stage::A => op.outputs(),
                });
                (Source::Stage(layer, *stage), vec![length])
            }
            Of::Kernel(name) => {
                let (layer, operation) = operation(network, name)?;
                let kernel = operation.as_dense().map(Dense::kernel).ok_or_else(|| self.no_weight(name, operation))?;
                (Source::Kernel(layer), vec![kernel.inputs(), kernel.units()])
            }
            Of::Bias(name) => {
                let (layer, operation) = operation(network, name)?;
                let bias = operation.as_dense().and_then(Dense::bias).ok_or_else(|| self.no_weight(name, operation))?;
                (Source::Bias(layer), vec![bias.len()])
            }
            Of::List(name, list) => {
                let (layer, operation) = operation(network, name)?;
                let values = operation.list(*list).ok_or_else(|| self.no_weight(name, operation))?;
                (Source::List(layer, *list), vec![values.len()])
            }
        };
        if self.index.is_empty() {
            return Ok(Place { source, index: None });
        }
        let inside = self.index.len() == shape.len() && self.index.iter().zip(&shape).all(|(i, n)| i < n);
        if !inside {
            let whole = Self { of: self.of.clone(), index: Vec::new() };
            let shape = shape.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            return Err(AddressError::Index { address: self.to_string(), what: whole.to_string(), shape });
        }
        let flat = self.index.iter().zip(&shape).fold(0, |flat, (i, n)| flat * n + i);
        Ok(Place { source, index: Some(flat) })
    }
}

/// The layer of this name, with its position.
fn operation<'n>(network: &'n Network, name: &str) -> Result<(usize, &'n Operation), NetworkError> {
    let position = network.find(name)?;
    let unknown = || NetworkError::UnknownLayer { layer: name.to_owned(), known: String::new() };
    network.layer(position).map(|layer| (position, &layer.operation)).ok_or_else(unknown)
}

/// The values at `address`, one number or a whole list: what is given stands in the network, what is computed or may be
/// changed by a mistake (the input, the stages, the kernels) comes from `worked_out`, as an empty list where there is none.
///
/// # Errors
/// [`AddressError`] if there is no such value, and the errors of `worked_out`.
pub fn look_up<'v, E: From<AddressError>>(
    address: &Address,
    network: &'v Network,
    worked_out: impl FnOnce(Source) -> Result<&'v [f32], E>,
) -> Result<&'v [f32], E> {
    let place = address.resolve(network)?;
    let values = match place.source {
        Source::List(layer, list) => network.layer(layer).and_then(|layer| layer.operation.list(list)).unwrap_or(&[]),
        Source::Bias(layer) => {
            let dense = network.layer(layer).and_then(|layer| layer.operation.as_dense());
            dense.and_then(|dense| dense.bias()).unwrap_or(&[])
        }
        source @ (Source::Input | Source::Stage(..) | Source::Kernel(_)) => worked_out(source)?,
    };
    match place.index {
        None => Ok(values),
        Some(index) => {
            let missing = || AddressError::NoValue { address: address.to_string() };
            Ok(values.get(index..=index).ok_or_else(missing)?)
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.of {
            Of::Input => f.write_str("input")?,
            Of::Output => f.write_str("output")?,
            Of::Stage(layer, stage) => write!(f, "{layer}.{}", stage.name())?,
            Of::Kernel(layer) => write!(f, "{layer}.kernel")?,
            Of::Bias(layer) => write!(f, "{layer}.bias")?,
            Of::List(layer, list) => write!(f, "{layer}.{}", list.name())?,
        }
        if self.index.is_empty() {
            return Ok(());
        }
        let index = self.index.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        write!(f, "[{index}]")
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let syntax = || AddressError::Syntax { text: text.to_owned() };
        let text = text.trim();
        let (path, index) = match text.split_once('[') {
            None => (text, Vec::new()),
            Some((path, rest)) => {
                let inside = rest.strip_suffix(']').ok_or_else(syntax)?;
                let index: Result<Vec<usize>, _> = inside.split(',').map(|i| i.trim().parse()).collect();
                (path, index.map_err(|_| syntax())?)
            }
        };
        let of = match path {
            "input" | "x" => Of::Input,
            "output" | "y" => Of::Output,
            _ => {
                let (layer, stage) = path.rsplit_once('.').ok_or_else(syntax)?;
                if layer.is_empty() {
                    return Err(syntax());
                }
                let layer = layer.to_owned();
                match stage {
                    "in" => Of::Stage(layer, Stage::In),
                    "wx" => Of::Stage(layer, Stage::Wx),
                    "z" => Of::Stage(layer, Stage::Z),
                    "a" => Of::Stage(layer, Stage::A),
                    "kernel" => Of::Kernel(layer),
                    "bias" => Of::Bias(layer),
                    _ => match List::ALL.iter().find(|list| list.name() == stage) {
                        Some(list) => Of::List(layer, *list),
                        None => return Err(AddressError::Stage { stage: stage.to_owned() }),
                    },
                }
            }
        };
        Ok(Self { of, index })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Activation, Dense, Kernel, Layer, Operation};

    fn network() -> Network {
        let kernel = Kernel::from_rows(2, 3, &[1., 2., 3., 4., 5., 6.]).expect("six");
        let dense = Dense::new(kernel, None, Activation::Relu);
        Network::new("n", vec![Layer { name: "my.layer".into(), operation: Operation::Dense(dense) }]).expect("fits")
    }

    #[test]
    fn addresses_read_back_as_they_are_written() {
        for text in ["dense.z[3]", "output[0]", "input[1]", "my.layer.kernel[1,2]", "0.a", "dense_1.bias[0]", "d.in[4]"]
        {
            assert_eq!(text.parse::<Address>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn addresses_are_found_in_c_order() {
        let found = |text: &str| text.parse::<Address>().expect(text).resolve(&network()).map(|p| (p.source, p.index));
        assert_eq!(found("my.layer.kernel[1,2]"), Ok((Source::Kernel(0), Some(5))));
        assert_eq!(found("0.z"), Ok((Source::Stage(0, Stage::Z), None)));
        assert_eq!(found("y[2]"), Ok((Source::Stage(0, Stage::A), Some(2))));
    }

    #[test]
    fn wrong_addresses_say_what_there_is() {
        let message = |text: &str| match text.parse::<Address>() {
            Err(error) => error.to_string(),
            Ok(address) => address.resolve(&network()).expect_err(text).to_string(),
        };
        for (text, expected) in [
            ("nothing", "is not an address; write LAYER.STAGE[INDEX]"),
            ("dense.z[", "is not an address"),
            (".z", "is not an address"),
            ("dense.q[1]", "`q` is not a stage; the stages are in, wx, z and a"),
            ("dense.z[1]", "no layer is called `dense`; the layers are `my.layer`"),
            ("my.layer.z[3]", "`my.layer.z[3]` is outside: `my.layer.z` has shape (3)"),
            ("my.layer.kernel[0]", "has shape (2, 3)"),
            ("my.layer.bias[0]", "`my.layer` is a Dense layer; its weights are `kernel`"),
            ("my.layer.gamma", "`my.layer.gamma` does not exist"),
        ] {
            assert!(message(text).contains(expected), "{text}: {}", message(text));
        }
    }
}
