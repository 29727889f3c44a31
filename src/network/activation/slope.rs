//! The slopes of the elementwise activations: how much `a` changes for a small change of `z`.
//!
//! Formulas as the frameworks' own backward passes: where an activation is written by its result, so is its slope
//! (`a (1 - a)` for a sigmoid), and a result that float32 rounds to exactly 1 has slope exactly 0. At a corner the slope is the
//! one from the left, as in TensorFlow and PyTorch: relu has slope 0 at 0. Sources: `tensorflow/core/kernels/relu_op_functor.h`,
//! `Eigen/src/SpecialFunctions`, `torch/csrc/autograd/derivatives.yaml`.

use std::f64::consts::{FRAC_2_SQRT_PI, SQRT_2};

use super::{
    Activation,
    scalar::{SELU_SCALE, SELU_SCALE_ALPHA, SIXTH, erf, exponential, rounded, sigmoid, softplus, tanh},
};

impl Activation {
    /// The slope at `z`, where the activation is `a`; `None` for those that look at a whole vector.
    ///
    /// ```
    /// use byhand::network::Activation;
    /// assert_eq!(Activation::Sigmoid.slope(0.0, 0.5), Some(0.25)); // 0.5 * (1 - 0.5)
    /// assert_eq!(Activation::Tanh.slope(9.0, 1.0), Some(0.0)); // 1 - 1^2
    /// assert_eq!(Activation::Relu.slope(0.0, 0.0), Some(0.0));
    /// ```
    pub fn slope(self, z: f32, a: f32) -> Option<f32> {
        let inside = |inside: bool, slope: f32| if inside { slope } else { 0.0 };
        Some(match self {
            Self::Linear => 1.0,
            Self::Relu => inside(z > 0.0, 1.0),
            Self::Relu6 => inside(z > 0.0 && z < 6.0, 1.0),
            Self::LeakyRelu { slope } => {
                if z > 0.0 {
                    1.0
                } else {
                    slope
                }
            }
            Self::Elu { alpha } => {
                if z > 0.0 {
                    1.0
                } else {
                    a + alpha
                }
            }
            Self::Selu => {
                if z > 0.0 {
                    SELU_SCALE
                } else {
                    a + SELU_SCALE_ALPHA
                }
            }
            Self::Celu { alpha } => {
                if z > 0.0 {
                    1.0
                } else {
                    exponential(z / alpha)
                }
            }
            Self::Gelu => {
                let z = f64::from(z);
                let density = (-z * z / 2.0).exp() * FRAC_2_SQRT_PI / (2.0 * SQRT_2);
                rounded(0.5 * (1.0 + erf(z / SQRT_2)) + z * density)
            }
            Self::GeluTanh => {
                let (z, c) = (f64::from(z), FRAC_2_SQRT_PI / SQRT_2);
                let t = (c * (z + 0.044_715 * z * z * z)).tanh();
                rounded(0.5 * (1.0 + t) + 0.5 * z * (1.0 - t * t) * c * (1.0 + 3.0 * 0.044_715 * z * z))
            }
            Self::Silu => {
                let s = sigmoid(z);
                s * (1.0 + z * (1.0 - s))
            }
            Self::Softplus => sigmoid(z),
            Self::Softsign => {
                let below = 1.0 + z.abs();
                1.0 / (below * below)
            }
            Self::Sigmoid => a * (1.0 - a),
            Self::HardSigmoid => inside(z > -3.0 && z < 3.0, SIXTH),
            Self::HardSigmoidKeras2 => inside(z > -2.5 && z < 2.5, 0.2),
            Self::HardSilu => {
                if z <= -3.0 {
                    0.0
                } else if z >= 3.0 {
                    1.0
                } else {
                    (2.0 * z + 3.0) * SIXTH
                }
            }
            Self::Tanh => 1.0 - a * a,
            Self::TanhShrink => {
                let t = tanh(z);
                t * t
            }
            Self::HardTanh => inside(z > -1.0 && z < 1.0, 1.0),
            Self::Satlin => inside(z > 0.0 && z < 1.0, 1.0),
            Self::Step { .. } | Self::Sign { .. } => 0.0,
            Self::SlopedSigmoid { slope } => slope * a * (1.0 - a),
            Self::SlopedTanh { slope, gain } => {
                let t = tanh(slope * z);
                gain * slope * (1.0 - t * t)
            }
            Self::HardShrink { threshold } | Self::SoftShrink { threshold } => inside(z.abs() > threshold, 1.0),
            Self::Threshold { threshold, .. } => inside(z > threshold, 1.0),
            Self::LogSigmoid => sigmoid(-z),
            Self::Exponential => a,
            Self::Mish => {
                let (s, t) = (sigmoid(z), tanh(softplus(z)));
                t + z * s * (1.0 - t * t)
            }
            Self::Squareplus { b } => 0.5 * (1.0 + z / (z * z + b).sqrt()),
            Self::SparsePlus => {
                if z <= -1.0 {
                    0.0
                } else if z < 1.0 {
                    0.5 * (z + 1.0)
                } else {
                    1.0
                }
            }
            Self::SparseSigmoid => inside(z > -1.0 && z < 1.0, 0.5),
            Self::Softmax | Self::LogSoftmax | Self::Sparsemax | Self::Glu => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slope of the float64 formula near z, by two values on either side.
    #[test]
    fn slopes_are_those_of_the_curve() {
        for &activation in Activation::ALL.iter().filter(|activation| activation.is_elementwise()) {
            for tenth in -58..=58_i32 {
                let z = tenth as f32 * 0.1 + 0.037;
                if activation.knots().iter().any(|knot| (knot - z).abs() < 0.02) {
                    continue;
                }
                let of = |z: f32| f64::from(activation.of(z).expect("one number"));
                let h = 0.015_625_f32;
                let seen = (of(z + h) - of(z - h)) / f64::from(2.0 * h);
                let slope = f64::from(activation.slope(z, activation.of(z).expect("one number")).expect("a slope"));
                // The third derivative and the rounding of float32 are left.
                assert!((slope - seen).abs() < 4e-4 * (1.0 + slope.abs()), "{activation} at {z}: {slope}, seen {seen}");
            }
        }
    }
}
