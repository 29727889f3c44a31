//! A solution as text for the terminal: a line for each action, columns aligned.

use super::{Asked, Block, Heading, Line, Shared, Solution, Style, Together, Unit, Work, beside, table::Table};
use crate::{
    network::{
        Action, Activation,
        number::{self, Digits, bracketed},
    },
    pass::{Address, address::Of},
    plain::{cells, pad, plain},
    words::{explain, lists},
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
    if values.len() > MOST_ON_A_LINE { explain::numbers(values.len(), shown) } else { shown }
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
            None => self.line(&explain::by_hand(input, &solution.model)),
            Some(asked) => self.asked(asked, &input, &solution.model),
        }
        for mistake in &solution.mistakes {
            self.line(&explain::mistake(mistake));
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
            None => self.result(&Address::outputs().to_string(), &solution.output),
            Some(asked) => {
                self.result(&asked.address.to_string(), &asked.values);
                if !asked.depends_on.is_empty() {
                    let names: Vec<String> = asked.depends_on.iter().map(ToString::to_string).collect();
                    self.line(&explain::depends_on(lists::and(&names)));
                }
            }
        }
        if let (Digits::Fixed(decimals), false) = (self.decimals, solution.blocks.is_empty()) {
            self.line(&explain::digits(decimals));
        }
    }

    fn asked(&mut self, asked: &Asked, input: &str, model: &str) {
        self.line(&explain::value(&asked.address, input, model));
        if let Some(other) = &asked.same_as {
            self.line(&explain::another_name(&asked.address, other));
        }
        match &asked.address.of {
            Of::Input => self.line(&explain::given()),
            Of::Kernel(_) | Of::Bias(_) => self.line(&explain::trained()),
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
        self.line(&format!("  {}", explain::unit_gives(&unit.address, unit.unit)));
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

    /// One line for each product: address, input, weight, product, running sum. A sum that the printed numbers do not
    /// give at its last
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
        let sum_label = explain::sum();
        for (i, (name, (sign, mark))) in names.iter().zip(signs).enumerate() {
            if let Some(between) = unit.left_out.as_ref().filter(|_| i == cut) {
                self.line(&format!("    {}", explain::more_products(between.len())));
            }
            let label = if i == 0 { sum_label.clone() } else { pad("", cells(&sum_label)) };
            let (x, w, p, sum) = (&xs[i], &ws[i], &ps[i], &sums[i]);
            self.line(&format!("    {}  {x} × {w} {sign} {p}   {label} {mark} {sum}", pad(name, width)));
        }
        if let Some(Line { action, .. }) = products.last() {
            self.line(&format!("    wx = {}", self.decimals.inline(action.after())));
        }
    }

    fn together(&mut self, together: &Together) {
        let Together { layer, activation, units, shared, .. } = together;
        self.line(&format!("  {}", explain::all_together(activation, *units, layer)));
        let table = Table::new(together, self.decimals);
        let Table { texts, shared: common, between_sign, after_sign, .. } = &table;
        let [first, second] = common;
        let (explanation, between): (Vec<String>, String) = match *shared {
            Shared::Powers { .. } => {
                let largest = bracketed(first.clone());
                let powers = explain::powers(&largest, between_sign);
                let share = match activation {
                    Activation::LogSoftmax => explain::log_share(largest, after_sign),
                    _ => explain::share(after_sign),
                };
                (vec![powers, explain::all_powers(second), share], explain::column_power())
            }
            Shared::Threshold(_) => (vec![explain::tau(first), explain::above_tau(after_sign)], "z - tau".to_owned()),
            Shared::Nothing => (vec![explain::gate(units / 2, after_sign)], Activation::Sigmoid.name()),
        };
        for line in explanation {
            self.line(&format!("    {line}"));
        }
        self.rows(together, texts, ["z", &between, "a"]);
    }

    fn rows(&mut self, together: &Together, texts: &[[String; 3]], headings: [&str; 3]) {
        let names: Vec<String> = together.rows.iter().map(|row| row.address.to_string()).collect();
        let width = names.iter().map(|name| cells(name)).max().unwrap_or(0);
        let columns: [Vec<String>; 3] = std::array::from_fn(|i| {
            let texts = by_their_points(&texts.iter().map(|row| row[i].clone()).collect::<Vec<_>>());
            let most = texts.first().map_or(0, String::len).max(cells(headings[i]));
            let texts = [headings[i].to_owned()].into_iter().chain(texts);
            texts.map(|text| format!("{}{text}", pad("", most.saturating_sub(cells(&text))))).collect()
        });
        let row = |name: &str, i: usize| {
            format!("    {}  {}  {}  {}", pad(name, width), columns[0][i], columns[1][i], columns[2][i])
        };
        self.line(&row("", 0));
        for (i, name) in names.iter().enumerate() {
            if let Some(cut) = together.left_out.as_ref().filter(|cut| cut.start == i) {
                self.line(&format!("    {}", explain::more(cut.len())));
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
