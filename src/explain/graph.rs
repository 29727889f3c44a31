//! A pass through a graph as a worked solution: for each layer the formulas that ran, and each value with its numbers.
//!
//! [`Solution::of`] decides what is written: of the whole pass, or of one value and what it needs within its layer. The
//! writers decide how it looks. Everything comes from the equations themselves, so a mistake shows as it was made.
//!
//! A solution is bounded, whatever the size of the network: long sums and large arrays keep their first and last lines and say
//! how many were left out.

mod calculation;
pub mod csv;
mod formula;
pub mod json;
pub mod latex;
pub mod markdown;
pub(super) mod needed;
pub mod text;

use crate::{
    equation::{Action, ArrayId, Program, Values},
    graph::{AddressError, Found},
    network::number::Digits,
    pass::graph::Pass,
};

pub use formula::formula;

/// Terms of one sum that are written.
const MOST_TERMS: usize = 200;

/// Values of one stage that are written where a whole array is asked for.
const MOST_VALUES: usize = 24;

/// Lines of one solution.
const MOST_LINES: usize = 3_000;

/// A worked solution.
#[derive(Debug, Clone)]
pub struct Solution {
    /// The model's name.
    pub model: String,
    /// What went in: the name and the numbers of each input.
    pub inputs: Vec<(String, Vec<f32>)>,
    /// The mistakes that were made, as sentences without their full stops.
    pub mistakes: Vec<String>,
    /// The first value that the mistakes change: its address, the right number and the wrong one.
    pub difference: Option<(String, f32, f32)>,
    /// What was asked for; `None` for the whole pass.
    pub asked: Option<Asked>,
    /// What is written, a layer each.
    pub sections: Vec<Section>,
    /// What comes out: the name and the numbers of each output.
    pub outputs: Vec<(String, Vec<f32>)>,
}

/// A value, or a whole array, that the solution is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its address, as it was asked for.
    pub address: String,
    /// What the address is another name of.
    pub same_as: Option<String>,
    /// Its values.
    pub values: Vec<f32>,
    /// The values of other layers that it is computed from.
    pub stands_on: Vec<String>,
    /// Whether it is given or trained, so that nothing is computed.
    pub is_given: bool,
}

/// A layer of the solution.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its name.
    pub layer: String,
    /// The framework's name of its class, if it is a layer of its own.
    pub kind: Option<&'static str>,
    /// The formulas of the stages that are written.
    pub formulas: Vec<formula::Formula>,
    /// The work of each value.
    pub works: Vec<Work>,
    /// How many values are not written.
    pub left_out: usize,
}

/// The work of one value.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// Its address.
    pub address: String,
    /// Its value.
    pub value: f32,
    /// One line an action.
    pub lines: Vec<Line>,
    /// Where lines are left out: before which line, and how many.
    pub left_out: Option<(usize, usize)>,
}

/// One action.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The action, with its numbers.
    pub action: Action,
    /// Where each of its operands comes from; empty for padding.
    pub from: Vec<String>,
    /// The function, for actions that apply one.
    pub function: Option<crate::equation::Function>,
}

impl Solution {
    /// The solution of the whole pass, or of the value at `asked`. `right` is the pass without the mistakes, if there are any.
    ///
    /// # Errors
    /// [`AddressError`] if `asked` names no value of this pass.
    pub fn of(pass: &Pass, right: Option<&Pass>, asked: Option<&str>) -> Result<Self, AddressError> {
        let network = pass.network();
        let program = pass.program();
        let names = network.inputs().iter().map(|&id| network.node(id).name.clone());
        let outputs = pass.outputs().into_iter().enumerate().map(|(i, array)| {
            let name = if i == 0 { "output".to_owned() } else { format!("output{}", i + 1) };
            (name, pass.values().of(array).to_vec())
        });
        let difference = right.and_then(|right| {
            let (array, flat) = right.first_difference(pass)?;
            let value = |pass: &Pass| pass.values().of(array).get(flat).copied().unwrap_or(f32::NAN);
            Some((program.address(array, flat), value(right), value(pass)))
        });
        let (asked, wanted) = match asked {
            None => (None, needed::all(program)),
            Some(address) => {
                let (found, values) = pass.get(address)?;
                let (asked, wanted) = about(program, pass.values(), address, found, values);
                (Some(asked), wanted)
            }
        };
        let kind = |layer: &str| network.nodes().iter().find(|node| node.name == layer).map(crate::graph::Node::kind);
        Ok(Self {
            model: network.name().to_owned(),
            inputs: names.zip(pass.inputs().iter().cloned()).collect(),
            mistakes: pass.mistakes().iter().map(|mistake| mistake.says(network.program())).collect(),
            difference,
            asked,
            sections: sections(program, pass.values(), &wanted, kind),
            outputs: outputs.collect(),
        })
    }
}

