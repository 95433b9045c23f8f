"""Moving by hand: conflicts in words, swap, lock, take out, bring up to date; versions stay as they are."""

import pytest

from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry
from ekspora.meetings.models import MeetingRequest, TimetableVersion
from ekspora.meetings.plan import Place
from ekspora.meetings.queries.versions import plan_of
from ekspora.meetings.services import moving
from tests.meetings.crowd import drafted, newest
from tests.meetings.outcomes import key
from tests.world import World, at


def places(version: TimetableVersion) -> dict[str, Place]:
    return dict(plan_of(version).at)


def move(world: World, version: TimetableVersion, request: str, slot: int, table: str, lock: bool = False):  # type: ignore[no-untyped-def]
    return moving.place(
        version=version, actor=world.people["co_officer"], request=request, slot=slot, table=table, lock=lock
    )


def test_a_move_makes_a_version_and_leaves_the_one_before_alone(world: World) -> None:
    first = drafted(world)
    before = places(first)
    one = key(world.maker, world.guest)
    second = move(world, first, one, 4, "3", lock=True)
    assert places(second) == {**before, one: Place(4, "3")}
    assert places(first) == before
    assert (second.number, second.parent, second.created_by) == (2, first, world.people["co_officer"])
    assert plan_of(second).locked == {one}
    moved = second.meetings.get(request=one)
    assert (moved.starts_at, moved.ends_at) == (at(11), at(11, 20))
    entry = AuditEntry.objects.get(action="timetable.move")
    assert entry.actor_id == world.people["co_officer"].pk


@pytest.mark.parametrize(
    ("slot", "table", "words"),
    [
        (2, "3", "Kopi Puntang × Fiji"),
        (2, "1", "terisi"),
        (1, "2", "terisi"),
        (9, "1", "jam ini"),
    ],
)
def test_a_conflict_is_said_in_words_and_nothing_is_written(
    world: World, slot: int, table: str, words: str
) -> None:
    first = drafted(world)
    with pytest.raises(DomainError, match=words):
        move(world, first, key(world.maker, world.guest), slot, table)
    assert newest(world.activity) == first


def test_an_unscheduled_request_can_be_put_in(world: World) -> None:
    first = drafted(world)
    second = move(world, first, key(world.other_maker, world.guest), 2, "2")
    assert len(places(second)) == 4
    assert second.result["unscheduled"] == []
    assert second.result["proven"]["weight"]


def test_unavailability_is_a_conflict(world: World) -> None:
    world.guest.leaves_at = at(10)
    world.guest.save()
    first = drafted(world)
    with pytest.raises(DomainError, match="India"):
        move(world, first, key(world.maker, world.guest), 5, "1")


def test_a_request_the_version_does_not_know_is_refused(world: World) -> None:
    with pytest.raises(DomainError):
        move(world, drafted(world), "0-0", 1, "1")


def test_two_meetings_exchange_places(world: World) -> None:
    first = drafted(world)
    one, two = key(world.maker, world.guest), key(world.other_maker, world.other_guest)
    second = moving.swap(version=first, actor=world.people["lead_officer"], one=one, two=two, lock=False)
    assert places(second)[one] == places(first)[two]
    assert places(second)[two] == places(first)[one]


def test_a_swap_that_only_moves_the_conflict_is_refused(world: World) -> None:
    first = drafted(world)
    with pytest.raises(DomainError):
        moving.swap(
            version=first, actor=world.people["lead_officer"], one=key(world.maker, world.other_guest),
            two=key(world.other_maker, world.other_guest), lock=False,
        )  # fmt: skip


def test_a_locked_meeting_moves_only_when_unlocked(world: World) -> None:
    officer, one = world.people["lead_officer"], key(world.maker, world.guest)
    locked = moving.set_lock(version=drafted(world), actor=officer, requests=[one], locked=True)
    with pytest.raises(DomainError):
        move(world, locked, one, 4, "1")
    with pytest.raises(DomainError):
        moving.take_out(version=locked, actor=officer, request=one)
    unlocked = moving.set_lock(version=locked, actor=officer, requests=[one], locked=False)
    assert places(move(world, unlocked, one, 4, "1"))[one] == Place(4, "1")


def test_taken_out_is_said_until_it_is_put_back(world: World) -> None:
    officer, one = world.people["lead_officer"], key(world.maker, world.guest)
    out = moving.take_out(version=drafted(world), actor=officer, request=one)
    later = moving.set_lock(version=out, actor=officer, requests=places(out), locked=True)
    assert {u["request"]: u["code"] for u in later.result["unscheduled"]}[one] == "taken_out"
    back = move(world, later, one, 5, "1")
    assert one not in {u["request"] for u in back.result["unscheduled"]}


def test_sent_twice_it_changes_nothing(world: World) -> None:
    officer, first, one = world.people["lead_officer"], drafted(world), key(world.maker, world.guest)
    here = places(first)[one]
    assert move(world, first, one, here.slot, here.table) == first
    out = moving.take_out(version=first, actor=officer, request=one)
    assert moving.take_out(version=out, actor=officer, request=one) == out
    assert moving.set_lock(version=out, actor=officer, requests=[one], locked=True) == out


def test_a_bound_is_kept_while_locks_only_grow_and_forgotten_when_one_is_lifted(world: World) -> None:
    officer, first, one = world.people["lead_officer"], drafted(world), key(world.maker, world.guest)
    first.result["weight_bound"] = first.result["weight"]
    first.save()
    second = moving.set_lock(version=first, actor=officer, requests=[one], locked=True)
    assert second.result["proven"]["weight"]
    third = moving.set_lock(version=second, actor=officer, requests=[one], locked=False)
    assert not third.result["proven"]["weight"]


def test_bringing_up_to_date_takes_out_what_cannot_take_place(world: World) -> None:
    first = drafted(world)
    world.other_guest.answer = "declined"
    world.other_guest.save()
    second = moving.bring_up_to_date(version=first, actor=world.people["lead_officer"])
    assert set(places(second)) == {key(world.maker, world.guest)}
    assert set(plan_of(second).requests) == {
        key(world.maker, world.guest),
        key(world.other_maker, world.guest),
    }


def test_bringing_up_to_date_follows_the_clock_when_the_agenda_changed(world: World) -> None:
    first = drafted(world)
    block = world.activity.agenda.filter(kind="meetings").first()
    assert block is not None
    block.starts_at = at(9, 25)
    block.save()
    second = moving.bring_up_to_date(version=first, actor=world.people["lead_officer"])
    assert places(second) == {key(world.maker, world.other_guest): Place(1, "1")}
    assert second.meetings.get().starts_at == at(9, 25)


def test_a_pair_ruled_out_meanwhile_is_taken_out(world: World) -> None:
    first = drafted(world)
    MeetingRequest.objects.create(
        activity=world.activity, maker=world.maker, guest=world.guest, excluded=True
    )
    second = moving.bring_up_to_date(version=first, actor=world.people["lead_officer"])
    assert key(world.maker, world.guest) not in places(second)
