//! One action as a calculation on one line, whatever block of the solution it stands in.

use super::{Row, Shared, Together};
use crate::{
    network::{
        Action, Activation, Operator, Role,
        number::{Digits, Line, line},
    },
    words::explain,
};

/// What is computed on one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Work {
    /// A step of the pass.
    Action(Action),
    /// One output of an activation that uses all units together.
    Share {
        /// Which activation.
        activation: Activation,
        /// What all units share.
        shared: Shared,
        /// What goes in.
        before: f32,
        /// What is computed in between: the power, or the sigmoid of the partner (glu).
        between: f32,
        /// What comes out.
        after: f32,
    },
}

/// What lines of two ways to compute the same value have in common.
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

/// An action as an equation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The left side of the equation: `4.88993 + 1.17054`.
    pub calculation: String,
    /// `=`, or `≈` where float32 rounds and no number of digits makes it equal.
    pub sign: &'static str,
    /// What comes out.
    pub result: String,
}

impl From<&super::Line> for Work {
    fn from(line: &super::Line) -> Self {
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

    /// The action as an equation that is true as it is written: `4.88993 + 1.17054 = 6.0605`.
    pub fn written(self, digits: Digits, style: Style) -> Written {
        let (line, calculation) = self.line(digits, style);
        Written { calculation, sign: style.sign(&line), result: line.result }
    }

    /// The same with fewer digits of the result, where float32 rounds: always true.
    pub fn rounded(self, digits: Digits, style: Style) -> Written {
        let (line, calculation) = self.line(digits, style);
        if line.holds {
            return Written { calculation, sign: style.sign(&line), result: line.result };
        }
        let decimals = line.result.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let fewer = (0..decimals).rev().map(|decimals| self.line(Digits::Fixed(decimals), style));
        let (line, calculation) = fewer.into_iter().find(|(line, _)| line.holds).unwrap_or((line, calculation));
        Written { calculation, sign: style.sign(&line), result: line.result }
    }

    /// The numbers of the equation, and its left side.
    fn line(self, digits: Digits, style: Style) -> (Line, String) {
        let write = |operands: &[f32], function: &dyn Fn(&[f64]) -> f64| {
            let operands: Vec<f64> = operands.iter().map(|&operand| operand.into()).collect();
            line(&operands, self.result(), digits, function)
        };
        match self {
            Self::Action(Action::Multiply { input: 0, x, w, .. }) => {
                let line = write(&[x, w], &|n| n[0] * n[1]);
                let text = format!("{} {} {}", line.first(0), style.times(), line.operand(1));
                (line, text)
            }
            Self::Action(Action::Multiply { x, w, before, .. }) => {
                let line = write(&[before, x, w], &|n| n[0] + n[1] * n[2]);
                let text = format!("{} + {} {} {}", line.first(0), line.operand(1), style.times(), line.operand(2));
                (line, text)
            }
            Self::Action(Action::Combine { operator, operand, role, times, before, .. }) => {
                let line = write(&[before, operand], &|n| operator.exact(n[0], f64::from(times) * n[1]));
                let sign =
                    if operator == Operator::Multiply { style.times().into() } else { operator.sign().to_string() };
                // The bias is recognised by its place; other operands are named.
                let role = if role == Role::Bias { String::new() } else { style.word(&format!("{} ", role.says())) };
                let role = if times > 1 { format!("{times} {} {role}", style.times()) } else { role };
                let text = format!("{} {sign} {role}{}", line.first(0), line.operand(1));
                (line, text)
            }
            Self::Action(Action::Argmax { before, .. }) => {
                let line = write(&[before], &|_| f64::from(self.result()));
                let text = style.word(&explain::index_of_largest(line.first(0)));
                (line, text)
            }
            Self::Action(Action::Activate { activation, before, .. }) => {
                let line = write(&[before], &|n| activation.exact(n[0]).unwrap_or(f64::NAN));
                let text = format!("{}({})", style.function(&activation.to_string()), line.first(0));
                (line, text)
            }
            Self::Share { activation, shared, before, between, .. } => match shared {
                Shared::Powers { largest, sum } if activation == Activation::LogSoftmax => {
                    let line = write(&[before, largest, sum], &|n| n[0] - n[1] - n[2].ln());
                    let ln = style.function("ln");
                    let text = format!("{} - {} - {ln}({})", line.first(0), line.operand(1), line.first(2));
                    (line, text)
                }
                Shared::Powers { sum, .. } => {
                    let line = write(&[between, sum], &|n| n[0] / n[1]);
                    let text = format!("{} / {}", line.first(0), line.first(1));
                    (line, text)
                }
                Shared::Threshold(threshold) => {
                    let line = write(&[before, threshold], &|n| (n[0] - n[1]).max(0.0));
                    let max = style.function("max");
                    let text = format!("{max}(0, {} - {})", line.first(0), line.operand(1));
                    (line, text)
                }
                Shared::Nothing => {
                    let line = write(&[before, between], &|n| n[0] * n[1]);
                    let text = format!("{} {} {}", line.first(0), style.times(), line.operand(1));
                    (line, text)
                }
            },
        }
    }
}

impl Written {
    /// The whole equation.
    pub fn text(&self) -> String {
        format!("{} {} {}", self.calculation, self.sign, self.result)
    }
}

impl Style {
    fn sign(self, line: &Line) -> &'static str {
        match self {
            Self::Latex if !line.holds => r"\approx",
            _ => line.sign(),
        }
    }

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
