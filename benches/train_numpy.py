"""The training of a golden (1-16-1, relu, mse, Keras' Adam) as a plain NumPy loop in float32; prints the seconds."""
import json, sys, time
import numpy as np

golden = json.load(open(sys.argv[1]))
array = lambda entry: np.array(entry["data"], "f4").reshape(entry["shape"])
x, y = array(golden["data"]["x"]), array(golden["data"]["y"])
weights = [array(golden["initial"][name]) for name in ("dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias")]
m, v = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
rate, b1, b2, epsilon = (np.float32(golden["optimizer"][key]) for key in ("learning_rate", "beta_1", "beta_2", "epsilon"))
one, size, t = np.float32(1), golden["batch_size"], 0
begin = time.perf_counter()
for _ in range(golden["epochs"]):
    for start in range(0, len(x), size):
        bx, by = x[start:start + size], y[start:start + size]
        w1, c1, w2, c2 = weights
        z = bx @ w1 + c1
        a = np.maximum(z, 0)
        out = a @ w2 + c2
        error = out - by
        loss = (error * error).mean()
        dout = error * np.float32(2 / size)
        dz = (dout @ w2.T) * (z > 0)
        gradients = [bx.T @ dz, dz.sum(0), a.T @ dout, dout.sum(0)]
        t += 1
        alpha = rate * np.sqrt(one - b2 ** np.float32(t)) / (one - b1 ** np.float32(t))
        for i, g in enumerate(gradients):
            m[i] += (g - m[i]) * (one - b1)
            v[i] += (g * g - v[i]) * (one - b2)
            weights[i] = weights[i] - alpha * m[i] / (np.sqrt(v[i]) + epsilon)
print(time.perf_counter() - begin)
