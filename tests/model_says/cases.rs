//! Cases: a network as somebody described it, inputs, and what the true model answers.

use std::{fs, path::Path};

use byhand::{
    diagnose::model_says::{Column, Training},
    network::{Activation, BatchNormalization, Dense, Kernel, Layer, Network, Operation},
};
use serde_json::Value;

/// Networks whose layers follow one another.
const CHAINS: &[&str] = &["a_line", "b_hinge", "c_sum", "d_xor", "e_iris", "f_digits", "n_inputdim"];

/// Inputs, and what the model answers.
pub(crate) type Pairs = Vec<(Vec<f32>, Vec<f64>)>;

pub(crate) struct Case {
    pub(crate) name: String,
    /// Under which heading it is counted.
    pub(crate) kind: String,
    pub(crate) described: Network,
    pub(crate) training: Option<Training>,
    /// Inputs, and what the model answers.
    pub(crate) pairs: Pairs,
    /// What should be found, in words.
    pub(crate) wanted: String,
    /// Whether these names of changes are the true cause.
    pub(crate) is_cause: Box<dyn Fn(&str) -> bool>,
}

fn read(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    serde_json::from_str(&text).expect("JSON")
}

fn floats(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|v| v.as_f64().expect("a number")).collect()
}

fn singles(values: &[f64]) -> Vec<f32> {
    values.iter().map(|&value| value as f32).collect()
}

/// A model of Keras: its network, and its inputs with Keras' answers.
struct Golden {
    network: Network,
    pairs: Pairs,
}

fn golden(name: &str) -> Golden {
    let (golden, weights) = (read(&format!("{name}/golden.json")), read(&format!("{name}/weights.json")));
    let arrays = weights.as_array().expect("arrays");
    let layers = golden["layers"].as_array().expect("layers").iter().zip(arrays.chunks(2)).map(|(layer, pair)| {
        let shape = floats(&pair[0]["shape"]);
        let values = singles(&floats(&pair[0]["values"]));
        let kernel = Kernel::from_rows(shape[0] as usize, shape[1] as usize, &values).expect("a kernel");
        let activation = layer["activation"].as_str().expect("a name").parse().expect("an activation");
        let operation = Operation::Dense(Dense::new(kernel, Some(singles(&floats(&pair[1]["values"]))), activation));
        Layer { name: layer["name"].as_str().expect("a name").to_owned(), operation }
    });
    let network = Network::new(name, layers.collect()).expect("fits");
    let rows = |value: &Value| -> Vec<Vec<f64>> {
        let width = value["shape"][1].as_u64().expect("a width") as usize;
        floats(&value["data"]).chunks(width).map(<[f64]>::to_vec).collect()
    };
    let (inputs, outputs) = (rows(&golden["inputs"][0]), rows(&golden["outputs"][0]));
    let pairs = inputs.iter().map(|input| singles(input)).zip(outputs).collect();
    Golden { network, pairs }
}

fn with_activation(network: &Network, layer: usize, activation: Activation) -> Option<Network> {
    let dense = network.layer(layer)?.operation.as_dense()?.clone();
    network.with_operation(layer, Operation::Dense(dense.with_activation(activation)))
}

/// Every layer described with another everyday activation; Keras answers with its own.
pub(crate) fn of_keras() -> Vec<Case> {
    let said = ["linear", "relu", "tanh", "sigmoid", "softmax", "gelu", "softplus"];
    let mut cases = Vec::new();
    for chain in CHAINS {
        let Golden { network, pairs } = golden(chain);
        for layer in 0..network.depth() {
            let dense = network.layer(layer).expect("a layer").operation.as_dense().expect("dense").clone();
            let (own, name) = (dense.activation(), network.layer(layer).expect("a layer").name.clone());
            for said in said {
                let said: Activation = said.parse().expect("an activation");
                let alone = said == Activation::Softmax && dense.kernel().units() == 1;
                let Some(described) = with_activation(&network, layer, said).filter(|_| said != own && !alone) else {
                    continue;
                };
                for pair in pairs.iter().take(if *chain == "f_digits" { 1 } else { 3 }) {
                    let wanted = format!("other-activation:{name}:{own}");
                    let exactly = wanted.clone();
                    cases.push(Case {
                        name: format!("{chain}, {name} described as {said}"),
                        kind: "activation".to_owned(),
                        described: described.clone(),
                        training: None,
                        pairs: vec![pair.clone()],
                        wanted,
                        is_cause: Box::new(move |name| name == exactly),
                    });
                }
            }
        }
    }
    cases
}

/// How a column of training values becomes what the network got, and back.
#[derive(Clone, Copy)]
struct Scaler {
    name: &'static str,
    /// From a column: what is subtracted, and the divisor.
    of: fn(&[f64]) -> (f64, f64),
}

