//! What is done to a sum after the products: numbers that join, activations.

use std::sync::Arc;

use super::Activation;

/// One thing done to every sum.
#[derive(Debug, Clone, PartialEq)]
pub enum Finish {
    /// Add, subtract, multiply by or divide by a number of the unit's own.
    Combine {
        /// What is done with it.
        operator: Operator,
        /// One number a unit.
        operand: Arc<[f32]>,
        /// What the number is called.
        role: Role,
    },
    /// Apply an activation.
    Activate(Activation),
    /// Put the index of the largest value in the place of the values.
    Argmax,
}

/// What is done with a number of the unit's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `value + operand`
    Add,
    /// `value - operand`
    Subtract,
    /// `value * operand`
    Multiply,
    /// `value / operand`
    Divide,
}

impl Operator {
    /// Applies it, in float32.
    pub fn of(self, value: f32, operand: f32) -> f32 {
        match self {
            Self::Add => value + operand,
            Self::Subtract => value - operand,
            Self::Multiply => value * operand,
            Self::Divide => value / operand,
        }
    }

    /// The verb, for ids: `add-bias`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Subtract => "subtract",
            Self::Multiply => "multiply",
            Self::Divide => "divide",
        }
    }

    /// The sign.
    pub fn sign(self) -> char {
        match self {
            Self::Add => '+',
            Self::Subtract => '-',
            Self::Multiply => '×',
            Self::Divide => '/',
        }
    }
}

/// What a unit's own number is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The bias of a dense layer.
    Bias,
    /// The mean that a normalisation takes away.
    Mean,
    /// The deviation that a normalisation divides by: the root of the variance and epsilon.
    Deviation,
    /// The scale that was learnt.
    Gamma,
    /// The shift that was learnt.
    Beta,
    /// The scale of a mapping.
    Scale,
    /// The offset of a mapping.
    Offset,
    /// How many terms a sum has.
    Count,
}

impl Role {
    /// The name, as in `+ bias 0.5`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bias => "bias",
            Self::Mean => "mean",
            Self::Deviation => "deviation",
            Self::Gamma => "gamma",
            Self::Beta => "beta",
            Self::Scale => "scale",
            Self::Offset => "offset",
            Self::Count => "count",
        }
    }
}

impl Finish {
    /// The bias joins: `value + bias`.
    pub fn add_bias(bias: Arc<[f32]>) -> Self {
        Self::Combine { operator: Operator::Add, operand: bias, role: Role::Bias }
    }

    /// Whether a bias joins here, in whatever way.
    pub fn is_bias(&self) -> bool {
        matches!(self, Self::Combine { role: Role::Bias, .. })
    }

    /// The activation, if it is one.
    pub fn activation(&self) -> Option<Activation> {
        match self {
            Self::Activate(activation) => Some(*activation),
            _ => None,
        }
    }

    /// Whether it looks at all units together.
    pub fn is_together(&self) -> bool {
        match self {
            Self::Combine { .. } => false,
            Self::Activate(activation) => !activation.is_elementwise(),
            Self::Argmax => true,
        }
    }

    /// How many values leave it if `width` enter.
    pub fn width(&self, width: usize) -> usize {
        match self {
            Self::Combine { .. } => width,
            Self::Activate(activation) => activation.outputs(width).unwrap_or(width),
            Self::Argmax => width.min(1),
        }
    }

    /// What leaves it, one value for each that enters (fewer after glu and argmax).
    pub fn apply(&self, before: &[f32]) -> Vec<f32> {
        match self {
            Self::Combine { operator, operand, .. } => {
                before.iter().zip(operand.iter()).map(|(value, by)| operator.of(*value, *by)).collect()
            }
            Self::Activate(activation) => activation.apply(before),
            Self::Argmax => {
                let largest = before.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
                largest.map(|(index, _)| index as f32).into_iter().collect()
            }
        }
    }
}
