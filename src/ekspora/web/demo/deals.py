"""What came of the meetings with named buyers: a ladder each, one letter that cannot be true, and later answers.

That a single letter of intent for woven hats made up nearly all of a total is reported of another programme.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from ekspora.core import clock
from ekspora.deals.models import DealStep, LaterAnswer, LaterQuestion
from ekspora.deals.queries import questions as asked
from ekspora.deals.services import deals, questions, steps
from ekspora.demand.models import Encounter
from ekspora.directory.models import Business
from ekspora.programmes import queries as programmes
from ekspora.ui import formats
from ekspora.web.demo.held import let_go
from ekspora.web.demo.stage import Stage

SEED = 1955
Rung, Evidence = DealStep.Rung, DealStep.Evidence
LATER = timedelta(days=185)


@dataclass(frozen=True, slots=True)
class Rise:
    """One step: days after the activity, rung, value in US dollars, quantity with its unit, paper."""

    days: int
    rung: DealStep.Rung
    amount: int | None = None
    quantity: int | None = None
    unit: str = ""
    evidence: DealStep.Evidence = DealStep.Evidence.DOCUMENT


@dataclass(frozen=True, slots=True)
class Story:
    """A business, the guest's country, the buyer from there, and the steps they came up."""

    business: str
    country: str
    buyer: str
    kind: str
    subject: str
    rises: tuple[Rise, ...]


SAID = Evidence.MESSAGE
STORIES = (
    Story("Kopi Puntang Lestari", "IN", "Malabar Hotel Supplies", "importer", "Kopi sangrai untuk hotel", (
        Rise(12, Rung.INQUIRY, evidence=SAID), Rise(25, Rung.SAMPLE, evidence=SAID), Rise(48, Rung.LOI, 6_500),
        Rise(75, Rung.ORDER, 5_750, 500, "kg"),
        Rise(112, Rung.SHIPPED, 5_750, 500, "kg", Evidence.CUSTOMS),
        Rise(140, Rung.PAID, 5_750, evidence=Evidence.BANK),
    )),
    Story("Alas Kaki Cibaduyut Jaya", "ZA", "Highveld Footwear Retail", "retailer", "Sepatu kulit pria", (
        Rise(20, Rung.INQUIRY, evidence=SAID), Rise(58, Rung.LOI, 5_500),
        Rise(96, Rung.ORDER, 4_800, 200, "pair"), Rise(150, Rung.SHIPPED, 4_800, 200, "pair", Evidence.CUSTOMS),
    )),
    Story("Batik Megamendung Asih", "NG", "Lagos Textile Wholesale", "importer", "Kemeja batik", (
        Rise(30, Rung.SAMPLE, evidence=SAID), Rise(66, Rung.LOI, 8_000),
    )),
    Story("Anyaman Rajapolah Mandiri", "PH", "Luzon Home and Craft", "importer", "Topi anyaman", (
        Rise(28, Rung.INQUIRY, evidence=SAID), Rise(70, Rung.LOI, 239_500_000),
    )),
    Story("Keripik Singkong Ciwidey", "TL", "Dili Fresh Market", "retailer", "Keripik singkong", (
        Rise(15, Rung.INQUIRY, evidence=SAID), Rise(40, Rung.SAMPLE, evidence=SAID),
    )),
)  # fmt: skip
# What people say half a year on, and how often.
STAGES = {
    LaterAnswer.Stage.NOTHING: 6, LaterAnswer.Stage.TALKING: 5, LaterAnswer.Stage.SAMPLE: 3,
    LaterAnswer.Stage.ORDER: 1,
}  # fmt: skip


def follow(stage: Stage) -> None:
    """Deals with their steps, each noted on its day; then the question half a year on, and answers to it."""
    for story in STORIES:
        _deal(stage, story)
    _later(stage)


def _deal(stage: Stage, story: Story) -> None:
    business = Business.objects.get(name=story.business)
    met = Encounter.objects.filter(scope=stage.activity.scope, business=business).select_related(
        "representative__mission"
    )
    # Who did not meet somebody of that country met somebody else, best of where nothing stands against goods.
    encounter = (
        met.filter(representative__mission__country=story.country).first()
        or met.exclude(representative__mission__country="KP").first()
        or met.first()
    )
    assert encounter is not None  # everybody met somebody
    country = encounter.representative.mission.country
    buyer = story.buyer if country == story.country else f"{story.subject} {formats.country(country)}"
    name = f"{buyer} (rekaan)"
    first = _day(stage, story.rises[0].days)
    with clock.at(first):
        deal = deals.name_and_begin(
            agency=stage.lead, buyer={"name": name, "country": country, "kind": story.kind},
            actor=stage.officers["lead"], key=uuid5(NAMESPACE_URL, f"demo/{story.buyer}"), business=business,
            subject=story.subject, product=business.products.order_by("pk").first(), encounter=encounter,
            scope=stage.activity.scope, mission=encounter.representative.mission,
        )  # fmt: skip
    for number, rise in enumerate(story.rises, start=1):
        day = _day(stage, rise.days)
        with clock.at(day):
            steps.add(
                deal=deal, key=uuid5(NAMESPACE_URL, f"demo/{story.buyer}/{number}"), actor=stage.officers["lead"],
                values=_values(rise, number, day.date()),
            )  # fmt: skip


def _values(rise: Rise, number: int, day: date) -> steps.Values:
    return steps.Values(
        rung=rise.rung, happened_on=day, evidence=rise.evidence, reference=f"Berkas rekaan nomor {number}",
        amount=None if rise.amount is None else Decimal(rise.amount), currency="USD" if rise.amount else "",
        quantity=None if rise.quantity is None else Decimal(rise.quantity), unit=rise.unit,
    )  # fmt: skip


def _day(stage: Stage, days: int) -> datetime:
    return datetime.combine(stage.activity.ends_on + timedelta(days=days), time(10, 0), stage.activity.tz)


def _later(stage: Stage) -> None:
    """Everybody with something open is asked by link; every second one answers within a week."""
    activity, draw = stage.activity, random.Random(SEED)  # noqa: S311 - a demonstration, not a secret
    with clock.at(_day(stage, LATER.days)):
        questions.ask(activity=activity, actor=stage.actor("lead"))
        let_go(stage)
    people = set(
        LaterQuestion.objects.filter(participation__activity=activity).values_list("participation", flat=True)
    )
    for row in programmes.coming(activity).filter(pk__in=people):
        if row.attendee is None or draw.random() < 0.5:
            continue
        with clock.at(_day(stage, LATER.days + draw.randint(1, 7))):
            for one in asked.mine(row):
                said = draw.choices(list(STAGES), list(STAGES.values()))[0]
                more = {
                    "buyer": "",
                    "words": "",
                    "amount": Decimal(draw.choice([800, 1500, 3200])),
                    "currency": "USD",
                }
                questions.answer(
                    participation=row, encounter=one.encounter.pk, stage=said, actor=row.attendee,
                    more=more if said == LaterAnswer.Stage.ORDER else None,
                )  # fmt: skip
