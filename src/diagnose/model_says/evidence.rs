//! The model's own numbers beside what a variant of the described network gives.

use super::change::{Change, Variant};
use crate::{
    diagnose::{Answer, observation::Seen, posterior::chance},
    network::{Kernel, Network, Operation},
    pass::{Address, address::Of},
};

/// Frameworks, float64 scalers and the order of sums move a value by so many units of float32's precision.
const SLACK: f64 = 8.0 * f32::EPSILON as f64;

/// The chance that the model's number was cut off when it was written down.
const CUT: f64 = 0.1;

/// The chance that the digits that were not printed matter.
const PRINTED: f64 = 0.3;

/// So many ways to continue the printed digits are tried.
const CONTINUED: usize = 24;

/// More weights than this are not continued at random.
const MOST_CONTINUED: usize = 200_000;

/// The model's own numbers, and what is known of the network that gave them.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub(super) network: Network,
    pub(super) seen: Vec<Seen>,
    /// The addresses, with layers by their names: positions move when a layer joins.
    at: Vec<Address>,
    /// The network with other digits behind the printed ones; empty if all digits were printed.
    continued: Vec<Network>,
    /// How many decimals were printed.
    pub(super) decimals: Option<usize>,
}

impl Evidence {
    pub(super) fn new(network: &Network, seen: Vec<Seen>, decimals: Option<usize>) -> Self {
        let at = seen.iter().map(|seen| by_name(network, &seen.observation.at)).collect();
        let cut = decimals.filter(|decimals| *decimals < 7 && network.parameters() <= MOST_CONTINUED);
        let continued = cut.map(|decimals| continued(network, decimals)).unwrap_or_default();
        Self { network: network.clone(), seen, at, continued, decimals }
    }

    /// Every number with its observation and its position in it.
    pub(super) fn places(&self) -> impl Iterator<Item = (&Seen, usize)> {
        self.seen.iter().flat_map(|seen| (0..seen.right.len()).map(move |i| (seen, i)))
    }

