//! Softmax was taken over the samples, not over the units. With one sample every value is divided by itself: all become 1.

use super::{Detail, Effect, Kind, Part, Scope, activate, activation};
use crate::{
    network::{Activation, Finish, Network, Operator, Recipe, Role, Stage},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "softmax-wrong-axis",
    title: words::mistake_title::softmax_wrong_axis,
    lesson: "forgotten-activation",
    about: &[Part::Activation],
    removes: false,
    common: 1.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let units = network.layer(layer).map_or(0, |layer| layer.operation.units());
    let softmax = activation(network, layer).filter(|&own| own == Activation::Softmax && units > 1);
    softmax.map(|_| Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let Some(i) = activate(recipe) {
        // As softmax is computed: less the largest, to the power, divided by the sum; each of them of one sample.
        let alone = [
            Finish::itself(Operator::Subtract, Role::Largest, Stage::A),
            Finish::activate(Activation::Exponential),
            Finish::itself(Operator::Divide, Role::Sum, Stage::A),
        ];
        recipe.finish.splice(i..=i, alone);
    }
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::softmax_over_samples(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::classifier};
    use crate::pass::Pass;

    #[test]
    fn every_value_is_1() {
        let network = classifier();
        let mistake = Mistake::plain("softmax-wrong-axis", "probabilities", &network).expect("softmax");
        let pass = Pass::new(&network, &[1.0, -1.0], &[mistake]).expect("fits");
        assert_eq!(pass.output(), [1.0, 1.0, 1.0]);
    }
}
