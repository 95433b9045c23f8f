"""What came of the meetings, as both sides would tell it: drawn with a fixed seed around what was reported.

Interest was reported in coffee, footwear, processed food, batik and garments, and IT; what came back were
invitations to fairs, readiness to bring buyers, and cooperation between communities of small businesses.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from ekspora.core import clock
from ekspora.core.models import Person
from ekspora.demand.models import Encounter, Outcome
from ekspora.demand.product_groups import ProductGroup, group_of
from ekspora.demand.services import demands
from ekspora.demand.services.telling import Answer, Wanted
from ekspora.directory.models import Product
from ekspora.meetings.queries import outcomes as queries
from ekspora.meetings.services import outcomes as services
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Participation
from ekspora.web.demo.stage import Stage

SEED = 1955  # the year of the Asian-African conference in Bandung
Verdict, Step = Outcome.Verdict, Outcome.Step
# How often each side takes the time to answer, and how often it agrees with what the other side saw.
ANSWERS = {"guest": 0.82, "maker": 0.88}
AGREES, SHARES = 0.72, 0.75
# Which meetings of the day did not take place: whatever the timetable, there are some.
NOT_HELD = (17, 90)
# What the two agree on at the table, and how often.
STEPS = ((Step.SAMPLES, 0.45), (Step.PRICES, 0.4), (Step.FAIR, 0.25), (Step.BUYERS, 0.25), (Step.MSME, 0.12))
NOTES = {
    "guest": ("Asked for a price list in US dollars.", "The label should be in English.", "For our chamber."),
    "maker": ("Minta contoh sebelum akhir bulan.", "Tertarik dengan kemasan kecil.", "Akan dihubungi lewat WhatsApp."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seat:
    """One side of one meeting, and who answers for it."""

    mine: queries.Mine
    person: Person


@transaction.atomic
def tell(stage: Stage) -> None:
    """Let both sides tell of every meeting, in the order of the day; nothing when they have told already."""
    if Outcome.objects.filter(encounter__scope=stage.activity.scope).exists():
        return
    draw = random.Random(SEED)  # noqa: S311 - a demonstration, not a secret
    by_meeting: dict[str, list[Seat]] = {}
    for seat in sorted(_seats(stage), key=lambda seat: (seat.mine.meeting.starts_at, seat.mine.key)):
        by_meeting.setdefault(seat.mine.key, []).append(seat)
    for number, seats in enumerate(by_meeting.values()):
        in_order = sorted(seats, key=lambda seat: seat.mine.participation.side)
        _meeting(draw, in_order, is_held=number not in NOT_HELD)
    _demands(stage)


def _seats(stage: Stage) -> Iterator[Seat]:
    for row in programmes.coming(stage.activity):
        person = row.attendee or stage.officers["office"]
        for mine in queries.mine(row):
            yield Seat(mine, person)


def _meeting(draw: random.Random, seats: list[Seat], *, is_held: bool) -> None:
    """The first side to answer sets the tone; the other mostly agrees."""
    seen = _seen(draw, seats[0].mine) if is_held else Verdict.NOT_HELD
    steps = tuple(step.value for step, share in STEPS if draw.random() < share)
    shares = draw.random() < SHARES
    for seat in seats:
        side, says = seat.mine.participation.side, draw.random() < AGREES or not is_held
        answers, minutes = draw.random() < ANSWERS[side], draw.randint(1, 50)
        verdict = seen if says else draw.choice([Verdict.INFORMATIVE, Verdict.POSSIBLE, Verdict.NO_INTEREST])
        # Whoever was not all ears noted the first thing only.
        answer = _answer(draw, seat.mine, verdict, steps if draw.random() < AGREES else steps[:1])
        share = (
            seat.mine.seal if shares and verdict == Verdict.POSSIBLE and seat.mine.card.can_be_reached else ""
        )
        if answers:
            with clock.at(seat.mine.meeting.ends_at + timedelta(minutes=minutes)):
                services.tell(of=seat.mine, answer=answer, share=share, actor=seat.person)


def _seen(draw: random.Random, mine: queries.Mine) -> str:
    """What the first side sees: warmer where interest was reported, cold where nothing may be offered."""
    groups = {group_of(product.hs, product.business.sector) for product in mine.products}
    warm = bool(groups - {ProductGroup.OTHER})
    chance = draw.random()
    if not groups:
        return Verdict.INFORMATIVE
    if chance < (0.5 if warm else 0.2):
        return Verdict.POSSIBLE
    return Verdict.INFORMATIVE if chance < 0.85 else Verdict.NO_INTEREST


def _answer(draw: random.Random, mine: queries.Mine, verdict: str, steps: tuple[str, ...]) -> Answer:
    side, key = mine.participation.side, f"demo-{mine.key}-{mine.participation.side}"
    note = draw.choice(NOTES[side]) if draw.random() < 0.15 else ""
    if verdict != Verdict.POSSIBLE:
        return Answer(key, verdict, note=note)
    house = mine.other.label if side == Participation.Side.GUEST else mine.participation.label
    if "Bio Farma" in house:
        steps = (Step.PHARMA.value,)
    goods = tuple(_wanted(draw, product) for product in mine.products[: draw.choice([1, 1, 2])])
    return Answer(key, verdict, steps, goods, note)


def _wanted(draw: random.Random, product: Product) -> Wanted:
    """A product, in half of the cases with a quantity: its smallest order, or a few times that."""
    if product.minimum_order is None or not product.unit or draw.random() < 0.5:
        return Wanted(product)
    return Wanted(product, Decimal(product.minimum_order) * draw.choice([1, 2, 5]), product.unit)


def _demands(stage: Stage) -> None:
    """Three wishes that nobody in the room could fill wholly become demands that somebody looks after."""
    found = Encounter.objects.filter(
        scope=stage.activity.scope, outcomes__side="guest", outcomes__verdict=Verdict.POSSIBLE,
        outcomes__products__quantity__isnull=False,
    ).select_related("business", "representative__mission")  # fmt: skip
    for encounter in found.order_by("met_at", "id").distinct()[:3]:
        outcome = encounter.outcomes.get(side="guest", is_current=True)
        wanted = outcome.products.filter(quantity__isnull=False).first()
        assert wanted is not None  # chosen for it
        english = wanted.product.name_en if wanted.product else ""
        values = {
            "text": f"{english or wanted.name}, every month", "text_id": f"{wanted.name}, setiap bulan",
            "sector": encounter.business.sector, "hs": wanted.hs, "quantity": wanted.quantity, "unit": wanted.unit,
            "owner": stage.officers["lead"],
        }  # fmt: skip
        with clock.at(outcome.told_at):
            demands.take_down(
                representative=encounter.representative, agency=stage.lead, values=values,
                actor=stage.officers["lead"], encounter=encounter,
            )  # fmt: skip
