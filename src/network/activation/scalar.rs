//! The elementwise activations: one number in, one number out.
//!
//! Smooth functions go through float64 and are rounded once. Where Keras itself rounds in between and that shows (it
//! subtracts numbers that are nearly equal), the same float32 steps are taken, so that the digits agree with
//! `model.predict`. Keras has a second answer: `model(x)` runs other code than `predict`, and the last digits of the two
//! differ; in elu, gelu and mish left of 0 more than the last. Where there is a choice, `predict` is followed.
//! TensorFlow flushes denormals (numbers below 1.18e-38) to zero, so [`rounded`] and [`flushed`] do too.
//!
//! Comparisons are written so that NaN takes the branch it takes in Keras.

use std::f64::consts::{FRAC_2_SQRT_PI, SQRT_2};

/// `alpha * scale` and `scale` of selu, from Klambauer et al. 2017 (arXiv:1706.02515), section 2.
pub(super) const SELU_SCALE: f32 = 1.050_701;
pub(super) const SELU_SCALE_ALPHA: f32 = 1.758_099_3;

/// The float32 nearest to 1/6.
pub(super) const SIXTH: f32 = 1.0 / 6.0;

/// A float32 with denormals flushed to zero; the sign stays.
pub(super) fn flushed(value: f32) -> f32 {
    if value.is_subnormal() { 0.0_f32.copysign(value) } else { value }
}

/// The nearest float32, denormals flushed to zero.
pub(super) fn rounded(value: f64) -> f32 {
    flushed(value as f32)
}

/// `max(0, z)`. Nair & Hinton 2010.
pub(super) fn relu(z: f32) -> f32 {
    if z <= 0.0 { 0.0 } else { z }
}

/// `min(max(0, z), 6)`. Krizhevsky 2010, "Convolutional Deep Belief Networks on CIFAR-10".
pub(super) fn relu6(z: f32) -> f32 {
    if z >= 6.0 { 6.0 } else { relu(z) }
}

/// `z` if `z > 0`, else `slope * z`. Maas et al. 2013.
///
/// A slope of 0 is relu, as in TensorFlow: `0 * -inf` would be NaN.
pub(super) fn leaky_relu(z: f32, slope: f32) -> f32 {
    if slope == 0.0 {
        relu(z)
    } else if z > 0.0 {
        z
    } else {
        flushed(slope * z)
    }
}

/// `z` if `z > 0`, else `alpha * (e^z - 1)`. Clevert et al. 2016 (arXiv:1511.07289).
///
/// As in Keras the power is rounded before the 1 is taken off, so the answers near 0 are multiples of 2^-24.
pub(super) fn elu(z: f32, alpha: f32) -> f32 {
    if z > 0.0 { z } else { flushed(alpha * (exponential(z) - 1.0)) }
}

/// `scale * z` if `z > 0`, else `scale * alpha * (e^z - 1)`. Klambauer et al. 2017 (arXiv:1706.02515).
pub(super) fn selu(z: f32) -> f32 {
    flushed(if z > 0.0 { SELU_SCALE * z } else { SELU_SCALE_ALPHA * (exponential(z) - 1.0) })
}

/// `max(0, z) + alpha * (e^(min(0, z) / alpha) - 1)`. Barron 2017 (arXiv:1704.07483).
pub(super) fn celu(z: f32, alpha: f32) -> f32 {
    if z > 0.0 { z } else { flushed(alpha * (exponential(z / alpha) - 1.0)) }
}

/// `z * P(X <= z)` for a standard normal X, as `0.5 z (1 + erf(z / sqrt 2))`. Hendrycks & Gimpel 2016 (arXiv:1606.08415).
///
/// `1 + erf` is rounded to float32 as in Keras: left of -3 only a few digits survive it, and left of -5.5 the answer is 0.
pub(super) fn gelu(z: f32) -> f32 {
    let share = 1.0 + erf(f64::from(z) / SQRT_2) as f32;
    flushed(0.5 * z * share)
}

