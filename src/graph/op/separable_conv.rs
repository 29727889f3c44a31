//! `SeparableConv1D`, `SeparableConv2D`: a depthwise convolution, then every place mixes its channels.
//!
//! ```text
//! depthwise[r, c, q] = sum over i, j of in[..] * depthwise_kernel[i, j, q / m, q mod m]        as in `depthwise_conv.rs`
//! wx[r, c, f] = sum over q of depthwise[r, c, q] * pointwise_kernel[q, f]
//! z[r, c, f]  = wx[r, c, f] + bias[f]            a = activation(z)
//! ```
//! Source: `keras/src/layers/convolutional/base_separable_conv.py`, `call`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::{DepthwiseConv, SeparableConv}, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let depthwise = Array::new([1, 2, 1], vec![10.0, 100.0]).ok_or("two numbers")?;
//! let pointwise = Array::new([1, 2, 1], vec![1.0, 2.0]).ok_or("two numbers")?;
//! let depthwise = DepthwiseConv::new(depthwise, None, Activation::Linear);
//! let mut network = Network::new("doc");
//! let x = network.input("x", [1, 2])?;
//! network.add("conv", SeparableConv { depthwise, pointwise, bias: None, activation: Activation::Linear }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0]])?)?;
//! assert_eq!(pass.of(network.find("conv.wx")?.array), [410.0]); // 10 * 1 + 200 * 2
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, DepthwiseConv, GraphError, Operation, Weights,
    activation::activated,
    dense::with_bias,
    window::{Layout, padding, spatial_axes},
};
use crate::{
    equation::{Array, Read, Rule, over, own},
    graph::{Lines, Value},
    network::Activation,
};

/// A separable convolution.
#[derive(Debug, Clone)]
pub struct SeparableConv {
    /// The first half; its bias and activation are not used.
    pub depthwise: DepthwiseConv,
    /// (1.., channels * multiplier, filters)
    pub pointwise: Array,
    /// (filters,)
    pub bias: Option<Array>,
    /// What is done with each number.
    pub activation: Activation,
}

impl Operation for SeparableConv {
    fn kind(&self) -> &'static str {
        if self.depthwise.strides.len() == 1 { "SeparableConv1D" } else { "SeparableConv2D" }
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([
            ("depthwise_kernel", Some(&self.depthwise.kernel)),
            ("pointwise_kernel", Some(&self.pointwise)),
            ("bias", self.bias.as_ref()),
        ])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let n = self.depthwise.strides.len();
        let x = lines.only_of_rank(from, n + 1)?;
        let layout = Layout { channels_first: self.depthwise.channels_first };
        let (spatial, channel) = layout.axes(n);
        let depthwise = self.depthwise.sums(lines, x, "depthwise", "depthwise_kernel")?;
        let channels = depthwise.axes()[channel];
        let filters = self.pointwise.shape().axes().last().copied().unwrap_or(0);
        let expected = [&vec![1; n][..], &[channels, filters]].concat();
        let kernel = lines.weight("pointwise_kernel", &self.pointwise, &expected)?;
        let shape = layout.place(spatial.iter().map(|&axis| depthwise.axes()[axis]), [filters]);
        let places = layout.place(spatial.into_iter().map(own), [over(0)]);
        let weights = Read::new(kernel, [over(0), own(channel)]).viewed([channels, filters]);
        let sum = Rule::sum([channels], [Read::new(depthwise.array, places), weights]);
        let wx = lines.stage("wx", shape.clone(), sum)?;
        let z = with_bias(lines, wx, &shape, self.bias.as_ref(), channel)?;
        Ok(vec![activated(lines, self.activation, &Value::new(z, shape), channel)?])
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let n = spatial_axes(config);
    let depthwise = DepthwiseConv {
        strides: config.lengths("strides", n, 1)?,
        dilation: config.lengths("dilation_rate", n, 1)?,
        padding: padding(config)?,
        channels_first: config.channels_first()?,
        ..DepthwiseConv::new(weights.take("depthwise_kernel")?, None, Activation::Linear)
    };
    Ok(Arc::new(SeparableConv {
        depthwise,
        pointwise: weights.take("pointwise_kernel")?,
        bias: weights.take_if(config.flag_or("use_bias", true)?, "bias")?,
        activation: config.activation("activation", Activation::Linear)?,
    }))
}
