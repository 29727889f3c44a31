//! Two passes as text for the terminal: line beside line in 80 columns where that fits, one below the other where not.

use super::{
    Heading, LeftOut,
    fold::{self, Shown},
    sheet::{Other, Pair, Section, Sheet},
    text::{Writer, counted, list},
    work::{Style, Work},
};
use crate::{
    network::{Activation, number::Digits},
    pass::{Address, address::Of},
    plain::cells,
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

/// What is said about where the passes part.
pub(super) fn parting(sheet: &Sheet, other: &Other) -> String {
    let Some(at) = &other.parts_at else {
        return "The two never part: with this input the mistake makes no difference.".to_owned();
    };
    if other.among {
        return format!("The two part first at {at}.");
    }
    if sheet.pairs().any(|pair| pair.parts) {
        return format!("The two part first at {at}; among these lines, where the mark is.");
    }
    format!("The two part first at {at}, which is not among these lines; see it with --value '{at}'.")
}

/// The sentence at the end.
pub(super) fn end(sheet: &Sheet, other: &Other, decimals: Digits) -> String {
    let name = sheet.name();
    let with = if sheet.mistakes.len() > 1 { "With these mistakes" } else { "With this mistake" };
    let Some(wrong) = &other.result else {
        let right = list(&sheet.result, decimals);
        return format!("{with} there is no {name}; done right it is {right}.");
    };
    let (right, wrong) = fold::results(&sheet.result, wrong, decimals);
    if right == wrong {
        return format!("{with} {name} = {wrong}, and done right it is the same.");
    }
    format!("{with} {name} = {wrong}; done right it is {right}.")
}

/// How many rows are the same, as a sentence.
pub(super) fn same(sheet: &Sheet) -> String {
    let all = sheet.pairs().count();
    let same = sheet.pairs().filter(|pair| pair.same).count();
    format!("{same} of {} are the same both ways.", counted(all, "line"))
}

/// "units 1 to 3: the same both ways (9 lines)".
pub(super) fn units(first: usize, last: usize, rows: usize, same: bool) -> String {
    let which = if first == last { format!("unit {first}") } else { format!("units {first} to {last}") };
    let how = if same { "the same both ways" } else { "the same values by other lines" };
    format!("{which}: {how} ({})", counted(rows, "line"))
}

/// "dense: Dense, 1 input, 16 units, relu".
pub(super) fn heading(heading: &Heading) -> String {
    let Heading { layer, kind, inputs, units, .. } = heading;
    let (inputs, units) = (counted(*inputs, "input"), counted(*units, "unit"));
    format!("{layer}: {kind}, {inputs}, {units}, {}", activations(heading))
}

/// "relu and tanh".
pub(super) fn activations(heading: &Heading) -> String {
    let names: Vec<String> = heading.activations.iter().map(ToString::to_string).collect();
    if names.is_empty() { "no activation".to_owned() } else { names.join(" and ") }
}

/// "… units 3 to 508 left out; see one with --value 'dense.a[255]'".
pub(super) fn left_out(left_out: &LeftOut) -> String {
    let LeftOut { units, products, example, .. } = left_out;
    let products = if *products > 0 { format!(" ({products} products)") } else { String::new() };
    let last = units.end.saturating_sub(1);
    format!("… units {} to {last} left out{products}; see one with --value '{example}'", units.start)
}

/// The short name of the stage: `z`.
pub(super) fn stage(address: &Address) -> &'static str {
    match &address.of {
        Of::Stage(_, stage) => stage.name(),
        _ => "",
    }
}

/// What stands where one side does nothing.
pub(super) const NOT_DONE: &str = "(not done)";
/// What stands where both sides are the same.
pub(super) const SAME: &str = "the same";

/// What stands where the wrong side leaves something out: what it has instead, if it is on the way to the same value.
pub(super) fn left_undone(sheet: &Sheet, pair: &Pair, decimals: Digits) -> String {
    let goes_on = sheet.other.as_ref().is_some_and(|other| other.result.is_some());
    match pair.right.map(Work::is_product) {
        Some(false) if goes_on => format!("(left out: still {})", decimals.inline(pair.values.1)),
        _ => "(left out)".to_owned(),
    }
}