/// `0.5 z (1 + tanh(sqrt(2 / pi) (z + 0.044715 z^3)))`: `gelu(approximate=True)` of Keras. Same paper, section 2.
pub(super) fn gelu_tanh(z: f32) -> f32 {
    let x = f64::from(z);
    let inner = (FRAC_2_SQRT_PI / SQRT_2) * (x + 0.044_715 * x * x * x);
    flushed(0.5 * z * (1.0 + inner.tanh() as f32))
}

/// `z * sigmoid(z)`. Elfwing et al. 2018; Ramachandran et al. 2017 (arXiv:1710.05941), who named it swish.
pub(super) fn silu(z: f32) -> f32 {
    flushed(z * sigmoid(z))
}

/// `ln(1 + e^z)`. Dugas et al. 2001.
///
/// Beyond 13.94 on either side it is `z` or `e^z`, as in TensorFlow (`softplus_op.h`): the rest is below rounding.
pub(super) fn softplus(z: f32) -> f32 {
    /// Minus `ln(2^-23) + 2`.
    const FAR: f32 = 13.942_385;
    if z > FAR {
        z
    } else if z < -FAR {
        exponential(z)
    } else {
        rounded(f64::from(z).exp().ln_1p())
    }
}

/// `z / (1 + |z|)`. Turian et al. 2009. Infinity over infinity is NaN, as in Keras.
pub(super) fn softsign(z: f32) -> f32 {
    flushed(z / (1.0 + z.abs()))
}

/// `1 / (1 + e^-z)`.
pub(super) fn sigmoid(z: f32) -> f32 {
    rounded(1.0 / (1.0 + (-f64::from(z)).exp()))
}

/// `relu6(z + 3) / 6`: Keras 3 (`keras/src/backend/tensorflow/nn.py`), `PyTorch`. `predict` multiplies by the rounded 1/6.
pub(super) fn hard_sigmoid(z: f32) -> f32 {
    flushed(relu6(z + 3.0) * SIXTH)
}

/// `min(max(0, 0.2 z + 0.5), 1)`: Keras 1 and 2 (`keras/backend.py`), still the gate of old recurrent layers.
pub(super) fn hard_sigmoid_keras2(z: f32) -> f32 {
    flushed((0.2 * z + 0.5).clamp(0.0, 1.0))
}

/// `z * hard_sigmoid(z)`. Howard et al. 2019 (arXiv:1905.02244). `predict` takes the sixth of z first.
pub(super) fn hard_silu(z: f32) -> f32 {
    flushed(z * SIXTH * relu6(z + 3.0))
}

/// `(e^z - e^-z) / (e^z + e^-z)`.
pub(super) fn tanh(z: f32) -> f32 {
    rounded(f64::from(z).tanh())
}

/// `z - tanh(z)`; the tanh is rounded first, as in Keras, so near 0 only few digits are left.
pub(super) fn tanh_shrink(z: f32) -> f32 {
    flushed(z - tanh(z))
}

/// `min(max(-1, z), 1)`. Collobert 2004.
pub(super) fn hard_tanh(z: f32) -> f32 {
    z.clamp(-1.0, 1.0)
}

/// `min(max(0, z), 1)`: `satlin` of MATLAB's Deep Learning Toolbox.
pub(super) fn satlin(z: f32) -> f32 {
    // A comparison lets NaN through; `-0` becomes 0.
    if z > 1.0 { 1.0 } else { relu(z) }
}

/// 1 right of 0, `low` left of 0, `at_zero` at 0 (of either sign). Rosenblatt 1958; `hardlim` and `hardlims` of MATLAB,
/// `numpy.heaviside`, `numpy.sign`. NaN stays NaN, as in NumPy.
pub(super) fn step(z: f32, low: f32, at_zero: f32) -> f32 {
    if z > 0.0 {
        1.0
    } else if z < 0.0 {
        low
    } else if z == 0.0 {
        at_zero
    } else {
        z
    }
}

/// `z` if `|z| > threshold`, else 0; NaN is not above the threshold, so it becomes 0 as in Keras.
pub(super) fn hard_shrink(z: f32, threshold: f32) -> f32 {
    if z.abs() > threshold { z } else { 0.0 }
}

/// `z` moved towards 0 by `threshold`, and 0 in between; NaN becomes 0 as in Keras.
pub(super) fn soft_shrink(z: f32, threshold: f32) -> f32 {
    if z > threshold {
        flushed(z - threshold)
    } else if z < -threshold {
        flushed(z + threshold)
    } else {
        0.0
    }
}

