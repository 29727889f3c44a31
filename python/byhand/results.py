"""What the functions of byhand return: values with names, readable in a terminal and as a table in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple, Union

from . import _html
from ._numbers import flat

Numbers = Union[float, List[float]]


def number(value: Any) -> Any:
    """A number of byhand's JSON: it writes `nan`, `inf` and `-inf` as texts."""
    if isinstance(value, list):
        return [number(item) for item in value]
    return float(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Array:
    """Numbers with a shape. `numpy.asarray(array)` makes a NumPy array of it."""

    #: The lengths of the axes.
    shape: Tuple[int, ...]
    #: The numbers, in C order.
    data: List[float] = field(repr=False)

    def tolist(self) -> Any:
        """The numbers in nested lists."""
        return _nest(iter(self.data), self.shape)

    def __getitem__(self, index: Any) -> Any:
        rows = self.tolist()
        for place in index if isinstance(index, tuple) else (index,):
            rows = rows[place]
        return rows

    def __len__(self) -> int:
        return self.shape[0]

    def __array__(self, dtype: Any = None, copy: Optional[bool] = None) -> Any:
        import numpy

        return numpy.array(self.data, dtype=dtype or numpy.float32).reshape(self.shape)

    def __repr__(self) -> str:
        return f"Array({self.tolist()})"


def _nest(numbers: Iterator[float], shape: Tuple[int, ...]) -> Any:
    if not shape:
        return next(numbers)
    return [_nest(numbers, shape[1:]) for _ in range(shape[0])]


class _Result:
    """What all results share."""

    #: What byhand prints in a terminal, sentence by sentence.
    text: str
    #: What byhand had to assume, such as which way round a kernel was read.
    notes: List[str]
    #: The whole answer, as `byhand … --json` gives it.
    json: Any

    def __repr__(self) -> str:
        return "\n".join([*(f"note: {note}" for note in self.notes), self.text.rstrip("\n")])

    def _repr_html_(self) -> str:
        return _html.block(_html.notes(self.notes), *self._parts())

    def _parts(self) -> List[str]:
        return [_html.pre(self.text)]


@dataclass(repr=False)
class Layer:
    """The values of one layer in one pass."""

    name: str
    #: Its class, such as `Dense`.
    kind: str
    activation: Optional[str]
    #: The values of each stage by its name: `wx`, `z`, `a`, or what the layer has.
    stages: Dict[str, List[float]]

    def __getattr__(self, name: str) -> List[float]:
        try:
            return self.__dict__["stages"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"layer `{self.__dict__.get('name')}` has no stage `{name}`") from None

    def __repr__(self) -> str:
        return f"Layer({self.name}: {self.kind}, {', '.join(self.stages)})"


@dataclass(repr=False)
class Prediction(_Result):
    """What a network answers, computed in float32 as the frameworks do.

    `numpy.asarray(prediction)` has one row for each sample.
    """

    #: One list for each sample.
    outputs: List[List[float]]
    #: The layers of each sample by name.
    passes: List[Dict[str, Layer]]
    text: str
    notes: List[str]
    json: Any

    @property
    def output(self) -> List[float]:
        """The output of the first sample."""
        return self.outputs[0]

    @property
    def layers(self) -> Dict[str, Layer]:
        """The layers of the first sample by name."""
        return self.passes[0]

    def __getitem__(self, index: int) -> float:
        return self.output[index]

    def __len__(self) -> int:
        return len(self.output)

    def __array__(self, dtype: Any = None, copy: Optional[bool] = None) -> Any:
        import numpy

        return numpy.array(self.outputs, dtype=dtype or numpy.float32)

    def _parts(self) -> List[str]:
        parts = []
        for layer in self.layers.values():
            stages = {name: values for name, values in layer.stages.items() if len(values) == len(layer.stages["a"])}
            head = ", ".join([f"{layer.name}: {layer.kind}", *([layer.activation] if layer.activation else [])])
            rows = [[str(i), *(_html.number(column[i]) for column in stages.values())] for i in range(len(layer.a))]
            parts.append(_html.table(["unit", *stages], rows, caption=head))
        for i, output in enumerate(self.outputs):
            name = "output" if len(self.outputs) == 1 else f"output of sample {i}"
            parts.append(_html.line(f"{name}: {', '.join(map(_html.number, output))}", strong=True))
        return parts


@dataclass
class Observation:
    """One number that was checked, or several at one address."""

    #: The address, such as `dense.z[3]`.
    at: str
    #: What was given, with its digits.
    answer: Union[str, List[str], None]
    #: What it is.
    correct: Numbers
    #: The input, where the number belongs to one.
    input: Any
    #: What the framework said, if that was given.
    model_says: Union[str, List[str], None] = None


@dataclass
class Cause:
    """One explanation of a wrong number."""

    #: A sentence such as: You skipped relu in layer `dense`.
    says: str
    #: How probable it is, between 0 and 1.
    probability: float
    #: The mistakes by name, such as `skipped-activation:dense`; `explain(…, mistake=…)` takes them.
    mistakes: List[str]
    #: What the checked values are with these mistakes.
    values: List[Any]
    #: Where the calculation first differs from the right one: address, right value, value with the mistakes.
    first_difference: "Optional[Difference]"
    #: The lesson about it: `byhand learn LESSON`.
    lesson: Optional[str]
    #: `answer` or `model`: whose number it explains.
    explains: str = "answer"
    #: The arguments of the command line that describe the network so, where the description was wrong.
    options: Optional[str] = None


@dataclass
class Difference:
    """Where two calculations first differ."""

    at: str
    right: float
    wrong: float
    input: Any = None


@dataclass
class Line:
    """One line of a worked solution."""

    #: The address of the value.
    at: str
    #: The value, done right.
    right: Optional[float]
    #: The value with the mistakes, if there are any and it differs in how it is reached.
    wrong: Optional[float]
    #: Whether this is the first line at which the two differ.
    first: bool = False


@dataclass(repr=False)
class Check(_Result):
    """Whether answers are right, and what explains them if they are not.

    `bool(check)` is whether all of them are right.
    """

    #: `correct`, `mistake`, `rounding`, `unknown`, `too-few-digits` and the like.
    verdict: str
    observations: List[Observation]
    #: The address of the first number that is wrong.
    first_wrong: Optional[str]
    #: Explanations, the most probable first.
    causes: List[Cause]
    #: How probable it is that none of them is true.
    unknown: Optional[float]
    #: The worked solution around the first difference, right and with the most probable cause.
    lines: List[Line]
    #: An input that tells the causes apart.
    next_input: Any
    text: str
    notes: List[str]
    json: Any

    @property
    def correct(self) -> bool:
        """Whether all the answers are right."""
        return self.verdict == "correct"

    @property
    def cause(self) -> Optional[Cause]:
        """The most probable explanation."""
        return self.causes[0] if self.causes else None

    def __bool__(self) -> bool:
        return self.correct

    def _parts(self) -> List[str]:
        rows, first = [], None
        for row, seen in enumerate(self.observations):
            yours = seen.answer if seen.answer is not None else seen.model_says
            given = yours if isinstance(yours, str) else ", ".join(yours or [])
            right = ", ".join(_html.number(value) for value in flat(seen.correct))
            if first is None and not self.correct and seen.at == self.first_wrong:
                first = row
            rows.append([seen.at, given, right])
        parts = [_html.table(["at", "yours", "right"], rows, first, caption=f"verdict: {self.verdict}")]
        for cause in self.causes[:5]:
            parts.append(_html.line(f"{cause.probability:.1%}  {cause.says}", strong=cause is self.cause))
        if self.lines:
            parts.append(_html.ways(self.lines, "where your way first differs from the right one"))
        parts.append(_html.details("what byhand says", self.text))
        return parts


@dataclass(repr=False)
class Explanation(_Result):
    """A worked solution: `print` shows it; in a notebook it is a table."""

    #: The address that was asked for.
    at: Optional[str]
    lines: List[Line]
    #: The mistakes in words.
    mistakes: List[str]
    #: The address at which the calculation with mistakes first differs from the right one.
    first_difference: Optional[str]
    text: str
    notes: List[str]
    json: Any

    @property
    def value(self) -> Optional[float]:
        """The last value, done right."""
        rights = [line.right for line in self.lines if line.right is not None]
        return rights[-1] if rights else None

    def _parts(self) -> List[str]:
        table = [_html.ways(self.lines, f"first differs at {self.first_difference}")] if self.mistakes else []
        return [*table, _html.pre(self.text)]


@dataclass(repr=False)
class TrainingStep(_Result):
    """One training step: loss, gradients and new weights, by names such as `dense.kernel`."""

    #: Before the step.
    loss: float
    gradients: Mapping[str, Array]
    #: After the step.
    weights: Mapping[str, Array]
    #: What the optimizer keeps for each weight, such as `m` and `v` of Adam.
    slots: Mapping[str, Any]
    text: str
    notes: List[str]
    json: Any

    def _parts(self) -> List[str]:
        rows = [
            [name, _html.numbers(self.gradients[name].data) if name in self.gradients else "", _html.numbers(new.data)]
            for name, new in self.weights.items()
        ]
        table = _html.table(["weight", "gradient", "new"], rows, caption=f"loss {_html.number(self.loss)}")
        return [table, _html.details("what byhand says", self.text)]
