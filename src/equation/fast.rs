//! The same numbers, faster: rules whose reads are plain walks through memory, row by row over the last axis.
//!
//! The order of a sum is that of its rule, and every product is fused into it once, so that the result is the same bit for bit
//! as in [`evaluate`](super::evaluate): all units of a row get their term i before any gets term i + 1, but no unit's own
//! order changes. The innermost loops are in [`fused`](super::fused).

use super::{
    Equation, Function, Rule, Shape, Which,
    evaluate::{Best, Memory, Window},
    fused::{Run, add_pairs, add_rows, add_terms},
    linear::{Linear, linear},
};
use crate::network::Activation;

/// The values of an equation, or of one window of it; `None` if only the definition can do it.
pub(super) fn worked_out(memory: &Memory<'_>, equation: &Equation, window: Option<Window>) -> Option<Vec<f32>> {
    let over = equation.rule.over();
    let reads = equation.rule.reads();
    if equation.shape.axes().contains(&0) || over.axes().contains(&0) {
        return None;
    }
    let walks: Option<Vec<Linear<'_>>> =
        reads.iter().map(|read| linear(memory, read, &equation.shape, window, over)).collect();
    let walks = walks?;
    let rows = Rows::new(&equation.shape, window, &walks);
    match (&equation.rule, walks.as_slice()) {
        (Rule::Sum { .. }, [a]) => Some(rows.sum_of_one(a, over)),
        (Rule::Sum { .. }, [a, b]) => Some(rows.sum_of_products(a, b, over)),
        (Rule::Map { function, .. }, walks) => Some(rows.map(*function, walks)),
        (Rule::Extreme { which, .. }, [of]) => Some(rows.extreme(of, over, *which)),
        _ => None,
    }
}

/// The equation's own axes: rows along the last one, and how the walks continue from one row to the next.
struct Rows {
    /// The lengths of all axes but the last; 1 for the axis of a window.
    outer: Vec<usize>,
    /// The length of a row.
    length: usize,
    /// How many values there are.
    size: usize,
    /// Where each walk starts.
    starts: Vec<i64>,
    /// For each outer axis, the stride of each walk.
    steps: Vec<Vec<i64>>,
    /// The stride of each walk along a row.
    along: Vec<i64>,
}

impl Rows {
    fn new(own: &Shape, window: Option<Window>, walks: &[Linear<'_>]) -> Self {
        let mut axes = own.axes().to_vec();
        let mut starts: Vec<i64> = walks.iter().map(|walk| walk.base).collect();
        if let Some(window) = window {
            axes[window.axis] = 1;
            for (start, walk) in starts.iter_mut().zip(walks) {
                *start += walk.own[window.axis] * window.at as i64;
            }
        }
        let size = axes.iter().product();
        let length = axes.pop().unwrap_or(1);
        let steps = (0..axes.len()).map(|axis| walks.iter().map(|walk| walk.own[axis]).collect()).collect();
        let along = walks.iter().map(|walk| walk.own.last().copied().unwrap_or(0)).collect();
        Self { outer: axes, length, size, starts, steps, along }
    }

    /// Calls `visit` with the start of each walk in each row.
    fn each(&self, mut visit: impl FnMut(&[i64])) {
        let mut at = self.starts.clone();
        let mut index = vec![0; self.outer.len()];
        loop {
            visit(&at);
            let mut moved = false;
            for axis in (0..self.outer.len()).rev() {
                let back = index[axis] + 1 == self.outer[axis];
                let by = if back { -(index[axis] as i64) } else { 1 };
                for (at, step) in at.iter_mut().zip(&self.steps[axis]) {
                    *at += by * step;
                }
                index[axis] = if back { 0 } else { index[axis] + 1 };
                if !back {
                    moved = true;
                    break;
                }
            }
            if !moved {
                return;
            }
        }
    }

    fn sum_of_one(&self, a: &Linear<'_>, over: &Shape) -> Vec<f32> {
        let mut sums = Vec::with_capacity(self.size);
        self.each(|start| {
            for unit in 0..self.length as i64 {
                let mut sum = 0.0;
                let first = [start[0] + unit * self.along[0]; 2];
                terms(over, [&a.over, &a.over], first, |[at, _], n, [by, _]| {
                    for k in 0..n {
                        sum += a.data[(at + k * by) as usize];
                    }
                });
                sums.push(sum);
            }
        });
        sums
    }

    fn sum_of_products(&self, a: &Linear<'_>, b: &Linear<'_>, over: &Shape) -> Vec<f32> {
        let (one, many, first, second) = match (self.along[0], self.along[1]) {
            (0, 1) => (a, b, 0, 1),
            (1, 0) => (b, a, 1, 0),
            (1, 1) => return self.sum_of_pairs(a, b, over),
            _ => return self.dots(a, b, over),
        };
        let mut sums = vec![0.0; self.size];
        let mut rows = sums.chunks_exact_mut(self.length);
        let (one_data, many_data): (&[f32], &[f32]) = (&one.data, &many.data);
        self.each(|start| {
            let Some(row) = rows.next() else { return };
            terms(over, [&one.over, &many.over], [start[first], start[second]], |[at, from], n, [by, step]| {
                let run = Run { at: [at, from], by: [by, step], terms: n };
                add_rows(row, one_data, many_data, run);
            });
        });
        sums
    }

    /// Both factors advance with the unit, as in a depthwise convolution.
    fn sum_of_pairs(&self, a: &Linear<'_>, b: &Linear<'_>, over: &Shape) -> Vec<f32> {
        let mut sums = vec![0.0; self.size];
        let mut rows = sums.chunks_exact_mut(self.length);
        self.each(|start| {
            let Some(row) = rows.next() else { return };
            terms(over, [&a.over, &b.over], [start[0], start[1]], |[left, right], n, [by, step]| {
                let run = Run { at: [left, right], by: [by, step], terms: n };
                add_pairs(row, &a.data, &b.data, run);
            });
        });
        sums
    }

    /// One value after the other.
    fn dots(&self, a: &Linear<'_>, b: &Linear<'_>, over: &Shape) -> Vec<f32> {
        let mut sums = Vec::with_capacity(self.size);
        let (left, right): (&[f32], &[f32]) = (&a.data, &b.data);
        self.each(|start| {
            for unit in 0..self.length as i64 {
                let mut sum = 0.0_f32;
                let first = [start[0] + unit * self.along[0], start[1] + unit * self.along[1]];
                terms(over, [&a.over, &b.over], first, |[at, from], n, [by, step]| {
                    let run = Run { at: [at, from], by: [by, step], terms: n };
                    sum = add_terms(sum, left, right, run);
                });
                sums.push(sum);
            }
        });
        sums
    }

    fn extreme(&self, of: &Linear<'_>, over: &Shape, which: Which) -> Vec<f32> {
        let mut values = Vec::with_capacity(self.size);
        self.each(|start| {
            for unit in 0..self.length as i64 {
                let mut best = Best::new(which);
                let first = [start[0] + unit * self.along[0]; 2];
                terms(over, [&of.over, &of.over], first, |[at, _], n, [by, _]| {
                    for k in 0..n {
                        best.see(of.data[(at + k * by) as usize]);
                    }
                });
                values.push(best.value());
            }
        });
        values
    }

    fn map(&self, function: Function, walks: &[Linear<'_>]) -> Vec<f32> {
        let mut values = Vec::with_capacity(self.size);
        self.each(|start| {
            let row = values.len();
            let column = |walk: usize| Column { data: &walks[walk].data, at: start[walk], by: self.along[walk] };
            if function.joins() || walks.len() == 1 {
                column(0).push(&mut values, self.length);
                let row = &mut values[row..];
                match function {
                    Function::Activation(Activation::Relu) => {
                        for z in row {
                            *z = if *z <= 0.0 { 0.0 } else { *z };
                        }
                    }
                    Function::Copy | Function::Activation(Activation::Linear) => {}
                    _ if walks.len() == 1 && !function.joins() => row.iter_mut().for_each(|x| *x = function.of(&[*x])),
                    _ => (1..walks.len()).for_each(|walk| column(walk).join(function, row)),
                }
            } else {
                let mut given = vec![0.0; walks.len()];
                for unit in 0..self.length {
                    for (walk, given) in given.iter_mut().enumerate() {
                        *given = column(walk).get(unit);
                    }
                    values.push(function.of(&given));
                }
            }
        });
        values
    }
}

/// What one walk meets along a row.
struct Column<'v> {
    data: &'v [f32],
    at: i64,
    by: i64,
}

impl Column<'_> {
    fn get(&self, unit: usize) -> f32 {
        self.data[(self.at + self.by * unit as i64) as usize]
    }

