//! Weights that each have a name: `w1 = 0.15`, `w14 = 0.2`, `w_{12}^{(1)} = -0.3`, `theta4 = -0.4`.
//!
//! * `w_{ij}^{(l)}`: from i to j, or to i from j. Both are usual; the text or the shapes decide, else the user is asked.
//! * `w14` where each first number is smaller than the second: nodes numbered through, from 1 to 4.
//! * `w1 .. w8`: as textbooks number them, all weights of the first unit first.

use std::collections::BTreeMap;

use super::{
    number::{self, Run},
    units::Units,
};
use crate::load::{
    Evidence, Given, Indices, Remark,
    build::{BuildError, ScalarFault, Source},
    found::{Array, Found, Orientation, Origin},
};

/// One named number.
#[derive(Debug, Clone, PartialEq)]
struct Scalar {
    bias: bool,
    subscript: Vec<u32>,
    superscript: Option<u32>,
    value: f32,
    decimals: Option<u8>,
}

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

/// Every `name = number` whose name is that of a weight or a bias with numbers.
fn named_numbers(text: &str) -> Vec<Scalar> {
    /// So many named numbers nobody writes.
    const MOST: usize = 100_000;
    let mut found = Vec::new();
    for (at, _) in text.match_indices(['=', ':']) {
        if text[at + 1..].starts_with('=') || found.len() >= MOST {
            continue;
        }
        let after = text[at + 1..].trim_start_matches([' ', '\u{a0}', '&', '\t']);
        let Run::Number(value, length) = number::run(after) else { continue };
        let end = after[length..].chars().next();
        // `w1 = 0.5 * x`, `b1[2] = 0.3f` are others' business.
        if end.is_some_and(|c| c.is_alphanumeric() || matches!(c, '*' | '[' | '(')) {
            continue;
        }
        let before = text[..at].trim_end_matches([' ', '\t', '&']);
        let mut from = before.len().saturating_sub(48);
        while !before.is_char_boundary(from) {
            from += 1;
        }
        let before = &before[from..];
        // A comma inside of braces belongs to the name: `w_{1,2}`.
        let mut inside = false;
        let begin = before.char_indices().rev().find(|&(_, c)| {
            match c {
                '}' | ')' => inside = true,
                '{' | '(' => inside = false,
                _ => {}
            }
            c.is_whitespace() || matches!(c, ';' | '$' | '|') || c == ',' && !inside
        });
        let begin = begin.map_or(0, |(i, c)| i + c.len_utf8());
        if let Some(scalar) = scalar(&before[begin..]) {
            found.push(Scalar { value: value.value, decimals: value.decimals, ..scalar });
        }
    }
    found
}

/// `w14`, `w_{12}^{(1)}`, `\theta_3`, `b1`, `w1_4`, `w(1,4)`.
fn scalar(name: &str) -> Option<Scalar> {
    let name = name.trim_start_matches('\\');
    let letters = name.find(|c: char| !c.is_alphabetic()).unwrap_or(name.len());
    let (word, rest) = name.split_at(letters);
    let bias = match word.to_lowercase().as_str() {
        "w" | "weight" | "omega" | "ω" => false,
        "b" | "bias" | "theta" | "θ" | "threshold" | "t" => true,
        _ => return None,
    };
    let (subscript, superscript) = rest.split_once('^').map_or((rest, None), |(sub, sup)| (sub, Some(sup)));
    let (superscript, subscript) = match superscript {
        // `w^{(1)}_{12}`
        Some(sup) if subscript.is_empty() => sup.split_once('_').map_or((Some(sup), ""), |(sup, sub)| (Some(sup), sub)),
        other => (other, subscript),
    };
    let digits = |text: &str| -> Option<Vec<u32>> {
        let clean = text.trim_matches(|c: char| !c.is_ascii_digit());
        if clean.is_empty() {
            return Some(Vec::new());
        }
        let parts: Vec<&str> = clean.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            // `w14` is 1, 4; `w114` could be two things.
            [one] if !bias && one.len() == 2 => Some(one.bytes().map(|byte| u32::from(byte - b'0')).collect()),
            [one] => one.parse().ok().map(|n| vec![n]),
            _ => parts.iter().map(|part| part.parse().ok()).collect(),
        }
    };
    if rest.chars().any(char::is_alphabetic) {
        return None;
    }
    let superscript = match superscript {
        Some(text) => digits(text)?.first().copied(),
        None => None,
    };
    let subscript = digits(subscript)?;
    if subscript.is_empty() && !bias {
        return None;
    }
    Some(Scalar { bias, subscript, superscript, value: 0.0, decimals: None })
}

/// Whether the text says that thresholds have an input of -1.
fn thresholds_subtracted(text: &str) -> bool {
    text.split(['.', '\n', ';']).any(|sentence| {
        let lower = sentence.to_lowercase().replace(['\u{2212}', '\u{2013}'], "-");
        let threshold = ["threshold", "bias", "theta", "θ"].iter().any(|word| lower.contains(word));
        let one = lower.match_indices("-1").any(|(at, _)| {
            let rest = &lower[at + 2..];
            !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')
                || rest.starts_with(".0") && !rest[2..].starts_with(|c: char| c.is_ascii_digit())
        });
        let number = lower.contains("= -1") && lower.matches('=').count() > 1;
        threshold && one && !number || lower.contains("subtract") && threshold
    })
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

/// `w1 .. w8`, all weights of the first unit first.
fn in_order(text: &str, weights: &[&Scalar], biases: &[&Scalar], sign: f32) -> Result<Found, BuildError> {
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
    let sizes = super::hints::sizes(text);
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
        arrays.push(array(vec![inputs, units], super::survey::transposed(rows, units, inputs)));
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

#[cfg(test)]
mod tests {
    use super::*;

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
