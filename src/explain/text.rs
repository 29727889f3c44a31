//! A solution as text for the terminal: a line an action, columns aligned.

use super::{Asked, Block, Decimals, Heading, Line, Row, Shared, Solution, Together, Unit, beside};
use crate::{
    network::{Action, Activation, Role},
    pass::{Address, address::Of},
    plain::{cells, pad, plain},
};

/// Values of a list that are written on one line.
const MOST_ON_A_LINE: usize = 8;

/// The solution as lines of text. Nothing in it acts on a terminal, whatever the layers are called.
pub fn write(solution: &Solution, decimals: Decimals) -> String {
    let mut writer = Writer { decimals, text: String::new() };
    writer.solution(solution);
    writer.text
}

/// A list on one line, in the way that `--input` reads; long ones are cut.
pub fn list(values: &[f32], decimals: Decimals) -> String {
    let shown: Vec<String> = values.iter().take(MOST_ON_A_LINE).map(|&value| decimals.inline(value)).collect();
    let shown = shown.join(", ");
    if values.len() > MOST_ON_A_LINE { format!("{shown}, … ({} numbers)", values.len()) } else { shown }
}

/// Lines of text, with the numbers as they are wanted.
pub(super) struct Writer {
    pub(super) decimals: Decimals,
    pub(super) text: String,
}

impl Writer {
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(plain(line).trim_end());
        self.text.push('\n');
    }

    fn solution(&mut self, solution: &Solution) {
        let input = list(&solution.input, Decimals::Exact);
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
        if let (Decimals::Fixed(decimals), false) = (self.decimals, solution.blocks.is_empty()) {
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
            [only] if unit.left_out.is_none() => self.only_product(only),
            _ => self.products(products, unit),
        }
        for line in finishes {
            self.finish(line);
        }
    }

    fn only_product(&mut self, line: &Line) {
        if let Action::Multiply { x, w, after, .. } = line.action {
            let (x, w) = (self.decimals.inline(x), self.decimals.operand(w));
            self.line(&format!("    wx = {x} × {w} = {}", self.decimals.inline(after)));
        }
    }

    /// One product a line: address, input, weight, product, running sum.
    fn products(&mut self, products: &[Line], unit: &Unit) {
        let mut rows: Vec<[String; 5]> = Vec::with_capacity(products.len());
        for line in products {
            let (Action::Multiply { x, w, product, after, .. }, Some(from)) = (line.action, &line.from) else {
                continue;
            };
            let column = |value| self.decimals.column(value);
            rows.push([from.to_string(), column(x), column(w), column(product), column(after)]);
        }
        let width: [usize; 5] = std::array::from_fn(|i| rows.iter().map(|row| cells(&row[i])).max().unwrap_or(0));
        let [names, xs, ws, ps, sums] = width;
        let cut = unit.left_out.as_ref().map_or(usize::MAX, |cut| cut.start);
        for (i, [name, x, w, product, sum]) in rows.iter().enumerate() {
            if let Some(between) = unit.left_out.as_ref().filter(|_| i == cut) {
                self.line(&format!("    … {} more products …", between.len()));
            }
            let label = if i == 0 { "sum" } else { "   " };
            self.line(&format!(
                "    {}  {x:>xs$} × {w:>ws$} = {product:>ps$}   {label} {sum:>sums$}",
                pad(name, names)
            ));
        }
        if let Some(Line { action, .. }) = products.last() {
            self.line(&format!("    wx = {}", self.decimals.inline(action.after())));
        }
    }

    fn finish(&mut self, line: &Line) {
        let name = match &line.address.of {
            Of::Stage(_, stage) => stage.name(),
            _ => "",
        };
        let text = match line.action {
            Action::Multiply { .. } => return,
            Action::Combine { operator, operand, role, before, after } => {
                let (before, operand) = (self.decimals.inline(before), self.decimals.operand(operand));
                // The bias is known by its place; what else joins is named.
                let role = if role == Role::Bias { String::new() } else { format!("{} ", role.name()) };
                format!("    {name:2} = {before} {} {role}{operand} = {}", operator.sign(), self.decimals.inline(after))
            }
            Action::Argmax { before, after } => {
                format!("    {name:2} = index of the largest, {} = {after}", self.decimals.inline(before))
            }
            Action::Activate { activation, before, after } => {
                let (before, after) = (self.decimals.inline(before), self.decimals.inline(after));
                format!("    {name:2} = {activation}({before}) = {after}")
            }
        };
        self.line(&text);
    }

    fn together(&mut self, together: &Together) {
        let Together { layer, activation, units, shared, .. } = together;
        self.line(&format!("  {activation} looks at all {} of {layer} together", counted(*units, "number")));
        let show = |value| self.decimals.inline(value);
        let (explanation, headings): (Vec<String>, [&str; 3]) = match *shared {
            Shared::Powers { largest, sum } => {
                let what = match activation {
                    Activation::LogSoftmax => {
                        format!("a = z - {} - ln(sum)", self.decimals.operand(largest))
                    }
                    _ => "a = power / sum: a share of the whole, so all a add up to 1".to_owned(),
                };
                let power = format!(
                    "power = e^(z - {}): the largest z is taken away first, which keeps the powers small and no share changes",
                    self.decimals.operand(largest)
                );
                (vec![power, format!("sum of all powers = {}", show(sum)), what], ["z", "power", "a"])
            }
            Shared::Threshold(threshold) => {
                let tau = format!("tau = {}: chosen so that all a add up to 1", show(threshold));
                (vec![tau, "a = z - tau, or 0 where that is negative".to_owned()], ["z", "z - tau", "a"])
            }
            Shared::Nothing => {
                let half = format!("a = z × sigmoid of the z that stands {} places later", units / 2);
                (vec![half], ["z", "sigmoid", "a"])
            }
        };
        for line in explanation {
            self.line(&format!("    {line}"));
        }
        self.rows(together, headings);
    }

    fn rows(&mut self, together: &Together, headings: [&str; 3]) {
        let column = |value| self.decimals.column(value);
        let texts = |row: &Row| [row.address.to_string(), column(row.before), column(row.between), column(row.after)];
        let rows: Vec<[String; 4]> = together.rows.iter().map(texts).collect();
        let heads = ["", headings[0], headings[1], headings[2]];
        let width: [usize; 4] =
            std::array::from_fn(|i| rows.iter().map(|row| cells(&row[i])).chain([heads[i].len()]).max().unwrap_or(0));
        let [names, before, between, after] = width;
        let [_, z, inner, a] = heads;
        self.line(&format!("    {:names$}  {z:>before$}  {inner:>between$}  {a:>after$}", ""));
        for (i, [name, z, inner, a]) in rows.iter().enumerate() {
            if let Some(cut) = together.left_out.as_ref().filter(|cut| cut.start == i) {
                self.line(&format!("    … {} more …", cut.len()));
            }
            self.line(&format!("    {}  {z:>before$}  {inner:>between$}  {a:>after$}", pad(name, names)));
        }
    }
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
