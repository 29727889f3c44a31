//! A network as a graph of operations, each a short list of equations.
//!
//! A [`Network`] has nodes in topological order; a node names its operation and the values it takes. Its equations, all in one
//! [`Program`](crate::equation::Program), are made while nodes are added, so shapes are checked then and never again. A layer
//! that is used twice is two nodes with one operation and one set of weights; a model inside a model is flattened, its nodes
//! called `encoder/dense`.
//!
//! ```
//! use byhand::equation::Array;
//! use byhand::graph::{op::Dense, Network};
//! use byhand::network::Activation;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kernel = Array::new([2, 1], vec![1.0, 1.0]).ok_or("two numbers")?;
//! let bias = Array::new([1], vec![-0.5]).ok_or("one number")?;
//! let mut network = Network::new("gate");
//! let x = network.input("x", [2])?;
//! let y = network.add("output", Dense::new(kernel, Some(bias), Activation::Tanh), [x])?;
//! network.set_outputs([y]);
//! let pass = network.program().evaluate(&network.given(&[vec![0.3, 0.1]])?)?;
//! let z = network.find("output.z[0]")?;
//! assert_eq!(pass.of(z.array), [-0.099_999_994]); // 0.3 + 0.1 - 0.5
//! assert_eq!(pass.of(network.find("output[0]")?.array), [-0.099_667_99]); // tanh(-0.1)
//! # Ok(()) }
//! ```

mod address;
mod config;
mod error;
mod keras;
mod lines;
mod network;
pub mod op;
mod operation;

pub use address::{AddressError, Found};
pub use error::GraphError;
pub use keras::{Arrays, Missing, Partial, class_names, from_keras, partly_from_keras};
pub use lines::{Lines, Value};
pub use network::{Network, Node, NodeId, Source};
pub use operation::Operation;
