"""Processes that belong together: a child ends with its parent, however the parent ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

# Set for the children of ``ekspora serve``, and so for theirs.
FOLLOWS = "EKSPORA_FOLLOWS"
_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def follow_parent() -> None:
    """Die when the parent dies, even by kill -9, if this process was started by ``ekspora serve``.

    Linux does it by itself (prctl); elsewhere a thread looks every second whether the parent changed.
    """
    if FOLLOWS not in os.environ:
        return
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it died in between
        os.kill(os.getpid(), signal.SIGKILL)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)
