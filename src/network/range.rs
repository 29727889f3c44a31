//! The values that an honest calculation can give: in float32 or in float64, in any order, or with the digits that are shown.
//!
//! A number that is shown with 4 decimals can be every number that rounds to it. [`Range`] computes what that can do to a
//! result through sums, products and activations, so that somebody who calculates from what the screen shows is not wrong.
//!
//! ```
//! use byhand::network::Range;
//! // 10 times a weight that is shown as 0.5468: anything from 5.4675 to 5.4685 follows from it.
//! let product = Range::of(10.0) * Range::shown(0.546_812_3, 4);
//! assert!(product.holds(5.468) && product.holds(5.468_123) && !product.holds(5.47));
//! ```

use std::ops::{Add, Div, Mul, Sub};

use super::{Activation, Finish, Operator, Recipe, Stage, finish::Transform};

/// Every number from `low` to `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
}

/// One rounding of float32, as a part of the value.
const ROUNDING: f64 = 1.0 / 16_777_216.0; // 2^-24

impl Range {
    /// One number alone.
    pub fn of(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// From the least to the greatest of some numbers.
    pub fn around(values: impl IntoIterator<Item = f64>) -> Self {
        let nothing = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };
        values.into_iter().fold(nothing, |all, value| Self { low: all.low.min(value), high: all.high.max(value) })
    }

    /// A given number, as somebody reads it off who sees at least so many decimals.
    pub fn shown(value: f32, decimals: u8) -> Self {
        let (value, scale) = (f64::from(value), 10f64.powi(i32::from(decimals)));
        let read = (value * scale).round_ties_even() / scale;
        let range = Self::around([value, read]).with_float32(1.0);
        // With more decimals it may lie on the other side.
        let more = if (read - value).abs() > 2.0 * ROUNDING * value.abs() { 0.05 / scale } else { 0.0 };
        range.wider(more)
    }

    /// Whether a number is among these.
    pub fn holds(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// By so much to either side.
    #[must_use]
    pub fn wider(self, by: f64) -> Self {
        Self { low: self.low - by, high: self.high + by }
    }

    /// Both, and what lies between.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// The largest distance from 0.
    pub fn size(self) -> f64 {
        self.low.abs().max(self.high.abs())
    }

    /// After so many roundings to float32.
    #[must_use]
    pub fn with_float32(self, roundings: f64) -> Self {
        self.wider(roundings * ROUNDING * self.size())
    }

    /// As it is written down: rounded to so many decimals. A whole range of numbers is, a single one that has no more decimals
    /// is not changed by it.
    #[must_use]
    pub fn written(self, decimals: u8) -> Self {
        let scale = 10f64.powi(i32::from(decimals));
        let stays = self.low == self.high && (self.low * scale).fract() == 0.0;
        if stays { self } else { self.wider(0.5 / scale) }
    }

    /// What a function makes of it that has no extremes in between but at `knots`.
    #[must_use]
    pub fn through(self, knots: &[f32], function: impl Fn(f64) -> f64) -> Self {
        let inside = knots.iter().map(|&knot| f64::from(knot)).filter(|&knot| self.holds(knot));
        let middle = f64::midpoint(self.low, self.high);
        Self::around([self.low, middle, self.high].into_iter().chain(inside).map(function))
    }
}

impl Add for Range {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }
}

impl Sub for Range {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }
}

impl Mul for Range {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let ends = [self.low, self.high].into_iter().flat_map(|a| [other.low, other.high].map(|b| (a, b)));
        // Nothing times infinity: an input of 0 takes a term away.
        Self::around(ends.map(|(a, b)| if a == 0.0 || b == 0.0 { 0.0 } else { a * b }))
    }
}

impl Div for Range {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        if other.holds(0.0) {
            return Self { low: f64::NEG_INFINITY, high: f64::INFINITY };
        }
        self * Self::around([1.0 / other.low, 1.0 / other.high])
    }
}

/// How a calculation is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// With all digits, in float32 or float64.
    AllDigits,
    /// With the digits that are shown: so many decimals of every weight, and of everything on the way.
    Shown(u8),
}

impl Care {
    fn given(self, value: f32) -> Range {
        match self {
            Self::AllDigits => Range::of(f64::from(value)).with_float32(1.0),
            Self::Shown(decimals) => Range::shown(value, decimals),
        }
    }

    fn written(self, range: Range) -> Range {
        match self {
            Self::AllDigits => range,
            Self::Shown(decimals) => range.written(decimals),
        }
    }
}

