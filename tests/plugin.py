"""Loaded with ``-p tests.plugin`` before pytest-django reads the settings: where state lives, which database."""

import os
import sys
import tempfile
from contextlib import ExitStack

from tests import postgres
from tests.chromium import browser as browser  # a fixture for every folder

_stack = ExitStack()


def _prepare() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # workers inherit what the controller decided
    for name in ("DATABASE_URL", "EKSPORA_DEMO", "EKSPORA_DEBUG", "EKSPORA_URL", "EMAIL_HOST", "PORT"):
        os.environ.pop(name, None)
    os.environ["EKSPORA_HOME"] = _stack.enter_context(tempfile.TemporaryDirectory(prefix="ekspora-test"))
    if "--postgres" in sys.argv:
        os.environ["DATABASE_URL"] = _stack.enter_context(postgres.running())


def pytest_unconfigure() -> None:
    """Stop PostgreSQL and remove the temporary home."""
    _stack.close()


_prepare()
