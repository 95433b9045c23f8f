"""Registers brought in as files: taken and shown, written in runs, undone as a whole."""

from ekspora.directory.services.importing.hooks import after_write, before_undo
from ekspora.directory.services.importing.undoing import undo
from ekspora.directory.services.importing.upload import read_again, remap, take
from ekspora.directory.services.importing.writing import confirm, run, write

__all__ = ["after_write", "before_undo", "confirm", "read_again", "remap", "run", "take", "undo", "write"]
