"""Loaded with ``-p tests.plugin`` before pytest-django reads the settings: where state lives, which database."""

import os
import sys
import tempfile
from contextlib import ExitStack

from tests import postgres
from tests.chromium import browser as browser  # a fixture for every folder
from tests.places import forget_the_installation

_stack = ExitStack()


def _prepare() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ or "EKSPORA_TEMPLATE" in os.environ:
        return  # workers inherit what the controller decided, which may have it from ``tests/run.py``
    forget_the_installation()
    os.environ["EKSPORA_HOME"] = _stack.enter_context(tempfile.TemporaryDirectory(prefix="ekspora-test"))
    if "--postgres" in sys.argv:
        os.environ["DATABASE_URL"] = _stack.enter_context(postgres.running())


def pytest_unconfigure() -> None:
    """Stop PostgreSQL and remove the temporary home."""
    _stack.close()


_prepare()
