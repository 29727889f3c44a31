//! Numbers that are known without an input: weights, and what operators make of shapes.

use crate::equation::Shape;

/// Numbers with a shape: whole ones are kept exactly.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Constant {
    pub(super) shape: Vec<usize>,
    numbers: Numbers,
}

#[derive(Debug, Clone, PartialEq)]
enum Numbers {
    Floats(Vec<f32>),
    Ints(Vec<i64>),
}

/// Larger ones are not computed: shapes are small.
const MOST: usize = 1 << 16;

impl Constant {
    pub(super) fn floats(shape: Vec<usize>, floats: Vec<f32>) -> Self {
        Self { shape, numbers: Numbers::Floats(floats) }
    }

    pub(super) fn ints(shape: Vec<usize>, ints: Vec<i64>) -> Self {
        Self { shape, numbers: Numbers::Ints(ints) }
    }

    pub(super) fn values(&self) -> Vec<f32> {
        match &self.numbers {
            Numbers::Floats(floats) => floats.clone(),
            Numbers::Ints(ints) => ints.iter().map(|&n| n as f32).collect(),
        }
    }

    pub(super) fn integers(&self) -> Vec<i64> {
        match &self.numbers {
            Numbers::Floats(floats) => floats.iter().map(|&x| x as i64).collect(),
            Numbers::Ints(ints) => ints.clone(),
        }
    }

    pub(super) fn scalar(&self) -> Option<f32> {
        match self.values().as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    fn len(&self) -> usize {
        match &self.numbers {
            Numbers::Floats(floats) => floats.len(),
            Numbers::Ints(ints) => ints.len(),
        }
    }

    fn pick(&self, shape: Vec<usize>, places: impl Iterator<Item = usize>) -> Option<Self> {
        let numbers = match &self.numbers {
            Numbers::Floats(floats) => {
                Numbers::Floats(places.map(|at| floats.get(at).copied()).collect::<Option<_>>()?)
            }
            Numbers::Ints(ints) => Numbers::Ints(places.map(|at| ints.get(at).copied()).collect::<Option<_>>()?),
        };
        Some(Self { shape, numbers })
    }

    /// The same numbers with another shape.
    pub(super) fn reshaped(&self, shape: Vec<usize>) -> Option<Self> {
        (Shape::from(shape.clone()).size() == self.len()).then(|| Self { shape, numbers: self.numbers.clone() })
    }

    /// The rows of these numbers along the first axis, or single numbers of a list.
    fn gathered(&self, indices: &Self) -> Option<Self> {
        let (&first, rest) = self.shape.split_first()?;
        let row: usize = rest.iter().product();
        if indices.len().saturating_mul(row) > MOST {
            return None;
        }
        let indices_of = indices.integers();
        let rows: Option<Vec<usize>> = indices_of
            .iter()
            .map(|&i| usize::try_from(if i < 0 { i + first as i64 } else { i }).ok().filter(|&i| i < first))
            .collect();
        let places: Vec<usize> = rows?.into_iter().flat_map(|i| i * row..(i + 1) * row).collect();
        self.pick([&indices.shape[..], rest].concat(), places.into_iter())
    }

    fn zip(
        &self,
        other: &Self,
        ints: impl Fn(i64, i64) -> Option<i64>,
        floats: impl Fn(f32, f32) -> f32,
    ) -> Option<Self> {
        let (long, short) = if self.len() >= other.len() { (self, other) } else { (other, self) };
        if short.len() != 1 && short.shape != long.shape {
            return None;
        }
        let at = |constant: &Self, at: usize| if constant.len() == 1 { 0 } else { at };
        let numbers = if let (Numbers::Ints(one), Numbers::Ints(two)) = (&self.numbers, &other.numbers) {
            let pair = |i| ints(*one.get(at(self, i))?, *two.get(at(other, i))?);
            Numbers::Ints((0..long.len()).map(pair).collect::<Option<_>>()?)
        } else {
            let (one, two) = (self.values(), other.values());
            let pair = |i| Some(floats(*one.get(at(self, i))?, *two.get(at(other, i))?));
            Numbers::Floats((0..long.len()).map(pair).collect::<Option<_>>()?)
        };
        Some(Self { shape: long.shape.clone(), numbers })
    }
}

/// What an operator gives for constants, if it is one of those with which models compute shapes.
pub(super) fn folded(operator: &str, taken: &[&Constant], axis: Option<i64>) -> Option<Constant> {
    if taken.iter().any(|constant| constant.len() > MOST) {
        return None;
    }
    let first = taken.first()?;
    match (operator, taken) {
        ("Identity" | "Cast", _) => Some((*first).clone()),
        ("Gather", [data, indices]) if axis.unwrap_or(0) == 0 => data.gathered(indices),
        ("Concat", _) if taken.iter().map(|constant| constant.len()).sum::<usize>() > MOST => None,
        ("Concat", _) if taken.iter().all(|constant| constant.shape.len() == 1) => {
            let ints: Vec<i64> = taken.iter().flat_map(|constant| constant.integers()).collect();
            Some(Constant::ints(vec![ints.len()], ints))
        }
        ("Unsqueeze", _) if first.len() == 1 => first.reshaped(vec![1]),
        ("Squeeze", _) if first.len() == 1 => first.reshaped(Vec::new()),
        ("Slice", [data, starts, ends, ..]) if data.shape.len() == 1 => {
            let n = data.len() as i64;
            let place = |list: &Constant| list.integers().first().map(|&i| (if i < 0 { i + n } else { i }).clamp(0, n));
            let (start, end) = (place(starts)? as usize, place(ends)? as usize);
            let step = taken.get(4).and_then(|step| step.integers().first().copied()).unwrap_or(1);
            (step == 1 && start <= end).then(|| data.pick(vec![end - start], start..end)).flatten()
        }
        ("ReduceProd", [data, ..]) => {
            let product = data.integers().into_iter().try_fold(1_i64, i64::checked_mul)?;
            Some(Constant::ints(vec![1], vec![product]))
        }
        ("Add", [one, two]) => one.zip(two, i64::checked_add, |x, y| x + y),
        ("Sub", [one, two]) => one.zip(two, i64::checked_sub, |x, y| x - y),
        ("Mul", [one, two]) => one.zip(two, i64::checked_mul, |x, y| x * y),
        ("Div", [one, two]) => one.zip(two, i64::checked_div, |x, y| x / y),
        ("Max", [one, two]) => one.zip(two, |x, y| Some(x.max(y)), f32::max),
        ("Min", [one, two]) => one.zip(two, |x, y| Some(x.min(y)), f32::min),
        ("Sqrt", [one]) => Some(Constant::floats(one.shape.clone(), one.values().iter().map(|x| x.sqrt()).collect())),
        ("Reciprocal", [one]) => {
            Some(Constant::floats(one.shape.clone(), one.values().iter().map(|x| 1.0 / x).collect()))
        }
        _ => None,
    }
}
