//! What a program means: every value of every array, one after the other.
//!
//! This file is the definition. [`fast`](super::fast) gives the same numbers, bit for bit, for the shapes of rules that are
//! common; a property test compares the two.

use std::sync::Arc;

use thiserror::Error;

use super::{
    Affine, Array, ArrayId, Equation, Index, Kind, Outside, Program, Read, Rule, Shape, Which, fast, function::larger,
};
use crate::words;

/// Why a program cannot be run on these inputs.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EvaluateError {
    /// An input is missing.
    #[error("{}", words::equation::input_missing(name, shape))]
    Missing {
        /// Which.
        name: String,
        /// Its shape.
        shape: String,
    },
    /// An input has another length.
    #[error("{}", words::equation::input_length(*expected, got, name, shape))]
    Length {
        /// Which.
        name: String,
        /// Its shape.
        shape: String,
        /// How many numbers it takes.
        expected: usize,
        /// How many there were.
        got: usize,
    },
}

/// Every value of every array. Clones share the numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Values(pub(super) Vec<Arc<Vec<f32>>>);

impl Values {
    /// The values of one array, in C order.
    pub fn of(&self, array: ArrayId) -> &[f32] {
        &self.0[array.0]
    }

    /// The same numbers as an array of `program`, whose values these are. Nothing is copied.
    pub fn array(&self, program: &Program, array: ArrayId) -> Array {
        Array::of_shared(program.shape(array).clone(), Arc::clone(&self.0[array.0]))
    }
}

/// Where the values of a block that repeats are computed: only this index of this axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) axis: usize,
    pub(super) at: usize,
}

/// Which ways may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ways {
    /// The fast ones where they apply.
    Fast,
    /// The definition alone.
    #[cfg(test)]
    General,
}

/// One value that is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Found {
    /// A number of an array.
    At(ArrayId, usize),
    /// A number where no array is.
    Padding(f32),
}

/// The arrays while they are computed.
pub(super) struct Memory<'p> {
    pub(super) program: &'p Program,
    pub(super) values: Values,
    /// What is done to every value that was computed: how a person rounds.
    pub(super) then: Option<&'p dyn Fn(f32) -> f32>,
}

impl Program {
    /// Works every value out.
    ///
    /// # Errors
    /// [`EvaluateError`] if an input is missing or has another length.
    pub fn evaluate(&self, inputs: &[(ArrayId, Vec<f32>)]) -> Result<Values, EvaluateError> {
        self.evaluate_by(inputs, Ways::Fast)
    }

    pub(super) fn evaluate_by(&self, inputs: &[(ArrayId, Vec<f32>)], ways: Ways) -> Result<Values, EvaluateError> {
        let given: Vec<_> = inputs.iter().map(|(id, values)| (*id, Arc::new(values.clone()))).collect();
        self.evaluate_on(&given, ways, None)
    }

    /// Works every value out from these arrays: the inputs, and weights that have other numbers than the program's own.
    ///
    /// # Errors
    /// [`EvaluateError`] if an input is missing or an array has another length.
    pub fn evaluate_given(&self, given: &[(ArrayId, Array)]) -> Result<Values, EvaluateError> {
        let given: Vec<_> = given.iter().map(|(id, array)| (*id, array.shared())).collect();
        self.evaluate_on(&given, Ways::Fast, None)
    }

    /// The same, and `then` is done to every value that was computed before another one reads it: how a person rounds who
    /// writes every value down.
    ///
    /// # Errors
    /// [`EvaluateError`] if an input is missing or an array has another length.
    pub fn evaluate_written(
        &self,
        given: &[(ArrayId, Array)],
        then: &dyn Fn(f32) -> f32,
    ) -> Result<Values, EvaluateError> {
        let given: Vec<_> = given.iter().map(|(id, array)| (*id, array.shared())).collect();
        self.evaluate_on(&given, Ways::Fast, Some(then))
    }

    fn evaluate_on(
        &self,
        given: &[(ArrayId, Arc<Vec<f32>>)],
        ways: Ways,
        then: Option<&dyn Fn(f32) -> f32>,
    ) -> Result<Values, EvaluateError> {
        let mut values: Vec<Arc<Vec<f32>>> = Vec::with_capacity(self.arrays.len());
        for declared in &self.arrays {
            values.push(match &declared.kind {
                Kind::Weight(array) | Kind::Constant(array) => array.shared(),
                Kind::Value(_) | Kind::Open | Kind::Input => Arc::default(),
            });
        }
        for (id, numbers) in given {
            let declared = self.array(*id);
            let (expected, got) = (declared.shape.size(), numbers.len());
            if expected != got {
                let (name, shape) = (declared.name.clone(), declared.shape.to_string());
                return Err(EvaluateError::Length { name, shape, expected, got });
            }
            values[id.0] = Arc::clone(numbers);
        }
        let missing = |(position, declared): &(usize, &Arc<super::Declared>)| {
            declared.kind == Kind::Input && !given.iter().any(|(id, _)| id.0 == *position)
        };
        if let Some((_, declared)) = self.arrays.iter().enumerate().find(missing) {
            let (name, shape) = (declared.name.clone(), declared.shape.to_string());
            return Err(EvaluateError::Missing { name, shape });
        }
        let mut memory = Memory { program: self, values: Values(values), then };
        memory.run(&vec![true; self.equations.len()], ways);
        Ok(memory.values)
    }

