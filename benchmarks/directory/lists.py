"""The officers' list over 300,000 businesses: every page and filter against a query written by hand for it.

Both run on the same connection, one after the other. The hand-written query may know what the program has to find
out: how many businesses fit, and which index is best then. Compared is the work of the database for the same page:
what the list asks of it, replayed statement by statement, over what the hand-written query takes; the last column is
the list with all of Django around it. The figures are the best of several rounds.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from typing import Any

BUSINESSES = int(os.environ.get("BENCH_LISTED", "300000"))
ROUNDS = 5
MOST = 10_000
WORDS = (
    "kopi",
    "batik",
    "gula",
    "keripik",
    "rotan",
    "tenun",
    "sepatu",
    "madu",
    "ikan",
    "cokelat",
    "sambal",
    "ukiran",
)
SECTORS = ("fashion", "crafts", "agro", "culinary", "footwear", "it", "machinery", "fishery")
SIZES = ("micro",) * 80 + ("small",) * 15 + ("medium",) * 4 + ("large",)


def fill() -> dict[str, int]:
    """A national list of everything, an office's list of one in a hundred, and one of forty. Returns the agencies."""
    from django.db import connection, transaction

    from ekspora.core.models import Agency
    from ekspora.directory.models import Business
    from ekspora.directory.models.keys import refresh
    from ekspora.directory.services.importing.inserting import insert

    names = ("national", "office", "small")
    agencies = {name: Agency.objects.create(kind="office", name=name, short_name=name).pk for name in names}
    for start in range(0, BUSINESSES, 20_000):
        made = [_business(n) for n in range(start, min(start + 20_000, BUSINESSES))]
        with transaction.atomic():
            insert(Business, made)
            for kind, rows in _around(made, agencies).items():
                insert(kind, rows)
            refresh([one.pk for one in made])
    if connection.vendor == "postgresql":  # as its autovacuum does; SQLite has no such servant
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return agencies


def _business(n: int) -> Any:
    from ekspora.directory.models import Business

    draw = random.Random(n)
    first = f"{draw.choice(WORDS)} {chr(97 + draw.randrange(26))}{draw.randrange(40_000):05d}"
    rare = " puntang" if n % 9973 == 0 else ""
    province = f"{draw.choice((11, 12, 31, 32, 33, 34, 35, 36, 51, 73))}"
    name = f"{first.title()} Jaya{rare}"
    return Business(
        name=name, name_key=name.lower(), nib=f"{9_000_000_000_000 + n}" if draw.random() < 0.6 else "",
        sector=draw.choice(SECTORS), other_sectors=[draw.choice(SECTORS)] if draw.random() < 0.2 else [],
        size=draw.choice(SIZES), legal_form="cooperative" if n % 1000 == 0 else "individual",
        kbli=[f"10{draw.randrange(100, 999)}"] if draw.random() < 0.5 else [], province=province,
        regency=f"{province}.{draw.randrange(1, 20):02d}", phone=f"+62812{n:08d}" if draw.random() < 0.85 else "",
        owned_by_women=draw.random() < 0.3 or None,
    )  # fmt: skip


