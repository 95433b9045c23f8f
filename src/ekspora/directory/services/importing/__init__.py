"""Registers brought in as files: taken and shown, written in runs, undone as a whole."""

from ekspora.directory.services.importing.hooks import after_write, before_undo
from ekspora.directory.services.importing.undoing import undo
from ekspora.directory.services.importing.upload import (
    choose_sheets,
    decide,
    read_again,
    read_for_corrections,
    remap,
    take,
)
from ekspora.directory.services.importing.writing import bring, confirm, run, write

__all__ = [
    "after_write",
    "before_undo",
    "bring",
    "choose_sheets",
    "confirm",
    "decide",
    "read_again",
    "read_for_corrections",
    "remap",
    "run",
    "take",
    "undo",
    "write",
]
