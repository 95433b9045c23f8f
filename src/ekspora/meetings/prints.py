"""What is printed for the day: agendas, table cards, badges, the door list. Each is one PDF.

Paper for one person is in that person's language; paper for the organisers in the reader's.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.meetings.queries import agendas as days
from ekspora.programmes.models import Activity, Participation
from ekspora.ui import formats
from ekspora.ui.pdf import render_pdf
from ekspora.ui.qr import qr_svg

TEMPLATES = Path(__file__).with_name("typst")


def as_file(pdf: bytes, name: str) -> HttpResponse:
    """A PDF the browser shows, and saves under ``name``."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def agendas(activity: Activity, people: Iterable[Participation]) -> bytes:
    """The day of each of ``people`` on a page of its own."""
    order = list(people)
    pages: dict[int, dict[str, Any]] = {}
    for language, group in _by_language(order).items():
        with override(language):
            pages |= {day.participation.pk: _page(activity, day) for day in days.days(activity, group)}
    data = {"title": activity.name, "language": get_language(), "pages": [pages[who.pk] for who in order]}
    return render_pdf(TEMPLATES / "agendas.typ", data)


def badges(activity: Activity, people: Iterable[Participation]) -> bytes:
    """Ten badges on a page. The code opens the participation for an officer and nothing for anybody else."""
    cards, pictures = [], {}
    for who in people:
        name = f"qr{who.pk}.svg"
        pictures[name] = qr_svg(settings.SITE_URL + reverse("participation", args=[who.pk]))
        cards.append({"qr": name, **_badge(who)})
    data = {**_head(activity), "title": _("Badges"), "cards": cards}
    return render_pdf(TEMPLATES / "badges.typ", data, pictures=pictures)


def table_cards(activity: Activity, version: TimetableVersion) -> bytes:
    """A card for each table: its number to be seen from the door, and who sits there when."""
    tables: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in days.meetings_of(version):
        tables[meeting.table].append(meeting)
    cards = [
        {"table": table, "rows": [_row(activity, meeting) for meeting in meetings]}
        for table, meetings in sorted(tables.items(), key=lambda item: (len(item[0]), item[0]))
    ]
    data = {**_head(activity), "title": _("Table cards"), "word": _("Table"), "cards": cards}
    return render_pdf(TEMPLATES / "table_cards.typ", data)


def door_list(activity: Activity, people: Sequence[Participation]) -> bytes:
    """Who comes, guests first and by precedence, with room for a signature."""
    sides = [(Participation.Side.GUEST, _("Representatives")), (Participation.Side.MAKER, _("Businesses"))]
    parts = []
    for side, heading in sides:
        rows = [_door_row(activity, who) for who in people if who.side == side]
        parts.append({"heading": heading, "rows": [[str(n), *row] for n, row in enumerate(rows, start=1)]})
    columns = [_("No."), _("Name"), _("Mission or business"), _("Note"), _("Signature")]
    data = {**_head(activity), "title": _("Door list"), "columns": columns, "parts": parts}
    return render_pdf(TEMPLATES / "door_list.typ", data)


def _by_language(people: Iterable[Participation]) -> dict[str, list[Participation]]:
    groups: dict[str, list[Participation]] = defaultdict(list)
    for who in people:
        fallback = "en" if who.side == Participation.Side.GUEST else "id"
        groups[who.attendee.language if who.attendee else fallback].append(who)
    return groups


def _head(activity: Activity) -> dict[str, Any]:
    noon = datetime.combine(activity.starts_on, time(12), activity.tz)
    return {
        "language": get_language(),
        "activity": days.name_of(activity),
        "day": formats.day(activity.starts_on),
        "place": days.place_of(activity),
        "zone": formats.zone_name(noon),
    }


def _clock(moment: datetime, activity: Activity) -> str:
    return formats.clock(formats.in_zone(moment, activity.zone))


def _page(activity: Activity, day: days.Day) -> dict[str, Any]:
    stops = [
        {"time": _clock(s.starts_at, activity), "title": s.title, "place": s.place, "text": s.text}
        for s in day.stops
    ]
    who = day.participation
    none = "" if day.meetings else _("No one-on-one meeting is scheduled for you yet.")
    return {
        **_head(activity),
        "name": who.label,
        "who": str(who.attendee or ""),
        "stops": stops,
        "none": none,
    }


def _badge(who: Participation) -> dict[str, str]:
    country = ""
    if who.representative is not None:
        with override("en"):
            country = formats.country(who.representative.mission.country)
    return {"name": str(who.attendee or who.label), "of": who.label, "country": country, "side": who.side}


def _row(activity: Activity, meeting: Meeting) -> list[str]:
    span = f"{_clock(meeting.starts_at, activity)}–{_clock(meeting.ends_at, activity)}"
    return [span, meeting.maker.label, f"{meeting.guest.label} · {meeting.guest.attendee}"]


def _door_row(activity: Activity, who: Participation) -> list[str]:
    function = who.representative.function if who.representative and not who.substitute else ""
    name = ", ".join(filter(None, [str(who.attendee or "–"), function]))
    notes = [
        _("substitute") if who.substitute else "",
        _("from %(time)s") % {"time": _clock(who.arrives_at, activity)} if who.arrives_at else "",
        _("until %(time)s") % {"time": _clock(who.leaves_at, activity)} if who.leaves_at else "",
        _("walked in") if who.is_walk_in else "",
    ]
    return [name, who.label, ", ".join(filter(None, notes)), ""]
