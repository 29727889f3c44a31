//! The golden Dense models, read from their prints.

use std::{fs, path::Path};

use byhand::{
    load,
    mistake::Mistake,
    network::{Activation, Dense, Kernel, Layer, Network, Operation, Stage},
    pass::Pass,
};
use serde_json::Value;

/// Networks whose layers follow one another.
const CHAINS: &[&str] = &["a_line", "b_hinge", "c_sum", "d_xor", "e_iris", "f_digits", "n_inputdim"];

/// One layer a known activation, all on the same input.
const SIDE_BY_SIDE: &str = "g_dense_acts";

/// A network with the inputs that it is made for.
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) network: Network,
    /// The lowest and highest value of each input in the golden file.
    pub(crate) ranges: Vec<(f32, f32)>,
    /// Every single mistake that can be made in it.
    pub(crate) mistakes: Vec<Mistake>,
}

/// So many cases, times `BYHAND_CASES`.
pub(crate) fn times(cases: usize) -> usize {
    cases * std::env::var("BYHAND_CASES").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// Every model.
pub(crate) fn models() -> Vec<Model> {
    let mut models: Vec<Model> = CHAINS.iter().map(|name| Model::new(name, layers(name), &ranges(name))).collect();
    let ranges = ranges(SIDE_BY_SIDE);
    models.extend(layers(SIDE_BY_SIDE).into_iter().map(|layer| Model::new(&layer.name.clone(), vec![layer], &ranges)));
    models
}

fn read(name: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name).join(file);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn golden(name: &str) -> Value {
    serde_json::from_str(&read(name, "golden.json")).expect(name)
}

fn ranges(name: &str) -> Vec<(f32, f32)> {
    let golden = golden(name);
    let input = &golden["inputs"][0];
    let width = input["shape"][1].as_u64().expect("a width") as usize;
    let values: Vec<f32> =
        input["data"].as_array().expect("numbers").iter().map(|x| x.as_f64().expect("a number") as f32).collect();
    let column = |i: usize| values.iter().skip(i).step_by(width).copied();
    (0..width).map(|i| (column(i).fold(f32::INFINITY, f32::min), column(i).fold(f32::NEG_INFINITY, f32::max))).collect()
}

fn layers(name: &str) -> Vec<Layer> {
    let mut arrays =
        load::read(read(name, "text/numpy2_full.txt").into_bytes()).expect(name).arrays().into_iter().peekable();
    let golden = golden(name);
    let layers = golden["layers"].as_array().expect("layers").iter().map(|layer| {
        let kernel = arrays.next().expect("a kernel");
        let [inputs, units] = kernel.shape[..] else { panic!("a kernel has two dimensions") };
        let bias = arrays.next_if(|array| array.shape.len() == 1).map(|array| array.values);
        let activation = layer["activation"].as_str().expect("a name").parse::<Activation>().expect("known");
        let kernel = Kernel::from_rows(inputs, units, &kernel.values).expect("as many as its shape says");
        let operation = Operation::Dense(Dense::new(kernel, bias, activation));
        Layer { name: layer["name"].as_str().expect("a name").to_owned(), operation }
    });
    let layers: Vec<Layer> = layers.collect();
    assert!(arrays.next().is_none(), "{name}: an array is left");
    layers
}

impl Model {
    fn new(name: &str, layers: Vec<Layer>, ranges: &[(f32, f32)]) -> Self {
        let network = Network::new(name, layers).expect(name);
        let mistakes = Mistake::all(&network);
        Self { name: name.to_owned(), network, ranges: ranges.to_vec(), mistakes }
    }

    /// An input within the ranges, with two decimals, as one types it.
    pub(crate) fn input(&self, random: &mut fastrand::Rng) -> Vec<f32> {
        let hundredths = |x: f32| (x * 100.0).round() / 100.0;
        self.ranges.iter().map(|&(low, high)| hundredths(low + (high - low) * random.f32())).collect()
    }

    /// Differences of an output up to this are what float32 does: it keeps about seven digits of the terms that add up to it.
    pub(crate) fn limit(&self, input: &[f32], output: usize, right: f32) -> f32 {
        let pass = Pass::new(&self.network, input, &[]).expect("it fits");
        let last = self.network.depth() - 1;
        let arrives = pass.stage(last, Stage::In).unwrap_or(&[]);
        let dense = self.network.layer(last).and_then(|layer| layer.operation.as_dense()).expect("a dense layer");
        let term = |(i, x): (usize, &f32)| dense.kernel().get(i, output).map_or(0.0, |w| (x * w).abs());
        let size: f32 = arrives.iter().enumerate().map(term).sum();
        // An exponential makes a relative error of an absolute one.
        let times = if dense.activation() == Activation::Exponential { right.abs().max(1.0) } else { 1.0 };
        4.0 * f32::EPSILON * (size * times).max(right.abs())
    }

    /// The same with a linear layer there.
    pub(crate) fn without_activation(&self, layer: usize) -> Self {
        let layers = self.network.layers().enumerate().map(|(i, of)| {
            let operation = match of.operation.as_dense() {
                Some(dense) if i == layer => {
                    let bias = dense.bias().map(<[f32]>::to_vec);
                    Operation::Dense(Dense::new(dense.kernel().clone(), bias, Activation::Linear))
                }
                _ => of.operation.clone(),
            };
            Layer { name: of.name.clone(), operation }
        });
        Self::new(&self.name, layers.collect(), &self.ranges)
    }

    /// A mistake by lot, common kinds more often.
    pub(crate) fn drawn(&self, random: &mut fastrand::Rng) -> Mistake {
        let mut kinds: Vec<(f64, Vec<&Mistake>)> = Vec::new();
        for mistake in &self.mistakes {
            match kinds.iter_mut().find(|(_, of)| of[0].kind == mistake.kind) {
                Some((_, of)) => of.push(mistake),
                None => kinds.push((mistake.kind.common, vec![mistake])),
            }
        }
        let mut left = random.f64() * kinds.iter().map(|(common, _)| common).sum::<f64>();
        let drawn = kinds.iter().find(|(common, _)| {
            left -= common;
            left < 0.0
        });
        let (_, ways) = drawn.or(kinds.last()).expect("some mistake can be made");
        *ways[random.usize(..ways.len())]
    }
}
