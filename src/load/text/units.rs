//! Networks that are written unit by unit, or edge by edge: to layers, if they are a chain of layers.

use std::collections::HashMap;

use crate::{
    load::{
        Remark,
        found::{Array, Found, Orientation, Origin},
    },
    network::Activation,
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

/// Why units are no chain of layers; a part of a sentence.
pub(super) type NoChain = String;

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
    /// What makes it no chain.
    pub(super) fn found(mut self) -> Result<Found, NoChain> {
        let depth = self.depths()?;
        for &(from, to, _) in &self.edges {
            if depth[to] != depth[from] + 1 {
                return Err(format!("`{}` feeds `{}` past a layer", self.names[from], self.names[to]));
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
                return Err("most of its units are not connected".to_owned());
            }
            kernels.push(vec![None; size]);
        }
        for &(from, to, weight) in &self.edges {
            let columns = layers[depth[to]].len();
            let cell = &mut kernels[depth[to] - 1][place[from] * columns + place[to]];
            if cell.replace(weight).is_some() {
                return Err(format!("there are two weights from `{}` to `{}`", self.names[from], self.names[to]));
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
                    first.get_or_insert_with(|| format!("from `{}` to `{}`", self.names[from], self.names[to]));
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
                return Err(format!("`{}` has another activation than the units beside it", self.names[other]));
            }
            found.hints.activations.push(activation);
        }
        if found.hints.activations.iter().all(Option::is_none) {
            found.hints.activations.clear();
        }
        if let Some(first) = first {
            self.remarks.push(Remark::MissingEdge { edges: missing, first });
        }
        found.hints.orientation = Some((Orientation::Keras, String::new()));
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
            return Err(format!("`{}` has a bias, but no weight leads to it", self.names[unit]));
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
            return Err(format!(
                "its connections go round in a circle at `{}`, as in a recurrent network",
                self.names[unit]
            ));
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
            matches!(&found.remarks[..], [Remark::MissingEdge { edges: 1, first }] if first == "from `x2` to `h2`")
        );
    }

    #[test]
    fn what_is_no_chain_says_why() {
        for (edges, expected) in [
            (&[("x", "h", 1.0), ("h", "y", 1.0), ("x", "y", 1.0)][..], "`x` feeds `y` past a layer"),
            (&[("x", "h", 1.0), ("h", "g", 1.0), ("g", "h", 1.0)], "go round in a circle"),
            (&[("x", "h", 1.0), ("x", "h", 2.0)], "two weights from `x` to `h`"),
        ] {
            let why = units(edges).found().expect_err("no chain");
            assert!(why.contains(expected), "{why}");
        }
    }
}
