"""``ekspora import`` writes what the web page writes."""

import json
from pathlib import Path

from tests.cli.sites import new_site
from tests.directory.registers import BATIK, COFFEE, HEADERS, as_csv, changed

AGENCY = "from ekspora.core.models import Agency\nAgency.objects.create(kind='office', name={0!r}, short_name={0!r})"
COUNT = "from ekspora.directory.models import Business\nprint(Business.objects.count())"


def test_a_register_goes_in_from_the_command_line(tmp_path: Path) -> None:
    site = new_site(tmp_path / "home")
    register = tmp_path / "umkm.csv"
    bad = changed(BATIK, name="Salah", nib="1234567890123", phone="0813-9999-0000")
    register.write_bytes(as_csv(HEADERS, COFFEE, BATIK, bad))
    words = ("import", str(register), "--as", "businesses", "--json")

    nobody = site.command(*words)
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert "--agency" in nobody.stderr
    site.python(AGENCY.format("Dinas"))
    assert site.command(*words, "--dry-run").returncode == 0
    assert site.python(COUNT) == "0"

    done = site.command(*words)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["rows"], told["good"], told["bad_rows"]) == (3, 2, 1)
    assert told["bad"][0]["code"] == "duplicate_nib"
    assert site.python(COUNT) == "2"

    site.python(AGENCY.format("Kementerian"))
    several = site.command(*words)
    assert several.returncode == 2
    assert "Dinas" in several.stderr
    again = site.command(*words, "--agency", "dinas")
    assert "business: 0 created, 0 updated, 2 unchanged" in again.stderr
    assert site.python(COUNT) == "2"
