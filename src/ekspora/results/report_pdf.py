"""The report as an Indonesian office files it: letterhead, number, figures, minutes, photos, attendance, signatures.

Texts are in the active language. Counted and reported figures stand in columns of their own.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ekspora.programmes import queries as programmes
from ekspora.programmes import wording
from ekspora.programmes.attendance_list import roll
from ekspora.programmes.models import Activity, Organiser
from ekspora.results.figures import STAGE_LABELS, Counted
from ekspora.results.models import Report, ReportPhoto
from ekspora.results.queries.reports import Beside, Contents
from ekspora.ui import formats
from ekspora.ui.pdf import framed, render_pdf

TEMPLATE = Path(__file__).with_name("typst") / "report.typ"
Role = Organiser.Role


def report_pdf(activity: Activity, report: Report, found: Contents) -> bytes:
    """One tagged PDF in the active language."""
    pictures = dict(_pictures(found.photos))
    return render_pdf(TEMPLATE, report_data(activity, report, found, pictures), pictures=pictures)


def report_data(
    activity: Activity, report: Report, found: Contents, pictures: Iterable[str] = ()
) -> dict[str, Any]:
    """What the report says. ``pictures``: names of the photos that could be read."""
    there = set(pictures)
    return {
        "language": get_language(),
        "title": _("Report of the activity"),
        "words": _words(),
        **_head(activity, report),
        "facts": _facts(activity),
        "organisers": [[row.agency_name, str(row.get_role_display())] for row in _in_rank(activity)],
        "agenda": _agenda(activity),
        "figures": _figures(found),
        "verdicts": [[str(v.label), str(v.maker.value), str(v.guest.value)] for v in found.verdicts],
        "interests": [{"label": str(one.label), "value": one.value} for one in found.interests if one.value],
        "promises": _promises(found),
        "values": _values(found),
        "later": _later(found),
        "satisfaction": _satisfaction(found),
        "minutes": [part.split("\n") for part in _paragraphs(report.minutes)],
        "photos": [
            {"file": f"{photo.pk}.svg", "caption": photo.caption}
            for photo in found.photos
            if f"{photo.pk}.svg" in there
        ],
        "attendance": roll(activity),
        "signatures": _signatures(activity, report),
    }


def _words() -> dict[str, str]:
    """Headings and captions."""
    return {
        "number": _("Number"), "purpose": _("Purpose, time and place"), "who": _("Organisers"),
        "agency": _("Agency"), "role": _("Role"),
        "figures": _("Figures"), "figure": _("Figure"), "counted": _("Counted"), "reported": _("Reported"),
        "note": _("Counted figures were counted from the records. Reported ones are given as their source words "
                  "them; they are never added to counted ones."),
        "differs": _("differs from the count"),
        "meetings": _("Meetings and interest"), "verdict": _("How it went"), "business": _("Businesses say"),
        "representative": _("Representatives say"), "interest": _("Interest by product group"),
        "interest_note": _("Meetings after which at least one side sees cooperation. A meeting over products of "
                           "two groups counts in both."),
        "promises": _("Promises"), "values": _("Values by step and currency"),
        "values_note": _("Four different numbers: none is added to another, and no currency to another."),
        "none": _("Nothing was noted."), "later": _("What participants said later (reported)"),
        "satisfaction": _("Satisfaction"), "minutes": _("Minutes"), "photos": _("Photos"),
        "attendance": _("Attendance list"), "draft": _("Draft: not signed"), "agenda": _("Programme"),
    }  # fmt: skip


def _head(activity: Activity, report: Report) -> dict[str, Any]:
    lead = activity.lead
    return {
        "agency": wording.agency_name(activity),
        "address": [line for line in lead.address.split("\n") if line],
        "number": report.number or "…",
        "dated": formats.day(report.dated, weekday=False) if report.dated else "…",
        "city": lead.city or activity.city,
        "activity": str(activity),
        "is_draft": not (report.number and report.dated),
    }


def _facts(activity: Activity) -> list[list[str]]:
    country = formats.country(activity.country) if activity.country != "ID" else ""
    place = ", ".join(filter(None, (activity.venue, activity.city, country)))
    rows = [
        [_("Activity"), str(activity)], [_("Programme of which it is part"), str(activity.programme)],
        [_("Purpose"), activity.purpose], [_("Date of the activity"), wording.days(activity)], [_("Place"), place],
    ]  # fmt: skip
    return [row for row in rows if row[1]]


def _in_rank(activity: Activity) -> list[Organiser]:
    return sorted(activity.organiser_rows.all(), key=lambda row: Role.values.index(row.role))


def _agenda(activity: Activity) -> list[dict[str, str]]:
    several = activity.starts_on != activity.ends_on
    stops = []
    for item in programmes.agenda(activity):
        start = item.starts_at.astimezone(activity.tz)
        day = formats.day(start, weekday=False) if several else ""
        stops.append({"time": formats.clock(start), "title": str(item), "place": item.place, "text": day})
    return stops


def _figures(found: Contents) -> list[dict[str, Any]]:
    """Parts of the table: each counted figure with those reported beside it, then those that stand alone."""
    parts = []
    for side in found.sides:
        more = [Counted(f"{side.side}.{name}", side.groups_came, label) for name, label in _groups(side.side)]
        rows = [_row(figure, found) for figure in (*side.figures, *more)]
        parts.append({"heading": str(side.label), "rows": rows})
    parts.append({"heading": _("Meetings"), "rows": [_row(figure, found) for figure in found.meetings]})
    interests = [one for one in found.interests if found.beside(one.code)]  # the chart shows them all
    shown = [
        ("promises", _("Promises")), ("values", _("Values")), ("satisfaction", _("Satisfaction")),
        ("", _("Other figures")),
    ]  # fmt: skip
    if interests:
        heading = _("Interest by product group")
        parts.append({"heading": heading, "rows": [_row(figure, found) for figure in interests]})
    for start, heading in shown:
        rows = [
            {"label": str(one.figure), "counted": "", "reported": [_said(one)]} for one in found.beside(start)
        ]
        if rows:
            parts.append({"heading": heading, "rows": rows})
    return parts


def _groups(side: str) -> list[tuple[str, str]]:
    if side == "guest":
        return [("countries", _("countries from which somebody came"))]
    return [("sectors", _("sectors from which somebody came"))]


def _row(figure: Counted, found: Contents) -> dict[str, Any]:
    reported = [_said(one) for one in found.beside(figure.code)]
    return {"label": str(figure.label), "counted": formats.number(figure.value), "reported": reported}


def _said(one: Beside) -> dict[str, Any]:
    figure = one.figure
    dated = formats.day(figure.source_date, weekday=False) if figure.source_date else _("date not known")
    return {
        "wording": figure.wording, "label": figure.name, "source": f"{figure.source}, {dated}",
        "differs": one.differs,
    }  # fmt: skip


def _promises(found: Contents) -> dict[str, Any]:
    head = [_("What was promised"), *(str(total.label) for total in found.promise_totals)]
    rows = [
        [str(line.kind), *(formats.number(state.value) for state in line.states)] for line in found.promises
    ]
    return {"head": head, "rows": rows}


def _values(found: Contents) -> dict[str, Any]:
    parts = [
        {
            "heading": str(STAGE_LABELS[stage]),
            "rows": [
                [str(one.step), formats.money(one.amount, one.currency), formats.number(one.deals)]
                for one in amounts
            ],
        }
        for stage, amounts in found.worth()
    ]
    return {"head": [_("Step"), _("Value"), _("Deals")], "parts": parts}


def _later(found: Contents) -> list[str]:
    lines = [
        f"{one.stage}: {formats.number(one.answers)}"
        + (f" ({formats.money(one.amount, one.currency)})" if one.amount is not None else "")
        for one in found.later
    ]
    if found.open_inquiries:
        lines.append(_("inquiries from abroad not taken up yet: %(n)s") % {"n": found.open_inquiries})
    return lines


def _satisfaction(found: Contents) -> dict[str, Any]:
    rows = [
        [
            str(one.label), f"{one.answered.value} / {one.came}", *(str(score.value) for score in one.scores),
            formats.number(one.mean, 1) if one.mean is not None else "–",
        ]
        for one in found.satisfaction
        if one.answered.value
    ]  # fmt: skip
    head = [_("Side"), _("answered / came"), "1", "2", "3", "4", "5", _("mean")]
    note = _("From 1 (not at all content) to 5 (very). No mean is given for fewer than three answers.")
    return {"head": head, "rows": rows, "note": note}


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _pictures(photos: Sequence[ReportPhoto]) -> Iterable[tuple[str, bytes]]:
    for photo in photos:
        try:
            with photo.photo.open("rb") as file:
                yield f"{photo.pk}.svg", framed(file.read())
        except (FileNotFoundError, ValueError):
            continue


def _signatures(activity: Activity, report: Report) -> list[dict[str, Any]]:
    """Left who has seen it (the host, else the first co-organiser), right who signs for the lead."""
    others = [row for role in (Role.HOST, Role.CO) for row in _in_rank(activity) if row.role == role]
    dated = formats.day(report.dated, weekday=False) if report.dated else "…"
    place = activity.lead.city or activity.city
    nip = _("NIP %(number)s") % {"number": report.signatory_number} if report.signatory_number else ""
    right = {
        "above": f"{place}, {dated}", "position": report.signatory_position or wording.agency_name(activity),
        "name": report.signatory, "below": nip,
    }  # fmt: skip
    left = [
        {"above": _("Acknowledged by,"), "position": row.agency_name, "name": "", "below": ""}
        for row in others[:1]
    ]
    return [*left, right]
