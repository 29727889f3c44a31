//! Weights as a lesson sets them: a number at an address, or a list for all of it.

use serde_json::Value;

use super::SettingError;
use crate::{
    network::{Network, Weight},
    pass::{Address, Source},
    words::setting,
};

/// The network with the weight or weights at `address` changed.
pub(super) fn set(network: &Network, address: &str, value: &Value) -> Result<Network, SettingError> {
    let place = address.parse::<Address>()?.resolve(network)?;
    let dense = |layer| network.layer(layer).and_then(|layer| layer.operation.as_dense());
    let (layer, units, shape) = match place.source {
        Source::Kernel(layer) => {
            let (rows, units) = dense(layer).map_or((0, 0), |d| (d.kernel().inputs(), d.kernel().units()));
            (layer, units, vec![rows, units])
        }
        Source::Bias(layer) => {
            let units = dense(layer).and_then(|d| d.bias()).map_or(0, <[f32]>::len);
            (layer, units, vec![units])
        }
        Source::List(layer, list) => {
            let units = network.layer(layer).and_then(|layer| layer.operation.list(list)).map_or(0, <[f32]>::len);
            (layer, units, vec![units])
        }
        Source::Input | Source::Stage(..) => return Err(SettingError::NotAWeight { address: address.to_owned() }),
    };
    let numbers = read(address, value, if place.index.is_some() { &[] } else { &shape })?;
    let first = place.index.unwrap_or(0);
    let mut changed = network.clone();
    for (i, &number) in numbers.iter().enumerate() {
        let flat = first + i;
        let weight = match place.source {
            Source::Kernel(_) => Weight::Kernel { input: flat / units.max(1), unit: flat % units.max(1) },
            Source::List(_, list) => Weight::Listed { list, unit: flat },
            _ => Weight::Bias { unit: flat },
        };
        changed = changed.with_weight(layer, weight, number)?;
    }
    Ok(changed)
}

/// The numbers of a value of this shape, in C order; a flat list will do for a matrix.
fn read(address: &str, value: &Value, shape: &[usize]) -> Result<Vec<f32>, SettingError> {
    let expected = || match shape {
        [] => setting::one_number(),
        [length] => setting::list_of(*length),
        [rows, units, ..] => setting::rows_of(*rows, units),
    };
    let wrong = || {
        let got = match value {
            Value::Number(_) => setting::a_number(),
            Value::Array(list) => setting::a_list_of(list.len()),
            other => format!("`{other}`"),
        };
        SettingError::Weights { address: address.to_owned(), expected: expected(), got }
    };
    let numbers = match (value, shape) {
        (Value::Number(_), []) => vec![value],
        (Value::Array(list), [length]) if list.len() == *length => list.iter().collect(),
        (Value::Array(list), [rows, units]) if list.iter().any(Value::is_array) => {
            let row = |row: &'_ Value| row.as_array().is_some_and(|row| row.len() == *units);
            if list.len() != *rows || !list.iter().all(row) {
                return Err(wrong());
            }
            list.iter().filter_map(Value::as_array).flatten().collect()
        }
        (Value::Array(list), [rows, units]) if Some(list.len()) == rows.checked_mul(*units) => list.iter().collect(),
        _ => return Err(wrong()),
    };
    let number = |value: &Value| match value.as_f64().map(|number| number as f32) {
        Some(number) if number.is_finite() => Ok(number),
        Some(_) => Err(SettingError::TooLarge { what: address.to_owned() }),
        None => Err(wrong()),
    };
    numbers.into_iter().map(number).collect()
}
