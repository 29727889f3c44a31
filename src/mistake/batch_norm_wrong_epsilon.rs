//! Another epsilon was added to the variance than the layer's own: each framework has its own.

use super::{Detail, Effect, Kind, Part, Scope, batch_normalization, divide_by};
use crate::{
    network::{Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "batch-norm-wrong-epsilon",
    title: words::mistake_title::batch_norm_wrong_epsilon,
    lesson: "batch-norm-by-hand",
    about: &[Part::Normalisation],
    removes: false,
    common: 3.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// What frameworks and scripts add: Keras 1e-3, `PyTorch` 1e-5, Flax 1e-6 for layers, Keras' backend 1e-7, papers 1e-8, BERT 1e-12.
const USED: [f32; 8] = [1e-3, 1e-5, 1e-6, 1e-7, 1e-8, 1e-12, 1e-4, 1e-2];

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(layer) = batch_normalization(network, layer) else { return Vec::new() };
    // As it is printed, 0.001 and 1e-3 are the same.
    let other = |epsilon: &f32| (epsilon - layer.epsilon()).abs() > 1e-3 * epsilon;
    let deviation = |epsilon: f32| layer.moving_variance().iter().map(move |variance| (variance + epsilon).sqrt());
    let matters = |epsilon: &f32| deviation(*epsilon).ne(deviation(layer.epsilon()));
    USED.into_iter().filter(other).filter(matters).map(Detail::Epsilon).collect()
}

fn change(layer: usize, detail: Detail, network: &Network, recipes: &mut [Recipe]) {
    if let Detail::Epsilon(used) = detail {
        divide_by(layer, network, recipes, |variance, _| (variance + used).sqrt());
    }
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    let own = network.find(layer).ok().and_then(|layer| batch_normalization(network, layer));
    match (detail, own) {
        (Detail::Epsilon(used), Some(own)) => {
            words::mistake::epsilon(format!("{used:e}"), layer, format!("{:e}", own.epsilon()))
        }
        _ => words::mistake::epsilon_of_some(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::normalised};
    use crate::pass::Pass;

    #[test]
    fn the_other_epsilon_joins_the_variance() {
        let network = normalised();
        let mistake = Mistake::named("batch-norm-wrong-epsilon:norm:epsilon[1e-2]", &network).expect("normalises");
        let pass = Pass::new(&network, &[3.0, 1.0], &[mistake]).expect("fits");
        // mean 1, variance 4, gamma 0.5, beta 0.25
        let expected = (3.0 - 1.0) / 4.01f32.sqrt() * 0.5 + 0.25;
        assert!((pass.output()[0] - expected).abs() < 1e-5, "{:?} {expected}", pass.output());
        assert_eq!(mistake.says(&network), "you added 1e-2 as epsilon in layer `norm`; it is 5e-1");
    }
}
