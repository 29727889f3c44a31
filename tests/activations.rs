//! Every activation against Keras: from Keras' own pre-activations to Keras' own outputs, in ulp.

#![allow(clippy::unwrap_used)] // a test may panic

use byhand::network::activation::Activation;
use byhand::network::ulp::ulps;
use std::fs;

/// Numbers of Keras 3.15.1 (TensorFlow 2.21, x86): `data` is from `model.predict`, `eager` from `model(x)`.
const GOLDENS: &[&str] = &[
    "a_line/golden.json",
    "b_hinge/golden.json",
    "c_sum/golden.json",
    "d_xor/golden.json",
    "e_iris/golden.json",
    "f_digits/golden.json",
    "g_dense_acts/golden.json",
    "n_inputdim/golden.json",
    "g_act_layers/activations.json",
];

/// How far from Keras a value may be: so many ulp, or the absolute `floor(z)` where Keras' own subtraction has already
/// lost more than that.
struct Bound {
    activation: &'static str,
    /// Percent of the values that must agree to the last bit with `predict`.
    exact: f64,
    /// With `predict`.
    ulp: u32,
    /// With `model(x)`.
    eager_ulp: u32,
    floor: fn(f32) -> f32,
}

const fn bound(activation: &'static str, exact: f64, ulp: u32, eager_ulp: u32, floor: fn(f32) -> f32) -> Bound {
    Bound { activation, exact, ulp, eager_ulp, floor }
}

fn none(_: f32) -> f32 {
    0.0
}

/// One step of a float32 between 0.5 and 1.
const STEP: f32 = 1.0 / 16_777_216.0;

/// elu takes 1 from a power below 1: two steps of that power.
fn two_steps(_: f32) -> f32 {
    2.0 * STEP
}

/// gelu multiplies z/2 by 1 + erf; XLA's erf is up to three steps off near -1, and the product is rounded.
fn steps_of_erf(z: f32) -> f32 {
    if z < 0.0 { -z * 2.0 * STEP } else { 0.0 }
}

/// mish multiplies z by a fraction whose numerator takes 1 from a float32 just above 1.
fn step_of_mish(z: f32) -> f32 {
    if z < 0.0 { -z * STEP } else { 0.0 }
}

/// `tanh_shrink` takes tanh(z) from z: one ulp of the tanh, which is at most one of z.
fn ulp_of_z(z: f32) -> f32 {
    z.abs().next_up() - z.abs()
}

/// Measured, not wished for: the exact shares are 2 points below what was measured, the ulp are the largest seen.
const BOUNDS: &[Bound] = &[
    bound("linear", 100.0, 0, 0, none),
    bound("relu", 100.0, 0, 0, none),
    bound("relu6", 100.0, 0, 0, none),
    bound("leaky_relu", 100.0, 0, 0, none),
    bound("leaky_relu(0.05)", 100.0, 0, 0, none),
    bound("leaky_relu(0.3)", 100.0, 0, 0, none),
    bound("elu", 85.0, 0, 0, two_steps),
    bound("elu(0.7)", 95.0, 0, 0, two_steps),
    bound("selu", 100.0, 0, 0, none),
    bound("celu", 92.0, 0, 0, two_steps),
    bound("gelu", 73.0, 2, 1, steps_of_erf),
    bound("silu", 56.0, 3, 6, none),
    bound("softplus", 62.0, 2, 2, none),
    bound("softsign", 100.0, 0, 0, none),
    bound("sigmoid", 53.0, 2, 3, none),
    bound("hard_sigmoid", 100.0, 0, 1, none),
    bound("hard_silu", 100.0, 0, 2, none),
    bound("tanh", 86.0, 2, 2, none),
    bound("tanh_shrink", 64.0, 0, 0, ulp_of_z),
    bound("hard_tanh", 100.0, 0, 0, none),
    bound("hard_shrink", 100.0, 0, 0, none),
    bound("soft_shrink", 100.0, 0, 0, none),
    bound("softmax", 44.0, 3, 3, none),
    bound("log_softmax", 88.0, 1, 1, none),
    bound("log_sigmoid", 62.0, 2, 2, none),
    bound("exponential", 87.0, 1, 1, none),
    bound("mish", 92.0, 6, 6, step_of_mish),
    bound("squareplus", 100.0, 0, 0, none),
    bound("sparse_plus", 100.0, 0, 1, none),
    bound("sparse_sigmoid", 100.0, 0, 0, none),
    bound("glu", 44.0, 3, 3, none),
];

