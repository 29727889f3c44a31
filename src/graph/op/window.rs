//! What convolutions, pooling and padding share: windows that move over spatial axes.

use super::{Config, GraphError};
use crate::{
    equation::{Affine, signed},
    graph::Lines,
    words::operation,
};

/// How the border is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Padding {
    /// Windows lie wholly inside.
    Valid,
    /// As many windows as `ceil(length / stride)`; what is missing is added on both sides, the odd one behind.
    Same,
    /// Windows end at their own index: missing values are added in front.
    Causal,
    /// So much is added in front and behind, one pair for each axis of space; PyTorch and ONNX say it so.
    Sides([(usize, usize); 3]),
}

impl Padding {
    /// So much in front and behind, one pair for each axis of space; axes without one have none added.
    pub fn sides(pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut sides = [(0, 0); 3];
        sides.iter_mut().zip(pairs).for_each(|(side, pair)| *side = pair);
        Self::Sides(sides)
    }

    /// What one axis of space needs to know.
    pub(super) fn on(self, axis: usize) -> Self {
        match self {
            Self::Sides(sides) => Self::sides([sides.get(axis).copied().unwrap_or_default()]),
            other => other,
        }
    }
}

/// One spatial axis with its windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Windows {
    /// How long a window is.
    pub(super) kernel: usize,
    /// How far the next window is.
    pub(super) stride: usize,
    /// How far neighbours in a window are apart.
    pub(super) dilation: usize,
    /// How much is added in front.
    pub(super) before: usize,
    /// How many windows there are.
    pub(super) count: usize,
}

impl Windows {
    /// The windows over an axis of this length.
    pub(super) fn new(
        lines: &Lines<'_>,
        length: usize,
        kernel: usize,
        stride: usize,
        dilation: usize,
        padding: Padding,
    ) -> Result<Self, GraphError> {
        if kernel == 0 || stride == 0 || dilation == 0 {
            return Err(lines.fault(operation::window_zero()));
        }
        let reach = (kernel - 1).saturating_mul(dilation).saturating_add(1);
        let (before, padded) = match padding {
            Padding::Valid => (0, length),
            Padding::Sides([(before, behind), ..]) => (before, length.saturating_add(before).saturating_add(behind)),
            Padding::Causal => (reach - 1, length.saturating_add(reach - 1)),
            Padding::Same => {
                let missing =
                    ((length.div_ceil(stride).max(1) - 1) * stride).saturating_add(reach).saturating_sub(length);
                (missing / 2, length.saturating_add(missing))
            }
        };
        if padded < reach || length == 0 {
            return Err(lines.fault(operation::window(length, reach)));
        }
        Ok(Self { kernel, stride, dilation, before, count: (padded - reach) / stride + 1 })
    }

    /// Where window `window` reads at place `within`.
    pub(super) fn at(self, window: Affine, within: Affine) -> Affine {
        window * signed(self.stride) + within * signed(self.dilation) - signed(self.before)
    }
}

/// The axes of a value in memory: channels last, or first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) channels_first: bool,
}

impl Layout {
    /// Spatial entries and the entry of the channels, in the order of memory.
    pub(super) fn place<T>(self, spatial: impl IntoIterator<Item = T>, channel: impl IntoIterator<Item = T>) -> Vec<T> {
        if self.channels_first {
            channel.into_iter().chain(spatial).collect()
        } else {
            spatial.into_iter().chain(channel).collect()
        }
    }

    /// Which axis each spatial axis is, and which is the axis of the channels.
    pub(super) fn axes(self, spatial: usize) -> (Vec<usize>, usize) {
        let first = usize::from(self.channels_first);
        ((first..first + spatial).collect(), if self.channels_first { 0 } else { spatial })
    }
}

pub(super) fn padding(config: &Config<'_>) -> Result<Padding, GraphError> {
    match config.text_or("padding", "valid")? {
        "valid" => Ok(Padding::Valid),
        "same" => Ok(Padding::Same),
        "causal" => Ok(Padding::Causal),
        _ => Err(config.wrong("padding", operation::padding())),
    }
}

/// The number of spatial axes, from the `2D` at the end of a class.
pub(super) fn spatial_axes(config: &Config<'_>) -> usize {
    let digit = config.class.chars().find_map(|c| c.to_digit(10));
    digit.map_or(2, |digit| digit as usize)
}
