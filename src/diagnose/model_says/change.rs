//! Differences between a network as it was described and the network that answered. Each can be run.

use super::scaler::Scaler;
use crate::{
    network::{Activation, BatchNormalization, End, Kernel, List, Network, Operation},
    pass::{Function, Pass},
};

/// What was not described, or was described otherwise than it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// These layers apply another activation.
    Activation {
        /// Which layers.
        layers: Vec<usize>,
        /// What they apply.
        activation: Activation,
    },
    /// The numbers of these kernels are in the other orientation.
    Transposed(Vec<usize>),
    /// The numbers of this kernel fill the matrix column by column.
    ByColumns(usize),
    /// These normalisations have another epsilon.
    Epsilon {
        /// Which layers.
        layers: Vec<usize>,
        /// What is added to the variance.
        epsilon: f32,
    },
    /// Two layers have each other's arrays.
    Exchanged {
        /// Which arrays.
        arrays: Arrays,
        /// Which layers, the earlier first.
        layers: (usize, usize),
    },
    /// Two lists of one normalisation have each other's numbers.
    ExchangedLists {
        /// Which layer.
        layer: usize,
        /// Which lists.
        lists: (List, List),
    },
    /// A normalisation takes its mean and variance from the inputs of this call, as in training.
    BatchStatistics(usize),
    /// There is no such layer.
    Without(usize),
    /// A bias that was not printed.
    Bias {
        /// Which layer.
        layer: usize,
        /// Its numbers, (units,).
        bias: Vec<f32>,
    },
    /// The columns of the input are in this order.
    InputOrder(Vec<usize>),
    /// Something was done to the input that is no layer.
    Prepared(Prepared),
    /// A scaling in front of the network or behind it.
    Scaled(Scaler),
    /// Something is done to the outputs together, behind the network.
    Then(Activation),
    /// The outputs are in this order.
    OutputOrder(Vec<usize>),
    /// Something is done to each output.
    Shown(Shown),
}

/// Arrays that two layers can have of one shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrays {
    /// The kernels.
    Kernels,
    /// The biases.
    Biases,
    /// Kernel and bias.
    Both,
}

/// What people do to an input besides scaling it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prepared {
    /// `ln(x)`
    Ln,
    /// `ln(1 + x)`
    Ln1p,
    /// `log10(x)`
    Log10,
    /// `sqrt(x)`
    Root,
    /// Divided by the root of the sum of squares of the sample (`sklearn.preprocessing.normalize`).
    UnitLength,
    /// Divided by the sum of the sample.
    UnitSum,
    /// Divided by the largest number of the sample.
    ByLargest,
    /// The sample's own mean subtracted, divided by its own deviation.
    OwnStandard,
}

/// What people do to an output besides scaling it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// `e^y`: the network was trained on logarithms.
    Exp,
    /// `e^y - 1`
    Expm1,
    /// `10^y`
    PowerOfTen,
    /// `y^2`: the network was trained on roots.
    Squared,
    /// `1 - y`: the other class.
    Complement,
}

impl Prepared {
    pub(super) const ALL: [(Self, f64); 8] = [
        (Self::Ln, 1.0),
        (Self::Ln1p, 1.0),
        (Self::Log10, 0.5),
        (Self::Root, 0.3),
        (Self::UnitLength, 1.0),
        (Self::UnitSum, 0.5),
        (Self::ByLargest, 0.5),
        (Self::OwnStandard, 1.0),
    ];

