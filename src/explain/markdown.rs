//! A solution as Markdown: a table for each layer.

use super::{
    beside,
    fold::{self, Shown},
    sheet::{Section, Sheet},
    text::list,
    work::Style,
};
use crate::{network::number::Digits, plain::plain, words::explain};

/// The solution as Markdown: a heading, a table for each layer, the result.
pub fn write(sheet: &Sheet, decimals: Digits) -> String {
    let mut lines = Vec::new();
    let input = list(&sheet.input, Digits::Exact);
    lines.push(format!("# {}", explain::title(input, escaped(&sheet.model))));
    if let Some(asked) = &sheet.asked {
        lines.extend([String::new(), explain::the_value(code(&asked.address.to_string()))]);
    }
    let two = sheet.other.is_some();
    let says = |mistake| if two { explain::wrong_way_is(mistake) } else { explain::mistake(mistake) };
    lines.extend(sheet.mistakes.iter().flat_map(|mistake| [String::new(), says(escaped(mistake))]));
    if let Some(other) = &sheet.other {
        lines.extend([String::new(), escaped(&beside::difference(sheet, other))]);
    }
    for section in &sheet.sections {
        table(section, sheet, decimals, &mut lines);
    }
    lines.push(String::new());
    match &sheet.other {
        Some(other) => {
            lines.push(format!("{} {}", beside::same(sheet), escaped(&beside::end(sheet, other, decimals))));
        }
        None => lines.push(format!("{} = {}", code(&sheet.name()), list(&sheet.result, decimals))),
    }
    lines.iter().map(|line| plain(line).into_owned() + "\n").collect()
}

fn table(section: &Section, sheet: &Sheet, decimals: Digits, lines: &mut Vec<String>) {
    let two = sheet.other.is_some();
    lines.extend([String::new(), format!("## {}", escaped(&beside::heading(&section.heading))), String::new()]);
    if let Some(other) = section.other.as_ref().filter(|other| other.activations != section.heading.activations) {
        lines.extend([explain::the_wrong_way(escaped(&beside::activations(other))), String::new()]);
    }
    let shown = fold::shown(section, two, sheet.asked.is_some());
    if shown.is_empty() {
        lines.push(explain::nothing_done());
        return;
    }
    let row = |cells: &[String]| {
        if two { format!("| {} |", cells.join(" | ")) } else { format!("| {} |", cells[..2].join(" | ")) }
    };
    let calculation = if two { explain::right() } else { explain::column_calculation() };
    lines.push(row(&[explain::column_value(), calculation, explain::wrong()]));
    lines.push(row(&["---".into(), "---".into(), "---".into()]));
    for shown in shown {
        let note = |text: String| row(&[String::new(), escaped(&text), String::new()]);
        lines.push(match shown {
            Shown::Units { first, last, rows, same } => note(beside::units(first, last, rows, same)),
            Shown::Unit(_) => continue,
            Shown::Row(pair) => {
                let (right, wrong) = fold::sides(pair, decimals, Style::Plain);
                let side = |text: Option<String>, without: String| text.map_or(without, |text| escaped(&text));
                let bold = |text: String| if pair.differs_first { format!("**{text}**") } else { text };
                let wrong = if pair.same {
                    explain::the_same()
                } else {
                    side(wrong, beside::left_undone(sheet, pair, decimals))
                };
                row(&[code(&pair.address.to_string()), bold(side(right, explain::not_done())), bold(wrong)])
            }
            Shown::Rows(rows) => note(explain::lines_same(rows)),
            Shown::Products(products) => note(explain::more_products(products)),
            Shown::LeftOut(out) => note(beside::left_out(out)),
        });
    }
}

/// A name as code; layers may be called anything.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('|', r"\|"))
}

/// Text in which nothing is read as Markdown; what is in backquotes already stays.
pub(super) fn escaped(text: &str) -> String {
    let mut inside = false;
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        inside ^= c == '`';
        if c == '|' || !inside && matches!(c, '*' | '_' | '<' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
