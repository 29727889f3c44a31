//! The activation was forgotten: the pre-activation went on as it was.
//!
//! The most posted mistake after the forgotten scaler: weights and biases are printed, the activation is not.

use super::{Detail, Effect, Kind, Part, Scope, activate, activation, from_here, here_or_everywhere};
use crate::{
    network::{Activation, Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "skipped-activation",
    title: words::mistake_title::skipped_activation,
    lesson: "forgotten-activation",
    about: &[Part::Activation],
    removes: true,
    scope: Scope::Layer,
    common: 10.0,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let skippable = |layer| activation(network, layer).is_some_and(|a| a != Activation::Linear && a != Activation::Glu);
    here_or_everywhere(network, layer, skippable)
}

fn change(layer: usize, detail: Detail, network: &Network, recipes: &mut [Recipe]) {
    for (i, recipe) in from_here(recipes, layer, detail).enumerate() {
        // A glu halves its values: without it the next layer would not fit.
        let glu = activation(network, layer + i) == Some(Activation::Glu);
        if let Some(at) = activate(recipe).filter(|_| !glu) {
            recipe.finish.remove(at);
        }
    }
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    if detail == Detail::Everywhere {
        return words::mistake::no_activations();
    }
    let skipped = network.find(layer).ok().and_then(|i| activation(network, i)).unwrap_or(Activation::Linear);
    words::mistake::no_activation(layer, skipped)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_pre_activation_is_passed_on() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::plain("skipped-activation", "hidden", &network).expect("relu can be skipped");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // z = [2.25, -5.75, 3.0]; y = 0.5 * 2.25 + 5.75 + 6 - 0.75
        assert_eq!(pass.output(), [12.125]);
        assert_eq!(mistake.says(&network), "you skipped relu in layer `hidden`");
        assert!(Mistake::named("skipped-activation:hidden:everywhere", &network).is_err(), "there is but one");
    }
}
