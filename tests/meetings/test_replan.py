"""The day itself: marks and their undo, re-planning, accepting and refusing, who is told what, what changed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AuditEntry, Job, Message
from ekspora.core.services import jobs
from ekspora.engines.meetings import parse_result, verify
from ekspora.meetings.models import DayMark, LostTable, Meeting, MeetingRequest, TimetableVersion
from ekspora.meetings.queries.comparing import compare
from ekspora.meetings.queries.instance import asked_of
from ekspora.meetings.queries.my_changes import my_changes
from ekspora.meetings.queries.on_the_day import on_the_day
from ekspora.meetings.queries.people import people_of
from ekspora.meetings.queries.versions import plan_of, version_for
from ekspora.meetings.services import on_the_day as day
from ekspora.meetings.services import publishing, replanning, seeing, solving
from ekspora.programmes.models import Participation
from tests.at_once import race
from tests.meetings.crowd import all_wish, crowd, drafted, newest, solved, wish
from tests.meetings.outcomes import key
from tests.world import World, at, build

SignIn = Callable[[World, str], Client]


def published(
    world: World, places: dict[tuple[Participation, Participation], tuple[int, str]] | None = None
) -> TimetableVersion:
    """A draft made without the solver, published."""
    version = drafted(world, places)
    return publishing.publish(version=version, actor=world.people["lead_officer"], seen=0)


def replan(world: World, actor: str = "lead_officer") -> Job:
    """Start a re-plan and run it to its end."""
    job = replanning.start(activity=world.activity, actor=world.people[actor], back_to="/")
    jobs.run_job.call(job.pk)
    job.refresh_from_db()
    return job


def replanned(world: World) -> TimetableVersion:
    """The draft that came of a re-plan."""
    return TimetableVersion.objects.get(job=replan(world))


def absent(world: World, who: Participation) -> DayMark:
    return day.mark(participation=who, kind="absent", at=None, actor=world.actor("lead_officer"))


def late(world: World, who: Participation, until: datetime) -> DayMark:
    return day.mark(participation=who, kind="late", at=until, actor=world.actor("lead_officer"))


def left(world: World, who: Participation, when: datetime) -> DayMark:
    return day.mark(participation=who, kind="left", at=when, actor=world.actor("lead_officer"))


def lost(world: World, table: int, until: datetime | None = None) -> LostTable:
    return day.lose_table(
        activity=world.activity, table=table, until=until, actor=world.actor("lead_officer")
    )


def slots_of(version: TimetableVersion) -> dict[str, int]:
    return {request: place.slot for request, place in plan_of(version).at.items()}


def unavailable(world: World, who: Participation) -> frozenset[int]:
    (found,) = [p for p in asked_of(world.activity).instance.participants if p.id == str(who.pk)]
    return found.unavailable


# Marks


def test_marks_take_slots_away_and_undo_gives_them_back(world: World) -> None:
    with clock.at(at(9, 10)):
        row = absent(world, world.guest)
        assert unavailable(world, world.guest) == {1, 2, 3, 4, 5, 6}
        day.unmark(activity=world.activity, pk=row.pk, actor=world.actor("lead_officer"))
        assert unavailable(world, world.guest) == frozenset()
        late(world, world.guest, at(9, 50))
        assert unavailable(world, world.guest) == {1, 2}
        left(world, world.guest, at(11, 20))
        assert unavailable(world, world.guest) == {1, 2, 5, 6}
    assert AuditEntry.objects.filter(action__startswith="day.").count() == 4


def test_what_had_begun_when_somebody_left_was_held(world: World) -> None:
    with clock.at(at(9, 30)):
        left(world, world.guest, at(9, 30))
        assert unavailable(world, world.guest) == {3, 4, 5, 6}
        lost(world, 2, until=at(11))
        (table,) = [t for t in asked_of(world.activity).instance.tables if t.unavailable]
        assert (table.id, table.unavailable) == ("2", frozenset({3}))


def test_absent_excludes_late_and_a_new_time_replaces_the_old(world: World) -> None:
    late(world, world.guest, at(9, 50))
    late(world, world.guest, at(9, 50))
    late(world, world.guest, at(10))
    assert [(m.kind, m.at) for m in DayMark.objects.all()] == [("late", at(10))]
    absent(world, world.guest)
    assert [m.kind for m in DayMark.objects.all()] == ["absent"]
    late(world, world.guest, at(9, 50))
    assert [m.kind for m in DayMark.objects.all()] == ["late"]
    assert AuditEntry.objects.filter(action="day.mark").count() == 4


def test_what_the_door_knows_counts(world: World) -> None:
    """Checked in after all, or gone by check-in's own mark: no second mark is needed."""
    with clock.at(at(8, 50)):
        absent(world, world.guest)
    Participation.objects.filter(pk=world.guest.pk).update(came="late", came_at=at(9, 40), left_at=at(11, 30))
    assert unavailable(world, world.guest) == {1, 2, 6}


