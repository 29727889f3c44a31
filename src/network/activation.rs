//! Activations: what a layer does with its weighted sums `z` to get its outputs `a`.
//!
//! Every activation of Keras 3 is here, plus the hard sigmoid of Keras 2 and the tanh form of gelu. Float32 in, float32
//! out. [`Activation::of`] takes one number and [`Activation::apply`] a vector; the formulas with their sources are in
//! `activation/scalar.rs` and `activation/vector.rs`. NaN and infinities are legal values and go where Keras sends them;
//! nothing panics.
//!
//! ```
//! use byhand::network::activation::Activation;
//!
//! // relu lets positive numbers through and stops the others.
//! assert_eq!(Activation::Relu.apply(&[-2.0, 0.0, 6.0604663]), [0.0, 0.0, 6.0604663]);
//! // tanh and sigmoid squeeze all numbers into a short range.
//! assert_eq!(Activation::Tanh.of(-0.1), Some(-0.099667996));
//! assert_eq!(Activation::Sigmoid.of(0.0), Some(0.5));
//! assert_eq!(Activation::Sigmoid.of(-88.0), Some(0.0)); // 6e-39 is a denormal; TensorFlow flushes it to 0
//! // softmax makes shares of a whole; each one depends on all the inputs.
//! assert_eq!(Activation::Softmax.apply(&[1.0, 1.0]), [0.5, 0.5]);
//! assert_eq!(Activation::Softmax.of(1.0), None);
//! // glu: the second half says how much of the first half passes.
//! assert_eq!(Activation::Glu.apply(&[8.0, 6.0, 0.0, 100.0]), [4.0, 6.0]);
//! // Names are Keras' names.
//! let leaky: Activation = "leaky_relu(0.01)".parse()?;
//! assert_eq!(leaky.of(-100.0), Some(-1.0));
//! assert_eq!(leaky.to_string(), "leaky_relu(0.01)");
//! # Ok::<(), byhand::network::activation::ActivationError>(())
//! ```

mod exact;
mod name;
mod scalar;
mod slope;
mod vector;
mod words;

pub use name::ActivationError;
pub use scalar::erf;

/// An activation function with its parameters.
///
/// The default values are those of Keras 3's *functions* (`keras.activations.*`); a few Keras *layers* have others
/// (`LeakyReLU` has 0.3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Activation {
    /// `z` itself; also what a layer without activation does.
    Linear,
    /// `max(0, z)`.
    Relu,
    /// `min(max(0, z), 6)`.
    Relu6,
    /// `z` above 0, `slope * z` below.
    LeakyRelu {
        /// Keras calls it `negative_slope`; 0.2 by default.
        slope: f32,
    },
    /// `z` above 0, `alpha * (e^z - 1)` below.
    Elu {
        /// Minus the value far to the left; 1 by default.
        alpha: f32,
    },
    /// elu with fixed scales that keep the mean at 0 and the variance at 1 from layer to layer.
    Selu,
    /// `z` above 0, `alpha * (e^(z / alpha) - 1)` below; smooth for every alpha.
    Celu {
        /// Minus the value far to the left; 1 by default.
        alpha: f32,
    },
    /// `z` times the share of a normal distribution below z, exactly.
    Gelu,
    /// gelu by the formula with tanh: `gelu(x, approximate=True)` in Keras.
    GeluTanh,
    /// `z * sigmoid(z)`, also called swish.
    Silu,
    /// `ln(1 + e^z)`.
    Softplus,
    /// `z / (1 + |z|)`.
    Softsign,
    /// `1 / (1 + e^-z)`.
    Sigmoid,
    /// `relu6(z + 3) / 6`, the one of Keras 3.
    HardSigmoid,
    /// `min(max(0, 0.2 z + 0.5), 1)`, the one of Keras 1 and 2.
    HardSigmoidKeras2,
    /// `z * hard_sigmoid(z)`, also called hard swish.
    HardSilu,
    /// The hyperbolic tangent.
    Tanh,
    /// `z - tanh(z)`.
    TanhShrink,
    /// `min(max(-1, z), 1)`.
    HardTanh,
    /// `min(max(0, z), 1)`: MATLAB's `satlin`.
    Satlin,
    /// 1 where `z > 0`, 0 where `z < 0`; the perceptron's activation, also called `hardlim` or `heaviside`.
    Step {
        /// What a z of exactly 0 gives. 1 by default, the convention of perceptrons (`z >= 0` fires) and of MATLAB's
        /// `hardlim`; 0 and 0.5 are in use too.
        at_zero: f32,
    },
    /// 1 where `z > 0`, -1 where `z < 0`.
    Sign {
        /// What a z of exactly 0 gives. 0 by default, as in NumPy, PyTorch and TensorFlow; 1 is MATLAB's `hardlims`.
        at_zero: f32,
    },
    /// `sigmoid(slope * z)`: a sigmoid with another steepness, as scripts and evolved networks use it.
    SlopedSigmoid {
        /// What z is multiplied with first.
        slope: f32,
    },
    /// `gain * tanh(slope * z)`; `LeCun`'s has slope 2/3 and gain 1.7159.
    SlopedTanh {
        /// What z is multiplied with first.
        slope: f32,
        /// What the tanh is multiplied with.
        gain: f32,
    },
    /// `z` where `|z| > threshold`, else 0.
    HardShrink {
        /// 0.5 by default.
        threshold: f32,
    },
    /// `z` moved towards 0 by `threshold`.
    SoftShrink {
        /// 0.5 by default.
        threshold: f32,
    },
    /// `z` where `z > threshold`, else `value`. Keras has no defaults for these.
    Threshold {
        /// What `z` must exceed.
        threshold: f32,
        /// What comes out otherwise.
        value: f32,
    },
    /// `e^z_i / sum of e^z_j`.
    Softmax,
    /// `ln(softmax(z))`.
    LogSoftmax,
    /// `ln(sigmoid(z))`.
    LogSigmoid,
    /// `e^z`.
    Exponential,
    /// `z * tanh(softplus(z))`.
    Mish,
    /// `(z + sqrt(z^2 + b)) / 2`.
    Squareplus {
        /// How round the bend is; 4 by default.
        b: f32,
    },
    /// 0 up to -1, `(z + 1)^2 / 4` up to 1, then `z`.
    SparsePlus,
    /// `min(max(0, (z + 1) / 2), 1)`.
    SparseSigmoid,
    /// The nearest point with outputs that are not negative and sum to 1.
    Sparsemax,
    /// The first half of the vector times the sigmoid of the second half.
    Glu,
}

