//! One step of a layer: a scalar action with its numbers.

use super::{Operator, Role};
use crate::network::Activation;

/// One scalar action, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    /// A product, fused into the running sum.
    Multiply {
        /// Which input.
        input: usize,
        /// Its value.
        x: f32,
        /// The weight between the input and the unit.
        w: f32,
        /// `x * w`, rounded by itself (the sum below is not computed from it).
        product: f32,
        /// The running sum before.
        before: f32,
        /// The running sum after: `before + x * w`, rounded once.
        after: f32,
    },
    /// A number of the unit's own joins, such as its bias.
    Combine {
        /// What is done with it.
        operator: Operator,
        /// The number.
        operand: f32,
        /// What it is called.
        role: Role,
        /// How often it joins: 1 in every right calculation.
        times: u32,
        /// The value before.
        before: f32,
        /// The value after.
        after: f32,
    },
    /// The index of the largest value takes the place of the values.
    Argmax {
        /// The largest value.
        before: f32,
        /// Its index.
        after: f32,
    },
    /// The activation.
    Activate {
        /// Which.
        activation: Activation,
        /// The pre-activation.
        before: f32,
        /// The activation's value.
        after: f32,
    },
}

impl Action {
    /// The number that the action leaves behind.
    pub fn after(&self) -> f32 {
        match *self {
            Self::Multiply { after, .. }
            | Self::Combine { after, .. }
            | Self::Argmax { after, .. }
            | Self::Activate { after, .. } => after,
        }
    }
}
