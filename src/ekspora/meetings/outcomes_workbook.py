"""What came of the meetings as a workbook: one line for each meeting, both sides beside each other."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ekspora.demand.models import Outcome
from ekspora.meetings.queries.results import Row
from ekspora.programmes.models import Activity
from ekspora.ui import formats
from ekspora.ui.sheets import workbook


def outcomes(activity: Activity, rows: Iterable[Row]) -> bytes:
    """An XLSX of the rows."""
    return workbook([sheet(activity, rows)])


def sheet(activity: Activity, rows: Iterable[Row]) -> tuple[str, list[str], list[list[str]]]:
    """The rows as one sheet of a workbook, in the reader's language."""
    return _("Outcomes"), _head(), [_line(activity, row) for row in rows]


def _head() -> list[str]:
    said = [_("how it went"), _("next steps"), _("products"), _("note"), _("told at")]
    return [
        _("From"), _("Until"), _("Table"), _("Business"), _("Sector"), _("Mission"), _("Country"),
        _("Representative"), *(f"{_('Business')}: {what}" for what in said),
        *(f"{_('Representative')}: {what}" for what in said), _("Both agree"), _("Contacts exchanged"),
    ]  # fmt: skip


def _line(activity: Activity, row: Row) -> list[str]:
    assert row.maker.business is not None  # by constraint
    assert row.guest.representative is not None  # by constraint
    exchanged = row.encounter.exchanged_at if row.encounter else None
    agree = "" if len(row.said) < 2 else _("no") if row.differs else _("yes")
    return [
        formats.clock(formats.in_zone(row.starts_at, activity.zone)),
        formats.clock(formats.in_zone(row.ends_at, activity.zone)), row.table, row.maker.label,
        str(row.maker.business.get_sector_display()), row.guest.label,
        formats.country(row.guest.representative.mission.country), str(row.guest.attendee or ""),
        *_said(activity, row.maker_says), *_said(activity, row.guest_says), agree,
        formats.moment(formats.in_zone(exchanged, activity.zone)) if exchanged else "",
    ]  # fmt: skip


def _said(activity: Activity, outcome: Outcome | None) -> list[str]:
    if outcome is None:
        return ["", "", "", "", ""]
    products = [
        w.name if w.quantity is None else f"{w.name}: {formats.quantity(w.quantity, w.unit)}"
        for w in outcome.products.all()
    ]
    return [
        outcome.get_verdict_display(), "; ".join(outcome.step_labels), "; ".join(products), outcome.note,
        formats.moment(formats.in_zone(outcome.told_at, activity.zone)),
    ]  # fmt: skip
