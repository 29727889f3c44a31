//! What is computed when the bench comes to rest, so that drawing computes nothing: a gradient's check by two losses, and the
//! function that the network has learned so far.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::{WalkBench, WalkView};
use crate::{
    app::animation::Playhead,
    equation::{self, Action, ArrayId, Kind, Rule},
    pass::Strides,
    walk::{Extent, Walk},
};

/// Arrays that are drawn besides the one that is computed.
const MOST_ARRAYS: usize = 3;

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

/// An array with the numbers of it that the values at hand read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Which array.
    pub array: ArrayId,
    /// Where the numbers that are read lie.
    pub extent: Extent,
    /// The one in the largest product: a picture that has no room for all shows what is around it.
    pub heaviest: Option<usize>,
    /// The one that the step at hand reads.
    pub now: Option<usize>,
}

/// What was computed last, and for what.
#[derive(Debug, Clone, Default)]
pub(super) struct Computed {
    slope: Option<((usize, ArrayId, usize), Option<f32>)>,
    function: Option<(usize, LearnedFunction)>,
    /// What the values of one unit read, by the steps of the unit.
    reads: Option<(Range<usize>, Arc<[Read]>)>,
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

    /// What the values under the playhead read, in the order of the formulas, and last the array that is computed.
    pub fn reads(&self, playhead: Playhead) -> Vec<Read> {
        let Some(place) = self.place(playhead) else { return Vec::new() };
        let Some(k) = self.walk.step_of(place) else { return Vec::new() };
        let unit = self.walk.unit(k);
        let kept = self.computed.reads.as_ref().filter(|(of, _)| *of == unit).map(|(_, reads)| Arc::clone(reads));
        let mut reads: Vec<Read> = kept.unwrap_or_else(|| of_unit(&self.walk, unit).into()).to_vec();
        let step = self.walk.step(k);
        let now: BTreeMap<ArrayId, usize> = step.map_or_else(BTreeMap::new, |step| {
            Walk::operands(&step.action).iter().rev().filter_map(|operand| operand.from).collect()
        });
        for read in &mut reads {
            read.now = now.get(&read.array).copied();
        }
        if !reads.iter().any(|read| read.array == place.array) {
            let (array, flat) = (place.array, Some(place.flat));
            let extent = Extent::of(self.walk.program().shape(array), place.flat);
            reads.push(Read { array, extent, heaviest: flat, now: flat });
        }
        reads
    }

    /// Computes what the pictures need.
    pub(in crate::app) fn settle(&mut self) {
        if let Some(k) = self.player.position().checked_sub(1) {
            let unit = self.walk.unit(k);
            if self.computed.reads.as_ref().is_none_or(|(of, _)| *of != unit) {
                let reads = of_unit(&self.walk, unit.clone()).into();
                self.computed.reads = Some((unit, reads));
            }
        }
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

/// What the values of a unit read besides each other: arrays with several numbers; if there is none, those with one.
fn of_unit(walk: &Walk, unit: Range<usize>) -> Vec<Read> {
    // The values that are computed one after the other here, such as the sum, the bias and the activation of one unit.
    let mut own: Vec<(ArrayId, usize)> = Vec::new();
    let mut at = unit.start;
    while let Some(place) = walk.place(at).filter(|_| at < unit.end) {
        own.push((place.array, place.flat));
        at = walk.known_after(place.array, place.flat).unwrap_or(unit.end).max(at + 1);
    }
    let program = walk.program();
    let mut order: Vec<ArrayId> = Vec::new();
    // For each array how many numbers are read of it, and where they lie.
    let mut used: BTreeMap<ArrayId, (usize, Extent)> = BTreeMap::new();
    let mut heaviest: BTreeMap<ArrayId, (f32, usize)> = BTreeMap::new();
    for &(array, flat) in &own {
        // In the order of the formula; what lies outside of an array reads another one.
        let rule = program.equation_of(array).map(|equation| &equation.rule);
        for read in rule.into_iter().flat_map(Rule::reads).flat_map(equation::Read::each) {
            if !order.contains(&read.array) {
                order.push(read.array);
            }
        }
        let actions = walk.worked(array, flat);
        // A copy takes no action.
        let sources: BTreeSet<(ArrayId, usize)> = if actions.is_empty() {
            program.sources(walk.values(), array, flat).into_iter().collect()
        } else {
            actions
                .iter()
                .flat_map(|action| Walk::operands(action).iter().filter_map(|o| o.from).collect::<Vec<_>>())
                .collect()
        };
        for (from, flat) in sources.into_iter().filter(|source| !own.contains(source)) {
            let here = Extent::of(program.shape(from), flat);
            used.entry(from)
                .and_modify(|(count, extent)| {
                    *count += 1;
                    extent.join(&here);
                })
                .or_insert((1, here));
        }
        for action in &actions {
            let Action::Term { factors, product, .. } = action else { continue };
            for (from, flat) in factors.iter().filter_map(|factor| factor.from) {
                let most = heaviest.entry(from).or_insert((f32::NEG_INFINITY, flat));
                if product.abs() > most.0 {
                    *most = (product.abs(), flat);
                }
            }
        }
    }
    let is_number = |array: &ArrayId| matches!(program.array(*array).kind, Kind::Constant(_));
    order.retain(|array| used.contains_key(array) && !is_number(array));
    // What has one number here, such as a bias, stands in the calculation.
    let few = |array: &ArrayId| used.get(array).is_none_or(|(count, _)| *count < 2);
    if !order.iter().all(few) {
        order.retain(|array| !few(array));
    }
    order.truncate(MOST_ARRAYS);
    let read = |array: ArrayId| {
        let (_, extent) = used.remove(&array)?;
        Some(Read { array, extent, heaviest: heaviest.get(&array).map(|(_, flat)| *flat), now: None })
    };
    order.into_iter().filter_map(read).collect()
}
