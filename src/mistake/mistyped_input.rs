//! An input was misread: with the other sign, its point one or two places off, or two neighbouring digits exchanged. How depends
//! on the digits of the input, so it is done to whatever input arrives.

use super::{Detail, Effect, Kind, Scope};
use crate::{
    network::{Misreading, Network, Recipe},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "mistyped-input",
    title: words::mistake_title::mistyped_input,
    lesson: "by-hand",
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

/// The digits of which places are exchanged with the next.
const DIGITS: u8 = 5;

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let inputs = network.inputs();
    if layer != 0 || inputs > MOST_INPUTS {
        return Vec::new();
    }
    let misread = |input| {
        let points = [1, -1, 2, -2].map(Misreading::Point);
        let all = [Misreading::Sign].into_iter().chain(points).chain((0..DIGITS).map(Misreading::Digits));
        all.map(move |misreading| Detail::Misread(input, misreading))
    };
    (0..inputs).flat_map(misread).collect()
}

fn change(layer: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    if let Detail::Misread(input, misreading) = detail {
        recipes[layer].misread = Some((input, misreading));
    }
}

fn says(layer: &str, detail: Detail, _: &Network) -> String {
    match detail {
        Detail::Misread(input, Misreading::Sign) => words::mistake::input_sign(format!("input[{input}]"), layer),
        Detail::Misread(input, Misreading::Point(by)) => {
            let side = if by > 0 { "right" } else { "left" };
            words::mistake::input_point(format!("input[{input}]"), layer, usize::from(by.unsigned_abs()), side)
        }
        Detail::Misread(input, Misreading::Digits(first)) => {
            let first = usize::from(first) + 1;
            words::mistake::input_digits(first, format!("input[{input}]"), layer, first + 1)
        }
        _ => words::mistake::input_misread(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn it_is_the_pass_of_the_other_number() {
        let network = network([Activation::Relu, Activation::Tanh]);
        for (way, read) in [("sign", [-1.5, -1.0]), ("point[1]", [15.0, -1.0]), ("digits[0]", [5.1, -1.0])] {
            let mistake = Mistake::named(&format!("mistyped-input:hidden:input[0]-{way}"), &network).expect(way);
            let wrong = Pass::new(&network, &[1.5, -1.0], &[mistake]).expect("fits");
            assert_eq!(wrong.output(), Pass::new(&network, &read, &[]).expect("fits").output(), "{way}");
            assert_eq!(wrong.input(), [1.5, -1.0]);
        }
        assert!(Mistake::named("mistyped-input:hidden:input[2]-sign", &network).is_err());
        assert!(Mistake::named("mistyped-input:out:input[0]-sign", &network).is_err());
    }
}
