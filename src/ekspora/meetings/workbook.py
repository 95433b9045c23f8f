"""The timetable as a workbook: all meetings in one list, the grid as it hangs on the wall, and each side's list."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import xlsxwriter
from django.utils.translation import gettext as _

from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.meetings.queries.agendas import meetings_of
from ekspora.programmes.models import Activity
from ekspora.ui import formats


def timetable(activity: Activity, version: TimetableVersion) -> bytes:
    """An XLSX of one version. Every cell is written as text or number: a name beginning with "=" stays a name."""
    out = io.BytesIO()
    meetings = list(meetings_of(version))
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        _list(book.add_worksheet(_("Meetings")), activity, meetings, _spoken(version), bold)
        _grid(book.add_worksheet(_("Timetable")), activity, meetings, bold, wrap)
    return out.getvalue()


def _clock(moment: datetime, activity: Activity) -> str:
    return formats.clock(formats.in_zone(moment, activity.zone))


def _write(
    sheet: "xlsxwriter.worksheet.Worksheet", row: int, cells: Iterable[object], form: object = None
) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(row, column, cell, form)
        else:
            sheet.write_string(row, column, str(cell), form)


def _list(
    sheet: "xlsxwriter.worksheet.Worksheet",
    activity: Activity,
    meetings: Sequence[Meeting],
    spoken: Mapping[str, str],
    bold: object,
) -> None:
    head = [
        _("From"),
        _("Until"),
        _("Table"),
        _("Business"),
        _("Who comes"),
        _("Mission"),
        _("Representative"),
    ]
    head += [_("Interpreter")] if spoken else []
    _write(sheet, 0, head, bold)
    for row, meeting in enumerate(meetings, start=1):
        cells = [
            _clock(meeting.starts_at, activity), _clock(meeting.ends_at, activity), meeting.table,
            meeting.maker.label, meeting.maker.attendee or "", meeting.guest.label, meeting.guest.attendee or "",
        ]  # fmt: skip
        _write(sheet, row, [*cells, spoken.get(meeting.request, "")] if spoken else cells)
    sheet.set_column(0, 2, 8)
    sheet.set_column(3, len(head) - 1, 32)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(meetings), 1), len(head) - 1)


def _spoken(version: TimetableVersion) -> dict[str, str]:
    """The interpreter each request needs, by name of the language."""
    rows = version.instance.get("requests", ())
    return {str(r["id"]): formats.language_name(r["interpreter"]) for r in rows if r.get("interpreter")}


def _grid(
    sheet: "xlsxwriter.worksheet.Worksheet",
    activity: Activity,
    meetings: Sequence[Meeting],
    bold: object,
    wrap: object,
) -> None:
    slots = sorted({(m.slot, m.starts_at) for m in meetings})
    tables = sorted({m.table for m in meetings}, key=lambda name: (len(name), name))
    at = {(m.table, m.slot): f"{m.maker.label}\n{m.guest.label}" for m in meetings}
    _write(sheet, 0, [_("Table"), *(_clock(start, activity) for _slot, start in slots)], bold)
    for row, table in enumerate(tables, start=1):
        _write(sheet, row, [table, *(at.get((table, slot), "") for slot, _start in slots)], wrap)
    sheet.set_column(1, max(len(slots), 1), 26)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
