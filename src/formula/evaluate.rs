//! [`Formula`](super::Formula) to numbers, by running passes.

use thiserror::Error;

use super::{Name, Node, Operator, call::call, scope::Scope};
use crate::{
    mistake::{Mistake, MistakeError},
    network::Network,
    pass::{AddressError, PassError},
    words::formula,
};

/// What a formula is computed in.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The network, with its weights as they are now.
    pub network: &'a Network,
    /// What goes in.
    pub input: &'a [f32],
    /// The mistakes that are made.
    pub mistakes: &'a [Mistake],
    /// What the network was trained for.
    pub target: Option<&'a super::Formula>,
    /// The range of each input that shares and accuracies are taken over.
    pub region: &'a [(f32, f32)],
}

/// A number or a list of numbers. Conditions are 1 and 0.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// One.
    Number(f64),
    /// Several.
    List(Vec<f64>),
}

/// Why a formula has no value here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EvaluateError {
    /// An address that names nothing.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// An input of the wrong length.
    #[error(transparent)]
    Pass(#[from] PassError),
    /// A mistake that cannot be made.
    #[error(transparent)]
    Mistake(#[from] MistakeError),
    /// The model has no target.
    #[error("{}", formula::no_target())]
    NoTarget,
    /// A list where one number is wanted.
    #[error("{}", if *condition { formula::list_in_condition(length) } else { formula::list_in_place(length) })]
    List {
        /// Whether a condition needs the number.
        condition: bool,
        /// How long the list is.
        length: usize,
    },
    /// Two lists of different lengths.
    #[error("{}", formula::other_lengths(left, right))]
    Lengths {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// A call with too many or too few arguments.
    #[error("{}", formula::arguments(function, got))]
    Arguments {
        /// The function's name; `each` or `all` for one of those that take a value or several.
        function: &'static str,
        /// How many it was given.
        got: usize,
    },
    /// `worst` for a model with several inputs.
    #[error("{}", formula::several_inputs())]
    SeveralInputs,
    /// A function over a range of inputs that the model does not have.
    #[error("{}", formula::no_region())]
    NoRegion,
    /// A measure over many inputs inside of another one.
    #[error("{}", formula::nested())]
    Nested,
}

impl Value {
    /// The number, if it is one (a list of one counts).
    ///
    /// # Errors
    /// [`EvaluateError::List`] for longer lists.
    pub fn number(&self) -> Result<f64, EvaluateError> {
        self.one(false)
    }

    /// Whether it is true: one number that is not 0.
    ///
    /// # Errors
    /// [`EvaluateError::List`] for lists.
    pub fn is_true(&self) -> Result<bool, EvaluateError> {
        self.one(true).map(|number| number != 0.0)
    }

    /// The numbers.
    pub fn list(&self) -> &[f64] {
        match self {
            Self::Number(number) => std::slice::from_ref(number),
            Self::List(list) => list,
        }
    }

    pub(super) fn one(&self, condition: bool) -> Result<f64, EvaluateError> {
        match self.list() {
            [number] => Ok(*number),
            list => Err(EvaluateError::List { condition, length: list.len() }),
        }
    }

    fn from_f32(list: &[f32]) -> Self {
        match list {
            [number] => Self::Number(f64::from(*number)),
            _ => Self::List(list.iter().map(|&number| f64::from(number)).collect()),
        }
    }

    pub(super) fn map(self, f: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Number(number) => Self::Number(f(number)),
            Self::List(list) => Self::List(list.into_iter().map(f).collect()),
        }
    }
}

pub(super) type Evaluated = Result<Value, EvaluateError>;

pub(super) fn evaluate(node: &Node, scope: &Scope<'_>) -> Evaluated {
    match node {
        Node::Number(number) => Ok(Value::Number(*number)),
        Node::Name(name) => named(*name, scope),
        Node::Address(address) => scope.get(address).map(Value::from_f32),
        Node::Call(function, arguments) => call(*function, arguments, scope),
        Node::Negate(inner) => Ok(evaluate(inner, scope)?.map(|v| -v)),
        Node::Binary(operator, left, right) => binary(*operator, &evaluate(left, scope)?, &evaluate(right, scope)?),
        Node::At(inner, input) => {
            let scope = scope.at(input);
            scope.check_input()?;
            evaluate(inner, &scope)
        }
        Node::With(inner, names) => {
            let named: Result<Vec<Mistake>, _> = names.iter().map(|name| Mistake::named(name, scope.network)).collect();
            let mistakes: Vec<Mistake> = scope.mistakes.iter().copied().chain(named?).collect();
            evaluate(inner, &scope.with(&mistakes))
        }
    }
}

fn named(name: Name, scope: &Scope<'_>) -> Evaluated {
    match name {
        Name::X => Ok(Value::from_f32(scope.input)),
        Name::Y => Ok(Value::from_f32(scope.output()?)),
        Name::Target => evaluate(&scope.target.ok_or(EvaluateError::NoTarget)?.0, &scope.targeting()),
        Name::Parameters => Ok(Value::Number(scope.network.parameters() as f64)),
        Name::Steps => Ok(Value::Number(scope.steps()? as f64)),
    }
}

fn binary(operator: Operator, left: &Value, right: &Value) -> Evaluated {
    let truth = |t: bool| f64::from(u8::from(t));
    let apply = |a: f64, b: f64| match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
        Operator::Less => truth(a < b),
        Operator::LessOrEqual => truth(a <= b),
        Operator::Greater => truth(a > b),
        Operator::GreaterOrEqual => truth(a >= b),
        Operator::Equal => truth(a == b),
        Operator::NotEqual => truth(a != b),
        Operator::And => truth(a != 0.0 && b != 0.0),
        Operator::Or => truth(a != 0.0 || b != 0.0),
    };
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => Ok(Value::Number(apply(*a, *b))),
        (Value::List(a), Value::Number(b)) => Ok(Value::List(a.iter().map(|a| apply(*a, *b)).collect())),
        (Value::Number(a), Value::List(b)) => Ok(Value::List(b.iter().map(|b| apply(*a, *b)).collect())),
        (Value::List(a), Value::List(b)) if a.len() == b.len() => {
            Ok(Value::List(a.iter().zip(b).map(|(a, b)| apply(*a, *b)).collect()))
        }
        (Value::List(a), Value::List(b)) => Err(EvaluateError::Lengths { left: a.len(), right: b.len() }),
    }
}
