//! What the functions of the language compute.

use super::{
    EvaluateError, Function, Node, Value,
    evaluate::{Evaluated, evaluate},
    random_points,
    scope::Scope,
    spread_points,
};
use crate::network::{Activation, ulps};

/// How many points a share is measured with.
const SHARE_POINTS: usize = 20_000;
/// In how many places `worst` looks.
const WORST_POINTS: usize = 2_001;
/// The seed of the points that an accuracy is measured on.
pub const ACCURACY_SEED: u64 = 200;

pub(super) fn call(function: Function, arguments: &[Node], scope: &Scope<'_>) -> Evaluated {
    let wrong = |function| Err(EvaluateError::Arguments { function, got: arguments.len() });
    match function {
        Function::Worst => match arguments {
            [inner, low, high] => worst(inner, low, high, scope),
            _ => wrong("worst"),
        },
        Function::Share => match arguments {
            [condition] => share(condition, scope),
            _ => wrong("share"),
        },
        Function::Accuracy => match arguments {
            [n] => accuracy(n, scope),
            _ => wrong("accuracy"),
        },
        Function::Round | Function::Ulps => match arguments {
            [left, right] => {
                let left = evaluate(left, scope)?.number()?;
                let right = evaluate(right, scope)?.number()?;
                Ok(Value::Number(match function {
                    Function::Round => round(left, right),
                    _ => f64::from(ulps(left as f32, right as f32)),
                }))
            }
            _ => wrong(if function == Function::Round { "round" } else { "ulps" }),
        },
        _ => {
            let values: Result<Vec<Value>, _> = arguments.iter().map(|node| evaluate(node, scope)).collect();
            let values = values?;
            if let Some(each) = each(function) {
                return match <[Value; 1]>::try_from(values) {
                    Ok([value]) => Ok(value.map(each)),
                    Err(_) => wrong("each"),
                };
            }
            let all: Vec<f64> = values.iter().flat_map(|value| value.list().iter().copied()).collect();
            if all.is_empty() {
                return wrong("all");
            }
            Ok(Value::Number(over_all(function, &all)))
        }
    }
}

/// Rounds half to even in the last of `decimals`, as Python prints.
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
        Function::Min => all.iter().copied().fold(f64::INFINITY, |a, b| if b < a || b.is_nan() { b } else { a }),
        Function::Max => all.iter().copied().fold(f64::NEG_INFINITY, larger),
        Function::Mean => sum / all.len() as f64,
        Function::Count => all.iter().filter(|v| **v != 0.0).count() as f64,
        Function::Len => all.len() as f64,
        _ => sum,
    }
}

/// The larger number; NaN once there is one, as `numpy.max` has it.
fn larger(a: f64, b: f64) -> f64 {
    if b > a || b.is_nan() { b } else { a }
}

fn worst(inner: &Node, low: &Node, high: &Node, scope: &Scope<'_>) -> Evaluated {
    if scope.measuring {
        return Err(EvaluateError::Nested);
    }
    if scope.network.inputs() != 1 {
        return Err(EvaluateError::SeveralInputs);
    }
    let (low, high) = (evaluate(low, scope)?.number()?, evaluate(high, scope)?.number()?);
    let mut worst = f64::NEG_INFINITY;
    for i in 0..WORST_POINTS {
        let x = low + (high - low) * i as f64 / (WORST_POINTS - 1) as f64;
        worst = larger(worst, evaluate(inner, &scope.measure(&[x as f32]))?.number()?);
    }
    Ok(Value::Number(worst))
}

fn share(condition: &Node, scope: &Scope<'_>) -> Evaluated {
    check_region(scope)?;
    let mut held = 0;
    for point in spread_points(scope.region, SHARE_POINTS) {
        held += usize::from(evaluate(condition, &scope.measure(&point))?.is_true()?);
    }
    Ok(Value::Number(held as f64 / SHARE_POINTS as f64))
}

fn accuracy(n: &Node, scope: &Scope<'_>) -> Evaluated {
    check_region(scope)?;
    let n = (evaluate(n, scope)?.number()? as usize).clamp(1, SHARE_POINTS);
    let target = scope.target.ok_or(EvaluateError::NoTarget)?;
    let mut right = 0;
    for point in random_points(scope.region, n, ACCURACY_SEED) {
        let scope = scope.measure(&point);
        let wanted = evaluate(&target.0, &scope.targeting())?.number()?;
        let says = scope.output()?.first().map_or(0.0, |&y| f64::from(y));
        right += usize::from((says > 0.0) == (wanted > 0.0));
    }
    Ok(Value::Number(right as f64 / n as f64))
}

fn check_region(scope: &Scope<'_>) -> Result<(), EvaluateError> {
    if scope.measuring {
        return Err(EvaluateError::Nested);
    }
    if scope.region.len() == scope.network.inputs() {
        return Ok(());
    }
    Err(EvaluateError::NoRegion)
}
