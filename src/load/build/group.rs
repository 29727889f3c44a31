//! Which arrays belong together: a kernel and its bias, the four vectors of a normalisation; and in which order.

use super::{
    super::{Remark, found::Array},
    error::BuildError,
    names::{Named, Role},
};

/// The arrays of one layer, by their places in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    Dense { kernel: usize, bias: Option<usize>, name: Option<String> },
    Norm { gamma: Option<usize>, beta: Option<usize>, mean: usize, variance: usize, name: Option<String> },
}

/// Layers in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Grouping {
    pub(super) slots: Vec<Slot>,
    /// Whether names, not places, put them together.
    pub(super) by_name: bool,
    /// Whether the order of the names is another than that of the arrays.
    pub(super) reordered: bool,
    pub(super) remarks: Vec<Remark>,
}

/// Puts the arrays into layers.
pub(super) fn group(arrays: &[Array], named: &[Named]) -> Result<Grouping, BuildError> {
    let mut grouping = Grouping::default();
    let mut used = Vec::with_capacity(arrays.len());
    let mut data = Vec::new();
    for (i, (array, named)) in arrays.iter().zip(named).enumerate() {
        match named.role {
            _ if array.values.is_empty() => {}
            Some(Role::Counter) => {}
            Some(Role::Data) => data.push(array.called(i)),
            _ => used.push(i),
        }
    }
    if !data.is_empty() {
        grouping.remarks.push(Remark::DataByName(data));
    }
    if used.is_empty() {
        return Err(BuildError::Empty);
    }
    if !by_names(arrays, named, &used, &mut grouping)? {
        in_sequence(arrays, named, &used, &mut grouping)?;
    }
    Ok(grouping)
}

/// What an array is: by its name, else by its rank.
fn role(array: &Array, named: &Named) -> Role {
    match named.role {
        Some(role) => role,
        None if array.shape.len() >= 2 => Role::Kernel,
        None => Role::Bias,
    }
}

/// One layer while its arrays are found.
#[derive(Debug, Default)]
struct Gathered {
    layer: String,
    shown: Option<String>,
    number: Option<u32>,
    rank: Option<u32>,
    kernel: Option<usize>,
    bias: Option<usize>,
    gamma: Option<usize>,
    beta: Option<usize>,
    mean: Option<usize>,
    variance: Option<usize>,
}

