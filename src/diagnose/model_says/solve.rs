//! Unknown numbers from the model's own: least squares by Levenberg and Marquardt, and what the result is worth.
//!
//! Residuals come in units of their own tolerance, so that 1 is the most that rounding can do to one number. After a fit of m
//! unknowns to n numbers only n - m of them verify it, and each residual may be as large as the rounding of all the numbers
//! makes it: the rows of I - H, where H is the hat matrix of the linearised problem.

use nalgebra::{DMatrix, DVector};

/// So many times a better point is looked for.
const MOST_STEPS: usize = 25;

/// Relative step of the central differences; float32 leaves about four digits of a slope.
const STEP: f64 = 1e-3;

/// Unknowns that fit.
#[derive(Debug, Clone)]
pub(super) struct Solved {
    /// The unknowns.
    pub(super) unknowns: Vec<f64>,
    /// How far each may be off.
    pub(super) uncertain: Vec<f64>,
    /// How many of the numbers are left to verify the rest.
    pub(super) verified: usize,
    /// For each number how large its residual may be, in units of its tolerance.
    pub(super) bounds: Vec<f64>,
}

/// Looks for unknowns from `start` on. `residuals` gives them for some unknowns, in units of their tolerance; `None` where
/// the network takes no such numbers.
pub(super) fn solve(start: &[f64], residuals: &mut dyn FnMut(&[f64]) -> Option<Vec<f64>>) -> Option<Solved> {
    let mut at = start.to_vec();
    let mut now = finite(residuals(&at)?)?;
    let mut cost = now.norm_squared();
    let mut damping = 1e-3;
    let mut jacobian = slopes(&at, &now, residuals)?;
    for _ in 0..MOST_STEPS {
        let normal = jacobian.transpose() * &jacobian;
        let gradient = jacobian.transpose() * &now;
        let mut better = false;
        while damping < 1e6 {
            let mut damped = normal.clone();
            for i in 0..at.len() {
                damped[(i, i)] += damping * normal[(i, i)] + 1e-30;
            }
            let step = damped.lu().solve(&(-&gradient))?;
            let next: Vec<f64> = at.iter().zip(step.iter()).map(|(at, step)| at + step).collect();
            let there = residuals(&next).and_then(finite);
            if let Some(there) = there.filter(|there| there.norm_squared() < cost) {
                let gain = 1.0 - there.norm_squared() / cost;
                (at, cost, now) = (next, there.norm_squared(), there);
                damping = (damping / 10.0).max(1e-12);
                better = gain > 1e-6;
                break;
            }
            damping *= 10.0;
        }
        jacobian = slopes(&at, &now, residuals)?;
        if !better {
            break;
        }
    }
    worth(at, &now, &jacobian)
}

/// Whether residuals are within what rounding explains, and how exact the unknowns are.
fn worth(at: Vec<f64>, residuals: &DVector<f64>, jacobian: &DMatrix<f64>) -> Option<Solved> {
    // Unknowns of any size: each column counts alike.
    let scales: Vec<f64> = jacobian.column_iter().map(|column| column.norm().max(1e-300)).collect();
    let mut scaled = jacobian.clone();
    for (mut column, scale) in scaled.column_iter_mut().zip(&scales) {
        column /= *scale;
    }
    let svd = scaled.clone().svd(true, true);
    let largest = svd.singular_values.max();
    let least = 1e-4 * largest;
    let rank = svd.singular_values.iter().filter(|value| **value > least).count();
    let inverse = svd.pseudo_inverse(least.max(1e-300)).ok()?;
    let hat = &scaled * &inverse;
    let count = residuals.len();
    let bounds: Vec<f64> = (0..count)
        .map(|j| (0..count).map(|k| (f64::from(u8::from(j == k)) - hat[(j, k)]).abs()).sum::<f64>().min(1e3))
        .collect();
    // An exact solution still has float32 in it.
    let within = residuals.iter().zip(&bounds).all(|(residual, bound)| residual.abs() <= bound.max(0.5) * 1.05);
    let uncertain = (0..at.len()).map(|i| (0..count).map(|j| inverse[(i, j)].abs()).sum::<f64>() / scales[i]).collect();
    (within && rank > 0).then(|| Solved { unknowns: at, uncertain, verified: count - rank, bounds })
}

fn slopes(
    at: &[f64],
    now: &DVector<f64>,
    residuals: &mut dyn FnMut(&[f64]) -> Option<Vec<f64>>,
) -> Option<DMatrix<f64>> {
    let mut jacobian = DMatrix::zeros(now.len(), at.len());
    for i in 0..at.len() {
        let step = STEP * at[i].abs().max(1e-3);
        let mut moved = |by: f64| {
            let mut moved = at.to_vec();
            moved[i] += by;
            residuals(&moved).and_then(finite)
        };
        let slope = (moved(step)? - moved(-step)?) / (2.0 * step);
        jacobian.set_column(i, &slope);
    }
    Some(jacobian)
}

fn finite(residuals: Vec<f64>) -> Option<DVector<f64>> {
    residuals.iter().all(|residual| residual.is_finite()).then(|| DVector::from_vec(residuals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_three_points_is_verified_by_one_of_them() {
        // y = 2 x + 3 with tolerances of 0.01
        let fit = |ys: [f64; 3]| {
            let mut residuals = |of: &[f64]| {
                Some([1.0, 2.0, 4.0].iter().zip(ys).map(|(x, y)| (of[0] * x + of[1] - y) / 0.01).collect())
            };
            solve(&[1.0, 0.0], &mut residuals)
        };
        let solved = fit([5.0, 7.0, 11.0]).expect("it fits");
        assert!((solved.unknowns[0] - 2.0).abs() < 1e-6 && (solved.unknowns[1] - 3.0).abs() < 1e-6, "{solved:?}");
        assert_eq!(solved.verified, 1);
        assert!(fit([5.0, 7.0, 11.1]).is_none());
        // Within the rounding of the three numbers.
        assert!(fit([5.005, 7.0, 11.0]).is_some());
    }

    #[test]
    fn what_the_numbers_do_not_determine_does_not_count() {
        // Only the sum of the two unknowns matters.
        let mut residuals = |of: &[f64]| Some(vec![(of[0] + of[1] - 5.0) / 0.01; 3]);
        assert_eq!(solve(&[1.0, 0.0], &mut residuals).expect("it fits").verified, 2);
    }
}
