//! Gradients against finite differences: `(loss(w + h) - loss(w - h)) / 2h` in float64, for every operation and every loss.
//!
//! The networks are those of `tests/golden/keras`, of which `tests/core.rs` asks one for every class of layer.

#[path = "support/float64.rs"]
mod float64;
#[path = "support/npz.rs"]
mod npz;

use std::{collections::BTreeSet, fs, path::Path};

use byhand::{
    equation::{Array, ArrayId},
    graph::{Arrays, Network, from_keras, op::Dense},
    network::Activation,
    train::{Convention, Labels, Loss, LossKind, Optimizer, Reduction, Run, StepProgram, TrainError, Training},
};
use float64::Exact;
use serde_json::Value as Json;

/// Classes whose gradient the three rules do not give, and why.
const WITHOUT: &[(&str, &str)] = &[("d_sparsemax", "its support is found by a comparison of sums")];

/// The largest network: more takes long in float64.
const MOST_STEPS: usize = 60_000;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/keras")
}

/// Arrays that a step is given, in float64.
type Given = Vec<(ArrayId, Vec<f64>)>;

/// The gradient along a direction of all weights: as the equations say, and by a finite difference.
fn both(step: &StepProgram, given: &Given, random: &mut fastrand::Rng) -> (f64, f64, f64) {
    let is_weight = |id: ArrayId| step.weights.iter().any(|line| line.old == id && line.gradient.is_some());
    let direction: Vec<Vec<f64>> =
        given.iter().map(|(_, values)| values.iter().map(|_| random.f64() * 2.0 - 1.0).collect()).collect();
    let moved = |by: f64| -> Given {
        let one = |((id, values), direction): (&(ArrayId, Vec<f64>), &Vec<f64>)| {
            let values = values.iter().zip(direction).map(|(x, d)| if is_weight(*id) { x + by * d } else { *x });
            (*id, values.collect())
        };
        given.iter().zip(&direction).map(one).collect()
    };
    let exact = Exact::new(&step.program, given);
    let (mut sum, mut size) = (0.0, 0.0);
    for line in &step.weights {
        let Some(gradient) = line.gradient else { continue };
        let at = given.iter().position(|(id, _)| *id == line.old).expect("a weight");
        for (g, d) in exact.of(gradient).iter().zip(&direction[at]) {
            sum += g * d;
            size += (g * d).abs();
        }
    }
    let h = 1e-6;
    let loss = |by: f64| Exact::new(&step.program, &moved(by)).of(step.loss)[0];
    (sum, (loss(h) - loss(-h)) / (2.0 * h), size)
}

fn given(training: &Training) -> Result<(std::sync::Arc<StepProgram>, Given), TrainError> {
    let mut run = Run::new(training)?;
    let step = run.program(0)?;
    let given = run.given(&step, 0)?;
    let exact = given.iter().map(|(id, array)| (*id, array.values().iter().map(|&x| f64::from(x)).collect()));
    Ok((step, exact.collect()))
}

fn drawn(random: &mut fastrand::Rng, count: usize) -> Vec<f32> {
    (0..count).map(|_| random.f32() * 2.0 - 1.0).collect()
}

#[test]
fn every_operation_has_the_gradient_of_its_finite_difference() {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    let only = std::env::var("GRADIENTS").unwrap_or_default();
    let mut random = fastrand::Rng::with_seed(10);
    let (mut classes, mut faults, mut compared, mut worst) = (BTreeSet::new(), Vec::new(), 0, 0.0_f64);
    for name in names.iter().filter(|name| name.contains(&only) && !WITHOUT.iter().any(|(other, _)| other == name)) {
        let description: Json =
            serde_json::from_str(&fs::read_to_string(folder().join(name).join("model.json")).expect("a text"))
                .expect("JSON");
        let arrays = npz::arrays(&fs::read(folder().join(name).join("weights.npz")).expect("weights"));
        let mut network = from_keras(&description, Arrays::InOrder(arrays), Some(3)).expect(name);
        if network.program().steps().total() > MOST_STEPS {
            continue;
        }
        let golden: Json =
            serde_json::from_str(&fs::read_to_string(folder().join(name).join("golden.json")).expect("a text"))
                .expect("JSON");
        // Words stay words: inputs are the golden's own.
        let samples = golden["inputs"][0]["shape"][0].as_u64().expect("samples") as usize;
        let row = |at: usize| -> Vec<f32> {
            let inputs = golden["inputs"].as_array().expect("inputs").iter();
            inputs
                .flat_map(|input| {
                    let all = input["data"].as_array().expect("data");
                    let length = all.len() / samples;
                    all[at * length..(at + 1) * length]
                        .iter()
                        .map(|x| x.as_f64().unwrap_or(0.5) as f32)
                        .collect::<Vec<_>>()
                })
                .collect()
        };
        let output = network.outputs()[0];
        network.set_outputs([output]);
        let width = network.value(output).expect("an output").shape.size();
        let loss = Loss::named("mean_squared_error", Convention::Keras).expect("a loss");
        let mut training =
            Training::new(network, loss, Optimizer::named("sgd", Convention::Keras).expect("an optimizer"));
        training.rows = (0..samples.min(3)).map(|at| (row(at), drawn(&mut random, width))).collect();
        let made = given(&training);
        let (step, given) = match made {
            Ok(made) => made,
            Err(error) => {
                faults.push(format!("{name}: {error}"));
                continue;
            }
        };
        if step.weights.iter().all(|line| line.gradient.is_none()) {
            continue;
        }
        let (ours, seen, size) = both(&step, &given, &mut random);
        if !seen.is_finite() {
            continue;
        }
        let far = (ours - seen).abs() / (size + seen.abs()).max(1e-9);
        worst = worst.max(far);
        compared += 1;
        classes.extend(training.network.nodes().iter().map(byhand::graph::Node::kind));
        if far > 2e-5 || far.is_nan() {
            faults.push(format!("{name}: {ours} by the equations, {seen} by difference ({far:.1e} of {size:.1e})"));
        }
    }
    println!(
        "{compared} networks, {} classes: {}",
        classes.len(),
        classes.iter().copied().collect::<Vec<_>>().join(", ")
    );
    println!("worst difference {worst:.1e} of the gradient");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(!only.is_empty() || classes.len() >= 60, "only {} classes were trained", classes.len());
}

