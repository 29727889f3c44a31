//! The mean and variance of the batch were used, as in training, in the place of the moving ones. One sample is its own mean and has
//! no variance, so of every value only beta is left.

use std::sync::Arc;

use super::{Detail, Effect, Kind, Part, Scope, batch_normalization, divide_by};
use crate::{
    network::{BatchNormalization, Network, Operator, Recipe, Role, Transform, recipe::through},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "batch-norm-batch-statistics",
    title: words::mistake_title::batch_norm_batch_statistics,
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
    let batch = network.batch().len() > 1;
    let of_batch = [false, true].map(|corrected| batch.then_some(Detail::Batch { corrected }));
    layer.into_iter().flat_map(|_| [Some(Detail::Plain)].into_iter().chain(of_batch).flatten()).collect()
}

fn change(layer: usize, detail: Detail, network: &Network, recipes: &mut [Recipe]) {
    if let Detail::Batch { corrected } = detail {
        return change_by_batch(layer, corrected, network, recipes);
    }
    divide_by(layer, network, recipes, |_, epsilon| epsilon.sqrt());
    let recipe = &mut recipes[layer];
    if let Some(mean) = recipe.finish.iter_mut().find(|finish| finish.role() == Some(Role::Mean)) {
        mean.transform = Transform::Itself { operator: Operator::Subtract, role: Role::Mean };
    }
}

/// Takes mean and variance from what arrives at the layer for each input of the batch.
fn change_by_batch(layer: usize, corrected: bool, network: &Network, recipes: &mut [Recipe]) {
    let Some(epsilon) = batch_normalization(network, layer).map(BatchNormalization::epsilon) else { return };
    let arrives: Vec<Vec<f32>> = network.batch().iter().map(|input| through(&recipes[..layer], input)).collect();
    let count = arrives.len() as f64;
    if count < 2.0 {
        return;
    }
    let of_units = |of: &dyn Fn(usize) -> f64| (0..recipes[layer].units()).map(|unit| of(unit) as f32).collect();
    let values = |unit: usize| arrives.iter().filter_map(move |values| values.get(unit).map(|&value| f64::from(value)));
    let mean = |unit: usize| values(unit).sum::<f64>() / count;
    let deviation = |unit: usize| {
        let squares: f64 = values(unit).map(|value| (value - mean(unit)).powi(2)).sum();
        let variance = squares / if corrected { count - 1.0 } else { count };
        (variance + f64::from(epsilon)).sqrt()
    };
    let (means, deviations): (Arc<[f32]>, Arc<[f32]>) = (of_units(&mean), of_units(&deviation));
    for finish in &mut recipes[layer].finish {
        let numbers = match finish.role() {
            Some(Role::Mean) => &means,
            Some(Role::Deviation) => &deviations,
            _ => continue,
        };
        if let Some(operand) = finish.operand_mut() {
            *operand = Arc::clone(numbers);
        }
    }
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    match detail {
        Detail::Batch { corrected: false } => return words::mistake::batch(layer),
        Detail::Batch { corrected: true } => return words::mistake::batch_corrected(layer),
        _ => {}
    }
    words::mistake::batch_of_one(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::normalised};
    use crate::pass::Pass;

    #[test]
    fn all_inputs_together_are_a_batch() {
        let network = normalised().with_batch(vec![vec![3.0, 1.0], vec![1.0, 0.0], vec![5.0, 0.0]]);
        // of 3, 1 and 5 the mean is 3, the variance 8 / 3, or 8 / 2; epsilon 0.5, gamma 0.5, beta 0.25; for 5
        for (way, variance) in [("batch", 8.0f32 / 3.0), ("batch-corrected", 4.0)] {
            let mistake = Mistake::named(&format!("batch-norm-batch-statistics:norm:{way}"), &network).expect(way);
            let pass = Pass::new(&network, &[5.0, 0.0], &[mistake]).expect("fits");
            let expected = (5.0 - 3.0) / (variance + 0.5).sqrt() * 0.5 + 0.25;
            assert!((pass.output()[0] - expected).abs() < 1e-5, "{way}: {:?} {expected}", pass.output());
            assert!(Mistake::named(&mistake.name(&network), &normalised()).is_err(), "without a batch there is none");
        }
    }

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
