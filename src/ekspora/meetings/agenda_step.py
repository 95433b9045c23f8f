"""Agendas outside their own pages: the home card of everybody who has a day, and the page of prints."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core import home
from ekspora.core.actors import Actor
from ekspora.core.clock import today
from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.programmes import queries as programmes
from ekspora.programmes import tabs
from ekspora.programmes.models import Participation
from ekspora.ui import formats

URGENCY = 35


def cards(actor: Actor) -> Iterable[home.Card]:
    """For guests, owners and companions: their day, once its timetable is published. Constant queries."""
    own = {row.pk: row for row in programmes.participations_of(actor).filter(answer="accepted")}
    met: dict[int, list[Meeting]] = defaultdict(list)
    mine = Q(maker__in=own) | Q(guest__in=own)
    rows = Meeting.objects.filter(mine, version__state=TimetableVersion.State.PUBLISHED) if own else []
    for meeting in rows:
        met[meeting.maker_id if meeting.maker_id in own else meeting.guest_id].append(meeting)
    for pk, meetings in met.items():
        yield _card(own[pk], meetings)


def _card(who: Participation, meetings: list[Meeting]) -> home.Card:
    first = min(meetings, key=lambda meeting: meeting.starts_at)
    values = {
        "who": who.label,
        "count": ngettext("%(n)d meeting", "%(n)d meetings", len(meetings)) % {"n": len(meetings)},
        "day": formats.day(formats.in_zone(first.starts_at, who.activity.tz)),
        "time": formats.clock(formats.in_zone(first.starts_at, who.activity.tz)),
        "table": first.table,
    }
    body = _("%(who)s: %(count)s on %(day)s, the first at %(time)s at table %(table)s.") % values
    url = reverse("my_agenda", args=[who.pk])
    is_over = who.activity.ends_on < today(who.activity.zone)
    title = _("Your agenda") if is_over else _("Your agenda is ready")
    return home.Card(title, body, url, _("Open the agenda"), URGENCY)


def register() -> None:
    """Fill the registries of the rooms to the left."""
    tabs.tabs.register("prints", tabs.page("prints", gettext_lazy("To print"), "prints", tabs.MEET), order=60)
    tabs.tabs.register("floor", tabs.page("floor", gettext_lazy("The floor"), "floor", tabs.DAY), order=70)
    home.cards.register("agenda", cards, order=60)
