"""How content the participants were. A mean only from three answers on: fewer would tell who said what."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ekspora.programmes.models import Activity, Feedback
from ekspora.results.figures import FEWEST_FOR_MEAN, SIDES, Attendance, Counted, Satisfaction
from ekspora.results.queries.pages import Pages

SCORES = (1, 2, 3, 4, 5)


def satisfaction(activity: Activity, sides: list[Attendance], pages: Pages) -> list[Satisfaction]:
    """Each side: how many of those who came answered, how often which score, and the mean. One query."""
    rows = Feedback.objects.filter(participation__activity=activity).order_by()
    counts = Counter(rows.values_list("participation__side", "score"))
    return [_of(side.side, _came(side), {n: counts[side.side, n] for n in SCORES}, pages) for side in sides]


def _came(side: Attendance) -> int:
    return next(figure.value for figure in side.figures if figure.code == f"{side.side}.came")


def _of(side: str, came: int, scores: Mapping[int, int], pages: Pages) -> Satisfaction:
    answered = sum(scores.values())
    mean = None
    if answered >= FEWEST_FOR_MEAN:
        mean = Decimal(sum(score * n for score, n in scores.items())) / answered
    drawn = tuple(
        Counted(f"feedback.{side}.{score}", n, str(score), "", pages.feedback(side=side, score=str(score)))
        for score, n in scores.items()
    )
    total = Counted(f"feedback.{side}", answered, _("have answered"), "", pages.feedback(side=side))
    return Satisfaction(side, SIDES[side], came, total, drawn, mean)


def answers(activity: Activity, side: str = "", score: str = "") -> QuerySet[Feedback]:
    """Who said what, the newest first; of one side and score where given."""
    rows = Feedback.objects.filter(participation__activity=activity).select_related(
        "participation__business", "participation__representative__mission", "participation__representative__person",
        "participation__person", "participation__substitute",
    )  # fmt: skip
    if side in SIDES:
        rows = rows.filter(participation__side=side)
    if score in map(str, SCORES):
        rows = rows.filter(score=int(score))
    return rows.order_by("-given_at", "-id")
