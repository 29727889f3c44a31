//! Activations beyond the goldens: printed examples, infinities and NaN, extreme numbers, corners, sparsemax by brute force.

#![allow(clippy::unwrap_used)] // a test may panic
#![allow(clippy::unreadable_literal)] // numbers as they were printed

use byhand::network::activation::Activation;
use byhand::network::ulp::ulps;

/// The value of an elementwise activation given by name.
fn of(name: &str, z: f32) -> f32 {
    name.parse::<Activation>().unwrap().of(z).unwrap()
}

fn apply(name: &str, z: &[f32]) -> Vec<f32> {
    name.parse::<Activation>().unwrap().apply(z)
}

#[test]
fn printed_examples_come_out_as_printed() {
    // From the docstrings of tf.nn.gelu, of Keras 2's hard_sigmoid, of keras.ops.threshold and keras.ops.squareplus; the
    // last rows are worked by hand from the definitions.
    let table: &[(&str, &[f32], &[f32])] = &[
        ("gelu", &[-3.0, -1.0, 0.0, 1.0, 3.0], &[-0.00404951, -0.15865529, 0.0, 0.8413447, 2.9959507]),
        ("gelu_tanh", &[-3.0, -1.0, 0.0, 1.0, 3.0], &[-0.00363752, -0.15880796, 0.0, 0.841192, 2.9963627]),
        ("hard_sigmoid_keras2", &[-3.0, -1.0, 0.0, 1.0, 3.0], &[0.0, 0.3, 0.5, 0.7, 1.0]),
        ("threshold(1, 0)", &[-1.0, 0.0, 1.0, 2.0], &[0.0, 0.0, 0.0, 2.0]),
        ("squareplus", &[-1.0, 0.0, 1.0], &[0.6180, 1.0000, 1.6180]),
        ("soft_shrink", &[-1.0, 0.0, 1.0], &[-0.5, 0.0, 0.5]),
        ("hard_shrink", &[-0.5, 0.0, 1.0], &[0.0, 0.0, 1.0]),
        ("sparsemax", &[-1.0, 0.0, 1.0], &[0.0, 0.0, 1.0]),
        ("celu", &[-1.0, 0.0, 1.0], &[-0.63212056, 0.0, 1.0]),
        ("celu(2)", &[-2.0, 1.0], &[2.0 * -0.63212056, 1.0]),
        ("glu", &[1.0, 2.0, 0.0, 0.0], &[0.5, 1.0]),
    ];
    for (name, z, printed) in table {
        let ours = apply(name, z);
        assert_eq!(ours.len(), printed.len(), "{name}");
        for (a, p) in ours.iter().zip(*printed) {
            let tolerance = if *name == "squareplus" { 5e-5 } else { 6e-7 };
            assert!((a - p).abs() <= tolerance, "{name}: {a} is not {p}");
        }
    }
}

#[test]
fn steps_and_slopes_give_what_is_worked_out_by_hand() {
    for (name, z, expected) in [
        // The perceptron's convention: z >= 0 fires. MATLAB's hardlim(0) is 1, hardlims(0) is 1, numpy.sign(0) is 0.
        ("step", -0.25, 0.0),
        ("step", 0.0, 1.0),
        ("step", -0.0, 1.0),
        ("step(0)", 0.0, 0.0),
        ("step(0.5)", 0.0, 0.5),
        ("sign", -3.0, -1.0),
        ("sign", 0.0, 0.0),
        ("hardlims", 0.0, 1.0),
        ("satlin", 0.25, 0.25),
        ("satlin", 1.5, 1.0),
        // 1 / (1 + e^(-4.9 * 0.2)) = 1 / (1 + 0.375311) = 0.7271082
        ("sigmoid(4.9)", 0.2, 0.727_108_2),
        // 1.7159 * tanh(0.6667 * 1.5) = 1.7159 * tanh(1.00005) = 1.7159 * 0.7616151 = 1.3068554
        ("tanh(0.6667, 1.7159)", 1.5, 1.306_855_4),
    ] {
        let ours = of(name, z);
        assert!((ours - expected).abs() < 1e-6, "{name}({z}) = {ours}, not {expected}");
    }
}

#[test]
fn the_two_gelus_and_the_two_mishes_stay_as_close_as_said() {
    for i in -2000..=2000_i16 {
        let z = f32::from(i) / 100.0;
        assert!((of("gelu", z) - of("gelu_tanh", z)).abs() < 5e-4, "gelu at {z}");
        let x = f64::from(z);
        let exact = x * x.exp().ln_1p().tanh();
        assert!((f64::from(of("mish", z)) - exact).abs() < 2e-6, "mish at {z}");
    }
}