    /// Works out again what comes from the arrays in `changed`, and keeps all other values of an earlier run.
    ///
    /// The changed arrays are weights or constants whose numbers this program has, or arrays whose equation was edited; the
    /// earlier run is one of a program with the same arrays.
    pub fn evaluate_again(&self, before: &Values, changed: &[ArrayId]) -> Values {
        let mut values = before.clone();
        values.0.resize(self.arrays.len(), Arc::default());
        let mut stale = vec![false; self.arrays.len()];
        for id in changed {
            stale[id.0] = true;
            if let Kind::Weight(array) | Kind::Constant(array) = &self.arrays[id.0].kind {
                values.0[id.0] = array.shared();
            }
        }
        let mut again = vec![false; self.equations.len()];
        for run in self.runs() {
            let block = &self.equations[run.clone()];
            let any = block.iter().any(|equation| {
                let reads = equation.rule.reads().iter().flat_map(Read::each);
                let empty = values.0[equation.array.0].len() != equation.shape.size();
                empty || stale[equation.array.0] || reads.into_iter().any(|read| stale[read.array.0])
            });
            again[run].fill(any);
            for equation in block {
                stale[equation.array.0] |= any;
            }
        }
        let mut memory = Memory { program: self, values, then: None };
        memory.run(&again, Ways::Fast);
        memory.values
    }

    /// The arrays whose numbers or equations are others than in `before`, a program that this one was made from by changes.
    pub fn changed_from(&self, before: &Self) -> Vec<ArrayId> {
        let kind = |position: usize| before.arrays.get(position).map(|declared| &declared.kind);
        let same = |position: usize, declared: &super::Declared| match (kind(position), &declared.kind) {
            (None, _) => false,
            (Some(old), Kind::Weight(new) | Kind::Constant(new)) => match old {
                Kind::Weight(old) | Kind::Constant(old) => Arc::ptr_eq(&old.shared(), &new.shared()) || old == new,
                _ => false,
            },
            (Some(old), Kind::Value(at)) => match old {
                Kind::Value(old) => match (before.equations.get(*old), self.equations.get(*at)) {
                    (Some(old), Some(new)) => Arc::ptr_eq(old, new) || old == new,
                    _ => false,
                },
                _ => false,
            },
            (Some(_), Kind::Input | Kind::Open) => true,
        };
        let arrays = self.arrays.iter().enumerate();
        arrays
            .filter(|(position, declared)| !same(*position, declared))
            .map(|(position, _)| ArrayId(position))
            .collect()
    }

    /// The positions of equations that run together: one at a time, or a whole block.
    pub(super) fn runs(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            let first = self.equations.get(start)?;
            let same = |next: &&Arc<Equation>| first.repeat.is_some() && next.repeat == first.repeat;
            let length = 1 + self.equations[start + 1..].iter().take_while(same).count();
            let range = start..start + length;
            start += length;
            Some(range)
        })
    }
}

