//! The weights were copied with a few decimals, rounded or cut. Offered where that changes a weight.

use std::sync::Arc;

use super::{Detail, Effect, Kind, MOST_DECIMALS, Scope, deviation};
use crate::{
    network::{Finish, Kernel, Network, Recipe, Role, Rounding, Written},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "rounded-weights",
    title: words::mistake_title::rounded_weights,
    lesson: "last-digit",
    about: &[],
    removes: false,
    common: 4.0,
    scope: Scope::Network,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    if layer > 0 {
        return Vec::new();
    }
    let recipes = network.recipes();
    let ways =
        (1..=MOST_DECIMALS).flat_map(|decimals| [false, true].map(|cut| Rounding::new(decimals, cut, Written::Stages)));
    let changes = |rounding: &Rounding| {
        recipes.iter().any(|recipe| {
            let kernel = recipe.kernel.iter().flat_map(|kernel| kernel.values());
            let finish = recipe.finish.iter().filter(|finish| finish.role() != Some(Role::Deviation));
            let finish = finish.filter_map(Finish::operand).flat_map(|operand| operand.iter());
            kernel.chain(finish).any(|weight| rounding.of(*weight) != *weight)
        })
    };
    ways.filter(changes).map(Detail::Rounding).collect()
}

fn change(_: usize, detail: Detail, network: &Network, recipes: &mut [Recipe]) {
    let Detail::Rounding(rounding) = detail else { return };
    for (layer, recipe) in recipes.iter_mut().enumerate() {
        if let Some(kernel) = &recipe.kernel {
            let values: Vec<f32> = kernel.values().iter().map(|weight| rounding.of(*weight)).collect();
            recipe.kernel = Kernel::from_rows(kernel.inputs(), kernel.units(), &values).map(Arc::new);
        }
        let right = deviation(network, layer, |variance, epsilon| (variance + epsilon).sqrt());
        for finish in &mut recipe.finish {
            let called = finish.role();
            let Some(numbers) = finish.operand_mut() else { continue };
            match called {
                // A deviation is computed from a variance that was copied; another mistake's stays.
                Some(Role::Deviation) if right.as_ref() == Some(numbers) => {
                    let rounded = |variance: f32, epsilon: f32| (rounding.of(variance) + epsilon).sqrt();
                    *numbers = deviation(network, layer, rounded).unwrap_or_else(|| Arc::clone(numbers));
                }
                // How many terms there are is counted, not copied.
                Some(Role::Deviation | Role::Count) | None => {}
                Some(_) => *numbers = numbers.iter().map(|number| rounding.of(*number)).collect(),
            }
        }
    }
}

fn says(_: &str, detail: Detail, _: &Network) -> String {
    let Detail::Rounding(Rounding { decimals, cut, .. }) = detail else {
        return words::mistake::rounded_weights_of_some();
    };
    words::mistake::rounded_weights(usize::from(decimals), if cut { "cut" } else { "rounded" })
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn weights_lose_their_decimals() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("rounded-weights:cut[0]", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // kernel [[1, -2, 0], [0, 1, -1]], bias [0, 0, 1]: z = [2, -5, 2]; then [0, -1, 2] and 0
        assert_eq!(pass.output(), [0.0 - 0.0 + 2.0 * 2.0]);
        assert_eq!(mistake.says(&network), "you cut the weights to whole numbers");
    }

    #[test]
    fn weights_are_rounded_half_to_even() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("rounded-weights:round[1]", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // 0.25 is 0.2, -0.25 is -0.2, -0.75 is -0.8: z = [2 - 0.2 + 0.5, ..., 3]
        assert_eq!(pass.output(), [0.5 * 2.3 + 2.0 * 3.0 - 0.8]);
    }
}
