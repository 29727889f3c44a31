//! The definition of a program in float64: what its equations mean, with almost no rounding.

use byhand::{
    equation::{ArrayId, Equation, Function, Index, Kind, Outside, Program, Read, Rule, Shape, Which},
    network::Activation,
};

/// Every value of every array in float64.
pub(crate) struct Exact<'p> {
    program: &'p Program,
    values: Vec<Vec<f64>>,
}

impl<'p> Exact<'p> {
    /// Computes everything from the given arrays; weights and constants that are not given are the program's own.
    pub(crate) fn new(program: &'p Program, given: &[(ArrayId, Vec<f64>)]) -> Self {
        let own = |numbers: &[f32]| numbers.iter().map(|&x| f64::from(x)).collect();
        let values = program.arrays().iter().map(|array| match &array.kind {
            Kind::Weight(numbers) | Kind::Constant(numbers) => own(numbers.values()),
            _ => Vec::new(),
        });
        let mut exact = Self { program, values: values.collect() };
        for (id, numbers) in given {
            exact.values[id.position()].clone_from(numbers);
        }
        let equations = program.equations();
        let mut start = 0;
        while start < equations.len() {
            let repeat = equations[start].repeat;
            let same = |next: &&std::sync::Arc<Equation>| repeat.is_some() && next.repeat == repeat;
            let length = 1 + equations[start + 1..].iter().take_while(same).count();
            let block = &equations[start..start + length];
            for equation in block {
                exact.values[equation.array.position()] = vec![f64::NAN; equation.shape.size()];
            }
            match repeat {
                None => exact.equation(&block[0], None),
                Some(repeat) => {
                    let times = block[0].shape.axes()[repeat.axis];
                    for at in 0..times {
                        let at = if repeat.backwards { times - 1 - at } else { at };
                        for equation in block {
                            exact.equation(equation, Some((repeat.axis, at)));
                        }
                    }
                }
            }
            start += length;
        }
        exact
    }

    /// The values of an array.
    pub(crate) fn of(&self, array: ArrayId) -> &[f64] {
        &self.values[array.position()]
    }

    fn equation(&mut self, equation: &Equation, only: Option<(usize, usize)>) {
        for flat in 0..equation.shape.size() {
            let own = equation.shape.unravel(flat);
            if only.is_none_or(|(axis, at)| own[axis] == at) {
                let value = self.value(equation, &own);
                self.values[equation.array.position()][flat] = value;
            }
        }
    }

    fn value(&self, equation: &Equation, own: &[usize]) -> f64 {
        let each = |over: &Shape| (0..over.size()).map(|flat| over.unravel(flat)).collect::<Vec<_>>();
        match &equation.rule {
            Rule::Sum { over, factors } => each(over)
                .iter()
                .map(|over| factors.iter().map(|read| self.read(read, own, over)).product::<f64>())
                .sum(),
            Rule::Map { function, of } => {
                let values: Vec<f64> = of.iter().map(|read| self.read(read, own, &[])).collect();
                function_of(*function, &values)
            }
            Rule::Extreme { over, of, which } => {
                let values: Vec<f64> = each(over).iter().map(|over| self.read(of, own, over)).collect();
                match which {
                    Which::Largest => values.into_iter().fold(f64::NEG_INFINITY, f64::max),
                    Which::Smallest => values.into_iter().fold(f64::INFINITY, f64::min),
                    Which::Argmax => {
                        let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                        values.iter().position(|&value| value == best).unwrap_or(0) as f64
                    }
                }
            }
        }
    }

    fn read(&self, read: &Read, own: &[usize], over: &[usize]) -> f64 {
        let shape = read.view.as_ref().unwrap_or_else(|| self.program.shape(read.array));
        let index: Option<Vec<usize>> = read
            .index
            .iter()
            .zip(shape.axes())
            .map(|(index, &length)| {
                let at = match index {
                    Index::At(affine) => affine.at(own, over)?,
                    Index::Valued(inner) => {
                        let value = self.read(inner, own, over);
                        (value.fract() == 0.0).then_some(value as i64)?
                    }
                };
                usize::try_from(at).ok().filter(|&at| at < length)
            })
            .collect();
        match (index.and_then(|index| shape.flat(&index)), &read.outside) {
            (Some(flat), _) => self.values[read.array.position()][flat],
            (None, Outside::Value(value)) => f64::from(*value),
            (None, Outside::Read(next)) => self.read(next, own, over),
        }
    }
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

fn softplus(z: f64) -> f64 {
    z.max(0.0) + (-z.abs()).exp().ln_1p()
}

/// Abramowitz and Stegun 7.1.6.
fn erf(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return x.signum();
    }
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    for _ in 0..200 {
        odd += 2.0;
        term *= 2.0 * x * x / odd;
        sum += term;
    }
    std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp() * sum
}

