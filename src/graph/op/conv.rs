//! `Conv1D`, `Conv2D`, `Conv3D`: a window moves over the axes of space; in each place all its numbers meet one kernel a filter.
//!
//! ```text
//! wx[r, c, f] = sum over i, j, k of in[r*s + i*d - p, c*s + j*d - p, k] * kernel[i, j, k, f]     0 outside of in
//! z[r, c, f]  = wx[r, c, f] + bias[f]            a = activation(z)
//! ```
//! s stride, d dilation, p what is added in front: 0 for `valid`, half of what is missing (rounded down) for `same`, all of it
//! for `causal`. The kernel is not flipped: deep learning's convolution is what mathematics calls cross-correlation.
//! With groups, filter f sees only the channels of its group: `in` is seen as (.., groups, channels / groups), and the group is
//! `f / (filters / groups)`, rounded down. Source: `keras/src/layers/convolutional/base_conv.py`, `call`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::{Conv, Padding}, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kernel = Array::new([2, 1, 1], vec![1.0, 10.0]).ok_or("two numbers")?; // (window, channels, filters)
//! let conv = Conv { padding: Padding::Same, ..Conv::new(kernel, None, Activation::Linear) };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [3, 1])?;
//! network.add("conv", conv, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0, 3.0]])?)?;
//! // 1 * 1 + 2 * 10, 2 * 1 + 3 * 10, and 3 * 1 + 0 * 10: the padding is behind.
//! assert_eq!(pass.of(network.find("conv.wx")?.array), [21.0, 32.0, 3.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights,
    activation::activated,
    dense::with_bias,
    window::{Layout, Padding, Windows, padding, spatial_axes},
};
use crate::{
    equation::{Affine, Array, Read, Rule, over, own},
    graph::{Lines, Value},
    network::Activation,
    words::operation,
};

/// A convolution over one, two or three axes.
#[derive(Debug, Clone)]
pub struct Conv {
    /// (window.., channels / groups, filters)
    pub kernel: Array,
    /// (filters,)
    pub bias: Option<Array>,
    /// One for each axis of space.
    pub strides: Vec<usize>,
    /// One for each axis of space.
    pub dilation: Vec<usize>,
    /// How the border is treated.
    pub padding: Padding,
    /// In how many groups the channels are.
    pub groups: usize,
    /// Whether the axis of the channels is the first one.
    pub channels_first: bool,
    /// What is done with each number.
    pub activation: Activation,
}

impl Conv {
    /// With stride 1, no padding, one group, channels last.
    pub fn new(kernel: Array, bias: Option<Array>, activation: Activation) -> Self {
        let ones = vec![1; kernel.shape().rank().saturating_sub(2)];
        let (strides, dilation) = (ones.clone(), ones);
        Self { kernel, bias, strides, dilation, padding: Padding::Valid, groups: 1, channels_first: false, activation }
    }
}

impl Operation for Conv {
    fn kind(&self) -> &'static str {
        match self.strides.len() {
            1 => "Conv1D",
            2 => "Conv2D",
            _ => "Conv3D",
        }
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([("kernel", Some(&self.kernel)), ("bias", self.bias.as_ref())])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let n = self.strides.len();
        let x = lines.only_of_rank(from, n + 1)?;
        let layout = Layout { channels_first: self.channels_first };
        let (spatial, channel) = layout.axes(n);
        let windows = Windows::over(lines, x, &spatial, &self.kernel, &self.strides, &self.dilation, self.padding)?;
        let (channels, filters) = (x.axes()[channel], self.kernel.shape().axes().last().copied().unwrap_or(0));
        let groups = self.groups;
        if groups == 0 || !channels.is_multiple_of(groups) || !filters.is_multiple_of(groups) {
            return Err(lines.fault(operation::groups(channels, filters, groups)));
        }
        let counts: Vec<usize> = windows.iter().map(|window| window.count).collect();
        let sizes: Vec<usize> = windows.iter().map(|window| window.kernel).collect();
        let kernel = lines.weight("kernel", &self.kernel, &[&sizes[..], &[channels / groups, filters]].concat())?;
        let shape = layout.place(counts, [filters]);
        let filter = own(channel);
        let places: Vec<Affine> = windows
            .iter()
            .zip(&spatial)
            .enumerate()
            .map(|(i, (window, &axis))| window.at(own(axis), over(i)))
            .collect();
        let image = if groups == 1 {
            Read::new(x.array, layout.place(places, [over(n)]))
        } else {
            let view = layout.place(spatial.iter().map(|&axis| x.axes()[axis]), [groups, channels / groups]);
            let group = filter.clone().floored(filters / groups);
            Read::new(x.array, layout.place(places, [group, over(n)])).viewed(view)
        };
        let weights = Read::new(kernel, (0..=n).map(over).chain([filter]));
        let sum = Rule::sum([&sizes[..], &[channels / groups]].concat(), [image, weights]);
        let wx = lines.stage("wx", shape.clone(), sum)?;
        let z = with_bias(lines, wx, &shape, self.bias.as_ref(), channel)?;
        Ok(vec![activated(lines, self.activation, &Value::new(z, shape), channel)?])
    }
}

impl Windows {
    /// The windows over each axis of space, from the first axes of a kernel.
    pub(super) fn over(
        lines: &Lines<'_>,
        x: &Value,
        spatial: &[usize],
        kernel: &Array,
        strides: &[usize],
        dilation: &[usize],
        padding: Padding,
    ) -> Result<Vec<Self>, GraphError> {
        let sizes = kernel.shape().axes();
        if sizes.len() != spatial.len() + 2 || strides.len() != spatial.len() || dilation.len() != spatial.len() {
            return Err(lines.fault(operation::kernel("conv", kernel.shape())));
        }
        let each = spatial.iter().enumerate();
        each.map(|(i, &axis)| Self::new(lines, x.axes()[axis], sizes[i], strides[i], dilation[i], padding.on(i)))
            .collect()
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let n = spatial_axes(config);
    Ok(Arc::new(Conv {
        kernel: weights.take("kernel")?,
        bias: weights.take_if(config.flag_or("use_bias", true)?, "bias")?,
        strides: config.lengths("strides", n, 1)?,
        dilation: config.lengths("dilation_rate", n, 1)?,
        padding: padding(config)?,
        groups: config.length_or("groups", 1)?,
        channels_first: config.channels_first()?,
        activation: config.activation("activation", Activation::Linear)?,
    }))
}
