"""ONNX models with single operators, and what onnxruntime gives for them: MODEL.onnx and MODEL.json (input, output).

Made with onnx 1.23 and onnxruntime 1.30 (pip install onnx onnxruntime numpy); any newer ones do.
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

rng = np.random.default_rng(7)


def numbers(*shape):
    return rng.uniform(-0.9, 0.9, shape).astype(np.float32)


def model(name, nodes, weights, shape, output="y"):
    """Writes a model whose first axis is that of the samples."""
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)
    y = helper.make_tensor_value_info(output, TensorProto.FLOAT, None)
    tensors = [numpy_helper.from_array(array, key) for key, array in weights.items()]
    graph = helper.make_graph(nodes, name, [x], [y], tensors)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(made, f"{name}.onnx")
    given = numbers(*[1 if isinstance(n, str) or n == 0 else n for n in shape])
    session = onnxruntime.InferenceSession(f"{name}.onnx", providers=["CPUExecutionProvider"])
    (result,) = session.run([output], {"x": given})
    with open(f"{name}.json", "w") as file:
        json.dump({"input": given.ravel().tolist(), "output": result.ravel().tolist()}, file)
        file.write("\n")
    print(name, given.shape, result.shape, file=sys.stderr)


node = helper.make_node

# gelu as PyTorch's older exporter writes it: x / sqrt(2), erf, + 1, times x, times 0.5
model(
    "gelu_of_erf",
    [
        node("Div", ["x", "root"], ["scaled"], name="/gelu/Div"),
        node("Erf", ["scaled"], ["erf"], name="/gelu/Erf"),
        node("Add", ["erf", "one"], ["more"], name="/gelu/Add"),
        node("Mul", ["x", "more"], ["twice"], name="/gelu/Mul"),
        node("Mul", ["twice", "half"], ["y"], name="/gelu/Mul_1"),
    ],
    {
        "root": np.array(np.sqrt(2), np.float32),
        "one": np.array(1, np.float32),
        "half": np.array(0.5, np.float32),
    },
    ["N", 6],
)

# Transposed convolutions: strides, pads, output padding, dilation, in one and two axes of space.
for name, shape, kernel, options in [
    ("transposed_1d", ["N", 3, 5], (3, 2, 4), {"strides": [3], "pads": [1, 2]}),
    ("transposed_2d", ["N", 2, 3, 4], (2, 3, 3, 2), {"strides": [2, 2], "pads": [1, 0, 1, 1], "output_padding": [1, 0]}),
    ("transposed_dilated", ["N", 1, 4, 4], (1, 2, 2, 2), {"dilations": [2, 2]}),
    ("transposed_wide", ["N", 1, 3], (1, 1, 2), {"strides": [4]}),
]:
    model(
        name,
        [node("ConvTranspose", ["x", "w", "b"], ["y"], name="/up/ConvTranspose", **options)],
        {"w": numbers(*kernel), "b": numbers(kernel[1])},
        shape,
    )

# Recurrent operators in both directions, and backwards. They take (times, samples, inputs), so the samples are turned first.
FIRST = node("Transpose", ["x"], ["sequence"], name="/rnn/Transpose", perm=[1, 0, 2])
for kind, gates in [("LSTM", 4), ("GRU", 3), ("RNN", 1)]:
    for direction in ["bidirectional", "reverse"]:
        count = 2 if direction == "bidirectional" else 1
        units, inputs, times = 3, 2, 4
        options = {"direction": direction, "hidden_size": units}
        if kind == "GRU":
            options["linear_before_reset"] = 1
        weights = {
            "w": numbers(count, gates * units, inputs),
            "r": numbers(count, gates * units, units),
            "b": numbers(count, 2 * gates * units),
            "shape": np.array([0, 0, -1], np.int64),
        }
        name = f"{kind.lower()}_{direction}"
        model(
            name,
            [
                FIRST,
                node(kind, ["sequence", "w", "r", "b"], ["all", "last"], name=f"/rnn/{kind}", **options),
                # (times, directions, samples, units) to (times, samples, directions * units), as PyTorch's exporter does
                node("Transpose", ["all"], ["turned"], name="/rnn/Transpose_1", perm=[0, 2, 1, 3]),
                node("Reshape", ["turned", "shape"], ["y"], name="/rnn/Reshape"),
            ],
            weights,
            ["N", times, inputs],
        )
        if direction == "bidirectional":
            # The last states: (directions, samples, units).
            model(
                name + "_states",
                [FIRST, node(kind, ["sequence", "w", "r", "b"], ["", "y"], name=f"/rnn/{kind}", **options)],
                {key: weights[key] for key in "wrb"},
                ["N", times, inputs],
            )

# PyTorch's stacked recurrent layers: the tensors as its state_dict names them, the print of the module, and what onnxruntime
# gives for the same weights in its own order of gates (PyTorch keeps i, f, g, o and r, z, n; ONNX i, o, f, c and z, r, h).
from safetensors.numpy import save_file  # noqa: E402

ORDER = {"LSTM": [0, 3, 1, 2], "GRU": [1, 0, 2], "RNN": [0]}
for kind, gates in [("LSTM", 4), ("GRU", 3), ("RNN", 1)]:
    for layers, both in [(2, False), (1, True), (2, True)]:
        units, times, directions = 3, 4, 2 if both else 1
        tensors, nodes, weights, value = {}, [FIRST], {"shape": np.array([0, 0, -1], np.int64)}, "sequence"
        inputs = 2
        for layer in range(layers):
            parts = {"ih": [], "hh": [], "b": []}
            for suffix in ["", "_reverse"][:directions]:
                at = f"l{layer}{suffix}"
                own = {
                    "weight_ih": numbers(gates * units, inputs),
                    "weight_hh": numbers(gates * units, units),
                    "bias_ih": numbers(gates * units),
                    "bias_hh": numbers(gates * units),
                }
                tensors.update({f"rnn.{key}_{at}": array for key, array in own.items()})
                turned = {
                    key: np.concatenate([np.split(array, gates)[gate] for gate in ORDER[kind]])
                    for key, array in own.items()
                }
                parts["ih"].append(turned["weight_ih"])
                parts["hh"].append(turned["weight_hh"])
                parts["b"].append(np.concatenate([turned["bias_ih"], turned["bias_hh"]]))
            for key, arrays in parts.items():
                weights[f"{key}{layer}"] = np.stack(arrays)
            options = {"direction": "bidirectional" if both else "forward", "hidden_size": units}
            if kind == "GRU":
                options["linear_before_reset"] = 1
            nodes += [
                node(kind, [value, f"ih{layer}", f"hh{layer}", f"b{layer}"], [f"all{layer}"], **options),
                node("Transpose", [f"all{layer}"], [f"turned{layer}"], perm=[0, 2, 1, 3]),
                node("Reshape", [f"turned{layer}", "shape"], [f"out{layer}"]),
            ]
            value, inputs = f"out{layer}", directions * units
        nodes.append(node("Transpose", [value], ["y"], perm=[1, 0, 2]))
        name = f"torch_{kind.lower()}_{layers}{'_both' if both else ''}"
        model(name, nodes, weights, ["N", times, 2])
        save_file(tensors, f"{name}.safetensors")
        more = (", num_layers=2" if layers == 2 else "") + ", batch_first=True" + (", bidirectional=True" if both else "")
        with open(f"{name}.txt", "w") as file:
            file.write(f"Net(\n  (rnn): {kind}(2, 3{more})\n)\n")