/// Groups by the names of the layers; false where the names do not say enough.
fn by_names(arrays: &[Array], named: &[Named], used: &[usize], grouping: &mut Grouping) -> Result<bool, BuildError> {
    let mut layers: Vec<Gathered> = Vec::new();
    let mut index: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    let mut biases: Vec<usize> = Vec::new();
    for &i in used {
        let name = &named[i];
        let role = role(&arrays[i], name);
        let is_bias = role == Role::Bias;
        if name.layer.is_empty() && !is_bias || name.role.is_none() && name.shown.is_none() {
            return Ok(false);
        }
        if is_bias {
            biases.push(i);
            continue;
        }
        let at = *index.entry(name.layer.as_str()).or_insert_with(|| {
            layers.push(Gathered {
                layer: name.layer.clone(),
                number: name.number(),
                rank: name.rank(),
                ..Gathered::default()
            });
            layers.len() - 1
        });
        let layer = &mut layers[at];
        layer.shown = layer.shown.take().or_else(|| name.shown.clone());
        let place = match role {
            Role::Gamma => &mut layer.gamma,
            Role::Beta => &mut layer.beta,
            Role::Mean => &mut layer.mean,
            Role::Variance => &mut layer.variance,
            _ => &mut layer.kernel,
        };
        // The same name twice: two prints of one network, perhaps before and after training.
        if place.replace(i).is_some() {
            return Ok(false);
        }
    }
    if layers.is_empty() {
        return Ok(false);
    }
    match_biases(named, &mut layers, biases, arrays)?;
    let before: Vec<String> = layers.iter().map(|layer| layer.layer.clone()).collect();
    let plain = layers.iter().all(|layer| layer.mean.is_none());
    if plain && layers.iter().all(|layer| layer.number.is_some()) {
        layers.sort_by_key(|layer| layer.number);
    } else if plain && layers.iter().all(|layer| layer.rank.is_some()) {
        layers.sort_by_key(|layer| layer.rank);
    }
    grouping.reordered = layers.iter().map(|layer| &layer.layer).ne(before.iter());
    grouping.by_name = true;
    for layer in layers {
        let name = layer.shown;
        match (layer.kernel, layer.mean, layer.variance) {
            // PyTorch calls gamma weight, and beta bias.
            (kernel, Some(mean), Some(variance)) => {
                let (gamma, beta) = (layer.gamma.or(kernel), layer.beta.or(layer.bias));
                grouping.slots.push(Slot::Norm { gamma, beta, mean, variance, name });
            }
            (Some(kernel), ..) => grouping.slots.push(Slot::Dense { kernel, bias: layer.bias, name }),
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// Gives every bias its kernel: the one of the same name, else the one that ends where the bias's name says (`IH` and `H`),
/// else the next one in order.
fn match_biases(
    named: &[Named],
    layers: &mut [Gathered],
    biases: Vec<usize>,
    arrays: &[Array],
) -> Result<(), BuildError> {
    let count = biases.len();
    let mut left = Vec::new();
    for i in biases {
        let key = named[i].layer.as_str();
        let same = layers.iter().position(|layer| layer.bias.is_none() && layer.layer == key);
        let ends = || {
            let ends = |layer: &Gathered| layer.layer.len() > key.len() && layer.layer.ends_with(key);
            layers.iter().position(|layer| !key.is_empty() && layer.bias.is_none() && ends(layer))
        };
        match same.or_else(ends) {
            Some(at) => layers[at].bias = Some(i),
            None => left.push(i),
        }
    }
    for i in left {
        let Some(layer) = layers.iter_mut().find(|layer| layer.bias.is_none() && layer.kernel.is_some()) else {
            return Err(BuildError::Unmatched { bias: arrays[i].called(i), kernels: layers.len(), biases: count });
        };
        layer.bias = Some(i);
    }
    Ok(())
}

/// Groups by place: a kernel, then its bias; or all kernels, then all biases; four vectors are a normalisation.
fn in_sequence(arrays: &[Array], named: &[Named], used: &[usize], grouping: &mut Grouping) -> Result<(), BuildError> {
    let is_kernel = |i: usize| match named[i].role {
        Some(Role::Bias) => false,
        Some(Role::Kernel) => true,
        _ => arrays[i].shape.len() >= 2,
    };
    let kernels: Vec<usize> = used.iter().copied().filter(|&i| is_kernel(i)).collect();
    let vectors: Vec<usize> = used.iter().copied().filter(|&i| !is_kernel(i)).collect();
    let name = |i: usize| named[i].shown.clone();
    // All kernels, then all biases (or the other way round), as scikit-learn prints them.
    let apart = kernels.last() < vectors.first() || vectors.last() < kernels.first();
    if kernels.len() > 1 && kernels.len() == vectors.len() && apart {
        let pairs = kernels.iter().zip(&vectors);
        grouping.slots =
            pairs.map(|(&kernel, &bias)| Slot::Dense { kernel, bias: Some(bias), name: name(kernel) }).collect();
        return Ok(());
    }
    let mut rest = used;
    while let Some((&first, after)) = rest.split_first() {
        if is_kernel(first) {
            let run = after.iter().take_while(|&&i| !is_kernel(i)).count();
            let vectors = &after[..run];
            rest = &after[run..];
            let (bias, norm) = match *vectors {
                [] => (None, None),
                [bias] => (Some(bias), None),
                [a, b, c, d] => (None, Some([a, b, c, d])),
                [bias, a, b, c, d] => (Some(bias), Some([a, b, c, d])),
                _ => {
                    let units = arrays[vectors[0]].values.len();
                    // A printed output after the last bias.
                    if rest.is_empty() && run == 2 && arrays[vectors[1]].values.len() == units {
                        grouping.remarks.push(Remark::Prediction(arrays[vectors[1]].called(vectors[1])));
                        (Some(vectors[0]), None)
                    } else {
                        return Err(BuildError::Vectors { kernel: arrays[first].called(first), vectors: run });
                    }
                }
            };
            grouping.slots.push(Slot::Dense { kernel: first, bias, name: name(first) });
            grouping.slots.extend(norm.map(normalisation));
        } else {
            let run = rest.iter().take_while(|&&i| !is_kernel(i)).count();
            let four = <[usize; 4]>::try_from(&rest[..run]).map_err(|_| BuildError::LoneBias {
                array: arrays[first].called(first),
                length: arrays[first].values.len(),
            })?;
            grouping.slots.push(normalisation(four));
            rest = &rest[run..];
        }
    }
    prediction_last(arrays, grouping);
    Ok(())
}

/// A matrix without a bias, after layers that all have one, with as many columns as there are outputs, is a printed output.
fn prediction_last(arrays: &[Array], grouping: &mut Grouping) {
    let [before @ .., Slot::Dense { kernel, bias: None, .. }] = grouping.slots.as_slice() else { return };
    let with_bias = |slot: &Slot| !matches!(slot, Slot::Dense { bias: None, .. });
    let Some(Slot::Dense { bias: Some(bias), .. }) = before.last() else { return };
    let outputs = arrays[*bias].values.len();
    let [rows, columns] = arrays[*kernel].shape[..] else { return };
    if before.iter().all(with_bias) && columns == outputs && (rows == 1 || rows != outputs) {
        grouping.remarks.push(Remark::Prediction(arrays[*kernel].called(*kernel)));
        grouping.slots.pop();
    }
}

fn normalisation([gamma, beta, mean, variance]: [usize; 4]) -> Slot {
    Slot::Norm { gamma: Some(gamma), beta: Some(beta), mean, variance, name: None }
}
