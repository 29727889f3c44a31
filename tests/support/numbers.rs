//! Numbers of the goldens.

use serde_json::Value as Json;

/// Numbers of a list; NaN and infinities are texts there.
pub(crate) fn numbers(list: &Json) -> Vec<f32> {
    let number = |value: &Json| match value.as_str() {
        Some(text) => text.parse().expect("NaN or an infinity"),
        None => value.as_f64().expect("a number") as f32,
    };
    list.as_array().expect("a list").iter().map(number).collect()
}
