"""Importing 10,000 businesses against reading the workbook with calamine and inserting the same rows raw; doubles; the
officers' list.

Both run in this process on the same database file; processor seconds, and their ratio is what matters.
"""

import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.directory import damage, duplicates, lists, memory

ROWS = int(os.environ.get("BENCH_ROWS", "10000"))
ROUNDS = 3
HEADERS = (
    "Nama usaha", "NIB", "Nama pemilik", "No WA", "Kabupaten/Kota", "Sektor", "Negara tujuan ekspor", "Pameran",
    "Produk", "Nama produk Inggris", "Kode HS", "Kapasitas per bulan", "Harga",
)  # fmt: skip
PLACES = ("Kabupaten Bandung", "Kota Bandung", "Kabupaten Garut", "Kota Bogor", "Kabupaten Cirebon")
SECTORS = ("Agro", "Fesyen", "Kriya", "Kuliner", "Alas kaki")


def register(rows: int) -> bytes:
    """A workbook of made-up businesses with one product each."""
    import xlsxwriter

    draw, buffer = random.Random(7), io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, HEADERS)
    for n in range(1, rows + 1):
        one = damage.business(draw, n)
        sheet.write_row(n, 0, (
            one.name, f"{9120000000000 + n}", one.owner or f"Pemilik {n}", "".join(one.phones).replace("+62", "0"),
            draw.choice(PLACES), draw.choice(SECTORS), draw.choice(("", "Malaysia", "Jepang, Fiji")),
            draw.choice(("", "Trade Expo Indonesia 2018")), f"Produk {n}", f"Product {n}", "090121",
            f"{draw.randint(1, 90) * 100} kg", f"Rp {draw.randint(10, 900)}.000",
        ))  # fmt: skip
    book.close()
    return buffer.getvalue()


def seconds(work: Callable[[], Any]) -> float:
    """Processor time of one run; the database works in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def dump() -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """The rows that an import has written, table by table, as they stand in the database."""
    from django.db import connection

    tables = ("core_person", "directory_business", "directory_listing", "directory_stewardship",
              "directory_product", "directory_exportrecord", "directory_fair", "directory_importedrow",
              "directory_statement")  # fmt: skip
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            officer = (
                " WHERE id NOT IN (SELECT person_id FROM core_membership)" if table == "core_person" else ""
            )
            cursor.execute(f"SELECT * FROM {table}{officer}")
            found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def raw(data: bytes, rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> None:
    """Reading the workbook, and inserting the same rows with the driver alone, in one transaction."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)


def empty() -> None:
    """Take every business and its people out again."""
    from django.db import connection

    from ekspora.core.models import Membership, Person
    from ekspora.directory.models import Business, ImportedRow

    ImportedRow.objects.all().delete()
    Business.objects.all().delete()
    Person.objects.exclude(pk__in=Membership.objects.values("person")).delete()
    connection.close()


def run() -> None:
    """Measure and print."""
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from ekspora.core.actors import Actor
    from ekspora.core.models import Agency, Membership, Person
    from ekspora.directory.models import Import
    from ekspora.directory.services import importing
    from ekspora.directory.services.importing.upload import read

    call_command("migrate", verbosity=0)
    agency = Agency.objects.create(kind="office", name="Dinas", short_name="Dinas")
    person = Person.objects.create(name="Petugas")
    Membership.objects.create(person=person, agency=agency, role=Membership.Role.OFFICER)
    actor = Actor(person, frozenset({("officer", agency.pk)}))
    data = register(ROWS)

    def take() -> Import:
        return importing.take(agency=agency, actor=actor, kind="businesses", file_name="umkm.xlsx", data=data)

    with CaptureQueriesContext(connection) as queries:
        importing.write(source=take())
    rows = dump()
    written = sum(len(values) for _, values in rows.values())
    times: dict[str, list[float]] = {"raw": [], "understand": [], "look": [], "write": [], "bring": []}
    for _ in range(ROUNDS):
        empty()
        times["raw"].append(seconds(lambda: raw(data, rows)))
        empty()
        times["understand"].append(seconds(lambda: read(data, "umkm.xlsx", "businesses")))
        begun = time.process_time()
        source = take()
        times["look"].append(time.process_time() - begun)
        times["write"].append(seconds(partial(importing.write, source=source)))
        empty()
        bring = partial(importing.bring, agency=agency, kind="businesses", file_name="umkm.xlsx", data=data)
        times["bring"].append(seconds(bring))
    best = {name: min(found) for name, found in times.items()}
    base = best["raw"]
    sys.stdout.write(
        f"{ROWS} businesses, {written} rows in {len(rows)} tables, {len(queries)} statements, "
        f"best of {ROUNDS}, {connection.vendor}\n"
        f"  calamine + raw INSERT of the same rows   {base:6.3f} s   1.0\n"
        f"  understanding every cell (no database)   {best['understand']:6.3f} s   {best['understand'] / base:.1f}\n"
        f"  looking: understood, matched, shown      {best['look']:6.3f} s   {best['look'] / base:.1f}\n"
        f"  writing: understood again, compared, in  {best['write']:6.3f} s   {best['write'] / base:.1f}\n"
        f"  all in one, as from the command line     {best['bring']:6.3f} s   {best['bring'] / base:.1f}   (aim 10)\n"
        f"  load of the machine                      {os.getloadavg()[0]:6.1f}\n"
    )


def main() -> None:
    """Set up an empty installation of its own and measure there."""
    with tempfile.TemporaryDirectory(prefix="ekspora-bench") as home:
        os.environ["EKSPORA_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "ekspora.settings"
        Path(home).mkdir(exist_ok=True)
        import django

        django.setup()
        run()
    sys.stdout.write(f"{memory.run()}\n{duplicates.run()}\n")
    sys.stdout.flush()
    lists.run()


if __name__ == "__main__":
    main()