def test_marks_that_make_no_sense_are_refused(world: World) -> None:
    late(world, world.guest, at(11))
    with pytest.raises(DomainError):
        left(world, world.guest, at(10))
    with pytest.raises(DomainError):
        late(world, world.guest, at(9) + timedelta(days=3))
    with pytest.raises(DomainError):
        day.mark(participation=world.guest, kind="late", at=None, actor=world.actor("lead_officer"))
    with pytest.raises(DomainError):
        lost(world, 6)
    with clock.at(at(10)), pytest.raises(DomainError):
        lost(world, 1, until=at(9))
    world.maker.answer = "declined"
    world.maker.save()
    with pytest.raises(DomainError):
        absent(world, world.maker)
    assert DayMark.objects.count() == 1


def test_the_database_refuses_marks_that_cannot_be(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DayMark.objects.create(participation=world.guest, kind="late")
    with pytest.raises(IntegrityError), transaction.atomic():
        LostTable.objects.create(activity=world.activity, table=1, since=at(9), until=at(8))
    absent(world, world.guest)
    with pytest.raises(IntegrityError), transaction.atomic():
        DayMark.objects.create(participation=world.guest, kind="absent")


def test_whose_table_is_lost_sits_elsewhere(world: World) -> None:
    world.maker.table = 2
    world.maker.save()
    with clock.at(at(8)):
        lost(world, 2)
        (maker,) = [p for p in asked_of(world.activity).instance.participants if p.id == str(world.maker.pk)]
    assert maker.table is None


# Re-planning


def test_a_late_guest_is_met_later_and_what_was_held_stays(world: World) -> None:
    first = published(world)
    with clock.at(at(9, 30)):
        late(world, world.other_guest, at(9, 50))
        draft = replanned(world)
    assert (draft.parent, draft.state) == (first, "draft")
    before, after = slots_of(first), slots_of(draft)
    assert after[key(world.maker, world.guest)] == before[key(world.maker, world.guest)] == 1
    # Both of the late guest's meetings had begun without them; there is room for them after 9.50.
    assert after[key(world.other_maker, world.other_guest)] >= 3
    assert after[key(world.maker, world.other_guest)] >= 3
    first.refresh_from_db()
    assert first.state == "published"


def test_a_lost_table_moves_nobody_in_time_while_another_is_free(world: World) -> None:
    first = published(world)
    with clock.at(at(8, 30)):
        lost(world, 1)
        draft = replanned(world)
    before, after = slots_of(first), slots_of(draft)
    assert {k: s for k, s in after.items() if k in before} == before
    assert "1" not in {place.table for place in plan_of(draft).at.values()}
    assert (draft.result["moved"], draft.result["moved_bound"], draft.result["proven"]["moved"]) == (
        0,
        0,
        True,
    )


def test_a_new_wish_is_added_and_nothing_moves(world: World) -> None:
    wish(world, (world.maker, world.guest))
    first = published(world, {(world.maker, world.guest): (3, "1")})
    wish(world, (world.other_maker, world.guest))
    with clock.at(at(9, 10)):
        draft = replanned(world)
    after = slots_of(draft)
    assert after[key(world.maker, world.guest)] == 3
    assert after[key(world.other_maker, world.guest)] >= 2
    assert draft.result["moved"] == 0
    assert first.number == 1


def test_the_figure_counts_meetings_that_could_not_stay(world: World) -> None:
    """A meeting whose time is gone is a move like any other: the engine is told of it as it was published."""
    wish(world, (world.maker, world.guest), (world.other_maker, world.guest))
    published(world, {(world.maker, world.guest): (2, "1"), (world.other_maker, world.guest): (4, "1")})
    with clock.at(at(9, 10)):
        late(world, world.guest, at(9, 50))
        draft = replanned(world)
    found = compare(version_for(world.activity, 1), draft, people_of(world.activity))  # type: ignore[arg-type]  # there
    assert draft.result["moved"] == len(found.moved) == 1
    assert draft.result["moved_bound"] == 1


def test_when_nothing_changed_it_says_so_and_makes_no_version(world: World) -> None:
    all_wish(world)
    version = solved(world)
    publishing.publish(version=version, actor=world.people["lead_officer"], seen=0)
    job = replan(world)
    assert job.result == {"status": "same"}
    assert TimetableVersion.objects.count() == 1
    assert on_the_day(world.activity).is_same


def test_an_absent_person_with_a_required_meeting_is_a_conflict_in_words(
    world: World, sign_in: SignIn
) -> None:
    published(world)
    MeetingRequest.objects.create(
        activity=world.activity, maker=world.maker, guest=world.guest, required=True
    )
    absent(world, world.guest)
    job = replan(world)
    assert job.result["status"] == "infeasible"
    assert job.result["conflict"]["requests"] == [key(world.maker, world.guest)]
    assert TimetableVersion.objects.count() == 1
    page = (
        sign_in(world, "lead_officer").get(reverse("on_the_day", args=[world.activity.pk])).content.decode()
    )
    assert "Kopi Puntang × India" in page
    assert reverse("request_edit", args=[world.activity.pk, world.maker.pk, world.guest.pk]) in page


def test_a_limit_on_gaps_that_the_day_made_impossible_is_waived_and_said(world: World) -> None:
    world.activity.fairness = 0
    world.activity.save()
    wish(world, (world.maker, world.guest), (world.other_maker, world.guest))
    published(world, {(world.maker, world.guest): (1, "1"), (world.other_maker, world.guest): (3, "1")})
    wish(world, (world.maker, world.other_guest))
    with clock.at(at(9, 55)):
        draft = replanned(world)
    assert len(plan_of(draft).at) == 3
    assert "jeda" in draft.note
    assert plan_of(draft).instance.fairness == 0


def test_a_lock_that_cannot_hold_does_not_stop_the_day(world: World) -> None:
    version = published(world)
    Meeting.objects.filter(version=version).update(is_locked=True)
    absent(world, world.other_guest)
    draft = replanned(world)
    assert key(world.maker, world.guest) in plan_of(draft).locked
    assert not any(str(world.other_guest.pk) in request.split("-")[1] for request in plan_of(draft).at)


def test_without_a_published_timetable_there_is_nothing_to_replan(world: World) -> None:
    drafted(world)
    with pytest.raises(DomainError):
        replan(world)


def test_a_crowd_in_trouble_keeps_every_rule_and_every_held_meeting(world: World) -> None:
    crowd(world, 10, 7, share=0.7)
    version = solved(world)
    publishing.publish(version=version, actor=world.people["lead_officer"], seen=0)
    guests = list(world.activity.participations.filter(side="guest").order_by("-pk"))
    with clock.at(at(9, 30)):
        absent(world, guests[0])
        late(world, guests[1], at(11))
        left(world, guests[2], at(9, 30))
        lost(world, 3, until=at(11, 25))
        present = asked_of(world.activity)
        now = present.now
        held = {k: s for k, s in slots_of(version).items() if s < now and not _gone(k, guests[:2])}
        draft = replanned(world)
        plan = plan_of(draft)
        result = parse_result(draft.result)
        before = replanning.before(version, on_the_day(world.activity).present)  # type: ignore[arg-type]  # published
    assert {k: s for k, s in slots_of(draft).items() if s < now} == held
    assert verify(present.instance, result, before, now) == []
    assert not any(_gone(k, guests[:1]) for k in plan.at)
    assert draft.result["moved_bound"] <= draft.result["moved"]


def _gone(request: str, people: list[Participation]) -> bool:
    return any(str(who.pk) in request.split("-") for who in people)


# Two officers, and time that goes on


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_replan_at_once_one_does_and_the_other_is_told() -> None:
    world = build()
    published(world)

    def ask(actor: str) -> Callable[[], object]:
        return lambda: replanning.start(activity=world.activity, actor=world.people[actor], back_to="/")

    assert race(ask("lead_officer"), ask("co_officer")) == ["done", "told"]
    assert Job.objects.filter(kind="meetings.replan").count() == 1


def test_pressed_twice_it_is_one_job(world: World) -> None:
    published(world)
    ask = {"activity": world.activity, "actor": world.people["lead_officer"], "back_to": "/"}
    assert replanning.start(**ask) == replanning.start(**ask)  # type: ignore[arg-type]  # as above


def test_a_version_published_while_it_is_computed_makes_it_void(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(world)
    other = drafted(world, {(world.maker, world.guest): (5, "1")})
    absent_one = absent(world, world.other_guest)
    real = solving.compute

    def meanwhile(*args: object) -> object:
        found = real(*args)  # type: ignore[arg-type]  # as the job calls it
        publishing.publish(version=other, actor=world.people["co_officer"], seen=1)
        return found

    monkeypatch.setattr(replanning, "compute", meanwhile)
    job = replan(world)
    assert job.state == "failed"
    assert "2" in job.error
    assert newest(world.activity) == other
    assert absent_one.kind == "absent"


def test_a_version_published_before_accepting_is_told(world: World) -> None:
    first = published(world)
    other = drafted(world, {(world.maker, world.guest): (5, "1")})
    absent(world, world.other_guest)
    draft = replanned(world)
    publishing.publish(version=other, actor=world.people["co_officer"], seen=first.number)
    with pytest.raises(Conflict):
        publishing.publish(version=draft, actor=world.people["lead_officer"], seen=first.number)


def test_accepted_too_late_it_is_refused_because_meetings_have_begun(world: World) -> None:
    first = published(world)
    with clock.at(at(9, 10)):
        late(world, world.guest, at(9, 25))
        late(world, world.other_guest, at(9, 50))
        draft = replanned(world)
    assert 2 in slots_of(draft).values()
    with clock.at(at(9, 30)), pytest.raises(DomainError, match="ulang"):
        publishing.publish(version=draft, actor=world.people["lead_officer"], seen=first.number)
    with clock.at(at(9, 20)):
        publishing.publish(version=draft, actor=world.people["lead_officer"], seen=first.number)


def test_a_mark_after_the_draft_makes_it_stale(world: World) -> None:
    first = published(world)
    absent(world, world.other_guest)
    draft = replanned(world)
    assert on_the_day(world.activity).is_fresh
    absent(world, world.guest)
    assert not on_the_day(world.activity).is_fresh
    with pytest.raises(DomainError):
        publishing.publish(version=draft, actor=world.people["lead_officer"], seen=first.number)


# Accept or refuse


def test_refused_it_stays_in_the_list_and_the_published_one_counts(world: World) -> None:
    first = published(world)
    absent(world, world.other_guest)
    draft = replanned(world)
    for _time in range(2):
        publishing.refuse(version=draft, actor=world.people["lead_officer"])
    draft.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, draft.state) == ("published", "refused")
    assert version_for(world.activity) == first
    assert AuditEntry.objects.filter(action="timetable.refuse").count() == 1
    with pytest.raises(DomainError):
        publishing.refuse(version=first, actor=world.people["lead_officer"])
    publishing.publish(version=draft, actor=world.people["lead_officer"], seen=1)


def test_nothing_is_refused_while_nothing_is_published(world: World) -> None:
    with pytest.raises(DomainError):
        publishing.refuse(version=drafted(world), actor=world.people["lead_officer"])


def test_the_comparison_shows_each_person_before_and_after(world: World) -> None:
    wish(
        world, (world.maker, world.guest), (world.other_maker, world.guest), (world.maker, world.other_guest)
    )
    first = published(
        world,
        {(world.maker, world.guest): (2, "3"), (world.maker, world.other_guest): (4, "1"),
         (world.other_maker, world.guest): (1, "2")},
    )  # fmt: skip
    second = drafted(
        world, {(world.maker, world.guest): (5, "4"), (world.maker, world.other_guest): (4, "2")}
    )
    found = compare(first, second, people_of(world.activity))
    days = {
        one.who.id: [
            (m.change.kind, m.before and m.before.table, m.after and m.after.table) for m in one.moves
        ]
        for one in found.people
    }
    assert days == {
        str(world.maker.pk): [("reseated", "1", "2"), ("moved", "3", "4")],
        str(world.other_maker.pk): [("removed", "2", None)],
        str(world.guest.pk): [("removed", "2", None), ("moved", "3", "4")],
        str(world.other_guest.pk): [("reseated", "1", "2")],
    }
    assert not found.is_same


def test_from_the_mark_to_the_new_agenda_by_hand(world: World, sign_in: SignIn) -> None:
    """An officer on the phone: mark, re-plan, look, accept; the guest's old link shows what changed."""
    published(world)
    client = sign_in(world, "lead_officer")
    day_page = reverse("on_the_day", args=[world.activity.pk])
    with clock.at(at(8, 30)):
        data = {"who": world.other_guest.pk, "kind": "late", "late": at(9, 50).isoformat()}
        client.post(reverse("day_mark", args=[world.activity.pk]), data)
        client.post(reverse("replan", args=[world.activity.pk]))
        page = client.get(day_page).content.decode()
        assert reverse("job_progress", args=[Job.objects.get(kind="meetings.replan").pk]) in page
        jobs.run_job.call(Job.objects.get(kind="meetings.replan").pk)
        shown = client.get(reverse("replan", args=[world.activity.pk]), follow=True)
        assert shown.redirect_chain[-1][0] == reverse("timetable_compare", args=[world.activity.pk, 1, 2])
        assert "Fiji" in shown.content.decode()
        client.post(reverse("timetable_publish", args=[world.activity.pk, 2]), {"seen": "1"})
    assert world.activity.versions.get(state="published").number == 2


def test_when_the_last_meetings_have_begun_the_outcomes_are_next(world: World, sign_in: SignIn) -> None:
    published(world)
    client, day_page = sign_in(world, "lead_officer"), reverse("on_the_day", args=[world.activity.pk])
    action = f'action="{reverse("replan", args=[world.activity.pk])}"'
    go_on = f'class="btn go" href="{reverse("outcomes", args=[world.activity.pk])}"'
    for moment, is_over in ((at(8, 30), False), (at(20), True)):
        with clock.at(moment):
            page = client.get(day_page).content.decode()
        assert (action in page, go_on in page) == (not is_over, is_over)


def test_undo_of_every_kind_by_hand(world: World, sign_in: SignIn) -> None:
    client, activity = sign_in(world, "co_officer"), world.activity.pk
    client.post(reverse("day_mark", args=[activity]), {"who": world.guest.pk, "kind": "absent"})
    client.post(reverse("table_lost", args=[activity]), {"table": "2", "until": ""})
    page = client.get(reverse("on_the_day", args=[activity])).content.decode()
    undo = [reverse("day_unmark", args=[activity, DayMark.objects.get().pk])]
    undo.append(reverse("table_back", args=[activity, 2]))
    for address in undo:
        assert address in page
        client.post(address)
        client.post(address)
    assert not DayMark.objects.exists()
    assert not LostTable.objects.exists()


def test_broken_posts_change_nothing(world: World, sign_in: SignIn) -> None:
    client, activity = sign_in(world, "lead_officer"), world.activity.pk
    for data in ({}, {"who": "x"}, {"who": world.guest.pk, "kind": "late", "late": "noon"}):
        assert client.post(reverse("day_mark", args=[activity]), data).status_code == 302
    assert (
        client.post(reverse("day_mark", args=[activity]), {"who": 10**9, "kind": "absent"}).status_code == 404
    )
    for data in ({}, {"table": "99"}, {"table": "1", "until": "2027-99-99T00:00:00+00:00"}):
        assert client.post(reverse("table_lost", args=[activity]), data).status_code == 302
    assert not DayMark.objects.exists()
    assert not LostTable.objects.exists()


# Telling people


def sent(world: World) -> None:
    Message.objects.filter(kind="timetable").update(state="sent", sent_at=clock.now())


def test_only_those_concerned_are_told_and_in_one_sentence(world: World) -> None:
    first = published(
        world, {(world.maker, world.guest): (1, "1"), (world.other_maker, world.other_guest): (2, "3")}
    )
    sent(world)
    second = drafted(
        world, {(world.maker, world.guest): (1, "1"), (world.other_maker, world.other_guest): (4, "5")}
    )
    publishing.publish(version=second, actor=world.people["lead_officer"], seen=first.number)
    drafts = {m.person: m.body for m in Message.objects.filter(kind="timetable", state="draft")}
    assert set(drafts) == {world.people["other_owner"], world.people["other_representative"]}
    assert "Batik Lain 09:25 table 3 → 11:00 table 5" in drafts[world.people["other_representative"]]
    assert "Embassy of Fiji 09.25 meja 3 → 11.00 meja 5" in drafts[world.people["other_owner"]]
    assert all("{link}" in body for body in drafts.values())


def test_who_was_never_told_reads_the_whole_day_and_who_is_not_concerned_keeps_the_draft(
    world: World,
) -> None:
    first = published(world)
    kept = Message.objects.get(person=world.people["representative"], kind="timetable")
    second = drafted(
        world, {(world.maker, world.guest): (1, "1"), (world.other_maker, world.other_guest): (4, "2")}
    )
    publishing.publish(version=second, actor=world.people["lead_officer"], seen=first.number)
    drafts = Message.objects.filter(kind="timetable")
    assert drafts.count() == 4
    assert drafts.get(person=world.people["representative"]) == kept
    assert "siap" in drafts.get(person=world.people["other_owner"]).body


def test_a_change_taken_back_before_it_was_told_is_told_to_nobody(world: World) -> None:
    first = published(world)
    sent(world)
    second = drafted(world, {(world.maker, world.guest): (3, "1")})
    publishing.publish(version=second, actor=world.people["lead_officer"], seen=1)
    assert Message.objects.filter(kind="timetable", state="draft").exists()
    publishing.publish(version=first, actor=world.people["lead_officer"], seen=2)
    assert not Message.objects.filter(kind="timetable", state="draft").exists()


def test_a_cancelled_meeting_is_said(world: World) -> None:
    first = published(world)
    sent(world)
    absent(world, world.other_guest)
    draft = replanned(world)
    publishing.publish(version=draft, actor=world.people["lead_officer"], seen=first.number)
    told = Message.objects.get(person=world.people["other_owner"], state="draft")
    assert "09.00 meja 2 dibatalkan" in told.body
    assert not Message.objects.filter(person=world.people["representative"], state="draft").exists() or (
        slots_of(draft) != slots_of(first)
    )


# The old link


def test_the_agenda_marks_what_changed_until_it_was_seen(world: World, sign_in: SignIn) -> None:
    first = published(
        world, {(world.maker, world.guest): (2, "3"), (world.maker, world.other_guest): (1, "1")}
    )
    second = drafted(
        world, {(world.maker, world.guest): (4, "5"), (world.other_maker, world.guest): (1, "2")}
    )
    page = reverse("my_agenda", args=[world.maker.pk])
    client = sign_in(world, "owner")
    assert "→" not in client.get(page).content.decode()
    publishing.publish(version=second, actor=world.people["lead_officer"], seen=first.number)
    text = client.get(page).content.decode()
    for part in ("09.25 meja 3", "11.00 meja 5", "dibatalkan"):
        assert part in text
    client.get(page)
    assert "dibatalkan" in client.get(page).content.decode()
    client.post(reverse("my_agenda_seen", args=[world.maker.pk]), {"number": second.number})
    assert "dibatalkan" not in client.get(page).content.decode()
    # The companion has a phone of their own and has not seen it.
    assert my_changes(world.maker, world.people["companion"], second).rows


def test_on_the_day_all_changes_since_the_morning_are_marked(world: World) -> None:
    with clock.at(at(9) - timedelta(days=9)):
        published(world, {(world.maker, world.guest): (1, "1")})
    with clock.at(at(9) - timedelta(days=2)):
        second = drafted(world, {(world.maker, world.guest): (2, "1")})
        publishing.publish(version=second, actor=world.people["lead_officer"], seen=1)
        assert [row.before for row in my_changes(world.maker, world.people["owner"], second).rows] == [
            "09.00 meja 1"
        ]
    with clock.at(at(8, 30)):
        third = drafted(world, {(world.maker, world.guest): (3, "1")})
        publishing.publish(version=third, actor=world.people["lead_officer"], seen=2)
    with clock.at(at(8, 40)):
        fourth = drafted(
            world, {(world.maker, world.guest): (3, "1"), (world.maker, world.other_guest): (4, "1")}
        )
        fourth = publishing.publish(version=fourth, actor=world.people["lead_officer"], seen=3)
        rows = my_changes(world.maker, world.people["owner"], fourth).rows
    assert [(row.kind, row.before) for row in rows] == [("moved", "09.25 meja 1"), ("added", "")]
    seeing.see_agenda(participation=world.maker, person=world.people["owner"], number=3)
    rows = my_changes(world.maker, world.people["owner"], fourth).rows
    assert [row.kind for row in rows] == ["added"]


def test_nobody_says_to_have_seen_a_draft(world: World) -> None:
    with pytest.raises(DomainError):
        seeing.see_agenda(
            participation=world.maker, person=world.people["owner"], number=drafted(world).number
        )


def test_the_day_costs_the_same_for_few_and_for_many(world: World) -> None:
    published(world)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = on_the_day(world.activity)
            assert found.lines()
            assert found.noted is not None
        return len(queries)

    absent(world, world.guest)
    lost(world, 1)
    before = cost()
    crowd(world, 12, 8)
    for who in world.activity.participations.filter(side="guest"):
        absent(world, who)
    lost(world, 2)
    assert cost() == before
