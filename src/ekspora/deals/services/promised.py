"""Promises that follow from what the two sides told of a meeting.

What both sides say now decides: a step that either ticked is one promise of whoever keeps it, however often it was
told. Whatever a person changed, handed over or settled stays as they left it.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.deals import kinds
from ekspora.deals.models import Commitment
from ekspora.deals.queries.keepers import keeper_of
from ekspora.deals.services import reminding
from ekspora.demand.models import Encounter, Outcome
from ekspora.programmes.models import Activity
from ekspora.programmes.services.activities import acting_agency

State = Commitment.State


@transaction.atomic
def follow(encounter: Encounter, agency: Agency, actor: Person | None) -> int:
    """Let the promises of an encounter say what its two sides say now; returns how many were made or revived.

    The caller holds the encounter, so that two phones are one after the other.
    """
    told = list(encounter.outcomes.filter(is_current=True))
    wanted = kinds.promises_of(told)
    rows = Commitment.objects.select_for_update(of=("self",)).filter(encounter=encounter).order_by("pk")
    known: dict[kinds.Key, Commitment] = {(row.side, row.kind): row for row in rows if _is_of_a_step(row)}
    noted = _noted_before(encounter)
    keepers: dict[str, Person | None] = {}
    changed = 0
    for key, said_at in wanted.items():
        found = known.get(key)
        if found is None and key in noted:
            continue
        if found is None:
            side = key[0]
            if side not in keepers:
                keepers[side] = keeper_of(encounter.scope, side, encounter.business, encounter.representative)
            _make(encounter, key, said_at, keepers[side], agency, actor)
            changed += 1
        elif found.is_taken_back:
            _revive(found, said_at, actor)
            changed += 1
    gone = [row for key, row in known.items() if key not in wanted and row.is_open and not row.is_by_hand]
    for found in gone:
        _take_back(found, actor)
    reminding.put_right(touched=gone, actor=actor)
    return changed


@transaction.atomic
def from_outcomes(*, activity: Activity, actor: Actor) -> int:
    """The promises of all outcomes of an activity, also of those told before there were any; returns how many
    were made. Doing it again makes none."""
    told = Encounter.objects.select_for_update().filter(scope=activity.scope).order_by("pk")
    agency = acting_agency(actor, activity)
    return sum(follow(encounter, agency, actor.person) for encounter in list(told))


def _noted_before(encounter: Encounter) -> set[kinds.Key]:
    """What an officer wrote down of the pair before anybody told: the same promise, not a second one."""
    rows = Commitment.objects.filter(
        scope=encounter.scope, business=encounter.business_id, encounter=None,
        representative=encounter.representative_id,
    )  # fmt: skip
    return {(row.side, row.kind) for row in rows if _is_of_a_step(row)}


def _is_of_a_step(row: Commitment) -> bool:
    """Not so "something else" that an officer put into words: there may be several of these."""
    return row.kind != Outcome.Step.OTHER or not row.text


def _due(encounter: Encounter, kind: str, said_at: datetime) -> date:
    """Counted from the meeting, or from when it was told where that was later, on the installation's calendar."""
    start = max(encounter.met_at, said_at).astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return start + kinds.time_for(kind)


def _make(
    encounter: Encounter,
    key: kinds.Key,
    said_at: datetime,
    owner: Person | None,
    agency: Agency,
    actor: Person | None,
) -> Commitment:
    side, kind = key
    is_fair = kind == Outcome.Step.FAIR
    made = Commitment.objects.create(
        scope=encounter.scope, encounter=encounter, kind=kind, side=side, business=encounter.business,
        representative=encounter.representative, agency=agency, due=_due(encounter, kind, said_at),
        owner=owner, fair_country=encounter.representative.mission.country if is_fair else "", created_by=actor,
    )  # fmt: skip
    details = {"kind": kind, "side": side, "due": made.due, "owner": made.owner_id}
    audit.record(agency=agency, actor=actor, action="commitment.follow", target=made, details=details)
    return made


def _revive(row: Commitment, said_at: datetime, actor: Person | None) -> None:
    row.state, row.settled_at = State.OPEN, None
    assert row.encounter is not None  # it was found by it
    row.due = _due(row.encounter, row.kind, said_at)
    row.save(update_fields=["state", "settled_at", "due"])
    details = {"due": row.due}
    audit.record(agency=row.agency, actor=actor, action="commitment.revive", target=row, details=details)


def _take_back(row: Commitment, actor: Person | None) -> None:
    row.state, row.settled_at = State.DROPPED, now()
    row.save(update_fields=["state", "settled_at"])
    audit.record(agency=row.agency, actor=actor, action="commitment.take_back", target=row)
