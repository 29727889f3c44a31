//! Activations that are layers of their own in Keras: with parameters, with weights, or along other axes.
//!
//! ```text
//! ReLU(max_value m, negative_slope s, threshold t)   below = s * (z - t), above = 1 if z > t
//!                                                    a = min(z if above else below, m)
//! PReLU(alpha)                                       below = alpha * z,  a = z if z > 0 else below
//! Softmax(axis)                                      as the activation, over one axis or several together
//! LeakyReLU, ELU                                     as the activations
//! ```
//! Sources: `keras/src/layers/activations/*.py`; the arguments of relu as in `keras/src/backend/tensorflow/nn.py`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::PRelu, Network}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let z = network.input("z", [2])?;
//! network.add("prelu", PRelu::new(Array::new([2], vec![0.5, 0.5]).ok_or("two numbers")?), [z])?;
//! let pass = network.program().evaluate(&network.given(&[vec![3.0, -3.0]])?)?;
//! assert_eq!(pass.of(network.find("prelu.a")?.array), [3.0, -1.5]); // -3 * 0.5
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Activate, Config, GraphError, Operation, Weights, activation::softmax};
use crate::{
    equation::{Array, Function, Read, Rule, fixed, own},
    graph::{Lines, Value, lines::scalar},
    network::Activation,
};

/// relu with a largest value, a slope and a threshold.
#[derive(Debug, Clone, Copy)]
pub struct ReluLayer {
    /// The largest value, if there is one.
    pub largest: Option<f32>,
    /// What `z - threshold` is multiplied with below the threshold.
    pub slope: f32,
    /// Above it `z` stays.
    pub threshold: f32,
}

impl Operation for ReluLayer {
    fn kind(&self) -> &'static str {
        "ReLU"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let z = lines.only(from)?;
        let (shape, here) = (&z.shape, |array| Read::same(array, z.rank()));
        let (slope, threshold) = (lines.constant("slope", self.slope)?, lines.constant("threshold", self.threshold)?);
        let above = Rule::map(Function::Above, [z.same(), scalar(threshold)]);
        let above = lines.stage("above", shape.clone(), above)?;
        let distance = Rule::map(Function::Subtract, [z.same(), scalar(threshold)]);
        let distance = lines.stage("distance", shape.clone(), distance)?;
        let below = Rule::map(Function::Multiply, [here(distance), scalar(slope)]);
        let below = lines.stage("below", shape.clone(), below)?;
        let chosen = Rule::map(Function::Select, [here(above), z.same(), here(below)]);
        let Some(largest) = self.largest else {
            return Ok(vec![Value::new(lines.stage("a", shape.clone(), chosen)?, shape.clone()).masked_as(z)]);
        };
        let chosen = lines.stage("chosen", shape.clone(), chosen)?;
        let largest = lines.constant("largest", largest)?;
        let a = Rule::map(Function::Minimum, [here(chosen), scalar(largest)]);
        Ok(vec![Value::new(lines.stage("a", shape.clone(), a)?, shape.clone()).masked_as(z)])
    }
}

/// A leaky relu whose slopes were trained.
#[derive(Debug, Clone)]
pub struct PRelu {
    alpha: Array, // the shape of z, 1 along shared axes
}

impl PRelu {
    /// From its slopes: the shape of what it takes, 1 along axes that share one slope.
    pub fn new(alpha: Array) -> Self {
        Self { alpha }
    }
}

impl Operation for PRelu {
    fn kind(&self) -> &'static str {
        "PReLU"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([("alpha", Some(&self.alpha))])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let z = lines.only(from)?;
        let own_axes = self.alpha.shape().axes();
        // Shared axes have length 1; all others must fit.
        let fits = own_axes.len() == z.rank() && own_axes.iter().zip(z.axes()).all(|(a, n)| *a == 1 || a == n);
        let expected = if fits { own_axes } else { z.axes() };
        let alpha = lines.weight("alpha", &self.alpha, expected)?;
        let index = own_axes.iter().enumerate().map(|(axis, &n)| if n == 1 { fixed(0) } else { own(axis) });
        let below = Rule::map(Function::Multiply, [Read::new(alpha, index), z.same()]);
        let below = lines.stage("below", z.shape.clone(), below)?;
        let zero = lines.constant("zero", 0.0)?;
        let above = Rule::map(Function::Above, [z.same(), scalar(zero)]);
        let above = lines.stage("above", z.shape.clone(), above)?;
        let chosen = [Read::same(above, z.rank()), z.same(), Read::same(below, z.rank())];
        let a = lines.stage("a", z.shape.clone(), Rule::map(Function::Select, chosen))?;
        Ok(vec![Value::new(a, z.shape.clone()).masked_as(z)])
    }
}

/// Softmax over chosen axes.
#[derive(Debug, Clone)]
pub struct SoftmaxLayer {
    /// Axes as Keras counts them: that of the samples is 0, negative ones count from the end.
    axes: Vec<i64>,
}

impl SoftmaxLayer {
    /// From its axes, as Keras counts them: that of the samples is 0, negative ones count from the end.
    pub fn new(axes: Vec<i64>) -> Self {
        Self { axes }
    }
}

impl Operation for SoftmaxLayer {
    fn kind(&self) -> &'static str {
        "Softmax"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let z = lines.only(from)?;
        let axes = super::axes_of(lines, &self.axes, z.rank())?;
        Ok(vec![softmax(lines, z, &axes)?.masked_as(z)])
    }
}

/// The activation that a layer of this description is, if it is one without weights and axes.
pub(in crate::graph) fn activation_of_layer(config: &Config<'_>) -> Option<Result<Activation, GraphError>> {
    let number = |keys: [&str; 2], default: f32| {
        let key = if config.has(keys[0]) { keys[0] } else { keys[1] };
        config.number_or(key, default)
    };
    Some(match config.class {
        "LeakyReLU" => number(["negative_slope", "alpha"], 0.3).map(|slope| Activation::LeakyRelu { slope }),
        "ELU" => number(["alpha", "alpha"], 1.0).map(|alpha| Activation::Elu { alpha }),
        "ThresholdedReLU" => {
            number(["theta", "theta"], 1.0).map(|threshold| Activation::Threshold { threshold, value: 0.0 })
        }
        _ => return None,
    })
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    if let Some(activation) = activation_of_layer(config) {
        return Ok(Arc::new(Activate(activation?)));
    }
    match config.class {
        "PReLU" => Ok(Arc::new(PRelu::new(weights.take("alpha")?))),
        "Softmax" => Ok(Arc::new(SoftmaxLayer::new(config.integers("axis")?.unwrap_or_else(|| vec![-1])))),
        _ => {
            let (slope, threshold) = (config.number_or("negative_slope", 0.0)?, config.number_or("threshold", 0.0)?);
            let largest = config.maybe_number("max_value")?;
            if largest.is_none() && slope == 0.0 && threshold == 0.0 {
                return Ok(Arc::new(Activate(Activation::Relu)));
            }
            Ok(Arc::new(ReluLayer { largest, slope, threshold }))
        }
    }
}
