//! The bias was taken away where it is to be added: `wx - bias`.

use super::{Detail, Effect, Kind, Part, Scope, add_bias, biases};
use crate::{
    network::{Network, Operator, Recipe, Transform},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "subtracted-bias",
    title: words::mistake_title::subtracted_bias,
    lesson: "by-hand",
    about: &[Part::Bias],
    removes: false,
    common: 1.0,
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
    if let Some(i) = add_bias(recipe)
        && let Transform::Combine { operator, .. } = &mut recipe.finish[i].transform
    {
        *operator = Operator::Subtract;
    }
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::subtracted_bias(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_sign_of_the_bias_turns() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("subtracted-bias:hidden", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // wx = [1.75, -5.5, 2.0], minus [0.5, -0.25, 1.0] is [1.25, -5.25, 1.0]
        assert_eq!(pass.output(), [0.5 * 1.25 - 0.0 + 2.0 * 1.0 - 0.75]);
    }
}
