"""The evening outside its own pages: tab and step of an activity, home card of each side, label of the message."""

from collections.abc import Iterator

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ekspora.core import home
from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.services import outbox
from ekspora.deals.queries.sending import KIND, is_over, sending_of
from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.programmes import queries as programmes
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.overview import Figure, Step, Todo, panels

# After the answers to meetings, before what only informs.
URGENCY = 45


def cards(actor: Actor) -> Iterator[home.Card]:
    """For guests, owners and companions, once their last meeting is over. Constant queries."""
    own = {row.pk: row for row in programmes.participations_of(actor).filter(answer="accepted")}
    if not own:
        return
    published = Meeting.objects.filter(
        Q(maker__in=own) | Q(guest__in=own), version__state=TimetableVersion.State.PUBLISHED
    )
    ends: dict[int, bool] = {}
    for maker, guest, last in published.values_list("maker", "guest").annotate(last=Max("ends_at")):
        for pk in {maker, guest} & own.keys():
            ends[pk] = ends.get(pk, True) and last <= now()
    for pk in (pk for pk, is_past in ends.items() if is_past):
        words = {"who": own[pk].label, "activity": own[pk].activity}
        if own[pk].representative is not None:
            body = _("%(activity)s: makers met, contacts, promises, rules of your country, as a report too.")
        else:
            body = _("%(who)s · %(activity)s: whom you met, what you promised by when, one next step.")
        url = reverse("my_evening", args=[pk])
        yield home.Card(_("What came of your meetings"), body % words, url, _("Open the page"), URGENCY)


def steps(actor: Actor, activity: Activity) -> Iterator[Step]:
    """The step "Evening" of an activity's line, after the last meeting."""
    if not rules.can_change(actor, activity) or not is_over(activity):
        return
    found, url = sending_of(activity), reverse("evening", args=[activity.pk])
    figures = (Figure(found.prepared, _("messages of the evening"), url),)
    todo = None
    if found.people and not found.prepared:
        text = _("Everybody who came gets a page with whom they met, what was promised and one next step.")
        todo = Todo(_("Send everybody their evening"), text, _("To the evening"), url)
    yield Step("evening", _("Evening"), url, bool(found.people) and not found.missing, figures, todo)


def register() -> None:
    """Fill the registries of the rooms to the left."""
    tabs.tabs.register("evening", tabs.page("evening", gettext_lazy("Evening"), "evening"), order=72)
    panels.register("evening", steps, order=69)
    home.cards.register("evening", cards, order=26)
    outbox.labels[KIND] = gettext_lazy("Evening after the meetings")
