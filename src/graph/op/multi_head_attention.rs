//! `MultiHeadAttention`: several attentions side by side, each on its own projections.
//!
//! ```text
//! q[t, h, d] = sum over c of query[t, c] * query_kernel[c, h, d] + query_bias[h, d]         query (t, c)
//! k[s, h, d], v[s, h, e]  the same of key and value                                          value, key (s, c)
//! scores[h, t, s] = sum over d of q[t, h, d] * k[s, h, d]         scaled = scores * scale, scale = 1 / sqrt(d's length)
//! weights[h, t, s] = softmax over s of scaled, with masks (stages masked, top, shifted, e, sum)
//! heads[t, h, e] = sum over s of weights[h, t, s] * v[s, h, e]
//! a[t, o] = sum over h, e of heads[t, h, e] * output_kernel[h, e, o] + output_bias[o]
//! ```
//! It takes query, value, and key if it is not the value. Source: Vaswani et al. 2017 (arXiv:1706.03762), section 3.2;
//! `keras/src/layers/attention/multi_head_attention.py`.
//!
//! ```
//! # use byhand::{equation::Array, graph::{op::{MultiHeadAttention, Projection}, Network}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let one = |axes: [usize; 3], x: f32| Array::new(axes, vec![x]).ok_or("one number");
//! let into = |x: f32| one([1, 1, 1], x).map(|kernel| Projection { kernel, bias: None });
//! let attention = MultiHeadAttention {
//!     query: into(0.0)?, key: into(1.0)?, value: into(10.0)?, output: into(1.0)?,
//!     causal: false, return_scores: false, value_at: 1, key_at: None, mask_at: None,
//! };
//! let mut network = Network::new("doc");
//! let x = network.input("x", [2, 1])?;
//! network.add("mha", attention, [x, x])?;
//! let pass = network.program().evaluate(&network.given(&[vec![1.0, 3.0]])?)?;
//! // The queries are 0, so all scores are 0 and both values count half: 0.5 * 10 + 0.5 * 30.
//! assert_eq!(pass.of(network.find("mha.weights")?.array), [0.5; 4]);
//! assert_eq!(pass.of(network.find("mha.a")?.array), [20.0, 20.0]);
//! # Ok(()) }
//! ```

use std::sync::Arc;

use super::{
    Config, GraphError, Operation, Weights,
    scaled_attention::{Sight, projected, shares_of},
};
use crate::{
    equation::{Array, Function, Read, Rule, over, own},
    graph::{Lines, Value, lines::scalar},
    words::operation,
};

/// A kernel of three axes and its bias.
#[derive(Debug, Clone)]
pub struct Projection {
    /// (inputs, heads, units), for the output (heads, units, outputs).
    pub kernel: Array,
    /// (heads, units), for the output (outputs,).
    pub bias: Option<Array>,
}

/// Attention of several heads.
#[derive(Debug, Clone)]
pub struct MultiHeadAttention {
    /// Of the query.
    pub query: Projection,
    /// Of the key.
    pub key: Projection,
    /// Of the value.
    pub value: Projection,
    /// Of all heads together.
    pub output: Projection,
    /// Whether a time sees only itself and earlier ones.
    pub causal: bool,
    /// Whether the weights are a result, too.
    pub return_scores: bool,
    /// Which of the values that it takes is the value, usually number 1.
    pub value_at: usize,
    /// Which of the values that it takes is the key; the value is without.
    pub key_at: Option<usize>,
    /// Which of the values that it takes is a mask of shape (t, s).
    pub mask_at: Option<usize>,
}

impl MultiHeadAttention {
    fn project(
        lines: &mut Lines<'_>,
        name: &str,
        weight: &str,
        x: &Value,
        projection: &Projection,
    ) -> Result<Value, GraphError> {
        let (&[times, inputs], &[_, heads, units]) = (x.axes(), projection.kernel.shape().axes()) else {
            return Err(lines.fault(operation::attention_shape(&x.shape)));
        };
        let kernel = lines.weight(&format!("{weight}_kernel"), &projection.kernel, &[inputs, heads, units])?;
        let reads = [Read::new(x.array, [own(0), over(0)]), Read::new(kernel, [over(0), own(1), own(2)])];
        let bias_name = format!("{weight}_bias");
        let bias = projection.bias.as_ref().map(|bias| (bias_name.as_str(), bias));
        projected(lines, name, &[times, heads, units], Rule::sum([inputs], reads), bias)
    }
}

