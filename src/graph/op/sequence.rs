//! What recurrent layers share: time that goes forwards or backwards, a state from the time before, masks, and results.
//!
//! All equations of a cell are one block that runs once for each time, so a value may read the state of the time before:
//! `h[t-1, u]`, and the initial state (0 unless it is given) at the first time. With `go_backwards` time t reads the input at
//! `times - 1 - t`. At a time that a mask leaves out, the state stays what it was.

use super::{Config, GraphError};
use crate::{
    equation::{Affine, Array, ArrayId, Function, Index, Read, Repeat, Rule, over, own, signed},
    graph::{Lines, Value},
    network::Activation,
    words::operation,
};

/// How a sequence is read, and what is passed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four switches of Keras, each by itself")]
pub struct Sequence {
    /// Whether the last time comes first.
    pub backwards: bool,
    /// Whether the result has one vector for each time (in the order in which they were computed), not only the last.
    pub return_sequences: bool,
    /// Whether the last states are results, too.
    pub return_state: bool,
    /// Whether the result is 0 at times that a mask leaves out, instead of what it was before.
    pub zero_masked: bool,
}

pub(super) fn sequence(config: &Config<'_>) -> Result<Sequence, GraphError> {
    Ok(Sequence {
        backwards: config.flag_or("go_backwards", false)?,
        return_sequences: config.flag_or("return_sequences", false)?,
        return_state: config.flag_or("return_state", false)?,
        zero_masked: config.flag_or("zero_output_for_mask", false)?,
    })
}

/// The block of one recurrent layer while it is written.
pub(super) struct Cell<'l, 'p> {
    pub(super) lines: &'l mut Lines<'p>,
    sequence: Sequence,
    x: Value,
    initial: Vec<Value>,
    pub(super) units: usize,
    /// How many gates are side by side in the kernels.
    gates: usize,
    repeat: Repeat,
}

impl<'l, 'p> Cell<'l, 'p> {
    /// A block over the times of the first value; the others are initial states of so many units.
    pub(super) fn new(
        lines: &'l mut Lines<'p>,
        sequence: Sequence,
        from: &[Value],
        units: usize,
        gates: usize,
        states: usize,
    ) -> Result<Self, GraphError> {
        let Some((x, initial)) = from.split_first() else { return Err(lines.fault(operation::sequence())) };
        if x.rank() != 2 || x.axes()[0] == 0 {
            return Err(lines.fault(operation::sequence_shape(&x.shape)));
        }
        if initial.len() > states || initial.iter().any(|state| state.axes() != [units]) {
            return Err(lines.fault(operation::states(states, units)));
        }
        let block = lines.program().new_block();
        Ok(Self {
            lines,
            sequence,
            x: x.clone(),
            initial: initial.to_vec(),
            units,
            gates,
            repeat: Repeat { block, axis: 0, backwards: false },
        })
    }

    pub(super) fn times(&self) -> usize {
        self.x.axes()[0]
    }

    pub(super) fn inputs(&self) -> usize {
        self.x.axes()[1]
    }

    /// The time of the input that is read at time t.
    fn time(&self) -> Affine {
        if self.sequence.backwards { -own(0) + (signed(self.times()) - 1) } else { own(0) }
    }

    /// One more equation of the block, shape (times, width).
    pub(super) fn stage(&mut self, stage: &str, width: usize, rule: Rule) -> Result<ArrayId, GraphError> {
        let shape = [self.times(), width];
        self.lines.repeated(stage, shape, rule, self.repeat)
    }

    /// A state, whose equation follows.
    pub(super) fn open(&mut self, stage: &str) -> Result<ArrayId, GraphError> {
        let shape = [self.times(), self.units];
        self.lines.open(stage, shape)
    }

    /// The value at this time and unit.
    #[expect(clippy::unused_self, reason = "reads like `gate` and `before`")]
    pub(super) fn here(&self, array: ArrayId) -> Read {
        Read::same(array, 2)
    }

    /// The value at this time, `gate` times the number of units further on.
    pub(super) fn gate(&self, array: ArrayId, gate: usize) -> Read {
        Read::new(array, [own(0), own(1) + signed(gate * self.units)])
    }

    /// State number `state` before this time, at `unit`.
    pub(super) fn before(&self, state: usize, array: ArrayId, unit: Affine) -> Read {
        let read = Read::new(array, [own(0) - 1, unit.clone()]);
        match self.initial.get(state) {
            Some(initial) => read.or(Read::new(initial.array, [unit])),
            None => read,
        }
    }

