//! Somebody who calculates carefully is never accused: not where float32 loses digits that a calculator has, not in another
//! order of the sum, and not with the digits that the screen shows.
//!
//! The formulas here are written from their definitions, in float64, and share nothing with the library's own.
//! `cargo test --test honest -- --nocapture` prints the counts; `--ignored` runs ten times as many chains.

#[path = "support/exact.rs"]
mod exact;
#[path = "diagnosis/models.rs"]
#[expect(dead_code, reason = "half of it serves `diagnosis`")]
mod models;

use byhand::{
    diagnose::{Answer, Conclusion, Diagnosis, Inquiry, Observation},
    network::{Activation, Dense, Kernel, Layer, Network, Operation},
    pass::Pass,
};
use exact::activate;
use models::{Model, models};

const SEED: u64 = 1_120;

/// `value` with so many significant digits, as one writes it.
fn written(value: f64, digits: usize) -> String {
    let magnitude = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    if magnitude < -4 {
        return format!("{value:.*e}", digits - 1);
    }
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    format!("{value:.decimals$}")
}

fn diagnose(network: &Network, input: &[f32], output: usize, text: &str) -> Diagnosis {
    let answer: Answer = text.parse().expect("a number");
    let at = format!("output[{output}]").parse().expect("an address");
    let observation = Observation { input: input.to_vec(), at, answers: vec![answer] };
    let mut inquiry = Inquiry::new(network, &[], &[observation]).expect("it fits");
    let mut left = 5_000;
    inquiry.advance(&mut || {
        left -= 1;
        left > 0
    });
    inquiry.conclude()
}

/// A network that gives the activation of its only input.
fn alone(activation: Activation) -> Network {
    let kernel = Kernel::from_rows(1, 1, &[1.0]).expect("one weight");
    let operation = Operation::Dense(Dense::new(kernel, None, activation));
    Network::new("alone", vec![Layer { name: "dense".into(), operation }]).expect("it fits")
}

#[test]
fn what_a_calculator_gives_for_an_activation_is_right_near_zero_in_the_tails_and_in_between() {
    let mut random = fastrand::Rng::with_seed(SEED);
    let (mut asked, mut accused) = (0, Vec::new());
    for &activation in Activation::ALL.iter().filter(|activation| activation.is_elementwise()) {
        let network = alone(activation);
        let near_zero = [-0.1, -0.03, -0.01, -0.003, -0.001, -3e-4, -1e-4, -1e-5, 1e-5, 1e-4, 0.001, 0.003, 0.01, 0.1];
        let tails = [-17.0, -14.75, -12.0, -10.0, -9.0, -8.0, -7.0, -6.0, -5.5, -5.0, -4.0, 4.0, 6.0, 9.0, 12.0, 20.0];
        let ordinary = (0..14).map(|_| (random.f32() * 800.0 - 400.0).round() / 100.0);
        for z in near_zero.into_iter().chain(tails).chain(ordinary) {
            let value = activate(activation, &[f64::from(z)]).expect("elementwise")[0];
            let text = written(value, 6);
            let diagnosis = diagnose(&network, &[z], 0, &text);
            asked += 1;
            if diagnosis.conclusion != Conclusion::Correct {
                accused.push(format!("{activation}({z}) = {text}: {:?}", diagnosis.conclusion));
            }
        }
    }
    println!("{asked} right answers over all activations, {} accused", accused.len());
    assert!(asked >= 1_120 && accused.is_empty(), "{asked}\n{}", accused.join("\n"));
}

#[test]
fn the_reported_answers_are_right() {
    for (activation, z, text) in [
        (Activation::Mish, -8.0, "-0.00268325"),
        (Activation::Mish, -12.0, "-7.37e-05"),
        (Activation::Selu, -0.001, "-0.00175722"),
        (Activation::Elu { alpha: 1.0 }, -1e-4, "-9.9995e-05"),
        (Activation::Gelu, -5.0, "-1.43e-06"),
    ] {
        let diagnosis = diagnose(&alone(activation), &[z], 0, text);
        assert_eq!(diagnosis.conclusion, Conclusion::Correct, "{activation} {z} {text}");
    }
    // And what is wrong there is still wrong: silu(-8), and twice the value.
    for (activation, z, text) in [(Activation::Mish, -8.0, "-0.00268280"), (Activation::Gelu, -3.0, "-0.00809")] {
        let diagnosis = diagnose(&alone(activation), &[z], 0, text);
        assert_ne!(diagnosis.conclusion, Conclusion::Correct, "{activation} {z} {text}");
    }
}