impl Activation {
    /// Every activation with its default parameters, in teaching order: the everyday ones, the bends, the S-curves, the
    /// shrinkers, the rare ones, and last those that look at the whole vector.
    ///
    /// `threshold` has no defaults in Keras; here it has 1 and 0. A sigmoid or tanh with a slope of its own is not
    /// listed: with slope 1 it is the plain one.
    pub const ALL: &[Self] = &[
        Self::Linear,
        Self::Relu,
        Self::Sigmoid,
        Self::Tanh,
        Self::Softmax,
        Self::LeakyRelu { slope: 0.2 },
        Self::Relu6,
        Self::Elu { alpha: 1.0 },
        Self::Selu,
        Self::Celu { alpha: 1.0 },
        Self::Softplus,
        Self::Silu,
        Self::Gelu,
        Self::GeluTanh,
        Self::Mish,
        Self::Squareplus { b: 4.0 },
        Self::SparsePlus,
        Self::Exponential,
        Self::Softsign,
        Self::HardSigmoid,
        Self::HardSigmoidKeras2,
        Self::HardSilu,
        Self::HardTanh,
        Self::Satlin,
        Self::Step { at_zero: 1.0 },
        Self::Sign { at_zero: 0.0 },
        Self::SparseSigmoid,
        Self::LogSigmoid,
        Self::TanhShrink,
        Self::SoftShrink { threshold: 0.5 },
        Self::HardShrink { threshold: 0.5 },
        Self::Threshold { threshold: 1.0, value: 0.0 },
        Self::LogSoftmax,
        Self::Sparsemax,
        Self::Glu,
    ];

    /// The activation of one number; `None` for softmax, `log_softmax`, sparsemax and glu, which need the whole vector.
    pub fn of(self, z: f32) -> Option<f32> {
        Some(match self {
            Self::Linear => z,
            Self::Relu => scalar::relu(z),
            Self::Relu6 => scalar::relu6(z),
            Self::LeakyRelu { slope } => scalar::leaky_relu(z, slope),
            Self::Elu { alpha } => scalar::elu(z, alpha),
            Self::Selu => scalar::selu(z),
            Self::Celu { alpha } => scalar::celu(z, alpha),
            Self::Gelu => scalar::gelu(z),
            Self::GeluTanh => scalar::gelu_tanh(z),
            Self::Silu => scalar::silu(z),
            Self::Softplus => scalar::softplus(z),
            Self::Softsign => scalar::softsign(z),
            Self::Sigmoid => scalar::sigmoid(z),
            Self::HardSigmoid => scalar::hard_sigmoid(z),
            Self::HardSigmoidKeras2 => scalar::hard_sigmoid_keras2(z),
            Self::HardSilu => scalar::hard_silu(z),
            Self::Tanh => scalar::tanh(z),
            Self::TanhShrink => scalar::tanh_shrink(z),
            Self::HardTanh => scalar::hard_tanh(z),
            Self::Satlin => scalar::satlin(z),
            Self::Step { at_zero } => scalar::step(z, 0.0, at_zero),
            Self::Sign { at_zero } => scalar::step(z, -1.0, at_zero),
            Self::SlopedSigmoid { slope } => scalar::sigmoid(slope * z),
            Self::SlopedTanh { slope, gain } => scalar::flushed(gain * scalar::tanh(slope * z)),
            Self::HardShrink { threshold } => scalar::hard_shrink(z, threshold),
            Self::SoftShrink { threshold } => scalar::soft_shrink(z, threshold),
            Self::Threshold { threshold, value } => scalar::threshold(z, threshold, value),
            Self::LogSigmoid => scalar::log_sigmoid(z),
            Self::Exponential => scalar::exponential(z),
            Self::Mish => scalar::mish(z),
            Self::Squareplus { b } => scalar::squareplus(z, b),
            Self::SparsePlus => scalar::sparse_plus(z),
            Self::SparseSigmoid => scalar::sparse_sigmoid(z),
            Self::Softmax | Self::LogSoftmax | Self::Sparsemax | Self::Glu => return None,
        })
    }

