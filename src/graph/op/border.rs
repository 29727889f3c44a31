//! `ZeroPadding`, `Cropping` and `UpSampling` over one, two or three axes: places are added, cut off, repeated.
//!
//! ```text
//! ZeroPadding  a[r, c, k] = in[r - before, c - before, k], 0 outside of in       no step
//! Cropping     a[r, c, k] = in[r + before, c + before, k]                        no step
//! UpSampling   a[r, c, k] = in[r / size, c / size, k], rounded down              no step
//! ```
//! Source: `keras/src/layers/reshaping/zero_padding2d.py`, `cropping2d.py`, `up_sampling2d.py`.
//!
//! ```
//! # use byhand::graph::{op::{Border, BorderKind}, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 1])?;
//! network.add("pad", Border { kind: BorderKind::Padding(vec![(1, 0)]), channels_first: false }, [x])?;
//! network.add("up", Border { kind: BorderKind::UpSampling(vec![2]), channels_first: false }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0]])?)?;
//! assert_eq!(pass.of(network.find("pad.a")?.array), [0.0, 1.0, 2.0]);
//! assert_eq!(pass.of(network.find("up.a")?.array), [1.0, 1.0, 2.0, 2.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights,
    window::{Layout, spatial_axes},
};
use crate::{
    equation::{Affine, Read, Rule, own, signed},
    graph::{Lines, Value},
    words::operation,
};

/// What happens at each axis of space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BorderKind {
    /// So many zeros before and behind.
    Padding(Vec<(usize, usize)>),
    /// So many places less before and behind.
    Cropping(Vec<(usize, usize)>),
    /// Each place so many times.
    UpSampling(Vec<usize>),
}

/// Places are added, cut off or repeated.
#[derive(Debug, Clone)]
pub struct Border {
    /// What happens.
    pub kind: BorderKind,
    /// Whether the axis of the channels is the first one.
    pub channels_first: bool,
}

impl Border {
    fn spatial(&self) -> usize {
        match &self.kind {
            BorderKind::Padding(pairs) | BorderKind::Cropping(pairs) => pairs.len(),
            BorderKind::UpSampling(sizes) => sizes.len(),
        }
    }
}

impl Operation for Border {
    fn kind(&self) -> &'static str {
        match (&self.kind, self.spatial()) {
            (BorderKind::Padding(_), 1) => "ZeroPadding1D",
            (BorderKind::Padding(_), 2) => "ZeroPadding2D",
            (BorderKind::Padding(_), _) => "ZeroPadding3D",
            (BorderKind::Cropping(_), 1) => "Cropping1D",
            (BorderKind::Cropping(_), 2) => "Cropping2D",
            (BorderKind::Cropping(_), _) => "Cropping3D",
            (BorderKind::UpSampling(_), 1) => "UpSampling1D",
            (BorderKind::UpSampling(_), 2) => "UpSampling2D",
            (BorderKind::UpSampling(_), _) => "UpSampling3D",
        }
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only_of_rank(from, self.spatial() + 1)?;
        let layout = Layout { channels_first: self.channels_first };
        let (spatial, channel) = layout.axes(self.spatial());
        let (mut lengths, mut places): (Vec<usize>, Vec<Affine>) = (Vec::new(), Vec::new());
        for (i, &axis) in spatial.iter().enumerate() {
            let (length, place) = (x.axes()[axis], own(axis));
            let (long, place) = match &self.kind {
                BorderKind::Padding(pairs) => {
                    let (before, behind) = pairs[i];
                    (length.saturating_add(before).saturating_add(behind), place - signed(before))
                }
                BorderKind::Cropping(pairs) => {
                    let (before, behind) = pairs[i];
                    let left = length.checked_sub(before.saturating_add(behind)).filter(|left| *left > 0);
                    let cut = || lines.fault(operation::cropping(before, behind, length));
                    (left.ok_or_else(cut)?, place + signed(before))
                }
                BorderKind::UpSampling(sizes) => (length.saturating_mul(sizes[i]), place.floored(sizes[i])),
            };
            lengths.push(long);
            places.push(place);
        }
        let shape = layout.place(lengths, [x.axes()[channel]]);
        let read = Read::new(x.array, layout.place(places, [own(channel)]));
        Ok(vec![Value::new(lines.stage("a", shape.clone(), Rule::copy(read))?, shape)])
    }
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let n = spatial_axes(config);
    let channels_first = config.channels_first()?;
    let kind = if config.class.starts_with("UpSampling") {
        let nearest = config.text_or("interpolation", "nearest")? == "nearest";
        config.refuse_unless("interpolation", nearest, operation::nearest)?;
        BorderKind::UpSampling(config.lengths("size", n, 2)?)
    } else if config.class.starts_with("Cropping") {
        BorderKind::Cropping(pairs(config, "cropping", n)?)
    } else {
        BorderKind::Padding(pairs(config, "padding", n)?)
    };
    Ok(Arc::new(Border { kind, channels_first }))
}

/// Before and behind for each axis: one number, one for each axis, or a pair for each axis.
fn pairs(config: &Config<'_>, key: &str, n: usize) -> Result<Vec<(usize, usize)>, GraphError> {
    let numbers = config.numbers(key)?.unwrap_or_else(|| vec![1.0]);
    let fine = numbers.iter().all(|x| x.fract() == 0.0 && (0.0..1e9).contains(x));
    let at = |i: usize| numbers[i] as usize;
    match numbers.len() {
        1 if fine => Ok(vec![(at(0), at(0)); n]),
        // For one axis two numbers are before and behind; for more, two numbers for two axes are one for each.
        length if fine && length == 2 * n => Ok((0..n).map(|i| (at(2 * i), at(2 * i + 1))).collect()),
        length if fine && length == n => Ok((0..n).map(|i| (at(i), at(i))).collect()),
        _ => Err(config.wrong(key, operation::pairs(n))),
    }
}
