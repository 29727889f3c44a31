//! A network from a file, and the axes whose length the file leaves open.

use crate::{
    equation::Shape,
    graph::{Missing, Network},
};

/// Two lengths for axes that the file leaves open: what differs between the two networks is open.
pub(super) const OPEN: [usize; 2] = [11, 13];

/// A network from a file, as far as it can be computed.
#[derive(Debug, Clone)]
pub struct Model {
    /// The network.
    pub network: Network,
    /// Layers that byhand cannot compute; empty for a whole network.
    pub missing: Vec<Missing>,
    /// Layers behind those.
    pub after: Vec<String>,
    /// For each node, the axes of its result whose length the file leaves open.
    pub open_axes: Vec<Vec<usize>>,
}

impl Model {
    /// Whether an input, by its place, has axes of any length.
    pub fn is_open(&self, input: usize) -> bool {
        self.network.inputs().get(input).is_some_and(|id| !self.open_axes[id.position()].is_empty())
    }

    /// The length that open axes have if this input has so many numbers; `None` if none fits. All open axes are equally long.
    pub fn length_of(&self, input: usize, numbers: usize) -> Option<usize> {
        let id = *self.network.inputs().get(input)?;
        let (axes, open) = (self.network.node(id).shape().axes(), &self.open_axes[id.position()]);
        let known = axes.iter().enumerate().filter(|(axis, _)| !open.contains(axis));
        let known = known.map(|(_, &n)| n).product::<usize>().max(1);
        let power = u32::try_from(open.len()).ok()?;
        let root = (numbers as f64 / known as f64).powf(1.0 / f64::from(power.max(1))).round() as usize;
        let fits = root.checked_pow(power).and_then(|n| n.checked_mul(known)) == Some(numbers);
        (fits && root > 0).then_some(root)
    }

    /// The length of the open axes for these inputs; `None` if no axis is open.
    pub fn open_length(&self, inputs: &[Vec<f32>]) -> Option<usize> {
        let open = inputs.iter().enumerate().find(|(at, _)| self.is_open(*at));
        open.and_then(|(at, numbers)| self.length_of(at, numbers.len()))
    }

    /// The lengths of the axes of a node's result; `None` where the file leaves it open.
    pub fn shape(&self, node: usize) -> Vec<Option<usize>> {
        let axes = self.network.nodes().get(node).map_or(&[][..], |node| node.shape().axes());
        let open = |axis: usize| self.open_axes.get(node).is_some_and(|open| open.contains(&axis));
        axes.iter().enumerate().map(|(axis, &n)| (!open(axis)).then_some(n)).collect()
    }

    /// The shape as Python writes it, with that of the samples in front if asked: `(None, 16)`.
    pub fn shape_text(&self, node: usize, with_samples: bool) -> String {
        let shape = self.shape(node);
        if !with_samples && shape.iter().all(Option::is_some) {
            return Shape::from(shape.into_iter().flatten().collect::<Vec<_>>()).to_string();
        }
        let axes = with_samples.then_some(None).into_iter().chain(shape);
        let axes: Vec<String> = axes.map(|n| n.map_or_else(|| "None".to_owned(), |n| n.to_string())).collect();
        format!("({}{})", axes.join(", "), if axes.len() == 1 { "," } else { "" })
    }
}
