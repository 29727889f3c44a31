#!/usr/bin/env python3
"""Small Keras models and every value of every layer: what `tests/truth.rs` compares with.

Needs: Python 3.9 or later, tensorflow-cpu (it brings Keras 3 and NumPy).
Usage: generate.py [MODEL ...]        all models of this file without arguments

Each model becomes a folder beside this file: model.json (the description), weights.npz (`get_weights()` in order) and
golden.json (inputs, outputs, what each layer gives; floats with nine digits, which is enough to get the same float32 back).
Weights and inputs are random but fixed; nothing is trained, because it makes no difference to the arithmetic.
The other folders were made the same way by a longer script that also writes `.keras`, `.h5` and printed arrays.
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers as L

HERE = os.path.dirname(os.path.abspath(__file__))


def draw(seed, *shape):
    return np.random.default_rng(seed).normal(0, 1, shape).astype("f4")


def words(seed, samples, times, vocabulary):
    x = np.random.default_rng(seed).integers(1, vocabulary, (samples, times)).astype("int32")
    x[0, 3:] = 0  # an end that a mask leaves out
    x[1, 1] = 0  # and a hole
    return x


def lstm():
    i = keras.Input((6, 3))
    a = L.LSTM(4, return_sequences=True, name="all")(i)
    b = L.LSTM(3, go_backwards=True, name="back")(a)
    c = L.LSTM(3, recurrent_activation="hard_sigmoid", activation="relu", use_bias=False, name="hard")(i)
    state = L.LSTM(3, return_state=True, name="state")
    d, h, s = state(i)
    e = L.LSTM(3, name="given")(i, initial_state=[h, s])
    return keras.Model(i, L.Concatenate(name="join")([b, c, d, h, s, e])), [draw(1, 3, 6, 3)]


def gru():
    i = keras.Input((5, 3))
    a = L.GRU(4, return_sequences=True, name="after")(i)
    b = L.GRU(3, reset_after=False, name="before")(a)
    c = L.GRU(2, go_backwards=True, return_sequences=True, use_bias=False, name="back")(i)
    d = L.GRU(2, recurrent_activation="hard_sigmoid", name="hard")(c)
    return keras.Model(i, L.Concatenate(name="join")([b, d])), [draw(2, 3, 5, 3)]


def masked():
    i = keras.Input((7,), dtype="int32")
    h = L.Embedding(12, 6, mask_zero=True)(i)
    a = L.LSTM(4, return_sequences=True)(h)
    b = L.Bidirectional(L.GRU(3, return_sequences=True, reset_after=False), name="both")(a)
    c = L.TimeDistributed(L.Dense(4, activation="relu"), name="each")(b)
    d = L.SimpleRNN(3, go_backwards=True, name="last")(c)
    e = L.GlobalAveragePooling1D(name="mean")(h)
    f = L.Bidirectional(L.LSTM(2), merge_mode="sum", name="sum")(h)
    g = L.Bidirectional(L.SimpleRNN(2), merge_mode="ave", name="ave")(h)
    m = L.Bidirectional(L.SimpleRNN(2, return_sequences=True), merge_mode="mul", name="mul")(h)
    n = L.LSTM(2, name="of_mul")(m)
    return keras.Model(i, L.Concatenate(name="join")([d, e, f, g, n])), [words(3, 4, 7, 12)]


def masking():
    i = keras.Input((5, 2))
    h = L.Masking(-1.0)(i)
    x = draw(4, 3, 5, 2)
    x[0, 2:] = -1.0
    x[1, 0] = -1.0
    a = L.GRU(3, return_sequences=True)(h)
    return keras.Model(i, L.LSTM(2)(a)), [x]


def transposed():
    i = keras.Input((4, 5, 2))
    outs = []
    for k, (size, stride, padding, dilation, more) in enumerate([
        (3, 2, "same", 1, None), (3, 2, "valid", 1, None), (2, 3, "valid", 1, None), (2, 3, "same", 1, None),
        (3, 1, "same", 2, None), (3, 2, "same", 1, 1), (4, 2, "valid", 1, 1), ((3, 2), (1, 2), "same", 1, None),
    ]):
        layer = L.Conv2DTranspose(3, size, strides=stride, padding=padding, dilation_rate=dilation, output_padding=more, name=f"t{k}")
        outs.append(layer(i))
    j = keras.Input((5, 2))
    outs.append(L.Conv1DTranspose(3, 4, strides=2, padding="same", activation="tanh", name="t1d")(j))
    return keras.Model([i, j], outs), [draw(5, 2, 4, 5, 2), draw(6, 2, 5, 2)]


def convolutions():
    i = keras.Input((9, 8, 4))
    outs = [
        L.Conv2D(6, 3, strides=2, padding="same", groups=2, name="grouped")(i),
        L.Conv2D(5, (2, 4), strides=(3, 1), padding="same", dilation_rate=1, activation="gelu", name="even")(i),
        L.Conv2D(3, 2, dilation_rate=(2, 3), name="dilated")(i),
        L.DepthwiseConv2D((3, 2), strides=2, padding="same", depth_multiplier=3, activation="softmax", name="depthwise")(i),
        L.SeparableConv2D(5, 3, depth_multiplier=2, strides=2, use_bias=False, name="separable")(i),
    ]
    j = keras.Input((9, 4))
    outs += [
        L.Conv1D(6, 3, padding="causal", dilation_rate=2, groups=2, name="causal")(j),
        L.DepthwiseConv1D(3, strides=2, padding="same", name="depthwise1")(j),
        L.SeparableConv1D(3, 2, padding="same", name="separable1")(j),
    ]
    k = keras.Input((4, 3, 4, 2))
    outs.append(L.Conv3D(2, 2, padding="same", name="cube")(k))
    return keras.Model([i, j, k], outs), [draw(7, 2, 9, 8, 4), draw(8, 2, 9, 4), draw(9, 2, 4, 3, 4, 2)]


def pools():
    i = keras.Input((7, 6, 3))
    outs = [
        L.MaxPooling2D(3, strides=2, padding="same", name="max")(i), L.AveragePooling2D(3, strides=2, padding="same", name="mean")(i),
        L.AveragePooling2D((2, 3), name="valid")(i), L.GlobalMaxPooling2D(name="top")(i),
        L.GlobalAveragePooling2D(keepdims=True, name="kept")(i), L.UpSampling2D((2, 3), name="up")(i),
        L.ZeroPadding2D(((1, 2), (0, 3)), name="pad")(i), L.Cropping2D(((1, 2), (0, 3)), name="crop")(i),
    ]
    j = keras.Input((7, 3))
    outs += [L.MaxPooling1D(3, 1, padding="same", name="max1")(j), L.UpSampling1D(2, name="up1")(j), L.Cropping1D((1, 2), name="crop1")(j),
             L.ZeroPadding1D((0, 2), name="pad1")(j), L.GlobalMaxPooling1D(name="top1")(j)]
    k = keras.Input((4, 3, 4, 2))
    outs += [L.MaxPooling3D(2, padding="same", name="max3")(k), L.AveragePooling3D(2, name="mean3")(k), L.UpSampling3D(2, name="up3")(k)]
    return keras.Model([i, j, k], outs), [draw(10, 2, 7, 6, 3), draw(11, 2, 7, 3), draw(12, 2, 4, 3, 4, 2)]


def norms():
    i = keras.Input((4, 3, 6))
    normal = L.Normalization(axis=-1, name="adapted")
    normal.adapt(draw(13, 20, 4, 3, 6))
    outs = [
        L.GroupNormalization(groups=3, name="groups")(i), L.GroupNormalization(groups=-1, name="instance")(i),
        L.LayerNormalization(axis=[1, 2], epsilon=1e-5, name="layer")(i), L.LayerNormalization(center=False, name="scale")(i),
        L.UnitNormalization(axis=[1, 3], name="unit")(i), L.RMSNormalization(name="rms")(i), normal(i),
        L.BatchNormalization(axis=1, epsilon=1e-5, name="batch")(i), L.BatchNormalization(scale=False, name="unscaled")(i),
        L.Normalization(mean=[1.0] * 6, variance=[4.0] * 6, invert=True, name="back")(i),
        L.Rescaling([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 0.5, name="rescaled")(i), L.Softmax(axis=[1, 2], name="softmax")(i),
    ]
    return keras.Model(i, outs), [draw(14, 2, 4, 3, 6)]


def attentions():
    i = keras.Input((5, 6))
    j = keras.Input((4, 6))
    outs = [
        L.MultiHeadAttention(2, 3, value_dim=4, name="two")(i, j),
        L.MultiHeadAttention(2, 3, output_shape=7, use_bias=False, name="causal")(i, i, use_causal_mask=True),
        L.MultiHeadAttention(1, 3, name="keyed")(i, value=j, key=j),
        L.Attention(name="dot")([i, j]), L.Attention(use_scale=True, score_mode="concat", name="concat")([i, j]),
        L.Attention(name="later")([i, i], use_causal_mask=True), L.AdditiveAttention(name="additive")([i, j]),
        L.EinsumDense("...x,xy->...y", output_shape=3, bias_axes="y", name="dots")(i),
        L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de", activation="relu", name="heads")(i),
        L.EinsumDense("abc,dc->abd", output_shape=(5, 4), bias_axes="bd", name="both")(i),
    ]
    return keras.Model([i, j], outs), [draw(15, 2, 5, 6), draw(16, 2, 4, 6)]


def masked_attention():
    i = keras.Input((6,), dtype="int32")
    h = L.Embedding(9, 4, mask_zero=True)(i)
    a = L.MultiHeadAttention(2, 3, name="mha")(h, h)
    g = L.Embedding(9, 4, mask_zero=True)(i)  # of its own: MultiHeadAttention of Keras 3.15 takes the mask off what it is given
    b = L.Attention(name="attention")([g, g])
    return keras.Model(i, L.Add(name="sum")([a, b])), [words(17, 3, 6, 9)]


def merges():
    i = keras.Input((3, 4))
    j = keras.Input((1, 4))
    k = keras.Input((4,))
    outs = [L.Add(name="spread")([i, j]), L.Multiply(name="ranks")([i, k]), L.Dot(axes=(2, 2), name="dot")([i, j]),
            L.Dot(axes=(2, 1), normalize=True, name="cosine")([i, k]), L.Concatenate(axis=1, name="rows")([i, j]),
            L.Average(name="mean")([i, j, i]), L.Permute((2, 1), name="turned")(i), L.Flatten(data_format="channels_first", name="first")(i)]
    return keras.Model([i, j, k], outs), [draw(18, 2, 3, 4), draw(19, 2, 1, 4), draw(20, 2, 4)]


def rest():
    i = keras.Input((4, 3, 4, 2))
    h = L.ZeroPadding3D(1, name="pad")(i)
    h = L.Cropping3D(((0, 1), (1, 1), (2, 0)), name="crop")(L.SpatialDropout3D(0.1, name="spatial3")(h))
    h = L.Conv3DTranspose(2, 2, strides=2, name="up")(h)
    outs = [L.GlobalMaxPooling3D(name="top")(h), L.GlobalAveragePooling3D(name="mean")(h)]
    j = keras.Input((5, 3))
    h = L.SpatialDropout1D(0.1, name="spatial1")(L.GaussianDropout(0.1, name="gauss")(L.AlphaDropout(0.1, name="alpha")(j)))
    h = L.ActivityRegularization(0.1, name="activity")(h)
    outs += [L.ReLU(6.0, name="six")(h), L.Dense(4, activation="glu", name="half")(h), L.Activation("log_softmax", name="log")(h)]
    return keras.Model([i, j], outs), [draw(23, 2, 4, 3, 4, 2), draw(24, 2, 5, 3)]


def nested_twice():
    inside = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="relu"), L.Dense(3)], name="block")
    i = keras.Input((3,))
    j = keras.Input((3,))
    rnn = keras.Sequential([keras.Input((3, 1)), L.LSTM(2)], name="rnn")
    seq = L.Reshape((3, 1), name="seq")(inside(i))
    return keras.Model([i, j], L.Concatenate(name="join")([inside(inside(i)), inside(j), rnn(seq)])), [draw(21, 2, 3), draw(22, 2, 3)]


MODELS = {f"p_{f.__name__}": f for f in (lstm, gru, masked, masking, transposed, convolutions, pools, norms, attentions, masked_attention, merges, nested_twice, rest)}


def number(v):
    v = float(v)
    if v != v or v in (float("inf"), float("-inf")):
        return '"NaN"' if v != v else '"Infinity"' if v > 0 else '"-Infinity"'
    return "%.9g" % v


def tensor(a, **named):
    a = np.asarray(a)
    head = "".join(f'"{k}":{json.dumps(v)},' for k, v in named.items())
    data = ",".join(number(v) for v in a.astype("f4").reshape(-1))
    return "{" + head + f'"shape":{json.dumps(list(a.shape))},"dtype":"{a.dtype}","data":[{data}]' + "}"


def made(name):
    keras.backend.clear_session()
    keras.utils.set_random_seed(7)
    model, x = MODELS[name]()
    # Biases, gammas and statistics are zeros and ones at first: other numbers show more.
    for k, layer in enumerate(model.layers):
        if not isinstance(layer, (L.Normalization, L.Embedding)):
            low = 0.5 if "Normalization" in type(layer).__name__ else -1.0
            draw_some = np.random.default_rng(100 + k)
            layer.set_weights([draw_some.uniform(low, 1.0, w.shape).astype("f4") for w in layer.get_weights()])
    given = x if len(x) > 1 else x[0]
    known = {id(node) for nodes in model._nodes_by_depth.values() for node in nodes}
    places = [(l, n, t) for l in model.layers if not isinstance(l, L.InputLayer)
              for n, node in enumerate([node for node in l._inbound_nodes if id(node) in known]) for t in node.output_tensors[:1]]
    values = keras.Model(model.inputs, [t for _, _, t in places]).predict(given, verbose=0)
    values = values if isinstance(values, list) else [values]
    outputs = model.predict(given, verbose=0)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    layers = [tensor(v, name=l.name, cls=type(l).__name__, **({"node": n} if n else {})) for (l, n, _), v in zip(places, values)]
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    inputs = [tensor(a, name=t.name) for a, t in zip(x, model.inputs)]
    lines = [f'"model":"{name}","keras":"{keras.__version__}"', f'"inputs":[{",".join(inputs)}]',
             f'"outputs":[{",".join(map(tensor, outputs))}]', '"layers":[' + ",\n".join(layers) + "]"]
    with open(os.path.join(folder, "golden.json"), "w", encoding="ascii") as out:
        out.write("{" + ",\n".join(lines) + "}\n")
    with open(os.path.join(folder, "model.json"), "w", encoding="ascii") as out:
        out.write(model.to_json() + "\n")
    np.savez_compressed(os.path.join(folder, "weights.npz"), *model.get_weights())


if __name__ == "__main__":
    for name in sys.argv[1:] or MODELS:
        made(name)
        print(name)
