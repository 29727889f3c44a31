//! Single operators of ONNX, and recurrent layers of PyTorch, against onnxruntime (`tests/golden/onnx/generate.py`).

use std::{fs, path::PathBuf};

use byhand::file::{self, Bytes, Source};
use serde_json::Value as Json;

/// How far float32 sums in another order may be apart here: values below 10, some dozens of operations.
const NEAR: f64 = 2e-6;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/onnx")
}

fn numbers(json: &Json) -> Vec<f32> {
    json.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number") as f32).collect()
}

/// The values of the first output.
fn output(name: &str, architecture: Option<&[u8]>, input: &[f32]) -> Result<Vec<f32>, String> {
    let bytes = fs::read(folder().join(name)).expect("a file");
    let beside = |_: &str| -> Result<Box<dyn Bytes>, String> { Err("not there".to_owned()) };
    let source = Source { name, bytes: &bytes, beside: &beside };
    let contents = file::read(&source, architecture).map_err(|why| why.to_string())?.ok_or("a text")?;
    let outline = contents.outline(&source).map_err(|why| why.to_string())?;
    if let Some(missing) = outline.missing.first() {
        return Err(format!("{}: {}", missing.layer, missing.why));
    }
    let open = outline.open_length(&[input.to_vec()]);
    let model = contents.network(&source, open).map_err(|why| why.to_string())?;
    let network = &model.network;
    let given = network.given(&[input.to_vec()]).map_err(|why| why.to_string())?;
    let values = network.program().evaluate(&given).map_err(|why| why.to_string())?;
    let array = network.value(*network.outputs().first().ok_or("no output")?).ok_or("no value")?.array;
    Ok(values.of(array).to_vec())
}

/// Every model with its golden: the largest distance.
fn compare(ends: &str, architecture: impl Fn(&str) -> Option<Vec<u8>>) -> usize {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("a folder")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter(|name| name.ends_with(ends))
        .collect();
    names.sort();
    for name in &names {
        let stem = name.trim_end_matches(ends);
        let golden: Json =
            serde_json::from_slice(&fs::read(folder().join(format!("{stem}.json"))).expect("a golden")).expect("JSON");
        let architecture = architecture(stem);
        let (input, expected) = (numbers(&golden["input"]), numbers(&golden["output"]));
        let got = output(name, architecture.as_deref(), &input).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(got.len(), expected.len(), "{name}");
        let apart = got.iter().zip(&expected).map(|(a, b)| f64::from(a - b).abs()).fold(0.0, f64::max);
        println!("{name}: {} values, at most {apart:.1e} apart", got.len());
        assert!(apart <= NEAR, "{name}: {got:?}, not {expected:?}");
    }
    names.len()
}

#[test]
fn every_operator_gives_what_onnxruntime_gives() {
    assert_eq!(compare(".onnx", |_| None), 23);
}

#[test]
fn recurrent_modules_of_several_layers_and_both_directions_give_what_onnxruntime_gives() {
    let print = |stem: &str| Some(fs::read(folder().join(format!("{stem}.txt"))).expect("a print"));
    assert_eq!(compare(".safetensors", print), 9);
}
