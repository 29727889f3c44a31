//! Mistakes of attention: the scale, queries for keys, keys for values, the mask.

use super::{Kind, Part, Way};
use crate::{
    equation::{Array, Function, Program, ProgramError, Read, Rule},
    words,
};

/// The scores were not scaled.
pub(super) static UNSCALED: Kind = Kind {
    id: "unscaled-scores",
    title: words::mistake_title::unscaled_scores,
    lesson: "attention-by-hand",
    common: 3.0,
    ways: |part| scale(part).map(|_| Way::Plain).into_iter().collect(),
    change: |part, _, program| program.leave_out(&part.name("scaled")).map(drop),
    says: |part, _| words::layer_mistake::unscaled_scores(part.layer),
};

/// The constant that the scores are multiplied with.
fn scale<'p>(part: &Part<'p>) -> Option<(&'p str, f32)> {
    part.stage("scores")?;
    part.stage("scaled")?;
    part.constant("scale")
}

/// How many numbers each score is the sum of, and how many heads there are.
fn lengths(part: &Part<'_>) -> Option<(f32, f32)> {
    let scores = part.stage("scores")?;
    let Rule::Sum { over, .. } = &scores.rule else { return None };
    let heads = if scores.shape.rank() > 2 { scores.shape.axes()[0] } else { 1 };
    Some((over.size() as f32, heads as f32))
}

/// The scores were scaled by another number.
pub(super) static WRONG_SCALE: Kind = Kind {
    id: "wrong-scale",
    title: words::mistake_title::wrong_scale,
    lesson: "attention-by-hand",
    common: 2.0,
    ways: |part| {
        let Some((units, heads)) = lengths(part) else { return Vec::new() };
        let scaled = scale(part).is_some();
        let mut ways = Vec::new();
        if scaled && units > 1.0 {
            ways.extend([Way::Word("without-root"), Way::Word("times-root")]);
        }
        if scaled && heads > 1.0 {
            ways.push(Way::Word("all-heads"));
        }
        // Keras' Attention does not scale by 1 / sqrt(d); papers do.
        if !scaled && units > 1.0 {
            ways.push(Way::Word("as-in-paper"));
        }
        ways
    },
    change: rescale,
    says: |part, way| words::layer_mistake::wrong_scale(part.layer, way),
};

fn rescale(part: &Part<'_>, way: &Way, program: &mut Program) -> Result<(), ProgramError> {
    let Some((units, heads)) = lengths(part) else { return Ok(()) };
    let number = match way {
        Way::Word("without-root") => 1.0 / units,
        Way::Word("times-root") => units.sqrt(),
        Way::Word("all-heads") => (units * heads).sqrt().recip(),
        _ => units.sqrt().recip(),
    };
    if let Some((name, _)) = scale(part) {
        return program.set_number(name, 0, number).map(drop);
    }
    let rank = part.stage("scores").map_or(0, |scores| scores.shape.rank());
    let by = program.constant(part.name("scale_of_paper"), Array::scalar(number))?;
    let product = |scores| Rule::map(Function::Multiply, [Read::same(scores, rank), Read::same(by, 0)]);
    program.insert_after(&part.name("scores"), part.name("scores_scaled"), product).map(drop)
}

/// Queries were taken for keys, or keys for values.
pub(super) static SWAPPED_QUERY: Kind = Kind {
    id: "swapped-projections",
    title: words::mistake_title::swapped_projections,
    lesson: "attention-by-hand",
    common: 3.0,
    ways: |part| {
        let pairs = PAIRS.iter().filter(|(_, stages)| pair(part, stages).is_some());
        pairs.map(|(word, _)| Way::Word(word)).collect()
    },
    change: |part, way, program| {
        let Some((_, stages)) = PAIRS.iter().find(|(word, _)| *way == Way::Word(word)) else { return Ok(()) };
        let Some(reads) = pair(part, stages) else { return Ok(()) };
        let arrays = [reads[0].2.array, reads[1].2.array];
        for (i, (stage, operand, read)) in reads.into_iter().enumerate() {
            let other = Read { array: arrays[1 - i], ..read.clone() };
            program.set_operand(&part.name(stage), operand, other)?;
        }
        Ok(())
    },
    says: |part, way| words::layer_mistake::swapped_projections(part.layer, way),
};

/// What can be exchanged, and where each of the two is read: a stage and an operand.
const PAIRS: [(&str, [(&str, usize); 2]); 2] =
    [("query-key", [("scores", 0), ("scores", 1)]), ("key-value", [("scores", 1), ("heads", 1)])];

type Place<'p> = (&'static str, usize, &'p Read);

/// The two reads, if both arrays have the same shape and are not the same.
fn pair<'p>(part: &Part<'p>, places: &[(&'static str, usize); 2]) -> Option<[Place<'p>; 2]> {
    part.stage("weights")?;
    let read = |(stage, operand): (&'static str, usize)| {
        // Without heads the values are read by the result, or by what a mask leaves of it.
        let mixing = ["heads", "mixed", "a"].into_iter().find(|name| part.stage(name).is_some());
        let stage = if stage == "heads" { mixing? } else { stage };
        part.stage(stage)?.rule.reads().get(operand).map(|read| (stage, operand, read))
    };
    let (one, other) = (read(places[0])?, read(places[1])?);
    let same_shape = part.axes(one.2.array) == part.axes(other.2.array);
    (same_shape && one.2.array != other.2.array).then_some([one, other])
}

/// What may not be seen was seen.
pub(super) static FORGOTTEN_MASK: Kind = Kind {
    id: "forgotten-mask",
    title: words::mistake_title::forgotten_mask,
    lesson: "attention-by-hand",
    common: 3.0,
    ways: |part| part.stage("masked").map(|_| Way::Plain).into_iter().collect(),
    change: |part, _, program| {
        let Some(scores) = part.stage("masked").and_then(|masked| masked.rule.reads().get(1)) else { return Ok(()) };
        program.set_rule(&part.name("masked"), Rule::copy(scores.clone())).map(drop)
    },
    says: |part, _| words::layer_mistake::forgotten_mask(part.layer),
};