    fn push(&self, values: &mut Vec<f32>, length: usize) {
        let at = self.at as usize;
        match self.by {
            1 => values.extend_from_slice(&self.data[at..at + length]),
            _ => values.extend((0..length).map(|unit| self.get(unit))),
        }
    }

    fn join(&self, function: Function, row: &mut [f32]) {
        match function {
            Function::Add => self.each(row, |x, y| Function::Add.pair(x, y)),
            Function::Subtract => self.each(row, |x, y| Function::Subtract.pair(x, y)),
            Function::Multiply => self.each(row, |x, y| Function::Multiply.pair(x, y)),
            Function::Divide => self.each(row, |x, y| Function::Divide.pair(x, y)),
            _ => self.each(row, |x, y| function.pair(x, y)),
        }
    }

    fn each(&self, row: &mut [f32], pair: impl Fn(f32, f32) -> f32) {
        let at = self.at as usize;
        match self.by {
            1 => row.iter_mut().zip(&self.data[at..]).for_each(|(x, &y)| *x = pair(*x, y)),
            0 => row.iter_mut().for_each(|x| *x = pair(*x, self.data[at])),
            _ => row.iter_mut().enumerate().for_each(|(unit, x)| *x = pair(*x, self.get(unit))),
        }
    }
}

/// Calls `visit` with runs along the last summation axis: where each of two walks starts, how long the run is, and the strides.
fn terms(over: &Shape, strides: [&[i64]; 2], first: [i64; 2], mut visit: impl FnMut([i64; 2], i64, [i64; 2])) {
    let Some((&last, outer)) = over.axes().split_last() else { return visit(first, 1, [0, 0]) };
    let by = [strides[0][outer.len()], strides[1][outer.len()]];
    if outer.is_empty() {
        return visit(first, last as i64, by);
    }
    let (mut at, mut index) = (first, vec![0; outer.len()]);
    loop {
        visit(at, last as i64, by);
        let mut moved = false;
        for axis in (0..outer.len()).rev() {
            let back = index[axis] + 1 == outer[axis];
            let step = if back { -(index[axis] as i64) } else { 1 };
            at[0] += step * strides[0][axis];
            at[1] += step * strides[1][axis];
            index[axis] = if back { 0 } else { index[axis] + 1 };
            if !back {
                moved = true;
                break;
            }
        }
        if !moved {
            return;
        }
    }
}
