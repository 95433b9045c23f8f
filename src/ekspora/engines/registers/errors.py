"""What the reader of registers says when it cannot go on, and the form of every text for people."""

from collections.abc import Mapping

Text = Mapping[str, str]


def pair(id: str, en: str) -> Text:
    """A text for people in both languages: Indonesian under ``id``, English under ``en``."""
    return {"id": id, "en": en}


class RegisterError(Exception):
    """The file as a whole cannot be read. ``code`` is stable; ``text`` says what, where and the remedy."""

    def __init__(self, code: str, id: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.text = pair(id, en)
