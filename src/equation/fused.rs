//! The innermost loops of sums: products fused into sums, compiled for the machine that they run on.
//!
//! `pulp` runs each of these functions with the vector instructions that there are. The loops are in the functions themselves,
//! without closures: only what becomes part of them is compiled so. Without fused multiply-add in the machine the same
//! numbers come from the library's `fmaf`.

#![expect(clippy::inline_always, reason = "`pulp` compiles what becomes part of the function for the machine")]

use pulp::{Arch, Simd, WithSimd};

/// A run of terms: where two walks start, how far their steps go, and how many terms there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) at: [i64; 2],
    pub(super) by: [i64; 2],
    pub(super) terms: i64,
}

/// Adds to every sum of a row, for each term, one number times the sum's own number of a row.
pub(super) fn add_rows(sums: &mut [f32], one: &[f32], many: &[f32], run: Run) {
    Arch::new().dispatch(AddRows { sums, one, many, run });
}

struct AddRows<'v> {
    sums: &'v mut [f32],
    one: &'v [f32],
    many: &'v [f32],
    run: Run,
}

impl WithSimd for AddRows<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Run { at, by, terms } = self.run;
        let length = self.sums.len();
        let x = |k: i64| self.one[(at[0] + k * by[0]) as usize];
        let row = |k: i64| {
            let from = (at[1] + k * by[1]) as usize;
            &self.many[from..from + length]
        };
        // Four terms at a time: the sums are loaded and stored once for all of them, and still get them in order.
        let mut k = 0;
        while k + 4 <= terms {
            let (x, rows) = ([x(k), x(k + 1), x(k + 2), x(k + 3)], [row(k), row(k + 1), row(k + 2), row(k + 3)]);
            for (u, sum) in self.sums.iter_mut().enumerate() {
                let first = x[1].mul_add(rows[1][u], x[0].mul_add(rows[0][u], *sum));
                *sum = x[3].mul_add(rows[3][u], x[2].mul_add(rows[2][u], first));
            }
            k += 4;
        }
        for k in k..terms {
            let x = x(k);
            for (sum, &w) in self.sums.iter_mut().zip(row(k)) {
                *sum = x.mul_add(w, *sum);
            }
        }
    }
}

/// Adds to every sum of a row, for each term, the product of its own numbers of two rows.
pub(super) fn add_pairs(sums: &mut [f32], left: &[f32], right: &[f32], run: Run) {
    Arch::new().dispatch(AddPairs { sums, left, right, run });
}

struct AddPairs<'v> {
    sums: &'v mut [f32],
    left: &'v [f32],
    right: &'v [f32],
    run: Run,
}

impl WithSimd for AddPairs<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Run { at, by, terms } = self.run;
        let length = self.sums.len();
        for k in 0..terms {
            let (left, right) = ((at[0] + k * by[0]) as usize, (at[1] + k * by[1]) as usize);
            let (left, right) = (&self.left[left..left + length], &self.right[right..right + length]);
            for ((sum, &x), &w) in self.sums.iter_mut().zip(left).zip(right) {
                *sum = x.mul_add(w, *sum);
            }
        }
    }
}

/// The sum with all terms added, one after the other.
pub(super) fn add_terms(sum: f32, left: &[f32], right: &[f32], run: Run) -> f32 {
    Arch::new().dispatch(AddTerms { sum, left, right, run })
}

struct AddTerms<'v> {
    sum: f32,
    left: &'v [f32],
    right: &'v [f32],
    run: Run,
}

impl WithSimd for AddTerms<'_> {
    type Output = f32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> f32 {
        let Run { at, by, terms } = self.run;
        let mut sum = self.sum;
        for k in 0..terms {
            let (x, w) = (self.left[(at[0] + k * by[0]) as usize], self.right[(at[1] + k * by[1]) as usize]);
            sum = x.mul_add(w, sum);
        }
        sum
    }
}
