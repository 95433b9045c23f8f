"""Reading input and writing output files of the commands.

An output is written whole or not at all: to a temporary file beside it, forced to disk, then renamed.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

from ekspora.engines.kernel.problems import BadInput, Problem
from ekspora.engines.kernel.reading import shown

LARGEST = 500_000_000


def read_json(name: str) -> Any:
    """The value of a JSON file in UTF-8. Raises :class:`BadInput` saying what is wrong with the file."""
    raw = _read(name)
    for mark, encoding in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")):
        if raw.startswith(mark):
            _refuse(name, f"is encoded in {encoding}, not UTF-8", "Save it again as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(name, f"is not UTF-8 (byte {error.start})", "Save it again as JSON in UTF-8")
    if "\x00" in text[:4]:
        _refuse(name, "is encoded in UTF-16 or UTF-32, not UTF-8", "Save it again as UTF-8")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        _refuse(
            name, f"is not JSON: {error.msg} in line {error.lineno}, column {error.colno}", "Correct the file"
        )
    except RecursionError:
        _refuse(name, "is nested too deeply", "See docs/formats for what is expected")
    except ValueError as error:
        _refuse(name, str(error), "Correct the file")


def write_whole(name: str, text: str) -> None:
    """Write a file whole or not at all. Raises :class:`BadInput` where the place cannot be written."""
    target = Path(name)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        _refuse(name, f"cannot be written: {error.strerror}", "Choose another place for -o")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        _refuse(name, f"cannot be written: {error.strerror}", "Choose another place for -o")


def check_writable(name: str) -> None:
    """Refuse a place for output before the work is done rather than after."""
    target = Path(name)
    if target.is_dir():
        _refuse(name, "is a folder", "Name a file for -o")
    if not os.access(target.parent, os.W_OK):
        _refuse(name, "its folder does not exist or cannot be written", "Choose another place for -o")


def complain(error: BadInput) -> int:
    """Tell the faults on standard error; the exit code of bad input."""
    print(error.report(), file=sys.stderr)
    return 2


def _read(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        _refuse(name, f"cannot be read: {error.strerror}", "Check the name and the permission")
    if len(raw) > LARGEST:
        _refuse(name, f"is larger than {LARGEST // 10**6} MB", "Split the event, for example by day or hall")
    return raw


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"has the key {shown(twice)} twice in one object")
    return found


def _constant(word: str) -> NoReturn:
    raise ValueError(f"holds {word}, which is not JSON")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refuse(name: str, what: str, remedy: str) -> NoReturn:
    raise BadInput([Problem(name, what, remedy)]) from None
