//! What arrives at a layer was taken in reverse order: the last input went to the first row of the kernel.

use super::{Detail, Effect, Kind, Scope, kernel, reorder_rows};
use crate::network::{Network, Recipe};

pub(super) static KIND: Kind = Kind {
    id: "reversed-order",
    title: "reversed order",
    lesson: "by-hand",
    common: 1.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(kernel) = kernel(network, layer) else { return Vec::new() };
    let inputs = kernel.inputs();
    let differs = (0..inputs).any(|i| kernel.row(i) != kernel.row(inputs - 1 - i));
    // Two inputs of the network: that is `swapped-inputs`.
    (differs && (layer > 0 || inputs > 2)).then_some(Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let last = recipes[layer].inputs.saturating_sub(1);
    reorder_rows(&mut recipes[layer], |input| last.saturating_sub(input));
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    format!("you took what arrives in layer `{layer}` in reverse order")
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_last_comes_first() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("reversed-order:out", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // a = [2.25, 0.0, 3.0], reversed [3.0, 0.0, 2.25]
        assert_eq!(pass.output(), [0.5 * 3.0 + 2.0 * 2.25 - 0.75]);
    }
}
