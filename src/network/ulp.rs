//! The distance of two float32 numbers in *units in the last place* (ulp).
//!
//! Between two neighbouring float32 numbers there is nothing: they are 1 ulp apart. Counting the steps from one number to
//! another says how different two calculations are, whatever the size of the numbers.

/// How many float32 numbers lie between `a` and `b`, counting `b`: 0 means the same number, 1 means neighbours.
///
/// `+0` and `-0` are the same number, and so are two NaNs. The distance from a NaN to a number is [`u32::MAX`], which no
/// two numbers reach. Infinity counts as the neighbour of the largest finite number.
///
/// ```
/// use byhand::network::ulp::ulps;
///
/// assert_eq!(ulps(1.0, 1.0), 0);
/// assert_eq!(ulps(1.0, 1.000_000_1), 1);
/// assert_eq!(ulps(0.1 + 0.2, 0.3), 0); // in float32; in float64 they are 1 ulp apart
/// assert_eq!(ulps(1.0, 2.0), 8_388_608); // 2^23 steps between two powers of two
/// assert_eq!(ulps(0.0, -0.0), 0);
/// ```
pub fn ulps(a: f32, b: f32) -> u32 {
    match (a.is_nan(), b.is_nan()) {
        (true, true) => 0,
        (false, false) => (place(a) - place(b)).unsigned_abs() as u32,
        _ => u32::MAX,
    }
}

/// The place of a number when all float32 numbers are lined up by size; zero is at place 0.
///
/// The bits of a positive float32, read as an integer, already are its place; a negative one has its sign apart.
fn place(number: f32) -> i64 {
    let magnitude = i64::from(number.abs().to_bits());
    if number.is_sign_negative() { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_apart_and_the_distance_is_symmetric() {
        let table = [
            (0.0, -0.0, 0),
            (0.0, f32::from_bits(1), 1),
            (-f32::from_bits(1), f32::from_bits(1), 2),
            (1.0, 1.0_f32.next_up(), 1),
            (1.0, 1.0_f32.next_down(), 1),
            (f32::MAX, f32::INFINITY, 1),
            (f32::NEG_INFINITY, f32::INFINITY, 0xFF00_0000),
            (f32::NAN, -f32::NAN, 0),
            (f32::NAN, 0.0, u32::MAX),
            (f32::INFINITY, f32::NAN, u32::MAX),
        ];
        for (a, b, distance) in table {
            assert_eq!(ulps(a, b), distance, "{a:e} to {b:e}");
            assert_eq!(ulps(b, a), distance, "{b:e} to {a:e}");
        }
    }
}
