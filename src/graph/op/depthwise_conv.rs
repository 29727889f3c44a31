//! `DepthwiseConv1D`, `DepthwiseConv2D`: every channel has kernels of its own, as many as the depth multiplier says.
//!
//! ```text
//! wx[r, c, q] = sum over i, j of in[r*s + i*d - p, c*s + j*d - p, q / m] * kernel[i, j, q / m, q mod m]     m multiplier
//! z[r, c, q]  = wx[r, c, q] + bias[q]            a = activation(z)
//! ```
//! Source: `keras/src/layers/convolutional/base_depthwise_conv.py`, `call`. Strides and padding as in `conv.rs`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::DepthwiseConv, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kernel = Array::new([1, 2, 2], vec![1.0, 10.0, 100.0, 1000.0]).ok_or("four numbers")?; // (window, channels, m)
//! let mut network = Network::new("doc");
//! let x = network.input("x", [1, 2])?;
//! network.add("conv", DepthwiseConv::new(kernel, None, Activation::Linear), [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0]])?)?;
//! assert_eq!(pass.of(network.find("conv.wx")?.array), [1.0, 10.0, 200.0, 2000.0]);
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
    equation::{Affine, Array, ArrayId, Read, Rule, over, own},
    graph::{Lines, Value},
    network::Activation,
};

/// A depthwise convolution over one or two axes.
#[derive(Debug, Clone)]
pub struct DepthwiseConv {
    /// (window.., channels, multiplier)
    pub kernel: Array,
    /// (channels * multiplier,)
    pub bias: Option<Array>,
    /// One for each axis of space.
    pub strides: Vec<usize>,
    /// One for each axis of space.
    pub dilation: Vec<usize>,
    /// How the border is treated.
    pub padding: Padding,
    /// Whether the axis of the channels is the first one.
    pub channels_first: bool,
    /// What is done with each number.
    pub activation: Activation,
}

impl DepthwiseConv {
    /// With stride 1, no padding, channels last.
    pub fn new(kernel: Array, bias: Option<Array>, activation: Activation) -> Self {
        let ones = vec![1; kernel.shape().rank().saturating_sub(2)];
        let (strides, dilation) = (ones.clone(), ones);
        Self { kernel, bias, strides, dilation, padding: Padding::Valid, channels_first: false, activation }
    }

    /// The sums, as stage `stage`, with their shape.
    pub(super) fn sums(&self, lines: &mut Lines<'_>, x: &Value, stage: &str, name: &str) -> Result<Value, GraphError> {
        let n = self.strides.len();
        let layout = Layout { channels_first: self.channels_first };
        let (spatial, channel) = layout.axes(n);
        let windows = Windows::over(lines, x, &spatial, &self.kernel, &self.strides, &self.dilation, self.padding)?;
        let (channels, multiplier) = (x.axes()[channel], self.kernel.shape().axes()[n + 1]);
        let sizes: Vec<usize> = windows.iter().map(|window| window.kernel).collect();
        let kernel: ArrayId = lines.weight(name, &self.kernel, &[&sizes[..], &[channels, multiplier]].concat())?;
        let counts: Vec<usize> = windows.iter().map(|window| window.count).collect();
        let shape = layout.place(counts, [channels * multiplier]);
        let places: Vec<Affine> = windows
            .iter()
            .zip(&spatial)
            .enumerate()
            .map(|(i, (window, &axis))| window.at(own(axis), over(i)))
            .collect();
        let taken = if multiplier == 1 { own(channel) } else { own(channel).floored(multiplier) };
        let image = Read::new(x.array, layout.place(places, [taken]));
        let view = [&sizes[..], &[channels * multiplier]].concat();
        let weights = Read::new(kernel, (0..n).map(over).chain([own(channel)])).viewed(view);
        Ok(Value::new(lines.stage(stage, shape.clone(), Rule::sum(sizes, [image, weights]))?, shape))
    }
}

impl Operation for DepthwiseConv {
    fn kind(&self) -> &'static str {
        if self.strides.len() == 1 { "DepthwiseConv1D" } else { "DepthwiseConv2D" }
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([("kernel", Some(&self.kernel)), ("bias", self.bias.as_ref())])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only_of_rank(from, self.strides.len() + 1)?;
        let wx = self.sums(lines, x, "wx", "kernel")?;
        let (_, channel) = Layout { channels_first: self.channels_first }.axes(self.strides.len());
        let z = with_bias(lines, wx.array, wx.axes(), self.bias.as_ref(), channel)?;
        Ok(vec![activated(lines, self.activation, &Value::new(z, wx.shape), channel)?])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let n = spatial_axes(config);
    Ok(Arc::new(DepthwiseConv {
        kernel: weights.take("kernel")?,
        bias: weights.take_if(config.flag_or("use_bias", true)?, "bias")?,
        strides: config.lengths("strides", n, 1)?,
        dilation: config.lengths("dilation_rate", n, 1)?,
        padding: padding(config)?,
        channels_first: config.channels_first()?,
        activation: config.activation("activation", Activation::Linear)?,
    }))
}
