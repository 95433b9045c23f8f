"""Invitation letters as PDF: a note verbale to each mission, an official letter to each business.

A note verbale goes from agency to mission, in the third person; all invited people of a mission are named in
one note. Indonesian businesses get a surat undangan, businesses abroad a letter in English.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils import translation

from ekspora.core.clock import today
from ekspora.core.models import Agency, Person
from ekspora.programmes import wording
from ekspora.programmes.models import Activity, AgendaItem, Organiser, Participation
from ekspora.ui import formats
from ekspora.ui.pdf import render_pdf

TEMPLATE = Path(__file__).with_name("typst") / "letters.typ"


def letters_pdf(activity: Activity, agenda: Sequence[AgendaItem], people: Iterable[Participation]) -> bytes:
    """All letters to these people in one file, each beginning on a page of its own, missions first."""
    return render_pdf(TEMPLATE, letters_data(activity, agenda, people))


def letters_data(
    activity: Activity, agenda: Sequence[AgendaItem], people: Iterable[Participation]
) -> dict[str, Any]:
    """What the letters say: the facts in both languages, and each letter's form, addressee and people."""
    rows = list(people)
    missions: dict[int, list[Participation]] = {}
    for row in rows:
        if row.representative is not None:
            missions.setdefault(row.representative.mission_id, []).append(row)
    letters = [_note(group) for group in missions.values()]
    letters += [_letter(row) for row in rows if row.business is not None]
    return {
        "title": str(activity),
        "id": _facts(activity, agenda, "id"),
        "en": _facts(activity, agenda, "en"),
        "letters": letters,
    }


def _facts(activity: Activity, agenda: Sequence[AgendaItem], language: str) -> dict[str, Any]:
    """What every letter of one language says of sender, number, time, place and programme."""
    with translation.override(language):
        place = ", ".join(filter(None, (activity.venue, activity.city, _abroad(activity))))
        return {
            "sender": wording.agency_name(activity),
            "state": _state(activity.lead) if language == "en" else "",
            "address": activity.lead.address,
            "number": activity.letter_number,
            "dated": formats.day(activity.letter_date or today(activity.zone), weekday=False),
            "from": activity.lead.city,
            "activity": str(activity),
            "purpose": activity.purpose,
            "days": wording.days(activity),
            "hours": _hours(activity, agenda),
            "place": place,
            "organisers": _organisers(activity),
            "agenda": _stops(activity, agenda),
            "signatory": activity.signatory,
            "position": activity.signatory_position,
        }


def _state(agency: Agency) -> str:
    """A ministry or mission writes in the name of the state, unless its own name says so already."""
    official = agency.kind in (Agency.Kind.MINISTRY, Agency.Kind.EMBASSY)
    return " of the Republic of Indonesia" if official and "Indonesia" not in agency.name_en else ""


def _abroad(activity: Activity) -> str:
    return formats.country(activity.country) if activity.country != "ID" else ""


def _hours(activity: Activity, agenda: Sequence[AgendaItem]) -> str:
    """From the first part's beginning to the last one's end on a single day; empty otherwise."""
    if not agenda or activity.starts_on != activity.ends_on:
        return ""
    first = min(item.starts_at for item in agenda).astimezone(activity.tz)
    last = max(item.ends_at for item in agenda).astimezone(activity.tz)
    return f"{formats.clock(first)} – {formats.clock(last)} {formats.zone_name(last)}"


def _organisers(activity: Activity) -> list[str]:
    return [row.agency_name for row in activity.organiser_rows.all() if row.role != Organiser.Role.LEAD]


def _stops(activity: Activity, agenda: Sequence[AgendaItem]) -> list[dict[str, str]]:
    stops = []
    for item in agenda:
        start = item.starts_at.astimezone(activity.tz)
        day = formats.day(start, weekday=False) if activity.starts_on != activity.ends_on else ""
        stops.append({"time": formats.clock(start), "title": str(item), "place": item.place, "text": day})
    return stops


def _note(rows: Sequence[Participation]) -> dict[str, Any]:
    """The note to one mission, naming its people as protocol wants."""
    mission = rows[0].representative.mission if rows[0].representative else None
    assert mission is not None
    named = mission.name.removeprefix("The ").removeprefix("the ")
    short = next((word for word in ("High Commission", "Embassy", "Consulate") if word in named), "Mission")
    people = [
        {"name": person.protocol_name, "function": person.position or row.representative.function}
        for row in rows
        if (person := _addressee(row)) is not None and row.representative is not None
    ]
    abroad = mission.residence_country if mission.residence_country != "ID" else ""
    with translation.override("en"):
        city = ", ".join(filter(None, (mission.residence_city, abroad and formats.country(abroad))))
    return {"form": "note", "to": named, "short": short, "city": city, "people": people}


def _letter(row: Participation) -> dict[str, Any]:
    """The letter to one business; ``form`` says in which language."""
    business, person = row.business, _addressee(row)
    assert business is not None
    form = "letter_id" if business.country == "ID" else "letter_en"
    place = business.place if form == "letter_id" else formats.country(business.country)
    return {
        "form": form, "to": business.name, "person": person.protocol_name if person else "",
        "position": person.position if person else "", "place": place,
    }  # fmt: skip


def _addressee(row: Participation) -> Person | None:
    """Who comes, unless they were erased: then the letter names nobody."""
    person = row.attendee
    return person if person is not None and not person.is_erased else None
