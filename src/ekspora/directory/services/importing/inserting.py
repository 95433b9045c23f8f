"""Inserting many new records of one kind at nearly the speed of the driver.

Django's ``bulk_create`` spends most of its time assembling statements; a register is one statement for
each table, whose values the fields themselves prepare.
"""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models

# Their Python values are what both drivers take.
_PLAIN = (
    models.CharField, models.EmailField, models.TextField, models.BooleanField, models.PositiveIntegerField,
    models.PositiveSmallIntegerField, models.BigIntegerField, models.ForeignKey, models.OneToOneField,
)  # fmt: skip


def insert(kind: type[models.Model], records: Sequence[Any]) -> None:
    """Insert new records and give them their ids; parents must be in already. Call inside a transaction.

    Two statements however many records. Signals and ``save`` are not called.
    """
    fields = [field for field in kind._meta.concrete_fields if not field.primary_key]
    parents = [field for field in fields if isinstance(field, models.ForeignKey)]
    for record, pk in zip(records, _ids(kind, len(records)), strict=True):
        record.id, record._state.adding, record._state.db = pk, False, connection.alias
        for field in parents:
            parent = field.get_cached_value(record, default=None)
            if parent is not None:
                setattr(record, field.attname, parent.pk)
    _insert(kind, fields, map(attrgetter("id", *(field.attname for field in fields)), records))


def insert_rows(kind: type[models.Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that nobody needs as records: values of the named columns (``source_id``), the others as the
    model has them by default."""
    by_name = {field.attname: field for field in kind._meta.concrete_fields if not field.primary_key}
    others = [field for name, field in by_name.items() if name not in names]
    rest = tuple(field.get_default() for field in others)
    ids = _ids(kind, len(rows))
    whole = ((pk, *row, *rest) for pk, row in zip(ids, rows, strict=True))
    _insert(kind, [*(by_name[name] for name in names), *others], whole)


def _insert(
    kind: type[models.Model], fields: "Sequence[models.Field[Any, Any]]", rows: Iterable[tuple[Any, ...]]
) -> None:
    others = [(n, field) for n, field in enumerate(fields, 1) if type(field) not in _PLAIN]
    if others:
        rows = [_prepared(row, others) for row in rows]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in ("id", *(str(field.column) for field in fields)))
    marks = ", ".join(["%s"] * (len(fields) + 1))
    statement = f"INSERT INTO {quote(kind._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  # our own tables
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def _prepared(row: tuple[Any, ...], others: "list[tuple[int, models.Field[Any, Any]]]") -> tuple[Any, ...]:
    """The row with the values that need it as their fields write them."""
    values = list(row)
    for n, field in others:
        if values[n] is not None:
            values[n] = field.get_db_prep_save(values[n], connection)
    return tuple(values)


def _ids(kind: type[models.Model], count: int) -> Iterable[int]:
    """Ids that nobody else gets: SQLite has one writer at a time, PostgreSQL's sequence gives each once."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [kind._meta.db_table])
            last = (cursor.fetchone() or [0])[0]
            return range(last + 1, last + 1 + count)
        name = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(name, [kind._meta.db_table, count])
        return [row[0] for row in cursor.fetchall()]
