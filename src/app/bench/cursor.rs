//! The cursor among the weights.

use super::{Bench, Cell};
use crate::network::Weight;

impl Bench {
    /// The weight at the cursor.
    pub fn weight_at(&self, cell: Cell) -> Option<Weight> {
        let dense = self.network().layer(cell.layer)?.operation.as_dense()?;
        let weight = if cell.row < dense.kernel().inputs() {
            Weight::Kernel { input: cell.row, unit: cell.unit }
        } else {
            Weight::Bias { unit: cell.unit }
        };
        self.network().weight(cell.layer, weight).map(|_| weight)
    }

    /// The address of the list that the cursor is in: `dense.kernel` or `dense.bias`.
    pub fn cell_list(&self) -> Option<String> {
        let cell = self.cell?;
        let name = &self.network().layer(cell.layer)?.name;
        let list = match self.weight_at(cell)? {
            Weight::Kernel { .. } => "kernel",
            Weight::Bias { .. } => "bias",
            Weight::Listed { list, .. } => list.name(),
        };
        Some(format!("{name}.{list}"))
    }

    /// Moves the cursor among the weights, staying inside.
    pub fn move_cell(&mut self, rows: isize, units: isize) {
        let Some(cell) = self.cell else { return };
        let Some(dense) = self.network().layer(cell.layer).and_then(|layer| layer.operation.as_dense()) else { return };
        let last_row = dense.kernel().inputs() - usize::from(dense.bias().is_none());
        let row = cell.row.saturating_add_signed(rows).min(last_row);
        let unit = cell.unit.saturating_add_signed(units).min(dense.kernel().units() - 1);
        self.cell = Some(Cell { row, unit, ..cell });
    }

    /// The layers whose weights can be changed one by one.
    pub fn layers_with_kernel(&self) -> impl Iterator<Item = usize> {
        let has_kernel = |&layer: &usize| self.network().layer(layer).is_some_and(|l| l.operation.as_dense().is_some());
        (0..self.network().depth()).filter(has_kernel)
    }

    /// Moves the cursor to the weights of a layer before or after; layers without a kernel are passed over.
    pub fn move_layer(&mut self, by: isize) {
        let Some(cell) = self.cell else { return };
        let layers: Vec<usize> = self.layers_with_kernel().collect();
        let at = layers.iter().position(|layer| *layer == cell.layer).unwrap_or(0);
        let at = at.saturating_add_signed(by).min(layers.len().saturating_sub(1));
        if let Some(&layer) = layers.get(at) {
            self.cell = Some(Cell { layer, ..cell });
            self.move_cell(0, 0);
        }
    }
}
