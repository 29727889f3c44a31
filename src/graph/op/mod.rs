//! One file an operation: what it is, its formula, its shapes, its weights, and its equations.
//!
//! To add one: its file, and its lines in `CLASSES`.

use std::sync::Arc;

use super::{
    GraphError, Lines, Operation,
    config::{Config, Weights},
};
use crate::{equation::Array, words::operation};

mod activation;
mod activation_layers;
mod attention;
mod batch_normalization;
mod bidirectional;
mod border;
mod concatenate;
mod conv;
mod conv_transpose;
mod dense;
mod depthwise_conv;
mod dot;
mod dropout;
mod einsum_dense;
mod elementwise;
mod embedding;
mod flatten;
mod global_pooling;
mod group_normalization;
mod gru;
mod identity;
mod layer_normalization;
mod lstm;
mod masking;
mod matrix_product;
mod merge;
mod moments;
mod multi_head_attention;
mod normalization;
mod permute;
mod pooling;
mod reduce;
mod repeat_vector;
mod rescaling;
mod reshape;
mod rms_normalization;
mod scaled_attention;
mod separable_conv;
mod sequence;
mod simple_rnn;
mod slice;
mod sparsemax;
mod time_distributed;
mod unit_normalization;
mod window;

pub use activation::Activate;
pub use activation_layers::{PRelu, ReluLayer, SoftmaxLayer};
pub use attention::{Attention, ScoreKind};
pub use batch_normalization::BatchNormalization;
pub use bidirectional::{Bidirectional, JoinKind};
pub use border::{Border, BorderKind};
pub use concatenate::Concatenate;
pub use conv::Conv;
pub use conv_transpose::ConvTranspose;
pub use dense::Dense;
pub use depthwise_conv::DepthwiseConv;
pub use dot::Dot;
pub use dropout::Dropout;
pub use einsum_dense::EinsumDense;
pub use elementwise::{Elementwise, Operand};
pub use embedding::Embedding;
pub use flatten::Flatten;
pub use global_pooling::GlobalPooling;
pub use group_normalization::GroupNormalization;
pub use gru::{Gru, GruGate};
pub use identity::Identity;
pub use layer_normalization::LayerNormalization;
pub use lstm::{Gate, Lstm};
pub use masking::Masking;
pub use matrix_product::MatrixProduct;
pub use merge::{Merge, MergeKind};
pub use multi_head_attention::{MultiHeadAttention, Projection};
pub use normalization::Normalization;
pub use permute::Permute;
pub use pooling::{Pooling, PoolingKind};
pub use reduce::{Reduce, ReduceKind};
pub use repeat_vector::RepeatVector;
pub use rescaling::Rescaling;
pub use reshape::Reshape;
pub use rms_normalization::RmsNormalization;
pub use separable_conv::SeparableConv;
pub use sequence::Sequence;
pub use simple_rnn::SimpleRnn;
pub use slice::Slice;
pub use time_distributed::TimeDistributed;
pub use unit_normalization::UnitNormalization;
pub use window::Padding;

pub(super) use activation_layers::activation_of_layer;

