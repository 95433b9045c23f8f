"""Promises as a workbook: one line for each, as the list shows them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ekspora.deals.models import Commitment
from ekspora.ui import formats
from ekspora.ui.sheets import workbook


def commitments(rows: Iterable[Commitment]) -> bytes:
    """An XLSX of the rows."""
    return workbook([sheet(rows)])


def sheet(rows: Iterable[Commitment]) -> tuple[str, list[str], list[list[str]]]:
    """The rows as one sheet of a workbook, in the reader's language."""
    return _("Promises"), _head(), [_line(row) for row in rows]


def _head() -> list[str]:
    return [
        _("What was promised"), _("In words"), _("Promised by"), _("Business"), _("Mission"), _("Country"),
        _("Who keeps it"), _("Due by"), _("State"), _("Overdue"), _("Account"), _("Settled on"), _("Settled by"),
        _("Buyers"), _("Fair"), _("Agency"),
    ]  # fmt: skip


def _line(row: Commitment) -> list[str]:
    fair = (row.fair, formats.country(row.fair_country) if row.fair_country else "", _day(row.fair_on))
    return [
        row.get_kind_display(), row.text, row.get_side_display(), row.business.name,
        row.representative.mission.name, formats.country(row.representative.mission.country),
        str(row.owner or ""), row.due.isoformat(), row.get_state_display(), _("yes") if row.is_overdue else "",
        row.account, formats.in_zone(row.settled_at).date().isoformat() if row.settled_at else "",
        str(row.settled_by or ""), "; ".join(str(buyer) for buyer in row.buyers.all()),
        ", ".join(filter(None, fair)), row.agency.short_name,
    ]  # fmt: skip


def _day(day: object) -> str:
    return "" if day is None else str(day)
