//! Activations in float64, written from their definitions; they share nothing with the library's own.

use byhand::network::Activation;

/// The activation of each number, in float64, by its definition; `None` where that is not written out here.
#[expect(clippy::match_same_arms, reason = "one activation after the other")]
pub(crate) fn activate(activation: Activation, z: &[f64]) -> Option<Vec<f64>> {
    let sigmoid = |z: f64| if z < 0.0 { z.exp() / (1.0 + z.exp()) } else { 1.0 / (1.0 + (-z).exp()) };
    let softplus = |z: f64| if z > 0.0 { z + (-z).exp().ln_1p() } else { z.exp().ln_1p() };
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: f64 = z.iter().map(|z| (z - largest).exp()).sum();
    let six = |z: f64| z.clamp(0.0, 6.0);
    let one = |z: f64| {
        Some(match activation {
            Activation::Relu => z.max(0.0),
            Activation::Relu6 => six(z),
            Activation::LeakyRelu { slope } => z.max(0.0) + f64::from(slope) * z.min(0.0),
            Activation::Elu { alpha } if z < 0.0 => f64::from(alpha) * z.exp_m1(),
            Activation::Celu { alpha } if z < 0.0 => f64::from(alpha) * (z / f64::from(alpha)).exp_m1(),
            Activation::Linear | Activation::Elu { .. } | Activation::Celu { .. } => z,
            Activation::Selu if z < 0.0 => 1.050_700_987 * 1.673_263_242 * z.exp_m1(),
            Activation::Selu => 1.050_700_987 * z,
            // Phi(z) as the integral of the density from far left, by Simpson's rule.
            Activation::Gelu => z * normal_share(z),
            Activation::GeluTanh => {
                let inner = (2.0 / std::f64::consts::PI).sqrt() * (z + 0.044_715 * z.powi(3));
                z * sigmoid(2.0 * inner)
            }
            Activation::Silu => z * sigmoid(z),
            Activation::Softplus => softplus(z),
            Activation::Softsign => z / (1.0 + z.abs()),
            Activation::Sigmoid => sigmoid(z),
            Activation::HardSigmoid => six(z + 3.0) / 6.0,
            Activation::HardSigmoidKeras2 => (0.2 * z + 0.5).clamp(0.0, 1.0),
            Activation::HardSilu => z * six(z + 3.0) / 6.0,
            Activation::Tanh => z.tanh(),
            // z - tanh(z) = z - (1 - 2 / (e^(2 z) + 1)), near 0 by its first terms.
            Activation::TanhShrink if z.abs() < 0.02 => z.powi(3) / 3.0 - 2.0 / 15.0 * z.powi(5),
            Activation::TanhShrink => z - z.tanh(),
            Activation::HardTanh => z.clamp(-1.0, 1.0),
            Activation::Satlin => z.clamp(0.0, 1.0),
            Activation::Step { at_zero } | Activation::Sign { at_zero } if z == 0.0 => f64::from(at_zero),
            Activation::Step { .. } => f64::from(u8::from(z > 0.0)),
            Activation::Sign { .. } => z.signum(),
            Activation::SlopedSigmoid { slope } => sigmoid(z * f64::from(slope)),
            Activation::SlopedTanh { slope, gain } => (z * f64::from(slope)).tanh() * f64::from(gain),
            Activation::HardShrink { threshold } if z.abs() <= f64::from(threshold) => 0.0,
            Activation::HardShrink { .. } => z,
            Activation::SoftShrink { threshold } if z > 0.0 => (z - f64::from(threshold)).max(0.0),
            Activation::SoftShrink { threshold } => (z + f64::from(threshold)).min(0.0),
            Activation::Threshold { threshold, .. } if z > f64::from(threshold) => z,
            Activation::Threshold { value, .. } => f64::from(value),
            Activation::LogSigmoid => -softplus(-z),
            Activation::Exponential => z.exp(),
            Activation::Mish => z * softplus(z).tanh(),
            Activation::Squareplus { b } if z < 0.0 => f64::from(b) / 2.0 / ((z * z + f64::from(b)).sqrt() - z),
            Activation::Squareplus { b } => f64::midpoint(z, (z * z + f64::from(b)).sqrt()),
            Activation::SparsePlus if z <= -1.0 => 0.0,
            Activation::SparsePlus if z < 1.0 => (z + 1.0).powi(2) / 4.0,
            Activation::SparsePlus => z,
            Activation::SparseSigmoid => f64::midpoint(z, 1.0).clamp(0.0, 1.0),
            Activation::Softmax => (z - largest).exp() / powers,
            Activation::LogSoftmax => z - largest - powers.ln(),
            Activation::Sparsemax | Activation::Glu => return None,
        })
    };
    z.iter().map(|&z| one(z)).collect()
}

/// The share of a normal distribution left of `z`.
fn normal_share(z: f64) -> f64 {
    const STEPS: u32 = 4_000;
    let density = |t: f64| (-t * t / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let (from, to) = if z < 0.0 { (z - 12.0, z) } else { (-12.0 - z, -z) };
    let step = (to - from) / f64::from(STEPS);
    let weight = |i: u32| match i {
        0 | STEPS => 1.0,
        i if i % 2 == 1 => 4.0,
        _ => 2.0,
    };
    let left = (0..=STEPS).map(|i| weight(i) * density(from + f64::from(i) * step)).sum::<f64>() * step / 3.0;
    if z < 0.0 { left } else { 1.0 - left }
}
