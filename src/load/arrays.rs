//! Arrays in a row to dense layers: a matrix is a kernel, a vector after it its bias.

use thiserror::Error;

use super::printed::Array;
use crate::network::{Activation, Dense, Kernel, Layer, Network, NetworkError, Operation};

/// Why arrays do not make a network.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ArraysError {
    /// Nothing there.
    #[error("there is no array here; print the weights with `print(model.get_weights())` and paste all of it")]
    Empty,
    /// An array of another rank than 1 or 2.
    #[error(
        "array {number} (line {line}) has shape ({shape}): only kernels of two dimensions and biases of one can be read from a print"
    )]
    Rank {
        /// Which array, from 1.
        number: usize,
        /// Where it starts.
        line: usize,
        /// Its shape.
        shape: String,
    },
    /// A vector without a matrix before it.
    #[error(
        "array {number} (line {line}) is a bias of {length} numbers, but no kernel stands before it; paste the arrays in the order of get_weights()"
    )]
    LoneBias {
        /// Which array, from 1.
        number: usize,
        /// Where it starts.
        line: usize,
        /// How long it is.
        length: usize,
    },
    /// Another number of activations than layers.
    #[error("the arrays make {layers} {}, and {activations} {} given; say one for each layer, as in `--activations {example}`. To see their names: `[l.activation.__name__ for l in model.layers]` in Keras, `print(model)` in PyTorch", if *layers == 1 { "layer" } else { "layers" }, if *activations == 1 { "activation was" } else { "activations were" })]
    Activations {
        /// How many layers.
        layers: usize,
        /// How many activations.
        activations: usize,
        /// What could be written.
        example: String,
    },
    /// The layers do not fit each other.
    #[error(transparent)]
    Network(#[from] NetworkError),
}

/// Makes a network of dense layers.
///
/// A print does not show activations: one is needed for every layer. Layers without a name are called `dense`, `dense_1`, ...
/// as Keras does.
///
/// # Errors
/// [`ArraysError`], naming the array and what to do.
pub fn from_arrays(
    name: &str,
    arrays: &[Array],
    names: &[&str],
    activations: &[Activation],
) -> Result<Network, ArraysError> {
    let mut dense: Vec<(Kernel, Option<Vec<f32>>)> = Vec::new();
    for (i, array) in arrays.iter().enumerate() {
        let (number, line) = (i + 1, array.line);
        match array.shape[..] {
            [inputs, units] => {
                let kernel = Kernel::from_rows(inputs, units, &array.values);
                dense.push((kernel.ok_or_else(|| rank(number, array))?, None));
            }
            [length] => match dense.last_mut() {
                Some((_, bias @ None)) => *bias = Some(array.values.clone()),
                _ => return Err(ArraysError::LoneBias { number, line, length }),
            },
            _ => return Err(rank(number, array)),
        }
    }
    if dense.is_empty() {
        return Err(ArraysError::Empty);
    }
    if dense.len() != activations.len() {
        let usual = |i| if i + 1 == dense.len() { "linear" } else { "relu" };
        let example = (0..dense.len()).map(usual).collect::<Vec<_>>().join(",");
        return Err(ArraysError::Activations { layers: dense.len(), activations: activations.len(), example });
    }
    let layers = dense.into_iter().zip(activations).enumerate().map(|(i, ((kernel, bias), &activation))| Layer {
        name: names.get(i).map_or_else(|| default_name(i), |&name| name.to_owned()),
        operation: Operation::Dense(Dense::new(kernel, bias, activation)),
    });
    Ok(Network::new(name, layers.collect())?)
}

fn default_name(layer: usize) -> String {
    if layer == 0 { "dense".to_owned() } else { format!("dense_{layer}") }
}

fn rank(number: usize, array: &Array) -> ArraysError {
    let shape = array.shape.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    ArraysError::Rank { number, line: array.line, shape }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn array(shape: &[usize]) -> Array {
        let values = vec![0.5; shape.iter().product()];
        Array { shape: shape.to_vec(), values, line: 7, decimals: Some(1) }
    }

    #[test]
    fn matrices_and_vectors_become_layers() {
        let arrays = [array(&[2, 3]), array(&[3]), array(&[3, 1])];
        let network = from_arrays("own", &arrays, &[], &[Activation::Relu, Activation::Linear]).expect("fits");
        let names: Vec<&str> = network.layers().map(|layer| layer.name.as_str()).collect();
        assert_eq!(names, ["dense", "dense_1"]);
        assert_eq!(network.parameters(), 12);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let message = |arrays: &[Array], activations: &[Activation]| {
            from_arrays("own", arrays, &[], activations).expect_err("does not fit").to_string()
        };
        let relu = Activation::Relu;
        for (arrays, activations, expected) in [
            (vec![], vec![], "there is no array here"),
            (vec![array(&[3])], vec![relu], "array 1 (line 7) is a bias of 3 numbers, but no kernel"),
            (vec![array(&[1, 2]), array(&[2]), array(&[2])], vec![relu], "array 3 (line 7) is a bias"),
            (vec![array(&[1, 2, 2])], vec![relu], "array 1 (line 7) has shape (1, 2, 2)"),
            (
                vec![array(&[1, 2]), array(&[2, 1])],
                vec![relu],
                "2 layers, and 1 activation was given; say one for each layer, as in `--activations relu,linear`. To see their names: `[l.activation.__name__",
            ),
            (
                vec![array(&[1, 2]), array(&[3])],
                vec![relu],
                "a bias of 3 numbers; a bias has one number a unit, 2 here",
            ),
            (vec![array(&[1, 2]), array(&[1, 2])], vec![relu, relu], "this kernel seems transposed"),
        ] {
            let message = message(&arrays, &activations);
            assert!(message.contains(expected), "{message}");
        }
    }
}
