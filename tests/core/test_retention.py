"""What is kept for a time only goes when its time is over, and leaves a trace."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ekspora.cli import main
from ekspora.core import clock
from ekspora.core.models import AccessLink, AuditEntry, Job, Message
from ekspora.core.services import links, retention
from ekspora.directory.models import Import
from ekspora.directory.services import importing
from tests.directory.registers import COFFEE, HEADERS, as_csv, changed
from tests.world import World

START = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def kept(world: World, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> World:
    """One of each that is kept for a time: a link, a message, a job, a written file and one never written."""
    settings.MEDIA_ROOT = tmp_path
    with clock.at(START), django_capture_on_commit_callbacks(execute=True):
        kind = AccessLink.Kind.PERSONAL
        links.issue(person=world.people["owner"], kind=kind, issued_by=None, agency=world.lead)
        Message.objects.create(
            agency=world.lead, kind="test", key="k", person=world.people["owner"], channel="email",
            address="a@example.org", language="id", body="Halo",
        )  # fmt: skip
        Job.objects.create(kind="test", agency=world.lead, state=Job.State.DONE, finished_at=START)
        for row in (COFFEE, changed(COFFEE, name="Lain", nib="")):
            source = importing.take(
                agency=world.lead, actor=None, kind="businesses", file_name="a.csv", data=as_csv(HEADERS, row)
            )
            if row is COFFEE:
                importing.write(source=source)
    return world


def after(days: int, capture: Any) -> dict[str, int]:
    """What goes this many days later."""
    with clock.at(START + timedelta(days=days)), capture(execute=True):
        return retention.tidy()


def test_each_goes_when_its_time_is_over(
    kept: World, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    capture = django_capture_on_commit_callbacks
    assert after(29, capture) == {}
    assert after(31, capture) == {"uploads": 1}
    assert after(91, capture) == {"jobs": 1}
    assert after(151, capture) == {"links": 1}
    assert len(list(tmp_path.rglob("*.bin"))) == 1
    assert after(181, capture) == {"files": 1}
    assert list(tmp_path.rglob("*.bin")) == []
    assert after(366, capture) == {"messages": 1}
    assert after(900, capture) == {}
    assert AuditEntry.objects.filter(action="retention.tidy", agency=kept.lead).count() == 5


def test_a_written_import_without_its_file_can_still_be_undone(
    kept: World, django_capture_on_commit_callbacks: Any
) -> None:
    after(181, django_capture_on_commit_callbacks)
    source = Import.objects.get()
    assert not source.file
    assert COFFEE[2] not in str(source.report)
    result = importing.undo(source=source, actor=kept.actor("lead_officer"))
    assert result["removed"] >= 1


def test_the_command_says_what_went(kept: World, capsys: pytest.CaptureFixture[str]) -> None:
    with clock.at(START + timedelta(days=91)):
        assert main(["tidy"]) == 0
        assert capsys.readouterr().out == "1 jobs, 1 uploads\n"
        assert main(["tidy"]) == 0
        assert capsys.readouterr().out == "nothing to remove\n"
