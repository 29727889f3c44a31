//! Flatten: all numbers in one row, in C order: the last axis runs fastest.
//!
//! ```text
//! a[i] = in, seen as one row, [i]      no step: only the place is another
//! ```
//! With `channels_first` the channels are moved to the end before, as Keras does.
//! Source: `keras/src/layers/reshaping/flatten.py`, `call`.
//!
//! ```
//! # use byhand::graph::{op::Flatten, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 2])?;
//! network.add("flatten", Flatten { channels_first: true }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0, 3.0, 4.0]])?)?;
//! // Channels [1, 2] and [3, 4]: first both channels of place 0, then of place 1.
//! assert_eq!(pass.of(network.find("flatten.a")?.array), [1.0, 3.0, 2.0, 4.0]);
//! assert_eq!(network.program().steps().total(), 0);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::{Read, Rule, own},
    graph::{Lines, Value},
};

/// All numbers in one row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flatten {
    /// Whether the first axis is that of the channels.
    pub channels_first: bool,
}

impl Operation for Flatten {
    fn kind(&self) -> &'static str {
        "Flatten"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let size = x.shape.size();
        let mut array = x.array;
        if self.channels_first && x.rank() > 1 {
            let (last, turned) = (x.rank() - 1, [&x.axes()[1..], &x.axes()[..1]].concat());
            let index = std::iter::once(own(last)).chain((0..last).map(own));
            array = lines.stage("turned", turned, Rule::copy(Read::new(x.array, index)))?;
        }
        let row = Read::new(array, [own(0)]).viewed([size]);
        Ok(vec![Value::new(lines.stage("a", [size], Rule::copy(row))?, [size])])
    }
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(Flatten { channels_first: config.channels_first()? }))
}
