"""The attendance list: who was expected, who came and when, with room for a signature."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ekspora.programmes import queries
from ekspora.programmes.models import Activity, Participation
from ekspora.ui import formats
from ekspora.ui.pdf import render_pdf

TEMPLATE = Path(__file__).with_name("typst") / "attendance.typ"


def attendance_list(activity: Activity) -> bytes:
    """One PDF in the reader's language: guests by precedence, then businesses; all who accepted or came."""
    noon = datetime.combine(activity.starts_on, time(12), activity.tz)
    data: dict[str, Any] = {
        "language": get_language(),
        "title": _("Attendance list"),
        "agency": activity.lead.name,
        "activity": str(activity),
        "day": formats.day(activity.starts_on),
        "place": ", ".join(filter(None, [activity.venue, activity.city])),
        "zone": formats.zone_name(noon),
        "signed": _("Seen and confirmed"),
        "signatory": activity.signatory,
        "position": activity.signatory_position,
    }
    return render_pdf(TEMPLATE, data | roll(activity))


def roll(activity: Activity) -> dict[str, Any]:
    """The list itself, as ``roll`` of base.typ draws it: ``columns``, ``parts``, and the ``sum`` below."""
    rows = [
        row
        for row in queries.at_the_door(activity)
        if row.came_at or row.answer == Participation.Answer.ACCEPTED
    ]
    sides = ((Participation.Side.GUEST, _("Representatives")), (Participation.Side.MAKER, _("Businesses")))
    return {
        "columns": [_("No."), _("Name"), _("Mission or business"), _("Came"), _("Signature")],
        "parts": [_part(heading, [row for row in rows if row.side == side]) for side, heading in sides],
        "sum": _("Invited: %(invited)s · accepted: %(accepted)s · came: %(came)s")
        % queries.attendance(activity),
    }


def _part(heading: str, rows: list[Participation]) -> dict[str, Any]:
    return {"heading": heading, "rows": [_row(number, row) for number, row in enumerate(rows, start=1)]}


def _row(number: int, row: Participation) -> list[str]:
    person = row.attendee
    function = row.representative.function if row.representative and not row.substitute else ""
    name = ", ".join(filter(None, [person.protocol_name if person else "–", function]))
    notes = [_("substitute") if row.substitute else "", _("walked in") if row.is_walk_in else ""]
    came = [queries.presence(row).words or "–"]
    if row.left_at is not None and row.came_at is not None:
        came.insert(0, formats.clock(formats.in_zone(row.came_at, row.activity.zone)))
    return [str(number), name, row.label, ", ".join(filter(None, [*came, *notes])), ""]
