//! Names of activations: written as Keras writes them, read as people write them.

use std::{fmt, str::FromStr};

use super::Activation;
use crate::words::activation;

/// The text does not name an activation.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ActivationError {
    /// No activation has this name.
    #[error("{}", match near.as_slice() {
        [] => activation::unknown(name),
        [only] => activation::unknown_near(name, only),
        [near @ .., last] => activation::unknown_near_several(last, name, near.join(", ")),
    })]
    Unknown {
        /// The name as given.
        name: String,
        /// The nearest names, in backquotes, the nearest first; empty if none is near.
        near: Vec<String>,
    },
    /// The name is known, but the content of its brackets cannot be used.
    #[error("{}", activation::unreadable(example, fault, text))]
    Parameters {
        /// The text as given.
        text: String,
        /// What is wrong with it.
        fault: String,
        /// A text that can be read.
        example: String,
    },
}

/// Other names in use: Keras' aliases, older names, and what files say for "no activation".
const ALIASES: &[(&str, Activation)] = &[
    ("none", Activation::Linear),
    ("null", Activation::Linear),
    ("identity", Activation::Linear),
    ("swish", Activation::Silu),
    ("hard_swish", Activation::HardSilu),
    ("exp", Activation::Exponential),
    // scikit-learn, R, MATLAB, FANN, textbooks
    ("logistic", Activation::Sigmoid),
    ("logsig", Activation::Sigmoid),
    ("expit", Activation::Sigmoid),
    ("tansig", Activation::Tanh),
    ("purelin", Activation::Linear),
    ("lin", Activation::Linear),
    ("poslin", Activation::Relu),
    ("satlins", Activation::HardTanh),
    ("elliotsig", Activation::Softsign),
    ("hardlim", Activation::Step { at_zero: 1.0 }),
    ("heaviside", Activation::Step { at_zero: 1.0 }),
    ("binary_step", Activation::Step { at_zero: 1.0 }),
    ("unit_step", Activation::Step { at_zero: 1.0 }),
    ("hardlims", Activation::Sign { at_zero: 1.0 }),
    ("bipolar_step", Activation::Sign { at_zero: 1.0 }),
    ("sgn", Activation::Sign { at_zero: 0.0 }),
    ("signum", Activation::Sign { at_zero: 0.0 }),
];

