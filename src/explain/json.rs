//! A solution for programs: one object, one entry in `lines` for each action.
//!
//! ```json
//! {"model": "…", "input": […], "value": "dense.z[1]", "values": […], "stands_on": ["input[0]", …],
//!  "lines": [{"address": "dense.wx[1]", "action": "multiply", "from": "input[0]", "numbers": {"x": …, "w": …, "product": …, "before": …}, "result": …},
//!            {"address": "dense.z[1]", "action": "add-bias", "numbers": {"before": …, "bias": …}, "result": …},
//!            {"address": "dense.a[1]", "action": "activate", "activation": "relu", "numbers": {"before": …}, "result": …}],
//!  "left_out": [{"layer": "dense", "units": [3, 508]}],
//!  "output": […]}
//! ```
//!
//! `value`, `values` and `stands_on` are there when one value was asked for; `mistakes` and `left_out` when there are any.
//! `left_out` names the first and the last unit (or, with `"unit"`, the first and the last input) that has no lines. Softmax
//! has `"largest"`, `"power"` and `"sum"` among its numbers, sparsemax `"threshold"`, glu `"gate"` (the sigmoid of the partner).
//! `"times"` is there where a mistake adds a number more than once.
//!
//! With mistakes there are two of them:
//!
//! ```json
//! {"model": "…", "input": […], "mistakes": ["you …"], "parts_at": "dense.a[0]", "value": "dense.a[0]",
//!  "right": {"values": […], "stands_on": […], "lines": […], "output": […]},
//!  "wrong": {"values": […], "stands_on": […], "lines": […], "output": […]}}
//! ```
//!
//! `parts_at` is the first value that differs, in the order of computation; it is absent if none does.
//! `value`, `values` and `stands_on` are there when one value was asked for; where the wrong way has no such value, `wrong`
//! has no `values`.

use serde::Serialize;

use super::{Block, Line, Row, Shared, Solution, Together, sheet};
use crate::{
    json::{self, Number, numbers},
    network::{Action, Role},
    pass::{Address, AddressError, Pass},
};

#[derive(Serialize)]
struct Document<'s> {
    model: &'s str,
    input: Vec<Number>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    mistakes: &'s [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    parts_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(flatten)]
    ways: Ways<'s>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Ways<'s> {
    One(Way<'s>),
    Two { right: Way<'s>, wrong: Way<'s> },
}

#[derive(Serialize)]
struct Way<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<Number>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_on: Option<Vec<String>>,
    lines: Vec<Entry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOut<'s>>,
    output: Vec<Number>,
}

#[derive(Serialize)]
struct Entry {
    address: String,
    action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    activation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    numbers: Numbers,
    result: Number,
}

#[derive(Serialize, Default)]
struct Numbers {
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    w: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bias: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operand: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    largest: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    power: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sum: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<Number>,
}

#[derive(Serialize)]
struct LeftOut<'s> {
    layer: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inputs: Option<[usize; 2]>,
}

/// The solution as one line of JSON, without a line end.
pub fn write(solution: &Solution) -> String {
    json::text(&Document {
        model: &solution.model,
        input: numbers(&solution.input),
        mistakes: &solution.mistakes,
        parts_at: None,
        value: solution.asked.as_ref().map(|asked| asked.address.to_string()),
        ways: Ways::One(way(solution)),
    })
}

/// Two passes of one network for one input as one line of JSON, without a line end.
///
/// # Errors
/// [`AddressError`] if `asked` names no value of `right`.
pub fn beside(right: &Pass, wrong: &Pass, asked: Option<&Address>) -> Result<String, AddressError> {
    let solution = Solution::new(right, asked)?;
    let other = Solution::new(wrong, asked).ok();
    let mistakes: Vec<String> = wrong.mistakes().iter().map(|mistake| mistake.says(wrong.network())).collect();
    let none = || Way {
        values: None,
        stands_on: None,
        lines: Vec::new(),
        left_out: Vec::new(),
        output: numbers(wrong.output()),
    };
    Ok(json::text(&Document {
        model: &solution.model,
        input: numbers(&solution.input),
        mistakes: &mistakes,
        parts_at: sheet::first_difference(right, wrong).map(|at| at.to_string()),
        value: solution.asked.as_ref().map(|asked| asked.address.to_string()),
        ways: Ways::Two { right: way(&solution), wrong: other.as_ref().map_or_else(none, way) },
    }))
}

