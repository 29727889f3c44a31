//! Networks as nested objects with one object a unit: brain.js, synaptic, tables of Lua, classes of JavaScript.
//!
//! ```text
//! {"layers": [{"0": {}}, {"0": {"bias": 0.1, "weights": {"0": 0.5}}}]}
//! { { { weights = { 1, 2 }, bias = 3 } }, .. }
//! {"neurons": [{"bias": 0, "layer": "input", "squash": "LOGISTIC"}], "connections": [{"from": 0, "to": 2, "weight": 0.3}]}
//! ```

use super::{
    edges::activation_named,
    survey::{Content, Piece},
    tree::{Item, List, Node},
    units::{NoChain, Units},
};
use crate::{
    load::{
        Evidence,
        found::{Array, Found, Hints, Orientation, Origin},
    },
    network::Activation,
};

/// One unit: its weights and its bias.
struct Unit<'n> {
    weights: Vec<f32>,
    bias: Option<f32>,
    decimals: Option<u8>,
    activation: Option<&'n str>,
}

/// The network in the pieces, if it is written unit by unit; or why it is not a chain of layers.
pub(super) fn objects(pieces: &[Piece<'_>], text: &str) -> Option<Result<Found, NoChain>> {
    for piece in pieces {
        let Content::Literal(node) = &piece.content else { continue };
        if let Some(graph) = graph(node) {
            return Some(graph);
        }
        let mut layers = Vec::new();
        collect(node, &mut layers, 0);
        if !layers.is_empty() {
            return found(&layers, node, text).map(Ok);
        }
    }
    None
}

fn items<'n, 't>(node: &'n Node<'t>) -> Option<&'n [Item<'t>]> {
    match node {
        Node::List(List { items, .. }) | Node::Call(_, List { items, .. }) => Some(items),
        _ => None,
    }
}

fn get<'n, 't>(items: &'n [Item<'t>], keys: &[&str]) -> Option<&'n Node<'t>> {
    keys.iter().find_map(|key| items.iter().find(|item| item.key == Some(*key))).map(|item| &item.node)
}

/// A unit, if the node is one.
fn unit<'n>(node: &'n Node<'_>) -> Option<Unit<'n>> {
    let items = items(node)?;
    let (weights, decimals) = match get(items, &["weights", "w", "Weights", "weight"])? {
        Node::Grid(grid) if grid.shape.len() == 1 => (grid.values.clone(), grid.decimals),
        Node::Number(number) => (vec![number.value], number.decimals),
        _ => return None,
    };
    let bias = match get(items, &["bias", "b", "Bias", "threshold"]) {
        Some(Node::Number(number)) => Some(number.value),
        Some(Node::Grid(grid)) if grid.values.len() == 1 => Some(grid.values[0]),
        _ => None,
    };
    let activation = match get(items, &["activation", "squash", "act"]) {
        Some(Node::Text(name) | Node::Word(name)) => Some(*name),
        _ => None,
    };
    Some(Unit { weights, bias, decimals, activation })
}

/// Every list of units, in order.
fn collect<'n>(node: &'n Node<'_>, layers: &mut Vec<Vec<Unit<'n>>>, depth: usize) {
    let Some(items) = items(node) else { return };
    let units: Vec<Unit<'_>> = items.iter().filter_map(|item| unit(&item.node)).collect();
    if !units.is_empty()
        && units.len() == items.iter().filter(|item| matches!(item.node, Node::List(_) | Node::Call(..))).count()
    {
        layers.push(units);
        return;
    }
    if depth < super::tree::MOST_DEPTH {
        for item in items {
            collect(&item.node, layers, depth + 1);
        }
    }
}

