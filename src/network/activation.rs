//! Placeholder until the full list of activations lands.

use std::{fmt, str::FromStr};

/// An activation function.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Activation {
    /// z
    Linear,
    /// max(0, z)
    Relu,
    /// tanh z
    Tanh,
    /// softmax
    Softmax,
    /// glu
    Glu,
    /// sigmoid
    Sigmoid,
}

impl Activation {
    /// All.
    pub const ALL: &[Activation] = &[Activation::Linear, Activation::Relu, Activation::Tanh, Activation::Softmax, Activation::Sigmoid];
    /// The value for an elementwise activation.
    pub fn of(self, z: f32) -> Option<f32> {
        match self {
            Activation::Linear => Some(z),
            Activation::Relu => Some(z.max(0.0)),
            Activation::Tanh => Some(f64::from(z).tanh() as f32),
            Activation::Softmax | Activation::Glu => None,
            Activation::Sigmoid => Some(1.0 / (1.0 + (-z).exp())),
        }
    }
    /// Elementwise?
    pub fn is_elementwise(self) -> bool {
        !matches!(self, Activation::Softmax)
    }
    /// Over the last axis.
    pub fn apply(self, z: &[f32]) -> Vec<f32> {
        if self == Activation::Softmax {
            let m = z.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let e: Vec<f32> = z.iter().map(|z| (z - m).exp()).collect();
            let s: f32 = e.iter().sum();
            return e.into_iter().map(|e| e / s).collect();
        }
        z.iter().map(|&z| self.of(z).unwrap_or(z)).collect()
    }
    /// How many values come out of `units` pre-activations.
    pub fn outputs(self, units: usize) -> Option<usize> {
        Some(units)
    }
    /// Name.
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
    /// Formula.
    pub fn formula(self) -> &'static str {
        "max(0, z)"
    }
    /// Idea.
    pub fn idea(self) -> &'static str {
        "cuts off below 0"
    }
    /// Corners.
    pub fn knots(self) -> &'static [f32] {
        &[]
    }
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl FromStr for Activation {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|a| a.name() == s).ok_or_else(|| format!("unknown activation `{s}`"))
    }
}
