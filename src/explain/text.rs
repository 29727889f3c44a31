//! A solution as text for the terminal: a line an action, columns aligned.

use super::{Asked, Block, Heading, Line, Shared, Solution, Style, Together, Unit, Work, beside, table::Table};
use crate::{
    network::{
        Action, Activation,
        number::{self, Digits, bracketed},
    },
    pass::{Address, address::Of},
    plain::{cells, pad, plain},
};

/// Values of a list that are written on one line.
const MOST_ON_A_LINE: usize = 8;

/// The solution as lines of text. Nothing in it acts on a terminal, whatever the layers are called.
pub fn write(solution: &Solution, decimals: Digits) -> String {
    let mut writer = Writer { decimals, text: String::new() };
    writer.solution(solution);
    writer.text
}

/// A list on one line, in the way that `--input` reads; long ones are cut.
pub fn list(values: &[f32], decimals: Digits) -> String {
    let shown: Vec<String> = values.iter().take(MOST_ON_A_LINE).map(|&value| decimals.inline(value)).collect();
    let shown = shown.join(", ");
    if values.len() > MOST_ON_A_LINE { format!("{shown}, … ({} numbers)", values.len()) } else { shown }
}

/// Lines of text, with the numbers as they are wanted.
pub(super) struct Writer {
    pub(super) decimals: Digits,
    pub(super) text: String,
}

