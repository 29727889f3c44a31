//! One more activation was applied than the model has: relu once more at a linear output is the usual case.

use super::{Detail, Effect, Kind, Part, Scope, activation, differ};
use crate::{
    network::{Activation, Finish, Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "extra-activation",
    title: words::mistake_title::extra_activation,
    lesson: "by-hand",
    about: &[Part::Activation],
    removes: false,
    common: 3.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// Those that people add: the usual ones, and the network's own (a hidden layer's activation taken on to the output).
fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(own) = activation(network, layer) else { return Vec::new() };
    let mut added = vec![Activation::Relu, Activation::Tanh, Activation::Sigmoid, Activation::Softmax];
    for other in (0..network.depth()).filter_map(|layer| activation(network, layer)) {
        if !added.contains(&other) && other != Activation::Linear && other != Activation::Glu {
            added.push(other);
        }
    }
    // Relu twice is relu once, and relu changes no share of a softmax.
    let units = network.layer(layer).map_or(0, |layer| layer.operation.outputs());
    added.retain(|added| own == Activation::Glu || differ(units, |z| own.apply(z), |z| added.apply(&own.apply(z))));
    added.into_iter().map(Detail::Activation).collect()
}

fn change(layer: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    if let Detail::Activation(added) = detail {
        recipes[layer].finish.push(Finish::activate(added));
    }
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    let own = network.find(layer).ok().and_then(|i| activation(network, i)).unwrap_or(Activation::Linear);
    match detail {
        Detail::Activation(added) if own == Activation::Linear => words::mistake::activation_for_none(added, layer),
        Detail::Activation(added) => words::mistake::second_activation(added, layer, own),
        _ => words::mistake::extra_activation(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn it_comes_after_the_layers_own() {
        let network = network([Activation::Linear, Activation::Linear]);
        let mistake = Mistake::named("extra-activation:out:relu", &network).expect("relu can be added");
        let output = |x: [f32; 2]| Pass::new(&network, &x, &[mistake]).expect("fits").output().to_vec();
        assert_eq!(output([2.0, -1.0]), [12.125]);
        assert_eq!(output([-2.0, 1.0]), [0.0]);
    }
}
