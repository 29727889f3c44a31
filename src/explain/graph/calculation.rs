//! One action as an equation that is true as it is printed.

use super::Line;
use crate::{
    equation::{Action, Function},
    network::number::{self, Digits, bracketed, line},
};

/// An action as an equation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Calculation {
    /// What stands left of the sign: `4.88993 + 1.17054`.
    pub(super) left: String,
    /// Whether the printed numbers give the printed result; if not, float32 rounds.
    pub(super) holds: bool,
    /// What comes out.
    pub(super) result: String,
}

impl Calculation {
    /// The whole equation.
    pub(super) fn text(&self) -> String {
        format!("{} {} {}", self.left, if self.holds { "=" } else { "≈" }, self.result)
    }
}

/// How signs and functions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// For the terminal, tables and Markdown.
    Plain,
    /// For a formula in LaTeX.
    Latex,
}

impl Style {
    fn times(self) -> &'static str {
        if self == Self::Plain { "×" } else { r"\times" }
    }

    fn called(self, name: &str, inside: &str) -> String {
        match self {
            Self::Plain => format!("{name}({inside})"),
            Self::Latex => format!(r"\operatorname{{{}}}({inside})", name.replace('_', r"\_")),
        }
    }
}

/// The action of a line. The first term of a sum begins it: `is_first`.
pub(super) fn calculation(of: &Line, is_first: bool, digits: Digits, style: Style) -> Calculation {
    let times = style.times();
    match &of.action {
        Action::Term { factors, before, after, .. } => {
            let numbers: Vec<f64> = factors.iter().map(|factor| f64::from(factor.value)).collect();
            let operands: Vec<f64> = if is_first { numbers } else { [&[f64::from(*before)], &numbers[..]].concat() };
            let skip = usize::from(!is_first);
            let written = line(&operands, *after, digits, |n| {
                let product: f64 = n[skip..].iter().product();
                if is_first { product } else { n[0] + product }
            });
            let factors: Vec<String> = (skip..operands.len())
                .map(|i| if i == 0 { written.first(0).to_owned() } else { written.operand(i) })
                .collect();
            let product = factors.join(&format!(" {times} "));
            let left = if is_first { product } else { format!("{} + {product}", written.first(0)) };
            of_line(&written, left)
        }
        Action::Compare { with, before, after } => {
            let operands: Vec<f64> = before.iter().chain([&with.value]).map(|&number| number.into()).collect();
            let written = line(&operands, *after, digits, |_| f64::from(*after));
            let left = match before {
                None => written.first(0).to_owned(),
                Some(_) => style.called("max", &format!("{}, {}", written.first(0), written.first(1))),
            };
            of_line(&written, left)
        }
        Action::Apply { operands, before, after } => {
            let function = of.function.unwrap_or(Function::Copy);
            let numbers: Vec<f64> = match (before, operands.last()) {
                (Some(before), Some(last)) => vec![(*before).into(), last.value.into()],
                _ => operands.iter().map(|operand| operand.value.into()).collect(),
            };
            let written = line(&numbers, *after, digits, |n| function.exact(n));
            let (first, second) = (written.first(0).to_owned(), written.operand(1));
            let left = match function {
                Function::Add if numbers.len() > 1 => format!("{first} + {second}"),
                Function::Subtract if numbers.len() > 1 => format!("{first} - {second}"),
                Function::Multiply if numbers.len() > 1 => format!("{first} {times} {second}"),
                Function::Divide | Function::Share if numbers.len() > 1 => format!("{first} / {second}"),
                Function::Square => {
                    format!("{}²", bracketed(first)).replace('²', if style == Style::Plain { "²" } else { "^2" })
                }
                Function::AtLeast => format!("({first} {} {second})", if style == Style::Plain { "≥" } else { r"\ge" }),
                Function::Above => format!("({first} > {second})"),
                Function::Differs => format!("({first} {} {second})", if style == Style::Plain { "≠" } else { r"\ne" }),
                Function::Copy | Function::Add | Function::Subtract | Function::Multiply | Function::Divide => first,
                _ => style.called(&name(function), &written.operands.join(", ")),
            };
            of_line(&written, left)
        }
    }
}

fn of_line(written: &number::Line, left: String) -> Calculation {
    Calculation { left, holds: written.holds, result: written.result.clone() }
}

/// The name of a function that is called.
fn name(function: Function) -> String {
    match function {
        Function::Maximum => "max".to_owned(),
        Function::Minimum => "min".to_owned(),
        Function::SquareRoot => "sqrt".to_owned(),
        Function::Logarithm => "ln".to_owned(),
        Function::Select => "where".to_owned(),
        Function::Negate => "negative".to_owned(),
        Function::Absolute => "abs".to_owned(),
        Function::Sign => "sign".to_owned(),
        Function::Equals => "equal".to_owned(),
        Function::Round { .. } => "round".to_owned(),
        Function::Erf => "erf".to_owned(),
        Function::Slope(activation) => format!("{activation}'"),
        Function::Share => "share".to_owned(),
        Function::Activation(activation) => activation.to_string(),
        _ => String::new(),
    }
}
