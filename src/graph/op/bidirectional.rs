//! Bidirectional: one recurrent layer reads the sequence forwards, another backwards; their results are joined.
//!
//! ```text
//! forward = the layer in its order           backward = the other one from the last time to the first
//! a = forward and backward one behind the other (concat), or their sum, product (mul) or mean (ave)
//! ```
//! Where the results have times, those of the backward layer are put into the order of the sequence first.
//! Source: `keras/src/layers/rnn/bidirectional.py`, `call`. The stages are those of the layers, called `LAYER/forward.h` and
//! `LAYER/backward.h`.
//!
//! ```
//! # use std::sync::Arc;
//! # use byhand::{equation::Array, graph::{op::{Bidirectional, JoinKind, Sequence, SimpleRnn}, Network}, network::Activation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let rnn = |backwards| -> Result<SimpleRnn, &str> {
//!     Ok(SimpleRnn {
//!         kernel: Array::new([1, 1], vec![1.0]).ok_or("one")?,
//!         recurrent_kernel: Array::new([1, 1], vec![10.0]).ok_or("one")?,
//!         bias: None, recurrent_bias: None, activation: Activation::Linear,
//!         sequence: Sequence { backwards, ..Sequence::default() },
//!     })
//! };
//! let both = Bidirectional { forward: Arc::new(rnn(false)?), backward: Arc::new(rnn(true)?), join: JoinKind::Concat };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 1])?;
//! network.add("both", both, [x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 2.0]])?)?;
//! assert_eq!(pass.of(network.find("both.a")?.array), [12.0, 21.0]); // 1 * 10 + 2, 2 * 10 + 1
//! # Ok(()) }
//! ```

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::{Config, GraphError, Operation, Weights, concatenate::joined};
use crate::{
    equation::{Array, Function, Read, Rule, own, signed},
    graph::{Lines, Value, lines::scalar},
    words::operation,
};

/// What becomes of the two results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// One behind the other.
    Concat,
    /// The sum.
    Sum,
    /// The product.
    Multiply,
    /// The mean.
    Average,
    /// Both are results.
    Apart,
}

/// Two recurrent layers in opposite directions.
#[derive(Debug, Clone)]
pub struct Bidirectional {
    /// The layer that reads forwards.
    pub forward: Arc<dyn Operation>,
    /// The layer that reads backwards.
    pub backward: Arc<dyn Operation>,
    /// What becomes of the two results.
    pub join: JoinKind,
}

impl Operation for Bidirectional {
    fn kind(&self) -> &'static str {
        "Bidirectional"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        let named = |part: &str, (name, array)| (format!("{part}.{name}"), array);
        let forward = self.forward.weights().into_iter().map(|weight| named("forward", weight));
        forward.chain(self.backward.weights().into_iter().map(|weight| named("backward", weight))).collect()
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let Some((x, states)) = from.split_first() else { return Err(lines.fault(operation::sequence())) };
        // Half of the initial states belong to each direction.
        let (ahead, back) = states.split_at(states.len() / 2);
        let with = |states: &[Value]| [std::slice::from_ref(x), states].concat();
        let forward = self.forward.equations(&mut lines.part("forward"), &with(ahead))?;
        let backward = self.backward.equations(&mut lines.part("backward"), &with(back))?;
        let [one, other] = [&forward[0], &backward[0]];
        let mut other = other.clone();
        if other.rank() == 2 {
            let last = signed(other.axes()[0]) - 1;
            let turned = Rule::copy(Read::new(other.array, [-own(0) + last, own(1)]));
            other = Value::new(lines.stage("turned", other.shape.clone(), turned)?, other.shape.clone());
        }
        let rank = one.rank();
        let shape = one.shape.clone();
        let reads = [one.same(), other.same()];
        let mut results = match self.join {
            JoinKind::Concat => vec![joined(lines, "a", &[one.clone(), other], rank - 1)?],
            JoinKind::Apart => vec![one.clone(), other],
            JoinKind::Sum => vec![Value::new(lines.stage("a", shape.clone(), Rule::map(Function::Add, reads))?, shape)],
            JoinKind::Multiply => {
                vec![Value::new(lines.stage("a", shape.clone(), Rule::map(Function::Multiply, reads))?, shape)]
            }
            JoinKind::Average => {
                let sum = lines.stage("sum", shape.clone(), Rule::map(Function::Add, reads))?;
                let two = lines.constant("count", 2.0)?;
                let mean = Rule::map(Function::Divide, [Read::same(sum, rank), scalar(two)]);
                vec![Value::new(lines.stage("a", shape.clone(), mean)?, shape)]
            }
        };
        if rank == 2 {
            for result in &mut results {
                result.mask = x.mask;
            }
        }
        results.extend(forward.into_iter().skip(1).chain(backward.into_iter().skip(1)));
        Ok(results)
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let join = if config.given("merge_mode").is_some_and(Json::is_null) {
        JoinKind::Apart
    } else {
        match config.text_or("merge_mode", "concat")? {
            "concat" => JoinKind::Concat,
            "sum" => JoinKind::Sum,
            "mul" => JoinKind::Multiply,
            "ave" => JoinKind::Average,
            _ => return Err(config.wrong("merge_mode", operation::merge_mode())),
        }
    };
    // The result of a masked time is 0 where both directions have one for each time.
    let masked = |config: &Config<'_>| -> Map<String, Json> {
        let mut entries = config.entries.clone();
        let sequences = entries.get("return_sequences").and_then(Json::as_bool).unwrap_or(false);
        entries.insert("zero_output_for_mask".to_owned(), Json::Bool(sequences));
        entries
    };
    let inner = config.inner("layer")?;
    let entries = masked(&inner);
    let forward = super::read(&Config { entries: &entries, ..inner }, weights)?;
    let backward = if config.has("backward_layer") {
        let inner = config.inner("backward_layer")?;
        let entries = masked(&inner);
        super::read(&Config { entries: &entries, ..inner }, weights)?
    } else {
        let mut entries = entries.clone();
        let backwards = entries.get("go_backwards").and_then(Json::as_bool).unwrap_or(false);
        entries.insert("go_backwards".to_owned(), Json::Bool(!backwards));
        super::read(&Config { entries: &entries, ..inner }, weights)?
    };
    Ok(Arc::new(Bidirectional { forward, backward, join }))
}
