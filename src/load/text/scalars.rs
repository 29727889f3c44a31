//! Weights that each have a name: `w1 = 0.15`, `w14 = 0.2`, `w_{12}^{(1)} = -0.3`, `theta4 = -0.4`.
//!
//! * `w_{ij}^{(l)}`: from i to j, or to i from j. Both are usual; the text or the shapes decide, else the user is asked.
//! * `w14` where each first number is smaller than the second: nodes numbered through, from 1 to 4.
//! * `w1 .. w8`: as textbooks number them, all weights of the first unit first.

mod in_order;
mod name;

use std::collections::BTreeMap;

use self::{
    in_order::in_order,
    name::{Scalar, named_numbers, thresholds_subtracted},
};
use super::units::Units;
use crate::load::{
    Evidence, Given, Indices, Remark,
    build::{BuildError, ScalarFault, Source},
    found::{Array, Found, Orientation, Origin},
};

/// Reads named scalars; `None` where the text has none.
pub(super) fn scalars(text: &str, given: &Given) -> Option<Result<Found, BuildError>> {
    let all = named_numbers(text);
    let weights: Vec<&Scalar> = all.iter().filter(|scalar| !scalar.bias).collect();
    if weights.len() < 2 {
        return None;
    }
    let biases: Vec<&Scalar> = all.iter().filter(|scalar| scalar.bias).collect();
    let pairs = weights.iter().all(|scalar| scalar.subscript.len() == 2);
    let sign = if thresholds_subtracted(text) && !biases.is_empty() { -1.0 } else { 1.0 };
    let found = if pairs && weights.iter().all(|scalar| scalar.superscript.is_some()) {
        by_layer(text, &weights, &biases, sign, given)
    } else if pairs && weights.iter().all(|scalar| scalar.subscript[0] < scalar.subscript[1]) {
        by_node(&weights, &biases, sign, given)
    } else if weights.iter().all(|scalar| scalar.subscript.len() == 1) {
        in_order(text, &weights, &biases, sign)
    } else if pairs {
        let first: Vec<Scalar> =
            all.iter().map(|scalar| Scalar { superscript: scalar.superscript.or(Some(1)), ..scalar.clone() }).collect();
        let weights: Vec<&Scalar> = first.iter().filter(|scalar| !scalar.bias).collect();
        let biases: Vec<&Scalar> = first.iter().filter(|scalar| scalar.bias).collect();
        by_layer(text, &weights, &biases, sign, given)
    } else {
        return None;
    };
    Some(found.map(|mut found| {
        if sign < 0.0 {
            found.remarks.push(Remark::ThresholdSubtracted);
        }
        let decimals = all.iter().filter_map(|scalar| scalar.decimals).max();
        found.arrays.iter_mut().for_each(|array| array.decimals = decimals);
        found
    }))
}

fn array(shape: Vec<usize>, values: Vec<f32>) -> Array {
    Array { name: None, shape, values, line: 1, decimals: None, origin: Origin::Plain }
}

fn plain_found(arrays: Vec<Array>, remarks: Vec<Remark>) -> Found {
    let mut found = Found { arrays, remarks, ..Found::default() };
    found.hints.orientation = Some((Orientation::Keras, Evidence::Print));
    found
}

/// `w_{ij}^{(l)}`, layer by layer.
fn by_layer(
    text: &str,
    weights: &[&Scalar],
    biases: &[&Scalar],
    sign: f32,
    given: &Given,
) -> Result<Found, BuildError> {
    let said = said(text);
    let read = |indices: Indices| layers(weights, biases, sign, indices);
    let (from_to, to_from) = (read(Indices::FromTo), read(Indices::ToFrom));
    let with = |arrays: Vec<Array>, remark| Ok(plain_found(arrays, vec![remark]));
    if let Some(indices) = given.indices {
        let chosen = if indices == Indices::FromTo { from_to } else { to_from };
        return match chosen {
            Some(arrays) => Ok(plain_found(arrays, Vec::new())),
            None => Err(BuildError::IndicesDoNotFit { given: indices }),
        };
    }
    match (from_to, to_from) {
        (Some(from_to), Some(to_from)) => match said {
            Some(Indices::FromTo) => with(from_to, Remark::IndicesSaid(Indices::FromTo)),
            Some(Indices::ToFrom) => with(to_from, Remark::IndicesSaid(Indices::ToFrom)),
            None if from_to == to_from => Ok(plain_found(from_to, Vec::new())),
            None => Err(BuildError::AskIndices),
        },
        (Some(arrays), None) => with(arrays, Remark::IndicesConcluded(Indices::FromTo)),
        (None, Some(arrays)) => with(arrays, Remark::IndicesConcluded(Indices::ToFrom)),
        (None, None) => Err(BuildError::Scalars(ScalarFault::Gaps)),
    }
}

