//! What is done to a sum after the products: numbers that join, activations, rounding on the way.

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

/// Rounding on the way, as one does who writes every value down with a few decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// Decimals that are kept.
    pub decimals: u8,
    /// Whether the rest is cut off instead of rounded.
    pub cut: bool,
    /// Whether products and running sums are rounded too, not only the values of whole stages.
    pub products: bool,
}

impl Rounding {
    /// The value as it is written down, in float32. NaN and infinities stay.
    pub fn of(self, value: f32) -> f32 {
        let scale = POWERS.get(usize::from(self.decimals)).copied().unwrap_or_else(|| 10f64.powi(self.decimals.into()));
        let scaled = f64::from(value) * scale;
        let rounded = (ties_to_even(scaled) / scale) as f32;
        // A float32 that was written down already stays: 1.8 is 1.79999995, and is not to be cut to 1.7.
        if !scaled.is_finite() || rounded == value {
            return value;
        }
        if self.cut { (scaled.trunc() / scale) as f32 } else { rounded }
    }
}

/// Powers of ten.
const POWERS: [f64; 8] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];

/// Rounds half to even: adding and taking away 1.5 * 2^52 leaves no bit behind the point, and is much faster than
/// `f64::round_ties_even` on machines that have no instruction for it.
fn ties_to_even(value: f64) -> f64 {
    const ALL_WHOLE: f64 = 6_755_399_441_055_744.0;
    if value.abs() < 2_251_799_813_685_248.0 { (value + ALL_WHOLE) - ALL_WHOLE } else { value.round_ties_even() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_even_as_the_standard_library_has_it() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut values: Vec<f64> = (0..2_000).map(|_| (random.f64() - 0.5) * 10f64.powi(random.i32(-3..20))).collect();
        values.extend((-20..=20).map(|half| f64::from(half) / 2.0));
        values.extend([1e300, 2f64.powi(51) - 0.5, 2f64.powi(51), -2f64.powi(51) + 0.5]);
        for value in values {
            assert_eq!(ties_to_even(value), value.round_ties_even(), "{value:e}");
        }
    }
}
