//! A solution as LaTeX, to be put into a document that uses `amsmath`: the formulas of a layer, then its numbers.

use super::{
    Section, Solution,
    calculation::{Style, calculation},
};
use crate::{
    explain::{latex::escaped, text::list},
    network::number::Digits,
    plain::plain,
    words,
};

/// The solution as LaTeX.
pub fn write(solution: &Solution, digits: Digits) -> String {
    let title = match &solution.asked {
        None => words::worked::whole(&solution.model),
        Some(asked) => words::worked::value(&asked.address, &solution.model),
    };
    let mut lines = vec!["% needs \\usepackage{amsmath}".to_owned(), format!(r"\paragraph{{{}}}", escaped(&title))];
    let inputs = solution.inputs.iter().map(|(name, values)| format!("{name} = {}", list(values, Digits::Exact)));
    lines.extend(inputs.map(|input| format!("{}\\par", escaped(&input))));
    let told = solution.mistakes.iter().map(words::worked::with_mistake);
    lines.extend(told.map(|mistake| format!("{}\\par", escaped(&mistake))));
    for section in &solution.sections {
        align(section, digits, &mut lines);
    }
    let results = match &solution.asked {
        None => solution.outputs.clone(),
        Some(asked) => vec![(asked.address.clone(), asked.values.clone())],
    };
    lines.extend(
        results.iter().map(|(name, values)| format!("{}\\par", escaped(&format!("{name} = {}", list(values, digits))))),
    );
    lines.iter().map(|line| plain(line).into_owned() + "\n").collect()
}

fn align(section: &Section, digits: Digits, lines: &mut Vec<String>) {
    let heading = section.kind.map_or_else(|| section.layer.clone(), |kind| format!("{} ({kind})", section.layer));
    lines.push(format!(r"\paragraph{{{}}}", escaped(&heading)));
    let mut rows: Vec<String> = section.formulas.iter().map(|formula| split_at_equals(&formula.latex)).collect();
    for work in &section.works {
        for (i, line) in work.lines.iter().enumerate() {
            if let Some((_, count)) = work.left_out.filter(|(before, _)| *before == i) {
                rows.push(format!(r"&\phantom{{=}} \text{{{}}}", escaped(&words::worked::products_left_out(count))));
            }
            let written = calculation(line, i == 0, digits, Style::Latex);
            let sign = if written.holds { "=" } else { r"\approx" };
            let name = if i == 0 { format!(r"\text{{{}}}", escaped(&work.address)) } else { String::new() };
            rows.push(format!("{name} &= {} {sign} {}", written.left, number(&written.result)));
        }
    }
    if rows.is_empty() {
        return;
    }
    lines.push(r"\begin{align*}".to_owned());
    let last = rows.len() - 1;
    lines.extend(rows.iter().enumerate().map(|(i, row)| if i == last { row.clone() } else { format!(r"{row} \\") }));
    lines.push(r"\end{align*}".to_owned());
}

/// `a = b` with the sign at which the lines are aligned.
fn split_at_equals(formula: &str) -> String {
    formula.replacen(" = ", " &= ", 1)
}

/// A result; what is no number is a word.
fn number(text: &str) -> String {
    if text.ends_with("inf") || text == "nan" { format!(r"\text{{{text}}}") } else { text.to_owned() }
}
