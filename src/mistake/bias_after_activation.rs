//! The activation was applied to the weighted sum, and the bias added afterwards: `activation(wx) + bias`.

use super::{Detail, Effect, Kind, Part, Scope, activate, activation, add_bias, biases};
use crate::{
    network::{Activation, Finish, Network, Recipe, Stage},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "bias-after-activation",
    title: words::mistake_title::bias_after_activation,
    lesson: "by-hand",
    about: &[Part::Bias, Part::Activation],
    removes: false,
    common: 3.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let has_bias = biases(network, layer).is_some();
    // With linear the order makes no difference; glu leaves fewer values than there are biases.
    let order_matters = activation(network, layer).is_some_and(|a| a != Activation::Linear && a != Activation::Glu);
    (has_bias && order_matters).then_some(Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let (Some(bias), Some(activation)) = (add_bias(recipe), activate(recipe))
        && bias < activation
    {
        let late = Finish { gives: Stage::A, ..recipe.finish.remove(bias) };
        recipe.finish.insert(activation, late);
    }
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::late_bias(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_bias_escapes_the_activation() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::plain("bias-after-activation", "hidden", &network).expect("relu and a bias");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // wx = [1.75, -5.5, 2.0]; a = relu(wx) + b = [2.25, -0.25, 3.0]
        assert_eq!(pass.output(), [0.5 * 2.25 + 0.25 + 6.0 - 0.75]);
    }
}
