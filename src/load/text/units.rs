//! From units and edges to layers, if they are a chain of layers.

use std::collections::HashMap;

use thiserror::Error;

use crate::{
    load::{
        Evidence, Remark,
        found::{Array, Found, Orientation, Origin},
    },
    network::Activation,
    words::arrays,
};

/// Units and the edges between them.
#[derive(Debug, Default)]
pub(super) struct Units {
    names: Vec<String>,
    index: HashMap<String, usize>,
    bias: Vec<Option<f32>>,
    activation: Vec<Option<Activation>>,
    edges: Vec<(usize, usize, f32)>,
    decimals: Option<u8>,
    /// Names of the layers behind the inputs, if they have some.
    pub(super) layer_names: Vec<String>,
    pub(super) remarks: Vec<Remark>,
}

/// How many edges are read.
const MOST_EDGES: usize = 1 << 20;

/// Why units are not a chain of layers. `Display` is the reason without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoChain {
    /// A line of a tool's file.
    #[error("{}", arrays::line_missing(.0))]
    LineMissing(&'static str),
    /// Numbers without a point, in a file of FANN.
    #[error("{}", arrays::fixed_point())]
    FixedPoint,
    /// A kind of network of FANN that is not layered.
    #[error("{}", arrays::shortcuts())]
    Shortcuts,
    /// Another number of neurons than the file says.
    #[error("{}", arrays::neurons(said, got))]
    Neurons {
        /// As the file says.
        said: usize,
        /// As it lists.
        got: usize,
    },
    /// A connection that jumps over a layer.
    #[error("{}", arrays::jump(from, to))]
    Jump {
        /// The unit where it begins.
        from: String,
        /// The unit where it ends.
        to: String,
    },
    /// An activation that byhand does not have.
    #[error("{}", activation_says(unit.as_deref(), activation, tool))]
    Activation {
        /// The unit, if it is one unit's.
        unit: Option<String>,
        /// Its name, or its number in the tool.
        activation: String,
        /// The tool.
        tool: &'static str,
    },
    /// An activation of FANN with a steepness that changes its formula.
    #[error("{}", arrays::no_steep_activation(activation, steepness))]
    Steepness {
        /// Its number.
        activation: usize,
        /// As in the file.
        steepness: String,
    },
    /// A unit that does not add its inputs up.
    #[error("{}", arrays::aggregation(aggregation, unit))]
    Aggregation {
        /// The unit.
        unit: String,
        /// What it does, as in the file.
        aggregation: String,
    },
    /// A unit that multiplies its sum.
    #[error("{}", arrays::response(response, unit))]
    Response {
        /// The unit.
        unit: String,
        /// The factor, as in the file.
        response: String,
    },
    /// Encog's recurrent networks.
    #[error("{}", arrays::context_units())]
    ContextUnits,
    /// A bias whose input is not 1.
    #[error("{}", arrays::bias_activation())]
    BiasActivation,
    /// Fewer weights than the layers need.
    #[error("{}", arrays::weights(got, needed))]
    Weights {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        got: usize,
    },
    /// Connections with gates.
    #[error("{}", arrays::gated())]
    Gated,
    /// Far fewer connections than the layers would have.
    #[error("{}", arrays::mostly_empty())]
    MostlyEmpty,
    /// Two weights between the same units.
    #[error("{}", arrays::two_weights(from, to))]
    TwoWeights {
        /// The unit where they begin.
        from: String,
        /// The unit where they end.
        to: String,
    },
    /// A unit with another activation than its layer.
    #[error("{}", arrays::two_activations(.0))]
    TwoActivations(String),
    /// A unit with a bias and without weights.
    #[error("{}", arrays::no_inputs(.0))]
    NoInputs(String),
    /// A circle of connections through this unit.
    #[error("{}", arrays::circle(.0))]
    Circle(String),
}

fn activation_says(unit: Option<&str>, activation: &str, tool: &str) -> String {
    match unit {
        Some(unit) => arrays::no_activation(activation, tool, unit),
        None => arrays::no_activation_in_network(activation, tool),
    }
}

