//! Epsilon was added to the root of the variance, not to the variance: `sqrt(variance) + epsilon`.

use super::{Detail, Effect, Kind, Part, Scope, batch_normalization, divide_by};
use crate::{network::Network, words};

pub(super) static KIND: Kind = Kind {
    id: "batch-norm-epsilon-outside",
    title: words::mistake_title::batch_norm_epsilon_outside,
    lesson: "batch-norm-by-hand",
    about: &[Part::Normalisation],
    removes: false,
    common: 1.5,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(|layer, _, network, recipes| {
        divide_by(layer, network, recipes, |variance, epsilon| variance.sqrt() + epsilon);
    }),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let layer = batch_normalization(network, layer);
    let matters = layer.is_some_and(|layer| layer.epsilon() != 0.0);
    matters.then_some(Detail::Plain).into_iter().collect()
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::epsilon_outside(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::normalised};
    use crate::pass::Pass;

    #[test]
    fn epsilon_joins_the_root() {
        let network = normalised();
        let mistake = Mistake::named("batch-norm-epsilon-outside:norm", &network).expect("normalises");
        let pass = Pass::new(&network, &[3.0, 1.0], &[mistake]).expect("fits");
        // mean 1, variance 4, epsilon 0.5, gamma 0.5, beta 0.25
        let expected = (3.0 - 1.0) / (2.0 + 0.5) * 0.5 + 0.25;
        assert!((pass.output()[0] - expected).abs() < 1e-5, "{:?} {expected}", pass.output());
    }
}
