//! Mistakes with one number of the weights: left out, or taken with the other sign.

use super::{Kind, Part, Way, common::weight};
use crate::{
    equation::{Array, Program, ProgramError},
    words,
};

/// More numbers of one part than this are not tried one by one.
const MOST: usize = 20_000;

/// One number was left out.
pub(super) static MISSING_TERM: Kind = Kind {
    id: "missing-term",
    title: words::mistake_title::missing_term,
    lesson: "by-hand",
    common: 3.0,
    ways,
    change: |part, way, program| put(part, way, program, |_| 0.0),
    says: |part, way| words::layer_mistake::missing_term(part.layer, way),
};

/// One number was taken with the other sign.
pub(super) static SIGN_ERROR: Kind = Kind {
    id: "sign-error",
    title: words::mistake_title::sign_error,
    lesson: "by-hand",
    common: 3.0,
    ways,
    change: |part, way, program| put(part, way, program, |number| -number),
    says: |part, way| words::layer_mistake::sign_error(part.layer, way),
};

/// Every number of the weights that is not 0.
fn ways(part: &Part<'_>) -> Vec<Way> {
    let mut names: Vec<(&str, &Array)> = Vec::new();
    for (_, equation) in part.stages() {
        for (_, name, array) in part.weights_of(equation) {
            // Statistics and tables are no terms of a sum.
            let is_term = name.ends_with("kernel") || name.ends_with("bias");
            if is_term && names.iter().all(|(known, _)| *known != name) {
                names.push((name, array));
            }
        }
    }
    if names.iter().map(|(_, array)| array.values().len()).sum::<usize>() > MOST {
        return Vec::new();
    }
    let each = |(name, array): (&str, &Array)| {
        let (name, shape) = (name.to_owned(), array.shape().clone());
        let numbers: Vec<(usize, f32)> = array.values().iter().copied().enumerate().collect();
        numbers.into_iter().filter(|(_, number)| *number != 0.0).map(move |(flat, _)| {
            let index = shape.unravel(flat).iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            Way::Weight { weight: name.clone(), flat, index }
        })
    };
    names.into_iter().flat_map(each).collect()
}

fn put(part: &Part<'_>, way: &Way, program: &mut Program, change: fn(f32) -> f32) -> Result<(), ProgramError> {
    let Way::Weight { weight: name, flat, .. } = way else { return Ok(()) };
    let Some((id, array)) = weight(part, name) else { return Ok(()) };
    let Some(&number) = array.values().get(*flat) else { return Ok(()) };
    program.set_number(part.program.name(id), *flat, change(number)).map(drop)
}
