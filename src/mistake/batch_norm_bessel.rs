//! The moving variance was taken for that of a population and corrected: `variance * n / (n - 1)` for a batch of n samples. The
//! moving variance is used as it is.

use super::{Detail, Effect, Kind, Part, Scope, batch_normalization, divide_by};
use crate::{
    network::{BatchNormalization, Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "batch-norm-bessel",
    title: words::mistake_title::batch_norm_bessel,
    lesson: "batch-norm-by-hand",
    about: &[Part::Normalisation],
    removes: false,
    common: 0.5,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// Batch sizes in use.
const SAMPLES: [u16; 7] = [2, 4, 8, 16, 32, 64, 128];

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let varies = |layer: &&BatchNormalization| layer.moving_variance().iter().any(|variance| *variance != 0.0);
    let layer = batch_normalization(network, layer).filter(varies);
    layer.map_or(Vec::new(), |_| SAMPLES.map(Detail::Samples).to_vec())
}

fn change(layer: usize, detail: Detail, network: &Network, recipes: &mut [Recipe]) {
    let Detail::Samples(samples @ 2..) = detail else { return };
    let n = f32::from(samples);
    divide_by(layer, network, recipes, |variance, epsilon| (variance * n / (n - 1.0) + epsilon).sqrt());
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    match detail {
        Detail::Samples(n) => words::mistake::corrected_variance(layer, n),
        _ => words::mistake::corrected_variance_of_some(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::normalised};
    use crate::pass::Pass;

    #[test]
    fn the_variance_grows() {
        let network = normalised();
        let mistake = Mistake::named("batch-norm-bessel:norm:samples[2]", &network).expect("normalises");
        let pass = Pass::new(&network, &[3.0, 1.0], &[mistake]).expect("fits");
        // variance 4 * 2 / 1, epsilon 0.5
        let expected = (3.0 - 1.0) / 8.5f32.sqrt() * 0.5 + 0.25;
        assert!((pass.output()[0] - expected).abs() < 1e-5, "{:?} {expected}", pass.output());
    }
}
