"""HTML tables: what many web applications call an ``.xls`` export."""

from html.parser import HTMLParser

from ekspora.engines.registers.sheet import MAX_COLUMNS, Grid


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


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._open: list[Grid] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
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
            self._span = (_number(values.get("rowspan")), min(_number(values.get("colspan")), MAX_COLUMNS))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
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
    return max(1, int(text)) if text and text.isdigit() and len(text) < 5 else 1
