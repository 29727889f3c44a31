//! Each kind once, with numbers computed by hand.

use std::sync::Arc;

use super::{KINDS, Mistake, Way};
use crate::{
    equation::Array,
    graph::{
        Network,
        op::{
            Activate, Attention, BatchNormalization, Conv, Dense, Flatten, Gate, Gru, GruGate, LayerNormalization,
            Lstm, MultiHeadAttention, Padding, Pooling, PoolingKind, Projection, ScoreKind, Sequence, SoftmaxLayer,
        },
    },
    network::Activation,
    pass::graph::Pass,
};

fn array<const N: usize>(axes: [usize; N], values: &[f32]) -> Array {
    Array::new(axes, values.to_vec()).expect("as many numbers")
}

/// A network of one layer called `l`, which takes an input of these axes (several times, if it takes several values).
fn one<const N: usize>(axes: [usize; N], operation: impl crate::graph::Operation + 'static, takes: usize) -> Network {
    let mut network = Network::new("one");
    let x = network.input("x", axes).expect("an input");
    let node = network.add("l", operation, vec![x; takes]).expect("fits");
    network.set_outputs([node]);
    network
}

/// What `address` is with a mistake.
fn with(network: &Network, input: &[f32], mistake: &str, address: &str) -> Vec<f32> {
    let mistake = Mistake::named(mistake, network.program()).unwrap_or_else(|error| panic!("{mistake}: {error}"));
    let pass = Pass::new(&Arc::new(network.clone()), &[input.to_vec()], &[mistake]).expect("fits");
    pass.get(address).expect("there").1.to_vec()
}

#[track_caller]
fn near(ours: &[f32], expected: &[f32]) {
    let near =
        ours.len() == expected.len() && ours.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5 * b.abs().max(1.0));
    assert!(near, "{ours:?}, expected {expected:?}");
}

/// One channel, one filter: kernel [1, 10].
fn conv(padding: Padding) -> Conv {
    Conv { padding, ..Conv::new(array([2, 1, 1], &[1.0, 10.0]), Some(array([1], &[0.5])), Activation::Relu) }
}

#[test]
fn a_window_that_is_moved_otherwise() {
    let valid = one([3, 1], conv(Padding::Valid), 1);
    // Rightly 1 + 20 and 2 + 30; turned round 10 + 2 and 20 + 3.
    near(&with(&valid, &[1.0, 2.0, 3.0], "flipped-kernel:l", "l.wx"), &[12.0, 23.0]);
    let same = one([3, 1], conv(Padding::Same), 1);
    // Rightly 21, 32, 3 + 0; with the zero in front 0 + 10, 1 + 20, 2 + 30.
    near(&with(&same, &[1.0, 2.0, 3.0], "wrong-padding:l:odd-in-front", "l.wx"), &[10.0, 21.0, 32.0]);
    let causal = one([3, 1], conv(Padding::Causal), 1);
    near(&with(&causal, &[1.0, 2.0, 3.0], "wrong-padding:l:none-in-front", "l.wx"), &[21.0, 32.0, 3.0]);
    // The second window begins at place 2: 3 + 0.
    near(&with(&valid, &[1.0, 2.0, 3.0], "wrong-stride:l:2", "l.wx"), &[21.0, 3.0]);
    let spread = Conv { dilation: vec![2], ..conv(Padding::Valid) };
    let spread = one([3, 1], spread, 1);
    // Rightly 1 + 30; side by side 1 + 20.
    near(&with(&spread, &[1.0, 2.0, 3.0], "wrong-dilation:l", "l.wx"), &[21.0]);
}

#[test]
fn what_every_layer_can_get_wrong() {
    let valid = one([3, 1], conv(Padding::Valid), 1);
    near(&with(&valid, &[1.0, 2.0, 3.0], "skipped-bias:l", "l.a"), &[21.0, 32.0]);
    near(&with(&valid, &[1.0, 2.0, 3.0], "subtracted-bias:l", "l.a"), &[20.5, 31.5]);
    near(&with(&valid, &[-1.0, 0.0, 1.0], "skipped-activation:l", "l.a"), &[-0.5, 10.5]);
    near(&with(&valid, &[-1.0, 0.0, 1.0], "wrong-activation:l:leaky_relu", "l.a"), &[-0.1, 10.5]);
    near(&with(&valid, &[1.0, 2.0, 3.0], "missing-term:l:kernel[1,0,0]", "l.a"), &[1.5, 2.5]);
    near(&with(&valid, &[1.0, 2.0, 3.0], "sign-error:l:bias[0]", "l.a"), &[20.5, 31.5]);
    let dense = Dense::new(array([2, 2], &[1.0, 2.0, 3.0, 4.0]), None, Activation::Linear);
    // Rightly 10 + 3 and 20 + 4.
    near(&with(&one([2], dense, 1), &[10.0, 1.0], "transposed-kernel:l", "l.wx"), &[12.0, 34.0]);
    let dense = Dense::new(array([2, 3], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), None, Activation::Linear);
    // (3, 2) in memory: 1 2, 3 4, 5 6; its columns are the inputs.
    near(&with(&one([2], dense, 1), &[10.0, 1.0], "misread-kernel:l", "l.wx"), &[12.0, 34.0, 56.0]);
}

