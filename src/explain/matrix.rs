//! A chain of layers as LaTeX in the form in which people write it: `tanh(W^T x + b)` with every number, then the column of results.
//!
//! The kernel stands as frameworks keep it, inputs by units, and is transposed. What is done to the sums comes from the recipe, so a
//! mistake shows as it was made.

use super::{latex::escaped, text::list};
use crate::{
    network::{
        Recipe,
        number::Digits,
        recipe::{Operator, Transform},
    },
    pass::Pass,
    plain::plain,
    words::explain,
};

/// Rows and columns of a matrix that are written; of more, half from each end.
const MOST: usize = 20;

/// The pass as LaTeX for a document that uses `amsmath`; then the pass with mistakes.
pub fn write(right: &Pass, wrong: Option<&Pass>, digits: Digits) -> String {
    let mut lines = vec![format!("% {}", explain::needs(r"\usepackage{amsmath}"))];
    lines.push(format!(r"\setcounter{{MaxMatrixCols}}{{{}}}", MOST + 1));
    let input = list(right.input(), Digits::Exact);
    lines.push(format!(r"\paragraph{{{}}}", escaped(&explain::title(input, right.network().name()))));
    layers(right, digits, &mut lines);
    if let Some(wrong) = wrong {
        for mistake in wrong.mistakes() {
            lines.push(format!(r"\paragraph{{{}}}", escaped(&explain::wrong_way_is(mistake.says(wrong.network())))));
        }
        layers(wrong, digits, &mut lines);
    }
    lines.iter().map(|line| plain(line).into_owned() + "\n").collect()
}

fn layers(pass: &Pass, digits: Digits, lines: &mut Vec<String>) {
    for (i, layer) in pass.network().layers().enumerate() {
        let (Some(recipe), Some(values)) = (pass.recipe(i), pass.values(i)) else { continue };
        let arrives = values.stage(crate::network::Stage::In).unwrap_or(&[]);
        let size = size(recipe);
        lines.push(format!("{{{size}"));
        lines.push(r"\begin{align*}".to_owned());
        lines.push(format!(r"\mathbf{{a}}_{{\text{{{}}}}}", escaped(&layer.name)));
        lines.push(format!(r"&= {} \\", worked(recipe, arrives, digits)));
        // The same with the sums added up, where something is done to them.
        if let Some((last, before)) = recipe.finish.split_last().filter(|(last, _)| last.activation().is_some()) {
            let activation = last.activation().map(|activation| activation.to_string()).unwrap_or_default();
            let sums = column(values.entering(before.len()), digits);
            lines.push(format!(r"&= {} {sums} \\", function(&activation)));
        }
        lines.push(format!("&= {}", column(values.a(), digits)));
        lines.push(r"\end{align*}".to_owned());
        lines.push("}".to_owned());
        if recipe.rounding.is_some() {
            lines.push(escaped(&explain::matrix_rounded()) + r"\par");
        }
    }
}

/// Wide matrices are smaller.
fn size(recipe: &Recipe) -> &'static str {
    match recipe.kernel.as_ref().map_or(1, |kernel| kernel.units()).min(MOST) {
        0..=5 => r"\normalsize",
        6..=8 => r"\footnotesize",
        9..=12 => r"\scriptsize",
        _ => r"\tiny",
    }
}

/// The layer as one expression.
fn worked(recipe: &Recipe, arrives: &[f32], digits: Digits) -> String {
    let mut text = if let Some(kernel) = &recipe.kernel {
        let rows: Vec<&[f32]> = (0..kernel.inputs()).map(|input| kernel.row(input)).collect();
        format!(r"{}^{{\mathsf{{T}}}} {}", matrix(&rows, digits), column(arrives, digits))
    } else {
        let order = recipe.order.as_ref();
        let ordered: Option<Vec<f32>> = order.map(|o| o.iter().filter_map(|&i| arrives.get(i).copied()).collect());
        column(ordered.as_deref().unwrap_or(arrives), digits)
    };
    // A product binds closer than a sum; anything else that was done needs brackets before the next.
    let mut is_sum = false;
    for finish in &recipe.finish {
        text = match &finish.transform {
            Transform::Combine { operator, operand, .. } => {
                let by = column(operand, digits);
                let (sign, adds) = match operator {
                    Operator::Add => ("+", true),
                    Operator::Subtract => ("-", true),
                    Operator::Multiply => (r"\odot", false),
                    Operator::Divide => (r"\oslash", false),
                };
                let left = if adds || !is_sum { text } else { format!(r"\left( {text} \right)") };
                is_sum = adds;
                format!("{left} {sign} {by}")
            }
            Transform::Itself { operator, .. } => {
                is_sum = true;
                format!(
                    r"\left( {text} \right) {} \left( {text} \right)",
                    operator.sign().to_string().replace('×', r"\odot")
                )
            }
            Transform::Activate(activation) => {
                is_sum = false;
                format!(r"{} \left( {text} \right)", function(&activation.to_string()))
            }
            Transform::Argmax => {
                is_sum = false;
                format!(r"\operatorname*{{argmax}} \left( {text} \right)")
            }
        };
    }
    text
}

/// The name of a function; `linear` is none.
fn function(name: &str) -> String {
    match name {
        "linear" => String::new(),
        "tanh" | "exp" => format!(r"\{name}"),
        name => format!(r"\operatorname{{{}}}", name.replace('_', r"\_")),
    }
}

/// A number with its digits; a power of ten as one writes it.
fn number(value: f32, digits: Digits) -> String {
    let text = digits.column(value);
    match text.split_once('e') {
        Some((number, power)) => {
            format!(
                r"{number} \times 10^{{{}}}",
                power.parse::<i32>().map_or_else(|_| power.to_owned(), |n| n.to_string())
            )
        }
        None if !value.is_finite() => format!(r"\text{{{text}}}"),
        None => text,
    }
}

fn column(values: &[f32], digits: Digits) -> String {
    let rows: Vec<&[f32]> = values.iter().map(std::slice::from_ref).collect();
    matrix(&rows, digits)
}

fn matrix(rows: &[&[f32]], digits: Digits) -> String {
    let width = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let line = |row: &&[f32]| cut(row, |value| number(*value, digits), r"\cdots").join(" & ");
    let dots = vec![r"\vdots"; width.min(MOST + 1)].join(" & ");
    let lines = cut(rows, line, &dots);
    format!(r"\begin{{bmatrix}} {} \end{{bmatrix}}", lines.join(r" \\ "))
}

/// The texts of all, or of the first and the last with `between`.
fn cut<T>(all: &[T], text: impl Fn(&T) -> String, between: &str) -> Vec<String> {
    if all.len() <= MOST {
        return all.iter().map(text).collect();
    }
    let (head, tail) = (&all[..MOST / 2], &all[all.len() - MOST / 2..]);
    head.iter().map(&text).chain([between.to_owned()]).chain(tail.iter().map(&text)).collect()
}
