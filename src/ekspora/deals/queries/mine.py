"""The promises of whoever holds the phone: on their home page, and whose page of promises they may open."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.core.numbers import id_in
from ekspora.deals.models import Commitment
from ekspora.deals.queries.commitments import SOON, this_day
from ekspora.demand.models import Side
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Participation

Key = tuple[str, str, int]  # scope, side, business or representative


@dataclass(frozen=True, slots=True)
class Mine:
    """The open promises of one participation; overdue and due-soon ones are among ``open``."""

    participation: Participation
    open: int
    overdue: int
    soon: int


def _key(row: Commitment) -> Key:
    whose = row.business_id if row.side == Side.MAKER else row.representative_id
    return row.scope, row.side, whose


def _key_of(participation: Participation) -> Key:
    whose = participation.business_id or participation.representative_id
    assert whose is not None  # by constraint
    return participation.activity.scope, participation.side, whose


def _handed_to(actor: Actor) -> QuerySet[Commitment]:
    """Promises the actor was given as a successor, as far as a personal link reaches."""
    rows = Commitment.objects.filter(owner=actor.person)
    return rows.filter(scope=actor.scope) if actor.scope else rows


def open_promises(actor: Actor) -> list[Mine]:
    """Each participation of the actor's, or whose promises were handed to them, with open ones.

    Constant queries, however many activities there are.
    """
    own = {_key_of(row): row for row in programmes.participations_of(actor)}
    businesses = {row.business_id for row in own.values() if row.business_id}
    guests = {row.representative_id for row in own.values() if row.representative_id}
    theirs = Q(side=Side.MAKER, business__in=businesses) | Q(side=Side.GUEST, representative__in=guests)
    handed = Q(pk__in=_handed_to(actor).values("pk"))
    rows = Commitment.objects.filter(theirs | handed, state=Commitment.State.OPEN)
    due = defaultdict(list)
    for row in rows.only("scope", "side", "business", "representative", "owner", "due"):
        if _key(row) in own or row.owner_id == actor.person.pk:
            due[_key(row)].append(row.due)
    pages = own | _participations(due.keys() - own.keys())
    day = this_day()
    return [
        Mine(
            pages[key],
            len(days),
            sum(one < day for one in days),
            sum(day <= one <= day + SOON for one in days),
        )
        for key, days in sorted(due.items(), key=lambda item: min(item[1]))
        if key in pages
    ]


def _participations(keys: set[Key]) -> dict[Key, Participation]:
    """The participations that promises name; one query, none for nothing."""
    named = [key for key in keys if key[0].startswith("activity:")]
    if not named:
        return {}
    rows = Participation.objects.filter(
        Q(business__in=[whose for _scope, side, whose in named if side == Side.MAKER])
        | Q(representative__in=[whose for _scope, side, whose in named if side == Side.GUEST]),
        activity__in={id_in(scope, "activity") for scope, _side, _whose in named},
    ).select_related("activity", "business", "representative__mission")
    return {_key_of(row): row for row in rows}


def page_for(actor: Actor, pk: int) -> tuple[Participation, bool] | None:
    """A participation whose promises the actor keeps, and whether they are only the successor in some.

    None as if it did not exist.
    """
    own = programmes.participation_for(actor, pk)
    if own is not None:
        return own, False
    row = Participation.objects.filter(pk=pk).select_related(
        "activity", "business", "representative__mission", "representative__person"
    ).first()  # fmt: skip
    if row is None:
        return None
    scope, side, whose = _key_of(row)
    column = "business" if side == Side.MAKER else "representative"
    handed = _handed_to(actor).filter(scope=scope, side=side, **{column: whose})
    return (row, True) if handed.exists() else None
