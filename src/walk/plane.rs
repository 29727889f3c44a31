//! Which part of an array of any rank is shown: two of its axes as rows and columns, the others at one index.

use crate::equation::Shape;

/// The smallest box around some values of an array: the first and the last index of each axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    first: Vec<usize>,
    last: Vec<usize>,
}

impl Extent {
    /// Around one value.
    pub fn of(shape: &Shape, flat: usize) -> Self {
        let index = shape.unravel(flat.min(shape.size().saturating_sub(1)));
        Self { first: index.clone(), last: index }
    }

    /// Grows around another one of the same array.
    pub fn join(&mut self, other: &Self) {
        for (first, other) in self.first.iter_mut().zip(&other.first) {
            *first = (*first).min(*other);
        }
        for (last, other) in self.last.iter_mut().zip(&other.last) {
            *last = (*last).max(*other);
        }
    }

    /// Its first value, in C order.
    pub fn start(&self, shape: &Shape) -> usize {
        shape.flat(&self.first).unwrap_or(0)
    }
}

/// A flat picture of an array: rows and columns, and the index of the other axes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plane {
    shape: Vec<usize>,
    /// The axis of the rows; `None`: one row.
    rows: Option<usize>,
    /// The axis of the columns; `None`: one column.
    columns: Option<usize>,
    /// An index on the plane.
    at: Vec<usize>,
}

impl Plane {
    /// The plane of an array of `shape` through the value `flat`, in which as much of `used` (such as a window) lies as two axes
    /// allow: the axes along which it is longer than one value are shown first.
    pub fn through(shape: &Shape, flat: usize, used: &Extent) -> Self {
        let lengths = shape.axes().to_vec();
        let at = shape.unravel(flat.min(shape.size().saturating_sub(1)));
        let long = |axis: &usize| lengths[*axis] > 1;
        let mut shown: Vec<usize> = (0..lengths.len())
            .filter(|&axis| used.first[axis] != at[axis] || used.last[axis] != at[axis])
            .take(2)
            .collect();
        let mut rest: Vec<usize> = (0..lengths.len()).filter(long).filter(|axis| !shown.contains(axis)).collect();
        // A stack of square tables, such as the scores of attention's heads, has its planes in the last axes; pictures in the first.
        let stacked = matches!(lengths[..], [.., before, rows, columns] if rows == columns && before != rows);
        if stacked && shown.is_empty() {
            rest.reverse();
        }
        while shown.len() < 2 && !rest.is_empty() {
            shown.push(rest.remove(0));
        }
        if shown.len() < 2 {
            shown.extend(
                (0..lengths.len()).filter(|axis| !shown.contains(axis)).take(2 - shown.len()).collect::<Vec<_>>(),
            );
        }
        shown.sort_unstable();
        let (rows, columns) = match shown[..] {
            [rows, columns, ..] => (Some(rows), Some(columns)),
            [columns] => (None, Some(columns)),
            [] => (None, None),
        };
        Self { shape: lengths, rows, columns, at }
    }

    /// How many rows and columns it has.
    pub fn size(&self) -> (usize, usize) {
        let length = |axis: Option<usize>| axis.map_or(1, |axis| self.shape[axis]);
        (length(self.rows), length(self.columns))
    }

    /// The value at a row and column, in C order.
    pub fn flat(&self, row: usize, column: usize) -> usize {
        let mut index = self.at.clone();
        if let Some(axis) = self.rows {
            index[axis] = row;
        }
        if let Some(axis) = self.columns {
            index[axis] = column;
        }
        index.iter().zip(&self.shape).fold(0, |flat, (index, length)| flat * length + index)
    }

    /// The row and column of a value, if it lies on the plane.
    pub fn cell(&self, flat: usize) -> Option<(usize, usize)> {
        let mut rest = flat;
        let mut index = vec![0; self.shape.len()];
        for (axis, &length) in self.shape.iter().enumerate().rev() {
            index[axis] = rest % length.max(1);
            rest /= length.max(1);
        }
        let shown = |axis: usize| self.rows == Some(axis) || self.columns == Some(axis);
        let same = (0..index.len()).all(|axis| shown(axis) || index[axis] == self.at[axis]);
        let along = |axis: Option<usize>| axis.map_or(0, |axis| index[axis]);
        (rest == 0 && same).then(|| (along(self.rows), along(self.columns)))
    }

    /// The first and the last row and column of a box.
    pub fn window(&self, of: &Extent) -> ((usize, usize), (usize, usize)) {
        let along = |index: &[usize], axis: Option<usize>| axis.map_or(0, |axis| index[axis]);
        let corner = |index: &[usize]| (along(index, self.rows), along(index, self.columns));
        (corner(&of.first), corner(&of.last))
    }

    /// The index of the plane as `NumPy` writes it: `[:,:,2]`; empty where the whole array is shown.
    pub fn index(&self) -> String {
        let shown = |axis: usize| self.rows == Some(axis) || self.columns == Some(axis);
        if (0..self.shape.len()).all(shown) {
            return String::new();
        }
        let axis = |axis: usize| if shown(axis) { ":".to_owned() } else { self.at[axis].to_string() };
        format!("[{}]", (0..self.shape.len()).map(axis).collect::<Vec<_>>().join(","))
    }
}