/// What each value of one layer can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranges {
    /// The sums, then what each finishing action leaves; not yet written down.
    chain: Vec<Vec<Range>>,
    /// Which link of the chain is the sum, and which is the pre-activation; `None` where the layer has no such stages.
    links: Option<(usize, usize)>,
}

impl Ranges {
    /// The values of one stage.
    pub fn stage(&self, stage: Stage) -> Option<&[Range]> {
        let link = match stage {
            Stage::In => return None,
            Stage::Wx => self.links?.0,
            Stage::Z => self.links?.1,
            Stage::A => self.chain.len() - 1,
        };
        self.chain.get(link).map(Vec::as_slice)
    }

    /// What the layer gives, as the next one takes it.
    pub fn hands_on(&self, care: Care) -> Vec<Range> {
        self.chain.last().map_or_else(Vec::new, |last| last.iter().map(|&range| care.written(range)).collect())
    }
}

/// What goes into a network, as somebody reads it off.
pub fn given(input: &[f32], care: Care) -> Vec<Range> {
    input.iter().map(|&x| care.given(x)).collect()
}

/// Numbers of one unit that somebody has already computed and continues with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Own {
    /// Products, by their input.
    pub products: Vec<(usize, Range)>,
    /// Values of stages.
    pub stages: Vec<(Stage, Range)>,
}

impl Recipe {
    /// What each value can be, if these are the numbers that arrive.
    pub fn ranges(&self, input: &[Range], care: Care) -> Ranges {
        self.ranges_with(input, care, 0, &Own::default())
    }

    /// The same for somebody who has numbers of their own for `unit`.
    pub fn ranges_with(&self, input: &[Range], care: Care, unit: usize, own: &Own) -> Ranges {
        let mut chain = vec![self.given_ranges(0, self.sum_ranges(input, care, unit, own))];
        for (link, finish) in self.finish.iter().enumerate() {
            let mut before: Vec<Range> =
                chain.last().map_or_else(Vec::new, |last| last.iter().map(|&range| care.written(range)).collect());
            let here = own.stages.iter().filter(|(stage, _)| self.leading_to(*stage) == link);
            for (_, range) in here {
                before.get_mut(unit).into_iter().for_each(|before| *before = before.and(*range));
            }
            chain.push(self.given_ranges(chain.len(), finish_ranges(finish, &before, care)));
        }
        let links = self.kernel.as_ref().map(|_| (self.leading_to(Stage::Wx), self.leading_to(Stage::Z)));
        Ranges { chain, links }
    }

    /// The values of a link of the chain; those that are set are exactly so.
    fn given_ranges(&self, link: usize, mut ranges: Vec<Range>) -> Vec<Range> {
        for given in self.given.iter().filter(|given| self.leading_to(given.stage) == link) {
            if let Some(range) = ranges.get_mut(given.unit) {
                *range = Range::of(given.value.into());
            }
        }
        ranges
    }

    fn sum_ranges(&self, input: &[Range], care: Care, of: usize, own: &Own) -> Vec<Range> {
        let Some(kernel) = &self.kernel else {
            return match &self.order {
                Some(order) => order.iter().filter_map(|&i| input.get(i).copied()).collect(),
                None => input.to_vec(),
            };
        };
        let mut sums = vec![(Range::of(0.0), 0.0); kernel.units()];
        let one = kernel.inputs() == 1;
        for (i, &x) in input.iter().enumerate().take(kernel.inputs()) {
            for (unit, ((sum, size), &w)) in sums.iter_mut().zip(kernel.row(i)).enumerate() {
                let product = x * care.given(w);
                *size += product.size();
                let mut product = if one { product } else { care.written(product) };
                if unit == of {
                    let known = own.products.iter().filter(|(input, _)| *input == i);
                    product = known.fold(product, |product, (_, known)| product.and(*known));
                }
                *sum = *sum + product;
            }
        }
        // The errors of many roundings mostly cancel: they grow with the root of their number.
        let roundings = (kernel.inputs() as f64).sqrt() + 1.0;
        sums.into_iter().map(|(sum, size)| sum.wider(roundings * ROUNDING * size)).collect()
    }
}

