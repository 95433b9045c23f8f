"""Marking whom one wants to meet. The last mark wins, whichever phone it comes from."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.core.services import audit
from ekspora.matching.queries import stop_between
from ekspora.meetings.models import Wish
from ekspora.meetings.queries.wishes import most_musts
from ekspora.meetings.rules import wishes_are_open
from ekspora.programmes.models import Participation

MUST = Wish.Mark.MUST.value
NONE = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark became and what it was before, for undo; empty means not marked."""

    now: str
    before: str


@transaction.atomic
def mark(
    *, chooser: Participation, chosen: Participation, mark: str, actor: Person, on_behalf: bool = False
) -> Marked:
    """``chooser`` marks ``chosen`` "must", "like" or "no", or takes a mark back (empty).

    ``on_behalf``: an officer enters what somebody said on the phone, also after the deadline. The same mark
    again changes nothing. Raises DomainError after the deadline, for goods under sanctions, and for more
    musts than there are times to meet.
    """
    _hold(chooser)
    wish = Wish.objects.filter(chooser=chooser, chosen=chosen).first()
    before = wish.mark if wish else NONE
    if mark == before:
        return Marked(mark, before)
    _check(chooser, chosen, mark, on_behalf)
    if mark == NONE:
        Wish.objects.filter(chooser=chooser, chosen=chosen).delete()
    else:
        Wish.objects.update_or_create(
            chooser=chooser, chosen=chosen,
            defaults={
                "activity": chooser.activity, "mark": mark, "marked_by": actor, "marked_at": now()
            },
        )  # fmt: skip
    audit.record(
        agency=chooser.activity.lead, actor=actor, action="wish.mark", target=chooser,
        details={"chosen": chosen.pk, "mark": mark, "before": before, "on_behalf": on_behalf},
    )  # fmt: skip
    return Marked(mark, before)


def _hold(chooser: Participation) -> None:
    """One mark of a chooser at a time, so that the musts are counted as they are."""
    Participation.objects.select_for_update(of=("self",)).get(pk=chooser.pk)


def _check(chooser: Participation, chosen: Participation, mark: str, on_behalf: bool) -> None:
    if chooser.activity_id != chosen.activity_id or chooser.side == chosen.side:
        raise DomainError(_("Choose somebody of the other side."))
    if mark not in (NONE, *Wish.Mark.values):
        raise DomainError(_("Choose: must, would like, or no."))
    if not on_behalf and not wishes_are_open(chooser.activity):
        raise DomainError(_("The time for marking is over. Please tell the organisers what should change."))
    if mark in (NONE, Wish.Mark.NO):
        return
    maker, guest = (chooser, chosen) if chooser.side == Participation.Side.MAKER else (chosen, chooser)
    reason = stop_between(maker, guest)
    if reason is not None:
        raise DomainError(_("This meeting cannot be asked for: goods under United Nations sanctions."))
    if mark == MUST:
        _check_musts(chooser)


def _check_musts(chooser: Participation) -> None:
    most = most_musts(chooser)
    if Wish.objects.filter(chooser=chooser, mark=MUST).count() >= most:
        text = _(
            "You have %(most)d musts, as many as there are times to meet. Change one of them to "
            "“would like” first."
        )
        raise DomainError(text % {"most": most})