def _around(made: list[Any], agencies: dict[str, int]) -> dict[Any, list[Any]]:
    """Lists, products, exports, certificates and what was said, around these businesses."""
    from ekspora.directory.models import Certificate, ExportRecord, Listing, Product, Statement

    rows: dict[Any, list[Any]] = {
        kind: [] for kind in (Listing, Product, ExportRecord, Certificate, Statement)
    }
    for one in made:
        draw = random.Random(one.pk)
        rows[Listing].append(Listing(business=one, agency_id=agencies["national"]))
        for name, every in (("office", 100), ("small", max(BUSINESSES // 40, 1))):
            if one.pk % every == 0:
                rows[Listing].append(Listing(business=one, agency_id=agencies[name]))
        if draw.random() < 0.9:
            hs = "090121" if draw.random() < 0.3 else ""
            rows[Product].append(
                Product(business=one, name=f"Produk {draw.choice(WORDS)}", name_en="Product", hs=hs)
            )
        if draw.random() < 0.08:
            rows[ExportRecord] += [
                ExportRecord(business=one, market="MY", year=2024 + n) for n in range(draw.choice((1, 2)))
            ]
        if draw.random() < 0.2:
            until = (datetime.now(UTC) + timedelta(days=draw.randrange(-400, 1200))).date()
            kind = draw.choice(("halal", "pirt"))
            rows[Certificate].append(
                Certificate(business=one, type=kind, number=str(one.pk), valid_until=until)
            )
        rows[Statement].append(Statement(business=one, source="officer"))
        if draw.random() < 0.02:
            rows[Statement].append(
                Statement(
                    business=one, field="nib", source="officer", verified_at=datetime.now(UTC), how="OSS"
                )
            )
    return rows


@dataclass(frozen=True)
class Case:
    """A page of the list: ``where`` in the businesses' own columns, ``rows`` of other tables that name those that fit
    (``not`` before it: the others)."""

    title: str
    filters: dict[str, Any]
    where: str = ""
    rows: tuple[str, ...] = ()
    agency: str = "national"
    page: int = 1


def _key(beginning: str, behind: str = "") -> str:
    found = f"key >= '{beginning}' AND key < '{behind}'" if behind else f"key = '{beginning}'"
    return f"directory_searchkey x WHERE {found}"


_ANEW = (
    "SELECT 1 FROM directory_statement n WHERE n.business_id = x.business_id AND n.field = x.field AND n.id > x.id "
    "AND COALESCE(n.product_id, 0) = COALESCE(x.product_id, 0)"
)


def cases() -> list[Case]:
    """What officers ask for."""
    day = datetime.now(UTC).date()
    ending = f"x.valid_until BETWEEN '{day}' AND '{day + timedelta(days=90)}'"
    kopi, puntang = _key("wkopi", "wkopj"), _key("wpuntang", "wpuntanh")
    halal = f"directory_certificate x WHERE x.type = 'halal' AND {ending}"
    checked = f"directory_statement x WHERE x.verified_at IS NOT NULL AND NOT EXISTS ({_ANEW})"
    twice = (
        "SELECT business_id FROM directory_exportrecord WHERE year <> 0 "
        "GROUP BY business_id HAVING COUNT(DISTINCT year) > 1"
    )
    exported, made = "directory_exportrecord x WHERE TRUE", "directory_product x WHERE TRUE"
    return [
        Case("first page", {}),
        Case("page 100", {}, page=100),
        Case("office of 3,000", {}, agency="office"),
        Case("agency of 40", {}, agency="small"),
        Case("province", {"province": "32"}, "b.province = '32'"),
        Case("regency", {"regency": "32.04"}, "b.regency = '32.04'"),
        Case("any sector", {"sector": "agro"}, rows=(_key("sagro"),)),
        Case("size large", {"size": "large"}, "b.size = 'large'"),
        Case("cooperatives", {"legal_form": "cooperative"}, "b.legal_form = 'cooperative'"),
        Case("KBLI 107", {"kbli": "107"}, rows=(_key("k107", "k108"),)),
        Case("with NIB", {"has_nib": True}, "b.nib <> ''"),
        Case("have exported", {"step": "exported"}, rows=(exported,)),
        Case("have not", {"step": "not_exported"}, rows=(f"not {exported}",)),
        Case("export regularly", {"step": "regularly"}, rows=(f"({twice}) x WHERE TRUE",)),
        Case("halal ends soon", {"certificate": "halal", "certificates": "ending"}, rows=(halal,)),
        Case("led by women", {"led": "women"}, "b.owned_by_women"),
        Case("checked", {"is_checked": True}, rows=(checked,)),
        Case("no product", {"missing": "product"}, rows=(f"not {made}",)),
        Case("no HS code", {"missing": "hs"}, rows=(f"{made} AND x.hs = '' AND NOT x.is_service",)),
        Case("common word", {"words": "kopi"}, rows=(kopi,)),
        Case("rare word", {"words": "puntang"}, rows=(puntang,)),
        Case("two words", {"words": "kopi puntang"}, rows=(kopi, puntang)),
        Case("nothing fits", {"words": "tidakada"}, rows=(_key("wtidakada", "wtidakadb"),)),
        Case(
            "three at once", {"province": "32", "sector": "agro", "step": "exported"}, "b.province = '32'",
            (_key("sagro"), exported),
        ),
    ]  # fmt: skip


def by_hand(case: Case, agency: int) -> tuple[list[str], list[str]]:
    """Every way in which somebody would write the page, and the number of hits up to ``MOST``; the fastest counts.

    Each table is either asked for each business or collected first.
    """
    kept = f"directory_listing x WHERE x.agency_id = {agency}"
    signs = (
        "b.*, EXISTS (SELECT 1 FROM directory_exportrecord e WHERE e.business_id = b.id) AS exported, "
        "(SELECT COUNT(*) FROM directory_product p WHERE p.business_id = b.id) AS made, "
        "(SELECT f.id FROM directory_photo f JOIN directory_product p ON p.id = f.product_id "
        "WHERE p.business_id = b.id ORDER BY f.product_id, f.position, f.id LIMIT 1) AS cover"
    )
    start = (case.page - 1) * 50
    pages, counts = [], []
    for listing, others in product(_WAYS, _WAYS if case.rows else _WAYS[:1]):
        ways = [_way(listing, kept), *(_way(others, rows) for rows in case.rows)]
        body = f"FROM directory_business b WHERE {' AND '.join([*filter(None, [case.where]), *ways])}"
        pages.append(f"SELECT {signs} {body} ORDER BY b.name, b.id LIMIT 50 OFFSET {start}")  # of this file
        counts.append(f"SELECT COUNT(*) FROM (SELECT 1 {body} LIMIT {MOST + 1}) AS found")  # of this file
    return pages, counts


_WAYS = ("EXISTS (SELECT 1 FROM {0} AND x.business_id = b.id)", "b.id IN (SELECT x.business_id FROM {0})")


def _way(way: str, rows: str) -> str:
    return ("NOT " if rows.startswith("not ") else "") + way.format(rows.removeprefix("not "))


def milliseconds(work: Callable[[], object]) -> float:
    """The best of several rounds, after one that warms up: what else runs on the machine only adds."""
    work()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return 1000 * min(times)


def replay(statements: Iterable[tuple[str, Any]]) -> None:
    """The database's part alone."""
    from django.db import connection

    for sql, params in statements:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
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


def measure(agencies: dict[str, int]) -> float:
    """Print a line for each case; returns the worst ratio."""
    from ekspora.core.actors import Actor
    from ekspora.core.models import Person
    from ekspora.directory.queries.businesses import page_of
    from ekspora.directory.queries.filters import Filters

    worst = 0.0
    sys.stdout.write(f"  {'':18}{'by hand':>9}{'list':>9}{'ratio':>7}{'with Django':>13}\n")
    for case in cases():
        agency = agencies[case.agency]
        actor = Actor(Person(name="Petugas"), frozenset({("officer", agency)}))
        filters = Filters(**case.filters)

        def ours(actor: Actor = actor, filters: Filters = filters, page: int = case.page) -> object:
            return list(page_of(actor, filters, page))

        own = statements_of(ours)
        hand = by_hand(case, agency)
        base = sum(min(milliseconds(partial(replay, [(sql, ())])) for sql in ways) for ways in hand)
        listed = milliseconds(partial(replay, own))
        whole, ratio = milliseconds(ours), listed / base
        worst = max(worst, ratio)
        sys.stdout.write(f"  {case.title:18}{base:9.1f}{listed:9.1f}{ratio:7.1f}{whole:13.1f}\n")
        sys.stdout.flush()
    return worst


def area(agencies: dict[str, int]) -> str:
    """The funnel and the map over everything."""
    from ekspora.core.actors import Actor
    from ekspora.core.models import Person
    from ekspora.directory.queries.filters import Filters
    from ekspora.directory.queries.funnel import by_province, funnel

    actor = Actor(Person(name="Petugas"), frozenset({("officer", agencies["national"])}))
    steps = milliseconds(lambda: funnel(actor, Filters()))
    places = milliseconds(lambda: by_province(actor, Filters()))
    return f"  funnel {steps:.0f} ms, map {places:.0f} ms"


def here() -> None:
    """Fill the database of this process and measure."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ekspora.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    agencies = fill()
    filled = time.perf_counter() - begun
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    sys.stdout.write(
        f"{BUSINESSES:,} businesses on {connection.vendor}, filled in {filled:.0f} s, load {load}; ms\n"
    )
    worst = measure(agencies)
    sys.stdout.write(f"  worst ratio {worst:.1f} (aim 3)\n{area(agencies)}\n")


def run() -> None:
    """SQLite, then a PostgreSQL of its own; each in a process and an installation of its own."""
    from tests import postgres

    def part(**more: str) -> None:
        with tempfile.TemporaryDirectory(prefix="ekspora-bench") as home:
            known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
            command = [sys.executable, "-m", "benchmarks.directory.lists"]
            subprocess.run(command, check=True, env=known | {"EKSPORA_HOME": home} | more)

    part()
    with postgres.running() as url:
        part(DATABASE_URL=url)


if __name__ == "__main__":
    here()
