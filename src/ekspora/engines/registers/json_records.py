"""JSON: a list of objects anywhere in the document, lines of objects, GeoJSON, or an object of objects."""

import json
from collections.abc import Iterator
from typing import Any

from ekspora.engines.registers.cells import cell_text
from ekspora.engines.registers.errors import RegisterError
from ekspora.engines.registers.limits import MAX_COLUMNS, MAX_ROWS, too_many_columns, too_many_rows
from ekspora.engines.registers.sheet import Grid


def looks_like_json(text: str) -> bool:
    """Whether the text begins as a JSON document and not as a line of a table."""
    head = text.lstrip()[:1]
    return head in "[{" and bool(head) and any(mark in text[:4000] for mark in '"]}')


def json_grid(text: str, file: str) -> Grid:
    """A grid whose first row are the keys. Nested keys are joined by a dot, list items stand on lines of a
    cell."""
    records = _records(_parse(text, file))
    if not records:
        raise RegisterError(
            "no_records",
            f"{file}: tidak ada daftar di dalam JSON ini.",
            f"{file}: there is no list of records in this JSON.",
        )
    if len(records) > MAX_ROWS:
        raise too_many_rows(file)
    columns: dict[str, int] = {}
    flat = []
    for record in records:
        cells = dict(_flatten(record, "", 0))
        for key in cells:
            columns.setdefault(key, len(columns))
        if len(columns) > MAX_COLUMNS:
            raise too_many_columns(file, len(columns))
        flat.append(cells)
    names = list(columns)
    return Grid(None, [names, *([cells.get(name, "") for name in names] for cells in flat)])


def _parse(text: str, file: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            line = getattr(error, "lineno", 0)
            raise RegisterError(
                "broken_json",
                f"{file}: JSON rusak di baris {line}.",
                f"{file}: broken JSON at line {line}.",
            ) from None


def _records(document: Any) -> list[dict[str, Any]]:
    """The longest list of objects found, breadth first, a list of lists with its first as keys, or an object
    of objects."""
    best: list[dict[str, Any]] = []
    level = [document]
    for _ in range(6):
        below: list[Any] = []
        for node in level:
            found = _as_records(node)
            if len(found) > len(best):
                best = found
            below += node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        if best:
            break
        level = [node for node in below if isinstance(node, dict | list)]
    if not best and isinstance(document, dict):
        best = [document]
    return [_feature(record) for record in best]


def _as_records(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        values = list(node.values())
        alike = len(values) > 1 and all(isinstance(value, dict) for value in values)
        return values if alike and set.intersection(*map(set, values)) else []
    if not isinstance(node, list) or not node:
        return []
    if all(isinstance(item, dict | None.__class__) for item in node):
        records = [item or {} for item in node]
        inner = [
            v
            for r in records
            for v in r.values()
            if isinstance(v, list) and len(v) > 1 and isinstance(v[0], dict)
        ]
        exported = any(
            record.get("type") == "table" and isinstance(record.get("data"), list) for record in records
        )
        return [] if exported and inner else records
    if len(node) > 1 and all(isinstance(item, list) for item in node):
        keys = [cell_text(key) for key in node[0]]
        return [dict(zip(keys, item, strict=False)) for item in node[1:]]
    return []


def _feature(record: dict[str, Any]) -> dict[str, Any]:
    if record.get("type") != "Feature" or not isinstance(record.get("properties"), dict):
        return record
    found = dict(record["properties"])
    geometry = record.get("geometry")
    if (
        isinstance(geometry, dict)
        and geometry.get("type") == "Point"
        and len(geometry.get("coordinates") or []) >= 2
    ):
        found.setdefault("longitude", geometry["coordinates"][0])
        found.setdefault("latitude", geometry["coordinates"][1])
    return found


def _flatten(value: Any, key: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and depth < 5:
        for name, inner in value.items():
            yield from _flatten(inner, f"{key}.{name}" if key else str(name), depth + 1)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value) and depth < 5:
        for number, item in enumerate(value[:20], 1):
            yield from _flatten(item, f"{key} {number}", depth + 1)
    elif isinstance(value, list):
        yield key, "\n".join(text for text in (cell_text(item) for item in value) if text)
    else:
        yield key, cell_text(value)
