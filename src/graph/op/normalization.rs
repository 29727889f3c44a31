//! Normalization: every feature is moved and scaled by the mean and the variance of the data it was adapted to.
//!
//! ```text
//! deviation[c] = sqrt(variance[c])         bounded[c] = max(deviation[c], 1e-7)
//! centered[.., c] = in[.., c] - mean[c]    a[.., c] = centered[.., c] / bounded[c]
//! ```
//! With `invert` it goes back: `in * bounded + mean`.
//! Source: `keras/src/layers/preprocessing/normalization.py`, `call`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::Normalization, Network}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let one = |x| Array::new([1], vec![x]).ok_or("one number");
//! let mut network = Network::new("doc");
//! let x = network.input("x", [1])?;
//! network.add("norm", Normalization { axes: vec![-1], mean: one(3.0)?, variance: one(4.0)?, invert: false }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![4.0]])?)?;
//! assert_eq!(pass.of(network.find("norm.a")?.array), [0.5]); // (4 - 3) / sqrt(4)
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights, axes_of};
use crate::{
    equation::{Array, Function, Read, Rule, own},
    graph::{Lines, Value, lines::scalar},
    words::operation,
};

/// Standardization by fixed statistics.
#[derive(Debug, Clone)]
pub struct Normalization {
    /// The axes that have statistics of their own, as Keras counts them; none if all numbers share them.
    pub axes: Vec<i64>,
    /// The lengths of the axes.
    pub mean: Array,
    /// The lengths of the axes.
    pub variance: Array,
    /// Whether it goes back.
    pub invert: bool,
}

impl Operation for Normalization {
    fn kind(&self) -> &'static str {
        "Normalization"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([("mean", Some(&self.mean)), ("variance", Some(&self.variance))])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let axes = axes_of(lines, &self.axes, x.rank())?;
        let lengths: Vec<usize> = axes.iter().map(|&axis| x.axes()[axis]).collect();
        let mean = lines.weight("mean", &self.mean, &lengths)?;
        let variance = lines.weight("variance", &self.variance, &lengths)?;
        let least = lines.constant("epsilon", 1e-7)?;
        let whole = |array| Read::same(array, lengths.len());
        let deviation =
            lines.stage("deviation", lengths.clone(), Rule::map(Function::SquareRoot, [whole(variance)]))?;
        let bounded = Rule::map(Function::Maximum, [whole(deviation), scalar(least)]);
        let bounded = lines.stage("bounded", lengths.clone(), bounded)?;
        let here = |array| Read::new(array, axes.iter().map(|&axis| own(axis)));
        let (first, second, stage) = if self.invert {
            ((Function::Multiply, here(bounded)), (Function::Add, here(mean)), "widened")
        } else {
            ((Function::Subtract, here(mean)), (Function::Divide, here(bounded)), "centered")
        };
        let between = lines.stage(stage, x.shape.clone(), Rule::map(first.0, [x.same(), first.1]))?;
        let a = Rule::map(second.0, [Read::same(between, x.rank()), second.1]);
        Ok(vec![Value::new(lines.stage("a", x.shape.clone(), a)?, x.shape.clone()).masked_as(x)])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let axes = if config.has("axis") || config.given("axis").is_none() {
        config.integers("axis")?.unwrap_or_else(|| vec![-1])
    } else {
        Vec::new()
    };
    let given = |key: &str| -> Result<Option<Array>, GraphError> {
        let Some(numbers) = config.numbers(key)? else { return Ok(None) };
        let shape = if axes.is_empty() { Vec::new() } else { vec![numbers.len()] };
        Array::new(shape, numbers).map(Some).ok_or_else(|| config.wrong(key, operation::one_number()))
    };
    let invert = config.flag_or("invert", false)?;
    if let (Some(mean), Some(variance)) = (given("mean")?, given("variance")?) {
        return Ok(Arc::new(Normalization { axes, mean, variance, invert }));
    }
    let (mean, variance) = (weights.take("mean")?, weights.take("variance")?);
    weights.take("count")?;
    Ok(Arc::new(Normalization { axes, mean, variance, invert }))
}
