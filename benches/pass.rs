//! How long a pass takes, and a step at its far end; against `NumPy` in the same run.
//!
//! A pass of 784-512-512-10 keeps every value of every layer. `NumPy`'s line multiplies the same matrices in float32 (one
//! sample, so no threads to speak of), and needs `python3` with `NumPy`; without it the comparison is left out.

use std::{
    hint::black_box,
    process::Command,
    time::{Duration, Instant},
};

use byhand::{
    network::{Activation, Dense, Kernel, Layer, Network, Operation},
    pass::Pass,
};
use criterion::{Criterion, criterion_group, criterion_main};

/// Numbers that go in, units of each layer.
const SIZES: [usize; 4] = [784, 512, 512, 10];

/// The same arithmetic in `NumPy`: prints nanoseconds a pass, the best of seven rounds.
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
for _ in range(7):
    begin = time.perf_counter_ns()
    for _ in range(200):
        forward()
    best = min(best, (time.perf_counter_ns() - begin) / 200)
print(best)
";

fn network() -> (Network, Vec<f32>) {
    let mut random = fastrand::Rng::with_seed(1);
    let mut numbers = |n: usize, scale: f32| (0..n).map(|_| (random.f32() * 2.0 - 1.0) * scale).collect::<Vec<f32>>();
    let layers = SIZES.windows(2).enumerate().map(|(i, pair)| {
        let (inputs, units) = (pair[0], pair[1]);
        let kernel = Kernel::from_rows(inputs, units, &numbers(inputs * units, (inputs as f32).sqrt().recip()));
        let dense = Dense::new(kernel.expect("as many as its shape says"), Some(numbers(units, 1.0)), Activation::Relu);
        Layer { name: format!("dense_{i}"), operation: Operation::Dense(dense) }
    });
    let network = Network::new("bench", layers.collect()).expect("the layers fit");
    (network, numbers(SIZES[0], 1.0))
}

/// Nanoseconds of `NumPy`'s pass; `None` where there is no `NumPy`. `BYHAND_PYTHON` names another interpreter.
fn numpy() -> Option<f64> {
    let python = std::env::var("BYHAND_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python).args(["-c", NUMPY]).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Nanoseconds of one run, the best of seven rounds: what the comparison needs, and criterion does not give away.
fn best(rounds: u32, mut run: impl FnMut()) -> f64 {
    let round = |run: &mut dyn FnMut()| {
        let begin = Instant::now();
        (0..rounds).for_each(|_| run());
        begin.elapsed().as_secs_f64() * 1e9 / f64::from(rounds)
    };
    (0..7).map(|_| round(&mut run)).fold(f64::INFINITY, f64::min)
}

fn passes(criterion: &mut Criterion) {
    let (network, input) = network();
    let pass = Pass::new(&network, &input, &[]).expect("the input fits");
    let last = pass.steps() - 1;
    let mut group = criterion.benchmark_group("784-512-512-10");
    group.sample_size(30).measurement_time(Duration::from_secs(3));
    group.bench_function("pass", |bencher| {
        bencher.iter(|| Pass::new(black_box(&network), black_box(&input), &[]));
    });
    group.bench_function("last step", |bencher| {
        bencher.iter(|| black_box(&pass).step(black_box(last)));
    });
    // The last product of the last unit: the longest running sum.
    group.bench_function("last product", |bencher| {
        bencher.iter(|| black_box(&pass).step(black_box(last - 2)));
    });
    group.finish();

    let ours = best(200, || {
        drop(black_box(Pass::new(black_box(&network), black_box(&input), &[])));
    });
    match numpy() {
        Some(theirs) => println!(
            "\npass {:.0} µs, NumPy {:.0} µs: {:.2} times NumPy's ({} steps)",
            ours / 1e3,
            theirs / 1e3,
            ours / theirs,
            pass.steps()
        ),
        None => println!("\npass {:.0} µs; no NumPy here to compare with (set BYHAND_PYTHON)", ours / 1e3),
    }
}

criterion_group!(benches, passes);
criterion_main!(benches);
