//! Mistakes of a softmax: over the wrong numbers, or not divided by the sum.

use super::{
    Kind, Part, Way,
    common::{activations, logits},
};
use crate::{
    equation::{Affine, Axis, Function, Index, Program, ProgramError, Read, Rule, over, own},
    network::Activation,
    words,
};

/// The softmax of a part: its stage, what goes in, its shape, and along which axes it is.
fn softmax<'p>(part: &Part<'p>) -> Option<(&'p str, Read, &'p [usize], Vec<usize>)> {
    let (stage, _) = activations(part).into_iter().find(|(_, activation)| *activation == Activation::Softmax)?;
    let read = logits(part, stage)?;
    let sum = part.stage("sum")?;
    let summed = sum.rule.reads().first()?;
    let along = |(axis, index): (usize, &Index)| match index {
        Index::At(affine) if affine.terms.iter().any(|(axis, _)| matches!(axis, Axis::Over(_))) => Some(axis),
        _ => None,
    };
    let axes = summed.index.iter().enumerate().filter_map(along).collect();
    Some((stage, read, part.stage(stage)?.shape.axes(), axes))
}

/// The shares were taken along another axis, or of all numbers together.
pub(super) static WRONG_AXIS: Kind = Kind {
    id: "softmax-wrong-axis",
    title: words::mistake_title::softmax_wrong_axis,
    lesson: "softmax-by-hand",
    common: 2.0,
    ways: |part| {
        let Some((_, _, shape, right)) = softmax(part) else { return Vec::new() };
        let long = |axis: &usize| shape[*axis] > 1;
        let others = (0..shape.len()).filter(|axis| long(axis) && right != [*axis]).map(Way::Whole);
        let all = (0..shape.len()).filter(long).count() > right.len();
        others.chain(all.then_some(Way::Word("all"))).collect()
    },
    change: |part, way, program| {
        let Some((stage, read, shape, _)) = softmax(part) else { return Ok(()) };
        let axes: Vec<usize> = match *way {
            Way::Whole(axis) => vec![axis],
            _ => (0..shape.len()).collect(),
        };
        along(part, program, stage, &read, shape, &axes)
    },
    says: |part, way| match way {
        Way::Whole(axis) => words::layer_mistake::softmax_axis(axis, part.layer),
        _ => words::layer_mistake::softmax_of_all(part.layer),
    },
};

/// Shares along some axes, from powers that nothing was taken away from.
fn along(
    part: &Part<'_>,
    program: &mut Program,
    stage: &str,
    read: &Read,
    shape: &[usize],
    axes: &[usize],
) -> Result<(), ProgramError> {
    let name = part.name(stage);
    let rank = shape.len();
    let power = Rule::map(Function::Activation(Activation::Exponential), [read.clone()]);
    let powers = program.insert_before(&name, part.name("powers"), shape, power)?;
    let (mut kept, mut summed) = (Vec::new(), Vec::new());
    let index: Vec<Affine> = (0..rank)
        .map(|axis| {
            let list = if axes.contains(&axis) { &mut summed } else { &mut kept };
            list.push(shape[axis]);
            if axes.contains(&axis) { over(summed.len() - 1) } else { own(kept.len() - 1) }
        })
        .collect();
    let sum = Rule::sum(summed, [Read::new(powers, index)]);
    let sum = program.insert_before(&name, part.name("other_sum"), kept, sum)?;
    let others = (0..rank).filter(|axis| !axes.contains(axis)).map(own);
    program.set_rule(&name, Rule::map(Function::Divide, [Read::same(powers, rank), Read::new(sum, others)])).map(drop)
}

/// The powers were not divided by their sum.
pub(super) static NOT_NORMALISED: Kind = Kind {
    id: "softmax-not-normalised",
    title: words::mistake_title::softmax_not_normalised,
    lesson: "softmax-by-hand",
    common: 2.0,
    ways: |part| softmax(part).map(|_| Way::Plain).into_iter().collect(),
    change: |part, _, program| {
        let Some((stage, read, ..)) = softmax(part) else { return Ok(()) };
        let power = Rule::map(Function::Activation(Activation::Exponential), [read]);
        program.set_rule(&part.name(stage), power).map(drop)
    },
    says: |part, _| words::mistake::softmax_without_sum(part.layer),
};
