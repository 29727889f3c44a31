//! Two inputs of the network were exchanged, as columns of a table are.

use super::{Detail, Effect, Kind, Scope, kernel, reorder_rows};
use crate::network::{Network, Recipe};

pub(super) static KIND: Kind = Kind {
    id: "swapped-inputs",
    title: "swapped inputs",
    lesson: "two-inputs",
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// With more inputs than this nobody types them by hand.
const MOST_INPUTS: usize = 6;

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(kernel) = kernel(network, layer).filter(|kernel| layer == 0 && kernel.inputs() <= MOST_INPUTS) else {
        return Vec::new();
    };
    let pairs = (0..kernel.inputs()).flat_map(|a| (a + 1..kernel.inputs()).map(move |b| (a, b)));
    pairs.filter(|&(a, b)| kernel.row(a) != kernel.row(b)).map(|(a, b)| Detail::Pair(a, b)).collect()
}

fn change(layer: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    if let Detail::Pair(a, b) = detail {
        reorder_rows(&mut recipes[layer], |input| match input {
            _ if input == a => b,
            _ if input == b => a,
            _ => input,
        });
    }
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    match detail {
        Detail::Pair(a, b) => format!("you exchanged input[{a}] and input[{b}] on their way into layer `{layer}`"),
        _ => format!("you exchanged two inputs on their way into layer `{layer}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn it_is_the_pass_of_the_exchanged_input() {
        let network = network([Activation::Relu, Activation::Tanh]);
        let mistake = Mistake::named("swapped-inputs:hidden:0-1", &network).expect("two inputs");
        let wrong = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        let exchanged = Pass::new(&network, &[-1.0, 2.0], &[]).expect("fits");
        assert_eq!(wrong.output(), exchanged.output());
        assert!(Mistake::named("swapped-inputs:hidden:0-7", &network).is_err());
    }
}
