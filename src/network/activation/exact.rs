//! Activations in float64, by formulas in which nothing cancels: what a careful calculator gives.
//!
//! Keras' own float32 steps lose digits near 0 and in the tails ([`Activation::of`] follows them). A person with a calculator
//! or a spreadsheet does not, so both values are right.

use std::f64::consts::{FRAC_2_SQRT_PI, SQRT_2};

use super::{Activation, scalar::erf};

/// Klambauer et al. 2017 (arXiv:1706.02515), section 2.
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
const SELU_ALPHA: f64 = 1.673_263_242_354_377_3;

impl Activation {
    /// The activation of one number in float64; `None` for softmax, `log_softmax`, sparsemax and glu.
    ///
    /// ```
    /// use byhand::network::Activation;
    /// let near = |a: Option<f64>, b: f64| a.is_some_and(|a| (a - b).abs() <= 1e-9 * b.abs());
    /// // In float32, `1 + erf` leaves nothing of this one.
    /// assert_eq!(Activation::Gelu.of(-6.0), Some(0.0));
    /// assert!(near(Activation::Gelu.exact(-6.0), -5.919_525_870e-9));
    /// ```
    pub fn exact(self, z: f64) -> Option<f64> {
        let sigmoid = |z: f64| if z >= 0.0 { 1.0 / (1.0 + (-z).exp()) } else { z.exp() / (1.0 + z.exp()) };
        let softplus = |z: f64| z.max(0.0) + (-z.abs()).exp().ln_1p();
        let six = |z: f64| z.clamp(0.0, 6.0);
        let left = |z: f64, of: f64| if z > 0.0 { z } else { of };
        Some(match self {
            Self::Linear => z,
            Self::Relu => z.max(0.0),
            Self::Relu6 => six(z),
            Self::LeakyRelu { slope } => left(z, f64::from(slope) * z),
            Self::Elu { alpha } => left(z, f64::from(alpha) * z.exp_m1()),
            Self::Selu => SELU_SCALE * left(z, SELU_ALPHA * z.exp_m1()),
            Self::Celu { alpha } => left(z, f64::from(alpha) * (z / f64::from(alpha)).exp_m1()),
            Self::Gelu => 0.5 * z * erfc(-z / SQRT_2),
            // 1 + tanh(t) = 2 sigmoid(2 t).
            Self::GeluTanh => z * sigmoid(2.0 * (FRAC_2_SQRT_PI / SQRT_2) * (z + 0.044_715 * z * z * z)),
            Self::Silu => z * sigmoid(z),
            Self::Softplus => softplus(z),
            Self::Softsign => z / (1.0 + z.abs()),
            Self::Sigmoid => sigmoid(z),
            Self::HardSigmoid => six(z + 3.0) / 6.0,
            Self::HardSigmoidKeras2 => (0.2 * z + 0.5).clamp(0.0, 1.0),
            Self::HardSilu => z * six(z + 3.0) / 6.0,
            Self::Tanh => z.tanh(),
            Self::TanhShrink => tanh_shrink(z),
            Self::HardTanh => z.clamp(-1.0, 1.0),
            Self::Satlin => z.clamp(0.0, 1.0),
            Self::Step { at_zero } => step(z, 0.0, at_zero),
            Self::Sign { at_zero } => step(z, -1.0, at_zero),
            Self::SlopedSigmoid { slope } => sigmoid(f64::from(slope) * z),
            Self::SlopedTanh { slope, gain } => f64::from(gain) * (f64::from(slope) * z).tanh(),
            Self::HardShrink { threshold } => {
                if z.abs() > f64::from(threshold) {
                    z
                } else {
                    0.0
                }
            }
            Self::SoftShrink { threshold } => z.signum() * (z.abs() - f64::from(threshold)).max(0.0),
            Self::Threshold { threshold, value } => {
                if z > f64::from(threshold) {
                    z
                } else {
                    f64::from(value)
                }
            }
            Self::LogSigmoid => -softplus(-z),
            Self::Exponential => z.exp(),
            Self::Mish => z * softplus(z).tanh(),
            Self::Squareplus { b } => {
                let (b, root) = (f64::from(b), (z * z + f64::from(b)).sqrt());
                if z > 0.0 { 0.5 * (z + root) } else { 0.5 * b / (root - z) }
            }
            Self::SparsePlus => match z {
                z if z <= -1.0 => 0.0,
                z if z < 1.0 => 0.25 * (z + 1.0) * (z + 1.0),
                z => z,
            },
            Self::SparseSigmoid => (0.5 * (z + 1.0)).clamp(0.0, 1.0),
            Self::Softmax | Self::LogSoftmax | Self::Sparsemax | Self::Glu => return None,
        })
    }
}