#[test]
fn infinities_and_nan_go_where_keras_sends_them() {
    const INF: f32 = f32::INFINITY;
    const NAN: f32 = f32::NAN;
    // (activation, at -infinity, at +infinity, at NaN)
    let table = [
        ("linear", -INF, INF, NAN),
        ("relu", 0.0, INF, NAN),
        ("sigmoid", 0.0, 1.0, NAN),
        ("tanh", -1.0, 1.0, NAN),
        ("leaky_relu", -INF, INF, NAN),
        ("leaky_relu(0)", 0.0, INF, NAN),
        ("relu6", 0.0, 6.0, NAN),
        ("elu", -1.0, INF, NAN),
        ("selu", -1.758_099_3, INF, NAN),
        ("celu", -1.0, INF, NAN),
        ("softplus", 0.0, INF, NAN),
        ("silu", NAN, INF, NAN),
        ("gelu", NAN, INF, NAN),
        ("gelu_tanh", NAN, INF, NAN),
        ("mish", NAN, INF, NAN),
        ("squareplus", NAN, INF, NAN),
        ("sparse_plus", 0.0, INF, NAN),
        ("exponential", 0.0, INF, NAN),
        ("softsign", NAN, NAN, NAN),
        ("hard_sigmoid", 0.0, 1.0, NAN),
        ("hard_sigmoid_keras2", 0.0, 1.0, NAN),
        ("hard_silu", NAN, INF, NAN),
        ("hard_tanh", -1.0, 1.0, NAN),
        ("satlin", 0.0, 1.0, NAN),
        ("step", 0.0, 1.0, NAN),
        ("sign", -1.0, 1.0, NAN),
        ("sigmoid(4.9)", 0.0, 1.0, NAN),
        ("tanh(0.5, 2)", -2.0, 2.0, NAN),
        ("sparse_sigmoid", 0.0, 1.0, NAN),
        ("log_sigmoid", -INF, 0.0, NAN),
        ("tanh_shrink", -INF, INF, NAN),
        ("soft_shrink", -INF, INF, 0.0),
        ("hard_shrink", -INF, INF, 0.0),
        ("threshold(1, 0)", 0.0, INF, 0.0),
    ];
    for activation in Activation::ALL.iter().filter(|a| a.is_elementwise()) {
        assert!(table.iter().any(|row| row.0 == activation.name()), "no row for {activation}");
    }
    for (name, low, high, nan) in table {
        for (z, expected) in [(-INF, low), (INF, high), (NAN, nan)] {
            assert_eq!(ulps(of(name, z), expected), 0, "{name}({z}) = {}, not {expected}", of(name, z));
        }
    }
    let vectors: &[(&str, &[f32], &[f32])] = &[
        ("softmax", &[-INF, 0.0], &[0.0, 1.0]),
        ("softmax", &[INF, 0.0], &[NAN, NAN]),
        ("softmax", &[NAN, 0.0], &[NAN, NAN]),
        ("softmax", &[-INF, -INF], &[NAN, NAN]),
        ("softmax", &[f32::MAX, f32::MIN], &[1.0, 0.0]),
        ("softmax", &[0.0, -88.0], &[1.0, 0.0]),
        ("softmax", &[], &[]),
        ("log_softmax", &[-INF, 0.0], &[-INF, 0.0]),
        ("log_softmax", &[INF, 0.0], &[NAN, NAN]),
        ("log_softmax", &[1000.0, 0.0], &[0.0, -1000.0]),
        ("sparsemax", &[-INF, 0.0], &[0.0, 1.0]),
        ("sparsemax", &[INF, 0.0], &[NAN, NAN]),
        ("sparsemax", &[0.0, NAN], &[NAN, NAN]),
        ("sparsemax", &[f32::MAX, f32::MAX], &[0.5, 0.5]),
        ("sparsemax", &[], &[]),
        ("glu", &[INF, -INF], &[NAN]),
        ("glu", &[1.0, 2.0, INF, -INF], &[1.0, 0.0]),
        ("glu", &[3.0, INF, 7.0], &[3.0]), // odd: the last has no partner
        ("glu", &[3.0], &[]),
        ("glu", &[], &[]),
    ];
    for (name, z, expected) in vectors {
        let ours = apply(name, z);
        let same = ours.len() == expected.len() && ours.iter().zip(*expected).all(|(a, e)| ulps(*a, *e) == 0);
        assert!(same, "{name}{z:?} = {ours:?}, not {expected:?}");
    }
}

/// From the smallest denormal to the largest float32, and where something overflows or underflows.
const EXTREMES: &[f32] = &[
    0.0,
    1e-45,
    1e-40,
    f32::MIN_POSITIVE,
    1e-30,
    1e-7,
    0.5,
    1.0,
    3.0,
    5.999,
    6.0,
    13.95,
    20.0,
    44.5,
    87.0,
    88.0,
    88.8,
    104.0,
    1e4,
    1e18,
    1e19,
    1e20,
    f32::MAX,
];