#[test]
fn numbers_in_another_order() {
    let numbers = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
    let flatten = one([2, 2, 2], Flatten::default(), 1);
    near(&with(&flatten, &numbers, "flatten-order:l", "l.a"), &[1.0, 3.0, 5.0, 7.0, 2.0, 4.0, 6.0, 8.0]);
    // Two channels, window of one place, kernel [1, 10]: rightly 1 + 20, 3 + 40. As channels first the numbers are 1 2 and 3 4.
    let pointwise = Conv::new(array([1, 2, 1], &[1.0, 10.0]), None, Activation::Linear);
    near(&with(&one([2, 2], pointwise, 1), &numbers[..4], "channels-order:l", "l.wx"), &[31.0, 42.0]);
}

#[test]
fn pooling() {
    let mean = Pooling { padding: Padding::Same, strides: vec![1], ..Pooling::new(PoolingKind::Average, [2]) };
    let mean = one([3, 1], mean, 1);
    // Windows 2 4, 4 6 and 6: rightly 3, 5, 6.
    near(&with(&mean, &[2.0, 4.0, 6.0], "whole-window:l", "l.a"), &[3.0, 5.0, 3.0]);
    near(&with(&mean, &[2.0, 4.0, 6.0], "wrong-pooling:l:largest", "l.a"), &[4.0, 6.0, 6.0]);
    near(&with(&mean, &[2.0, 4.0, 6.0], "wrong-pooling:l:sum", "l.a"), &[6.0, 10.0, 6.0]);
    let largest = one([4, 1], Pooling::new(PoolingKind::Max, [2]), 1);
    near(&with(&largest, &[2.0, 4.0, 6.0, 7.0], "wrong-pooling:l:average", "l.a"), &[3.0, 6.5]);
}

/// Gates are 0.5 and the new value is the input.
fn lstm() -> Network {
    let lstm = Lstm {
        kernel: array([1, 4], &[0.0, 0.0, 1.0, 0.0]),
        recurrent_kernel: array([1, 4], &[0.0, 0.0, 1.0, 0.0]),
        bias: None,
        recurrent_bias: None,
        order: Gate::KERAS,
        activation: Activation::Linear,
        recurrent_activation: Activation::Sigmoid,
        sequence: Sequence::default(),
    };
    one([2, 1], lstm, 1)
}

#[test]
fn gates_and_states() {
    let network = lstm();
    let input = [4.0, 8.0];
    // Rightly c = 0.5 * 4 = 2, h = 0.5 * 2 = 1; then g = 8 + 1, c = 0.5 * 2 + 0.5 * 9 = 5.5, h = 2.75.
    near(&with(&network, &input, "forgotten-state:l", "l.c"), &[2.0, 4.0]); // 0.5 * 8, no memory, no state
    near(&with(&network, &input, "forgotten-memory:l", "l.c"), &[2.0, 4.5]);
    near(&with(&network, &input, "last-step:l:one-too-few", "l.a"), &[1.0]);
    near(&with(&network, &input, "reversed-time:l", "l.c"), &[4.0, 5.0]); // g = 8; then 4 + 2: 0.5 * 4 + 0.5 * 6
    near(&with(&network, &input, "initial-state:l:ones", "l.c"), &[3.0, 6.25]); // g = 5, 0.5 + 2.5; h = 1.5, g = 9.5
    let forget = 1.0 / (1.0 + (-1.0_f32).exp());
    near(&with(&network, &input, "forget-bias:l", "l.c"), &[2.0, forget * 2.0 + 4.5]);
    near(&with(&network, &input, "skipped-activation:l:f", "l.c"), &[2.0, 4.5]); // f = 0
    // With the order i, o, f, g the third gate is the forget gate and g is 0.
    near(&with(&network, &input, "gate-order:l:i,o,f,g", "l.c"), &[0.0, 0.0]);
}

