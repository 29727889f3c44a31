//! Epsilon was left out: the deviation is `sqrt(variance)`.

use super::{Detail, Effect, Kind, Part, Scope, batch_normalization, divide_by};
use crate::{network::Network, words};

pub(super) static KIND: Kind = Kind {
    id: "batch-norm-without-epsilon",
    title: words::mistake_title::batch_norm_without_epsilon,
    lesson: "batch-norm-by-hand",
    about: &[Part::Normalisation],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(|layer, _, network, recipes| {
        divide_by(layer, network, recipes, |variance, _| variance.sqrt());
    }),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let layer = batch_normalization(network, layer);
    let matters = layer.is_some_and(|layer| layer.epsilon() != 0.0 && layer.moving_variance().iter().all(|v| *v > 0.0));
    // Nothing can be divided by a deviation of 0.
    matters.then_some(Detail::Plain).into_iter().collect()
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::no_epsilon(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::normalised};
    use crate::pass::Pass;

    #[test]
    fn the_root_of_the_variance_alone() {
        let network = normalised();
        let mistake = Mistake::named("batch-norm-without-epsilon:norm", &network).expect("normalises");
        let pass = Pass::new(&network, &[3.0, 1.0], &[mistake]).expect("fits");
        // mean 1, variance 4, gamma 0.5, beta 0.25
        let expected = (3.0 - 1.0) / 2.0 * 0.5 + 0.25;
        assert!((pass.output()[0] - expected).abs() < 1e-5, "{:?} {expected}", pass.output());
    }
}
