"""``ekspora officer``: how the first person gets in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from ekspora.cli import main
from ekspora.core.models import Agency, AuditEntry, Membership, Person

RINA = ["officer", "Rina", "rina@example.org", "Dinas KUK Jawa Barat"]


def _link(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.strip().splitlines()[-1]


def test_the_first_officer_gets_in(db: None, capsys: pytest.CaptureFixture[str], client: Client) -> None:
    assert main([*RINA, "--kind", "office"]) == 0
    response = client.post(_link(capsys))
    assert response.status_code == 302
    assert Membership.objects.get().agency.kind == Agency.Kind.OFFICE
    assert client.get("/trail/").status_code == 200


def test_doing_it_again_makes_no_second_person_or_agency(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(RINA) == 0
    assert (Person.objects.count(), Agency.objects.count(), Membership.objects.count()) == (1, 1, 1)
    capsys.readouterr()


def test_a_lost_second_step_is_taken_off_with_a_trace(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    main(RINA)
    account = Person.objects.get().account
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    main(RINA)
    assert Authenticator.objects.exists()
    main([*RINA, "--reset-second-step"])
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.filter(action="second_factor.reset").exists()
    capsys.readouterr()


def test_an_unknown_kind_is_refused_in_words(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RINA, "--kind", "bank"]) == 1
    assert "ministry, office" in capsys.readouterr().err
    assert not Person.objects.exists()


def test_before_the_first_start_says_what_to_do(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "ekspora", *RINA],
        env={**os.environ, "EKSPORA_HOME": str(tmp_path), "DATABASE_URL": ""},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert said.returncode == 1
    assert "serve --prepare" in said.stderr
    assert "Traceback" not in said.stderr