impl Activation {
    /// Keras' name of the function, without parameters.
    fn base_name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Relu => "relu",
            Self::Relu6 => "relu6",
            Self::LeakyRelu { .. } => "leaky_relu",
            Self::Elu { .. } => "elu",
            Self::Selu => "selu",
            Self::Celu { .. } => "celu",
            Self::Gelu => "gelu",
            Self::GeluTanh => "gelu_tanh",
            Self::Silu => "silu",
            Self::Softplus => "softplus",
            Self::Softsign => "softsign",
            Self::Sigmoid | Self::SlopedSigmoid { .. } => "sigmoid",
            Self::HardSigmoid => "hard_sigmoid",
            Self::HardSigmoidKeras2 => "hard_sigmoid_keras2",
            Self::HardSilu => "hard_silu",
            Self::Tanh | Self::SlopedTanh { .. } => "tanh",
            Self::TanhShrink => "tanh_shrink",
            Self::HardTanh => "hard_tanh",
            Self::Satlin => "satlin",
            Self::Step { .. } => "step",
            Self::Sign { .. } => "sign",
            Self::HardShrink { .. } => "hard_shrink",
            Self::SoftShrink { .. } => "soft_shrink",
            Self::Threshold { .. } => "threshold",
            Self::Softmax => "softmax",
            Self::LogSoftmax => "log_softmax",
            Self::LogSigmoid => "log_sigmoid",
            Self::Exponential => "exponential",
            Self::Mish => "mish",
            Self::Squareplus { .. } => "squareplus",
            Self::SparsePlus => "sparse_plus",
            Self::SparseSigmoid => "sparse_sigmoid",
            Self::Sparsemax => "sparsemax",
            Self::Glu => "glu",
        }
    }

    /// The parameters in Keras' order: every name each one goes by, and its value.
    fn parameters(self) -> Vec<(&'static [&'static str], f32)> {
        match self {
            Self::LeakyRelu { slope } => vec![(&["negative_slope", "slope", "alpha"], slope)],
            Self::Elu { alpha } | Self::Celu { alpha } => vec![(&["alpha"], alpha)],
            Self::HardShrink { threshold } | Self::SoftShrink { threshold } => {
                vec![(&["threshold"], threshold)]
            }
            Self::Threshold { threshold, value } => {
                vec![(&["threshold"], threshold), (&["value", "default_value"], value)]
            }
            Self::Squareplus { b } => vec![(&["b"], b)],
            Self::Step { at_zero } | Self::Sign { at_zero } => vec![(&["at_zero", "zero", "x2", "values"], at_zero)],
            Self::SlopedSigmoid { slope } => vec![(&["slope", "steepness", "beta", "gain", "k"], slope)],
            Self::SlopedTanh { slope, gain } => vec![(&["slope", "steepness", "beta", "k"], slope), (&["gain"], gain)],
            _ => Vec::new(),
        }
    }

    /// The form of it that has parameters, where the plain one has none: `sigmoid(4.9)` and `tanh(0.5)` have a slope.
    fn with_slope(self) -> Self {
        match self {
            Self::Sigmoid => Self::SlopedSigmoid { slope: 1.0 },
            Self::Tanh => Self::SlopedTanh { slope: 1.0, gain: 1.0 },
            other => other,
        }
    }

    /// The plain form of it, where its parameters change nothing.
    fn plain(self) -> Self {
        match self {
            Self::SlopedSigmoid { slope: 1.0 } => Self::Sigmoid,
            Self::SlopedTanh { slope: 1.0, gain: 1.0 } => Self::Tanh,
            other => other,
        }
    }

    /// The same activation with one parameter changed; itself where there is no such parameter.
    fn with_parameter(self, index: usize, to: f32) -> Self {
        match (self, index) {
            (Self::LeakyRelu { .. }, 0) => Self::LeakyRelu { slope: to },
            (Self::Elu { .. }, 0) => Self::Elu { alpha: to },
            (Self::Celu { .. }, 0) => Self::Celu { alpha: to },
            (Self::HardShrink { .. }, 0) => Self::HardShrink { threshold: to },
            (Self::SoftShrink { .. }, 0) => Self::SoftShrink { threshold: to },
            (Self::Threshold { value, .. }, 0) => Self::Threshold { threshold: to, value },
            (Self::Threshold { threshold, .. }, 1) => Self::Threshold { threshold, value: to },
            (Self::Squareplus { .. }, 0) => Self::Squareplus { b: to },
            (Self::Step { .. }, 0) => Self::Step { at_zero: to },
            (Self::Sign { .. }, 0) => Self::Sign { at_zero: to },
            (Self::SlopedSigmoid { .. }, 0) => Self::SlopedSigmoid { slope: to },
            (Self::SlopedTanh { gain, .. }, 0) => Self::SlopedTanh { slope: to, gain },
            (Self::SlopedTanh { slope, .. }, 1) => Self::SlopedTanh { slope, gain: to },
            _ => self,
        }
    }

    /// Keras' name, with the parameters in brackets when they are not the defaults: `leaky_relu`, `leaky_relu(0.01)`.
    ///
    /// `threshold` has no defaults, so its parameters are always there. The name reads back as the same activation.
    pub fn name(self) -> String {
        if Self::ALL.contains(&self) && !matches!(self, Self::Threshold { .. }) {
            return self.base_name().to_owned();
        }
        self.full_name()
    }

    /// The name with all its parameters, defaults too.
    fn full_name(self) -> String {
        let values: Vec<String> = self.parameters().iter().map(|(_, value)| value.to_string()).collect();
        match values.as_slice() {
            [] => self.base_name().to_owned(),
            values => format!("{}({})", self.base_name(), values.join(", ")),
        }
    }
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name())
    }
}

