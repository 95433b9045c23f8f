"""Workbooks to give out: the empty template, and the rows that need correcting."""

import io
from typing import Any

import xlsxwriter

from ekspora.engines.registers.fields import Field, Schema, schema
from ekspora.engines.registers.understanding import EXAMPLE_MARKS, Issue, Understanding

FAULT_COLUMN = {
    "id": "Yang perlu diperbaiki (diabaikan saat impor)",
    "en": "What to correct (ignored on import)",
}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LEFT_OUT = {"latitude", "longitude", "province_code", "regency_code", "first_name", "last_name"}
_TEXT_ROWS = 2000


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before ``= + - @`` and control
    characters.

    A telephone number (``+62…``) keeps its plus sign as it is, for a cell formatted as text and without
    letters cannot run.
    """
    if text.startswith(_DANGEROUS) and not (
        text[:1] in "+-" and text[1:].replace(" ", "").replace("-", "").replace(".", "").isdigit()
    ):
        return "'" + text
    return text


def template(as_: str) -> bytes:
    """An XLSX to fill in: headers in Indonesian over English, lists to choose from, an example row marked as
    such (the import leaves it out), and a sheet of instructions in both languages."""
    kind = schema(as_)
    fields = [f for f in kind.fields if f.key not in _LEFT_OUT]
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    sheet = book.add_worksheet("Data")
    text, head, small, grey = (
        book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        book.add_format({"bold": True, "bottom": 0, "text_wrap": True, "bg_color": "#DDE7E4"}),
        book.add_format({"italic": True, "bottom": 1, "text_wrap": True, "bg_color": "#DDE7E4"}),
        book.add_format({"italic": True, "font_color": "#777777", "num_format": "@"}),
    )
    sheet.write_string(0, 0, "No.", head)
    sheet.write_string(1, 0, "No.", small)
    sheet.write_string(2, 0, EXAMPLE_MARKS[0], grey)
    sheet.set_column(0, 0, 18)
    for k, f in enumerate(fields, 1):
        star = " *" if f.required else ""
        sheet.write_string(0, k, f.label["id"] + star, head)
        sheet.write_string(1, k, f.label["en"] + star, small)
        sheet.write_string(2, k, f.example, grey)
        sheet.set_column(k, k, 22, text)
        if f.choices:
            sheet.data_validation(
                3,
                k,
                _TEXT_ROWS,
                k,
                {
                    "validate": "list",
                    "source": list(f.choices),
                    "error_type": "information",
                    "error_title": "Pilihan / Choice",
                    "error_message": "Pilih dari daftar. / Choose from the list.",
                },
            )
    sheet.freeze_panes(2, 2)
    _instructions(book, kind, fields)
    book.close()
    return buffer.getvalue()


def _instructions(book: Any, kind: Schema, fields: list[Field]) -> None:
    sheet = book.add_worksheet("Petunjuk - Instructions")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 1, 30, wrap)
    sheet.set_column(2, 3, 60, wrap)
    lines = (
        (
            f"{kind.label['id']}: satu baris untuk satu catatan pada lembar "
            "Data. Kolom bertanda * wajib diisi, lainnya boleh kosong.",
            f"{kind.label['en']}: one row for one record on the sheet "
            "Data. Columns marked * are needed, the others may stay empty.",
        ),
        (
            "Baris contoh diabaikan saat impor; boleh dihapus. Urutan kolom boleh diubah.",
            "The example row is left out on import and may be deleted. Columns may change their order.",
        ),
        (
            "Beberapa nilai dalam satu sel dipisah titik koma (;).",
            "Separate several values in a cell by semicolons (;).",
        ),
    )
    for n, (first, second) in enumerate(lines):
        sheet.write_string(n, 0, first)
        sheet.write_string(n + len(lines) + 1, 0, second)
    start = 2 * len(lines) + 2
    for k, title in enumerate(("Bidang", "Field", "Penjelasan", "Explanation")):
        sheet.write_string(start, k, title, bold)
    for n, f in enumerate(fields, start + 1):
        needed = {"id": "Wajib. ", "en": "Needed. "} if f.required else {"id": "", "en": ""}
        several = (
            {"id": "Boleh lebih dari satu. ", "en": "May be several. "} if f.many else {"id": "", "en": ""}
        )
        sample = (
            {"id": f"Contoh: {f.example}", "en": f"Example: {f.example}"}
            if f.example
            else {"id": "", "en": ""}
        )
        sheet.write_string(n, 0, f.label["id"])
        sheet.write_string(n, 1, f.label["en"])
        for k, language in ((2, "id"), (3, "en")):
            parts = (needed[language] + several[language], f.help[language], sample[language])
            sheet.write_string(n, k, " ".join(part.strip() for part in parts if part).strip())


def corrections(understanding: Understanding, language: str) -> bytes:
    """An XLSX of only the bad rows as they were, the first column saying in ``language`` what is wrong with
    each. It can be corrected and uploaded as it is: that column is left out on import, and no cell can
    run as a formula."""
    sheet_ = understanding.sheet
    faults: dict[int, list[Issue]] = {}
    for issue in understanding.bad:
        faults.setdefault(issue.row, []).append(issue)
    labels = {f.key: f.label[language] for f in schema(understanding.as_).fields}
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    sheet = book.add_worksheet("Data")
    head = book.add_format({"bold": True, "text_wrap": True})
    note = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF3C4"})
    text = book.add_format({"num_format": "@", "valign": "top"})
    marked = book.add_format({"num_format": "@", "valign": "top", "bg_color": "#FFF3C4"})
    sheet.set_column(0, 0, 50)
    sheet.set_column(1, len(sheet_.columns), 22, text)
    for k, column in enumerate([FAULT_COLUMN[language], *sheet_.columns]):
        sheet.write_string(0, k, safe(column), head)
    for n, (row, issues) in enumerate(sorted(faults.items()), 1):
        told = [f"{labels[i.field]}: {i.remedy[language]}" if i.field else i.remedy[language] for i in issues]
        sheet.write_string(n, 0, "\n".join(dict.fromkeys(told)), note)
        wrong = {i.field for i in issues}
        for k, cell in enumerate(sheet_.uneven.get(row, sheet_.rows[row - 1]), 1):
            column = sheet_.columns[k - 1] if k <= len(sheet_.columns) else ""
            sheet.write_string(
                n, k, safe(cell), marked if understanding.mapping.get(column) in wrong else text
            )
    sheet.freeze_panes(1, 1)
    book.close()
    return buffer.getvalue()
