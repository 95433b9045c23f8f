"""A real worker is killed in the middle of an import and started again."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.sites import Site, children_of, eventually, new_site
from tests.directory.registers import COFFEE, HEADERS, as_csv, changed

ROWS = 4000

BEGIN = """
from ekspora.core.actors import Actor
from ekspora.core.models import Agency, Job, Membership, Person
from ekspora.core.services import jobs
from ekspora.directory.services import importing
agency = Agency.objects.create(kind="office", name="Dinas", short_name="Dinas")
person = Person.objects.create(name="Petugas")
Membership.objects.create(person=person, agency=agency, role="officer")
actor = Actor(person, frozenset({("officer", agency.pk)}))
data = open(REGISTER, "rb").read()
source = importing.take(agency=agency, actor=actor, kind="businesses", file_name="umkm.csv", data=data)
jobs.run_job.func(Job.objects.get().pk)  # compared with the list, as a worker does it
importing.confirm(source=source, actor=actor)
"""


def _ask(site: Site, question: str) -> int:
    database = site.home / "ekspora.sqlite3"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)) as connection:
        return int(connection.execute(question).fetchone()[0])


def _rows_in(site: Site) -> int:
    return _ask(site, "SELECT count(DISTINCT row) FROM directory_importedrow")


def test_kill_9_in_the_middle_loses_nothing_and_writes_nothing_twice(tmp_path: Path) -> None:
    site = new_site(tmp_path / "home")
    rows = [
        changed(COFFEE, name=f"Usaha {n}", nib=f"{9120000000000 + n}", owner=f"Pemilik {n}",
                phone=f"0812-3{n // 1000:03d}-{n % 1000:03d}7")
        for n in range(ROWS)
    ]  # fmt: skip
    register = tmp_path / "umkm.csv"
    register.write_bytes(as_csv(HEADERS, *rows))
    site.python(f"REGISTER = {str(register)!r}\n" + BEGIN)
    with site.running("worker") as worker:
        eventually(lambda: _rows_in(site) > 0)
        victims = [worker.pid, *children_of(worker.pid)]
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        worker.wait(30)
        written = _rows_in(site)
    assert 0 < written < ROWS
    assert _ask(site, "SELECT count(*) FROM directory_import WHERE state = 'writing'") == 1
    assert written == _ask(site, "SELECT count(*) FROM directory_business")
    with site.running("worker"):
        eventually(lambda: _ask(site, "SELECT count(*) FROM directory_import WHERE state = 'done'"))
    assert _rows_in(site) == ROWS
    for table in ("business", "product", "stewardship", "listing"):
        assert _ask(site, f"SELECT count(*) FROM directory_{table}") == ROWS
    assert _ask(site, "SELECT count(*) FROM core_person") == ROWS + 1
