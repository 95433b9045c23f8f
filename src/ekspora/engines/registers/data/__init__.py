"""The vocabularies of the registers' reader, as TOML beside this module."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=16)
def load(name: str) -> dict[str, Any]:
    """The content of ``name.toml``; read once and not to be changed."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def listed(text: str) -> list[str]:
    """The entries of a text separated by commas, over as many lines as it likes."""
    return [entry for entry in (" ".join(part.split()) for part in text.split(",")) if entry]
