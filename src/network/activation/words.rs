//! The formula of each activation, for the screen and for worked solutions.

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
}
