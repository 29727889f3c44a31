//! One action as a calculation on one line, whatever block of the solution it stands in.

use super::{Decimals, Line, Row, Shared, Together};
use crate::network::{Action, Activation, Role};

/// What is reckoned on one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Work {
    /// A step of the pass.
    Action(Action),
    /// One output of an activation that looks at all units together.
    Share {
        /// Which activation.
        activation: Activation,
        /// What all units share.
        shared: Shared,
        /// What goes in.
        before: f32,
        /// What is reckoned in between: the power, or the sigmoid of the partner (glu).
        between: f32,
        /// What comes out.
        after: f32,
    },
}

/// What lines of two ways to work the same thing out have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Product(usize),
    Joins(Role),
    Activation,
    Argmax,
}

/// How signs, words and functions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `0.9 × scale 2`, for the terminal, for tables and for Markdown.
    Plain,
    /// `0.9 \times \text{scale } 2`.
    Latex,
}

impl From<&Line> for Work {
    fn from(line: &Line) -> Self {
        Self::Action(line.action)
    }
}

impl Work {
    pub(super) fn share(together: &Together, row: &Row) -> Self {
        let Row { before, between, after, .. } = *row;
        Self::Share { activation: together.activation, shared: together.shared, before, between, after }
    }

    /// The number that it leaves behind.
    pub fn result(self) -> f32 {
        match self {
            Self::Action(action) => action.after(),
            Self::Share { after, .. } => after,
        }
    }

    pub(super) fn is_product(self) -> bool {
        matches!(self.kind(), Kind::Product(_))
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Action(Action::Multiply { input, .. }) => Kind::Product(input),
            Self::Action(Action::Combine { role, .. }) => Kind::Joins(role),
            Self::Action(Action::Argmax { .. }) => Kind::Argmax,
            Self::Action(Action::Activate { .. }) | Self::Share { .. } => Kind::Activation,
        }
    }

    /// What stands left of the last `=`: `4.8899 + 1.1705`.
    pub fn calculation(self, decimals: Decimals, style: Style) -> String {
        let number = |value| decimals.inline(value);
        let operand = |value| decimals.operand(value);
        match self {
            Self::Action(Action::Multiply { input, x, w, before, .. }) => {
                let (times, w) = (style.times(), operand(w));
                if input == 0 {
                    return format!("{} {times} {w}", number(x));
                }
                format!("{} + {} {times} {w}", number(before), operand(x))
            }
            Self::Action(Action::Combine { operator, operand: by, role, before, .. }) => {
                let sign = match operator.sign() {
                    '×' => style.times().to_owned(),
                    sign => sign.to_string(),
                };
                // The bias is known by its place; what else joins is named.
                let role = if role == Role::Bias { String::new() } else { style.word(&format!("{} ", role.name())) };
                format!("{} {sign} {role}{}", number(before), operand(by))
            }
            Self::Action(Action::Argmax { before, .. }) => {
                format!("{}{}", style.word("index of the largest, "), number(before))
            }
            Self::Action(Action::Activate { activation, before, .. }) => {
                format!("{}({})", style.function(&activation.to_string()), number(before))
            }
            Self::Share { activation, shared, before, between, .. } => match shared {
                Shared::Powers { largest, sum } if activation == Activation::LogSoftmax => {
                    format!("{} - {} - {}({})", number(before), operand(largest), style.function("ln"), number(sum))
                }
                Shared::Powers { sum, .. } => format!("{} / {}", number(between), number(sum)),
                Shared::Threshold(threshold) => {
                    format!("{}(0, {} - {})", style.function("max"), number(before), operand(threshold))
                }
                Shared::Nothing => format!("{} {} {}", number(before), style.times(), number(between)),
            },
        }
    }
}

impl Style {
    fn times(self) -> &'static str {
        match self {
            Self::Plain => "×",
            Self::Latex => r"\times",
        }
    }

    fn word(self, word: &str) -> String {
        match self {
            Self::Plain => word.to_owned(),
            Self::Latex => format!(r"\text{{{word}}}"),
        }
    }

    fn function(self, name: &str) -> String {
        match self {
            Self::Plain => name.to_owned(),
            Self::Latex => format!(r"\operatorname{{{}}}", name.replace('_', r"\_")),
        }
    }
}
