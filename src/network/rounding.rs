//! Rounding on the way: a person writes a value down and continues with the written value.
//!
//! A layer's values form a chain: the sums, then what each of its finishing actions leaves. [`Written`] says which links are
//! written down. The network's answer is never one of them: nothing is computed from it, and it may be written with as
//! many digits as one likes.

use super::Recipe;

/// Rounding on the way, as one does who writes values down with a few decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// Decimals that are kept.
    pub decimals: u8,
    /// Whether the rest is cut off instead of rounded.
    pub cut: bool,
    /// What is written down.
    pub what: Written,
    /// Whether what the layer gives is the network's answer, and not written down (see [`Rounding::on_the_way`]).
    pub open: bool,
}

/// What is written down on the way; the rest stays in the calculator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Written {
    /// What each layer gives: sum, bias and activation go through the calculator in one go.
    Results,
    /// Each value of a unit: its sum, the sum with its bias, the activation.
    Stages,
    /// Every product and every running sum too.
    Products,
}

impl Written {
    /// All, the least first.
    pub const ALL: [Self; 3] = [Self::Results, Self::Stages, Self::Products];
}

impl Rounding {
    /// Rounds, or cuts, to so many decimals.
    pub fn new(decimals: u8, cut: bool, what: Written) -> Self {
        Self { decimals, cut, what, open: false }
    }

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

    /// Puts it into the recipes of a network, all but what the network answers.
    pub fn on_the_way(self, recipes: &mut [Recipe]) {
        let mut open = true;
        for recipe in recipes.iter_mut().rev() {
            recipe.rounding = Some(Self { open, ..self });
            // A layer that was left out passes on what the layer before it gives.
            open = open && recipe.hands_on();
        }
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
