"""What a person is recognised by in texts: name, email and phone, however they are written."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from ekspora.core.models import Person

GONE = "…"
# A number written without country code or with other dashes still ends in the same digits.
_TELLING_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Marks:
    """The person's values. A name of one word may also be a word of goods or places: see each method."""

    name: str
    full_name: str
    email: str
    phone: str

    @classmethod
    def of(cls, person: Person) -> "Marks":
        """The marks of a person who is not erased yet."""
        full_name = person.protocol_name if person.name else ""
        return cls(person.name, full_name, person.email, person.phone)

    def without(self, names: Collection[str]) -> "Marks":
        """The same without some of ``name``, ``email`` and ``phone``, which do not point at the person."""
        gone = {*names, *({"full_name"} if "name" in names else ())}
        return replace(self, **dict.fromkeys(gone, ""))

    def blotted(self, text: str) -> str:
        """The text of a record about the person with every mark replaced by "…"."""
        pattern = "|".join(self._telling() + self._single_word())
        return re.sub(pattern, GONE, text) if pattern else text

    def blotted_where(self, text: str, *, is_theirs: bool) -> str:
        """The same for a record that may be about others: then only where something in it points at the person."""
        return self.blotted(text) if is_theirs or self.are_in(text) else text

    def blotted_in(self, value: Any) -> Any:
        """The same in every text of a JSON value; keys stay."""
        if isinstance(value, str):
            return self.blotted(value)
        if isinstance(value, list):
            return [self.blotted_in(one) for one in value]
        if isinstance(value, dict):
            return {key: self.blotted_in(one) for key, one in value.items()}
        return value

    def are_in(self, value: Any) -> bool:
        """Whether a JSON value of any record holds a mark; a name of one word only as a whole text."""
        if isinstance(value, str):
            pattern = "|".join(self._telling())
            return value.strip() == self.name != "" or bool(pattern and re.search(pattern, value))
        if isinstance(value, list):
            return any(self.are_in(one) for one in value)
        if isinstance(value, dict):
            return any(self.are_in(one) for one in value.values())
        return False

    def may_be_in(self, field: str) -> Q:
        """Rows whose text or JSON-as-text ``field`` could hold a mark, found by the database."""
        found = Q(pk__in=[])
        for mark in {self.name, self.email, self.phone} - {""}:
            # As plain text, as PostgreSQL writes JSON out, and as SQLite keeps it.
            written = {mark, json.dumps(mark, ensure_ascii=False)[1:-1], json.dumps(mark)[1:-1]}
            for text in written:
                found |= Q(**{f"{field}__icontains": text})
        return found

    def _telling(self) -> list[str]:
        """Patterns that point at nobody else."""
        names = sorted({self.full_name, self.name} - {""}, key=len, reverse=True)
        words = [rf"(?i:(?<!\w){re.escape(name)}(?!\w))" for name in names if " " in name]
        email = [rf"(?i:(?<![\w.]){re.escape(self.email)}(?!\w))"] if self.email else []
        return words + email + self._phone()

    def _single_word(self) -> list[str]:
        return [rf"(?<!\w){re.escape(self.name)}(?!\w)"] if self.name and " " not in self.name else []

    def _phone(self) -> list[str]:
        digits = re.sub(r"\D", "", self.phone)[-_TELLING_DIGITS:]
        if len(digits) < _TELLING_DIGITS:
            return [re.escape(self.phone)] if self.phone else []
        return [r"(?:\+?\d[\d(). -]{0,7})?" + r"[(). -]{0,2}".join(digits) + r"(?!\d)"]
