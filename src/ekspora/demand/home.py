"""What this room puts on an officer's home page and into the navigation."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core.actors import Actor
from ekspora.core.home import FOLLOW_UP, Card, Entry
from ekspora.demand.queries import count_overdue


def cards(actor: Actor) -> Iterator[Card]:
    """Demands whose answer is overdue: a demand without an answer is a buyer lost."""
    late = count_overdue(actor) if actor.agencies() else 0
    if late:
        title = ngettext("%(n)d demand waits for an answer", "%(n)d demands wait for an answer", late)
        url = reverse("demands") + "?state=overdue"
        body = _("The date by which you wanted to answer has passed.")
        yield Card(title % {"n": late}, body, url, _("Show them"), urgency=20)


def entries(actor: Actor) -> Iterator[Entry]:
    """The list of demands, for officers."""
    if actor.agencies():
        yield Entry(gettext_lazy("Demands"), reverse("demands"), FOLLOW_UP)
