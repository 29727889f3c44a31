//! What every operation says of itself.

use std::{any::Any, fmt};

use super::{GraphError, Lines, Value};
use crate::equation::Array;

/// What a layer computes. One file each in `op/`, with its formula, its shapes, its source and its equations.
///
/// Equations are forward ones. A backward list of the same kind (`dkernel[i,u] = sum over s of in[s,i] * dz[s,u]`) can be made
/// from the same rules: sums over samples, transposed reads, functions.
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

    /// How many numbers it holds: those that were trained, and statistics.
    fn parameters(&self) -> usize {
        self.weights().iter().map(|(_, array)| array.values().len()).sum()
    }
}
