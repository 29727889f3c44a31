//! What a value can be made of other values by: one action, or one action for each value that joins.

use crate::network::{Activation, Rounding, Written, activation::erf};

/// A function of one or more values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Function {
    /// The value itself. No action: the value only has another place or another name.
    Copy,
    /// The sum, from left to right.
    Add,
    /// The first less all the others, from left to right.
    Subtract,
    /// The product, from left to right.
    Multiply,
    /// The first divided by all the others, from left to right.
    Divide,
    /// The first times the reciprocal of the second: division as TensorFlow's softmax does it.
    Share,
    /// The largest; NaN if there is one.
    Maximum,
    /// The smallest; NaN if there is one.
    Minimum,
    /// The square root.
    SquareRoot,
    /// The value times itself.
    Square,
    /// The natural logarithm.
    Logarithm,
    /// The value with the other sign.
    Negate,
    /// The value without its sign.
    Absolute,
    /// 1 above 0, -1 below, 0 at 0.
    Sign,
    /// 1 if the first value is at least the second, else 0.
    AtLeast,
    /// 1 if the first value is above the second, else 0.
    Above,
    /// 1 if the two differ, else 0.
    Differs,
    /// 1 if the two are equal, else 0.
    Equals,
    /// The second if the first is not 0, else the third: `where` in NumPy.
    Select,
    /// The error function.
    Erf,
    /// The number as a person writes it down: rounded to so many decimals, or cut there.
    Round {
        /// Decimals that are kept.
        decimals: u8,
        /// Whether the rest is cut off.
        cut: bool,
    },
    /// An activation that takes one number; NaN for one that needs a whole vector (softmax is several equations).
    Activation(Activation),
    /// The slope of such an activation at a number z. A second value is taken for the activation of z, where its formula has it:
    /// `a * (1 - a)` for a sigmoid.
    Slope(Activation),
}

impl Function {
    /// Whether it can take so many values.
    pub fn takes(self, values: usize) -> bool {
        match self {
            Self::Copy
            | Self::SquareRoot
            | Self::Square
            | Self::Logarithm
            | Self::Negate
            | Self::Absolute
            | Self::Sign
            | Self::Erf
            | Self::Round { .. }
            | Self::Activation(_) => values == 1,
            Self::Slope(_) => values == 1 || values == 2,
            Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Maximum | Self::Minimum => values >= 1,
            Self::Share | Self::AtLeast | Self::Above | Self::Differs | Self::Equals => values == 2,
            Self::Select => values == 3,
        }
    }

    /// Whether one value after the other joins: then each one after the first is an action of its own.
    pub fn joins(self) -> bool {
        matches!(self, Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Maximum | Self::Minimum)
    }

    /// How many actions it is with so many values.
    pub fn actions(self, values: usize) -> usize {
        match self {
            Self::Copy => 0,
            _ if self.joins() => values.saturating_sub(1).max(1),
            _ => 1,
        }
    }

