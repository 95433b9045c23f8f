"""What is held about a person and how it is forgotten (UU 27/2022): each room answers for its own tables."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Person
from ekspora.core.registries import Registry

# Section of the export: its records (JSON values). The person reads it: only what is about them.
held: Registry[Callable[[Person], Mapping[str, Any]]] = Registry("what is held about a person")
# Removes or blanks what is about the person; records others rely on keep their place without a name.
erasers: Registry[Callable[[Person], None]] = Registry("erasers of a person")

# What people read for a section that is a list; rooms add theirs.
titles: dict[str, Any] = {
    "roles": _("roles"),
    "links": _("personal links"),
    "messages": _("messages"),
    "actions": _("entries in the trail"),
}


def everything_about(person: Person) -> dict[str, Any]:
    """All rooms' records about a person, ready to be written as JSON."""
    return {title: records for room in held for title, records in room(person).items()}
