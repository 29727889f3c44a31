//! Points in a model's region of inputs: evenly spread ones to measure with, random ones to test on.

/// So many points, evenly spread over the region and always the same.
///
/// The additive recurrence on powers of the generalised golden ratio (Martin Roberts, "The unreasonable effectiveness of
/// quasirandom sequences", 2018): its error falls almost as 1/n, where a grid errs along straight borders.
pub fn spread_points(region: &[(f32, f32)], n: usize) -> impl Iterator<Item = Vec<f32>> {
    let dimensions = region.len() as i32;
    // The root of g^(d+1) = g + 1, by the fixed point g <- (1 + g)^(1 / (d + 1)).
    let g = (0..64).fold(1.5f64, |g, _| (1.0 + g).powf(1.0 / f64::from(dimensions + 1)));
    let steps: Vec<f64> = (1..=dimensions).map(|k| g.powi(-k)).collect();
    (1..=n).map(move |i| {
        let at = region.iter().zip(&steps);
        at.map(|(&(low, high), step)| within(low, high, (0.5 + step * i as f64).fract())).collect()
    })
}

/// So many random points of the region, always the same ones for a seed.
pub fn random_points(region: &[(f32, f32)], n: usize, seed: u64) -> impl Iterator<Item = Vec<f32>> {
    let mut random = fastrand::Rng::with_seed(seed);
    (0..n).map(move |_| region.iter().map(|&(low, high)| within(low, high, random.f64())).collect())
}

fn within(low: f32, high: f32, share: f64) -> f32 {
    (f64::from(low) + share * (f64::from(high) - f64::from(low))) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_points_measure_areas() {
        let square = [(0.0, 1.0), (0.0, 1.0)];
        let below = spread_points(&square, 20_000).filter(|p| p[0] + p[1] < 0.5).count();
        assert!((below as f64 / 20_000.0 - 0.125).abs() < 0.0005, "{below}");
        assert!(spread_points(&[(-3.0, 5.0)], 100).all(|p| (-3.0..=5.0).contains(&p[0])));
    }

    #[test]
    fn random_points_come_again() {
        let region = [(0.0, 1.0); 5];
        assert!(random_points(&region, 50, 7).eq(random_points(&region, 50, 7)));
        assert!(!random_points(&region, 50, 7).eq(random_points(&region, 50, 8)));
    }
}