    /// Whether it is one of those that every course begins with, or a usual variant of one.
    pub fn is_everyday(self) -> bool {
        matches!(
            self,
            Self::Linear
                | Self::Relu
                | Self::LeakyRelu { .. }
                | Self::Sigmoid
                | Self::Tanh
                | Self::Softmax
                | Self::HardSigmoid
                | Self::HardSigmoidKeras2
                | Self::Gelu
                | Self::GeluTanh
                | Self::Silu
                | Self::Elu { .. }
        )
    }

    /// Whether each output depends on its own input only.
    pub fn is_elementwise(self) -> bool {
        !matches!(self, Self::Softmax | Self::LogSoftmax | Self::Sparsemax | Self::Glu)
    }

    /// The activation of a vector: the last axis of a tensor, one row at a time.
    ///
    /// As many outputs as inputs, but for glu, which has half as many; a glu of odd length leaves its last input out
    /// ([`outputs`](Self::outputs) says whether the length is right).
    pub fn apply(self, z: &[f32]) -> Vec<f32> {
        match self {
            Self::Softmax => vector::softmax(z),
            Self::LogSoftmax => vector::log_softmax(z),
            Self::Sparsemax => vector::sparsemax(z),
            Self::Glu => vector::glu(z),
            _ => z.iter().filter_map(|&z| self.of(z)).collect(),
        }
    }

    /// How many outputs a vector of `units` numbers has; `None` when its length does not fit (glu needs an even one).
    pub fn outputs(self, units: usize) -> Option<usize> {
        match self {
            Self::Glu => units.is_multiple_of(2).then_some(units / 2),
            _ => Some(units),
        }
    }

    /// Between which values everything lies that it gives; infinite where it has no bound.
    pub fn bounds(self) -> (f32, f32) {
        const ALL: f32 = f32::INFINITY;
        match self {
            Self::Relu | Self::Softplus | Self::Exponential | Self::Squareplus { .. } | Self::SparsePlus => (0.0, ALL),
            Self::Relu6 => (0.0, 6.0),
            Self::Sigmoid
            | Self::HardSigmoid
            | Self::HardSigmoidKeras2
            | Self::SparseSigmoid
            | Self::SlopedSigmoid { .. }
            | Self::Satlin
            | Self::Softmax
            | Self::Sparsemax => (0.0, 1.0),
            Self::Step { at_zero } => (at_zero.min(0.0), at_zero.max(1.0)),
            Self::Sign { at_zero } => (at_zero.min(-1.0), at_zero.max(1.0)),
            Self::Tanh | Self::HardTanh | Self::Softsign => (-1.0, 1.0),
            Self::SlopedTanh { gain, .. } => (-gain.abs(), gain.abs()),
            Self::LogSigmoid | Self::LogSoftmax => (-ALL, 0.0),
            _ => (-ALL, ALL),
        }
    }

    /// The places on the z axis where the curve has a corner or a jump, from left to right; empty for a smooth curve and
    /// where there is no curve. They depend on the parameters.
    pub fn knots(self) -> Vec<f32> {
        match self {
            Self::Relu | Self::Selu | Self::Step { .. } | Self::Sign { .. } => vec![0.0],
            Self::Satlin => vec![0.0, 1.0],
            Self::LeakyRelu { slope } if slope != 1.0 => vec![0.0],
            // With alpha 1 both sides have slope 1 at 0.
            Self::Elu { alpha } if alpha != 1.0 => vec![0.0],
            Self::Relu6 => vec![0.0, 6.0],
            Self::HardSigmoid | Self::HardSilu => vec![-3.0, 3.0],
            Self::HardSigmoidKeras2 => vec![-2.5, 2.5],
            Self::HardTanh | Self::SparseSigmoid => vec![-1.0, 1.0],
            Self::HardShrink { threshold } | Self::SoftShrink { threshold } if threshold > 0.0 => {
                vec![-threshold, threshold]
            }
            Self::Threshold { threshold, .. } => vec![threshold],
            _ => Vec::new(),
        }
    }
}