fn found(layers: &[Vec<Unit<'_>>], root: &Node<'_>, text: &str) -> Option<Found> {
    let mut found = Found::default();
    let mut activations = Vec::new();
    for layer in layers {
        let inputs = layer[0].weights.len();
        // A bias among the weights, and rows of other lengths, are no such network.
        if inputs == 0 || layer.iter().any(|unit| unit.weights.len() != inputs) {
            return None;
        }
        let kernel = (0..inputs).flat_map(|input| layer.iter().map(move |unit| unit.weights[input])).collect();
        let decimals = layer.iter().filter_map(|unit| unit.decimals).max();
        let array = |shape, values| Array { name: None, shape, values, line: 1, decimals, origin: Origin::Plain };
        found.arrays.push(array(vec![inputs, layer.len()], kernel));
        if layer.iter().any(|unit| unit.bias.is_some()) {
            found.arrays.push(array(vec![layer.len()], layer.iter().map(|unit| unit.bias.unwrap_or(0.0)).collect()));
        }
        activations.push(layer[0].activation.and_then(activation_named));
    }
    if activations.iter().all(Option::is_none) {
        // One for the whole network, as brain.js has it; or in comments, one a layer.
        let whole = items(root).and_then(|items| get(items, &["activation", "activationFunction"]));
        let comments = in_comments(text);
        if let Some(Node::Text(name) | Node::Word(name)) = whole {
            let activation = match *name {
                // brain.js: max(0.01 z, z)
                "leaky-relu" => Some(Activation::LeakyRelu { slope: 0.01 }),
                name => activation_named(name),
            };
            activations.fill(activation);
        } else if comments.len() == activations.len() {
            activations = comments.into_iter().map(Some).collect();
        }
    }
    found.hints = Hints { activations, orientation: Some((Orientation::Keras, Evidence::Print)), ..Hints::default() };
    Some(found)
}

/// The activations that comments name, one a line.
fn in_comments(text: &str) -> Vec<Activation> {
    let comment = |line: &str| {
        ["--", "//", "#", "/*", "%"].iter().find_map(|mark| line.find(mark).map(|at| line[at..].to_owned()))
    };
    text.lines()
        .filter_map(comment)
        .filter_map(|comment| {
            comment
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .filter(|word| word.len() > 2)
                .find_map(activation_named)
        })
        .collect()
}

/// Units and connections by their numbers, as synaptic writes them.
fn graph(node: &Node<'_>) -> Option<Result<Found, NoChain>> {
    let items = items(node)?;
    let neurons = self::items(get(items, &["neurons", "nodes"])?)?;
    let connections = self::items(get(items, &["connections", "links", "edges", "conns"])?)?;
    let mut units = Units::default();
    let number = |node: Option<&Node<'_>>| match node {
        Some(Node::Number(number)) => Some(*number),
        _ => None,
    };
    let mut inputs = 0;
    for (i, neuron) in neurons.iter().enumerate() {
        let Some(own) = self::items(&neuron.node) else { continue };
        let kind = get(own, &["layer", "type"]);
        if matches!(kind, Some(Node::Text("input"))) {
            inputs += 1;
            units.unit(&format!("neuron {i}"));
        }
    }
    let mut recurrent = false;
    for connection in connections {
        let Some(own) = self::items(&connection.node) else { continue };
        let (from, to) = (number(get(own, &["from", "source"])), number(get(own, &["to", "target"])));
        let (Some(from), Some(to), Some(weight)) = (from, to, number(get(own, &["weight", "w"]))) else { continue };
        recurrent |= number(get(own, &["gater"])).is_some();
        units.digits(weight.decimals);
        units.edge(&format!("neuron {}", from.value), &format!("neuron {}", to.value), weight.value);
    }
    for (i, neuron) in neurons.iter().enumerate().skip(inputs) {
        let Some(own) = self::items(&neuron.node) else { continue };
        if let Some(bias) = number(get(own, &["bias", "b"])) {
            units.bias(&format!("neuron {i}"), bias.value);
        }
        if let Some(Node::Text(name)) = get(own, &["squash", "activation"]) {
            let activation = match *name {
                "LOGISTIC" => Activation::Sigmoid,
                "TANH" => Activation::Tanh,
                "IDENTITY" => Activation::Linear,
                "HLIM" => Activation::Step { at_zero: 0.0 },
                "RELU" => Activation::Relu,
                other => {
                    let Some(activation) = activation_named(other) else {
                        let (unit, activation) = (Some(format!("neuron {i}")), super::collect::shown(other));
                        return Some(Err(NoChain::Activation { unit, activation, tool: "synaptic" }));
                    };
                    activation
                }
            };
            units.activate(&format!("neuron {i}"), activation);
        }
    }
    if units.is_empty() {
        return None;
    }
    if recurrent {
        return Some(Err(NoChain::Gated));
    }
    Some(units.found())
}
