"""Second stage: everybody has answered and marked whom they want to meet, much as the suggestions would have it."""

import random

from ekspora.demand.models import Demand
from ekspora.matching import queries as matching
from ekspora.meetings.models import Wish
from ekspora.meetings.services import wishes
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Participation
from ekspora.web.demo.stage import Stage

SEED = 1955  # the year of the Asian-African conference in Bandung
# What the guests were reported to be interested in, as demands with a clock.
DEMANDS = (
    ("IN", "Roasted coffee for hotels", "Kopi sangrai untuk hotel", "agro", "0901", 2000, "kg"),
    ("ZA", "Leather footwear for a retail chain", "Alas kaki kulit untuk toko", "footwear", "6403", 1500, "pair"),
    ("NG", "Garments and batik for wholesalers", "Busana dan batik untuk grosir", "fashion", "62", 4000, "pcs"),
    ("PH", "Processed food for supermarkets", "Pangan olahan untuk supermarket", "culinary", "", None, ""),
    ("TL", "Village administration software", "Sistem administrasi desa", "it", "", None, ""),
)  # fmt: skip


def demand(stage: Stage) -> None:
    """What guests look for, noted by the officer as open demands."""
    for country, text, text_id, sector, hs, quantity, unit in DEMANDS:
        guest = stage.activity.participations.filter(representative__mission__country=country).first()
        assert guest is not None  # our own data
        assert guest.representative is not None  # by constraint
        Demand.objects.create(
            representative=guest.representative, text=text, text_id=text_id, sector=sector, hs=hs,
            quantity=quantity, unit=unit, agency=stage.lead, owner=stage.officers["lead"],
            answer_due=stage.activity.ends_on,
        )  # fmt: skip


def wish(stage: Stage) -> int:
    """Marks of both sides, drawn with a fixed seed around the suggestions; returns how many."""
    draw = random.Random(SEED)  # noqa: S311 - a demonstration, not a secret
    count = 0
    for row in programmes.coming(stage.activity):
        guest = row.side == Participation.Side.GUEST
        ranked = [s for s in matching.suggestions(row) if s.stopped is None]
        marks = _marks(draw, ranked, most=11 if guest else 3)
        person = row.attendee
        for suggestion, mark in marks:
            wishes.mark(
                chooser=row, chosen=suggestion.participation, mark=mark,
                actor=person or stage.officers["office"],
            )  # fmt: skip
            count += 1
    return count


def _marks(
    draw: random.Random, ranked: list[matching.Suggestion], most: int
) -> list[tuple[matching.Suggestion, str]]:
    wanted = ranked[: round(most * draw.uniform(0.5, 1.0))]
    rest = ranked[len(wanted) :]
    wanted += draw.sample(rest, min(len(rest), max(1, most // 5)))
    musts = set(draw.sample(range(len(wanted)), min(len(wanted), max(1, most // 6))))
    marks = [(one, Wish.Mark.MUST if n in musts else Wish.Mark.LIKE) for n, one in enumerate(wanted)]
    left = [one for one in ranked if one not in wanted]
    return [
        *marks,
        *((one, Wish.Mark.NO) for one in draw.sample(left, min(len(left), draw.choice([0, 0, 1])))),
    ]
