//! What is done to a sum after the products: numbers that join, activations.

use std::sync::Arc;

use super::{Activation, Stage};
use crate::words::role;

/// One thing done to every sum, and the stage that its result belongs to.
///
/// The value of a stage is what the last action that gives this stage, or an earlier one, leaves. Along a recipe the stages
/// never go back.
#[derive(Debug, Clone, PartialEq)]
pub struct Finish {
    /// What is done.
    pub transform: Transform,
    /// The stage that the result belongs to.
    pub gives: Stage,
    /// How often the number joins: 1 in every right recipe.
    pub times: u32,
}

/// What is done to every value.
#[derive(Debug, Clone, PartialEq)]
pub enum Transform {
    /// Add, subtract, multiply by or divide by a number of the unit's own.
    Combine {
        /// What is done with it.
        operator: Operator,
        /// One number a unit.
        operand: Arc<[f32]>,
        /// What the number is called.
        role: Role,
    },
    /// The same with the value itself as the number: one sample is its own mean, its own largest value and its own sum.
    Itself {
        /// What is done with it.
        operator: Operator,
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

    /// Applies it, in float64.
    pub fn exact(self, value: f64, operand: f64) -> f64 {
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
    /// The largest value that a softmax takes away first.
    Largest,
    /// The sum of the exponentials that a softmax divides by.
    Sum,
}

impl Role {
    /// The name in the chosen language, as in `+ bias 0.5`.
    pub fn says(self) -> String {
        match self {
            Self::Bias => role::bias(),
            Self::Mean => role::mean(),
            Self::Deviation => role::deviation(),
            Self::Gamma => role::gamma(),
            Self::Beta => role::beta(),
            Self::Scale => role::scale(),
            Self::Offset => role::offset(),
            Self::Count => role::count(),
            Self::Largest => role::largest(),
            Self::Sum => role::sum(),
        }
    }

    /// The name for programs, the same in every language.
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
            Self::Largest => "largest",
            Self::Sum => "sum",
        }
    }
}

impl Finish {
    /// `transform`, done once.
    pub fn new(transform: Transform, gives: Stage) -> Self {
        Self { transform, gives, times: 1 }
    }

    /// A number of the unit's own joins.
    pub fn combine(operator: Operator, operand: Arc<[f32]>, role: Role, gives: Stage) -> Self {
        Self::new(Transform::Combine { operator, operand, role }, gives)
    }

    /// The value joins itself.
    pub fn itself(operator: Operator, role: Role, gives: Stage) -> Self {
        Self::new(Transform::Itself { operator, role }, gives)
    }

    /// The bias joins, which gives the pre-activation: `value + bias`.
    pub fn add_bias(bias: Arc<[f32]>) -> Self {
        Self::combine(Operator::Add, bias, Role::Bias, Stage::Z)
    }

    /// The activation, which gives the layer's output.
    pub fn activate(activation: Activation) -> Self {
        Self::new(Transform::Activate(activation), Stage::A)
    }

    /// Whether a bias joins here, in whatever way.
    pub fn is_bias(&self) -> bool {
        self.role() == Some(Role::Bias)
    }

    /// What the number is called that joins here.
    pub fn role(&self) -> Option<Role> {
        match self.transform {
            Transform::Combine { role, .. } | Transform::Itself { role, .. } => Some(role),
            Transform::Activate(_) | Transform::Argmax => None,
        }
    }

    /// The numbers that join here, one a unit.
    pub fn operand(&self) -> Option<&Arc<[f32]>> {
        match &self.transform {
            Transform::Combine { operand, .. } => Some(operand),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn operand_mut(&mut self) -> Option<&mut Arc<[f32]>> {
        match &mut self.transform {
            Transform::Combine { operand, .. } => Some(operand),
            _ => None,
        }
    }

    /// What joins a value if the unit's own number is `number`: the number as often as it joins.
    pub fn joins(&self, number: f32) -> f32 {
        if self.times == 1 { number } else { number * self.times as f32 }
    }

    /// The activation, if it is one.
    pub fn activation(&self) -> Option<Activation> {
        match self.transform {
            Transform::Activate(activation) => Some(activation),
            _ => None,
        }
    }

    /// Whether it looks at all units together.
    pub fn is_together(&self) -> bool {
        match &self.transform {
            Transform::Combine { .. } | Transform::Itself { .. } => false,
            Transform::Activate(activation) => !activation.is_elementwise(),
            Transform::Argmax => true,
        }
    }

    /// How many values leave it if `width` enter.
    pub fn width(&self, width: usize) -> usize {
        match &self.transform {
            Transform::Combine { .. } | Transform::Itself { .. } => width,
            Transform::Activate(activation) => activation.outputs(width).unwrap_or(width),
            Transform::Argmax => width.min(1),
        }
    }

    /// What leaves it, one value for each that enters (fewer after glu and argmax).
    pub fn apply(&self, before: &[f32]) -> Vec<f32> {
        match &self.transform {
            Transform::Combine { operator, operand, .. } => {
                before.iter().zip(operand.iter()).map(|(value, by)| operator.of(*value, self.joins(*by))).collect()
            }
            Transform::Itself { operator, .. } => before.iter().map(|value| operator.of(*value, *value)).collect(),
            Transform::Activate(activation) => activation.apply(before),
            Transform::Argmax => {
                let largest = before.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
                largest.map(|(index, _)| index as f32).into_iter().collect()
            }
        }
    }
}
