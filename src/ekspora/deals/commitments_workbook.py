"""Promises as a workbook: one line for each, as the list shows them."""

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from ekspora.deals.models import Commitment
from ekspora.ui import formats


def commitments(rows: Iterable[Commitment]) -> bytes:
    """An XLSX of the rows. Every cell is written as text: what begins with "=" stays a text."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Promises"))
        lines = [_head(), *map(_line, rows)]
        bold = book.add_format({"bold": True, "bottom": 1})
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell, None if number else bold)
        sheet.set_column(0, len(lines[0]) - 1, 24)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(lines) - 1, 1), len(lines[0]) - 1)
    return out.getvalue()


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
