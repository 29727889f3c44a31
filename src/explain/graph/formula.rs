//! An equation as a formula: `wx[r, c, f] = sum over i, j, k of in[r + i, c + j, k] × kernel[i, j, k, f]`.

use super::needed::can_be_outside;
use crate::equation::{
    Affine, ArrayId, Axis, Division, Equation, Function, Index, Outside, Program, Read, Rule, Which,
};
use crate::words;

/// The formula of one stage, in plain signs and in LaTeX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// The stage's own name.
    pub stage: String,
    /// In plain signs.
    pub plain: String,
    /// In LaTeX, without a surrounding environment.
    pub latex: String,
    /// What is read outside of an array, where that can happen: the array and the number.
    pub outside: Option<(String, String)>,
}

/// How formulas are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Latex,
}

/// The formula of an array that is computed.
pub fn formula(program: &Program, array: ArrayId) -> Option<Formula> {
    let equation = program.equation_of(array)?;
    let name = program.name(array);
    let (layer, stage) = name.rsplit_once('.').unwrap_or(("", name));
    let outside = equation.rule.reads().iter().find(|read| can_be_outside(program, equation, read));
    let outside = outside.and_then(|read| match read.outside {
        Outside::Value(value) => {
            Some((short(program, layer, read.array), crate::network::number::Digits::Exact.inline(value)))
        }
        Outside::Read(_) => None,
    });
    let write = |style| Writer { program, layer, equation, style }.equation(stage);
    Some(Formula { stage: stage.to_owned(), plain: write(Style::Plain), latex: write(Style::Latex), outside })
}

/// The name of an array as its own layer's formulas write it: what comes from elsewhere keeps its layer.
fn short(program: &Program, layer: &str, array: ArrayId) -> String {
    let name = program.name(array);
    match name.rsplit_once('.') {
        Some((own, stage)) if own == layer => stage.to_owned(),
        _ => name.to_owned(),
    }
}

struct Writer<'p> {
    program: &'p Program,
    layer: &'p str,
    equation: &'p Equation,
    style: Style,
}

