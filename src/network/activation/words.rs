//! The formula of each activation, for the screen and for worked solutions.

use super::Activation;
use crate::words::activation;

impl Activation {
    /// The formula with `z` for the input; parameters by their names.
    pub fn formula(self) -> String {
        let formula = match self {
            Self::Linear => "z",
            Self::Relu => "max(0, z)",
            Self::Relu6 => "min(max(0, z), 6)",
            Self::LeakyRelu { .. } => return activation::leaky_relu(),
            Self::Elu { .. } => return activation::elu(),
            Self::Selu => return activation::selu(),
            Self::Celu { .. } => return activation::celu(),
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
            Self::Step { .. } => return activation::step(),
            Self::Sign { .. } => return activation::sign(),
            Self::SlopedSigmoid { .. } => return activation::sloped_sigmoid(),
            Self::SlopedTanh { .. } => return activation::sloped_tanh(),
            Self::HardShrink { .. } => return activation::hard_shrink(),
            Self::SoftShrink { .. } => return activation::soft_shrink(),
            Self::Threshold { .. } => return activation::threshold(),
            Self::Softmax => "e^zᵢ / Σ e^zⱼ",
            Self::LogSoftmax => "zᵢ - ln(Σ e^zⱼ)",
            Self::LogSigmoid => "-ln(1 + e^-z)",
            Self::Exponential => "e^z",
            Self::Mish => "z × tanh(ln(1 + e^z))",
            Self::Squareplus { .. } => "(z + √(z² + b)) / 2",
            Self::SparsePlus => return activation::sparse_plus(),
            Self::SparseSigmoid => "min(max(0, (z + 1) / 2), 1)",
            Self::Sparsemax => return activation::sparsemax(),
            Self::Glu => return activation::glu(),
        };
        formula.to_owned()
    }
}
