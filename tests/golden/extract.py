#!/usr/bin/env python3
"""Exact weights of a model as JSON: the oracle for what is read from its prints.

Needs: Python 3.9 or later, NumPy (1 or 2).
Usage: extract.py WEIGHTS.npz WEIGHTS.json
       WEIGHTS.npz holds `model.get_weights()` in order, from `np.savez(path, *weights)`.

Writes [{"shape": [...], "values": [...]}, ...], values flat in C order, each the shortest
decimal that reads back to the same float32.
"""
import sys

import numpy as np


def shortest(value):
    text = str(np.float32(value))
    assert np.float32(float(text)).tobytes() == np.float32(value).tobytes(), text
    return text


def main(source, target):
    with np.load(source) as stored:
        weights = [stored[f"arr_{k}"] for k in range(len(stored.files))]
    rows = []
    for w in weights:
        assert w.dtype == np.float32 and np.isfinite(w).all(), (source, w.dtype)
        values = ",".join(shortest(v) for v in w.reshape(-1))
        rows.append('{"shape":%s,"values":[%s]}' % (str(list(w.shape)).replace(" ", ""), values))
    with open(target, "w", encoding="ascii") as out:
        out.write("[" + ",\n".join(rows) + "]\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
