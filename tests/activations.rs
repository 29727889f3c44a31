//! Every activation against Keras: from Keras' own pre-activations to Keras' own outputs, in ulp.

use byhand::network::activation::Activation;
use byhand::network::ulp::ulps;
use std::collections::BTreeMap;
use std::fs;

/// The files with Keras 3.15.1's numbers (TensorFlow 2.21 on x86, `model.predict`).
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

fn floats(value: &serde_json::Value) -> Vec<f32> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap() as f32).collect()
}

/// (activation, pre-activation row, Keras' output row) for every row of every layer.
fn rows() -> Vec<(String, Vec<f32>, Vec<f32>)> {
    let mut rows = Vec::new();
    for file in GOLDENS {
        let path = format!("{}/tests/golden/{file}", env!("CARGO_MANIFEST_DIR"));
        let golden: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for layer in golden["layers"].as_array().unwrap() {
            let (pre, data) = (floats(&layer["pre"]), floats(&layer["data"]));
            let samples = layer["shape"][0].as_u64().unwrap() as usize;
            let (ins, outs) = (pre.chunks(pre.len() / samples), data.chunks(data.len() / samples));
            rows.extend(ins.zip(outs).map(|(z, a)| (layer["activation"].as_str().unwrap().to_owned(), z.to_vec(), a.to_vec())));
        }
    }
    rows
}

#[test]
fn explore() {
    let mut all: BTreeMap<String, Vec<(u32, f32, f32, f32)>> = BTreeMap::new();
    for (name, z, keras) in rows() {
        let activation: Activation = name.parse().unwrap();
        assert_eq!(activation.outputs(z.len()), Some(keras.len()));
        let ours = activation.apply(&z);
        assert_eq!(ours.len(), keras.len(), "{name}");
        for (i, (a, k)) in ours.iter().zip(&keras).enumerate() {
            all.entry(name.clone()).or_default().push((ulps(*a, *k), z[i], *a, *k));
        }
    }
    for (name, mut d) in all {
        d.sort_by(|a, b| a.0.cmp(&b.0));
        let exact = d.iter().filter(|d| d.0 == 0).count();
        let worst: Vec<String> = d.iter().rev().take(4).map(|d| format!("{}@{}:{:e}/{:e}", d.0, d.1, d.2, d.3)).collect();
        println!("{name:20} {:4} {:5.1}% median {} max {} | {}", d.len(), 100.0 * exact as f64 / d.len() as f64, d[d.len() / 2].0, d[d.len() - 1].0, worst.join(" "));
    }
}
