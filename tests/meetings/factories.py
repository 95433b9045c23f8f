"""A timetable without the engine: the meetings a test asks for, in a version of the state it asks for; more makers."""

from datetime import timedelta

from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.programmes.models import Participation
from tests.world import World, at, business


def version(
    world: World,
    *meetings: tuple[Participation, Participation, int, str],
    state: str = TimetableVersion.State.PUBLISHED,
) -> TimetableVersion:
    """A version with (maker, guest, slot, table) meetings; slot n begins at 9.00 plus 25 minutes each."""
    made = TimetableVersion.objects.create(
        activity=world.activity, number=world.activity.versions.count() + 1, state=state, instance={},
        result={}, slots=[],
    )  # fmt: skip
    for maker, guest, slot, table in meetings:
        start = at(9) + timedelta(minutes=25 * (slot - 1))
        Meeting.objects.create(
            version=made, request=f"{maker.pk}-{guest.pk}", maker=maker, guest=guest, slot=slot, table=table,
            starts_at=start, ends_at=start + timedelta(minutes=20),
        )  # fmt: skip
    return made


def another_maker(world: World, number: int) -> Participation:
    """One more business that accepted."""
    made = business(f"Usaha {number}", agency=world.lead, owner=world.people["stranger"])
    return Participation.objects.create(
        activity=world.activity, side="maker", business=made, answer="accepted"
    )
