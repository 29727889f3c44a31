//! A change of the description in words and as a name. Names of layers and values stand in backticks.

use super::{
    ModelCandidate, ModelFinding,
    change::{Arrays, Change, Prepared, Shown},
    family::Family,
    scaler::{By, Scaler, Statistic},
};
use crate::{
    diagnose::says::capitalised,
    network::{
        Activation, Dense, End, Mapping, Network,
        number::{Digits, number},
    },
};

/// So many numbers of a list are written; the rest is counted.
const MOST_NUMBERS: usize = 4;

/// The changes as one sentence.
pub fn says(network: &Network, changes: &[Change]) -> String {
    let all: Vec<String> = changes.iter().map(|change| change.says(network)).collect();
    capitalised(&all.join(", and ")) + "."
}

/// The names of changes that are made together.
pub fn names(network: &Network, changes: &[Change]) -> String {
    changes.iter().map(|change| change.name(network)).collect::<Vec<_>>().join(" + ")
}

impl Change {
    /// The kind, as JSON has it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Activation { .. } => "other-activation",
            Self::Transposed(_) => "transposed-kernel",
            Self::ByColumns(_) => "kernel-by-columns",
            Self::Epsilon { .. } => "other-epsilon",
            Self::Exchanged { arrays: Arrays::Kernels, .. } => "exchanged-kernels",
            Self::Exchanged { arrays: Arrays::Biases, .. } => "exchanged-biases",
            Self::Exchanged { arrays: Arrays::Both, .. } => "exchanged-layers",
            Self::ExchangedLists { .. } => "exchanged-lists",
            Self::BatchStatistics(_) => "batch-statistics",
            Self::Without(_) => "absent-layer",
            Self::Bias { .. } => "missing-bias",
            Self::InputOrder(_) => "input-order",
            Self::OutputOrder(_) => "output-order",
            Self::Prepared(_) => "prepared-input",
            Self::Scaled(Scaler { end: End::Input, .. }) => "input-scaling",
            Self::Scaled(Scaler { end: End::Output, .. }) => "output-scaling",
            Self::Then(_) => "added-activation",
            Self::Shown(_) => "transformed-output",
        }
    }

    /// What the kind leaves open, in short: `tanh`, `0,100:-1,1`, `0.00001`; empty where it leaves nothing open.
    pub fn detail(&self) -> String {
        let order = |order: &[usize]| order.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        match self {
            Self::Activation { activation, .. } | Self::Then(activation) => activation.name(),
            Self::Epsilon { epsilon, .. } => number(*epsilon, Digits::Exact),
            Self::ExchangedLists { lists: (a, b), .. } => format!("{},{}", a.name(), b.name()),
            Self::Bias { bias, .. } => bias.iter().map(|b| number(*b, Digits::Exact)).collect::<Vec<_>>().join(","),
            Self::InputOrder(of) | Self::OutputOrder(of) => order(of),
            Self::Prepared(prepared) => prepared.name().to_owned(),
            Self::Shown(shown) => shown.name().to_owned(),
            Self::Scaled(scaler) => scaler.text().split_once('=').map(|(_, how)| how.to_owned()).unwrap_or_default(),
            Self::Transposed(_) | Self::ByColumns(_) | Self::Exchanged { .. } | Self::BatchStatistics(_) | Self::Without(_) => {
                String::new()
            }
        }
    }

    /// The layers that it is about, by their names.
    pub fn layer_names<'n>(&self, network: &'n Network) -> Vec<&'n str> {
        let layers = self.layers().unwrap_or_default();
        layers.iter().filter_map(|&layer| Some(network.layer(layer)?.name.as_str())).collect()
    }

    /// `other-activation:dense:tanh`
    pub fn name(&self, network: &Network) -> String {
        let layers = self.layer_names(network).join(",");
        let parts = [self.kind().to_owned(), layers, self.detail()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(":")
    }

    /// What differs, to go after "the model's number comes out if".
    pub fn says(&self, network: &Network) -> String {
        let layers = quoted(&self.layer_names(network));
        let several = self.layer_names(network).len() > 1;
        let layers = if several { format!("layers {layers}") } else { format!("layer {layers}") };
        match self {
            Self::Activation { layers: of, activation } => {
                let own: Vec<Activation> = of
                    .iter()
                    .filter_map(|&layer| network.layer(layer)?.operation.as_dense().map(Dense::activation))
                    .collect();
                let apply = if several { "apply" } else { "applies" };
                let not = match own.as_slice() {
                    [first, rest @ ..] if rest.iter().all(|other| other == first) => format!(", not {first}"),
                    _ => String::new(),
                };
                format!("{layers} {apply} {activation}{not}")
            }
            Self::Transposed(_) => {
                let kernels = if several { "the kernels" } else { "the kernel" };
                format!("{kernels} of {layers} must be transposed (Keras prints inputs x units, PyTorch units x inputs)")
            }
            Self::ByColumns(_) => {
                format!("the numbers of the kernel of {layers} fill it column by column, as R and MATLAB store a matrix")
            }
            Self::Epsilon { layers: of, epsilon } => {
                let own = of.first().and_then(|&layer| super::change::batch_normalization(network, layer));
                let own = own.map(|norm| format!(", not {}", number(norm.epsilon(), Digits::Exact))).unwrap_or_default();
                format!("epsilon in {layers} is {}{own}", number(*epsilon, Digits::Exact))
            }
            Self::Exchanged { arrays, .. } => {
                let arrays = match arrays {
                    Arrays::Kernels => "kernels",
                    Arrays::Biases => "biases",
                    Arrays::Both => "kernels and biases",
                };
                format!("the {arrays} of {layers} are exchanged")
            }
            Self::ExchangedLists { lists: (a, b), .. } => {
                format!("{} and {} of {layers} are exchanged", a.name(), b.name())
            }
            Self::BatchStatistics(_) => {
                format!("{layers} uses the mean and variance of the inputs of this call, as it does in training")
            }
            Self::Without(_) => format!("{layers} is left out"),
            Self::Bias { bias, .. } => {
                let numbers: Vec<String> = bias.iter().map(|b| significant(f64::from(*b), 6)).collect();
                format!("{layers} has a bias that was not printed: {}", few(&numbers))
            }
            Self::InputOrder(order) => format!("the inputs come in another order: {}", indices("input", order)),
            Self::OutputOrder(order) => format!("the outputs come in another order: {}", indices("output", order)),
            Self::Prepared(prepared) => prepared.says().to_owned(),
            Self::Scaled(scaler) => scaler.says(),
            Self::Then(activation) => format!("{activation} is applied to what the network gives"),
            Self::Shown(shown) => shown.says().to_owned(),
        }
    }
}

fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn indices(what: &str, order: &[usize]) -> String {
    order.iter().map(|i| format!("`{what}[{i}]`")).collect::<Vec<_>>().join(", ")
}

fn few(texts: &[String]) -> String {
    let more = texts.len().saturating_sub(MOST_NUMBERS);
    let shown = texts[..texts.len() - more].join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// A number with so many digits that count, without zeros at its end.
fn significant(value: f64, digits: i32) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{}", value + 0.0);
    }
    let places = f64::from(digits - 1) - value.abs().log10().floor();
    if !(0.0..=15.0).contains(&places) {
        return format!("{:.*e}", digits as usize - 1, value);
    }
    let text = format!("{value:.*}", places as usize);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

impl Prepared {
    fn name(self) -> &'static str {
        match self {
            Self::Ln => "ln",
            Self::Ln1p => "log1p",
            Self::Log10 => "log10",
            Self::Root => "sqrt",
            Self::UnitLength => "unit-length",
            Self::UnitSum => "unit-sum",
            Self::ByLargest => "by-largest",
            Self::OwnStandard => "own-standard",
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Ln => "the network gets ln(x)",
            Self::Ln1p => "the network gets ln(1 + x)",
            Self::Log10 => "the network gets log10(x)",
            Self::Root => "the network gets the square root of x",
            Self::UnitLength => "each sample is divided by its own length (the root of its sum of squares)",
            Self::UnitSum => "each sample is divided by its own sum",
            Self::ByLargest => "each sample is divided by its own largest number",
            Self::OwnStandard => "each sample is standardised with its own mean and deviation",
        }
    }
}

