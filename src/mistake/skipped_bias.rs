//! The bias was forgotten: the weighted sum went on without it.

use super::{Detail, Effect, Kind, Scope, add_bias, biases};
use crate::network::{Network, Recipe};

pub(super) static KIND: Kind = Kind {
    id: "skipped-bias",
    title: "no bias",
    lesson: "by-hand",
    common: 5.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    biases(network, layer).map(|_| Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let Some(i) = add_bias(recipe) {
        recipe.finish.remove(i);
    }
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    format!("you left the bias of layer `{layer}` out")
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_weighted_sum_goes_on() {
        let network = network([Activation::Linear, Activation::Linear]);
        let mistake = Mistake::plain("skipped-bias", "out", &network).expect("there is a bias");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // 0.5 * 2.25 + 5.75 + 2 * 3.0
        assert_eq!(pass.output(), [12.875]);
    }
}
