//! A solution as text for the terminal.

use super::{
    Asked, Line, Section, Solution, Work,
    calculation::{Style, calculation},
};
use crate::{
    equation::Action,
    explain::text::list,
    network::number::{self, Digits},
    plain::{cells, pad, plain},
    words::{self, lists},
};

/// The solution as lines of text. Nothing in it acts on a terminal, whatever the layers are called.
pub fn write(solution: &Solution, digits: Digits) -> String {
    let mut writer = Writer { digits, text: String::new() };
    writer.solution(solution);
    writer.text
}

struct Writer {
    digits: Digits,
    text: String,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.text.push_str(plain(line).trim_end());
        self.text.push('\n');
    }

    fn solution(&mut self, solution: &Solution) {
        match &solution.asked {
            None => self.line(&words::worked::whole(&solution.model)),
            Some(asked) => self.asked(asked, &solution.model),
        }
        for (name, values) in &solution.inputs {
            self.line(&format!("  {name} = {}", list(values, Digits::Exact)));
        }
        for mistake in &solution.mistakes {
            self.line(&words::worked::with_mistake(mistake));
        }
        match &solution.difference {
            Some((at, right, wrong)) => {
                let (right, wrong) = (self.digits.inline(*right), self.digits.inline(*wrong));
                self.line(&words::worked::difference(at, right, wrong));
            }
            None if !solution.mistakes.is_empty() => self.line(&words::worked::no_difference()),
            None => {}
        }
        for section in &solution.sections {
            self.line("");
            self.section(section);
        }
        self.line("");
        match &solution.asked {
            None => solution.outputs.iter().for_each(|(name, values)| self.result(name, values)),
            Some(asked) => {
                self.result(&asked.address, &asked.values);
                if !asked.stands_on.is_empty() {
                    self.line(&words::worked::depends_on(lists::and(&asked.stands_on)));
                }
            }
        }
        if let (Digits::Fixed(decimals), false) = (self.digits, solution.sections.is_empty()) {
            self.line(&words::worked::digits(decimals));
        }
    }

    fn asked(&mut self, asked: &Asked, model: &str) {
        self.line(&words::worked::value(&asked.address, model));
        if let Some(other) = &asked.same_as {
            self.line(&words::worked::same_as(&asked.address, other));
        }
        if asked.is_given {
            self.line(&words::worked::given());
        }
    }

    fn result(&mut self, name: &str, values: &[f32]) {
        let values = list(values, self.digits);
        self.line(&format!("{name} = {values}"));
    }

    fn section(&mut self, section: &Section) {
        match section.kind {
            Some(kind) => self.line(&format!("{} ({kind})", section.layer)),
            None => self.line(&section.layer),
        }
        let width = section.formulas.iter().map(|formula| cells(&formula.plain)).max().unwrap_or(0);
        for formula in &section.formulas {
            match &formula.outside {
                Some((array, number)) => {
                    let outside = words::worked::outside(array, number);
                    self.line(&format!("  {}   {outside}", pad(&formula.plain, width.min(60))));
                }
                None => self.line(&format!("  {}", formula.plain)),
            }
        }
        if section.works.is_empty() {
            self.line(&format!("  {}", words::worked::nothing()));
        }
        for work in &section.works {
            self.work(work);
        }
        if section.left_out > 0 {
            self.line(&format!("  {}", words::worked::values_left_out(section.left_out)));
        }
    }

    fn work(&mut self, work: &Work) {
        match work.lines.as_slice() {
            [only] => {
                let text = calculation(only, true, self.digits, Style::Plain).text();
                self.line(&format!("    {} = {text}", work.address));
            }
            lines if lines.iter().all(|line| matches!(line.action, Action::Term { .. })) => self.sum(work),
            lines => {
                self.line(&format!("    {}", work.address));
                for (i, line) in lines.iter().enumerate() {
                    self.left_out(work, i);
                    let text = calculation(line, i == 0, self.digits, Style::Plain).text();
                    self.line(&format!("        {text}"));
                }
            }
        }
    }

    fn left_out(&mut self, work: &Work, at: usize) {
        if let Some((_, count)) = work.left_out.filter(|(before, _)| *before == at) {
            self.line(&format!("        {}", words::worked::products_left_out(count)));
        }
    }

    /// One term a line: where its factors are from, the product, the running sum. A sum that the printed numbers do not give at
    /// its last digit has a `≈` before it.
    fn sum(&mut self, work: &Work) {
        self.line(&format!("    {}", work.address));
        let rows: Vec<[String; 4]> = self.rows(work);
        let width = |column: usize| rows.iter().map(|row| cells(&row[column])).max().unwrap_or(0);
        let widths = [width(0), width(1), width(2), width(3)];
        for (i, [from, product, mark, sum]) in rows.iter().enumerate() {
            self.left_out(work, i);
            let (from, product) = (pad(from, widths[0]), pad(product, widths[1]));
            self.line(&format!("        {from}   {product}   {mark} {sum}"));
        }
    }

    fn rows(&self, work: &Work) -> Vec<[String; 4]> {
        let layer = work.address.rsplit_once('.').map_or("", |(layer, _)| layer);
        let mut sum_before = 0.0;
        let row = |line: &Line| {
            let Action::Term { factors, product, after, .. } = &line.action else { return Default::default() };
            let operands: Vec<f64> = factors.iter().map(|factor| factor.value.into()).collect();
            let written = number::line(&operands, *product, self.digits, |n| n.iter().product());
            let sum = self.digits.inline(*after);
            let read = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
            let adds_up = number::line::holds(sum_before + read(&written.result), &sum, *after, self.digits);
            sum_before = read(&sum);
            // What belongs to the layer goes without its name.
            let short = |from: &'_ String| {
                from.strip_prefix(layer).and_then(|from| from.strip_prefix('.')).unwrap_or(from).to_owned()
            };
            let names = line.from.iter().map(|from| if from.is_empty() { "0".to_owned() } else { short(from) });
            let names = names.collect::<Vec<_>>().join(" × ");
            let numbers: Vec<String> = (0..operands.len())
                .map(|i| if i == 0 { written.first(0).to_owned() } else { written.operand(i) })
                .collect();
            let calculation = if numbers.len() == 1 {
                numbers.concat()
            } else {
                format!("{} {} {}", numbers.join(" × "), written.sign(), written.result)
            };
            [names, calculation, if adds_up { words::worked::sum() } else { words::worked::sum_rounded() }, sum]
        };
        work.lines.iter().map(row).collect()
    }
}
