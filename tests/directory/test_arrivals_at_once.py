"""A form pressed many times, two who claim one business, two officers who decide: each at the same moment."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from ekspora.core.models import AuditEntry, Message, Person
from ekspora.core.services import audit
from ekspora.directory.models import Business, Claim, Registration, Stewardship
from ekspora.directory.services import claims, registrations
from tests.at_once import needs_locks, race, seen_by_both
from tests.directory.arrivals import NIB, claimed, in_register, registered
from tests.world import World, build, person

pytestmark = pytest.mark.django_db(transaction=True)


def two_claims(world: World) -> list[Claim]:
    in_register(world)
    return [claimed(world), claimed(world, person("Saingan"))]


def both_accepted(world: World, rows: list[Claim]) -> list[str]:
    officers = [world.people["lead_officer"], world.people["co_officer"]]

    def accept(row: Claim, officer: Person) -> Callable[[], object]:
        return lambda: claims.accept(
            claim=row, how="KTP dilihat", replaces=False, agency=world.lead, actor=officer
        )

    return race(*[accept(row, officer) for row, officer in zip(rows, officers, strict=True)])


def test_one_form_pressed_five_times_is_one_business() -> None:
    world, key = build(), uuid4()
    assert race(*[lambda: registered(world, key=key)] * 5) == ["done"] * 5
    assert Registration.objects.count() == 1
    assert Business.objects.filter(name="Kopi Sari").count() == 1
    assert Person.objects.filter(name="Ibu Sari").count() == 1
    assert all(report.broken_at is None for report in audit.verify())


def test_one_form_with_a_known_nib_pressed_five_times_is_one_claim() -> None:
    world, key = build(), uuid4()
    in_register(world)
    owner = {"name": "Ibu Sari", "phone": "+6284444444444", "language": "id"}

    def press() -> object:
        return claims.begin_as_newcomer(key=key, owner=owner, told={"name": "K", "nib": NIB}, agreed="Ya")

    assert race(*[press] * 5) == ["done"] * 5
    assert Claim.objects.count() == 1
    assert Person.objects.filter(name="Ibu Sari").count() == 1


def test_saying_it_many_times_at_once_is_one_claim() -> None:
    world = build()
    in_register(world)
    assert race(*[lambda: claimed(world)] * 4) == ["done"] * 4
    assert race(*[lambda: claimed(world, nib="1" * 13)] * 4) == ["done"] * 4
    assert Claim.objects.count() == 2


def test_of_two_officers_who_confirm_two_claims_one_is_told() -> None:
    world = build()
    rows = two_claims(world)
    assert both_accepted(world, rows) == ["done", "told"]
    assert sorted(Claim.objects.values_list("state", flat=True)) == ["accepted", "refused"]
    assert (
        AuditEntry.objects.filter(action="steward.owner").count() == 2
    )  # the one of the import, and the new one
    assert all(report.broken_at is None for report in audit.verify())


@needs_locks
def test_without_the_business_held_only_the_constraint_stops_the_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The positive control: without the lock both officers see an open claim and nobody confirmed."""
    rows = Claim.objects.select_related("business", "person")
    monkeypatch.setattr(claims, "_locked", lambda claim: rows.get(pk=claim.pk))
    monkeypatch.setattr(claims, "rivals_of", seen_by_both(claims.rivals_of))
    world = build()
    assert "told" not in both_accepted(world, two_claims(world))


def test_of_two_officers_who_settle_a_registration_one_is_told() -> None:
    world = build()
    made = registered(world)
    lead, co = world.people["lead_officer"], world.people["co_officer"]
    found = race(
        lambda: registrations.keep(registration=made, actor=lead),
        lambda: registrations.refuse(registration=made, reason="Bukan usaha", actor=co),
    )
    assert found == ["done", "told"]
    assert Message.objects.count() == 1
    made.refresh_from_db()
    assert (made.state == "kept") == made.business.listings.exists()


@needs_locks
def test_without_the_row_held_both_settle_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: the second overrules the first unawares."""

    def unheld(registration: Registration) -> Registration:
        row = Registration.objects.select_related("business", "person", "agency").get(pk=registration.pk)
        assert row.state == "open"
        return row

    monkeypatch.setattr(registrations, "_open", seen_by_both(unheld))
    world = build()
    made, lead = registered(world), world.people["lead_officer"]
    found = race(
        lambda: registrations.keep(registration=made, actor=lead),
        lambda: registrations.refuse(registration=made, reason="Bukan usaha", actor=lead),
    )
    assert "told" not in found  # where both change one row in opposite order the database may stop one


def test_the_number_confirms_while_an_officer_refuses_and_one_of_both_holds() -> None:
    world = build()
    known = in_register(world)
    claim, officer = claimed(world, number="+6281111111111"), world.people["lead_officer"]
    race(
        lambda: claims.prove(claim=claim, code=claim.code, actor=claim.person),
        lambda: claims.refuse(claim=claim, reason="Salah", agency=world.lead, actor=officer),
    )
    claim.refresh_from_db()
    owns = Stewardship.objects.filter(business=known, person=claim.person).exists()
    assert owns == (claim.state == "accepted")
    assert claim.state in ("accepted", "refused")
