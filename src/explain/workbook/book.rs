//! A pass as a book: which equations, which layers, which way beside which.

use super::{Book, Way, WorkbookError};
use crate::{
    equation::{ArrayId, Program, Values},
    explain::{Sheet, beside},
    network::Stage,
    pass::{Address, AddressError, Pass, Source, graph},
};

/// The workbook of a chain of layers; `wrong` is a second block. With `asked` it has this value only.
///
/// # Errors
/// [`WorkbookError`] if `asked` names no value, or the book cannot be written.
pub fn of_chain(right: &Pass, wrong: Option<&Pass>, asked: Option<&Address>) -> Result<Vec<u8>, WorkbookError> {
    let (program, values) = equations(right)?;
    let other = wrong.map(equations).transpose()?;
    let network = right.network();
    let asked = asked.map(|address| found(right, &program, address)).transpose()?.flatten();
    let sections = Sheet::new(right, None)?.sections;
    let output = network.layers().last().map(|layer| format!("{}.a", layer.name));
    let says = |wrong: &Pass| wrong.mistakes().iter().map(|mistake| mistake.says(network)).collect();
    Book {
        model: network.name(),
        layers: sections.iter().map(|s| (s.heading.layer.clone(), beside::heading(&s.heading))).collect(),
        inputs: program.find("input").into_iter().collect(),
        outputs: output.and_then(|output| program.find(&output)).into_iter().collect(),
        right: Way { program: &program, values: &values },
        wrong: other.as_ref().map(|(program, values)| Way { program, values }),
        mistakes: wrong.map(says).unwrap_or_default(),
        asked,
    }
    .write()
}

/// The equations of a pass and their values.
fn equations(pass: &Pass) -> Result<(Program, Values), WorkbookError> {
    let program = pass.program()?;
    let given: Vec<_> = program.find("input").map(|input| (input, pass.input().to_vec())).into_iter().collect();
    let values = program.evaluate(&given)?;
    Ok((program, values))
}

/// The array that an address means, and which of its numbers.
fn found(pass: &Pass, program: &Program, address: &Address) -> Result<Option<(ArrayId, Option<usize>)>, AddressError> {
    let network = pass.network();
    let name = |layer: usize| network.layer(layer).map_or("", |layer| layer.name.as_str());
    let place = address.resolve(network)?;
    let array = match place.source {
        // What arrives is what the layer before gives, unless it was misread.
        Source::Stage(layer, Stage::In) if program.find(&format!("{}.in", name(layer))).is_none() => {
            layer.checked_sub(1).map_or_else(|| "input".to_owned(), |before| format!("{}.a", name(before)))
        }
        Source::Stage(layer, stage) => format!("{}.{}", name(layer), stage.name()),
        Source::Kernel(layer) => format!("{}.kernel", name(layer)),
        Source::Bias(layer) => format!("{}.bias", name(layer)),
        Source::List(layer, list) => format!("{}.{}", name(layer), list.name()),
        Source::Input => "input".to_owned(),
    };
    Ok(program.find(&array).map(|array| (array, place.index)))
}

/// The workbook of a graph of layers; `wrong` is a second block. With `asked` it has this value only.
///
/// # Errors
/// [`WorkbookError`] if `asked` names no value, or the book cannot be written.
pub fn of_graph(
    right: &graph::Pass,
    wrong: Option<&graph::Pass>,
    asked: Option<&str>,
) -> Result<Vec<u8>, WorkbookError> {
    let network = right.network();
    let asked = asked.map(|address| network.find(address)).transpose()?.map(|found| (found.array, found.flat));
    let layers = network.nodes().iter().filter(|node| node.operation.is_some());
    let says = |wrong: &graph::Pass| wrong.mistakes().iter().map(|mistake| mistake.says(network.program())).collect();
    Book {
        model: network.name(),
        layers: layers.map(|node| (node.name.clone(), format!("{}: {}", node.name, node.kind()))).collect(),
        inputs: network.inputs().iter().map(|&id| network.node(id).array()).collect(),
        outputs: right.outputs(),
        right: Way { program: right.program(), values: right.values() },
        wrong: wrong.map(|wrong| Way { program: wrong.program(), values: wrong.values() }),
        mistakes: wrong.map(says).unwrap_or_default(),
        asked,
    }
    .write()
}