/// 1 right of 0, `low` left of it, `at_zero` at 0.
fn step(z: f64, low: f64, at_zero: f32) -> f64 {
    match z {
        z if z > 0.0 => 1.0,
        z if z < 0.0 => low,
        0.0 => f64::from(at_zero),
        z => z,
    }
}

/// `z - tanh(z)`; near 0 by its series `z^3/3 - 2 z^5/15 + 17 z^7/315 - 62 z^9/2835` (the next term is below 1e-13 of it).
fn tanh_shrink(z: f64) -> f64 {
    if z.abs() > 0.05 {
        return z - z.tanh();
    }
    let s = z * z;
    z * s * (1.0 / 3.0 - s * (2.0 / 15.0 - s * (17.0 / 315.0 - s * 62.0 / 2835.0)))
}

/// `1 - erf(x)`, with its digits also where `erf` is nearly 1: beyond 2.5 by the continued fraction of Abramowitz & Stegun
/// 7.1.14, `e^(-x^2) / sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...))))`.
fn erfc(x: f64) -> f64 {
    if x < 2.5 || x.is_nan() {
        return 1.0 - erf(x);
    }
    // From the inside out; at 2.5 the 60th level is below 1e-15.
    let fraction = (1..=60).rev().fold(x, |inner, k| x + f64::from(k) / 2.0 / inner);
    (-x * x).exp() * FRAC_2_SQRT_PI / 2.0 / fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_complement_of_erf_keeps_its_digits() {
        // CPython 3, math.erfc.
        for (x, printed) in [
            (1.0, 0.157_299_207_050_285_13),
            (2.6, 0.000_236_034_416_529_349_08),
            (5.0, 1.537_459_794_428_035_1e-12),
            (9.0, 4.137_031_746_513_81e-37),
        ] {
            assert!((erfc(x) / printed - 1.0).abs() < 1e-11, "erfc({x}) = {:e}", erfc(x));
        }
        assert!((erfc(2.499_999_9) - erfc(2.5)).abs() < 1e-9);
    }

    #[test]
    fn where_float32_has_its_digits_both_agree() {
        for activation in Activation::ALL.iter().filter(|activation| activation.is_elementwise()) {
            for step in -40..=40 {
                let z = f64::from(step) / 8.0 + 0.031_25;
                let (exact, float32) = (activation.exact(z), activation.of(z as f32).map(f64::from));
                let (exact, float32) = (exact.expect("elementwise"), float32.expect("elementwise"));
                assert!((exact - float32).abs() <= 3e-6 * exact.abs().max(0.3), "{activation} {z}: {exact} {float32}");
            }
        }
    }

    #[test]
    fn near_zero_the_series_goes_on_where_the_difference_ends() {
        for z in [0.049_999, 0.050_001] {
            let wide = z - f64::tanh(z);
            assert!((tanh_shrink(z) - wide).abs() <= 1e-11 * wide.abs(), "{z}");
        }
        // 1e-4: z^3 / 3 to seven digits.
        assert!((tanh_shrink(1e-4) / 3.333_333_2e-13 - 1.0).abs() < 1e-6);
    }
}
