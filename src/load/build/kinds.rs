//! Arrays of layers that are not computed here, recognised by their names, their number of axes, or shapes that Dense layers do
//! not have.

use super::{
    super::found::{Array, Hints},
    error::{BuildError, LayerClass, NotDense},
    group::Slot,
    names::{Named, Role},
};

/// Parts of a layer's name or class, and what the layer is. In lower case, without `_`.
const KNOWN: &[(&str, LayerClass)] = &[
    ("simplernn", recurrent("SimpleRNN")),
    ("lstm", recurrent("LSTM")),
    ("gru", recurrent("GRU")),
    ("bidirectional", recurrent("Bidirectional")),
    ("depthwiseconv", convolution("DepthwiseConv")),
    ("separableconv", convolution("SeparableConv")),
    ("conv1d", convolution("Conv1D")),
    ("conv2d", convolution("Conv2D")),
    ("conv3d", convolution("Conv3D")),
    ("embedding", other("Embedding")),
    ("multiheadattention", other("MultiHeadAttention")),
    ("attention", other("Attention")),
    ("layernormalization", other("LayerNormalization")),
    ("layernorm", other("LayerNorm")),
    ("groupnorm", other("GroupNorm")),
    ("prelu", other("PReLU")),
    ("maxpool", other("MaxPooling")),
    ("averagepool", other("AveragePooling")),
    ("avgpool", other("AveragePooling")),
];

const fn recurrent(name: &'static str) -> LayerClass {
    LayerClass { name, family: "recurrent" }
}

const fn convolution(name: &'static str) -> LayerClass {
    LayerClass { name, family: "convolution" }
}

const fn other(name: &'static str) -> LayerClass {
    LayerClass { name, family: "other" }
}

/// The class that a class or a layer's name means, if it is one that is not computed here.
pub(in crate::load) fn known(name: &str) -> Option<LayerClass> {
    let name: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    KNOWN.iter().find(|(part, _)| name.contains(part)).map(|(_, class)| *class)
}

/// Refuses arrays that are not of Dense layers by their names, their classes or their number of axes.
pub(super) fn by_name(arrays: &[Array], named: &[Named], hints: &Hints) -> Result<(), BuildError> {
    for (i, (array, named)) in arrays.iter().zip(named).enumerate() {
        let (called, shape) = (array.called(i), array.shape.clone());
        let refused = if let Some(class) = known(&named.layer) {
            NotDense::OfClass { array: called, shape, class }
        } else if named.role == Some(Role::Recurrent) {
            NotDense::RecurrentKernel { array: called, shape }
        } else if shape.len() > 2 {
            NotDense::Convolution { array: called, shape }
        } else {
            continue;
        };
        return Err(BuildError::Operation(refused));
    }
    let class_of = |(name, class): &(String, String)| {
        known(class).map(|class| BuildError::Operation(NotDense::Layer { name: name.clone(), class }))
    };
    hints.layers.iter().find_map(class_of).map_or(Ok(()), Err)
}

/// Refuses shapes that recurrent layers always have, and Dense layers almost never: a kernel without a bias, then a square
/// kernel (or one with 4 or 3 times as many columns as rows) with a bias.
pub(super) fn by_shape(arrays: &[Array], slots: &[Slot]) -> Result<(), BuildError> {
    let kernel = |slot: Option<&Slot>| match slot? {
        Slot::Dense { kernel, bias, .. } => match arrays.get(*kernel)?.shape[..] {
            [rows, columns] => Some((*kernel, rows, columns, bias.map(|bias| arrays[bias].values.len()))),
            _ => None,
        },
        Slot::Norm { .. } => None,
    };
    for i in 0..slots.len() {
        let (Some((at, inputs, first, None)), Some((_, rows, columns, bias))) =
            (kernel(slots.get(i)), kernel(slots.get(i + 1)))
        else {
            continue;
        };
        let gates = columns.checked_div(rows).filter(|gates| gates * rows == columns).unwrap_or(0);
        if first != columns {
            continue;
        }
        let like = match (gates, bias, kernel(slots.get(i + 2))) {
            (1, Some(length), _) if length == rows => format!("SimpleRNN({rows})"),
            (4, Some(length), _) if length == columns => format!("LSTM({rows})"),
            (3, Some(length), _) if length == columns => format!("GRU({rows}, reset_after=False)"),
            (3, None, Some((_, 2, width, _))) if width == columns => format!("GRU({rows})"),
            _ => continue,
        };
        return Err(BuildError::Operation(NotDense::Recurrent {
            array: arrays[at].called(at),
            like,
            kernel: [inputs, first],
            recurrent: [rows, columns],
        }));
    }
    Ok(())
}
