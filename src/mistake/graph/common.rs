//! Mistakes of many layers: an activation, a bias or a layer left out, a kernel read in another order.

use super::{Kind, Part, Way, part::own_name};
use crate::{
    equation::{Array, ArrayId, Function, Program, ProgramError, Read, Rule, Shape},
    network::Activation,
    words,
};

/// The activation was left out: its stage is what goes in.
pub(super) static SKIPPED_ACTIVATION: Kind = Kind {
    id: "skipped-activation",
    title: words::mistake_title::skipped_activation,
    lesson: "forgotten-activation",
    common: 10.0,
    ways: |part| {
        let stages = activations(part);
        let only = stages.len() == 1;
        let way = |stage: &str| if only || stage == "a" { Way::Plain } else { Way::At(stage.to_owned()) };
        stages.iter().map(|(stage, _)| way(stage)).collect()
    },
    change: |part, way, program| {
        let Some((stage, _)) = chosen(part, way) else { return Ok(()) };
        let applied = || part.stage(stage).and_then(|equation| equation.rule.reads().first()).cloned();
        match logits(part, stage).or_else(applied) {
            Some(read) => program.set_rule(&part.name(stage), Rule::copy(read)).map(drop),
            None => Ok(()),
        }
    },
    says: |part, way| match (chosen(part, way), way) {
        (Some((_, activation)), Way::Plain) => words::mistake::no_activation(part.layer, activation),
        (Some((stage, activation)), _) => words::layer_mistake::no_activation_at(activation, part.name(stage)),
        (None, _) => words::mistake::no_activations(),
    },
};

/// Another activation was applied.
pub(super) static WRONG_ACTIVATION: Kind = Kind {
    id: "wrong-activation",
    title: words::mistake_title::wrong_activation,
    lesson: "forgotten-activation",
    common: 4.0,
    ways: |part| {
        let stages = activations(part);
        let only = stages.len() == 1;
        let mut ways = Vec::new();
        for (stage, own) in stages.into_iter().filter(|(_, own)| own.is_elementwise()) {
            let named = (!only && stage != "a").then(|| stage.to_owned());
            let others = Activation::ALL.iter().chain(&LEAKY).copied();
            let others = others.filter(|other| other.is_elementwise() && *other != own && *other != Activation::Linear);
            ways.extend(others.map(|other| Way::Activation(named.clone(), other)));
        }
        ways.dedup();
        ways
    },
    change: |part, way, program| {
        let Way::Activation(stage, activation) = way else { return Ok(()) };
        let at = stage.clone().map_or(Way::Plain, Way::At);
        let Some((stage, _)) = chosen(part, &at) else { return Ok(()) };
        program.set_function(&part.name(stage), Function::Activation(*activation)).map(drop)
    },
    says: |part, way| {
        let Way::Activation(stage, used) = way else { return String::new() };
        let at = stage.clone().map_or(Way::Plain, Way::At);
        let (stage, own) = chosen(part, &at).unwrap_or(("a", Activation::Linear));
        words::layer_mistake::other_activation(own, part.name(stage), used)
    },
};

/// Slopes of a leaky relu that frameworks use.
const LEAKY: [Activation; 3] =
    [Activation::LeakyRelu { slope: 0.01 }, Activation::LeakyRelu { slope: 0.2 }, Activation::LeakyRelu { slope: 0.3 }];

/// A bias was left out.
pub(super) static SKIPPED_BIAS: Kind = Kind {
    id: "skipped-bias",
    title: words::mistake_title::skipped_bias,
    lesson: "by-hand",
    common: 6.0,
    ways: |part| biases(part).into_iter().map(|(_, _, weight)| bias_way(weight)).collect(),
    change: |part, way, program| {
        let Some((stage, operand, _)) = bias_at(part, way) else { return Ok(()) };
        let name = part.name(stage);
        let joined = part.stage(stage).map_or(0, |equation| equation.rule.reads().len());
        if joined > 2 { program.remove_operand(&name, operand) } else { program.leave_out(&name) }.map(drop)
    },
    says: |part, way| match way {
        Way::At(weight) => words::layer_mistake::no_bias(part.layer, weight),
        _ => words::mistake::no_bias(part.layer),
    },
};

/// A bias was subtracted.
pub(super) static SUBTRACTED_BIAS: Kind = Kind {
    id: "subtracted-bias",
    title: words::mistake_title::subtracted_bias,
    lesson: "by-hand",
    common: 1.0,
    ways: |part| {
        let two = |(stage, ..): &(&str, usize, &str)| part.stage(stage).is_some_and(|e| e.rule.reads().len() == 2);
        biases(part).into_iter().filter(two).map(|(_, _, weight)| bias_way(weight)).collect()
    },
    change: |part, way, program| {
        let Some((stage, ..)) = bias_at(part, way) else { return Ok(()) };
        program.set_function(&part.name(stage), Function::Subtract).map(drop)
    },
    says: |part, way| match way {
        Way::At(weight) => words::layer_mistake::subtracted_bias(part.layer, weight),
        _ => words::mistake::subtracted_bias(part.layer),
    },
};

