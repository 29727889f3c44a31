#!/usr/bin/env python3
"""Networks that were described wrongly, and what the true ones answer: worked out by NumPy, float32.

Needs: Python 3.9 or later, NumPy 2.
Usage: model_says.py CASES.json

Each case has the layers *as described*, inputs, what the *true* network answers, and the change that
leads from one to the other: a kernel in the other orientation, arrays of two layers exchanged, another
epsilon, statistics of the call, another order of the inputs, no bias in the print.
"""
import copy
import json
import sys

import numpy as np

RANDOM = np.random.default_rng(20240607)
F = np.float32


def sigmoid(z):
    return (1 / (1 + np.exp(-z.astype(np.float64)))).astype(F)


def softmax(z):
    e = np.exp((z - z.max(axis=-1, keepdims=True)).astype(np.float64))
    return (e / e.sum(axis=-1, keepdims=True)).astype(F)


ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, F(0)),
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softmax": softmax,
}


def dense(inputs, units, activation, bias=True):
    spread = np.sqrt(2.0 / inputs)
    return {
        "name": None,
        "kernel": RANDOM.normal(0, spread, (inputs, units)).astype(F),
        "bias": RANDOM.normal(0, 0.5, units).astype(F) if bias else None,
        "activation": activation,
    }


def norm(units, epsilon):
    return {
        "name": None,
        "gamma": RANDOM.uniform(0.5, 1.5, units).astype(F),
        "beta": RANDOM.normal(0, 0.5, units).astype(F),
        "mean": RANDOM.normal(0, 0.5, units).astype(F),
        # Small variances, so that epsilon matters.
        "variance": RANDOM.uniform(0.02, 0.3, units).astype(F),
        "epsilon": epsilon,
    }


def named(layers):
    for i, layer in enumerate(layers):
        layer["name"] = f"layer_{i}"
    return layers


def forward(layers, x, batch_statistics=()):
    for layer in layers:
        if "kernel" in layer:
            z = x @ layer["kernel"]
            if layer["bias"] is not None:
                z = z + layer["bias"]
            x = ACTIVATIONS[layer["activation"]](z).astype(F)
        else:
            mean, variance = layer["mean"], layer["variance"]
            if layer["name"] in batch_statistics:
                mean, variance = x.mean(axis=0), x.var(axis=0)
            x = ((x - mean) / np.sqrt(variance + F(layer["epsilon"])) * layer["gamma"] + layer["beta"]).astype(F)
    return x


def short(value):
    """The fewest digits that read back to the same float32."""
    return [short(v) for v in value] if isinstance(value, np.ndarray) else float(str(F(value)))


def plain(layer):
    return {k: short(v) if isinstance(v, np.ndarray) else v for k, v in layer.items()}


def case(kind, layers, described, inputs, true, count=1):
    """`described` differs from `layers`, which answered `true`."""
    return {
        "kind": kind,
        "layers": layers,
        "described": [plain(layer) for layer in described],
        "inputs": short(inputs[:count]),
        "answers": short(true[:count]),
    }


def inputs(width, count=6):
    return RANDOM.uniform(-2, 2, (count, width)).round(2).astype(F)


def main(target):
    cases = []
    hidden, last = ["relu", "tanh", "sigmoid"], ["linear", "sigmoid", "softmax", "tanh"]
    for n in range(20):
        h, l = hidden[n % 3], last[n % 4]
        outputs = 3 if l == "softmax" else 1 + n % 2
        width, units = 2 + n % 3, 3 + n % 4

        # One square kernel, and all of them.
        net = named([dense(units, units, h), dense(units, units, h), dense(units, outputs, l)])
        x = inputs(units)
        one, both = copy.deepcopy(net), copy.deepcopy(net)
        one[1]["kernel"] = one[1]["kernel"].T.copy()
        for layer in both[:2]:
            layer["kernel"] = layer["kernel"].T.copy()
        true = forward(net, x)
        cases.append(case("transposed-kernel", ["layer_1"], one, x, true))
        cases.append(case("transposed-kernel", ["layer_0", "layer_1"], both, x, true))

        # Arrays of two layers.
        for kind, lists in [("exchanged-kernels", ["kernel"]), ("exchanged-biases", ["bias"]), ("exchanged-layers", ["kernel", "bias"])]:
            other = copy.deepcopy(net)
            for name in lists:
                other[0][name], other[1][name] = other[1][name], other[0][name]
            cases.append(case(kind, ["layer_0", "layer_1"], other, x, true))

        # A kernel that was filled column by column.
        net = named([dense(width, units, h), dense(units, outputs, l)])
        x = inputs(width)
        other = copy.deepcopy(net)
        other[0]["kernel"] = net[0]["kernel"].flatten(order="F").reshape(width, units)
        if width != units:
            cases.append(case("kernel-by-columns", ["layer_0"], other, x, forward(net, x)))

        # The columns of the input.
        order = list(range(width))[::-1]
        cases.append(case("input-order", [], net, x, forward(net, x[:, order])))

        # Normalisations.
        for true_epsilon, said in [(1e-5, 1e-3), (1e-3, 1e-5), (1e-8, 1e-3), (1e-6, 1e-5)][n % 4:][:1]:
            net = named([dense(width, units, h), norm(units, true_epsilon), dense(units, outputs, l)])
            other = copy.deepcopy(net)
            other[1]["epsilon"] = said
            cases.append(case("other-epsilon", ["layer_1"], other, x, forward(net, x)))
            cases.append(case("batch-statistics", ["layer_1"], net, x, forward(net, x, ["layer_1"]), count=6))
            lists = copy.deepcopy(net)
            lists[1]["gamma"], lists[1]["beta"] = net[1]["beta"], net[1]["gamma"]
            cases.append(case("exchanged-lists", ["layer_1"], lists, x, forward(net, x)))

        # The last layer's bias is not in the print: its numbers follow from the answers.
        if l != "softmax":
            net = named([dense(width, units, h), dense(units, outputs, l)])
            other = copy.deepcopy(net)
            other[1]["bias"] = None
            cases.append(case("missing-bias", ["layer_1"], other, x, forward(net, x), count=4))
    with open(target, "w", encoding="ascii") as out:
        out.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
