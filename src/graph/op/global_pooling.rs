//! `GlobalMaxPooling` and `GlobalAveragePooling`: the largest or the mean of each channel, over all of space.
//!
//! ```text
//! max       a[k] = max over r, c of in[r, c, k]
//! average   sum[k] = sum over r, c of in[r, c, k]      a[k] = sum[k] / count
//! ```
//! The average of a sequence with a mask (1D) counts only the times that count:
//! `sum[k] = sum over t of mask[t] * in[t, k]`, `count = sum over t of mask[t]`.
//! Source: `keras/src/layers/pooling/global_average_pooling1d.py` and its neighbours.
//!
//! ```
//! # use byhand::graph::{op::{GlobalPooling, PoolingKind}, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let pooling = GlobalPooling { kind: PoolingKind::Average, spatial: 1, keep: false, channels_first: false };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 2])?;
//! network.add("pool", pooling, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 10.0, 3.0, 30.0]])?)?;
//! assert_eq!(pass.of(network.find("pool.a")?.array), [2.0, 20.0]); // (1 + 3) / 2, (10 + 30) / 2
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, PoolingKind, Weights,
    activation::{along, split},
    window::{Layout, spatial_axes},
};
use crate::{
    equation::{Axis, Function, Read, Rule, Which, over},
    graph::{Lines, Value, lines::scalar},
};

/// Pooling over all of space.
#[derive(Debug, Clone, Copy)]
pub struct GlobalPooling {
    /// What becomes of a channel.
    pub kind: PoolingKind,
    /// How many axes of space there are.
    pub spatial: usize,
    /// Whether the axes of space stay, with length 1.
    pub keep: bool,
    /// Whether the axis of the channels is the first one.
    pub channels_first: bool,
}

impl Operation for GlobalPooling {
    fn kind(&self) -> &'static str {
        match (self.kind, self.spatial) {
            (PoolingKind::Max, 1) => "GlobalMaxPooling1D",
            (PoolingKind::Max, 2) => "GlobalMaxPooling2D",
            (PoolingKind::Max, _) => "GlobalMaxPooling3D",
            (PoolingKind::Average, 1) => "GlobalAveragePooling1D",
            (PoolingKind::Average, 2) => "GlobalAveragePooling2D",
            (PoolingKind::Average, _) => "GlobalAveragePooling3D",
        }
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only_of_rank(from, self.spatial + 1)?;
        let layout = Layout { channels_first: self.channels_first };
        let (spatial, channel) = layout.axes(self.spatial);
        let (lengths, channels) = (split(x, &spatial).0, x.axes()[channel]);
        // With the axes kept, the channel is own axis `channel` of the result, else the only one.
        let shape = if self.keep { layout.place(vec![1; self.spatial], [channels]) } else { vec![channels] };
        let place = |read: Read| {
            read.renamed(&|axis| match axis {
                Axis::Own(_) => Axis::Own(if self.keep { channel } else { 0 }),
                over @ Axis::Over(_) => over,
            })
        };
        let image = place(along(x, &spatial));
        let rank = shape.len();
        let a = match (self.kind, x.mask) {
            (PoolingKind::Max, _) => lines.stage(
                "a",
                shape.clone(),
                Rule::Extreme { over: lengths.into(), of: image, which: Which::Largest },
            )?,
            (PoolingKind::Average, Some(mask)) if self.spatial == 1 => {
                let times = Read::new(mask, [over(0)]);
                let count = lines.stage("count", [], Rule::sum(lengths.clone(), [times.clone()]))?;
                let sum = lines.stage("sum", shape.clone(), Rule::sum(lengths, [image, times]))?;
                lines.stage("a", shape.clone(), Rule::map(Function::Divide, [Read::same(sum, rank), scalar(count)]))?
            }
            (PoolingKind::Average, _) => {
                let count = lines.constant("count", lengths.iter().product::<usize>() as f32)?;
                let sum = lines.stage("sum", shape.clone(), Rule::sum(lengths, [image]))?;
                lines.stage("a", shape.clone(), Rule::map(Function::Divide, [Read::same(sum, rank), scalar(count)]))?
            }
        };
        Ok(vec![Value::new(a, shape)])
    }
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let kind = if config.class.contains("Max") { PoolingKind::Max } else { PoolingKind::Average };
    let (keep, channels_first) = (config.flag_or("keepdims", false)?, config.channels_first()?);
    Ok(Arc::new(GlobalPooling { kind, spatial: spatial_axes(config), keep, channels_first }))
}