impl Shown {
    fn name(self) -> &'static str {
        match self {
            Self::Exp => "exp",
            Self::Expm1 => "expm1",
            Self::PowerOfTen => "power-of-ten",
            Self::Squared => "squared",
            Self::Complement => "complement",
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Exp => "the output y becomes exp(y): the targets were logarithms",
            Self::Expm1 => "the output y becomes exp(y) - 1: the targets were ln(1 + target)",
            Self::PowerOfTen => "the output y becomes 10^y: the targets were logarithms to base 10",
            Self::Squared => "the output y becomes y squared: the targets were square roots",
            Self::Complement => "the number shown is 1 - y, the probability of the other class",
        }
    }
}

impl Statistic {
    /// What it is in words, with the name of the tool that does it.
    fn says(self) -> &'static str {
        match self {
            Self::MinMax => "lowest to highest value onto 0..1, as MinMaxScaler does",
            Self::MinMaxSigned => "lowest to highest value onto -1..1, as mapminmax does",
            Self::Standard => "less the mean, divided by the standard deviation (with n, as StandardScaler does)",
            Self::StandardSample => "less the mean, divided by the standard deviation (with n - 1, as pandas and R do)",
            Self::MaxAbs => "divided by the largest magnitude, as MaxAbsScaler does",
            Self::Centred => "less the mean",
            Self::Deviation => "divided by the standard deviation, without subtracting the mean",
            Self::MeanOverRange => "less the mean, divided by highest - lowest value",
            Self::Robust => "less the median, divided by the interquartile range, as RobustScaler does",
            Self::WholeMinMax => "lowest to highest value of all columns together onto 0..1",
            Self::WholeStandard => "less the mean of all columns together, divided by their standard deviation",
        }
    }
}

impl Scaler {
    /// "the inputs are scaled before the network: ..."
    fn says(&self) -> String {
        let several = self.mappings.len() > 1;
        let begin = match (self.end, several) {
            (End::Input, false) => "the input is scaled before the network",
            (End::Input, true) => "the inputs are scaled before the network",
            (End::Output, false) => "the output is scaled back behind the network",
            (End::Output, true) => "the outputs are scaled back behind the network",
        };
        let mappings: Vec<String> = self.mappings.iter().map(|mapping| self.one(*mapping)).collect();
        let same = mappings.windows(2).all(|pair| pair[0] == pair[1]);
        let how = if same { mappings.first().cloned().unwrap_or_default() } else { few(&mappings) };
        let of = match self.end {
            End::Input => "",
            End::Output => "the targets were ",
        };
        match self.by {
            By::Table(statistic) => format!("{begin} ({of}{}, from the table: {how})", statistic.says()),
            By::Given(statistic) => format!("{begin} ({of}{}, from the inputs given here: {how})", statistic.says()),
            By::Usual | By::SolvedRound => format!("{begin} ({how})"),
            By::Solved => format!("{begin} ({how}, found from the numbers)"),
        }
    }

