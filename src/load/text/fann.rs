//! Files of FANN, as `fann_save` writes them.

use super::{
    tools::{Read, entry},
    units::{NoChain, Units},
};
use crate::{load::Remark, network::Activation};

/// FANN: neurons with activation and steepness, then pairs of (from neuron, weight) in their order.
pub(super) fn fann(text: &str) -> Read {
    let missing = NoChain::LineMissing;
    let whole = |list: &str| -> Option<Vec<usize>> { list.split_whitespace().map(|n| n.parse().ok()).collect() };
    let sizes = entry(text, "layer_sizes")
        .and_then(whole)
        .filter(|sizes| sizes.len() > 1)
        .ok_or_else(|| missing("layer_sizes"))?;
    if text.contains("FANN_FIX") {
        return Err(NoChain::FixedPoint);
    }
    if entry(text, "network_type").is_some_and(|kind| kind != "0") {
        return Err(NoChain::Shortcuts);
    }
    let tuples = |key: &str| -> Option<Vec<Vec<f64>>> {
        let line = text.lines().find(|line| line.starts_with(key))?;
        let list = line.split_once(")=")?.1;
        list.split('(')
            .skip(1)
            .map(|tuple| tuple.split(')').next()?.split(',').map(|n| n.trim().parse().ok()).collect())
            .collect()
    };
    let neurons = tuples("neurons").ok_or_else(|| missing("neurons"))?;
    let connections = tuples("connections").ok_or_else(|| missing("connections"))?;
    let count: usize = sizes.iter().sum();
    if neurons.len() != count
        || neurons.iter().any(|neuron| neuron.len() != 3)
        || connections.iter().any(|c| c.len() != 2)
    {
        return Err(NoChain::Neurons { said: count, got: neurons.len() });
    }
    let layer_of = |neuron: usize| {
        let mut left = neuron;
        sizes.iter().position(|&size| {
            let inside = left < size;
            left = left.wrapping_sub(if inside { 0 } else { size });
            inside
        })
    };
    let ends: Vec<usize> = sizes
        .iter()
        .scan(0, |end, size| {
            *end += size;
            Some(*end)
        })
        .collect();
    let is_bias = |neuron: usize| ends.contains(&(neuron + 1));
    let mut units = Units::default();
    let name = |neuron: usize| format!("neuron {neuron}");
    for input in 0..sizes[0].saturating_sub(1) {
        units.unit(&name(input));
    }
    let mut next = connections.iter();
    for (i, neuron) in neurons.iter().enumerate() {
        let inputs = neuron[0] as usize;
        for _ in 0..inputs {
            let Some(connection) = next.next() else { return Err(missing("connections")) };
            let (from, weight) = (connection[0] as usize, connection[1] as f32);
            if layer_of(from).is_none() || layer_of(from).map(|layer| layer + 1) != layer_of(i) {
                return Err(NoChain::Jump { from: name(from), to: name(i) });
            }
            if is_bias(from) {
                units.bias(&name(i), weight);
            } else {
                units.edge(&name(from), &name(i), weight);
            }
        }
        if inputs > 0 {
            let steepness = neuron[2] as f32;
            units.activate(&name(i), fann_activation(neuron[1] as usize, steepness)?);
        }
    }
    units.digits(Some(20));
    let slopes: Vec<String> = {
        let mut names: Vec<String> = neurons
            .iter()
            .filter(|n| n[0] > 0.0)
            .filter_map(|n| {
                let activation = fann_activation(n[1] as usize, n[2] as f32).ok()?;
                matches!(activation, Activation::SlopedSigmoid { .. } | Activation::SlopedTanh { .. })
                    .then(|| activation.name())
            })
            .collect();
        names.sort();
        names.dedup();
        names
    };
    if !slopes.is_empty() {
        units.remarks.push(Remark::Slope { tool: "FANN", activations: slopes });
    }
    units.found()
}

/// `fann_activationfunc_enum`, with the steepness as its formulas have it.
fn fann_activation(code: usize, steepness: f32) -> Result<Activation, NoChain> {
    let linear = |activation: Activation| if steepness == 1.0 { Ok(activation) } else { Err(steepness) };
    let activation = match code {
        0 => linear(Activation::Linear),
        1 => Ok(Activation::Step { at_zero: 1.0 }),
        2 => Ok(Activation::Sign { at_zero: 1.0 }),
        // 1 / (1 + e^(-2 s z)), and tanh(s z)
        3 | 4 => Ok(if steepness == 0.5 {
            Activation::Sigmoid
        } else {
            Activation::SlopedSigmoid { slope: 2.0 * steepness }
        }),
        5 | 6 => {
            Ok(if steepness == 1.0 { Activation::Tanh } else { Activation::SlopedTanh { slope: steepness, gain: 1.0 } })
        }
        12 => linear(Activation::Satlin),
        13 => linear(Activation::HardTanh),
        other => return Err(NoChain::Activation { unit: None, activation: other.to_string(), tool: "FANN" }),
    };
    activation.map_err(|steepness| NoChain::Steepness { activation: code, steepness: steepness.to_string() })
}
