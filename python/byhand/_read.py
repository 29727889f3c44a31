"""What the program answers in JSON, as results."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

from ._binary import ByhandError
from .results import (
    Array, Cause, Check, Difference, Explanation, Layer, Line, Observation, Prediction, TrainingStep, number,
)  # fmt: skip

#: Values of one stage: a list, or with a shape in a graph of layers.
_NO_STAGES = {"name", "kind", "activation"}


def predicted(json: Any, text: str, notes: List[str]) -> Prediction:
    """Of `byhand predict --layers --json`."""
    outputs, passes = [], []
    for one in json["passes"]:
        output = one["output"]
        outputs.append(_data(output))
        passes.append({layer["name"]: _layer(layer) for layer in one["layers"]})
    return Prediction(outputs, passes, text, notes, json)


def _layer(json: Mapping[str, Any]) -> Layer:
    stages = json.get("stages")
    if stages is None:
        stages = {name: value for name, value in json.items() if name not in _NO_STAGES}
    found: Dict[str, List[float]] = {name: _data(value) for name, value in stages.items() if _is_data(value)}
    return Layer(json["name"], json["kind"], json.get("activation"), found)


def _is_data(value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, dict) and "data" in value)


def _data(value: Any) -> List[float]:
    found: List[float] = number(value["data"] if isinstance(value, dict) else value)
    return found


def checked(
    json: Any, text: str, notes: List[str], context: Optional[Callable[[Sequence[str], str, Any], Any]]
) -> Check:
    """Of `byhand check --json`; `context` works out a value right and with mistakes."""
    observations = [
        Observation(
            at=seen["at"],
            answer=seen.get("answer"),
            correct=number(seen["correct"]),
            input=number(seen["input"]) if isinstance(seen.get("input"), list) else seen.get("input"),
            model_says=seen.get("model_says"),
        )
        for seen in json["observations"]
    ]
    causes = [_cause(candidate) for candidate in json.get("candidates", [])]
    first_wrong = json.get("first_wrong")
    if first_wrong is None and json["verdict"] != "correct" and len(observations) == 1:
        first_wrong = observations[0].at
    lines: List[Line] = []
    first = causes[0].first_difference if causes and causes[0].explains == "answer" else None
    if context is not None and first is not None:
        try:
            lines = _lines(context(causes[0].mistakes, first.at, first.input), first.at)
        except (ByhandError, KeyError):
            pass  # the sentence says it too; the table is an addition
    following = json.get("next_input") or json.get("next") or {}
    return Check(
        verdict=json["verdict"],
        observations=observations,
        first_wrong=first_wrong,
        causes=causes,
        unknown=json.get("unknown"),
        lines=lines,
        next_input=following.get("input"),
        text=text,
        notes=notes,
        json=json,
    )


def _cause(json: Mapping[str, Any]) -> Cause:
    parting = json.get("parts_at")
    lessons = [mistake.get("lesson") for mistake in json["mistakes"]]
    return Cause(
        says=json["says"],
        probability=json["probability"],
        mistakes=[mistake["name"] for mistake in json["mistakes"]],
        values=number(json.get("values", [])),
        first_difference=parting
        and Difference(parting["at"], number(parting["right"]), number(parting["wrong"]), parting.get("input")),
        lesson=next((lesson for lesson in lessons if lesson), None),
        explains=json.get("explains", "answer"),
        options=json.get("options"),
    )


def explained(at: Optional[str], json: Any, text: str, notes: List[str]) -> Explanation:
    """Of `byhand explain --json`."""
    mistakes = json.get("mistakes", []) if isinstance(json, dict) else []
    first = json.get("parts_at") if isinstance(json, dict) else None
    return Explanation(at, _lines(json, first), mistakes, first, text, notes, json)


def _lines(json: Any, first: Optional[str]) -> List[Line]:
    """The value of each address, both ways: the last line that an address has is its value."""
    if isinstance(json, list):  # of a training
        return [Line(line["at"], number(line["value"]), None) for line in json]
    if "right" not in json:
        right, wrong = _values(json["lines"]), {}
    else:
        right, wrong = _values(json["right"]["lines"]), _values(json["wrong"]["lines"])
        asked = json.get("value")
        # A stage that was left out has no line; what is asked has its value all the same.
        for way, values in ((json["right"], right), (json["wrong"], wrong)):
            if asked and asked not in values and len(way.get("values", [])) == 1:
                values[asked] = number(way["values"][0])
    addresses = list(dict.fromkeys([*right, *wrong]))
    lines = [Line(at, right.get(at), wrong.get(at)) for at in addresses]
    if wrong:
        apart = [line for line in lines if line.right != line.wrong]
        named = [line for line in apart if line.at == first]
        for line in (named or apart)[:1]:
            line.first = True
    return lines


def _values(lines: Sequence[Mapping[str, Any]]) -> Dict[str, float]:
    return {line["address"]: number(line["result"]) for line in lines}


def trained(json: Any, text: str, notes: List[str]) -> TrainingStep:
    """Of `byhand train --json`; of several steps, the last."""
    step = json["steps"][-1]
    slots = {name: value for name, value in step.get("state", {}).items() if name != "step"}
    return TrainingStep(
        loss=number(step["loss"]),
        gradients=_arrays(step["gradients"]),
        weights=_arrays(step["weights"]),
        slots=slots,
        text=text,
        notes=notes,
        json=json,
    )


def _arrays(json: Mapping[str, Any]) -> Dict[str, Array]:
    return {name: Array(tuple(value["shape"]), number(value["data"])) for name, value in json.items()}
