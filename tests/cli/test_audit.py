"""``ekspora audit verify``: 0 while every chain holds, 1 naming the entry that was changed."""

import pytest
from django.db import transaction

from ekspora.cli import main
from ekspora.core.models import AuditEntry
from ekspora.core.services import audit
from tests.world import World


@pytest.fixture
def trail(world: World) -> World:
    with transaction.atomic():
        for _ in range(3):
            audit.record(
                agency=world.lead, actor=None, action="test", target=world.activity, details={"n": 1}
            )
        audit.record(agency=None, actor=None, action="test", target=world.activity)
    return world


def test_whole_chains_are_told_with_their_heads(trail: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == 0
    told = capsys.readouterr().out
    head = AuditEntry.objects.filter(chain=trail.lead.pk).latest("number").digest
    assert f"ok      {trail.lead.name}: 3 entries, head {head}" in told
    assert "no agency: 1 entries" in told


def test_a_changed_entry_is_named(trail: World, capsys: pytest.CaptureFixture[str]) -> None:
    AuditEntry.objects.filter(chain=trail.lead.pk, number=2).update(details={"n": 2})
    assert main(["audit", "verify"]) == 1
    assert f"BROKEN  {trail.lead.name}: entry 2 its details were changed" in capsys.readouterr().out


def test_an_empty_trail_is_whole(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == 0
    assert "empty" in capsys.readouterr().out


def test_nothing_else_can_be_done_with_the_trail() -> None:
    with pytest.raises(SystemExit) as refused:
        main(["audit", "repair"])
    assert refused.value.code == 2