fn activation(activation: Activation, z: f64) -> f64 {
    match activation {
        Activation::Linear => z,
        Activation::Relu => z.max(0.0),
        Activation::LeakyRelu { slope } => z.max(0.0) + f64::from(slope) * z.min(0.0),
        Activation::Elu { alpha } => z.max(0.0) + f64::from(alpha) * z.min(0.0).exp_m1(),
        Activation::Sigmoid => sigmoid(z),
        Activation::Tanh => z.tanh(),
        Activation::Softplus => softplus(z),
        Activation::Exponential => z.exp(),
        Activation::Silu => z * sigmoid(z),
        Activation::Relu6 => z.clamp(0.0, 6.0),
        Activation::Selu => {
            let (scale, alpha) = (1.050_700_987_355_480_5, 1.673_263_242_354_377_2);
            scale * (z.max(0.0) + alpha * z.min(0.0).exp_m1())
        }
        Activation::Celu { alpha } => {
            let alpha = f64::from(alpha);
            z.max(0.0) + alpha * (z.min(0.0) / alpha).exp_m1()
        }
        Activation::Gelu => 0.5 * z * (1.0 + erf(z / std::f64::consts::SQRT_2)),
        Activation::GeluTanh => {
            let c = (2.0 / std::f64::consts::PI).sqrt();
            0.5 * z * (1.0 + (c * (z + 0.044_715 * z.powi(3))).tanh())
        }
        Activation::Softsign => z / (1.0 + z.abs()),
        Activation::HardSigmoid => ((z + 3.0) / 6.0).clamp(0.0, 1.0),
        Activation::HardSigmoidKeras2 => (0.2 * z + 0.5).clamp(0.0, 1.0),
        Activation::HardSilu => z * ((z + 3.0) / 6.0).clamp(0.0, 1.0),
        Activation::HardTanh => z.clamp(-1.0, 1.0),
        Activation::TanhShrink => z - z.tanh(),
        Activation::SoftShrink { threshold } => z.signum() * (z.abs() - f64::from(threshold)).max(0.0),
        Activation::LogSigmoid => -softplus(-z),
        Activation::Mish => z * softplus(z).tanh(),
        Activation::Squareplus { b } => 0.5 * (z + (z * z + f64::from(b)).sqrt()),
        Activation::SparsePlus => {
            if z.abs() >= 1.0 {
                z.max(0.0)
            } else {
                0.25 * (z + 1.0).powi(2)
            }
        }
        Activation::SparseSigmoid => (0.5 * (z + 1.0)).clamp(0.0, 1.0),
        Activation::HardShrink { threshold } => {
            if z.abs() > f64::from(threshold) {
                z
            } else {
                0.0
            }
        }
        Activation::Threshold { threshold, value } => {
            if z > f64::from(threshold) {
                z
            } else {
                f64::from(value)
            }
        }
        other => f64::from(other.of(z as f32).expect("one number")),
    }
}

fn slope(of: Activation, z: f64, a: f64) -> f64 {
    match of {
        Activation::Sigmoid => a * (1.0 - a),
        Activation::Tanh => 1.0 - a * a,
        Activation::Softplus => sigmoid(z),
        Activation::Exponential => a,
        Activation::Elu { alpha } => {
            if z > 0.0 {
                1.0
            } else {
                a + f64::from(alpha)
            }
        }
        other => f64::from(other.slope(z as f32, a as f32).expect("a slope")),
    }
}

fn function_of(function: Function, values: &[f64]) -> f64 {
    let flag = |yes: bool| f64::from(u8::from(yes));
    match (function, values) {
        (Function::Copy, &[x]) => x,
        (Function::Add, _) => values.iter().sum(),
        (Function::Subtract, [x, rest @ ..]) => x - rest.iter().sum::<f64>(),
        (Function::Multiply, _) => values.iter().product(),
        (Function::Divide, [x, rest @ ..]) => x / rest.iter().product::<f64>(),
        (Function::Share, &[x, y]) => x / y,
        (Function::Maximum, _) => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        (Function::Minimum, _) => values.iter().copied().fold(f64::INFINITY, f64::min),
        (Function::SquareRoot, &[x]) => x.sqrt(),
        (Function::Square, &[x]) => x * x,
        (Function::Logarithm, &[x]) => x.ln(),
        (Function::Negate, &[x]) => -x,
        (Function::Absolute, &[x]) => x.abs(),
        (Function::Sign, &[x]) => {
            if x == 0.0 {
                0.0
            } else {
                x.signum()
            }
        }
        (Function::AtLeast, &[x, y]) => flag(x >= y),
        (Function::Above, &[x, y]) => flag(x > y),
        (Function::Differs, &[x, y]) => flag(x != y),
        (Function::Equals, &[x, y]) => flag(x == y),
        (Function::Select, &[which, yes, no]) => {
            if which == 0.0 {
                no
            } else {
                yes
            }
        }
        (Function::Activation(of), &[z]) => activation(of, z),
        (Function::Slope(of), &[z]) => slope(of, z, activation(of, z)),
        (Function::Slope(of), &[z, a]) => slope(of, z, a),
        _ => panic!("{function:?} of {} values", values.len()),
    }
}
