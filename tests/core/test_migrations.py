"""The migrations of every room: they run on a new database, and lead to what the models say."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def test_none_is_missing(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_database_under_test_was_migrated_to_the_end(db: None) -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