#[test]
fn extreme_numbers_give_numbers_and_computed_denormals_become_zero() {
    let signed = || EXTREMES.iter().flat_map(|&z| [z, -z]);
    for &activation in Activation::ALL {
        let name = activation.name();
        for z in signed() {
            let Some(a) = activation.of(z) else {
                continue;
            };
            assert!(!a.is_nan(), "{name}({z:e}) is NaN");
            // Overflow: e^z beyond 88.72, z^2 beyond 1.8e19, and factors just above 1 at the very end.
            let may_overflow = z > 88.7 && name == "exponential" || z.abs() >= 1e19;
            assert!(a.is_finite() || may_overflow, "{name}({z:e}) = {a:e}");
            assert!(!a.is_subnormal() || a.abs() <= z.abs() && z.is_subnormal(), "{name}({z:e}) = {a:e}");
            assert_eq!(activation.apply(&[z]), [a], "{name}({z:e})");
        }
        let all: Vec<f32> = signed().collect();
        let outputs = activation.apply(&all);
        assert_eq!(Some(outputs.len()), activation.outputs(all.len()), "{name}");
        if matches!(activation, Activation::Softmax | Activation::Sparsemax) {
            assert!((outputs.iter().sum::<f32>() - 1.0).abs() < 1e-6, "{name}: {outputs:?}");
        }
    }
    assert_eq!(of("sigmoid", -88.0), 0.0);
    assert_eq!(of("exponential", -87.4), 0.0);
    assert!(of("exponential", -87.3) > 0.0);
}

#[test]
fn glu_needs_an_even_length_and_the_others_keep_theirs() {
    for &activation in Activation::ALL {
        for units in 0..5 {
            let expected = match activation {
                Activation::Glu => [Some(0), None, Some(1), None, Some(2)][units],
                _ => Some(units),
            };
            assert_eq!(activation.outputs(units), expected, "{activation} of {units}");
        }
    }
}

#[test]
fn sparsemax_is_the_nearest_point_of_the_simplex() {
    // The two-number case of the paper (section 2.3): sparsemax([t, 0]) = (t + 1) / 2 between -1 and 1.
    for (t, p) in [(-2.0, 0.0), (-1.0, 0.0), (-0.5, 0.25), (0.0, 0.5), (0.5, 0.75), (1.0, 1.0), (7.0, 1.0)] {
        assert_eq!(apply("sparsemax", &[t, 0.0]), [p, 1.0 - p], "t = {t}");
    }
    let mut seed = 1_u32;
    let mut random = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as f32 / 8_388_608.0 - 1.0
    };
    for round in 0..300 {
        let z: Vec<f32> = (0..=round % 7).map(|_| 1.5 * random()).collect();
        let ours = apply("sparsemax", &z);
        assert!((ours.iter().sum::<f32>() - 1.0).abs() < 1e-6, "{z:?} -> {ours:?}");
        // Every set of outputs may be the one above 0; the nearest admissible point is the projection.
        let mut best = (f64::INFINITY, Vec::new());
        for set in 1..(1_u32 << z.len()) {
            let within = |i: usize| set >> i & 1 == 1;
            let sum: f64 = (0..z.len()).filter(|&i| within(i)).map(|i| f64::from(z[i])).sum();
            let tau = (sum - 1.0) / f64::from(set.count_ones());
            let point: Vec<f64> = (0..z.len()).map(|i| if within(i) { f64::from(z[i]) - tau } else { 0.0 }).collect();
            let distance: f64 = point.iter().zip(&z).map(|(p, z)| (p - f64::from(*z)).powi(2)).sum();
            if point.iter().all(|p| *p >= 0.0) && distance < best.0 {
                best = (distance, point);
            }
        }
        for (a, p) in ours.iter().zip(&best.1) {
            assert!((f64::from(*a) - p).abs() < 1e-6, "{z:?} -> {ours:?}, not {:?}", best.1);
        }
    }
}

#[test]
fn the_curve_has_its_corners_at_the_knots_and_nowhere_else() {
    const H: f32 = 1.0 / 64.0;
    let others = [
        "elu(0.5)",
        "celu(0.5)",
        "leaky_relu(1)",
        "hard_shrink(2)",
        "soft_shrink(1.5)",
        "soft_shrink(0)",
        "threshold(-2, 4)",
    ];
    let others = others.iter().map(|name| name.parse().unwrap());
    for activation in Activation::ALL.iter().copied().chain(others) {
        let knots = activation.knots();
        for eighth in -64..=64_i8 {
            let z = f32::from(eighth) / 8.0;
            let (Some(left), Some(here), Some(right)) = (activation.of(z - H), activation.of(z), activation.of(z + H))
            else {
                continue;
            };
            let bend = ((right - here) - (here - left)) / H;
            // A jump that is as high on both sides has no bend.
            let corner = bend.abs() > 0.1 * here.abs().max(1.0) || (right - left > 0.9 && here.abs() <= 1.0);
            assert_eq!(corner, knots.contains(&z), "{activation} at {z}: bend {bend}");
        }
    }
}

#[test]
fn the_bounds_hold_and_are_reached() {
    for &activation in Activation::ALL {
        let (low, high) = activation.bounds();
        let values: Vec<f32> =
            (-4000..=4000i16).flat_map(|z| activation.apply(&[f32::from(z) * 0.025, 0.5, -1.0, 2.0])).collect();
        let least = values.iter().copied().fold(f32::INFINITY, f32::min);
        let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        assert!(low <= least && most <= high, "{activation}: {least} to {most}");
        let reached = |bound: f32, extreme: f32| if bound.is_finite() { (bound - extreme).abs() < 0.02 } else { true };
        assert!(reached(low, least) && reached(high, most), "{activation}: {least} to {most}");
    }
}
