//! An index that is computed from indices: a constant plus multiples of the equation's axes, perhaps divided.
//!
//! ```
//! use byhand::equation::{own, over};
//! // Which row of the image row r of a convolution reads at kernel row i: stride 2, dilation 3, padding 1.
//! let row = own(0) * 2 + over(0) * 3 - 1;
//! assert_eq!(row.at(&[4], &[2]), Some(13)); // 2 * 4 + 3 * 2 - 1
//! // A transposed convolution: only every second row is there.
//! let row = (own(0) - over(0)).divided(2);
//! assert_eq!((row.at(&[5], &[1]), row.at(&[5], &[0])), (Some(2), None));
//! // Upsampling: rows 4 and 5 read row 2.
//! assert_eq!((own(0).floored(2).at(&[4], &[]), own(0).floored(2).at(&[5], &[])), (Some(2), Some(2)));
//! ```

use std::ops::{Add, Mul, Neg, Sub};

/// An axis of an equation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Axis {
    /// One of the value that is computed.
    Own(usize),
    /// One that the rule sums over, or takes the largest over.
    Over(usize),
}

/// What becomes of a remainder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Division {
    /// There is no such place: the read is outside.
    Exact,
    /// Rounded down.
    Floor,
}

/// `(constant + sum of coefficient * axis) / divisor`. A result too large for an integer becomes the largest integer, which is outside of every
/// array.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Affine {
    /// What is added.
    pub constant: i64,
    /// Each axis with its coefficient; an axis is here once at most.
    pub terms: Vec<(Axis, i64)>,
    /// At least 1.
    pub divisor: i64,
    /// What becomes of a remainder.
    pub division: Division,
}

/// The index along own axis `axis`, as it is.
pub fn own(axis: usize) -> Affine {
    Affine { constant: 0, terms: vec![(Axis::Own(axis), 1)], divisor: 1, division: Division::Floor }
}

/// The index along summation axis `axis`, as it is.
pub fn over(axis: usize) -> Affine {
    Affine { constant: 0, terms: vec![(Axis::Over(axis), 1)], divisor: 1, division: Division::Floor }
}

/// Always the same index.
pub fn fixed(index: i64) -> Affine {
    Affine { constant: index, terms: Vec::new(), divisor: 1, division: Division::Floor }
}

/// A length or a position as a coefficient; one that is too large for any array stays too large.
pub fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX / 4)
}

impl Affine {
    /// Divided, and outside where a remainder is left. A divisor below 1 counts as 1.
    #[must_use]
    pub fn divided(self, divisor: usize) -> Self {
        Self { divisor: signed(divisor).max(1), division: Division::Exact, ..self }
    }

    /// Divided and rounded down. A divisor below 1 counts as 1.
    #[must_use]
    pub fn floored(self, divisor: usize) -> Self {
        Self { divisor: signed(divisor).max(1), division: Division::Floor, ..self }
    }

    /// The index for these indices of the equation; `None` where a division leaves a remainder that it must not.
    pub fn at(&self, own: &[usize], over: &[usize]) -> Option<i64> {
        let sum = self.terms.iter().fold(self.constant, |sum, &(axis, coefficient)| {
            let index = match axis {
                Axis::Own(axis) => own.get(axis),
                Axis::Over(axis) => over.get(axis),
            };
            sum.saturating_add(coefficient.saturating_mul(index.map_or(0, |&i| i as i64)))
        });
        match self.division {
            _ if self.divisor == 1 => Some(sum),
            Division::Floor => Some(sum.div_euclid(self.divisor)),
            Division::Exact => (sum.rem_euclid(self.divisor) == 0).then(|| sum.div_euclid(self.divisor)),
        }
    }

    /// Whether it is own axis `axis` and nothing else.
    pub fn is_own(&self, axis: usize) -> bool {
        self.constant == 0 && self.divisor == 1 && self.terms == [(Axis::Own(axis), 1)]
    }

    /// The coefficient of an axis, 0 if it is not here.
    pub fn coefficient(&self, axis: Axis) -> i64 {
        self.terms.iter().find(|(own, _)| *own == axis).map_or(0, |(_, coefficient)| *coefficient)
    }

    /// The same with every axis renamed.
    #[must_use]
    pub fn renamed(&self, rename: impl Fn(Axis) -> Axis) -> Self {
        Self { terms: self.terms.iter().map(|&(axis, by)| (rename(axis), by)).collect(), ..self.clone() }
    }

    fn joined(mut self, other: Self, sign: i64) -> Self {
        self.constant = self.constant.saturating_add(other.constant.saturating_mul(sign));
        for (axis, by) in other.terms {
            match self.terms.iter_mut().find(|(own, _)| *own == axis) {
                Some((_, own)) => *own = own.saturating_add(by.saturating_mul(sign)),
                None => self.terms.push((axis, by.saturating_mul(sign))),
            }
        }
        self.terms.retain(|(_, by)| *by != 0);
        self
    }
}

/// Sums are made before divisions: what is added here must not be divided yet.
impl Add for Affine {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.joined(other, 1)
    }
}

impl Sub for Affine {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.joined(other, -1)
    }
}

impl Add<i64> for Affine {
    type Output = Self;
    fn add(self, by: i64) -> Self {
        Self { constant: self.constant.saturating_add(by), ..self }
    }
}

impl Sub<i64> for Affine {
    type Output = Self;
    fn sub(self, by: i64) -> Self {
        Self { constant: self.constant.saturating_sub(by), ..self }
    }
}

impl Mul<i64> for Affine {
    type Output = Self;
    fn mul(mut self, by: i64) -> Self {
        self.constant = self.constant.saturating_mul(by);
        self.terms.iter_mut().for_each(|(_, own)| *own = own.saturating_mul(by));
        self.terms.retain(|(_, own)| *own != 0);
        self
    }
}

impl Neg for Affine {
    type Output = Self;
    fn neg(self) -> Self {
        self * -1
    }
}
