//! Mistakes of recurrent layers: the order of the gates, the state, the memory, the times.

use super::{Kind, Part, Way, part::own_name};
use crate::{
    equation::{Affine, Array, Axis, Function, Index, Outside, Program, ProgramError, Read, Rule, own, signed},
    words,
};

/// The gates of an LSTM, as its stages are called.
const LSTM: &[&str] = &["i", "f", "g", "o"];
/// The gates of a GRU, as its stages are called.
const GRU: &[&str] = &["z", "r", "n"];

/// Orders of gates that programs use: of an LSTM Keras' and PyTorch's, that of ONNX, of TensorFlow 1, of Caffe, and those with the
/// forget gate first; of a GRU Keras' and PyTorch's.
const USED: [&[usize]; 8] =
    [&[0, 1, 2, 3], &[0, 3, 1, 2], &[0, 2, 1, 3], &[0, 1, 3, 2], &[1, 0, 2, 3], &[1, 0, 3, 2], &[0, 1, 2], &[1, 0, 2]];

/// Whether a program is known that has the gates in this order.
pub(super) fn is_used(order: &[usize]) -> bool {
    USED.contains(&order)
}

/// Where a gate's numbers are read: the stage and the operand.
type Place = (&'static str, usize);

/// The gates of a part by their names, and where each is read.
fn gates(part: &Part<'_>) -> Option<(&'static [&'static str], Vec<Vec<Place>>)> {
    if part.stage("shown").is_some() && part.stage("written").is_some() {
        return Some((LSTM, vec![vec![("i", 0)], vec![("f", 0)], vec![("g", 0)], vec![("o", 0)]]));
    }
    let inner = part.stage("inner")?;
    part.stage("renewed")?;
    let mut new = vec![("n_sum", 0)];
    match inner.rule {
        Rule::Map { .. } => new.push(("inner", 1)),
        // Without reset_after the new value has a product of its own, so it cannot be taken for a gate.
        _ => return Some((&GRU[..2], vec![vec![("z_sum", 0), ("z_sum", 1)], vec![("r_sum", 0), ("r_sum", 1)]])),
    }
    Some((GRU, vec![vec![("z_sum", 0), ("z_sum", 1)], vec![("r_sum", 0), ("r_sum", 1)], new]))
}

/// How far behind the first number a gate's numbers begin.
fn start(part: &Part<'_>, place: Place) -> Option<i64> {
    match part.stage(place.0)?.rule.reads().get(place.1)?.index.last()? {
        Index::At(affine) => Some(affine.constant),
        Index::Valued(_) => None,
    }
}

/// The order in which the weights hold the gates.
fn right_order(part: &Part<'_>, places: &[Vec<Place>]) -> Option<Vec<usize>> {
    let starts: Vec<i64> = places.iter().map(|places| start(part, *places.first()?)).collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..starts.len()).collect();
    order.sort_by_key(|&gate| starts[gate]);
    Some(order)
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let longer = |order: Vec<usize>| (0..n).map(move |at| [&order[..at], &[n - 1], &order[at..]].concat());
    let mut all: Vec<Vec<usize>> = permutations(n - 1).into_iter().flat_map(longer).collect();
    all.sort();
    all
}

/// The gates were taken in another order than the weights hold them.
pub(super) static GATE_ORDER: Kind = Kind {
    id: "gate-order",
    title: words::mistake_title::gate_order,
    lesson: "lstm-one-step",
    common: 5.0,
    ways: |part| {
        let Some((names, places)) = gates(part) else { return Vec::new() };
        let Some(right) = right_order(part, &places) else { return Vec::new() };
        let others = permutations(names.len()).into_iter().filter(|order| *order != right);
        others.map(|order| Way::Order(order, names)).collect()
    },
    change: |part, way, program| {
        let (Way::Order(order, _), Some((_, places))) = (way, gates(part)) else { return Ok(()) };
        let Some(right) = right_order(part, &places) else { return Ok(()) };
        for (position, &gate) in order.iter().enumerate() {
            for (which, &place) in places[gate].iter().enumerate() {
                // What stands at this position of the weights is another gate's.
                let theirs = places[right[position]].get(which).and_then(|&theirs| start(part, theirs));
                let Some(theirs) = theirs else { continue };
                program.set_index(&part.name(place.0), place.1, 1, own(1) + theirs)?;
            }
        }
        Ok(())
    },
    says: |part, way| {
        let right = gates(part).and_then(|(names, places)| Some(Way::Order(right_order(part, &places)?, names)));
        words::layer_mistake::gate_order(part.layer, right.unwrap_or_default(), way)
    },
};

/// The reset gate was applied on the other side of the product with the recurrent kernel.
pub(super) static RESET_AFTER: Kind = Kind {
    id: "reset-gate",
    title: words::mistake_title::reset_gate,
    lesson: "lstm-one-step",
    common: 3.0,
    ways: |part| match part.stage("inner").map(|inner| &inner.rule) {
        Some(Rule::Map { .. }) if part.stage("n_sum").is_some() => vec![Way::Word("before")],
        Some(Rule::Sum { .. }) if part.stage("reset").is_some() => vec![Way::Word("after")],
        _ => Vec::new(),
    },
    change: reset,
    says: |part, way| words::layer_mistake::reset_gate(part.layer, way),
};

fn reset(part: &Part<'_>, _: &Way, program: &mut Program) -> Result<(), ProgramError> {
    let Some(inner) = part.stage("inner") else { return Ok(()) };
    let name = part.name("inner");
    let here = |array| Read::same(array, 2);
    match &inner.rule {
        // r * (U h + b): becomes U (r * h), with the bias beside it.
        Rule::Map { of, .. } => {
            let Some((uh, units)) = part.stage("uh").zip(inner.shape.axes().get(1).copied()) else { return Ok(()) };
            let (Some(r), Some(from)) = (of.first(), start(part, ("inner", 1))) else { return Ok(()) };
            let [state, kernel] = uh.rule.reads() else { return Ok(()) };
            let old = at_unit(state, 1);
            let reset = Rule::map(Function::Multiply, [r.clone(), old]);
            let reset = program.insert_before(&name, part.name("reset"), inner.shape.clone(), reset)?;
            let weights = Read::new(kernel.array, [crate::equation::over(0), own(1) + from]);
            let state = Read::new(reset, [own(0), crate::equation::over(0)]);
            program.set_rule(&name, Rule::sum([units], [state, weights]))?;
            if let Some(bias) = part.stage("uz").and_then(|uz| uz.rule.reads().get(1)) {
                program.add_operand(&part.name("n_sum"), Read::new(bias.array, [own(1) + from]))?;
            }
        }
        // U (r * h): becomes r * (U h).
        Rule::Sum { over, factors } => {
            let Some(reset) = part.stage("reset") else { return Ok(()) };
            let ([r, old], [_, kernel]) = (reset.rule.reads(), factors.as_slice()) else { return Ok(()) };
            let state = at_unit(old, 0);
            let sum = Rule::sum(over.clone(), [summed(&state), kernel.clone()]);
            let product = program.insert_before(&name, part.name("inner_sum"), inner.shape.clone(), sum)?;
            program.set_rule(&name, Rule::map(Function::Multiply, [r.clone(), here(product)]))?;
        }
        Rule::Extreme { .. } => {}
    }
    Ok(())
}

/// A read of a state, at the equation's own unit on axis `axis`.
fn at_unit(state: &Read, axis: usize) -> Read {
    state.changed(&mut |read| {
        if let (Some(last), true) = (read.index.last_mut(), axis > 0) {
            *last = Index::At(own(axis));
        }
    })
}

/// A read of a state, over all its units.
fn summed(state: &Read) -> Read {
    state.changed(&mut |read| {
        if let Some(last) = read.index.last_mut() {
            *last = Index::At(crate::equation::over(0));
        }
    })
}

/// 1 was added to the forget gate, which Keras has in the bias already.
pub(super) static FORGET_BIAS: Kind = Kind {
    id: "forget-bias",
    title: words::mistake_title::forget_bias,
    lesson: "lstm-one-step",
    common: 2.0,
    ways: |part| {
        let lstm = gates(part).is_some_and(|(names, _)| names == LSTM);
        lstm.then_some(Way::Plain).into_iter().collect()
    },
    change: |part, _, program| {
        let Some(f) = part.stage("f") else { return Ok(()) };
        let Some(read) = f.rule.reads().first() else { return Ok(()) };
        let one = program.constant(part.name("forget_bias"), Array::scalar(1.0))?;
        let more = Rule::map(Function::Add, [read.clone(), Read::same(one, 0)]);
        let sum = program.insert_before(&part.name("f"), part.name("f_with_1"), f.shape.clone(), more)?;
        program.set_operand(&part.name("f"), 0, Read::same(sum, 2)).map(drop)
    },
    says: |part, _| words::layer_mistake::forget_bias(part.layer),
};

/// z was taken for 1 - z: papers disagree which of them keeps the old state.
pub(super) static UPDATE_GATE: Kind = Kind {
    id: "update-gate",
    title: words::mistake_title::update_gate,
    lesson: "lstm-one-step",
    common: 3.0,
    ways: |part| part.stage("renewed").map(|_| Way::Plain).into_iter().collect(),
    change: |part, _, program| {
        let read = |stage: &str| part.stage(stage).and_then(|equation| equation.rule.reads().first()).cloned();
        let (Some(kept), Some(renewed)) = (read("kept"), read("renewed")) else { return Ok(()) };
        program.set_operand(&part.name("kept"), 0, renewed)?;
        program.set_operand(&part.name("renewed"), 0, kept).map(drop)
    },
    says: |part, _| words::layer_mistake::update_gate(part.layer),
};

/// The reads of a state of the time before: stage, operand, read.
fn earlier<'p>(part: &Part<'p>) -> Vec<(&'p str, usize, &'p Read)> {
    let mut found = Vec::new();
    for (stage, equation) in part.stages() {
        let Some(repeat) = equation.repeat else { continue };
        for (operand, read) in equation.rule.reads().iter().enumerate() {
            if let Some(Index::At(time)) = read.index.get(repeat.axis)
                && time.constant == -1
                && time.terms == [(Axis::Own(repeat.axis), 1)]
            {
                found.push((stage, operand, read));
            }
        }
    }
    found
}

