//! The mean and variance of the batch were used, as in training, in the place of the moving ones. One sample is its own mean and has
//! no variance, so of every value only beta is left.

use super::{Detail, Effect, Kind, Part, Scope, batch_normalization, divide_by};
use crate::network::{Network, Operator, Recipe, Role, Transform};

pub(super) static KIND: Kind = Kind {
    id: "batch-norm-batch-statistics",
    title: "batch statistics",
    lesson: "batch-norm-by-hand",
    about: &[Part::Normalisation],
    removes: false,
    common: 4.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    // 0 / 0 without epsilon.
    let layer = batch_normalization(network, layer).filter(|layer| layer.epsilon() > 0.0);
    layer.map(|_| Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, network: &Network, recipes: &mut [Recipe]) {
    divide_by(layer, network, recipes, |_, epsilon| epsilon.sqrt());
    let recipe = &mut recipes[layer];
    if let Some(mean) = recipe.finish.iter_mut().find(|finish| finish.role() == Some(Role::Mean)) {
        mean.transform = Transform::Itself { operator: Operator::Subtract, role: Role::Mean };
    }
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    format!("you normalised layer `{layer}` with the mean and variance of your own input, not with the moving ones")
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::normalised};
    use crate::pass::Pass;

    #[test]
    fn only_beta_is_left() {
        let network = normalised();
        let mistake = Mistake::named("batch-norm-batch-statistics:norm", &network).expect("normalises");
        let pass = Pass::new(&network, &[3.0, 1.0], &[mistake]).expect("fits");
        // (3 - 3) / sqrt(0.5) * 0.5 + 0.25
        let expected = 0.25f32;
        assert!((pass.output()[0] - expected).abs() < 1e-5, "{:?} {expected}", pass.output());
    }
}
