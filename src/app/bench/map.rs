//! The answers of a network of two inputs all over its region: thousands of passes, and as many targets.
//!
//! They do not depend on the time. They are computed when they are first needed, and cached until the weights, the what-ifs
//! or the number of values change. For callers it is a pure function of the bench.

use std::{cell::RefCell, sync::Arc};

use super::Bench;
use crate::{
    formula::{ACCURACY_SEED, Scene, random_points},
    pass::Function,
};

/// How many points the live accuracy is counted on.
pub const ACCURACY_POINTS: usize = 200;

/// A computed map.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// How many values there are across and down.
    pub size: (usize, usize),
    /// The network's answers in the middle of each of `size` equal parts, row by row, the highest second input first.
    pub answers: Vec<f32>,
    /// Whether the target is positive, in parts half as wide and half as high; `None` without a target.
    pub truth: Option<Vec<bool>>,
    /// Points to count on: the inputs, and whether the network is right about them.
    pub points: Vec<([f64; 2], bool)>,
}

/// The map that was asked for last.
#[derive(Debug, Clone, Default)]
pub(super) struct LastMap(RefCell<Option<Arc<Map>>>);

impl Bench {
    /// The ranges of the first and the second input.
    pub fn map_ranges(&self) -> [(f64, f64); 2] {
        let region = &self.model.facts.region;
        [0, 1].map(|input| region.get(input).map_or((-1.0, 1.0), |&(low, high)| (low.into(), high.into())))
    }

    /// Whether points are counted on the map.
    pub fn has_points(&self) -> bool {
        self.model.facts.region.len() == 2 && self.target.is_some()
    }

    /// What a network of two inputs answers with its what-ifs, in so many places across and down.
    pub fn map(&self, size: (usize, usize)) -> Arc<Map> {
        let mut last = self.last_map.0.borrow_mut();
        match &*last {
            Some(map) if map.size == size => Arc::clone(map),
            _ => Arc::clone(last.insert(Arc::new(self.work_map_out(size)))),
        }
    }

    fn work_map_out(&self, size: (usize, usize)) -> Map {
        let function = Function::new(self.network(), self.what_ifs()).ok();
        let answer = |input: [f32; 2]| {
            let output = function.as_ref().map(|function| function.at(&input));
            output.and_then(|output| output.first().copied()).unwrap_or(f32::NAN)
        };
        let is_positive = |input: [f32; 2]| {
            let scene = Scene { input: &input, ..self.scene() };
            let value = self.target.as_ref().and_then(|target| target.evaluate(&scene).ok()?.number().ok());
            value.is_some_and(|value| value > 0.0)
        };
        let ranges = self.map_ranges();
        let twice = (size.0 * 2, size.1 * 2);
        let points = random_points(&self.model.facts.region, ACCURACY_POINTS, ACCURACY_SEED);
        let points = points.take_while(|_| self.has_points()).filter_map(|point| {
            let input = [*point.first()?, *point.get(1)?];
            Some((input.map(f64::from), (answer(input) > 0.0) == is_positive(input)))
        });
        Map {
            size,
            answers: places(size, ranges).map(answer).collect(),
            truth: self.target.is_some().then(|| places(twice, ranges).map(is_positive).collect()),
            points: points.collect(),
        }
    }
}

/// The middles of equal parts, row by row from above.
fn places((across, down): (usize, usize), [x, y]: [(f64, f64); 2]) -> impl Iterator<Item = [f32; 2]> {
    let at = |(low, high): (f64, f64), share: f64| (low + share * (high - low)) as f32;
    let middle = |index: usize, of: usize| (index as f64 + 0.5) / of as f64;
    (0..down).flat_map(move |row| {
        (0..across).map(move |column| [at(x, middle(column, across)), at(y, 1.0 - middle(row, down))])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::Bench, load::builtin, mistake::Mistake, network::Weight};

    fn bench() -> Bench {
        let model = builtin("sum-2-5-1").expect("it is built in");
        Bench::new(Arc::new(model), None).expect("fits")
    }

    #[test]
    fn the_values_are_those_of_the_network_beginning_at_the_upper_left() {
        let bench = bench();
        let [(left, right), (bottom, top)] = bench.map_ranges();
        let map = bench.map((2, 3));
        let function = Function::new(bench.network(), &[]).expect("right");
        let at = |share: f64, (low, high): (f64, f64)| (low + share * (high - low)) as f32;
        for (index, (x, y)) in
            [(0.25, 5.0), (0.75, 5.0), (0.25, 3.0), (0.75, 3.0), (0.25, 1.0), (0.75, 1.0)].iter().enumerate()
        {
            let input = [at(*x, (left, right)), at(y / 6.0, (bottom, top))];
            assert!((map.answers[index] - function.at(&input)[0]).abs() < 1e-5, "{index}");
        }
        assert_eq!(map.answers.len(), 6);
        // The target is the sign of the sum: below the falling diagonal it is negative.
        let truth = map.truth.as_ref().expect("it has a target");
        assert_eq!((truth.len(), truth[3], truth[20]), (4 * 6, true, false));
        assert_eq!(map.points.len(), ACCURACY_POINTS);
    }

    #[test]
    fn it_is_computed_again_only_when_something_that_it_shows_changes() {
        let mut bench = bench();
        let first = bench.map((20, 10));
        assert!(Arc::ptr_eq(&first, &bench.map((20, 10))));
        bench.set_input(vec![0.7, -0.9]);
        assert!(Arc::ptr_eq(&first, &bench.map((20, 10))), "the input is no part of it");
        assert_eq!(bench.map((10, 10)).answers.len(), 100);

        let before = bench.map((20, 10));
        assert!(bench.set_weight(0, Weight::Kernel { input: 0, unit: 0 }, 3.0));
        let edited = bench.map((20, 10));
        assert_ne!(before.answers, edited.answers);
        bench.toggle(Mistake::named("skipped-activation:hidden", bench.network()).expect("can be made"));
        assert_ne!(edited.answers, bench.map((20, 10)).answers);
        bench.undo();
        assert_eq!(edited, bench.map((20, 10)));
        bench.back_to_posted();
        assert_eq!(before, bench.map((20, 10)));
    }
}
