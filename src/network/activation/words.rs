//! Activations in words: the formula and the idea of each, for the screen and for worked solutions.

use super::Activation;

impl Activation {
    /// The formula with `z` for the input; parameters by their names.
    pub fn formula(self) -> &'static str {
        match self {
            Self::Linear => "z",
            Self::Relu => "max(0, z)",
            Self::Relu6 => "min(max(0, z), 6)",
            Self::LeakyRelu { .. } => "z if z > 0, else slope × z",
            Self::Elu { .. } => "z if z > 0, else alpha × (e^z - 1)",
            Self::Selu => "1.0507 × (z if z > 0, else 1.6733 × (e^z - 1))",
            Self::Celu { .. } => "z if z > 0, else alpha × (e^(z / alpha) - 1)",
            Self::Gelu => "z / 2 × (1 + erf(z / √2))",
            Self::GeluTanh => "z / 2 × (1 + tanh(√(2/π) × (z + 0.044715 z³)))",
            Self::Silu => "z / (1 + e^-z)",
            Self::Softplus => "ln(1 + e^z)",
            Self::Softsign => "z / (1 + |z|)",
            Self::Sigmoid => "1 / (1 + e^-z)",
            Self::HardSigmoid => "min(max(0, z + 3), 6) / 6",
            Self::HardSigmoidKeras2 => "min(max(0, 0.2 × z + 0.5), 1)",
            Self::HardSilu => "z × min(max(0, z + 3), 6) / 6",
            Self::Tanh => "(e^z - e^-z) / (e^z + e^-z)",
            Self::TanhShrink => "z - tanh(z)",
            Self::HardTanh => "min(max(-1, z), 1)",
            Self::Satlin => "min(max(0, z), 1)",
            Self::Step { .. } => "1 if z > 0, 0 if z < 0, at_zero if z = 0",
            Self::Sign { .. } => "1 if z > 0, -1 if z < 0, at_zero if z = 0",
            Self::SlopedSigmoid { .. } => "1 / (1 + e^-(slope × z))",
            Self::SlopedTanh { .. } => "gain × tanh(slope × z)",
            Self::HardShrink { .. } => "z if |z| > threshold, else 0",
            Self::SoftShrink { .. } => "sign(z) × max(0, |z| - threshold)",
            Self::Threshold { .. } => "z if z > threshold, else value",
            Self::Softmax => "e^zᵢ / Σ e^zⱼ",
            Self::LogSoftmax => "zᵢ - ln(Σ e^zⱼ)",
            Self::LogSigmoid => "-ln(1 + e^-z)",
            Self::Exponential => "e^z",
            Self::Mish => "z × tanh(ln(1 + e^z))",
            Self::Squareplus { .. } => "(z + √(z² + b)) / 2",
            Self::SparsePlus => "0 if z ≤ -1, (z + 1)² / 4 if z < 1, else z",
            Self::SparseSigmoid => "min(max(0, (z + 1) / 2), 1)",
            Self::Sparsemax => "max(0, zᵢ - tau), with tau such that the sum is 1",
            Self::Glu => "first half × sigmoid(second half)",
        }
    }

    /// What it does to a number, in one sentence for a beginner.
    pub fn idea(self) -> &'static str {
        match self {
            Self::Linear => "Passes every number on unchanged.",
            Self::Relu => "Lets positive numbers through and turns negative ones into 0.",
            Self::Relu6 => "Like relu, but nothing gets above 6.",
            Self::LeakyRelu { .. } => "Lets positive numbers through and shrinks negative ones instead of losing them.",
            Self::Elu { .. } => "Lets positive numbers through and bends negative ones towards -alpha.",
            Self::Selu => "An elu whose two fixed factors keep the numbers of a deep network from growing or fading.",
            Self::Celu { .. } => "An elu that bends smoothly whatever alpha is.",
            Self::Gelu => {
                "Multiplies a number by the chance that a random one is smaller, so small numbers fade out softly."
            }
            Self::GeluTanh => "Almost the same as gelu, by a formula that needs only tanh.",
            Self::Silu => "Multiplies a number by its own sigmoid: a relu with a soft dip left of 0.",
            Self::Softplus => "A relu with its corner rounded off: never negative, never quite 0.",
            Self::Softsign => "Squeezes every number between -1 and 1, more slowly than tanh.",
            Self::Sigmoid => "Squeezes every number between 0 and 1, so that it can be read as a probability.",
            Self::HardSigmoid => "A sigmoid made of three straight pieces: 0 up to -3, then a ramp, 1 from 3 on.",
            Self::HardSigmoidKeras2 => "The older hard sigmoid: 0 up to -2.5, then a ramp, 1 from 2.5 on.",
            Self::HardSilu => "Multiplies a number by its hard sigmoid: a silu without any power of e.",
            Self::Tanh => "Squeezes every number between -1 and 1 and keeps its sign.",
            Self::TanhShrink => "Takes the tanh away from a number, so that small ones almost vanish.",
            Self::HardTanh => "Cuts every number off at -1 and at 1.",
            Self::Satlin => "Cuts every number off at 0 and at 1.",
            Self::Step { .. } => {
                "Says only on which side of 0 a number is: 1 or 0. A perceptron gives 1 for exactly 0; step(0) gives 0."
            }
            Self::Sign { .. } => {
                "Keeps only the sign: 1 or -1. NumPy gives 0 for exactly 0; MATLAB's hardlims, sign(1), gives 1."
            }
            Self::SlopedSigmoid { .. } => "A sigmoid that rises more steeply or more gently than the usual one.",
            Self::SlopedTanh { .. } => {
                "A tanh that rises more steeply or more gently, or reaches further, than the usual one."
            }
            Self::HardShrink { .. } => "Turns numbers near 0 into 0 and leaves the others as they are.",
            Self::SoftShrink { .. } => "Moves every number towards 0 by the threshold and stops at 0.",
            Self::Threshold { .. } => "Keeps numbers above the threshold and replaces all others by one value.",
            Self::Softmax => "Turns a list of numbers into shares that sum to 1, the largest number getting the most.",
            Self::LogSoftmax => "The logarithm of softmax, which stays exact where a share is tiny.",
            Self::LogSigmoid => "The logarithm of sigmoid, which stays exact where the probability is tiny.",
            Self::Exponential => "Raises e to the number: always positive, and growing very fast.",
            Self::Mish => "A smooth relu with a soft dip left of 0, much like silu.",
            Self::Squareplus { .. } => "A relu with a rounded corner that needs only a square root.",
            Self::SparsePlus => "A relu with a rounded corner that is exactly 0 up to -1.",
            Self::SparseSigmoid => "A straight ramp from 0 at -1 to 1 at 1.",
            Self::Sparsemax => "Turns a list of numbers into shares that sum to 1, giving exactly 0 to the small ones.",
            Self::Glu => "Lets the second half of the numbers decide how much of the first half passes.",
        }
    }
}