impl Writer {
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(plain(line).trim_end());
        self.text.push('\n');
    }

    fn solution(&mut self, solution: &Solution) {
        let input = list(&solution.input, Digits::Exact);
        match &solution.asked {
            None => self.line(&format!("{} for input {input}, worked out by hand", solution.model)),
            Some(asked) => self.asked(asked, &format!("{} for input {input}", solution.model)),
        }
        for mistake in &solution.mistakes {
            self.line(&format!("with a mistake: {mistake}"));
        }
        for block in &solution.blocks {
            self.line("");
            match block {
                Block::Layer(heading) => self.heading(heading),
                Block::Unit(unit) => self.unit(unit),
                Block::Together(together) => self.together(together),
                Block::LeftOut(left_out) => self.line(&format!("  {}", beside::left_out(left_out))),
            }
        }
        self.line("");
        match &solution.asked {
            None => self.result("output", &solution.output),
            Some(asked) => {
                self.result(&asked.address.to_string(), &asked.values);
                if !asked.stands_on.is_empty() {
                    self.line(&format!("It stands on {}.", listed(&asked.stands_on)));
                }
            }
        }
        if let (Digits::Fixed(decimals), false) = (self.decimals, solution.blocks.is_empty()) {
            let digits = counted(decimals, "decimal");
            self.line(&format!("Shown with at most {digits}, computed in float32; `--digits exact` shows all."));
        }
    }

    fn asked(&mut self, asked: &Asked, of: &str) {
        self.line(&format!("{} of {of}", asked.address));
        if let Some(other) = &asked.same_as {
            self.line(&format!("{} is another name of {other}", asked.address));
        }
        match &asked.address.of {
            Of::Input => self.line("It is given: nothing is computed."),
            Of::Kernel(_) | Of::Bias(_) => self.line("It was trained: nothing is computed."),
            _ => {}
        }
    }

    fn result(&mut self, name: &str, values: &[f32]) {
        let values = list(values, self.decimals);
        self.line(&format!("{name} = {values}"));
    }

    fn heading(&mut self, heading: &Heading) {
        self.line(&beside::heading(heading));
        for activation in heading.activations.iter().filter(|&&activation| activation != Activation::Linear) {
            self.line(&format!("  {activation}: {}", activation.formula()));
        }
    }

    fn unit(&mut self, unit: &Unit) {
        self.line(&format!("  unit {}: {}", unit.unit, unit.address));
        let products = unit.lines.iter().take_while(|line| line.from.is_some()).count();
        let (products, finishes) = unit.lines.split_at(products);
        match products {
            [] => {}
            [only] if unit.left_out.is_none() => self.equation(only),
            _ => self.products(products, unit),
        }
        for line in finishes {
            self.equation(line);
        }
    }

    /// One action: `z  = 4.88993 + 1.17054 = 6.0605`.
    fn equation(&mut self, line: &Line) {
        let text = Work::from(line).written(self.decimals, Style::Plain).text();
        self.line(&format!("    {:2} = {text}", beside::stage(&line.address)));
    }

    /// One product a line: address, input, weight, product, running sum. A sum that the printed numbers do not give at its last
    /// digit has a `≈` before it.
    fn products(&mut self, products: &[Line], unit: &Unit) {
        let mut names = Vec::with_capacity(products.len());
        let mut columns: [Vec<String>; 4] = Default::default();
        let mut signs: Vec<(&str, &str)> = Vec::with_capacity(products.len());
        let mut sum_before = 0.0;
        for line in products {
            let (Action::Multiply { x, w, product, after, .. }, Some(from)) = (line.action, &line.from) else {
                continue;
            };
            let written = number::line(&[x.into(), w.into()], product, self.decimals, |n| n[0] * n[1]);
            let sign = written.sign();
            let sum = self.decimals.inline(after);
            let read = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
            let adds_up = number::line::holds(sum_before + read(&written.result), &sum, after, self.decimals);
            sum_before = read(&sum);
            names.push(from.to_string());
            signs.push((sign, if adds_up { " " } else { "≈" }));
            let [x, w] = <[String; 2]>::try_from(written.operands).unwrap_or_default();
            for (column, text) in columns.iter_mut().zip([x, w, written.result, sum]) {
                column.push(text);
            }
        }
        let width = names.iter().map(|name| cells(name)).max().unwrap_or(0);
        let [xs, ws, ps, sums] = columns.map(|column| by_their_points(&column));
        let cut = unit.left_out.as_ref().map_or(usize::MAX, |cut| cut.start);
        for (i, (name, (sign, mark))) in names.iter().zip(signs).enumerate() {
            if let Some(between) = unit.left_out.as_ref().filter(|_| i == cut) {
                self.line(&format!("    … {} more products …", between.len()));
            }
            let label = if i == 0 { "sum" } else { "   " };
            let (x, w, p, sum) = (&xs[i], &ws[i], &ps[i], &sums[i]);
            self.line(&format!("    {}  {x} × {w} {sign} {p}   {label} {mark} {sum}", pad(name, width)));
        }
        if let Some(Line { action, .. }) = products.last() {
            self.line(&format!("    wx = {}", self.decimals.inline(action.after())));
        }
    }

    fn together(&mut self, together: &Together) {
        let Together { layer, activation, units, shared, .. } = together;
        self.line(&format!("  {activation} looks at all {} of {layer} together", counted(*units, "number")));
        let table = Table::new(together, self.decimals);
        let Table { texts, shared: common, between_sign, after_sign, .. } = &table;
        let [first, second] = common;
        let (explanation, headings): (Vec<String>, [&str; 3]) = match *shared {
            Shared::Powers { .. } => {
                let what = match activation {
                    Activation::LogSoftmax => format!("a {after_sign} z - {} - ln(sum)", bracketed(first.clone())),
                    _ => format!("a {after_sign} power / sum: a share of the whole, so all a add up to 1"),
                };
                let power = format!(
                    "power {between_sign} e^(z - {}): the largest z is taken away first, which keeps the powers small and no share changes",
                    bracketed(first.clone())
                );
                (vec![power, format!("sum of all powers = {second}"), what], ["z", "power", "a"])
            }
            Shared::Threshold(_) => {
                let tau = format!("tau = {first}: chosen so that all a add up to 1");
                let what = format!("a {after_sign} z - tau, or 0 where that is negative");
                (vec![tau, what], ["z", "z - tau", "a"])
            }
            Shared::Nothing => {
                let half = format!("a {after_sign} z × sigmoid of the z that stands {} places later", units / 2);
                (vec![half], ["z", "sigmoid", "a"])
            }
        };
        for line in explanation {
            self.line(&format!("    {line}"));
        }
        self.rows(together, texts, headings);
    }

    fn rows(&mut self, together: &Together, texts: &[[String; 3]], headings: [&str; 3]) {
        let names: Vec<String> = together.rows.iter().map(|row| row.address.to_string()).collect();
        let width = names.iter().map(|name| cells(name)).max().unwrap_or(0);
        let columns: [Vec<String>; 3] = std::array::from_fn(|i| {
            let texts = by_their_points(&texts.iter().map(|row| row[i].clone()).collect::<Vec<_>>());
            let most = texts.first().map_or(0, String::len).max(headings[i].len());
            [headings[i].to_owned()].into_iter().chain(texts).map(|text| format!("{text:>most$}")).collect()
        });
        let row = |name: &str, i: usize| {
            format!("    {}  {}  {}  {}", pad(name, width), columns[0][i], columns[1][i], columns[2][i])
        };
        self.line(&row("", 0));
        for (i, name) in names.iter().enumerate() {
            if let Some(cut) = together.left_out.as_ref().filter(|cut| cut.start == i) {
                self.line(&format!("    … {} more …", cut.len()));
            }
            self.line(&row(name, i + 1));
        }
    }
}

/// Texts of numbers, so that their points stand below each other, all of one width.
fn by_their_points(texts: &[String]) -> Vec<String> {
    let split = |text: &String| text.find(['.', 'e']).map_or(text.len(), |at| at);
    let left = texts.iter().map(split).max().unwrap_or(0);
    let right = texts.iter().map(|text| text.len() - split(text)).max().unwrap_or(0);
    let pad = |text: &String| {
        let at = split(text);
        format!("{:>left$}{:right$}", &text[..at], &text[at..])
    };
    texts.iter().map(pad).collect()
}

/// "1 unit", "16 units".
pub(super) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// "a, b and c".
fn listed(addresses: &[Address]) -> String {
    let names: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}