/// The state before the first time was another one.
pub(super) static INITIAL_STATE: Kind = Kind {
    id: "initial-state",
    title: words::mistake_title::initial_state,
    lesson: "lstm-one-step",
    common: 2.0,
    ways: |part| {
        let zero = earlier(part).iter().any(|(_, _, read)| read.outside == Outside::Value(0.0));
        zero.then_some(Way::Word("ones")).into_iter().collect()
    },
    change: |part, _, program| {
        for (stage, operand, read) in earlier(part) {
            program.set_operand(&part.name(stage), operand, read.clone().padded(1.0))?;
        }
        Ok(())
    },
    says: |part, _| words::layer_mistake::initial_state(part.layer),
};

/// The state after another time was taken for the last one.
pub(super) static LAST_STEP: Kind = Kind {
    id: "last-step",
    title: words::mistake_title::last_step,
    lesson: "lstm-one-step",
    common: 4.0,
    ways: |part| {
        let Some((_, last)) = last_time(part) else { return Vec::new() };
        let before = (last > 0).then_some(Way::Word("one-too-few"));
        before.into_iter().chain((last > 1).then_some(Way::Word("first"))).collect()
    },
    change: |part, way, program| {
        let Some((operand, last)) = last_time(part) else { return Ok(()) };
        let time = if *way == Way::Word("first") { 0 } else { last - 1 };
        program.set_index(&part.name("a"), operand, 0, crate::equation::fixed(time)).map(drop)
    },
    says: |part, way| words::layer_mistake::last_step(part.layer, way),
};

