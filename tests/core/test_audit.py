"""The audit trail: chained for each agency, tamper-evident, erasable."""

import pytest
from django.db import transaction

from ekspora.core.models import AuditEntry
from ekspora.core.services import audit
from tests.at_once import race
from tests.world import World


def _three(world: World) -> None:
    with transaction.atomic():
        for step in range(3):
            audit.record(
                agency=world.lead, actor=world.people["lead_officer"], action="test", target=world.activity,
                details={"step": step, "name": "Bu Rina"},
            )  # fmt: skip


def test_an_untouched_chain_verifies(world: World) -> None:
    _three(world)
    (report,) = [r for r in audit.verify() if r.chain == world.lead.pk]
    assert (report.entries, report.broken_at) == (3, None)


@pytest.mark.parametrize("change", [{"action": "other"}, {"details": {"step": 9}}, {"actor_id": None}])
def test_a_changed_entry_is_found(world: World, change: dict[str, object]) -> None:
    _three(world)
    AuditEntry.objects.filter(chain=world.lead.pk, number=2).update(**change)
    (report,) = [r for r in audit.verify() if r.chain == world.lead.pk]
    assert report.broken_at == 2


def test_a_removed_entry_is_found(world: World) -> None:
    _three(world)
    AuditEntry.objects.filter(chain=world.lead.pk, number=2).delete()
    (report,) = [r for r in audit.verify() if r.chain == world.lead.pk]
    assert report.broken_at is not None


def test_erased_details_leave_the_chain_whole(world: World) -> None:
    _three(world)
    AuditEntry.objects.filter(chain=world.lead.pk, number=2).update(details=None, salt="")
    (report,) = [r for r in audit.verify() if r.chain == world.lead.pk]
    assert report.broken_at is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_agency", [True, False])
def test_many_writers_at_once_make_one_whole_chain(world: World, with_agency: bool) -> None:

    def write() -> None:
        for _ in range(5):
            with transaction.atomic():
                audit.record(
                    agency=world.lead if with_agency else None, actor=None, action="test", target=world.lead
                )

    assert race(*[write] * 4) == ["done"] * 4
    (report,) = audit.verify()
    assert (report.entries, report.broken_at) == (20, None)


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused(world: World) -> None:
    with pytest.raises(RuntimeError):
        audit.record(agency=None, actor=None, action="test", target=world.lead)
