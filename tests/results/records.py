"""What tests of the report share: people at the door, meetings told of, promises, deals, feedback, a photo."""

from datetime import UTC, date
from decimal import Decimal
from typing import Any

from ekspora.core import clock
from ekspora.deals.models import Commitment, Deal, DealStep, LaterAnswer
from ekspora.demand.models import Encounter
from ekspora.demand.services.telling import Wanted
from ekspora.directory.models import Buyer, Product
from ekspora.programmes.models import Feedback, Participation
from ekspora.programmes.services.attendance import Tap, mark
from ekspora.results.models import ReportedFigure, ReportPhoto
from ekspora.results.services import photos
from tests.directory.addresses import jpeg
from tests.meetings.outcomes import NOON, held, key, tell
from tests.world import World, at

EVENING = at(20).astimezone(UTC)


def at_the_door(world: World) -> None:
    """One maker and one guest come, the guest by a substitute; the other guest is late and leaves early."""
    taps = [(world.maker, "came", at(8)), (world.guest, "substitute", at(8, 5)),
            (world.other_guest, "late", at(9, 5)), (world.other_guest, "left", at(11))]  # fmt: skip
    for who, kind, moment in taps:
        with clock.at(moment):
            mark(activity=world.activity, actor=world.actor("lead_officer"), tap=Tap(who.pk, kind))


def told(world: World) -> None:
    """Three meetings: both sides answer and differ; one side says it did not take place; nobody answers."""
    held(world)
    product = Product.objects.get(business=world.business)
    pair = key(world.maker, world.guest)
    with clock.at(NOON):
        steps = ("samples", "prices")
        tell(world, world.maker, pair, "possible", "owner", products=(Wanted(product),), steps=steps)
        tell(world, world.guest, pair, "informative", "representative")
        other = key(world.maker, world.other_guest)
        tell(world, world.other_guest, other, "not_held", "other_representative", note="=1+1")


def promise(world: World, kind: str = "samples", state: str = "open", **more: Any) -> Commitment:
    """A promise of the maker to the guest."""
    settled = {} if state == "open" else {"settled_at": EVENING, "account": "dikirim", "is_by_hand": True}
    assert world.guest.representative is not None
    return Commitment.objects.create(
        scope=world.activity.scope, kind=kind, side="maker", business=world.business, agency=world.lead,
        representative=world.guest.representative, due=date(2027, 4, 1), state=state, **settled, **more,
    )  # fmt: skip


def deal(world: World, *steps: tuple[str, int, str], **more: Any) -> Deal:
    """A deal with steps (rung, amount, currency), each with a document."""
    buyer, _made = Buyer.objects.get_or_create(name="Malabar Roasters", country="IN")
    made = Deal.objects.create(
        business=world.business, buyer=buyer, subject="Kopi", scope=world.activity.scope, agency=world.lead
    )
    for rung, amount, currency in steps:
        DealStep.objects.create(
            deal=made, rung=rung, happened_on=date(2027, 4, 2), amount=Decimal(amount), currency=currency,
            evidence="document", reference="No. 1", **more,
        )  # fmt: skip
    return made


def later(world: World, stage: str = "order", amount: int | None = None) -> LaterAnswer:
    """What the maker says half a year on, of the first encounter."""
    encounter = Encounter.objects.filter(scope=world.activity.scope).earliest("pk")
    return LaterAnswer.objects.create(
        encounter=encounter, side="maker", stage=stage, amount=amount, currency="USD" if amount else ""
    )


def feedback(who: Participation, score: int, words: str = "") -> Feedback:
    """How content somebody was."""
    return Feedback.objects.create(participation=who, score=score, words=words)


def reported(world: World, wording: str = "22 diplomats", beside: str = "guest.came") -> ReportedFigure:
    """A figure somebody published."""
    return ReportedFigure.objects.create(
        activity=world.activity, label="Diplomat yang hadir", label_en="Diplomats who came", wording=wording,
        source="Laporan terbit", beside=beside,
    )  # fmt: skip


def photo(world: World, caption: str = "Pembukaan", colour: str = "teal") -> ReportPhoto:
    """A photo of the report."""
    return photos.add(
        activity=world.activity, data=jpeg(colour), caption=caption, actor=world.actor("lead_officer")
    )
