"""What this room holds about a person and how it forgets them.

A timetable knows participations by their numbers. Only the notes of versions and decisions are words; marks,
decisions and meetings stay, since the other side relies on them, without who entered them.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ekspora.core import privacy
from ekspora.core.actors import Actor
from ekspora.core.models import Person
from ekspora.directory.privacy import marks_of
from ekspora.meetings.models import (
    AgendaSeen,
    DayMark,
    Delay,
    LostTable,
    Meeting,
    MeetingRequest,
    MeetingTerms,
    TimetableVersion,
    Wish,
)
from ekspora.programmes.privacy import in_reach, of_person


def held(actor: Actor) -> dict[str, Any]:
    """The marks a person set, the decisions and versions they made, and the meetings they have."""
    person, own = actor.person, in_reach(actor).values("pk")
    met = Meeting.objects.filter(
        Q(maker__in=own) | Q(guest__in=own), version__state=TimetableVersion.State.PUBLISHED
    )
    marks, seen = Wish.objects.filter(marked_by=person), AgendaSeen.objects.filter(person=person)
    decided = MeetingRequest.objects.filter(decided_by=person)
    made = TimetableVersion.objects.filter(created_by=person)
    if actor.scope:  # a link decides nothing and makes no timetable
        marks, seen = marks.filter(chooser__in=own), seen.filter(participation__in=own)
        decided, made = decided.none(), made.none()
    return {
        "marks": list(marks.values("activity__name", "mark", "marked_at")),
        "decisions": list(decided.values("note", "decided_at")),
        "versions": list(made.values("number", "created_at")),
        "meetings": list(met.values("starts_at", "ends_at", "table")),
        "day_marks": list(DayMark.objects.filter(participation__in=own).values("kind", "at", "noted_at")),
        "meeting_terms": list(
            MeetingTerms.objects.filter(participation__in=own).values(
                "participation__activity__name", "languages", "delegation__name", "pause_after"
            )
        ),
        "agenda_seen": list(seen.values("version__number", "seen_at")),
    }


def entries(actor: Actor) -> Q:
    """Entries of the trail about what was decided of their meetings; marks stand with who takes part."""
    own = in_reach(actor).values("pk")
    decided = MeetingRequest.objects.filter(Q(maker__in=own) | Q(guest__in=own))
    return privacy.entries_about(MeetingRequest, decided)


def erase(person: Person) -> None:
    """Who entered a mark or took a decision is forgotten, and names go out of notes."""
    marks = marks_of(person)
    own = of_person(person)
    activities = own.values("activity")
    decisions = MeetingRequest.objects.filter(
        Q(maker__in=own.values("pk")) | Q(guest__in=own.values("pk")) | Q(decided_by=person)
    )
    for decision in decisions.exclude(note=""):
        MeetingRequest.objects.filter(pk=decision.pk).update(note=marks.blotted(decision.note))
    for version in TimetableVersion.objects.filter(activity__in=activities).exclude(note="").only("note"):
        TimetableVersion.objects.filter(pk=version.pk).update(note=marks.blotted(version.note))
    Wish.objects.filter(marked_by=person).update(marked_by=None)
    MeetingRequest.objects.filter(decided_by=person).update(decided_by=None)
    DayMark.objects.filter(noted_by=person).update(noted_by=None)
    LostTable.objects.filter(noted_by=person).update(noted_by=None)
    Delay.objects.filter(noted_by=person).update(noted_by=None)
    AgendaSeen.objects.filter(person=person).delete()
    MeetingTerms.objects.filter(
        Q(participation__representative__person=person)
        | Q(participation__person=person)
        | Q(participation__substitute=person)
    ).update(languages=[], pause_after=None)


def register() -> None:
    """Fill core's registries."""
    privacy.trail.register("meetings", entries)
    privacy.held.register("meetings", held, order=40)
    privacy.erasers.register("meetings", erase, order=10)
    privacy.titles |= {
        "marks": _("marks you set"),
        "decisions": _("decisions about meetings"),
        "versions": _("timetables you made"),
        "meetings": _("your meetings"),
        "day_marks": _("what was noted of you on the day"),
        "meeting_terms": _("your languages, delegation and pauses in meetings"),
        "agenda_seen": _("when you said you had seen your agenda"),
    }