impl Units {
    /// The number of a unit, which is new or not.
    pub(super) fn unit(&mut self, name: &str) -> usize {
        if let Some(&unit) = self.index.get(name) {
            return unit;
        }
        let unit = self.names.len();
        self.names.push(super::collect::shown(name));
        self.index.insert(name.to_owned(), unit);
        self.bias.push(None);
        self.activation.push(None);
        unit
    }

    pub(super) fn edge(&mut self, from: &str, to: &str, weight: f32) {
        let (from, to) = (self.unit(from), self.unit(to));
        if self.edges.len() < MOST_EDGES {
            self.edges.push((from, to, weight));
        }
    }

    pub(super) fn bias(&mut self, unit: &str, bias: f32) {
        let unit = self.unit(unit);
        self.bias[unit] = Some(bias);
    }

    pub(super) fn activate(&mut self, unit: &str, activation: Activation) {
        let unit = self.unit(unit);
        self.activation[unit] = Some(activation);
    }

    /// Digits after the point, of any of its numbers.
    pub(super) fn digits(&mut self, decimals: Option<u8>) {
        self.decimals = self.decimals.max(decimals);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    pub(super) fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// The layers, each a kernel and its biases.
    ///
    /// # Errors
    /// [`NoChain`]: why the units are not a chain of layers.
    pub(super) fn found(mut self) -> Result<Found, NoChain> {
        let depth = self.depths()?;
        for &(from, to, _) in &self.edges {
            if depth[to] != depth[from] + 1 {
                return Err(NoChain::Jump { from: self.names[from].clone(), to: self.names[to].clone() });
            }
        }
        let deepest = depth.iter().copied().max().unwrap_or(0);
        let mut layers: Vec<Vec<usize>> = vec![Vec::new(); deepest + 1];
        for (unit, &depth) in depth.iter().enumerate() {
            layers[depth].push(unit);
        }
        for layer in &mut layers {
            sort_numbered(layer, &self.names);
        }
        let mut place = vec![0; self.names.len()];
        for layer in &layers {
            layer.iter().enumerate().for_each(|(i, &unit)| place[unit] = i);
        }
        let mut kernels: Vec<Vec<Option<f32>>> = Vec::new();
        for pair in layers.windows(2) {
            let size = pair[0].len().saturating_mul(pair[1].len());
            if size > 16 * self.edges.len() + (1 << 16) {
                return Err(NoChain::MostlyEmpty);
            }
            kernels.push(vec![None; size]);
        }
        for &(from, to, weight) in &self.edges {
            let columns = layers[depth[to]].len();
            let cell = &mut kernels[depth[to] - 1][place[from] * columns + place[to]];
            if cell.replace(weight).is_some() {
                return Err(NoChain::TwoWeights { from: self.names[from].clone(), to: self.names[to].clone() });
            }
        }
        let mut found = Found::default();
        let (mut missing, mut first) = (0, None);
        for (i, kernel) in kernels.into_iter().enumerate() {
            let (inputs, units) = (&layers[i], &layers[i + 1]);
            for (cell, weight) in kernel.iter().enumerate() {
                if weight.is_none() {
                    missing += 1;
                    let (from, to) = (inputs[cell / units.len()], units[cell % units.len()]);
                    first.get_or_insert_with(|| (self.names[from].clone(), self.names[to].clone()));
                }
            }
            let values: Vec<f32> = kernel.into_iter().map(|weight| weight.unwrap_or(0.0)).collect();
            let name = |part: &str| self.layer_names.get(i).map(|name| format!("{name}/{part}"));
            let array = |name, shape, values| Array {
                name,
                shape,
                values,
                line: 1,
                decimals: self.decimals,
                origin: Origin::Plain,
            };
            found.arrays.push(array(name("kernel"), vec![inputs.len(), units.len()], values));
            if units.iter().any(|&unit| self.bias[unit].is_some()) {
                let bias = units.iter().map(|&unit| self.bias[unit].unwrap_or(0.0)).collect();
                found.arrays.push(array(name("bias"), vec![units.len()], bias));
            }
            let activation = self.activation[units[0]];
            if let Some(&other) = units.iter().find(|&&unit| self.activation[unit] != activation) {
                return Err(NoChain::TwoActivations(self.names[other].clone()));
            }
            found.hints.activations.push(activation);
        }
        if found.hints.activations.iter().all(Option::is_none) {
            found.hints.activations.clear();
        }
        if let Some(first) = first {
            self.remarks.push(Remark::MissingEdge { edges: missing, first });
        }
        found.hints.orientation = Some((Orientation::Keras, Evidence::Print));
        found.remarks = self.remarks;
        Ok(found)
    }

    /// How many edges lie between each unit and the inputs, at most.
    fn depths(&self) -> Result<Vec<usize>, NoChain> {
        let count = self.names.len();
        let mut arriving = vec![0usize; count];
        let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); count];
        for &(from, to, _) in &self.edges {
            arriving[to] += 1;
            leaving[from].push(to);
        }
        if let Some(unit) =
            (0..count).find(|&unit| arriving[unit] == 0 && self.bias[unit].is_some() && leaving[unit].is_empty())
        {
            return Err(NoChain::NoInputs(self.names[unit].clone()));
        }
        let mut depth = vec![0; count];
        let mut ready: Vec<usize> = (0..count).filter(|&unit| arriving[unit] == 0).collect();
        let mut done = 0;
        while let Some(unit) = ready.pop() {
            done += 1;
            for &to in &leaving[unit] {
                depth[to] = depth[to].max(depth[unit] + 1);
                arriving[to] -= 1;
                if arriving[to] == 0 {
                    ready.push(to);
                }
            }
        }
        if done < count {
            let unit = (0..count).find(|&unit| arriving[unit] > 0).unwrap_or(0);
            return Err(NoChain::Circle(self.names[unit].clone()));
        }
        Ok(depth)
    }
}

