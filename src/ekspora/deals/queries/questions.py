"""The second-stage question: whom to ask now, what was answered. What is answered is reported, never counted."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.core.clock import now, today
from ekspora.deals.models import Commitment, Deal, LaterAnswer, LaterQuestion
from ekspora.deals.models.questions import MOST_TIMES
from ekspora.demand.models import Encounter, Outcome, Side
from ekspora.programmes.models import Activity, Organiser, Participation
from ekspora.programmes.rules import WORKING

# Orders take half a year: earlier there is little to tell, later people have forgotten where it began.
MONTHS_AFTER = 6
# Between one unanswered question and the next.
MONTHS_BETWEEN = 1


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def asked_from(activity: Activity) -> date:
    """The first day on which the question is asked."""
    return months_later(activity.ends_on, MONTHS_AFTER)


def worth_asking(scopes: Iterable[str]) -> QuerySet[Encounter]:
    """Encounters after which somebody sees cooperation or something was promised."""
    possible = Outcome.objects.filter(
        encounter=OuterRef("pk"), is_current=True, verdict=Outcome.Verdict.POSSIBLE
    )
    promised = Commitment.objects.filter(encounter=OuterRef("pk"))
    return Encounter.objects.filter(Exists(possible) | Exists(promised), scope__in=list(scopes))


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody to ask now, for the which-th time, about how many meetings."""

    participation: Participation
    number: int
    meetings: int


def due(activities: Sequence[Activity]) -> list[Due]:
    """Whom to ask now: six months after the activity, and again a month after a question without an answer, three
    times at most. Four queries for any number of activities."""
    ripe = {a.scope: a for a in activities if today(a.zone) >= asked_from(a)}
    if not ripe:
        return []
    told: dict[tuple[str, str, int], dict[int, datetime | None]] = defaultdict(dict)
    answers = LaterAnswer.objects.filter(is_current=True)
    for one in worth_asking(ripe).prefetch_related(Prefetch("later_answers", answers, to_attr="now_said")):
        said = {answer.side: answer.said_at for answer in one.now_said}
        told[one.scope, Side.MAKER.value, one.business_id][one.pk] = said.get(Side.MAKER)
        told[one.scope, Side.GUEST.value, one.representative_id][one.pk] = said.get(Side.GUEST)
    rows = Participation.objects.filter(activity__in=[a.pk for a in ripe.values()]).select_related(
        "activity", "business", "representative__person", "representative__mission", "person", "substitute"
    )
    asked = Prefetch("later_questions", LaterQuestion.objects.order_by("number"), to_attr="asked")
    found = []
    for row in rows.prefetch_related(asked).order_by("activity", "pk"):
        said_at = told.get((row.activity.scope, row.side, row.business_id or row.representative_id or 0))
        number = _next_number(row, said_at)
        if number:
            found.append(Due(row, number, len(said_at or ())))
    return found


def _next_number(row: Participation, said_at: dict[int, datetime | None] | None) -> int:
    """The number of the question to ask now; 0 for none."""
    asked: list[LaterQuestion] = row.asked  # type: ignore[attr-defined]  # prefetched
    if not said_at or all(said_at.values()) or len(asked) >= MOST_TIMES:
        return 0
    if asked:
        last = asked[-1]
        if any(moment is not None and moment >= last.asked_at for moment in said_at.values()):
            return 0
        if today(row.activity.zone) < months_later(last.asked_at.date(), MONTHS_BETWEEN):
            return 0
    return asked[-1].number + 1 if asked else 1


def activities_to_ask(actor: Actor) -> list[Activity]:
    """Activities the actor's agencies lead or help to organise that ended long enough ago. One query."""
    mine = Organiser.objects.filter(agency__in=actor.agencies(), role__in=WORKING).values("activity")
    ended = months_later(now().date(), -MONTHS_AFTER)
    return list(Activity.objects.filter(pk__in=mine, ends_on__lte=ended))


@dataclass(frozen=True, slots=True)
class Asked:
    """One encounter as a side is asked about it: with whom it was, and what this side said last."""

    encounter: Encounter
    other: str
    said: LaterAnswer | None


def mine(participation: Participation) -> list[Asked]:
    """What one side is asked about, by time. Two queries."""
    side = participation.side
    own = {"business": participation.business_id, "representative": participation.representative_id}
    rows = worth_asking([participation.activity.scope]).filter(**{k: v for k, v in own.items() if v})
    said = LaterAnswer.objects.filter(is_current=True, side=side)
    rows = rows.select_related("business", "representative__mission").prefetch_related(
        Prefetch("later_answers", said, to_attr="now_said")
    )
    return [
        Asked(
            one, one.representative.mission.name if side == Side.MAKER else one.business.name,
            next(iter(one.now_said), None),
        )
        for one in rows
    ]  # fmt: skip


def unanswered(participations: Iterable[Participation]) -> set[int]:
    """Of these, who was asked and has not answered since. One query."""
    side = Q(encounter__business=OuterRef("participation__business"), side=Side.MAKER) | Q(
        encounter__representative=OuterRef("participation__representative"), side=Side.GUEST
    )
    answered = LaterAnswer.objects.filter(side, is_current=True, said_at__gte=OuterRef("asked_at"))
    own = {row.pk: row for row in participations}
    last = LaterQuestion.objects.filter(participation__in=own).filter(
        ~Exists(
            LaterQuestion.objects.filter(
                participation=OuterRef("participation"), number__gt=OuterRef("number")
            )
        )
    )
    return set(last.filter(~Exists(answered)).values_list("participation", flat=True))


def reported(scope: str) -> QuerySet[LaterAnswer]:
    """What both sides say has come of an activity's meetings: reported, the furthest first. One query.

    ``has_deal``: whether a deal was begun from the encounter.
    """
    rows = LaterAnswer.objects.filter(encounter__scope=scope, is_current=True).exclude(
        stage=LaterAnswer.Stage.NOTHING
    )
    rows = rows.select_related("encounter__business", "encounter__representative__mission", "said_by")
    begun = Exists(Deal.objects.filter(encounter=OuterRef("encounter")))
    return rows.annotate(has_deal=begun).order_by(F("amount").desc(nulls_last=True), "-said_at", "-pk")