    fn of(self, x: &[f32]) -> Vec<f32> {
        let each = |of: fn(f64) -> f64| x.iter().map(|&x| of(f64::from(x)) as f32).collect();
        let sum = |of: &dyn Fn(f64) -> f64| x.iter().map(|&x| of(f64::from(x))).sum::<f64>();
        let affine =
            |take: f64, divisor: f64| x.iter().map(|&x| ((f64::from(x) - take) / divisor) as f32).collect::<Vec<f32>>();
        match self {
            Self::Ln => each(f64::ln),
            Self::Ln1p => each(f64::ln_1p),
            Self::Log10 => each(f64::log10),
            Self::Root => each(f64::sqrt),
            Self::UnitLength => affine(0.0, sum(&|x| x * x).sqrt()),
            Self::UnitSum => affine(0.0, sum(&|x| x)),
            Self::ByLargest => affine(0.0, x.iter().fold(0.0, |most: f64, &x| most.max(f64::from(x).abs()))),
            Self::OwnStandard => {
                let mean = sum(&|x| x) / x.len() as f64;
                let variance = sum(&|x| (x - mean).powi(2)) / x.len() as f64;
                affine(mean, variance.sqrt())
            }
        }
    }

    /// Whether it makes a difference to a single number.
    pub(super) fn of_one(self) -> bool {
        matches!(self, Self::Ln | Self::Ln1p | Self::Log10 | Self::Root)
    }
}

impl Shown {
    pub(super) const ALL: [(Self, f64); 5] =
        [(Self::Exp, 1.0), (Self::Expm1, 1.0), (Self::PowerOfTen, 0.5), (Self::Squared, 0.3), (Self::Complement, 1.0)];

    fn of(self, y: f32) -> f32 {
        let y = f64::from(y);
        let shown = match self {
            Self::Exp => y.exp(),
            Self::Expm1 => y.exp_m1(),
            Self::PowerOfTen => 10f64.powf(y),
            Self::Squared => y * y,
            Self::Complement => 1.0 - y,
        };
        shown as f32
    }
}

/// A network that differs from the described one.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub(super) network: Network,
    order: Option<Vec<usize>>,
    prepared: Option<Prepared>,
    output_order: Option<Vec<usize>>,
    shown: Option<Shown>,
    /// Whether it holds only for the inputs of this call.
    of_this_call: bool,
}

impl Variant {
    /// The network as described.
    pub(super) fn described(network: &Network) -> Self {
        Self {
            network: network.clone(),
            order: None,
            prepared: None,
            output_order: None,
            shown: None,
            of_this_call: false,
        }
    }

    /// The network with these changes; `None` if it leaves no room for one. `batch`: the inputs of one call.
    pub(super) fn new(network: &Network, changes: &[Change], batch: &[&[f32]]) -> Option<Self> {
        let mut variant = Self::described(network);
        let mut ordered: Vec<&Change> = changes.iter().collect();
        // Layers are counted as in the network as described, so what adds or removes one comes later.
        ordered.sort_by_key(|change| match change {
            Change::Without(layer) => (1, usize::MAX - layer),
            Change::Scaled(_) => (3, 0),
            Change::Then(_) => (2, 0),
            Change::BatchStatistics(_) => (4, 0),
            _ => (0, 0),
        });
        for change in ordered {
            variant.apply(change, network, batch)?;
        }
        Some(variant)
    }

    fn apply(&mut self, change: &Change, described: &Network, batch: &[&[f32]]) -> Option<()> {
        match change {
            Change::InputOrder(order) => self.order = Some(order.clone()),
            Change::Prepared(prepared) => self.prepared = Some(*prepared),
            Change::OutputOrder(order) => self.output_order = Some(order.clone()),
            Change::Shown(shown) => self.shown = Some(*shown),
            Change::BatchStatistics(layer) => {
                self.network = self.with_statistics(&described.layer(*layer)?.name, batch)?;
                self.of_this_call = true;
            }
            other => self.network = changed(&self.network, other)?,
        }
        Some(())
    }

    /// What the network itself is given for `input`.
    fn enters(&self, input: &[f32]) -> Vec<f32> {
        let mut x = input.to_vec();
        if let Some(order) = &self.order {
            x = order.iter().filter_map(|&i| input.get(i).copied()).collect();
        }
        self.prepared.map_or(x.clone(), |prepared| prepared.of(&x))
    }

    /// The network as a function, for many inputs.
    pub(super) fn function(&self) -> Option<Function> {
        Function::new(&self.network, &[]).ok()
    }

