//! How the search for a mistake grows with the network: every single mistake, and the pairs that matter, against one pass of
//! the same network in the same run.
//!
//! The answer is wrong and nothing gives it, so that the search runs to its end; its size is given to 5 digits.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use byhand::{
    diagnose::{Inquiry, Observation},
    network::{Activation, Dense, Kernel, Layer, Network, Operation},
    pass::Pass,
};

/// Numbers that go in, units of each layer: about 100, 1,000, 10,000 (flat, then deep) and 100,000 parameters.
const NETWORKS: &[&[usize]] = &[
    &[2, 24, 1],
    &[4, 28, 26, 4],
    &[64, 132, 10],
    &[20, 100, 70, 10],
    &[10, 50, 50, 50, 45, 10],
    &[100, 400, 140, 10],
];

/// The singles' part of an inquiry's share.
const SINGLES: f64 = 0.3;

/// Pairs are run for so long at most.
const BUDGET: Duration = Duration::from_secs(10);

const ROUNDS: usize = 7;

fn network(sizes: &[usize]) -> (Network, Vec<f32>) {
    let mut random = fastrand::Rng::with_seed(1);
    let mut numbers = |n: usize, scale: f32| (0..n).map(|_| (random.f32() * 2.0 - 1.0) * scale).collect::<Vec<f32>>();
    let layers = sizes.windows(2).enumerate().map(|(i, pair)| {
        let (inputs, units) = (pair[0], pair[1]);
        let kernel = Kernel::from_rows(inputs, units, &numbers(inputs * units, (3.0 / inputs as f32).sqrt()));
        let activation = if i + 2 == sizes.len() { Activation::Linear } else { Activation::Tanh };
        let dense = Dense::new(kernel.expect("as many as its shape says"), Some(numbers(units, 0.5)), activation);
        Layer { name: format!("dense_{i}"), operation: Operation::Dense(dense) }
    });
    let network = Network::new("bench", layers.collect()).expect("the layers fit");
    (network, numbers(sizes[0], 1.0))
}

/// Seconds of one run, the best of some.
fn best(mut run: impl FnMut() -> Duration) -> f64 {
    (0..ROUNDS).map(|_| run().as_secs_f64()).fold(f64::INFINITY, f64::min)
}

fn main() {
    println!("parameters  one pass   singles                     pairs and triples");
    for sizes in NETWORKS {
        let (network, input) = network(sizes);
        let pass = Pass::new(&network, &input, &[]).expect("the input fits");
        let off = f64::from(pass.output()[0]) * 1.237 + 0.2;
        let answers = vec![format!("{off:.5}").parse().expect("a number")];
        let observation = Observation { input: input.clone(), at: "output[0]".parse().expect("an address"), answers };
        let inquiry = || Inquiry::new(&network, &[], std::slice::from_ref(&observation)).expect("it fits");
        let alone = best(|| {
            let begin = Instant::now();
            let _ = black_box(Pass::new(black_box(&network), black_box(&input), &[]));
            begin.elapsed()
        });
        let mut searched = inquiry();
        let mut singles = 0;
        let of_singles = best(|| {
            let begin = Instant::now();
            searched = inquiry();
            while searched.share() < SINGLES {
                let mut left = 64;
                searched.advance(&mut || {
                    left -= 1;
                    left >= 0
                });
            }
            singles = searched.tried().singles;
            begin.elapsed()
        });
        let begin = Instant::now();
        let ended = searched.advance(&mut || begin.elapsed() < BUDGET);
        let rest = begin.elapsed().as_secs_f64();
        let tried = searched.tried();
        println!(
            "{:>10}  {:>6.1} µs  {:>6.1} ms: {:>6}, {:>5.2} passes each  {:>6.0} ms: {} pairs, {} triples{}",
            network.parameters(),
            alone * 1e6,
            of_singles * 1e3,
            singles,
            of_singles / alone / singles as f64,
            rest * 1e3,
            tried.pairs,
            tried.triples,
            if ended { "" } else { ", not all" },
        );
    }
}
