"""What hides behind an .xlsx: a zip is measured before anything unpacks it."""

import io
import re
import zipfile
import zlib

from ekspora.engines.registers.errors import RegisterError
from ekspora.engines.registers.sheet import MAX_COLUMNS

MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200
MAX_ENTRIES = 2000
MAX_CELLS = 40_000_000
_CHUNK = 1 << 18
# Cells with content only: an empty formatted cell (``<c r="XFD9" s="1"/>``) costs the reader nothing.
_WIDE = re.compile(rb"""r=["']([A-Z]{2,3})\d{1,7}["'](?:[^>]*[^>/])?>""")
_DEEP = re.compile(rb"""r=["'][A-Z]{1,3}(\d{6,7})["'](?:[^>]*[^>/])?>""")
_DEEP_ROW = re.compile(rb"""<row\b[^>]*?\br=["'](\d{6,7})["'][^>]*>\s*<c(?:>|\s(?!r=))""")
_REPEATED = re.compile(rb"<table:table-cell\b[^>]*number-columns-repeated=\"(\d{4,})\"[^>]*office:value-type")


def check_archive(data: bytes, file: str) -> str:
    """``xlsx`` or ``ods``. Refuses other archives and bombs: by what the directory declares and by what
    really comes out, and sheets whose outermost cell would make an enormous table."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            kind = _kind(archive, names, file)
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        EOFError,
        UnicodeError,
    ):
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
    start += int.from_bytes(data[start - 4 : start - 2], "little") + int.from_bytes(
        data[start - 2 : start], "little"
    )
    packed = memoryview(data)[start : start + entry.compress_size]
    sheet = _Extent() if entry.filename.startswith("xl/worksheets/") else None
    ods = entry.filename == "content.xml"
    if entry.compress_type == zipfile.ZIP_STORED:
        if sheet:
            sheet.look(bytes(packed), file)
        return len(packed)
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise _broken(file)
    total, tail = 0, b""
    inflate = zlib.decompressobj(-15)
    waiting: bytes | memoryview = packed
    while not inflate.eof:
        try:
            piece = inflate.decompress(waiting, _CHUNK)
        except zlib.error:
            raise _broken(file) from None
        waiting = inflate.unconsumed_tail
        total += len(piece)
        if total > budget:
            raise _bomb(file)
        if not piece and not waiting:
            break
        if sheet:
            sheet.look(tail + piece, file)
        elif ods and any(int(n) > 10 * MAX_COLUMNS for n in _REPEATED.findall(tail + piece)):
            raise _bomb(file)
        tail = piece[-512:]
    return total


class _Extent:
    """The outermost row and column a sheet names. Readers hold the whole rectangle, so one far cell costs
    gigabytes."""

    def __init__(self) -> None:
        self.columns, self.rows = 26, 99_999  # smaller ones are not looked for

    def look(self, xml: bytes, file: str) -> None:
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
                f"{file}: ada isi sangat jauh di luar tabel (baris "
                f"{self.rows}, kolom {self.columns}). Hapus isi di luar tabel.",
                f"{file}: something stands far outside the table (row "
                f"{self.rows}, column {self.columns}). Delete what is outside.",
            )


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