fn mean(column: &[f64]) -> f64 {
    column.iter().sum::<f64>() / column.len() as f64
}

fn deviation(column: &[f64], less: usize) -> f64 {
    let mean = mean(column);
    (column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (column.len() - less) as f64).sqrt()
}

fn low(column: &[f64]) -> f64 {
    column.iter().copied().fold(f64::INFINITY, f64::min)
}

fn high(column: &[f64]) -> f64 {
    column.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

const SCALERS: [Scaler; 5] = [
    Scaler { name: "min-max", of: |column| (low(column), high(column) - low(column)) },
    // (x - low) / (high - low) * 2 - 1
    Scaler {
        name: "min-max-signed",
        of: |column| (f64::midpoint(low(column), high(column)), (high(column) - low(column)) / 2.0),
    },
    Scaler { name: "standard-n", of: |column| (mean(column), deviation(column, 0)) },
    Scaler { name: "standard-n-1", of: |column| (mean(column), deviation(column, 1)) },
    Scaler { name: "max-abs", of: |column| (0.0, high(column).abs().max(low(column).abs())) },
];

/// Scalers in front, behind or both, with their training table; the network is Keras' own, described without them.
pub(crate) fn unscaled() -> Vec<Case> {
    let mut random = fastrand::Rng::with_seed(5);
    let mut cases = Vec::new();
    for chain in ["a_line", "b_hinge", "c_sum", "d_xor", "e_iris", "n_inputdim"] {
        let Golden { network, pairs } = golden(chain);
        for scaler in SCALERS {
            for (front, behind) in [(true, false), (false, true), (true, true)] {
                // People scale the outputs of regressions.
                if behind && network.outputs() > 1 {
                    continue;
                }
                let mut column = |count: usize| {
                    let (middle, width) = (random.f64() * 80.0 - 20.0, random.f64() * 50.0 + 3.0);
                    (0..count)
                        .map(|_| ((middle + width * (random.f64() - 0.5)) * 100.0).round() / 100.0)
                        .collect::<Vec<f64>>()
                };
                let inputs: Vec<Vec<f64>> = (0..network.inputs()).map(|_| column(37)).collect();
                let targets: Vec<Vec<f64>> = (0..network.outputs()).map(|_| column(37)).collect();
                for (x, y) in pairs.iter().take(3) {
                    // What the pipeline gets, so that the network gets x.
                    let raw = |(x, column): (&f32, &Vec<f64>)| {
                        let (subtracted, divisor) = (scaler.of)(column);
                        (subtracted + divisor * f64::from(*x)) as f32
                    };
                    let input: Vec<f32> = if front { x.iter().zip(&inputs).map(raw).collect() } else { x.clone() };
                    let back = |(y, column): (&f64, &Vec<f64>)| {
                        let (added, factor) = (scaler.of)(column);
                        added + factor * y
                    };
                    let answer: Vec<f64> = if behind { y.iter().zip(&targets).map(back).collect() } else { y.clone() };
                    let columns = |columns: &[Vec<f64>]| columns.iter().map(|column| Column::new(column)).collect();
                    let training = Training { inputs: columns(&inputs), targets: columns(&targets) };
                    let kind = match (front, behind) {
                        (true, false) => "scaler in front",
                        (false, true) => "scaler behind",
                        _ => "scalers at both ends",
                    };
                    cases.push(Case {
                        name: format!("{chain}, {} {kind}", scaler.name),
                        kind: kind.to_owned(),
                        described: network.clone(),
                        training: Some(training),
                        pairs: vec![(input, answer)],
                        wanted: scaler.name.to_owned(),
                        is_cause: Box::new({
                            let (inputs, targets) = (inputs.clone(), targets.clone());
                            move |name| is_scaler(name, front, behind, scaler, &inputs, &targets)
                        }),
                    });
                }
            }
        }
    }
    cases
}

/// Whether the named scalings have the numbers of this scaler.
fn is_scaler(name: &str, front: bool, behind: bool, scaler: Scaler, inputs: &[Vec<f64>], targets: &[Vec<f64>]) -> bool {
    let parts: Vec<&str> = name.split(" + ").collect();
    let ends = [(front, "input-scaling:", inputs), (behind, "output-scaling:", targets)];
    let wanted = ends.iter().filter(|(there, ..)| *there).count();
    parts.len() == wanted
        && ends.iter().filter(|(there, ..)| *there).all(|(_, prefix, columns)| {
            let Some(how) = parts.iter().find_map(|part| part.strip_prefix(prefix)) else { return false };
            let hows: Vec<&str> = how.split(';').collect();
            columns.iter().enumerate().all(|(i, column)| {
                let (subtracted, divisor) = affine(hows.get(i).or(hows.first()).expect("one at least"));
                let (own, own_divisor) = (scaler.of)(column);
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-5 * divisor.abs().max(a.abs());
                near(subtracted, own) && near(divisor, own_divisor)
            })
        })
}

/// What a mapping subtracts and divides by, from the text of `--scaling`.
fn affine(how: &str) -> (f64, f64) {
    let numbers = |text: &str| text.split(',').map(|n| n.parse::<f64>().expect("a number")).collect::<Vec<_>>();
    if let Some(divisor) = how.strip_prefix('/') {
        return (0.0, divisor.parse().expect("a number"));
    }
    if let Some(standard) = how.strip_prefix("standard:") {
        let numbers = numbers(standard);
        return (numbers[0], numbers[1]);
    }
    let (from, to) = how.split_once(':').unwrap_or((how, "0,1"));
    let (from, to) = (numbers(from), numbers(to));
    // to = (x - from0) / (from1 - from0) * (to1 - to0) + to0
    let divisor = (from[1] - from[0]) / (to[1] - to[0]);
    (from[0] - to[0] * divisor, divisor)
}

/// Kernels, biases and normalisations, with NumPy's answers.
pub(crate) fn of_numpy() -> Vec<Case> {
    let cases = read("model_says/cases.json");
    let cases = cases.as_array().expect("cases").iter().enumerate();
    cases
        .map(|(n, case)| {
            let kind = case["kind"].as_str().expect("a kind").to_owned();
            let layers: Vec<&str> =
                case["layers"].as_array().expect("layers").iter().map(|l| l.as_str().expect("a name")).collect();
            let rows = |value: &Value| value.as_array().expect("rows").iter().map(floats).collect::<Vec<_>>();
            let inputs = rows(&case["inputs"]).into_iter().map(|input| singles(&input));
            let wanted =
                [kind.as_str(), &layers.join(",")].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(":");
            let prefix = wanted.clone();
            Case {
                name: format!("case {n}"),
                kind,
                described: described(&case["described"]),
                training: None,
                pairs: inputs.zip(rows(&case["answers"])).collect(),
                wanted,
                is_cause: Box::new(move |name| !name.contains(" + ") && name.starts_with(&prefix)),
            }
        })
        .collect()
}

fn described(layers: &Value) -> Network {
    let layers = layers.as_array().expect("layers").iter().map(|layer| {
        let list = |name: &str| singles(&floats(&layer[name]));
        let operation = if layer["kernel"].is_array() {
            let rows = layer["kernel"].as_array().expect("rows");
            let values: Vec<f32> = rows.iter().flat_map(|row| singles(&floats(row))).collect();
            let kernel = Kernel::from_rows(rows.len(), values.len() / rows.len(), &values).expect("a kernel");
            let bias = layer["bias"].is_array().then(|| list("bias"));
            let activation = layer["activation"].as_str().expect("a name").parse().expect("an activation");
            Operation::Dense(Dense::new(kernel, bias, activation))
        } else {
            let epsilon = layer["epsilon"].as_f64().expect("a number") as f32;
            let norm = BatchNormalization::new(list("mean"), list("variance"), epsilon);
            Operation::BatchNormalization(norm.with_gamma(list("gamma")).with_beta(list("beta")))
        };
        Layer { name: layer["name"].as_str().expect("a name").to_owned(), operation }
    });
    Network::new("described", layers.collect()).expect("fits")
}

/// Networks with numbers that have no cause: of the size of the outputs, and near them; one to four pairs.
pub(crate) fn arbitrary() -> Vec<(Network, Option<Training>, Pairs)> {
    let mut random = fastrand::Rng::with_seed(11);
    let mut all = Vec::new();
    // The digits' 64 pixels would only take longer.
    for chain in CHAINS.iter().filter(|chain| **chain != "f_digits") {
        let Golden { network, pairs } = golden(chain);
        for n in 0..10 {
            let count = if n < 5 { 1 } else { 1 + n % 4 };
            let pairs: Vec<_> = pairs
                .iter()
                .take(count)
                .map(|(x, y)| {
                    let any = |y: &f64| match n % 3 {
                        0 => y * (0.3 + 1.4 * random.f64()),
                        1 => y + (random.f64() - 0.5) * 2.0,
                        _ => (random.f64() - 0.5) * 20.0,
                    };
                    (x.clone(), y.iter().map(any).collect::<Vec<f64>>())
                })
                .collect();
            let mut column = || Column::new(&(0..25).map(|_| random.f64() * 40.0).collect::<Vec<f64>>());
            let inputs: Vec<Column> = (0..network.inputs()).map(|_| column()).collect();
            let targets: Vec<Column> = (0..network.outputs()).map(|_| column()).collect();
            let training = (n % 2 == 0).then_some(Training { inputs, targets });
            all.push((network.clone(), training, pairs));
        }
    }
    all
}
