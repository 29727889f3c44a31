"""Find where your own calculation of a neural network went wrong.

    >>> import byhand
    >>> byhand.check("line-1-16-1", 10, 20.475)
    ...
    You skipped relu in layer `dense`. (over 99.9 %)

Every function calls the program `byhand`, which computes in float32 as Keras and PyTorch do. All of them take:

`model`
    A Keras or PyTorch model; a list of arrays such as `model.get_weights()` gives, or a dict of named ones; the path of
    a model file; the name of a built-in model; or a text with printed arrays.
`x`
    One number or a list of numbers is one sample. Of an array with more axes the first counts the samples, as for
    `model.predict(x)`. A network with several inputs takes a dict, `{"left": …, "right": …}`.
`activations`
    Arrays do not contain them: one for each layer, such as `"relu,linear"` or `["relu", "linear"]`.
`orientation`
    Which way round kernels are stored: `"keras"` (inputs × units) or `"torch"` (units × inputs). A list of NumPy arrays
    is read as Keras gives it, a list of tensors as PyTorch does, if nothing is said.
`scaling`
    How numbers were scaled before training, such as `"input=0,100:-1,1"`; or a list of these.

Addresses name values: `dense.wx[3]` is the weighted sum of unit 3 of layer `dense`, `dense.z[3]` has its bias, `dense.a[3]`
its activation, `output[0]` is the first output, `dense.kernel.new[0,1]` a weight after a training step.

Wrong inputs raise `ByhandError`, whose text says what to do.
"""

from __future__ import annotations

import json as _json
import os as _os
import shlex as _shlex
import subprocess as _subprocess
import sys as _sys
import tempfile as _tempfile
from contextlib import contextmanager as _contextmanager
from pathlib import Path as _Path
from typing import Any, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from . import _model, _numbers, _training
from ._binary import BinaryNotFound, ByhandError, begin, binary, call, finish
from ._read import checked, explained, predicted, trained
from .results import Array, Cause, Check, Difference, Explanation, Layer, Line, Observation, Prediction, TrainingStep

__all__ = [
    "Array", "BinaryNotFound", "ByhandError", "Cause", "Check", "Difference", "Explanation", "Layer", "Line", "Observation",
    "Prediction", "TrainingStep", "binary", "check", "explain", "open", "predict", "train_step", "version",
]  # fmt: skip

Words = Union[str, Sequence[str]]


def version() -> str:
    """What `byhand --version` says."""
    return call(["--version"]).out.strip()


def predict(
    model: Any,
    x: Any,
    *,
    activations: Optional[Words] = None,
    orientation: Optional[str] = None,
    scaling: Optional[Words] = None,
    architecture: Optional[str] = None,
    mistake: Optional[Words] = None,
) -> Prediction:
    """Computes a network: its output and every value of every layer.

    Args:
        mistake: Mistakes that are made on purpose, such as `"skipped-activation:dense"`.

    Raises:
        ByhandError: The model or the input cannot be used.
    """
    with _folder() as folder:
        given = _given(model, folder, activations, orientation, scaling, architecture)
        arguments = ["predict", *given.arguments, "--layers", *_inputs(x, given, folder)]
        return predicted(*_both([*arguments, *_options("--mistake", mistake)]))


