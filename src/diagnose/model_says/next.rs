//! The input whose answer from the framework distinguishes the explanations best.

use super::{Group, evidence::Evidence};
use crate::{
    diagnose::next_input::{AS_GOOD, MOST, MOST_OUTPUTS, entropy, shown, simple_inputs},
    network::Network,
    pass::{Address, Function},
};

/// What to ask the framework next.
#[derive(Debug, Clone, PartialEq)]
pub struct NextPair {
    /// The input.
    pub input: Vec<f32>,
    /// Which output to look at.
    pub at: Address,
    /// What the network as described gives there.
    pub described: f32,
    /// What each candidate gives there, by its position.
    pub values: Vec<(usize, f32)>,
}

pub(super) fn find(evidence: &Evidence, region: &[(f32, f32)], groups: &[Group]) -> Option<NextPair> {
    let groups = &groups[..groups.len().min(MOST)];
    if groups.is_empty() {
        return None;
    }
    let network: &Network = &evidence.network;
    let described = Function::new(network, &[]).ok()?;
    let observed = evidence.batch();
    let mut best: Option<(f64, NextPair)> = None;
    for input in simple_inputs(network.inputs(), region) {
        if observed.contains(&input.as_slice()) {
            continue;
        }
        let results: Vec<Vec<f32>> = groups.iter().map(|group| group.variant.output(&input)).collect();
        for (output, &described) in described.at(&input).iter().enumerate().take(MOST_OUTPUTS) {
            let values: Option<Vec<f32>> = results.iter().map(|result| result.get(output).copied()).collect();
            let Some(values) = values else { continue };
            if shown(values[0]) == shown(described) || !values[0].is_finite() {
                continue;
            }
            let weighted = groups.iter().zip(&values).map(|(group, &value)| (group.weight, shown(value)));
            let bits = entropy(weighted);
            if best.as_ref().is_none_or(|(best, _)| bits * AS_GOOD > best + 1e-9) {
                let values = values.into_iter().enumerate().collect();
                best = Some((bits, NextPair { input: input.clone(), at: Address::output(output), described, values }));
            }
        }
    }
    best.map(|(_, next)| next)
}
