//! Weights with one number each, `w1 .. w8`: as textbooks number them, all weights of the first unit first.

use super::{Scalar, array, plain_found};
use crate::load::{
    Remark,
    build::{BuildError, ScalarFault},
    found::Found,
    text::{hints, survey},
};

/// `w1 .. w8`, all weights of the first unit first.
pub(super) fn in_order(text: &str, weights: &[&Scalar], biases: &[&Scalar], sign: f32) -> Result<Found, BuildError> {
    let mut sorted: Vec<(u32, f32)> = weights.iter().map(|scalar| (scalar.subscript[0], scalar.value)).collect();
    sorted.sort_by_key(|(number, _)| *number);
    let base = sorted.first().map_or(0, |(number, _)| *number);
    let whole = sorted.iter().enumerate().all(|(i, (number, _))| *number as usize == i + base as usize) && base <= 1;
    if !whole {
        return Err(BuildError::Scalars(ScalarFault::Numbering));
    }
    let values: Vec<f32> = sorted.iter().map(|(_, value)| *value).collect();
    let mut own: Vec<(u32, f32)> =
        biases.iter().map(|scalar| (scalar.subscript.first().copied().unwrap_or(0), sign * scalar.value)).collect();
    own.sort_by_key(|(number, _)| *number);
    let biases: Vec<f32> = own.iter().map(|(_, value)| *value).collect();
    let (inputs, outputs) = (
        counted(text, &["i", "x", "in", "input"]),
        counted(text, &["o", "y", "out", "output", "target", "t"]).or_else(|| targets(text)),
    );
    let sizes = hints::sizes(text);
    let mut candidates: Vec<(usize, usize, usize)> = Vec::new();
    if let [i, h, o] = sizes[..] {
        candidates.push((i, h, o));
    } else if let [i, o] = sizes[..] {
        candidates.push((i, o, 0));
    } else {
        let count = values.len();
        for i in 1..=count {
            for h in 1..=count / i {
                if i * h == count {
                    candidates.push((i, h, 0));
                }
                let left = count - i * h;
                if left > 0 && left.is_multiple_of(h) && i > 1 {
                    candidates.push((i, h, left / h));
                }
            }
        }
    }
    candidates.retain(|&(i, h, o)| {
        let layers = if o == 0 { 1 } else { 2 };
        let units = h + o;
        let count = i * h + h * o == values.len();
        let fits_bias = biases.is_empty() || biases.len() == units || (biases.len() == layers);
        let last = if o == 0 { h } else { o };
        count && fits_bias && inputs.is_none_or(|inputs| inputs == i) && outputs.is_none_or(|outputs| outputs == last)
    });
    // Without more said: two layers of the textbooks' two inputs, or one unit.
    let usual = |candidate: &(usize, usize, usize)| match candidate {
        (2, 2, 1 | 2) => true,
        (_, 1, 0) => values.len() < 6 && biases.len() <= 1,
        _ => false,
    };
    let chosen = if let [one] = candidates[..] {
        Some(one)
    } else {
        let mut usual = candidates.iter().filter(|candidate| usual(candidate));
        usual.next().copied().filter(|_| usual.next().is_none())
    };
    let Some((i, h, o)) = chosen else {
        return Err(BuildError::Scalars(ScalarFault::SeveralWays(values.len())));
    };
    let mut arrays = Vec::new();
    let (mut at, mut bias_at) = (0, 0);
    let shared = biases.len() != h + o;
    for (layer, (inputs, units)) in [(i, h), (h, o)].into_iter().filter(|pair| pair.1 > 0).enumerate() {
        let rows = &values[at..at + inputs * units];
        at += inputs * units;
        arrays.push(array(vec![inputs, units], survey::transposed(rows, units, inputs)));
        if !biases.is_empty() {
            let own = if shared { vec![biases[layer]; units] } else { biases[bias_at..bias_at + units].to_vec() };
            bias_at += units;
            arrays.push(array(vec![units], own));
        }
    }
    let remark = if (h, o) == (1, 0) { Vec::new() } else { vec![Remark::TextbookOrder] };
    Ok(plain_found(arrays, remark))
}

/// How many different `i1`, `i2` ... the text names, if it names them.
fn counted(text: &str, letters: &[&str]) -> Option<usize> {
    let mut most = 0;
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
        let word = word.to_lowercase();
        let digits = word.trim_start_matches(|c: char| c.is_alphabetic()).trim_start_matches('_');
        let letter = word.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
        if letters.contains(&letter)
            && let Ok(number) = digits.parse::<usize>()
        {
            most = most.max(number);
        }
    }
    (most > 0 && most <= 64).then_some(most)
}

/// How many targets a sentence lists: `targets 0.01 and 0.99`.
fn targets(text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let at = lower.find("targets")?;
    let rest = &lower[at..lower[at..].find('\n').map_or(lower.len(), |end| at + end)];
    let count =
        rest.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter(|word| word.parse::<f32>().is_ok()).count();
    (count > 0).then_some(count)
}