    /// What is shown of the output for `input`. `function` is the network's.
    pub(super) fn answers(&self, function: &Function, input: &[f32]) -> Vec<f32> {
        self.shown(&function.at(&self.enters(input)))
    }

    /// The pass for `input`; `None` if the network does not take it.
    pub(super) fn pass(&self, input: &[f32]) -> Option<Pass> {
        Pass::new(&self.network, &self.enters(input), &[]).ok()
    }

    /// What is shown of an output of the network.
    fn shown(&self, output: &[f32]) -> Vec<f32> {
        let mut y: Vec<f32> = output.to_vec();
        if let Some(order) = &self.output_order {
            y = order.iter().filter_map(|&i| output.get(i).copied()).collect();
        }
        if let Some(shown) = self.shown {
            y = y.into_iter().map(|y| shown.of(y)).collect();
        }
        y
    }

    /// The whole output for `input`; empty if the network does not take it.
    pub(super) fn output(&self, input: &[f32]) -> Vec<f32> {
        self.function().map(|function| self.answers(&function, input)).unwrap_or_default()
    }

    /// Whether the network alone is changed, for every input, not what is done to its numbers elsewhere.
    pub(super) fn is_network(&self) -> bool {
        !self.of_this_call
            && self.order.is_none()
            && self.prepared.is_none()
            && self.output_order.is_none()
            && self.shown.is_none()
    }

    /// With the statistics of this call in a normalisation.
    fn with_statistics(&self, layer: &str, batch: &[&[f32]]) -> Option<Network> {
        let at = self.network.find(layer).ok()?;
        let norm = batch_normalization(&self.network, at)?.clone();
        let arrives: Vec<Vec<f32>> = batch
            .iter()
            .filter_map(|input| Some(self.pass(input)?.stage(at, crate::network::Stage::In)?.to_vec()))
            .collect();
        let count = arrives.len() as f64;
        let mean = |unit: usize| arrives.iter().map(|x| f64::from(x[unit])).sum::<f64>() / count;
        let variance = |unit: usize| {
            let mean = mean(unit);
            arrives.iter().map(|x| (f64::from(x[unit]) - mean).powi(2)).sum::<f64>() / count
        };
        let units = norm.units();
        let (means, variances) = (0..units).map(|u| (mean(u) as f32, variance(u) as f32)).unzip();
        let operation = Operation::BatchNormalization(norm.with_statistics(means, variances));
        self.network.with_operation(at, operation)
    }
}

