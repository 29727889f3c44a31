//! A text to what was understood of it.

use crate::{
    load::{
        ArraysError, from_arrays,
        printed::{self, Array, PrintedError},
    },
    network::Activation,
};

/// Longer lines are no file names.
const LONGEST_NAME: usize = 4_096;

/// What a text turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// There is no text.
    Nothing,
    /// The name of a file, or of a built-in model.
    Name(String),
    /// It cannot be read from some place on.
    Faulty(PrintedError),
    /// Arrays.
    Arrays(Understood),
}

/// Arrays, and the layers that they make.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    /// The arrays in the order of the text.
    pub arrays: Vec<Array>,
    /// The layers; empty where the arrays make no network.
    pub layers: Vec<LayerShape>,
    /// Why they make no network.
    pub problem: Option<String>,
}

/// One layer of what was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerShape {
    /// Its name.
    pub name: String,
    /// How many numbers go in.
    pub inputs: usize,
    /// How many come out.
    pub units: usize,
    /// Whether it has a bias.
    pub bias: bool,
}

/// Reads a text.
pub(super) fn read(text: &str) -> Reading {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Reading::Nothing;
    }
    if is_name(trimmed) {
        return Reading::Name(trimmed.to_owned());
    }
    match printed::arrays(text) {
        Err(why) => Reading::Faulty(why),
        Ok(arrays) => {
            let (layers, problem) = match layers(&arrays) {
                Ok(layers) => (layers, None),
                Err(why) => (Vec::new(), Some(why.to_string())),
            };
            Reading::Arrays(Understood { arrays, layers, problem })
        }
    }
}

/// Whether a text looks like the name of a file or a model: one line, without brackets, and not only numbers.
fn is_name(text: &str) -> bool {
    let numeric =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | ';' | '-' | '+' | 'e' | 'E');
    text.len() <= LONGEST_NAME
        && !text.contains(['\n', '[', '{', '<'])
        && !text.contains("array(")
        && !text.contains("tensor(")
        && !text.chars().all(numeric)
}

/// The layers that the arrays make, whatever their activations are.
fn layers(arrays: &[Array]) -> Result<Vec<LayerShape>, ArraysError> {
    let count = match from_arrays("", arrays, &[], &[]) {
        Err(ArraysError::Activations { layers, .. }) => layers,
        Err(why) => return Err(why),
        Ok(_) => 0,
    };
    let network = from_arrays("", arrays, &[], &vec![Activation::Linear; count])?;
    let shape = |layer: &crate::network::Layer| LayerShape {
        name: layer.name.clone(),
        inputs: layer.operation.inputs(),
        units: layer.operation.units(),
        bias: layer.operation.as_dense().is_none_or(|dense| dense.bias().is_some()),
    };
    Ok(network.layers().map(shape).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_told_from_prints_and_from_numbers() {
        for name in ["weights.txt", "C:\\nets\\my net (1).txt", "~/net.json", "line-1-16-1", "1e.txt"] {
            assert_eq!(read(&format!(" {name}\n")), Reading::Name(name.to_owned()));
        }
        for other in ["[0.5 1.]", "array([1.])", "tensor([1.])", "0.5, 1.5", "-1e-3", "a\nb"] {
            assert!(!matches!(read(other), Reading::Name(_)), "{other}");
        }
        assert_eq!(read(" \n "), Reading::Nothing);
    }

    #[test]
    fn layers_are_known_without_their_activations() {
        let Reading::Arrays(understood) =
            read("[array([[1., 2., 3.]]), array([0., 0., 0.]), array([[1.], [2.], [3.]])]")
        else {
            panic!("these are arrays")
        };
        let shapes: Vec<_> = understood.layers.iter().map(|layer| (layer.inputs, layer.units, layer.bias)).collect();
        assert_eq!((shapes, understood.problem), (vec![(1, 3, true), (3, 1, false)], None));
    }

    #[test]
    fn arrays_that_do_not_fit_each_other_are_still_there() {
        let Reading::Arrays(understood) = read("[array([[1., 2.]]), array([0., 0., 0.])]") else {
            panic!("these are arrays")
        };
        assert_eq!((understood.arrays.len(), understood.layers.len()), (2, 0));
        assert!(understood.problem.is_some_and(|why| why.contains("bias of 3 numbers")));
    }

    #[test]
    fn a_fault_names_its_place() {
        let Reading::Faulty(fault) = read("[array([[1., 2.]]),\n array([0., zero])]") else { panic!("no number") };
        assert_eq!((fault.place.line, fault.place.column), (2, 13));
        assert!(fault.place.text.contains("zero"), "{fault:?}");
    }
}
