"""What words for goods mean: ``glossary.yaml``, read once."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("glossary.yaml")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning: its broader meaning (or empty), its name in both languages, the words for it."""

    kind_of: str
    id: str
    en: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def _data() -> Any:
    return yaml.safe_load(FILE.read_text("utf-8"))


@lru_cache(maxsize=1)
def known() -> dict[str, Meaning]:
    """All meanings by their code."""
    return {
        code: Meaning(entry.get("kind_of", ""), entry["id"], entry["en"], tuple(entry["words"].split()))
        for code, entry in _data()["meanings"].items()
    }


@lru_cache(maxsize=1)
def idle() -> frozenset[str]:
    """Words that say nothing about what is meant."""
    return frozenset(_data()["idle"].split())
