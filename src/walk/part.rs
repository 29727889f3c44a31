//! The parts of a program: the layers of its forward pass, the loss, and in training the layers backwards and their updates.

use std::{collections::BTreeSet, ops::Range};

use crate::equation::{ArrayId, Program, Read, Steps};

/// What a part belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// From the input to the output.
    Forward,
    /// How wrong the output is.
    Loss,
    /// From the loss back to the weights.
    Backward,
    /// New weights.
    Update,
}

/// Equations that follow one another and belong to one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The layer, as addresses call it.
    pub layer: String,
    /// The framework's name of its class, if it is a layer.
    pub kind: Option<String>,
    /// What it belongs to.
    pub phase: Phase,
    /// Its arrays, in the order in which they are computed.
    pub arrays: Vec<ArrayId>,
    /// Its steps, from the first to before the last.
    pub steps: Range<usize>,
    /// The parts before it that it reads, by position.
    pub from: Vec<usize>,
    /// The inputs that it reads.
    pub inputs: Vec<ArrayId>,
}

impl Part {
    /// What it gives: its last array.
    pub fn result(&self) -> Option<ArrayId> {
        self.arrays.last().copied()
    }
}

/// The parts of a program. `layers`: the names of the network's layers. `about` says of a layer and one of its equations, by position, what it is.
pub(super) fn parts(
    program: &Program,
    steps: &Steps,
    layers: &BTreeSet<&str>,
    about: impl Fn(&str, usize) -> (Phase, Option<String>),
) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut owner: Vec<Option<usize>> = vec![None; program.arrays().len()];
    for (at, equation) in program.equations().iter().enumerate() {
        let layer = layer_of(program.name(equation.array), layers);
        let (phase, kind) = about(layer, at);
        if parts.last().is_none_or(|part| part.layer != layer || part.phase != phase) {
            let start = parts.last().map_or(0, |part| part.steps.end);
            let (layer, arrays, from, inputs) = (layer.to_owned(), Vec::new(), Vec::new(), Vec::new());
            parts.push(Part { layer, kind, phase, arrays, steps: start..start, from, inputs });
        }
        let number = parts.len() - 1;
        let Some(part) = parts.last_mut() else { continue };
        part.arrays.push(equation.array);
        owner[equation.array.position()] = Some(number);
        let last = equation.shape.size().saturating_sub(1);
        let end = [0, last].into_iter().filter_map(|flat| steps.known_after(equation.array, flat)).max();
        part.steps.end = part.steps.end.max(end.unwrap_or(0));
    }
    for (number, part) in parts.iter_mut().enumerate() {
        let reads: BTreeSet<ArrayId> = part
            .arrays
            .iter()
            .filter_map(|&array| program.equation_of(array))
            .flat_map(|equation| equation.rule.reads().iter().flat_map(Read::each).map(|read| read.array))
            .collect();
        let from: BTreeSet<usize> =
            reads.iter().filter_map(|read| owner[read.position()]).filter(|&from| from < number).collect();
        part.from = from.into_iter().collect();
        let is_input = |array: &&ArrayId| program.array(**array).kind == crate::equation::Kind::Input;
        part.inputs = reads.iter().filter(is_input).copied().collect();
    }
    parts
}

/// The layer of an array's name: `encoder/dense` of `encoder/dense.kernel.new`; a name without stage is its own layer. The name
/// of a layer may have points.
fn layer_of<'n>(name: &'n str, layers: &BTreeSet<&str>) -> &'n str {
    let points = name.rmatch_indices('.').map(|(at, _)| &name[..at]);
    let known = points.filter(|layer| layers.contains(layer)).max_by_key(|layer| layer.len());
    known.or(name.split_once('.').map(|(layer, _)| layer)).unwrap_or(name)
}
