//! Permute: the axes in another order.
//!
//! ```text
//! dims (2, 1):  a[i, j] = in[j, i]      no step: only the place is another
//! ```
//! Source: `keras/src/layers/reshaping/permute.py`, `call`.
//!
//! ```
//! # use byhand::graph::{op::Permute, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 3])?;
//! network.add("permute", Permute::new([2, 1]), [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1., 2., 3., 4., 5., 6.]])?)?;
//! assert_eq!(pass.of(network.find("permute.a")?.array), [1., 4., 2., 5., 3., 6.]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::{Read, Rule, own},
    graph::{Lines, Value},
    words::operation,
};

/// The axes in another order.
#[derive(Debug, Clone)]
pub struct Permute {
    dims: Vec<usize>,
}

impl Permute {
    /// Axis k of the result is axis `dims[k]` of the input; as in Keras they count from 1.
    pub fn new(dims: impl Into<Vec<usize>>) -> Self {
        Self { dims: dims.into() }
    }
}

impl Operation for Permute {
    fn kind(&self) -> &'static str {
        "Permute"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let place = |axis: usize| self.dims.iter().position(|&dim| dim == axis + 1);
        let places: Option<Vec<usize>> = (0..x.rank()).map(place).collect();
        let Some(places) = places.filter(|_| self.dims.len() == x.rank()) else {
            return Err(lines.fault(operation::permuted(format_args!("{:?}", self.dims), x.rank())));
        };
        let shape: Vec<usize> = self.dims.iter().map(|&dim| x.axes()[dim - 1]).collect();
        let read = Read::new(x.array, places.into_iter().map(own));
        Ok(vec![Value::new(lines.stage("a", shape.clone(), Rule::copy(read))?, shape)])
    }
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let dims = config.integers("dims")?.unwrap_or_default();
    let dims: Option<Vec<usize>> = dims.into_iter().map(|dim| usize::try_from(dim).ok().filter(|&n| n > 0)).collect();
    Ok(Arc::new(Permute::new(dims.ok_or_else(|| config.wrong("dims", operation::axes_from_one()))?)))
}
