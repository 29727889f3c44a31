//! The core as a whole: the order of its steps, its registry, and what it does with descriptions that are not what they seem.

#[path = "support/npz.rs"]
mod npz;

use std::{collections::BTreeSet, fs, path::Path};

use byhand::{
    equation::Array,
    graph::{Arrays, Network, class_names, from_keras, op},
    load::{builtin, builtin_names},
    network::{Stage, recipe::Part, ulps},
    pass::Pass,
};
use serde_json::{Value as Json, json};

/// Classes without a golden, and why.
const NOT_COMPARED: &[(&str, &str)] =
    &[("ThresholdedReLU", "Keras 3 has none; its formula has one line, and its activation is tested")];

fn golden(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/keras").join(path)
}

/// Each golden's description and arrays.
fn descriptions() -> Vec<(String, Json, Vec<Array>)> {
    let folders = fs::read_dir(golden("")).expect("a folder").map(|entry| entry.expect("an entry"));
    let folders = folders.filter(|entry| entry.path().is_dir());
    let mut found: Vec<(String, Json, Vec<Array>)> = folders
        .map(|entry| {
            let name = entry.file_name().into_string().expect("a name");
            let text = fs::read_to_string(entry.path().join("model.json")).expect("a description");
            let arrays = npz::arrays(&fs::read(entry.path().join("weights.npz")).expect("weights"));
            (name, serde_json::from_str(&text).expect("JSON"), arrays)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn classes(json: &Json, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(entries) => {
            found.extend(entries.get("class_name").and_then(Json::as_str).map(str::to_owned));
            entries.values().for_each(|value| classes(value, found));
        }
        Json::Array(list) => list.iter().for_each(|value| classes(value, found)),
        _ => {}
    }
}

/// A built-in network as a graph.
fn graph(network: &byhand::network::Network) -> Option<Network> {
    let mut graph = Network::new(network.name());
    let mut last = graph.input("input", [network.inputs()]).expect("an input");
    for layer in (0..network.depth()).map(|at| network.layer(at).expect("a layer")) {
        let dense = layer.operation.as_dense()?;
        if !dense.activation().is_elementwise() {
            return None;
        }
        let kernel = dense.kernel();
        let array = |axes: &[usize], values: &[f32]| Array::new(axes, values.to_vec()).expect("it fits");
        let bias = dense.bias().map(|bias| array(&[bias.len()], bias));
        let kernel = array(&[kernel.inputs(), kernel.units()], kernel.values());
        let operation = op::Dense::new(kernel, bias, dense.activation());
        last = graph.add(layer.name.clone(), operation, [last]).expect("it fits");
    }
    graph.set_outputs([last]);
    Some(graph)
}

#[test]
fn steps_of_a_chain_are_those_of_its_recipes_one_by_one() {
    let mut compared = 0;
    for name in builtin_names() {
        let model = builtin(name).expect("built in");
        let Some(graph) = graph(&model.network) else { continue };
        let input: Vec<f32> = (0..model.network.inputs()).map(|i| 0.75 - 0.5 * i as f32).collect();
        let pass = Pass::new(&model.network, &input, &[]).expect("it fits");
        let values = graph.program().evaluate(&graph.given(&[input]).expect("it fits")).expect("it fits");
        let steps = graph.program().steps();
        assert_eq!(steps.total(), pass.steps(), "{name}");
        for k in 0..steps.total() {
            let (ours, theirs) =
                (graph.program().step(&steps, &values, k).expect("a step"), pass.step(k).expect("a step"));
            let layer = &model.network.layer(theirs.layer).expect("a layer").name;
            let address = graph.program().address(ours.place.array, ours.place.flat);
            let stage = match theirs.place.part {
                Part::Product(term) => {
                    assert_eq!(term, ours.place.term, "{name}, step {k}");
                    Stage::Wx
                }
                Part::Finish(at) if at + 1 == pass.recipe(theirs.layer).expect("a recipe").finish.len() => Stage::A,
                Part::Finish(_) => Stage::Z,
            };
            assert_eq!(address, format!("{layer}.{}[{}]", stage.name(), theirs.place.unit), "{name}, step {k}");
            // The old products go through float64, which rounds twice about once in 2^29.
            let (ours, theirs) = (ours.action.after(), theirs.action.after());
            assert!(ulps(ours, theirs) <= 1, "{name}, step {k}: {ours} and {theirs}");
            compared += 1;
        }
    }
    assert!(compared > 100, "only {compared} steps");
}

#[test]
fn every_class_is_compared_with_the_framework() {
    let mut seen = BTreeSet::new();
    for (_, description, _) in descriptions() {
        classes(&description, &mut seen);
    }
    for class in class_names() {
        let excused = NOT_COMPARED.iter().any(|(name, _)| *name == class);
        assert!(seen.contains(class) != excused, "{class}: a golden for it, or a reason why there is none");
    }
    assert!(class_names().is_sorted(), "in alphabetical order, so that nobody adds one twice");
}

#[test]
fn every_layer_ends_in_a_stage_called_a() {
    for (name, description, arrays) in descriptions() {
        let network = from_keras(&description, Arrays::InOrder(arrays), None).expect(&name);
        for node in network.nodes().iter().filter(|node| node.operation.is_some()) {
            let result = network.program().name(node.array());
            assert!(result.rsplit('.').next() == Some("a"), "{name}: {result}");
            let found = network.find(&format!("{}.a", node.name)).expect("an address");
            assert!(found.array == node.array() || result.contains('/'), "{name}: {result}");
            assert!(network.find(&format!("{}.in", node.name)).is_ok(), "{name}: {}", node.name);
        }
    }
}

#[test]
fn every_step_of_every_golden_is_found_and_gives_the_value() {
    let mut random = fastrand::Rng::with_seed(5);
    for (name, description, arrays) in descriptions() {
        let network = from_keras(&description, Arrays::InOrder(arrays), None).expect(&name);
        let program = network.program();
        let inputs = network.inputs().iter().map(|&id| vec![1.0; network.node(id).shape().size()]).collect::<Vec<_>>();
        let values = program.evaluate(&network.given(&inputs).expect("it fits")).expect("it fits");
        let steps = program.steps();
        for _ in 0..200 {
            let k = random.usize(..steps.total());
            let place = steps.place(k).expect("a step");
            assert_eq!(steps.step_of(place), Some(k), "{name}");
            let equation = program.equation_of(place.array).expect("an equation");
            if place.term + 1 == equation.rule.actions() {
                let (step, value) =
                    (program.step(&steps, &values, k).expect("a step"), values.of(place.array)[place.flat]);
                let after = step.action.after();
                assert!(after.to_bits() == value.to_bits() || (after.is_nan() && value.is_nan()), "{name}, step {k}");
            }
        }
    }
}

#[test]
fn whatever_a_description_says_nothing_panics() {
    let strange = [
        json!(null),
        json!(0),
        json!(-1),
        json!(1),
        json!(7),
        json!(1e18),
        json!(18_446_744_073_709_551_615_u64),
        json!("x"),
        json!("same"),
        json!([]),
        json!([0, 0]),
        json!([3]),
        json!([-1, 1]),
        json!({}),
        json!(true),
        json!(0.5),
    ];
    let mut random = fastrand::Rng::with_seed(9);
    let (mut refused, mut made) = (0, 0);
    for (name, description, arrays) in descriptions() {
        for _ in 0..60 {
            let (mut changed, mut arrays) = (description.clone(), arrays.clone());
            for _ in 0..random.usize(1..3) {
                change(&mut changed, &strange, &mut random);
            }
            if !arrays.is_empty() && random.u8(..4) == 0 {
                let at = random.usize(..arrays.len());
                arrays[at] = Array::new([random.usize(0..3), 2], vec![]).unwrap_or_else(|| Array::scalar(1.0));
            }
            match from_keras(&changed, Arrays::InOrder(arrays), Some(3)) {
                Err(error) => {
                    assert!(!error.to_string().is_empty());
                    refused += 1;
                }
                Ok(network) => {
                    made += 1;
                    if network.program().steps().total() < 100_000 {
                        let inputs = network.inputs().iter().map(|&id| vec![0.5; network.node(id).shape().size()]);
                        let given = network.given(&inputs.collect::<Vec<_>>()).expect(&name);
                        network.program().evaluate(&given).expect(&name);
                    }
                }
            }
        }
    }
    assert!(refused > 100 && made > 100, "{refused} were refused, {made} made");
}

/// Puts something strange in the place of one entry.
fn change(json: &mut Json, strange: &[Json], random: &mut fastrand::Rng) {
    let inner = match json {
        Json::Object(entries) if !entries.is_empty() => {
            let at = random.usize(..entries.len());
            entries.values_mut().nth(at)
        }
        Json::Array(list) if !list.is_empty() => {
            let at = random.usize(..list.len());
            list.get_mut(at)
        }
        _ => None,
    };
    match inner {
        Some(inner) if random.u8(..16) > 0 => change(inner, strange, random),
        _ => *json = strange[random.usize(..strange.len())].clone(),
    }
}

#[test]
fn a_wrong_weight_is_named_with_both_shapes() {
    let (_, description, mut arrays) = descriptions().into_iter().find(|(name, ..)| name == "a_line").expect("a_line");
    arrays[0] = Array::new([2, 16], vec![0.0; 32]).expect("32");
    let error = from_keras(&description, Arrays::InOrder(arrays.clone()), None).expect_err("a wrong shape").to_string();
    assert_eq!(error, "layer `dense`: `kernel` has shape (2, 16), but shape (1, 16) fits here");
    arrays.truncate(1);
    let error = from_keras(&description, Arrays::InOrder(arrays), None).expect_err("too few").to_string();
    assert_eq!(error, "layer `dense`: its weight `bias` is missing; the layer has only 1 array");
}

#[test]
fn an_address_that_is_not_there_says_what_there_is() {
    let (_, description, arrays) = descriptions().into_iter().find(|(name, ..)| name == "e_iris").expect("e_iris");
    let network = from_keras(&description, Arrays::InOrder(arrays), None).expect("iris");
    let error = |address: &str| network.find(address).expect_err(address).to_string();
    assert_eq!(error("dense.q"), "`dense.q` does not exist; layer `dense` has in, kernel, wx, bias, z, a");
    assert_eq!(
        error("dense_1.z[3]"),
        "`dense_1.z[3]` is outside: `dense_1.z` has shape (3,), and indices count from 0"
    );
    assert!(error("dens.z").contains("did you mean `dense"), "{}", error("dens.z"));
    assert_eq!(network.find("1.z[2]"), network.find("dense_1.z[2]"));
    assert_eq!(network.find("output[0]"), network.find("dense_1.a[0]"));
    assert_eq!(network.find("x").map(|found| found.array), network.find("dense.in").map(|found| found.array));
}

/// The same numbers for other gates: `place[k]` says which of the old gates is the k-th one now.
fn reordered(array: &Array, units: usize, place: &[usize]) -> Array {
    let width = units * place.len();
    let rows = array.values().chunks(width);
    let values = rows.flat_map(|row| place.iter().flat_map(|&gate| row[gate * units..(gate + 1) * units].to_vec()));
    Array::new(array.shape().clone(), values.collect()).expect("as many")
}

fn drawn(random: &mut fastrand::Rng, axes: &[usize]) -> Array {
    let values = (0..axes.iter().product()).map(|_| random.f32() * 2.0 - 1.0).collect();
    Array::new(axes, values).expect("as many")
}

/// What a recurrent layer gives for a sequence of 5 times and 3 numbers.
fn given_by(operation: impl byhand::graph::Operation + 'static) -> Vec<f32> {
    let mut network = Network::new("rnn");
    let x = network.input("x", [5, 3]).expect("an input");
    let rnn = network.add("rnn", operation, [x]).expect("it fits");
    let input = drawn(&mut fastrand::Rng::with_seed(77), &[5, 3]).values().to_vec();
    let values = network.program().evaluate(&network.given(&[input]).expect("it fits")).expect("it fits");
    values.of(network.node(rnn).array()).to_vec()
}

#[test]
fn gates_in_another_order_and_biases_in_two_parts_are_the_same_lstm() {
    let mut random = fastrand::Rng::with_seed(4);
    let sequence = op::Sequence { return_sequences: true, ..op::Sequence::default() };
    let keras = op::Lstm {
        kernel: drawn(&mut random, &[3, 16]),
        recurrent_kernel: drawn(&mut random, &[4, 16]),
        bias: Some(drawn(&mut random, &[16])),
        recurrent_bias: None,
        order: op::Gate::KERAS,
        activation: byhand::network::Activation::Tanh,
        recurrent_activation: byhand::network::Activation::Sigmoid,
        sequence,
    };
    // ONNX: i, o, f, g of Keras' i, f, g, o.
    let place = [0, 3, 1, 2];
    let onnx = op::Lstm {
        kernel: reordered(&keras.kernel, 4, &place),
        recurrent_kernel: reordered(&keras.recurrent_kernel, 4, &place),
        bias: keras.bias.as_ref().map(|bias| reordered(bias, 4, &place)),
        order: op::Gate::ONNX,
        ..keras.clone()
    };
    assert_eq!(given_by(keras.clone()), given_by(onnx));
    // PyTorch: halves of the bias, which add up to the same number exactly.
    let half = keras.bias.as_ref().map(|bias| bias.values().iter().map(|x| x / 2.0).collect::<Vec<f32>>());
    let half = half.and_then(|half| Array::new([16], half));
    let torch = op::Lstm { bias: half.clone(), recurrent_bias: half, ..keras.clone() };
    for (one, other) in given_by(keras).iter().zip(given_by(torch)) {
        assert!((one - other).abs() < 1e-6, "{one} and {other}");
    }
}

#[test]
fn a_gru_of_pytorch_is_that_of_keras_with_gates_in_another_order() {
    let mut random = fastrand::Rng::with_seed(6);
    let keras = op::Gru {
        kernel: drawn(&mut random, &[3, 12]),
        recurrent_kernel: drawn(&mut random, &[4, 12]),
        bias: Some(drawn(&mut random, &[12])),
        recurrent_bias: Some(drawn(&mut random, &[12])),
        order: op::GruGate::KERAS,
        reset_after: true,
        keeps_old: true,
        activation: byhand::network::Activation::Tanh,
        recurrent_activation: byhand::network::Activation::Sigmoid,
        sequence: op::Sequence::default(),
    };
    let place = [1, 0, 2];
    let turned = |array: &Array| reordered(array, 4, &place);
    let torch = op::Gru {
        kernel: turned(&keras.kernel),
        recurrent_kernel: turned(&keras.recurrent_kernel),
        bias: keras.bias.as_ref().map(turned),
        recurrent_bias: keras.recurrent_bias.as_ref().map(turned),
        order: op::GruGate::TORCH,
        ..keras.clone()
    };
    assert_eq!(given_by(keras.clone()), given_by(torch));
    // The other convention exchanges z and 1 - z.
    assert_ne!(given_by(keras.clone()), given_by(op::Gru { keeps_old: false, ..keras }));
}
