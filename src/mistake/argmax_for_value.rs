//! The index of the largest output was given in the place of the outputs.

use super::{Detail, Effect, Kind, Scope};
use crate::{
    network::{Finish, Network, Recipe, Stage, Transform},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "argmax-for-value",
    title: words::mistake_title::argmax_for_value,
    lesson: "your-own",
    about: &[],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    (layer + 1 == network.depth() && network.outputs() > 1).then_some(Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    recipes[layer].finish.push(Finish::new(Transform::Argmax, Stage::A));
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::class_for_value(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::classifier};
    use crate::pass::Pass;

    #[test]
    fn one_number_is_left() {
        let network = classifier();
        let mistake = Mistake::plain("argmax-for-value", "probabilities", &network).expect("three outputs");
        let pass = Pass::new(&network, &[1.0, -1.0], &[mistake]).expect("fits");
        // z = [1.5 + 0.1, -2.25 - 0.2, 2.5 + 0.3]
        assert_eq!(pass.output(), [2.0]);
    }
}
