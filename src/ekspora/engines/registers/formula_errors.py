"""Cells of an XLSX whose formula failed. The reader of workbooks gives them as empty, which would lose the fault."""

import html
import io
import re
import zipfile
from collections.abc import Iterator

from ekspora.engines.registers.archive import UNREADABLE

Errors = dict[tuple[int, int], str]

_CHUNK = 1 << 20
_TAIL = 4096
_MOST = 100_000
_CELL = re.compile(
    rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>(?:(?!</c>).){0,2000}?<v>(#[^<]{1,20})</v>'
)
_SHEET = re.compile(rb'<sheet\s[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_TARGET = (re.compile(rb'\bId="([^"]*)"'), re.compile(rb'\bTarget="([^"]*)"'))


def failed_formulas(data: bytes) -> dict[str, Errors]:
    """By the name of the sheet, row and column (from 0) of each failed formula and what it says (``#DIV/0!``).

    The archive was measured before. Empty for what is built in a way we do not know. One pass over the sheets.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: found for name, path in _sheets(archive) if (found := _errors(archive, path))}
    except UNREADABLE:
        return {}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = archive.read("xl/_rels/workbook.xml.rels")
    targets: dict[bytes, bytes] = {}
    for element in re.findall(rb"<Relationship\s[^>]*>", relations):
        found = [pattern.search(element) for pattern in _TARGET]
        if found[0] and found[1]:
            targets[found[0][1]] = found[1][1]
    for name, key in _SHEET.findall(archive.read("xl/workbook.xml")):
        target = targets.get(key, b"").decode()
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        yield html.unescape(name.decode("utf-8", "replace")), path


def _errors(archive: zipfile.ZipFile, path: str) -> Errors:
    found: Errors = {}
    tail = b""
    with archive.open(path) as file:
        while (piece := file.read(_CHUNK)) and len(found) < _MOST:
            if b't="e"' in (text := tail + piece):
                for letters, digits, error in _CELL.findall(text):
                    column = 0
                    for letter in letters:
                        column = column * 26 + letter - 64
                    found[int(digits) - 1, column - 1] = error.decode("ascii", "replace")
            tail = text[-_TAIL:]
    return found