/// `x1, x2, x10` by their numbers, if all names are of one kind; else in the order in which they came.
fn sort_numbered(units: &mut [usize], names: &[String]) {
    let apart = |name: &str| {
        let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (word, number) = name.split_at(name.len() - digits);
        Some((word.to_owned(), number.parse::<u64>().ok()?))
    };
    let parts: Option<Vec<(String, u64)>> = units.iter().map(|&unit| apart(&names[unit])).collect();
    let Some(parts) = parts else { return };
    if parts.iter().all(|(word, _)| *word == parts[0].0) {
        units.sort_by_key(|&unit| apart(&names[unit]).map_or(0, |(_, number)| number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(edges: &[(&str, &str, f32)]) -> Units {
        let mut units = Units::default();
        for (from, to, weight) in edges {
            units.edge(from, to, *weight);
        }
        units
    }

    #[test]
    fn edges_of_a_chain_become_kernels() {
        let mut network =
            units(&[("x2", "h1", 2.0), ("x1", "h1", 1.0), ("x1", "h2", 3.0), ("h1", "y", 5.0), ("h2", "y", 6.0)]);
        network.bias("h2", 0.5);
        let found = network.found().expect("a chain");
        let arrays: Vec<(&[usize], &[f32])> = found.arrays.iter().map(|a| (&a.shape[..], &a.values[..])).collect();
        assert_eq!(arrays, [(&[2, 2][..], &[1.0, 3.0, 2.0, 0.0][..]), (&[2], &[0.0, 0.5]), (&[2, 1], &[5.0, 6.0])]);
        assert!(
            matches!(&found.remarks[..], [Remark::MissingEdge { edges: 1, first }] if *first == ("x2".to_owned(), "h2".to_owned()))
        );
    }

    #[test]
    fn units_that_are_not_a_chain_report_why() {
        for (edges, expected) in [
            (&[("x", "h", 1.0), ("h", "y", 1.0), ("x", "y", 1.0)][..], "`x` feeds `y`, jumping over a layer"),
            (&[("x", "h", 1.0), ("h", "g", 1.0), ("g", "h", 1.0)], "go round in a circle"),
            (&[("x", "h", 1.0), ("x", "h", 2.0)], "two weights from `x` to `h`"),
        ] {
            let why = units(edges).found().expect_err("no chain").to_string();
            assert!(why.contains(expected), "{why}");
        }
    }
}
