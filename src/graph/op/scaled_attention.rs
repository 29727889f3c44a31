//! What the attentions share: from scores to a mixture of values.
//!
//! ```text
//! masked[.., t, s] = scores[.., t, s] where s may be seen from t, else a number so low that its share is 0
//! weights          = softmax of masked over s (stages top, shifted, e, sum, weights)
//! ```

use super::{GraphError, activation::softmax_as};
use crate::{
    equation::{Array, ArrayId, Function, Read, Rule, own},
    graph::{
        Lines, Value,
        lines::{owns, scalar},
    },
    words::operation,
};

/// What may be seen from where.
pub(super) struct Sight {
    /// Whether a time sees only itself and earlier ones.
    pub(super) causal: bool,
    /// Which values count, shape (s,).
    pub(super) values: Option<ArrayId>,
    /// Which queries count, shape (t,).
    pub(super) queries: Option<ArrayId>,
    /// 1 where s may be seen from t, shape (t, s).
    pub(super) given: Option<Value>,
}

/// The stage `weights`: shares over the last axis of the scores, whose last two axes are t and s.
pub(super) fn shares_of(lines: &mut Lines<'_>, scores: &Value, sight: &Sight) -> Result<Value, GraphError> {
    let rank = scores.rank();
    let (t, s) = (rank - 2, rank - 1);
    let lengths = [scores.axes()[t], scores.axes()[s]];
    let mut seen = Vec::new();
    if sight.causal {
        let earlier = (0..lengths[0]).flat_map(|t| (0..lengths[1]).map(move |s| f32::from(u8::from(s <= t))));
        let triangle = Array::new(lengths, earlier.collect()).ok_or_else(|| lines.fault(operation::too_long()))?;
        let triangle = lines.constants("causal", triangle)?;
        seen.push(Read::new(triangle, [own(t), own(s)]));
    }
    seen.extend(sight.values.map(|mask| Read::new(mask, [own(s)])));
    seen.extend(sight.queries.map(|mask| Read::new(mask, [own(t)])));
    if let Some(given) = &sight.given {
        if given.axes() != lengths {
            let expected = format!("({}, {})", lengths[0], lengths[1]);
            return Err(lines.fault(operation::attention_mask(expected, &given.shape)));
        }
        seen.push(Read::new(given.array, [own(t), own(s)]));
    }
    let Some(first) = seen.first().cloned() else { return softmax_as(lines, "weights", scores, &[s]) };
    let visible = if seen.len() == 1 {
        first
    } else {
        // All masks at once, over t and s alone.
        let own_axes = |read: &Read| {
            read.renamed(&|axis| match axis {
                crate::equation::Axis::Own(axis) => crate::equation::Axis::Own(axis - t),
                over @ crate::equation::Axis::Over(_) => over,
            })
        };
        let masks: Vec<Read> = seen.iter().map(own_axes).collect();
        let visible = lines.stage("visible", lengths, Rule::map(Function::Multiply, masks))?;
        Read::new(visible, [own(t), own(s)])
    };
    let low = lines.constant("low", -0.7 * f32::MAX)?;
    let chosen = Rule::map(Function::Select, [visible, scores.same(), scalar(low)]);
    let masked = lines.stage("masked", scores.shape.clone(), chosen)?;
    softmax_as(lines, "weights", &Value::new(masked, scores.shape.clone()), &[s])
}

/// A sum with a bias of the last axes of its shape: stage `NAME_wx` and `NAME`, or only `NAME` without a bias.
pub(super) fn projected(
    lines: &mut Lines<'_>,
    name: &str,
    shape: &[usize],
    sum: Rule,
    bias: Option<(&str, &Array)>,
) -> Result<Value, GraphError> {
    let Some((weight, bias)) = bias else { return Ok(Value::new(lines.stage(name, shape, sum)?, shape)) };
    let sum_name = if name == "a" { "wx".to_owned() } else { format!("{name}_wx") };
    let sum = lines.stage(&sum_name, shape, sum)?;
    let rank = bias.shape().rank().min(shape.len());
    let bias = lines.weight(weight, bias, &shape[shape.len() - rank..])?;
    let reads = [Read::same(sum, shape.len()), Read::new(bias, owns(shape.len() - rank, rank))];
    Ok(Value::new(lines.stage(name, shape, Rule::map(Function::Add, reads))?, shape))
}
