//! What was done to the numbers before training, as a layer in front of the network or behind it.

use super::{Layer, List, Network, NetworkError, Operation, Scaling};

/// At which end of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// In front of it.
    Input,
    /// Behind it.
    Output,
}

impl End {
    /// The word in `--scaling`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
        }
    }

    /// How many numbers pass there.
    pub fn units(self, network: &Network) -> usize {
        match self {
            Self::Input => network.inputs(),
            Self::Output => network.outputs(),
        }
    }
}

/// What was done to one number before training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mapping {
    /// The range `from` was mapped to the range `to`.
    Range {
        /// Lowest and highest number before.
        from: (f32, f32),
        /// Lowest and highest number after.
        to: (f32, f32),
    },
    /// The mean was subtracted, the rest divided by the deviation.
    Standard {
        /// What was subtracted.
        mean: f32,
        /// The divisor; above 0.
        deviation: f32,
    },
}

impl Mapping {
    /// Division by one number.
    pub fn divided_by(divisor: f32) -> Self {
        Self::Range { from: (0.0, divisor), to: (0.0, 1.0) }
    }

    /// What the network does with it: on the way in the same as in training, on the way out the inverse.
    pub fn scaling(self, end: End) -> Scaling {
        match (self, end) {
            (Self::Range { from, to }, End::Input) => Scaling::between(from, to),
            (Self::Range { from, to }, End::Output) => Scaling::between(to, from),
            (Self::Standard { mean, deviation }, End::Input) => Scaling::standardising(mean, deviation),
            (Self::Standard { mean, deviation }, End::Output) => Scaling::new(vec![deviation], vec![mean]),
        }
    }

    /// Where the numbers lay in training, as far as is known.
    pub fn range(self) -> (f32, f32) {
        match self {
            Self::Range { from: (a, b), .. } => (a.min(b), a.max(b)),
            Self::Standard { mean, deviation } => (mean - 2.0 * deviation, mean + 2.0 * deviation),
        }
    }

    /// As `--scaling` reads it: `/255`, `0,100`, `0,100:-1,1`, `standard:5,2`.
    pub fn text(self) -> String {
        match self {
            Self::Range { from: (low, high), to: (to_low, to_high) } if (to_low, to_high) == (0.0, 1.0) => {
                if low == 0.0 { format!("/{high}") } else { format!("{low},{high}") }
            }
            Self::Range { from: (low, high), to: (to_low, to_high) } => format!("{low},{high}:{to_low},{to_high}"),
            // A mapping that turns the numbers round is a range that is read backwards.
            Self::Standard { mean, deviation } if deviation < 0.0 => format!("{mean},{}", mean + deviation),
            Self::Standard { mean, deviation } => format!("standard:{mean},{deviation}"),
        }
    }
}

/// One scaling for all the numbers at one end of a network; shapes (units,).
///
/// # Errors
/// The first number whose scale or offset is too large or too small for float32.
pub fn scaling(mappings: &[Mapping], end: End) -> Result<Scaling, usize> {
    let list = |list| {
        let numbers = mappings.iter().filter_map(|mapping| mapping.scaling(end).list(list)?.first().copied());
        numbers.collect::<Vec<f32>>()
    };
    let (scale, offset) = (list(List::Scale), list(List::Offset));
    let usable = |i: &usize| scale[*i].is_finite() && offset[*i].is_finite() && scale[*i] != 0.0;
    match (0..scale.len()).find(|i| !usable(i)) {
        Some(unit) => Err(unit),
        None => Ok(Scaling::new(scale, offset)),
    }
}

impl Network {
    /// The network with a scaling in front of it or behind it, as a layer `scaling_in` or `scaling_out`.
    ///
    /// # Errors
    /// [`NetworkError`] if the scaling has another number of units than the network has there.
    pub fn with_scaling(&self, end: End, scaling: Scaling) -> Result<Self, NetworkError> {
        let name = self.free_name(if end == End::Input { "scaling_in" } else { "scaling_out" });
        let mut layers: Vec<Layer> = self.layers().cloned().collect();
        let at = if end == End::Input { 0 } else { layers.len() };
        layers.insert(at, Layer { name, operation: Operation::Scaling(scaling) });
        Self::new(self.name(), layers)
    }

    /// A name like this one that no layer has.
    pub fn free_name(&self, name: &str) -> String {
        let taken = |name: &str| self.layers().any(|layer| layer.name == name);
        let others = (1..).map(|n| format!("{name}_{n}"));
        std::iter::once(name.to_owned()).chain(others).find(|name| !taken(name)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_written_as_the_command_line_reads_it() {
        let range = |from, to| Mapping::Range { from, to };
        for (mapping, text) in [
            (Mapping::divided_by(255.0), "/255"),
            (range((2.0, 10.0), (0.0, 1.0)), "2,10"),
            (range((0.0, 100.0), (-1.0, 1.0)), "0,100:-1,1"),
            (Mapping::Standard { mean: 5.5, deviation: 0.25 }, "standard:5.5,0.25"),
        ] {
            assert_eq!(mapping.text(), text);
        }
    }

    #[test]
    fn a_mapping_beyond_float32_is_named_by_its_unit() {
        let fine = Mapping::divided_by(2.0);
        assert_eq!(scaling(&[fine, Mapping::divided_by(1e-45)], End::Input), Err(1));
        assert!(scaling(&[fine, fine], End::Output).is_ok());
    }
}