    fn one(&self, mapping: Mapping) -> String {
        let text = |value: f32| significant(f64::from(value), 7);
        match (mapping, self.end) {
            (Mapping::Range { from: (0.0, high), to: (0.0, 1.0) }, End::Input) => format!("divided by {}", text(high)),
            (Mapping::Range { from: (0.0, high), to: (0.0, 1.0) }, End::Output) => {
                format!("multiplied by {}", text(high))
            }
            (Mapping::Range { from, to }, End::Input) => {
                format!("{}..{} onto {}..{}", text(from.0), text(from.1), text(to.0), text(to.1))
            }
            (Mapping::Range { from, to }, End::Output) => {
                format!("{}..{} onto {}..{}", text(to.0), text(to.1), text(from.0), text(from.1))
            }
            (Mapping::Standard { mean, deviation }, End::Input) => match (self.by, mean) {
                (By::Solved, _) => affine("x", 1.0 / f64::from(deviation), -f64::from(mean) / f64::from(deviation)),
                (_, 0.0) => format!("divided by {}", text(deviation)),
                _ => format!("(x - {}) / {}", text(mean), text(deviation)),
            },
            (Mapping::Standard { mean, deviation }, End::Output) => {
                affine("y", f64::from(deviation), f64::from(mean))
            }
        }
    }
}

/// `y × 2.5 + 3`
fn affine(of: &str, factor: f64, offset: f64) -> String {
    let times = if factor == 1.0 { of.to_owned() } else { format!("{of} × {}", significant(factor, 6)) };
    match offset {
        0.0 => times,
        offset if offset < 0.0 => format!("{times} - {}", significant(-offset, 6)),
        offset => format!("{times} + {}", significant(offset, 6)),
    }
}

impl Family {
    /// What could be behind the number, to go after "possible:".
    pub fn says(self, network: &Network) -> String {
        match self {
            Self::Behind | Self::FactorBehind | Self::OffsetBehind => "a scaling behind the network".to_owned(),
            Self::BehindEach => "a scaling behind the network for each output".to_owned(),
            Self::Front | Self::FactorFront => "a scaling in front of the network".to_owned(),
            Self::FrontEach => "a scaling in front of the network for each input".to_owned(),
            Self::Both => "a scaling in front and another behind".to_owned(),
            Self::Bias(layer) => {
                let name = network.layer(layer).map_or("", |layer| layer.name.as_str());
                format!("a bias of layer `{name}` that was not printed")
            }
        }
    }
}

/// A change with unknown numbers that too few pairs were given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// What it is.
    pub family: Family,
    /// How many pairs verify it.
    pub pairs: usize,
}

impl ModelFinding {
    /// The changes that nothing can be said about for want of numbers: one for each kind, those with the fewest unknowns first.
    pub fn open(&self, network: &Network) -> Vec<Open> {
        let each = self.seen.first().map_or(1, |seen| seen.right.len()).max(1);
        let mut open: Vec<Open> = Vec::new();
        for &family in &self.open {
            let pairs = family.unknowns(network) / each + 1;
            let kind = |open: &&mut Open| open.family.says(network) == family.says(network);
            match open.iter_mut().find(kind) {
                Some(known) => known.pairs = known.pairs.max(pairs),
                None => open.push(Open { family, pairs }),
            }
        }
        open
    }

    /// How probable it is that one of the candidates explains the numbers.
    pub fn explained(&self) -> f64 {
        self.candidates.iter().map(|candidate| candidate.probability).sum::<f64>() + self.beyond.1
    }
}

impl ModelCandidate {
    /// The options of the command line that describe the network as this says; `None` where there are none.
    pub fn options(&self, network: &Network) -> Option<String> {
        let changed = self.network.as_ref()?;
        let mut options = Vec::new();
        for change in &self.changes {
            match change {
                Change::Scaled(scaler) => options.push(format!("--scaling {}", scaler.text())),
                Change::Activation { .. } => {}
                _ => return None,
            }
        }
        let activations = |network: &Network| -> Vec<String> {
            let dense = network.layers().filter_map(|layer| layer.operation.as_dense());
            dense.map(|dense| dense.activation().to_string()).collect()
        };
        let (own, other) = (activations(network), activations(changed));
        if own != other {
            options.insert(0, format!("--activations {}", other.join(",")));
        }
        (!options.is_empty()).then(|| options.join(" "))
    }
}
