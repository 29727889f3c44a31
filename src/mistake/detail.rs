//! In which way a mistake is made, and how that is written.

use std::{fmt, str::FromStr};

use super::wrong_range::WrongRange;
use crate::{
    network::{Activation, List, Misreading, Rounding, Weight, Written},
    words,
};

/// What a kind needs to know besides the layer.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Detail {
    /// Nothing.
    #[default]
    Plain,
    /// Which activation was used: `tanh`.
    Activation(Activation),
    /// Which unit: `unit[3]`.
    Unit(usize),
    /// Which two inputs or units: `0-1`.
    Pair(usize, usize),
    /// Which weight: `kernel[0,3]`, `bias[3]`, `gamma[0]`.
    Weight(Weight),
    /// Which number replaces a weight: `kernel[0,3]=0.489`.
    Typed(Weight, f32),
    /// Which other layer, by position: `layer[1]`.
    Layer(usize),
    /// Moved by so many units: `shift[1]`.
    Shift(isize),
    /// How values are rounded, and which: `round[2]`, `round-results[2]`, `round-products[2]`, and the same with `cut`.
    Rounding(Rounding),
    /// With which scaling the right one was replaced: `to[0,1]`.
    Range(WrongRange),
    /// The units, where it could be the inputs: `units`.
    Units,
    /// How many samples a batch has: `samples[32]`.
    Samples(u16),
    /// How many times too steep a curve is: `steep[4.9]`.
    Steep(f32),
    /// In this layer and in all after it: `everywhere`.
    Everywhere,
    /// The part that is to be dropped was kept: `negative-part`.
    NegativePart,
    /// Which epsilon was added: `epsilon[1e-5]`.
    Epsilon(f32),
    /// Of all the inputs that were given, its variance divided by their number or by one less: `batch`, `batch-corrected`.
    Batch {
        /// Divided by one less.
        corrected: bool,
    },
    /// Which input was misread, and how: `input[0]-sign`.
    Misread(usize, Misreading),
    /// Which two numbers of one unit were exchanged: `kernel[0,1]~bias[1]`.
    Exchanged(Weight, Weight),
    /// The numbers of which unit moved by so many places: `unit[1]+1`, `unit[1]-1`.
    Order(usize, i8),
}

impl Detail {
    /// How often a kind is made in this way, against its other ways (only ratios matter): people take the everyday
    /// activations for each other, and seldom one that they have not heard of.
    pub fn often(&self) -> f64 {
        match self {
            Self::Activation(activation) if !activation.is_everyday() => 0.1,
            Self::Everywhere => 0.3,
            // A learner who rounds to one decimal does not write four, and rounding is taught before cutting.
            Self::Rounding(rounding) => {
                (if rounding.decimals < 2 { 0.1 } else { 1.0 }) * (if rounding.cut { 0.5 } else { 1.0 })
            }
            _ => 1.0,
        }
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain => Ok(()),
            Self::Activation(activation) => activation.fmt(f),
            Self::Unit(unit) => write!(f, "unit[{unit}]"),
            Self::Pair(a, b) => write!(f, "{a}-{b}"),
            Self::Weight(weight) => f.write_str(&name(*weight)),
            Self::Typed(weight, value) => write!(f, "{}={value}", name(*weight)),
            Self::Layer(layer) => write!(f, "layer[{layer}]"),
            Self::Shift(by) => write!(f, "shift[{by}]"),
            Self::Rounding(Rounding { decimals, cut, what, .. }) => {
                let what = match what {
                    Written::Results => "-results",
                    Written::Stages => "",
                    Written::Products => "-products",
                };
                write!(f, "{}{what}[{decimals}]", if *cut { "cut" } else { "round" })
            }
            Self::Range(range) => range.fmt(f),
            Self::Units => f.write_str("units"),
            Self::Samples(samples) => write!(f, "samples[{samples}]"),
            Self::Steep(times) => write!(f, "steep[{times}]"),
            Self::Everywhere => f.write_str("everywhere"),
            Self::NegativePart => f.write_str("negative-part"),
            Self::Epsilon(epsilon) => write!(f, "epsilon[{epsilon:e}]"),
            Self::Batch { corrected: false } => f.write_str("batch"),
            Self::Batch { corrected: true } => f.write_str("batch-corrected"),
            Self::Misread(input, misreading) => write!(f, "input[{input}]-{misreading}"),
            Self::Exchanged(a, b) => write!(f, "{}~{}", name(*a), name(*b)),
            Self::Order(unit, by) => write!(f, "unit[{unit}]{by:+}"),
        }
    }
}