/// The operand of `a` that is a state at its last time, and that time.
fn last_time(part: &Part<'_>) -> Option<(usize, i64)> {
    let result = part.stage("a")?;
    result.rule.reads().iter().enumerate().find_map(|(operand, read)| {
        let repeats = part.program.equation_of(read.array)?.repeat.is_some();
        match read.index.first()? {
            Index::At(Affine { constant, terms, .. }) if terms.is_empty() && repeats => Some((operand, *constant)),
            _ => None,
        }
    })
}

/// Every time began with the initial state: nothing was carried on.
pub(super) static FORGOTTEN_STATE: Kind = Kind {
    id: "forgotten-state",
    title: words::mistake_title::forgotten_state,
    lesson: "lstm-one-step",
    common: 3.0,
    ways: |part| if times(part) > 1 { vec![Way::Plain] } else { Vec::new() },
    change: |part, _, program| forget(part, program, |_| true),
    says: |part, _| words::layer_mistake::forgotten_state(part.layer),
};

/// The memory `c` was not carried on.
pub(super) static FORGOTTEN_MEMORY: Kind = Kind {
    id: "forgotten-memory",
    title: words::mistake_title::forgotten_memory,
    lesson: "lstm-one-step",
    common: 2.0,
    ways: |part| {
        let memory = earlier(part).iter().any(|(_, _, read)| own_name(part.program.name(read.array)) == "c");
        if memory && times(part) > 1 { vec![Way::Plain] } else { Vec::new() }
    },
    change: |part, _, program| forget(part, program, |state| state == "c"),
    says: |part, _| words::layer_mistake::forgotten_memory(part.layer),
};

/// How many times a part has; 0 if it has no state.
fn times(part: &Part<'_>) -> usize {
    let state = earlier(part).first().and_then(|(_, _, read)| part.axes(read.array).first().copied());
    state.unwrap_or(0)
}

/// Reads states only before the first time.
fn forget(part: &Part<'_>, program: &mut Program, which: impl Fn(&str) -> bool) -> Result<(), ProgramError> {
    for (stage, operand, read) in earlier(part) {
        if which(own_name(part.program.name(read.array))) {
            program.set_index(&part.name(stage), operand, 0, own(0) - signed(times(part)))?;
        }
    }
    Ok(())
}