    /// `sum over i of in[t, i] * kernel[i, u]`, for `width` units.
    pub(super) fn of_input(&mut self, stage: &str, kernel: &Array, width: usize) -> Result<ArrayId, GraphError> {
        let inputs = self.inputs();
        let kernel = self.lines.weight("kernel", kernel, &[inputs, width])?;
        let x = Read::new(self.x.array, [self.time(), over(0)]);
        self.stage(stage, width, Rule::sum([inputs], [x, Read::new(kernel, [over(0), own(1)])]))
    }

    /// `sum over j of h[t-1, j] * recurrent_kernel[j, u]`, for `width` units from unit `from` of the kernel on.
    pub(super) fn of_state(
        &mut self,
        stage: &str,
        state: Read,
        kernel: &Array,
        width: usize,
        from: usize,
    ) -> Result<ArrayId, GraphError> {
        let (units, all) = (self.units, self.units.saturating_mul(self.gates));
        let kernel = self.lines.weight("recurrent_kernel", kernel, &[units, all])?;
        let weights = Read::new(kernel, [over(0), own(1) + signed(from)]);
        self.stage(stage, width, Rule::sum([units], [state, weights]))
    }

    /// A function of values of this time and unit.
    pub(super) fn map(
        &mut self,
        stage: &str,
        function: Function,
        of: impl Into<Vec<Read>>,
    ) -> Result<ArrayId, GraphError> {
        let units = self.units;
        self.stage(stage, units, Rule::map(function, of))
    }

    /// An activation of a value.
    pub(super) fn activated(&mut self, stage: &str, activation: Activation, of: Read) -> Result<ArrayId, GraphError> {
        if !activation.is_elementwise() {
            return Err(self.lines.fault(operation::element_wise(activation)));
        }
        self.map(stage, Function::Activation(activation), [of])
    }

    /// The equation of a state: `rule`, or what it was before where a mask leaves the time out. `stage` names the new value
    /// then.
    pub(super) fn close(
        &mut self,
        state: usize,
        array: ArrayId,
        stage: &str,
        function: Function,
        of: impl Into<Vec<Read>>,
    ) -> Result<(), GraphError> {
        let rule = Rule::map(function, of);
        let Some(mask) = self.x.mask else { return self.lines.define(array, rule, self.repeat) };
        let units = self.units;
        let new = self.stage(stage, units, rule)?;
        let counts = Read::new(mask, [self.time()]);
        let old = self.before(state, array, own(1));
        let chosen = Rule::map(Function::Select, [counts, self.here(new), old]);
        self.lines.define(array, chosen, self.repeat)
    }

    /// What the layer gives: all of `h` or its last, and the last states.
    pub(super) fn results(self, states: &[(&str, ArrayId)]) -> Result<Vec<Value>, GraphError> {
        let (times, units, last) = (self.times(), self.units, crate::equation::fixed(signed(self.times()) - 1));
        let h = states[0].1;
        let lines = self.lines;
        let a = if self.sequence.return_sequences {
            let shape = [times, units];
            let rule = match (self.x.mask, self.sequence.zero_masked) {
                (Some(mask), true) => {
                    let time = if self.sequence.backwards { -own(0) + (signed(times) - 1) } else { own(0) };
                    Rule::map(Function::Multiply, [Read::same(h, 2), Read::new(mask, [time])])
                }
                _ => Rule::copy(Read::same(h, 2)),
            };
            Value { mask: self.x.mask, ..Value::new(lines.stage("a", shape, rule)?, shape) }
        } else {
            let read = Read::new(h, [Index::At(last.clone()), Index::At(own(0))]);
            Value::new(lines.stage("a", [units], Rule::copy(read))?, [units])
        };
        let mut results = vec![a];
        if self.sequence.return_state {
            for (name, state) in states {
                let read = Read::new(*state, [Index::At(last.clone()), Index::At(own(0))]);
                let array = lines.stage(&format!("last_{name}"), [units], Rule::copy(read))?;
                results.push(Value::new(array, [units]));
            }
        }
        Ok(results)
    }
}

/// A bias of one row, read at a unit; `row` is its row where there are two.
pub(super) fn bias_at(bias: ArrayId, row: Option<usize>, unit: Affine) -> Read {
    match row {
        None => Read::new(bias, [unit]),
        Some(row) => Read::new(bias, [crate::equation::fixed(signed(row)), unit]),
    }
}
