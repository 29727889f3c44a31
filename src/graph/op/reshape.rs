//! Reshape: the same numbers in the same C order with other axes.
//!
//! ```text
//! a[..] = in, seen in the other shape, [..]      no step: only the place is another
//! ```
//! One length may be -1: it becomes what is left. Source: `keras/src/layers/reshaping/reshape.py`, `call`.
//!
//! ```
//! # use byhand::graph::{op::Reshape, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [6])?;
//! network.add("reshape", Reshape::new([3, -1]), [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1., 2., 3., 4., 5., 6.]])?)?;
//! let found = network.find("reshape.a[1,0]")?; // the second row begins with the third number
//! assert_eq!(found.flat.map(|flat| pass.of(found.array)[flat]), Some(3.0));
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::{Read, Rule},
    graph::{Lines, Value, lines::owns},
    words::operation,
};

/// The same numbers with other axes.
#[derive(Debug, Clone)]
pub struct Reshape {
    target: Vec<i64>,
}

impl Reshape {
    /// To these lengths, without that of the samples; one may be -1.
    pub fn new(target: impl Into<Vec<i64>>) -> Self {
        Self { target: target.into() }
    }
}

impl Operation for Reshape {
    fn kind(&self) -> &'static str {
        "Reshape"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let size = x.shape.size();
        let known: usize = self.target.iter().filter_map(|&n| usize::try_from(n).ok()).fold(1, usize::saturating_mul);
        let open = self.target.iter().filter(|n| **n < 0).count();
        let fits = if open == 0 { known == size } else { open == 1 && known > 0 && size.is_multiple_of(known) };
        if !fits {
            return Err(lines.fault(operation::reshaped(format_args!("{:?}", self.target), size)));
        }
        let length = |n: &i64| usize::try_from(*n).unwrap_or_else(|_| size / known.max(1));
        let shape: Vec<usize> = self.target.iter().map(length).collect();
        let read = Read::new(x.array, owns(0, shape.len())).viewed(shape.clone());
        Ok(vec![Value::new(lines.stage("a", shape.clone(), Rule::copy(read))?, shape)])
    }
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let target = config.integers("target_shape")?;
    Ok(Arc::new(Reshape::new(target.ok_or_else(|| config.wrong("target_shape", operation::list_of_lengths()))?)))
}
