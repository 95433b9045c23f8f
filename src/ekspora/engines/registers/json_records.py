"""JSON: a list of objects anywhere in the document, lines of objects, GeoJSON, or an object of objects."""

import json
from collections.abc import Iterator
from typing import Any

from ekspora.engines.registers.cells import cell_text
from ekspora.engines.registers.errors import RegisterError
from ekspora.engines.registers.header import known_headers
from ekspora.engines.registers.limits import MAX_COLUMNS, MAX_ROWS, too_many_columns, too_many_rows
from ekspora.engines.registers.sheet import Grid
from ekspora.engines.registers.tables import names_somebody


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
            if _rank(found) > _rank(best):
                best = found
            below += node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        if best:
            break
        level = [node for node in below if isinstance(node, dict | list)]
    if not best and isinstance(document, dict):
        best = [document]
    return [_feature(record) for record in best]


def _rank(records: list[dict[str, Any]]) -> tuple[int, int]:
    """Records whose keys are names of columns before a longer list of anything else."""
    return min(2, known_headers([str(key) for key in records[0]])) if records else 0, len(records)


def _as_records(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        if turned := _of_columns(node):
            return turned
        if joined := _of_groups(node):
            return joined
        values = list(node.values())
        alike = len(values) > 1 and all(isinstance(value, dict) for value in values)
        return values if alike and set.intersection(*map(set, values)) else []
    if not isinstance(node, list) or not node:
        return []
    if all(isinstance(item, dict | None.__class__) for item in node):
        records = [item or {} for item in node]
        exported = any(
            record.get("type") == "table" and isinstance(record.get("data"), list) for record in records
        )
        return [] if exported else _unfolded(records)
    if len(node) > 1 and all(isinstance(item, list) for item in node):
        keys = [cell_text(key) for key in node[0]]
        return [dict(zip(keys, item, strict=False)) for item in node[1:]]
    return []


def _of_columns(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Records of a table that is kept by its columns (``{"nama": ["A", "B"]}``, ``{"nama": {"0": "A"}}``) or as
    names and rows apart (``{"columns": ["nama"], "data": [["A"], ["B"]]}``)."""
    values = list(node.values())
    rows = next(
        (v for v in values if isinstance(v, list) and v and all(isinstance(r, list) for r in v)), None
    )
    if rows:
        width = max(map(len, rows))
        for names in values:
            keys = [_key(name) for name in names] if isinstance(names, list) and names is not rows else []
            if len(keys) == width and known_headers(keys) > 0:
                return [dict(zip(keys, row, strict=False)) for row in rows]
    if known_headers(list(map(str, node))) < 2 and len(node) > 1:
        return []
    if (
        len(node) > 1
        and all(isinstance(v, dict) and v.keys() == values[0].keys() for v in values)
        and len(values[0])
    ):
        return [{name: cells[key] for name, cells in node.items()} for key in values[0]]
    even = len(node) > 1 and all(isinstance(v, list) and len(v) == len(values[0]) > 1 for v in values)
    if even and not any(isinstance(cell, dict | list) for v in values for cell in v):
        return [dict(zip(node, cells, strict=True)) for cells in zip(*values, strict=True)]
    return []


def _of_groups(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of several lists side by side (``{"Bayat": [{…}], "Cawas": [{…}]}``), each with its list's name."""
    lists = {
        key: v for key, v in node.items() if isinstance(v, list) and v and all(isinstance(r, dict) for r in v)
    }
    alike = len(lists) > 1 and all(names_somebody(list(map(str, v[0]))) for v in lists.values())
    return [{"(group)": key, **record} for key, v in lists.items() for record in v] if alike else []


def _unfolded(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records kept within the place or group they belong to, each with what is said of that; others as they are."""
    if any(
        names_somebody([str(k) for k, v in record.items() if not isinstance(v, list)])
        for record in records[:20]
    ):
        return records
    inner = {
        key
        for record in records
        for key, v in record.items()
        if isinstance(v, list) and v and isinstance(v[0], dict) and names_somebody(list(map(str, v[0])))
    }
    if len(inner) != 1:
        return records
    (key,) = inner
    return [
        {name: v for name, v in record.items() if name != key} | item
        for record in records
        for item in record.get(key) or []
        if isinstance(item, dict)
    ]


def _key(name: Any) -> str:
    """The name of a column, which may come with its type: ``{"id": "nama_usaha", "type": "text"}``."""
    if isinstance(name, dict):
        return next((cell_text(name[key]) for key in ("id", "name", "field", "title") if key in name), "")
    return cell_text(name)


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
    elif value == []:
        return
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value) and depth < 5:
        for number, item in enumerate(value[:20], 1):
            yield from _flatten(item, f"{key} {number}", depth + 1)
    elif isinstance(value, list):
        yield key, "\n".join(text for text in (cell_text(item) for item in value) if text)
    else:
        yield key, cell_text(value)
