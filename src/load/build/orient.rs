//! How kernels are stored: what their biases and the next layers allow.

use super::super::Orientation;

/// A layer as far as shapes matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sides {
    /// A matrix of this many rows and columns, and the length of its bias.
    Matrix { rows: usize, columns: usize, bias: Option<usize> },
    /// A kernel printed as one row of numbers: all inputs of one unit, or all units of one input.
    Vector { length: usize, bias: Option<usize> },
    /// As many values out as in.
    Same(usize),
}

/// What one layer takes and gives.
pub(super) type InOut = (usize, usize);

/// Where a chain breaks: the layer that does not fit, and what arrives there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// The bias of this layer has another length than it has units.
    Bias(usize),
    /// What this layer takes is not what the one before gives.
    Chain(usize),
}

impl Sides {
    fn bias(self) -> Option<usize> {
        match self {
            Self::Matrix { bias, .. } | Self::Vector { bias, .. } => bias,
            Self::Same(_) => None,
        }
    }

    /// What it takes and gives, read like this. `before`: what arrives; `after`: what the next layer takes at least in one
    /// reading, which only matters for vectors.
    fn read(self, orientation: Orientation, before: Option<usize>, after: Option<Sides>) -> InOut {
        match (self, orientation) {
            (Self::Matrix { rows, columns, .. }, Orientation::Keras) => (rows, columns),
            (Self::Matrix { rows, columns, .. }, Orientation::Torch) => (columns, rows),
            (Self::Same(units), _) => (units, units),
            (Self::Vector { length, bias }, _) => {
                let takes = |sides: Sides| match sides {
                    Self::Matrix { rows, columns, .. } => rows == length || columns == length,
                    Self::Vector { length: other, .. } => other == length,
                    Self::Same(units) => units == length,
                };
                let one_unit = match (bias, before) {
                    (Some(bias), _) => bias == 1 && length != 1,
                    (None, Some(before)) => before == length,
                    (None, None) => !after.is_some_and(takes),
                };
                if one_unit { (length, 1) } else { (1, length) }
            }
        }
    }
}

/// What every layer takes and gives, all kernels read in one way; or where that breaks.
pub(super) fn uniform(layers: &[Sides], orientation: Orientation) -> Result<Vec<InOut>, Misfit> {
    chain(layers, |_, _| orientation)
}

/// The same where kernels of one row or one column may be stored in another way than the rest: row and column vectors are
/// often printed as they come. The readings too; `None` if that does not help.
pub(super) fn each(layers: &[Sides], usual: Orientation) -> Option<Vec<Orientation>> {
    [usual, usual.other()].into_iter().find_map(|first| {
        let mut before = None;
        let mut readings = Vec::with_capacity(layers.len());
        for (i, &layer) in layers.iter().enumerate() {
            let fits = |orientation: Orientation| {
                let (takes, gives) = layer.read(orientation, before, layers.get(i + 1).copied());
                before.is_none_or(|before| before == takes) && layer.bias().is_none_or(|bias| bias == gives)
            };
            let own = if before.is_none() { first } else { usual };
            let flat = matches!(layer, Sides::Matrix { rows, columns, .. } if rows == 1 || columns == 1);
            let reading = if fits(own) {
                own
            } else if (flat || before.is_none()) && fits(own.other()) {
                own.other()
            } else {
                return None;
            };
            before = Some(layer.read(reading, before, layers.get(i + 1).copied()).1);
            readings.push(reading);
        }
        Some(readings)
    })
}

/// What every layer takes and gives, each read in its own way.
pub(super) fn chain(
    layers: &[Sides],
    orientation: impl Fn(usize, Option<usize>) -> Orientation,
) -> Result<Vec<InOut>, Misfit> {
    let mut before = None;
    let mut read = Vec::with_capacity(layers.len());
    for (i, &layer) in layers.iter().enumerate() {
        let (takes, gives) = layer.read(orientation(i, before), before, layers.get(i + 1).copied());
        if layer.bias().is_some_and(|bias| bias != gives) {
            return Err(Misfit::Bias(i));
        }
        if before.is_some_and(|before| before != takes) {
            return Err(Misfit::Chain(i));
        }
        read.push((takes, gives));
        before = Some(gives);
    }
    Ok(read)
}
