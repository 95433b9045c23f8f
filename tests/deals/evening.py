"""What tests of the evening share: the day is over, people were checked in, somebody promised something."""

from datetime import UTC, date
from typing import Any

from ekspora.deals.models import Commitment
from ekspora.deals.queries.evening import Evening, evening_of
from ekspora.demand.models import Encounter
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Participation
from tests.meetings.outcomes import held, key, tell
from tests.world import World, at

EVENING = at(18).astimezone(UTC)
LATER = date(2027, 3, 24)


def came(*people: Participation) -> None:
    """Check people in at eight."""
    for who in people:
        who.came, who.came_at = "came", at(8)
        who.save()


def day(world: World) -> None:
    """Three meetings were held; everybody was there. Call within ``clock.at(EVENING)``."""
    held(world)
    came(world.maker, world.other_maker, world.guest, world.other_guest)


def possible(world: World, *, share: bool = False) -> Encounter:
    """Maker and guest both see cooperation."""
    of = key(world.maker, world.guest)
    tell(world, world.maker, of, "possible", "owner", steps=("samples",), share=share)
    tell(world, world.guest, of, "possible", "representative", steps=("buyers",), share=share)
    return Encounter.objects.get(scope=world.activity.scope, key=of)


def promised(world: World, side: str, kind: str, **more: Any) -> Commitment:
    """A promise between the world's maker and guest, or those given, that somebody wrote down."""
    guest = Participation.objects.get(pk=world.guest.pk).representative
    known: dict[str, Any] = {"scope": world.activity.scope, "kind": kind, "side": side}
    pair = {
        "business": more.pop("business", world.business),
        "representative": more.pop("representative", guest),
        "encounter": more.pop("encounter", None),
    }
    facts = {"agency": world.lead, "due": LATER, "is_by_hand": True, **more}
    made, _new = Commitment.objects.update_or_create(**known, **pair, defaults=facts)
    return made


def evening(who: Participation) -> Evening:
    """The evening as the person's page reads it."""
    return evening_of(programmes.participations(who.activity).get(pk=who.pk))


def names(found: Evening) -> list[str]:
    """Whom they met."""
    return [one.other.label for one in found.met]
