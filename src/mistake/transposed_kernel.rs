//! Rows and columns of a kernel were exchanged. PyTorch stores (units, inputs), Keras (inputs, units); with a square kernel no
//! shape shows that it is transposed.

use std::sync::Arc;

use super::{Detail, Effect, Kind, Part, Scope, kernel};
use crate::{
    network::{Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "transposed-kernel",
    title: words::mistake_title::transposed_kernel,
    lesson: "transposed",
    about: &[Part::Sum],
    removes: false,
    common: 5.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let square = kernel(network, layer).filter(|kernel| kernel.inputs() == kernel.units());
    square.filter(|kernel| kernel.transposed() != **kernel).map(|_| Detail::Plain).into_iter().collect()
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let Some(kernel) = recipe.kernel.as_ref().filter(|kernel| kernel.inputs() == kernel.units()) {
        recipe.kernel = Some(Arc::new(kernel.transposed()));
    }
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::transposed_kernel(layer)
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
    fn each_unit_takes_a_row() {
        let network = square();
        let mistake = Mistake::plain("transposed-kernel", "first", &network).expect("square");
        let pass = Pass::new(&network, &[10.0, 1.0], &[mistake]).expect("fits");
        // kernel [[1, 2], [3, 4]]: 10 * 1 + 1 * 2 and 10 * 3 + 1 * 4; rightly 13 and 24
        assert_eq!(pass.stage(0, Stage::Wx), Some(&[12.0, 34.0][..]));
    }

    #[test]
    fn a_kernel_that_is_not_square_shows_its_mistake_by_its_shape() {
        let network = network([Activation::Relu, Activation::Linear]);
        assert!(Mistake::plain("transposed-kernel", "hidden", &network).is_err());
    }
}
