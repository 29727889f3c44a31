//! Activations that use all units together: what they share, and a row for each output.

use super::{
    Row, Shared, Together,
    build::{Layer, pick},
};
use crate::network::{Activation, Stage};

impl Layer<'_> {
    /// Finishing action `i`, which is `activation`.
    pub(super) fn together(&self, i: usize, activation: Activation, most: usize) -> Together {
        let entering = |i| self.pass.values(self.index).map_or(&[][..], |values| values.entering(i));
        let (before, after) = (entering(i), entering(i + 1));
        let shared = shared(activation, before, after);
        let (units, left_out) = pick(after.len(), most);
        let half = before.len() / 2;
        let row = |unit: usize| Row {
            address: self.address(Stage::A, unit),
            unit,
            before: before[unit],
            between: match shared {
                Shared::Powers { largest, .. } => power(before[unit], largest),
                Shared::Threshold(threshold) => before[unit] - threshold,
                Shared::Nothing => Activation::Sigmoid.of(before[half + unit]).unwrap_or(f32::NAN),
            },
            after: after[unit],
        };
        let rows = units.map(row).collect();
        Together { layer: self.name.to_owned(), activation, units: before.len(), shared, rows, left_out }
    }
}

fn shared(activation: Activation, before: &[f32], after: &[f32]) -> Shared {
    match activation {
        Activation::Softmax | Activation::LogSoftmax => {
            let largest = before.iter().fold(f32::NEG_INFINITY, |top, &z| if z > top || z.is_nan() { z } else { top });
            Shared::Powers { largest, sum: before.iter().map(|&z| power(z, largest)).sum() }
        }
        Activation::Sparsemax => {
            let above = before.iter().zip(after).filter(|(_, a)| **a > 0.0).map(|(z, a)| z - a);
            Shared::Threshold(above.fold(f32::NAN, f32::min))
        }
        _ => Shared::Nothing,
    }
}

/// `e^(z - largest)`, as softmax computes it.
fn power(z: f32, largest: f32) -> f32 {
    Activation::Exponential.of(z - largest).unwrap_or(f32::NAN)
}
