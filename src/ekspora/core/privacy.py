"""What is held about a person and how it is forgotten (UU 27/2022): each room answers for its own tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core import files
from ekspora.core.actors import Actor
from ekspora.core.models import Agency, Person
from ekspora.core.recognition import Marks
from ekspora.core.registries import Registry

# Section of the export: its records (JSON values). The person reads it: only what is about them, and by a session
# that a link limits only what that link reaches.
held: Registry[Callable[[Actor], Mapping[str, Any]]] = Registry("what is held about a person")
# Removes or blanks what is about the person; records others rely on keep their place without a name. Called
# while the person still has a name, rooms to the right first: they are found by what rooms to the left hold.
erasers: Registry[Callable[[Person], None]] = Registry("erasers of a person")
# Which of a person's name, email and phone point at them without doubt no more: at their own records (True), or at
# those of others, where anybody may bear the same.
doubts: Registry[Callable[[Person, bool], Iterable[str]]] = Registry("what does not recognise a person")
# Entries of the trail about records of the person, as far as the session reaches.
trail: Registry[Callable[[Actor], models.Q]] = Registry("entries of the trail about a person's records")
# The agency that has kept a person longest: it settles their wish to be erased, and not whichever gave them a link.
keepers: Registry[Callable[[Person], Agency | None]] = Registry("the agency that has kept a person longest")
# Removes what an agency has kept long enough, seen from a moment; returns what and how much went.
expired: Registry[Callable[[Agency, datetime], Mapping[str, int]]] = Registry("what is kept for a time only")

# What stands before the colon in limits of links that put a question about the person to somebody else's address.
# Whether there was such an address is not theirs to know; rooms add theirs.
put_to_others: set[str] = set()

# What people read for a section that is a list; rooms add theirs.
titles: dict[str, Any] = {
    "roles": _("roles"),
    "links": _("personal links"),
    "messages": _("messages"),
    "actions": _("entries in the trail"),
    "jobs": _("computations and imports started"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the record ``pk``: what it is (without a person's name), where officers of the agency open it."""

    pk: int
    agency: Agency
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PaperKind:
    """Files of one column: those ``about`` a person. With ``is_whole`` the row goes together with its file.

    ``keeper``: which agency (its id) answers for a row by now, for records that are handed over.
    """

    model: type[models.Model]
    column: str
    about: Callable[[Person], Iterable[Kept]]
    is_whole: bool = False
    keeper: models.Subquery | None = None

    def file_of(self, pk: int) -> str:
        """The name of the file that the record has now; empty where it has none."""
        return next((str(getattr(row, self.column).name) for row in self._rows(pk)), "")

    def remove(self, pk: int, name: str) -> None:
        """Take the file of this name away, deleted once that is certain; one that has taken its place stays."""
        rows = self._rows(pk).filter(**{self.column: name})
        for row in rows:
            files.forget(getattr(row, self.column))
        rows.delete() if self.is_whole else rows.update(**{self.column: ""})

    def keepers(self, pk: models.OuterRef) -> models.Subquery | None:
        """The agency that answers for a row by now, as part of a query."""
        rows = self.model._default_manager.order_by().filter(pk=pk)
        return models.Subquery(rows.values(of=self.keeper)[:1]) if self.keeper is not None else None

    def _rows(self, pk: int) -> "models.QuerySet[Any]":
        return self.model._default_manager.filter(pk=pk).exclude(**{self.column: ""})


# Files that may name a person and that nobody can search: an officer looks at them once the person is erased.
papers: Registry[Callable[[], PaperKind]] = Registry("files that may name a person")


def marks_of(person: Person, *, is_theirs: bool) -> Marks:
    """What recognises the person in their own records, or in those of others."""
    doubtful = {name for doubts_of in doubts for name in doubts_of(person, is_theirs)}
    return Marks.of(person).without(doubtful)


def entries_about(model: type[models.Model], rows: "models.QuerySet[Any]") -> models.Q:
    """Entries of the trail about these records."""
    numbers = [str(pk) for pk in rows.order_by().values_list("pk", flat=True).distinct()]
    return models.Q(target_type=model._meta.label_lower, target_id__in=numbers)


def trail_of(actor: Actor) -> models.Q:
    """Entries of the trail about the person's own records in every room, as far as this session reaches."""
    return reduce(or_, (entries_of(actor) for entries_of in trail), models.Q(pk__in=()))


def keeper_of(person: Person) -> Agency | None:
    """The agency that has kept the person longest; None where no room's records are kept by one."""
    return next((found for keeper in keepers if (found := keeper(person)) is not None), None)


def everything_about(actor: Actor) -> dict[str, Any]:
    """All rooms' records about the person, as far as this session reaches, ready to be written as JSON."""
    return {title: records for room in held for title, records in room(actor).items()}
