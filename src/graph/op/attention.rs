//! Attention and `AdditiveAttention`: every query takes a mixture of the values, by how well it goes with their keys.
//!
//! ```text
//! dot        scores[t, s] = sum over d of query[t, d] * key[s, d]       times scale, if it was trained
//! additive   joined[t, s, d] = query[t, d] + key[s, d], bent = tanh(joined)
//!            scores[t, s] = sum over d of bent[t, s, d] * scale[d]
//! weights[t, s] = softmax over s of scores, with masks           a[t, d] = sum over s of weights[t, s] * value[s, d]
//! ```
//! It takes query, value, and key if it is not the value. There is no 1 / sqrt(d) here: Keras leaves it out.
//! Source: `keras/src/layers/attention/attention.py` and `additive_attention.py`.
//!
//! ```
//! # use byhand::graph::{op::{Attention, ScoreKind}, Network};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut network = Network::new("doc");
//! let (q, v) = (network.input("q", [1, 1])?, network.input("v", [2, 1])?);
//! network.add("attention", Attention { scores: ScoreKind::Dot(None), causal: false, return_scores: false }, [q, v])?;
//! let pass = network.program().evaluate(&network.given(&[vec![0.0], vec![2.0, 6.0]])?)?;
//! assert_eq!(pass.of(network.find("attention.scores")?.array), [0.0, 0.0]);
//! assert_eq!(pass.of(network.find("attention.a")?.array), [4.0]); // 0.5 * 2 + 0.5 * 6
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights,
    scaled_attention::{Sight, shares_of},
};
use crate::{
    equation::{Array, Function, Read, Rule, over, own},
    graph::{Lines, Value, lines::scalar},
    network::Activation,
    words::operation,
};

/// How well a query and a key go together.
#[derive(Debug, Clone)]
pub enum ScoreKind {
    /// By their dot product, times a trained number, shape ().
    Dot(Option<Array>),
    /// By the tanh of their sum, each unit with its weight, shape (units,).
    Additive(Option<Array>),
    /// By the tanh of their sum, times a weight for all, shape (); the number in front of the sum is trained or not.
    Concat {
        /// What the sum is multiplied with before tanh.
        scale: Option<Array>,
        /// What the sum over the units is multiplied with.
        weight: Array,
    },
}

/// An attention without projections.
#[derive(Debug, Clone)]
pub struct Attention {
    /// How the scores come about.
    pub scores: ScoreKind,
    /// Whether a time sees only itself and earlier ones.
    pub causal: bool,
    /// Whether the weights are a result, too.
    pub return_scores: bool,
}

impl Attention {
    fn scores(&self, lines: &mut Lines<'_>, query: &Value, key: &Value) -> Result<Value, GraphError> {
        let (&[t, d], &[s, other]) = (query.axes(), key.axes()) else { return Err(lines.fault(operation::sequence())) };
        if d != other {
            return Err(lines.fault(operation::queries(other, d)));
        }
        let (q, k) = (Read::new(query.array, [own(0), over(0)]), Read::new(key.array, [own(1), over(0)]));
        let times = |lines: &mut Lines<'_>, stage: &str, of: Read, name: &str, by: &Array, shape: &[usize]| {
            let by = lines.weight(name, by, &[])?;
            lines.stage(stage, shape, Rule::map(Function::Multiply, [of, scalar(by)]))
        };
        let scores = match &self.scores {
            ScoreKind::Dot(None) => lines.stage("scores", [t, s], Rule::sum([d], [q, k]))?,
            ScoreKind::Dot(Some(scale)) => {
                let dots = lines.stage("dots", [t, s], Rule::sum([d], [q, k]))?;
                times(lines, "scores", Read::same(dots, 2), "scale", scale, &[t, s])?
            }
            ScoreKind::Additive(_) | ScoreKind::Concat { .. } => {
                let reads = [Read::new(query.array, [own(0), own(2)]), Read::new(key.array, [own(1), own(2)])];
                let mut joined = lines.stage("joined", [t, s, d], Rule::map(Function::Add, reads))?;
                if let ScoreKind::Concat { scale: Some(scale), .. } = &self.scores {
                    joined = times(lines, "scaled", Read::same(joined, 3), "scale", scale, &[t, s, d])?;
                }
                let tanh = Rule::map(Function::Activation(Activation::Tanh), [Read::same(joined, 3)]);
                let bent = lines.stage("bent", [t, s, d], tanh)?;
                let mut factors = vec![Read::new(bent, [own(0), own(1), over(0)])];
                match &self.scores {
                    ScoreKind::Concat { weight, .. } => {
                        let total = lines.stage("total", [t, s], Rule::sum([d], factors))?;
                        times(lines, "scores", Read::same(total, 2), "concat_score_weight", weight, &[t, s])?
                    }
                    ScoreKind::Additive(scale) => {
                        if let Some(scale) = scale {
                            let scale = lines.weight("scale", scale, &[d])?;
                            factors.push(Read::new(scale, [over(0)]));
                        }
                        lines.stage("scores", [t, s], Rule::sum([d], factors))?
                    }
                    ScoreKind::Dot(_) => return Err(lines.fault(operation::no_scores())),
                }
            }
        };
        Ok(Value::new(scores, [t, s]))
    }
}

impl Operation for Attention {
    fn kind(&self) -> &'static str {
        if matches!(self.scores, ScoreKind::Additive(_)) { "AdditiveAttention" } else { "Attention" }
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        let (scale, weight) = match &self.scores {
            ScoreKind::Dot(scale) | ScoreKind::Additive(scale) => (scale.as_ref(), None),
            ScoreKind::Concat { scale, weight } => (scale.as_ref(), Some(weight)),
        };
        super::listed([("scale", scale), ("concat_score_weight", weight)])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let [query, value, others @ ..] = from else { return Err(lines.fault(operation::query_and_value())) };
        let scores = self.scores(lines, query, others.first().unwrap_or(value))?;
        let (&[t, s], &[times, width]) = (scores.axes(), value.axes()) else {
            return Err(lines.fault(operation::values_shape()));
        };
        if s != times {
            return Err(lines.fault(operation::keys(s, times)));
        }
        let sight = Sight { causal: self.causal, values: value.mask, queries: None, given: None };
        let weights = shares_of(lines, &scores, &sight)?;
        let reads = [Read::new(weights.array, [own(0), over(0)]), Read::new(value.array, [over(0), own(1)])];
        let mixed = Rule::sum([s], reads);
        let a = match query.mask {
            None => lines.stage("a", [t, width], mixed)?,
            Some(mask) => {
                let mixed = lines.stage("mixed", [t, width], mixed)?;
                let zero = lines.constant("zero", 0.0)?;
                let reads = [Read::new(mask, [own(0)]), Read::same(mixed, 2), scalar(zero)];
                lines.stage("a", [t, width], Rule::map(Function::Select, reads))?
            }
        };
        let mut results = vec![Value::new(a, [t, width]).masked_as(query)];
        if self.return_scores {
            results.push(weights);
        }
        Ok(results)
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let additive = config.class == "AdditiveAttention";
    let scale = weights.take_if(config.flag_or("use_scale", additive)?, "scale")?;
    let scores = match config.text_or("score_mode", "dot")? {
        _ if additive => ScoreKind::Additive(scale),
        "concat" => ScoreKind::Concat { scale, weight: weights.take("concat_score_weight")? },
        _ => ScoreKind::Dot(scale),
    };
    let (causal, return_scores) =
        (config.called_with("use_causal_mask"), config.called_with("return_attention_scores"));
    Ok(Arc::new(Attention { scores, causal, return_scores }))
}
