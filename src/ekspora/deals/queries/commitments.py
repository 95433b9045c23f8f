"""Reading promises: whose they are, which are due, how many stand where. Constant queries."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from ekspora.core.actors import Actor
from ekspora.core.clock import today
from ekspora.core.numbers import id_in
from ekspora.deals import kinds
from ekspora.deals.models import Commitment
from ekspora.demand.models import Outcome, Side
from ekspora.directory.models import Representative
from ekspora.directory.places import countries
from ekspora.programmes.models import Activity, Organiser, Participation
from ekspora.programmes.rules import WORKING

State = Commitment.State
# What is due within a week is shown and reminded of.
SOON = timedelta(days=7)
OVERDUE, DUE_SOON = "overdue", "soon"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the list is narrowed; empty means not at all. ``show``: a state, ``overdue`` or ``soon``."""

    show: str = ""
    kind: str = ""
    side: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return any((self.show, self.kind, self.side, self.words))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many promises stand where. Overdue and due-soon ones are open ones too."""

    all: int
    open: int
    overdue: int
    soon: int
    kept: int
    dropped: int


def this_day() -> date:
    """Today on the installation's calendar."""
    return today(settings.TIME_ZONE)


def overdue() -> Q:
    """Open promises whose day is over."""
    return Q(state=State.OPEN, due__lt=this_day())


def given_up() -> Q:
    """Promises of which somebody said that they will not come about. One whose step was ticked and taken back by
    whoever told it was never given up."""
    return Q(state=State.DROPPED, is_by_hand=True)


def due_soon() -> Q:
    """Open promises due today or within a week."""
    return Q(state=State.OPEN, due__gte=this_day(), due__lte=this_day() + SOON)


def visible_to(actor: Actor) -> Q:
    """Promises of the actor's agencies, and those of activities that their agencies lead or co-organise."""
    working = Organiser.objects.filter(agency__in=actor.agencies(), role__in=WORKING)
    scopes = working.annotate(scope=Concat(Value("activity:"), Cast("activity_id", CharField())))
    return Q(agency__in=actor.agencies()) | Q(scope__in=scopes.values("scope"))


def with_people(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """With all that a list shows."""
    return rows.select_related(
        "business", "representative__person", "representative__mission", "owner", "agency", "settled_by"
    )


def commitments_for(actor: Actor, scope: str = "", wanted: Wanted | None = None) -> QuerySet[Commitment]:
    """Promises an officer sees, of one scope or all; open ones first, the soonest due first."""
    rows = with_people(Commitment.objects.filter(visible_to(actor)))
    if scope:
        rows = rows.filter(scope=scope)
    rows = _narrowed(rows, wanted or Wanted())
    return rows.order_by(F("settled_at").desc(nulls_first=True), "due", "pk")


def commitment_for(actor: Actor, pk: int) -> Commitment | None:
    """One promise an officer sees; None as if it did not exist."""
    return commitments_for(actor).filter(pk=pk).select_related("encounter").first()


def _narrowed(rows: QuerySet[Commitment], wanted: Wanted) -> QuerySet[Commitment]:
    states = {code: Q(state=code) for code in State.values} | {State.DROPPED.value: given_up()}
    shown = {OVERDUE: overdue(), DUE_SOON: due_soon(), **states}
    if wanted.show in shown:
        rows = rows.filter(shown[wanted.show])
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.side:
        rows = rows.filter(side=wanted.side)
    for word in wanted.words.split():
        named = [code for code, name in countries() if word.casefold() in name.casefold()]
        rows = rows.filter(
            Q(business__name__icontains=word) | Q(representative__mission__name__icontains=word)
            | Q(representative__person__name__icontains=word) | Q(owner__name__icontains=word)
            | Q(representative__mission__country__in=named) | Q(text__icontains=word)
            | Q(account__icontains=word) | Q(fair__icontains=word)
        )  # fmt: skip
    return rows


def counts(actor: Actor, scope: str = "") -> Counts:
    """How many of the promises an officer sees stand where. One query."""
    rows = Commitment.objects.filter(visible_to(actor))
    return counted(rows.filter(scope=scope) if scope else rows)


def counted(rows: QuerySet[Commitment]) -> Counts:
    """The same of any promises."""
    found = rows.order_by().aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(state=State.OPEN)), overdue=Count("pk", filter=overdue()),
        soon=Count("pk", filter=due_soon()), kept=Count("pk", filter=Q(state=State.KEPT)),
        dropped=Count("pk", filter=given_up()),
    )  # fmt: skip
    return Counts(**found)


