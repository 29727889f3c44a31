//! What is trained, on what, and how.

use std::collections::{BTreeMap, BTreeSet};

use super::{Loss, Optimizer, TrainError};
use crate::{
    equation::{Array, Kind},
    graph::Network,
    words,
};

/// Which rows each step takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Batches {
    /// The rows of each step.
    Lists(Vec<Vec<usize>>),
    /// All rows in order, so many at a time (the last batch may be smaller), so many times over.
    Epochs {
        /// The rows of a batch; `None` for all.
        size: Option<usize>,
        /// How often all rows are taken.
        epochs: usize,
    },
}

/// A training: network, data, loss, optimizer.
#[derive(Debug, Clone)]
pub struct Training {
    /// The network with its weights at the start.
    pub network: Network,
    /// Each row: the numbers of the input, and the labels.
    pub rows: Vec<(Vec<f32>, Vec<f32>)>,
    /// How many of the rows are trained on; the others are only tested on. `None` for all.
    pub trained: Option<usize>,
    /// How wrong an output is.
    pub loss: Loss,
    /// How weights are changed.
    pub optimizer: Optimizer,
    /// Which rows each step takes.
    pub batches: Batches,
    /// Weights that stay as they are, by name: `dense.bias`.
    pub frozen: BTreeSet<String>,
    /// The share of the sum of squares of a weight that is added to the loss, by name.
    pub l2: BTreeMap<String, f32>,
    /// What is given for each step besides the rows: masks of dropouts, by address.
    pub masks: Vec<BTreeMap<String, Vec<f32>>>,
}

impl Training {
    /// A training on all rows together, once, without data yet.
    pub fn new(network: Network, loss: Loss, optimizer: Optimizer) -> Self {
        Self {
            network,
            rows: Vec::new(),
            trained: None,
            loss,
            optimizer,
            batches: Batches::Epochs { size: None, epochs: 1 },
            frozen: BTreeSet::new(),
            l2: BTreeMap::new(),
            masks: Vec::new(),
        }
    }

    /// How many rows are trained on.
    pub fn trained(&self) -> usize {
        self.trained.map_or(self.rows.len(), |rows| rows.min(self.rows.len()))
    }

    /// How many steps make one epoch; all of them where batches are listed.
    pub fn steps_per_epoch(&self) -> usize {
        match &self.batches {
            Batches::Lists(lists) => lists.len(),
            Batches::Epochs { size, .. } => self.trained().div_ceil(size.unwrap_or(usize::MAX).max(1)),
        }
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        match &self.batches {
            Batches::Lists(lists) => lists.len(),
            Batches::Epochs { epochs, .. } => self.steps_per_epoch().saturating_mul(*epochs),
        }
    }

    /// The rows of a step, from 0; empty past the end.
    pub fn batch(&self, step: usize) -> Vec<usize> {
        match &self.batches {
            Batches::Lists(lists) => lists.get(step).cloned().unwrap_or_default(),
            Batches::Epochs { size, .. } if step < self.steps() => {
                let size = size.unwrap_or(usize::MAX).max(1);
                let start = (step % self.steps_per_epoch()).saturating_mul(size);
                (start..start.saturating_add(size).min(self.trained())).collect()
            }
            Batches::Epochs { .. } => Vec::new(),
        }
    }

    /// The weights with their numbers at the start, in order.
    pub fn weights(&self) -> Vec<(String, Array)> {
        let arrays = self.network.program().arrays().iter();
        arrays
            .filter_map(|array| match &array.kind {
                Kind::Weight(numbers) => Some((array.name.clone(), numbers.clone())),
                _ => None,
            })
            .collect()
    }

    /// Freezes all weights that are called so: a weight (`dense.bias`), all of a layer (`dense`), or all of a kind (`bias`).
    ///
    /// # Errors
    /// [`TrainError::Weight`] if there is none.
    pub fn freeze(&mut self, name: &str) -> Result<(), TrainError> {
        let names: Vec<String> = self.weights().into_iter().map(|(name, _)| name).collect();
        let fits = |weight: &&String| {
            let (layer, stage) = weight.rsplit_once('.').unwrap_or(("", weight));
            *weight == name
                || layer == name
                || stage == name
                || stage.strip_suffix('s') == name.strip_suffix('s').or(Some(name))
        };
        let found: Vec<String> = names.iter().filter(fits).cloned().collect();
        if found.is_empty() {
            return Err(TrainError::Weight { name: name.to_owned(), known: names.join(", ") });
        }
        self.frozen.extend(found);
        Ok(())
    }

    /// Checks that rows and batches fit.
    ///
    /// # Errors
    /// [`TrainError`] that names what does not fit.
    pub(super) fn check(&self) -> Result<(), TrainError> {
        let [output] = self.network.outputs() else {
            return Err(TrainError::Outputs { got: self.network.outputs().len() });
        };
        if self.rows.is_empty() || self.trained() == 0 {
            return Err(TrainError::NoRows);
        }
        let inputs: usize = self.network.inputs().iter().map(|&id| self.network.node(id).shape().size()).sum();
        let labels = self.network.value(*output).map_or(0, |value| self.loss.labels(&value.shape).size());
        for (at, (input, target)) in self.rows.iter().enumerate() {
            let each = [(true, inputs, input.len()), (false, labels, target.len())];
            if let Some((is_input, expected, got)) = each.into_iter().find(|(_, expected, got)| expected != got) {
                let what = if is_input { words::train::input_of_row(at) } else { words::train::target_of_row(at) };
                return Err(TrainError::Lengths { what, expected, got });
            }
        }
        if let Batches::Lists(lists) = &self.batches {
            if lists.iter().any(Vec::is_empty) {
                return Err(TrainError::NoRows);
            }
            if let Some(&row) = lists.iter().flatten().find(|row| **row >= self.rows.len()) {
                return Err(TrainError::Row { row, rows: self.rows.len() });
            }
        }
        Ok(())
    }
}
