"""Taking down what somebody looks for, looking after it, answering it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.demand.models import Demand, Encounter
from ekspora.directory.models import Representative

ANSWER_WITHIN = timedelta(days=14)
State = Demand.State


@transaction.atomic
def take_down(
    *,
    representative: Representative,
    agency: Agency,
    values: Mapping[str, Any],
    actor: Person,
    encounter: Encounter | None = None,
) -> Demand:
    """A new demand that ``agency`` looks after; without a date its answer is due in two weeks.

    ``encounter``: the meeting in which it came up.

    The same words of the same representative, still open, are taken as the demand they are: sent twice.
    """
    # Not the key: what somebody tells of a meeting at this moment refers to the representative.
    Representative.objects.select_for_update(of=("self",), no_key=True).get(pk=representative.pk)
    text = str(values["text"]).strip()
    known = representative.demands.filter(state=State.OPEN, agency=agency, text__iexact=text).first()
    if known is not None:
        return known
    due = values.get("answer_due") or (now() + ANSWER_WITHIN).date()
    demand = Demand(
        **{**values, "text": text, "answer_due": due}, representative=representative, agency=agency,
        encounter=encounter,
    )  # fmt: skip
    _check(demand)
    demand.save()
    details = {"representative": representative.pk, "text": text}
    if encounter is not None:
        details["encounter"] = encounter.pk
    _record(demand, actor, "demand.take_down", details)
    return demand


@transaction.atomic
def change(*, demand: Demand, values: Mapping[str, Any], actor: Person) -> Demand:
    """Change what is known of a demand or who looks after it; the trail keeps what it was."""
    fresh = Demand.objects.select_for_update(of=("self",)).get(pk=demand.pk)
    changed = {name: value for name, value in values.items() if getattr(fresh, name) != value}
    if not changed:
        return fresh
    details = {name: [_plain(getattr(fresh, name)), _plain(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(fresh, name, value)
    _check(fresh)
    fresh.save()
    _record(fresh, actor, "demand.change", details)
    return fresh


@transaction.atomic
def answer(*, demand: Demand, text: str, actor: Person) -> Demand:
    """Answer a demand. Raises DomainError without words."""
    if not text.strip():
        raise DomainError(_("Write the answer first."))
    fresh = Demand.objects.select_for_update(of=("self",)).get(pk=demand.pk)
    if (fresh.state, fresh.answer) == (State.ANSWERED, text.strip()):
        return fresh
    fresh.answer, fresh.state = text.strip(), State.ANSWERED
    fresh.save(update_fields=["answer", "state"])
    _record(fresh, actor, "demand.answer", {"answer": fresh.answer})
    return fresh


@transaction.atomic
def close(*, demand: Demand, actor: Person) -> Demand:
    """Nobody looks for this any more; closing it twice changes nothing. It can be opened again."""
    return _move(demand, State.CLOSED, "demand.close", actor)


@transaction.atomic
def reopen(*, demand: Demand, actor: Person) -> Demand:
    """It is looked for again."""
    return _move(demand, State.OPEN, "demand.reopen", actor)


def _move(demand: Demand, state: str, action: str, actor: Person) -> Demand:
    fresh = Demand.objects.select_for_update(of=("self",)).get(pk=demand.pk)
    if fresh.state != state:
        fresh.state = state
        fresh.save(update_fields=["state"])
        _record(fresh, actor, action, {})
    return fresh


def _record(demand: Demand, actor: Person, action: str, details: Mapping[str, Any]) -> None:
    audit.record(agency=demand.agency, actor=actor, action=action, target=demand, details=details)


def _check(demand: Demand) -> None:
    """What a form would refuse, a call from elsewhere is refused too."""
    try:
        demand.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error


def _plain(value: object) -> object:
    return value.pk if isinstance(value, Agency | Person | Representative) else value
