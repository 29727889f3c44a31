//! One number was copied wrongly: a digit is another one, two neighbouring digits are exchanged, or the point stands one or two
//! places off. The number is the shortest text that reads back to the same float32, as it is printed.
//!
//! There are dozens of ways for each number, so they are listed for small networks only; in any network a certain one can be made
//! by its name.

use super::{Detail, Effect, Kind, Replacement, Scope, name, weights};
use crate::{
    network::{List, Network, Weight},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "mistyped-weight",
    title: words::mistake_title::mistyped_weight,
    lesson: "reading-get-weights",
    about: &[],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Weight(effect),
    says,
};

/// The ways are listed for networks with at most so many parameters.
const MOST_PARAMETERS: usize = 200;

/// A slip counts if it changes the number by more than this part of it.
const VISIBLE: f32 = 2e-6;

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    if network.parameters() > MOST_PARAMETERS {
        return Vec::new();
    }
    let typed = |(weight, value)| misprints(value).into_iter().map(move |typed| Detail::Typed(weight, typed));
    let possible = |detail: &Detail| effect(layer, *detail, network).is_some();
    weights(network, layer).flat_map(typed).filter(possible).collect()
}

/// Every number that one typing error makes of `value` as printed, each once.
fn misprints(value: f32) -> Vec<f32> {
    if !value.is_finite() {
        return Vec::new();
    }
    let text = value.to_string().into_bytes();
    let mut texts = Vec::new();
    for (i, byte) in text.iter().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        for other in (b'0'..=b'9').filter(|other| other != byte) {
            let mut changed = text.clone();
            changed[i] = other;
            texts.push(changed);
        }
        // The digit before may be on the other side of the point.
        let next = (i + 1..text.len()).find(|&next| text[next].is_ascii_digit());
        if let Some(next) = next.filter(|&next| text[next] != *byte) {
            let mut changed = text.clone();
            changed.swap(i, next);
            texts.push(changed);
        }
    }
    texts.extend(["e1", "e2", "e-1", "e-2"].map(|moved| [text.as_slice(), moved.as_bytes()].concat()));
    let mut typed: Vec<f32> = Vec::with_capacity(texts.len());
    for number in texts.iter().filter_map(|text| std::str::from_utf8(text).ok()?.parse().ok()) {
        if is_visible(number, value) && f32::is_finite(number) && !typed.contains(&number) {
            typed.push(number);
        }
    }
    typed
}

/// A slip in the last digits of eight is seen in no answer.
pub(super) fn is_visible(number: f32, value: f32) -> bool {
    (number - value).abs() > VISIBLE * value.abs()
}

pub(super) fn effect(layer: usize, detail: Detail, network: &Network) -> Option<Replacement> {
    let Detail::Typed(weight, typed) = detail else { return None };
    // The moving variance joins as a deviation only, and the numbers of a scaling are computed, not copied.
    let copied = !matches!(weight, Weight::Listed { list: List::MovingVariance | List::Scale | List::Offset, .. });
    (copied && network.weight(layer, weight)? != typed).then(|| Replacement::one(weight, typed))
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    match detail {
        Detail::Typed(weight, typed) => {
            let value = network.find(layer).ok().and_then(|layer| network.weight(layer, weight)).unwrap_or(f32::NAN);
            words::mistake::digits(layer, value, typed, name(weight))
        }
        _ => words::mistake::mistyped_number(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_typed_number_counts() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("mistyped-weight:out:kernel[0,0]=0.2", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // 0.2 * 2.25 in the place of 0.5 * 2.25
        assert_eq!(pass.output(), [0.45 + 6.0 - 0.75]);
        assert_eq!(mistake.says(&network), "you took kernel[0,0] of layer `out` as 0.2; it is 0.5");
    }

    #[test]
    fn every_typing_error_of_a_short_number_is_listed_once() {
        let mut typed = super::misprints(-1.2);
        typed.sort_by(f32::total_cmp);
        let mut expected = vec![-2.1, -12.0, -120.0, -0.12, -0.012];
        expected
            .extend([0, 2, 3, 4, 5, 6, 7, 8, 9].map(|digit| format!("-{digit}.2").parse::<f32>().expect("a number")));
        expected
            .extend([0, 1, 3, 4, 5, 6, 7, 8, 9].map(|digit| format!("-1.{digit}").parse::<f32>().expect("a number")));
        expected.sort_by(f32::total_cmp);
        assert_eq!(typed, expected);
        assert!(super::misprints(f32::NAN).is_empty());
    }

    #[test]
    fn a_large_network_lists_none_but_takes_any() {
        use crate::network::{Dense, Kernel, Layer, Network, Operation};
        let kernel = Kernel::from_rows(201, 1, &[0.5; 201]).expect("201");
        let dense = Operation::Dense(Dense::new(kernel, None, Activation::Linear));
        let network = Network::new("wide", vec![Layer { name: "d".to_owned(), operation: dense }]).expect("fits");
        assert!(Mistake::all(&network).iter().all(|mistake| mistake.kind.id != "mistyped-weight"));
        assert!(Mistake::named("mistyped-weight:d:kernel[200,0]=0.7", &network).is_ok());
        assert!(Mistake::named("mistyped-weight:d:kernel[201,0]=0.7", &network).is_err());
    }
}