/// What the text says about `w_{ij}`.
fn said(text: &str) -> Option<Indices> {
    let lower = text.to_lowercase().replace(['$', '`', '{', '}', '(', ')'], "");
    let at = lower.find("w_ij").or_else(|| lower.find("wij")).or_else(|| lower.find("w_jk"))?;
    let end = lower[at..].find('\n').map_or(lower.len(), |end| at + end);
    let sentence = &lower[at..end];
    let letters: Vec<char> = sentence.trim_start_matches("w_").trim_start_matches('w').chars().take(2).collect();
    let [first, second] = letters[..] else { return None };
    let place = |letter: char, words: &[&str]| {
        words
            .iter()
            .filter_map(|word| {
                let at = sentence.find(word)?;
                let rest = &sentence[at + word.len()..];
                // The letter as a word of its own, soon after.
                let own = rest
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|word| !word.is_empty())
                    .take(4)
                    .position(|word| word.len() == 1 && word.starts_with(letter))?;
                Some(own)
            })
            .min()
    };
    let (to, from): (&[&str], &[&str]) = (&[" to ", " into "], &[" from ", "connects ", "connecting "]);
    let score = |letter: char, words: &[&str]| place(letter, words).unwrap_or(usize::MAX);
    let (to_first, to_second) = (score(first, to), score(second, to));
    let (from_first, from_second) = (score(first, from), score(second, from));
    if to_first < to_second || from_second < from_first {
        return Some(Indices::ToFrom);
    }
    (to_second < to_first || from_first < from_second).then_some(Indices::FromTo)
}

/// The arrays of all layers, read in one way; `None` if they are not whole or do not fit.
fn layers(weights: &[&Scalar], biases: &[&Scalar], sign: f32, indices: Indices) -> Option<Vec<Array>> {
    let mut by_layer: BTreeMap<u32, Vec<(usize, usize, f32)>> = BTreeMap::new();
    let zero = weights.iter().any(|scalar| scalar.subscript.contains(&0));
    for scalar in weights {
        let [first, second] = scalar.subscript[..] else { return None };
        let (first, second) = (first as usize, second as usize);
        let pair = if indices == Indices::FromTo { (first, second) } else { (second, first) };
        by_layer.entry(scalar.superscript?).or_default().push((pair.0, pair.1, scalar.value));
    }
    let mut arrays = Vec::new();
    let mut before = None;
    for (layer, cells) in &by_layer {
        let base = usize::from(!zero);
        let side = |end: fn(&(usize, usize, f32)) -> usize| cells.iter().map(end).max().map(|most| most + 1 - base);
        let (inputs, units) = (side(|cell| cell.0)?, side(|cell| cell.1)?);
        if inputs.checked_mul(units)? != cells.len() || before.is_some_and(|before| before != inputs) {
            return None;
        }
        let mut kernel = vec![f32::NAN; inputs * units];
        let mut seen = vec![false; inputs * units];
        for &(from, to, value) in cells {
            let at = from.checked_sub(base)? * units + to.checked_sub(base)?;
            if std::mem::replace(seen.get_mut(at)?, true) {
                return None;
            }
            kernel[at] = value;
        }
        let own: Vec<&&Scalar> = biases
            .iter()
            .filter(|bias| bias.superscript == Some(*layer) || (bias.superscript.is_none() && by_layer.len() == 1))
            .collect();
        // A bias that has only the layer's number: `b^{(1)}` for a single unit.
        let mut bias = vec![0.0; units];
        for scalar in &own {
            let at = scalar.subscript.last().map_or(Some(0), |&unit| (unit as usize).checked_sub(base))?;
            *bias.get_mut(at)? = sign * scalar.value;
        }
        if !own.is_empty() && own.len() != units {
            return None;
        }
        arrays.push(array(vec![inputs, units], kernel));
        if !own.is_empty() {
            arrays.push(array(vec![units], bias));
        }
        before = Some(units);
    }
    Some(arrays)
}

