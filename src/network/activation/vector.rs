//! The activations of a whole vector: every output depends on every input (softmax, `log_softmax`, sparsemax), or the vector
//! is cut in two (glu). None of them panics; an empty vector gives an empty one.

use super::scalar::{exponential, flushed, rounded, sigmoid};

/// `e^z_i / sum of e^z_j`; the largest z is subtracted first, which changes nothing but keeps `e^z` finite.
///
/// The sum is taken in order and its reciprocal multiplied, as in TensorFlow: 46 % of 232 of Keras' values exactly, all within
/// 3 ulp. Dividing gives 38 %; everything in float64, rounded once, 30 %.
pub(super) fn softmax(z: &[f32]) -> Vec<f32> {
    let top = largest(z);
    let powers: Vec<f32> = z.iter().map(|&v| exponential(v - top)).collect();
    let sum: f32 = powers.iter().sum();
    let share = 1.0 / sum;
    powers.iter().map(|&p| flushed(p * share)).collect()
}

/// `ln(softmax(z)_i) = z_i - max - ln(sum of e^(z_j - max))`.
pub(super) fn log_softmax(z: &[f32]) -> Vec<f32> {
    let top = largest(z);
    let sum: f32 = z.iter().map(|&v| exponential(v - top)).sum();
    let log = f64::from(sum).ln() as f32;
    z.iter().map(|&v| flushed((v - top) - log)).collect()
}

/// The point of the probability simplex nearest to z: `max(0, z_i - tau)` with tau such that the outputs sum to 1.
///
/// Martins & Astudillo 2016 (arXiv:1602.02068), algorithm 1. Keras (seen in 3.15.1) adds up all the cumulative sums of the
/// support where the paper takes the last one, so it is right only when a single output is left above 0; the paper is
/// followed here. NaN, `+inf`, or nothing but `-inf` gives NaN throughout, as in softmax.
pub(super) fn sparsemax(z: &[f32]) -> Vec<f32> {
    let top = largest(z);
    if !top.is_finite() {
        return vec![f32::NAN; z.len()];
    }
    // In float64 and relative to the largest: the threshold is then between -1 and 0 and keeps its digits.
    let z: Vec<f64> = z.iter().map(|&v| f64::from(v) - f64::from(top)).collect();
    let mut sorted = z.clone();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut tau) = (0.0, 0.0);
    for (k, v) in sorted.iter().enumerate() {
        let count = (k + 1) as f64;
        // Written so that `-inf` ends the support.
        if 1.0 + count * v <= sum + v {
            break;
        }
        sum += v;
        tau = (sum - 1.0) / count;
    }
    z.iter().map(|v| rounded((v - tau).max(0.0))).collect()
}

/// `z_i * sigmoid(z_(i + n/2))`: the second half says how much of the first half passes. Dauphin et al. 2017
/// (arXiv:1612.08083). When the length is odd, the last value has no partner and is left out.
pub(super) fn glu(z: &[f32]) -> Vec<f32> {
    let (values, gates) = z.split_at(z.len() / 2);
    values.iter().zip(gates).map(|(&v, &g)| flushed(v * sigmoid(g))).collect()
}

/// The largest value; NaN when there is one, `-inf` for an empty vector.
fn largest(z: &[f32]) -> f32 {
    z.iter().fold(f32::NEG_INFINITY, |top, &v| if v > top || v.is_nan() { v } else { top })
}
