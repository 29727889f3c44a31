//! Reads a text and finds the arrays in it.

use crate::load::{self, Draft, Given, LayerDraft, LoadError, text::TextError};

/// Longer lines are no file names.
const LONGEST_NAME: usize = 4_096;

/// What a text turned out to be.
#[derive(Debug, Clone)]
pub enum Reading {
    /// There is no text.
    Nothing,
    /// The name of a file, or of a built-in model.
    Name(String),
    /// It cannot be read; the error names the place.
    Faulty(TextError),
    /// It contains no arrays, or arrays that make no network.
    Refused {
        /// The shapes of the arrays that were found.
        shapes: Vec<String>,
        /// Why, and what to do.
        why: String,
    },
    /// Arrays that make a network.
    Arrays(Box<Understood>),
}

/// Arrays, and the layers that they make.
#[derive(Debug, Clone)]
pub struct Understood {
    /// What was read.
    pub(super) draft: Draft,
    /// The layers, in order.
    pub layers: Vec<LayerDraft>,
    /// What was assumed or left out, each a sentence.
    pub remarks: Vec<String>,
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
    let draft = match load::read(text.as_bytes().to_vec()) {
        Ok(draft) => draft,
        Err(LoadError::Text(why)) => return Reading::Faulty(*why),
        Err(why) => return Reading::Refused { shapes: Vec::new(), why: why.to_string() },
    };
    match draft.layers(&Given::default()) {
        Ok((layers, remarks)) => {
            let remarks = remarks.iter().map(ToString::to_string).collect();
            Reading::Arrays(Box::new(Understood { draft, layers, remarks }))
        }
        Err(why) => {
            let shapes = draft.arrays().iter().map(load::Array::shape_text).collect();
            Reading::Refused { shapes, why: why.to_string() }
        }
    }
}

/// Whether a text looks like the name of a file or a model: one line, without brackets, and not only numbers.
fn is_name(text: &str) -> bool {
    let numeric =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | ';' | '-' | '+' | 'e' | 'E');
    text.len() <= LONGEST_NAME
        && !text.contains(['\n', '[', '{', '<', '='])
        && !text.contains("array(")
        && !text.contains("tensor(")
        && !text.chars().all(numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_distinguished_from_printed_arrays_and_numbers() {
        for name in ["weights.txt", "C:\\nets\\my net (1).txt", "~/net.json", "line-1-16-1", "1x.txt"] {
            assert!(matches!(read(&format!(" {name}\n")), Reading::Name(read) if read == name), "{name}");
        }
        for other in ["[0.5 1.]", "array([1.])", "tensor([1.])", "0.5, 1.5", "-1e-3", "a\nb", "w = 1"] {
            assert!(!matches!(read(other), Reading::Name(_)), "{other}");
        }
        assert!(matches!(read(" \n "), Reading::Nothing));
    }

    #[test]
    fn layers_are_known_without_their_activations() {
        let text = "[array([[1., 2., 3.]]), array([0., 0., 0.]), array([[1.], [2.], [3.]])]";
        let Reading::Arrays(understood) = read(text) else { panic!("these are arrays") };
        let shapes: Vec<_> = understood.layers.iter().map(|layer| (layer.inputs, layer.units, layer.bias)).collect();
        assert_eq!(shapes, [(1, 3, true), (3, 1, false)]);
    }

    #[test]
    fn arrays_that_do_not_fit_each_other_are_still_there() {
        let Reading::Refused { shapes, why } = read("[array([[1., 2.]]), array([0., 0., 0.])]") else {
            panic!("they do not fit")
        };
        assert_eq!(shapes, ["(1, 2)", "(3,)"]);
        assert!(!why.is_empty());
    }

    #[test]
    fn a_fault_names_its_place() {
        let Reading::Faulty(fault) = read("[array([[1., 2.]]),\n array([0., zero])]") else { panic!("no number") };
        assert_eq!((fault.place.line, fault.place.column), (2, 13));
        assert!(fault.place.text.contains("zero"), "{fault:?}");
    }
}