/// The network with one change that concerns its layers alone.
fn changed(network: &Network, change: &Change) -> Option<Network> {
    let dense = |layer: usize| network.layer(layer)?.operation.as_dense().cloned();
    let with = |network: &Network, layer, dense| network.with_operation(layer, Operation::Dense(dense));
    match change {
        Change::Activation { layers, activation } => layers.iter().try_fold(network.clone(), |network, &layer| {
            with(&network, layer, dense(layer)?.with_activation(*activation))
        }),
        Change::Transposed(layers) => layers.iter().try_fold(network.clone(), |network, &layer| {
            let dense = dense(layer)?;
            let kernel = dense.kernel().transposed();
            with(&network, layer, dense.with_kernel(kernel))
        }),
        Change::ByColumns(layer) => {
            let dense = dense(*layer)?;
            let kernel = by_columns(dense.kernel())?;
            with(network, *layer, dense.with_kernel(kernel))
        }
        Change::Epsilon { layers, epsilon } => layers.iter().try_fold(network.clone(), |network, &layer| {
            let norm = batch_normalization(&network, layer)?.clone().with_epsilon(*epsilon);
            network.with_operation(layer, Operation::BatchNormalization(norm))
        }),
        Change::Exchanged { arrays, layers: (a, b) } => {
            let (mut of_a, mut of_b) = (dense(*a)?, dense(*b)?);
            if matches!(arrays, Arrays::Kernels | Arrays::Both) {
                let (kernel_a, kernel_b) = (of_a.kernel().clone(), of_b.kernel().clone());
                (of_a, of_b) = (of_a.with_kernel(kernel_b), of_b.with_kernel(kernel_a));
            }
            if matches!(arrays, Arrays::Biases | Arrays::Both) {
                let (bias_a, bias_b) = (of_a.bias()?.to_vec(), of_b.bias()?.to_vec());
                (of_a, of_b) = (of_a.with_bias(bias_b), of_b.with_bias(bias_a));
            }
            with(&with(network, *a, of_a)?, *b, of_b)
        }
        Change::ExchangedLists { layer, lists: (a, b) } => {
            let norm = batch_normalization(network, *layer)?.exchanged(*a, *b)?;
            network.with_operation(*layer, Operation::BatchNormalization(norm))
        }
        Change::Without(layer) => network.without(*layer),
        Change::Bias { layer, bias } => with(network, *layer, dense(*layer)?.with_bias(bias.clone())),
        Change::Scaled(scaler) => network.with_scaling(scaler.end, scaler.scaling()?).ok(),
        Change::Then(activation) => {
            let units = network.outputs();
            let name = network.free_name(&activation.name());
            let identity: Vec<f32> =
                (0..units * units).map(|i| if i / units == i % units { 1.0 } else { 0.0 }).collect();
            let kernel = Kernel::from_rows(units, units, &identity)?;
            let operation = Operation::Dense(crate::network::Dense::new(kernel, None::<Vec<f32>>, *activation));
            let mut layers: Vec<crate::network::Layer> = network.layers().cloned().collect();
            layers.push(crate::network::Layer { name, operation });
            Network::new(network.name(), layers).ok()
        }
        Change::InputOrder(_)
        | Change::Prepared(_)
        | Change::OutputOrder(_)
        | Change::Shown(_)
        | Change::BatchStatistics(_) => Some(network.clone()),
    }
}

/// The numbers of a kernel, read row by row, filled in column by column.
fn by_columns(kernel: &Kernel) -> Option<Kernel> {
    let (inputs, units) = (kernel.inputs(), kernel.units());
    let at = |input: usize, unit: usize| kernel.values().get(unit * inputs + input).copied();
    let values: Option<Vec<f32>> = (0..inputs * units).map(|i| at(i / units, i % units)).collect();
    Kernel::from_rows(inputs, units, &values?)
}

pub(super) fn batch_normalization(network: &Network, layer: usize) -> Option<&BatchNormalization> {
    match &network.layer(layer)?.operation {
        Operation::BatchNormalization(norm) => Some(norm),
        _ => None,
    }
}

impl Change {
    /// The end of the network that a scaling is at.
    pub(super) fn end(&self) -> Option<End> {
        match self {
            Self::Scaled(scaler) => Some(scaler.end),
            Self::Prepared(_) => Some(End::Input),
            Self::Shown(_) | Self::Then(_) => Some(End::Output),
            _ => None,
        }
    }

    /// Whether two changes exclude each other: they say different things about one place.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        let of_ends = self.end().is_some() && self.end() == other.end();
        let same_kind = std::mem::discriminant(self) == std::mem::discriminant(other);
        let overlap = match (self.layers(), other.layers()) {
            (Some(a), Some(b)) => a.iter().any(|layer| b.contains(layer)),
            _ => true,
        };
        of_ends || (same_kind && overlap && self.end().is_none())
    }

    pub(super) fn layers(&self) -> Option<Vec<usize>> {
        match self {
            Self::Activation { layers, .. } | Self::Epsilon { layers, .. } | Self::Transposed(layers) => {
                Some(layers.clone())
            }
            Self::ByColumns(layer)
            | Self::BatchStatistics(layer)
            | Self::Without(layer)
            | Self::Bias { layer, .. }
            | Self::ExchangedLists { layer, .. } => Some(vec![*layer]),
            Self::Exchanged { layers: (a, b), .. } => Some(vec![*a, *b]),
            _ => None,
        }
    }

    /// The layer it is about, if it is one.
    pub fn layer(&self) -> Option<usize> {
        match self.layers()?[..] {
            [layer] => Some(layer),
            _ => None,
        }
    }
}
