"""HTML tables and Excel's XML of 2003: what many web applications call an ``.xls`` export."""

from html.parser import HTMLParser

from ekspora.engines.registers.limits import MAX_COLUMNS
from ekspora.engines.registers.sheet import Grid


def looks_like_html(text: str) -> bool:
    """Whether the text is a page with a table, whatever its file is called."""
    head = text[:4000].lstrip().lower()
    return head.startswith("<") and "<table" in text[:200_000].lower()


def html_grids(text: str) -> list[Grid]:
    """Every table of a page. Cells that span columns or rows become merged ranges."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    return reader.grids


_XML_2003 = {"row": "tr", "cell": "td"}


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._open: list[Grid] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _XML_2003.get(tag, tag)
        if tag == "table":
            grid = Grid(f"table {len(self.grids) + 1}", [])
            self.grids.append(grid)
            self._open.append(grid)
        elif not self._open:
            return
        elif tag == "tr":
            self._finish()
            self._open[-1].rows.append([])
        elif tag in ("td", "th"):
            self._finish()
            values = dict(attrs)
            across = _number(values.get("colspan")) + _extra(values.get("ss:mergeacross"))
            down = _number(values.get("rowspan")) + _extra(values.get("ss:mergedown"))
            self._span = (down, min(across, MAX_COLUMNS))
            self._skip_to(_number(values.get("ss:index")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def _skip_to(self, place: int) -> None:
        """Empty cells up to a cell that says its own place (counted from 1)."""
        if self._open[-1].rows:
            row = self._open[-1].rows[-1]
            row += [""] * (min(place, MAX_COLUMNS) - 1 - len(row))

    def handle_endtag(self, tag: str) -> None:
        tag = _XML_2003.get(tag, tag)
        if tag in ("td", "th", "tr", "table"):
            self._finish()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _finish(self) -> None:
        if self._cell is None or not self._open:
            return
        grid, text = self._open[-1], "".join(self._cell).strip()
        self._cell = None
        if not grid.rows:
            grid.rows.append([])
        top, row = len(grid.rows) - 1, grid.rows[-1]
        while any(t < top <= b and left <= len(row) <= right for t, left, b, right in grid.merged[-50:]):
            row.append("")
        left, (down, across) = len(row), self._span
        row += [text, *([""] * (across - 1))]
        if down > 1 or across > 1:
            grid.merged.append((top, left, top + down - 1, left + across - 1))


def _number(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 5 else 1


def _extra(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else 0