def check(
    model: Any,
    x: Any,
    answer: Any = None,
    *,
    at: Optional[Words] = None,
    model_says: Any = None,
    activations: Optional[Words] = None,
    orientation: Optional[str] = None,
    scaling: Optional[Words] = None,
    architecture: Optional[str] = None,
    digits: Optional[int] = None,
    budget: Optional[float] = None,
    y: Any = None,
    loss: Optional[str] = None,
    optimizer: Any = None,
    learning_rate: Optional[float] = None,
    **options: Any,
) -> Check:
    """Tells whether your own number is right, and which mistake gives it if it is not.

    Args:
        answer: Your number; a list answers all values at `at`; a dict `{"dense.z[0]": -0.2, "output[0]": 0.75}` gives
            several values of one sample. With several samples it has one answer for each. A number counts with the digits
            that `repr` shows: write `"20.470"` as text, or `digits=`, if zeros at its end count.
        at: The address of your number; the output if nothing is said. A list has one for each answer.
        model_says: What the framework said. If your sum is right and the framework says something else, byhand looks
            for what the description of the network lacks.
        digits: How many significant digits of each answer count.
        budget: Seconds to search; 1 if nothing is said.
        y: The targets of a training step; then `at` can name gradients and new weights, and `loss`, `optimizer`,
            `learning_rate` and the other options of `train_step` say how it is done.

    Raises:
        ByhandError: The model, the input or the answer cannot be used.
    """
    with _folder() as folder:
        given = _given(model, folder, activations, orientation, scaling, architecture)
        training = y is not None
        inputs = _inputs(x, given, folder)
        arguments = ["check", *given.arguments, *inputs]
        if training:
            arguments += _training.arguments(model, y, len(inputs) // 2, loss, optimizer, learning_rate, options)
        elif options:
            raise TypeError(f"check() has no argument {', '.join(map(repr, options))} without `y`")
        if isinstance(answer, Mapping):
            if at is not None:
                raise ByhandError("a dict of answers names the addresses itself; leave `at` out")
            at, answer = list(answer), list(answer.values())
        several = at is not None and not isinstance(at, str)
        rows = len(inputs) // 2
        for option, numbers in (("--answer", answer), ("--model-says", model_says)):
            if numbers is not None:
                arguments += _answers(option, numbers, len(at) if several and at else rows, several, digits, training)
        for address in [at] if isinstance(at, str) else at or []:
            arguments += ["--at", address]
        if budget is not None:
            arguments += ["--budget", str(budget)]
        answers = _both(arguments)

        def context(mistakes: Sequence[str], value: str, sample: Any) -> Any:
            shown = ["explain", *given.arguments, "--input", _numbers.argument(sample, folder), "--value", value]
            return _json.loads(call([*shown, "--json", *_options("--mistake", mistakes)]).out)

        return checked(*answers, None if training else context)


def explain(
    model: Any,
    x: Any,
    *,
    at: Optional[str] = None,
    mistake: Optional[Words] = None,
    activations: Optional[Words] = None,
    orientation: Optional[str] = None,
    scaling: Optional[Words] = None,
    architecture: Optional[str] = None,
) -> Explanation:
    """Works out a value line by line; with `mistake` the right way and the wrong way side by side.

    Args:
        at: The address of the value; the whole network if nothing is said.
        mistake: Mistakes such as `"skipped-activation:dense"`; those of `check(…).cause.mistakes` fit.

    Raises:
        ByhandError: The model, the input or the address cannot be used.
    """
    with _folder() as folder:
        given = _given(model, folder, activations, orientation, scaling, architecture)
        inputs = _inputs(x, given, folder)
        if len(inputs) != 2:
            raise ByhandError(f"`explain` takes one sample; there are {len(inputs) // 2}")
        arguments = ["explain", *given.arguments, *inputs, *_options("--value", at), *_options("--mistake", mistake)]
        return explained(at, *_both(arguments))


def train_step(
    model: Any,
    x: Any,
    y: Any,
    *,
    loss: Optional[str] = None,
    optimizer: Any = None,
    learning_rate: Optional[float] = None,
    activations: Optional[Words] = None,
    orientation: Optional[str] = None,
    architecture: Optional[str] = None,
    **options: Any,
) -> TrainingStep:
    """Does one training step with all the samples: loss, gradients, new weights.

    Args:
        y: One target for each sample.
        loss: Such as `"mean_squared_error"`. A compiled Keras model has its own.
        optimizer: A name such as `"sgd"` or `"adam"`. A compiled Keras model has its own.
        options: `momentum`, `nesterov`, `reduction`, `from_logits`, `convention`, `l2`, `freeze`; any other one is a number of
            the optimizer, such as `epsilon=1e-3`.

    Raises:
        ByhandError: The model or the numbers cannot be used.
    """
    with _folder() as folder:
        given = _given(model, folder, activations, orientation, None, architecture)
        inputs = _inputs(x, given, folder)
        more = _training.arguments(model, y, len(inputs) // 2, loss, optimizer, learning_rate, options)
        return trained(*_both(["train", *given.arguments, *inputs, *more]))


def open(  # noqa: A001 (`byhand.open` is what the command is called)
    model: Any,
    x: Any = None,
    *,
    activations: Optional[Words] = None,
    orientation: Optional[str] = None,
    scaling: Optional[Words] = None,
    architecture: Optional[str] = None,
) -> int:
    """Opens a network on byhand's screen, in the terminal in which Python runs, and waits until it is closed.

    Returns:
        The program's exit code.

    Raises:
        ByhandError: Python does not run in a terminal; the text has the command to type into one.
    """
    in_terminal = all(stream is not None and stream.isatty() for stream in (_sys.__stdin__, _sys.__stdout__))
    with _folder(keep=not in_terminal) as folder:
        given = _given(model, folder, activations, orientation, scaling, architecture)
        arguments = ["open", *given.arguments, *(_inputs(x, given, folder) if x is not None else [])]
        if in_terminal:
            return _subprocess.call([binary(), *arguments])
        line = _subprocess.list2cmdline if _os.name == "nt" else _shlex.join
        raise ByhandError(f"byhand's screen needs a terminal; type this into one:\n{line([binary(), *arguments])}")


@_contextmanager
def _folder(keep: bool = False) -> Iterator[_Path]:
    """A folder for models and long inputs, gone afterwards."""
    if keep:
        yield _Path(_tempfile.mkdtemp(prefix="byhand-"))
    else:
        with _tempfile.TemporaryDirectory(prefix="byhand-") as name:
            yield _Path(name)


def _given(
    model: Any,
    folder: _Path,
    activations: Optional[Words],
    orientation: Optional[str],
    scaling: Optional[Words],
    architecture: Optional[str],
) -> _model.Given:
    given = _model.given(model, folder)
    arguments = list(given.arguments)
    for option, value in (("--orientation", orientation), ("--architecture", architecture)):
        if value is not None:
            if option in arguments:
                at = arguments.index(option)
                del arguments[at : at + 2]
            arguments += [option, _os.fspath(value)]
    if activations is not None:
        names = activations if isinstance(activations, str) else ",".join(activations)
        arguments += ["--activations", names]
    return given._replace(arguments=[*arguments, *_options("--scaling", scaling)])


def _options(option: str, values: Optional[Words]) -> List[str]:
    """An option for each of the words."""
    words = [values] if isinstance(values, str) else values or []
    return [part for word in words for part in (option, word)]


def _inputs(x: Any, given: _model.Given, folder: _Path) -> List[str]:
    rows = _numbers.samples(x, given.sample)
    return [part for row in rows for part in ("--input", _numbers.argument(row, folder))]


def _answers(
    option: str, numbers: Any, count: int, several: bool, digits: Optional[int], training: bool
) -> List[str]:
    """An answer for each of `count` samples or addresses; a list for one of them is one answer."""
    one = isinstance(numbers, str) or (count == 1 and not several)
    rows: Any = [numbers] if one else _numbers.host(numbers)
    if not hasattr(rows, "__len__") or len(rows) != count:
        what = "addresses" if several else "samples"
        got = len(rows) if hasattr(rows, "__len__") else 1
        raise ByhandError(f"there are {count} {what} and {got} answers; give one for each")
    return [part for row in rows for part in (option, _numbers.written(row, digits))]


def _both(arguments: Sequence[str]) -> Tuple[Any, str, List[str]]:
    """The same question twice at once: for programs, and for people."""
    for_programs = begin([*arguments, "--json"])
    for_people = begin(arguments)
    try:
        answer = finish(for_programs)
    finally:
        people = for_people.communicate()[0].decode("utf-8", "replace")
    return _json.loads(answer.out), people, answer.notes
