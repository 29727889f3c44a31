//! `MaxPooling` and `AveragePooling` over one, two or three axes: the largest or the mean of each window.
//!
//! ```text
//! max       a[r, c, k] = max over i, j of in[r*s + i - p, c*s + j - p, k]       -inf outside of in
//! average   sum[r, c, k] = sum over i, j of in[r*s + i - p, c*s + j - p, k]     0 outside of in
//!           a[r, c, k] = sum[r, c, k] / count[r, c]                             how many places of the window are inside
//! ```
//! With `same` padding a window at the border is divided by the places inside of the image, not by its whole size.
//! Source: `keras/src/layers/pooling/base_pooling.py`; `tf.nn.avg_pool` for the count.
//!
//! ```
//! # use byhand::graph::{op::{Padding, Pooling, PoolingKind}, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let pooling = Pooling { padding: Padding::Same, ..Pooling::new(PoolingKind::Average, [2]) };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [3, 1])?;
//! network.add("pool", pooling, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0, 5.0]])?)?;
//! assert_eq!(pass.of(network.find("pool.a")?.array), [1.5, 5.0]); // (1 + 2) / 2, and 5 / 1
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights,
    window::{Layout, Padding, Windows, padding, spatial_axes},
};
use crate::{
    equation::{Affine, Array, Function, Read, Rule, Shape, Which, over, own},
    graph::{Lines, Value},
    words::operation,
};

/// What becomes of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolingKind {
    /// Its largest number.
    Max,
    /// Its mean.
    Average,
}

/// Pooling over one, two or three axes.
#[derive(Debug, Clone)]
pub struct Pooling {
    /// What becomes of a window.
    pub kind: PoolingKind,
    /// How long a window is along each axis of space.
    pub size: Vec<usize>,
    /// How far the next window is.
    pub strides: Vec<usize>,
    /// How the border is treated.
    pub padding: Padding,
    /// Whether the axis of the channels is the first one.
    pub channels_first: bool,
    /// Whether a mean counts what padding adds: PyTorch does, Keras does not.
    pub divides_by_window: bool,
}

impl Pooling {
    /// Windows side by side, without padding, channels last.
    pub fn new(kind: PoolingKind, size: impl Into<Vec<usize>>) -> Self {
        let size = size.into();
        Self {
            kind,
            strides: size.clone(),
            size,
            padding: Padding::Valid,
            channels_first: false,
            divides_by_window: false,
        }
    }
}

impl Operation for Pooling {
    fn kind(&self) -> &'static str {
        match (self.kind, self.size.len()) {
            (PoolingKind::Max, 1) => "MaxPooling1D",
            (PoolingKind::Max, 2) => "MaxPooling2D",
            (PoolingKind::Max, _) => "MaxPooling3D",
            (PoolingKind::Average, 1) => "AveragePooling1D",
            (PoolingKind::Average, 2) => "AveragePooling2D",
            (PoolingKind::Average, _) => "AveragePooling3D",
        }
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let n = self.size.len();
        let x = lines.only_of_rank(from, n + 1)?;
        let layout = Layout { channels_first: self.channels_first };
        let (spatial, channel) = layout.axes(n);
        if self.strides.len() != n {
            return Err(lines.fault(operation::strides(n, self.strides.len())));
        }
        let windows = spatial.iter().enumerate();
        let windows = windows.map(|(i, &axis)| {
            Windows::new(lines, x.axes()[axis], self.size[i], self.strides[i], 1, self.padding.on(i))
        });
        let windows: Vec<Windows> = windows.collect::<Result<_, _>>()?;
        let counts: Vec<usize> = windows.iter().map(|window| window.count).collect();
        let shape = layout.place(counts.clone(), [x.axes()[channel]]);
        let places = windows.iter().zip(&spatial).enumerate();
        let places: Vec<Affine> = places.map(|(i, (window, &axis))| window.at(own(axis), over(i))).collect();
        let image = Read::new(x.array, layout.place(places, [own(channel)]));
        let a = match self.kind {
            PoolingKind::Max => {
                let of = image.padded(f32::NEG_INFINITY);
                let rule = Rule::Extreme { over: self.size.clone().into(), of, which: Which::Largest };
                lines.stage("a", shape.clone(), rule)?
            }
            PoolingKind::Average => {
                let lengths: Vec<usize> = spatial.iter().map(|&axis| x.axes()[axis]).collect();
                let mut count = inside(&windows, &lengths);
                if self.divides_by_window {
                    let all = vec![self.size.iter().product::<usize>() as f32; count.values().len()];
                    count = Array::new(count.shape().clone(), all).unwrap_or(count);
                }
                let count = lines.constants("count", count)?;
                let sum = lines.stage("sum", shape.clone(), Rule::sum(self.size.clone(), [image]))?;
                let count = Read::new(count, spatial.iter().map(|&axis| own(axis)));
                let quotient = Rule::map(Function::Divide, [Read::same(sum, n + 1), count]);
                lines.stage("a", shape.clone(), quotient)?
            }
        };
        Ok(vec![Value::new(a, shape)])
    }
}

/// How many places of each window are inside of the image.
fn inside(windows: &[Windows], lengths: &[usize]) -> Array {
    let shape = Shape::from(windows.iter().map(|window| window.count).collect::<Vec<_>>());
    let of = |window: &Windows, at: usize, length: usize| {
        let start = at * window.stride;
        let end = (start + window.kernel).min(length + window.before);
        end - start.max(window.before)
    };
    let counts = (0..shape.size()).map(|flat| {
        let at = shape.unravel(flat);
        windows.iter().zip(&at).zip(lengths).map(|((window, &at), &length)| of(window, at, length)).product::<usize>()
            as f32
    });
    let counts = counts.collect();
    Array::new(shape, counts).unwrap_or_else(|| Array::scalar(f32::NAN))
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let n = spatial_axes(config);
    let size = config.lengths("pool_size", n, 2)?;
    let strides = if config.has("strides") { config.lengths("strides", n, 1)? } else { size.clone() };
    let kind = if config.class.starts_with("Max") { PoolingKind::Max } else { PoolingKind::Average };
    let (padding, channels_first) = (padding(config)?, config.channels_first()?);
    Ok(Arc::new(Pooling { kind, size, strides, padding, channels_first, divides_by_window: false }))
}
