//! What every operation says of itself.

use std::{any::Any, fmt};

use super::{GraphError, Lines, Value};
use crate::equation::Array;

/// What a layer computes. One file each in `op/`, with its formula, its shapes, its source and its equations.
///
/// Equations are forward ones; the room `train` makes the backward ones from them.
pub trait Operation: Any + fmt::Debug + Send + Sync {
    /// The framework's name of the class.
    fn kind(&self) -> &'static str;

    /// Its weights, by the names they have in addresses.
    fn weights(&self) -> Vec<(String, &Array)> {
        Vec::new()
    }

    /// Adds its equations. The last one, its result, is the stage `a`.
    ///
    /// # Errors
    /// [`GraphError`] if it does not fit what it takes.
    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError>;

    /// Its equations for the rows of a batch together, where training differs from one row after the other: the values in `from`
    /// have the axis of the rows in front. `None` where each row is computed by itself, as usual.
    ///
    /// # Errors
    /// [`GraphError`] if it does not fit what it takes.
    fn in_training(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Option<Vec<Value>>, GraphError> {
        let _ = (lines, from);
        Ok(None)
    }

    /// How much of the moving mean and variance a training step keeps, if it has them.
    fn momentum(&self) -> Option<f32> {
        None
    }

    /// How many numbers it has: those that were trained, and statistics.
    fn parameters(&self) -> usize {
        self.weights().iter().map(|(_, array)| array.values().len()).sum()
    }
}
