"""Where a test run keeps its state: a home for each pass, and a database migrated once that every process copies.

``tests/run.py`` makes both at the beginning, side by side, and names the database in ``EKSPORA_TEMPLATE``; a single
``pytest`` without that migrates for itself. ``python -m tests.places`` is one such making.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres


def forget_the_installation() -> None:
    """Tests say themselves what a site is like; what the shell says of one is not heard."""
    for name in ("DATABASE_URL", "EKSPORA_DEMO", "EKSPORA_DEBUG", "EKSPORA_URL", "EMAIL_HOST", "PORT"):
        os.environ.pop(name, None)


@contextmanager
def prepared() -> Iterator[list[dict[str, str]]]:
    """The environments of the passes on SQLite and on PostgreSQL; all of it is gone at the end."""
    forget_the_installation()
    # Without compiled files every process would compile the product anew, and every worker the tests.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="ekspora-test") as folder, postgres.running() as address:
        shared = os.environ | {"DJANGO_SETTINGS_MODULE": "ekspora.settings"}
        sqlite = shared | {"EKSPORA_HOME": str(Path(folder, "sqlite"))}
        server = shared | {"EKSPORA_HOME": str(Path(folder, "postgres")), "DATABASE_URL": address}
        making = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.places"], env=one, stdout=subprocess.PIPE, text=True
            )
            for one in (sqlite, server)
        ]
        names = [
            process.communicate()[0].split()[-1:] for process in making
        ]  # Django may say something before
        if any(process.returncode for process in making):
            raise SystemExit("A new database cannot be migrated.")
        yield [one | {"EKSPORA_TEMPLATE": name} for one, (name,) in zip((sqlite, server), names, strict=True)]


@contextmanager
def database(suffix: str) -> Iterator[None]:
    """Use a database of one's own; it goes with the home, or with the server, of the run."""
    from django.db import connection

    template = os.environ.get("EKSPORA_TEMPLATE")
    if template:
        connection.settings_dict["NAME"] = template
        connection.creation.clone_test_db(suffix, verbosity=0)
        connection.settings_dict |= connection.creation.get_test_db_clone_settings(suffix)
    else:
        named = connection.settings_dict["TEST"]
        named["NAME"] = f"{named['NAME'] or 'test'}-{suffix}"
        connection.creation.create_test_db(verbosity=0, serialize=False)
    yield
    connection.close()


def empty() -> None:
    """Take out of the database what a test committed, and nothing else.

    Django would truncate every table and make all permissions anew: seconds on PostgreSQL. Foreign keys are checked
    at the end of the transaction, when nothing is left.
    """
    from django.db import connection, transaction

    kept = {"django_migrations", "django_content_type", "auth_permission"}
    names = sorted(set(connection.introspection.django_table_names(only_existing=True)) - kept)
    tables = {name: connection.ops.quote_name(name) for name in names}
    with transaction.atomic(), connection.cursor() as cursor:
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {table})" for name, table in tables.items())
        cursor.execute(" UNION ALL ".join(asked))
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {tables[name]}")


def _make() -> None:
    import django

    django.setup()
    from django.db import connection

    sys.stdout.write(str(connection.creation.create_test_db(verbosity=0, serialize=False)))
    connection.close()


if __name__ == "__main__":
    _make()
