//! The kernel of a layer: one weight for each (input, unit).

use nalgebra::DMatrix;

/// Weights of shape (inputs, units), as Keras prints them.
///
/// Kept transposed, because nalgebra stores columns contiguously: column `i` of the stored matrix contains what
/// input `i` sends to every unit, so that a pass walks memory in order and the compiler can use vector
/// instructions over the units.
#[derive(Debug, Clone, PartialEq)]
pub struct Kernel(DMatrix<f32>); // stored (units, inputs)

impl Kernel {
    /// From numbers row by row, `inputs` rows of `units` numbers, as they are printed. `None` if there are not exactly
    /// `inputs * units` of them.
    pub fn from_rows(inputs: usize, units: usize, values: &[f32]) -> Option<Self> {
        (inputs.checked_mul(units) == Some(values.len()))
            .then(|| Self(DMatrix::from_column_slice(units, inputs, values)))
    }

    /// Rows of the printed matrix.
    pub fn inputs(&self) -> usize {
        self.0.ncols()
    }

    /// Columns of the printed matrix.
    pub fn units(&self) -> usize {
        self.0.nrows()
    }

    /// The weight between `input` and `unit`, if there is one.
    pub fn get(&self, input: usize, unit: usize) -> Option<f32> {
        self.0.get((unit, input)).copied()
    }

    /// What `input` sends to every unit: row `input` of the printed matrix.
    pub fn row(&self, input: usize) -> &[f32] {
        let units = self.units();
        self.0.as_slice().get(input * units..(input + 1) * units).unwrap_or(&[])
    }

    /// The numbers row by row, as printed.
    pub fn values(&self) -> &[f32] {
        self.0.as_slice()
    }

    /// The same with one weight changed, if there is such a weight.
    pub fn with(&self, input: usize, unit: usize, value: f32) -> Option<Self> {
        let mut changed = self.clone();
        *changed.0.get_mut((unit, input))? = value;
        Some(changed)
    }

    /// Rows and columns exchanged.
    #[must_use]
    pub fn transposed(&self) -> Self {
        Self(self.0.transpose())
    }

    /// Each unit's weighted sum: `sum_i x[i] * kernel[i, unit]`, in input order, each product fused into the sum.
    ///
    /// Inputs that are missing count as nothing; inputs too many are ignored: callers check lengths.
    pub fn weighted_sums(&self, input: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; self.units()];
        for (i, &x) in input.iter().enumerate().take(self.inputs()) {
            for (sum, &w) in sums.iter_mut().zip(self.row(i)) {
                *sum = fused(x, w, *sum);
            }
        }
        sums
    }

    /// About the same, each product rounded before it joins: faster, and good enough to leave candidates out.
    pub fn about_sums(&self, input: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; self.units()];
        for (i, &x) in input.iter().enumerate().take(self.inputs()).filter(|(_, x)| **x != 0.0) {
            for (sum, &w) in sums.iter_mut().zip(self.row(i)) {
                *sum += x * w;
            }
        }
        sums
    }

    /// The first `products` terms of one unit's weighted sum.
    pub fn partial_sum(&self, input: &[f32], unit: usize, products: usize) -> f32 {
        (0..products.min(self.inputs()).min(input.len()))
            .fold(0.0, |sum, i| fused(input[i], self.get(i, unit).unwrap_or(0.0), sum))
    }
}

/// `x * w + sum`, rounded once to float32, as the frameworks' fused multiply-add does.
///
/// The product of two float32 is exact in float64; what is left is a double rounding about once in 2^29, and unlike
/// `f32::mul_add` it stays fast on machines compiled without the fma feature.
pub fn fused(x: f32, w: f32, sum: f32) -> f32 {
    (f64::from(x) * f64::from(w) + f64::from(sum)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_what_keras_prints() {
        let kernel = Kernel::from_rows(2, 3, &[1., 2., 3., 4., 5., 6.]).expect("six numbers");
        assert_eq!((kernel.inputs(), kernel.units()), (2, 3));
        assert_eq!(kernel.row(1), [4., 5., 6.]);
        assert_eq!(kernel.get(0, 2), Some(3.));
        assert_eq!(kernel.get(2, 0), None);
        assert_eq!(kernel.transposed().values(), [1., 4., 2., 5., 3., 6.]);
        assert_eq!(Kernel::from_rows(2, 2, &[1.0]), None);
    }

    #[test]
    fn a_partial_sum_grows_into_the_weighted_sum() {
        let kernel = Kernel::from_rows(3, 2, &[0.1, -0.2, 0.3, 0.4, 0.5, -0.6]).expect("six numbers");
        let x = [1.5, -2.0, 3.25];
        let sums = kernel.weighted_sums(&x);
        assert_eq!(kernel.partial_sum(&x, 0, 0), 0.0);
        assert_eq!(kernel.partial_sum(&x, 0, 3), sums[0]);
        assert_eq!(kernel.partial_sum(&x, 1, 99), sums[1]);
    }
}
