//! Mistakes of normalizations: epsilon, the root, n - 1, what was trained, and the order with an activation.

use super::{Kind, Part, Way, common::weight};
use crate::{
    equation::{Array, Function, Program, ProgramError, Read, Rule},
    network::Activation,
    words,
};

/// Whether the part divides by a deviation.
fn normalizes(part: &Part<'_>) -> bool {
    part.stage("deviation").is_some() && part.stage("normalized").is_some()
}

fn set_epsilon(part: &Part<'_>, program: &mut Program, epsilon: f32) -> Result<(), ProgramError> {
    match part.constant("epsilon") {
        Some((name, _)) => program.set_number(name, 0, epsilon).map(drop),
        None => Ok(()),
    }
}

/// Epsilon was not added to the variance.
pub(super) static WITHOUT_EPSILON: Kind = Kind {
    id: "batch-norm-without-epsilon",
    title: words::mistake_title::batch_norm_without_epsilon,
    lesson: "batch-norm-by-hand",
    common: 3.0,
    ways: |part| {
        let there = part.constant("epsilon").is_some_and(|(_, epsilon)| epsilon != 0.0) && normalizes(part);
        there.then_some(Way::Plain).into_iter().collect()
    },
    change: |part, _, program| set_epsilon(part, program, 0.0),
    says: |part, _| words::mistake::no_epsilon(part.layer),
};

/// Epsilons that frameworks use.
const EPSILONS: [f32; 6] = [1e-3, 1e-5, 1e-6, 1e-7, 1e-8, 1e-12];

/// Another epsilon was added.
pub(super) static WRONG_EPSILON: Kind = Kind {
    id: "batch-norm-wrong-epsilon",
    title: words::mistake_title::batch_norm_wrong_epsilon,
    lesson: "batch-norm-by-hand",
    common: 2.0,
    ways: |part| {
        let Some((_, own)) = part.constant("epsilon").filter(|_| normalizes(part)) else { return Vec::new() };
        EPSILONS.into_iter().filter(|epsilon| *epsilon != own).map(Way::Number).collect()
    },
    change: |part, way, program| match *way {
        Way::Number(epsilon) => set_epsilon(part, program, epsilon),
        _ => Ok(()),
    },
    says: |part, way| {
        let right = part.constant("epsilon").map_or(0.0, |(_, epsilon)| epsilon);
        words::mistake::epsilon(way, part.layer, right)
    },
};

/// The variance was taken for the deviation: no root.
pub(super) static VARIANCE: Kind = Kind {
    id: "batch-norm-variance",
    title: words::mistake_title::batch_norm_variance,
    lesson: "batch-norm-by-hand",
    common: 3.0,
    ways: |part| normalizes(part).then_some(Way::Plain).into_iter().collect(),
    change: |part, _, program| program.leave_out(&part.name("deviation")).map(drop),
    says: |part, _| words::mistake::variance_for_deviation(part.layer),
};

/// The variance was divided by n - 1.
pub(super) static BESSEL: Kind = Kind {
    id: "batch-norm-bessel",
    title: words::mistake_title::batch_norm_bessel,
    lesson: "batch-norm-by-hand",
    common: 3.0,
    ways: |part| {
        let counted = count(part).filter(|count| *count > 1.0);
        counted.map(|_| Way::Plain).into_iter().collect()
    },
    change: |part, _, program| {
        let Some(count) = count(part) else { return Ok(()) };
        let less = program.constant(part.name("count_less_1"), Array::scalar(count - 1.0))?;
        program.set_operand(&part.name("variance"), 1, Read::same(less, 0)).map(drop)
    },
    says: |part, _| words::layer_mistake::bessel(part.layer),
};

/// Of how many numbers the variance is computed.
fn count(part: &Part<'_>) -> Option<f32> {
    part.stage("variance")?;
    part.constant("count").map(|(_, count)| count)
}

/// Gamma and beta were exchanged.
pub(super) static SWAPPED: Kind = Kind {
    id: "batch-norm-swapped",
    title: words::mistake_title::batch_norm_swapped,
    lesson: "batch-norm-by-hand",
    common: 2.0,
    ways: |part| {
        let both = weight(part, "gamma").zip(weight(part, "beta"));
        both.filter(|((_, gamma), (_, beta))| gamma != beta).map(|_| Way::Plain).into_iter().collect()
    },
    change: |part, _, program| {
        let Some(((gamma, g), (beta, b))) = weight(part, "gamma").zip(weight(part, "beta")) else { return Ok(()) };
        let (gamma, beta) = (part.program.name(gamma).to_owned(), part.program.name(beta).to_owned());
        program.set_array(&gamma, b.clone())?;
        program.set_array(&beta, g.clone()).map(drop)
    },
    says: |part, _| words::mistake::gamma_for_beta(part.layer),
};

