"""The agenda: adding, changing, taking out, and what an officer should notice."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from ekspora.core.errors import DomainError
from ekspora.programmes import queries
from ekspora.programmes.models import Activity, AgendaItem, Participation
from ekspora.programmes.public_holidays import holidays_between
from ekspora.programmes.remarks import remarks
from ekspora.programmes.services.agenda import remove_part, set_part
from ekspora.programmes.slots import slots_of, unavailable
from tests.programmes.actors import actor
from tests.world import World, activity, at

Kind = AgendaItem.Kind


def put(world: World, start: datetime, end: datetime, **values: Any) -> AgendaItem:
    attendees = values.pop("attendees", [])
    given = {"kind": Kind.VISIT, "title": "Museum", "starts_at": start, "ends_at": end} | values
    return set_part(
        activity=world.activity, item=None, values=given, attendees=attendees,
        actor=actor(world, "lead_officer"),
    )  # fmt: skip


def codes(world: World, now: datetime | None = None) -> list[str]:
    found = remarks(world.activity, queries.agenda(world.activity), now or at(6))
    return [remark.code for remark in found if remark.code != "holiday"]


def test_slots_follow_from_the_agenda(world: World) -> None:
    slots = slots_of(world.activity, queries.agenda(world.activity))
    assert [f"{slot.starts_at.astimezone(world.activity.tz):%H.%M}" for slot in slots] == [
        "09.00", "09.25", "09.50", "11.00", "11.25", "11.50",
    ]  # fmt: skip


def test_who_goes_along_is_not_available(world: World) -> None:
    put(world, at(9), at(9, 20), audience="named", attendees=[world.guest])
    agenda = queries.agenda(world.activity)
    slots = slots_of(world.activity, agenda)
    assert unavailable(world.guest, slots, agenda) == {1}
    assert unavailable(world.other_guest, slots, agenda) == frozenset()


def test_a_part_sent_twice_is_added_once(world: World) -> None:
    first, second = (put(world, at(13), at(14)) for _ in range(2))
    assert first == second


def test_a_part_that_ends_before_it_starts_is_refused(world: World) -> None:
    with pytest.raises(DomainError):
        put(world, at(14), at(13))
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.update(ends_at=at(7))


def test_people_of_another_activity_cannot_be_bound(world: World) -> None:
    other = activity(world.lead, name="Lain")
    stranger = Participation.objects.create(activity=other, side="maker", business=world.business)
    with pytest.raises(DomainError):
        put(world, at(13), at(14), audience="named", attendees=[stranger])


def test_a_part_is_taken_out(world: World) -> None:
    item = world.activity.agenda.get(kind=Kind.VISIT)
    remove_part(item=item, actor=actor(world, "lead_officer"))
    assert not AgendaItem.objects.filter(pk=item.pk).exists()


def test_a_sound_agenda_needs_no_remark(world: World) -> None:
    assert codes(world) == []


def test_overlaps_are_noticed_but_a_visit_during_a_block_is_a_plan(world: World) -> None:
    put(world, at(9, 30), at(10), audience="guests")
    assert codes(world) == []
    put(world, at(8, 30), at(8, 45), kind=Kind.PRESENTATION)
    assert codes(world) == ["overlap"]
    put(world, at(9), at(9, 30), kind=Kind.MEETINGS, title="Kedua")
    assert codes(world).count("overlap") == 2


def test_a_block_too_short_is_noticed(world: World) -> None:
    put(world, at(13), at(13, 15), kind=Kind.MEETINGS)
    assert codes(world) == ["short"]


def test_slots_in_the_past_and_parts_on_other_days_are_noticed(world: World) -> None:
    assert codes(world, at(9, 10)) == []
    assert codes(world, at(18)) == ["past"]
    Participation.objects.filter(pk=world.maker.pk).update(came="came", came_at=at(8))
    assert codes(world, at(18)) == []  # the day was no mistake
    next_day = date(2027, 3, 11)
    Activity.objects.filter(pk=world.activity.pk).update(starts_on=next_day, ends_on=next_day)
    world.activity.refresh_from_db()
    assert set(codes(world)) == {"outside"}


def test_holidays_and_collective_leave_are_named_in_both_languages() -> None:
    days = [day for day, _name in holidays_between("ID", date(2026, 12, 23), date(2026, 12, 26))]
    assert date(2026, 12, 24) in days  # cuti bersama
    assert date(2026, 12, 25) in days
    assert date(2026, 12, 23) not in days
    names = []
    for language in ("id", "en"):
        with translation.override(language):
            names.append(holidays_between("ID", date(2026, 8, 17), date(2026, 8, 17))[0][1])
    assert names[0].startswith("Hari Kemerdekaan")
    assert names[1].startswith("Independence")
    assert holidays_between("MY", date(2026, 8, 31), date(2026, 8, 31))
    assert holidays_between("XX", date(2026, 1, 1), date(2026, 12, 31)) == []


def test_a_holiday_is_noticed(world: World) -> None:
    found = remarks(world.activity, [], at(6))
    assert [remark.code for remark in found] == ["holiday"]  # 10 March 2027 is Idul Fitri