fn gru(reset_after: bool) -> Network {
    let gru = Gru {
        kernel: array([1, 3], &[0.0, 0.0, 1.0]),
        recurrent_kernel: array([1, 3], &[0.0, 0.0, 2.0]),
        bias: Some(array([3], &[1.0, 0.0, 0.0])),
        recurrent_bias: reset_after.then(|| array([3], &[0.0, 0.0, 1.0])),
        order: GruGate::KERAS,
        reset_after,
        keeps_old: true,
        activation: Activation::Linear,
        recurrent_activation: Activation::Sigmoid,
        sequence: Sequence::default(),
    };
    one([2, 1], gru, 1)
}

#[test]
fn gates_of_a_gru() {
    let z = 1.0 / (1.0 + (-1.0_f32).exp()); // 0.7311; the reset gate is 0.5
    let (after, before) = (gru(true), gru(false));
    // n = x + 0.5 * (2 h + 1); h = z h + (1 - z) n.
    near(&with(&after, &[4.0, 8.0], "skipped-bias:l:recurrent_bias", "l.h")[..1], &[(1.0 - z) * 4.0]);
    near(&with(&after, &[4.0, 8.0], "update-gate:l", "l.h")[..1], &[z * 4.5]);
    // Before: n = x + 2 * (0.5 h) + 1.
    let h1_before = (1.0 - z) * 5.0;
    let wrong = with(&after, &[4.0, 8.0], "reset-gate:l:before", "l.h");
    near(&wrong, &[h1_before, z * h1_before + (1.0 - z) * (8.0 + h1_before + 1.0)]);
    // Without reset_after, the gate after the product gives the same for one unit.
    near(
        &with(&before, &[4.0, 8.0], "reset-gate:l:after", "l.h"),
        &[(1.0 - z) * 4.0, z * (1.0 - z) * 4.0 + (1.0 - z) * (8.0 + (1.0 - z) * 4.0)],
    );
    near(&with(&after, &[4.0, 8.0], "gate-order:l:r,z,n", "l.z"), &[0.5, 0.5]);
}

#[test]
fn normalizations() {
    let norm = BatchNormalization {
        axis: -1,
        epsilon: 0.25,
        momentum: 0.99,
        gamma: Some(array([1], &[2.0])),
        beta: Some(array([1], &[3.0])),
        mean: array([1], &[3.0]),
        variance: array([1], &[3.75]),
    };
    let network = one([1], norm, 1);
    // Rightly (5 - 3) / 2 * 2 + 3 = 5.
    near(&with(&network, &[5.0], "batch-norm-without-epsilon:l", "l.a"), &[2.0 / 3.75_f32.sqrt() * 2.0 + 3.0]);
    near(&with(&network, &[5.0], "batch-norm-variance:l", "l.a"), &[2.0 / 4.0 * 2.0 + 3.0]);
    near(&with(&network, &[5.0], "batch-norm-swapped:l", "l.a"), &[1.0 * 3.0 + 2.0]);
    near(&with(&network, &[5.0], "skipped-stage:l:mean", "l.a"), &[5.0 / 2.0 * 2.0 + 3.0]);
    near(&with(&network, &[5.0], "skipped-stage:l:deviation", "l.a"), &[2.0 * 2.0 + 3.0]);
    near(&with(&network, &[5.0], "skipped-stage:l:gamma", "l.a"), &[1.0 + 3.0]);
    near(&with(&network, &[5.0], "skipped-stage:l:beta", "l.a"), &[2.0]);
    near(&with(&network, &[5.0], "batch-norm-wrong-epsilon:l:0.001", "l.a"), &[2.0 / 3.751_f32.sqrt() * 2.0 + 3.0]);
    let layer = LayerNormalization { axes: vec![-1], epsilon: 3.0, gamma: None, beta: None };
    // 2 / (2 - 1) + 3 is 5.
    near(
        &with(&one([2], layer, 1), &[1.0, 3.0], "batch-norm-bessel:l", "l.a"),
        &[-1.0 / 5.0_f32.sqrt(), 1.0 / 5.0_f32.sqrt()],
    );
}

#[test]
fn an_activation_on_the_other_side_of_a_normalization() {
    let norm = |mean: f32| BatchNormalization {
        axis: -1,
        epsilon: 0.0,
        momentum: 0.99,
        gamma: None,
        beta: None,
        mean: array([1], &[mean]),
        variance: array([1], &[4.0]),
    };
    let mut network = Network::new("order");
    let x = network.input("x", [1]).expect("an input");
    let relu = network.add("relu", Activate(Activation::Relu), [x]).expect("fits");
    let first = network.add("norm", norm(1.0), [relu]).expect("fits");
    network.set_outputs([first]);
    // Rightly relu(-3) = 0, (0 - 1) / 2; the other way (-3 - 1) / 2 = -2, and relu of it.
    near(&with(&network, &[-3.0], "normalisation-order:norm", "norm.a"), &[0.0]);
    let mut network = Network::new("order");
    let x = network.input("x", [1]).expect("an input");
    let first = network.add("norm", norm(1.0), [x]).expect("fits");
    let relu = network.add("relu", Activate(Activation::Relu), [first]).expect("fits");
    network.set_outputs([relu]);
    // Rightly relu((-3 - 1) / 2) = 0; the other way (relu(-3) - 1) / 2.
    near(&with(&network, &[-3.0], "normalisation-order:norm", "output"), &[-0.5]);
}

