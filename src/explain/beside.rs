//! Two passes as text for the terminal: line beside line in 80 columns where that fits, one below the other where not.

use super::{
    Heading, LeftOut,
    fold::{self, Shown},
    sheet::{Other, Pair, Section, Sheet},
    text::{Writer, list},
    work::{Style, Work},
};
use crate::{
    network::{Activation, number::Digits},
    pass::{Address, address::Of},
    plain::{cells, pad},
    words::{explain, lists},
};

/// Columns of the narrowest terminal.
const WIDTH: usize = 80;
/// Where the left side of a line begins.
const INDENT: usize = 4;
/// Between the sides.
const GAP: usize = 3;

/// Two passes as lines of text. Of one pass it writes the right side alone.
pub fn write(sheet: &Sheet, decimals: Digits) -> String {
    let mut writer = Writer { decimals, text: String::new() };
    writer.sheet(sheet);
    writer.text
}

/// Where the two passes first differ, as a sentence.
pub(super) fn difference(sheet: &Sheet, other: &Other) -> String {
    match &other.differs_at {
        None => explain::never_differ(),
        Some(at) if other.among => explain::differ_at(at),
        Some(at) if sheet.pairs().any(|pair| pair.differs_first) => explain::differ_marked(at),
        Some(at) => explain::differ_elsewhere(at),
    }
}

/// The sentence at the end.
pub(super) fn end(sheet: &Sheet, other: &Other, decimals: Digits) -> String {
    let (name, mistakes) = (sheet.name(), sheet.mistakes.len());
    let Some(wrong) = &other.result else {
        return explain::end_none(mistakes, name, list(&sheet.result, decimals));
    };
    let (right, wrong) = fold::results(&sheet.result, wrong, decimals);
    if right == wrong {
        return explain::end_same(mistakes, name, wrong);
    }
    explain::end(mistakes, name, right, wrong)
}

/// How many rows are the same, as a sentence.
pub(super) fn same(sheet: &Sheet) -> String {
    explain::count_same(sheet.pairs().count(), sheet.pairs().filter(|pair| pair.same).count())
}

/// "units 1 to 3: the same both ways (9 lines)".
pub(super) fn units(first: usize, last: usize, rows: usize, same: bool) -> String {
    match (first == last, same) {
        (true, true) => explain::unit_same(first, rows),
        (true, false) => explain::unit_same_values(first, rows),
        (false, true) => explain::units_same(first, last, rows),
        (false, false) => explain::units_same_values(first, last, rows),
    }
}

/// "dense: Dense, 1 input, 16 units, relu".
pub(super) fn heading(heading: &Heading) -> String {
    let Heading { layer, kind, inputs, units, .. } = heading;
    explain::heading(activations(heading), *inputs, kind, layer, *units)
}

/// "relu and tanh".
pub(super) fn activations(heading: &Heading) -> String {
    let names: Vec<String> = heading.activations.iter().map(ToString::to_string).collect();
    if names.is_empty() { explain::no_activation() } else { lists::and(&names) }
}

/// "… units 3 to 508 left out; see one with --value 'dense.a[255]'".
pub(super) fn left_out(left_out: &LeftOut) -> String {
    let LeftOut { units, products, example, .. } = left_out;
    let (first, last) = (units.start, units.end.saturating_sub(1));
    match products {
        0 => explain::left_out(example, first, last),
        products => explain::left_out_products(example, first, last, *products),
    }
}

/// The short name of the stage: `z`.
pub(super) fn stage(address: &Address) -> &'static str {
    match &address.of {
        Of::Stage(_, stage) => stage.name(),
        _ => "",
    }
}

/// What is written where the wrong side leaves something out: what it has instead, if it is on the way to the same value.
pub(super) fn left_undone(sheet: &Sheet, pair: &Pair, decimals: Digits) -> String {
    let goes_on = sheet.other.as_ref().is_some_and(|other| other.result.is_some());
    match pair.right.map(Work::is_product) {
        Some(false) if goes_on => explain::not_there_still(decimals.inline(pair.values.1)),
        _ => explain::not_there(),
    }
}

