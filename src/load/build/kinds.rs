//! Arrays of operations that are not computed yet: known by their names, their ranks, or shapes that Dense layers do not have.

use super::{
    super::found::{Array, Hints, tuple},
    error::BuildError,
    group::Slot,
    names::{Named, Role},
};

/// Parts of a layer's name or class, and what the layer is. In lower case, without `_`.
const KNOWN: &[(&str, &str)] = &[
    ("simplernn", "a SimpleRNN layer (recurrent)"),
    ("lstm", "an LSTM layer (recurrent)"),
    ("gru", "a GRU layer (recurrent)"),
    ("bidirectional", "a Bidirectional layer (recurrent)"),
    ("depthwiseconv", "a DepthwiseConv layer (convolution)"),
    ("separableconv", "a SeparableConv layer (convolution)"),
    ("conv1d", "a Conv1D layer (convolution)"),
    ("conv2d", "a Conv2D layer (convolution)"),
    ("conv3d", "a Conv3D layer (convolution)"),
    ("embedding", "an Embedding layer"),
    ("multiheadattention", "a MultiHeadAttention layer"),
    ("attention", "an attention layer"),
    ("layernormalization", "a LayerNormalization layer"),
    ("layernorm", "a LayerNorm layer"),
    ("groupnorm", "a GroupNorm layer"),
    ("prelu", "a PReLU layer"),
    ("maxpool", "a pooling layer"),
    ("averagepool", "a pooling layer"),
    ("avgpool", "a pooling layer"),
];

/// What a class or a layer's name stands for, if it is an operation that is not computed yet.
pub(in crate::load) fn known(name: &str) -> Option<&'static str> {
    let name: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    KNOWN.iter().find(|(part, _)| name.contains(part)).map(|(_, what)| *what)
}

/// Refuses what a name, a class or a rank says is no Dense layer.
pub(super) fn by_name(arrays: &[Array], named: &[Named], hints: &Hints) -> Result<(), BuildError> {
    let refuse = |which: String, what: String, certain| Err(BuildError::Operation { which, certain, what });
    for (i, (array, named)) in arrays.iter().zip(named).enumerate() {
        let shape = array.shape_text();
        if let Some(what) = known(&named.layer) {
            return refuse(array.called(i), format!("{what}, shape {shape}"), true);
        }
        if named.role == Some(Role::Recurrent) {
            return refuse(array.called(i), format!("the recurrent kernel of a recurrent layer, shape {shape}"), true);
        }
        match array.shape.len() {
            0..=2 => {}
            3 => {
                return refuse(
                    array.called(i),
                    format!("the kernel of a Conv1D layer (convolution), shape {shape}"),
                    false,
                );
            }
            4 => {
                return refuse(
                    array.called(i),
                    format!("the kernel of a Conv2D layer (convolution), shape {shape}"),
                    false,
                );
            }
            _ => {
                return refuse(
                    array.called(i),
                    format!("the kernel of a Conv3D layer (convolution), shape {shape}"),
                    false,
                );
            }
        }
    }
    for (name, class) in &hints.layers {
        if let Some(what) = known(class) {
            return refuse(format!("layer `{name}`"), what.to_owned(), true);
        }
    }
    Ok(())
}

/// Refuses shapes that Dense layers hardly ever have and recurrent ones always: a kernel without a bias, then a square one
/// (or one with 4 or 3 times as many columns as rows) with a bias.
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
        let what = match (gates, bias, kernel(slots.get(i + 2))) {
            (1, Some(length), _) if length == rows => format!("SimpleRNN({rows})"),
            (4, Some(length), _) if length == columns => format!("LSTM({rows})"),
            (3, Some(length), _) if length == columns => format!("GRU({rows}, reset_after=False)"),
            (3, None, Some((_, 2, width, _))) if width == columns => format!("GRU({rows})"),
            _ => continue,
        };
        let shapes = [tuple(&[inputs, first]), tuple(&[rows, columns])].join(" and ");
        return Err(BuildError::Operation {
            which: arrays[at].called(at),
            certain: false,
            what: format!("a recurrent layer, {what}, with kernel and recurrent kernel of shapes {shapes}"),
        });
    }
    Ok(())
}
