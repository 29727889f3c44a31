//! The small language in which lessons and models speak about numbers: `y at x=10`, `dense.z[1] with skipped-activation:dense`.
//!
//! A lesson never contains the network's numbers, only formulas; they are computed by the same passes that the learner
//! watches. [`Formula`] is the parsed text, [`Scene`] what it is computed in. The language is described in
//! `lessons/README.md`.

mod call;
mod evaluate;
mod honest;
mod parse;
mod points;
mod scope;
mod shown;
mod written;

pub use call::ACCURACY_SEED;
pub use evaluate::{EvaluateError, Scene, Value};
pub use honest::Line;
pub use parse::SyntaxError;
pub use points::{random_points, spread_points};
pub use written::{Part, calculate, written};

use crate::{network::number::Digits, pass::Address};

/// A formula, ready to be computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula(Node);

/// What stands between `{{` and `}}` in a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// A number as somebody printed it; it is shown, and the formula must agree with it at its own digits.
    pub claim: Option<String>,
    /// What is computed.
    pub formula: Formula,
    /// How it is shown.
    pub digits: Digits,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Number(f64),
    /// `x`, `y`, `target`, `parameters`, `steps`.
    Name(Name),
    Address(Address),
    /// `x[0]` is an address; the index of anything else is not offered.
    Call(Function, Vec<Node>),
    Negate(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    /// `… at x=(0.3,0.1)`
    At(Box<Node>, Vec<f32>),
    /// `… with (skipped-activation:dense, …)`
    With(Box<Node>, Vec<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    X,
    Y,
    Target,
    Parameters,
    Steps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
}

/// Functions and how they are written.
const FUNCTIONS: &[(&str, Function)] = &[
    ("abs", Function::Abs),
    ("sqrt", Function::Sqrt),
    ("exp", Function::Exp),
    ("sign", Function::Sign),
    ("relu", Function::Relu),
    ("tanh", Function::Tanh),
    ("sigmoid", Function::Sigmoid),
    ("min", Function::Min),
    ("max", Function::Max),
    ("sum", Function::Sum),
    ("mean", Function::Mean),
    ("count", Function::Count),
    ("len", Function::Len),
    ("round", Function::Round),
    ("ulps", Function::Ulps),
    ("worst", Function::Worst),
    ("share", Function::Share),
    ("accuracy", Function::Accuracy),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Function {
    Abs,
    Sqrt,
    Exp,
    Sign,
    Relu,
    Tanh,
    Sigmoid,
    Min,
    Max,
    Sum,
    Mean,
    Count,
    Len,
    Round,
    Ulps,
    Worst,
    Share,
    Accuracy,
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// [`SyntaxError`] with the column and what was expected.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::formula(text).map(Self)
    }

    /// Works the formula out.
    ///
    /// # Errors
    /// [`EvaluateError`] if a name, address, input or mistake does not fit the scene.
    pub fn evaluate(&self, scene: &Scene<'_>) -> Result<Value, EvaluateError> {
        evaluate::evaluate(&self.0, &scope::Scope::new(scene))
    }
}

impl Inline {
    /// Reads `FORMULA`, `FORMULA : DIGITS` or `CLAIM == FORMULA`.
    ///
    /// # Errors
    /// [`SyntaxError`] with the column and what was expected.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::inline(text)
    }
}
