//! Training by hand: loss, gradients and update of a network, as equations like all others.
//!
//! A training step is one [`Program`]: the forward pass of the rows of a batch, the loss, the
//! backward pass, the update. So every gradient and every new weight has an address, steps and a worked solution, and a mistake
//! is an edit, as in the forward pass.
//!
//! ```
//! use byhand::{equation::Array, graph::{op::Dense, Network}, network::Activation};
//! use byhand::train::{Convention, Loss, Optimizer, Run, Training};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("line");
//! let x = network.input("x", [1])?;
//! let kernel = Array::new([1, 1], vec![2.0]).ok_or("one number")?;
//! let y = network.add("dense", Dense::new(kernel, None, Activation::Linear), [x])?;
//! network.set_outputs([y]);
//! let mut training = Training::new(
//!     network,
//!     Loss::named("mean_squared_error", Convention::Keras)?,
//!     Optimizer::named("sgd", Convention::Keras)?, // learning rate 0.01
//! );
//! training.rows = vec![(vec![3.0], vec![5.0])];
//! let mut run = Run::new(&training)?;
//! let step = run.next_step()?.ok_or("one step")?;
//! assert_eq!(step.at("loss")?, 1.0); // (2 * 3 - 5)^2
//! assert_eq!(step.at("dense.dkernel[0,0]")?, 6.0); // 2 * (6 - 5) * 3
//! assert_eq!(step.at("dense.kernel.new[0,0]")?, 1.94); // 2 - 0.01 * 6
//! # Ok(()) }
//! ```
//!
//! Files in reading order: `loss`, `backward` (gradients of all operations, from their equations), `optimizer`, `update`, `step` (one
//! program), `run` (one step after the other), `file` (training files), `mistake` (what people do wrong).

mod backward;
mod error;
pub mod file;
mod loss;
pub mod mistake;
mod optimizer;
mod run;
mod step;
mod training;
mod update;

pub use error::TrainError;
pub use loss::{Convention, Labels, Loss, LossKind, Reduction};
pub use optimizer::{Clip, Optimizer, OptimizerKind, Schedule};
pub use run::{Done, Run, State};
pub use step::StepProgram;
pub use training::{Batches, Training};
pub use update::{Slot, WeightLine};

use crate::equation::{Array, Program, Read};

/// A number of a formula, called by itself: `2`, `0.5`.
fn number(program: &mut Program, value: f32) -> Result<Read, TrainError> {
    let name = value.to_string();
    let id = match program.find(&name) {
        Some(id) => id,
        None => program.constant(name, Array::scalar(value))?,
    };
    Ok(Read::same(id, 0))
}
