//! Dense: every unit multiplies every input with a weight, adds up, adds its bias and applies the activation.
//!
//! ```text
//! wx[u] = sum over i of x[i] * kernel[i, u]      x (inputs,)   kernel (inputs, units)
//! z[u]  = wx[u] + bias[u]                        bias (units,)
//! a     = activation(z)                          a (units,), half as many after glu
//! ```
//! Source: `keras/src/layers/core/dense.py`, `call`.
//!
//! ```
//! use byhand::network::{Activation, Dense, Kernel, Layer, Network, Operation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kernel = Kernel::from_rows(2, 1, &[1.0, 1.0]).ok_or("two numbers")?;
//! let dense = Dense::new(kernel, Some(vec![-0.5]), Activation::Tanh);
//! let values = dense.recipe().values(&[0.3, 0.1]);
//! assert_eq!(values.a(), [-0.099_667_99]); // tanh(0.3 + 0.1 - 0.5)
//! # Ok(()) }
//! ```

use std::sync::Arc;

use crate::network::{Activation, Finish, Kernel, MOST_UNITS, NetworkError, Recipe, Weight};

/// A fully connected layer. Its weights are shared between clones.
#[derive(Debug, Clone, PartialEq)]
pub struct Dense {
    kernel: Arc<Kernel>,      // (inputs, units)
    bias: Option<Arc<[f32]>>, // (units,)
    activation: Activation,
}

impl Dense {
    /// From its weights; shapes are checked when it becomes part of a network.
    pub fn new(kernel: Kernel, bias: Option<Vec<f32>>, activation: Activation) -> Self {
        Self { kernel: Arc::new(kernel), bias: bias.map(Into::into), activation }
    }

    /// The same with another activation.
    #[must_use]
    pub fn with_activation(self, activation: Activation) -> Self {
        Self { activation, ..self }
    }

    /// The same with another kernel, shape (inputs, units).
    #[must_use]
    pub fn with_kernel(self, kernel: Kernel) -> Self {
        Self { kernel: Arc::new(kernel), ..self }
    }

    /// The same with another bias, shape (units,).
    #[must_use]
    pub fn with_bias(self, bias: Vec<f32>) -> Self {
        Self { bias: Some(bias.into()), ..self }
    }

    /// The kernel, shape (inputs, units).
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    /// The bias, shape (units,); `None` for `use_bias=False`.
    pub fn bias(&self) -> Option<&[f32]> {
        self.bias.as_deref()
    }

    /// The activation.
    pub fn activation(&self) -> Activation {
        self.activation
    }

    /// How many numbers it gives.
    pub fn outputs(&self) -> usize {
        self.activation.outputs(self.kernel.units()).unwrap_or(self.kernel.units())
    }

    /// Multiply and add up, add the bias, apply the activation.
    pub fn recipe(&self) -> Recipe {
        let bias = self.bias.iter().map(|bias| Finish::add_bias(Arc::clone(bias)));
        let finish = bias.chain([Finish::activate(self.activation)]).collect();
        Recipe::new(self.kernel.inputs(), Some(Arc::clone(&self.kernel)), finish)
    }

    pub(super) fn check(&self, layer: &str) -> Result<(), NetworkError> {
        let (inputs, units) = (self.kernel.inputs(), self.kernel.units());
        let layer = layer.to_owned();
        if !(1..=MOST_UNITS).contains(&inputs) || !(1..=MOST_UNITS).contains(&units) {
            return Err(NetworkError::Size { layer, inputs, units });
        }
        if let Some(bias) = &self.bias
            && bias.len() != units
        {
            return Err(NetworkError::Bias { layer, inputs, units, got: bias.len() });
        }
        if self.activation.outputs(units).is_none() {
            return Err(NetworkError::Activation { layer, activation: self.activation.name(), units });
        }
        Ok(())
    }

    pub(super) fn weight(&self, weight: Weight) -> Option<f32> {
        match weight {
            Weight::Kernel { input, unit } => self.kernel.get(input, unit),
            Weight::Bias { unit } => self.bias.as_ref()?.get(unit).copied(),
            Weight::Listed { .. } => None,
        }
    }

    pub(super) fn with_weight(&self, weight: Weight, value: f32) -> Option<Self> {
        let mut changed = self.clone();
        match weight {
            Weight::Kernel { input, unit } => changed.kernel = Arc::new(self.kernel.with(input, unit, value)?),
            Weight::Bias { unit } => changed.bias = Some(super::changed(self.bias.as_ref()?, unit, value)?),
            Weight::Listed { .. } => return None,
        }
        Some(changed)
    }
}
