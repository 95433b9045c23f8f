"""The words of the audit trail: what the code calls ``outbox.release`` people read as a sentence."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.core.home import Entry

# Action: what it means. Rooms to the right add theirs in ``AppConfig.ready``.
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


def label(action: str) -> str:
    """The words for an action, or its code where no room gave any."""
    return str(labels.get(action, action))


def entries_of(actor: Actor) -> Iterable[Entry]:
    """The trail in the main navigation of officers."""
    if actor.agencies():
        yield Entry(_("Trail"), reverse("audit"))
