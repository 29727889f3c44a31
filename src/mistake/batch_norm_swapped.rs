//! Gamma and beta were exchanged: multiplied by the shift, the scale added.

use super::{Detail, Effect, Kind, Part, Scope, batch_normalization};
use crate::{
    network::{List, Network, Recipe, Role},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "batch-norm-swapped",
    title: words::mistake_title::batch_norm_swapped,
    lesson: "batch-norm-by-hand",
    about: &[Part::Normalisation],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let lists = batch_normalization(network, layer).and_then(|l| Some((l.list(List::Gamma)?, l.list(List::Beta)?)));
    lists.filter(|(gamma, beta)| gamma != beta).map(|_| Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let finish = &mut recipes[layer].finish;
    let place = |called| finish.iter().position(|finish| finish.role() == Some(called));
    if let (Some(gamma), Some(beta)) = (place(Role::Gamma), place(Role::Beta))
        && let Some(scale) = finish[gamma].operand_mut().cloned()
        && let Some(shift) = finish[beta].operand_mut().map(|shift| std::mem::replace(shift, scale))
        && let Some(scale) = finish[gamma].operand_mut()
    {
        *scale = shift;
    }
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::gamma_for_beta(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::normalised};
    use crate::pass::Pass;

    #[test]
    fn gamma_and_beta_replace_each_other() {
        let network = normalised();
        let mistake = Mistake::named("batch-norm-swapped:norm", &network).expect("normalises");
        let pass = Pass::new(&network, &[3.0, 1.0], &[mistake]).expect("fits");
        // gamma 0.5, beta 0.25
        let expected = (3.0 - 1.0) / 4.5f32.sqrt() * 0.25 + 0.5;
        assert!((pass.output()[0] - expected).abs() < 1e-5, "{:?} {expected}", pass.output());
    }
}