/// `w14`: from node 1 to node 4.
fn by_node(weights: &[&Scalar], biases: &[&Scalar], sign: f32, given: &Given) -> Result<Found, BuildError> {
    let mut units = Units::default();
    let name = |node: u32| format!("node {node}");
    for scalar in weights {
        let (mut from, mut to) = (scalar.subscript[0], scalar.subscript[1]);
        if given.indices == Some(Indices::ToFrom) {
            (from, to) = (to, from);
        }
        units.edge(&name(from), &name(to), scalar.value);
    }
    for scalar in biases {
        match scalar.subscript[..] {
            [node] => units.bias(&name(node), sign * scalar.value),
            _ => return Err(BuildError::Scalars(ScalarFault::BiasIndices)),
        }
    }
    units.remarks.push(Remark::IndicesAssumed(given.indices.unwrap_or(Indices::FromTo)));
    units.found().map_err(|why| BuildError::NoChain { network: Source::Weights, why })
}

#[cfg(test)]
mod tests {
    use super::{name::scalar, *};

    fn read(text: &str) -> Result<Found, BuildError> {
        scalars(text, &Given::default()).expect("there are some")
    }

    #[test]
    fn names_are_split_into_letters_and_indices() {
        for (name, bias, subscript, superscript) in [
            ("w14", false, &[1, 4][..], None),
            ("w_{12}^{(1)}", false, &[1, 2], Some(1)),
            ("w^{(2)}_{31}", false, &[3, 1], Some(2)),
            ("w_{10,3}", false, &[10, 3], None),
            ("w8", false, &[8], None),
            ("\\theta_5", true, &[5], None),
            ("b_1^{(2)}", true, &[1], Some(2)),
            ("b", true, &[], None),
        ] {
            let scalar = scalar(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(
                (scalar.bias, &scalar.subscript[..], scalar.superscript),
                (bias, subscript, superscript),
                "{name}"
            );
        }
        for name in ["x1", "wih", "rate", "w", "weight_decay", "batch2"] {
            assert!(scalar(name).is_none(), "{name}");
        }
    }

    #[test]
    fn an_ambiguous_text_leads_to_a_question() {
        let square = "w_{11}^{(1)} = 1, w_{12}^{(1)} = 2, w_{21}^{(1)} = 3, w_{22}^{(1)} = 4";
        assert!(read(square).expect_err("asked").to_string().contains("`--indices from-to` or `--indices to-from`"));
        let said = format!("{square}\nwhere w_{{ij}} goes from unit i to unit j");
        assert_eq!(read(&said).expect("said").arrays[0].values, [1.0, 2.0, 3.0, 4.0]);
        let said = format!("{square}\nwhere $w_{{ij}}$ is the weight to unit $i$ from unit $j$");
        assert_eq!(read(&said).expect("said").arrays[0].values, [1.0, 3.0, 2.0, 4.0]);
        // Six weights in one layer of 3 inputs and 2 units, or the other way: the bias of two decides.
        let shape = "w_{11}^{(1)}=1; w_{12}^{(1)}=2; w_{21}^{(1)}=3; w_{22}^{(1)}=4; w_{31}^{(1)}=5; w_{32}^{(1)}=6; b_1^{(1)}=7; b_2^{(1)}=8";
        let found = read(shape).expect("only one fits");
        assert_eq!((&found.arrays[0].shape[..], &found.arrays[1].values[..]), (&[3, 2][..], &[7.0, 8.0][..]));
    }

    #[test]
    fn textbook_numbering_gives_all_weights_of_one_unit_first() {
        let found = read("w1 = 1, w2 = 2, w3 = 3, w4 = 4, w5 = 5, w6 = 6, b1 = 7, b2 = 8, b3 = 9").expect("2-2-1");
        let values: Vec<&[f32]> = found.arrays.iter().map(|array| &array.values[..]).collect();
        assert_eq!(values, [&[1.0, 3.0, 2.0, 4.0][..], &[7.0, 8.0], &[5.0, 6.0], &[9.0]]);
        assert_eq!(found.remarks, [Remark::TextbookOrder]);
        let found = read("A perceptron with w1 = 0.5, w2 = -0.25 and b = 0.1").expect("one unit");
        assert_eq!((&found.arrays[0].shape[..], &found.arrays[1].values[..]), (&[2, 1][..], &[0.1][..]));
    }

    #[test]
    fn a_threshold_is_subtracted_only_where_the_text_says_so() {
        let weights = "w13 = 1, w23 = 2, theta3 = 0.5";
        let bias = |text: &str| read(text).expect("nodes").arrays[1].values[0];
        assert_eq!(bias(weights), 0.5);
        assert_eq!(bias(&format!("The threshold input is fixed at -1. {weights}")), -0.5);
        assert_eq!(bias(&format!("{weights}, theta4 = -1.5").replace(", theta4 = -1.5", "")), 0.5);
    }
}