/// What is to be said about one address, and the values whose work is written.
fn about(
    program: &Program,
    values: &Values,
    address: &str,
    found: Found,
    numbers: &[f32],
) -> (Asked, Vec<(ArrayId, usize)>) {
    let steps = program.steps();
    let (wanted, outside) = match found.flat {
        Some(flat) => needed::of(program, &steps, values, found.array, flat),
        None => needed::of_all(program, &steps, values, found.array),
    };
    let own_name = match found.flat {
        Some(flat) => program.address(found.array, flat),
        None => program.name(found.array).to_owned(),
    };
    let asked = Asked {
        address: address.to_owned(),
        same_as: (own_name != address).then_some(own_name),
        values: numbers.to_vec(),
        stands_on: outside,
        is_given: program.equation_of(found.array).is_none(),
    };
    (asked, wanted)
}

/// The work of some values, in order, a section a layer.
fn sections(
    program: &Program,
    values: &Values,
    wanted: &[(ArrayId, usize)],
    kind: impl Fn(&str) -> Option<&'static str>,
) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut lines = 0;
    for &(array, flat) in wanted {
        let name = program.name(array);
        let (layer, stage) = name.rsplit_once('.').unwrap_or((name, ""));
        if sections.last().is_none_or(|section| section.layer != layer) {
            let (layer, kind) = (layer.to_owned(), kind(layer));
            sections.push(Section { layer, kind, formulas: Vec::new(), works: Vec::new(), left_out: 0 });
        }
        let Some(section) = sections.last_mut() else { continue };
        if section.formulas.iter().all(|formula| formula.stage != stage) {
            section.formulas.extend(formula(program, array));
        }
        if lines >= MOST_LINES {
            section.left_out += 1;
            continue;
        }
        let work = work(program, values, array, flat);
        lines += work.lines.len();
        // A copy has no work; its formula says where it is from.
        if !work.lines.is_empty() {
            section.works.push(work);
        }
    }
    sections
}

/// One action as an equation that is true as it is printed. `is_first`: whether it begins a sum.
pub fn written(action: &Action, function: Option<crate::equation::Function>, is_first: bool, digits: Digits) -> String {
    let line = Line { action: action.clone(), from: Vec::new(), function };
    calculation::calculation(&line, is_first, digits, calculation::Style::Plain).text()
}

fn work(program: &Program, values: &Values, array: ArrayId, flat: usize) -> Work {
    let function = program.equation_of(array).and_then(|equation| match equation.rule {
        crate::equation::Rule::Map { function, .. } => Some(function),
        _ => None,
    });
    let mut actions = program.worked(values, array, flat);
    let left_out = actions.len().checked_sub(MOST_TERMS).filter(|more| *more > 0);
    if let Some(more) = left_out {
        actions.drain(MOST_TERMS / 2..MOST_TERMS / 2 + more);
    }
    let name =
        |from: &Option<(ArrayId, usize)>| from.map_or(String::new(), |(array, flat)| program.address(array, flat));
    let line = |action: Action| {
        let operands: &[crate::equation::Operand] = match &action {
            Action::Term { factors, .. } => factors,
            Action::Compare { with, .. } => std::slice::from_ref(with),
            Action::Apply { operands, .. } => operands,
        };
        let from = operands.iter().map(|operand| name(&operand.from)).collect();
        Line { action, from, function }
    };
    Work {
        address: program.address(array, flat),
        value: values.of(array).get(flat).copied().unwrap_or(f32::NAN),
        lines: actions.into_iter().map(line).collect(),
        left_out: left_out.map(|more| (MOST_TERMS / 2, more)),
    }
}
