//! One term was left out of one sum: a single product, or the bias of a single unit. The only unit's bias is `skipped-bias`.

use super::{Detail, Effect, Kind, Replacement, Scope, changeable, is_term, name};
use crate::{
    network::{Network, Weight},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "missing-term",
    title: words::mistake_title::missing_term,
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
    (is_term(network, layer, weight) && value != 0.0).then(|| Replacement::leaves_out(weight))
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    match detail {
        Detail::Weight(weight @ Weight::Kernel { .. }) => words::mistake::missing_product(layer, name(weight)),
        Detail::Weight(weight) => words::mistake::missing_weight(layer, name(weight)),
        _ => words::mistake::missing_term(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn a_product_is_missing() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("missing-term:hidden:kernel[1,2]", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // wx of unit 2 is 2 * 0.5 without -1 * -1: a = [2.25, 0.0, 2.0]
        assert_eq!(pass.output(), [0.5 * 2.25 + 2.0 * 2.0 - 0.75]);
        assert_eq!(mistake.says(&network), "you left the product with kernel[1,2] of layer `hidden` out of its sum");
    }

    #[test]
    fn one_bias_is_missing() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("missing-term:hidden:bias[0]", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // a = [1.75, 0.0, 3.0]
        assert_eq!(pass.output(), [0.5 * 1.75 + 2.0 * 3.0 - 0.75]);
    }
}
