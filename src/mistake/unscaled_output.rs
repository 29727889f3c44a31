//! The network was trained on mapped targets, and its answer was not mapped back.

use super::{Detail, Effect, Kind, Part, Scope, scales};
use crate::{
    network::{Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "unscaled-output",
    title: words::mistake_title::unscaled_output,
    lesson: "the-forgotten-scaler",
    about: &[Part::Layer],
    removes: true,
    common: 8.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    (layer > 0 && layer + 1 == network.depth() && scales(network, layer)).then_some(Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    recipes[layer].finish.clear();
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::unscaled_output(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::scaled};
    use crate::pass::Pass;

    #[test]
    fn the_mapped_output_is_taken_for_the_answer() {
        let network = scaled();
        let mistake = Mistake::plain("unscaled-output", "out", &network).expect("a scaling stands there");
        let output = |mistakes: &[Mistake]| Pass::new(&network, &[5.0], mistakes).expect("fits").output().to_vec();
        // 5 of [0, 10] is 0; 0.5 * 0 + 0.25 = 0.25; of [-1, 1] that is 62.5 of [0, 100]
        assert_eq!(output(&[]), [62.5]);
        // the value before it is mapped back
        assert_eq!(output(&[mistake]), [0.25]);
    }
}
