"""The step "Timetable" of an activity: it says what is left to do even after publication."""

from datetime import timedelta

from ekspora.core.models import Message
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.services import publishing
from ekspora.meetings.timetable_step import steps
from ekspora.programmes.overview import Todo
from tests.meetings.crowd import drafted
from tests.world import World


def todo(world: World) -> Todo | None:
    (step,) = steps(world.actor("lead_officer"), world.activity)
    return step.todo


def published(world: World) -> TimetableVersion:
    version = drafted(world)
    publishing.publish(version=version, actor=world.people["lead_officer"], seen=0)
    return version


def test_a_draft_waits_to_be_published(world: World) -> None:
    version = drafted(world)
    found = todo(world)
    assert found is not None
    assert found.url.endswith(f"/{version.number}/publish/")


def test_after_publication_the_messages_wait_and_then_nothing(world: World) -> None:
    published(world)
    found = todo(world)
    assert found is not None
    assert found.url == f"/queue/{world.activity.scope}/"
    Message.objects.update(state=Message.State.CANCELLED)
    assert todo(world) is None


def test_a_meeting_with_somebody_who_declined_comes_first(world: World) -> None:
    published(world)
    world.guest.answer = "declined"
    world.guest.save()
    found = todo(world)
    assert found is not None
    assert found.url == f"/activities/{world.activity.pk}/timetable/"


def test_hours_that_no_longer_cover_a_meeting_count_as_well(world: World) -> None:
    meeting = published(world).meetings.filter(maker=world.maker).latest("starts_at")
    world.maker.leaves_at = meeting.ends_at
    world.maker.save()
    found = todo(world)
    assert found is not None
    assert found.url.startswith("/queue/")
    world.maker.leaves_at = meeting.ends_at - timedelta(minutes=1)
    world.maker.save()
    found = todo(world)
    assert found is not None
    assert found.url == f"/activities/{world.activity.pk}/timetable/"
