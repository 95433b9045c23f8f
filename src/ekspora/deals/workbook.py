"""Deals as a workbook: one line for each step, so that no two rungs stand in one sum by mistake."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ekspora.deals import alarm_words
from ekspora.deals.models import Deal, DealStep
from ekspora.deals.queries.ladder import steps_of
from ekspora.directory.models import Buyer
from ekspora.ui import formats
from ekspora.ui.sheets import Cell, workbook


def deals(rows: Iterable[Deal]) -> bytes:
    """An XLSX of deals read with their steps."""
    words = _words()
    return workbook([(_("Deals"), _head(), (line for deal in rows for line in _lines(deal, words)))])


def _head() -> list[str]:
    return [
        _("Business"), _("Buyer"), _("Country of the buyer"), _("Kind of buyer"), _("Mission"), _("About"),
        _("Looked after by"), _("State"), _("Step"), _("On"), _("Currency"), _("Value"), _("Quantity"), _("Unit"),
        _("What shows it"), _("What it is and where it is kept"), _("Counts"), _("Looks wrong"),
        _("How it was checked"),
    ]  # fmt: skip


def _words() -> dict[str, str]:
    """The label of every choice, looked up once: a choice's own is looked up anew for each row."""
    kinds = (Buyer.Kind, Deal.State, DealStep.Rung, DealStep.Evidence)
    words = {f"{kind.__name__}.{code}": str(label) for kind in kinds for code, label in kind.choices}
    return words | {"yes": _("yes"), "no": _("no, waits to be checked")}


def _lines(deal: Deal, words: dict[str, str]) -> Iterator[list[Cell]]:
    own: list[Cell] = [
        deal.business.name, deal.buyer.name, formats.country(deal.buyer.country), words[f"Kind.{deal.buyer.kind}"],
        deal.mission.name if deal.mission else "", deal.subject, str(deal.owner or ""), words[f"State.{deal.state}"],
    ]  # fmt: skip
    standing = [step for step in steps_of(deal) if step.is_standing]
    for step in standing:
        yield [*own, *_step(step, words)]
    if not standing:
        yield [*own, *[""] * 11]


def _step(step: DealStep, words: dict[str, str]) -> list[Cell]:
    return [
        words[f"Rung.{step.rung}"], step.happened_on.isoformat(), step.currency,
        "" if step.amount is None else step.amount, "" if step.quantity is None else step.quantity,
        formats.unit(step.unit) if step.unit else "", words[f"Evidence.{step.evidence}"], step.reference,
        words["yes" if step.counts else "no"],
        "; ".join(alarm_words.sentence(alarm) for alarm in step.alarms), step.checked_how,
    ]  # fmt: skip
