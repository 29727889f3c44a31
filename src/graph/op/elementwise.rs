//! A function of values and fixed numbers, number by number, spread over each other's shapes as NumPy does it.
//!
//! ```text
//! a[..] = function(operand[..], operand[..], ..)
//! ```
//! ONNX writes biases, scales, normalizations and activations that it does not know as such functions.
//! Source: <https://onnx.ai/onnx/operators/>, "Add", "Mul", "Where" and the like, with multidirectional broadcasting.
//!
//! ```
//! # use byhand::{equation::{Array, Function}, graph::{op::{Elementwise, Operand}, Network}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let half = Operand::Fixed(Array::scalar(0.5));
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2])?;
//! network.add("half", Elementwise::new(Function::Multiply, [Operand::Taken(0), half]), [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![3.0, -4.0]])?)?;
//! assert_eq!(pass.of(network.find("half.a")?.array), [1.5, -2.0]); // 3 * 0.5, -4 * 0.5
//! # Ok(()) }
//! ```

use super::{GraphError, Operation, merge::spread};
use crate::{
    equation::{Array, Function, Read, Rule},
    graph::{Lines, Value},
    words::operation,
};

/// What a function takes.
#[derive(Debug, Clone)]
pub enum Operand {
    /// One of the values that the layer takes, by its place.
    Taken(usize),
    /// Numbers of the model.
    Fixed(Array),
}

/// A function of values and fixed numbers.
#[derive(Debug, Clone)]
pub struct Elementwise {
    function: Function,
    operands: Vec<Operand>,
}

impl Elementwise {
    /// The function of these operands, in this order.
    pub fn new(function: Function, operands: impl Into<Vec<Operand>>) -> Self {
        Self { function, operands: operands.into() }
    }
}

impl Operation for Elementwise {
    fn kind(&self) -> &'static str {
        match self.function {
            Function::Add => "Add",
            Function::Subtract => "Subtract",
            Function::Multiply => "Multiply",
            Function::Divide => "Divide",
            Function::Maximum => "Maximum",
            Function::Minimum => "Minimum",
            Function::SquareRoot => "SquareRoot",
            Function::Select => "Where",
            _ => "Function",
        }
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        let fixed = self.operands.iter().enumerate().filter_map(|(at, operand)| match operand {
            Operand::Fixed(array) => Some((format!("constant{at}"), array)),
            Operand::Taken(_) => None,
        });
        fixed.collect()
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let mut values = Vec::with_capacity(self.operands.len());
        for operand in &self.operands {
            values.push(match operand {
                Operand::Taken(place) => {
                    let value = from.get(*place);
                    value.cloned().ok_or_else(|| lines.fault(operation::values_needed(place + 1)))?
                }
                Operand::Fixed(array) => {
                    let name = format!("constant{}", values.len());
                    let id = lines.weight(&name, array, array.shape().axes())?;
                    Value::new(id, array.shape().clone())
                }
            });
        }
        let shape = super::merge::common_shape(lines, &values)?;
        let reads: Vec<Read> = values.iter().map(|value| spread(value, shape.len())).collect();
        let a = lines.stage("a", shape.clone(), Rule::map(self.function, reads))?;
        Ok(vec![Value::new(a, shape)])
    }
}