impl Operation for MultiHeadAttention {
    fn kind(&self) -> &'static str {
        "MultiHeadAttention"
    }

    fn weights(&self) -> Vec<(String, &Array)> {
        super::listed([
            ("query_kernel", Some(&self.query.kernel)),
            ("query_bias", self.query.bias.as_ref()),
            ("key_kernel", Some(&self.key.kernel)),
            ("key_bias", self.key.bias.as_ref()),
            ("value_kernel", Some(&self.value.kernel)),
            ("value_bias", self.value.bias.as_ref()),
            ("output_kernel", Some(&self.output.kernel)),
            ("output_bias", self.output.bias.as_ref()),
        ])
    }

    fn equations(&self, lines: &mut Lines<'_>, from: &[Value]) -> Result<Vec<Value>, GraphError> {
        let (Some(query), Some(value)) = (from.first(), from.get(self.value_at)) else {
            return Err(lines.fault(operation::query_and_value()));
        };
        let key = self.key_at.and_then(|at| from.get(at)).unwrap_or(value);
        let q = Self::project(lines, "q", "query", query, &self.query)?;
        let k = Self::project(lines, "k", "key", key, &self.key)?;
        let v = Self::project(lines, "v", "value", value, &self.value)?;
        let (&[t, heads, units], &[s, ..]) = (q.axes(), k.axes()) else {
            return Err(lines.fault(operation::sequence()));
        };
        if k.axes()[1..] != q.axes()[1..] || v.axes()[..2] != [s, heads] {
            return Err(lines.fault(operation::attention_parts(&k.shape, &q.shape, &v.shape)));
        }
        let reads = [Read::new(q.array, [own(1), own(0), over(0)]), Read::new(k.array, [own(2), own(0), over(0)])];
        let scores = lines.stage("scores", [heads, t, s], Rule::sum([units], reads))?;
        let scale = lines.constant("scale", (units as f32).sqrt().recip())?;
        let product = Rule::map(Function::Multiply, [Read::same(scores, 3), scalar(scale)]);
        let scaled = Value::new(lines.stage("scaled", [heads, t, s], product)?, [heads, t, s]);
        let given = self.mask_at.and_then(|at| from.get(at)).cloned();
        let sight = Sight { causal: self.causal, values: value.mask, queries: query.mask, given };
        let weights = shares_of(lines, &scaled, &sight)?;
        let width = v.axes()[2];
        let reads =
            [Read::new(weights.array, [own(1), own(0), over(0)]), Read::new(v.array, [over(0), own(1), own(2)])];
        let mixed = lines.stage("heads", [t, heads, width], Rule::sum([s], reads))?;
        let outputs = self.output.kernel.shape().axes().last().copied().unwrap_or(0);
        let kernel = lines.weight("output_kernel", &self.output.kernel, &[heads, width, outputs])?;
        let reads = [Read::new(mixed, [own(0), over(0), over(1)]), Read::new(kernel, [over(0), over(1), own(1)])];
        let bias = self.output.bias.as_ref().map(|bias| ("output_bias", bias));
        let a = projected(lines, "a", &[t, outputs], Rule::sum([heads, width], reads), bias)?;
        let mut results = vec![a.masked_as(query)];
        if self.return_scores {
            results.push(weights);
        }
        Ok(results)
    }
}

pub(super) fn read(config: &Config<'_>, weights: &mut Weights<'_>) -> Result<Arc<dyn Operation>, GraphError> {
    let has_bias = config.flag_or("use_bias", true)?;
    config.refuse_unless(
        "attention_axes",
        matches!(config.integers("attention_axes")?.as_deref(), None | Some([1])),
        operation::attention_axes,
    )?;
    let mut next = |name: &str| -> Result<Projection, GraphError> {
        let kernel = weights.take(&format!("{name}_kernel"))?;
        Ok(Projection { kernel, bias: weights.take_if(has_bias, &format!("{name}_bias"))? })
    };
    let (query, key, value, output) = (next("query")?, next("key")?, next("value")?, next("output")?);
    Ok(Arc::new(MultiHeadAttention {
        query,
        key,
        value,
        output,
        causal: config.called_with("use_causal_mask"),
        return_scores: config.called_with("return_attention_scores"),
        value_at: config.argument("value").unwrap_or(1),
        key_at: config.argument("key").or((config.positional() > 2).then_some(2)),
        mask_at: config.argument("attention_mask"),
    }))
}
