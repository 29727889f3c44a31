//! One weight or bias was taken with the other sign: a minus was overlooked. The only unit's bias is `subtracted-bias`.

use super::{Detail, Effect, Kind, Replacement, Scope, changeable, is_term, name};
use crate::{network::Network, words};

pub(super) static KIND: Kind = Kind {
    id: "sign-error",
    title: words::mistake_title::sign_error,
    lesson: "by-hand",
    about: &[],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Weight(effect),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    changeable(network, layer, effect)
}

fn effect(layer: usize, detail: Detail, network: &Network) -> Option<Replacement> {
    let Detail::Weight(weight) = detail else { return None };
    let value = network.weight(layer, weight)?;
    (is_term(network, layer, weight) && value != 0.0 && !value.is_nan()).then(|| Replacement::one(weight, -value))
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    match detail {
        Detail::Weight(weight) => {
            let value = network.find(layer).ok().and_then(|layer| network.weight(layer, weight)).unwrap_or(f32::NAN);
            words::mistake::wrong_sign(layer, -value, name(weight))
        }
        _ => words::mistake::wrong_sign_of_some(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_minus_is_gone() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("sign-error:hidden:kernel[0,1]", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // z of unit 1 is 2 * 2 - 1.5 - 0.25 = 2.25
        assert_eq!(pass.output(), [0.5 * 2.25 - 2.25 + 2.0 * 3.0 - 0.75]);
        assert_eq!(mistake.says(&network), "you took kernel[0,1] of layer `hidden` as 2, with the wrong sign");
    }
}
