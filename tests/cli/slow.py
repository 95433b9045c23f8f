"""A site with work that lasts: its first attempt waits until it is killed, the next one ends."""

import time
from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig

from ekspora.settings import *  # noqa: F403  # this module is the settings of that site
from ekspora.settings import HOME, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.cli.slow.SlowConfig"]


def wait(handle: Any) -> Mapping[str, Any]:
    """Note the attempt, and in the first one wait for ever."""
    with (HOME / "attempts").open("a") as file:
        file.write(f"{handle.job.attempts}\n")
    while handle.job.attempts == 1:
        time.sleep(0.05)
    return {"attempt": handle.job.attempts}


class SlowConfig(AppConfig):
    name = "tests.cli"
    label = "slow"

    def ready(self) -> None:
        from ekspora.core.services import jobs

        jobs.kinds.register("test.wait", wait)
