//! The numbers of one unit were taken in shifted order: its weights and its bias, which are printed one after the other, each one
//! place too early or too late. Of two numbers that is an exchange, `swapped-weights`.

use std::sync::Arc;

use super::{Detail, Effect, Kind, Part, Scope, add_bias, kernel};
use crate::{
    network::{Kernel, Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "shifted-numbers",
    title: words::mistake_title::shifted_numbers,
    lesson: "reading-get-weights",
    about: &[Part::Sum],
    removes: false,
    common: 1.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// The ways are listed for networks with at most so many parameters.
const MOST_PARAMETERS: usize = 1_000;

/// The weights of a unit, then its bias.
fn numbers(network: &Network, layer: usize, unit: usize) -> Option<Vec<f32>> {
    let kernel = kernel(network, layer)?;
    let weights = (0..kernel.inputs()).map(|input| kernel.get(input, unit));
    let bias = network.layer(layer)?.operation.as_dense()?.bias().and_then(|bias| bias.get(unit).copied());
    weights.chain(bias.map(Some)).collect()
}

fn shifted(mut numbers: Vec<f32>, by: i8) -> Vec<f32> {
    let places = usize::from(by.unsigned_abs()) % numbers.len().max(1);
    if by > 0 {
        numbers.rotate_right(places);
    } else {
        numbers.rotate_left(places);
    }
    numbers
}

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let units = kernel(network, layer).filter(|_| network.parameters() <= MOST_PARAMETERS).map_or(0, Kernel::units);
    let all = (0..units).flat_map(|unit| [1, -1].map(|by| (unit, by)));
    let possible = |&(unit, by): &(usize, i8)| {
        numbers(network, layer, unit).is_some_and(|own| own.len() > 2 && shifted(own.clone(), by) != own)
    };
    all.filter(possible).map(|(unit, by)| Detail::Order(unit, by)).collect()
}

fn change(layer: usize, detail: Detail, network: &Network, recipes: &mut [Recipe]) {
    let Detail::Order(unit, by) = detail else { return };
    let Some(numbers) = numbers(network, layer, unit).map(|own| shifted(own, by)) else { return };
    let recipe = &mut recipes[layer];
    let inputs = recipe.inputs;
    if let Some(kernel) = &recipe.kernel {
        let weights = numbers.iter().take(inputs).enumerate();
        let changed = weights.fold(kernel.as_ref().clone(), |kernel, (input, number)| {
            kernel.with(input, unit, *number).unwrap_or(kernel)
        });
        recipe.kernel = Some(Arc::new(changed));
    }
    if let Some(number) = numbers.get(inputs)
        && let Some(bias) = add_bias(recipe).and_then(|i| recipe.finish[i].operand_mut())
    {
        let mut changed = bias.to_vec();
        if let Some(of_unit) = changed.get_mut(unit) {
            *of_unit = *number;
        }
        *bias = changed.into();
    }
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    match detail {
        Detail::Order(unit, by) if by > 0 => words::mistake::order_forward(layer, unit),
        Detail::Order(unit, _) => words::mistake::order_back(layer, unit),
        _ => words::mistake::order_of_some(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn every_number_moves_one_place() {
        let network = network([Activation::Relu, Activation::Linear]);
        for (way, expected) in [
            // unit 0 has 1, 0.25 and bias 0.5; late: 0.5, 1 and bias 0.25: 2 * 0.5 - 1 + 0.25
            ("unit[0]+1", 0.5 * 0.25 + 6.0 - 0.75),
            // early: 0.25, 0.5 and bias 1: 2 * 0.25 - 0.5 + 1
            ("unit[0]-1", 0.5 * 1.0 + 6.0 - 0.75),
        ] {
            let mistake = Mistake::named(&format!("shifted-numbers:hidden:{way}"), &network).expect(way);
            let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
            assert_eq!(pass.output(), [expected], "{way}");
        }
        assert!(Mistake::named("shifted-numbers:hidden:unit[3]+1", &network).is_err());
    }
}
