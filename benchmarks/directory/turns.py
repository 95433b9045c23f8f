"""Timing several pieces of work against each other, and what they ask of the database."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

# Rounds at least, seconds at least; milliseconds after which a way to write a query is out of the question.
ROUNDS, ENOUGH, LONG = 7, 1.0, 10_000


def milliseconds(*works: Callable[[], object], rounds: int = ROUNDS, enough: float = ENOUGH) -> list[float]:
    """The best of several rounds of each, after one that warms up. They take turns, and what is short is repeated more
    often: what else runs on the machine only adds."""
    times: list[list[float]] = [[] for _ in works]
    spent = -1.0
    while spent < enough or len(times[0]) <= rounds:
        for work, taken in zip(works, times, strict=True):
            begun = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begun)
        spent = sum(map(sum, times)) if len(times[0]) > 1 else spent
    return [1000 * min(taken[1:]) for taken in times]


def promising(ways: list[str]) -> list[Callable[[], object]]:
    """Ways to write a query, without those that are far behind after one round. PostgreSQL gives up after ``LONG``: it
    looks through a whole table again and again where SQLite makes itself an index."""
    from django.db import OperationalError, connection

    took: dict[str, float] = {}
    if connection.vendor == "postgresql":
        replay([(f"SET statement_timeout = {LONG}", None)])
    for sql in ways:
        begun = time.perf_counter()
        with suppress(OperationalError):
            replay([(sql, ())])
            took[sql] = time.perf_counter() - begun
    if connection.vendor == "postgresql":
        replay([("RESET statement_timeout", None)])
    return [partial(replay, [(sql, ())]) for sql, one in took.items() if one <= 4 * min(took.values())]


def replay(statements: Iterable[tuple[str, Any]]) -> None:
    """The database's part alone."""
    from django.db import connection

    for sql, params in statements:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            if cursor.description is not None:
                cursor.fetchall()


def statements_of(work: Callable[[], object]) -> list[tuple[str, Any]]:
    """What a piece of work asks the database."""
    from django.db import connection

    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return asked
