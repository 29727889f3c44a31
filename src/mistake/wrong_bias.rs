//! Another bias was added than the unit's own: another layer's of the same length (the arrays of `get_weights()` were counted
//! wrongly), or the neighbouring unit's (the row of the spreadsheet slipped).

use super::{Detail, Effect, Kind, Part, Scope, add_bias, biases};
use crate::{
    network::{Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "wrong-bias",
    title: words::mistake_title::wrong_bias,
    lesson: "reading-get-weights",
    about: &[Part::Bias],
    removes: false,
    common: 2.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(own) = biases(network, layer) else { return Vec::new() };
    let differs = |other: &usize| {
        *other != layer && biases(network, *other).is_some_and(|bias| bias.len() == own.len() && bias != own)
    };
    let layers = (0..network.depth()).filter(differs).map(Detail::Layer);
    // With two units a slip up is a slip down.
    let slips: &[isize] = if own.len() > 2 { &[1, -1] } else { &[1] };
    let slips = slips.iter().filter(|by| shifted(own, **by) != own).map(|by| Detail::Shift(*by));
    layers.chain(slips).collect()
}

/// Each unit gets the bias of the unit `by` places on; past the end it continues at the beginning.
fn shifted(bias: &[f32], by: isize) -> Vec<f32> {
    let Ok(units) = isize::try_from(bias.len()) else { return bias.to_vec() };
    let places = by.checked_rem_euclid(units).map_or(0, isize::unsigned_abs);
    let mut shifted = bias.to_vec();
    shifted.rotate_left(places);
    shifted
}

fn change(layer: usize, detail: Detail, network: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let Some(bias) = add_bias(recipe).and_then(|i| recipe.finish[i].operand_mut()) {
        match detail {
            Detail::Shift(by) => *bias = shifted(bias, by).into(),
            Detail::Layer(other) => {
                if let Some(other) = biases(network, other).filter(|other| other.len() == bias.len()) {
                    *bias = other.into();
                }
            }
            _ => {}
        }
    }
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    match detail {
        Detail::Layer(other) => {
            let other = network.layer(other).map_or("?", |layer| &layer.name);
            words::mistake::bias_of_other_layer(layer, other)
        }
        Detail::Shift(by) => {
            let places = by.unsigned_abs();
            if by < 0 {
                words::mistake::bias_of_unit_before(layer, places)
            } else {
                words::mistake::bias_of_unit_after(layer, places)
            }
        }
        _ => words::mistake::other_bias(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_row_slips_down() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("wrong-bias:hidden:shift[1]", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // wx = [1.75, -5.5, 2.0], bias [-0.25, 1.0, 0.5]: z = [1.5, -4.5, 2.5]
        assert_eq!(pass.output(), [0.5 * 1.5 + 2.0 * 2.5 - 0.75]);
        assert_eq!(mistake.says(&network), "you gave each unit of layer `hidden` the bias of the unit after it");
    }

    #[test]
    fn the_row_slips_up() {
        let network = network([Activation::Relu, Activation::Linear]);
        let mistake = Mistake::named("wrong-bias:hidden:shift[-1]", &network).expect("can be made here");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        // bias [1.0, 0.5, -0.25]: z = [2.75, -5.0, 1.75]
        assert_eq!(pass.output(), [0.5 * 2.75 + 2.0 * 1.75 - 0.75]);
    }

    #[test]
    fn the_bias_of_another_layer_of_the_same_length_is_added() {
        let network = super::super::tests::square();
        let mistake = Mistake::named("wrong-bias:first:layer[1]", &network).expect("both have two units");
        let pass = Pass::new(&network, &[1.0, 0.0], &[mistake]).expect("fits");
        // kernel row [1, 2] plus [0.5, -3] instead of [-0.5, 0.25]
        assert_eq!(pass.stage(0, crate::network::Stage::Z), Some(&[1.5, -1.0][..]));
        assert_eq!(mistake.says(&network), "you added the bias of layer `second` in layer `first`");
        assert_eq!(Mistake::all(&network).iter().filter(|m| m.kind.id == "wrong-bias").count(), 4);
    }
}
