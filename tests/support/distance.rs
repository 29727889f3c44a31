//! How far values are from a framework's own, and the goldens that say them.

#[path = "numbers.rs"]
mod of_goldens;

use byhand::{
    equation::{ArrayId, Values},
    graph::Network,
    network::ulps,
};
pub(crate) use of_goldens::numbers;
use serde_json::Value as Json;

const EPS: f64 = f32::EPSILON as f64;

/// What rounding alone may do, in units of `EPS` times the largest magnitude of the layer.
pub(crate) const BOUND: f64 = 4.0;

/// Keras 3.15.1 computes sparsemax wrongly: it adds up all the cumulative sums of the support where the paper takes the last.
pub(crate) const NOT_AS_KERAS: &[&str] = &["d_sparsemax"];

/// The part of a list that belongs to one of several samples.
pub(crate) fn sample(values: &[f32], samples: usize, at: usize) -> &[f32] {
    let length = values.len() / samples;
    &values[at * length..(at + 1) * length]
}

/// How far apart two lists of values are.
#[derive(Default)]
pub(crate) struct Distance {
    pub(crate) values: usize,
    exact: usize,
    pub(crate) ulp: u32,
    relative: f64,
    /// In units of `EPS` times the largest magnitude.
    pub(crate) scaled: f64,
}

impl Distance {
    /// `taken`: what the layer takes.
    pub(crate) fn see(&mut self, ours: &[f32], theirs: &[f32], taken: &[&[f32]], about: &str) {
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

    pub(crate) fn add(&mut self, other: &Self) {
        self.values += other.values;
        self.exact += other.exact;
        self.ulp = self.ulp.max(other.ulp);
        self.relative = self.relative.max(other.relative);
        self.scaled = self.scaled.max(other.scaled);
    }

    pub(crate) fn row(&self, model: &str, layer: &str, bound: f64) -> String {
        let Self { values, exact, ulp, relative, scaled } = self;
        let exact = 100.0 * *exact as f64 / (*values).max(1) as f64;
        format!("{model:18} {layer:34} {values:7} {exact:6.1} % {ulp:9} {relative:9.1e} {scaled:7.2} {bound:6.1}")
    }
}

/// The address of what a layer gives; of a model within the model, what its last layer gives.
pub(crate) fn address(network: &Network, layer: &Json) -> String {
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
pub(crate) fn taken_by(network: &Network, address: &str) -> Vec<ArrayId> {
    let (layer, _) = address.rsplit_once('.').expect("LAYER.STAGE");
    let node = network.nodes().iter().find(|node| node.name == layer).expect("a layer");
    node.from.iter().filter_map(|&source| Some(network.value(source)?.array)).collect()
}

/// All passes of a model, one a sample.
pub(crate) fn passes(network: &Network, golden: &Json) -> Vec<Values> {
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
