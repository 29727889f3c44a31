//! Values were written down with a few decimals, rounded or cut, and the written values were used: what each layer gives,
//! or also the sums and what a bias makes of them, or every product and running sum too. What the network answers is not: it is
//! given with any number of digits.

use super::{Detail, Effect, Kind, MOST_DECIMALS, Scope, kernel};
use crate::{
    network::{Network, Recipe, Rounding, Written},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "rounded-values",
    title: words::mistake_title::rounded_values,
    lesson: "last-digit",
    about: &[],
    removes: false,
    common: 4.0,
    scope: Scope::Network,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// Of more products than this nobody writes each of them down, and who lets a program do it does not round them.
const MOST_PRODUCTS: usize = 1_000;

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    if layer > 0 {
        return Vec::new();
    }
    // A sum of one product is that product.
    let sums = (0..network.depth()).any(|layer| kernel(network, layer).is_some_and(|kernel| kernel.inputs() > 1));
    let products = sums && network.parameters() <= MOST_PRODUCTS;
    let mut recipes = network.recipes();
    let mut is_possible = |what: Written| {
        Rounding::new(0, false, what).on_the_way(&mut recipes);
        (what != Written::Products || products) && recipes.iter().any(Recipe::writes_any)
    };
    let possible: Vec<Written> = Written::ALL.into_iter().filter(|what| is_possible(*what)).collect();
    let ways = (1..=MOST_DECIMALS).flat_map(|decimals| [false, true].map(|cut| (decimals, cut)));
    ways.flat_map(|(decimals, cut)| possible.iter().map(move |what| Rounding::new(decimals, cut, *what)))
        .map(Detail::Rounding)
        .collect()
}

fn change(_: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    if let Detail::Rounding(rounding) = detail {
        rounding.on_the_way(recipes);
    }
}

