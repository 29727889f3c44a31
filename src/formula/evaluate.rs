//! [`Formula`](super::Formula) to numbers, by running passes.

use thiserror::Error;

use super::{Function, Name, Node, Operator, random_points, spread_points};
use crate::{
    mistake::{Mistake, MistakeError},
    network::{Activation, Network, ulps},
    pass::{AddressError, Function as NetworkFunction, Pass, PassError},
};

/// How many points a share is measured with.
const SHARE_POINTS: usize = 20_000;
/// In how many places `worst` looks.
const WORST_POINTS: usize = 2_001;
/// The seed of the points that an accuracy is measured on.
pub const ACCURACY_SEED: u64 = 200;

/// What a formula is worked out in.
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
    #[error("this model has no target, so `target` and `accuracy` have no value")]
    NoTarget,
    /// A list where one number is wanted.
    #[error("{what} wants one number, and this is a list of {length}; take one with an index, or use sum, max or count")]
    List {
        /// What wants a number.
        what: &'static str,
        /// How long the list is.
        length: usize,
    },
    /// Two lists of different lengths.
    #[error("two lists of {left} and {right} numbers cannot be put together")]
    Lengths {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// A call with too many or too few arguments.
    #[error("`{function}` takes {expected}, not {got}")]
    Arguments {
        /// The function.
        function: &'static str,
        /// What it takes.
        expected: &'static str,
        /// How many it was given.
        got: usize,
    },
    /// A function over a region that the model does not have, or over the wrong number of inputs.
    #[error("{what}")]
    Region {
        /// What is missing.
        what: &'static str,
    },
}

impl Value {
    /// The number, if it is one (a list of one counts).
    ///
    /// # Errors
    /// [`EvaluateError::List`] for longer lists.
    pub fn number(&self) -> Result<f64, EvaluateError> {
        self.one("this place")
    }

    /// Whether it is true: one number that is not 0.
    ///
    /// # Errors
    /// [`EvaluateError::List`] for lists.
    pub fn is_true(&self) -> Result<bool, EvaluateError> {
        self.one("a condition").map(|number| number != 0.0)
    }

    /// The numbers.
    pub fn list(&self) -> &[f64] {
        match self {
            Self::Number(number) => std::slice::from_ref(number),
            Self::List(list) => list,
        }
    }

    fn one(&self, what: &'static str) -> Result<f64, EvaluateError> {
        match self.list() {
            [number] => Ok(*number),
            list => Err(EvaluateError::List { what, length: list.len() }),
        }
    }

    fn from_f32(list: &[f32]) -> Self {
        match list {
            [number] => Self::Number(f64::from(*number)),
            _ => Self::List(list.iter().map(|&number| f64::from(number)).collect()),
        }
    }

    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Number(number) => Self::Number(f(number)),
            Self::List(list) => Self::List(list.into_iter().map(f).collect()),
        }
    }
}

type Evaluated = Result<Value, EvaluateError>;

pub(super) fn evaluate(node: &Node, scene: &Scene<'_>) -> Evaluated {
    match node {
        Node::Number(number) => Ok(Value::Number(*number)),
        Node::Name(name) => named(*name, scene),
        Node::Address(address) => pass(scene)?.get(address).map(Value::from_f32).map_err(Into::into),
        Node::Call(function, arguments) => call(*function, arguments, scene),
        Node::Negate(inner) => Ok(evaluate(inner, scene)?.map(|v| -v)),
        Node::Binary(operator, left, right) => {
            binary(*operator, &evaluate(left, scene)?, &evaluate(right, scene)?)
        }
        Node::At(inner, input) => evaluate(inner, &Scene { input, ..*scene }),
        Node::With(inner, names) => {
            let named: Result<Vec<Mistake>, _> = names.iter().map(|name| Mistake::named(name, scene.network)).collect();
            let mistakes: Vec<Mistake> = scene.mistakes.iter().copied().chain(named?).collect();
            evaluate(inner, &Scene { mistakes: &mistakes, ..*scene })
        }
    }
}

fn pass(scene: &Scene<'_>) -> Result<Pass, EvaluateError> {
    Ok(Pass::new(scene.network, scene.input, scene.mistakes)?)
}

