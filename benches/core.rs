//! How long a pass of the core takes, against `NumPy` in the same run.
//!
//! The dense net is 784-512-512-10 with relu; its sums are compared bit by bit with fused multiply-adds in the order of the
//! inputs. The convolution net has one million multiplications on 28x28. `NumPy`'s line needs `python3` with `NumPy`
//! (`BYHAND_PYTHON` names another interpreter); without it the comparison is left out.

use std::{
    hint::black_box,
    process::Command,
    time::{Duration, Instant},
};

use byhand::{
    equation::{Array, Values},
    graph::{
        Network,
        op::{Conv, Dense, Flatten, Padding, Pooling, PoolingKind},
    },
    network::Activation,
};
use criterion::{Criterion, criterion_group, criterion_main};

/// Numbers that go in, units of each layer.
const SIZES: [usize; 4] = [784, 512, 512, 10];

/// The same arithmetic in `NumPy`: prints nanoseconds a pass, the best of nine rounds.
const NUMPY: &str = "
import time
import numpy as np
sizes = (784, 512, 512, 10)
rng = np.random.default_rng(1)
draw = lambda *shape: rng.standard_normal(shape, dtype=np.float32)
layers = [(draw(n, m) / np.float32(n) ** np.float32(0.5), draw(m)) for n, m in zip(sizes, sizes[1:])]
x = draw(1, sizes[0])

def forward():
    a = x
    for kernel, bias in layers:
        a = np.maximum(a @ kernel + bias, np.float32(0))
    return a

best = float('inf')
for _ in range(9):
    begin = time.perf_counter_ns()
    for _ in range(200):
        forward()
    best = min(best, (time.perf_counter_ns() - begin) / 200)
print(best)
";

fn numbers(random: &mut fastrand::Rng, axes: &[usize], scale: f32) -> Array {
    let values = (0..axes.iter().product()).map(|_| (random.f32() * 2.0 - 1.0) * scale).collect();
    Array::new(axes, values).expect("as many as the shape says")
}

fn dense_net() -> (Network, Vec<f32>) {
    let mut random = fastrand::Rng::with_seed(1);
    let mut network = Network::new("dense");
    let mut last = network.input("x", [SIZES[0]]).expect("an input");
    for (at, pair) in SIZES.windows(2).enumerate() {
        let kernel = numbers(&mut random, pair, (pair[0] as f32).sqrt().recip());
        let dense = Dense::new(kernel, Some(numbers(&mut random, &pair[1..], 1.0)), Activation::Relu);
        last = network.add(format!("dense_{at}"), dense, [last]).expect("it fits");
    }
    network.set_outputs([last]);
    (network, numbers(&mut random, &SIZES[..1], 1.0).values().to_vec())
}

/// 28*28*8*9 + 28*28*16*72 + 14*14*16*10 = 990,976 multiplications.
fn convolution_net() -> (Network, Vec<f32>) {
    let mut random = fastrand::Rng::with_seed(2);
    let mut network = Network::new("convolution");
    let mut last = network.input("x", [28, 28, 1]).expect("an input");
    for (at, (channels, filters)) in [(1, 8), (8, 16)].into_iter().enumerate() {
        let kernel = numbers(&mut random, &[3, 3, channels, filters], 0.3);
        let bias = numbers(&mut random, &[filters], 0.3);
        let conv = Conv { padding: Padding::Same, ..Conv::new(kernel, Some(bias), Activation::Relu) };
        last = network.add(format!("conv_{at}"), conv, [last]).expect("it fits");
    }
    last = network.add("pool", Pooling::new(PoolingKind::Max, [2, 2]), [last]).expect("it fits");
    last = network.add("flatten", Flatten::default(), [last]).expect("it fits");
    let dense = Dense::new(numbers(&mut random, &[14 * 14 * 16, 10], 0.1), None, Activation::Softmax);
    last = network.add("dense", dense, [last]).expect("it fits");
    network.set_outputs([last]);
    (network, numbers(&mut random, &[28 * 28], 1.0).values().to_vec())
}

fn run(network: &Network, input: &[f32]) -> Values {
    let given = network.given(&[input.to_vec()]).expect("it fits");
    network.program().evaluate(&given).expect("it fits")
}

/// Nanoseconds of `NumPy`'s pass; `None` where there is no `NumPy`.
fn numpy() -> Option<f64> {
    let python = std::env::var("BYHAND_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python).args(["-c", NUMPY]).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Nanoseconds of one run, the best of nine rounds.
fn best(rounds: u32, mut run: impl FnMut()) -> f64 {
    let round = |run: &mut dyn FnMut()| {
        let begin = Instant::now();
        (0..rounds).for_each(|_| run());
        begin.elapsed().as_secs_f64() * 1e9 / f64::from(rounds)
    };
    (0..9).map(|_| round(&mut run)).fold(f64::INFINITY, f64::min)
}

/// Every sum, one fused multiply-add after the other.
fn is_the_fused_sum(network: &Network, values: &Values) -> bool {
    (0..SIZES.len() - 1).all(|at| {
        let of = |stage: &str| values.of(network.find(&format!("dense_{at}.{stage}")).expect("a stage").array);
        let (x, kernel, sums) = (of("in"), of("kernel"), of("wx"));
        let sum = |unit: usize| {
            x.iter().enumerate().fold(0.0_f32, |sum, (i, &x)| x.mul_add(kernel[i * sums.len() + unit], sum))
        };
        sums.iter().enumerate().all(|(unit, ours)| ours.to_bits() == sum(unit).to_bits())
    })
}

fn passes(criterion: &mut Criterion) {
    let ((dense, x), (convolution, image)) = (dense_net(), convolution_net());
    let values = run(&dense, &x);
    let steps = dense.program().steps();
    let mut group = criterion.benchmark_group("core");
    group.sample_size(30).measurement_time(Duration::from_secs(3));
    group.bench_function("784-512-512-10", |bencher| bencher.iter(|| run(black_box(&dense), black_box(&x))));
    group.bench_function("28x28 convolutions", |bencher| {
        bencher.iter(|| run(black_box(&convolution), black_box(&image)));
    });
    group.bench_function("last step", |bencher| {
        bencher.iter(|| dense.program().step(black_box(&steps), black_box(&values), steps.total() - 1));
    });
    group.finish();

    assert!(is_the_fused_sum(&dense, &values), "the sums are not the fused ones");
    let ours = best(200, || drop(black_box(run(black_box(&dense), black_box(&x)))));
    let images = best(20, || drop(black_box(run(black_box(&convolution), black_box(&image)))));
    println!("\n28x28, 990,976 multiplications: {:.2} ms", images / 1e6);
    match numpy() {
        Some(theirs) => println!(
            "784-512-512-10: {:.0} µs, NumPy {:.0} µs: {:.2} times NumPy's, every sum the fused one",
            ours / 1e3,
            theirs / 1e3,
            ours / theirs
        ),
        None => println!("784-512-512-10: {:.0} µs; no NumPy here to compare with (set BYHAND_PYTHON)", ours / 1e3),
    }
}

criterion_group!(benches, passes);
criterion_main!(benches);
