#![allow(clippy::unwrap_used)] // a test may panic

use super::*;

#[test]
fn every_name_reads_back_as_the_same_activation() {
    let odd = [
        "leaky_relu(0.01)",
        "elu(1e-7)",
        "threshold(-0.1, 20)",
        "squareplus(0)",
        "step(0)",
        "sign(1)",
        "sigmoid(4.9)",
        "tanh(0.5, 1)",
        "tanh(0.6667, 1.7159)",
    ];
    let odd = odd.iter().map(|text| text.parse().unwrap());
    for activation in Activation::ALL.iter().copied().chain(odd) {
        assert_eq!(activation.name().parse(), Ok(activation), "{activation}");
        assert_eq!(activation.name().to_uppercase().parse(), Ok(activation), "{activation}");
        assert!(!activation.formula().is_empty(), "{activation}");
    }
}

#[test]
fn names_are_read_as_people_write_them() {
    let table = [
        ("relu", Activation::Relu),
        (" ReLU ", Activation::Relu),
        ("None", Activation::Linear),
        ("null", Activation::Linear),
        ("swish", Activation::Silu),
        ("hard-swish", Activation::HardSilu),
        ("keras.activations.log_softmax", Activation::LogSoftmax),
        ("leaky_relu", Activation::LeakyRelu { slope: 0.2 }),
        ("leaky_relu()", Activation::LeakyRelu { slope: 0.2 }),
        ("leaky_relu(negative_slope=0.3)", Activation::LeakyRelu { slope: 0.3 }),
        ("Leaky ReLU ( .3 )", Activation::LeakyRelu { slope: 0.3 }),
        ("LeakyReLU", Activation::LeakyRelu { slope: 0.2 }),
        ("soft max", Activation::Softmax),
        ("Hardtanh", Activation::HardTanh),
        ("tansig", Activation::Tanh),
        ("logsig", Activation::Sigmoid),
        ("logistic", Activation::Sigmoid),
        ("purelin", Activation::Linear),
        ("poslin", Activation::Relu),
        ("satlin", Activation::Satlin),
        ("satlins", Activation::HardTanh),
        ("step", Activation::Step { at_zero: 1.0 }),
        ("hardlim", Activation::Step { at_zero: 1.0 }),
        ("np.heaviside", Activation::Step { at_zero: 1.0 }),
        ("heaviside(0)", Activation::Step { at_zero: 0.0 }),
        ("step(at_zero=0.5)", Activation::Step { at_zero: 0.5 }),
        ("hardlims", Activation::Sign { at_zero: 1.0 }),
        ("np.sign", Activation::Sign { at_zero: 0.0 }),
        ("sigmoid(slope=4.9)", Activation::SlopedSigmoid { slope: 4.9 }),
        ("logistic(2)", Activation::SlopedSigmoid { slope: 2.0 }),
        ("sigmoid(1)", Activation::Sigmoid),
        ("sigmoid()", Activation::Sigmoid),
        ("tanh(0.5)", Activation::SlopedTanh { slope: 0.5, gain: 1.0 }),
        ("tanh(gain=1.7159, slope=0.6667)", Activation::SlopedTanh { slope: 0.6667, gain: 1.7159 }),
        ("threshold(value=2, threshold=-1)", Activation::Threshold { threshold: -1.0, value: 2.0 }),
    ];
    for (text, activation) in table {
        assert_eq!(text.parse(), Ok(activation), "{text}");
    }
}

#[test]
fn what_cannot_be_read_says_what_to_write() {
    let table = [
        ("rellu", "unknown activation `rellu`; did you mean `relu`, `relu6` or `selu`?"),
        ("leakyrelux", "unknown activation `leakyrelux`; did you mean `leaky_relu`"),
        ("sigmoid(x)", "cannot read `sigmoid(x)`: `x` is not a finite number; write `sigmoid`"),
        ("", "unknown activation ``; write one such as `linear` (no activation), `relu`"),
        ("42", "unknown activation `42`; write one such as `linear`"),
        ("relu(0.1)", "cannot read `relu(0.1)`: it takes no parameters, not 1; write `relu`"),
        ("elu(a)", "cannot read `elu(a)`: `a` is not a finite number; write `elu(1)`"),
        ("elu(nan)", "cannot read `elu(nan)`: `nan` is not a finite number; write `elu(1)`"),
        ("elu(1", "cannot read `elu(1`: the closing bracket is missing at the end; write `elu(1)`"),
        ("elu(1, 2)", "cannot read `elu(1, 2)`: it takes one parameter, not 2; write `elu(1)`"),
        ("elu(b=2)", "cannot read `elu(b=2)`: it has no parameter as in `b=2`; write `elu(1)`"),
        ("threshold", "cannot read `threshold`: it has no default parameters; write `threshold(1, 0)`"),
        ("threshold(2)", "cannot read `threshold(2)`: it takes 2 parameters, not 1; write `threshold(1, 0)`"),
        (
            "threshold(value=1, value=2)",
            "cannot read `threshold(value=1, value=2)`: `value=2` gives a parameter a second time",
        ),
    ];
    for (text, says) in table {
        let error = text.parse::<Activation>().unwrap_err().to_string();
        assert!(error.starts_with(says), "{text}: {error}");
    }
}
