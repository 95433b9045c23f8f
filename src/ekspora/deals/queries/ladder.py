"""A deal as a ladder of seven rungs, each with its steps; what of it is warned about."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from ekspora.deals import alarm_words, alarms
from ekspora.deals.models import Deal, DealStep
from ekspora.ui import formats

STAGE_OF = {"order": "order", "shipped": "shipped", "paid": "paid"}


def stage_words() -> dict[str, str]:
    """What the four numbers are called."""
    return {
        "potential": _("potential value"),
        "order": _("contract value"),
        "shipped": _("shipped value"),
        "paid": _("paid value"),
    }


def rung_words(rung: str) -> str:
    """A rung, or the potential ones together, in words."""
    return _("before an order") if rung == "potential" else str(DealStep.Rung(rung).label)


def step_words(details: dict[str, Any] | None) -> str:
    """The step an entry of the trail is about, with its value; empty for other entries and erased ones."""
    found = details or {}
    if found.get("step") not in DealStep.Rung.values:
        return ""
    amount = found.get("amount")
    worth = f", {formats.money(Decimal(amount), found['currency'])}" if amount else ""
    return rung_words(found["step"]) + worth


@dataclass(frozen=True, slots=True)
class Standing:
    """One step as the page shows it, with what looks wrong in words."""

    step: DealStep
    alarms: tuple[tuple[str, str], ...]

    @property
    def by(self) -> str:
        """Who noted it, as far as they are still known."""
        return str(self.step.noted_by or "–")


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: reached, passed over (a later one was reached) or not there yet."""

    code: str
    label: str
    stage: str
    state: Literal["reached", "passed", ""]
    steps: tuple[Standing, ...]

    @property
    def look(self) -> str:
        """Its state for the style sheet, and whether one of its steps waits to be checked."""
        waits = any(one.step.waits_for_check for one in self.steps)
        return f"{self.state} waits" if waits else self.state


def ladder_of(deal: Deal) -> list[Rung]:
    """The rungs of a deal read with its steps, from interest to paid."""
    standing = [step for step in steps_of(deal) if step.is_standing]
    reached = {step.rung for step in standing}
    top = max((alarms.LADDER.index(rung) for rung in reached), default=-1)
    found = []
    for place, code in enumerate(alarms.LADDER):
        state: Literal["reached", "passed", ""] = (
            "reached" if code in reached else "passed" if place < top else ""
        )
        steps = tuple(standing_of(step) for step in standing if step.rung == code)
        stage = stage_words()[STAGE_OF.get(code, "potential")]
        found.append(Rung(code, str(DealStep.Rung(code).label), stage, state, steps))
    return found


def steps_of(deal: Deal) -> list[DealStep]:
    """The steps a deal was read with, withdrawn ones among them."""
    steps: list[DealStep] = getattr(deal, "all_steps", [])
    return steps


def standing_of(step: DealStep) -> Standing:
    """A step with its alarms in words: the short ones and the whole sentences."""
    words = tuple((alarm_words.title(alarm), alarm_words.sentence(alarm)) for alarm in step.alarms)
    return Standing(step, words)


def top_rung(deal: Deal) -> str:
    """The highest rung that was reached, in words; empty at the foot of the ladder."""
    reached = [alarms.LADDER.index(step.rung) for step in steps_of(deal) if step.is_standing]
    return rung_words(alarms.LADDER[max(reached)]) if reached else ""


def waiting(deal: Deal) -> int:
    """How many of its steps wait to be checked."""
    return sum(step.waits_for_check for step in steps_of(deal))


def worth_of(deal: Deal) -> list[tuple[str, Decimal, str]]:
    """What counts of its highest rung with a value: (rung in words, amount, currency) for each currency."""
    for code in reversed(alarms.LADDER):
        counted = [s for s in steps_of(deal) if s.rung == code and s.counts and s.amount is not None]
        if counted:
            return [(rung_words(code), amount, currency) for currency, amount in _by_currency(code, counted)]
    return []


def _by_currency(rung: str, steps: Iterable[DealStep]) -> list[tuple[str, Decimal]]:
    sums: dict[str, Decimal] = {}
    for step in steps:
        before = sums.get(step.currency, Decimal(0)) if rung in STAGE_OF else Decimal(0)
        sums[step.currency] = before + (step.amount or Decimal(0))
    return sorted(sums.items())


def warnings_of(deal: Deal) -> list[str]:
    """Days that stand the wrong way round."""
    noted = [
        alarms.Noted(step.rung, step.happened_on) for step in steps_of(deal) if step.is_standing
    ]  # fmt: skip
    return [
        _("“%(earlier)s” is noted for %(day)s, after “%(later)s” on %(later_day)s. Look at the days again.")
        % {
            "earlier": rung_words(earlier.rung), "day": formats.day(earlier.happened_on, weekday=False),
            "later": rung_words(later.rung), "later_day": formats.day(later.happened_on, weekday=False),
        }
        for earlier, later in alarms.out_of_order(noted)
    ]  # fmt: skip
