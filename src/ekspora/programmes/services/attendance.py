"""The door: who came, late or by a substitute, who left early, and taking a tap back.

Taps come from phones whose network is gone for minutes or hours: each carries an id made on the phone and is
sent until it is acknowledged, so the same tap may come five times and counts once. Two phones may be at work at
once; what arrives last counts. A phone's clock is never relied on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.services import audit
from ekspora.programmes import rules
from ekspora.programmes.models import Activity, AttendanceMark, Participation
from ekspora.programmes.services import answers
from ekspora.programmes.services.activities import acting_agency

Kind = AttendanceMark.Kind
Answer = Participation.Answer
_COMING = (Kind.CAME, Kind.LATE, Kind.SUBSTITUTE)


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap: on whom (id of the participation), what, and when by the phone's own clock.

    ``name``: who came as a substitute, where the officer typed it.
    """

    who: int
    kind: str
    key: UUID = field(default_factory=uuid4)
    name: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Which taps need not be sent again: those that count (now or since an earlier sending), those refused."""

    done: tuple[UUID, ...]
    refused: dict[UUID, str]


def take(*, activity: Activity, actor: Actor, taps: Iterable[Tap]) -> Taken:
    """Take in what a phone kept, in its order; each tap by itself, so that a bad one stops no other."""
    done, refused = [], {}
    for tap in taps:
        try:
            mark(activity=activity, actor=actor, tap=tap)
            done.append(tap.key)
        except DomainError as error:
            refused[tap.key] = str(error)
    return Taken(tuple(done), refused)


@transaction.atomic
def mark(*, activity: Activity, actor: Actor, tap: Tap) -> Participation:
    """Take one tap; one that came before changes nothing.

    Raises DomainError when the actor does not work on the activity, for an unknown kind, and for somebody who
    is not in the activity.
    """
    if not rules.can_change(actor, activity):
        raise DomainError(_("Only officers of the lead and of co-organisers check people in."))
    if tap.kind not in Kind.values:
        raise DomainError(_("This is not a mark of attendance."))
    row = activity.participations.select_for_update(of=("self",)).filter(pk=tap.who).first()
    if row is None:
        raise DomainError(_("This person is no longer in the activity."))
    if AttendanceMark.objects.filter(key=tap.key).exists():
        return row
    answered = _apply(row, Kind(tap.kind))
    row.save(update_fields=["came", "came_at", "left_at", "answer", "answered_at", "is_walk_in"])
    made = AttendanceMark.objects.create(
        key=tap.key, participation=row, kind=tap.kind, marked_by=actor.person, arrived_at=now(),
        said_at=tap.said_at, answer_before=answered,
    )  # fmt: skip
    audit.record(
        agency=acting_agency(actor, activity), actor=actor.person, action=f"attendance.{tap.kind}",
        target=row, details={"mark": made.key, "said_at": tap.said_at},
    )  # fmt: skip
    if tap.kind == Kind.SUBSTITUTE and tap.name.strip():
        _name_substitute(row, tap.name.strip(), actor)
    return row


def _apply(row: Participation, kind: Kind) -> str:
    """Change who is there. Returns the answer that coming overruled, empty where there was none."""
    if kind in _COMING:
        row.came, row.came_at, row.left_at = kind.value, row.came_at or now(), None
        if row.answer != Answer.ACCEPTED:
            before, row.answer, row.answered_at, row.is_walk_in = row.answer, Answer.ACCEPTED, now(), True
            return before
    elif kind == Kind.LEFT:
        # Who leaves was there: on another phone the coming may still wait for its network.
        row.came, row.came_at, row.left_at = row.came or Kind.CAME.value, row.came_at or now(), now()
    elif row.left_at is not None:
        row.left_at = None
    elif row.came_at is not None:
        row.came, row.came_at = "", None
        _unanswer(row)
    return ""


def _unanswer(row: Participation) -> None:
    """Not there after all: the answer is again what it was before they seemed to stand at the door."""
    last = row.marks.exclude(answer_before="").order_by("-id").first()
    if last is not None and row.is_walk_in:
        row.answer, row.is_walk_in = last.answer_before, False


def _name_substitute(row: Participation, name: str, actor: Actor) -> None:
    known = answers.name_of(row)
    if known is None or known.name != name:
        answers.accept(
            participation=row, actor=actor, arrives_at=row.arrives_at, leaves_at=row.leaves_at,
            substitute=answers.Name("", name),
        )  # fmt: skip
