"""Models of any kind, as arguments of the program."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, List, Mapping, NamedTuple, Optional, Tuple

from . import _numbers
from ._binary import ByhandError


class Given(NamedTuple):
    """A model as the program takes it."""

    arguments: List[str]
    #: The shape of one sample, where the model says it.
    sample: Optional[Tuple[int, ...]]


def given(model: Any, folder: Path) -> Given:
    """The model as a file in `folder`, or as the name or path that it is."""
    origin = _origin(model)
    if origin == "keras":
        return _keras(model, folder)
    if origin == "torch":
        return _torch(model, folder)
    if isinstance(model, os.PathLike):
        return Given([os.fspath(model)], None)
    if isinstance(model, str):
        return Given([_text(model, folder)], None)
    if isinstance(model, Mapping):
        return _arrays([(str(name), value) for name, value in model.items()], folder)
    if isinstance(model, (list, tuple)):
        arrays = _leaves(model)
        torch = bool(arrays) and all(hasattr(item, "detach") for item in arrays)
        found = _arrays([(f"arr_{i}", value) for i, value in enumerate(arrays)], folder)
        return Given(found.arguments + ["--orientation", "torch" if torch else "keras"], None)
    raise ByhandError(
        f"`{type(model).__module__}.{type(model).__name__}` is no model that byhand can read: give a Keras or PyTorch "
        "model, a list of arrays, a path, a built-in model's name or printed arrays"
    )


def _origin(model: Any) -> str:
    """The framework whose model this is. It is imported already, or there would be no model."""
    for base in type(model).__mro__:
        package = base.__module__.split(".")[0]
        if package in ("keras", "tf_keras", "tensorflow") and hasattr(model, "get_config") and hasattr(model, "save"):
            return "keras"
        if package == "torch" and hasattr(model, "state_dict"):
            return "torch"
    return ""


def _keras(model: Any, folder: Path) -> Given:
    name = _file_name(str(getattr(model, "name", "model")))
    if not getattr(model, "built", True):
        raise ByhandError("the Keras model has no weights yet: call it once, or give it an `Input`")
    sample = getattr(model, "input_shape", None)
    shape = tuple(sample[1:]) if isinstance(sample, tuple) else None
    path = folder / f"{name}.keras"
    try:
        model.save(path)
        return Given([str(path)], shape)
    except Exception as first:  # a layer without a config, an old format: weights and description may still work
        try:
            (folder / "architecture.json").write_text(model.to_json(), encoding="utf-8")
            weights = folder / f"{name}.weights.h5"
            model.save_weights(weights)
        except Exception:
            raise ByhandError(f"Keras cannot save this model: {first}") from first
        return Given([str(weights), "--architecture", str(folder / "architecture.json")], shape)


def _torch(model: Any, folder: Path) -> Given:
    import torch

    path = folder / f"{_file_name(type(model).__name__)}.pt"
    torch.save({name: value.detach().cpu() for name, value in model.state_dict().items()}, path)
    printed = folder / "print.txt"
    printed.write_text(str(model), encoding="utf-8")
    return Given([str(path), "--architecture", str(printed)], None)


def _text(model: str, folder: Path) -> str:
    """A path, a built-in model's name, or what somebody printed."""
    if "\n" not in model and not model.lstrip().startswith(("[", "{", "array", "tensor", "Parameter", "OrderedDict")):
        return model
    path = folder / "weights.txt"
    path.write_text(model, encoding="utf-8")
    return str(path)


def _arrays(arrays: List[Tuple[str, Any]], folder: Path) -> Given:
    if not arrays:
        raise ByhandError("the list of arrays is empty: give kernel and bias of each layer, as get_weights() does")
    path = folder / "weights.npz"
    _numbers.save(path, arrays)
    return Given([str(path)], None)


def _leaves(model: Any) -> List[Any]:
    """The arrays of a list, and of lists of arrays in it, such as `[layer.get_weights() for layer in model.layers]`."""
    arrays: List[Any] = []
    for item in model:
        inside = isinstance(item, (list, tuple))
        if inside and (not item or any(hasattr(part, "shape") for part in item if not _is_number(part))):
            arrays.extend(_leaves(item))
        elif isinstance(item, tuple):  # (kernel, bias) as lists
            arrays.extend(item)
        else:
            arrays.append(item)
    return arrays


def _is_number(value: Any) -> bool:
    return not isinstance(value, (list, tuple)) and getattr(value, "shape", None) in ((), None)


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name)[:60] or "model"
