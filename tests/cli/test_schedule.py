"""``ekspora schedule`` as other programs call it: exit codes, files, messages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ekspora.cli import main
from ekspora.engines.meetings import parse_instance, parse_result, verify

SMALL: dict[str, Any] = {
    "slots": 3,
    "tables": 2,
    "participants": [{"id": "kopi"}, {"id": 2, "unavailable": [1]}, {"id": "batik"}],
    "requests": [{"id": "a", "a": "kopi", "b": 2}, {"id": "b", "a": "kopi", "b": "batik", "weight": 2}],
}


def write(folder: Path, value: object, name: str = "instance.json") -> str:
    path = folder / name
    path.write_text(json.dumps(value), encoding="utf-8")
    return str(path)


def changed(**values: object) -> dict[str, Any]:
    return {**SMALL, **values}


def hard(people: int = 60) -> dict[str, Any]:
    """Too many requests of everybody with everybody: seconds of work for the exact solvers."""
    names = [str(n) for n in range(people)]
    pairs = [(a, b) for n, a in enumerate(names) for b in names[:n] if (int(a) * 7 + int(b) * 3) % 5 < 2]
    return {
        "slots": 9,
        "tables": 17,
        "participants": [
            {"id": a, "unavailable": sorted({1 + int(a) * k % 9 for k in (1, 2, 5)})} for a in names
        ],
        "requests": [{"id": f"{a}-{b}", "a": a, "b": b, "weight": 1 + int(a) % 3} for a, b in pairs],
    }


def test_the_result_is_written_and_exit_is_zero(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    assert main(["schedule", write(tmp_path, SMALL), "-o", str(out)]) == 0
    value = json.loads(out.read_text("utf-8"))
    assert value["status"] == "optimal"
    assert {"format", "weight", "weight_bound", "breaks", "breaks_bound", "proven", "seconds"} <= set(value)
    assert "moved" not in value
    assert verify(parse_instance(SMALL), parse_result(value)) == []
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_json_goes_to_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", write(tmp_path, SMALL), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["weight"] == 3


def test_a_previous_timetable_is_kept(tmp_path: Path) -> None:
    before = {"status": "optimal", "meetings": [{"request": "b", "slot": 3, "table": "2"}]}
    out = tmp_path / "result.json"
    previous = write(tmp_path, before, "before.json")
    assert (
        main(["schedule", write(tmp_path, SMALL), "--previous", previous, "--now", "2", "-o", str(out)]) == 0
    )
    value = json.loads(out.read_text("utf-8"))
    assert (value["moved"], value["moved_bound"]) == (0, 0)
    assert {"request": "b", "slot": 3, "table": "2"} in value["meetings"]


def test_infeasible_is_exit_three_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    requests = [{"id": n, "a": 2, "b": "kopi", "required": True} for n in range(3)]
    assert main(["schedule", write(tmp_path, changed(requests=requests))]) == 3
    assert "kopi must meet 3 times but can do so in 2 slots only" in capsys.readouterr().out


BAD = [
    (changed(tables=0), 'tables: is 0. Give a whole number from 1 to 100000'),
    (changed(tables=[]), "tables: there are none. Meetings need at least one table"),
    (changed(slots=0), "slots: is 0. Give a whole number from 1 to 1000"),
    (changed(slots=True), "slots: is true. Give a whole number from 1 to 1000"),
    (changed(requests=[{"id": 1, "a": "kopi", "b": "kopi"}]), 'requests[0]: "kopi" would meet itself.'),
    (changed(requests=[{"id": 1, "a": "kopi", "b": "teh"}]), 'requests[0].b: "teh" is not among the participants.'),
    (changed(requests=[{"id": 1, "a": "kopi", "b": 2, "slot": 0}]), "requests[0].slot: is 0."),
    (changed(requests=[{"id": 1, "a": "kopi", "b": 2, "slot": 4}]), "requests[0].slot: is 4."),
    (changed(requests=[{"id": 1, "a": "kopi", "b": 2, "weight": 0}]), "requests[0].weight: is 0."),
    (changed(requests=[{"id": 1, "a": "kopi", "b": 2, "weight": 1.5}]), "requests[0].weight: is 1.5."),
    (changed(requests=[{"id": 1, "a": "kopi", "b": 2, "session": "noon"}]), 'requests[0].session: is "noon".'),
    (changed(requests=[{"id": 1, "a": "kopi", "b": 2, "vip": 1}]), 'requests[0]: unknown key "vip".'),
    (changed(requests=[{"id": 1, "a": "kopi", "b": 2, "after": [7]}]), 'requests[0].after[0]: "7" is not among'),
    (changed(requests=[{"id": 1, "a": "kopi", "b": 2, "after": [1]}]), "requests[0].after: the order goes in a circle"),
    (changed(requests=[{"a": "kopi", "b": 2}]), 'requests[0]: "id" is missing.'),
    (changed(participants=[{"id": "x"}, {"id": "x"}], requests=[]), 'participants[1]: id "x" is already used by'),
    (changed(participants=[{"id": 1}, {"id": "1"}], requests=[]), 'participants[1]: id "1" is already used by'),
    (changed(participants=[{"id": "x", "table": "9"}], requests=[]), 'participants[0].table: "9" is not among'),
    (changed(participants=[{"id": "x", "unavailable": [9]}], requests=[]), "participants[0].unavailable[0]: is 9."),
    (changed(format=2), "format: is 2. This version reads format 1"),
    (changed(participants=[{"id": "x\ud800"}], requests=[]), "participants[0].id: the id is "),
    (changed(colour="red"), 'instance: unknown key "colour". Known keys: delegations, fairness, format,'),
    ([], "instance: is a list, not an object."),
]  # fmt: skip


@pytest.mark.parametrize(("value", "message"), BAD)
def test_bad_input_is_named_and_nothing_is_written(
    value: object, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "result.json"
    assert main(["schedule", write(tmp_path, value), "-o", str(out)]) == 2
    assert message in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is not JSON: Expecting value in line 1, column 1"),
        (json.dumps(SMALL).encode("utf-16"), "is encoded in UTF-16, not UTF-8"),
        (json.dumps(SMALL).encode("utf-16-le"), "is encoded in UTF-16 or UTF-32, not UTF-8"),
        (b'{"slots": "\xe9"}', "is not UTF-8 (byte 11)"),
        (bytes(range(256)) * 20_000, "is not UTF-8"),
        (b"[" * 5_000_000, "is nested too deeply"),
        (b'{"slots": NaN}', "holds NaN, which is not JSON"),
        (b'{"slots": 1, "slots": 2}', 'has the key "slots" twice in one object'),
        (b'{"slots": ' + b"9" * 5000 + b"}", "Exceeds the limit"),
    ],
)
def test_a_file_that_is_no_json_is_refused(
    raw: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "instance.json"
    path.write_bytes(raw)
    assert main(["schedule", str(path)]) == 2
    assert message in capsys.readouterr().err


def test_missing_files_and_places_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", str(tmp_path / "none.json")]) == 2
    assert "none.json: cannot be read: No such file or directory" in capsys.readouterr().err
    assert main(["schedule", write(tmp_path, SMALL), "-o", str(tmp_path / "no" / "r.json")]) == 2
    assert "its folder does not exist or cannot be written" in capsys.readouterr().err
    assert main(["schedule", write(tmp_path, SMALL), "--now", "9"]) == 2
    assert "now: is 9. Give a slot from 1 to 4" in capsys.readouterr().err


def test_a_previous_timetable_with_unknown_keys_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = write(tmp_path, {"status": "optimal", "meetings": [], "proven": {"all": True}}, "before.json")
    assert main(["schedule", write(tmp_path, SMALL), "--previous", before]) == 2
    assert 'proven: unknown key "all". Known keys: breaks, moved, weight' in capsys.readouterr().err


@pytest.mark.parametrize("seed", [-1, 2**31])
def test_any_whole_number_is_a_seed(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [
        {"id": "kopi"},
        {"id": "teh"},
        *({"id": early, "unavailable": [2, 3]} for early in (2, "batik")),
    ]
    requests = [*SMALL["requests"], {"id": "c", "a": "kopi", "b": "teh"}]
    instance = write(tmp_path, changed(participants=people, requests=requests))
    assert main(["schedule", instance, "--json", "--seed", str(seed)]) == 0
    value = json.loads(capsys.readouterr().out)
    assert (value["status"], value["seed"], value["method"][:25]) == (
        "optimal",
        seed,
        "flow + Kempe chains + LP ",
    )


def test_options_that_are_no_numbers_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option, given, message in (
        ("--time-limit", "soon", "soon is not a number of seconds above 0"),
        ("--time-limit", "nan", "nan is not a number of seconds above 0"),
        ("--workers", "all", "all is not a whole number above 0"),
    ):
        with pytest.raises(SystemExit, match="2"):
            main(["schedule", write(tmp_path, SMALL), option, given])
        assert message in capsys.readouterr().err


def test_too_many_requests_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    requests = [{"id": n, "a": "kopi", "b": 2} for n in range(200_001)]
    assert main(["schedule", write(tmp_path, changed(requests=requests))]) == 2
    assert "requests: 200001 items. At most 200000; split the event" in capsys.readouterr().err


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ekspora", "schedule", write(folder, hard()), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in listed.stdout.split()]


def wait_for_children(process: subprocess.Popen[str]) -> list[int]:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        found = children(process.pid)
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("the exact solvers never started")


def test_ctrl_c_keeps_the_best_so_far(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    process = start(tmp_path, "-o", str(out), "--time-limit", "300")
    wait_for_children(process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "")
    value = json.loads(out.read_text("utf-8"))
    assert value["status"] == "feasible"
    assert 0 < value["weight"] <= value["weight_bound"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for children with ps --ppid")
def test_kill_leaves_no_half_file_and_no_orphans(tmp_path: Path) -> None:
    process = start(tmp_path, "-o", str(tmp_path / "result.json"), "--time-limit", "300")
    workers = wait_for_children(process)
    process.kill()
    process.communicate(timeout=60)
    end = time.monotonic() + 30
    while any(alive(pid) for pid in workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert [pid for pid in workers if alive(pid)] == []
    assert [p.name for p in tmp_path.iterdir()] == ["instance.json"]


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("ascii").split(")")[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_starting_needs_no_django(tmp_path: Path) -> None:
    program = (
        "import sys; from ekspora.cli import main; code = main(sys.argv[1:]);"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('django', 'pandas')]; sys.exit(code)"
    )
    command = [sys.executable, "-c", program, "schedule", write(tmp_path, SMALL)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ}, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    shown = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ekspora", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0
    assert "schedule" in shown.stdout
    assert "django" not in shown.stderr
