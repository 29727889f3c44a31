//! A change of the description in words and as a name. Names of layers and values are in backquotes.

use super::{
    ModelCandidate, ModelFinding,
    change::{Arrays, Change, Prepared, Shown, batch_normalization},
    family::Family,
    scaler::{By, Scaler, Statistic},
};
use crate::{
    diagnose::says::capitalised,
    network::{
        Activation, BatchNormalization, Dense, End, Mapping, Network,
        number::{Digits, number},
    },
    words,
};

/// So many numbers of a list are written; the rest is counted.
const MOST_NUMBERS: usize = 4;

/// The changes as one sentence.
pub fn says(network: &Network, changes: &[Change]) -> String {
    let all = changes.iter().map(|change| change.says(network));
    capitalised(&all.reduce(words::model_says::and).unwrap_or_default()) + "."
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
            Self::Transposed(_)
            | Self::ByColumns(_)
            | Self::Exchanged { .. }
            | Self::BatchStatistics(_)
            | Self::Without(_) => String::new(),
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

    /// What differs, to go after "the model's own number comes out if".
    pub fn says(&self, network: &Network) -> String {
        let (names, of) = (self.layer_names(network), self.layers().unwrap_or_default());
        let (layers, count) = (quoted(&names), names.len());
        match self {
            Self::Activation { activation, .. } => {
                let own =
                    of.iter().filter_map(|&layer| network.layer(layer)?.operation.as_dense().map(Dense::activation));
                let own: Vec<Activation> = own.collect();
                match own.as_slice() {
                    [first, rest @ ..] if rest.iter().all(|other| other == first) => {
                        words::model_says::activation_not(activation, count, layers, first)
                    }
                    _ => words::model_says::activation(activation, count, layers),
                }
            }
            Self::Transposed(_) => words::model_says::transposed(count, layers),
            Self::ByColumns(_) => words::model_says::by_columns(layers),
            Self::Epsilon { epsilon, .. } => {
                let own = of.first().and_then(|&layer| batch_normalization(network, layer));
                let own = own.map_or(f32::NAN, BatchNormalization::epsilon);
                words::model_says::epsilon(count, number(*epsilon, Digits::Exact), layers, number(own, Digits::Exact))
            }
            Self::Exchanged { arrays, .. } => {
                let arrays = match arrays {
                    Arrays::Kernels => "kernels",
                    Arrays::Biases => "biases",
                    Arrays::Both => "both",
                };
                let name = |i: usize| quoted(names.get(i..=i).unwrap_or_default());
                words::model_says::exchanged(arrays, name(0), name(1))
            }
            Self::ExchangedLists { lists: (a, b), .. } => {
                words::model_says::exchanged_lists(a.name(), layers, b.name())
            }
            Self::BatchStatistics(_) => words::model_says::batch_statistics(layers),
            Self::Without(_) => words::model_says::without(layers),
            Self::Bias { bias, .. } => {
                let numbers: Vec<String> = bias.iter().map(|b| significant(f64::from(*b), 6)).collect();
                words::model_says::bias(layers, few(&numbers))
            }
            Self::InputOrder(order) => words::model_says::input_order(indices("input", order)),
            Self::OutputOrder(order) => words::model_says::output_order(indices("output", order)),
            Self::Prepared(prepared) => prepared.says(),
            Self::Scaled(scaler) => scaler.says(),
            Self::Then(activation) => words::model_says::then(activation),
            Self::Shown(shown) => shown.says(),
        }
    }
}

fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn indices(what: &str, order: &[usize]) -> String {
    order.iter().map(|i| format!("`{what}[{i}]`")).collect::<Vec<_>>().join(", ")
}