    /// The value of these values; NaN if there are not as many as it [takes](Self::takes).
    ///
    /// ```
    /// use byhand::equation::Function;
    /// assert_eq!(Function::Subtract.of(&[10.0, 2.0, 3.0]), 5.0);
    /// assert_eq!(Function::Select.of(&[0.0, 1.0, 2.0]), 2.0);
    /// ```
    pub fn of(self, values: &[f32]) -> f32 {
        match (self, values) {
            (Self::Copy, &[x]) => x,
            (Self::SquareRoot, &[x]) => x.sqrt(),
            (Self::Square, &[x]) => x * x,
            (Self::Logarithm, &[x]) => f64::from(x).ln() as f32,
            (Self::Negate, &[x]) => -x,
            (Self::Absolute, &[x]) => x.abs(),
            (Self::Erf, &[x]) => erf(x.into()) as f32,
            (Self::Round { decimals, cut }, &[x]) => Rounding::new(decimals, cut, Written::Stages).of(x),
            (Self::Sign, &[x]) => {
                if x > 0.0 {
                    1.0
                } else if x < 0.0 {
                    -1.0
                } else {
                    x
                }
            }
            (Self::Activation(activation), &[x]) => activation.of(x).unwrap_or(f32::NAN),
            (Self::Slope(activation), &[z]) => {
                activation.of(z).and_then(|a| activation.slope(z, a)).unwrap_or(f32::NAN)
            }
            (Self::Slope(activation), &[z, a]) => activation.slope(z, a).unwrap_or(f32::NAN),
            (Self::Equals, &[x, y]) => f32::from(u8::from(x == y)),
            (Self::AtLeast, &[x, y]) => f32::from(u8::from(x >= y)),
            (Self::Above, &[x, y]) => f32::from(u8::from(x > y)),
            (Self::Differs, &[x, y]) => f32::from(u8::from(x != y)),
            (Self::Select, &[which, yes, no]) => {
                if which == 0.0 {
                    no
                } else {
                    yes
                }
            }
            (Self::Share, &[x, y]) => self.pair(x, y),
            (_, [first, others @ ..]) if self.joins() => {
                others.iter().fold(*first, |value, &other| self.pair(value, other))
            }
            _ => f32::NAN,
        }
    }

    /// The same in float64, by formulas in which nothing cancels: what a careful calculator gives.
    pub fn exact(self, values: &[f64]) -> f64 {
        let truth = |holds: bool| f64::from(u8::from(holds));
        match (self, values) {
            (Self::Copy, [x]) => *x,
            (Self::SquareRoot, [x]) => x.sqrt(),
            (Self::Square, [x]) => x * x,
            (Self::Logarithm, [x]) => x.ln(),
            (Self::Negate, [x]) => -x,
            (Self::Absolute, [x]) => x.abs(),
            (Self::Erf, [x]) => erf(*x),
            // What is written down is a float32 again.
            (Self::Round { .. }, [x]) => f64::from(self.of(&[*x as f32])),
            (Self::Sign, [x]) => {
                if *x == 0.0 {
                    *x
                } else {
                    x.signum()
                }
            }
            (Self::Activation(activation), [x]) => activation.exact(*x).unwrap_or(f64::NAN),
            // The slope's formulas are those of float32.
            (Self::Slope(_), _) => {
                let numbers: Vec<f32> = values.iter().map(|&value| value as f32).collect();
                self.of(&numbers).into()
            }
            (Self::Equals, [x, y]) => truth(x == y),
            (Self::AtLeast, [x, y]) => truth(x >= y),
            (Self::Above, [x, y]) => truth(x > y),
            (Self::Differs, [x, y]) => truth(x != y),
            (Self::Select, [which, yes, no]) => {
                if *which == 0.0 {
                    *no
                } else {
                    *yes
                }
            }
            (Self::Share, [x, y]) => x / y,
            (_, [first, others @ ..]) if self.joins() => others.iter().fold(*first, |value, other| match self {
                Self::Add => value + other,
                Self::Subtract => value - other,
                Self::Multiply => value * other,
                Self::Divide => value / other,
                Self::Maximum => value.max(*other),
                _ => value.min(*other),
            }),
            _ => f64::NAN,
        }
    }

    /// What becomes of a value when another joins; NaN for functions of other kinds.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "inlined into loops whose function is known, which vectorize then")]
    pub(super) fn pair(self, x: f32, y: f32) -> f32 {
        match self {
            Self::Add => x + y,
            Self::Subtract => x - y,
            Self::Multiply => x * y,
            Self::Divide => x / y,
            Self::Share => {
                let share = x * (1.0 / y);
                if share.is_subnormal() { 0.0_f32.copysign(share) } else { share }
            }
            Self::Maximum => larger(x, y),
            Self::Minimum => -larger(-x, -y),
            _ => f32::NAN,
        }
    }
}

/// The larger of two; NaN if there is one.
pub(super) fn larger(x: f32, y: f32) -> f32 {
    if y > x || y.is_nan() { y } else { x }
}
