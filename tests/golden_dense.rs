//! Dense networks against Keras, value by value: the same weights, the same inputs, every pre-activation and every output.
//!
//! The goldens are from Keras 3.15.1 (TensorFlow 2.21, x86, `model.predict`). byhand adds a sum up in input order, Keras in
//! the order of its matrix product, so the last digits may differ; the bounds below are what rounding alone can do.
//! `cargo test --test golden_dense -- --nocapture` prints the distances.

use std::{fmt::Write as _, fs};

use byhand::{
    load::{builtin, builtin_names},
    network::{Activation, Dense, Kernel, Layer, Network, Operation, Stage, Weight, ulps},
    pass::Pass,
};
use serde_json::Value;

/// Networks whose layers follow one another.
const CHAINS: &[&str] = &["a_line", "b_hinge", "c_sum", "d_xor", "e_iris", "f_digits", "n_inputdim"];

/// One layer a known activation, all on the same input.
const SIDE_BY_SIDE: &str = "g_dense_acts";

/// Keras adds up all the cumulative sums of the support where the source takes the last one, so it is right only when a
/// single output is left above 0; byhand follows the source (see `activation/vector.rs`).
const NOT_AS_KERAS: &str = "sparsemax";

/// The distance of two neighbours just above 1.
const EPS: f64 = f32::EPSILON as f64;

/// Two sums of the same products in different orders, each addition rounded: how far apart they may be, in units of `EPS`
/// times the sum of the magnitudes. The test prints what is used of it, 0.72; in theory it grows with the number of terms.
const SUM: f64 = 1.0;

/// An activation's own distance from Keras', in units of `EPS` times its value; `tests/activations.rs` is tighter.
const ACTIVATION: f64 = 3.0;