fn few(texts: &[String]) -> String {
    let more = texts.len().saturating_sub(MOST_NUMBERS);
    let shown = texts[..texts.len() - more].join(", ");
    if more > 0 { words::model_says::numbers_and_more(more, shown) } else { shown }
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

    fn says(self) -> String {
        match self {
            Self::Ln => words::model_says::ln(),
            Self::Ln1p => words::model_says::log1p(),
            Self::Log10 => words::model_says::log10(),
            Self::Root => words::model_says::root(),
            Self::UnitLength => words::model_says::unit_length(),
            Self::UnitSum => words::model_says::unit_sum(),
            Self::ByLargest => words::model_says::by_largest(),
            Self::OwnStandard => words::model_says::own_standard(),
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

    fn says(self) -> String {
        match self {
            Self::Exp => words::model_says::exp(),
            Self::Expm1 => words::model_says::expm1(),
            Self::PowerOfTen => words::model_says::power_of_ten(),
            Self::Squared => words::model_says::squared(),
            Self::Complement => words::model_says::complement(),
        }
    }
}

impl Statistic {
    /// What it is in words, with the name of the tool that does it.
    fn says(self) -> String {
        match self {
            Self::MinMax => words::model_says::min_max(),
            Self::MinMaxSigned => words::model_says::min_max_signed(),
            Self::Standard => words::model_says::standard_n(),
            Self::StandardSample => words::model_says::standard_sample(),
            Self::MaxAbs => words::model_says::max_abs(),
            Self::Centred => words::model_says::centred(),
            Self::Deviation => words::model_says::deviation(),
            Self::MeanOverRange => words::model_says::mean_over_range(),
            Self::Robust => words::model_says::robust(),
            Self::WholeMinMax => words::model_says::whole_min_max(),
            Self::WholeStandard => words::model_says::whole_standard(),
        }
    }
}

impl Scaler {
    /// "the input is scaled before the network: (x - 5) / 2"
    fn says(&self) -> String {
        let mappings: Vec<String> = self.mappings.iter().map(|mapping| self.one(*mapping)).collect();
        let same = mappings.windows(2).all(|pair| pair[0] == pair[1]);
        let how = if same { mappings.first().cloned().unwrap_or_default() } else { few(&mappings) };
        match (self.by, self.end) {
            (By::Table(statistic), End::Input) => words::model_says::table_input(how, statistic.says()),
            (By::Table(statistic), End::Output) => words::model_says::table_output(how, statistic.says()),
            (By::Given(statistic), _) => words::model_says::given_input(how, statistic.says()),
            (By::Solved, End::Input) => words::model_says::solved_input(how),
            (By::Solved, End::Output) => words::model_says::solved_output(how),
            (By::Usual | By::SolvedRound, End::Input) => words::model_says::scaled_input(how),
            (By::Usual | By::SolvedRound, End::Output) => words::model_says::scaled_output(how),
        }
    }

    fn one(&self, mapping: Mapping) -> String {
        let text = |value: f32| significant(f64::from(value), 7);
        match (mapping, self.end) {
            (Mapping::Range { from: (0.0, high), to: (0.0, 1.0) }, End::Input) => {
                words::model_says::divided(text(high))
            }
            (Mapping::Range { from: (0.0, high), to: (0.0, 1.0) }, End::Output) => {
                words::model_says::multiplied(text(high))
            }
            (Mapping::Range { from, to }, End::Input) => {
                words::model_says::range(text(from.1), text(from.0), text(to.1), text(to.0))
            }
            (Mapping::Range { from, to }, End::Output) => {
                words::model_says::range(text(to.1), text(to.0), text(from.1), text(from.0))
            }
            (Mapping::Standard { mean, deviation }, End::Input) => match (self.by, mean) {
                (By::Solved, _) => affine("x", 1.0 / f64::from(deviation), -f64::from(mean) / f64::from(deviation)),
                (_, 0.0) => words::model_says::divided(text(deviation)),
                _ => words::model_says::standard(text(deviation), text(mean)),
            },
            (Mapping::Standard { mean, deviation }, End::Output) => affine("y", f64::from(deviation), f64::from(mean)),
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
    /// What could be behind the number.
    pub fn says(self, network: &Network) -> String {
        match self {
            Self::Behind | Self::FactorBehind | Self::OffsetBehind => words::model_says::open_behind(),
            Self::BehindEach => words::model_says::open_behind_each(),
            Self::Front | Self::FactorFront => words::model_says::open_front(),
            Self::FrontEach => words::model_says::open_front_each(),
            Self::Both => words::model_says::open_both(),
            Self::Bias(layer) => words::model_says::open_bias(quoted(
                &network.layer(layer).map(|layer| layer.name.as_str()).into_iter().collect::<Vec<_>>(),
            )),
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
