//! Something was taken in reverse order. Plainly, what arrives at a layer: the last input (the last unit of the layer before)
//! went to the first row of the kernel. Or, as `units`, the columns of the kernel: the last unit's weights were the
//! first, while the biases kept their order. Columns and biases reversed together are harmless to the layer itself; what
//! comes of it is what arrives in reverse order at the next one.

use std::sync::Arc;

use super::{Detail, Effect, Kind, Part, Scope, biases, kernel, reorder_rows};
use crate::{
    network::{Kernel, Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "reversed-order",
    title: words::mistake_title::reversed_order,
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
    let Some(kernel) = kernel(network, layer) else { return Vec::new() };
    let (inputs, units) = (kernel.inputs(), kernel.units());
    let rows = (0..inputs).any(|i| kernel.row(i) != kernel.row(inputs - 1 - i));
    let columns = (0..inputs).any(|i| kernel.row(i).iter().ne(kernel.row(i).iter().rev()));
    // Two inputs of the network: that is `swapped-inputs`. Without a bias, units in reverse are the next layer's inputs in reverse.
    let inputs = rows && (layer > 0 || inputs > 2);
    let last = layer + 1 == network.depth();
    let units = columns && units > 1 && (last || biases(network, layer).is_some());
    [(inputs, Detail::Plain), (units, Detail::Units)].into_iter().filter_map(|(can, way)| can.then_some(way)).collect()
}

fn change(layer: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if detail != Detail::Units {
        let last = recipe.inputs.saturating_sub(1);
        reorder_rows(recipe, |input| last.saturating_sub(input));
    } else if let Some(kernel) = &recipe.kernel {
        let values: Vec<f32> = (0..kernel.inputs()).flat_map(|i| kernel.row(i).iter().rev()).copied().collect();
        recipe.kernel = Kernel::from_rows(kernel.inputs(), kernel.units(), &values).map(Arc::new);
    }
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    match detail {
        Detail::Units => words::mistake::reversed_columns(layer),
        _ => words::mistake::reversed_inputs(layer),
    }
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

    #[test]
    fn the_columns_change_and_the_biases_stay() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("reversed-order:hidden:units", &network).expect("can be made here");
        assert_eq!(mistake.name(&network), "reversed-order:hidden:units");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // wx = [1.75, -5.5, 2], reversed [2, -5.5, 1.75]; with the biases [0.5, -0.25, 1] z = [2.5, -5.75, 2.75]
        assert_eq!(pass.output(), [0.5 * 2.5 + 2.0 * 2.75 - 0.75]);
        assert!(Mistake::named("reversed-order:out:units", &network).is_err());
    }
}
