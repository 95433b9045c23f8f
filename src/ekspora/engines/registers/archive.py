"""What hides behind an .xlsx: a zip is measured before anything unpacks it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from ekspora.engines.registers.errors import RegisterError

MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200
MAX_ENTRIES = 2000
MAX_CELLS = 40_000_000
_CHUNK = 1 << 18
# Cells with content only: an empty formatted cell (``<c r="XFD9" s="1"/>``) costs the reader nothing.
_WIDE = re.compile(rb"""r=["']([A-Z]{2,3})\d{1,7}["'](?:[^>]*[^>/])?>""")
_DEEP = re.compile(rb"""r=["'][A-Z]{1,3}(\d{6,7})["'](?:[^>]*[^>/])?>""")
_DEEP_ROW = re.compile(rb"""<row\b[^>]*?\br=["'](\d{6,7})["'][^>]*>\s*<c(?:>|\s(?!r=))""")


# What zipfile raises for broken, locked and unknown archives (NotImplementedError: a compression it does not know).
UNREADABLE = (
    zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, RuntimeError, zlib.error, EOFError,
)  # fmt: skip


def check_archive(data: bytes, file: str) -> str:
    """``xlsx`` or ``ods``. Refuses other archives and bombs: by what the directory declares and by what
    really comes out, and sheets whose outermost cell would make an enormous table."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            kind = _kind(archive, names, file)
    except UNREADABLE:
        raise _broken(file) from None
    declared = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MAX_ENTRIES
        or declared > MAX_UNPACKED
        or declared > max(MAX_RATIO * len(data), 1 << 24)
    ):
        raise _bomb(file)
    budget = min(MAX_UNPACKED, max(MAX_RATIO * len(data), 1 << 24))
    for entry in entries:
        if entry.flag_bits & 1:
            raise _broken(file)
        budget -= _measure(data, entry, budget, file)
    return kind


def _kind(archive: zipfile.ZipFile, names: set[str], file: str) -> str:
    if "xl/workbook.xml" in names or any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsx"
    small = "mimetype" in names and archive.getinfo("mimetype").file_size < 200
    if small and "content.xml" in names and b"spreadsheet" in archive.read("mimetype"):
        return "ods"
    raise RegisterError(
        "not_a_table",
        f"{file}: arsip ini bukan lembar kerja. Simpan daftar sebagai XLSX atau CSV.",
        f"{file}: this archive is not a spreadsheet. Save the register as XLSX or CSV.",
    )


def _measure(data: bytes, entry: zipfile.ZipInfo, budget: int, file: str) -> int:
    """How many bytes an entry really unpacks to; stops as soon as it is over the budget."""
    start = entry.header_offset + 30
    if start > len(data):
        raise _broken(file)
    start += int.from_bytes(data[start - 4 : start - 2], "little")
    start += int.from_bytes(data[entry.header_offset + 28 : entry.header_offset + 30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    extent = _extent(entry.filename)
    total = 0
    for piece in _unpacked(packed, entry.compress_type, file):
        total += len(piece)
        if total > budget:
            raise _bomb(file)
        if extent:
            extent.look(piece, file)
    return total


def _unpacked(packed: memoryview, method: int, file: str) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if method != zipfile.ZIP_DEFLATED:
        raise _broken(file)
    inflate, waiting = zlib.decompressobj(-15), bytes(packed)
    while not inflate.eof:
        try:
            piece = inflate.decompress(waiting, _CHUNK)
        except zlib.error:
            raise _broken(file) from None
        waiting = inflate.unconsumed_tail
        if not piece and not waiting:
            return
        yield piece


def _extent(name: str) -> "_XlsxExtent | _OdsExtent | None":
    if name.startswith("xl/worksheets/"):
        return _XlsxExtent()
    return _OdsExtent() if name == "content.xml" else None


class _XlsxExtent:
    """The outermost row and column a sheet fills. Readers hold the whole rectangle, so one far cell costs
    gigabytes."""

    def __init__(self) -> None:
        self.columns, self.rows = 26, 99_999  # smaller ones are not looked for
        self._tail = b""

    def look(self, piece: bytes, file: str) -> None:
        """Takes the next piece of the sheet; raises ``RegisterError`` when it has grown too large."""
        xml = self._tail + piece
        self._tail = piece[-512:]
        for letters in set(_WIDE.findall(xml)):
            number = 0
            for letter in letters:
                number = number * 26 + letter - 64
            self.columns = max(self.columns, number)
        for digits in _DEEP.findall(xml) + _DEEP_ROW.findall(xml):
            self.rows = max(self.rows, int(digits))
        if self.columns * self.rows > MAX_CELLS:
            raise RegisterError(
                "sheet_too_large",
                f"{file}: ada isi sangat jauh di luar tabel (baris {self.rows}, kolom {self.columns}). "
                "Hapus isi di luar tabel.",
                f"{file}: something stands far outside the table (row {self.rows}, column {self.columns}). "
                "Delete what is outside.",
            )


class _OdsExtent:
    """The cells of an ODS, repeats written out: one filled cell may stand for a whole sheet of them."""

    def __init__(self) -> None:
        self._cells = self._width = self._filled = 0
        self._repeat = self._row_repeat = 1
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._refuse_entity

    def look(self, piece: bytes, file: str) -> None:
        """Takes the next piece of the content; raises ``RegisterError`` when it is broken or too large."""
        try:
            self._parser.Parse(piece)
        except (expat.ExpatError, ValueError):
            raise _broken(file) from None
        if self._cells > MAX_CELLS:
            raise _bomb(file)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "table-row":
            self._width = self._filled = 0
            self._row_repeat = int(attributes.get("table:number-rows-repeated", "1"))
        elif kind in ("table-cell", "covered-table-cell"):
            self._repeat = int(attributes.get("table:number-columns-repeated", "1"))
            self._width += self._repeat
            if any(name.startswith("office:") for name in attributes):
                self._filled = self._width
        elif kind == "p":
            self._filled = self._width

    def _refuse_entity(self, *_told: object) -> None:
        """No spreadsheet declares entities; a few of them, each of many others, fill any memory."""
        raise ValueError("entity")

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "table-row":
            self._cells += self._filled * self._row_repeat


def _bomb(file: str) -> RegisterError:
    return RegisterError(
        "zip_bomb",
        f"{file}: isi berkas mengembang jauh melebihi batas. Simpan ulang daftarnya saja.",
        f"{file}: its content unpacks far beyond the limit. Save only the register again.",
    )


def _broken(file: str) -> RegisterError:
    return RegisterError(
        "broken_workbook",
        f"{file}: berkas rusak atau terpotong. Unduh atau simpan ulang dari aplikasinya.",
        f"{file}: the file is damaged or cut off. Download it or save it again.",
    )
