"""The options of a training step."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional

from . import _numbers
from ._binary import ByhandError

#: Options of the command line with a value, and those without.
_VALUES = ("momentum", "reduction", "convention", "l2", "freeze", "epochs", "batch_size")
_FLAGS = ("nesterov", "from_logits")
#: What is passed on of a Keras optimizer: what the program has as an option, or as a number of `--option`.
_OF_KERAS = {
    "sgd": ("momentum", "nesterov"),
    "rmsprop": ("momentum", "rho", "epsilon"),
    "adagrad": ("epsilon",),
    "adam": ("beta_1", "beta_2", "epsilon"),
    "adamw": ("beta_1", "beta_2", "epsilon", "weight_decay"),
}


def arguments(
    model: Any,
    y: Any,
    samples: int,
    loss: Optional[str],
    optimizer: Any,
    learning_rate: Optional[float],
    options: Mapping[str, Any],
) -> List[str]:
    """Targets, loss and optimizer as arguments; a compiled Keras model completes what is not said."""
    of_model = getattr(model, "optimizer", None)
    options = dict(options)
    if loss is None and isinstance(getattr(model, "loss", None), str):
        loss = model.loss
    if optimizer is None and hasattr(of_model, "get_config"):
        optimizer = of_model
    if optimizer is not None and not isinstance(optimizer, str):
        name, config = _of_keras(optimizer)
        options = {**config, **options}
        optimizer, rate = name, getattr(optimizer, "learning_rate", None)
        learning_rate = float(_numbers.nested(rate)) if learning_rate is None and rate is not None else learning_rate
    found = _targets(y, samples)
    for option, value in (("--loss", loss), ("--optimizer", optimizer), ("--learning-rate", learning_rate)):
        if value is not None:
            found += [option, str(value)]
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if name in _FLAGS:
            found += [option] if value else []
        elif name in _VALUES:
            found += [option, value if isinstance(value, str) else _joined(value)]
        else:
            found += ["--option", f"{name}={value}"]
    return found


def _joined(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _of_keras(optimizer: Any) -> "tuple[str, dict[str, Any]]":
    name = type(optimizer).__name__.lower()
    if not hasattr(optimizer, "get_config"):
        raise ByhandError(f"`{type(optimizer).__name__}` is no optimizer of Keras: give its name, such as optimizer='sgd'")
    config = optimizer.get_config()
    return name, {key: config[key] for key in _OF_KERAS.get(name, ()) if config.get(key)}


def _targets(y: Any, samples: int) -> List[str]:
    """One target for each sample; a list of numbers may be the target of the only sample."""
    if isinstance(y, str):
        rows = [y]
    else:
        numbers = _numbers.nested(y)
        axes = len(_numbers.shape(numbers))
        if axes == 0 or (axes == 1 and samples == 1):
            rows = [numbers]
        else:
            rows = list(numbers)
    if len(rows) != samples:
        raise ByhandError(f"there are {samples} samples and {len(rows)} targets; give one target for each sample")
    texts = [row if isinstance(row, str) else ",".join(map(repr, _numbers.flat(row))) for row in rows]
    return [part for text in texts for part in ("--target", text)]
