//! The exponentials of a softmax were not divided by their sum.

use super::{Detail, Effect, Kind, Part, Scope, activate, activation};
use crate::{
    network::{Activation, Finish, Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "softmax-not-normalised",
    title: words::mistake_title::softmax_not_normalised,
    lesson: "forgotten-activation",
    about: &[Part::Activation],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let softmax = activation(network, layer).filter(|&own| own == Activation::Softmax);
    softmax.map(|_| Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let Some(i) = activate(recipe) {
        recipe.finish[i] = Finish::activate(Activation::Exponential);
    }
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::softmax_without_sum(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::classifier};
    use crate::pass::Pass;

    #[test]
    fn the_exponentials_go_out() {
        let network = classifier();
        let mistake = Mistake::plain("softmax-not-normalised", "probabilities", &network).expect("softmax");
        let wrong = Pass::new(&network, &[1.0, -1.0], &[mistake]).expect("fits").output().to_vec();
        let right = Pass::new(&network, &[1.0, -1.0], &[]).expect("fits").output().to_vec();
        let sum: f32 = wrong.iter().sum();
        for (wrong, right) in wrong.iter().zip(right) {
            assert!((wrong / sum - right).abs() < 1e-6, "{wrong} {right}");
        }
    }
}
