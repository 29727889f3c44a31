//! `Conv1DTranspose`, `Conv2DTranspose`: every number of the input paints its kernel into the output; what overlaps is added.
//!
//! ```text
//! wx[r, c, f] = sum over i, j, k of in[(r + p - i*d) / s, (c + p - j*d) / s, k] * kernel[i, j, f, k]
//! z[r, c, f]  = wx[r, c, f] + bias[f]            a = activation(z)
//! ```
//! Only where the division leaves no remainder is there a number; elsewhere the term is 0. The kernel is (window.., filters,
//! channels): the other way round than that of a convolution.
//! Source: `keras/src/layers/convolutional/base_conv_transpose.py`; p as in `keras/src/backend/common/backend_utils.py`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::ConvTranspose, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kernel = Array::new([3, 1, 1], vec![1.0, 10.0, 100.0]).ok_or("three numbers")?; // (window, filters, channels)
//! let conv = ConvTranspose { strides: vec![2], ..ConvTranspose::new(kernel, None, Activation::Linear) };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 1])?;
//! network.add("conv", conv, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0]])?)?;
//! // 1, 10, 100 from place 0 on, and 2, 20, 200 from place 2 on.
//! assert_eq!(pass.of(network.find("conv.wx")?.array), [1.0, 10.0, 102.0, 20.0, 200.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights,
    activation::activated,
    dense::with_bias,
    window::{Layout, Padding, padding, spatial_axes},
};
use crate::{
    equation::{Affine, Array, Read, Rule, over, own, signed},
    graph::{Lines, Value},
    network::Activation,
    words::operation,
};

/// A transposed convolution over one, two or three axes.
#[derive(Debug, Clone)]
pub struct ConvTranspose {
    /// (window.., filters, channels)
    pub kernel: Array,
    /// (filters,)
    pub bias: Option<Array>,
    /// One for each axis of space.
    pub strides: Vec<usize>,
    /// One for each axis of space.
    pub dilation: Vec<usize>,
    /// How the border is treated.
    pub padding: Padding,
    /// How many more places there are at the end of each axis than the kernel needs, if it is said.
    pub output_padding: Option<Vec<usize>>,
    /// Whether the axis of the channels is the first one.
    pub channels_first: bool,
    /// What is done with each number.
    pub activation: Activation,
}

impl ConvTranspose {
    /// With stride 1, no padding, channels last.
    pub fn new(kernel: Array, bias: Option<Array>, activation: Activation) -> Self {
        let ones = vec![1; kernel.shape().rank().saturating_sub(2)];
        let (strides, dilation, padding) = (ones.clone(), ones, Padding::Valid);
        Self { kernel, bias, strides, dilation, padding, output_padding: None, channels_first: false, activation }
    }

    /// How long axis `axis` becomes, and how much of its beginning is cut off.
    fn length(&self, axis: usize, length: usize) -> (usize, usize) {
        let (stride, kernel) = (self.strides[axis], self.kernel.shape().axes()[axis]);
        let reach = kernel.saturating_sub(1).saturating_mul(self.dilation[axis]).saturating_add(1);
        let painted = length.saturating_sub(1).saturating_mul(stride).saturating_add(reach);
        if let Padding::Sides(sides) = self.padding {
            let ((front, behind), more) = (sides[axis], self.output_padding.as_ref().map_or(0, |more| more[axis]));
            return (painted.saturating_add(more).saturating_sub(front + behind), front);
        }
        let same = self.padding == Padding::Same;
        match self.output_padding.as_ref().map(|more| more[axis]) {
            None if same => {
                let long = length.saturating_mul(stride);
                (long, painted.saturating_sub(long) / 2)
            }
            None => (length.saturating_mul(stride).saturating_add(reach.saturating_sub(stride)), 0),
            Some(more) => {
                let cut = if same { reach / 2 } else { 0 };
                let long = painted.saturating_add(more).saturating_sub(2 * cut);
                // What TensorFlow then cuts off in front: half of what is missing on both sides.
                let cut = if same { painted.saturating_sub(long) / 2 } else { 0 };
                (long, cut)
            }
        }
    }
}

impl Operation for ConvTranspose {
    fn kind(&self) -> &'static str {
        match self.strides.len() {
            1 => "Conv1DTranspose",
            2 => "Conv2DTranspose",
            _ => "Conv3DTranspose",
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
        let axes = self.kernel.shape().axes();
        if axes.len() != n + 2 || self.dilation.len() != n || self.strides.contains(&0) || axes.contains(&0) {
            return Err(lines.fault(operation::kernel("transposed", self.kernel.shape())));
        }
        if self.padding == Padding::Causal || self.output_padding.as_ref().is_some_and(|more| more.len() != n) {
            return Err(lines.fault(operation::padding_transposed()));
        }
        let (sizes, filters, channels) = (&axes[..n], axes[n], x.axes()[channel]);
        let kernel = lines.weight("kernel", &self.kernel, &[sizes, &[filters, channels]].concat())?;
        let mut places: Vec<Affine> = Vec::with_capacity(n);
        let mut counts = Vec::with_capacity(n);
        for (i, &axis) in spatial.iter().enumerate() {
            let (count, cut) = self.length(i, x.axes()[axis]);
            let place = own(axis) - over(i) * signed(self.dilation[i]) + signed(cut);
            places.push(if self.strides[i] == 1 { place } else { place.divided(self.strides[i]) });
            counts.push(count);
        }
        let shape = layout.place(counts, [filters]);
        let image = Read::new(x.array, layout.place(places, [over(n)]));
        let weights = Read::new(kernel, (0..n).map(over).chain([own(channel), over(n)]));
        let sum = Rule::sum([sizes, &[channels]].concat(), [image, weights]);
        let wx = lines.stage("wx", shape.clone(), sum)?;
        let z = with_bias(lines, wx, &shape, self.bias.as_ref(), channel)?;
        Ok(vec![activated(lines, self.activation, &Value::new(z, shape), channel)?])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let n = spatial_axes(config);
    let more = config.has("output_padding").then(|| config.lengths("output_padding", n, 0)).transpose()?;
    Ok(Arc::new(ConvTranspose {
        kernel: weights.take("kernel")?,
        bias: weights.take_if(config.flag_or("use_bias", true)?, "bias")?,
        strides: config.lengths("strides", n, 1)?,
        dilation: config.lengths("dilation_rate", n, 1)?,
        padding: padding(config)?,
        output_padding: more,
        channels_first: config.channels_first()?,
        activation: config.activation("activation", Activation::Linear)?,
    }))
}
