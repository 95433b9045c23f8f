"""The words of the audit trail: what the code calls ``outbox.release`` people read as a sentence.

Each room names its own actions, kinds of record and details in its ``trail.py`` and adds them in ``AppConfig.ready``.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.core.home import Entry

# Action: what it means.
labels: dict[str, Any] = {
    "link.issue": _("issued a personal link"),
    "link.revoke": _("withdrew a personal link"),
    "link.use": _("signed in with a personal link"),
    "outbox.prepare": _("prepared messages"),
    "outbox.release": _("released messages"),
    "outbox.sent": _("message sent"),
    "outbox.cancel": _("took a message out of the queue"),
    "outbox.automatic": _("changed what is sent automatically"),
    "role.give": _("gave a role"),
    "role.take": _("took a role away"),
    "person.ask_erasure": _("asked to have their data erased"),
    "person.correct": _("corrected their own name or number"),
    "person.keep": _("settled a wish to be erased: the person stays"),
    "person.erase": _("erased a person's data"),
    "paper.decide": _("looked whether a file names an erased person"),
    "retention.tidy": _("removed what was kept long enough"),
    "second_factor.add": _("set up the second step"),
    "second_factor.reset": _("let somebody set up the second step anew"),
    "second_factor.remove": _("switched the second step off"),
}
# Kind of record, as an entry names it: what it is called.
records: dict[str, Any] = {
    "core.accesslink": _("personal link"),
    "core.account": _("account"),
    "core.agency": _("agency"),
    "core.membership": _("role of a person"),
    "core.message": _("message"),
    "core.paper": _("file to be looked at"),
    "core.person": _("person"),
}
# Word of the details: what it is called, where it is no field of the record that has a name for people.
details: dict[str, Any] = {
    "automatic": _("sent without looking"),
    "count": _("how many"),
    "fields": _("what was changed"),
    "id": _("number"),
    "jobs": _("background work"),
    "kind": _("kind"),
    "kinds": _("kinds of message"),
    "links": _("links"),
    "messages": _("messages"),
    "name": _("name"),
    "note": _("note"),
    "number": _("number"),
    "person": _("person"),
    "reason": _("reason"),
    "removed": _("removed"),
    "role": _("role"),
    "rows": _("rows"),
    "state": _("state"),
    "topic": _("what it is about"),
    "why": _("reason"),
}
# Code in the details, by the word or by action and word (``outbox.kind``): how it is read; None for an unknown one.
readers: dict[str, Callable[[Any], Any]] = {}
# What stands before the dot of an action: fields of records behind the one that the entry names.
columns: dict[str, Mapping[str, "models.Field[Any, Any]"]] = {}


def label(action: str) -> str:
    """The words for an action, or its code where no room gave any."""
    return str(labels.get(action, action))


def record_name(kind: str, key: str) -> str:
    """What a record is called, with its number."""
    return f"{records.get(kind, kind)}\N{NO-BREAK SPACE}{key}"


def fields_of(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    """The fields of a record by their names."""
    return {field.name: field for field in model._meta.concrete_fields}


def entries_of(actor: Actor) -> Iterable[Entry]:
    """The trail in the main navigation of officers."""
    if actor.agencies():
        yield Entry(_("Trail"), reverse("audit"))
