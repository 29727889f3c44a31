//! A solution as Markdown: a table a layer.

use super::{
    beside,
    fold::{self, Shown},
    sheet::{Section, Sheet},
    text::list,
    work::Style,
};
use crate::{network::number::Digits, plain::plain};

/// The solution as Markdown: a heading, a table a layer, the result.
pub fn write(sheet: &Sheet, decimals: Digits) -> String {
    let mut lines = Vec::new();
    let input = list(&sheet.input, Digits::Exact);
    lines.push(format!("# {} for input {input}", escaped(&sheet.model)));
    if let Some(asked) = &sheet.asked {
        lines.extend([String::new(), format!("The value {}.", code(&asked.address.to_string()))]);
    }
    let says = if sheet.other.is_some() { "wrong" } else { "with a mistake" };
    lines.extend(sheet.mistakes.iter().flat_map(|mistake| [String::new(), format!("{says}: {}", escaped(mistake))]));
    if let Some(other) = &sheet.other {
        lines.extend([String::new(), escaped(&beside::parting(sheet, other))]);
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
        lines.extend([format!("The wrong way: {}.", escaped(&beside::activations(other))), String::new()]);
    }
    let shown = fold::shown(section, two, sheet.asked.is_some());
    if shown.is_empty() {
        lines.push("Nothing is done here.".to_owned());
        return;
    }
    let row = |cells: &[String]| {
        if two { format!("| {} |", cells.join(" | ")) } else { format!("| {} |", cells[..2].join(" | ")) }
    };
    lines.push(row(&["value".into(), if two { "right".into() } else { "calculation".into() }, "wrong".into()]));
    lines.push(row(&["---".into(), "---".into(), "---".into()]));
    for shown in shown {
        let told = |text: String| row(&[String::new(), escaped(&text), String::new()]);
        lines.push(match shown {
            Shown::Units { first, last, rows, same } => told(beside::units(first, last, rows, same)),
            Shown::Unit(_) => continue,
            Shown::Row(pair) => {
                let (right, wrong) = fold::sides(pair, decimals, Style::Plain);
                let side =
                    |text: Option<String>, without: &str| text.map_or_else(|| without.to_owned(), |t| escaped(&t));
                let bold = |text: String| if pair.parts { format!("**{text}**") } else { text };
                let wrong = if pair.same {
                    beside::SAME.to_owned()
                } else {
                    side(wrong, &beside::left_undone(sheet, pair, decimals))
                };
                row(&[code(&pair.address.to_string()), bold(side(right, beside::NOT_DONE)), bold(wrong)])
            }
            Shown::Rows(rows) => told(format!("… {rows} lines, the same both ways …")),
            Shown::Products(products) => told(format!("… {products} more products …")),
            Shown::LeftOut(out) => told(beside::left_out(out)),
        });
    }
}

/// A name as code; layers may be called anything.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('|', r"\|"))
}

/// Text in which nothing is taken for a sign of Markdown; what stands in backquotes already is left.
fn escaped(text: &str) -> String {
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