fn read(path: &str) -> Value {
    let path = format!("{}/tests/golden/{path}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(&path).expect(&path)).expect(&path)
}

fn floats(value: &Value) -> Vec<f32> {
    value.as_array().expect("a list").iter().map(|v| v.as_f64().expect("a number") as f32).collect()
}

/// What Keras says about one layer: one row a sample.
struct Golden {
    z: Vec<Vec<f32>>,
    a: Vec<Vec<f32>>,
}

/// The network's layers with their goldens, and the inputs, one row a sample.
fn model(name: &str) -> (Vec<(Layer, Golden)>, Vec<Vec<f32>>) {
    let (golden, weights) = (read(&format!("{name}/golden.json")), read(&format!("{name}/weights.json")));
    let mut arrays = weights.as_array().expect("arrays").iter().peekable();
    let shape = |array: &Value| {
        array["shape"]
            .as_array()
            .expect("a shape")
            .iter()
            .map(|n| n.as_u64().expect("a length") as usize)
            .collect::<Vec<_>>()
    };
    let rows = |values: &Value, samples: usize| {
        let values = floats(values);
        values.chunks(values.len() / samples).map(<[f32]>::to_vec).collect::<Vec<_>>()
    };
    let samples = golden["inputs"][0]["shape"][0].as_u64().expect("samples") as usize;
    let layers = golden["layers"].as_array().expect("layers").iter().map(|layer| {
        let kernel = arrays.next().expect("a kernel");
        let [inputs, units] = shape(kernel)[..] else { panic!("a kernel has two dimensions") };
        let bias = arrays.next_if(|array| shape(array).len() == 1).map(|array| floats(&array["values"]));
        let activation = layer["activation"].as_str().expect("a name").parse::<Activation>().expect("known");
        let kernel = Kernel::from_rows(inputs, units, &floats(&kernel["values"])).expect("as many as its shape says");
        let operation = Operation::Dense(Dense::new(kernel, bias, activation));
        let golden = Golden { z: rows(&layer["pre"], samples), a: rows(&layer["data"], samples) };
        (Layer { name: layer["name"].as_str().expect("a name").to_owned(), operation }, golden)
    });
    let layers: Vec<(Layer, Golden)> = layers.collect();
    assert!(arrays.next().is_none(), "{name}: an array is left");
    (layers, rows(&golden["inputs"][0]["data"], samples))
}

/// Distances in ulp of one kind of value in one model.
#[derive(Default)]
struct Distances(Vec<u32>);

impl Distances {
    fn row(&mut self, name: &str) -> String {
        self.0.sort_unstable();
        let at = |share: f64| self.0[((self.0.len() - 1) as f64 * share).round() as usize];
        let exact = 100.0 * self.0.iter().filter(|&&d| d == 0).count() as f64 / self.0.len() as f64;
        format!("{name:22} {:6} {exact:6.1} % {:6} {:6} {:8}", self.0.len(), at(0.5), at(0.99), at(1.0))
    }
}

/// How much faster than its input the activation can change between two neighbouring vectors.
fn slope(activation: Activation, z: &[f32]) -> f64 {
    let largest = f64::from(z.iter().copied().fold(f32::MIN, f32::max));
    let magnitude = f64::from(z.iter().copied().map(f32::abs).fold(0.0, f32::max));
    match activation {
        Activation::Selu => 1.76,
        Activation::HardSilu => 1.5,
        Activation::Gelu | Activation::Silu | Activation::Mish => 1.13,
        Activation::Exponential => largest.exp(),
        Activation::LogSoftmax => 2.0,
        Activation::Glu => 1.0 + magnitude / 4.0,
        _ => 1.0,
    }
}

/// What an activation loses by taking one number from another of like size, in units of `EPS`.
fn cancelled(activation: Activation, z: f32) -> f64 {
    match activation {
        Activation::Elu { .. } | Activation::Celu { .. } => 1.0,
        Activation::Gelu | Activation::Mish | Activation::TanhShrink => f64::from(z.abs()),
        _ => 0.0,
    }
}

/// Holds one layer against Keras. `drift`: how far each of its inputs is from Keras' already. Gives the largest distance
/// of a sum, in the units of `SUM`, where the inputs are Keras' own.
fn hold(about: &str, pass: &Pass, index: usize, z: &[f32], a: &[f32], drift: &[f64]) -> f64 {
    let dense = pass.network().layer(index).and_then(|layer| layer.operation.as_dense()).expect("dense");
    let input = pass.stage(index, Stage::In).expect("an input");
    let (ours_z, ours_a) = (pass.stage(index, Stage::Z).expect("z"), pass.stage(index, Stage::A).expect("a"));
    assert_eq!((ours_z.len(), ours_a.len()), (z.len(), a.len()), "{about}");
    let mut used: f64 = 0.0;
    for unit in 0..z.len() {
        let bias = dense.bias().map_or(0.0, |bias| f64::from(bias[unit].abs()));
        let (mut magnitude, mut drifted) = (bias, 0.0);
        for (i, (&x, &far)) in input.iter().zip(drift).enumerate() {
            let w = f64::from(dense.kernel().get(i, unit).expect("a weight"));
            magnitude += (f64::from(x) * w).abs();
            drifted += far * w.abs();
        }
        let (bound, far) = (SUM * EPS * magnitude + drifted, f64::from(ours_z[unit]) - f64::from(z[unit]));
        assert!(
            far.abs() <= bound,
            "{about}.z[{unit}]: {} is not Keras' {} ({far:e} > {bound:e})",
            ours_z[unit],
            z[unit]
        );
        if drifted == 0.0 && magnitude > 0.0 {
            used = used.max(far.abs() / (EPS * magnitude));
        }
    }
    let activation = dense.activation();
    if activation.name() == NOT_AS_KERAS {
        return used;
    }
    let apart = |i: usize| (f64::from(ours_z[i]) - f64::from(z[i])).abs();
    let furthest = (0..z.len()).map(apart).fold(0.0, f64::max);
    for unit in 0..a.len() {
        let moved = if activation.is_elementwise() { apart(unit) } else { furthest };
        let own = ACTIVATION * f64::from(a[unit].abs()) + cancelled(activation, z[unit]);
        // Below the smallest normal number nothing is left of a relative bound.
        let bound = moved * slope(activation, z) + EPS * own + f64::from(f32::MIN_POSITIVE);
        let far = (f64::from(ours_a[unit]) - f64::from(a[unit])).abs();
        assert!(far <= bound, "{about}.a[{unit}]: {} is not Keras' {} ({far:e} > {bound:e})", ours_a[unit], a[unit]);
    }
    used
}

fn compare(ours: &[f32], theirs: &[f32], distances: &mut Distances) {
    distances.0.extend(ours.iter().zip(theirs).map(|(&a, &b)| ulps(a, b)));
}

#[test]
fn every_value_of_every_layer_is_what_keras_computes() {
    let mut table =
        format!("{:22} {:>6} {:>8} {:>6} {:>6} {:>8}\n", "ulp from Keras", "values", "exact", "median", "p99", "max");
    let mut used: f64 = 0.0;
    for name in CHAINS {
        let (layers, inputs) = model(name);
        let (layers, goldens): (Vec<Layer>, Vec<Golden>) = layers.into_iter().unzip();
        let network = Network::new(*name, layers).expect(name);
        let (mut far_z, mut far_a) = (Distances::default(), Distances::default());
        for (sample, input) in inputs.iter().enumerate() {
            let pass = Pass::new(&network, input, &[]).expect(name);
            let mut drift = vec![0.0; input.len()];
            for (index, golden) in goldens.iter().enumerate() {
                let (z, a) = (&golden.z[sample], &golden.a[sample]);
                let about = format!("{name} sample {sample} layer {index}");
                used = used.max(hold(&about, &pass, index, z, a, &drift));
                let ours = pass.stage(index, Stage::A).expect("a");
                drift = ours.iter().zip(a).map(|(&ours, &keras)| (f64::from(ours) - f64::from(keras)).abs()).collect();
                compare(pass.stage(index, Stage::Z).expect("z"), z, &mut far_z);
                compare(ours, a, &mut far_a);
            }
        }
        let _ = writeln!(table, "{}\n{}", far_z.row(&format!("{name} z")), far_a.row(&format!("{name} a")));
    }
    let (layers, inputs) = model(SIDE_BY_SIDE);
    let (mut far_z, mut far_a) = (Distances::default(), Distances::default());
    // Activations that take one number from another of like size lose digits; their bound is absolute.
    let mut far = String::new();
    assert_eq!(layers.len(), 31);
    for (layer, golden) in layers {
        let name = layer.name.clone();
        let network = Network::new(&name, vec![layer]).expect(&name);
        let mut of_layer = Distances::default();
        for (sample, input) in inputs.iter().enumerate() {
            let pass = Pass::new(&network, input, &[]).expect(&name);
            let (z, a) = (&golden.z[sample], &golden.a[sample]);
            used = used.max(hold(&format!("{name} sample {sample}"), &pass, 0, z, a, &vec![0.0; input.len()]));
            compare(pass.stage(0, Stage::Z).expect("z"), z, &mut far_z);
            if !name.ends_with(NOT_AS_KERAS) {
                compare(pass.output(), a, &mut of_layer);
            }
        }
        let furthest = of_layer.0.iter().copied().max().unwrap_or(0);
        if furthest > 4 {
            let _ = write!(far, "{name} {furthest} ulp  ");
        }
        far_a.0.extend(of_layer.0);
    }
    let _ = writeln!(table, "{}\n{}", far_z.row("g_dense_acts z"), far_a.row("g_dense_acts a"));
    println!("{table}\nof the bound of {SUM} on sums, {used:.2} is used\nfurther than 4 ulp: {far}");
}

#[test]
fn a_wrong_weight_in_the_last_digits_would_be_seen() {
    let (layers, inputs) = model("b_hinge");
    let (mut layers, mut goldens): (Vec<Layer>, Vec<Golden>) = layers.into_iter().unzip();
    let (layer, golden) = (layers.remove(0), goldens.remove(0));
    let network = Network::new("changed", vec![layer]).expect("fits");
    let weight = Weight::Kernel { input: 0, unit: 0 };
    let changed = network.weight(0, weight).expect("a weight") * (1.0 + 16.0 * f32::EPSILON);
    let network = network.with_weight(0, weight, changed).expect("changed");
    let all = || {
        for (input, (z, a)) in inputs.iter().zip(golden.z.iter().zip(&golden.a)) {
            hold("changed", &Pass::new(&network, input, &[]).expect("a pass"), 0, z, a, &[0.0; 2]);
        }
    };
    assert!(std::panic::catch_unwind(all).is_err());
}

#[test]
fn the_builtin_models_give_their_known_answers() {
    let mut table = String::new();
    for name in builtin_names() {
        let model = builtin(name).expect(name);
        if model.facts.known.is_empty() {
            continue;
        }
        let mut far = Distances::default();
        for known in &model.facts.known {
            let pass = Pass::new(&model.network, &known.input, &[]).expect(name);
            let theirs: Vec<f32> = known.output.iter().map(|text| text.parse().expect("a number")).collect();
            assert_eq!(theirs.len(), pass.output().len());
            for (&ours, &keras) in pass.output().iter().zip(&theirs) {
                // The sum of the last layer, whose products may cancel, and the activation. A layer without a kernel has
                // only its own few roundings.
                let last = model.network.depth() - 1;
                let input = pass.stage(last, Stage::In).expect("an input");
                let size = match model.network.layer(last).and_then(|layer| layer.operation.as_dense()) {
                    Some(dense) => {
                        let products = input.iter().zip(dense.kernel().values()).map(|(x, w)| f64::from(x * w).abs());
                        products.sum::<f64>() + dense.bias().map_or(0.0, |bias| f64::from(bias[0].abs()))
                    }
                    None => f64::from(ours.abs()) + 1.0,
                };
                // Nobody can be held to digits that were not printed.
                let printed = known.output[0].parse::<byhand::diagnose::Answer>().expect("a number").unit() / 2.0;
                let bound = 2.0 * EPS * size + printed;
                let apart = (f64::from(ours) - f64::from(keras)).abs();
                assert!(apart <= bound, "{name} at {:?}: {ours} is not {keras} ({apart:e} > {bound:e})", known.input);
            }
            compare(pass.output(), &theirs, &mut far);
        }
        let _ = writeln!(table, "{}", far.row(name));
    }
    println!("{table}");
}
