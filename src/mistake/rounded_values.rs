//! Every value was written down with a few decimals, rounded or cut, and reckoned with as it was written: the sums, what a bias
//! and an activation make of them, and with `products` every product and running sum too.

use super::{Detail, Effect, Kind, MOST_DECIMALS, Scope, kernel};
use crate::network::{Network, Recipe, Rounding};

pub(super) static KIND: Kind = Kind {
    id: "rounded-values",
    title: "rounding on the way",
    lesson: "last-digit",
    common: 4.0,
    scope: Scope::Network,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// Of more products than this nobody writes each of them down, and who lets a program do it does not round them.
const MOST_PRODUCTS: usize = 1_000;

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    if layer > 0 {
        return Vec::new();
    }
    // A sum of one product is that product.
    let sums = (0..network.depth()).any(|layer| kernel(network, layer).is_some_and(|kernel| kernel.inputs() > 1));
    let products: &[bool] = if sums && network.parameters() <= MOST_PRODUCTS { &[false, true] } else { &[false] };
    let ways = (1..=MOST_DECIMALS).flat_map(|decimals| [false, true].map(|cut| (decimals, cut)));
    ways.flat_map(|(decimals, cut)| products.iter().map(move |&products| Rounding { decimals, cut, products }))
        .map(Detail::Rounding)
        .collect()
}

fn change(_: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    if let Detail::Rounding(rounding) = detail {
        for recipe in recipes {
            recipe.rounding = Some(rounding);
        }
    }
}

fn says(_: &str, detail: Detail, _: &Network) -> String {
    let Detail::Rounding(Rounding { decimals, cut, products }) = detail else {
        return "you rounded on the way".to_owned();
    };
    let how = if cut { "cut every value" } else { "rounded every value" };
    let what = if products { ", products too," } else { "" };
    format!("you {how}{what} to {}", super::decimals(decimals))
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn values_are_reckoned_with_as_they_are_written() {
        let network = network([Activation::Relu, Activation::Linear]);
        for (way, x, expected) in [
            // wx = [0.3, -0.6, 0.1], z = [0.8, -0.8, 1.1], 0.4 + 2.2 = 2.6, and 1.85 is cut to 1.8
            ("cut[1]", [0.33, 0.0], 1.8),
            // wx = [2.15, ., 3.1] are 2 and 3, z = [2.5, ., 4] are 2 and 4, 1 + 8 - 0.75 = 8.25 is 8
            ("cut[0]", [2.6, -1.8], 8.0),
            // products of unit 2: 1.3 is 1 and 1.8 is 1, so its sum is 2: 1 + 6 - 0.75 = 6.25 is 6
            ("cut-products[0]", [2.6, -1.8], 6.0),
            // wx = [2.15, ., 3.1] are 2 and 3, z is 2.5, to even 2, and 4: 8.25 is 8
            ("round[0]", [2.6, -1.8], 8.0),
        ] {
            let mistake = Mistake::named(&format!("rounded-values:{way}"), &network).expect(way);
            assert_eq!(Pass::new(&network, &x, &[mistake]).expect("fits").output(), [expected], "{way}");
        }
    }

    #[test]
    fn it_says_how_many_decimals() {
        let network = network([Activation::Relu, Activation::Linear]);
        let says = |text| Mistake::named(text, &network).expect(text).says(&network);
        assert_eq!(says("rounded-values:round[1]"), "you rounded every value to 1 decimal");
        assert_eq!(says("rounded-values:cut-products[3]"), "you cut every value, products too, to 3 decimals");
    }
}