impl FromStr for Detail {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || words::mistake::unknown_detail(text);
        if let Some((place, value)) = text.split_once('=') {
            let weight = weight(place).ok_or_else(unknown)?;
            return value.trim().parse().map(|value| Self::Typed(weight, value)).map_err(|_| unknown());
        }
        match text {
            "negative-part" => return Ok(Self::NegativePart),
            "everywhere" => return Ok(Self::Everywhere),
            "units" => return Ok(Self::Units),
            "batch" => return Ok(Self::Batch { corrected: false }),
            "batch-corrected" => return Ok(Self::Batch { corrected: true }),
            _ => {}
        }
        if let Some((a, b)) = text.split_once('~') {
            return Ok(Self::Exchanged(weight(a).ok_or_else(unknown)?, weight(b).ok_or_else(unknown)?));
        }
        // `input[0]-sign` and `unit[1]+1`: something is said after the place.
        if let Some((place, said)) = text.split_once(']').filter(|(_, said)| !said.is_empty()) {
            let index = |name: &str| place.strip_prefix(name)?.strip_prefix('[')?.parse().ok();
            let misread = || Some(Self::Misread(index("input")?, said.strip_prefix('-')?.parse().ok()?));
            let order = || Some(Self::Order(index("unit")?, said.parse().ok()?));
            if let Some(detail) = misread().or_else(order) {
                return Ok(detail);
            }
        }
        if let Ok(range) = text.parse() {
            return Ok(Self::Range(range));
        }
        if let Some(weight) = weight(text) {
            return Ok(Self::Weight(weight));
        }
        if let Some((name, index)) = text.strip_suffix(']').and_then(|text| text.split_once('[')) {
            let rounding = |cut, what| {
                let decimals = index.parse().map_err(|_| unknown())?;
                Ok(Self::Rounding(Rounding::new(decimals, cut, what)))
            };
            return match name {
                "unit" => index.parse().map(Self::Unit).map_err(|_| unknown()),
                "layer" => index.parse().map(Self::Layer).map_err(|_| unknown()),
                "shift" => index.parse().map(Self::Shift).map_err(|_| unknown()),
                "samples" => index.parse().map(Self::Samples).map_err(|_| unknown()),
                "epsilon" => index.parse().map(Self::Epsilon).map_err(|_| unknown()),
                "steep" => index.parse().map(Self::Steep).map_err(|_| unknown()),
                "round" => rounding(false, Written::Stages),
                "cut" => rounding(true, Written::Stages),
                "round-results" => rounding(false, Written::Results),
                "cut-results" => rounding(true, Written::Results),
                "round-products" => rounding(false, Written::Products),
                "cut-products" => rounding(true, Written::Products),
                _ => Err(unknown()),
            };
        }
        if let Some((a, b)) = text.split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?))) {
            return Ok(Self::Pair(a, b));
        }
        Activation::from_str(text).map(Self::Activation).map_err(|why| why.to_string())
    }
}

/// A weight within its layer: `kernel[0,3]`.
pub(super) fn name(weight: Weight) -> String {
    match weight {
        Weight::Kernel { input, unit } => format!("kernel[{input},{unit}]"),
        Weight::Bias { unit } => format!("bias[{unit}]"),
        Weight::Listed { list, unit } => format!("{}[{unit}]", list.name()),
    }
}

fn weight(text: &str) -> Option<Weight> {
    let (name, index) = text.trim().strip_suffix(']')?.split_once('[')?;
    let one = || index.trim().parse().ok();
    match name {
        "kernel" => {
            let (input, unit) = index.split_once(',')?;
            Some(Weight::Kernel { input: input.trim().parse().ok()?, unit: unit.trim().parse().ok()? })
        }
        "bias" => Some(Weight::Bias { unit: one()? }),
        _ => {
            let list = List::ALL.iter().find(|list| list.name() == name)?;
            Some(Weight::Listed { list: *list, unit: one()? })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_read_back_as_they_are_written() {
        for text in [
            "tanh",
            "leaky_relu(0.01)",
            "unit[3]",
            "0-1",
            "kernel[0,3]",
            "bias[3]",
            "gamma[0]",
            "kernel[0,3]=0.489",
            "bias[1]=-2",
            "layer[1]",
            "shift[-1]",
            "round[2]",
            "cut[0]",
            "round-products[3]",
            "round-results[2]",
            "cut-results[0]",
            "to[0,1]",
            "to[-1,1]",
            "256",
            "without-offset",
            "units",
            "samples[32]",
            "steep[4.9]",
            "negative-part",
            "everywhere",
            "leaky_relu(-1)",
            "epsilon[1e-5]",
            "batch",
            "batch-corrected",
            "input[0]-sign",
            "input[12]-point[-1]",
            "input[1]-digits[3]",
            "kernel[0,1]~bias[1]",
            "unit[3]+1",
            "unit[0]-1",
        ] {
            assert_eq!(text.parse::<Detail>().expect(text).to_string(), text);
        }
        assert!("kernel[0]".parse::<Detail>().is_err());
        assert!("round[x]".parse::<Detail>().is_err());
    }
}
