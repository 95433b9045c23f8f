"""Promises by hand: written down, kept, given up, changed, handed over; buyers named; two people at once."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ekspora.core import clock
from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AuditEntry, Person
from ekspora.core.services import audit
from ekspora.deals.models import Commitment, Handover
from ekspora.deals.queries import commitments as queries
from ekspora.deals.queries.history import history
from ekspora.deals.queries.keepers import takers
from ekspora.deals.services import commitments
from ekspora.directory.models import Buyer
from tests.at_once import needs_locks, race, seen_by_both
from tests.deals.promises import DUE, promised, successor, told
from tests.meetings.outcomes import NOON
from tests.world import World, build

State = Commitment.State


pytestmark = pytest.mark.usefixtures("in_english")


def test_a_promise_written_twice_is_one(world: World) -> None:
    first = promised(world)
    assert promised(world) == first
    assert first.owner == world.people["owner"]
    with pytest.raises(DomainError, match="promised already"):
        promised(world, due=date(2027, 6, 1))
    assert promised(world, "other", text="Undang ke Delhi").pk != promised(world, "other").pk


def test_after_the_first_was_kept_the_same_can_be_promised_again(world: World) -> None:
    told(world, "samples")
    with pytest.raises(DomainError, match="promised already"):
        promised(world, "samples", due=date(2027, 6, 1))
    row = Commitment.objects.get()
    commitments.settle(commitment=row, account="Terkirim", actor=world.people["owner"])
    again = promised(world, "samples", due=date(2027, 6, 1))
    assert (again.encounter, again.state) == (None, State.OPEN)


def test_something_else_needs_words(world: World) -> None:
    with pytest.raises(DomainError, match="in words"):
        promised(world, "other", text=" ")


def test_kept_says_what_was_done_and_twice_is_once(world: World) -> None:
    row, officer = promised(world), world.people["lead_officer"]
    with pytest.raises(DomainError):
        commitments.settle(commitment=row, account="  ", actor=officer)
    for _time in range(2):
        commitments.settle(commitment=row, account="Terkirim, resi JNE 123", actor=officer)
    row.refresh_from_db()
    assert (row.state, row.account, row.settled_by) == (State.KEPT, "Terkirim, resi JNE 123", officer)
    assert AuditEntry.objects.filter(action="commitment.keep").count() == 1
    with pytest.raises(Conflict):
        commitments.drop(commitment=row, reason="tidak jadi", actor=officer)


def test_a_settled_one_is_opened_again_and_the_trail_keeps_what_was_said(world: World) -> None:
    row, officer = promised(world), world.people["lead_officer"]
    commitments.drop(commitment=row, reason="produk habis", actor=officer)
    commitments.reopen(commitment=row, reason="sudah ada lagi", actor=officer)
    row.refresh_from_db()
    assert (row.state, row.account, row.settled_at, row.settled_by) == (State.OPEN, "", None, None)
    assert "“produk habis”" in history(row)[0].details


def test_the_database_refuses_a_settled_promise_without_an_account(world: World) -> None:
    row = promised(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(state=State.KEPT, settled_at=now())


def test_another_date_needs_a_reason(world: World) -> None:
    row, officer = promised(world), world.people["lead_officer"]
    with pytest.raises(DomainError):
        commitments.change_due(commitment=row, due=date(2027, 5, 1), reason="", actor=officer)
    commitments.change_due(commitment=row, due=date(2027, 5, 1), reason="panen terlambat", actor=officer)
    event = history(row)[0]
    assert event.who == str(officer)
    assert any("2027" in line and "→" in line for line in event.details)
    assert "“panen terlambat”" in event.details


# Buyers


def test_bringing_buyers_is_open_until_a_buyer_is_named(world: World) -> None:
    row, who = promised(world, "buyers", "guest"), world.people["representative"]
    with pytest.raises(DomainError, match="at least one buyer"):
        commitments.settle(commitment=row, account="Brought them", actor=who)
    names = ("Mumbai Spices Ltd", "MUMBAI SPICES LTD")
    made = {
        commitments.name_buyer(commitment=row, name=name, country="in", kind="importer", actor=who).pk
        for name in names
    }
    assert len(made) == 1
    buyer = Buyer.objects.get()
    assert (buyer.introduced_by, buyer.country, list(buyer.listed_by.all())) == (
        world.mission,
        "IN",
        [world.lead],
    )
    assert row.buyers.get() == buyer
    commitments.settle(commitment=row, account="Met in Bandung on 3 May", actor=who)
    assert AuditEntry.objects.filter(action="commitment.buyer").count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "Embassy of India", "embassy of  INDIA", "Embasy of India", "Kedutaan Besar Fiji", "Kedubes Fiji",
        "Consulate General Mumbai", "Konsulat India", "Perwakilan Diplomatik India", "High Commission of India",
    ],
)  # fmt: skip
def test_a_mission_is_never_the_buyer(world: World, name: str) -> None:
    row = promised(world, "buyers", "guest")
    with pytest.raises(DomainError, match="that orders and pays"):
        commitments.name_buyer(
            commitment=row, name=name, country="IN", kind="unknown", actor=world.people["owner"]
        )
    assert not Buyer.objects.exists()


def test_a_buyer_needs_name_and_country_and_the_right_promise(world: World) -> None:
    officer, row = world.people["lead_officer"], promised(world, "buyers", "guest")
    for name, country in (("", "IN"), ("Delhi Foods", ""), ("Delhi Foods", "XX")):
        with pytest.raises(DomainError):
            commitments.name_buyer(commitment=row, name=name, country=country, kind="unknown", actor=officer)
    with pytest.raises(DomainError):
        commitments.name_buyer(
            commitment=promised(world), name="Delhi Foods", country="IN", kind="unknown", actor=officer
        )


def test_a_buyer_another_agency_knows_is_the_same_company(world: World) -> None:
    other = Buyer.objects.create(name="Delhi Foods", country="IN")
    other.listed_by.add(world.elsewhere)
    row = promised(world, "buyers", "guest")
    officer = world.people["lead_officer"]
    made = commitments.name_buyer(
        commitment=row, name="DELHI FOODS", country="IN", kind="unknown", actor=officer
    )
    assert made == other
    assert set(other.listed_by.all()) == {world.elsewhere, world.lead}


# Fairs


def test_which_fair_and_only_where_one_is_invited(world: World) -> None:
    row, officer = promised(world, "fair", "guest"), world.people["lead_officer"]
    fair: dict[str, Any] = {"fair": "Aahar", "fair_country": "IN", "fair_on": date(2027, 9, 1)}
    commitments.describe_fair(commitment=row, **fair, actor=officer)
    commitments.describe_fair(commitment=row, **fair, actor=officer)
    row.refresh_from_db()
    assert (row.fair, row.fair_on) == ("Aahar", date(2027, 9, 1))
    assert AuditEntry.objects.filter(action="commitment.fair").count() == 1
    assert "Aahar" in history(row)[0].details
    with pytest.raises(DomainError):
        commitments.describe_fair(commitment=promised(world), **fair, actor=officer)


# Handing over


def test_handed_over_with_its_history(world: World) -> None:
    row, officer = promised(world, "fair", "guest"), world.people["lead_officer"]
    who, _guest = successor(world)
    assert who in takers(row)
    assert world.people["representative"] not in takers(row)
    for _time in range(2):
        commitments.hand_over(commitments=[row], taker=who, reason="bertugas di Delhi", actor=officer)
    row.refresh_from_db()
    assert row.owner == who
    handed = Handover.objects.get()
    assert (handed.giver, handed.taker) == (world.people["representative"], who)
    event = history(row)[0]
    assert "Representative → Meera Rao" in event.details
    assert "bertugas di Delhi" in event.details


def test_all_of_a_representative_at_once_or_none(world: World) -> None:
    rows = [promised(world, kind, "guest") for kind in ("fair", "buyers", "msme")]
    officer = world.people["lead_officer"]
    who, _guest = successor(world)
    commitments.drop(commitment=rows[2], reason="x", actor=officer)
    with pytest.raises(Conflict):
        commitments.hand_over(commitments=rows, taker=who, reason="pindah", actor=officer)
    assert not Handover.objects.exists()
    assert commitments.hand_over(commitments=rows[:2], taker=who, reason="pindah", actor=officer) == 2


def test_a_new_person_at_the_mission_is_offered_what_the_old_one_promised(world: World) -> None:
    promised(world, "fair", "guest")
    actor = world.actor("lead_officer")
    assert queries.replaced(actor) == []
    with clock.at(NOON.replace(year=2028)):
        _who, guest = successor(world)
        other = world.other_guest.representative
        assert other is not None
        successor(world, "Somebody Else", other.mission)
    [offer] = queries.replaced(actor, world.activity.scope)
    assert (offer.giver, offer.taker, len(offer.promises)) == (world.guest.representative, guest, 1)
    assert queries.replaced(world.actor("other_officer")) == []


def test_nobody_erased_takes_a_promise(world: World) -> None:
    who, _guest = successor(world)
    Person.objects.filter(pk=who.pk).update(name="")
    who.refresh_from_db()
    row = promised(world, "fair", "guest")
    assert who not in takers(row)
    with pytest.raises(DomainError):
        commitments.hand_over(commitments=[row], taker=who, reason="x", actor=world.people["lead_officer"])


# Who sees what


def test_officers_of_the_agency_and_of_lead_and_co_organisers_see_them(world: World) -> None:
    row = promised(world)
    assert [queries.commitment_for(world.actor(name), row.pk) for name in ("lead_officer", "co_officer")] == [
        row
    ] * 2
    assert queries.commitment_for(world.actor("other_officer"), row.pk) is None
    theirs = promised(world, "prices", agency=world.elsewhere)
    assert queries.commitment_for(world.actor("other_officer"), theirs.pk) == theirs


def test_counts_and_states_for_the_report(world: World) -> None:
    with clock.at(NOON):
        rows = [promised(world, kind) for kind in ("samples", "prices", "msme")]
        commitments.settle(commitment=rows[0], account="x", actor=world.people["owner"])
    with clock.at(NOON.replace(day=20)):
        found = queries.counts(world.actor("lead_officer"))
        assert (found.all, found.open, found.overdue, found.soon, found.kept) == (3, 2, 0, 2, 1)
    with clock.at(NOON.replace(day=25)):
        assert queries.counts(world.actor("co_officer"), world.activity.scope).overdue == 2
        assert queries.counts(world.actor("other_officer")).all == 0
    assert queries.by_state(world.activity.scope) == [
        ("msme", "open", 1), ("prices", "open", 1), ("samples", "kept", 1),
    ]  # fmt: skip


# Two at once


def _two_officers(world: World, row: Commitment) -> list[str]:
    lead, co = world.people["lead_officer"], world.people["co_officer"]
    return race(
        lambda: commitments.settle(commitment=row, account="Terkirim", actor=lead),
        lambda: commitments.drop(commitment=row, reason="Tidak jadi", actor=co),
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_settle_at_once_one_is_told() -> None:
    world = build()
    row = promised(world)
    assert _two_officers(world, row) == ["done", "told"]
    assert AuditEntry.objects.filter(action__in=["commitment.keep", "commitment.drop"]).count() == 1
    assert all(report.broken_at is None for report in audit.verify())


@pytest.mark.django_db(transaction=True)
@needs_locks
def test_without_the_row_held_both_settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: with the lock taken away the second overrules the first unawares."""
    rows = Commitment.objects.select_related("agency")
    monkeypatch.setattr(commitments, "_held", lambda row: rows.get(pk=row.pk))
    monkeypatch.setattr(commitments, "_must_be_open", seen_by_both(commitments._must_be_open))
    world = build()
    assert _two_officers(world, promised(world)) == ["done", "done"]


@pytest.mark.django_db(transaction=True)
def test_an_outcome_told_while_an_officer_settles_neither_waits_for_ever_nor_overrules() -> None:
    world = build()
    told(world, "samples")
    row, officer = Commitment.objects.get(), world.people["lead_officer"]
    found = race(
        lambda: told(world, verdict="none", id="taken-back"),
        lambda: commitments.settle(commitment=row, account="Terkirim", actor=officer),
        lambda: told(world, "samples", "prices", side="guest"),
    )
    assert "database" not in found
    row.refresh_from_db()
    # The officer's word stands, unless it came after both had taken the step back.
    assert (row.state, row.account) == (State.KEPT, "Terkirim") or "told" in found
    assert Commitment.objects.filter(kind="samples").count() == 1
    assert Commitment.objects.get(kind="prices").is_open
    assert all(report.broken_at is None for report in audit.verify())


@pytest.mark.django_db(transaction=True)
def test_the_same_promise_written_by_two_officers_at_once_is_one() -> None:
    world = build()
    assert race(lambda: promised(world), lambda: promised(world)) == ["done", "done"]
    assert Commitment.objects.get().due == DUE
