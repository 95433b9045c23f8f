"""Who gets the message of the evening, and who has got it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from ekspora.core.clock import now
from ekspora.core.models import Message
from ekspora.demand.encounters import encounters_in, said_by
from ekspora.demand.models import Outcome
from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Feedback, Participation

KIND = "evening"


def key_of(who: Participation) -> str:
    """The name of somebody's message: there is one for each participation."""
    return f"{KIND}:{who.pk}"


def is_over(activity: Activity) -> bool:
    """Whether the last meeting of the published timetable has ended; False while none is published."""
    published = Meeting.objects.filter(
        version__activity=activity, version__state=TimetableVersion.State.PUBLISHED
    )
    last = published.aggregate(last=Max("ends_at"))["last"]
    return last is not None and last <= now()


def came(activity: Activity) -> list[Participation]:
    """Everybody who was checked in, or told of a meeting that was held; in protocol order. Constant queries."""
    told: set[tuple[str, int]] = set()
    for encounter in encounters_in(activity.scope):
        sides = {"maker": encounter.business_id, "guest": encounter.representative_id}
        for side, pk in sides.items():
            said = said_by(encounter, side)
            if said is not None and said.verdict != Outcome.Verdict.NOT_HELD:
                told.add((side, pk))
    return [
        who
        for who in programmes.participations(activity)
        if who.came or (who.side, who.business_id or who.representative_id) in told
    ]


@dataclass(frozen=True, slots=True)
class Sending:
    """How far the messages are, and what came back: (score, how many said it), the best first."""

    people: tuple[Participation, ...]
    prepared: int
    sent: int
    feedback: tuple[tuple[int, int], ...]

    @property
    def makers(self) -> int:
        """How many businesses came."""
        return sum(who.side == Participation.Side.MAKER for who in self.people)

    @property
    def guests(self) -> int:
        """How many representatives came."""
        return len(self.people) - self.makers

    @property
    def missing(self) -> int:
        """For how many no message was prepared."""
        return len(self.people) - self.prepared

    @property
    def answers(self) -> int:
        """How many said how content they were."""
        return sum(count for _score, count in self.feedback)


def words_of(activity: Activity) -> QuerySet[Feedback]:
    """What people said beside their score, the newest first."""
    rows = Feedback.objects.filter(participation__activity=activity).exclude(words="")
    sides = ("participation__business", "participation__representative__mission")
    return rows.select_related(*sides).order_by("-given_at", "-pk")


def sending_of(activity: Activity) -> Sending:
    """The state of the evening; constant queries."""
    people = came(activity)
    states = dict(
        Message.objects.filter(topic=activity.scope, kind=KIND, key__in=[key_of(who) for who in people])
        .values_list("key", "state")
    )  # fmt: skip
    scores = Counter(
        Feedback.objects.filter(participation__activity=activity).values_list("score", flat=True)
    )
    sent = sum(state == Message.State.SENT for state in states.values())
    given = tuple((score, scores[score]) for score in range(5, 0, -1))
    return Sending(tuple(people), len(states), sent, given if scores else ())