/// One of the four actions of a normalization was left out.
pub(super) static SKIPPED_STAGE: Kind = Kind {
    id: "skipped-stage",
    title: words::mistake_title::skipped_stage,
    lesson: "batch-norm-by-hand",
    common: 3.0,
    ways: |part| {
        let found = ["mean", "deviation", "gamma", "beta"].into_iter().filter(|word| stage_of(part, word).is_some());
        found.map(Way::Word).collect()
    },
    change: |part, way, program| {
        let Way::Word(word) = way else { return Ok(()) };
        match stage_of(part, word) {
            Some(stage) => program.leave_out(&part.name(stage)).map(drop),
            None => Ok(()),
        }
    },
    says: |part, way| words::layer_mistake::skipped_stage(part.layer, way),
};

/// The stage of an action.
fn stage_of<'p>(part: &Part<'p>, word: &str) -> Option<&'p str> {
    if !normalizes(part) {
        return None;
    }
    let named = |name: &str| part.stages().into_iter().find(|(stage, _)| *stage == name).map(|(stage, _)| stage);
    match word {
        "mean" => named("centered"),
        "deviation" => named("normalized"),
        _ => part.stages().into_iter().find_map(|(stage, equation)| {
            part.weights_of(equation).iter().any(|(_, weight, _)| *weight == word).then_some(stage)
        }),
    }
}

/// The activation and the normalization changed places.
pub(super) static ACTIVATION_BEFORE: Kind = Kind {
    id: "normalisation-order",
    title: words::mistake_title::normalisation_order,
    lesson: "batch-norm-by-hand",
    common: 2.0,
    ways: |part| neighbour(part).map(|_| Way::Plain).into_iter().collect(),
    change: exchange,
    says: |part, _| match neighbour(part) {
        Some((_, activation, true)) => words::layer_mistake::normalised_first(activation, part.layer),
        Some((_, activation, false)) => words::layer_mistake::activated_first(activation, part.layer),
        None => String::new(),
    },
};

/// The full name of the activation stage beside a normalization, the activation, and whether it comes before.
fn neighbour<'p>(part: &Part<'p>) -> Option<(&'p str, Activation, bool)> {
    let (first, result) = (part.stage("centered")?, part.array("a")?);
    if !normalizes(part) {
        return None;
    }
    let applied = |equation: &'p crate::equation::Equation| {
        let activation = part.activation(equation).filter(|activation| *activation != Activation::Linear)?;
        Some((part.program.name(equation.array), activation))
    };
    let before = first.rule.reads().first().and_then(|read| part.program.equation_of(read.array)).and_then(applied);
    if let Some((name, activation)) = before {
        return Some((name, activation, true));
    }
    let mut readers = part
        .program
        .equations()
        .iter()
        .filter(|equation| equation.rule.reads().iter().any(|read| read.array == result));
    let (after, None) = (readers.next()?, readers.next()) else { return None };
    applied(after).map(|(name, activation)| (name, activation, false))
}

fn exchange(part: &Part<'_>, _: &Way, program: &mut Program) -> Result<(), ProgramError> {
    let Some((name, activation, before)) = neighbour(part) else { return Ok(()) };
    program.leave_out(name)?;
    if before {
        let Some(last) = part.stage("a") else { return Ok(()) };
        let (result, rank) = (part.name("a"), last.shape.rank());
        let id = program.insert_before(&result, part.name("unactivated"), last.shape.clone(), last.rule.clone())?;
        program.set_rule(&result, Rule::map(Function::Activation(activation), [Read::same(id, rank)])).map(drop)
    } else {
        let Some(first) = part.stage("centered") else { return Ok(()) };
        let Some(read) = first.rule.reads().first() else { return Ok(()) };
        let rule = Rule::map(Function::Activation(activation), [read.clone()]);
        let centered = part.name("centered");
        let id = program.insert_before(&centered, part.name("activated"), first.shape.clone(), rule)?;
        program.set_operand(&centered, 0, Read::same(id, first.shape.rank())).map(drop)
    }
}
