"""``ekspora import``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .build import csv

PROGRAM = """
import sys
from ekspora.cli import main

code = main(sys.argv[1:])
assert "django" not in sys.modules
sys.exit(code)
"""


def ekspora(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "import", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_dry_run_prints_the_report_without_django(tmp_path: Path) -> None:
    file = tmp_path / "daftar.txt"
    file.write_bytes(csv("Nama Usaha;Telepon\nA;8.52E+10\n-;1\n"))
    done = ekspora(file, "--as", "businesses", "--dry-run", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["file"], told["delimiter"], told["rows"], told["good"], told["bad_rows"]) == (
        "daftar.txt",
        ";",
        2,
        1,
        1,
    )


def test_a_report_goes_whole_into_a_file(tmp_path: Path) -> None:
    file, out = tmp_path / "daftar.csv", tmp_path / "report.json"
    file.write_bytes(csv("Name,Country\nLi,China\n"))
    assert ekspora(file, "--as", "representatives", "--dry-run", "--json", "-o", out).returncode == 0
    assert json.loads(out.read_text())["good"] == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["daftar.csv", "report.json"]


@pytest.mark.parametrize(
    ("name", "content"), [("kosong.csv", b""), ("x.xlsx", b"PK\x03\x04rusak"), ("gone.csv", None)]
)
def test_bad_input_is_said_in_both_languages(tmp_path: Path, name: str, content: bytes | None) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    done = ekspora(file, "--as", "businesses", "--dry-run", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 2