impl Memory<'_> {
    /// Works out the equations that are marked.
    fn run(&mut self, marked: &[bool], ways: Ways) {
        let program = self.program;
        for range in program.runs() {
            if !marked[range.clone()].contains(&true) {
                continue;
            }
            let Some(repeat) = program.equations[range.start].repeat else {
                let equation = &program.equations[range.start];
                self.values.0[equation.array.0] = Arc::new(self.worked_out(equation, None, ways));
                continue;
            };
            let block = &program.equations[range];
            for equation in block {
                self.values.0[equation.array.0] = Arc::new(vec![0.0; equation.shape.size()]);
            }
            let times = block.iter().map(|equation| equation.shape.axes()[repeat.axis]).max().unwrap_or(0);
            for at in 0..times {
                let at = if repeat.backwards { times - 1 - at } else { at };
                for equation in block.iter().filter(|equation| at < equation.shape.axes()[repeat.axis]) {
                    let window = Window { axis: repeat.axis, at };
                    let slice = self.worked_out(equation, Some(window), ways);
                    let array = Arc::make_mut(&mut self.values.0[equation.array.0]);
                    window.put(&slice, &equation.shape, array);
                }
            }
        }
    }

    fn worked_out(&self, equation: &Equation, window: Option<Window>, ways: Ways) -> Vec<f32> {
        let mut values = self.plainly(equation, window, ways);
        if let Some(then) = self.then {
            for value in &mut values {
                *value = then(*value);
            }
        }
        values
    }

    fn plainly(&self, equation: &Equation, window: Option<Window>, ways: Ways) -> Vec<f32> {
        if ways == Ways::Fast
            && let Some(values) = fast::worked_out(self, equation, window)
        {
            return values;
        }
        let mut values = Vec::with_capacity(window.map_or(equation.shape.size(), |w| w.size(&equation.shape)));
        each_index(&equation.shape, window, |own| values.push(self.value(equation, own)));
        values
    }

    /// The value at `own`.
    fn value(&self, equation: &Equation, own: &[usize]) -> f32 {
        match &equation.rule {
            Rule::Sum { over, factors } => {
                let mut sum = 0.0;
                each_index(over, None, |over| sum = self.term(factors, own, over, sum));
                sum
            }
            Rule::Map { function, of } => {
                let values: Vec<f32> = of.iter().map(|read| self.read(read, own, &[])).collect();
                function.of(&values)
            }
            Rule::Extreme { over, of, which } => {
                let mut best = Best::new(*which);
                each_index(over, None, |over| best.see(self.read(of, own, over)));
                best.value()
            }
        }
    }

    /// The sum after one more term: the product of all factors but the last, fused with the last into the sum.
    pub(super) fn term(&self, factors: &[Read], own: &[usize], over: &[usize], sum: f32) -> f32 {
        let Some((last, others)) = factors.split_last() else { return sum };
        let last = self.read(last, own, over);
        match others.split_first() {
            None => sum + last,
            Some((first, others)) => {
                let first = self.read(first, own, over);
                let product = others.iter().fold(first, |product, read| product * self.read(read, own, over));
                product.mul_add(last, sum)
            }
        }
    }

    /// The number that is read.
    pub(super) fn read(&self, read: &Read, own: &[usize], over: &[usize]) -> f32 {
        match self.find(read, own, over) {
            Found::At(array, flat) => self.values.0[array.0].get(flat).copied().unwrap_or(f32::NAN),
            Found::Padding(value) => value,
        }
    }

    /// Where the number is that is read.
    pub(super) fn find(&self, read: &Read, own: &[usize], over: &[usize]) -> Found {
        let shape = read.view.as_ref().unwrap_or_else(|| self.program.shape(read.array));
        let mut flat = Some(0);
        for (index, &length) in read.index.iter().zip(shape.axes()) {
            let at = match index {
                Index::At(affine) => Affine::at(affine, own, over),
                Index::Valued(read) => whole(self.read(read, own, over)),
            };
            let at = at.and_then(|at| usize::try_from(at).ok()).filter(|&at| at < length);
            flat = flat.zip(at).map(|(flat, at)| flat * length + at);
        }
        match (flat, &read.outside) {
            (Some(flat), _) => Found::At(read.array, flat),
            (None, Outside::Value(value)) => Found::Padding(*value),
            (None, Outside::Read(next)) => self.find(next, own, over),
        }
    }
}

/// A number as an index, if it is whole.
fn whole(value: f32) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < 1e15).then_some(value as i64)
}

/// The comparison so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    which: Which,
    seen: usize,
    at: usize,
    value: f32,
}

impl Best {
    pub(super) fn new(which: Which) -> Self {
        let value = if which == Which::Smallest { f32::INFINITY } else { f32::NEG_INFINITY };
        Self { which, seen: 0, at: 0, value }
    }

    pub(super) fn see(&mut self, value: f32) {
        let better = match self.which {
            Which::Smallest => -larger(-self.value, -value),
            Which::Largest | Which::Argmax => larger(self.value, value),
        };
        if better.to_bits() != self.value.to_bits() {
            (self.at, self.value) = (self.seen, better);
        }
        self.seen += 1;
    }

    /// The best value so far.
    pub(super) fn best(self) -> f32 {
        self.value
    }

    /// What was asked for.
    pub(super) fn value(self) -> f32 {
        match self.which {
            Which::Argmax => self.at as f32,
            _ => self.value,
        }
    }
}

/// Calls `visit` with every index of `shape` in C order, or with those in the window.
pub(super) fn each_index(shape: &Shape, window: Option<Window>, mut visit: impl FnMut(&[usize])) {
    let axes = shape.axes();
    let mut index = vec![0; axes.len()];
    if let Some(window) = window {
        index[window.axis] = window.at;
    }
    if axes.contains(&0) {
        return;
    }
    loop {
        visit(&index);
        let free = |axis: &usize| window.is_none_or(|window| window.axis != *axis);
        let mut moved = false;
        for axis in (0..axes.len()).rev().filter(free) {
            index[axis] += 1;
            if index[axis] < axes[axis] {
                moved = true;
                break;
            }
            index[axis] = 0;
        }
        if !moved {
            return;
        }
    }
}

impl Window {
    /// How many values it has.
    pub(super) fn size(self, shape: &Shape) -> usize {
        shape.without_axis(self.axis).size()
    }

    /// Puts the values of the window, in C order, where they belong.
    fn put(self, slice: &[f32], shape: &Shape, array: &mut [f32]) {
        let after: usize = shape.axes()[self.axis + 1..].iter().product();
        if after == 0 {
            return;
        }
        let stride = after * shape.axes()[self.axis];
        for (outer, values) in slice.chunks_exact(after).enumerate() {
            let start = outer * stride + self.at * after;
            array[start..start + after].copy_from_slice(values);
        }
    }
}
