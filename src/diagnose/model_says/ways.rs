//! Everything that may not have been described, with how common it is.
//!
//! The shares follow what people post: a scaler that they did not know of is the most frequent cause by far, then an activation,
//! then the order and orientation of arrays.

use super::{
    change::{Arrays, Change, Prepared, Shown, batch_normalization},
    scaler::{By, Scaler, Statistic, Training, usual},
};
use crate::network::{Activation, Dense, End, List, Mapping, Network};

/// One way in which the description may differ.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) changes: Vec<Change>,
    pub(super) prior: f64,
}

/// Columns and outputs are tried in another order only if there are no more than so many.
const MOST_ORDERED: usize = 8;

/// How common each kind is. With a training table the usual numbers count less: the true ones are known.
mod common {
    pub(super) const FROM_TABLE: f64 = 14.0;
    pub(super) const BOTH_FROM_TABLE: f64 = 14.0;
    pub(super) const USUAL_INPUT: f64 = 6.0;
    pub(super) const USUAL_OUTPUT: f64 = 3.0;
    pub(super) const USUAL_BOTH: f64 = 5.0;
    pub(super) const ACTIVATION: f64 = 8.0;
    pub(super) const EVERY_HIDDEN: f64 = 3.0;
    pub(super) const THEN: f64 = 1.5;
    pub(super) const TRANSPOSED: f64 = 3.0;
    pub(super) const BY_COLUMNS: f64 = 0.7;
    pub(super) const EPSILON: f64 = 3.0;
    pub(super) const BATCH_STATISTICS: f64 = 1.0;
    pub(super) const EXCHANGED: f64 = 2.0;
    pub(super) const EXCHANGED_LISTS: f64 = 1.0;
    pub(super) const WITHOUT: f64 = 2.0;
    pub(super) const INPUT_ORDER: f64 = 1.0;
    pub(super) const OUTPUT_ORDER: f64 = 1.0;
    pub(super) const PREPARED: f64 = 1.0;
    pub(super) const SHOWN: f64 = 1.0;
}

/// All single ways, the common ones first; their priors add up to 1.
pub(super) fn ways(network: &Network, training: Option<&Training>, given: Option<&Training>) -> Vec<Way> {
    let mut all = Vec::new();
    scalings(network, training, given, &mut all);
    activations(network, &mut all);
    kernels(network, &mut all);
    normalisations(network, &mut all);
    orders(network, &mut all);
    let without: Vec<(Vec<Change>, f64)> = network
        .layers()
        .enumerate()
        .filter(|(_, layer)| layer.operation.as_dense().is_none())
        .map(|(i, _)| (vec![Change::Without(i)], 1.0))
        .collect();
    share(common::WITHOUT, without, &mut all);
    let single = network.inputs() == 1;
    let prepared = Prepared::ALL.into_iter().filter(|(prepared, _)| !single || prepared.of_one());
    share(common::PREPARED, prepared.map(|(p, often)| (vec![Change::Prepared(p)], often)).collect(), &mut all);
    share(common::SHOWN, Shown::ALL.map(|(s, often)| (vec![Change::Shown(s)], often)).to_vec(), &mut all);
    let total: f64 = all.iter().map(|way| way.prior).sum();
    for way in &mut all {
        way.prior /= total;
    }
    all.sort_by(|a, b| b.prior.total_cmp(&a.prior));
    all
}

/// Gives the ways of one kind their part of what is common, by how often each is chosen.
fn share(common: f64, ways: Vec<(Vec<Change>, f64)>, all: &mut Vec<Way>) {
    let total: f64 = ways.iter().map(|(_, often)| often).sum();
    all.extend(ways.into_iter().map(|(changes, often)| Way { changes, prior: common * often / total }));
}