impl Writer<'_> {
    fn equation(&self, stage: &str) -> String {
        let own: Vec<String> = (0..self.equation.shape.rank()).map(|axis| self.letter(Axis::Own(axis))).collect();
        let left = self.indexed(&self.name(stage), &own);
        format!("{left} = {}", self.rule())
    }

    fn rule(&self) -> String {
        let over = self.equation.rule.over().rank();
        let letters: Vec<String> = (0..over).map(|axis| self.letter(Axis::Over(axis))).collect();
        let letters = letters.join(", ");
        match &self.equation.rule {
            Rule::Sum { factors, .. } => {
                let factors: Vec<String> = factors.iter().map(|read| self.read(read)).collect();
                let product = factors.join(self.pick(" × ", r" \, "));
                match (over, self.style) {
                    (0, _) => product,
                    (_, Style::Plain) => words::worked::sum_over(letters, product),
                    (_, Style::Latex) => format!(r"\sum_{{{letters}}} {product}"),
                }
            }
            Rule::Extreme { of, which, .. } => {
                let of = self.read(of);
                let word = match which {
                    Which::Largest => "max",
                    Which::Smallest => "min",
                    Which::Argmax => "argmax",
                };
                match self.style {
                    Style::Plain => words::worked::extreme_over(letters, of, word),
                    Style::Latex => format!(r"\operatorname*{{{word}}}_{{{letters}}} {of}"),
                }
            }
            Rule::Map { function, of } => {
                let reads: Vec<String> = of.iter().map(|read| self.read(read)).collect();
                self.function(*function, &reads)
            }
        }
    }

    fn function(&self, function: Function, reads: &[String]) -> String {
        let joined = |sign: &str| reads.join(sign);
        let called = |name: &str| match self.style {
            Style::Plain => format!("{name}({})", reads.join(", ")),
            Style::Latex => format!(r"\operatorname{{{}}}({})", name.replace('_', r"\_"), reads.join(", ")),
        };
        match function {
            Function::Copy => joined(""),
            Function::Add => joined(" + "),
            Function::Subtract => joined(" - "),
            Function::Multiply => joined(self.pick(" × ", r" \, ")),
            Function::Divide | Function::Share => joined(" / "),
            Function::Negate => format!("-{}", joined("")),
            Function::Absolute => called("abs"),
            Function::Sign => called("sign"),
            Function::Slope(activation) => called(&format!("{activation}'")),
            Function::Equals => joined(" = "),
            Function::Maximum => called("max"),
            Function::Minimum => called("min"),
            Function::SquareRoot => called("sqrt"),
            Function::Square => format!("{}{}", joined(""), self.pick("²", "^2")),
            Function::Logarithm => called("ln"),
            Function::AtLeast => joined(self.pick(" ≥ ", r" \ge ")),
            Function::Above => joined(" > "),
            Function::Differs => joined(self.pick(" ≠ ", r" \ne ")),
            Function::Select => called("where"),
            Function::Round { .. } => called("round"),
            Function::Erf => called("erf"),
            Function::Activation(activation) => called(&activation.to_string()),
        }
    }

    fn read(&self, read: &Read) -> String {
        let name = self.name(&short(self.program, self.layer, read.array));
        let index: Vec<String> = read
            .index
            .iter()
            .map(|index| match index {
                Index::At(affine) => self.affine(affine),
                Index::Valued(read) => self.read(read),
            })
            .collect();
        let text = self.indexed(&name, &index);
        match &read.view {
            Some(view) if self.style == Style::Plain => words::worked::seen_as(text, view),
            _ => text,
        }
    }

    fn affine(&self, affine: &Affine) -> String {
        let mut text = String::new();
        for &(axis, by) in &affine.terms {
            let letter = self.letter(axis);
            let sign = match (text.is_empty(), by < 0) {
                (true, true) => "-",
                (true, false) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            };
            let times = if by.abs() == 1 { String::new() } else { by.abs().to_string() };
            text.extend([sign, &times, &letter]);
        }
        if text.is_empty() {
            text = affine.constant.to_string();
        } else if affine.constant != 0 {
            let sign = if affine.constant < 0 { "-" } else { "+" };
            text = format!("{text} {sign} {}", affine.constant.abs());
        }
        match (affine.divisor, affine.division, self.style) {
            (1, ..) => text,
            (by, Division::Exact, _) => format!("({text}) / {by}"),
            (by, Division::Floor, Style::Plain) => format!("({text}) // {by}"),
            (by, Division::Floor, Style::Latex) => format!(r"\lfloor ({text}) / {by} \rfloor"),
        }
    }

    /// The letter of an axis. A block that repeats has time first.
    fn letter(&self, axis: Axis) -> String {
        const OWN: [&[&str]; 6] =
            [&[], &["u"], &["t", "u"], &["r", "c", "f"], &["p", "r", "c", "f"], &["s", "p", "r", "c", "f"]];
        const OVER: [&str; 8] = ["i", "j", "k", "l", "m", "n", "o", "q"];
        match axis {
            Axis::Own(axis) => {
                let rank = self.equation.shape.rank();
                let letter = OWN.get(rank).and_then(|letters| letters.get(axis)).copied();
                letter.map_or_else(|| format!("a{axis}"), str::to_owned)
            }
            Axis::Over(axis) => OVER.get(axis).map_or_else(|| format!("b{axis}"), |letter| (*letter).to_owned()),
        }
    }

    fn indexed(&self, name: &str, index: &[String]) -> String {
        match (index, self.style) {
            ([], _) => name.to_owned(),
            (_, Style::Plain) => format!("{name}[{}]", index.join(", ")),
            (_, Style::Latex) => format!("{name}_{{{}}}", index.join(", ")),
        }
    }

    fn name(&self, name: &str) -> String {
        match self.style {
            Style::Plain => name.to_owned(),
            Style::Latex => format!(r"\mathit{{{}}}", name.replace('_', r"\_").replace('#', r"\#")),
        }
    }

    fn pick<'s>(&self, plain: &'s str, latex: &'s str) -> &'s str {
        if self.style == Style::Plain { plain } else { latex }
    }
}
