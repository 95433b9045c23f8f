"""What is held about a person and how it is forgotten (UU 27/2022): each room answers for its own tables."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.core.models import Agency, Person
from ekspora.core.registries import Registry

# Section of the export: its records (JSON values). The person reads it: only what is about them, and by a session
# that a link limits only what that link reaches.
held: Registry[Callable[[Actor], Mapping[str, Any]]] = Registry("what is held about a person")
# Removes or blanks what is about the person; records others rely on keep their place without a name. Called
# while the person still has a name, rooms to the right first: they are found by what rooms to the left hold.
erasers: Registry[Callable[[Person], None]] = Registry("erasers of a person")
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


def everything_about(actor: Actor) -> dict[str, Any]:
    """All rooms' records about the person, as far as this session reaches, ready to be written as JSON."""
    return {title: records for room in held for title, records in room(actor).items()}
