"""The meetings of an activity as bare facts: many thousands are counted without loading who met whom."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.demand.encounters import differ
from ekspora.demand.models import Encounter, Outcome, Side, WantedProduct
from ekspora.demand.product_groups import ProductGroup, group_of
from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.meetings.queries.outcomes import TOLD
from ekspora.meetings.queries.results import SHOW, UNNAMED
from ekspora.programmes.models import Activity
from ekspora.results.figures import MEETINGS, Counted, Verdict
from ekspora.results.queries.pages import Pages

POSSIBLE = Outcome.Verdict.POSSIBLE.value
SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Words:
    """What one side said last: verdict, next steps, and the product groups it named."""

    side: str
    verdict: str
    steps: tuple[str, ...]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One meeting, in the shape in which the lists of outcomes are narrowed (``meetings.queries.results.Told``)."""

    is_published: bool
    is_over: bool
    said: tuple[Words, ...]
    is_exchanged: bool

    def by(self, side: str) -> Words | None:
        """What a side said."""
        return next((words for words in self.said if words.side == side), None)

    @property
    def differs(self) -> bool:
        """Whether the sides see it differently."""
        return differ(self.by(Side.MAKER), self.by(Side.GUEST))

    @property
    def is_possible(self) -> bool:
        """Whether at least one side sees cooperation."""
        return any(words.verdict == POSSIBLE for words in self.said)

    @property
    def groups(self) -> frozenset[str]:
        """The product groups over which cooperation is possible."""
        if not self.is_possible:
            return frozenset()
        return frozenset().union(*(words.groups for words in self.said)) or frozenset({UNNAMED})


def facts(activity: Activity) -> list[Fact]:
    """Every meeting of the published timetable, and those told of that it has no more. Five queries."""
    published = Meeting.objects.filter(
        version__activity=activity, version__state=TimetableVersion.State.PUBLISHED
    )
    over = dict(published.order_by().values_list("request", "ends_at"))
    exchanged = dict(
        Encounter.objects.filter(scope=activity.scope).order_by().values_list("key", "exchanged_at")
    )
    gone = Meeting.objects.filter(
        version__activity=activity, version__state__in=TOLD, request__in=exchanged.keys() - over.keys()
    )
    said, moment = _said(activity), now()
    found = [Fact(True, end <= moment, said[key], bool(exchanged.get(key))) for key, end in over.items()]
    found += [
        Fact(False, True, said[key], bool(exchanged[key]))
        for key in gone.order_by().values_list("request", flat=True).distinct()
    ]
    return found


def _said(activity: Activity) -> defaultdict[str, tuple[Words, ...]]:
    groups: defaultdict[int, set[str]] = defaultdict(set)
    goods = WantedProduct.objects.filter(outcome__is_current=True, outcome__encounter__scope=activity.scope)
    for outcome, hs, sector in goods.order_by().values_list("outcome", "hs", "sector"):
        groups[outcome].add(group_of(hs, sector).value)
    found: defaultdict[str, tuple[Words, ...]] = defaultdict(tuple)
    current = Outcome.objects.filter(is_current=True, encounter__scope=activity.scope).order_by()
    for pk, key, side, verdict, steps in current.values_list(
        "id", "encounter__key", "side", "verdict", "steps"
    ):
        found[key] += (Words(side, verdict, tuple(steps), frozenset(groups[pk])),)
    return found


def figures(found: Sequence[Fact], pages: Pages) -> list[Counted]:
    """Planned, held, not held and what was said of them."""
    return [
        Counted(f"meetings.{code}", sum(map(SHOW[code], found)), words, counted, pages.outcomes(show=code))
        for code, (words, counted) in MEETINGS.items()
    ]


def verdicts(found: Sequence[Fact], pages: Pages) -> list[Verdict]:
    """How often each side said what; last who said nothing."""
    counts = Counter((side, _verdict(fact.by(side))) for fact in found for side in Side.values)

    def figure(side: str, code: str) -> Counted:
        return Counted(f"{side}.{code}", counts[side, code], "", "", pages.outcomes(**{side: code}))

    words = [*Outcome.Verdict.choices, (SILENT, _("no answer yet"))]
    return [Verdict(label, figure(Side.MAKER, code), figure(Side.GUEST, code)) for code, label in words]


def _verdict(words: Words | None) -> str:
    return words.verdict if words else SILENT


def interests(found: Sequence[Fact], pages: Pages) -> list[Counted]:
    """Meetings after which cooperation is possible, by product group; one over two groups counts in both."""
    counts = Counter(group for fact in found for group in fact.groups)
    names = [*ProductGroup.choices, (UNNAMED, _("product not named"))]
    return [
        Counted(f"interest.{code}", counts[code], label, "", pages.outcomes(group=code))
        for code, label in names
    ]
