//! Two neighbouring digits of one number are others, as happens where the eye slips a line. Two that were only exchanged, or one
//! that is another, are `mistyped-weight`.
//!
//! There are hundreds of ways for each number, so they are listed for very small networks only; in any network a certain one can
//! be made by its name, as `mistyped-weight`.

use super::{Detail, Effect, Kind, Replacement, Scope, mistyped_weight, name, weights};
use crate::{network::Network, words};

pub(super) static KIND: Kind = Kind {
    id: "mistyped-digits",
    title: words::mistake_title::mistyped_digits,
    lesson: "reading-get-weights",
    about: &[],
    removes: false,
    common: 0.5,
    scope: Scope::Layer,
    ways,
    effect: Effect::Weight(effect),
    says,
};

/// The ways are listed for networks with at most so many parameters.
const MOST_PARAMETERS: usize = 24;

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    if network.parameters() > MOST_PARAMETERS {
        return Vec::new();
    }
    let typed = |(weight, value)| two_digits(value).into_iter().map(move |typed| Detail::Typed(weight, typed));
    let possible = |detail: &Detail| effect(layer, *detail, network).is_some();
    weights(network, layer).flat_map(typed).filter(possible).collect()
}

/// Every number in which two neighbouring digits of `value`, as printed, are others, each once.
fn two_digits(value: f32) -> Vec<f32> {
    if !value.is_finite() {
        return Vec::new();
    }
    let text = value.to_string().into_bytes();
    let places: Vec<usize> = (0..text.len()).filter(|&i| text[i].is_ascii_digit()).collect();
    let mut typed = Vec::new();
    for pair in places.windows(2) {
        let (a, b) = (text[pair[0]], text[pair[1]]);
        for (new_a, new_b) in (b'0'..=b'9').flat_map(|a| (b'0'..=b'9').map(move |b| (a, b))) {
            if new_a == a || new_b == b || (new_a, new_b) == (b, a) {
                continue;
            }
            let mut changed = text.clone();
            (changed[pair[0]], changed[pair[1]]) = (new_a, new_b);
            typed.extend(std::str::from_utf8(&changed).ok().and_then(|text| text.parse::<f32>().ok()));
        }
    }
    typed.retain(|number| number.is_finite() && mistyped_weight::is_visible(*number, value));
    typed
}

fn effect(layer: usize, detail: Detail, network: &Network) -> Option<Replacement> {
    mistyped_weight::effect(layer, detail, network)
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    match detail {
        Detail::Typed(weight, typed) => {
            let value = network.find(layer).ok().and_then(|layer| network.weight(layer, weight)).unwrap_or(f32::NAN);
            words::mistake::digits(layer, value, typed, name(weight))
        }
        _ => words::mistake::digits_of_some(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn both_digits_are_others() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("mistyped-digits:hidden:kernel[1,0]=0.43", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // z of unit 0 is 2 - 0.43 + 0.5 = 2.07; it was 2.25
        assert!((pass.output()[0] - (0.5 * 2.07 + 6.0 - 0.75)).abs() < 1e-6);
        assert!(Mistake::all(&network).contains(&mistake));
    }

    #[test]
    fn neither_one_digit_nor_an_exchange_is_listed() {
        let typed = super::two_digits(1.25);
        assert!(typed.contains(&3.45) && typed.contains(&1.31) && typed.contains(&2.35));
        for other in [1.26, 2.15, 1.52, 3.25] {
            assert!(!typed.contains(&other), "{other}");
        }
        // Two pairs of digits, nine other digits each, less the exchange.
        assert_eq!(typed.len(), 2 * 80);
    }
}
