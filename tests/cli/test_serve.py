"""``ekspora serve`` and ``ekspora worker`` as real processes: killed workers, killed parents, clean ends."""

import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from tests.cli.hall import rows
from tests.cli.sites import Site, children_of, eventually, lives, new_site

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="processes are tried once, on SQLite"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return new_site(tmp_path_factory.mktemp("home"))


def _family(pid: int) -> tuple[int, int]:
    """The site's and the worker's process ids, once both are there."""

    def both() -> tuple[int, int] | None:
        found = children_of(pid)
        web = [child for child, line in found.items() if "--no-worker" in line]
        worker = [child for child, line in found.items() if line.rstrip().endswith("worker")]
        return (web[0], worker[0]) if web and worker else None

    found: tuple[int, int] = eventually(both)
    return found


def test_it_serves_and_ctrl_c_ends_everything(site: Site) -> None:
    with site.running("serve") as serve:
        eventually(site.answers)
        web, worker = _family(serve.pid)
        (server,) = children_of(web)
        serve.send_signal(signal.SIGINT)
        assert serve.wait(30) == 0
    assert not any(map(lives, (web, worker, server)))
    assert not site.answers()


def test_nothing_outlives_a_killed_parent(site: Site) -> None:
    with site.running("serve") as serve:
        eventually(site.answers)
        web, worker = _family(serve.pid)
        (server,) = children_of(web)
        serve.kill()
        serve.wait(10)
        eventually(lambda: not any(map(lives, (web, worker, server))))
    assert not site.answers()


def test_a_killed_worker_is_replaced_and_its_job_goes_on(site: Site) -> None:
    attempts = site.home / "attempts"
    with site.running("serve") as serve:
        _web, worker = _family(serve.pid)
        job = site.python(
            "from ekspora.core.services import jobs\n"
            "print(jobs.start(kind='test.wait', arguments={}, agency=None, person=None).pk)"
        )
        eventually(lambda: attempts.exists() and attempts.read_text() == "1\n")
        os.kill(worker, signal.SIGKILL)
        eventually(lambda: attempts.read_text() == "1\n2\n")
        assert _family(serve.pid)[1] != worker
        result = "SELECT state, result FROM core_job WHERE id = ?"
        eventually(lambda: rows(site, result, int(job)) == [("done", '{"attempt": 2}')])


def test_the_worker_alone_does_what_is_queued(site: Site) -> None:
    site.python(
        "from ekspora.core.models import Job\n"
        "from ekspora.core.services import jobs\n"
        "job = jobs.start(kind='test.wait', arguments={}, agency=None, person=None)\n"
        "Job.objects.filter(pk=job.pk).update(attempts=1)"
    )
    assert site.command("worker", "--once").returncode == 0
    assert rows(site, "SELECT DISTINCT state FROM core_job") == [("done",)]


def test_a_port_in_use_is_said_in_words(site: Site) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", site.port))
        taken.listen()
        done = site.command("serve")
    assert done.returncode == 1
    assert f"Cannot use 127.0.0.1:{site.port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_nobody_else_on_the_machine_reads_what_it_keeps(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        Site(home, 1).command("serve", "--prepare", f"--port={taken.getsockname()[1]}")
    assert (home / "ekspora.sqlite3").exists()
    assert [path for path in (home, *home.rglob("*")) if path.stat().st_mode & 0o077] == []


def test_a_site_that_is_not_up_to_date_says_what_to_do(tmp_path: Path) -> None:
    done = Site(tmp_path, 1).command("serve", "--port", "18999")
    assert done.returncode == 1
    assert "ekspora serve --prepare" in done.stderr


def test_no_link_reaches_the_log(site: Site) -> None:
    with site.running("serve") as serve:
        eventually(site.answers)
        assert not site.answers("/l/a-secret-token-of-somebody/")
        serve.send_signal(signal.SIGTERM)
        told, _nothing = serve.communicate(timeout=30)
    assert "a-secret-token" not in told
    assert "Not Found: /l/…" in told
