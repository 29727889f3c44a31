//! Two numbers of one unit were exchanged: two of its weights, or a weight and its bias.

use super::{Detail, Effect, Kind, Replacement, Scope, kernel, name};
use crate::{
    network::{Network, Weight},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "swapped-weights",
    title: words::mistake_title::swapped_weights,
    lesson: "reading-get-weights",
    about: &[],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Weight(effect),
    says,
};

/// The ways are listed for networks with at most so many parameters: larger ones nobody copies by hand.
const MOST_PARAMETERS: usize = 1_000;

/// Of a unit with more weights than this only neighbours are exchanged.
const FEW_INPUTS: usize = 16;

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(kernel) = kernel(network, layer).filter(|_| network.parameters() <= MOST_PARAMETERS) else {
        return Vec::new();
    };
    let inputs = kernel.inputs();
    let reach = if inputs > FEW_INPUTS { 1 } else { inputs };
    let of_unit = |unit: usize| {
        let weight = move |input| Weight::Kernel { input, unit };
        let pairs =
            (0..inputs).flat_map(move |a| (a + 1..=a + reach).filter(move |b| *b < inputs).map(move |b| (a, b)));
        let weights = pairs.map(move |(a, b)| (weight(a), weight(b)));
        // The bias is printed after the last weight, and of few inputs it may be any.
        let first = if inputs > FEW_INPUTS { inputs - 1 } else { 0 };
        weights.chain((first..inputs).map(move |input| (weight(input), Weight::Bias { unit })))
    };
    let all = (0..kernel.units()).flat_map(of_unit).map(|(a, b)| Detail::Exchanged(a, b));
    all.filter(|detail| effect(layer, *detail, network).is_some()).collect()
}

fn effect(layer: usize, detail: Detail, network: &Network) -> Option<Replacement> {
    let Detail::Exchanged(a, b) = detail else { return None };
    let unit = |weight: Weight| match weight {
        Weight::Kernel { unit, .. } | Weight::Bias { unit } => Some(unit),
        Weight::Listed { .. } => None,
    };
    if unit(a)? != unit(b)? {
        return None;
    }
    let (of_a, of_b) = (network.weight(layer, a)?, network.weight(layer, b)?);
    (of_a != of_b).then_some(Replacement::two((a, of_b), (b, of_a)))
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    match detail {
        Detail::Exchanged(a, b) => words::mistake::exchanged(layer, name(a), name(b)),
        _ => words::mistake::exchanged_some(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn each_number_replaces_the_other() {
        let network = network([Activation::Relu, Activation::Linear]);
        for (way, expected) in [
            // unit 0 with 0.25 and 1 for 1 and 0.25: 2 * 0.25 - 1 + 0.5 = 0
            ("kernel[0,0]~kernel[1,0]", 0.0 + 6.0 - 0.75),
            // unit 0 with 0.5 for 1, and 1 as its bias: 2 * 0.5 - 0.25 + 1 = 1.75
            ("kernel[0,0]~bias[0]", 0.5 * 1.75 + 6.0 - 0.75),
        ] {
            let mistake = Mistake::named(&format!("swapped-weights:hidden:{way}"), &network).expect(way);
            let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
            assert_eq!(pass.output(), [expected], "{way}");
            assert!(Mistake::all(&network).contains(&mistake), "{way}");
        }
        assert!(Mistake::named("swapped-weights:hidden:kernel[0,0]~kernel[0,1]", &network).is_err(), "two units");
    }
}