/// Rows and columns of a square kernel were exchanged (of each gate, where there are several).
pub(super) static TRANSPOSED_KERNEL: Kind = Kind {
    id: "transposed-kernel",
    title: words::mistake_title::transposed_kernel,
    lesson: "transposed",
    common: 5.0,
    ways: |part| ways_of_kernels(part, transposed),
    change: |part, way, program| replace_kernel(part, way, program, transposed),
    says: |part, way| match way {
        Way::At(weight) => words::layer_mistake::transposed(part.layer, weight),
        _ => words::mistake::transposed_kernel(part.layer),
    },
};

/// The numbers of a kernel were read in another order: outputs before inputs, as PyTorch stores them.
pub(super) static MISREAD_KERNEL: Kind = Kind {
    id: "misread-kernel",
    title: words::mistake_title::misread_kernel,
    lesson: "transposed",
    common: 1.0,
    ways: |part| ways_of_kernels(part, reread),
    change: |part, way, program| replace_kernel(part, way, program, reread),
    says: |part, way| {
        words::layer_mistake::misread(part.layer, if let Way::At(weight) = way { weight } else { "kernel" })
    },
};

/// A layer that does not change the shape was left out.
pub(super) static SKIPPED_LAYER: Kind = Kind {
    id: "skipped-layer",
    title: words::mistake_title::skipped_layer,
    lesson: "reading-get-weights",
    common: 2.0,
    ways: |part| {
        let works = part.stages().iter().filter(|(_, equation)| equation.rule.actions() > 0).count();
        // A layer of one action is left out by leaving its action out.
        arrives(part).filter(|_| works > 1).map(|_| Way::Plain).into_iter().collect()
    },
    change: |part, _, program| match arrives(part) {
        Some(read) => program.set_rule(&part.name("a"), Rule::copy(read)).map(drop),
        None => Ok(()),
    },
    says: |part, _| words::mistake::no_layer(part.layer),
};

/// What arrives at a part whose result has the same shape.
fn arrives(part: &Part<'_>) -> Option<Read> {
    let result = part.stage("a")?;
    let outside = |read: &&Read| {
        let declared = part.program.array(read.array);
        let own = declared.name.rsplit_once('.').is_some_and(|(layer, _)| layer == part.layer);
        !own && !matches!(declared.kind, crate::equation::Kind::Weight(_) | crate::equation::Kind::Constant(_))
    };
    let stages = part.stages();
    let first = stages.iter().flat_map(|(_, equation)| equation.rule.reads()).find(outside)?;
    let same = part.program.shape(first.array) == &result.shape;
    same.then(|| Read::same(first.array, result.shape.rank()))
}

/// The stages that apply an activation, those of a softmax among them.
pub(super) fn activations<'p>(part: &Part<'p>) -> Vec<(&'p str, Activation)> {
    let is_power = |stage: &str| stage == "e" && part.stage("shifted").is_some();
    let stages = part.stages().into_iter();
    let applied = stages.filter_map(|(stage, equation)| match &equation.rule {
        Rule::Map { function: Function::Activation(activation), .. } if !is_power(stage) => Some((stage, *activation)),
        Rule::Map { function: Function::Share, .. } if part.stage("shifted").is_some() => {
            Some((stage, Activation::Softmax))
        }
        Rule::Map { function: Function::Subtract, .. } if stage == "a" && part.stage("log").is_some() => {
            Some((stage, Activation::LogSoftmax))
        }
        _ => None,
    });
    applied.filter(|(_, activation)| *activation != Activation::Linear).collect()
}

/// The stage with an activation that a way names.
fn chosen<'p>(part: &Part<'p>, way: &Way) -> Option<(&'p str, Activation)> {
    let stages = activations(part);
    match way {
        Way::At(name) => stages.into_iter().find(|(stage, _)| stage == name),
        _ if stages.len() == 1 => stages.first().copied(),
        _ => stages.into_iter().find(|(stage, _)| *stage == "a"),
    }
}

/// What goes into a softmax: its stage looks at it only through others.
pub(super) fn logits(part: &Part<'_>, stage: &str) -> Option<Read> {
    let is_share = part.stage(stage).is_some_and(|equation| {
        matches!(equation.rule, Rule::Map { function: Function::Share | Function::Subtract, .. })
    });
    let shifted = part.stage("shifted").filter(|_| is_share)?;
    shifted.rule.reads().first().cloned()
}