fn scalings(network: &Network, training: Option<&Training>, given: Option<&Training>, all: &mut Vec<Way>) {
    let scaled = |end, mappings: Vec<Mapping>, by| Change::Scaled(Scaler { end, mappings, by });
    let less = if training.is_some() { 0.3 } else { 1.0 };
    let of_table = |training: &Training, by: fn(Statistic) -> By, certain: f64, all: &mut Vec<Way>| {
        let at = |end: End| -> Vec<(Statistic, Change, f64)> {
            let columns = training.at(end);
            if columns.len() != end.units(network) || columns.is_empty() {
                return Vec::new();
            }
            // One column is the whole table.
            let whole = [Statistic::WholeMinMax, Statistic::WholeStandard];
            let wanted = Statistic::ALL.into_iter().filter(|(s, _)| columns.len() > 1 || !whole.contains(s));
            let change = |(statistic, often): (Statistic, f64)| {
                Some((statistic, scaled(end, statistic.mappings(columns)?, by(statistic)), often))
            };
            wanted.filter_map(change).collect()
        };
        let (inputs, outputs) = (at(End::Input), at(End::Output));
        for end in [&inputs, &outputs] {
            let single = end.iter().map(|(_, change, often)| (vec![change.clone()], *often)).collect();
            share(common::FROM_TABLE * certain, single, all);
        }
        let mut both = Vec::new();
        for (of_input, input, often) in &inputs {
            for (of_output, output, often_too) in &outputs {
                let same = if of_input == of_output { 6.0 } else { 0.5 };
                both.push((vec![input.clone(), output.clone()], often * often_too * same));
            }
        }
        share(common::BOTH_FROM_TABLE * certain, both, all);
    };
    if let Some(training) = training {
        of_table(training, By::Table, 1.0, all);
    }
    if let Some(given) = given {
        of_table(given, By::Given, 0.1 * less, all);
    }
    let usual = usual();
    let everywhere = |end: End, mapping| scaled(end, vec![mapping; end.units(network)], By::Usual);
    let of = |end| usual.iter().map(|&(mapping, often)| (vec![everywhere(end, mapping)], often)).collect();
    share(common::USUAL_INPUT * less, of(End::Input), all);
    share(common::USUAL_OUTPUT * less, of(End::Output), all);
    let both = |&(mapping, often): &(Mapping, f64)| {
        (vec![everywhere(End::Input, mapping), everywhere(End::Output, mapping)], often)
    };
    share(common::USUAL_BOTH * less, usual.iter().map(both).collect(), all);
}

/// How often people choose an activation.
fn often(activation: Activation, last: bool) -> f64 {
    match activation {
        Activation::Relu => {
            if last {
                2.0
            } else {
                5.0
            }
        }
        Activation::Linear => {
            if last {
                6.0
            } else {
                3.0
            }
        }
        Activation::Sigmoid | Activation::Tanh => 5.0,
        Activation::Softmax => {
            if last {
                4.0
            } else {
                0.3
            }
        }
        Activation::Elu { .. } | Activation::Selu => 0.6,
        Activation::LeakyRelu { .. } | Activation::Gelu | Activation::Silu | Activation::Softplus => 0.5,
        Activation::HardSigmoid | Activation::HardSigmoidKeras2 | Activation::GeluTanh => 0.3,
        Activation::LogSoftmax | Activation::Exponential => 0.2,
        _ => 0.1,
    }
}

/// The slopes that frameworks take for a leaky relu: `PyTorch` 0.01, older scripts 0.1, Keras 0.2 (function) and 0.3 (layer).
const SLOPES: [f32; 4] = [0.01, 0.1, 0.2, 0.3];

