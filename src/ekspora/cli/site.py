"""Django for the commands that need it: set up when they run and not before."""

from __future__ import annotations

import os
import sys


def ready() -> None:
    """Set Django up with the settings of this installation.

    Database, files and mail tell of people: what is made from here on only this user of the machine reads.
    """
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ekspora.settings")
    import django

    django.setup()


def prepare() -> None:
    """Bring the database and the static files up to date; does nothing where they are."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def missing(*, static: bool = False) -> str:
    """What has to be done before the database (``static``: the site) can be used, in one sentence; else empty."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        return f"The database does not answer ({type(error).__name__}). Check DATABASE_URL."
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if behind or (static and not (settings.STATIC_ROOT / "staticfiles.json").exists()):
        return "The site is not up to date. Start it once with: ekspora serve --prepare"
    return ""


def complain(text: str) -> int:
    """One line on standard error; the exit code of something that did not work."""
    sys.stderr.write(f"ekspora: {text}\n")
    return 1
