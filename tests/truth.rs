//! Every value of every layer against the framework's own.
//!
//! `tests/golden/keras/MODEL` holds what Keras 3.15.1 (TensorFlow 2.21, x86) made: the description (`model.json`), the weights
//! (`weights.npz`), the inputs and what every layer gave (`golden.json`); of some models also what Keras 2 wrote and gave
//! (`_k2`). `cargo test --test truth -- --nocapture` prints the whole table.
//!
//! A distance is measured against the largest magnitude among the values that the layer takes and gives for the same sample: a sum
//! of large numbers that nearly cancel is not known better by anybody. The bound is in units of 2^-23 times that magnitude.

#[path = "support/npz.rs"]
mod npz;

use std::{fmt::Write as _, fs, path::Path};

use byhand::{
    equation::{ArrayId, Values},
    graph::{Arrays, Network, from_keras},
    network::ulps,
};
use serde_json::Value as Json;

const EPS: f64 = f32::EPSILON as f64;

/// What rounding alone may do, in units of `EPS` times the largest magnitude of the layer.
const BOUND: f64 = 4.0;

/// Keras 3.15.1 computes sparsemax wrongly: it adds up all the cumulative sums of the support where the paper takes the last.
const NOT_AS_KERAS: &[&str] = &["d_sparsemax"];

fn golden(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/keras").join(path)
}

fn json(path: &str) -> Json {
    let path = golden(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Numbers of a list; NaN and infinities are texts there.
fn numbers(list: &Json) -> Vec<f32> {
    let number = |value: &Json| match value.as_str() {
        Some(text) => text.parse().expect("NaN or an infinity"),
        None => value.as_f64().expect("a number") as f32,
    };
    list.as_array().expect("a list").iter().map(number).collect()
}

/// The part of a list that belongs to one of several samples.
fn sample(values: &[f32], samples: usize, at: usize) -> &[f32] {
    let length = values.len() / samples;
    &values[at * length..(at + 1) * length]
}

/// How far apart two lists of values are.
#[derive(Default)]
struct Distance {
    values: usize,
    exact: usize,
    ulp: u32,
    relative: f64,
    /// In units of `EPS` times the largest magnitude.
    scaled: f64,
}

impl Distance {
    /// `taken`: what the layer takes.
    fn see(&mut self, ours: &[f32], theirs: &[f32], taken: &[&[f32]], about: &str) {
        assert_eq!(ours.len(), theirs.len(), "{about}: as many values");
        let largest = theirs
            .iter()
            .chain(taken.iter().copied().flatten())
            .filter(|x| x.is_finite())
            .fold(0.0_f64, |most, &x| most.max(f64::from(x.abs())));
        for (&ours, &theirs) in ours.iter().zip(theirs) {
            self.values += 1;
            if ours.to_bits() == theirs.to_bits() || (ours.is_nan() && theirs.is_nan()) || ours == theirs {
                self.exact += 1;
                continue;
            }
            let far = (f64::from(ours) - f64::from(theirs)).abs();
            self.ulp = self.ulp.max(ulps(ours, theirs));
            self.relative = self.relative.max(far / f64::from(theirs.abs()).max(f64::MIN_POSITIVE));
            self.scaled = self.scaled.max(if far.is_finite() { far / (EPS * largest) } else { f64::INFINITY });
        }
    }

    fn add(&mut self, other: &Self) {
        self.values += other.values;
        self.exact += other.exact;
        self.ulp = self.ulp.max(other.ulp);
        self.relative = self.relative.max(other.relative);
        self.scaled = self.scaled.max(other.scaled);
    }

    fn row(&self, model: &str, layer: &str, bound: f64) -> String {
        let Self { values, exact, ulp, relative, scaled } = self;
        let exact = 100.0 * *exact as f64 / (*values).max(1) as f64;
        format!("{model:18} {layer:34} {values:7} {exact:6.1} % {ulp:9} {relative:9.1e} {scaled:7.2} {bound:6.1}")
    }
}

fn network(model: &str, description: &str) -> Result<Network, String> {
    let weights = npz::arrays(&fs::read(golden(&format!("{model}/weights.npz"))).expect("weights"));
    let description = json(&format!("{model}/{description}"));
    from_keras(&description, Arrays::InOrder(weights), None).map_err(|error| format!("{model}: {error}"))
}

/// The address of what a layer gives; of a model within the model, what its last layer gives.
fn address(network: &Network, layer: &Json) -> String {
    let name = layer["name"].as_str().expect("a name");
    let name = match layer["node"].as_u64() {
        Some(call) => format!("{name}#{}", call + 1),
        None => name.to_owned(),
    };
    let inside = |node: &&byhand::graph::Node| node.name == name || node.name.starts_with(&format!("{name}/"));
    let node = network.nodes().iter().rfind(inside).unwrap_or_else(|| panic!("no layer `{name}`"));
    format!("{}.a", node.name)
}

/// The arrays that the layer of an address takes.
fn taken_by(network: &Network, address: &str) -> Vec<ArrayId> {
    let (layer, _) = address.rsplit_once('.').expect("LAYER.STAGE");
    let node = network.nodes().iter().find(|node| node.name == layer).expect("a layer");
    node.from.iter().filter_map(|&source| Some(network.value(source)?.array)).collect()
}

/// All passes of a model, one a sample.
fn passes(network: &Network, golden: &Json) -> Vec<Values> {
    let inputs: Vec<(Vec<f32>, usize)> = golden["inputs"]
        .as_array()
        .expect("inputs")
        .iter()
        .map(|input| (numbers(&input["data"]), input["shape"][0].as_u64().expect("samples") as usize))
        .collect();
    let samples = inputs[0].1;
    let of = |at| inputs.iter().map(|(values, _)| sample(values, samples, at).to_vec()).collect::<Vec<_>>();
    let run = |at| network.program().evaluate(&network.given(&of(at)).expect("they fit")).expect("they fit");
    (0..samples).map(run).collect()
}

fn models() -> Vec<String> {
    let folders = fs::read_dir(golden("")).expect("a folder");
    let folders = folders.map(|entry| entry.expect("an entry")).filter(|entry| entry.path().is_dir());
    let mut models: Vec<String> = folders.map(|entry| entry.file_name().into_string().expect("a name")).collect();
    models.sort();
    models
}

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
    for model in models().iter().filter(|model| golden(&format!("{model}/model_k2.json")).exists()) {
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