/// Windows of every kind: strides that are other than the window, borders, groups, and places that no window reads.
#[test]
fn windows_with_any_stride_have_the_gradient_of_their_finite_difference() {
    use byhand::graph::op::{
        Conv, ConvTranspose, DepthwiseConv, Flatten, GlobalPooling, Padding, Pooling, PoolingKind,
    };
    let mut random = fastrand::Rng::with_seed(12);
    let mut compared = 0;
    for (size, stride, padding) in [
        (2, 2, Padding::Valid),
        (3, 2, Padding::Valid),
        (3, 2, Padding::Same),
        (2, 3, Padding::Valid),
        (2, 1, Padding::Same),
        (3, 1, Padding::Valid),
    ] {
        for kind in 0..6 {
            let mut array =
                |axes: &[usize]| Array::new(axes, drawn(&mut random, axes.iter().product())).expect("as many");
            // A first layer, so that the gradient goes back through the windows.
            let first =
                Conv { padding: Padding::Same, ..Conv::new(array(&[3, 3, 1, 4]), Some(array(&[4])), Activation::Tanh) };
            let mut network = Network::new("windows");
            let x = network.input("x", [7, 6, 1]).expect("an input");
            let first = network.add("first", first, [x]).expect("it fits");
            let (sizes, strides) = (vec![size; 2], vec![stride; 2]);
            let windows = match kind {
                0 | 1 => {
                    let kind = if kind == 0 { PoolingKind::Max } else { PoolingKind::Average };
                    network.add("second", Pooling { strides, padding, ..Pooling::new(kind, sizes) }, [first])
                }
                2 => {
                    let conv = Conv::new(array(&[size, size, 2, 6]), Some(array(&[6])), Activation::Tanh);
                    network.add("second", Conv { strides, padding, groups: 2, ..conv }, [first])
                }
                3 => {
                    let conv = DepthwiseConv::new(array(&[size, size, 4, 2]), None, Activation::Tanh);
                    network.add("second", DepthwiseConv { strides, padding, ..conv }, [first])
                }
                4 => {
                    let conv = ConvTranspose::new(array(&[size, size, 3, 4]), Some(array(&[3])), Activation::Tanh);
                    network.add("second", ConvTranspose { strides, padding, ..conv }, [first])
                }
                _ => {
                    let kind = if stride == 1 { PoolingKind::Average } else { PoolingKind::Max };
                    network.add(
                        "second",
                        GlobalPooling { kind, spatial: 2, keep: false, channels_first: false },
                        [first],
                    )
                }
            };
            let flat = network.add("flat", Flatten::default(), [windows.expect("it fits")]).expect("it fits");
            let width = network.node(flat).shape().size();
            let last = Array::new([width, 1], drawn(&mut random, width)).expect("as many");
            let y = network.add("last", Dense::new(last, None, Activation::Linear), [flat]).expect("it fits");
            network.set_outputs([y]);
            let loss = Loss::named("mean_squared_error", Convention::Keras).expect("a loss");
            let mut training = Training::new(network, loss, Optimizer::named("sgd", Convention::Keras).expect("sgd"));
            training.rows = (0..2).map(|_| (drawn(&mut random, 42), drawn(&mut random, 1))).collect();
            let (step, given) = given(&training).unwrap_or_else(|error| panic!("{kind}: {error}"));
            let (ours, seen, size_of) = both(&step, &given, &mut random);
            let far = (ours - seen).abs() / (size_of + seen.abs()).max(1e-9);
            assert!(
                far < 1e-6,
                "kind {kind}, window {size}, stride {stride}, {padding:?}: {ours}, {seen} by difference"
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 36);
}

/// Two layers in front of a loss, the last one of this activation.
fn small(random: &mut fastrand::Rng, last: Activation, outputs: usize) -> Network {
    let mut array = |axes: [usize; 2]| Array::new(axes, drawn(random, axes[0] * axes[1])).expect("as many");
    let (one, two) = (array([3, 4]), array([4, outputs]));
    let bias = Array::new([4], vec![0.1; 4]);
    let mut network = Network::new("small");
    let x = network.input("x", [3]).expect("an input");
    let hidden = network.add("hidden", Dense::new(one, bias, Activation::Tanh), [x]).expect("it fits");
    let y = network.add("output", Dense::new(two, None, last), [hidden]).expect("it fits");
    network.set_outputs([y]);
    network
}

#[test]
fn every_loss_has_the_gradient_of_its_finite_difference() {
    let mut random = fastrand::Rng::with_seed(11);
    let (mut compared, mut worst) = (0, 0.0_f64);
    let mut seen_kinds = Vec::new();
    for &(name, kind) in LossKind::NAMES {
        for convention in [Convention::Keras, Convention::Torch] {
            for reduction in [Reduction::Mean, Reduction::Sum] {
                for variant in 0..6 {
                    let outputs = 1 + variant % 3;
                    let mut loss = Loss::named(name, convention).expect(name);
                    loss.reduction = reduction;
                    loss.delta = 0.7;
                    let classes = matches!(
                        kind,
                        LossKind::CategoricalCrossentropy
                            | LossKind::SparseCategoricalCrossentropy
                            | LossKind::NegativeLogLikelihood
                    );
                    let probabilities = classes || kind == LossKind::BinaryCrossentropy;
                    let last = match (probabilities, classes, loss.from_logits) {
                        (false, ..) | (_, _, true) => Activation::Tanh,
                        (_, true, _) if kind == LossKind::NegativeLogLikelihood => Activation::LogSoftmax,
                        (_, true, _) => Activation::Softmax,
                        _ => Activation::Sigmoid,
                    };
                    loss.from_probabilities = variant >= 3;
                    if variant == 1 && probabilities {
                        loss.label_smoothing = 0.2;
                    }
                    if variant == 2 && classes && convention == Convention::Torch {
                        loss.class_weight = Some(vec![0.5, 2.0, 1.5]);
                    }
                    if variant == 2 && loss.from_logits && kind == LossKind::BinaryCrossentropy {
                        loss.positive_weight = Some(vec![3.0]);
                    }
                    let outputs = if loss.class_weight.is_some() { 3 } else { outputs };
                    let network = small(&mut random, last, outputs);
                    let optimizer = Optimizer::named("sgd", convention).expect("sgd");
                    let mut training = Training::new(network, loss, optimizer);
                    let label = |random: &mut fastrand::Rng| match kind {
                        _ if kind.is_sparse() => vec![random.usize(..outputs) as f32],
                        LossKind::CategoricalCrossentropy | LossKind::CategoricalHinge => {
                            let right = random.usize(..outputs);
                            (0..outputs).map(|class| f32::from(u8::from(class == right))).collect()
                        }
                        LossKind::BinaryCrossentropy | LossKind::Hinge | LossKind::SquaredHinge => {
                            (0..outputs).map(|_| f32::from(random.u8(..2))).collect()
                        }
                        _ => drawn(random, outputs),
                    };
                    training.rows = (0..4).map(|_| (drawn(&mut random, 3), label(&mut random))).collect();
                    let (step, given) = given(&training).unwrap_or_else(|error| panic!("{name}: {error}"));
                    let (ours, seen, size) = both(&step, &given, &mut random);
                    let far = (ours - seen).abs() / (size + seen.abs()).max(1e-6);
                    worst = worst.max(far);
                    assert!(far < 1e-5, "{name} {convention:?} {reduction:?} {variant}: {ours}, {seen} by difference");
                    compared += 1;
                    if !seen_kinds.contains(&kind) {
                        seen_kinds.push(kind);
                    }
                }
            }
        }
    }
    println!("{compared} losses of {} kinds, worst difference {worst:.1e} of the gradient", seen_kinds.len());
    assert!(seen_kinds.len() >= 14);
}

#[test]
fn labels_of_a_batch_say_what_keras_does_with_them() {
    assert!(Labels::of(&[0.0, 1.0, 1.0], 1).all_0_or_1);
    assert!(!Labels::of(&[-1.0, 1.0], 1).all_0_or_1);
    assert!(Labels::of(&[0.2, 0.8, 0.0, 1.0], 2).sum_to_1);
    assert!(!Labels::of(&[1.0, 1.0], 2).sum_to_1);
}