fn says(_: &str, detail: Detail, _: &Network) -> String {
    let Detail::Rounding(Rounding { decimals, cut, what, .. }) = detail else {
        return words::mistake::rounded_values_of_some();
    };
    let (decimals, how) = (usize::from(decimals), if cut { "cut" } else { "rounded" });
    match what {
        Written::Results => words::mistake::rounded_results(decimals, how),
        Written::Stages => words::mistake::rounded_values(decimals, how),
        Written::Products => words::mistake::rounded_products(decimals, how),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Mistake,
        tests::{classifier, layer, network, scaled, square},
    };
    use crate::{
        network::{Activation, Dense, Kernel, Network, Operation, Stage},
        pass::{Function, Pass},
    };

    #[test]
    fn written_values_are_used_for_the_next_step() {
        let network = network([Activation::Relu, Activation::Linear]);
        for (way, x, expected) in [
            // wx = [0.3, -0.6, 0.1], z = [0.8, -0.8, 1.1], 0.4 + 2.2 = 2.6, and 2.6 - 0.75 is the answer
            ("cut[1]", [0.33, 0.0], 1.85),
            // z = [0.83, -0.91, 1.165] are relu'd and cut: 0.8, 0, 1.1
            ("cut-results[1]", [0.33, 0.0], 1.85),
            // without cutting it is 0.415 + 2.33 - 0.75; rounded 0.8 and 1.2: 0.4 + 2.4 - 0.75
            ("round-results[1]", [0.33, 0.0], 2.05),
            // wx = [2.15, ., 3.1] are 2 and 3, z = [2.5, ., 4] are 2 and 4, 1 + 8 - 0.75
            ("cut[0]", [2.6, -1.8], 8.25),
            // z = [2.65, ., 4.1] are 2 and 4: the same
            ("cut-results[0]", [2.6, -1.8], 8.25),
            // z = [2.65, ., 4.1] are 3 and 4, 1.5 + 8 - 0.75
            ("round-results[0]", [2.6, -1.8], 8.75),
            // products of unit 2: 1.3 is 1 and 1.8 is 1, so its sum is 2 and its z 3: 1 + 6 - 0.75
            ("cut-products[0]", [2.6, -1.8], 6.25),
            // wx = [2.15, ., 3.1] are 2 and 3, z is 2.5, to even 2, and 4: 1 + 8 - 0.75
            ("round[0]", [2.6, -1.8], 8.25),
        ] {
            let mistake = Mistake::named(&format!("rounded-values:{way}"), &network).expect(way);
            let pass = Pass::new(&network, &x, &[mistake]).expect("fits");
            assert!((pass.output()[0] - expected).abs() < 1e-6, "{way}: {:?}", pass.output());
        }
    }

    #[test]
    fn every_value_on_the_way_has_its_decimals_and_the_answer_has_its_own() {
        let network = network([Activation::Tanh, Activation::Sigmoid]);
        for (way, rounded) in [
            ("round-results[2]", &[(0, Stage::A)][..]),
            ("round[2]", &[(0, Stage::Wx), (0, Stage::Z), (0, Stage::A), (1, Stage::Wx), (1, Stage::Z)]),
            ("cut-products[2]", &[(0, Stage::Wx), (0, Stage::Z), (0, Stage::A), (1, Stage::Wx), (1, Stage::Z)]),
        ] {
            let mistake = Mistake::named(&format!("rounded-values:{way}"), &network).expect(way);
            let pass = Pass::new(&network, &[0.35, -0.7123], &[mistake]).expect("fits");
            for place in (0..2).flat_map(|layer| [Stage::Wx, Stage::Z, Stage::A].map(|stage| (layer, stage))) {
                let values = pass.stage(place.0, place.1).expect("a dense layer has it");
                let of_two = values.iter().all(|&value| {
                    let hundredths = f64::from(value) * 100.0;
                    (hundredths - hundredths.round()).abs() < 1e-4
                });
                assert_eq!(of_two, rounded.contains(&place), "{way} {place:?} {values:?}");
            }
        }
    }

    #[test]
    fn the_steps_show_what_is_written_down_and_what_stays_in_the_calculator() {
        let network = network([Activation::Relu, Activation::Linear]);
        // unit 0 of `hidden` for [0.33, 0.17]: 0.33 and 0.0425 are 0.3725, with 0.5 that is 0.8725
        for (way, expected) in [
            ("round-results[1]", [0.33, 0.3725, 0.8725, 0.9]),
            ("round[1]", [0.33, 0.4, 0.9, 0.9]),
            ("round-products[1]", [0.3, 0.3, 0.8, 0.8]),
            ("cut[1]", [0.33, 0.3, 0.8, 0.8]),
        ] {
            let mistake = Mistake::named(&format!("rounded-values:{way}"), &network).expect(way);
            let pass = Pass::new(&network, &[0.33, 0.17], &[mistake]).expect("fits");
            let after: Vec<f32> = (0..4).map(|k| pass.step(k).expect("there").action.after()).collect();
            let near = after.iter().zip(expected).all(|(after, expected)| (after - expected).abs() < 1e-6);
            assert!(near, "{way}: {after:?}");
        }
    }

    #[test]
    fn a_layer_that_is_left_out_passes_on_the_result_of_the_layer_before() {
        let network = square();
        let named = |text| Mistake::named(text, &network).expect(text);
        let mistakes = [named("skipped-layer:second"), named("rounded-values:round[1]")];
        let output = Function::new(&network, &mistakes).expect("fits").at(&[-0.33, 0.17]);
        // -0.33 + 0.51 is 0.2, less 0.5 is -0.3, and 0.3 of that the answer; -0.66 + 0.68 is 0, and 0.25, to even, 0.2
        assert!((output[0] + 0.09).abs() < 1e-6 && (output[1] - 0.2).abs() < 1e-6, "{output:?}");
    }

    #[test]
    fn only_ways_that_change_something_are_listed() {
        let line = |bias: Option<Vec<f32>>| {
            let kernel = Kernel::from_rows(1, 1, &[0.377]).expect("one");
            let operation = Operation::Dense(Dense::new(kernel, bias, Activation::Linear));
            Network::new("line", vec![layer("dense", operation)]).expect("fits")
        };
        let names = |network: &Network| -> Vec<String> {
            let all = Mistake::all(network).into_iter().filter(|mistake| mistake.kind.id == "rounded-values");
            let all = all.map(|mistake| mistake.detail.to_string()).filter(|name| name.ends_with("[2]"));
            all.collect()
        };
        let (results, stages) = (["round-results[2]", "cut-results[2]"], ["round[2]", "cut[2]"]);
        let products = ["round-products[2]", "cut-products[2]"];
        for (network, expected) in [
            (network([Activation::Relu, Activation::Linear]), vec![results, stages, products]),
            // One layer: what it gives is the answer.
            (classifier(), vec![stages, products]),
            // The sum is written down before the bias joins.
            (line(Some(vec![0.5])), vec![stages]),
            // One product is the answer.
            (line(None), vec![]),
            (scaled(), vec![results, stages]),
        ] {
            let expected: Vec<&str> =
                [0, 1].iter().flat_map(|&cut| expected.iter().map(move |ways| ways[cut])).collect();
            assert_eq!(names(&network), expected, "{}", network.name());
        }
    }

    #[test]
    fn it_says_where_and_to_how_many_decimals() {
        let network = network([Activation::Relu, Activation::Linear]);
        for (way, says) in [
            ("round[1]", "you rounded every value on the way to 1 decimal"),
            ("round-results[2]", "you rounded the result of every layer to 2 decimals"),
            ("cut-products[3]", "you cut every product and every value on the way to 3 decimals"),
        ] {
            let mistake = Mistake::named(&format!("rounded-values:{way}"), &network).expect(way);
            assert_eq!(mistake.says(&network), says);
        }
    }
}
