//! Mistakes of pooling.

use super::{Kind, Part, Way};
use crate::{
    equation::{Array, Equation, Function, Kind as ArrayKind, Outside, Program, ProgramError, Read, Rule, Which},
    words,
};

/// The stage of a pooling, and whether it takes the largest.
fn pooled<'p>(part: &Part<'p>) -> Option<(&'p Equation, bool)> {
    let result = part.stage("a")?;
    match (&result.rule, part.stage("sum")) {
        (Rule::Extreme { which: Which::Largest, .. }, _) => Some((result, true)),
        (Rule::Map { function: Function::Divide, .. }, Some(sum)) => {
            let weighted = !part.weights_of(sum).is_empty();
            (matches!(sum.rule, Rule::Sum { .. }) && !weighted && part.stage("e").is_none()).then_some((sum, false))
        }
        _ => None,
    }
}

/// The average was taken for the largest, or the largest for the average.
pub(super) static WRONG_POOLING: Kind = Kind {
    id: "wrong-pooling",
    title: words::mistake_title::wrong_pooling,
    lesson: "convolution-by-hand",
    common: 2.0,
    ways: |part| match pooled(part) {
        Some((_, true)) => vec![Way::Word("average")],
        Some((_, false)) => vec![Way::Word("largest"), Way::Word("sum")],
        None => Vec::new(),
    },
    change,
    says: |part, way| words::layer_mistake::wrong_pooling(part.layer, way),
};

fn change(part: &Part<'_>, way: &Way, program: &mut Program) -> Result<(), ProgramError> {
    let Some((equation, _)) = pooled(part) else { return Ok(()) };
    let name = part.name("a");
    match way {
        Way::Word("sum") => program.leave_out(&name).map(drop),
        Way::Word("largest") => {
            let of = equation.rule.reads()[0].clone().padded(f32::NEG_INFINITY);
            program
                .set_rule(&name, Rule::Extreme { over: equation.rule.over().clone(), of, which: Which::Largest })
                .map(drop)
        }
        _ => {
            // The mean as one sum: every number times 1 / n.
            let Rule::Extreme { over, of, .. } = &equation.rule else { return Ok(()) };
            let share = Array::scalar(1.0 / over.size() as f32);
            let share = program.constant(part.name("share"), share)?;
            let of = Read { outside: Outside::Value(0.0), ..of.clone() };
            program.set_rule(&name, Rule::sum(over.clone(), [of, Read::same(share, 0)])).map(drop)
        }
    }
}

/// The average was divided by the size of the window at the border too, where a part of it lies outside.
pub(super) static WHOLE_WINDOW: Kind = Kind {
    id: "whole-window",
    title: words::mistake_title::whole_window,
    lesson: "convolution-by-hand",
    common: 2.0,
    ways: |part| counts(part).map(|_| Way::Plain).into_iter().collect(),
    change: |part, _, program| match counts(part) {
        Some((name, whole)) => program.set_array(&name, whole).map(drop),
        None => Ok(()),
    },
    says: |part, _| words::layer_mistake::whole_window(part.layer),
};

/// The constant of how many places of each window lie inside, and the same with all places; `None` where they are the same.
fn counts(part: &Part<'_>) -> Option<(String, Array)> {
    let (sum, false) = pooled(part)? else { return None };
    let size = sum.rule.over().size() as f32;
    let divided = part.stage("a")?.rule.reads().get(1)?;
    let declared = part.program.array(divided.array);
    let ArrayKind::Constant(array) = &declared.kind else { return None };
    let whole = Array::new(array.shape().clone(), vec![size; array.values().len()])?;
    (whole != *array).then(|| (declared.name.clone(), whole))
}