fn activations(network: &Network, all: &mut Vec<Way>) {
    let dense: Vec<(usize, Activation)> = network
        .layers()
        .enumerate()
        .filter_map(|(i, layer)| Some((i, layer.operation.as_dense().map(Dense::activation)?)))
        .collect();
    let Some(&(last, of_last)) = dense.last() else { return };
    let leaky = SLOPES.map(|slope| Activation::LeakyRelu { slope });
    let mut candidates: Vec<Activation> = Activation::ALL.to_vec();
    candidates.extend(leaky.into_iter().filter(|leaky| !Activation::ALL.contains(leaky)));
    candidates.retain(|activation| *activation != Activation::Glu);
    let change = |layers: Vec<usize>, activation| vec![Change::Activation { layers, activation }];
    let others = |own: Activation| {
        let candidates = candidates.clone();
        candidates.into_iter().filter(move |&other| other != own && own != Activation::Glu)
    };
    let single = dense
        .iter()
        .flat_map(|&(layer, own)| {
            others(own).map(move |other| (change(vec![layer], other), often(other, layer == last)))
        })
        .collect();
    share(common::ACTIVATION, single, all);
    // Somebody who says one activation for the hidden layers may be wrong about all of them.
    let hidden: Vec<usize> = dense.iter().map(|(layer, _)| *layer).filter(|layer| *layer != last).collect();
    let mut together: Vec<(Vec<usize>, f64)> = Vec::new();
    if hidden.len() > 1 {
        together.push((hidden, 1.0));
    }
    if dense.len() > 1 {
        together.push((dense.iter().map(|(layer, _)| *layer).collect(), 0.2));
    }
    // Layers that have it already are not changed, and one alone is a single change.
    let of_all = |(layers, common): &(Vec<usize>, f64)| {
        let changed = |other: Activation| -> Vec<usize> {
            let of = dense.iter().filter(|(layer, own)| layers.contains(layer) && *own != other);
            of.map(|(layer, _)| *layer).collect()
        };
        let candidates = candidates.iter().map(|&other| (changed(other), other)).filter(|(layers, _)| layers.len() > 1);
        candidates.map(|(layers, other)| (change(layers, other), common * often(other, false))).collect::<Vec<_>>()
    };
    let every = if dense.len() > 2 { common::EVERY_HIDDEN } else { 0.2 * common::EVERY_HIDDEN };
    share(every, together.iter().flat_map(of_all).collect(), all);
    if of_last != Activation::Glu {
        let then =
            [(Activation::Softmax, 3.0), (Activation::Sigmoid, 3.0), (Activation::Tanh, 1.0), (Activation::Relu, 1.0)];
        share(common::THEN, then.map(|(then, often)| (vec![Change::Then(then)], often)).to_vec(), all);
    }
}

fn kernels(network: &Network, all: &mut Vec<Way>) {
    let dense: Vec<(usize, &Dense)> =
        network.layers().enumerate().filter_map(|(i, layer)| Some((i, layer.operation.as_dense()?))).collect();
    let shape = |dense: &Dense| (dense.kernel().inputs(), dense.kernel().units());
    let square: Vec<usize> =
        dense.iter().filter(|(_, d)| shape(d).0 == shape(d).1 && shape(d).0 > 1).map(|(layer, _)| *layer).collect();
    let mut turned: Vec<(Vec<Change>, f64)> =
        square.iter().map(|&layer| (vec![Change::Transposed(vec![layer])], 1.0)).collect();
    if square.len() > 1 {
        turned.push((vec![Change::Transposed(square.clone())], 4.0));
    }
    share(common::TRANSPOSED, turned, all);
    let oblong = dense.iter().filter(|(_, d)| shape(d).0 != shape(d).1 && shape(d).0 > 1 && shape(d).1 > 1);
    share(common::BY_COLUMNS, oblong.map(|(layer, _)| (vec![Change::ByColumns(*layer)], 1.0)).collect(), all);
    let mut exchanged = Vec::new();
    for (n, (a, of_a)) in dense.iter().enumerate() {
        for (b, of_b) in &dense[n + 1..] {
            let kernels = shape(of_a) == shape(of_b);
            let biases = of_a.bias().zip(of_b.bias()).is_some_and(|(a, b)| a.len() == b.len());
            let mut push = |arrays, often| {
                exchanged.push((vec![Change::Exchanged { arrays, layers: (*a, *b) }], often));
            };
            if kernels {
                push(Arrays::Kernels, 2.0);
            }
            if biases {
                push(Arrays::Biases, 1.0);
            }
            if kernels && biases {
                push(Arrays::Both, 1.0);
            }
        }
    }
    share(common::EXCHANGED, exchanged, all);
}

