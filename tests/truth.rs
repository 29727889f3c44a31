//! Every value of every layer against the framework's own.
//!
//! `tests/golden/keras/MODEL` holds what Keras 3.15.1 (TensorFlow 2.21, x86) made: the description (`model.json`), the weights
//! (`weights.npz`), the inputs and what every layer gave (`golden.json`); of some models also what Keras 2 wrote and gave
//! (`_k2`). `cargo test --test truth -- --nocapture` prints the whole table.
//!
//! A distance is measured against the largest magnitude among the values that the layer takes and gives for the same sample: a sum
//! of large numbers that nearly cancel is not known better by anybody. The bound is in units of 2^-23 times that magnitude.

#[path = "support/distance.rs"]
mod distance;
#[path = "support/golden_models.rs"]
mod golden_models;

use std::fmt::Write as _;

use distance::{BOUND, Distance, NOT_AS_KERAS, address, numbers, passes, sample, taken_by};
use golden_models::{folder, json, names as models, network};

#[test]
fn every_value_of_every_layer_is_the_frameworks() {
    let only = std::env::var("TRUTH").unwrap_or_default();
    let (mut table, mut all, mut wrong, mut layers, mut count) = (String::new(), Distance::default(), Vec::new(), 0, 0);
    for model in models().iter().filter(|model| model.contains(&only)) {
        count += 1;
        let golden = json(&format!("{model}/golden.json"));
        let network = match network(model, "model.json") {
            Ok(network) => network,
            Err(error) => {
                wrong.push(error);
                continue;
            }
        };
        let passes = passes(&network, &golden);
        for layer in golden["layers"].as_array().expect("layers") {
            let address = address(&network, layer);
            if NOT_AS_KERAS.iter().any(|name| address.starts_with(name)) {
                continue;
            }
            layers += 1;
            let stage = address.trim_end_matches(".a").to_owned() + ".z";
            for (address, key) in [(address, "data"), (stage, "pre")] {
                let Some(values) = layer.get(key) else { continue };
                let theirs = numbers(values);
                let array = network.find(&address).unwrap_or_else(|error| panic!("{model}: {error}")).array;
                let taken = taken_by(&network, &address);
                let mut distance = Distance::default();
                for (at, pass) in passes.iter().enumerate() {
                    let taken: Vec<&[f32]> = taken.iter().map(|&array| pass.of(array)).collect();
                    distance.see(
                        pass.of(array),
                        sample(&theirs, passes.len(), at),
                        &taken,
                        &format!("{model} {address}"),
                    );
                }
                if distance.scaled > BOUND {
                    wrong.push(distance.row(model, &address, BOUND));
                }
                writeln!(table, "{}", distance.row(model, &address, BOUND)).expect("a string");
                all.add(&distance);
            }
        }
    }
    println!(
        "{:18} {:34} {:>7} {:>8} {:>9} {:>9} {:>7} {:>6}",
        "model", "value", "values", "exact", "ulp", "relative", "scaled", "bound"
    );
    println!("{table}{}", all.row(&format!("{count} models"), &format!("{layers} layers"), BOUND));
    assert!(wrong.is_empty(), "further from Keras than rounding explains:\n{}", wrong.join("\n"));
}

#[test]
fn what_keras_2_wrote_gives_what_keras_2_gave() {
    let (mut all, mut count) = (Distance::default(), 0);
    for model in models().iter().filter(|model| folder().join(model).join("model_k2.json").exists()) {
        count += 1;
        let (golden, golden2) = (json(&format!("{model}/golden.json")), json(&format!("{model}/golden_k2.json")));
        let network = network(model, "model_k2.json").expect("a network");
        let passes = passes(&network, &golden);
        let outputs = golden2["outputs"].as_array().expect("outputs");
        assert_eq!(outputs.len(), network.outputs().len(), "{model}: outputs");
        for (output, &source) in outputs.iter().zip(network.outputs()) {
            let (theirs, array) = (numbers(&output["data"]), network.value(source).expect("an output").array);
            let mut distance = Distance::default();
            for (at, pass) in passes.iter().enumerate() {
                let taken: Vec<&[f32]> = network
                    .node(source.node)
                    .from
                    .iter()
                    .filter_map(|&from| Some(pass.of(network.value(from)?.array)))
                    .collect();
                distance.see(pass.of(array), sample(&theirs, passes.len(), at), &taken, model);
            }
            assert!(distance.scaled <= BOUND, "{}", distance.row(model, "output", BOUND));
            all.add(&distance);
        }
    }
    println!("{}", all.row(&format!("{count} Keras 2 models"), "outputs", BOUND));
    assert!(count > 0);
}
