"""``ekspora import``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .build import Rows, csv, xlsx

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


SHEETS: dict[str, Rows] = {
    "Bayat": [["No", "Nama Usaha", "No HP", "Alamat"], [1, "A", "081234567890", "Jl. A"], [2, "B", "", ""]],
    "Cawas": [["No", "Nama Usaha", "No HP", "Alamat"], [1, "C", "", ""]],
    "Petugas": [["Nama", "Email"], ["X", "x@y.id"]],
}


def test_the_sheets_that_were_not_read_are_said_and_can_be_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(xlsx(SHEETS))
    one = ekspora(file, "--as", "businesses", "--dry-run", "--json")
    assert (one.returncode, json.loads(one.stdout)["sheet"], json.loads(one.stdout)["rows"]) == (
        0,
        "Bayat",
        2,
    )
    assert "Cawas" in one.stderr
    assert "Petugas" in one.stderr
    whole = ekspora(file, "--as", "businesses", "--dry-run", "--json", "--all-sheets")
    told = json.loads(whole.stdout)
    assert (told["sheet"], told["rows"], told["good"], told["header_row"]) == ("Bayat / Cawas", 3, 3, 1)
    assert "Cawas" not in whole.stderr
    named = ekspora(file, "--as", "businesses", "--dry-run", "--json", "--sheet", "Cawas")
    assert json.loads(named.stdout)["rows"] == 1
    wrong = ekspora(file, "--as", "businesses", "--dry-run", "--json", "--sheet", "Bogor")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Bayat, Cawas" in wrong.stderr
