//! Which values' work is written.

use std::collections::BTreeSet;

use super::MOST_VALUES;
use crate::equation::{ArrayId, Index, Program, Read, Steps, Values};

/// Values of the same layer that one value needs, at most.
const MOST_NEEDED: usize = 400;

/// The first and the last values of every array that is computed.
pub(super) fn all(program: &Program) -> Vec<(ArrayId, usize)> {
    let steps = program.steps();
    let mut wanted = Vec::new();
    for equation in program.equations() {
        wanted.extend(ends(equation.shape.size()).map(|flat| (equation.array, flat)));
    }
    sort(program, &steps, &mut wanted);
    wanted
}

/// The first and the last indices, so that [`MOST_VALUES`] are left.
fn ends(size: usize) -> impl Iterator<Item = usize> {
    let (head, tail) = if size <= MOST_VALUES { (size, size) } else { (MOST_VALUES / 2, size - MOST_VALUES / 2) };
    (0..head).chain(tail..size)
}

/// By layers in their order, then by steps.
fn sort(program: &Program, steps: &Steps, wanted: &mut [(ArrayId, usize)]) {
    let layers: Vec<&str> = layers(program);
    let layer = |array: ArrayId| {
        let name = program.name(array).rsplit_once('.').map_or("", |(layer, _)| layer);
        layers.iter().position(|known| *known == name)
    };
    wanted.sort_by_cached_key(|&(array, flat)| (layer(array), steps.known_after(array, flat), array.position()));
}

fn layers(program: &Program) -> Vec<&str> {
    let mut layers: Vec<&str> = Vec::new();
    for equation in program.equations() {
        let Some((layer, _)) = program.name(equation.array).rsplit_once('.') else { continue };
        if !layers.contains(&layer) {
            layers.push(layer);
        }
    }
    layers
}

/// The values of its layer that a value is computed from (of a recurrent layer: of the same time), itself included, in
/// order; and the addresses of the values that these take from elsewhere.
pub(in crate::explain) fn of(
    program: &Program,
    steps: &Steps,
    values: &Values,
    array: ArrayId,
    flat: usize,
) -> (Vec<(ArrayId, usize)>, Vec<String>) {
    let mut wanted = BTreeSet::new();
    let mut outside = Vec::new();
    let mut open = vec![(array, flat)];
    while let Some(at @ (array, flat)) = open.pop() {
        if wanted.len() >= MOST_NEEDED || !wanted.insert(at) {
            continue;
        }
        for from in program.sources(values, array, flat) {
            if belongs(program, at, from) {
                open.push(from);
            } else if !outside.contains(&from) {
                outside.push(from);
            }
        }
    }
    let mut wanted: Vec<(ArrayId, usize)> = wanted.into_iter().collect();
    sort(program, steps, &mut wanted);
    (wanted, named(program, &outside))
}

/// The same for a whole array, its ends only if it is large.
pub(in crate::explain) fn of_all(
    program: &Program,
    steps: &Steps,
    values: &Values,
    array: ArrayId,
) -> (Vec<(ArrayId, usize)>, Vec<String>) {
    let mut wanted = BTreeSet::new();
    let mut outside: Vec<String> = Vec::new();
    if program.equation_of(array).is_some() {
        for flat in ends(program.shape(array).size()) {
            let (own, others) = of(program, steps, values, array, flat);
            wanted.extend(own);
            for name in others.iter().map(|address| address.split('[').next().unwrap_or_default().to_owned()) {
                if !outside.contains(&name) {
                    outside.push(name);
                }
            }
        }
    }
    let mut wanted: Vec<(ArrayId, usize)> = wanted.into_iter().collect();
    sort(program, steps, &mut wanted);
    (wanted, outside)
}

/// Whether what is read is part of the work: it is computed in the same layer, and at the same time.
fn belongs(program: &Program, at: (ArrayId, usize), from: (ArrayId, usize)) -> bool {
    let layer = |array: ArrayId| program.name(array).rsplit_once('.').map(|(layer, _)| layer);
    let (Some(own), Some(theirs)) = (program.equation_of(at.0), program.equation_of(from.0)) else { return false };
    let time = |equation: &crate::equation::Equation, flat| {
        equation.repeat.map(|repeat| equation.shape.unravel(flat)[repeat.axis])
    };
    let earlier = matches!((time(own, at.1), time(theirs, from.1)), (Some(now), Some(then)) if then < now);
    layer(at.0) == layer(from.0) && !earlier
}

/// Addresses; where many numbers of one array are read, its name.
fn named(program: &Program, outside: &[(ArrayId, usize)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for &(array, flat) in outside {
        let many = outside.iter().filter(|(other, _)| *other == array).count() > 4;
        let name = if many { program.name(array).to_owned() } else { program.address(array, flat) };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Whether a read can be outside of its array, so that a formula has to say what stands there.
pub(super) fn can_be_outside(program: &Program, equation: &crate::equation::Equation, read: &Read) -> bool {
    let shape = read.view.as_ref().unwrap_or_else(|| program.shape(read.array));
    read.index.iter().zip(shape.axes()).any(|(index, &length)| {
        let Index::At(affine) = index else { return false };
        let ends = |largest: bool| {
            let sum = affine.terms.iter().fold(affine.constant, |sum, &(axis, by)| {
                let last = match axis {
                    crate::equation::Axis::Own(axis) => equation.shape.axes().get(axis),
                    crate::equation::Axis::Over(axis) => equation.rule.over().axes().get(axis),
                };
                let last = last.map_or(0, |&length| crate::equation::signed(length) - 1);
                sum + if (by > 0) == largest { by * last } else { 0 }
            });
            sum.div_euclid(affine.divisor)
        };
        let exact = affine.divisor > 1 && affine.division == crate::equation::Division::Exact;
        exact || ends(false) < 0 || ends(true) >= crate::equation::signed(length)
    })
}
