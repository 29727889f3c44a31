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

    /// Moves the cursor to the next or previous layer's weights.
    pub fn move_layer(&mut self, by: isize) {
        if let Some(cell) = self.cell {
            let layer = cell.layer.saturating_add_signed(by).min(self.network().depth() - 1);
            self.cell = Some(Cell { layer, ..cell });
            self.move_cell(0, 0);
        }
    }
}
