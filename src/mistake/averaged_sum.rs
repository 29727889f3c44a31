//! The products were averaged: the sum was divided by the number of inputs before the bias joined.

use super::{Detail, Effect, Kind, Part, Scope, kernel};
use crate::{
    network::{Finish, Network, Operator, Recipe, Role, Stage},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "averaged-sum",
    title: words::mistake_title::averaged_sum,
    lesson: "by-hand",
    about: &[Part::Sum],
    removes: false,
    common: 1.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    kernel(network, layer).filter(|kernel| kernel.inputs() > 1).map(|_| Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    let operand = vec![recipe.inputs as f32; recipe.units()].into();
    recipe.finish.insert(0, Finish::combine(Operator::Divide, operand, Role::Count, Stage::Wx));
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::averaged_sum(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{
        network::{Activation, Stage},
        pass::Pass,
    };

    #[test]
    fn the_sum_is_divided_by_the_inputs() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("averaged-sum:hidden", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // wx = [1.75, -5.5, 2.0] / 2 + [0.5, -0.25, 1.0] = [1.375, -3.0, 2.0]
        assert_eq!(pass.stage(0, Stage::Wx), Some(&[0.875, -2.75, 1.0][..]));
        assert_eq!(pass.output(), [0.5 * 1.375 + 2.0 * 2.0 - 0.75]);
    }
}
