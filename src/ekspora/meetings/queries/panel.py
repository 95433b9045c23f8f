"""One meeting taken in hand: where it is or why not, where it could go, what stands against a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from ekspora.meetings.plan import Place, choices, clashes, in_the_way, swap_clashes
from ekspora.meetings.queries.day import PersonDay, Unmet
from ekspora.meetings.queries.opened import Opened
from ekspora.meetings.queries.people import pair
from ekspora.meetings.queries.words import clashes_in_words, loss_in_words, speech_in_words, time_of


@dataclass(frozen=True, slots=True)
class Offer:
    """One slot as a choice: the tables free for this meeting, or what is in the way."""

    slot: int
    time: str
    tables: Sequence[str]
    against: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What putting the meeting at the chosen place would run into; ``swap``: who could exchange places."""

    slot: int
    time: str
    table: str
    tables: Sequence[str]
    against: Sequence[str]
    swap: str = ""
    swap_name: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """See the module. ``place`` is empty for a request that is not scheduled."""

    key: str
    maker: PersonDay
    guest: PersonDay
    place: Place | None
    time: str
    locked: bool
    must: bool
    required: bool
    over: bool
    lost: str
    unmet: Unmet | None
    offers: Sequence[Offer]
    verdict: Verdict | None
    speech: str = ""

    @property
    def free(self) -> list[Offer]:
        """Slots in which it could be without moving anything."""
        return [offer for offer in self.offers if offer.tables]

    @property
    def blocked(self) -> list[Offer]:
        """The other slots."""
        return [offer for offer in self.offers if not offer.tables]

    @property
    def free_places(self) -> list[Place]:
        """Every place without conflict."""
        return [Place(offer.slot, table) for offer in self.free for table in offer.tables]


def panel_of(opened: Opened, key: str, musts: frozenset[str], slot: int | None, table: str) -> Panel | None:
    """The panel of a request, None for an unknown one. ``slot`` and ``table``: a place to look at."""
    plan = opened.plan
    request = plan.requests.get(key)
    if request is None or request.a not in opened.people or request.b not in opened.people:
        return None
    place, loss = plan.at.get(key), opened.lost.get(key)
    offers = _offers(opened, key, slot)
    return Panel(
        key=key, maker=opened.day(request.a), guest=opened.day(request.b), place=place,
        time=_time(opened, place.slot) if place else "", locked=key in plan.locked, must=key in musts,
        required=request.required, over=place is not None and place.slot < plan.now,
        lost=loss_in_words(loss, opened.people, place.table) if loss and place else "",
        unmet=next((row for row in opened.unmet if row.key == key), None), offers=offers,
        verdict=_verdict(opened, key, slot, table, offers) if slot else None,
        speech=speech_in_words(request.interpreter),
    )  # fmt: skip


def _time(opened: Opened, slot: int) -> str:
    return time_of(opened.activity, opened.slots[slot - 1])


def _offers(opened: Opened, key: str, chosen: int | None) -> list[Offer]:
    plan, found = opened.plan, []
    here = plan.at.get(key)
    for choice in choices(plan, key):
        slot = choice.slot
        present = here.table if here is not None and here.slot == slot else ""
        tables = [table for table in choice.tables if table != present]
        if slot < plan.now or (present and not tables):
            continue
        against = " ".join(clashes_in_words(choice.clashes, opened.people, choice.table))
        found.append(Offer(slot, _time(opened, slot), tables, against, slot == chosen))
    return found


def _verdict(opened: Opened, key: str, slot: int, table: str, offers: Sequence[Offer]) -> Verdict | None:
    plan = opened.plan
    if not 1 <= slot <= plan.instance.slots:
        return None
    offered = next((offer.tables for offer in offers if offer.slot == slot), ())
    tables = [t.id for t in plan.instance.tables]
    if table not in tables:
        table = offered[0] if offered else (plan.at[key].table if key in plan.at else tables[0])
    found = clashes(plan, key, Place(slot, table))
    other = in_the_way(found) if key in plan.at else None
    if other is not None and swap_clashes(plan, key, other):
        other = None
    ordered = [*offered, *(t for t in tables if t not in offered)]
    return Verdict(
        slot, _time(opened, slot), table, ordered, clashes_in_words(found, opened.people, table),
        other or "", pair(opened.people, other) if other else "",
    )  # fmt: skip