/// `z` if `z > threshold`, else `value`; NaN becomes `value` as in Keras.
pub(super) fn threshold(z: f32, threshold: f32, value: f32) -> f32 {
    if z > threshold { z } else { value }
}

/// `ln(sigmoid(z)) = -softplus(-z)`.
pub(super) fn log_sigmoid(z: f32) -> f32 {
    -softplus(-z)
}

/// `e^z`.
pub(super) fn exponential(z: f32) -> f32 {
    rounded(f64::from(z).exp())
}

/// `z * tanh(softplus(z))`. Misra 2019 (arXiv:1908.08681).
///
/// As `predict` computes it: `tanh(ln y) = (y^2 - 1) / (y^2 + 1)` with `y = 1 + e^z` in float32, which loses the digits of
/// a small `e^z`. At -14.75 that gives -5.276e-6 where the exact value and `model(x)` are -5.782e-6, and left of -17 it gives
/// 0. The absolute difference stays below 2e-6.
pub(super) fn mish(z: f32) -> f32 {
    // The fraction is 1 from 9 on; beyond 44 the square would overflow.
    if z > 20.0 {
        return z;
    }
    let base = 1.0 + exponential(z);
    let square = base * base;
    flushed(z * ((square - 1.0) / (square + 1.0)))
}

/// `(z + sqrt(z^2 + b)) / 2`. Barron 2021 (arXiv:2112.11687).
///
/// In float32 steps as in Keras: for a large negative z the two terms cancel, and `z^2` overflows beyond 1.8e19.
pub(super) fn squareplus(z: f32, b: f32) -> f32 {
    // Not `f32::midpoint`, which adds in float64 and so rounds once less.
    flushed(0.5 * (z + (z * z + b).sqrt()))
}

/// 0 up to -1, `(z + 1)^2 / 4` up to 1, then `z`. Keras `sparse_plus`.
pub(super) fn sparse_plus(z: f32) -> f32 {
    if z <= -1.0 {
        0.0
    } else if z < 1.0 {
        flushed(0.25 * (z + 1.0) * (z + 1.0))
    } else {
        z
    }
}

/// `min(max(0, (z + 1) / 2), 1)`: the slope of `sparse_plus`.
pub(super) fn sparse_sigmoid(z: f32) -> f32 {
    if z <= -1.0 {
        0.0
    } else if z >= 1.0 {
        1.0
    } else {
        0.5 * (z + 1.0)
    }
}

/// The error function, to about 1e-15.
///
/// The series `2/sqrt(pi) e^(-x^2) (x + 2x^3/3 + 4x^5/15 + ...)` (Abramowitz & Stegun 7.1.6) has terms of one sign only, so
/// nothing cancels. Beyond 6 the answer is 1 in float64.
pub fn erf(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x.abs() > 6.0 {
        return 1.0_f64.copysign(x);
    }
    let (mut term, mut sum) = (x, x);
    let mut odd = 1.0;
    // At |x| = 6 the terms grow up to the 36th and are below rounding at the 150th.
    for _ in 0..200 {
        odd += 2.0;
        term *= 2.0 * x * x / odd;
        sum += term;
    }
    FRAC_2_SQRT_PI * (-x * x).exp() * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_function_agrees_with_the_printed_table() {
        // Abramowitz & Stegun 1964, table 7.1 (10 decimals) and 7.2.
        let table = [
            (0.0, 0.0),
            (0.1, 0.112_462_916_0),
            (0.5, 0.520_499_877_8),
            (1.0, 0.842_700_792_9),
            (1.5, 0.966_105_146_5),
            (2.0, 0.995_322_265_0),
            (3.0, 0.999_977_909_5),
        ];
        for (x, printed) in table {
            assert!((erf(x) - printed).abs() < 5.1e-11, "erf({x}) = {}", erf(x));
            assert!((erf(-x) + printed).abs() < 5.1e-11, "erf(-{x}) = {}", erf(-x));
        }
        assert!((erf(6.0) - 1.0).abs() < 1e-14 && erf(f64::INFINITY) == 1.0);
    }
}
