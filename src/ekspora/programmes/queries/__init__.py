"""Reads, without side effects, each in a constant number of queries."""

from ekspora.programmes.queries.activities import (
    activities_for,
    activity_for,
    agenda,
    answers,
    answers_until,
    with_counts,
)
from ekspora.programmes.queries.attendance import (
    at_the_door,
    attendance,
    is_on,
    marks_of,
    presence,
    presences,
)
from ekspora.programmes.queries.lists import addable, at_door, listed, narrowed
from ekspora.programmes.queries.participations import (
    agenda_for,
    coming,
    holders,
    in_protocol_order,
    links_of,
    messages_of,
    participation_for,
    participation_seen,
    participations,
    participations_of,
    to_invite,
)

__all__ = [
    "activities_for",
    "activity_for",
    "addable",
    "agenda",
    "agenda_for",
    "answers",
    "answers_until",
    "at_door",
    "at_the_door",
    "attendance",
    "coming",
    "holders",
    "in_protocol_order",
    "is_on",
    "links_of",
    "listed",
    "marks_of",
    "messages_of",
    "narrowed",
    "participation_for",
    "participation_seen",
    "participations",
    "participations_of",
    "presence",
    "presences",
    "to_invite",
    "with_counts",
]
