//! Scalings and biases whose numbers nobody gave: unknowns that the model's own numbers determine, if there are enough.

use super::{
    change::Change,
    evidence::Evidence,
    scaler::{By, Scaler},
    solve::Solved,
};
use crate::network::{End, Mapping, Network};

/// More unknowns than this are not looked for.
const MOST_UNKNOWNS: usize = 8;

/// A kind of change with unknown numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// `y = factor * output + offset`, the same for all outputs.
    Behind,
    /// `y = factor * output`
    FactorBehind,
    /// `y = output + offset`
    OffsetBehind,
    /// Each output has its own factor and offset.
    BehindEach,
    /// The network is given `factor * x + offset`, the same for all inputs.
    Front,
    /// The network is given `factor * x`.
    FactorFront,
    /// Each input has its own factor and offset.
    FrontEach,
    /// One scaling in front and one behind.
    Both,
    /// The layer has a bias that was not printed.
    Bias(usize),
}

impl Family {
    /// Every family that this network leaves room for, and how common it is beforehand.
    pub(super) fn all(network: &Network) -> Vec<(Self, f64)> {
        let mut all = vec![
            (Self::FactorBehind, 0.03),
            (Self::OffsetBehind, 0.03),
            (Self::FactorFront, 0.04),
            (Self::Behind, 0.12),
            (Self::Front, 0.12),
            (Self::Both, 0.05),
        ];
        if network.outputs() > 1 {
            all.push((Self::BehindEach, 0.06));
        }
        if network.inputs() > 1 {
            all.push((Self::FrontEach, 0.08));
        }
        let without_bias = |layer: &usize| {
            network
                .layer(*layer)
                .and_then(|layer| layer.operation.as_dense())
                .is_some_and(|dense| dense.bias().is_none())
        };
        all.extend((0..network.depth()).filter(without_bias).map(|layer| (Self::Bias(layer), 0.1)));
        all.retain(|(family, _)| (1..=MOST_UNKNOWNS).contains(&family.unknowns(network)));
        all
    }

    /// How many unknowns it has.
    pub fn unknowns(self, network: &Network) -> usize {
        match self {
            Self::FactorBehind | Self::OffsetBehind | Self::FactorFront => 1,
            Self::Behind | Self::Front => 2,
            Self::Both => 4,
            Self::BehindEach => 2 * network.outputs(),
            Self::FrontEach => 2 * network.inputs(),
            Self::Bias(layer) => {
                let dense = network.layer(layer).and_then(|layer| layer.operation.as_dense());
                dense.map_or(0, |dense| dense.kernel().units())
            }
        }
    }

    /// Whether it needs no search: the values behind the network follow from its own in one step.
    pub(super) fn is_linear(self) -> bool {
        matches!(self, Self::Behind | Self::FactorBehind | Self::OffsetBehind | Self::BehindEach)
    }

    /// Whether it is one of those that people mean by a scaling.
    pub(super) fn is_plain(self) -> bool {
        matches!(self, Self::Behind | Self::Front | Self::BehindEach)
    }

    /// The changes with these unknowns.
    pub(super) fn changes(self, network: &Network, unknowns: &[f64]) -> Option<Vec<Change>> {
        let scaled = |end, pairs: Vec<(f64, f64)>| {
            let mappings = pairs.into_iter().map(|(factor, offset)| mapping(end, factor, offset)).collect();
            Change::Scaled(Scaler { end, mappings, by: By::Solved })
        };
        let all = |end: End, factor, offset| scaled(end, vec![(factor, offset); end.units(network)]);
        let pairs = || unknowns.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>();
        Some(match (self, unknowns) {
            (Self::FactorBehind, [factor]) => vec![all(End::Output, *factor, 0.0)],
            (Self::OffsetBehind, [offset]) => vec![all(End::Output, 1.0, *offset)],
            (Self::FactorFront, [factor]) => vec![all(End::Input, *factor, 0.0)],
            (Self::Behind, [factor, offset]) => vec![all(End::Output, *factor, *offset)],
            (Self::Front, [factor, offset]) => vec![all(End::Input, *factor, *offset)],
            (Self::Both, [a, b, c, d]) => vec![all(End::Input, *a, *b), all(End::Output, *c, *d)],
            (Self::BehindEach, _) => vec![scaled(End::Output, pairs())],
            (Self::FrontEach, _) => vec![scaled(End::Input, pairs())],
            (Self::Bias(layer), _) => {
                vec![Change::Bias { layer, bias: unknowns.iter().map(|&number| number as f32).collect() }]
            }
            _ => return None,
        })
    }

