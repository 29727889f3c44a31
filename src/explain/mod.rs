//! A pass as a worked solution: every product, sum, bias and activation, as in an exercise book.
//!
//! [`Solution::new`] decides *what* is written, as blocks of lines; the writers decide how it looks: [`text`] for the
//! terminal, [`json`] for programs. What is right and what is a mistake makes no difference here: the solution follows the
//! recipes of the pass.
//!
//! [`Sheet`] has the same as rows, one an action, and can lay two passes side by side; [`beside`] writes those for the
//! terminal, [`markdown`], [`latex`] and [`csv`] write one pass or two.
//!
//! [`workbook`] writes a pass as a spreadsheet with live formulas, [`page`] makes a page of HTML of the Markdown, [`matrix`] writes
//! LaTeX with whole matrices.
//!
//! A solution is bounded, whatever the size of the network: of a large layer it keeps the first and the last units and
//! says how many it left out.
//!
//! ```
//! use byhand::{explain::{Solution, text}, network::number::Digits, pass::Pass};
//! # use byhand::network::{Activation, Dense, Kernel, Layer, Network, Operation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let kernel = Kernel::from_rows(1, 1, &[0.5]).ok_or("one number")?;
//! # let operation = Operation::Dense(Dense::new(kernel, Some(vec![-1.0]), Activation::Relu));
//! # let network = Network::new("half", vec![Layer { name: "dense".into(), operation }])?;
//! let pass = Pass::new(&network, &[10.0], &[])?;
//! let solution = Solution::new(&pass, None)?;
//! assert!(text::write(&solution, Digits::Exact).contains("z  = 5 + (-1) = 4"));
//! # Ok(()) }
//! ```

pub mod beside;
mod build;
pub mod csv;
pub mod equation;
mod fold;
pub mod graph;
pub mod json;
pub mod latex;
pub mod markdown;
pub mod matrix;
pub mod page;
pub mod sheet;
mod table;
pub mod text;
mod together;
mod work;
pub mod workbook;

use std::ops::Range;

pub use sheet::Sheet;
pub use work::{Style, Work, Written};

use crate::{
    network::{Action, Activation},
    pass::Address,
};

/// Products of one layer that are written before units are left out.
pub const MOST_PRODUCTS: usize = 2_000;

/// Products of one unit that are written when that unit is asked for.
pub const MOST_PRODUCTS_ASKED: usize = 20_000;

/// A worked solution.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The model's name.
    pub model: String,
    /// What went in.
    pub input: Vec<f32>,
    /// The mistakes that were made, as sentences without their full stops; empty for the right way.
    pub mistakes: Vec<String>,
    /// What was asked for; `None` for the whole pass.
    pub asked: Option<Asked>,
    /// What is written, in order.
    pub blocks: Vec<Block>,
    /// What comes out of the network.
    pub output: Vec<f32>,
}

/// A value, or a whole list of them, that the solution is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its address, as it was asked for.
    pub address: Address,
    /// Its values.
    pub values: Vec<f32>,
    /// The values that it is computed from; a whole list where it has no index. Empty for what is given or trained.
    pub depends_on: Vec<Address>,
    /// What the address is another name of (`dense_1.in[3]` is `dense.a[3]`).
    pub same_as: Option<Address>,
}

/// A part of the solution.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The heading of a layer.
    Layer(Heading),
    /// The work of one unit.
    Unit(Unit),
    /// An activation that uses all units together.
    Together(Together),
    /// Units that are not written.
    LeftOut(LeftOut),
}

/// What a layer is.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// Its name.
    pub layer: String,
    /// Its class.
    pub kind: &'static str,
    /// How many numbers arrive.
    pub inputs: usize,
    /// How many units it has.
    pub units: usize,
    /// The activations that are applied, in order; one, except with mistakes.
    pub activations: Vec<Activation>,
}

/// The work of one unit, or what is done to it after a [`Together`].
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Its output.
    pub address: Address,
    /// Which unit.
    pub unit: usize,
    /// One line for each action.
    pub lines: Vec<Line>,
    /// Products that are not written, by their input.
    pub left_out: Option<Range<usize>>,
}

/// One action.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The value that the result is, or is on the way to.
    pub address: Address,
    /// Where the multiplied input comes from; `None` where nothing is multiplied.
    pub from: Option<Address>,
    /// What is done, with its numbers.
    pub action: Action,
}

/// An activation of a whole vector.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// The layer.
    pub layer: String,
    /// Which activation.
    pub activation: Activation,
    /// How many numbers go in.
    pub units: usize,
    /// What all units share: the largest number and the sum of the powers (softmax), the threshold (sparsemax).
    pub shared: Shared,
    /// One row for each output.
    pub rows: Vec<Row>,
    /// Rows that are not written.
    pub left_out: Option<Range<usize>>,
}

/// What the units of a vector activation share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shared {
    /// `e^(z - largest)` of each, and the sum of them.
    Powers {
        /// The largest number that goes in.
        largest: f32,
        /// The sum of all `e^(z - largest)`.
        sum: f32,
    },
    /// What sparsemax takes away from each number.
    Threshold(f32),
    /// Each output has its own partner (glu).
    Nothing,
}

/// One output of a vector activation.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The output.
    pub address: Address,
    /// Which unit.
    pub unit: usize,
    /// What goes in.
    pub before: f32,
    /// What is computed in between: `e^(z - largest)`, or the sigmoid of the partner (glu).
    pub between: f32,
    /// What comes out.
    pub after: f32,
}

/// Units in the middle of a large layer.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The layer.
    pub layer: String,
    /// Which units.
    pub units: Range<usize>,
    /// How many products that would be.
    pub products: usize,
    /// How to see one of them.
    pub example: Address,
}