/// Makes an operation from its description and its arrays.
type Read = fn(&Config<'_>, &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError>;

/// Every class of layer that can be read, one line each.
pub(super) const CLASSES: &[(&str, Read)] = &[
    ("Activation", activation::read),
    ("ActivityRegularization", identity::read),
    ("Add", merge::read),
    ("AdditiveAttention", attention::read),
    ("AlphaDropout", identity::read),
    ("Attention", attention::read),
    ("Average", merge::read),
    ("AveragePooling1D", pooling::read),
    ("AveragePooling2D", pooling::read),
    ("AveragePooling3D", pooling::read),
    ("BatchNormalization", batch_normalization::read),
    ("Bidirectional", bidirectional::read),
    ("Concatenate", concatenate::read),
    ("Conv1D", conv::read),
    ("Conv1DTranspose", conv_transpose::read),
    ("Conv2D", conv::read),
    ("Conv2DTranspose", conv_transpose::read),
    ("Conv3D", conv::read),
    ("Conv3DTranspose", conv_transpose::read),
    ("Cropping1D", border::read),
    ("Cropping2D", border::read),
    ("Cropping3D", border::read),
    ("Dense", dense::read),
    ("DepthwiseConv1D", depthwise_conv::read),
    ("DepthwiseConv2D", depthwise_conv::read),
    ("Dot", dot::read),
    ("Dropout", dropout::read),
    ("ELU", activation_layers::read),
    ("EinsumDense", einsum_dense::read),
    ("Embedding", embedding::read),
    ("Flatten", flatten::read),
    ("GRU", gru::read),
    ("GaussianDropout", identity::read),
    ("GaussianNoise", identity::read),
    ("GlobalAveragePooling1D", global_pooling::read),
    ("GlobalAveragePooling2D", global_pooling::read),
    ("GlobalAveragePooling3D", global_pooling::read),
    ("GlobalMaxPooling1D", global_pooling::read),
    ("GlobalMaxPooling2D", global_pooling::read),
    ("GlobalMaxPooling3D", global_pooling::read),
    ("GroupNormalization", group_normalization::read),
    ("Identity", identity::read),
    ("LSTM", lstm::read),
    ("LayerNormalization", layer_normalization::read),
    ("LeakyReLU", activation_layers::read),
    ("Masking", masking::read),
    ("MaxPooling1D", pooling::read),
    ("MaxPooling2D", pooling::read),
    ("MaxPooling3D", pooling::read),
    ("Maximum", merge::read),
    ("Minimum", merge::read),
    ("MultiHeadAttention", multi_head_attention::read),
    ("Multiply", merge::read),
    ("Normalization", normalization::read),
    ("PReLU", activation_layers::read),
    ("Permute", permute::read),
    ("RMSNormalization", rms_normalization::read),
    ("ReLU", activation_layers::read),
    ("RepeatVector", repeat_vector::read),
    ("Rescaling", rescaling::read),
    ("Reshape", reshape::read),
    ("SeparableConv1D", separable_conv::read),
    ("SeparableConv2D", separable_conv::read),
    ("SimpleRNN", simple_rnn::read),
    ("Softmax", activation_layers::read),
    ("SpatialDropout1D", identity::read),
    ("SpatialDropout2D", identity::read),
    ("SpatialDropout3D", identity::read),
    ("Subtract", merge::read),
    ("ThresholdedReLU", activation_layers::read),
    ("TimeDistributed", time_distributed::read),
    ("UnitNormalization", unit_normalization::read),
    ("UpSampling1D", border::read),
    ("UpSampling2D", border::read),
    ("UpSampling3D", border::read),
    ("ZeroPadding1D", border::read),
    ("ZeroPadding2D", border::read),
    ("ZeroPadding3D", border::read),
];

/// The operation that a description says.
pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    match CLASSES.iter().find(|(class, _)| *class == config.class) {
        Some((_, read)) => read(config, weights),
        None => Err(GraphError::Class {
            layer: config.layer.to_owned(),
            class: config.class.to_owned(),
            known: super::class_names().join(", "),
        }),
    }
}

/// Those weights that are there, with their names.
fn listed<'w, const N: usize>(weights: [(&str, Option<&'w Array>); N]) -> Vec<(String, &'w Array)> {
    weights.into_iter().filter_map(|(name, array)| Some((name.to_owned(), array?))).collect()
}

/// An axis of a value of `rank` axes, from Keras' axes: they count that of the samples as 0, and negative ones from the end.
fn axis_of(lines: &Lines<'_>, axis: i64, rank: usize) -> Result<usize, GraphError> {
    let counted = if axis < 0 { axis + rank as i64 } else { axis - 1 };
    usize::try_from(counted).ok().filter(|&axis| axis < rank).ok_or_else(|| lines.fault(operation::axis(axis, rank)))
}

/// Several axes, in order, each once.
fn axes_of(lines: &Lines<'_>, axes: &[i64], rank: usize) -> Result<Vec<usize>, GraphError> {
    let mut axes = axes.iter().map(|&axis| axis_of(lines, axis, rank)).collect::<Result<Vec<usize>, _>>()?;
    axes.sort_unstable();
    axes.dedup();
    Ok(axes)
}