fn named(name: Name, scene: &Scene<'_>) -> Evaluated {
    match name {
        Name::X => Ok(Value::from_f32(scene.input)),
        Name::Y => Ok(Value::from_f32(pass(scene)?.output())),
        Name::Target => scene.target.ok_or(EvaluateError::NoTarget)?.evaluate(&Scene { target: None, ..*scene }),
        Name::Parameters => Ok(Value::Number(scene.network.parameters() as f64)),
        Name::Steps => Ok(Value::Number(pass(scene)?.steps() as f64)),
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

fn call(function: Function, arguments: &[Node], scene: &Scene<'_>) -> Evaluated {
    let wrong = |function, expected| Err(EvaluateError::Arguments { function, expected, got: arguments.len() });
    match function {
        Function::Worst => match arguments {
            [inner, low, high] => worst(inner, low, high, scene),
            _ => wrong("worst", "a value and the two ends of the range"),
        },
        Function::Share => match arguments {
            [condition] => share(condition, scene),
            _ => wrong("share", "one condition"),
        },
        Function::Accuracy => match arguments {
            [n] => accuracy(n, scene),
            _ => wrong("accuracy", "how many points"),
        },
        Function::Round | Function::Ulps => match arguments {
            [left, right] => {
                let left = evaluate(left, scene)?.number()?;
                let right = evaluate(right, scene)?.number()?;
                Ok(Value::Number(match function {
                    Function::Round => round(left, right),
                    _ => f64::from(ulps(left as f32, right as f32)),
                }))
            }
            _ => wrong(if function == Function::Round { "round" } else { "ulps" }, "two numbers"),
        },
        _ => {
            let values: Result<Vec<Value>, _> = arguments.iter().map(|node| evaluate(node, scene)).collect();
            let values = values?;
            if let Some(each) = each(function) {
                return match <[Value; 1]>::try_from(values) {
                    Ok([value]) => Ok(value.map(each)),
                    Err(_) => wrong("a function such as abs or tanh", "one value or list"),
                };
            }
            let all: Vec<f64> = values.iter().flat_map(|value| value.list().iter().copied()).collect();
            if all.is_empty() {
                return wrong("a function such as sum or max", "at least one value");
            }
            Ok(Value::Number(over_all(function, &all)))
        }
    }
}

/// Rounds half to even in the last of `decimals`, as Python and NumPy print.
fn round(value: f64, decimals: f64) -> f64 {
    format!("{value:.*}", decimals.clamp(0.0, 12.0) as usize).parse().unwrap_or(value)
}

/// Functions of one number.
fn each(function: Function) -> Option<fn(f64) -> f64> {
    fn activated(activation: Activation, v: f64) -> f64 {
        activation.of(v as f32).map_or(v, f64::from)
    }
    Some(match function {
        Function::Abs => f64::abs,
        Function::Sqrt => f64::sqrt,
        Function::Exp => f64::exp,
        Function::Sign => |v| if v == 0.0 { 0.0 } else { v.signum() },
        Function::Relu => |v| activated(Activation::Relu, v),
        Function::Tanh => |v| activated(Activation::Tanh, v),
        Function::Sigmoid => |v| activated(Activation::Sigmoid, v),
        _ => return None,
    })
}

fn over_all(function: Function, all: &[f64]) -> f64 {
    let sum: f64 = all.iter().sum();
    match function {
        Function::Min => all.iter().copied().fold(f64::INFINITY, f64::min),
        Function::Max => all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        Function::Mean => sum / all.len() as f64,
        Function::Count => all.iter().filter(|v| **v != 0.0).count() as f64,
        Function::Len => all.len() as f64,
        _ => sum,
    }
}

fn worst(inner: &Node, low: &Node, high: &Node, scene: &Scene<'_>) -> Evaluated {
    if scene.network.inputs() != 1 {
        return Err(EvaluateError::Region { what: "`worst` goes along one input, and this model has several" });
    }
    let (low, high) = (evaluate(low, scene)?.number()?, evaluate(high, scene)?.number()?);
    let mut worst = f64::NEG_INFINITY;
    for i in 0..WORST_POINTS {
        let x = low + (high - low) * i as f64 / (WORST_POINTS - 1) as f64;
        worst = worst.max(evaluate(inner, &Scene { input: &[x as f32], ..*scene })?.number()?);
    }
    Ok(Value::Number(worst))
}

fn share(condition: &Node, scene: &Scene<'_>) -> Evaluated {
    region(scene)?;
    let mut held = 0;
    for point in spread_points(scene.region, SHARE_POINTS) {
        held += usize::from(evaluate(condition, &Scene { input: &point, ..*scene })?.is_true()?);
    }
    Ok(Value::Number(held as f64 / SHARE_POINTS as f64))
}

fn accuracy(n: &Node, scene: &Scene<'_>) -> Evaluated {
    region(scene)?;
    let n = (evaluate(n, scene)?.number()? as usize).clamp(1, SHARE_POINTS);
    let target = scene.target.ok_or(EvaluateError::NoTarget)?;
    let network = NetworkFunction::new(scene.network, scene.mistakes)?;
    let mut right = 0;
    for point in random_points(scene.region, n, ACCURACY_SEED) {
        let wanted = target.evaluate(&Scene { input: &point, target: None, ..*scene })?.number()?;
        let says = network.at(&point).first().map_or(0.0, |&y| f64::from(y));
        right += usize::from((says > 0.0) == (wanted > 0.0));
    }
    Ok(Value::Number(right as f64 / n as f64))
}

fn region(scene: &Scene<'_>) -> Result<(), EvaluateError> {
    if scene.region.len() == scene.network.inputs() {
        return Ok(());
    }
    Err(EvaluateError::Region { what: "this model names no region of inputs, so there is nothing to take a share of" })
}