impl Writer {
    fn sheet(&mut self, sheet: &Sheet) {
        let input = list(&sheet.input, Digits::Exact);
        match &sheet.asked {
            None => self.line(&explain::both_ways(input, &sheet.model)),
            Some(asked) => self.line(&explain::value_both_ways(&asked.address, input, &sheet.model)),
        }
        for mistake in &sheet.mistakes {
            self.line(&explain::wrong_way_is(mistake));
        }
        if let Some(other) = &sheet.other {
            self.line(&difference(sheet, other));
        }
        for section in &sheet.sections {
            self.line("");
            self.section(section, sheet);
        }
        self.line("");
        if sheet.pairs().next().is_some() {
            self.line(&same(sheet));
        }
        if let Some(other) = &sheet.other {
            self.line(&end(sheet, other, self.decimals));
        }
        if let (Digits::Fixed(decimals), false) = (self.decimals, sheet.sections.is_empty()) {
            self.line(&explain::digits(decimals));
        }
    }

    fn section(&mut self, section: &Section, sheet: &Sheet) {
        self.line(&heading(&section.heading));
        for activation in section.heading.activations.iter().filter(|&&activation| activation != Activation::Linear) {
            self.line(&format!("  {activation}: {}", activation.formula()));
        }
        if let Some(other) = section.other.as_ref().filter(|o| o.activations != section.heading.activations) {
            self.line(&format!("  {}", explain::wrong_way_applies(activations(other))));
        }
        let shown = fold::shown(section, true, sheet.asked.is_some());
        let rows = shown.iter().filter_map(|shown| match shown {
            Shown::Row(pair) => Some(*pair),
            _ => None,
        });
        let left = rows.clone().map(|pair| cells(&self.side(sheet, pair).0)).max().unwrap_or(0);
        let right = rows.map(|pair| cells(&self.side(sheet, pair).1)).max().unwrap_or(0);
        let beside = (INDENT + left + GAP + right <= WIDTH).then_some(left);
        if let Some(left) = beside.filter(|left| *left > 0) {
            let right = pad(&explain::right(), left);
            self.line(&format!("{:INDENT$}{right}{:GAP$}{}", "", "", explain::wrong()));
        }
        for shown in shown {
            match shown {
                Shown::Units { first, last, rows, same } => {
                    self.line(&format!("  {}", units(first, last, rows, same)));
                }
                Shown::Unit(rows) => self.line(&format!("  {}", explain::unit(rows.unit))),
                Shown::Row(pair) => self.row(sheet, pair, beside),
                Shown::Rows(rows) => self.line(&format!("    {}", explain::lines_same(rows))),
                Shown::Products(products) => self.line(&format!("    {}", explain::more_products(products))),
                Shown::LeftOut(out) => self.line(&format!("  {}", left_out(out))),
            }
        }
    }

    /// Both sides of a row; only the left one has its name.
    fn side(&self, sheet: &Sheet, pair: &Pair) -> (String, String) {
        let (right, wrong) = fold::sides(pair, self.decimals, Style::Plain);
        let right = right.unwrap_or_else(explain::not_done);
        let wrong = if pair.same { Some(explain::the_same()) } else { wrong };
        let wrong = wrong.unwrap_or_else(|| left_undone(sheet, pair, self.decimals));
        (format!("{:2} = {right}", stage(&pair.address)), wrong)
    }

    /// `beside`: the width of the left side; `None` if the sides are one below the other.
    fn row(&mut self, sheet: &Sheet, pair: &Pair, beside: Option<usize>) {
        let (right, wrong) = self.side(sheet, pair);
        let mark = if pair.differs_first { "▶" } else { " " };
        if let Some(left) = beside {
            let sign = if pair.same { " " } else { "≠" };
            self.line(&format!("  {mark} {} {sign} {wrong}", pad(&right, left)));
            return;
        }
        let labels = [explain::same(), explain::right(), explain::wrong()];
        let width = labels.iter().map(|label| cells(label)).max().unwrap_or(0);
        let [same_label, right_label, wrong_label] = labels.map(|label| pad(&label, width));
        let label = if pair.same { same_label } else { right_label };
        self.line(&format!("  {mark} {label}  {right}"));
        if !pair.same {
            self.line(&format!("    {wrong_label}  {:2} = {wrong}", ""));
        }
    }
}
