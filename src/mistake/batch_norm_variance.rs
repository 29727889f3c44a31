//! The root was forgotten: divided by `variance + epsilon`.

use super::{Detail, Effect, Kind, Part, Scope, batch_normalization, divide_by};
use crate::{network::Network, words};

pub(super) static KIND: Kind = Kind {
    id: "batch-norm-variance",
    title: words::mistake_title::batch_norm_variance,
    lesson: "batch-norm-by-hand",
    about: &[Part::Normalisation],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(|layer, _, network, recipes| {
        divide_by(layer, network, recipes, |variance, epsilon| variance + epsilon);
    }),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let layer = batch_normalization(network, layer);
    let matters = layer.is_some_and(|layer| layer.moving_variance().iter().any(|v| v + layer.epsilon() != 1.0));
    matters.then_some(Detail::Plain).into_iter().collect()
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::variance_for_deviation(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::normalised};
    use crate::pass::Pass;

    #[test]
    fn no_root_is_taken() {
        let network = normalised();
        let mistake = Mistake::named("batch-norm-variance:norm", &network).expect("normalises");
        let pass = Pass::new(&network, &[3.0, 1.0], &[mistake]).expect("fits");
        // mean 1, variance 4, epsilon 0.5, gamma 0.5, beta 0.25
        let expected = (3.0 - 1.0) / (4.0 + 0.5) * 0.5 + 0.25;
        assert!((pass.output()[0] - expected).abs() < 1e-5, "{:?} {expected}", pass.output());
    }
}
