//! The printed numbers were read column by column into the same shape. For a square kernel that is `transposed-kernel`.

use std::sync::Arc;

use super::{Detail, Effect, Kind, Part, Scope, kernel};
use crate::{
    network::{Kernel, Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "misread-kernel",
    title: words::mistake_title::misread_kernel,
    lesson: "reading-get-weights",
    about: &[Part::Sum],
    removes: false,
    common: 3.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let oblong = kernel(network, layer).filter(|kernel| kernel.inputs() != kernel.units());
    oblong.filter(|kernel| misread(kernel).as_ref() != Some(*kernel)).map(|_| Detail::Plain).into_iter().collect()
}

/// The n-th printed number goes to the n-th place from top to bottom, column after column.
fn misread(kernel: &Kernel) -> Option<Kernel> {
    Kernel::from_rows(kernel.units(), kernel.inputs(), kernel.values()).map(|kernel| kernel.transposed())
}

fn change(layer: usize, _: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let Some(misread) = recipe.kernel.as_deref().and_then(misread) {
        recipe.kernel = Some(Arc::new(misread));
    }
}

fn says(layer: &str, _: Detail, _: &Network) -> String {
    words::mistake::misread_kernel(layer)
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{
        network::{Activation, Stage},
        pass::Pass,
    };

    #[test]
    fn the_numbers_fill_the_columns() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::plain("misread-kernel", "hidden", &network).expect("two rows, three columns");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // printed 1 -2 0.5 0.25 1.5 -1; columns (1, -2), (0.5, 0.25), (1.5, -1)
        assert_eq!(pass.stage(0, Stage::Wx), Some(&[4.0, 0.75, 4.0][..]));
        // One row or one column reads the same either way.
        assert!(Mistake::plain("misread-kernel", "out", &network).is_err());
    }
}
