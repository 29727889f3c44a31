"""The program `byhand`: where it is, and how it is called."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import List, NamedTuple, Sequence

_NAME = "byhand.exe" if os.name == "nt" else "byhand"

#: What the command line calls `--model-says` is `model_says=` here; these options are arguments of the functions.
_ARGUMENTS = {
    "activations", "answer", "architecture", "at", "batch-size", "bias", "budget", "convention", "epochs", "from-logits",
    "indices", "learning-rate", "loss", "mistake", "model-says", "momentum", "nesterov", "optimizer", "orientation",
    "reduction", "scaling",
}  # fmt: skip


class ByhandError(Exception):
    """byhand could not understand or read something; the text says what, where and what to do.

    Attributes:
        message: What byhand said, without `error: `.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BinaryNotFound(ByhandError):
    """The program `byhand` is neither beside this package nor on the path."""


class Answer(NamedTuple):
    """What one call gave."""

    code: int
    out: str
    notes: List[str]


def binary() -> str:
    """The path of the program that is called.

    It is what the environment variable `BYHAND` names; else the one that was installed with this package, in the
    environment's folder for programs; else the first `byhand` on the path.

    Raises:
        BinaryNotFound: None of them is there.
    """
    named = os.environ.get("BYHAND")
    if named:
        if not Path(named).is_file():
            raise BinaryNotFound(f"the environment variable BYHAND names `{named}`, and there is no such file")
        return named
    folders = [sysconfig.get_path("scripts"), str(Path(sys.executable).parent)]
    try:
        folders.append(sysconfig.get_path("scripts", f"{os.name}_user"))
    except KeyError:  # a Python without a user's folder
        pass
    for folder in folders:
        found = Path(folder) / _NAME
        if found.is_file():
            return str(found)
    on_path = shutil.which("byhand")
    if on_path:
        return on_path
    raise BinaryNotFound(
        "the program `byhand` is not found: install it with `pip install byhand` or `cargo install byhand`, "
        "or set the environment variable BYHAND to its path"
    )


def begin(arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Starts the program; `finish` waits for it. So two calls can run at once."""
    # Nothing is read from a notebook's standard input.
    return subprocess.Popen(
        [binary(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def finish(process: "subprocess.Popen[bytes]") -> Answer:
    """Waits for the program.

    Raises:
        ByhandError: It could not understand or read something (exit code 2), or it ended in another way.
    """
    out, err = (part.decode("utf-8", "replace") for part in process.communicate())
    said = [line for line in err.splitlines() if line.strip()]
    notes = [line[len("note: ") :] for line in said if line.startswith("note: ")]
    if process.returncode not in (0, 1):
        raise ByhandError(_in_python("\n".join(line for line in said if not line.startswith("note: "))))
    return Answer(process.returncode, out, notes)


def call(arguments: Sequence[str]) -> Answer:
    """Starts the program and waits for it."""
    return finish(begin(arguments))


def _in_python(message: str) -> str:
    """The program's message, with the names that its options have here."""
    message = message[len("error: ") :] if message.startswith("error: ") else message
    names = [name for name in dict.fromkeys(re.findall(r"--([a-z][a-z-]*)", message)) if name in _ARGUMENTS]
    if names:
        here = ", ".join(f"`--{name}` is `{name.replace('-', '_')}=`" for name in names)
        message += f"\n(in Python {here})"
    return message or "byhand ended without a message"
