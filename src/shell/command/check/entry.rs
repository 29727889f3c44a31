//! What the JSON of every check has in common.

use serde::Serialize;

use crate::json::Number;

/// Candidates beyond these are too improbable to be told.
pub(super) const MOST_CANDIDATES: usize = 20;

/// One, or a list for a whole array.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Values<T> {
    One(T),
    All(Vec<T>),
}

pub(super) fn values<T>(mut all: Vec<T>) -> Values<T> {
    match all.pop() {
        Some(one) if all.is_empty() => Values::One(one),
        last => Values::All(all.into_iter().chain(last).collect()),
    }
}

/// What a candidate gives at the place to look at next.
#[derive(Serialize)]
pub(super) struct NextValue {
    pub(super) candidate: usize,
    pub(super) value: Number,
}
