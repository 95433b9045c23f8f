"""Publishing: one version counts, the first officer wins, nobody is invited to what cannot take place."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AuditEntry, Message
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.services import moving, publishing
from tests.at_once import needs_locks, race, seen_by_both
from tests.meetings.crowd import drafted
from tests.meetings.outcomes import key
from tests.world import World, build


def two_drafts(world: World) -> list[TimetableVersion]:
    first = drafted(world)
    second = moving.place(
        version=first, actor=world.people["lead_officer"], request=key(world.maker, world.guest), slot=4,
        table="1", lock=False,
    )  # fmt: skip
    return [first, second]


def test_publishing_supersedes_records_and_prepares_messages(world: World) -> None:
    officer = world.people["lead_officer"]
    first, second = two_drafts(world)
    publishing.publish(version=first, actor=officer, seen=0)
    publishing.publish(version=second, actor=officer, seen=1)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "published")
    assert second.published_at is not None
    assert AuditEntry.objects.filter(action="timetable.publish").count() == 2
    assert Message.objects.filter(topic=world.activity.scope, state="draft").exists()


def test_sent_twice_it_is_published_once(world: World) -> None:
    officer = world.people["lead_officer"]
    version = drafted(world)
    for _time in range(2):
        publishing.publish(version=version, actor=officer, seen=0)
    assert AuditEntry.objects.filter(action="timetable.publish").count() == 1


def test_another_version_published_meanwhile_is_told(world: World) -> None:
    first, second = two_drafts(world)
    publishing.publish(version=first, actor=world.people["lead_officer"], seen=0)
    with pytest.raises(Conflict, match="1"):
        publishing.publish(version=second, actor=world.people["co_officer"], seen=0)
    second.refresh_from_db()
    assert second.state == "draft"


def test_a_version_with_somebody_who_declined_is_refused(world: World) -> None:
    version = drafted(world)
    world.guest.answer = "declined"
    world.guest.save()
    with pytest.raises(DomainError, match="1"):
        publishing.publish(version=version, actor=world.people["lead_officer"], seen=0)
    version.refresh_from_db()
    assert version.state == "draft"
    mended = moving.bring_up_to_date(version=version, actor=world.people["lead_officer"])
    publishing.publish(version=mended, actor=world.people["lead_officer"], seen=0)


def test_two_published_versions_cannot_be(world: World) -> None:
    two_drafts(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        TimetableVersion.objects.update(state="published")


def test_work_after_publishing_is_undone_with_it(world: World) -> None:
    version = drafted(world)

    def broken(version: TimetableVersion, actor: object) -> None:
        raise OSError("no room")

    publishing.after_publish.register("broken", broken, order=999)
    try:
        with pytest.raises(OSError, match="no room"):
            publishing.publish(version=version, actor=world.people["lead_officer"], seen=0)
    finally:
        del publishing.after_publish._entries["broken"]
    version.refresh_from_db()
    assert version.state == "draft"
    assert not Message.objects.exists()


def both_publish(world: World, versions: list[TimetableVersion]) -> list[str]:
    """Two officers publish different versions at once, each having seen that nothing was published."""

    def publish(actor: str, version: TimetableVersion) -> Callable[[], object]:
        return lambda: publishing.publish(version=version, actor=world.people[actor], seen=0)

    return race(*map(publish, ("lead_officer", "co_officer"), versions))


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_wins_and_the_other_is_told() -> None:
    world = build()
    assert both_publish(world, two_drafts(world)) == ["done", "told"]
    assert TimetableVersion.objects.filter(state="published").count() == 1
    assert AuditEntry.objects.filter(action="timetable.publish").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: with the guard taken away the second officer overrules the first unawares."""
    nothing: Callable[..., None] = lambda *args: None  # noqa: E731
    monkeypatch.setattr(publishing, "_refuse_if_overtaken", nothing)
    world = build()
    assert both_publish(world, two_drafts(world)) == ["done", "done"]


@pytest.mark.django_db(transaction=True)
@needs_locks
def test_without_the_lock_both_see_nothing_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second control: without the row held, both pass the guard and only the constraint stops one."""
    monkeypatch.setattr(
        publishing,
        "_locked_version",
        lambda v: TimetableVersion.objects.select_related("activity").get(pk=v.pk),
    )
    monkeypatch.setattr(publishing, "_refuse_if_overtaken", seen_by_both(publishing._refuse_if_overtaken))
    world = build()
    assert both_publish(world, two_drafts(world)) == ["database", "done"]
