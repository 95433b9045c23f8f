"""Inserting many new records of one kind at nearly the speed of the driver.

Django's ``bulk_create`` spends most of its time assembling statements; a register is one statement for
each table, whose values the fields themselves prepare.
"""

from collections.abc import Callable, Iterable, Sequence
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
    ways = [(field.attname, _way(field)) for field in fields]
    parents = [field for field in fields if field.is_relation]
    rows = []
    for record, pk in zip(records, _ids(kind, len(records)), strict=True):
        for field in parents:
            if field.is_cached(record) and (parent := field.get_cached_value(record)) is not None:
                setattr(record, field.attname, parent.pk)
        rows.append((pk, *(way(getattr(record, name)) for name, way in ways)))
        record.pk, record._state.adding, record._state.db = pk, False, connection.alias
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in (kind._meta.pk, *fields) if field and field.column)
    marks = ", ".join(["%s"] * (len(fields) + 1))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(kind._meta.db_table)} ({columns}) VALUES ({marks})", rows)  # noqa: S608  # names of our own tables


def _way(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    """How a value of a field goes to the database."""
    if type(field) in _PLAIN:
        return lambda value: value
    return lambda value: field.get_db_prep_save(value, connection)


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
