//! A solution for programs: one object, one entry in `lines` an action.
//!
//! ```json
//! {"model": "…", "inputs": {"image": […]}, "value": "conv2d.a[0,0,1]", "values": […], "stands_on": ["image", …],
//!  "formulas": ["conv2d: wx[r, c, f] = sum over i, j, k of …"],
//!  "lines": [{"address": "conv2d.wx[0,0,1]", "action": "multiply", "from": ["image[0,0,0]", "conv2d.kernel[0,0,0,1]"],
//!             "numbers": [1.0, 0.5], "before": 0.0, "result": 0.5}, …],
//!  "outputs": {"output": […]}}
//! ```
//!
//! `value`, `values` and `stands_on` are there when one value was asked for; `mistakes`, `parts_at` and `left_out` (lines and
//! values that are not written) when there are any. `from` is empty for padding. `action` is `multiply` for a term of a sum,
//! `compare` for a maximum, else the name of the function.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Solution;
use crate::{
    equation::{Action, Function},
    json::{self, Number, numbers},
};

#[derive(Serialize)]
struct Document<'s> {
    model: &'s str,
    inputs: BTreeMap<&'s str, Vec<Number>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    mistakes: &'s [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    parts_at: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<Number>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_on: Option<&'s [String]>,
    formulas: Vec<String>,
    lines: Vec<Entry<'s>>,
    #[serde(skip_serializing_if = "is_zero")]
    left_out: usize,
    outputs: BTreeMap<&'s str, Vec<Number>>,
}

#[derive(Serialize)]
struct Entry<'s> {
    address: &'s str,
    action: String,
    from: &'s [String],
    numbers: Vec<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Number>,
    result: Number,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The solution as one line of JSON, without a line end.
pub fn write(solution: &Solution) -> String {
    let works = solution.sections.iter().flat_map(|section| &section.works);
    let lines = works.clone().flat_map(|work| {
        work.lines.iter().map(|line| {
            let (action, operands, before) = match &line.action {
                Action::Term { factors, before, .. } => ("multiply".to_owned(), factors.clone(), Some(*before)),
                Action::Compare { with, before, .. } => ("compare".to_owned(), vec![with.clone()], *before),
                Action::Apply { operands, before, .. } => (function(line.function), operands.clone(), *before),
            };
            let operands: Vec<f32> = operands.iter().map(|operand| operand.value).collect();
            Entry {
                address: &work.address,
                action,
                from: &line.from,
                numbers: numbers(&operands),
                before: before.map(Number),
                result: Number(line.action.after()),
            }
        })
    });
    let asked = solution.asked.as_ref();
    json::text(&Document {
        model: &solution.model,
        inputs: named(&solution.inputs),
        mistakes: &solution.mistakes,
        parts_at: solution.difference.as_ref().map(|(at, ..)| at.as_str()),
        value: asked.map(|asked| asked.address.as_str()),
        values: asked.map(|asked| numbers(&asked.values)),
        stands_on: asked.map(|asked| asked.stands_on.as_slice()),
        formulas: solution
            .sections
            .iter()
            .flat_map(|section| section.formulas.iter().map(|formula| format!("{}: {}", section.layer, formula.plain)))
            .collect(),
        lines: lines.collect(),
        left_out: solution.sections.iter().map(|section| section.left_out).sum::<usize>()
            + works.filter_map(|work| work.left_out).map(|(_, count)| count).sum::<usize>(),
        outputs: named(&solution.outputs),
    })
}

fn named(lists: &[(String, Vec<f32>)]) -> BTreeMap<&str, Vec<Number>> {
    lists.iter().map(|(name, values)| (name.as_str(), numbers(values))).collect()
}

/// The name of what is applied.
fn function(function: Option<Function>) -> String {
    match function {
        Some(Function::Activation(activation)) => activation.to_string(),
        Some(Function::Share) => "divide".to_owned(),
        Some(function) => {
            // `SquareRoot` is `square-root`.
            let name = format!("{function:?}");
            let mut text = String::new();
            for (i, c) in name.chars().enumerate() {
                if c.is_uppercase() && i > 0 {
                    text.push('-');
                }
                text.extend(c.to_lowercase());
            }
            text
        }
        None => String::new(),
    }
}
