//! The parts of layers and recipes that kinds of mistakes look at and change.

use std::sync::Arc;

use super::{Detail, Replacement};
use crate::network::{Activation, BatchNormalization, Finish, Kernel, List, Network, Operation, Recipe, Role, Weight};

/// With more decimals than this nobody writes a value down.
pub(super) const MOST_DECIMALS: u8 = 5;

/// The activation of a dense layer.
pub(super) fn activation(network: &Network, layer: usize) -> Option<Activation> {
    Some(network.layer(layer)?.operation.as_dense()?.activation())
}

/// The kernel of a dense layer.
pub(super) fn kernel(network: &Network, layer: usize) -> Option<&Kernel> {
    Some(network.layer(layer)?.operation.as_dense()?.kernel())
}

/// The bias of a dense layer, if any of it is not 0.
pub(super) fn biases(network: &Network, layer: usize) -> Option<&[f32]> {
    let bias = network.layer(layer)?.operation.as_dense()?.bias()?;
    bias.iter().any(|bias| *bias != 0.0).then_some(bias)
}

/// The layer, if it is a batch normalisation.
pub(super) fn batch_normalization(network: &Network, layer: usize) -> Option<&BatchNormalization> {
    match &network.layer(layer)?.operation {
        Operation::BatchNormalization(layer) => Some(layer),
        _ => None,
    }
}

/// Whether the layer maps values, and not each to itself.
pub(super) fn scales(network: &Network, layer: usize) -> bool {
    let Some(Operation::Scaling(scaling)) = network.layer(layer).map(|layer| &layer.operation) else { return false };
    let other = |list, neutral| scaling.list(list).is_some_and(|values| values.iter().any(|value| *value != neutral));
    other(List::Scale, 1.0) || other(List::Offset, 0.0)
}

/// The ways of something that can be left out of a layer, or out of this one and all after it: that is listed for the first layer
/// that has it, where another one has it too.
pub(super) fn here_or_everywhere(network: &Network, layer: usize, has: impl Fn(usize) -> bool) -> Vec<Detail> {
    if !has(layer) {
        return Vec::new();
    }
    let everywhere = !(0..layer).any(&has) && (layer + 1..network.depth()).any(&has);
    [Some(Detail::Plain), everywhere.then_some(Detail::Everywhere)].into_iter().flatten().collect()
}

/// The recipes that this way is about.
pub(super) fn from_here(recipes: &mut [Recipe], layer: usize, detail: Detail) -> impl Iterator<Item = &mut Recipe> {
    let count = if detail == Detail::Everywhere { usize::MAX } else { 1 };
    recipes.iter_mut().skip(layer).take(count)
}

/// Every number that is printed of a layer, with its place: the kernel, the bias, the lists of a normalisation.
pub(super) fn weights(network: &Network, layer: usize) -> impl Iterator<Item = (Weight, f32)> {
    let operation = network.layer(layer).map(|layer| &layer.operation);
    let dense = operation.and_then(|operation| operation.as_dense());
    let kernel = dense.into_iter().flat_map(|dense| {
        let units = dense.kernel().units();
        let place = move |i| Weight::Kernel { input: i / units, unit: i % units };
        dense.kernel().values().iter().enumerate().map(move |(i, value)| (place(i), *value))
    });
    let bias = dense.and_then(|dense| dense.bias()).unwrap_or(&[]);
    let bias = bias.iter().enumerate().map(|(unit, value)| (Weight::Bias { unit }, *value));
    let listed = List::ALL.iter().flat_map(move |&list| {
        let values = operation.and_then(|operation| operation.list(list)).unwrap_or(&[]);
        values.iter().enumerate().map(move |(unit, value)| (Weight::Listed { list, unit }, *value))
    });
    kernel.chain(bias).chain(listed)
}

/// Whether the number is a term of a sum, and not the whole bias: the numbers of a normalisation or scaling are none.
pub(super) fn is_term(network: &Network, layer: usize, weight: Weight) -> bool {
    !matches!(weight, Weight::Listed { .. }) && !is_only_bias(network, layer, weight)
}

/// Every number of the layer that `effect` puts another one in the place of.
pub(super) fn changeable(
    network: &Network,
    layer: usize,
    effect: fn(usize, Detail, &Network) -> Option<Replacement>,
) -> Vec<Detail> {
    let details = weights(network, layer).map(|(weight, _)| Detail::Weight(weight));
    details.filter(|detail| effect(layer, *detail, network).is_some()).collect()
}

/// Whether it is the bias of a layer with one unit: then one bias is the whole bias.
fn is_only_bias(network: &Network, layer: usize, weight: Weight) -> bool {
    let units = network.layer(layer).map_or(0, |layer| layer.operation.units());
    matches!(weight, Weight::Bias { .. }) && units == 1
}

/// Where a recipe applies its activation.
pub(super) fn activate(recipe: &Recipe) -> Option<usize> {
    recipe.finish.iter().position(|finish| finish.activation().is_some())
}

/// Where a recipe adds its bias.
pub(super) fn add_bias(recipe: &Recipe) -> Option<usize> {
    recipe.finish.iter().position(Finish::is_bias)
}

/// Gives each input the row of the kernel that `from` names.
pub(super) fn reorder_rows(recipe: &mut Recipe, from: impl Fn(usize) -> usize) {
    if let Some(kernel) = &recipe.kernel {
        let rows = (0..kernel.inputs()).map(from).filter(|row| *row < kernel.inputs());
        let values: Vec<f32> = rows.flat_map(|row| kernel.row(row)).copied().collect();
        if let Some(reordered) = Kernel::from_rows(kernel.inputs(), kernel.units(), &values) {
            recipe.kernel = Some(Arc::new(reordered));
        }
    }
}

/// What a batch normalization would divide by, computed from the variance and epsilon in another way.
pub(super) fn deviation(network: &Network, layer: usize, of: impl Fn(f32, f32) -> f32) -> Option<Arc<[f32]>> {
    let layer = batch_normalization(network, layer)?;
    Some(layer.moving_variance().iter().map(|variance| of(*variance, layer.epsilon())).collect())
}

/// Lets a batch normalisation divide by what `of` makes of the variance and epsilon.
pub(super) fn divide_by(layer: usize, network: &Network, recipes: &mut [Recipe], of: impl Fn(f32, f32) -> f32) {
    let Some(deviation) = deviation(network, layer, of) else { return };
    let deviations = recipes[layer].finish.iter_mut().find(|finish| finish.role() == Some(Role::Deviation));
    if let Some(deviations) = deviations.and_then(Finish::operand_mut) {
        *deviations = deviation;
    }
}

/// Whether two activations differ anywhere that matters, on as many units as the layer has.
pub(super) fn differ(units: usize, a: impl Fn(&[f32]) -> Vec<f32>, b: impl Fn(&[f32]) -> Vec<f32>) -> bool {
    // A vector is identified by its first three values, a curve by quarters from -10 to 10.
    let grid = (-40..=40i16).map(|quarter| [f32::from(quarter) * 0.25, 0.5, -1.0]);
    let close = |(a, b): (&f32, &f32)| (a - b).abs() <= 1e-5 * a.abs().max(1.0);
    grid.map(|z| (a(&z[..units.min(3)]), b(&z[..units.min(3)])))
        .any(|(a, b)| a.len() != b.len() || !a.iter().zip(&b).all(close))
}
