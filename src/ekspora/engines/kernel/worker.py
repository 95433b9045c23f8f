"""The child's side of a race: run one function, report through a pipe, never outlive the parent.

The parent keeps our standard input open for as long as it lives. Its end, by whatever cause, closes the pipe and
ends this process; on Linux the kernel is asked for the same in case Python is busy inside a solver.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pickle
import signal
import struct
import sys
import threading
import traceback
from typing import Any, BinaryIO

_PR_SET_PDEATHSIG = 1


def read_frame(pipe: BinaryIO) -> Any:
    """The next object of a pipe; raises ``EOFError`` at its end."""
    head = pipe.read(8)
    if len(head) < 8:
        raise EOFError
    return pickle.loads(pipe.read(struct.unpack("<Q", head)[0]))  # noqa: S301 - only our own parent or child writes


def write_frame(pipe: BinaryIO, value: Any) -> None:
    """Send one object through a pipe."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(struct.pack("<Q", len(body)) + body)
    pipe.flush()


def _die_with_parent(pipe: BinaryIO) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        pipe.read(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    """Read ``(module, function, arguments)`` from standard input, run it, send what it reports and returns."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    module, name, arguments = read_frame(sys.stdin.buffer)
    _die_with_parent(sys.stdin.buffer)
    try:
        value = getattr(importlib.import_module(module), name)(
            lambda report: write_frame(out, ("report", report)), *arguments
        )
        write_frame(out, ("done", value))
    except Exception:
        write_frame(out, ("failed", traceback.format_exc()))
    os._exit(0)


if __name__ == "__main__":
    main()