/// How somebody calculates who makes no mistake.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// float32, each product rounded, from the first to the last.
    Float32,
    /// The same from the last to the first.
    Float32Backwards,
    /// float32, neighbours first.
    Float32Pairwise,
    /// All digits of float64.
    Float64,
    /// Weights as they are shown, 4 decimals; the rest in a calculator.
    ShownWeights,
    /// Weights with 4 decimals, and so is every layer's result.
    ShownResults,
    /// Everything with 4 decimals: weights, products, sums, activations.
    ShownAll,
    /// All digits of the weights, but everything on the way written down with 4 decimals.
    WrittenStages,
    /// The input times the weight as it is shown; the sums and results have all their digits.
    ShownFirstKernel,
}

const WAYS: [Way; 9] = [
    Way::Float32,
    Way::Float32Backwards,
    Way::Float32Pairwise,
    Way::Float64,
    Way::ShownWeights,
    Way::ShownResults,
    Way::ShownAll,
    Way::WrittenStages,
    Way::ShownFirstKernel,
];

fn four(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn pairwise(terms: &[f32]) -> f32 {
    match terms {
        [] => 0.0,
        [one] => *one,
        _ => {
            let (left, right) = terms.split_at(terms.len() / 2);
            pairwise(left) + pairwise(right)
        }
    }
}

/// What comes out; `None` for activations that are not written out here.
fn calculate(network: &Network, input: &[f32], way: Way) -> Option<Vec<f64>> {
    let mut values: Vec<f64> = input.iter().map(|&x| f64::from(x)).collect();
    let depth = network.depth();
    for (n, layer) in network.layers().enumerate() {
        let dense = layer.operation.as_dense()?;
        let shown = match way {
            Way::ShownWeights | Way::ShownResults | Way::ShownAll => true,
            Way::ShownFirstKernel => n == 0,
            _ => false,
        };
        let weight = |w: f32| if shown { four(f64::from(w)) } else { f64::from(w) };
        let in_float32 = matches!(way, Way::Float32 | Way::Float32Backwards | Way::Float32Pairwise);
        let z = |unit: usize| {
            let pairs =
                values.iter().enumerate().map(|(i, &x)| (x, weight(dense.kernel().get(i, unit).unwrap_or(0.0))));
            let bias = dense.bias().map_or(0.0, |bias| weight(bias[unit]));
            if in_float32 {
                let products: Vec<f32> = pairs.map(|(x, w)| x as f32 * w as f32).collect();
                let sum = match way {
                    Way::Float32Backwards => products.iter().rev().fold(0.0, |sum, product| sum + product),
                    Way::Float32Pairwise => pairwise(&products),
                    _ => products.iter().fold(0.0, |sum, product| sum + product),
                };
                return f64::from(sum + bias as f32);
            }
            match way {
                Way::ShownAll => four(four(pairs.map(|(x, w)| four(x * w)).sum()) + bias),
                Way::WrittenStages => four(four(pairs.map(|(x, w)| x * w).sum()) + bias),
                _ => pairs.map(|(x, w)| x * w).sum::<f64>() + bias,
            }
        };
        let z: Vec<f64> = (0..dense.kernel().units()).map(z).collect();
        let last = n + 1 == depth;
        let a = activate(dense.activation(), &z)?.into_iter().map(|a| match way {
            _ if in_float32 => f64::from(a as f32),
            Way::ShownResults | Way::ShownAll | Way::WrittenStages if !last => four(a),
            _ => a,
        });
        values = a.collect();
    }
    Some(values)
}

/// Honest answers to random inputs of every golden chain; those that are accused.
fn chains(cases: usize) -> (usize, [usize; 3], Vec<String>) {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    let models: Vec<Model> = models.into_iter().filter(|model| model.network.depth() > 0).collect();
    let (mut asked, mut verdicts, mut accused) = (0, [0; 3], Vec::new());
    while asked < cases {
        let model = &models[random.usize(..models.len())];
        let way = WAYS[random.usize(..WAYS.len())];
        let input = model.input(&mut random);
        let Some(values) = calculate(&model.network, &input, way) else { continue };
        let output = random.usize(..values.len());
        let digits = random.usize(3..=8);
        let text = if random.bool() { format!("{:.4}", values[output]) } else { written(values[output], digits) };
        let diagnosis = diagnose(&model.network, &input, output, &text);
        asked += 1;
        let all_digits = matches!(way, Way::Float32 | Way::Float32Backwards | Way::Float32Pairwise | Way::Float64);
        let fine = match diagnosis.conclusion {
            Conclusion::Correct => 0,
            Conclusion::Rounding | Conclusion::TooFewDigits if !all_digits || text.len() < 6 => 1,
            _ => 2,
        };
        verdicts[fine] += 1;
        if fine == 2 {
            let best = diagnosis.candidates.first().map(|best| {
                best.mistakes.iter().map(|mistake| mistake.name(&model.network)).collect::<Vec<_>>().join(" + ")
            });
            let right = diagnosis.seen[0].right[0];
            accused.push(format!(
                "{} {input:?} output[{output}] = {text}, right {right}, {way:?}: {:?} {best:?}",
                model.name, diagnosis.conclusion
            ));
        }
    }
    (asked, verdicts, accused)
}

#[test]
fn honest_calculations_of_whole_networks_are_not_accused() {
    let (asked, [right, rounded, _], accused) = chains(1_000);
    println!("{asked} honest answers: {right} right, {rounded} rounded, {} accused (seed {SEED})", accused.len());
    assert!(accused.is_empty(), "{} of {asked}\n{}", accused.len(), accused.join("\n"));
}

#[test]
#[ignore = "ten times as many; run with --ignored"]
fn ten_thousand_honest_calculations_are_not_accused() {
    let (asked, [right, rounded, _], accused) = chains(10_000);
    println!("{asked} honest answers: {right} right, {rounded} rounded, {} accused (seed {SEED})", accused.len());
    assert!(accused.is_empty(), "{} of {asked}\n{}", accused.len(), accused.join("\n"));
}

/// `[array([[0.15, 0.25], [0.2, 0.3]]), …]` with sigmoid twice would be long; one sigmoid unit does: sigmoid(-0.4) = 0.4013,
/// sigmoid(2) = 0.8808.
fn sigmoid_unit() -> Network {
    alone(Activation::Sigmoid)
}

#[test]
fn too_few_digits_are_neither_right_nor_wrong() {
    for (z, text, verdict, decimals) in [
        (-0.4, "0", Conclusion::TooFewDigits, Some(0)),
        (2.0, "1", Conclusion::TooFewDigits, Some(0)),
        (2.0, "0.9", Conclusion::TooFewDigits, Some(1)),
        (2.0, "0.88", Conclusion::Correct, None),
        // sigmoid(30) is 1 to 13 digits, sigmoid(0) is exactly 0.5, sigmoid(-30) is 9.4e-14.
        (30.0, "1", Conclusion::Correct, None),
        (0.0, "0.5", Conclusion::Correct, None),
        (-30.0, "0.0000", Conclusion::Correct, None),
        (-30.0, "0", Conclusion::TooFewDigits, Some(0)),
    ] {
        let diagnosis = diagnose(&sigmoid_unit(), &[z], 0, text);
        assert_eq!((diagnosis.conclusion, diagnosis.decimals), (verdict, decimals), "{z} {text}");
    }
    assert_eq!(Conclusion::TooFewDigits.name(), "rounding");
}

#[test]
fn one_or_two_digits_name_no_cause_above_one_half() {
    let (models, mut random) = (models(), fastrand::Rng::with_seed(SEED));
    let mut wrong = 0;
    for n in 0..400 {
        let model = &models[n % models.len()];
        let input = model.input(&mut random);
        let pass = Pass::new(&model.network, &input, &[model.drawn(&mut random)]).expect("it can be made");
        let text = written(f64::from(pass.output()[0]), 1 + n % 2);
        if text.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0').count() > 2 {
            continue;
        }
        let diagnosis = diagnose(&model.network, &input, 0, &text);
        if matches!(diagnosis.conclusion, Conclusion::Correct | Conclusion::TooFewDigits) {
            continue;
        }
        wrong += 1;
        let most = diagnosis.candidates.iter().filter(|best| !best.only_rounds()).map(|best| best.probability);
        assert!(most.fold(0.0, f64::max) <= 0.5, "{} {input:?} {text}", model.name);
    }
    println!("{wrong} wrong answers of one or two digits, none with a cause above one half");
    assert!(wrong > 50, "{wrong}");
}
