//! The input that distinguishes explanations best: the one whose result says most (the entropy of the
//! partition by results), and among those that teach about as much the simplest.

use crate::{
    network::{Recipe, recipe::through},
    pass::Address,
};

/// So many significant digits of a result are looked at: people compare no more.
const DIGITS: usize = 5;

/// An input that teaches this part of what the best one teaches is as good, if it is simpler.
pub(super) const AS_GOOD: f64 = 0.95;

/// How many explanations are compared at most.
pub(super) const MOST: usize = 30;

/// More outputs than this are not looked at.
pub(super) const MOST_OUTPUTS: usize = 16;

/// Numbers that one likes to work with, the simplest first.
const SIMPLE: [f32; 14] = [1.0, 0.0, -1.0, 2.0, -2.0, 10.0, 3.0, 5.0, 0.5, -10.0, 4.0, -5.0, 20.0, 100.0];

/// What to try next.
#[derive(Debug, Clone, PartialEq)]
pub struct NextInput {
    /// The input.
    pub input: Vec<f32>,
    /// Which output to look at.
    pub at: Address,
    /// The right value there.
    pub right: f32,
    /// What each candidate gives there, by its position.
    pub values: Vec<(usize, f32)>,
    /// How much one learns from it, in bits; 0 where it only shows whether the one candidate is true.
    pub bits: f64,
}

/// Inputs at which explanations are compared: seeded random ones and simple ones.
pub(super) fn probes(inputs: usize, region: &[(f32, f32)], observed: &[f32]) -> Vec<Vec<f32>> {
    let mut random = fastrand::Rng::with_seed(0x0b79_4a6d);
    let scale = observed.iter().filter(|x| x.is_finite()).fold(2.0f32, |most, x| most.max(x.abs()));
    let range = |i: usize| region.get(i).copied().unwrap_or((-scale, scale));
    let mut probes: Vec<Vec<f32>> = (0..8)
        .map(|_| {
            let one = |i| {
                let (low, high) = range(i);
                low + (high - low) * random.f32()
            };
            (0..inputs).map(one).collect()
        })
        .collect();
    probes.extend(SIMPLE[..6].iter().chain(&[-10.0]).map(|&x| vec![x; inputs]));
    probes
}

/// Inputs worth trying, the simplest first.
pub(super) fn simple_inputs(inputs: usize, region: &[(f32, f32)]) -> Vec<Vec<f32>> {
    let mut all: Vec<Vec<f32>> = Vec::new();
    match inputs {
        1 => all.extend(SIMPLE.iter().map(|&x| vec![x])),
        2 | 3 => {
            let count = 6usize;
            let mut grid: Vec<Vec<usize>> = (0..count.pow(inputs as u32))
                .map(|n| (0..inputs).map(|i| n / count.pow(i as u32) % count).rev().collect())
                .collect();
            grid.sort_by_key(|point| (point.iter().sum::<usize>(), point.iter().copied().max()));
            all.extend(grid.into_iter().map(|point| point.into_iter().map(|i| SIMPLE[i]).collect()));
        }
        _ => {
            all.extend(SIMPLE.iter().map(|&x| vec![x; inputs]));
            let one = |at: usize, x: f32| (0..inputs).map(|i| if i == at { x } else { 0.0 }).collect();
            for x in [1.0, -1.0, 10.0] {
                all.extend((0..inputs.min(16)).map(|at| one(at, x)));
            }
            all.push((0..inputs).map(|i| (i + 1) as f32).collect());
            all.push((0..inputs).map(|i| if i % 2 == 0 { 1.0 } else { -1.0 }).collect());
        }
    }
    if region.len() == inputs {
        all.push(region.iter().map(|&(low, _)| low).collect());
        all.push(region.iter().map(|&(_, high)| high).collect());
        all.push(region.iter().map(|&(low, high)| f32::midpoint(low, high)).collect());
    }
    all
}

/// The next input for these explanations, each with its probability and its recipes, the most probable first.
pub(super) fn find(
    right: &[Recipe],
    wrong: &[(f64, Vec<Recipe>)],
    inputs: usize,
    region: &[(f32, f32)],
    observed: &[&[f32]],
) -> Option<NextInput> {
    if wrong.is_empty() {
        return None;
    }
    let mut best: Option<NextInput> = None;
    for input in simple_inputs(inputs, region) {
        if observed.contains(&input.as_slice()) {
            continue;
        }
        let right = through(right, &input);
        let results: Vec<Vec<f32>> = wrong.iter().map(|(_, recipes)| through(recipes, &input)).collect();
        for (output, &right) in right.iter().enumerate().take(MOST_OUTPUTS) {
            let values: Option<Vec<f32>> = results.iter().map(|result| result.get(output).copied()).collect();
            let Some(values) = values else { continue };
            // An input at which the most probable mistake does no harm would look like a cure.
            if shown(values[0]) == shown(right) || !values[0].is_finite() {
                continue;
            }
            let bits = entropy(wrong.iter().map(|(weight, _)| *weight).zip(values.iter().map(|&value| shown(value))));
            if best.as_ref().is_none_or(|best| bits * AS_GOOD > best.bits + 1e-9) {
                let values = values.into_iter().enumerate().collect();
                best = Some(NextInput { input: input.clone(), at: Address::output(output), right, values, bits });
            }
        }
    }
    best
}

pub(super) fn shown(value: f32) -> String {
    // -0 and 0 look the same on paper.
    format!("{:.*e}", DIGITS - 1, value + 0.0)
}

/// Entropy in bits of the partition by key.
pub(super) fn entropy(weighted: impl Iterator<Item = (f64, String)>) -> f64 {
    let mut parts: Vec<(String, f64)> = Vec::new();
    for (weight, key) in weighted {
        match parts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, sum)) => *sum += weight,
            None => parts.push((key, weight)),
        }
    }
    let all: f64 = parts.iter().map(|(_, weight)| weight).sum();
    let bits = |weight: f64| if weight > 0.0 { -weight / all * (weight / all).log2() } else { 0.0 };
    parts.iter().map(|(_, weight)| bits(*weight)).sum::<f64>().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_equal_halves_are_one_bit() {
        let parts = |keys: &str| entropy(keys.chars().map(|key| (0.5, key.to_string())));
        assert_eq!((parts("aa"), parts("ab"), parts("aabb"), parts("abcd")), (0.0, 1.0, 1.0, 2.0));
    }

    #[test]
    fn simple_inputs_come_first() {
        assert_eq!(simple_inputs(1, &[])[..3], [[1.0], [0.0], [-1.0]]);
        let pairs = simple_inputs(2, &[(-1.0, 1.0), (0.0, 4.0)]);
        assert_eq!(pairs[0], [1.0, 1.0]);
        assert_eq!(pairs[pairs.len() - 1], [0.0, 2.0]);
        assert!(pairs.contains(&vec![1.0, 0.0]) && pairs.contains(&vec![0.0, 1.0]));
    }
}
