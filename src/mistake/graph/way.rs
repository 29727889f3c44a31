//! In which way a mistake is made, and how that is written.

use std::fmt;

use crate::network::Activation;

/// What a kind needs to know besides the part.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Way {
    /// Nothing.
    #[default]
    Plain,
    /// At which stage, or with which weights: `shown`, `recurrent_bias`.
    At(String),
    /// Which activation at which stage: `tanh`, `f=hard_sigmoid`. Stage `a` and a layer's only activation go without a name.
    Activation(Option<String>, Activation),
    /// One of a few words: `front`.
    Word(&'static str),
    /// A number: `0.001`.
    Number(f32),
    /// A whole number: `2`.
    Whole(usize),
    /// In which order parts are taken, by their names: `i,o,f,g`.
    Order(Vec<usize>, &'static [&'static str]),
    /// Which number of which weights: `kernel[0,3]`.
    Weight {
        /// The weights.
        weight: String,
        /// Which of them, in C order.
        flat: usize,
        /// The same, as an index.
        index: String,
    },
}

impl Way {
    /// How often a kind is made in this way, against its other ways (only ratios matter).
    pub fn often(&self) -> f64 {
        match self {
            Self::Activation(_, activation) if !activation.is_everyday() => 0.1,
            // An order of gates that no program is known for.
            Self::Order(order, _) if !crate::mistake::graph::recurrent::is_used(order) => 0.1,
            _ => 1.0,
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain => Ok(()),
            Self::At(stage) => f.write_str(stage),
            Self::Activation(None, activation) => activation.fmt(f),
            Self::Activation(Some(stage), activation) => write!(f, "{stage}={activation}"),
            Self::Word(word) => f.write_str(word),
            Self::Number(number) => number.fmt(f),
            Self::Whole(number) => number.fmt(f),
            Self::Order(order, names) => {
                let names: Vec<&str> = order.iter().filter_map(|&i| names.get(i).copied()).collect();
                f.write_str(&names.join(","))
            }
            Self::Weight { weight, index, .. } => write!(f, "{weight}[{index}]"),
        }
    }
}
