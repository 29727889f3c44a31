//! `RepeatVector`: the same vector at each of n times.
//!
//! ```text
//! a[t, i] = in[i]      no step: only the place is another
//! ```
//! Source: `keras/src/layers/reshaping/repeat_vector.py`, `call`.
//!
//! ```
//! # use byhand::graph::{op::RepeatVector, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2])?;
//! network.add("repeat", RepeatVector { times: 3 }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1., 2.]])?)?;
//! assert_eq!(pass.of(network.find("repeat.a")?.array), [1., 2., 1., 2., 1., 2.]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::{Read, Rule, own},
    graph::{Lines, Value},
};

/// The same vector at each of several times.
#[derive(Debug, Clone, Copy)]
pub struct RepeatVector {
    /// How many times.
    pub times: usize,
}

impl Operation for RepeatVector {
    fn kind(&self) -> &'static str {
        "RepeatVector"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only_of_rank(from, 1)?;
        let shape = [self.times, x.axes()[0]];
        Ok(vec![Value::new(lines.stage("a", shape, Rule::copy(Read::new(x.array, [own(1)])))?, shape)])
    }
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    Ok(Arc::new(RepeatVector { times: config.length("n")? }))
}
