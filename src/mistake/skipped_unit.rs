//! One hidden unit was left out of the next layer's sums, as happens where a spreadsheet range ends a cell early. It is made in the
//! layer that adds up: a row of its kernel counts as 0.

use std::sync::Arc;

use super::{Detail, Effect, Kind, Part, Scope, kernel};
use crate::{
    network::{Kernel, Network, Recipe, recipe::LeftOut},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "skipped-unit",
    title: words::mistake_title::skipped_unit,
    lesson: "by-hand",
    about: &[Part::Sum],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(kernel) = kernel(network, layer).filter(|_| layer > 0) else { return Vec::new() };
    let counts = |input: &usize| kernel.row(*input).iter().any(|weight| *weight != 0.0);
    (0..kernel.inputs()).filter(counts).map(Detail::Unit).collect()
}

fn change(layer: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let (Some(kernel), Detail::Unit(skipped)) = (&recipe.kernel, detail) {
        let mut values = kernel.values().to_vec();
        if let Some(row) = values.chunks_mut(kernel.units().max(1)).nth(skipped) {
            row.fill(0.0);
        }
        recipe.kernel = Kernel::from_rows(kernel.inputs(), kernel.units(), &values).map(Arc::new);
        recipe.left_out.push(LeftOut::Input(skipped));
    }
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    let before = network.find(layer).ok().and_then(|i| network.layer(i.checked_sub(1)?));
    match (detail, before) {
        (Detail::Unit(unit), Some(before)) => words::mistake::no_unit(&before.name, layer, unit),
        _ => words::mistake::no_unit_of_some(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn its_products_are_missing() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("skipped-unit:out:unit[2]", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // a = [2.25, 0.0, 3.0], the last one left out
        assert_eq!(pass.output(), [0.5 * 2.25 - 0.75]);
        assert_eq!(mistake.says(&network), "you left unit 2 of layer `hidden` out of the sums of layer `out`");
    }

    #[test]
    fn the_unit_must_exist() {
        let network = network([Activation::Relu, Activation::Linear]);
        assert!(Mistake::named("skipped-unit:out:unit[3]", &network).is_err());
        assert!(Mistake::named("skipped-unit:out:unit[18446744073709551615]", &network).is_err());
    }
}
