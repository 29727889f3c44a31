//! A whole layer was left out: what arrives went on as it was. Possible only where as many numbers leave as arrive, which is why a
//! forgotten batch normalisation shows by no shape. A scaling at either end of the network has kinds of its own.

use super::{Detail, Effect, Kind, Part, Scope};
use crate::{
    network::{Network, Operation, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "skipped-layer",
    title: words::mistake_title::skipped_layer,
    lesson: "by-hand",
    about: &[Part::Layer],
    removes: true,
    common: 1.5,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(operation) = network.layer(layer).map(|layer| &layer.operation) else { return Vec::new() };
    let inner = layer > 0 && layer + 1 < network.depth();
    let possible = operation.inputs() == operation.outputs() && network.depth() > 1;
    let own_kind = matches!(operation, Operation::Scaling(_)) && !inner;
    (possible && !own_kind).then_some(Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    recipe.kernel = None;
    recipe.finish.clear();
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::no_layer(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{
        Mistake,
        tests::{network, square},
    };
    use crate::{
        network::{Activation, Stage},
        pass::Pass,
    };

    #[test]
    fn the_input_of_the_layer_is_passed_on() {
        let network = square();
        let mistake = Mistake::plain("skipped-layer", "first", &network).expect("two in, two out");
        let pass = Pass::new(&network, &[10.0, 1.0], &[mistake]).expect("fits");
        assert_eq!(pass.stage(1, Stage::In), Some(&[10.0, 1.0][..]));
        // The layer takes no steps: the pass begins in the next one.
        assert_eq!(pass.step(0).map(|step| step.layer), Some(1));
        assert_eq!(pass.known_after(1, Stage::In, 1), Some(0));
    }

    #[test]
    fn other_shapes_do_not_allow_it() {
        let network = network([Activation::Relu, Activation::Linear]);
        assert!(Mistake::plain("skipped-layer", "hidden", &network).is_err());
    }
}
