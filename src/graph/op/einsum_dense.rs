//! `EinsumDense`: a dense layer whose axes letters say.
//!
//! ```text
//! abc,cd->abd:  wx[b, d] = sum over c of in[b, c] * kernel[c, d]        a is the axis of the samples
//! z = wx + bias, along the axes that bias_axes names                     a = activation(z)
//! ```
//! Letters that the result does not have are summed over, in the order of the input. `...` means all axes in front or
//! behind. Source: `keras/src/layers/core/einsum_dense.py`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::EinsumDense, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kernel = Array::new([2, 1], vec![1.0, 10.0]).ok_or("two numbers")?;
//! let layer = EinsumDense { formula: "ab,bc->ac".to_owned(), kernel, bias: None, activation: Activation::Linear };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2])?;
//! network.add("einsum", layer, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![3.0, 4.0]])?)?;
//! assert_eq!(pass.of(network.find("einsum.wx")?.array), [43.0]); // 3 * 1 + 4 * 10
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights, activation::activated};
use crate::{
    equation::{Affine, Array, Function, Read, Rule, fixed, over, own},
    graph::{Lines, Value},
    network::Activation,
    words::operation,
};

/// A dense layer over the axes that a formula names.
#[derive(Debug, Clone)]
pub struct EinsumDense {
    /// Such as `abc,cd->abd`; the first letter is the axis of the samples.
    pub formula: String,
    /// The axes of the second operand.
    pub kernel: Array,
    /// The last axes of the result, 1 where all share one number.
    pub bias: Option<Array>,
    /// What is done with each number.
    pub activation: Activation,
}

/// The letters of the input, of the kernel and of the result, without that of the samples; `...` is spelled out with capitals.
fn letters(formula: &str, rank: usize) -> Option<[Vec<char>; 3]> {
    let (operands, result) = formula.split_once("->")?;
    let (input, kernel) = operands.split_once(',')?;
    let named = input.chars().filter(char::is_ascii_alphabetic).count();
    // Digits, which no formula has, name the axes of `...`.
    let dots: String = (0..(rank + 1).checked_sub(named)?).filter_map(|at| char::from_digit(at as u32, 36)).collect();
    let spelled = |text: &str| text.trim().replace("...", &dots).chars().collect::<Vec<char>>();
    let (mut input, kernel, mut result) = (spelled(input), spelled(kernel), spelled(result));
    let fine = input.len() == rank + 1 && input.first() == result.first() && !kernel.contains(input.first()?);
    let known = result.iter().all(|letter| input.contains(letter) || kernel.contains(letter));
    if !(fine && known && input.iter().chain(&kernel).chain(&result).all(char::is_ascii_alphanumeric)) {
        return None;
    }
    input.remove(0);
    result.remove(0);
    Some([input, kernel, result])
}

impl Operation for EinsumDense {
    fn kind(&self) -> &'static str {
        "EinsumDense"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([("kernel", Some(&self.kernel)), ("bias", self.bias.as_ref())])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let Some([input, kernel, result]) = letters(&self.formula, x.rank()) else {
            return Err(lines.fault(operation::formula_value(&self.formula, &x.shape)));
        };
        if kernel.len() != self.kernel.shape().rank() {
            return Err(lines.fault(operation::formula_kernel(&self.formula, self.kernel.shape())));
        }
        let in_kernel = |letter: &char| kernel.iter().position(|other| other == letter);
        let length = |letter: &char| match input.iter().position(|other| other == letter) {
            Some(axis) => x.axes()[axis],
            None => in_kernel(letter).map_or(0, |axis| self.kernel.shape().axes()[axis]),
        };
        let expected: Vec<usize> = kernel.iter().map(length).collect();
        let summed: Vec<char> = input
            .iter()
            .chain(kernel.iter().filter(|l| !input.contains(l)))
            .copied()
            .filter(|l| !result.contains(l))
            .collect();
        let place = |letter: &char| -> Affine {
            match result.iter().position(|other| other == letter) {
                Some(axis) => own(axis),
                None => over(summed.iter().position(|other| other == letter).unwrap_or(0)),
            }
        };
        let weight = lines.weight("kernel", &self.kernel, &expected)?;
        let shape: Vec<usize> = result.iter().map(length).collect();
        let reads = [Read::new(x.array, input.iter().map(place)), Read::new(weight, kernel.iter().map(place))];
        let lengths: Vec<usize> = summed.iter().map(length).collect();
        let wx = lines.stage("wx", shape.clone(), Rule::sum(lengths, reads))?;
        let mut z = wx;
        if let Some(bias) = &self.bias {
            let axes = bias.shape().axes();
            let first = shape.len().checked_sub(axes.len());
            let Some(first) = first.filter(|&first| axes.iter().zip(&shape[first..]).all(|(b, n)| *b == 1 || b == n))
            else {
                return Err(lines.fault(operation::bias(format_args!("{shape:?}"), bias.shape())));
            };
            let bias = lines.weight("bias", bias, axes)?;
            let index = axes.iter().enumerate().map(|(axis, &n)| if n == 1 { fixed(0) } else { own(first + axis) });
            let reads = [Read::same(wx, shape.len()), Read::new(bias, index)];
            z = lines.stage("z", shape.clone(), Rule::map(Function::Add, reads))?;
        }
        let last = shape.len().saturating_sub(1);
        Ok(vec![activated(lines, self.activation, &Value::new(z, shape), last)?.masked_as(x)])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(EinsumDense {
        formula: config.text_or("equation", "")?.to_owned(),
        kernel: weights.take("kernel")?,
        bias: weights.take_if(config.has("bias_axes"), "bias")?,
        activation: config.activation("activation", Activation::Linear)?,
    }))
}