/// The stages at which a bias joins: stage, operand, and the bias' own name.
fn biases<'p>(part: &Part<'p>) -> Vec<(&'p str, usize, &'p str)> {
    let mut found = Vec::new();
    for (stage, equation) in part.stages() {
        if !matches!(equation.rule, Rule::Map { function: Function::Add, .. }) {
            continue;
        }
        let joined = part.weights_of(equation).into_iter().filter(|(_, weight, _)| weight.ends_with("bias"));
        found.extend(joined.map(|(operand, weight, _)| (stage, operand, weight)));
    }
    found
}

fn bias_way(weight: &str) -> Way {
    if weight == "bias" { Way::Plain } else { Way::At(weight.to_owned()) }
}

fn bias_at<'p>(part: &Part<'p>, way: &Way) -> Option<(&'p str, usize, &'p str)> {
    let name = if let Way::At(weight) = way { weight } else { "bias" };
    biases(part).into_iter().find(|(.., weight)| *weight == name)
}

/// The kernels of a part's sums, by their own names.
fn kernels<'p>(part: &Part<'p>) -> Vec<(&'p str, &'p Array)> {
    let mut found: Vec<(&str, &Array)> = Vec::new();
    for (_, equation) in part.stages() {
        if !matches!(equation.rule, Rule::Sum { .. }) {
            continue;
        }
        for (_, weight, array) in part.weights_of(equation) {
            if array.shape().rank() >= 2 && found.iter().all(|(known, _)| *known != weight) {
                found.push((weight, array));
            }
        }
    }
    found
}

fn ways_of_kernels(part: &Part<'_>, change: fn(&Part<'_>, &Array) -> Option<Array>) -> Vec<Way> {
    let changes = |array: &Array| change(part, array).is_some_and(|changed| changed != *array);
    let kernels = kernels(part).into_iter().filter(|(_, array)| changes(array));
    kernels.map(|(weight, _)| if weight == "kernel" { Way::Plain } else { Way::At(weight.to_owned()) }).collect()
}

fn replace_kernel(
    part: &Part<'_>,
    way: &Way,
    program: &mut Program,
    change: fn(&Part<'_>, &Array) -> Option<Array>,
) -> Result<(), ProgramError> {
    let name = if let Way::At(weight) = way { weight } else { "kernel" };
    let Some((id, array)) = weight(part, name) else { return Ok(()) };
    match change(part, array) {
        Some(changed) => program.set_array(part.program.name(id), changed).map(drop),
        None => Ok(()),
    }
}

/// The weights of this name that a stage of the part reads.
pub(super) fn weight<'p>(part: &Part<'p>, name: &str) -> Option<(ArrayId, &'p Array)> {
    let mut reads = part.stages().into_iter().flat_map(|(_, equation)| equation.rule.reads());
    reads.find_map(|read| {
        let declared = part.program.array(read.array);
        match &declared.kind {
            crate::equation::Kind::Weight(array) if own_name(&declared.name) == name => Some((read.array, array)),
            _ => None,
        }
    })
}

/// Numbers taken from other places: `from` gives for each index the one whose number stands there.
fn rearranged(array: &Array, from: impl Fn(&[usize]) -> usize) -> Option<Array> {
    let shape = array.shape();
    let numbers = (0..shape.size()).map(|flat| array.values().get(from(&shape.unravel(flat))).copied());
    Array::new(shape.clone(), numbers.collect::<Option<_>>()?)
}

/// Rows and columns exchanged: of a square kernel, of each gate of a recurrent layer, of the window of a convolution.
fn transposed(part: &Part<'_>, array: &Array) -> Option<Array> {
    let shape = array.shape();
    match *shape.axes() {
        [rows, columns] if rows == columns => rearranged(array, |at| at[1] * columns + at[0]),
        [rows, columns] if rows > 0 && columns % rows == 0 && part.stage("uh").is_some() => {
            rearranged(array, |at| at[1] % rows * columns + at[1] / rows * rows + at[0])
        }
        [height, width, _, _] if height == width && height > 1 => {
            rearranged(array, |at| shape.flat(&[at[1], at[0], at[2], at[3]]).unwrap_or(usize::MAX))
        }
        _ => None,
    }
}

/// The same numbers, read as if they stood in the order outputs, inputs, window.
fn reread(_: &Part<'_>, array: &Array) -> Option<Array> {
    let axes = array.shape().axes();
    if axes.len() < 2 || (axes.len() == 2 && axes[0] == axes[1]) {
        return None;
    }
    let (window, ends) = axes.split_at(axes.len() - 2);
    let theirs = Shape::from([&[ends[1], ends[0]], window].concat());
    rearranged(array, |at| {
        let (window, ends) = at.split_at(at.len() - 2);
        theirs.flat(&[&[ends[1], ends[0]], window].concat()).unwrap_or(usize::MAX)
    })
}
