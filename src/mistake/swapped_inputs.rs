//! Two inputs of the network were exchanged, as columns of a table are.

use super::{Detail, Effect, Kind, Scope, kernel, reorder_rows};
use crate::{
    network::{List, Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "swapped-inputs",
    title: words::mistake_title::swapped_inputs,
    lesson: "two-inputs",
    about: &[],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// With more inputs than this nobody types them by hand.
const MOST_INPUTS: usize = 6;

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let inputs = network.inputs();
    if layer != 0 || inputs > MOST_INPUTS {
        return Vec::new();
    }
    let pairs = (0..inputs).flat_map(|a| (a + 1..inputs).map(move |b| (a, b)));
    pairs.filter(|&(a, b)| matters(network, 0, a, b)).map(|(a, b)| Detail::Pair(a, b)).collect()
}

/// Whether layer `layer` or, if it treats the two alike and by themselves, one behind it tells them apart.
fn matters(network: &Network, layer: usize, a: usize, b: usize) -> bool {
    let Some(operation) = network.layer(layer).map(|layer| &layer.operation) else { return true };
    if let Some(kernel) = kernel(network, layer) {
        return kernel.row(a) != kernel.row(b);
    }
    let lists = List::ALL.iter().filter_map(|list| operation.list(*list));
    lists.into_iter().any(|list| list.get(a) != list.get(b)) || matters(network, layer + 1, a, b)
}

fn change(layer: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    let Detail::Pair(a, b) = detail else { return };
    let recipe = &mut recipes[layer];
    let from = |input| match input {
        _ if input == a => b,
        _ if input == b => a,
        _ => input,
    };
    if recipe.kernel.is_some() {
        reorder_rows(recipe, from);
    } else {
        let before = recipe.order.take();
        let order = |input: usize| before.as_ref().map_or(from(input), |order| order[from(input)]);
        recipe.order = Some((0..recipe.inputs).map(order).collect());
    }
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    match detail {
        Detail::Pair(a, b) => words::mistake::swapped_inputs(a, b, layer),
        _ => words::mistake::swapped_inputs_of_some(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Mistake,
        tests::{network, normalised},
    };
    use crate::{
        network::{Activation, Stage},
        pass::Pass,
    };

    #[test]
    fn it_is_the_pass_of_the_exchanged_input() {
        let network = network([Activation::Relu, Activation::Tanh]);
        let mistake = Mistake::named("swapped-inputs:hidden:0-1", &network).expect("two inputs");
        let wrong = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        let exchanged = Pass::new(&network, &[-1.0, 2.0], &[]).expect("fits");
        assert_eq!(wrong.output(), exchanged.output());
        assert!(Mistake::named("swapped-inputs:hidden:0-7", &network).is_err());
    }

    #[test]
    fn a_normalisation_gets_each_others_numbers() {
        let network = normalised();
        let mistake = Mistake::named("swapped-inputs:norm:0-1", &network).expect("two inputs");
        let wrong = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        let exchanged = Pass::new(&network, &[-1.0, 2.0], &[]).expect("fits");
        assert_eq!(wrong.output(), exchanged.output());
        assert_eq!(wrong.stage(0, Stage::A), exchanged.stage(0, Stage::A));
        // What arrives is as it was; the first action takes the other one.
        assert_eq!(wrong.stage(0, Stage::In), Some(&[2.0, -1.0][..]));
        assert!(Mistake::named("swapped-inputs:line:0-1", &network).is_err());
    }
}
