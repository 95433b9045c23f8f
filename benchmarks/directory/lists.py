"""The officers' list over 300,000 businesses: every page and filter against a query written by hand for it.

Both run on the same connection and take turns. The hand-written query may know what the program has to find out: how
many businesses fit, and which index is best then. Compared is the work of the database for the same page: what the
list asks of it, replayed statement by statement, over what the hand-written query takes; the last column is the list
with all of Django around it. The figures are the best of several rounds. Then the areas and files (``area.py``).
"""

import os
import subprocess
import sys
import tempfile
import time
from functools import partial

from benchmarks.directory import area
from benchmarks.directory.by_hand import (
    CHECKED,
    EXPORTED,
    MADE,
    TWICE,
    Case,
    active,
    certificates,
    keyed,
    queries,
    ready,
)
from benchmarks.directory.national import BUSINESSES, fill
from benchmarks.directory.turns import milliseconds, promising, replay, statements_of


def cases() -> list[Case]:
    """What officers ask for."""
    kopi, puntang, java = keyed("wkopi", "wkopj"), keyed("wpuntang", "wpuntanh"), ("b.province = '32'",)
    agro, ending = keyed("sagro"), certificates("halal", ending=True)
    return [
        Case("first page", {}),
        Case("page 100", {}, page=100),
        Case("office of 3,000", {}, agency="office"),
        Case("agency of 40", {}, agency="small"),
        Case("province", {"province": "32"}, java),
        Case("regency", {"regency": "32.04"}, ("b.regency = '32.04'",)),
        Case("any sector", {"sector": "agro"}, rows=(agro,)),
        Case("size large", {"size": "large"}, ("b.size = 'large'",)),
        Case("cooperatives", {"legal_form": "cooperative"}, ("b.legal_form = 'cooperative'",)),
        Case("KBLI 107", {"kbli": "107"}, rows=(keyed("k107", "k108"),)),
        Case("with NIB", {"has_nib": True}, ("b.nib <> ''", "NOT (b.nib = '')")),
        Case("active", {"step": "active"}, (active(),)),
        Case("medium or large", {"step": "medium"}, ("b.size IN ('medium', 'large')",)),
        Case("ready on paper", {"step": "ready"}, ready()),
        Case("ready, province", {"step": "ready", "province": "32"}, tuple(f"{java[0]} AND {one}" for one in ready())),
        Case("have exported", {"step": "exported"}, rows=(EXPORTED,)),
        Case("have not", {"step": "not_exported"}, rows=(f"not {EXPORTED}",)),
        Case("export regularly", {"step": "regularly"}, rows=(TWICE,)),
        Case("halal ends soon", {"certificate": "halal", "certificates": "ending"}, rows=(ending,)),
        Case("led by women", {"led": "women"}, ("b.owned_by_women",)),
        Case("checked", {"is_checked": True}, rows=(CHECKED,)),
        Case("no product", {"missing": "product"}, rows=(f"not {MADE}",)),
        Case("no HS code", {"missing": "hs"}, rows=(f"{MADE} AND x.hs = '' AND NOT x.is_service",)),
        Case("common word", {"words": "kopi"}, rows=(kopi,)),
        Case("rare word", {"words": "puntang"}, rows=(puntang,)),
        Case("two words", {"words": "kopi puntang"}, rows=(kopi, puntang)),
        Case("nothing fits", {"words": "tidakada"}, rows=(keyed("wtidakada", "wtidakadb"),)),
        Case("province, page 150", {"province": "32"}, java, page=150),
        Case("sector, last page", {"sector": "agro"}, rows=(agro,), page=200),
        Case("word, page 100", {"words": "kopi"}, rows=(kopi,), page=100),
        Case(
            "three at once", {"province": "32", "sector": "agro", "step": "exported"}, java, (agro, EXPORTED)
        ),
        Case(
            "six at once",
            {"province": "32", "sector": "agro", "size": "micro", "certificate": "halal", "certificates": "valid",
             "words": "kopi", "step": "exported"},
            ("b.province = '32' AND b.size = 'micro'",), (agro, certificates("halal"), kopi, EXPORTED),
        ),
        Case(
            "without export", {"province": "32", "sector": "agro", "words": "kopi", "step": "not_exported"}, java,
            (agro, kopi, f"not {EXPORTED}"),
        ),
    ]  # fmt: skip


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

        listed = partial(replay, statements_of(ours))
        pages, counts = map(promising, queries(case, agency))
        took = milliseconds(listed, ours, *pages, *counts)
        base = min(took[2 : 2 + len(pages)]) + min(took[2 + len(pages) :])
        own, whole, ratio = took[0], took[1], took[0] / base
        worst = max(worst, ratio)
        sys.stdout.write(f"  {case.title:18}{base:9.1f}{own:9.1f}{ratio:7.1f}{whole:13.1f}\n")
        sys.stdout.flush()
    return worst


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
    sys.stdout.write(f"  worst ratio {worst:.1f} (aim 3)\n")
    area.measure(agencies["national"])


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