fn finish_ranges(finish: &Finish, before: &[Range], care: Care) -> Vec<Range> {
    let combine = |operator: Operator, value: Range, by: Range| {
        match operator {
            Operator::Add => value + by,
            Operator::Subtract => value - by,
            Operator::Multiply => value * by,
            Operator::Divide => value / by,
        }
        .wider(ROUNDING * value.size().max(by.size()))
        .with_float32(1.0)
    };
    match &finish.transform {
        Transform::Combine { operator, operand, .. } => {
            let pairs = before.iter().zip(operand.iter());
            let times = Range::of(f64::from(finish.times));
            pairs.map(|(&value, &by)| combine(*operator, value, care.given(by) * times)).collect()
        }
        Transform::Itself { operator, .. } => before.iter().map(|&value| combine(*operator, value, value)).collect(),
        Transform::Activate(activation) => activation.ranges(before),
        Transform::Argmax => {
            let most = before.iter().map(|range| range.low).fold(f64::NEG_INFINITY, f64::max);
            let may = before.iter().enumerate().filter(|(_, range)| range.high >= most);
            vec![Range::around(may.map(|(i, _)| i as f64))]
        }
    }
}

impl Activation {
    /// What can come out if these go in: by Keras' own float32 steps and in float64.
    fn ranges(self, before: &[Range]) -> Vec<Range> {
        if self.is_elementwise() {
            let knots = self.knots();
            return before.iter().map(|&z| self.range(z, &knots)).collect();
        }
        let largest = before.iter().map(|range| range.high).fold(f64::NEG_INFINITY, f64::max);
        let power = |z: Range| Range { low: (z.low - largest).exp(), high: (z.high - largest).exp() };
        match self {
            Self::Softmax | Self::LogSoftmax => {
                let all = before.iter().map(|&z| power(z)).fold(Range::of(0.0), |sum, power| sum + power);
                let roundings = (before.len() as f64).sqrt() + 3.0;
                let share = |&z: &Range| {
                    let own = power(z);
                    let low = own.low / (own.low + (all.high - own.high).max(0.0));
                    let share = Range { low, high: own.high / (own.high + (all.low - own.low).max(0.0)) };
                    if self == Self::Softmax {
                        return share.with_float32(roundings);
                    }
                    Range { low: share.low.ln(), high: share.high.ln() }.wider(roundings * ROUNDING * (1.0 + z.size()))
                };
                before.iter().map(share).collect()
            }
            Self::Sparsemax => {
                let middle: Vec<f32> = before.iter().map(|z| f64::midpoint(z.low, z.high) as f32).collect();
                let widest = before.iter().map(|z| z.high - z.low).fold(0.0, f64::max);
                let slack = widest + 8.0 * ROUNDING * before.iter().map(|z| z.size()).fold(1.0, f64::max);
                self.apply(&middle).iter().map(|&a| Range::of(f64::from(a)).wider(slack)).collect()
            }
            _ => {
                let (values, gates) = before.split_at(before.len() / 2);
                let pass = |(&z, &gate): (&Range, &Range)| (z * Self::Sigmoid.range(gate, &[])).with_float32(2.0);
                values.iter().zip(gates).map(pass).collect()
            }
        }
    }

    fn range(self, z: Range, knots: &[f32]) -> Range {
        let exact = z.through(knots, |z| self.exact(z).unwrap_or(z)).with_float32(2.0);
        exact.and(z.through(knots, |z| self.of(z as f32).map_or(z, f64::from)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_screen_shows_leads_into_the_range() {
        // Shown: 0.5468 and 0.9752; 3 × 0.5468 = 1.6404, and 1.6404 + 0.9752 = 2.6156.
        let (w, b) = (0.546_78_f32, 0.975_17_f32);
        let wx = Range::of(3.0) * Range::shown(w, 4);
        assert!(wx.holds(1.6404));
        let z = wx.written(4) + Range::shown(b, 4);
        assert!(z.holds(2.6156) && z.holds(3.0 * f64::from(w) + f64::from(b)) && !z.holds(2.617));
    }

    #[test]
    fn a_number_without_more_digits_stays() {
        assert_eq!(Range::of(0.0).written(4), Range::of(0.0));
        assert_eq!(Range::of(2.5).written(1), Range::of(2.5));
        assert!(Range::of(2.56).written(1).holds(2.6));
        assert!(Range::shown(0.1, 4).high - Range::shown(0.1, 4).low < 1e-7);
    }

    #[test]
    fn what_divides_by_something_around_zero_can_be_anything() {
        let all = Range::of(1.0) / Range { low: -1e-9, high: 1e-9 };
        assert!(all.holds(1e300) && all.holds(-1e300));
    }
}
