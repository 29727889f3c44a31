//! The bias was forgotten: the weighted sum went on without it.

use super::{Detail, Effect, Kind, Part, Scope, add_bias, biases, from_here, here_or_everywhere};
use crate::{
    network::{Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "skipped-bias",
    title: words::mistake_title::skipped_bias,
    lesson: "by-hand",
    about: &[Part::Bias],
    removes: true,
    common: 5.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    here_or_everywhere(network, layer, |layer| biases(network, layer).is_some())
}

fn change(layer: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    for recipe in from_here(recipes, layer, detail) {
        if let Some(i) = add_bias(recipe) {
            recipe.finish.remove(i);
        }
    }
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    if detail == Detail::Everywhere {
        return words::mistake::no_biases();
    }
    words::mistake::no_bias(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_weighted_sum_is_passed_on() {
        let network = network([Activation::Linear, Activation::Linear]);
        let mistake = Mistake::plain("skipped-bias", "out", &network).expect("there is a bias");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // 0.5 * 2.25 + 5.75 + 2 * 3.0
        assert_eq!(pass.output(), [12.875]);
        let mistake = Mistake::named("skipped-bias:hidden:everywhere", &network).expect("there are two");
        // The sums of the hidden layer are [1.75, -5.5, 2.0]: 0.5 * 1.75 + 5.5 + 2 * 2.0
        assert_eq!(Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits").output(), [10.375]);
        assert_eq!(mistake.says(&network), "you left every bias out");
    }
}