/// What frameworks add to the variance, and people who write it themselves.
const EPSILONS: [(f32, f64); 9] = [
    (1e-3, 4.0),
    (1e-5, 4.0),
    (1e-6, 1.0),
    (1e-7, 1.0),
    (1e-8, 1.0),
    (0.0, 1.0),
    (1e-4, 1.0),
    (1e-2, 0.3),
    (1e-12, 0.3),
];

fn normalisations(network: &Network, all: &mut Vec<Way>) {
    let layers: Vec<usize> = (0..network.depth()).filter(|&i| batch_normalization(network, i).is_some()).collect();
    let own = |layer: usize| batch_normalization(network, layer).map(crate::network::BatchNormalization::epsilon);
    let mut epsilons = Vec::new();
    let mut sets: Vec<(Vec<usize>, f64)> = layers.iter().map(|&layer| (vec![layer], 1.0)).collect();
    if layers.len() > 1 {
        sets.push((layers.clone(), 5.0));
    }
    for (set, of_set) in sets {
        for (epsilon, often) in EPSILONS {
            if set.iter().any(|&layer| own(layer) != Some(epsilon)) {
                epsilons.push((vec![Change::Epsilon { layers: set.clone(), epsilon }], often * of_set));
            }
        }
    }
    share(common::EPSILON, epsilons, all);
    let batch = layers.iter().map(|&layer| (vec![Change::BatchStatistics(layer)], 1.0));
    share(common::BATCH_STATISTICS, batch.collect(), all);
    let lists = [List::Gamma, List::Beta, List::MovingMean, List::MovingVariance];
    let mut exchanged = Vec::new();
    for &layer in &layers {
        for (n, &a) in lists.iter().enumerate() {
            for &b in &lists[n + 1..] {
                let has = |list| batch_normalization(network, layer).is_some_and(|norm| norm.list(list).is_some());
                if has(a) && has(b) {
                    exchanged.push((vec![Change::ExchangedLists { layer, lists: (a, b) }], 1.0));
                }
            }
        }
    }
    share(common::EXCHANGED_LISTS, exchanged, all);
}

fn orders(network: &Network, all: &mut Vec<Way>) {
    let of = |count: usize| {
        let mut orders: Vec<(Vec<usize>, f64)> = Vec::new();
        if !(2..=MOST_ORDERED).contains(&count) {
            return orders;
        }
        let own: Vec<usize> = (0..count).collect();
        orders.push((own.iter().rev().copied().collect(), 2.0));
        for a in 0..count {
            for b in a + 1..count {
                let mut order = own.clone();
                order.swap(a, b);
                orders.push((order, 1.0));
            }
        }
        for turn in [1, count - 1] {
            let mut order = own.clone();
            order.rotate_left(turn);
            orders.push((order, 1.0));
        }
        let mut distinct: Vec<(Vec<usize>, f64)> = Vec::new();
        for (order, often) in orders {
            if order != own && !distinct.iter().any(|(known, _)| *known == order) {
                distinct.push((order, often));
            }
        }
        distinct
    };
    let inputs = of(network.inputs()).into_iter().map(|(order, often)| (vec![Change::InputOrder(order)], often));
    share(common::INPUT_ORDER, inputs.collect(), all);
    let outputs = of(network.outputs()).into_iter().map(|(order, often)| (vec![Change::OutputOrder(order)], often));
    share(common::OUTPUT_ORDER, outputs.collect(), all);
}