    /// Every number as it was written.
    pub(super) fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.seen.iter().flat_map(|seen| &seen.observation.answers)
    }

    /// What the network as described gives in their places.
    pub(super) fn described(&self) -> Vec<f32> {
        self.seen.iter().flat_map(|seen| seen.right.iter().copied()).collect()
    }

    /// The inputs, each once.
    pub(super) fn batch(&self) -> Vec<&[f32]> {
        let mut batch: Vec<&[f32]> = Vec::new();
        for seen in &self.seen {
            if !batch.contains(&seen.observation.input.as_slice()) {
                batch.push(&seen.observation.input);
            }
        }
        batch
    }

    /// Whether all the numbers are outputs of the network.
    pub(super) fn outputs_only(&self) -> bool {
        self.at.iter().all(|at| at.of == Of::Output)
    }

    /// What the network with these changes gives in the places of the numbers.
    pub(super) fn values(&self, changes: &[Change]) -> Option<Vec<f32>> {
        self.values_of(&self.network, changes)
    }

    fn values_of(&self, network: &Network, changes: &[Change]) -> Option<Vec<f32>> {
        let variant = Variant::new(network, changes, &self.batch())?;
        let function = variant.function()?;
        let mut values = Vec::new();
        for (seen, at) in self.seen.iter().zip(&self.at) {
            let input = &seen.observation.input;
            let found = match (&at.of, at.index.first()) {
                (Of::Output, None) => variant.answers(&function, input),
                (Of::Output, Some(&index)) => vec![*variant.answers(&function, input).get(index)?],
                _ => variant.pass(input)?.get(at).ok()?.to_vec(),
            };
            if found.len() != seen.right.len() {
                return None;
            }
            values.extend(found);
        }
        Some(values)
    }

    /// By how much a value may differ from a number without contradicting it.
    pub(super) fn tolerance(seen: &Seen, i: usize, value: f64) -> f64 {
        let (Some(answer), Some(right)) = (seen.observation.answers.get(i), seen.right.get(i)) else { return 0.0 };
        let right = f64::from(*right).abs();
        let size = seen.size.get(i).copied().unwrap_or(0.0);
        // What is mapped to larger numbers behind the network is as much less exact.
        let grown = if right > 0.0 { (value.abs() / right).clamp(1.0, 1e6) } else { 1.0 };
        let slack = SLACK * (value.abs() + (size * grown).min(1e2 * value.abs()));
        answer.unit() / 2.0 * (1.0 + 1e-9) + slack
    }

    /// The chance of the numbers if the network with these changes, which gives these values, answered.
    pub(super) fn fit(&self, changes: &[Change], values: &[f32]) -> f64 {
        let exact = self.exact(values);
        if exact > 0.0 || self.continued.is_empty() { exact } else { self.continued(changes, values) }
    }

    fn exact(&self, values: &[f32]) -> f64 {
        let mut cut = false;
        for ((seen, i), &value) in self.places().zip(values) {
            let Some(answer) = seen.observation.answers.get(i) else { return 0.0 };
            let value = f64::from(value);
            let agrees = answer.agrees(value) || (answer.value() - value).abs() <= Self::tolerance(seen, i, value);
            if !agrees {
                if !answer.is_cut_from(value) {
                    return 0.0;
                }
                cut = true;
            }
        }
        if cut { CUT } else { 1.0 }
    }

    /// The same where the printed weights have fewer digits than the model's own.
    fn continued(&self, changes: &[Change], values: &[f32]) -> f64 {
        let close = |(answer, &value): (&Answer, &f32)| {
            let value = f64::from(value);
            (answer.value() - value).abs() <= 0.05 * answer.value().abs().max(value.abs()) + answer.unit()
        };
        if !self.answers().zip(values).all(close) {
            return 0.0;
        }
        let mut reach = vec![0.0f64; values.len()];
        for network in &self.continued {
            let Some(other) = self.values_of(network, changes) else { continue };
            for ((reach, value), other) in reach.iter_mut().zip(values).zip(other) {
                let by = f64::from((other - value).abs());
                *reach = if by.is_finite() { reach.max(by) } else { *reach };
            }
        }
        let mut chance = PRINTED;
        for (((seen, i), &value), reach) in self.places().zip(values).zip(reach) {
            let Some(answer) = seen.observation.answers.get(i) else { return 0.0 };
            // The largest of some random ways is not yet the largest of all.
            let (reach, own) = (1.5 * reach, Self::tolerance(seen, i, f64::from(value)));
            if (answer.value() - f64::from(value)).abs() > reach + own {
                return 0.0;
            }
            chance *= own / (reach + own);
        }
        chance
    }

    /// The chance of the numbers under a cause of which nothing is known. `typical`: by how much changes move each.
    pub(super) fn arbitrary(&self, typical: &[f64]) -> f64 {
        let chances = self.places().zip(typical).map(|((seen, i), &typical)| {
            let (Some(answer), Some(&right)) = (seen.observation.answers.get(i), seen.right.get(i)) else { return 1.0 };
            // What the network as described gives says nothing: any cause may leave it alone.
            if seen.agrees(i, right) || seen.is_cut(i, right) { 1.0 } else { chance(answer, right, typical) }
        });
        chances.product::<f64>().max(1e-280)
    }
}

fn by_name(network: &Network, at: &Address) -> Address {
    let of = match &at.of {
        Of::Stage(layer, stage) => {
            let name = network.find(layer).ok().and_then(|i| network.layer(i)).map(|layer| layer.name.clone());
            Of::Stage(name.unwrap_or_else(|| layer.clone()), *stage)
        }
        other => other.clone(),
    };
    Address { of, index: at.index.clone() }
}

/// Networks that print as this one does with so many decimals.
fn continued(network: &Network, decimals: usize) -> Vec<Network> {
    let mut random = fastrand::Rng::with_seed(0x5e_ed);
    let half = 0.5 * 10f64.powi(-(decimals as i32));
    let mut other = |value: f32| (f64::from(value) + half * (2.0 * random.f64() - 1.0)) as f32;
    (0..CONTINUED)
        .filter_map(|_| {
            let layers = network.layers().map(|layer| {
                let mut layer = layer.clone();
                if let Some(dense) = layer.operation.as_dense() {
                    let kernel = dense.kernel();
                    let values: Vec<f32> = kernel.values().iter().map(|&value| other(value)).collect();
                    let mut changed = dense.clone();
                    if let Some(kernel) = Kernel::from_rows(kernel.inputs(), kernel.units(), &values) {
                        changed = changed.with_kernel(kernel);
                    }
                    if let Some(bias) = dense.bias() {
                        changed = changed.with_bias(bias.iter().map(|&value| other(value)).collect());
                    }
                    layer.operation = Operation::Dense(changed);
                }
                layer
            });
            Network::new(network.name(), layers.collect()).ok()
        })
        .collect()
}
