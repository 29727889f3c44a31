//! The core: a list of equations over named arrays.
//!
//! Everything byhand computes is a [`Program`]: arrays with names (inputs, weights, constants, values), and for each array of
//! values an [`Equation`] that says how all of them come about: a sum of products, a function of values, or the largest of
//! several. An operation of a network is a short list of equations, a whole network is one program, and a position in its
//! pass is one integer. A mistake edits the list; nothing else needs to know of it.
//!
//! ```
//! use byhand::equation::{own, over, Array, Function, Program, Read, Rule};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // z[u] = sum over i of x[i] * kernel[i,u], plus bias[u]
//! let mut program = Program::default();
//! let x = program.input("x", [2])?;
//! let kernel = program.weight("kernel", Array::new([2, 1], vec![1.0, 1.0]).ok_or("two numbers")?)?;
//! let bias = program.weight("bias", Array::new([1], vec![-0.5]).ok_or("one number")?)?;
//! let factors = [Read::new(x, [over(0)]), Read::new(kernel, [over(0), own(0)])];
//! let wx = program.equation("wx", [1], Rule::sum([2], factors))?;
//! let z = program.equation("z", [1], Rule::map(Function::Add, [Read::same(wx, 1), Read::same(bias, 1)]))?;
//! let values = program.evaluate(&[(x, vec![0.3, 0.1])])?;
//! assert_eq!(values.of(z), [-0.099_999_994]); // 0.3 + 0.1 - 0.5 in float32
//! assert_eq!(program.steps().total(), 3); // two products and the bias
//! # Ok(()) }
//! ```
//!
//! Files in reading order: `shape` (shapes and arrays), `affine` (indices), `rule` (reads, rules, equations), `function`,
//! `program` (the list, checked), `evaluate` (what it means), `fast` (the same, faster), `steps` (which step is which, by
//! division), `step` (a step with its numbers), `edit` and `rearrange` (what mistakes do), `along` (one more axis: time, samples),
//! `radius` (how far an honest calculation can be off).

mod affine;
mod along;
mod edit;
mod evaluate;
mod fast;
mod function;
mod fused;
mod linear;
mod program;
mod radius;
mod rearrange;
mod rule;
mod shape;
mod step;
mod steps;

pub use affine::{Affine, Axis, Division, fixed, over, own, signed};
pub use evaluate::{EvaluateError, Values};
pub use function::Function;
pub use program::{Declared, Kind, Program, ProgramError};
pub use rearrange::Draft;
pub use rule::{ArrayId, Equation, Index, Outside, Read, Repeat, Rule, Which};
pub use shape::{Array, Shape};
pub use step::{Action, Operand, Step};
pub use steps::{Place, Steps};

#[cfg(test)]
mod tests;