def by_state(scope: str) -> list[tuple[str, str, int]]:
    """Kind, state and how many, for the report of an activity; one taken back is not counted. One query."""
    rows = Commitment.objects.filter(~Q(state=State.DROPPED) | given_up(), scope=scope)
    return list(rows.order_by("kind", "state").values_list("kind", "state").annotate(n=Count("pk")))


def of_participation(participation: Participation) -> tuple[list[Commitment], list[Commitment]]:
    """What one side of an activity promised, and what was promised to it; open ones first, the soonest due first.

    Two queries.
    """
    own = {"business": participation.business_id} if participation.business_id else {
        "representative": participation.representative_id
    }  # fmt: skip
    rows = with_people(Commitment.objects.filter(scope=participation.activity.scope, **own))
    found = list(
        rows.prefetch_related("buyers").order_by(F("settled_at").desc(nulls_first=True), "due", "pk")
    )
    mine = [row for row in found if row.side == participation.side]
    return mine, [row for row in found if row.side != participation.side and _is_told(row)]


def _is_told(row: Commitment) -> bool:
    """Whether the other side reads it: not what was taken back, nor what only a confidential note describes."""
    return not row.is_taken_back and (row.kind != Outcome.Step.OTHER or bool(row.text))


def due_by_activity(actor: Actor) -> list[tuple[Activity, int]]:
    """Activities with promises overdue or due within a week that an officer sees, most first. Two queries."""
    rows = Commitment.objects.filter(visible_to(actor), overdue() | due_soon(), scope__startswith="activity:")
    found = rows.order_by().values_list("scope").annotate(n=Count("pk")).order_by("-n", "scope")
    numbers = {id_in(scope, "activity"): count for scope, count in found}
    known = Activity.objects.in_bulk(numbers)
    return [(known[pk], count) for pk, count in numbers.items() if pk in known]


def untold(scope: str) -> int:
    """How many encounters of a scope have next steps without their promises. Two queries."""
    told: dict[int, list[Outcome]] = {}
    current = Outcome.objects.filter(encounter__scope=scope, is_current=True).exclude(steps=[])
    for outcome in current.select_related("encounter").order_by("pk"):
        told.setdefault(outcome.encounter_id, []).append(outcome)
    rows = Commitment.objects.filter(scope=scope)
    known = {(row.business_id, row.representative_id, row.side, row.kind) for row in rows}
    return sum(
        any(
            (said[0].encounter.business_id, said[0].encounter.representative_id, *key) not in known
            for key in kinds.promises_of(said)
        )
        for said in told.values()
    )


def to_remind(scope: str) -> QuerySet[Commitment]:
    """Open promises of a scope that are overdue or due within a week, the soonest due first."""
    rows = with_people(Commitment.objects.filter(overdue() | due_soon(), scope=scope))
    return rows.order_by("due", "pk")


@dataclass(frozen=True, slots=True)
class Replaced:
    """A representative with open promises, and who was entered for the same mission after these were made."""

    giver: Representative
    taker: Representative
    promises: list[Commitment]


def replaced(actor: Actor, scope: str = "") -> list[Replaced]:
    """Whose promises wait for a hand-over to a successor at the mission. Two queries."""
    newer = "representative__mission__representatives__person__created_at__gt"
    rows = commitments_for(actor, scope, Wanted(show=State.OPEN, side=Side.GUEST))
    rows = rows.filter(owner=F("representative__person"), **{newer: F("created_at")}).distinct()
    kept: dict[int, list[Commitment]] = {}
    for row in rows:
        kept.setdefault(row.representative_id, []).append(row)
    missions = {found[0].representative.mission_id for found in kept.values()}
    people = Representative.objects.filter(mission__in=missions).exclude(person__name="")
    newest = {who.mission_id: who for who in people.select_related("person", "mission").order_by("pk")}
    pairs = [(found[0].representative, found) for found in kept.values()]
    return [
        Replaced(giver, newest[giver.mission_id], found)
        for giver, found in pairs
        if giver.mission_id in newest and newest[giver.mission_id].pk != giver.pk
    ]