impl FromStr for Activation {
    type Err = ActivationError;

    /// Reads `relu`, `Leaky-ReLU`, `keras.activations.swish`, `leaky_relu(0.01)`, `elu(alpha=0.5)` or `sigmoid(slope=4.9)`;
    /// `none` is linear.
    fn from_str(text: &str) -> Result<Self, ActivationError> {
        let text = text.trim();
        let (name, brackets) = match text.split_once('(') {
            Some((name, rest)) => (name.trim_end(), Some(rest)),
            None => (text, None),
        };
        let known = find(name).ok_or_else(|| ActivationError::Unknown { name: name.to_owned(), near: near(name) })?;
        let refuse =
            |fault: String| ActivationError::Parameters { text: text.to_owned(), fault, example: known.full_name() };
        let Some(brackets) = brackets else {
            return match known {
                Self::Threshold { .. } => Err(refuse(activation::no_defaults())),
                _ => Ok(known),
            };
        };
        let Some(inside) = brackets.strip_suffix(')') else {
            return Err(refuse(activation::bracket_missing()));
        };
        let given: Vec<&str> = match inside.trim() {
            "" => Vec::new(),
            inside => inside.split(',').map(str::trim).collect(),
        };
        let known = if given.is_empty() { known } else { known.with_slope() };
        let needed = known.parameters().len();
        if given.len() > needed || (given.len() < needed && matches!(known, Self::Threshold { .. })) {
            return Err(refuse(activation::other_count(given.len(), needed)));
        }
        let mut made = known;
        let mut seen = vec![false; needed];
        for (position, argument) in given.into_iter().enumerate() {
            let (index, value) = match argument.split_once('=') {
                None => (Some(position), argument),
                Some((key, value)) => {
                    (known.parameters().iter().position(|(keys, _)| keys.contains(&key.trim())), value)
                }
            };
            let index = index.ok_or_else(|| refuse(activation::no_parameter(argument)))?;
            if std::mem::replace(&mut seen[index], true) {
                return Err(refuse(activation::repeated(argument)));
            }
            let number = value.trim().parse().ok().filter(|number: &f32| number.is_finite());
            let number = number.ok_or_else(|| refuse(activation::not_finite(value.trim())))?;
            made = made.with_parameter(index, number);
        }
        Ok(made.plain())
    }
}

/// The activation of this name, whatever its case, with `-`, a space or nothing for `_`, and after any module path.
fn find(name: &str) -> Option<Activation> {
    let name = name.rsplit('.').next().unwrap_or(name);
    // `LeakyReLU`, `leaky-relu` and `leaky_relu` are one name.
    let letters = |text: &str| text.to_lowercase().replace(['-', ' ', '_'], "");
    let name = letters(name);
    let canonical = Activation::ALL.iter().copied().find(|a| letters(a.base_name()) == name);
    canonical.or_else(|| ALIASES.iter().find(|(alias, _)| letters(alias) == name).map(|&(_, a)| a))
}

/// The names nearest to an unknown one, in backquotes.
fn near(name: &str) -> Vec<String> {
    /// Jaro-Winkler similarity below this looks arbitrary to a reader.
    const NEAR: f64 = 0.75;
    let name = name.to_lowercase();
    let names = Activation::ALL.iter().map(|a| a.base_name()).chain(ALIASES.iter().map(|&(alias, _)| alias));
    let mut near: Vec<(f64, &str)> = names.map(|known| (strsim::jaro_winkler(&name, known), known)).collect();
    near.retain(|(similarity, _)| *similarity >= NEAR);
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.iter().take(3).map(|(_, known)| format!("`{known}`")).collect()
}

#[cfg(test)]
mod tests;
