//! A solution as Markdown: the formulas of a layer, then a table with one row an action.

use super::{
    Section, Solution,
    calculation::{Style, calculation},
};
use crate::{
    explain::{
        markdown::{code, escaped},
        text::list,
    },
    network::number::Digits,
    plain::plain,
    words::{self, lists},
};

/// The solution as Markdown.
pub fn write(solution: &Solution, digits: Digits) -> String {
    let mut lines = Vec::new();
    let title = match &solution.asked {
        None => words::worked::whole(&solution.model),
        Some(asked) => words::worked::value(&asked.address, &solution.model),
    };
    lines.push(format!("# {}", escaped(&title)));
    lines.push(String::new());
    for (name, values) in &solution.inputs {
        lines.push(format!("- {} = {}", code(name), list(values, Digits::Exact)));
    }
    for mistake in &solution.mistakes {
        lines.extend([String::new(), escaped(&words::worked::with_mistake(mistake))]);
    }
    if let Some((at, right, wrong)) = &solution.difference {
        let difference = words::worked::difference(code(at), digits.inline(*right), digits.inline(*wrong));
        lines.extend([String::new(), difference]);
    }
    for section in &solution.sections {
        table(section, digits, &mut lines);
    }
    lines.push(String::new());
    match &solution.asked {
        None => {
            lines.extend(
                solution.outputs.iter().map(|(name, values)| format!("{} = {}", code(name), list(values, digits))),
            );
        }
        Some(asked) => {
            lines.push(format!("{} = {}", code(&asked.address), list(&asked.values, digits)));
            if !asked.stands_on.is_empty() {
                let names: Vec<String> = asked.stands_on.iter().map(|name| code(name)).collect();
                lines.extend([String::new(), words::worked::depends_on(lists::and(&names))]);
            }
        }
    }
    lines.iter().map(|line| plain(line).into_owned() + "\n").collect()
}

fn table(section: &Section, digits: Digits, lines: &mut Vec<String>) {
    let heading = section.kind.map_or_else(|| section.layer.clone(), |kind| format!("{} ({kind})", section.layer));
    lines.extend([String::new(), format!("## {}", escaped(&heading)), String::new()]);
    lines.extend(section.formulas.iter().map(|formula| format!("- {}", code(&formula.plain))));
    if section.works.is_empty() {
        return lines.extend([String::new(), words::worked::nothing()]);
    }
    let (value, calculated) = (words::worked::column_value(), words::worked::column_calculation());
    lines.extend([String::new(), format!("| {value} | {calculated} |"), "| --- | --- |".to_owned()]);
    for work in &section.works {
        for (i, line) in work.lines.iter().enumerate() {
            if let Some((_, count)) = work.left_out.filter(|(before, _)| *before == i) {
                lines.push(format!("| | {} |", words::worked::products_left_out(count)));
            }
            let text = calculation(line, i == 0, digits, Style::Plain).text();
            lines.push(format!("| {} | {} |", code(&work.address), escaped(&text)));
        }
    }
    if section.left_out > 0 {
        lines.extend([String::new(), words::worked::values_left_out(section.left_out)]);
    }
}
