//! The bias was added once for every product, not once for the sum: `wx + inputs * bias`.

use super::{Detail, Effect, Kind, Part, Scope, add_bias, biases};
use crate::{
    network::{Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "bias-per-input",
    title: words::mistake_title::bias_per_input,
    lesson: "by-hand",
    about: &[Part::Bias],
    removes: false,
    common: 1.5,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let inputs = network.layer(layer).map_or(0, |layer| layer.operation.inputs());
    // With one input there is one product.
    biases(network, layer).filter(|_| inputs > 1).map(|_| Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let Some(i) = add_bias(recipe) {
        recipe.finish[i].times = recipe.inputs as u32;
    }
}

fn says(layer: &str, _: Detail, network: &Network) -> String {
    let inputs = network.find(layer).ok().and_then(|i| network.layer(i)).map_or(0, |layer| layer.operation.inputs());
    words::mistake::bias_per_input(inputs, layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn it_is_added_as_often_as_there_are_inputs() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("bias-per-input:out", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // a = [2.25, 0.0, 3.0]
        assert_eq!(pass.output(), [0.5 * 2.25 + 2.0 * 3.0 - 3.0 * 0.75]);
    }
}
