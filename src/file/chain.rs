//! The bridge to the chains of vectors that the bench, `check` and `explain` compute: one function.

use std::any::Any;

use crate::{
    equation::Array,
    graph::{self, op},
    network::{Activation, BatchNormalization, Dense, Kernel, Layer, List, Network, Operation},
};

/// The network as a chain of Dense and `BatchNormalization` layers on vectors; `None` if it is something else. Dropout, Flatten of
/// a vector and the like change nothing and are left out; an activation joins the Dense layer before it.
pub fn chain(network: &graph::Network) -> Option<Network> {
    let ([input], [output]) = (network.inputs(), network.outputs()) else { return None };
    let mut last = graph::Source::from(*input);
    let mut layers: Vec<Layer> = Vec::new();
    let is_vector = |source| network.value(source).is_some_and(|value| value.rank() == 1);
    let vector = |array: &Array| array.values().to_vec();
    for (at, node) in network.nodes().iter().enumerate().filter(|(_, node)| node.operation.is_some()) {
        let operation: &dyn Any = node.operation.as_deref()?;
        if node.from != [last] || !is_vector(last) || node.shape().rank() != 1 || node.name != node.owner {
            return None;
        }
        last = graph::Source::from(network.id(at)?);
        let made = if let Some(dense) = operation.downcast_ref::<op::Dense>() {
            let &[inputs, units] = dense.kernel().shape().axes() else { return None };
            let kernel = Kernel::from_rows(inputs, units, dense.kernel().values())?;
            Operation::Dense(Dense::new(kernel, dense.bias().map(vector), dense.activation()))
        } else if let Some(norm) = operation.downcast_ref::<op::BatchNormalization>() {
            let mut made = BatchNormalization::new(vector(&norm.mean), vector(&norm.variance), norm.epsilon);
            if let Some(gamma) = &norm.gamma {
                made = made.with_gamma(vector(gamma));
            }
            if let Some(beta) = &norm.beta {
                made = made.with_beta(vector(beta));
            }
            Operation::BatchNormalization(made)
        } else if let Some(activate) = operation.downcast_ref::<op::Activate>() {
            join(&mut layers, activate.0)?;
            continue;
        } else if operation.is::<op::SoftmaxLayer>() {
            join(&mut layers, Activation::Softmax)?;
            continue;
        } else if operation.is::<op::Identity>() || operation.is::<op::Flatten>() {
            continue;
        } else {
            return None;
        };
        layers.push(Layer { name: node.name.clone(), operation: made });
    }
    if *output != last {
        return None;
    }
    Network::new(network.name(), layers).ok()
}

/// Gives the last layer an activation, if it is a Dense layer without one.
fn join(layers: &mut [Layer], activation: Activation) -> Option<()> {
    let last = layers.last_mut()?;
    let dense = last.operation.as_dense()?;
    if dense.activation() == Activation::Linear {
        last.operation =
            Operation::Dense(Dense::new(dense.kernel().clone(), dense.bias().map(<[f32]>::to_vec), activation));
        return Some(());
    }
    (activation == Activation::Linear).then_some(())
}

/// A chain of layers on vectors as a graph: the same layers under the same names.
///
/// # Errors
/// [`GraphError`](graph::GraphError) if two layers have one name.
pub fn graph_of(network: &Network) -> Result<graph::Network, graph::GraphError> {
    let array =
        |axes: &[usize], values: &[f32]| Array::new(axes, values.to_vec()).unwrap_or_else(|| Array::scalar(f32::NAN));
    let vector = |values: &[f32]| array(&[values.len()], values);
    let mut made = graph::Network::new(network.name());
    let mut last = made.input("input", [network.inputs()])?;
    for layer in network.layers() {
        let name = layer.name.clone();
        last = match &layer.operation {
            Operation::Dense(dense) => {
                let kernel = array(&[dense.kernel().inputs(), dense.kernel().units()], dense.kernel().values());
                made.add(name, op::Dense::new(kernel, dense.bias().map(vector), dense.activation()), [last])?
            }
            Operation::BatchNormalization(norm) => {
                let list = |list| norm.list(list).map(vector);
                let units = || array(&[layer.operation.units()], &vec![0.0; layer.operation.units()]);
                let operation = op::BatchNormalization {
                    axis: -1,
                    epsilon: norm.epsilon(),
                    gamma: list(List::Gamma),
                    beta: list(List::Beta),
                    mean: list(List::MovingMean).unwrap_or_else(units),
                    variance: list(List::MovingVariance).unwrap_or_else(units),
                };
                made.add(name, operation, [last])?
            }
            Operation::Scaling(scaling) => {
                let list = |list| match scaling.list(list).unwrap_or_default() {
                    &[one] => Array::scalar(one),
                    many => vector(many),
                };
                let operation = op::Rescaling { scale: list(List::Scale), offset: list(List::Offset) };
                made.add(name, operation, [last])?
            }
        };
    }
    made.set_outputs([last]);
    Ok(made)
}
