//! Numbers taken in another order: rows for channels when a picture is flattened, the last time first.

use super::{Kind, Part, Way};
use crate::{
    equation::{Affine, Axis, Equation, Index, Read, Repeat, Rule, own, signed},
    words,
};

/// The numbers of a picture were put in a row channel by channel, not place by place.
pub(super) static FLATTEN_ORDER: Kind = Kind {
    id: "flatten-order",
    title: words::mistake_title::flatten_order,
    lesson: "convolution-by-hand",
    common: 4.0,
    ways: |part| flattened(part).map(|_| Way::Plain).into_iter().collect(),
    change: |part, _, program| {
        let Some((read, axes)) = flattened(part) else { return Ok(()) };
        // The last axis comes first, as PyTorch keeps pictures.
        let last = axes.len() - 1;
        let turned = [&axes[last..], &axes[..last]].concat();
        let index = (1..=last).map(own).chain([own(0)]);
        let rule = Rule::copy(Read::new(read.array, index));
        let id = program.insert_before(&part.name("a"), part.name("in_other_order"), turned, rule)?;
        program.set_operand(&part.name("a"), 0, Read { array: id, ..read.clone() }).map(drop)
    },
    says: |part, _| words::layer_mistake::flatten_order(part.layer),
};

/// What a flattening part reads as one row, and the axes that it has.
fn flattened<'p>(part: &Part<'p>) -> Option<(&'p Read, &'p [usize])> {
    let result = part.stage("a")?;
    let Rule::Map { of, .. } = &result.rule else { return None };
    let ([read], 0) = (of.as_slice(), result.rule.actions()) else { return None };
    let axes = part.axes(read.array);
    let long = axes.iter().filter(|&&length| length > 1).count();
    let row = read.view.as_ref().is_some_and(|view| view.rank() == 1) && result.shape.rank() == 1;
    (row && axes.len() > 1 && long > 1 && axes.last() != Some(&1)).then_some((read, axes))
}

/// A sequence was gone through from its end.
pub(super) static REVERSED_TIME: Kind = Kind {
    id: "reversed-time",
    title: words::mistake_title::reversed_time,
    lesson: "lstm-one-step",
    common: 2.0,
    ways: |part| timed(part).map(|_| Way::Plain).into_iter().collect(),
    change: |part, _, program| {
        let Some((stage, operand, index)) = timed(part) else { return Ok(()) };
        program.set_index(&part.name(stage), operand, 0, index).map(drop)
    },
    says: |part, _| words::layer_mistake::reversed_time(part.layer),
};

/// The stage of a recurrent part that reads its input, the operand, and the time the other way round.
fn timed<'p>(part: &Part<'p>) -> Option<(&'p str, usize, Affine)> {
    part.stages().into_iter().find_map(|(stage, equation): (&str, &Equation)| {
        let Some(Repeat { axis: 0, .. }) = equation.repeat else { return None };
        let times = signed(equation.shape.axes()[0]);
        let outside =
            |read: &Read| part.program.equation_of(read.array).is_none_or(|from| from.repeat != equation.repeat);
        let mut reads = equation.rule.reads().iter().enumerate();
        reads.find_map(|(operand, read)| {
            let Some(Index::At(time)) = read.index.first() else { return None };
            let by = time.coefficient(Axis::Own(0));
            (outside(read) && by.abs() == 1 && time.terms.len() == 1 && times > 1)
                .then(|| (stage, operand, -time.clone() + (times - 1)))
        })
    })
}
