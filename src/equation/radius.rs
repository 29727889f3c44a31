//! How far an honest calculation can be from each value: float32 or float64, any order of a sum, fewer digits on the way.
//!
//! First order, with the numbers of the pass: a sum may be off by the errors of what it multiplies and by 1.7 ulp of the sum of
//! its terms' sizes (measured against Keras and NumPy in every order); a function by what it makes of the ends of its operands'
//! ranges, beside its own rounding. Errors of fewer digits are to either side, so a sum of them grows with its root.

use super::{
    ArrayId, Function, Kind, Program, Read, Rule, Values,
    evaluate::{Found, Memory, Window, each_index},
};

/// What the order of a sum can do, in units of the sum of the sizes of its terms.
const SUM: f64 = 1.7 * f32::EPSILON as f64;

/// What a function of float32 numbers may be off by, in units of its value.
const FUNCTION: f64 = 4.0 * f32::EPSILON as f64;

/// How many times further than the root of the sum of their squares errors of few digits reach together.
const SIDES: f64 = 2.0;

/// The smallest numbers that float32 keeps all digits of.
const SMALLEST: f64 = f32::MIN_POSITIVE as f64;

impl Program {
    /// How far an honest calculation of each value of `array` can be from it. `decimals`: with so many decimals of the weights and
    /// of everything on the way; all digits without.
    pub fn radii(&self, values: &Values, array: ArrayId, decimals: Option<u8>) -> Vec<f64> {
        let half = decimals.map_or(0.0, |decimals| 0.5 * 10f64.powi(-i32::from(decimals)));
        let memory = Memory { program: self, values: values.clone(), then: None };
        let mut radii: Vec<Vec<f64>> = self
            .arrays
            .iter()
            .map(|declared| match &declared.kind {
                Kind::Weight(array) => array.values().iter().map(|&w| printed(w, half)).collect(),
                Kind::Value(_) | Kind::Open => vec![0.0; declared.shape.size()],
                Kind::Input | Kind::Constant(_) => Vec::new(),
            })
            .collect();
        let needed = self.needed_for(array);
        for run in self.runs() {
            let block = &self.equations[run];
            if !block.iter().any(|equation| needed[equation.array.0]) {
                continue;
            }
            let Some(repeat) = block[0].repeat else {
                Self::spread(&memory, &block[0], None, half, &mut radii);
                continue;
            };
            for at in 0..block.iter().map(|equation| equation.shape.axes()[repeat.axis]).max().unwrap_or(0) {
                for equation in block.iter().filter(|equation| at < equation.shape.axes()[repeat.axis]) {
                    Self::spread(&memory, equation, Some(Window { axis: repeat.axis, at }), half, &mut radii);
                }
            }
        }
        radii.swap_remove(array.0)
    }

    /// Which arrays an array is computed from, itself included.
    fn needed_for(&self, array: ArrayId) -> Vec<bool> {
        let mut needed = vec![false; self.arrays.len()];
        let mut open = vec![array];
        while let Some(id) = open.pop() {
            if !std::mem::replace(&mut needed[id.0], true)
                && let Some(equation) = self.equation_of(id)
            {
                open.extend(equation.rule.reads().iter().flat_map(Read::each).map(|read| read.array));
            }
        }
        needed
    }

    /// The radii of one equation's values.
    fn spread(
        memory: &Memory<'_>,
        equation: &super::Equation,
        window: Option<Window>,
        half: f64,
        radii: &mut [Vec<f64>],
    ) {
        let mut worked = Vec::with_capacity(equation.shape.size());
        let number = |read: &Read, own: &[usize], over: &[usize]| -> (f64, f64) {
            match memory.find(read, own, over) {
                Found::At(array, flat) => {
                    let value = memory.values.0[array.0].get(flat).copied().unwrap_or(f32::NAN);
                    (value.into(), radii[array.0].get(flat).copied().unwrap_or(0.0))
                }
                Found::Padding(value) => (value.into(), 0.0),
            }
        };
        each_index(&equation.shape, window, |own| {
            let radius = match &equation.rule {
                Rule::Sum { over, factors } => {
                    let (mut off, mut squares, mut size) = (0.0, 0.0, 0.0);
                    each_index(over, None, |over| {
                        let (mut product, mut largest) = (1.0, 1.0);
                        for read in factors {
                            let (value, radius) = number(read, own, over);
                            product *= value.abs();
                            largest *= value.abs() + radius;
                        }
                        off += largest - product;
                        squares += (largest - product).powi(2);
                        size += largest;
                    });
                    // Numbers that were rounded to few digits are off to either side, so that their errors seldom add up.
                    (if half > 0.0 { off.min(SIDES * f64::sqrt(squares)) } else { off }) + SUM * size
                }
                Rule::Map { function: Function::Copy, of } => of.first().map_or(0.0, |read| number(read, own, &[]).1),
                Rule::Map { function, of } => {
                    let operands: Vec<(f64, f64)> = of.iter().map(|read| number(read, own, &[])).collect();
                    function_radius(*function, &operands)
                }
                Rule::Extreme { over, of, .. } => {
                    let mut most: f64 = 0.0;
                    each_index(over, None, |over| most = most.max(number(of, own, over).1));
                    most
                }
            };
            let is_copy = matches!(equation.rule, Rule::Map { function: Function::Copy, .. });
            let written = if is_copy { 0.0 } else { half };
            let flushed = if radius > 0.0 { SMALLEST } else { 0.0 };
            worked.push((equation.shape.flat(own).unwrap_or(0), radius + written + flushed));
        });
        for (flat, radius) in worked {
            radii[equation.array.0][flat] = radius;
        }
    }
}

/// How far a weight with fewer decimals is from it.
fn printed(weight: f32, half: f64) -> f64 {
    if half == 0.0 {
        return 0.0;
    }
    let weight = f64::from(weight);
    let unit = 2.0 * half;
    ((weight / unit).round() * unit - weight).abs().min(half)
}

/// The largest distance of a function's value at the ends of its operands' ranges.
fn function_radius(function: Function, operands: &[(f64, f64)]) -> f64 {
    let values: Vec<f64> = operands.iter().map(|(value, _)| *value).collect();
    let sizes = |values: &[f64]| values.iter().map(|value| value.abs()).sum::<f64>();
    let float32: Vec<f32> = values.iter().map(|&value| value as f32).collect();
    let stored = f64::from(function.of(&float32));
    let center = function.exact(&values);
    let own = match function {
        // A choice is not rounded.
        Function::AtLeast
        | Function::Above
        | Function::Differs
        | Function::Select
        | Function::Maximum
        | Function::Minimum => 0.0,
        Function::Add | Function::Subtract => SUM * sizes(&values),
        _ => FUNCTION * center.abs(),
    };
    let mut most = (center - stored).abs();
    // Every combination of ends; operands of exact numbers have one.
    let ends = operands.len().min(8);
    for corner in 0..1_usize << ends {
        let moved: Vec<f64> = operands
            .iter()
            .enumerate()
            .map(|(i, (value, radius))| if corner >> i.min(7) & 1 == 1 { value + radius } else { value - radius })
            .collect();
        most = most.max((function.exact(&moved) - stored).abs());
    }
    if most.is_finite() { most + own } else { 0.0 }
}