fn way(solution: &Solution) -> Way<'_> {
    let mut layer = "";
    let (mut lines, mut left_out) = (Vec::new(), Vec::new());
    let ends = |range: &std::ops::Range<usize>| [range.start, range.end.saturating_sub(1)];
    for block in &solution.blocks {
        match block {
            Block::Layer(heading) => layer = &heading.layer,
            Block::Unit(unit) => {
                lines.extend(unit.lines.iter().map(entry));
                let inputs = unit.left_out.as_ref().map(ends);
                left_out.extend(inputs.map(|i| LeftOut { layer, unit: Some(unit.unit), units: None, inputs: Some(i) }));
            }
            Block::Together(together) => {
                lines.extend(together.rows.iter().map(|row| shared_entry(together, row)));
                let units = together.left_out.as_ref().map(ends);
                left_out.extend(units.map(|units| LeftOut { layer, unit: None, units: Some(units), inputs: None }));
            }
            Block::LeftOut(out) => {
                left_out.push(LeftOut { layer, unit: None, units: Some(ends(&out.units)), inputs: None });
            }
        }
    }
    let asked = solution.asked.as_ref();
    Way {
        values: asked.map(|asked| numbers(&asked.values)),
        stands_on: asked.map(|asked| asked.depends_on.iter().map(Address::to_string).collect()),
        lines,
        left_out,
        output: numbers(&solution.output),
    }
}

fn entry(line: &Line) -> Entry {
    let some = |value| Some(Number(value));
    let (action, activation, numbers) = match line.action {
        Action::Multiply { x, w, product, before, .. } => {
            let numbers =
                Numbers { x: some(x), w: some(w), product: some(product), before: some(before), ..Numbers::default() };
            ("multiply".to_owned(), None, numbers)
        }
        Action::Combine { operator, operand, role, times, before, .. } => {
            let times = (times > 1).then_some(times);
            let numbers = Numbers { before: some(before), times, ..Numbers::default() };
            let numbers = match role {
                Role::Bias => Numbers { bias: some(operand), ..numbers },
                _ => Numbers { operand: some(operand), ..numbers },
            };
            (format!("{}-{}", operator.verb(), role.name()), None, numbers)
        }
        Action::Argmax { before, .. } => {
            ("argmax".to_owned(), None, Numbers { before: some(before), ..Numbers::default() })
        }
        Action::Activate { activation, before, .. } => (
            "activate".to_owned(),
            Some(activation.to_string()),
            Numbers { before: some(before), ..Numbers::default() },
        ),
    };
    Entry {
        address: line.address.to_string(),
        action,
        activation,
        from: line.from.as_ref().map(Address::to_string),
        numbers,
        result: Number(line.action.after()),
    }
}

fn shared_entry(together: &Together, row: &Row) -> Entry {
    let some = |value| Some(Number(value));
    let before = some(row.before);
    let numbers = match together.shared {
        Shared::Powers { largest, sum } => {
            let (largest, power, sum) = (some(largest), some(row.between), some(sum));
            Numbers { before, largest, power, sum, ..Numbers::default() }
        }
        Shared::Threshold(threshold) => Numbers { before, threshold: some(threshold), ..Numbers::default() },
        Shared::Nothing => Numbers { before, gate: some(row.between), ..Numbers::default() },
    };
    Entry {
        address: row.address.to_string(),
        action: "activate".to_owned(),
        activation: Some(together.activation.to_string()),
        from: None,
        numbers,
        result: Number(row.after),
    }
}