#[test]
fn softmax() {
    let network = one([2, 2], SoftmaxLayer::new(vec![-1]), 1);
    let ln3 = 3.0_f32.ln();
    // Rows 0 0 and ln 3 0: rightly 1/2 1/2, 3/4 1/4.
    near(&with(&network, &[0.0, 0.0, ln3, 0.0], "softmax-wrong-axis:l:0", "l.a"), &[0.25, 0.5, 0.75, 0.5]);
    near(
        &with(&network, &[0.0, 0.0, ln3, 0.0], "softmax-wrong-axis:l:all", "l.a"),
        &[1.0 / 6.0, 1.0 / 6.0, 0.5, 1.0 / 6.0],
    );
    near(&with(&network, &[0.0, 0.0, ln3, 0.0], "softmax-not-normalised:l", "l.a"), &[1.0, 1.0, 3.0, 1.0]);
    near(&with(&network, &[0.0, 0.0, ln3, 0.0], "skipped-activation:l", "l.a"), &[0.0, 0.0, ln3, 0.0]);
}

#[test]
fn attention() {
    let into = |x: [f32; 4]| Projection { kernel: array([1, 1, 4], &x), bias: None };
    let network = one(
        [2, 1],
        MultiHeadAttention {
            query: into([1.0, 0.0, 0.0, 0.0]),
            key: into([2.0, 0.0, 0.0, 0.0]),
            value: into([1.0, 0.0, 0.0, 0.0]),
            output: Projection { kernel: array([1, 4, 1], &[1.0, 0.0, 0.0, 0.0]), bias: None },
            causal: true,
            return_scores: false,
            value_at: 1,
            key_at: None,
            mask_at: None,
        },
        2,
    );
    // q = [1, 3], k = [2, 6]: scores 2 6 / 6 18, rightly times 1 / sqrt(4).
    let input = [1.0, 3.0];
    near(&with(&network, &input, "unscaled-scores:l", "l.scaled"), &[2.0, 6.0, 6.0, 18.0]);
    near(&with(&network, &input, "wrong-scale:l:without-root", "l.scaled"), &[0.5, 1.5, 1.5, 4.5]);
    near(&with(&network, &input, "wrong-scale:l:times-root", "l.scaled"), &[4.0, 12.0, 12.0, 36.0]);
    near(&with(&network, &input, "forgotten-mask:l", "l.masked"), &[1.0, 3.0, 3.0, 9.0]);
    near(&with(&network, &input, "swapped-projections:l:query-key", "l.scores"), &[2.0, 6.0, 6.0, 18.0]);
    // Values for keys: q . v = 1 3 / 3 9.
    near(&with(&network, &input, "swapped-projections:l:key-value", "l.scores"), &[1.0, 3.0, 3.0, 9.0]);
    let keras = one([2, 4], Attention { scores: ScoreKind::Dot(None), causal: false, return_scores: false }, 2);
    let input = [2.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0];
    let shares = |x: f32| 1.0 / (1.0 + x.exp());
    // Scores 4 8 / 8 16, halved.
    let wrong = with(&keras, &input, "wrong-scale:l:as-in-paper", "l.weights");
    near(&wrong, &[shares(2.0), 1.0 - shares(2.0), shares(4.0), 1.0 - shares(4.0)]);
}

#[test]
fn names_read_back_and_errors_say_what_there_is() {
    let network = lstm();
    let program = network.program();
    for (text, expected) in [
        ("gate-ordr:l:i,o,f,g", "did you mean `gate-order`?"),
        ("gate-order:m", "there is no layer `m`; the layers are l"),
        ("gate-order:l:i,i,i,i", "`f,g,i,o`"),
        ("flipped-kernel:l", "has nothing for it to change"),
        ("forget-bias", "KIND:LAYER"),
    ] {
        let message = Mistake::named(text, program).expect_err(text).to_string();
        assert!(message.contains(expected), "{text}: {message}");
    }
    let mut ids: Vec<&str> = KINDS.iter().map(|kind| kind.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), KINDS.len(), "each kind has its own id");
    assert_eq!(Way::Order(vec![0, 3, 1, 2], &["i", "f", "g", "o"]).to_string(), "i,o,f,g");
}
