"""What tests of promises share: the world after two meetings, told or not, and a promise of each kind."""

from datetime import date
from typing import Any

from ekspora.core import clock
from ekspora.core.models import Person
from ekspora.deals.models import Commitment
from ekspora.deals.services import commitments
from ekspora.directory.models import Representative
from ekspora.meetings.services import outcomes
from tests.meetings.outcomes import NOON, held, key, tell
from tests.world import World, person, representative

DUE = date(2027, 3, 24)  # fourteen days after the meeting


def told(world: World, *steps: str, side: str = "maker", **more: Any) -> outcomes.Done:
    """One side of the first meeting says that cooperation is possible, with next steps."""
    who, actor = (world.maker, "owner") if side == "maker" else (world.guest, "representative")
    with clock.at(more.pop("now", NOON)):
        if not world.activity.versions.exists():
            held(world)
        verdict = more.pop("verdict", "possible")
        more.setdefault("id", f"{side}-{verdict}-{'-'.join(steps)}-{more.get('note', '')}"[:40])
        return tell(world, who, key(world.maker, world.guest), verdict, actor, steps=steps, **more)


def promised(world: World, kind: str = "samples", side: str = "maker", **more: Any) -> Commitment:
    """A promise an officer wrote down."""
    values: dict[str, Any] = {
        "scope": world.activity.scope, "business": world.business, "due": DUE,
        "representative": world.guest.representative, "agency": world.lead,
        "actor": world.people["lead_officer"], "text": "Kirim katalog" if kind == "other" else "",
    }  # fmt: skip
    return commitments.promise(kind=kind, side=side, **{**values, **more})


def successor(world: World, name: str = "Meera Rao", mission: Any = None) -> tuple[Person, Representative]:
    """Somebody new at the mission of the first guest."""
    who = person(name, language="en")
    return who, representative(who, mission or world.mission, world.lead)
