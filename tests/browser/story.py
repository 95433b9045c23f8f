"""What the tours walk through: an activity with wishes and a published timetable, computed by the real engine."""

from datetime import timedelta

from ekspora.core.clock import now
from ekspora.core.models import AccessLink
from ekspora.core.services import jobs, links
from ekspora.meetings.services import publishing, solving, wishes
from tests import world as worlds
from tests.world import World


def begin() -> World:
    """The world of named actors, its activity two months from now."""
    world = worlds.build()
    ahead = now().date() + timedelta(days=60) - worlds.EVENT_DAY
    activity = world.activity
    activity.starts_on += ahead
    activity.ends_on += ahead
    activity.wishes_until = now() + timedelta(days=50)
    activity.save()
    for item in activity.agenda.all():
        item.starts_at += ahead
        item.ends_at += ahead
        item.save()
    return world


def wish(world: World) -> None:
    """Marks of both sides: a mutual must, a one-sided wish, a confidential "no"."""
    marks = (
        (world.guest, world.maker, "must", "representative"),
        (world.maker, world.guest, "must", "owner"),
        (world.other_guest, world.maker, "like", "other_representative"),
        (world.other_maker, world.guest, "like", "other_owner"),
        (world.other_guest, world.other_maker, "no", "other_representative"),
    )
    for chooser, chosen, mark, actor in marks:
        wishes.mark(chooser=chooser, chosen=chosen, mark=mark, actor=world.people[actor])


def publish(world: World) -> None:
    """Compute the timetable and publish it, as the officer of the lead does."""
    officer = world.people["lead_officer"]
    job = solving.start_solving(
        activity=world.activity, actor=officer, seconds=10, base=None, as_before=False, back_to="/"
    )
    jobs.run_job.call(job.pk)
    version = world.activity.versions.get()
    publishing.publish(version=version, actor=officer, seen=0)


def link(world: World, actor: str, *, everywhere: bool = False) -> str:
    """The path of a personal link; ``everywhere`` for people who work at a desk."""
    token = links.issue(
        person=world.people[actor], kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope="" if everywhere else world.activity.scope,
    )  # fmt: skip
    return f"/l/{token}/"
