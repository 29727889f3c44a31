//! Rescaling: times a scale, plus an offset.
//!
//! ```text
//! scaled[..] = in[..] * scale        a[..] = scaled[..] + offset
//! ```
//! Both are one number, or one for each channel of the last axis.
//! Source: `keras/src/layers/preprocessing/rescaling.py` (`keras/src/layers/preprocessing/image_preprocessing/rescaling.py` later).
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::Rescaling, Network}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let x = network.input("x", [1])?;
//! network.add("rescale", Rescaling { scale: Array::scalar(0.5), offset: Array::scalar(-1.0) }, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![3.0]])?)?;
//! assert_eq!(pass.of(network.find("rescale.a")?.array), [0.5]); // 3 * 0.5 - 1
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{Config, GraphError, Operation, Weights};
use crate::{
    equation::{Array, ArrayId, Function, Read, Rule, own},
    graph::{Lines, Value},
    words::operation,
};

/// Times a scale, plus an offset.
#[derive(Debug, Clone)]
pub struct Rescaling {
    /// () or (channels,)
    pub scale: Array,
    /// () or (channels,)
    pub offset: Array,
}

impl Operation for Rescaling {
    fn kind(&self) -> &'static str {
        "Rescaling"
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let x = lines.only(from)?;
        let (scale, offset) = (constant(lines, "scale", &self.scale, x)?, constant(lines, "offset", &self.offset, x)?);
        let product = Rule::map(Function::Multiply, [x.same(), scale]);
        let scaled = lines.stage("scaled", x.shape.clone(), product)?;
        let a = Rule::map(Function::Add, [Read::same(scaled, x.rank()), offset]);
        Ok(vec![Value::new(lines.stage("a", x.shape.clone(), a)?, x.shape.clone()).masked_as(x)])
    }
}

/// The read of one number, or of one for each channel.
fn constant(lines: &mut Lines<'_>, name: &str, array: &Array, x: &Value) -> Result<Read, GraphError> {
    let channels = x.axes().last().copied();
    let rank = array.shape().rank();
    if rank > 0 && (rank > 1 || channels != array.shape().axes().first().copied()) {
        return Err(lines.fault(operation::list(array.shape(), &x.shape, name)));
    }
    let id: ArrayId = lines.constants(name, array.clone())?;
    Ok(if rank == 0 { Read::same(id, 0) } else { Read::new(id, [own(x.rank() - 1)]) })
}

pub(super) fn read(config: &Config<'_>, _: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let numbers = |key: &str, default: f32| -> Result<Array, GraphError> {
        let numbers = config.numbers(key)?.unwrap_or_else(|| vec![default]);
        Ok(match numbers.as_slice() {
            &[one] => Array::scalar(one),
            many => Array::new([many.len()], many.to_vec()).unwrap_or_else(|| Array::scalar(default)),
        })
    };
    Ok(Arc::new(Rescaling { scale: numbers("scale", 1.0)?, offset: numbers("offset", 0.0)? }))
}
