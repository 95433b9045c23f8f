"""Promises that follow from outcomes: once each, whoever told, and never over what a person decided."""

from datetime import date, timedelta

import pytest

from ekspora.core import clock
from ekspora.core.models import AuditEntry
from ekspora.core.services import audit
from ekspora.deals import kinds
from ekspora.deals.models import Commitment
from ekspora.deals.queries import commitments as queries
from ekspora.deals.services import commitments, promised
from ekspora.demand.models import Outcome, Side
from ekspora.demand.services.telling import after_telling
from tests.deals.promises import DUE, told
from tests.deals.promises import promised as written
from tests.meetings.outcomes import NOON
from tests.world import World, person

State = Commitment.State


def stand(world: World) -> set[tuple[str, str, str]]:
    """Kind, who keeps it, state of every promise."""
    return set(Commitment.objects.values_list("kind", "side", "state"))


def test_a_step_of_either_side_is_a_promise_of_whoever_can_keep_it(world: World) -> None:
    told(world, *Outcome.Step.values, side="guest", note="kontak apotek")
    kept_by = {
        "samples": "maker", "prices": "maker", "fair": "guest", "buyers": "guest", "msme": "guest",
        "pharma": "guest", "other": "guest",
    }  # fmt: skip
    assert stand(world) == {(kind, side, "open") for kind, side in kept_by.items()}
    told(world, *Outcome.Step.values, side="maker")
    both = {"msme", "pharma", "other"}
    assert stand(world) == {(kind, side, "open") for kind, side in kept_by.items()} | {
        (kind, "maker", "open") for kind in both
    }


def test_every_step_has_a_keeper_days_and_words_for_both_sides() -> None:
    assert kinds.KINDS.keys() == set(Outcome.Step.values)
    for step in Outcome.Step.values:
        assert {kinds.keeper(step, side) for side in Side.values} <= set(Side.values)
        assert kinds.wording(step, is_mine=True) != kinds.wording(step, is_mine=False)


def test_owner_agency_and_date_of_a_promise(world: World) -> None:
    told(world, "samples", "fair")
    samples, fair = Commitment.objects.order_by("due")
    assert (samples.owner, samples.agency, samples.due) == (world.people["owner"], world.lead, DUE)
    assert (fair.owner, fair.fair_country) == (world.people["representative"], "IN")
    assert fair.due == date(2027, 3, 10) + timedelta(days=60)
    assert samples.encounter is not None


def test_a_substitute_who_came_keeps_what_they_promised(world: World) -> None:
    world.guest.substitute = person("Anita Deputy", language="en")
    world.guest.save()
    told(world, "fair", side="guest")
    assert Commitment.objects.get().owner == world.guest.substitute


def test_told_five_times_it_is_one_promise(world: World) -> None:
    for time in range(5):
        told(world, "samples", id=f"phone-{time}")
        told(world, "samples", id="same")
    assert stand(world) == {("samples", "maker", "open")}
    assert AuditEntry.objects.filter(action="commitment.follow").count() == 1


def test_both_sides_ask_for_samples_and_it_is_one_promise_while_either_does(world: World) -> None:
    told(world, "samples")
    told(world, "samples", side="guest")
    told(world, "prices", id="maker-again")
    assert stand(world) == {("samples", "maker", "open"), ("prices", "maker", "open")}
    told(world, side="guest", verdict="none")
    assert stand(world) == {("samples", "maker", "dropped"), ("prices", "maker", "open")}


def test_a_step_taken_back_ends_its_promise_and_told_anew_it_is_back(world: World) -> None:
    told(world, "samples")
    told(world, verdict="none", id="second")
    row = Commitment.objects.get()
    assert (row.state, row.is_taken_back, row.account) == (State.DROPPED, True, "")
    assert queries.by_state(world.activity.scope) == []
    told(world, "samples", id="third", now=NOON + timedelta(days=2))
    row = Commitment.objects.get()
    assert (row.state, row.settled_at, row.due) == (State.OPEN, None, DUE + timedelta(days=2))
    actions = AuditEntry.objects.filter(action__startswith="commitment.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "commitment.follow", "commitment.take_back", "commitment.revive",
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["settle", "drop", "due", "hand_over"])
def test_what_a_person_changed_or_settled_stays_as_they_left_it(world: World, how: str) -> None:
    told(world, "samples")
    row, officer = Commitment.objects.get(), world.people["lead_officer"]
    if how == "settle":
        commitments.settle(commitment=row, account="Terkirim 12 Maret", actor=officer)
    elif how == "drop":
        commitments.drop(commitment=row, reason="produk habis", actor=officer)
    elif how == "due":
        commitments.change_due(commitment=row, due=date(2027, 5, 1), reason="panen", actor=officer)
    else:
        commitments.hand_over(commitments=[row], taker=world.people["companion"], reason="x", actor=officer)
    before = Commitment.objects.values().get()
    told(world, verdict="none", id="back")
    told(world, "samples", id="again")
    assert Commitment.objects.values().get() == before


def test_what_an_officer_noted_before_anybody_told_is_not_doubled(world: World) -> None:
    noted = written(world, "samples")
    told(world, "samples", "prices")
    assert Commitment.objects.get(kind="samples") == noted
    assert Commitment.objects.count() == 2


def test_something_else_keeps_the_note_confidential(world: World) -> None:
    told(world, "other", note="mereka akan ke Bandung lagi")
    row = Commitment.objects.get()
    assert (row.kind, row.text) == ("other", "")


def test_outcomes_told_before_become_promises_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(after_telling, "_entries", {})
        told(world, "samples")
        told(world, "buyers", side="guest")
    assert not Commitment.objects.exists()
    assert queries.untold(world.activity.scope) == 1
    actor = world.actor("lead_officer")
    with clock.at(NOON + timedelta(days=40)):
        assert promised.from_outcomes(activity=world.activity, actor=actor) == 2
        assert promised.from_outcomes(activity=world.activity, actor=actor) == 0
    # Counted from when it was told, not from when it was noticed.
    assert Commitment.objects.get(kind="samples").due == DUE
    assert queries.untold(world.activity.scope) == 0
    assert all(report.broken_at is None for report in audit.verify())


def test_told_late_the_time_begins_with_the_telling(world: World) -> None:
    told(world, "samples", now=NOON + timedelta(days=30))
    assert Commitment.objects.get().due == DUE + timedelta(days=30)


def test_an_answer_and_its_promises_are_kept_together_or_not_at_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> None:
        raise RuntimeError

    told(world, verdict="informative")
    monkeypatch.setattr(after_telling, "_entries", {"fails": (0, fails)})
    with pytest.raises(RuntimeError):
        told(world, "samples", id="lost")
    assert Outcome.objects.get().verdict == "informative"
    assert not Commitment.objects.exists()
