//! What is computed when the bench comes to rest, so that drawing computes nothing: a gradient's check by two losses, and the
//! function that the network has learned so far.

use super::{WalkBench, WalkView};
use crate::{equation::ArrayId, pass::Strides};

/// Longer passes are not computed again for a check that nobody asked for.
const MOST_STEPS: usize = 2_000_000;
/// Points of the learned function.
const POINTS: usize = 161;

/// The function of one input before a step of a training.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LearnedFunction {
    /// The inputs shown.
    pub range: (f64, f64),
    /// The inputs of the rows.
    pub trained: (f64, f64),
    /// The function.
    pub learned: Vec<(f64, f64)>,
    /// The rows: input and label.
    pub rows: Vec<(f64, f64)>,
}

/// What was computed last, and for what.
#[derive(Debug, Clone, Default)]
pub(super) struct Computed {
    slope: Option<((usize, ArrayId, usize), Option<f32>)>,
    function: Option<(usize, LearnedFunction)>,
}

impl WalkBench {
    /// The slope of the loss along the weight that this value is the gradient of, by two losses: `(loss(w + h) - loss(w - h)) / 2h`.
    pub fn slope(&self, array: ArrayId, flat: usize) -> Option<f32> {
        let (_, step) = self.training()?;
        let (of, slope) = self.computed.slope.as_ref()?;
        (*of == (step, array, flat)).then_some(*slope).flatten()
    }

    /// The learned function, if its picture is shown.
    pub fn function(&self) -> Option<&LearnedFunction> {
        self.computed.function.as_ref().map(|(_, function)| function)
    }

    /// Computes what the pictures need.
    pub(in crate::app) fn settle(&mut self) {
        if self.player.animation().is_some() {
            return;
        }
        let looked_at = self.looked_at();
        let Some((_, step)) = self.training() else { return };
        if let Some((array, flat)) = looked_at
            && self.walk.steps() <= MOST_STEPS
            && self.computed.slope.as_ref().is_none_or(|(of, _)| *of != (step, array, flat))
        {
            let slope = self.walk.weight_of_gradient(array).map(str::to_owned).and_then(|weight| {
                let super::Subject::Training { trained, .. } = &mut self.subject else { return None };
                trained.slope(step, &weight, flat).ok().flatten()
            });
            self.computed.slope = Some(((step, array, flat), slope));
        }
        if self.view == WalkView::Function && self.computed.function.as_ref().is_none_or(|(of, _)| *of != step) {
            let super::Subject::Training { trained, .. } = &mut self.subject else { return };
            let rows: Vec<(f32, f32)> = trained
                .training()
                .rows
                .iter()
                .filter_map(|(input, label)| Some((*input.first()?, *label.first()?)))
                .filter(|(x, y)| x.is_finite() && y.is_finite())
                .collect();
            let low = rows.iter().map(|(x, _)| *x).fold(f32::INFINITY, f32::min);
            let high = rows.iter().map(|(x, _)| *x).fold(f32::NEG_INFINITY, f32::max);
            if low > high {
                return;
            }
            let around = ((high - low) * 0.25).max(0.5);
            let (first, last) = (low - around, high + around);
            let xs: Vec<f32> = (0..POINTS).map(|i| first + (last - first) * i as f32 / (POINTS - 1) as f32).collect();
            let inputs: Vec<Vec<f32>> = xs.iter().map(|&x| vec![x]).collect();
            let Ok(outputs) = trained.outputs(step, &inputs) else { return };
            let point = |(&x, &y): (&f32, &f32)| (f64::from(x), f64::from(y));
            let mut rows: Vec<(f64, f64)> = rows.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect();
            rows.sort_by(|a, b| a.0.total_cmp(&b.0));
            let function = LearnedFunction {
                range: (first.into(), last.into()),
                trained: (low.into(), high.into()),
                learned: xs.iter().zip(&outputs).map(point).collect(),
                rows,
            };
            self.computed.function = Some((step, function));
        }
    }
}
