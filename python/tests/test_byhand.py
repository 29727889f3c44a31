"""The package against the program: `PYTHONPATH=python python -m unittest discover -s python/tests`.

What a test needs and is not installed (NumPy, Keras, PyTorch) is skipped; so is all of it without the program.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys
import time
import unittest
from pathlib import Path
from unittest import mock

import byhand
from byhand import _numbers

try:
    byhand.binary()
except byhand.BinaryNotFound as why:
    raise unittest.SkipTest(str(why)) from None


def needs(*packages):
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    return unittest.skipIf(missing, f"{', '.join(missing)} is not installed")


# Two inputs, two relu units, one output. Worked by hand: z = (1 × 0.5 - 3 × 0.125 + 0.25, 1 × -0.5 - 3 × 0.25 + 0.5)
# = (0.375, -0.75), a = (0.375, 0), output 0.375 × 1 + 0 × 2 + 0.5 = 0.875; without relu 0.375 - 1.5 + 0.5 = -0.625.
ARRAYS = [[[0.5, -0.5], [0.125, 0.25]], [0.25, 0.5], [[1.0], [2.0]], [0.5]]
X = [1, -3]
RELU = "relu,linear"


class Arrays(unittest.TestCase):
    def test_a_prediction_has_every_value_of_every_layer(self):
        found = byhand.predict(ARRAYS, X, activations=RELU)
        self.assertEqual(found.output, [0.875])
        self.assertEqual(found.layers["dense"].z, [0.375, -0.75])
        self.assertEqual(found.layers["dense"].a, [0.375, 0])
        self.assertEqual((found[0], len(found)), (0.875, 1))
        self.assertIn("output  0.875", repr(found))
        with self.assertRaises(AttributeError):
            found.layers["dense"].wrong

    def test_rows_are_samples(self):
        found = byhand.predict(ARRAYS, [[1, -3], [0, 0]], activations=["relu", "linear"])
        self.assertEqual(found.outputs, [[0.875], [1.75]])

    def test_skipped_relu_is_named_with_the_values_that_show_it(self):
        found = byhand.check(ARRAYS, X, -0.62500, digits=5, activations=RELU)
        self.assertFalse(found)
        self.assertEqual(found.verdict, "mistake")
        self.assertEqual(found.cause.mistakes, ["skipped-activation:dense"])
        self.assertEqual(found.first_wrong, "output[0]")
        difference = found.cause.first_difference
        self.assertEqual((difference.at, difference.right, difference.wrong), ("dense.a[1]", 0, -0.75))
        marked = [line for line in found.lines if line.first]
        self.assertEqual([(line.at, line.right, line.wrong) for line in marked], [("dense.a[1]", 0, -0.75)])
        self.assertIn("You skipped relu in layer `dense`.", repr(found))
        # The mistake's name can be given back.
        wrong = byhand.predict(ARRAYS, X, activations=RELU, mistake=found.cause.mistakes)
        self.assertEqual(wrong.output, [-0.625])

    def test_a_right_answer_is_true(self):
        self.assertTrue(byhand.check(ARRAYS, X, "0.8750", activations=RELU))

    def test_several_values_of_one_sample_by_their_addresses(self):
        found = byhand.check(ARRAYS, X, {"dense.z[0]": "0.37500", "dense.z[1]": "-0.25000"}, activations=RELU)
        self.assertEqual(found.first_wrong, "dense.z[1]")
        self.assertEqual([seen.correct for seen in found.observations], [0.375, -0.75])
        same = byhand.check(ARRAYS, X, ["0.37500", "-0.25000"], at=["dense.z[0]", "dense.z[1]"], activations=RELU)
        self.assertEqual(same.json, found.json)

    def test_an_answer_for_each_sample(self):
        found = byhand.check(ARRAYS, [[1, -3], [0, 0]], ["0.87500", "9.00000"], activations=RELU)
        self.assertEqual([seen.correct for seen in found.observations], [0.875, 1.75])
        with self.assertRaisesRegex(byhand.ByhandError, "2 samples and 1 answers"):
            byhand.check(ARRAYS, [[1, -3], [0, 0]], [0.875], activations=RELU)

    def test_a_worked_solution_has_lines_and_text(self):
        found = byhand.explain(ARRAYS, X, at="dense.a[1]", activations=RELU)
        self.assertEqual(found.value, 0)
        self.assertIn("relu(-0.75)", found.text)
        both = byhand.explain(ARRAYS, X, at="dense.a[1]", activations=RELU, mistake="skipped-activation:dense")
        self.assertEqual(both.first_difference, "dense.a[1]")
        self.assertEqual([line.at for line in both.lines if line.first], ["dense.a[1]"])

    def test_a_training_step_has_gradients_and_new_weights(self):
        # Loss (0.875 - 1)² = 0.015625, its derivative -0.25, so the bias goes from 0.5 to 0.5 + 0.1 × 0.25.
        found = byhand.train_step(ARRAYS, X, 1, activations=RELU, loss="mse", learning_rate=0.1)
        self.assertEqual(found.loss, 0.015625)
        self.assertEqual(found.gradients["dense_1.bias"].tolist(), [-0.25])
        self.assertAlmostEqual(found.weights["dense_1.bias"][0], 0.525, places=6)
        self.assertEqual(found.gradients["dense.kernel"].shape, (2, 2))
        self.assertEqual(found.gradients["dense.kernel"][0, 0], -0.25)
        again = byhand.check(
            ARRAYS, X, "0.47500", at="dense_1.bias.new[0]", y=1, activations=RELU, loss="mse", learning_rate=0.1
        )
        self.assertEqual((again.verdict, again.first_wrong), ("mistake", "dense_1.bias.new[0]"))
        self.assertIn("sign", [name for cause in again.causes for name in cause.mistakes])

    def test_lists_of_pairs_and_named_arrays_are_models_too(self):
        kernel, bias, kernel_1, bias_1 = ARRAYS
        self.assertEqual(byhand.predict([(kernel, bias), (kernel_1, bias_1)], X, activations=RELU).output, [0.875])
        torch = {"0.weight": [[0.5, 0.125], [-0.5, 0.25]], "0.bias": bias, "2.weight": [[1.0, 2.0]], "2.bias": bias_1}
        self.assertEqual(byhand.predict(torch, X, activations=RELU).output, [0.875])

    def test_printed_arrays_and_built_in_models(self):
        text = "[array([[0.5, -0.5], [0.125, 0.25]]), array([0.25, 0.5]), array([[1.], [2.]]), array([0.5])]"
        found = byhand.predict(text, X, activations=RELU, orientation="keras")
        self.assertEqual(found.output, [0.875])
        self.assertEqual(byhand.check("line-1-16-1", 10, 20.475).cause.lesson, "forgotten-activation")

    def test_a_wrong_number_is_named_in_a_fifth_of_a_second(self):
        byhand.check("line-1-16-1", 10, 20.475)
        begin = time.perf_counter()
        byhand.check("line-1-16-1", 10, 20.475)
        self.assertLess(time.perf_counter() - begin, 0.2 if os.environ.get("BYHAND_TIMES") else 5)


class Tables(unittest.TestCase):
    def test_the_first_difference_is_marked_in_colour_and_in_words(self):
        html = byhand.check(ARRAYS, X, "-0.62500", activations=RELU)._repr_html_()
        rows = re.findall(r"<tr>.*?</tr>", html)
        marked = [row for row in rows if "first difference" in row]
        self.assertEqual(len(marked), 2, html)  # the answer, and the value behind it
        self.assertTrue(all("background" in row for row in marked))
        self.assertIn("dense.a[1]", marked[1])
        self.assertIn("You skipped relu in layer `dense`.", html)

    def test_a_right_answer_has_no_mark(self):
        self.assertNotIn("first difference", byhand.check(ARRAYS, X, "0.87500", activations=RELU)._repr_html_())

    def test_every_result_has_a_table_and_escapes_what_it_was_given(self):
        name = "<script>alert(1)</script>"
        results = [
            byhand.predict(ARRAYS, X, activations=RELU),
            byhand.explain(ARRAYS, X, activations=RELU, mistake="skipped-activation:dense"),
            byhand.train_step(ARRAYS, X, 1, activations=RELU, loss="mse"),
        ]
        for result in results:
            result.notes = [name]
            html = result._repr_html_()
            self.assertIn("<table", html)
            self.assertNotIn("<script", html)
            self.assertIn("&lt;script&gt;", html)


class Errors(unittest.TestCase):
    def test_the_message_is_byhands_and_names_the_argument(self):
        with self.assertRaisesRegex(byhand.ByhandError, "give one activation for each layer") as caught:
            byhand.predict(ARRAYS, X)
        self.assertIn("`--activations` is `activations=`", caught.exception.message)

    def test_what_no_model_is(self):
        for model, says in [
            (object(), "no model that byhand can read"),
            ([], "empty"),
            ("nowhere.keras", "cannot read `nowhere.keras`"),
            ([[[1, 2], [3]], [1]], "rows of different shapes"),
            ([["a"], [1]], "no number"),
        ]:
            with self.subTest(says), self.assertRaisesRegex(byhand.ByhandError, says):
                byhand.predict(model, X, activations=RELU)

    def test_wrong_inputs_and_answers(self):
        with self.assertRaisesRegex(byhand.ByhandError, "takes 2 numbers, and 3 were given"):
            byhand.predict(ARRAYS, [1, 2, 3], activations=RELU)
        with self.assertRaisesRegex(byhand.ByhandError, "is not a number"):
            byhand.check(ARRAYS, X, "abc", activations=RELU)
        with self.assertRaises(TypeError):
            byhand.check(ARRAYS, X, 1, activation=RELU)

    def test_without_a_terminal_open_says_what_to_type(self):
        with mock.patch.object(sys, "__stdout__", None):
            with self.assertRaisesRegex(byhand.ByhandError, "needs a terminal") as caught:
                byhand.open(ARRAYS, X, activations=RELU)
        command = caught.exception.message.splitlines()[-1]
        self.assertIn("--activations relu,linear --input 1,-3", command)
        self.assertTrue(Path(re.search(r"(\S+weights\.npz)", command).group(1)).is_file())

    def test_a_program_that_is_not_there(self):
        with mock.patch.dict(os.environ, {"BYHAND": "/nowhere/byhand"}):
            with self.assertRaisesRegex(byhand.BinaryNotFound, "no such file"):
                byhand.version()

    def test_nothing_is_imported_but_the_standard_library(self):
        code = "import sys; before = set(sys.modules); import byhand; print([m for m in set(sys.modules) - before])"
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for package in ("numpy", "keras", "torch", "IPython", "pandas"):
            self.assertNotIn(f"'{package}", found)


class Digits(unittest.TestCase):
    def test_numbers_keep_the_digits_that_they_have(self):
        self.assertEqual(_numbers.written(20.475), "20.475")
        self.assertEqual(_numbers.written("20.470"), "20.470")
        self.assertEqual(_numbers.written(0.5, 8), "0.50000000")
        self.assertEqual(_numbers.written([1, 0.25]), "1,0.25")
        self.assertEqual(_numbers.written(12.0, 2), "12")

    @needs("numpy")
    def test_float32_has_the_fewest_digits_that_read_back(self):
        import numpy

        for value in ["0.1", "25.004662", "1e-07", "3.4028235e+38"]:
            self.assertEqual(float(_numbers.written(numpy.float32(value))), float(value))
        self.assertEqual(_numbers.written(numpy.array([0.1, 0.2], dtype=numpy.float32)), "0.1,0.2")

    @needs("numpy")
    def test_npz_is_what_numpy_writes(self):
        import tempfile

        import numpy

        arrays = [numpy.arange(6, dtype=numpy.float32).reshape(2, 3), numpy.array(0.1), [[1, 2]], numpy.float16(0.5)]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "arrays.npz"
            _numbers.save(path, [(f"arr_{i}", value) for i, value in enumerate(arrays)])
            with numpy.load(path) as read:
                for i, value in enumerate(arrays):
                    numpy.testing.assert_array_equal(read[f"arr_{i}"], numpy.asarray(value))

    @needs("numpy")
    def test_long_inputs_go_through_a_file(self):
        import numpy

        random = numpy.random.default_rng(20475)
        kernel = random.normal(size=(3000, 2)).astype(numpy.float32)
        x = random.normal(size=3000).astype(numpy.float32)
        found = byhand.predict([kernel, numpy.zeros(2, numpy.float32)], x, activations="linear")
        numpy.testing.assert_allclose(numpy.asarray(found)[0], x.astype(float) @ kernel.astype(float), atol=1e-3)


@needs("numpy", "keras")
class Keras(unittest.TestCase):
    def setUp(self):
        if importlib.util.find_spec("tensorflow") is None:
            os.environ.setdefault("KERAS_BACKEND", "jax" if importlib.util.find_spec("jax") else "torch")
        import keras

        keras.utils.set_random_seed(20475)
        self.keras = keras

    def same(self, model, x):
        import numpy

        found = byhand.predict(model, x)
        numpy.testing.assert_allclose(
            numpy.asarray(found).ravel(), numpy.asarray(model.predict(x, verbose=0)).ravel(), rtol=1e-5, atol=1e-6
        )
        return found

    def test_a_chain_and_its_mistake(self):
        import numpy

        layers = self.keras.layers
        model = self.keras.Sequential(
            [layers.Input((2,)), layers.Dense(5, activation="tanh"), layers.Dense(1, activation="sigmoid")]
        )
        x = numpy.array([[0.3, 0.1], [1, -2]], dtype=numpy.float32)
        found = self.same(model, x)
        self.assertEqual(len(found.outputs), 2)
        kernel, bias, kernel_1, bias_1 = model.get_weights()
        wrong = numpy.tanh(x[:1] @ kernel + bias) @ kernel_1 + bias_1  # without sigmoid
        checked = byhand.check(model, x[0], wrong[0, 0])
        self.assertIn("skipped-activation:dense_1", [name for cause in checked.causes for name in cause.mistakes])
        # The arrays alone, and one sample in the shape of `model.predict`.
        alone = byhand.predict(model.get_weights(), x, activations="tanh,sigmoid")
        self.assertEqual(alone.outputs, found.outputs)

    def test_an_image_goes_through_a_convolution(self):
        import numpy

        layers = self.keras.layers
        model = self.keras.Sequential(
            [layers.Input((6, 5, 2)), layers.Conv2D(3, 3, activation="relu"), layers.Flatten(), layers.Dense(2)]
        )
        x = numpy.random.default_rng(1).normal(size=(1, 6, 5, 2)).astype(numpy.float32)
        whole = self.same(model, x)
        self.assertEqual(byhand.predict(model, x[0]).outputs, whole.outputs)

    def test_several_inputs_by_name(self):
        import numpy

        layers = self.keras.layers
        left, right = layers.Input((2,), name="left"), layers.Input((1,), name="right")
        out = layers.Dense(1)(layers.Concatenate()([left, right]))
        model = self.keras.Model([left, right], out)
        x = {"left": numpy.array([[1.0, 2.0]]), "right": numpy.array([[3.0]])}
        found = byhand.predict(model, x)
        numpy.testing.assert_allclose(found.output, numpy.asarray(model(x))[0], rtol=1e-5)

    def test_a_compiled_model_knows_loss_and_optimizer(self):
        import numpy

        layers = self.keras.layers
        model = self.keras.Sequential([layers.Input((2,)), layers.Dense(2, activation="sigmoid"), layers.Dense(1)])
        model.compile(loss="mean_squared_error", optimizer=self.keras.optimizers.Adam(learning_rate=0.02))
        x, y = numpy.array([[0.05, 0.1], [1, -1]]), numpy.array([[0.5], [0.25]])
        found = byhand.train_step(model, x, y)
        before = model.evaluate(x, y, verbose=0)
        model.train_on_batch(x, y)
        self.assertAlmostEqual(found.loss, before, places=5)
        for theirs in model.trainable_variables:
            mine = found.weights[".".join(theirs.path.split("/")[-2:])]
            numpy.testing.assert_allclose(numpy.asarray(mine), theirs.numpy(), atol=2e-6)


@needs("numpy", "torch")
class Torch(unittest.TestCase):
    def test_a_sequential_and_its_mistake(self):
        import torch

        torch.manual_seed(20475)
        nn = torch.nn
        model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2), nn.Sigmoid())
        x = torch.tensor([[0.3, 0.1], [1.0, -2.0]])
        found = byhand.predict(model, x)
        with torch.no_grad():
            for mine, theirs in zip(found.outputs, model(x).tolist()):
                for a, b in zip(mine, theirs):
                    self.assertAlmostEqual(a, b, places=6)
            # Square kernels: a tensor is units × inputs.
            wrong = model[3](model[2](model[1](x[:1] @ model[0].weight + model[0].bias)))
        arrays = [parameter for parameter in model.parameters()]
        self.assertEqual(byhand.predict(arrays, x, activations="relu,sigmoid").outputs, found.outputs)
        checked = byhand.check(model, x[0], wrong[0])
        names = {name for cause in checked.causes for name in cause.mistakes}
        self.assertTrue(any(name.startswith("transposed") for name in names), checked)

    def test_activations_of_forward_are_said(self):
        import torch

        class Net(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.first, self.second = torch.nn.Linear(2, 3), torch.nn.Linear(3, 1)

            def forward(self, x):
                return self.second(torch.tanh(self.first(x)))

        torch.manual_seed(1)
        model = Net()
        found = byhand.predict(model, [0.5, -1], activations=["tanh", "linear"])
        with torch.no_grad():
            self.assertAlmostEqual(found.output[0], float(model(torch.tensor([0.5, -1.0]))), places=6)


if __name__ == "__main__":
    unittest.main()
