"""What tests of outcomes share: a timetable of the day, and answers as a phone sends them."""

from datetime import UTC
from typing import Any

from ekspora.demand.services.telling import Answer
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries import outcomes as queries
from ekspora.meetings.services import outcomes as services
from ekspora.programmes.models import Participation
from tests.meetings.factories import version
from tests.world import World, at

NOON = at(12, 30).astimezone(UTC)


def held(world: World) -> TimetableVersion:
    """Three meetings of the morning, published."""
    return version(
        world, (world.maker, world.guest, 1, "1"), (world.other_maker, world.other_guest, 1, "2"),
        (world.maker, world.other_guest, 2, "1"),
    )  # fmt: skip


def key(maker: Participation, guest: Participation) -> str:
    """The name of a pair's meeting."""
    return f"{maker.pk}-{guest.pk}"


def one(who: Participation, of: str) -> queries.Mine:
    """A meeting as ``who`` sees it."""
    found = queries.mine_of(Participation.objects.get(pk=who.pk), of)
    assert found is not None
    return found


def tell(world: World, who: Participation, of: str, verdict: str, actor: str, **more: Any) -> services.Done:
    """``who`` tells of a meeting; ``share=True`` agrees to what is shown."""
    mine = one(who, of)
    share = mine.seal if more.pop("share", False) else ""
    answer = Answer(more.pop("id", f"id-{verdict}"), verdict, **more)
    return services.tell(of=mine, answer=answer, share=share, actor=world.people[actor])