fn floats(value: &serde_json::Value) -> Vec<f32> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap() as f32).collect()
}

/// One row of one layer: the activation's name, its input, Keras' output.
type Row = (String, Vec<f32>, Vec<f32>);

/// The rows of all layers that have this kind of output, `data` or `eager`.
fn rows(output: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for file in GOLDENS {
        let path = format!("{}/tests/golden/{file}", env!("CARGO_MANIFEST_DIR"));
        let golden: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for layer in golden["layers"].as_array().unwrap().iter().filter(|layer| !layer[output].is_null()) {
            let (pre, data) = (floats(&layer["pre"]), floats(&layer[output]));
            let samples = layer["shape"][0].as_u64().unwrap() as usize;
            let (z, a) = (pre.chunks(pre.len() / samples), data.chunks(data.len() / samples));
            let name = layer["activation"].as_str().unwrap();
            rows.extend(z.zip(a).map(|(z, a)| (name.to_owned(), z.to_vec(), a.to_vec())));
        }
    }
    rows
}

/// `(z, ours, Keras')` for every value of one activation.
fn values(rows: &[Row], activation: &str) -> Vec<(f32, f32, f32)> {
    let mut values = Vec::new();
    for (_, z, keras) in rows.iter().filter(|(name, ..)| name == activation) {
        let parsed: Activation = activation.parse().unwrap();
        assert_eq!(parsed.outputs(z.len()), Some(keras.len()), "{activation}");
        let ours = parsed.apply(z);
        assert_eq!(ours.len(), keras.len(), "{activation}");
        values.extend(ours.iter().zip(keras).zip(z).map(|((&a, &k), &z)| (z, a, k)));
    }
    values
}

#[test]
fn every_activation_agrees_with_keras_within_its_bound() {
    let (predict, eager) = (rows("data"), rows("eager"));
    for (name, ..) in &predict {
        assert!(name == "sparsemax" || BOUNDS.iter().any(|b| b.activation == name), "no bound for {name}");
    }
    let mut faults = Vec::new();
    println!("activation        values  exact  median  max ulp  beyond floor    model(x): exact  beyond floor");
    for bound in BOUNDS {
        let measure = |rows: &[Row]| {
            let values = values(rows, bound.activation);
            let mut all: Vec<u32> = values.iter().map(|&(_, a, k)| ulps(a, k)).collect();
            let beyond = values.iter().filter(|&&(z, a, k)| (a - k).abs() > (bound.floor)(z));
            let beyond = beyond.map(|&(_, a, k)| ulps(a, k)).max().unwrap_or(0);
            all.sort_unstable();
            let exact = 100.0 * all.iter().filter(|&&d| d == 0).count() as f64 / all.len().max(1) as f64;
            (all, exact, beyond)
        };
        let (all, exact, beyond) = measure(&predict);
        let (eager, eager_exact, eager_beyond) = measure(&eager);
        let (Some(max), median) = (all.last(), all[all.len() / 2]) else {
            faults.push(format!("no values for {}", bound.activation));
            continue;
        };
        println!(
            "{:16} {:7} {exact:5.1}% {median:7} {max:8} {beyond:13}   {:9} {eager_exact:5.1}% {eager_beyond:13}",
            bound.activation,
            all.len(),
            eager.len(),
        );
        if beyond > bound.ulp || exact < bound.exact || eager_beyond > bound.eager_ulp {
            faults.push(format!(
                "{}: {exact:.1} % exact, {beyond} ulp, {eager_beyond} ulp from model(x)",
                bound.activation
            ));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn sparsemax_agrees_with_keras_where_a_single_output_is_left() {
    // With more than one above 0, Keras 3.15.1 does not give shares that sum to 1.
    let (mut single, mut wrong) = (0, 0);
    for (_, z, keras) in rows("data").iter().filter(|row| row.0 == "sparsemax") {
        let ours = "sparsemax".parse::<Activation>().unwrap().apply(z);
        if ours.iter().filter(|a| **a > 0.0).count() == 1 {
            assert_eq!(&ours, keras);
            single += 1;
        } else {
            assert!((keras.iter().sum::<f32>() - 1.0).abs() > 1e-3, "Keras gives {keras:?}");
            wrong += 1;
        }
    }
    assert!(single > 0 && wrong > 0, "{single} rows with one output, {wrong} with more");
}
