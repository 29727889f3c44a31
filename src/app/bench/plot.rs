//! The answers of a network of one input over a range: some hundred passes, and as many targets. Cached like the map, until
//! the weights, the what-ifs, the range or the number of values change.

use std::{cell::RefCell, sync::Arc};

use super::Bench;
use crate::{formula::Scene, mistake::Mistake, pass::Function};

/// Points of a curve.
pub type Points = Vec<(f64, f64)>;

/// The computed curves.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// The input from and to.
    pub range: (f64, f64),
    /// How many values each curve has.
    pub count: usize,
    /// The network as it is.
    pub right: Points,
    /// With the what-ifs, if any are on.
    pub wrong: Option<Points>,
    /// The target, if there is one.
    pub target: Option<Points>,
}

/// The plot that was asked for last.
#[derive(Debug, Clone, Default)]
pub(super) struct LastPlot(RefCell<Option<Arc<Plot>>>);

impl Bench {
    /// The range that a plot shows: what the network is for, and the input.
    fn plot_range(&self) -> (f64, f64) {
        let x = f64::from(self.input().first().copied().unwrap_or(0.0));
        let region = self.model.facts.region.first();
        let (low, high) = region.map_or((-10.0, 10.0), |range| (f64::from(range.0), f64::from(range.1)));
        if !x.is_finite() || (low..=high).contains(&x) {
            return (low, high);
        }
        let reach = 1.25 * x.abs();
        (low.min(-0.2 * reach).min(x), high.max(0.2 * reach).max(x + 0.1 * reach))
    }

    /// What a network of one input answers, in so many places.
    pub fn plot(&self, count: usize) -> Arc<Plot> {
        let range = self.plot_range();
        let mut last = self.last_plot.0.borrow_mut();
        match &*last {
            Some(plot) if (plot.range, plot.count) == (range, count) => Arc::clone(plot),
            _ => Arc::clone(last.insert(Arc::new(self.work_plot_out(range, count)))),
        }
    }

    fn work_plot_out(&self, range: (f64, f64), count: usize) -> Plot {
        let last = count.saturating_sub(1).max(1) as f64;
        let sample = |value: &dyn Fn(f64) -> f64| -> Points {
            (0..count).map(|i| range.0 + (range.1 - range.0) * (i as f64 / last)).map(|x| (x, value(x))).collect()
        };
        let curve = |mistakes: &[Mistake]| {
            let function = Function::new(self.network(), mistakes).ok();
            let at = |x: f64| function.as_ref()?.at(&[x as f32]).first().copied();
            sample(&|x| at(x).map_or(f64::NAN, f64::from))
        };
        let target = self.target.as_ref().map(|target| {
            sample(&|x| {
                let scene = Scene { input: &[x as f32], ..self.scene() };
                target.evaluate(&scene).and_then(|value| value.number()).unwrap_or(f64::NAN)
            })
        });
        let wrong = (!self.what_ifs().is_empty()).then(|| curve(self.what_ifs()));
        Plot { range, count, right: curve(&[]), wrong, target }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{load::builtin, network::Weight};

    #[test]
    fn it_is_computed_again_only_when_something_that_it_shows_changes() {
        let model = builtin("line-1-16-1").expect("it is built in");
        let mut bench = Bench::new(Arc::new(model), Some(vec![10.0])).expect("fits");
        let first = bench.plot(50);
        assert!(Arc::ptr_eq(&first, &bench.plot(50)));
        bench.set_input(vec![20.0]);
        assert!(Arc::ptr_eq(&first, &bench.plot(50)), "an input inside the range is no part of it");
        assert_eq!((first.right.len(), first.wrong.is_some(), first.target.is_some()), (50, false, true));
        // The target is 2x + 5, whatever the network says.
        let last = first.target.as_ref().and_then(|points| points.last()).expect("points");
        assert!((last.1 - (2.0 * last.0 + 5.0)).abs() < 1e-6);

        bench.toggle(Mistake::named("skipped-activation:dense", bench.network()).expect("can be made"));
        assert!(bench.plot(50).wrong.is_some());
        bench.undo();
        assert_eq!(*first, *bench.plot(50));
        assert!(bench.set_weight(0, Weight::Kernel { input: 0, unit: 1 }, 3.0));
        assert_ne!(first.right, bench.plot(50).right);
        bench.set_input(vec![1e6]);
        assert!(bench.plot(50).range.1 > 1e6);
    }
}
