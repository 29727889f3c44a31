//! Every model through every format that it is stored in: each layer's value against the framework's own.
//!
//! `tests/golden/keras/MODEL` has files as frameworks wrote them, beside what Keras gave for every layer (`golden.json`), what
//! Keras 2 gave (`golden_k2.json`) and what PyTorch gave (`golden_torch.json`). `cargo test --test files -- --nocapture` prints
//! the table. `BYHAND_GOLDEN=FOLDER` takes the models of another folder, laid out alike.

#[path = "support/distance.rs"]
mod distance;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use byhand::{
    file::{self, Bytes, Contents, Source},
    graph::Network,
    load::Given,
};
use distance::{BOUND, Distance, NOT_AS_KERAS, address, numbers, passes, sample, taken_by};
use serde_json::Value as Json;

fn root() -> PathBuf {
    std::env::var_os("BYHAND_GOLDEN")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/keras"), PathBuf::from)
}

fn json(path: &Path) -> Json {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads a file, and hands over what it holds.
fn with<T>(
    path: &Path,
    architecture: Option<&Path>,
    then: impl FnOnce(&Contents, &Source<'_>) -> T,
) -> Result<T, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let beside = |name: &str| -> Result<Box<dyn Bytes>, String> {
        let bytes = fs::read(path.parent().expect("a folder").join(name)).map_err(|error| error.to_string())?;
        Ok(Box::new(bytes))
    };
    let architecture = architecture.map(|path| fs::read(path).expect("an architecture"));
    let source = Source { name: "file", bytes: &bytes, beside: &beside };
    let contents = file::read(&source, architecture.as_deref()).map_err(|error| error.to_string())?;
    let contents = contents.ok_or("not known as a model file")?;
    Ok(then(&contents, &source))
}

/// The network of a file. Files of arrays alone are Dense layers one after the other, with the golden's activations.
fn network(path: &Path, architecture: Option<&Path>, golden: &Json) -> Result<Network, String> {
    with(path, architecture, |contents, source| {
        if contents.is_described() {
            let model = contents.network(source, None).map_err(|error| error.to_string())?;
            if let Some(missing) = model.missing.first() {
                return Err(format!("`{}` is missing: {}", missing.layer, missing.why));
            }
            return Ok(model.network);
        }
        let layers = golden["layers"].as_array().map_or(&[][..], Vec::as_slice);
        let activations = layers
            .iter()
            .filter(|layer| layer["cls"] == "Dense")
            .map(|layer| layer["activation"].as_str().expect("an activation").parse().expect("known"));
        let given = Given { activations: Some(activations.collect()), ..Given::named("file") };
        let opened = contents.chain(source, &given).map_err(|error| error.to_string())?;
        file::graph_of(&opened.model.network).map_err(|error| error.to_string())
    })?
}

/// Files with operators that byhand does not have, and one that it names.
const PARTLY: &[(&str, &str)] = &[
    ("g_act_layers/model.onnx", "Erfc"),
    ("g_dense_acts/model.onnx", "Erfc"),
    ("h_shape/model.onnx", "Tile"),
    ("i_conv1d/model.onnx", "StatefulPartitionedCall"),
    ("i_conv2d_more/model.onnx", "StatefulPartitionedCall"),
    ("j_gru/model.onnx", "Expand"),
    ("j_rnn/model.onnx", "Expand"),
    ("n_attention/model.onnx", "Erfc"),
];

/// The exporter wrote constants as inputs without values: nobody can compute this file.
const NOT_WHOLE: &str = "h_norm/model.onnx";

/// The classes of what is missing in a file.
fn missing(path: &Path) -> Vec<String> {
    let kinds = with(path, None, |contents, source| {
        let model = contents.outline(source).map_err(|error| error.to_string())?;
        Ok::<_, String>(model.missing.into_iter().map(|missing| missing.kind).collect())
    });
    kinds.and_then(|kinds| kinds).unwrap_or_else(|error| vec![error])
}

/// The files of a model: each with its description, if it has none of its own, and whose numbers it gives.
fn files(folder: &Path) -> Vec<(String, Option<PathBuf>, &'static str)> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    let file = |name: &str| Some(folder.join(name)).filter(|path| path.exists());
    names
        .into_iter()
        .filter_map(|name| {
            let extension = Path::new(&name).extension()?.to_str()?.to_owned();
            let keras2 = name.contains("_k2");
            let own = file(if keras2 { "model_k2.json" } else { "model.json" });
            let numbers = if name.contains("torch") || extension == "pt" {
                "golden_torch.json"
            } else if keras2 {
                "golden_k2.json"
            } else {
                "golden.json"
            };
            let architecture = match extension.as_str() {
                "npz" if own.is_none() => return None,
                "keras" | "pt" | "onnx" => None,
                "h5" if name.starts_with("legacy") => None,
                "safetensors" if name.starts_with("torch") => None,
                "h5" | "npz" | "safetensors" => own,
                _ => return None,
            };
            Some((name, architecture, numbers))
        })
        .collect()
}

/// The output of each pass of a network, beside the framework's.
fn outputs(network: &Network, golden: &Json, theirs: &[Vec<f32>]) -> Distance {
    let passes = passes(network, golden);
    let mut distance = Distance::default();
    assert_eq!(theirs.len(), network.outputs().len(), "outputs");
    for (theirs, &source) in theirs.iter().zip(network.outputs()) {
        let array = network.value(source).expect("an output").array;
        for (at, pass) in passes.iter().enumerate() {
            // What an activation as a layer of its own takes is the sum of the layer before.
            let mut from = network.node(source.node).from.clone();
            from.extend(from.clone().iter().flat_map(|before| network.node(before.node).from.clone()));
            let taken: Vec<&[f32]> =
                from.iter().filter_map(|&from| Some(pass.of(network.value(from)?.array))).collect();
            distance.see(pass.of(array), sample(theirs, passes.len(), at), &taken, "output");
        }
    }
    distance
}

/// Every layer of a network, beside the golden's.
fn layers(network: &Network, golden: &Json) -> Distance {
    let passes = passes(network, golden);
    let mut all = Distance::default();
    for layer in golden["layers"].as_array().expect("layers") {
        let address = address(network, layer);
        if NOT_AS_KERAS.iter().any(|name| address.starts_with(name)) {
            continue;
        }
        let theirs = numbers(&layer["data"]);
        let array = network.find(&address).unwrap_or_else(|error| panic!("{error}")).array;
        let taken = taken_by(network, &address);
        for (at, pass) in passes.iter().enumerate() {
            let taken: Vec<&[f32]> = taken.iter().map(|&array| pass.of(array)).collect();
            all.see(pass.of(array), sample(&theirs, passes.len(), at), &taken, &address);
        }
    }
    all
}

#[test]
fn every_file_gives_the_frameworks_numbers() {
    let only = std::env::var("FILES").unwrap_or_default();
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root()).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    let (mut table, mut all, mut count, mut wrong) = (String::new(), Distance::default(), 0, Vec::new());
    for folder in folders.iter().filter(|folder| folder.join("golden.json").exists()) {
        let golden = json(&folder.join("golden.json"));
        let model = folder.file_name().expect("a name").to_string_lossy().into_owned();
        for (name, architecture, whose) in files(folder) {
            if !format!("{model}/{name}").contains(&only) || format!("{model}/{name}") == NOT_WHOLE {
                continue;
            }
            count += 1;
            if let Some((_, operator)) = PARTLY.iter().find(|(path, _)| *path == format!("{model}/{name}")) {
                let missing = missing(&folder.join(&name));
                if !missing.iter().any(|kind| kind == operator) {
                    wrong.push(format!("{model}/{name}: `{operator}` is not named, but {missing:?}"));
                }
                continue;
            }
            let network = match network(&folder.join(&name), architecture.as_deref(), &golden) {
                Ok(network) => network,
                Err(why) => {
                    wrong.push(format!("{model}/{name}: {why}"));
                    continue;
                }
            };
            let first = golden["layers"][0]["name"].as_str().unwrap_or_default();
            let named = network.nodes().iter().any(|node| node.name.split('/').next() == Some(first));
            let distance = match whose {
                "golden.json" if named && !name.ends_with("onnx") => layers(&network, &golden),
                _ => {
                    let golden2 = json(&folder.join(whose));
                    let of = |list: &Json| {
                        if list[0].is_object() {
                            list.as_array().expect("outputs").iter().map(|output| numbers(&output["data"])).collect()
                        } else {
                            vec![numbers(list)]
                        }
                    };
                    outputs(&network, &golden, &of(&golden2["outputs"]))
                }
            };
            if distance.scaled > BOUND {
                wrong.push(distance.row(&model, &name, BOUND));
            }
            writeln!(table, "{}", distance.row(&model, &name, BOUND)).expect("a string");
            all.add(&distance);
        }
    }
    println!(
        "{:18} {:34} {:>7} {:>8} {:>9} {:>9} {:>7} {:>6}",
        "model", "file", "values", "exact", "ulp", "relative", "scaled", "bound"
    );
    println!("{table}{}", all.row("all", &format!("{count} files"), BOUND));
    assert!(wrong.is_empty(), "{} of {count} files differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 0);
}

/// The outputs of a model are those that a golden lists.
fn outputs_of(path: &Path, golden: &Json, outputs_golden: &[Vec<f32>]) -> Distance {
    let network = with(path, None, |contents, source| contents.network(source, None).expect("a network").network);
    outputs(&network.expect("a file"), golden, outputs_golden)
}

#[test]
fn tensorflow_js_models_give_what_tensorflow_js_gives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tfjs");
    for model in ["dense", "images", "words"] {
        let golden = json(&folder.join(model).join("golden.json"));
        let theirs = vec![numbers(&golden["outputs"][0]["data"])];
        let distance = outputs_of(&folder.join(model).join("model.json"), &golden, &theirs);
        println!("{}", distance.row("tfjs", model, BOUND));
        assert!(distance.scaled <= BOUND, "{}", distance.row("tfjs", model, BOUND));
    }
}

#[test]
fn scikit_learns_network_gives_scikit_learns_probabilities() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/sk_iris");
    let golden = json(&folder.join("golden.json"));
    let rows = |key: &str| -> Vec<f32> { golden[key].as_array().expect("rows").iter().flat_map(numbers).collect() };
    let inputs = rows("inputs");
    let samples = golden["inputs"].as_array().expect("rows").len();
    let inputs = serde_json::json!({ "inputs": [{ "shape": [samples, inputs.len() / samples], "data": inputs }] });
    let distance = outputs_of(&folder.join("model.onnx"), &inputs, &[rows("proba")]);
    println!("{}", distance.row("sk_iris", "model.onnx", BOUND));
    assert!(distance.scaled <= BOUND, "{}", distance.row("sk_iris", "model.onnx", BOUND));
}
