"""Numbers and arrays of any library, as text and as `.npz`."""

from __future__ import annotations

import json
import math
import struct
import zipfile
from array import array
from pathlib import Path
from typing import Any, Iterable, List, Mapping, Sequence, Tuple

from ._binary import ByhandError

#: A longer argument is passed in a file: systems bound the length of a command line.
_LONGEST = 4096


def host(value: Any) -> Any:
    """A tensor as an array in this computer's memory; what is no tensor stays as it is."""
    if hasattr(value, "detach"):  # PyTorch
        value = value.detach().cpu()
        return value.float() if "bfloat16" in str(value.dtype) else value
    if hasattr(value, "to_numpy"):  # pandas
        return value.to_numpy()
    if hasattr(value, "numpy") and not hasattr(value, "tolist"):  # TensorFlow
        return value.numpy()
    if hasattr(value, "__array__") and not hasattr(value, "tolist"):  # a variable of Keras
        return value.__array__()
    return value


def nested(value: Any) -> Any:
    """Numbers in nested lists."""
    value = host(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (list, tuple)):
        return [nested(item) for item in value]
    if isinstance(value, (bool, int, float)) or hasattr(value, "__float__"):
        return float(value) if not isinstance(value, int) else value
    raise ByhandError(f"`{_short(value)}` is no number and no array of numbers")


def shape(numbers: Any) -> Tuple[int, ...]:
    """The shape of nested lists.

    Raises:
        ByhandError: Rows of different lengths.
    """
    if not isinstance(numbers, list):
        return ()
    inner = {shape(item) for item in numbers}
    if len(inner) > 1:
        raise ByhandError(f"an array has rows of different shapes: {_short(numbers)}")
    return (len(numbers), *(inner.pop() if inner else ()))


def flat(numbers: Any) -> Iterable[Any]:
    """The numbers of nested lists, in C order."""
    if isinstance(numbers, list):
        for item in numbers:
            yield from flat(item)
    else:
        yield numbers


def written(value: Any, digits: "int | None" = None) -> str:
    """Answers as the program reads them: a number, or several with commas.

    A text keeps the digits that it has. A number has the fewest digits that read back to it in its own type (so a
    float32 has at most 9), or `digits` significant ones.
    """
    if isinstance(value, str):
        return value
    single = "float32" in str(getattr(value, "dtype", ""))
    if isinstance(value, (list, tuple)):
        return ",".join(written(item, digits) for item in value)
    return ",".join(_number(number, single, digits) for number in flat(nested(value)))


def _number(number: Any, single: bool, digits: "int | None") -> str:
    if digits is not None and math.isfinite(number):
        text = format(float(number), f"#.{digits}g")
        return text[:-1] if text.endswith(".") else text
    if isinstance(number, int):
        return str(number)
    if not single or not math.isfinite(number):
        return repr(float(number))
    for places in range(1, 10):
        text = format(number, f".{places}g")
        if struct.pack("f", float(text)) == struct.pack("f", number):
            return repr(float(text))
    return repr(number)


def samples(x: Any, sample: "Tuple[int, ...] | None") -> List[Any]:
    """The samples of an input, as a framework's `predict` takes them: the first axis counts them.

    A single number and a list of numbers are one sample; so is an array that has just the shape `sample` of the
    model's input, where that is known. An input by name is one sample for each of its rows.
    """
    if isinstance(x, str):
        return [x]
    if isinstance(x, Mapping):
        named = {name: samples(value, None) for name, value in x.items()}
        counts = {len(rows) for rows in named.values()}
        if len(counts) != 1:
            raise ByhandError("the inputs have different numbers of samples")
        return [{name: rows[i] for name, rows in named.items()} for i in range(counts.pop())]
    numbers = nested(x)
    axes = len(shape(numbers))
    if axes < 2 or (sample is not None and axes == len(sample)):
        return [numbers]
    if not numbers:
        raise ByhandError("the input has no samples")
    return list(numbers)


def argument(numbers: Any, folder: Path) -> str:
    """A sample as an argument of the program, in a file if it is long."""
    if isinstance(numbers, str):
        return numbers
    if isinstance(numbers, Mapping):
        text = json.dumps({name: list(flat(value)) for name, value in numbers.items()})
    elif isinstance(numbers, list):
        text = ",".join(repr(number) for number in flat(numbers))
    else:
        text = repr(numbers)
    if len(text) <= _LONGEST:
        return text
    path = folder / f"input-{len(list(folder.iterdir()))}.{'json' if isinstance(numbers, Mapping) else 'csv'}"
    path.write_text(text, encoding="utf-8")
    return f"@{path}"


def save(path: Path, arrays: Sequence[Tuple[str, Any]]) -> None:
    """Named arrays as `.npz`, with all their digits."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, value in arrays:
            archive.writestr(f"{name}.npy", _npy(value))


def _npy(value: Any) -> bytes:
    value = host(value)
    single = "float32" in str(getattr(value, "dtype", ""))
    numbers = nested(value)
    axes = shape(numbers)
    try:
        packed = array("f" if single else "d", flat(numbers))
    except (TypeError, OverflowError) as why:
        raise ByhandError(f"an array of the model holds what is no number: {why}") from None
    if struct.pack("=H", 1) != struct.pack("<H", 1):
        packed.byteswap()
    header = f"{{'descr': '<{'f4' if single else 'f8'}', 'fortran_order': False, 'shape': {axes}, }}"
    header += " " * (-(10 + len(header) + 1) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode("ascii") + packed.tobytes()


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
