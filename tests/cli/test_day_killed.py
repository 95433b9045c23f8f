"""kill -9 of the whole site in the middle of the day: what was acknowledged is there, and the day goes on."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.cli.hall import BUILD, Device, rows
from tests.cli.sites import Site, children_of, eventually, lives, new_site

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="processes are tried once, on SQLite"),
]
VERDICTS = ("possible", "informative", "none")


class Sender(threading.Thread):
    """Does one thing after the other until told to stop; what got no answer is done again, as the pages do."""

    def __init__(self, once: Callable[[int], None]) -> None:
        super().__init__(daemon=True)
        self.once, self.over = once, threading.Event()
        self.done, self.failed, self.fault = 0, 0, ""

    def run(self) -> None:
        while not self.over.is_set():
            try:
                self.once(self.done)
                self.done += 1
            except OSError:
                self.failed += 1
                time.sleep(0.1)
            except Exception as error:  # a fault must fail the test, not die in its thread
                self.fault = repr(error)
                return

    def end(self) -> None:
        self.over.set()
        self.join(60)
        assert not self.is_alive()
        assert not self.fault


def telling(phone: Device, path: str, acknowledged: list[str]) -> Sender:
    """A phone that tells again and again; each answer has a key of its own, sent until it is acknowledged."""
    name = uuid4().hex[:10]

    def once(number: int) -> None:
        key = f"{name}-{number}"
        form = {"key": key, "verdict": VERDICTS[number % 3], "note": f"n{number}"}
        assert phone.post(path, form) == 200
        acknowledged.append(key)

    return Sender(once)


def tapping(officer: Device, path: str, people: list[int], acknowledged: list[str]) -> Sender:
    """The list at the door: everybody in turn comes, and comes again."""
    taps = [str(uuid4()) for _ in range(5000)]

    def once(number: int) -> None:
        tap = {"id": taps[number], "who": people[number % len(people)], "kind": "came"}
        assert officer.marks(path, [tap])["done"] == [taps[number]]
        acknowledged.append(taps[number])

    return Sender(once)


def kill_all(pid: int) -> None:
    """kill -9 of the site, its web processes and its worker, at once."""
    family = [pid]
    for one in family:
        family += children_of(one)
    for one in family:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    eventually(lambda: not any(map(lives, family[1:])))


def job(site: Site) -> tuple[Any, ...]:
    """State, attempts and error of the newest re-plan."""
    found = rows(
        site, "SELECT state, attempts, error FROM core_job WHERE kind = 'meetings.replan' ORDER BY id DESC"
    )
    return found[0] if found else ("", 0, "")


def nobody_twice(site: Site) -> None:
    """Of each version, nobody and no table stands twice in a slot; the constraints are not relied on."""
    for who in ("maker_id", "guest_id", '"table"'):
        sql = f"SELECT version_id, slot, {who} FROM meetings_meeting GROUP BY 1, 2, 3 HAVING COUNT(*) > 1"
        assert rows(site, sql) == []


def test_killed_in_the_middle_of_the_day(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    hall = json.loads(site.python(BUILD).splitlines()[-1])
    told: list[list[str]] = [[] for _ in hall["phones"]]
    tapped: list[str] = []
    replan = f"/activities/{hall['activity']}/day/replan/"
    door = f"/activities/{hall['activity']}/check-in/"
    with site.running("serve") as serve:
        eventually(site.answers)
        phones = [Device(site, link, agenda) for link, agenda, _path in hall["phones"]]
        officer = Device(site, hall["officer"], door)
        senders = [
            telling(phone, path, kept)
            for phone, (_link, _agenda, path), kept in zip(phones, hall["phones"], told, strict=True)
        ]
        senders.append(tapping(officer, f"{door}marks/", hall["people"], tapped))
        for sender in senders:
            sender.start()
        eventually(lambda: all(sender.done > 1 for sender in senders))
        Device(site, hall["officer"], door).post(replan, {})
        eventually(lambda: job(site)[0] == "running")
        before = [sender.done for sender in senders]
        kill_all(serve.pid)
    assert job(site)[0] == "running"  # it was killed while it ran: a run that had ended would prove nothing
    assert job(site)[1] == 1
    eventually(lambda: all(sender.failed for sender in senders))
    with site.running("serve"):
        eventually(site.answers)
        eventually(lambda: all(sender.done > old + 1 for sender, old in zip(senders, before, strict=True)))
        state, attempts, error = eventually(lambda: job(site) if job(site)[0] in ("done", "failed") else None)
        assert (state, attempts, error) == ("done", 2, "")
        for sender in senders:
            sender.end()
        Device(site, hall["officer"], door).post(replan, {})
        eventually(lambda: job(site)[:2] == ("done", 1))
    _check(site, told, tapped, hall["meetings"])
    with pytest.raises(AssertionError):  # the check has eyes: an answer that is not there is missed
        _check(site, [[*told[0], "never-stored"], *told[1:]], tapped, hall["meetings"])


def _check(site: Site, told: list[list[str]], tapped: list[str], meetings: int) -> None:
    """Everything acknowledged is there once; of each phone the last answer counts; nothing is broken."""
    assert rows(site, "PRAGMA integrity_check") == [("ok",)]
    kept = [key for (key,) in rows(site, "SELECT key FROM demand_outcome")]
    assert len(kept) == len(set(kept))
    assert {key for keys in told for key in keys} <= set(kept)
    current = {key for (key,) in rows(site, "SELECT key FROM demand_outcome WHERE is_current")}
    assert {keys[-1] for keys in told} <= current
    marks = [key for (key,) in rows(site, "SELECT key FROM programmes_attendancemark")]
    assert len(marks) == len(set(marks))
    assert {key.replace("-", "") for key in tapped} <= {key.replace("-", "") for key in marks}
    nobody_twice(site)
    published = (
        "SELECT COUNT(*) FROM meetings_meeting m JOIN meetings_timetableversion v ON v.id = m.version_id"
    )
    assert rows(site, f"{published} WHERE v.state = 'published'") == [(meetings,)]
    assert site.command("audit", "verify").returncode == 0
