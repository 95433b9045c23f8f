"""Taking people in, at the door too, and taking them out while nothing depends on them."""

import pytest

from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry, Message
from ekspora.directory.models import Business, Mission, Representative
from ekspora.directory.services.importing.hooks import after_write, before_undo
from ekspora.meetings.models import Wish
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services import doors, participants
from tests.programmes.actors import actor
from tests.world import World, activity, business

Answer = Participation.Answer


@pytest.fixture
def empty(world: World) -> Activity:
    """Another activity of the lead, without participants."""
    return activity(world.lead, name="Kosong")


def test_enrolling_twice_changes_nothing(world: World, empty: Activity) -> None:
    officer = actor(world, "lead_officer")
    for expected in (2, 0):
        made = participants.enrol(
            activity=empty, actor=officer, businesses=[world.business, world.other_business]
        )
        assert len(made) == expected
    row = empty.participations.get(business=world.business)
    assert (row.side, row.answer, row.person) == ("maker", Answer.PLANNED, world.people["owner"])
    assert AuditEntry.objects.filter(action="activity.enrol").count() == 1


def test_officers_of_other_agencies_enrol_nobody(world: World) -> None:
    with pytest.raises(DomainError):
        participants.enrol(
            activity=world.activity, actor=actor(world, "other_officer"), businesses=[world.business]
        )


def test_imported_rows_take_part_and_leave_when_the_import_is_undone(world: World, empty: Activity) -> None:
    officer, missions = actor(world, "lead_officer"), Representative.objects.all()
    after_write["activity"](empty.scope, "representatives", list(missions), officer)
    assert empty.participations.filter(side="guest").count() == 2
    kept = empty.participations.order_by("pk").first()
    assert kept is not None
    maker = participants.enrol(activity=empty, actor=officer, businesses=[world.business])[0]
    Wish.objects.create(activity=empty, chooser=kept, chosen=maker, mark="like")
    before_undo["activity"](empty.scope, "representatives", list(missions), officer)
    assert list(empty.participations.filter(side="guest")) == [kept]


def test_a_file_is_refused_for_an_activity_of_others_or_none(world: World) -> None:
    lead, other = actor(world, "lead_officer"), actor(world, "other_officer")
    for scope, who in ((world.activity.scope, other), ("activity:999", lead), ("activity:x", lead)):
        with pytest.raises(DomainError):
            after_write["activity"](scope, "businesses", [], who)


def test_a_walk_in_takes_part_at_once(world: World, empty: Activity) -> None:
    officer = actor(world, "co_officer")
    with pytest.raises(DomainError):
        participants.walk_in(activity=empty, who=world.business, actor=officer)
    officer = actor(world, "lead_officer")
    for _ in range(2):
        row = participants.walk_in(activity=empty, who=world.business, actor=officer)
        assert (row.answer, row.is_walk_in) == (Answer.ACCEPTED, True)
    assert empty.participations.count() == 1


def test_who_had_accepted_is_no_walk_in(world: World) -> None:
    row = participants.walk_in(
        activity=world.activity, who=world.business, actor=actor(world, "lead_officer")
    )
    assert row == world.maker
    assert not row.is_walk_in


def test_an_unknown_business_is_registered_at_the_door_once(world: World, empty: Activity) -> None:
    values = {"name": "Sambal Baru", "sector": "culinary", "owner": "Bu Ani", "phone": "+628123456789"}
    rows = {doors.maker(activity=empty, actor=actor(world, "lead_officer"), values=values) for _ in range(2)}
    assert len(rows) == 1
    made = Business.objects.get(name="Sambal Baru")
    assert [steward.person.name for steward in made.stewards.all()] == ["Bu Ani"]
    assert rows.pop().person == made.stewards.get().person


def test_an_unknown_guest_of_a_new_mission_is_registered_at_the_door(world: World, empty: Activity) -> None:
    values = {
        "title": "Mr", "name": "Sione Tui", "function": "Attaché", "email": "", "mission": None,
        "new_mission": "Embassy of Tonga", "country": "TO",
    }  # fmt: skip
    for _ in range(2):
        row = doors.guest(activity=empty, actor=actor(world, "lead_officer"), values=values)
    assert row.attendee is not None
    assert row.attendee.protocol_name == "Mr Sione Tui"
    assert Mission.objects.get(name="Embassy of Tonga").country == "TO"
    assert Representative.objects.filter(person__name="Sione Tui").count() == 1


def test_taking_out_while_nothing_depends(world: World) -> None:
    officer = actor(world, "lead_officer")
    participants.remove(participation=world.other_maker, actor=officer)
    assert not Participation.objects.filter(pk=world.other_maker.pk).exists()
    Wish.objects.create(activity=world.activity, chooser=world.guest, chosen=world.maker, mark="must")
    for row in (world.maker, world.guest):
        with pytest.raises(DomainError):
            participants.remove(participation=row, actor=officer)


def test_whoever_was_told_is_not_taken_out(world: World) -> None:
    message = Message.objects.create(
        agency=world.lead, topic=world.activity.scope, kind="invitation", key=f"invitation:{world.maker.pk}",
        person=world.people["owner"], channel="email", address="o@example.org", language="id", body="…",
    )  # fmt: skip
    assert participants.why_kept(world.maker) is None
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=world.activity.created_at)
    with pytest.raises(DomainError):
        participants.remove(participation=world.maker, actor=actor(world, "lead_officer"))


def test_taking_out_cancels_the_message_that_waits(world: World) -> None:
    message = Message.objects.create(
        agency=world.lead, topic=world.activity.scope, kind="invitation", key=f"invitation:{world.maker.pk}",
        person=world.people["owner"], channel="email", address="o@example.org", language="id", body="…",
    )  # fmt: skip
    participants.remove(participation=world.maker, actor=actor(world, "lead_officer"))
    message.refresh_from_db()
    assert message.state == Message.State.CANCELLED


def test_terms_for_the_timetable(world: World) -> None:
    officer = actor(world, "lead_officer")
    row = participants.set_terms(
        participation=world.maker, is_featured=True, most_meetings=4, table=5, actor=officer
    )
    assert (row.is_featured, row.most_meetings, row.table) == (True, 4, 5)
    with pytest.raises(DomainError, match="6"):
        participants.set_terms(
            participation=world.maker, is_featured=True, most_meetings=4, table=6, actor=officer
        )


def test_a_large_company_takes_part_like_the_small_ones(world: World, empty: Activity) -> None:
    large = business("Biofarma", agency=world.lead, owner=world.people["stranger"])
    officer = actor(world, "lead_officer")
    row = participants.enrol(activity=empty, actor=officer, businesses=[large])[0]
    row = participants.set_terms(
        participation=row, is_featured=True, most_meetings=None, table=None, actor=officer
    )
    assert row.is_featured
