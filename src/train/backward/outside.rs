//! Reads beyond the end of an array: a gradient goes to the other array only where the first one ends.

use super::{Backward, Entry, Turned};
use crate::{
    equation::{Affine, Array, Axis, Index, Read, Shape},
    train::TrainError,
};

impl Backward<'_> {
    /// Factors that are 0 where an axis of the equation would be outside of its length.
    pub(super) fn inside(&mut self, solved: &Turned) -> Result<Vec<Read>, TrainError> {
        let mut guards = Vec::new();
        for (length, index) in &solved.inside {
            let ones = self.constant(&format!("ones.{length}"), Array::new([*length], vec![1.0; *length]))?;
            guards.push(Read::new(ones, [index.clone()]));
        }
        Ok(guards)
    }

    /// A factor that is 1 where `before` is outside of its array, else 0; `None` if it always is.
    pub(super) fn outside_guard(
        &mut self,
        entry: &Entry,
        before: &Read,
        solved: &Turned,
    ) -> Result<Option<Read>, TrainError> {
        let shape = before.view.clone().unwrap_or_else(|| self.program.shape(before.array).clone());
        let moved = solved.read(before).ok_or_else(|| self.beyond(entry))?;
        let (mut index, mut lengths) = (Vec::new(), Vec::new());
        for (at, &length) in moved.index.iter().zip(shape.axes()) {
            let Index::At(affine) = at else { return Err(self.beyond(entry)) };
            let (lowest, highest) = bounds(affine, &solved.shape, &solved.over);
            if highest < 0 || lowest >= length as i64 {
                return Ok(None);
            }
            if lowest < 0 || highest >= length as i64 {
                index.push(affine.clone());
                lengths.push(length);
            }
        }
        let name: Vec<String> = lengths.iter().map(ToString::to_string).collect();
        let size = lengths.iter().product();
        let zeros = self.constant(&format!("zeros.{}", name.join(".")), Array::new(lengths, vec![0.0; size]))?;
        Ok(Some(Read::new(zeros, index).padded(1.0)))
    }
}

/// The smallest and the largest value of an index.
fn bounds(affine: &Affine, own: &Shape, over: &Shape) -> (i64, i64) {
    let (mut lowest, mut highest) = (affine.constant, affine.constant);
    for &(axis, by) in &affine.terms {
        let length = match axis {
            Axis::Own(axis) => own.axes().get(axis),
            Axis::Over(axis) => over.axes().get(axis),
        };
        let far = by.saturating_mul(length.map_or(0, |&n| n as i64 - 1));
        lowest = lowest.saturating_add(far.min(0));
        highest = highest.saturating_add(far.max(0));
    }
    (lowest.div_euclid(affine.divisor), highest.div_euclid(affine.divisor))
}
