//! A solution as LaTeX, for a document that uses `amsmath`: an `align*` for each layer; for two passes two columns.

use super::{
    beside,
    fold::{self, Shown},
    sheet::{Pair, Section, Sheet},
    text::list,
    work::Style,
};
use crate::{network::number::Digits, plain::plain, words::explain};

/// The solution as LaTeX. The first difference of two passes is boxed.
pub fn write(sheet: &Sheet, decimals: Digits) -> String {
    let mut lines = vec![format!("% {}", explain::needs(r"\usepackage{amsmath}"))];
    let input = list(&sheet.input, Digits::Exact);
    let title = match &sheet.asked {
        None => explain::title(input, &sheet.model),
        Some(asked) => explain::value(&asked.address, input, &sheet.model),
    };
    lines.push(format!(r"\paragraph{{{}}}", escaped(&title)));
    let two = sheet.other.is_some();
    let says = |mistake| if two { explain::wrong_way_is(mistake) } else { explain::mistake(mistake) };
    lines.extend(sheet.mistakes.iter().map(|mistake| format!("{}\\par", escaped(&says(mistake)))));
    lines.extend(sheet.other.as_ref().map(|other| format!("{}\\par", escaped(&beside::difference(sheet, other)))));
    for section in &sheet.sections {
        align(section, sheet, decimals, &mut lines);
    }
    lines.push(match &sheet.other {
        Some(other) => escaped(&format!("{} {}", beside::same(sheet), beside::end(sheet, other, decimals))),
        None => escaped(&format!("{} = {}", sheet.name(), list(&sheet.result, decimals))),
    });
    lines.iter().map(|line| plain(line).into_owned() + "\n").collect()
}

fn align(section: &Section, sheet: &Sheet, decimals: Digits, lines: &mut Vec<String>) {
    let two = sheet.other.is_some();
    lines.push(format!(r"\paragraph{{{}}}", escaped(&beside::heading(&section.heading))));
    if let Some(other) = section.other.as_ref().filter(|other| other.activations != section.heading.activations) {
        lines.push(escaped(&explain::the_wrong_way(beside::activations(other))));
    }
    let shown = fold::shown(section, two, sheet.asked.is_some());
    if shown.is_empty() {
        return;
    }
    let note = |text: &str| format!(r"&\text{{{}}}", escaped(text));
    let rows = shown.iter().filter_map(|shown| match shown {
        Shown::Units { first, last, rows, same } => Some(note(&beside::units(*first, *last, *rows, *same))),
        Shown::Unit(_) => None,
        Shown::Row(pair) => Some(row(sheet, pair, decimals)),
        Shown::Rows(rows) => Some(note(&explain::lines_same(*rows))),
        Shown::Products(products) => Some(note(&explain::more_products(*products))),
        Shown::LeftOut(out) => Some(note(&beside::left_out(out))),
    });
    let mut rows: Vec<String> = rows.collect();
    if two {
        let [right, wrong] = [explain::right(), explain::wrong()].map(|title| escaped(&title));
        rows.insert(0, format!(r"&\text{{{right}}} & &\text{{{wrong}}}"));
    }
    lines.push(r"\begin{align*}".to_owned());
    let last = rows.len() - 1;
    lines.extend(rows.into_iter().enumerate().map(|(i, row)| if i < last { row + r" \\" } else { row }));
    lines.push(r"\end{align*}".to_owned());
}

/// `z_{3} &= 4.8899 + 1.1705 = 6.0604`, and the other pass behind another `&`.
fn row(sheet: &Sheet, pair: &Pair, decimals: Digits) -> String {
    let unit = pair.address.index.first().map_or_else(String::new, ToString::to_string);
    let name = match beside::stage(&pair.address) {
        "wx" => format!("(wx)_{{{unit}}}"),
        stage => format!("{stage}_{{{unit}}}"),
    };
    let (right, wrong) = fold::sides(pair, decimals, Style::Latex);
    let side = |text: Option<String>, without: &str| match text {
        Some(text) => format!("{name} &= {text}"),
        None => format!(r"{name} &\phantom{{=}}\ \text{{{without}}}"),
    };
    let right = side(right, &explain::not_done());
    if sheet.other.is_none() {
        return right;
    }
    let wrong = if pair.same {
        side(None, &explain::the_same())
    } else {
        side(wrong, &beside::left_undone(sheet, pair, decimals))
    };
    // A box must not contain the alignment sign.
    let boxed = |side: String| match side.split_once(" &= ") {
        Some((name, rest)) if pair.differs_first => format!(r"{name} &= \boxed{{{rest}}}"),
        _ => side,
    };
    format!("{} & {}", boxed(right), boxed(wrong))
}

/// Text in which nothing is read as a LaTeX command.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str(r"\textbackslash{}"),
            '^' => escaped.push_str(r"\textasciicircum{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            '×' => escaped.push_str(r"$\times$"),
            '…' => escaped.push_str(r"\dots{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => escaped.extend(['\\', c]),
            '`' => escaped.push('\''),
            c => escaped.push(c),
        }
    }
    escaped
}