impl Writer {
    fn sheet(&mut self, sheet: &Sheet) {
        let input = list(&sheet.input, Digits::Exact);
        let of = format!("{} for input {input}", sheet.model);
        match &sheet.asked {
            None => self.line(&format!("{of}, the right way and the wrong way")),
            Some(asked) => self.line(&format!("{} of {of}, the right way and the wrong way", asked.address)),
        }
        for mistake in &sheet.mistakes {
            self.line(&format!("wrong: {mistake}"));
        }
        if let Some(other) = &sheet.other {
            self.line(&parting(sheet, other));
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
            let digits = counted(decimals, "decimal");
            self.line(&format!("Shown with at most {digits}, computed in float32; `--digits exact` shows all."));
        }
    }

    fn section(&mut self, section: &Section, sheet: &Sheet) {
        self.line(&heading(&section.heading));
        for activation in section.heading.activations.iter().filter(|&&activation| activation != Activation::Linear) {
            self.line(&format!("  {activation}: {}", activation.formula()));
        }
        if let Some(other) = section.other.as_ref().filter(|o| o.activations != section.heading.activations) {
            self.line(&format!("  the wrong way: {}", activations(other)));
        }
        let shown = fold::shown(section, true, sheet.asked.is_some());
        let rows = shown.iter().filter_map(|shown| match shown {
            Shown::Row(pair) => Some(*pair),
            _ => None,
        });
        let left = rows.clone().map(|pair| width(&self.side(sheet, pair).0)).max().unwrap_or(0);
        let right = rows.map(|pair| width(&self.side(sheet, pair).1)).max().unwrap_or(0);
        let beside = (INDENT + left + GAP + right <= WIDTH).then_some(left);
        if let Some(left) = beside.filter(|left| *left > 0) {
            self.line(&format!("{:INDENT$}{:left$}{:GAP$}wrong", "", "right", ""));
        }
        for shown in shown {
            match shown {
                Shown::Units { first, last, rows, same } => {
                    self.line(&format!("  {}", units(first, last, rows, same)));
                }
                Shown::Unit(rows) => self.line(&format!("  unit {}", rows.unit)),
                Shown::Row(pair) => self.row(sheet, pair, beside),
                Shown::Rows(rows) => self.line(&format!("    … {}, the same both ways …", counted(rows, "line"))),
                Shown::Products(products) => self.line(&format!("    … {products} more products …")),
                Shown::LeftOut(out) => self.line(&format!("  {}", left_out(out))),
            }
        }
    }

    /// Both sides of a row; only the left one has its name.
    fn side(&self, sheet: &Sheet, pair: &Pair) -> (String, String) {
        let (right, wrong) = fold::sides(pair, self.decimals, Style::Plain);
        let right = right.unwrap_or_else(|| NOT_DONE.to_owned());
        let wrong = if pair.same { Some(SAME.to_owned()) } else { wrong };
        let wrong = wrong.unwrap_or_else(|| left_undone(sheet, pair, self.decimals));
        (format!("{:2} = {right}", stage(&pair.address)), wrong)
    }

    /// `beside`: how wide the left side is; `None` where the sides stand one below the other.
    fn row(&mut self, sheet: &Sheet, pair: &Pair, beside: Option<usize>) {
        let (right, wrong) = self.side(sheet, pair);
        let mark = if pair.parts { "▶" } else { " " };
        match beside {
            Some(left) => {
                let sign = if pair.same { " " } else { "≠" };
                self.line(&format!("  {mark} {right:left$} {sign} {wrong}"));
            }
            None if pair.same => self.line(&format!("  {mark} same   {right}")),
            None => {
                self.line(&format!("  {mark} right  {right}"));
                self.line(&format!("    wrong  {:2} = {wrong}", ""));
            }
        }
    }
}

/// Columns that a text takes; it holds signs and digits, each of one column, and layer names only elsewhere.
fn width(text: &str) -> usize {
    cells(text)
}
