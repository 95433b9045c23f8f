"""An area of the national register: the funnel, the map, and its list as a file, against the same done by hand."""

import io
import sys
from collections import defaultdict
from functools import partial
from typing import Any

from benchmarks.directory.by_hand import EXPORTED, TWICE, Case, active, bodies, has, ready
from benchmarks.directory.turns import milliseconds, promising, replay, statements_of

FILED = "b.province = '32'"


def measure(agency: int) -> None:
    """Print a line for each; milliseconds."""
    from ekspora.core.actors import Actor
    from ekspora.core.models import Person
    from ekspora.directory.business_list import sheet
    from ekspora.directory.queries.businesses import listed
    from ekspora.directory.queries.filters import Filters
    from ekspora.directory.queries.funnel import by_province, funnel
    from ekspora.ui.sheets import write_file

    actor = Actor(Person(name="Petugas"), frozenset({("officer", agency)}))
    java = Filters(province="32")
    for title, filters, where in (("", Filters(), ""), (", one province", java, FILED)):
        kept = list(bodies(Case("", where=(where,)), agency))
        _line(f"funnel{title}", partial(funnel, actor, filters), _funnels(kept))
        if not where:
            _line("map", partial(by_province, actor, filters), [
                f"SELECT b.province, COUNT(*) {body} GROUP BY b.province" for body in kept
            ])  # fmt: skip
    found = listed(actor, java)
    asked = len(statements_of(lambda: write_file(io.BytesIO(), "xlsx", sheet(found))))
    ours = partial(lambda: write_file(io.BytesIO(), "xlsx", sheet(found)))
    theirs = partial(_by_hand, agency)
    mine, hand = milliseconds(ours, theirs, rounds=2)
    told = f"{mine / hand:7.1f}   {found.count():,} businesses, {asked} queries"
    sys.stdout.write(f"  {'XLSX of a province':22}{hand:9.0f}{mine:9.0f}{told}\n")


def _line(title: str, ours: Any, ways: list[str]) -> None:
    asked = statements_of(ours)
    took = milliseconds(partial(replay, asked), *promising(ways), rounds=3)
    mine, hand = took[0], min(took[1:])
    sys.stdout.write(f"  {title:22}{hand:9.0f}{mine:9.0f}{mine / hand:7.1f}   {len(asked)} queries\n")
    sys.stdout.flush()


def _funnels(kept: list[str]) -> list[str]:
    """All steps in one query that reads each business once, or each counted by itself."""
    steps = [active(), "b.size IN ('medium', 'large')", ready()[0], has(EXPORTED), has(TWICE)]
    collected = [*steps[:3], *(f"b.id IN (SELECT x.business_id FROM {rows})" for rows in (EXPORTED, TWICE))]
    found = []
    for body in kept:
        for asked in (steps, collected):
            counts = ", ".join(f"COUNT(*) FILTER (WHERE {step})" for step in asked)
            found.append(f"SELECT COUNT(*), {counts} {body}")
        each = ", ".join(f"(SELECT COUNT(*) {body} AND {step})" for step in collected)
        found.append(f"SELECT (SELECT COUNT(*) {body}), {each}")
    return found


def _by_hand(agency: int) -> None:
    """The same workbook from five queries and dictionaries."""
    from django.db import connection

    from ekspora.ui.sheets import write_file

    kept = f"FROM directory_business b JOIN directory_listing l ON l.business_id = b.id AND l.agency_id = {agency}"
    columns = "b.id, b.name, b.nib, b.phone, b.email, b.province, b.regency, b.place, b.address, b.country, b.sector"
    beside = {
        "directory_product": "x.name, x.hs",
        "directory_exportrecord": "x.market",
        "directory_fair": "x.name",
    }
    with connection.cursor() as cursor:
        others: list[dict[int, list[tuple[Any, ...]]]] = []
        for table, wanted in beside.items():
            rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
            cursor.execute(
                f"SELECT x.business_id, {wanted} {kept} JOIN {table} x ON x.business_id = b.id WHERE {FILED}"
            )
            for pk, *values in cursor.fetchall():
                rows[pk].append(tuple(values))
            others.append(rows)
        cursor.execute(
            f"SELECT x.business_id, p.name, p.phone, p.email {kept} "
            "JOIN directory_stewardship x ON x.business_id = b.id "
            f"JOIN core_person p ON p.id = x.person_id WHERE x.role = 'owner' AND {FILED}"
        )
        owners = {pk: values for pk, *values in cursor.fetchall()}
        cursor.execute(
            f"SELECT {columns}, b.size, b.founded, b.employees {kept} WHERE {FILED} ORDER BY b.name, b.id"
        )
        lines = (
            tuple(
                str(value or "")
                for value in (
                    *row[1:],
                    *owners.get(row[0], ()),
                    *(", ".join(str(one[0]) for one in rows[row[0]]) for rows in others),
                )
            )
            for row in cursor.fetchall()
        )
        write_file(io.BytesIO(), "xlsx", ("UMKM", ["x"] * 16, lines))