    /// Where a search begins.
    pub(super) fn starts(self, network: &Network, evidence: &Evidence) -> Vec<Vec<f64>> {
        let front = || {
            let inputs = evidence.seen.iter().flat_map(|seen| seen.observation.input.iter().map(|&x| f64::from(x)));
            let (low, high) =
                inputs.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
            let largest = low.abs().max(high.abs()).max(1e-6);
            let mut starts = vec![(1.0 / largest, 0.0), (1.0, 0.0), (2.0 / largest, -1.0)];
            if high > low {
                starts.push((1.0 / (high - low), -low / (high - low)));
                starts.push((2.0 / (high - low), -2.0 * low / (high - low) - 1.0));
            }
            for range in [10.0, 100.0, 255.0, 1000.0] {
                starts.extend([(1.0 / range, 0.0), (2.0 / range, -1.0)]);
            }
            starts.extend([(0.3 / largest, -0.5), (4.0 / largest, -2.0), (largest, 0.0), (-1.0, 0.0)]);
            starts
        };
        match self {
            Self::Front => front().into_iter().map(|(factor, offset)| vec![factor, offset]).collect(),
            Self::FactorFront => front().into_iter().map(|(factor, _)| vec![factor]).collect(),
            Self::FrontEach => {
                let each = |(factor, offset): (f64, f64)| [factor, offset].repeat(network.inputs());
                front().into_iter().take(8).map(each).collect()
            }
            Self::Both => front().into_iter().take(8).map(|(factor, offset)| vec![factor, offset, 1.0, 0.0]).collect(),
            Self::OffsetBehind => vec![vec![0.0]],
            Self::FactorBehind => vec![vec![1.0]],
            Self::Behind | Self::BehindEach => vec![[1.0, 0.0].repeat(self.unknowns(network) / 2)],
            Self::Bias(_) => {
                let units = self.unknowns(network);
                vec![vec![0.0; units], vec![0.5; units], vec![-0.5; units]]
            }
        }
    }

    /// The same with round numbers, where these are close to some, and how probable just these are beforehand.
    ///
    /// People scale with ranges such as 0..100; so the range is looked at that becomes 0..1 or -1..1.
    pub(super) fn rounded(self, network: &Network, solved: &Solved) -> Vec<(Vec<Change>, f64)> {
        let (end, of) = match (self, solved.unknowns.as_slice()) {
            (Self::Behind, [factor, offset]) => (End::Output, (*factor, *offset)),
            (Self::FactorBehind, [factor]) => (End::Output, (*factor, 0.0)),
            (Self::Front, [factor, offset]) => (End::Input, (*factor, *offset)),
            (Self::FactorFront, [factor]) => (End::Input, (*factor, 0.0)),
            _ => return Vec::new(),
        };
        let uncertain = (solved.uncertain[0], solved.uncertain.get(1).copied().unwrap_or(0.0));
        let mut found = Vec::new();
        for to in [(0.0, 1.0), (-1.0, 1.0)] {
            let ((low, off_low), (high, off_high)) = match end {
                End::Output => {
                    let at = |t: f64| (of.0 * t + of.1, uncertain.0 * t.abs() + uncertain.1);
                    (at(to.0), at(to.1))
                }
                // Where the mapping gives the ends of the range: (t - offset) / factor.
                End::Input => {
                    let at = |t: f64| {
                        let x = (t - of.1) / of.0;
                        (x, (uncertain.1 + uncertain.0 * x.abs()) / of.0.abs())
                    };
                    (at(to.0), at(to.1))
                }
            };
            let width = (high - low).abs();
            let round = |value: f64, off: f64| roundest(value, off.max(1e-6 * width).min(0.02 * width));
            let (Some((low, of_low)), Some((high, of_high))) = (round(low, off_low), round(high, off_high)) else {
                continue;
            };
            if low == high {
                continue;
            }
            let to = (to.0 as f32, to.1 as f32);
            let mapping = Mapping::Range { from: (low as f32, high as f32), to };
            let mappings = vec![mapping; end.units(network)];
            found.push((vec![Change::Scaled(Scaler { end, mappings, by: By::SolvedRound })], 0.5 * of_low * of_high));
        }
        found
    }

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Behind | Self::FactorBehind | Self::OffsetBehind | Self::BehindEach => "output-scaling",
            Self::Front | Self::FactorFront | Self::FrontEach => "input-scaling",
            Self::Both => "input-and-output-scaling",
            Self::Bias(_) => "missing-bias",
        }
    }
}

/// `x * factor + offset` in front, `y * factor + offset` behind, as a mapping that was made before training.
fn mapping(end: End, factor: f64, offset: f64) -> Mapping {
    match end {
        End::Output => Mapping::Standard { mean: offset as f32, deviation: factor as f32 },
        End::Input => Mapping::Standard { mean: (-offset / factor) as f32, deviation: (1.0 / factor) as f32 },
    }
}

/// The number with the fewest digits within `off` of `value`, and how probable just this one is beforehand.
fn roundest(value: f64, off: f64) -> Option<(f64, f64)> {
    if value.abs() <= off {
        return Some((0.0, 0.4));
    }
    let order = value.abs().log10().floor();
    // Among the numbers of so many digits, over six orders of magnitude.
    [(1, 0.3), (2, 0.2), (3, 0.1)].into_iter().find_map(|(digits, share)| {
        let unit = 10f64.powi(order as i32 - digits + 1);
        let round = (value / unit).round() * unit;
        let several = 6.0 * 9.0 * 10f64.powi(digits - 1);
        ((round - value).abs() <= off).then_some((round, share / several))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roundest_number_nearby_is_found() {
        assert_eq!(roundest(100.02, 0.1).map(|(round, _)| round), Some(100.0));
        assert_eq!(roundest(255.3, 0.5).map(|(round, _)| round), Some(255.0));
        assert_eq!(roundest(-0.003, 0.01).map(|(round, _)| round), Some(0.0));
        assert_eq!(roundest(123.456, 0.01), None);
    }
}
